//! The natural logarithm, as a branch-free sequence of operations.
//!
//! x = 2^k (1 + f) with 1 + f in [√½, √2); with s = f / (2 + f),
//! ln(1 + f) = 2 s + s R(s²) = f - (f²/2 - s (f²/2 + R)), which loses nothing for small f
//! (the formulation of Sun's fdlibm). 0 gives -infinity, negative numbers a NaN, subnormal
//! numbers their right logarithm.

use super::Arithmetic;
use super::exp::{LN_2_HIGH, LN_2_LOW, line, linear};

const ONE: u64 = 0x3ff0_0000_0000_0000;
/// Bits of √½.
const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
const MANTISSA: u64 = 0x000f_ffff_ffff_ffff;
/// 2^52: a double whose last bits are an integer, once they are put there.
const TWO_52: f64 = 4503599627370496.0;
const TWO_54: f64 = 4.0 * TWO_52;

/// R(z) / z for z = s², degree 6, interpolated at Chebyshev nodes; relative error of the
/// logarithm below 2^-57.
const POLYNOMIAL: [f64; 7] = [
    0.666666666666667,
    0.39999999999899444,
    0.2857142862600327,
    0.22222211130259878,
    0.18182889455674947,
    0.15331710618210773,
    0.14616585424888623,
];

/// Natural logarithm of `x`.
#[inline(always)]
pub fn log<A: Arithmetic>(a: &mut A, x: A::Real) -> A::Real {
    // Subnormal numbers are scaled by 2^54.
    let normal = a.real(f64::MIN_POSITIVE);
    let subnormal = a.less(x, normal);
    let two_54 = a.real(TWO_54);
    let scaled = a.mul(x, two_54);
    let scaled = a.select(subnormal, scaled, x);
    let bias = a.real(TWO_52 + 1023.0);
    let bias_scaled = a.real(TWO_52 + 1023.0 + 54.0);
    let bias = a.select(subnormal, bias_scaled, bias);

    // k, and m = 1 + f in [√½, √2): a step of the exponent at √½ instead of 1.
    let bits = a.bits_of(scaled);
    let shift = a.bits(ONE - SQRT_HALF);
    let shifted = a.add_bits(bits, shift);
    let exponent = a.shift_right(shifted, 52);
    let two_52 = a.bits(TWO_52.to_bits());
    let k = a.or_bits(exponent, two_52);
    let k = a.with_bits(k);
    let k = a.sub(k, bias);
    let mantissa = a.bits(MANTISSA);
    let m = a.and_bits(shifted, mantissa);
    let sqrt_half = a.bits(SQRT_HALF);
    let m = a.add_bits(m, sqrt_half);
    let m = a.with_bits(m);
    let one = a.real(1.0);
    let f = a.sub(m, one);

    let two = a.real(2.0);
    let denominator = a.add(two, f);
    let s = a.div(f, denominator);
    let z = a.mul(s, s);
    let r = polynomial(a, z);
    let half = a.real(0.5);
    let half_f = a.mul(half, f);
    let half_square = a.mul(half_f, f);

    // k ln2_high - ((f²/2 - (s (f²/2 + R) + k ln2_low)) - f)
    let ln_2_high = a.real(LN_2_HIGH);
    let ln_2_low = a.real(LN_2_LOW);
    let high = a.mul(k, ln_2_high);
    let low = a.mul(k, ln_2_low);
    let inner = a.add(half_square, r);
    let inner = a.mul(s, inner);
    let inner = a.add(inner, low);
    let inner = a.sub(half_square, inner);
    let inner = a.sub(inner, f);
    let result = a.sub(high, inner);

    // Infinity and NaN are their own logarithms; then 0 and negative numbers.
    let infinity = a.real(f64::INFINITY);
    let finite = a.less(x, infinity);
    let result = a.select(finite, result, x);
    let zero = a.real(0.0);
    let positive = a.less(zero, x);
    let is_zero = a.equal(x, zero);
    let pole = a.real(f64::NEG_INFINITY);
    let invalid = a.real(f64::NAN);
    let otherwise = a.select(is_zero, pole, invalid);
    a.select(positive, result, otherwise)
}

/// z times [`POLYNOMIAL`], by Estrin's scheme.
#[inline(always)]
fn polynomial<A: Arithmetic>(a: &mut A, z: A::Real) -> A::Real {
    let [c0, c1, c2, c3, c4, c5, c6] = POLYNOMIAL;
    let z2 = a.mul(z, z);
    let z4 = a.mul(z2, z2);
    let p0 = line(a, c0, c1, z);
    let p2 = line(a, c2, c3, z);
    let p4 = line(a, c4, c5, z);
    let c6 = a.real(c6);
    let p4 = linear(a, p4, c6, z2);
    let p0 = linear(a, p0, p2, z2);
    let p = linear(a, p0, p4, z4);
    a.mul(z, p)
}

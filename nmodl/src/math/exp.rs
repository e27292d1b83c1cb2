//! The exponential function, as a branch-free sequence of operations.
//!
//! x = k ln 2 + r with |r| ≤ ln 2 / 2 in two parts (Cody and Waite), e^r by a polynomial of
//! degree 12 that is near minimax, and a scaling by 2^k in two factors, so that results that
//! are subnormal are rounded once. Underflow gives 0, NaN a NaN. The
//! largest error seen is in the table of [`crate::math`].

use super::Arithmetic;

/// 1 / ln 2.
const LOG2_E: f64 = std::f64::consts::LOG2_E;

/// ln 2 in a part of 42 bits, whose products with |k| < 2^11 are exact, and the rest.
pub(super) const LN_2_HIGH: f64 = 0.6931471805598903;
pub(super) const LN_2_LOW: f64 = 5.497923018708371e-14;

/// Adding this rounds a double to an integer k, whose biased exponent 1023 + k then stands in
/// the sum's last bits.
const ROUND: f64 = 1.5 * 4503599627370496.0 + 1023.0;

/// Beyond these e^x is infinite or 0.
pub(super) const LARGEST: f64 = 710.0;
const SMALLEST: f64 = -746.0;

/// Largest exponent that one factor takes.
const FACTOR: f64 = 1000.0;

/// (e^r - 1 - r) / r² on |r| ≤ ln 2 / 2, degree 10, interpolated at Chebyshev nodes; relative
/// error of e^r below 2^-59.
const POLYNOMIAL: [f64; 11] = [
    0.5,
    0.16666666666666669,
    0.041666666666666664,
    0.008333333333330051,
    0.0013888888888886545,
    0.00019841269863105968,
    2.4801587317181886e-05,
    2.7557268378684192e-06,
    2.755728291148268e-07,
    2.5100424157005067e-08,
    2.0911264239196083e-09,
];

/// Of a larger x NEURON's `exp` is e^700, so that exp(x)/(1 + exp(x)) is a number for every x.
const NEURON_LARGEST: f64 = 700.0;

/// e to the power `x`, and e^700 beyond.
#[inline(always)]
pub fn exp<A: Arithmetic>(a: &mut A, x: A::Real) -> A::Real {
    exp_with_tail(a, x, None, NEURON_LARGEST)
}

/// e to the power `x + tail`, where `tail` is no larger than the spacing of doubles at `x`; beyond
/// `largest`, e to that power.
#[inline(always)]
pub(super) fn exp_with_tail<A: Arithmetic>(
    a: &mut A,
    x: A::Real,
    tail: Option<A::Real>,
    largest: f64,
) -> A::Real {
    // Both keep a NaN.
    let smallest = a.real(SMALLEST);
    let x = a.greater(smallest, x);
    let largest = a.real(largest);
    let x = a.lesser(largest, x);

    // k = round(x / ln 2); `rounded` has 1023 + k in its last bits.
    let log2_e = a.real(LOG2_E);
    let round = a.real(ROUND);
    let scaled = a.mul(x, log2_e);
    let rounded = a.add(scaled, round);
    let k = a.sub(rounded, round);

    // r = high - low; high is exact.
    let ln_2_high = a.real(LN_2_HIGH);
    let ln_2_low = a.real(LN_2_LOW);
    let product = a.mul(k, ln_2_high);
    let high = a.sub(x, product);
    let mut low = a.mul(k, ln_2_low);
    if let Some(tail) = tail {
        low = a.sub(low, tail);
    }
    let r = a.sub(high, low);

    // e^r = 1 + (high + (r² q(r) - low)): the rounding errors of r do not enter.
    let r2 = a.mul(r, r);
    let q = polynomial(a, r, r2);
    let curved = a.mul(r2, q);
    let curved = a.sub(curved, low);
    let sum = a.add(high, curved);
    let one = a.real(1.0);
    let power = a.add(one, sum);

    // 2^k = 2^first 2^(k - first).
    let upper = a.real(ROUND + FACTOR);
    let lower = a.real(ROUND - FACTOR);
    let first = a.lesser(upper, rounded);
    let first = a.greater(lower, first);
    let rest = a.sub(rounded, first);
    let second = a.add(rest, round);
    let first = exponent(a, first);
    let second = exponent(a, second);
    let power = a.mul(power, first);
    a.mul(power, second)
}

/// 2^k of `rounded` = [`ROUND`] + k.
#[inline(always)]
fn exponent<A: Arithmetic>(a: &mut A, rounded: A::Real) -> A::Real {
    let bits = a.bits_of(rounded);
    let bits = a.shift_left(bits, 52);
    a.with_bits(bits)
}

/// [`POLYNOMIAL`] by Estrin's scheme: half the latency of Horner's, two more multiplications.
#[inline(always)]
fn polynomial<A: Arithmetic>(a: &mut A, r: A::Real, r2: A::Real) -> A::Real {
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10] = POLYNOMIAL;
    let r4 = a.mul(r2, r2);
    let r8 = a.mul(r4, r4);
    let p0 = line(a, c0, c1, r);
    let p2 = line(a, c2, c3, r);
    let p4 = line(a, c4, c5, r);
    let p6 = line(a, c6, c7, r);
    let p8 = line(a, c8, c9, r);
    let c10 = a.real(c10);
    let p8 = linear(a, p8, c10, r2);
    let p0 = linear(a, p0, p2, r2);
    let p4 = linear(a, p4, p6, r2);
    let p0 = linear(a, p0, p4, r4);
    linear(a, p0, p8, r8)
}

/// `a0 + a1 x`
#[inline(always)]
pub(super) fn linear<A: Arithmetic>(a: &mut A, a0: A::Real, a1: A::Real, x: A::Real) -> A::Real {
    let product = a.mul(a1, x);
    a.add(a0, product)
}

/// `c0 + c1 x`
#[inline(always)]
pub(super) fn line<A: Arithmetic>(a: &mut A, c0: f64, c1: f64, x: A::Real) -> A::Real {
    let (c0, c1) = (a.real(c0), a.real(c1));
    linear(a, c0, c1, x)
}

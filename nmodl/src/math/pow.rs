//! Powers, by way of a logarithm in two doubles.
//!
//! ln x to about 66 bits: with c the multiple of 1/64 next to the mantissa m and
//! s = (m - c) / (m + c), ln m = ln c + 2 (s + s³/3 + …). Sums and products are in two doubles
//! (Dekker 1971, without fused multiply-add), where |s| < 1/180 leaves the series itself to
//! one. Special cases are those of C99, annex F.

use super::Scalar;
use super::exp::{LARGEST, LN_2_HIGH, LN_2_LOW, exp_with_tail};
use super::pow_table::LOG_C;

/// The integer exponents that [`pow`] defines as products, for native code to do the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmallExponent {
    /// 1
    Zero,
    /// x
    One,
    /// x x
    Two,
    /// (x x) x
    Three,
    /// (x x) (x x)
    Four,
    /// 1 / x
    MinusOne,
}

impl SmallExponent {
    /// The exponent `y`, if it is one of these.
    pub fn of(y: f64) -> Option<SmallExponent> {
        Some(match y {
            0.0 => SmallExponent::Zero,
            1.0 => SmallExponent::One,
            2.0 => SmallExponent::Two,
            3.0 => SmallExponent::Three,
            4.0 => SmallExponent::Four,
            -1.0 => SmallExponent::MinusOne,
            _ => return None,
        })
    }
}

/// `x` to the power `y`.
pub fn pow(x: f64, y: f64) -> f64 {
    match SmallExponent::of(y) {
        Some(SmallExponent::Zero) => 1.0,
        Some(SmallExponent::One) => x,
        Some(SmallExponent::Two) => x * x,
        Some(SmallExponent::Three) => x * x * x,
        Some(SmallExponent::Four) => (x * x) * (x * x),
        Some(SmallExponent::MinusOne) => 1.0 / x,
        None => general(x, y),
    }
}

fn general(x: f64, y: f64) -> f64 {
    if x == 1.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let magnitude = x.abs();
    if y.is_infinite() {
        return match (magnitude == 1.0, (magnitude > 1.0) == (y > 0.0)) {
            (true, _) => 1.0,
            (false, true) => f64::INFINITY,
            (false, false) => 0.0,
        };
    }
    let negative = x.is_sign_negative() && is_odd(y);
    if magnitude == 0.0 || magnitude.is_infinite() {
        let grows = (magnitude == 0.0) == (y < 0.0);
        return signed(if grows { f64::INFINITY } else { 0.0 }, negative);
    }
    if x < 0.0 && y.trunc() != y {
        return f64::NAN;
    }
    signed(positive(magnitude, y), negative)
}

/// `x` to the power `y` for finite x > 0 and finite y.
fn positive(x: f64, y: f64) -> f64 {
    let (log_high, log_low) = log_in_two(x);
    // Beyond these the result does not depend on more, and the product below would overflow.
    let estimate = y * log_high;
    if estimate > 710.0 {
        return f64::INFINITY;
    }
    if estimate < -746.0 {
        return 0.0;
    }
    // The factors of a large |y| would overflow when they are split; x is 1 then (or the
    // estimate was large).
    if y.abs() > 1e100 {
        return 1.0;
    }
    let (high, low) = product_in_two(y, log_high);
    exp_with_tail(&mut Scalar, high, Some(low + y * log_low), LARGEST)
}

fn signed(magnitude: f64, negative: bool) -> f64 {
    if negative { -magnitude } else { magnitude }
}

/// True if `y` is an odd integer.
fn is_odd(y: f64) -> bool {
    y.trunc() == y && y % 2.0 != 0.0
}

/// Decimal logarithm of `x`.
pub fn log10(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x.is_infinite() {
        return x;
    }
    const LOG10_E_LOW: f64 = 1.098319650216765e-17;
    let (log_high, log_low) = log_in_two(x);
    let (high, low) = product_in_two(log_high, std::f64::consts::LOG10_E);
    high + (low + (log_high * LOG10_E_LOW + log_low * std::f64::consts::LOG10_E))
}

/// Natural logarithm of finite x > 0 as a sum of two doubles.
fn log_in_two(x: f64) -> (f64, f64) {
    const TWO_54: f64 = 18014398509481984.0;
    let (x, scale) = if x < f64::MIN_POSITIVE {
        (x * TWO_54, -54.0)
    } else {
        (x, 0.0)
    };

    // x = 2^k m with m in [0.7, 1.4); 1 + f near 1 keeps k = 0 and c = 1.
    const START: u64 = 0x3fe6_6666_6666_6666;
    let shifted = x.to_bits().wrapping_sub(START);
    let k = (shifted as i64 >> 52) as f64 + scale;
    let m = f64::from_bits((shifted & 0x000f_ffff_ffff_ffff) + START);
    let (index, c) = nearest(m);
    let (log_c_high, log_c_low) = LOG_C[index];

    // s = f / (m + c) in two doubles; f is exact.
    let f = m - c;
    let (sum, sum_low) = sum_in_two(m, c);
    let s = f / sum;
    let (product, product_low) = product_in_two(s, sum);
    let s_low = ((f - product) - product_low - s * sum_low) / sum;

    let z = s * s;
    let series = s * z * (2.0 / 3.0 + z * (2.0 / 5.0 + z * (2.0 / 7.0 + z * (2.0 / 9.0))));

    // k ln2_high + log_c_high is exact, and 0 or larger than 2 s.
    let table = k * LN_2_HIGH + log_c_high;
    let high = table + 2.0 * s;
    let lost = 2.0 * s - (high - table);
    let low = lost + (series + (2.0 * s_low + (k * LN_2_LOW + log_c_low)));
    let total = high + low;
    (total, low - (total - high))
}

/// The row of [`LOG_C`] for a mantissa, and its c.
fn nearest(m: f64) -> (usize, f64) {
    let j = (m * 64.0 + 0.5) as usize;
    (j - 44, j as f64 / 64.0)
}

/// `a + b` and its rounding error.
fn sum_in_two(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let virtual_b = sum - a;
    let virtual_a = sum - virtual_b;
    (sum, (a - virtual_a) + (b - virtual_b))
}

/// `a b` and its rounding error (Veltkamp's splitting, Dekker's product).
fn product_in_two(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let (a_high, a_low) = split(a);
    let (b_high, b_low) = split(b);
    let low = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    (product, low)
}

fn split(a: f64) -> (f64, f64) {
    const SPLITTER: f64 = 134217729.0;
    let scaled = SPLITTER * a;
    let high = scaled - (scaled - a);
    (high, a - high)
}

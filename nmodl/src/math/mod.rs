//! Elementary functions in plain double arithmetic: the same bits on every machine, in the
//! interpreter, in scalar code and in every lane of vector code.
//!
//! [`exp`](mod@exp) and [`log`](mod@log) are written once, over [`Arithmetic`]: a sequence of
//! IEEE additions, multiplications, divisions, comparisons and bit operations without a branch.
//! [`Scalar`] performs the sequence on doubles, [`lanes::Lanes`] on several side
//! by side. No operation is fused or reassociated. [`pow`](mod@pow) is an ordinary function,
//! but for the small integer exponents, which it defines as products.
//!
//! Native code calls these functions. Emitting the sequences inline has been measured: the
//! same speed, and three times the time to compile a mechanism.
//!
//! | function | largest error found | at |
//! |---|---|---|
//! | `exp` | 0.91 ulp | normal and subnormal results |
//! | `log` | 0.85 ulp | everywhere |
//! | `log10` | 0.50 ulp | everywhere |
//! | `pow` | 0.89 ulp | non-integer exponents |
//! | `pow(x, 2)` | 0.5 ulp (correctly rounded) | |
//! | `pow(x, 3)`, `pow(x, -1)` | 1 ulp, 0.5 ulp | |
//! | `pow(x, 4)` | 1.5 ulp | |

pub mod exp;
pub mod lanes;
pub mod log;
pub mod pow;
mod pow_table;

/// The operations that the functions are made of, on a double or several.
pub trait Arithmetic {
    /// A double (or one for each lane).
    type Real: Copy;
    /// Its 64 bits.
    type Bits: Copy;
    /// Result of a comparison.
    type Truth: Copy;

    /// A constant.
    fn real(&mut self, value: f64) -> Self::Real;
    /// `a + b`
    fn add(&mut self, a: Self::Real, b: Self::Real) -> Self::Real;
    /// `a - b`
    fn sub(&mut self, a: Self::Real, b: Self::Real) -> Self::Real;
    /// `a * b`
    fn mul(&mut self, a: Self::Real, b: Self::Real) -> Self::Real;
    /// `a / b`
    fn div(&mut self, a: Self::Real, b: Self::Real) -> Self::Real;
    /// `a < b`; false with NaN.
    fn less(&mut self, a: Self::Real, b: Self::Real) -> Self::Truth;
    /// `a == b`; false with NaN.
    fn equal(&mut self, a: Self::Real, b: Self::Real) -> Self::Truth;
    /// `a` if `cond` holds, else `b`.
    fn select(&mut self, cond: Self::Truth, a: Self::Real, b: Self::Real) -> Self::Real;
    /// `a` if `a < b`, else `b`.
    fn lesser(&mut self, a: Self::Real, b: Self::Real) -> Self::Real;
    /// `a` if `b < a`, else `b`.
    fn greater(&mut self, a: Self::Real, b: Self::Real) -> Self::Real;

    /// The bits of a double.
    fn bits_of(&mut self, a: Self::Real) -> Self::Bits;
    /// The double of these bits.
    fn with_bits(&mut self, a: Self::Bits) -> Self::Real;
    /// Constant bits.
    fn bits(&mut self, value: u64) -> Self::Bits;
    /// `a + b`, wrapping.
    fn add_bits(&mut self, a: Self::Bits, b: Self::Bits) -> Self::Bits;
    /// `a & b`
    fn and_bits(&mut self, a: Self::Bits, b: Self::Bits) -> Self::Bits;
    /// `a | b`
    fn or_bits(&mut self, a: Self::Bits, b: Self::Bits) -> Self::Bits;
    /// `a << n`
    fn shift_left(&mut self, a: Self::Bits, n: u32) -> Self::Bits;
    /// `a >> n`, zeros from the left.
    fn shift_right(&mut self, a: Self::Bits, n: u32) -> Self::Bits;
}

/// Doubles themselves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scalar;

impl Arithmetic for Scalar {
    type Real = f64;
    type Bits = u64;
    type Truth = bool;

    #[inline(always)]
    fn real(&mut self, value: f64) -> f64 {
        value
    }
    #[inline(always)]
    fn add(&mut self, a: f64, b: f64) -> f64 {
        a + b
    }
    #[inline(always)]
    fn sub(&mut self, a: f64, b: f64) -> f64 {
        a - b
    }
    #[inline(always)]
    fn mul(&mut self, a: f64, b: f64) -> f64 {
        a * b
    }
    #[inline(always)]
    fn div(&mut self, a: f64, b: f64) -> f64 {
        a / b
    }
    #[inline(always)]
    fn less(&mut self, a: f64, b: f64) -> bool {
        a < b
    }
    #[inline(always)]
    fn equal(&mut self, a: f64, b: f64) -> bool {
        a == b
    }
    #[inline(always)]
    fn select(&mut self, cond: bool, a: f64, b: f64) -> f64 {
        if cond { a } else { b }
    }
    #[inline(always)]
    fn lesser(&mut self, a: f64, b: f64) -> f64 {
        if a < b { a } else { b }
    }
    #[inline(always)]
    fn greater(&mut self, a: f64, b: f64) -> f64 {
        if b < a { a } else { b }
    }
    #[inline(always)]
    fn bits_of(&mut self, a: f64) -> u64 {
        a.to_bits()
    }
    #[inline(always)]
    fn with_bits(&mut self, a: u64) -> f64 {
        f64::from_bits(a)
    }
    #[inline(always)]
    fn bits(&mut self, value: u64) -> u64 {
        value
    }
    #[inline(always)]
    fn add_bits(&mut self, a: u64, b: u64) -> u64 {
        a.wrapping_add(b)
    }
    #[inline(always)]
    fn and_bits(&mut self, a: u64, b: u64) -> u64 {
        a & b
    }
    #[inline(always)]
    fn or_bits(&mut self, a: u64, b: u64) -> u64 {
        a | b
    }
    #[inline(always)]
    fn shift_left(&mut self, a: u64, n: u32) -> u64 {
        a << n
    }
    #[inline(always)]
    fn shift_right(&mut self, a: u64, n: u32) -> u64 {
        a >> n
    }
}

/// e to the power x; see [`exp`](mod@exp).
pub fn exp(x: f64) -> f64 {
    exp::exp(&mut Scalar, x)
}

/// Natural logarithm of x; see [`log`](mod@log).
pub fn log(x: f64) -> f64 {
    log::log(&mut Scalar, x)
}

/// Decimal logarithm of x; exact for powers of ten.
pub fn log10(x: f64) -> f64 {
    pow::log10(x)
}

/// x to the power y with C's special cases; see [`pow`](mod@pow).
pub fn pow(x: f64, y: f64) -> f64 {
    pow::pow(x, y)
}

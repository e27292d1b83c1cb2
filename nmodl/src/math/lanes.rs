//! Several doubles at once: [`Arithmetic`] for the lanes of vector code.
//!
//! The lanes are written as arrays, which the compiler puts into the vector registers of the
//! function that it compiles them for.

use super::{Arithmetic, Scalar};

/// `N` doubles.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lanes<const N: usize>;

macro_rules! each_lane {
    ($($name:ident ($first:ident: $in:ty $(, $arg:ident: $more:ty)*) -> $out:ident;)+) => {
        $(
            #[inline(always)]
            fn $name(&mut self, $first: [$in; N] $(, $arg: [$more; N])*) -> [$out; N] {
                let mut result = [$out::default(); N];
                for lane in 0..N {
                    result[lane] = Scalar.$name($first[lane] $(, $arg[lane])*);
                }
                result
            }
        )+
    };
}

impl<const N: usize> Arithmetic for Lanes<N> {
    type Real = [f64; N];
    type Bits = [u64; N];
    type Truth = [bool; N];

    each_lane! {
        add(a: f64, b: f64) -> f64;
        sub(a: f64, b: f64) -> f64;
        mul(a: f64, b: f64) -> f64;
        div(a: f64, b: f64) -> f64;
        less(a: f64, b: f64) -> bool;
        equal(a: f64, b: f64) -> bool;
        select(cond: bool, a: f64, b: f64) -> f64;
        lesser(a: f64, b: f64) -> f64;
        greater(a: f64, b: f64) -> f64;
        bits_of(a: f64) -> u64;
        with_bits(a: u64) -> f64;
        add_bits(a: u64, b: u64) -> u64;
        and_bits(a: u64, b: u64) -> u64;
        or_bits(a: u64, b: u64) -> u64;
    }

    #[inline(always)]
    fn real(&mut self, value: f64) -> [f64; N] {
        [value; N]
    }
    #[inline(always)]
    fn bits(&mut self, value: u64) -> [u64; N] {
        [value; N]
    }
    #[inline(always)]
    fn shift_left(&mut self, mut a: [u64; N], n: u32) -> [u64; N] {
        for lane in &mut a {
            *lane <<= n;
        }
        a
    }
    #[inline(always)]
    fn shift_right(&mut self, mut a: [u64; N], n: u32) -> [u64; N] {
        for lane in &mut a {
            *lane >>= n;
        }
        a
    }
}

//! Two doubles at once: [`Arithmetic`] for the lanes of vector code.
//!
//! The lanes are written out side by side, and the compiler puts them into vector registers.

use super::{Arithmetic, Scalar};

/// Two doubles.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pair;

macro_rules! lanes {
    ($($name:ident ($($arg:ident: $in:ty),+) -> $out:ty;)+) => {
        $(
            #[inline(always)]
            fn $name(&mut self, $($arg: [$in; 2]),+) -> [$out; 2] {
                [Scalar.$name($($arg[0]),+), Scalar.$name($($arg[1]),+)]
            }
        )+
    };
}

impl Arithmetic for Pair {
    type Real = [f64; 2];
    type Bits = [u64; 2];
    type Truth = [bool; 2];

    lanes! {
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
    fn real(&mut self, value: f64) -> [f64; 2] {
        [value; 2]
    }
    #[inline(always)]
    fn bits(&mut self, value: u64) -> [u64; 2] {
        [value; 2]
    }
    #[inline(always)]
    fn shift_left(&mut self, a: [u64; 2], n: u32) -> [u64; 2] {
        a.map(|a| a << n)
    }
    #[inline(always)]
    fn shift_right(&mut self, a: [u64; 2], n: u32) -> [u64; 2] {
        a.map(|a| a >> n)
    }
}

//! The functions of this process that generated code calls: the built-in functions that are not
//! emitted inline. `exp` and `log` have versions for several values.
//! All give the bits of the scalar function: they are compiled from the same text, and Rust
//! never fuses or reorders operations on doubles.

use cranelift_codegen::ir::{AbiParam, Signature, types};
use cranelift_codegen::isa::CallConv;

use crate::ir::Builtin;
use crate::math::lanes::Lanes;
use crate::math::{exp, log};

macro_rules! shims {
    ($($builtin:ident ( $($arg:ident),+ );)+) => {
        /// Address of the function whose symbol is `name`.
        pub(super) fn address(name: &str) -> Option<*const u8> {
            $(
                if name == concat!("nmodl_", stringify!($builtin)) {
                    extern "C" fn shim($($arg: f64),+) -> f64 {
                        Builtin::$builtin.evaluate(&[$($arg),+])
                    }
                    return Some(shim as *const u8);
                }
            )+
            if name == FUNCTION_TABLE {
                return Some(super::code::function_table as *const u8);
            }
            group_address(name)
        }

        /// The linker's name of a built-in function that is called; `None` if it is emitted
        /// inline. The prefix keeps it apart from the C library's.
        pub(super) fn symbol(builtin: Builtin) -> Option<&'static str> {
            match builtin {
                $(Builtin::$builtin => Some(concat!("nmodl_", stringify!($builtin))),)+
                _ => None,
            }
        }
    };
}

shims! {
    Exp(x);
    Log(x);
    Log10(x);
    Pow(x, y);
    Sin(x);
    Cos(x);
    Tan(x);
    Asin(x);
    Acos(x);
    Atan(x);
    Atan2(y, x);
    Sinh(x);
    Cosh(x);
    Tanh(x);
    Erf(x);
    Erfc(x);
    Fmod(x, y);
    Single(x);
}

/// Symbol of the function that evaluates FUNCTION_TABLEs.
pub(super) const FUNCTION_TABLE: &str = "nmodl_function_table";

/// Table, arguments, their number, argument of the derivative or -1; a double out.
pub(super) fn function_table_signature(convention: CallConv) -> Signature {
    let mut signature = Signature::new(convention);
    signature.params.resize(4, AbiParam::new(types::I64));
    signature.returns.push(AbiParam::new(types::F64));
    signature
}

/// Doubles in, a double out.
pub(super) fn signature(builtin: Builtin, convention: CallConv) -> Signature {
    let mut signature = Signature::new(convention);
    signature
        .params
        .resize(builtin.arity(), AbiParam::new(types::F64));
    signature.returns.push(AbiParam::new(types::F64));
    signature
}

/// Where C passes eight doubles in vector registers, and returns two.
const HAS_GROUPS: bool = cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));

/// Values that the functions for several values take, the smallest group first.
pub(super) const GROUPS: [usize; 3] = [2, 4, 8];

/// Largest of [`GROUPS`].
pub(super) const GROUP: usize = 8;

/// Two results, as C returns a structure of two doubles: in registers.
#[repr(C)]
struct Two {
    a: f64,
    b: f64,
}

/// Declares functions for several values at once. Arguments come in registers: put together in
/// memory, they would be read before the processor could forward them.
macro_rules! groups {
    ($convention:literal: $($builtin:ident = $function:path;)+) => {
        /// Names of the functions for each of [`GROUPS`], if there are any.
        pub(super) fn group_symbols(builtin: Builtin) -> Option<[&'static str; 3]> {
            match builtin {
                $(
                    Builtin::$builtin if HAS_GROUPS => Some([
                        concat!("nmodl_", stringify!($builtin), "_2"),
                        concat!("nmodl_", stringify!($builtin), "_4"),
                        concat!("nmodl_", stringify!($builtin), "_8"),
                    ]),
                )+
                _ => None,
            }
        }

        fn group_address(name: &str) -> Option<*const u8> {
            $(
                if name == concat!("nmodl_", stringify!($builtin), "_2") {
                    extern $convention fn two(a: f64, b: f64) -> Two {
                        let [a, b] = $function(&mut Lanes::<2>, [a, b]);
                        Two { a, b }
                    }
                    return Some(two as *const u8);
                }
                if name == concat!("nmodl_", stringify!($builtin), "_4") {
                    widest!($convention, $function, 4, a, b, c, d);
                }
                if name == concat!("nmodl_", stringify!($builtin), "_8") {
                    widest!($convention, $function, 8, a, b, c, d, e, f, g, h);
                }
            )+
            None
        }
    };
}

/// Returns the address of the function, compiled for the widest vectors that the machine has.
macro_rules! widest {
    ($convention:literal, $function:path, $n:literal, $($arg:ident),+) => {
        extern $convention fn plain($($arg: f64),+, out: &mut [f64; $n]) {
            *out = $function(&mut Lanes::<$n>, [$($arg),+]);
        }
        #[cfg(target_arch = "x86_64")]
        {
            #[target_feature(enable = "avx2")]
            extern $convention fn avx2($($arg: f64),+, out: &mut [f64; $n]) {
                *out = $function(&mut Lanes::<$n>, [$($arg),+]);
            }
            #[target_feature(enable = "avx512f")]
            extern $convention fn avx512($($arg: f64),+, out: &mut [f64; $n]) {
                *out = $function(&mut Lanes::<$n>, [$($arg),+]);
            }
            if is_x86_feature_detected!("avx512f") {
                return Some(avx512 as *const u8);
            }
            if is_x86_feature_detected!("avx2") {
                return Some(avx2 as *const u8);
            }
        }
        return Some(plain as *const u8);
    };
}

#[cfg(target_arch = "x86_64")]
groups! {
    "sysv64":
    Exp = exp::exp;
    Log = log::log;
}

#[cfg(not(target_arch = "x86_64"))]
groups! {
    "C":
    Exp = exp::exp;
    Log = log::log;
}

/// Doubles in; two doubles out, or the address where more results go as the last argument.
pub(super) fn group_signature(group: usize, convention: CallConv) -> Signature {
    let convention = if cfg!(target_arch = "x86_64") {
        CallConv::SystemV
    } else {
        convention
    };
    let mut signature = Signature::new(convention);
    signature.params.resize(group, AbiParam::new(types::F64));
    if group == 2 {
        signature.returns.resize(2, AbiParam::new(types::F64));
    } else {
        signature.params.push(AbiParam::new(types::I64));
    }
    signature
}

//! The functions of this process that generated code calls: the built-in functions that are not
//! emitted inline. `exp` and `log` have versions for two lanes at once.

use cranelift_codegen::ir::{AbiParam, Signature, types};
use cranelift_codegen::isa::CallConv;

use crate::ir::Builtin;
use crate::math::pair::Pair;
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
            pair_address(name)
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
    Fmod(x, y);
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

/// Declares the functions for two lanes at once. A pair of doubles is returned as C returns a
/// structure of two doubles where that is in two vector registers.
macro_rules! pairs {
    ($($builtin:ident = $function:path;)+) => {
        /// Name of the function for two lanes at once, if there is one.
        pub(super) fn pair_symbol(builtin: Builtin) -> Option<&'static str> {
            match builtin {
                $(
                    Builtin::$builtin if HAS_PAIRS => {
                        Some(concat!("nmodl_", stringify!($builtin), "_pair"))
                    }
                )+
                _ => None,
            }
        }

        fn pair_address(name: &str) -> Option<*const u8> {
            $(
                if name == concat!("nmodl_", stringify!($builtin), "_pair") {
                    #[cfg(target_arch = "x86_64")]
                    extern "sysv64" fn shim(a: f64, b: f64) -> Both {
                        let [a, b] = $function(&mut Pair, [a, b]);
                        Both { a, b }
                    }
                    #[cfg(not(target_arch = "x86_64"))]
                    extern "C" fn shim(a: f64, b: f64) -> Both {
                        let [a, b] = $function(&mut Pair, [a, b]);
                        Both { a, b }
                    }
                    return Some(shim as *const u8);
                }
            )+
            None
        }
    };
}

/// Two results.
#[repr(C)]
struct Both {
    a: f64,
    b: f64,
}

/// Where structures of two doubles are returned in two vector registers.
const HAS_PAIRS: bool = cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));

pairs! {
    Exp = exp::exp;
    Log = log::log;
}

/// Two doubles in, two doubles out.
pub(super) fn pair_signature(convention: CallConv) -> Signature {
    let convention = if cfg!(target_arch = "x86_64") {
        CallConv::SystemV
    } else {
        convention
    };
    let mut signature = Signature::new(convention);
    signature.params.resize(2, AbiParam::new(types::F64));
    signature.returns.resize(2, AbiParam::new(types::F64));
    signature
}

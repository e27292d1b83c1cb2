//! The functions of this process that generated code calls: the built-in functions that are not
//! emitted inline.

use cranelift_codegen::ir::{AbiParam, Signature, types};
use cranelift_codegen::isa::CallConv;

use crate::ir::Builtin;

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
            None
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

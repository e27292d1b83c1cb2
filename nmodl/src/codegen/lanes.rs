//! Values of one or several instances, and conversions between their forms.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value, types};
use cranelift_frontend::FunctionBuilder;

use crate::abi::LANES;

/// The lanes, in order.
pub(super) const EACH: [usize; LANES] = [0, 1];

/// The value of an expression. In scalar code all are [`Val::Scalar`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Val {
    /// The same for all lanes: F64, I64 or I8 (a truth value, 0 or 1).
    Scalar(Value),
    /// F64X2, or the mask I64X2 of truth values (all bits or none in each lane).
    Lanes(Value),
    /// An I64 for each lane. Integers are indices: they are needed one by one.
    Each([Value; LANES]),
}

impl Val {
    /// The value in lane `lane` as a scalar.
    pub fn lane(self, builder: &mut FunctionBuilder, lane: usize) -> Value {
        match self {
            Val::Scalar(value) => value,
            Val::Each(values) => values[lane],
            Val::Lanes(value) => {
                let element = builder.ins().extractlane(value, lane as u8);
                if builder.func.dfg.value_type(element) == types::I64 {
                    builder.ins().icmp_imm_s(IntCC::NotEqual, element, 0)
                } else {
                    element
                }
            }
        }
    }

    /// All lanes: F64X2 or I64X2.
    pub fn lanes(self, builder: &mut FunctionBuilder) -> Value {
        match self {
            Val::Lanes(value) => value,
            Val::Each(values) => combine(builder, values),
            Val::Scalar(value) => match builder.func.dfg.value_type(value) {
                types::F64 => builder.ins().splat(types::F64X2, value),
                types::I64 => builder.ins().splat(types::I64X2, value),
                _ => {
                    let mask = builder.ins().bmask(types::I64, value);
                    builder.ins().splat(types::I64X2, mask)
                }
            },
        }
    }

    /// The scalar of a uniform value; else lane 0, which analysis rules out.
    pub fn scalar(self, builder: &mut FunctionBuilder) -> Value {
        debug_assert!(matches!(self, Val::Scalar(_)), "a uniform value varies");
        self.lane(builder, 0)
    }
}

/// A vector of two scalars, F64 or I64; truth values (I8) become a mask.
pub(super) fn combine(builder: &mut FunctionBuilder, [a, b]: [Value; 2]) -> Value {
    let (ty, a, b) = match builder.func.dfg.value_type(a) {
        types::F64 => (types::F64X2, a, b),
        types::I64 => (types::I64X2, a, b),
        _ => {
            let a = builder.ins().bmask(types::I64, a);
            (types::I64X2, a, builder.ins().bmask(types::I64, b))
        }
    };
    let first = builder.ins().splat(ty, a);
    builder.ins().insertlane(first, b, 1)
}

//! Arithmetic as instructions: [`Arithmetic`] on Cranelift values, for one lane or for
//! [`LANES`](crate::abi::LANES).
//!
//! Every operation is one IEEE operation in each lane, so the code gives the bits that
//! [`Scalar`](crate::math::Scalar) gives.

use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::{ConstantData, InstBuilder, MemFlagsData, Type, Value, types};
use cranelift_frontend::FunctionBuilder;

use crate::math::Arithmetic;

/// Emits at the builder's position.
pub(super) struct Emit<'e, 'f> {
    pub builder: &'e mut FunctionBuilder<'f>,
    /// False: F64, truth values I8. True: F64X2, truth values are masks I64X2.
    pub wide: bool,
}

impl Emit<'_, '_> {
    fn real_type(&self) -> Type {
        if self.wide { types::F64X2 } else { types::F64 }
    }

    fn bits_type(&self) -> Type {
        if self.wide { types::I64X2 } else { types::I64 }
    }

    /// A comparison.
    pub fn compare(&mut self, condition: FloatCC, a: Value, b: Value) -> Value {
        self.builder.ins().fcmp(condition, a, b)
    }

    fn vector_constant(&mut self, ty: Type, bits: u64) -> Value {
        let lane = bits.to_le_bytes();
        let both = ConstantData::from([lane, lane].concat());
        let handle = self.builder.func.dfg.constants.insert(both);
        self.builder.ins().vconst(ty, handle)
    }
}

impl Arithmetic for Emit<'_, '_> {
    type Real = Value;
    type Bits = Value;
    type Truth = Value;

    fn real(&mut self, value: f64) -> Value {
        if self.wide {
            self.vector_constant(types::F64X2, value.to_bits())
        } else {
            self.builder.ins().f64const(value)
        }
    }
    fn add(&mut self, a: Value, b: Value) -> Value {
        self.builder.ins().fadd(a, b)
    }
    fn sub(&mut self, a: Value, b: Value) -> Value {
        self.builder.ins().fsub(a, b)
    }
    fn mul(&mut self, a: Value, b: Value) -> Value {
        self.builder.ins().fmul(a, b)
    }
    fn div(&mut self, a: Value, b: Value) -> Value {
        self.builder.ins().fdiv(a, b)
    }
    fn less(&mut self, a: Value, b: Value) -> Value {
        self.compare(FloatCC::LessThan, a, b)
    }
    fn equal(&mut self, a: Value, b: Value) -> Value {
        self.compare(FloatCC::Equal, a, b)
    }
    fn select(&mut self, cond: Value, a: Value, b: Value) -> Value {
        if self.wide {
            let ty = self.builder.func.dfg.value_type(a);
            let mask = self.builder.ins().bitcast(ty, MemFlagsData::new(), cond);
            self.builder.ins().bitselect(mask, a, b)
        } else {
            self.builder.ins().select(cond, a, b)
        }
    }
    fn lesser(&mut self, a: Value, b: Value) -> Value {
        let cond = self.less(a, b);
        self.select(cond, a, b)
    }
    fn greater(&mut self, a: Value, b: Value) -> Value {
        let cond = self.less(b, a);
        self.select(cond, a, b)
    }
    fn bits_of(&mut self, a: Value) -> Value {
        let ty = self.bits_type();
        self.builder.ins().bitcast(ty, MemFlagsData::new(), a)
    }
    fn with_bits(&mut self, a: Value) -> Value {
        let ty = self.real_type();
        self.builder.ins().bitcast(ty, MemFlagsData::new(), a)
    }
    fn bits(&mut self, value: u64) -> Value {
        if self.wide {
            self.vector_constant(types::I64X2, value)
        } else {
            self.builder.ins().iconst(types::I64, value as i64)
        }
    }
    fn add_bits(&mut self, a: Value, b: Value) -> Value {
        self.builder.ins().iadd(a, b)
    }
    fn and_bits(&mut self, a: Value, b: Value) -> Value {
        self.builder.ins().band(a, b)
    }
    fn or_bits(&mut self, a: Value, b: Value) -> Value {
        self.builder.ins().bor(a, b)
    }
    fn shift_left(&mut self, a: Value, n: u32) -> Value {
        self.builder.ins().ishl_imm_s(a, i64::from(n))
    }
    fn shift_right(&mut self, a: Value, n: u32) -> Value {
        self.builder.ins().ushr_imm_s(a, i64::from(n))
    }
}

//! Operations that scalar and vector code spell differently.

use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::{ConstantData, InstBuilder, MemFlagsData, Value, types};
use cranelift_frontend::FunctionBuilder;

/// Emits at the builder's position.
pub(super) struct Emit<'e, 'f> {
    pub builder: &'e mut FunctionBuilder<'f>,
    /// False: F64, truth values I8. True: F64X2, truth values are masks I64X2.
    pub wide: bool,
}

impl Emit<'_, '_> {
    /// A constant.
    pub fn real(&mut self, value: f64) -> Value {
        if !self.wide {
            return self.builder.ins().f64const(value);
        }
        let lane = value.to_bits().to_le_bytes();
        let both = ConstantData::from([lane, lane].concat());
        let handle = self.builder.func.dfg.constants.insert(both);
        self.builder.ins().vconst(types::F64X2, handle)
    }

    /// `a` if `cond` holds, else `b`.
    pub fn select(&mut self, cond: Value, a: Value, b: Value) -> Value {
        if self.wide {
            let mask = self
                .builder
                .ins()
                .bitcast(types::F64X2, MemFlagsData::new(), cond);
            self.builder.ins().bitselect(mask, a, b)
        } else {
            self.builder.ins().select(cond, a, b)
        }
    }

    /// `a` if `a < b`, else `b`.
    pub fn lesser(&mut self, a: Value, b: Value) -> Value {
        let cond = self.builder.ins().fcmp(FloatCC::LessThan, a, b);
        self.select(cond, a, b)
    }

    /// `a` if `a > b`, else `b`.
    pub fn greater(&mut self, a: Value, b: Value) -> Value {
        let cond = self.builder.ins().fcmp(FloatCC::LessThan, b, a);
        self.select(cond, a, b)
    }
}

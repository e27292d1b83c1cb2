//! Locals, and the globals that vector code keeps in registers, as variables of the function
//! being generated.

use cranelift_codegen::ir::{Type, types};
use cranelift_frontend::Variable;

use super::lanes::Val;
use super::translate::Translator;
use crate::abi::LANES;
use crate::ir::{self, LocalId};

/// Where a local is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    Scalar(Variable),
    Lanes(Variable),
    Each([Variable; LANES]),
}

impl Translator<'_, '_> {
    /// Present value of a local.
    pub(super) fn local(&mut self, local: LocalId) -> Val {
        match self.slot(local) {
            Slot::Scalar(variable) => Val::Scalar(self.builder.use_var(variable)),
            Slot::Lanes(variable) => Val::Lanes(self.builder.use_var(variable)),
            Slot::Each(variables) => {
                Val::Each(variables.map(|variable| self.builder.use_var(variable)))
            }
        }
    }

    pub(super) fn set_local(&mut self, local: LocalId, value: Val) {
        match self.slot(local) {
            Slot::Scalar(variable) => {
                let value = value.scalar(&mut self.builder);
                self.builder.def_var(variable, value);
            }
            Slot::Lanes(variable) => {
                let value = value.lanes(&mut self.builder);
                self.builder.def_var(variable, value);
            }
            Slot::Each(variables) => {
                for (lane, variable) in variables.into_iter().enumerate() {
                    let value = value.lane(&mut self.builder, lane);
                    self.builder.def_var(variable, value);
                }
            }
        }
    }

    fn slot(&mut self, local: LocalId) -> Slot {
        if let Some(slot) = self.locals[local.index()] {
            return slot;
        }
        let ty = self.unit.body.locals[local.index()].ty;
        let varies = self.wide() && !self.shapes.uniform_locals[local.index()];
        let mut declare = |ty: Type| self.builder.declare_var(ty);
        let slot = match (ty, varies) {
            (ir::Type::F64, false) => Slot::Scalar(declare(types::F64)),
            (ir::Type::I64, false) => Slot::Scalar(declare(types::I64)),
            (ir::Type::Bool, false) => Slot::Scalar(declare(types::I8)),
            (ir::Type::F64, true) => Slot::Lanes(declare(types::F64X2)),
            (ir::Type::I64, true) => Slot::Each([(); LANES].map(|()| declare(types::I64))),
            (ir::Type::Bool, true) => Slot::Lanes(declare(types::I64X2)),
        };
        self.locals[local.index()] = Some(slot);
        slot
    }

    /// In vector code, the value of a global that the block stores to.
    pub(super) fn stored_global(&mut self, global: u32) -> Option<Val> {
        let at = self
            .shapes
            .stored_globals
            .iter()
            .position(|s| s.global == global)?;
        let value = self.builder.use_var(self.globals[at]);
        Some(if self.shapes.stored_globals[at].uniform {
            Val::Scalar(value)
        } else {
            Val::Lanes(value)
        })
    }

    /// In vector code, notes the value of a global that the block stores to.
    pub(super) fn set_stored_global(&mut self, global: u32, value: Val) {
        let stored = self.shapes.stored_globals.iter();
        if let Some((at, stored)) = stored.enumerate().find(|(_, s)| s.global == global) {
            let value = if stored.uniform {
                value.scalar(&mut self.builder)
            } else {
                value.lanes(&mut self.builder)
            };
            self.builder.def_var(self.globals[at], value);
        }
    }
}

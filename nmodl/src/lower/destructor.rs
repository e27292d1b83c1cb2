//! DESTRUCTOR: what an instance does when it is removed.
//!
//! Real files give memory and objects back there, which the host does by itself. A DESTRUCTOR that
//! does no more, and changes nothing but its own instance, has no effect that anyone could see:
//! nothing is executed for it. Any other one is refused.

use super::Lowering;
use super::body::{BodyLowering, Context};
use crate::abi::Request;
use crate::ir::{Place, Service, Stmt, walk};

impl Lowering<'_> {
    /// Looks at all DESTRUCTOR blocks.
    pub(super) fn destructors(&mut self) {
        let symbols = self.symbols;
        for block in &symbols.destructors {
            let mut body = BodyLowering::new(self, Context::Callable);
            body.statements(&block.body.statements);
            let body = body.finish();
            let mut outlives = false;
            walk::for_each_stmt(&body.block, &mut |stmt| outlives |= outlives_instance(stmt));
            if outlives {
                let what = "a DESTRUCTOR that changes more than its own instance";
                self.not_yet(what, block.span);
            }
        }
    }
}

/// Whether the instance's end leaves something of `stmt` behind.
fn outlives_instance(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Assign(..)
        | Stmt::If { .. }
        | Stmt::For { .. }
        | Stmt::While { .. }
        | Stmt::Check { .. } => false,
        Stmt::Store(place, _) => !matches!(
            place,
            Place::Column(_) | Place::ColumnAt { .. } | Place::LocalArray { .. }
        ),
        Stmt::Service { service, .. } => !matches!(
            service,
            Service::Request(Request::DeleteStream | Request::IsStream | Request::VectorSize)
        ),
        _ => true,
    }
}

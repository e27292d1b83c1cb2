//! Whether a mechanism's kernels may run at the same time for different instances.
//!
//! What decides is the IR that the kernels are made of: a store to a GLOBAL, or through a POINTER,
//! may be seen by another instance, and so may the order in which instances ask the host for
//! something. INITIAL, NET_RECEIVE and TABLEs do not count: they run alone.

use crate::ir::{Expr, ExprId, KernelKind, Module, Place, Service, Stmt};

/// See [`crate::mechanism::Compiled::is_separable`] and [`crate::mechanism::Ode::is_separable`].
pub(super) fn is_separable(module: &Module) -> bool {
    use KernelKind as K;
    let mut kernels = module.kernels.iter();
    kernels.all(|kernel| {
        if !matches!(
            kernel.kind,
            K::BeforeBreakpoint | K::Current | K::State | K::Ode | K::OdeSolve
        ) {
            return true;
        }
        let mut own = true;
        kernel.body.for_each_stmt(|stmt| {
            own &= match stmt {
                Stmt::Store(place, _) | Stmt::Accumulate(place, _) => is_own(*place),
                Stmt::Service { service, .. } => {
                    matches!(service, Service::AtTime | Service::Random { .. })
                }
                // High: they are gone before there is code.
                Stmt::Call { .. } | Stmt::Solve { .. } => false,
                _ => true,
            };
        });
        let exprs = &kernel.body.exprs;
        own && (0..exprs.len() as u32).all(|number| {
            let expr = &exprs[ExprId(number)];
            !matches!(expr, Expr::Load(Place::Pointer(_)) | Expr::Pointing(_))
        })
    })
}

/// See [`crate::mechanism::Compiled::has_own_events`].
pub(super) fn has_own_events(module: &Module) -> bool {
    use KernelKind as K;
    let of_events = |kind| matches!(kind, K::NetReceive | K::NetInitial | K::Watch);
    let mut kernels = module.kernels.iter();
    kernels.all(|kernel| {
        let mut own = true;
        if of_events(kernel.kind) {
            kernel.body.for_each_stmt(|stmt| {
                own &= !matches!(
                    stmt,
                    Stmt::Store(
                        Place::Global(_) | Place::GlobalAt { .. } | Place::Pointer(_),
                        _
                    ) | Stmt::Accumulate(
                        Place::Global(_) | Place::GlobalAt { .. } | Place::Pointer(_),
                        _
                    ) | Stmt::Service {
                        service: Service::Request(_),
                        ..
                    } | Stmt::Call { .. }
                );
            });
        }
        own
    })
}

/// Whether a place is of the instance alone.
fn is_own(place: Place) -> bool {
    matches!(
        place,
        Place::Column(_)
            | Place::ColumnAt { .. }
            | Place::Node(_)
            | Place::Ion(..)
            | Place::LocalArray { .. }
    )
}

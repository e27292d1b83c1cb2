//! CONSTRUCTOR and DESTRUCTOR: what an instance does when it is made, and before it is removed.
//!
//! Both are callables of a name that no file can give (see [`crate::mechanism::CONSTRUCTOR`]), which
//! the host calls with what the creation of the instance was given. An instance that is being made
//! has no place yet: its own variables and the mechanism's are all that there is. Density mechanisms
//! have one instance for each segment, which `insert` makes. They have no DESTRUCTOR, as in NEURON:
//! one is accepted if nobody could see what it does (C that frees memory).

use super::Lowering;
use crate::abi::Request;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::call_graph::CallGraph;
use crate::ir::{Body, Expr, Function, FunctionId, Place, Service, Stmt, walk};
use crate::mechanism::Kind;
use crate::source::Span;

impl Lowering<'_> {
    /// Looks at both blocks once all functions are lowered.
    pub(super) fn check_lifetime(&mut self) {
        use crate::mechanism::{CONSTRUCTOR, DESTRUCTOR};
        let symbols = self.symbols;
        let blocks = [
            (CONSTRUCTOR, symbols.constructor),
            (DESTRUCTOR, symbols.destructor),
        ];
        for (name, block) in blocks {
            let found = symbols.mechanism.callable(name);
            if let (Some(index), Some(block)) = (found, block) {
                self.check_block(name, FunctionId(index as u32), block.span);
            }
        }
    }

    fn check_block(&mut self, name: &str, function: FunctionId, span: Span) {
        let reachable = reachable(&self.functions, function);
        let any = |wanted: fn(&Stmt) -> bool| {
            reachable.iter().any(|f| {
                let mut found = false;
                walk::for_each_stmt(&self.functions[f.index()].body.block, &mut |s| {
                    found |= wanted(s);
                });
                found
            })
        };
        let is_point = matches!(
            self.symbols.mechanism.kind,
            Kind::PointProcess | Kind::ArtificialCell
        );
        if !is_point && name == crate::mechanism::DESTRUCTOR {
            if any(outlives_instance) {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::MisplacedStatement,
                        "DESTRUCTOR is not possible in a density mechanism",
                    )
                    .at(span, "has an effect that outlives the instance")
                    .help("only a POINT_PROCESS or an ARTIFICIAL_CELL has a DESTRUCTOR")
                    .help("count instances in CONSTRUCTOR, or set variables anew in INITIAL"),
                );
            }
            return;
        }
        let needs_place = reachable
            .iter()
            .any(|f| needs_place(&self.functions[f.index()].body));
        if needs_place || any(sends_events) {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::MisplacedStatement,
                    format!("{name} uses more than the variables of the mechanism"),
                )
                .at(
                    span,
                    "v, ions, POINTERs and events do not exist while an instance is made",
                )
                .help("move it to INITIAL"),
            );
        }
    }
}

/// `function` and all that it calls.
fn reachable(functions: &[Function], function: FunctionId) -> Vec<FunctionId> {
    let graph = CallGraph::new(functions);
    let mut found = vec![function];
    let mut next = 0;
    while let Some(&now) = found.get(next) {
        for &callee in graph.callees(now) {
            if !found.contains(&callee) {
                found.push(callee);
            }
        }
        next += 1;
    }
    found
}

fn is_placed(place: Place) -> bool {
    matches!(
        place,
        Place::Node(_) | Place::Ion(..) | Place::Pointer(_) | Place::NetConArg { .. }
    )
}

fn needs_place(body: &Body) -> bool {
    let mut found = body.exprs.iter().any(|(_, e)| match e {
        Expr::Load(place) => is_placed(*place),
        _ => false,
    });
    walk::for_each_stmt(&body.block, &mut |stmt| {
        found |= match stmt {
            Stmt::Store(place, _) | Stmt::Rate(place, _) => is_placed(*place),
            Stmt::Solve { .. } => true,
            _ => false,
        };
    });
    found
}

fn sends_events(stmt: &Stmt) -> bool {
    matches!(
        stmt,
        Stmt::Service {
            service: Service::NetSend
                | Service::NetEvent
                | Service::NetMove
                | Service::Watch { .. }
                | Service::AtTime
                | Service::Random { .. },
            ..
        }
    )
}

/// Whether the instance's end leaves something of `stmt` behind.
fn outlives_instance(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Store(place, _) => !matches!(
            place,
            Place::Column(_) | Place::ColumnAt { .. } | Place::LocalArray { .. }
        ),
        Stmt::Service { service, .. } => !matches!(
            service,
            Service::Request(Request::DeleteStream | Request::IsStream | Request::VectorSize)
        ),
        Stmt::Solve { .. } => true,
        _ => false,
    }
}

//! What of an instance a function depends on: instances that differ in it have no table in common.

use std::collections::BTreeSet;

use super::Lowering;
use crate::ir::call_graph::CallGraph;
use crate::ir::{self, Body, Expr, FunctionId, NodeVar, Place, Stmt, walk};
use crate::mechanism::{Mechanism, Storage};

/// What a body takes from its instance, and what it computes itself before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Uses {
    loads: BTreeSet<String>,
    stores: BTreeSet<String>,
}

impl Uses {
    /// What is the instance's alone, in alphabetical order. A variable that the body assigns is
    /// taken for its own.
    pub(super) fn dependences(&self) -> impl Iterator<Item = &str> {
        self.loads.difference(&self.stores).map(String::as_str)
    }

    /// Everything of the instance that is read or assigned.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.loads.union(&self.stores).map(String::as_str)
    }

    /// Whether the variable is assigned.
    pub(super) fn assigns(&self, name: &str) -> bool {
        self.stores.contains(name)
    }

    pub(super) fn extend(&mut self, other: &Uses) {
        self.loads.extend(other.loads.iter().cloned());
        self.stores.extend(other.stores.iter().cloned());
    }
}

/// Of every function, with what it calls.
pub(super) fn of_functions(lowering: &Lowering<'_>) -> Vec<Uses> {
    let graph = CallGraph::new(&lowering.functions);
    let (order, recursions) = graph.callees_first();
    let mut uses = vec![Uses::default(); lowering.functions.len()];
    loop {
        let before = uses.clone();
        for &function in &order {
            let body = &lowering.functions[function.index()].body;
            uses[function.index()] = of_body(&lowering.symbols.mechanism, body, &uses);
        }
        // What those in a circle use goes around in it.
        if recursions.is_empty() || uses == before {
            return uses;
        }
    }
}

/// Of a body that calls `functions`.
pub(super) fn of_body(mechanism: &Mechanism, body: &Body, functions: &[Uses]) -> Uses {
    let mut uses = Uses::default();
    for (_, expr) in body.exprs.iter() {
        match expr {
            Expr::Load(place) => uses.loads.extend(name(mechanism, *place)),
            Expr::Pointing(pointer) => {
                uses.loads.extend(name(mechanism, Place::Pointer(*pointer)));
            }
            _ => {}
        }
    }
    let mut called: Vec<FunctionId> = Vec::new();
    walk::for_each_stmt(&body.block, &mut |stmt| match stmt {
        Stmt::Store(place, _) => uses.stores.extend(name(mechanism, *place)),
        Stmt::Call { function, .. } => called.push(*function),
        Stmt::Service { service, .. } => uses.loads.extend(service_name(service)),
        Stmt::Solve { .. } => uses.loads.extend(["SOLVE".to_owned()]),
        _ => {}
    });
    called.sort();
    called.dedup();
    for function in called {
        uses.extend(&functions[function.index()]);
    }
    uses
}

fn service_name(service: &ir::Service) -> Option<String> {
    let name = match service {
        ir::Service::NetSend => "net_send",
        ir::Service::NetEvent => "net_event",
        ir::Service::NetMove => "net_move",
        ir::Service::Watch { .. } => "WATCH",
        ir::Service::AtTime => "at_time",
        ir::Service::Random { .. } => "random numbers",
        ir::Service::Scop(_) => "random numbers",
        ir::Service::Request(_) | ir::Service::Text(_) => "what VERBATIM asks for",
        // The rows of a table may be printed as they are made.
        ir::Service::Print(_) => return None,
    };
    Some(name.to_owned())
}

/// The name of what belongs to an instance.
fn name(mechanism: &Mechanism, place: Place) -> Option<String> {
    let column = match place {
        Place::Column(column) => column,
        Place::ColumnAt { base, .. } => base,
        Place::Pointer(pointer) => {
            let pointer = mechanism.pointers.get(pointer as usize);
            return pointer.map(|p| p.name.clone());
        }
        Place::Node(NodeVar::V) => return Some("v".to_owned()),
        Place::Node(NodeVar::Diam) => return Some("diam".to_owned()),
        Place::Node(_) => return Some("area".to_owned()),
        _ => return None,
    } as usize;
    let owner = mechanism
        .variables
        .iter()
        .find(|v| v.storage == Storage::Column && (v.offset..v.offset + v.len()).contains(&column));
    owner.map(|v| v.name.clone())
}

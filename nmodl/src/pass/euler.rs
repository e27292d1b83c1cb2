//! `euler`: x(t+dt) = x + dt·f(x), all derivatives from the values at t.

use super::import::Import;
use super::solve::{self, Site};
use crate::diagnostic::Diagnostic;
use crate::ir::{BinaryOp, Block, Body, LocalId, Method, Module, Place, SimVar, Stmt, Type, walk};

pub(crate) fn run(module: &mut Module) -> Result<(), Vec<Diagnostic>> {
    solve::replace(module, Method::Euler, &mut |module, body, site| {
        expand(module, body, site).map(Some)
    })
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Result<Block, Diagnostic> {
    let equations = &module.functions[site.block.index()].body;
    let import = Import::new(body, equations);
    let mut block = import.block(&equations.block);
    let mut rates = Vec::new();
    hold_rates(body, &mut block, &mut rates);
    if rates.iter().any(|(state, _)| state.index().is_some()) {
        return Err(solve::unknown_element(module, site));
    }
    let mut out = Vec::new();
    let zero = body.exprs.f64(0.0);
    for (_, rate) in &rates {
        out.push(Stmt::Assign(*rate, zero));
    }
    out.extend(block);
    let dt = body.exprs.load(Place::Sim(SimVar::Dt));
    for (state, rate) in rates {
        let (x, f) = (body.exprs.load(state), body.exprs.local(rate));
        let change = body.exprs.binary(BinaryOp::Mul, dt, f);
        let value = body.exprs.binary(BinaryOp::Add, x, change);
        out.push(Stmt::Store(state, value));
    }
    Ok(out)
}

/// Each equation assigns its derivative to a local instead.
pub(crate) fn hold_rates(body: &mut Body, block: &mut Block, rates: &mut Vec<(Place, LocalId)>) {
    for stmt in block {
        if let Stmt::Rate(place, value) = *stmt {
            let known = rates
                .iter()
                .find(|(state, _)| *state == place)
                .map(|(_, rate)| *rate);
            let rate = known.unwrap_or_else(|| {
                let rate = body.local("rate", Type::F64);
                rates.push((place, rate));
                rate
            });
            *stmt = Stmt::Assign(rate, value);
        }
        for inner in walk::blocks_mut(stmt) {
            hold_rates(body, inner, rates);
        }
    }
}

//! `cnexp`: the exact solution of x' = a·x + b over dt with a and b held constant.
//!
//! x(t+dt) = x + (1 - exp(a·dt))·(-b/a - x), and x + b·dt where a is not there. Equations are
//! updated one after the other, in order, as in NEURON: a later one sees the new value of an
//! earlier state. A block with an equation that is not linear in its own state is left to
//! `derivimplicit`, which is what NEURON does with it.

use super::derive::{depends_on, partial, substitute};
use super::import::Import;
use super::solve::{self, Site};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    BinaryOp, Block, Body, Builtin, ExprId, Method, Module, Place, SimVar, Stmt, UnaryOp, walk,
};

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let mut diagnostics = solve::replace(module, Method::Cnexp, &mut |module, body, site| {
        let Some(state) = nonlinear_state(module, site) else {
            return Ok(expand(module, body, site));
        };
        if !warnings.iter().any(|(place, _)| *place == site.place) {
            warnings.push((site.place, fallback(module, site, state)));
        }
        Ok(vec![Stmt::Solve {
            block: site.block,
            method: Method::Derivimplicit,
            steadystate: false,
            place: site.place,
        }])
    });
    diagnostics.extend(warnings.into_iter().map(|(_, warning)| warning));
    diagnostics
}

fn fallback(module: &Module, site: Site, state: Place) -> Diagnostic {
    let block = &module.functions[site.block.index()].name;
    let state = solve::column_name(module, state);
    Diagnostic::new(
        Code::NotCnexp,
        format!("`{block}` is solved with derivimplicit"),
    )
    .at(
        solve::span(module, site),
        format!("the equation of `{state}` is not linear in it, and cnexp is for those that are"),
    )
    .help("write METHOD derivimplicit; with cnexp, NEURON 9 takes some such equations for linear")
}

/// A state whose equation is not linear in it.
fn nonlinear_state(module: &Module, site: Site) -> Option<Place> {
    let equations = &module.functions[site.block.index()].body;
    let mut probe = equations.clone();
    let mut found = None;
    walk::for_each_stmt(&equations.block, &mut |stmt| {
        if let Stmt::Rate(place, value) = stmt
            && found.is_none()
            && !is_linear(&mut probe, *place, *value)
        {
            found = Some(*place);
        }
    });
    found
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Block {
    let equations = &module.functions[site.block.index()].body;
    let import = Import::new(body, equations);
    let mut block = import.block(&equations.block);
    replace_rates(body, &mut block);
    block
}

fn is_linear(body: &mut Body, state: Place, value: ExprId) -> bool {
    if state.index().is_some() {
        // The element is known at run time only: other elements may be meant by other loads.
        return !loads_array(body, value, state);
    }
    let leaf = body.exprs.load(state);
    match partial(&mut body.exprs, value, leaf) {
        None => true,
        Some(slope) => !depends_on(&body.exprs, slope, leaf),
    }
}

/// Whether `value` loads anything of the array of `state` but the same element.
fn loads_array(body: &mut Body, value: ExprId, state: Place) -> bool {
    let own = body.exprs.load(state);
    let others: Vec<ExprId> = body
        .exprs
        .iter()
        .filter(|(id, e)| *id != own && matches!(e, crate::ir::Expr::Load(p) if p.may_alias(state)))
        .map(|(id, _)| id)
        .collect();
    let slope = partial(&mut body.exprs, value, own);
    slope.is_some_and(|slope| depends_on(&body.exprs, slope, own))
        || others
            .into_iter()
            .any(|id| depends_on(&body.exprs, value, id))
}

fn replace_rates(body: &mut Body, block: &mut Block) {
    for stmt in block {
        if let Stmt::Rate(place, value) = *stmt {
            let updated = update(body, place, value);
            *stmt = Stmt::Store(place, updated);
        }
        for inner in walk::blocks_mut(stmt) {
            replace_rates(body, inner);
        }
    }
}

fn update(body: &mut Body, state: Place, rate: ExprId) -> ExprId {
    let e = &mut body.exprs;
    let x = e.load(state);
    let dt = e.load(Place::Sim(SimVar::Dt));
    let Some(a) = partial(e, rate, x) else {
        let change = e.binary(BinaryOp::Mul, dt, rate);
        return e.binary(BinaryOp::Add, x, change);
    };
    let zero = e.f64(0.0);
    let b = substitute(e, rate, x, zero);
    let one = e.f64(1.0);
    let exponent = e.binary(BinaryOp::Mul, dt, a);
    let decay = e.call1(Builtin::Exp, exponent);
    let gain = e.binary(BinaryOp::Sub, one, decay);
    let minus_b = e.unary(UnaryOp::Neg, b);
    let target = e.binary(BinaryOp::Div, minus_b, a);
    let distance = e.binary(BinaryOp::Sub, target, x);
    let change = e.binary(BinaryOp::Mul, gain, distance);
    e.binary(BinaryOp::Add, x, change)
}

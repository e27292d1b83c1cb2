//! `runge`: a step of the classical Runge-Kutta method of fourth order.
//!
//! The operations and their order are those of NEURON's runge. In BREAKPOINT the block is evaluated
//! once more afterwards, so that what it assigns belongs to the new states. With `secondorder`,
//! NEURON makes a step of dt/2 and adds the last derivatives times dt/2; so does this.

use super::derive::substitute_in;
use super::rates::Rates;
use super::solve::{self, Site, assign_new};
use crate::diagnostic::Diagnostic;
use crate::ir::{BinaryOp, Block, Body, ExprId, LocalId, Method, Module, Place, SimVar, Stmt};

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    solve::replace(module, Method::Runge, &mut expand)
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Result<Block, Diagnostic> {
    let equations = Rates::new(module, body, site)?;
    let evaluation = equations.evaluation();
    let mut out = Vec::new();
    let step = solve::implicit_step(body, site);
    let step = assign_new(body, "step", step, &mut out);
    let e = &mut body.exprs;
    let (h, two, three) = (e.local(step), e.f64(2.0), e.f64(3.0));
    let half = e.binary(BinaryOp::Div, h, two);
    let t = e.load(Place::Sim(SimVar::T));
    let middle = e.binary(BinaryOp::Add, t, half);
    let end = e.binary(BinaryOp::Add, middle, half);
    let old: Vec<LocalId> = (equations.states.iter())
        .map(|state| {
            let x = body.exprs.load(*state);
            assign_new(body, "old", x, &mut out)
        })
        .collect();
    // Of each state, the sum of its derivatives so far, times their weights.
    let sums: Vec<LocalId> = (old.iter())
        .map(|old| {
            let x = body.exprs.local(*old);
            assign_new(body, "sum", x, &mut out)
        })
        .collect();
    for (time, factor, onward) in [
        (None, half, None),
        (Some(middle), h, Some(two)),
        (Some(middle), h, None),
    ] {
        out.extend(at_time(body, &evaluation, time));
        for (i, state) in equations.states.iter().enumerate() {
            let e = &mut body.exprs;
            let (rate, x, sum) = (
                e.local(equations.rates[i]),
                e.local(old[i]),
                e.local(sums[i]),
            );
            let change = e.binary(BinaryOp::Mul, factor, rate);
            let third = e.binary(BinaryOp::Div, change, three);
            let sum = e.binary(BinaryOp::Add, sum, third);
            let change = onward.map_or(change, |part| e.binary(BinaryOp::Div, change, part));
            let next = e.binary(BinaryOp::Add, x, change);
            out.push(Stmt::Store(*state, next));
            out.push(Stmt::Assign(sums[i], sum));
        }
    }
    out.extend(at_time(body, &evaluation, Some(end)));
    let six = body.exprs.f64(6.0);
    let sixth = body.exprs.binary(BinaryOp::Div, h, six);
    for (i, state) in equations.states.iter().enumerate() {
        let e = &mut body.exprs;
        let (rate, sum) = (e.local(equations.rates[i]), e.local(sums[i]));
        let last = e.binary(BinaryOp::Mul, sixth, rate);
        let value = e.binary(BinaryOp::Add, sum, last);
        out.push(Stmt::Store(*state, value));
    }
    if site.in_state_kernel {
        equations.extrapolate(body, h, &mut out);
        if solve::stores_more_than(&equations.code, &equations.states) {
            out.extend(evaluation);
        }
    }
    Ok(out)
}

/// `code` with another time.
fn at_time(body: &mut Body, code: &Block, time: Option<ExprId>) -> Block {
    let mut code = code.clone();
    let Some(time) = time else { return code };
    let t = body.exprs.load(Place::Sim(SimVar::T));
    substitute_in(body, &mut code, t, time);
    code
}

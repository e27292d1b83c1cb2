//! `euler`: x(t+dt) = x + dt·f(x), all derivatives from the values at t. With `secondorder` dt is half
//! as long in the state kernel (`solve`), and the step is made twice.

use super::rates::Rates;
use super::solve::{self, Site};
use crate::diagnostic::Diagnostic;
use crate::ir::{BinaryOp, Block, Body, Method, Module, Place, SimVar, Stmt};

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    solve::replace(module, Method::Euler, &mut expand)
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Result<Block, Diagnostic> {
    let equations = Rates::new(module, body, site)?;
    let mut out = equations.evaluation();
    let dt = body.exprs.load(Place::Sim(SimVar::Dt));
    for (&state, &rate) in equations.states.iter().zip(&equations.rates) {
        let (x, f) = (body.exprs.load(state), body.exprs.local(rate));
        let change = body.exprs.binary(BinaryOp::Mul, dt, f);
        let value = body.exprs.binary(BinaryOp::Add, x, change);
        out.push(Stmt::Store(state, value));
    }
    if site.in_state_kernel {
        equations.extrapolate(body, dt, &mut out);
    }
    Ok(out)
}

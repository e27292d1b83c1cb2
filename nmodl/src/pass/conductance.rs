//! `conductance`: [`Stmt::Differentiate`] becomes the ∂/∂v of what came before.
//!
//! NEURON divides the difference of the currents at v + 0.001 mV and v by 0.001 mV. That is the
//! derivative in the middle, `i'(v) + 0.0005 i''(v)`, but for 1e-8 of it; where a current is not
//! linear in v a step shows that it is not `i'(v)` (the relative change is 0.0005 mV divided by
//! the width of the curve), and a large conductance makes much of it. Both derivatives are
//! symbolic, and no function is evaluated a second time, except as [`repeat`] says.

use super::forward::{Direction, depends_on, differentiate};
use super::repeat::{self, DIFFERENCE_MV, Reason};
use super::solve;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{BinaryOp, Body, Builtin, Expr, LocalId, Module, NodeVar, Place, Stmt};

const V: Place = Place::Node(NodeVar::V);

/// Elements of arrays in a body (the stack of a recursion is one) beyond which the derivative at v
/// has to do: each has a derivative that begins at zero.
const MOST_ELEMENTS: u32 = 1000;

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    let mut integrated = Vec::new();
    for kernel in &mut module.kernels {
        let mut stmts = kernel.body.block.iter();
        if !stmts.any(|stmt| matches!(stmt, Stmt::Differentiate { .. })) {
            continue;
        }
        match repeat::first_evaluation(&mut kernel.body) {
            Some(Reason::Bends) => {}
            Some(reason) => integrated.push(reason),
            None => resolve(&mut kernel.body),
        }
    }
    let warnings = integrated.into_iter();
    warnings
        .map(|reason| evaluated_twice(module, reason))
        .collect()
}

fn evaluated_twice(module: &Module, reason: Reason) -> Diagnostic {
    let Reason::GoesOn(place) = reason else {
        return Diagnostic::new(
            Code::IntegratingCurrent,
            "BREAKPOINT draws random numbers, and is evaluated twice at each step",
        )
        .note("as NEURON does, which takes the conductance from the difference of the two")
        .help("draw in a PROCEDURE that BREAKPOINT SOLVEs, which is called once");
    };
    let variable = solve::variable(module, place);
    let (name, span) = variable.map_or(("?", None), |v| (v.name.as_str(), Some(v.span)));
    let diagnostic = Diagnostic::new(
        Code::IntegratingCurrent,
        format!("BREAKPOINT goes on from the last value of `{name}`, and is evaluated twice at each step"),
    )
    .note("as NEURON does, first with v + 0.001 mV: what BREAKPOINT adds up is added twice")
    .help("do it in a PROCEDURE that BREAKPOINT SOLVEs, which is called once");
    match span {
        Some(span) => diagnostic.at(span, "not computed anew"),
        None => diagnostic,
    }
}

/// Puts conductances in the place of [`Stmt::Differentiate`].
fn resolve(body: &mut Body) {
    let block = std::mem::take(&mut body.block);
    let mut out = Vec::new();
    let direction = Direction::new(body, &block, V, &mut out);
    let block = differentiate(body, block, std::slice::from_ref(&direction));
    let mut slopes = Vec::new();
    for stmt in block {
        match stmt {
            Stmt::Differentiate { result, of } => {
                let value = match direction.local(of) {
                    Some(shadow) => body.exprs.local(shadow),
                    None => body.exprs.f64(0.0),
                };
                out.push(Stmt::Assign(result, value));
                slopes.push(result);
            }
            other => out.push(other),
        }
    }
    body.block = out;
    let elements: u32 = body.arrays.iter().map(|array| array.len).sum();
    if elements <= MOST_ELEMENTS && depends_on(body, &body.block, V, &slopes) {
        to_the_middle(body, &slopes);
    }
}

/// Takes slopes that depend on v half a difference further.
fn to_the_middle(body: &mut Body, slopes: &[LocalId]) {
    let block = std::mem::take(&mut body.block);
    let mut out = Vec::new();
    let direction = Direction::new(body, &block, V, &mut out);
    for stmt in differentiate(body, block, std::slice::from_ref(&direction)) {
        let slope = match stmt {
            Stmt::Assign(local, _) if slopes.contains(&local) => Some(local),
            _ => None,
        };
        out.push(stmt);
        let Some((slope, curvature)) = slope.and_then(|s| Some((s, direction.local(s)?))) else {
            continue;
        };
        let e = &mut body.exprs;
        let (here, curvature) = (e.local(slope), e.local(curvature));
        let half = e.f64(0.5 * DIFFERENCE_MV);
        let change = e.binary(BinaryOp::Mul, half, curvature);
        let there = e.binary(BinaryOp::Add, here, change);
        // At a kink the slope may have an end and the curvature none.
        let size = e.add(Expr::Builtin(Builtin::Abs, vec![change]));
        let limit = e.f64(f64::MAX);
        let finite = e.binary(BinaryOp::Le, size, limit);
        let conductance = e.add(Expr::Select(finite, there, here));
        out.push(Stmt::Assign(slope, conductance));
    }
    body.block = out;
}

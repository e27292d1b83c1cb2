//! `conductance`: [`Stmt::Differentiate`] becomes the exact ∂/∂v of what came before.

use super::forward::{Direction, differentiate};
use super::repeat::{self, Reason};
use super::solve;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Body, Module, NodeVar, Place, Stmt};

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    let mut integrated = Vec::new();
    for kernel in &mut module.kernels {
        let asks = |s: &Stmt| matches!(s, Stmt::Differentiate { .. });
        if !kernel.body.block.iter().any(asks) {
            continue;
        }
        match repeat::first_evaluation(&mut kernel.body) {
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

fn resolve(body: &mut Body) {
    let block = std::mem::take(&mut body.block);
    let mut out = Vec::new();
    let direction = Direction::new(body, &block, Place::Node(NodeVar::V), &mut out);
    let block = differentiate(body, block, std::slice::from_ref(&direction));
    for stmt in block {
        match stmt {
            Stmt::Differentiate { result, of } => {
                let value = match direction.local(of) {
                    Some(shadow) => body.exprs.local(shadow),
                    None => body.exprs.f64(0.0),
                };
                out.push(Stmt::Assign(result, value));
            }
            other => out.push(other),
        }
    }
    body.block = out;
}

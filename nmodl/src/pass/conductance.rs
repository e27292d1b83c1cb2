//! `conductance`: [`Stmt::Differentiate`] becomes the exact ∂/∂v of what came before.

use super::forward::{Direction, differentiate};
use crate::diagnostic::Diagnostic;
use crate::ir::{Body, Module, NodeVar, Place, Stmt};

pub(crate) fn run(module: &mut Module) -> Result<(), Vec<Diagnostic>> {
    for kernel in &mut module.kernels {
        let asks = |s: &Stmt| matches!(s, Stmt::Differentiate { .. });
        if kernel.body.block.iter().any(asks) {
            resolve(&mut kernel.body);
        }
    }
    Ok(())
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

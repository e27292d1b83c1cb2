//! SOLVE of a NONLINEAR block: Newton's method with the exact Jacobian.
//!
//! The equations, left minus right, are brought to zero from the states' present values. As in
//! NEURON, the iteration ends when all equations hold to 10⁻⁸ and no state has changed by more than
//! 10⁻⁶ of itself, and fails after 50 rounds. Here the Jacobian is that of the present states
//! (NEURON's is a quotient of differences over 2 % of a state), so the states are at least as near
//! to the solution as NEURON's. Afterwards the block is evaluated once more, so that what it assigns
//! belongs to the solution.

use super::forward::{Direction, differentiate};
use super::import::Import;
use super::linear_system::LinearSystem;
use super::newton::{self, MOST_ROUNDS};
use super::solve::{self, Site};
use crate::diagnostic::Diagnostic;
use crate::ir::{BinaryOp, Block, Body, LocalId, Method, Module, Stmt, Type, UnaryOp, walk};

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    solve::replace(module, Method::Newton, &mut expand)
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Result<Block, Diagnostic> {
    let unknowns = solve::unknowns(module, site)?;
    let source = &module.functions[site.block.index()].body;
    let import = Import::new(body, source);
    let mut code = import.block(&source.block);
    newton::check_size(module, site, unknowns.len(), &code)?;
    let residuals: Vec<LocalId> = (0..unknowns.len())
        .map(|_| body.local("residual", Type::F64))
        .collect();
    hold_residuals(body, &mut code, &residuals);
    let mut plain = clear(body, &residuals);
    plain.extend(code);
    let mut evaluation = Vec::new();
    let directions: Vec<Direction> = unknowns
        .iter()
        .map(|unknown| Direction::new(body, &plain, *unknown, &mut evaluation))
        .collect();
    evaluation.extend(differentiate(body, plain.clone(), &directions));
    let mut out = Vec::new();
    newton::converge(body, site.place, MOST_ROUNDS, &mut out, |body, out| {
        out.extend(evaluation);
        let mut error = newton::largest_residual(body, &residuals, out);
        let mut system = LinearSystem::new(body, unknowns.len(), out);
        for (row, residual) in residuals.iter().enumerate() {
            let value = body.exprs.local(*residual);
            let value = body.exprs.unary(UnaryOp::Neg, value);
            out.push(Stmt::Assign(system.rhs(row), value));
            for (column, direction) in directions.iter().enumerate() {
                let Some(slope) = direction.local(*residual) else {
                    continue;
                };
                let entry = system.entry(body, row, column, &mut Vec::new());
                let slope = body.exprs.local(slope);
                out.push(Stmt::Assign(entry, slope));
            }
        }
        let solution = system.solve_pivoting(body, site.place, out)?;
        for (unknown, delta) in unknowns.iter().zip(solution) {
            let (x, delta) = (body.exprs.load(*unknown), body.exprs.local(delta));
            let new = body.exprs.binary(BinaryOp::Add, x, delta);
            out.push(Stmt::Store(*unknown, new));
            error = newton::larger_change(body, error, *unknown, delta, out);
        }
        Ok(error)
    })
    .map_err(|large| large.diagnostic(module, site))?;
    if solve::stores_more_than(&plain, &unknowns) {
        out.extend(plain);
    }
    Ok(out)
}

fn clear(body: &mut Body, residuals: &[LocalId]) -> Block {
    let zero = body.exprs.f64(0.0);
    let clear = |residual: &LocalId| Stmt::Assign(*residual, zero);
    residuals.iter().map(clear).collect()
}

/// Each equation adds to the local of its row instead.
fn hold_residuals(body: &mut Body, block: &mut Block, residuals: &[LocalId]) {
    for stmt in block {
        if let Stmt::Equation { row, value } = *stmt {
            let residual = residuals[row as usize];
            let before = body.exprs.local(residual);
            let sum = body.exprs.binary(BinaryOp::Add, before, value);
            *stmt = Stmt::Assign(residual, sum);
        }
        for inner in walk::blocks_mut(stmt) {
            hold_residuals(body, inner, residuals);
        }
    }
}

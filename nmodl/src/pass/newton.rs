//! Loops of Newton's method.

use super::linear_system::TooLarge;
use super::solve::{self, Site, assign_new};
use crate::abi::Failure;
use crate::diagnostic::Diagnostic;
use crate::ir::{
    BinaryOp, Block, Body, Builtin, Expr, ExprId, LocalId, Module, Place, PlaceId, Stmt, UnaryOp,
    walk,
};

/// Rounds after which DERIVATIVE and NONLINEAR blocks fail (NEURON's MAXITERS).
pub(crate) const MOST_ROUNDS: f64 = 50.0;
/// A correction of this size or less is the last one (NEURON's CONVERGE).
pub(crate) const CONVERGED: f64 = 1e-6;
/// An equation that holds to this holds, and a state of this size or less is 0 (NEURON's ZERO).
const ZERO: f64 = 1e-8;
const MOST_STATES: usize = 200;
/// Statements times states: each statement is differentiated by each state.
const MOST_STATEMENTS: usize = 200_000;

/// Refuses what would be too much code: `block` is differentiated by each of `states` states.
pub(crate) fn check_size(
    module: &Module,
    site: Site,
    states: usize,
    block: &Block,
) -> Result<(), Diagnostic> {
    let mut statements = 0;
    walk::for_each_stmt(block, &mut |_| statements += 1);
    if states <= MOST_STATES && states * statements <= MOST_STATEMENTS {
        return Ok(());
    }
    Err(solve::too_large(
        module,
        site,
        format!("{states} coupled states in {statements} statements"),
        format!("at most {MOST_STATES} states can be solved together"),
    ))
}

/// The larger of `largest` and the relative change of `state`, which has just been corrected by
/// `delta`: δ over the larger of the values before and after, 0 for a state that stays near 0. NaN if
/// one of the two is.
pub(crate) fn larger_change(
    body: &mut Body,
    largest: ExprId,
    state: Place,
    delta: ExprId,
    out: &mut Block,
) -> ExprId {
    let e = &mut body.exprs;
    let after = e.load(state);
    let before = e.binary(BinaryOp::Sub, after, delta);
    let (before, after) = (e.call1(Builtin::Abs, before), e.call1(Builtin::Abs, after));
    let grown = e.binary(BinaryOp::Lt, before, after);
    let size = e.add(Expr::Select(grown, after, before));
    let small = e.f64(ZERO);
    let near_zero = e.binary(BinaryOp::Le, size, small);
    let ratio = e.binary(BinaryOp::Div, delta, size);
    let ratio = e.call1(Builtin::Abs, ratio);
    let zero = e.f64(0.0);
    let change = e.add(Expr::Select(near_zero, zero, ratio));
    larger(body, largest, change, out)
}

/// The largest of `residuals` in magnitude, on the scale of corrections: [`CONVERGED`] stands for
/// [`ZERO`].
pub(crate) fn largest_residual(body: &mut Body, residuals: &[LocalId], out: &mut Block) -> ExprId {
    let mut largest = body.exprs.f64(0.0);
    let scale = body.exprs.f64(CONVERGED / ZERO);
    for residual in residuals {
        let residual = body.exprs.local(*residual);
        let size = body.exprs.call1(Builtin::Abs, residual);
        let scaled = body.exprs.binary(BinaryOp::Mul, size, scale);
        largest = larger(body, largest, scaled, out);
    }
    largest
}

/// The larger of the two, or NaN if one is.
fn larger(body: &mut Body, a: ExprId, b: ExprId, out: &mut Block) -> ExprId {
    let less = body.exprs.binary(BinaryOp::Le, b, a);
    let lost = body.exprs.binary(BinaryOp::Ne, a, a);
    let keep = body.exprs.binary(BinaryOp::Or, less, lost);
    let value = body.exprs.add(Expr::Select(keep, a, b));
    let local = assign_new(body, "largest", value, out);
    body.exprs.local(local)
}

/// Repeats `round`, which gives the size of its correction, until that is at most 10⁻⁶. The kernel
/// fails at `place` if `most` rounds do not suffice.
pub(crate) fn converge(
    body: &mut Body,
    place: PlaceId,
    most: f64,
    out: &mut Block,
    round: impl FnOnce(&mut Body, &mut Block) -> Result<ExprId, TooLarge>,
) -> Result<(), TooLarge> {
    let one = body.exprs.f64(1.0);
    let change = assign_new(body, "change", one, out);
    // `!(change <= limit)`, so that NaN goes on to the limit of rounds and is reported.
    let (size, limit) = (body.exprs.local(change), body.exprs.f64(CONVERGED));
    let done = body.exprs.binary(BinaryOp::Le, size, limit);
    let going = body.exprs.unary(UnaryOp::Not, done);
    repeat_while(body, going, most, out, |body, out| {
        let size = round(body, out)?;
        out.push(Stmt::Assign(change, size));
        Ok(())
    })?;
    out.push(Stmt::Check {
        cond: done,
        failure: Failure::NoConvergence,
        place,
        value: size,
    });
    Ok(())
}

/// Repeats `round` while `going` holds, `most` times at most.
pub(crate) fn repeat_while(
    body: &mut Body,
    going: ExprId,
    most: f64,
    out: &mut Block,
    round: impl FnOnce(&mut Body, &mut Block) -> Result<(), TooLarge>,
) -> Result<(), TooLarge> {
    let (zero, one) = (body.exprs.f64(0.0), body.exprs.f64(1.0));
    let rounds = assign_new(body, "rounds", zero, out);
    let mut statements = Vec::new();
    round(body, &mut statements)?;
    let count = body.exprs.local(rounds);
    let next = body.exprs.binary(BinaryOp::Add, count, one);
    statements.push(Stmt::Assign(rounds, next));
    let most = body.exprs.f64(most);
    let allowed = body.exprs.binary(BinaryOp::Lt, count, most);
    let cond = body.exprs.binary(BinaryOp::And, going, allowed);
    out.push(Stmt::While {
        head: Vec::new(),
        cond,
        body: statements,
    });
    Ok(())
}

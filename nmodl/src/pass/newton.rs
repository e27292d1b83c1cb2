//! Loops of Newton's method.

use super::linear_system::TooLarge;
use super::solve::assign_new;
use crate::abi::Failure;
use crate::ir::{BinaryOp, Block, Body, ExprId, PlaceId, Stmt, UnaryOp};

/// A correction of this size or less is the last one (NEURON's CONVERGE).
const CONVERGED: f64 = 1e-6;

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

//! Bounds of expressions, as far as they can be seen in the expression itself.
//!
//! An index that is clamped by selects, `select(i < 0, 0, select(i > n, n, i))`, or made of a
//! clamped double, is inside of its array whatever `i` is, so what it indexes may be read
//! before its turn or for nothing. An index that is guarded by a branch or a check is not.

use crate::ir::{BinaryOp, Expr, ExprId, Exprs, Type, UnaryOp};

/// Least and greatest value of an I64 expression, infinite if unknown.
pub fn of(exprs: &Exprs, id: ExprId) -> (f64, f64) {
    bounds(exprs, id, &mut Vec::new(), 0)
}

/// True if `id` lies in `0..=last` for certain.
pub fn is_within(exprs: &Exprs, id: ExprId, last: usize) -> bool {
    let (low, high) = of(exprs, id);
    low >= 0.0 && high <= last as f64
}

/// What an enclosing select has found out: `id` lies in these bounds, or is a NaN.
type Fact = (ExprId, f64, f64);

const ALL: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const DEPTH: u32 = 8;
/// Integers up to here are doubles.
const EXACT: f64 = 9007199254740992.0;

/// Bounds of an integer or of a double that may also be a NaN.
fn bounds(exprs: &Exprs, id: ExprId, facts: &mut Vec<Fact>, depth: u32) -> (f64, f64) {
    let (mut low, mut high) = match exprs[id] {
        _ if depth > DEPTH => ALL,
        Expr::I64(value) if (value as f64).abs() < EXACT => (value as f64, value as f64),
        Expr::F64(bits) if !bits.value().is_nan() => (bits.value(), bits.value()),
        Expr::Unary(UnaryOp::ToReal, a) => bounds(exprs, a, facts, depth + 1),
        Expr::Unary(UnaryOp::ToInt, a) => {
            let (low, high) = bounds(exprs, a, facts, depth + 1);
            // NaN becomes 0.
            (low.trunc().min(0.0), high.trunc().max(0.0))
        }
        Expr::Select(cond, a, b) => {
            let known = facts.len();
            learn(exprs, cond, true, facts);
            let first = bounds(exprs, a, facts, depth + 1);
            facts.truncate(known);
            learn(exprs, cond, false, facts);
            let second = bounds(exprs, b, facts, depth + 1);
            facts.truncate(known);
            (first.0.min(second.0), first.1.max(second.1))
        }
        Expr::Binary(op @ (BinaryOp::Add | BinaryOp::Sub), a, b) if is_integer(exprs, a) => {
            let a = bounds(exprs, a, facts, depth + 1);
            let b = bounds(exprs, b, facts, depth + 1);
            let sum = match op {
                BinaryOp::Add => (a.0 + b.0, a.1 + b.1),
                _ => (a.0 - b.1, a.1 - b.0),
            };
            // Else the sum may wrap around.
            if sum.0 > -EXACT && sum.1 < EXACT {
                sum
            } else {
                ALL
            }
        }
        _ => ALL,
    };
    for &(about, least, greatest) in facts.iter() {
        if about == id {
            low = low.max(least);
            high = high.min(greatest);
        }
    }
    (low, high)
}

/// False if in doubt.
fn is_integer(exprs: &Exprs, id: ExprId) -> bool {
    match exprs[id] {
        Expr::I64(_) | Expr::Unary(UnaryOp::ToInt, _) => true,
        Expr::Select(_, a, _)
        | Expr::Binary(BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul, a, _) => is_integer(exprs, a),
        _ => false,
    }
}

/// Adds what it means that `cond` is `holds`: comparisons of an expression with a constant.
fn learn(exprs: &Exprs, cond: ExprId, holds: bool, facts: &mut Vec<Fact>) {
    let Expr::Binary(op, a, b) = exprs[cond] else {
        return;
    };
    let (about, op, (value, ty)) = match (constant(exprs, a), constant(exprs, b)) {
        (_, Some(constant)) => (a, op, constant),
        (Some(constant), _) => (b, mirrored(op), constant),
        _ => return,
    };
    // Between doubles there is no next one.
    let one = if ty == Type::I64 { 1.0 } else { 0.0 };
    let fact = match (op, holds) {
        (BinaryOp::Lt, true) | (BinaryOp::Ge, false) => (ALL.0, value - one),
        (BinaryOp::Le, true) | (BinaryOp::Gt, false) => (ALL.0, value),
        (BinaryOp::Gt, true) | (BinaryOp::Le, false) => (value + one, ALL.1),
        (BinaryOp::Ge, true) | (BinaryOp::Lt, false) => (value, ALL.1),
        (BinaryOp::Eq, true) | (BinaryOp::Ne, false) => (value, value),
        _ => return,
    };
    facts.push((about, fact.0, fact.1));
}

fn constant(exprs: &Exprs, id: ExprId) -> Option<(f64, Type)> {
    match exprs[id] {
        Expr::I64(value) if (value as f64).abs() < EXACT => Some((value as f64, Type::I64)),
        Expr::F64(bits) if !bits.value().is_nan() => Some((bits.value(), Type::F64)),
        _ => None,
    }
}

fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Lt => BinaryOp::Gt,
        BinaryOp::Le => BinaryOp::Ge,
        BinaryOp::Gt => BinaryOp::Lt,
        BinaryOp::Ge => BinaryOp::Le,
        other => other,
    }
}

//! Constant folding and algebra that changes no bit.
//!
//! [`add`] is the rule book: it adds an expression to an arena in its simplest equal form. The
//! pass applies it to a whole body and removes branches, checks and loops whose conditions are
//! constants. Other passes build their expressions with it, too.
//!
//! "Equal" is meant for all operands, infinities, signed zeros and NaNs included; which NaN it
//! is (sign and payload) is not part of a value. Hence `x * 1`, `x / 1`, `x - 0` and `x + -0`
//! are `x`, but `x + 0` (for x = -0) and `x * 0` stay. Division by a power of two becomes
//! multiplication, which is exact. Powers with small integer exponents become the products that
//! [`crate::math::pow()`] defines them to be.

use crate::diagnostic::Diagnostic;
use crate::ir::walk::{Visited, map_exprs};
use crate::ir::{
    BinaryOp, Block, Body, Builtin, Expr, ExprId, Exprs, Module, Place, Stmt, UnaryOp, interpret,
};
use crate::math::pow::SmallExponent;

/// Folds all kernels.
pub fn run(module: &mut Module) -> Vec<Diagnostic> {
    for kernel in &mut module.kernels {
        body(&mut kernel.body);
    }
    Vec::new()
}

/// Folds a body. Expressions that nothing uses are dropped.
pub fn body(body: &mut Body) {
    let mut needed = Visited::new();
    body.for_each_stmt(|stmt| {
        stmt.for_each_expr(|root| {
            needed.reach(&body.exprs, root);
        });
    });
    let mut exprs = Exprs::default();
    let mut map = vec![ExprId(u32::MAX); body.exprs.len()];
    for (id, expr) in body.exprs.iter() {
        if needed.contains(id) {
            map[id.index()] = add(&mut exprs, expr.map_operands(|o| map[o.index()]));
        }
    }
    body.exprs = exprs;
    for list in [&mut body.prologue, &mut body.block] {
        let old = std::mem::take(list);
        block(&body.exprs, &map, old, list);
    }
}

/// Appends the folded statements of `old` to `new`.
fn block(exprs: &Exprs, map: &[ExprId], old: Block, new: &mut Block) {
    let nested = |old: Block| {
        let mut new = Block::new();
        block(exprs, map, old, &mut new);
        new
    };
    for mut stmt in old {
        map_exprs(&mut stmt, &mut |id| map[id.index()]);
        match stmt {
            Stmt::Store(place, value) => new.push(Stmt::Store(fixed(exprs, place), value)),
            Stmt::If {
                cond,
                then,
                otherwise,
            } => match exprs[cond] {
                Expr::Bool(true) => block(exprs, map, then, new),
                Expr::Bool(false) => block(exprs, map, otherwise, new),
                _ => {
                    let (then, otherwise) = (nested(then), nested(otherwise));
                    if !(then.is_empty() && otherwise.is_empty()) {
                        new.push(Stmt::If {
                            cond,
                            then,
                            otherwise,
                        });
                    }
                }
            },
            Stmt::For {
                index,
                from,
                to,
                body,
            } => {
                let body = nested(body);
                if !matches!((&exprs[from], &exprs[to]), (Expr::I64(a), Expr::I64(b)) if a > b) {
                    new.push(Stmt::For {
                        index,
                        from,
                        to,
                        body,
                    });
                }
            }
            Stmt::While { head, cond, body } => match exprs[cond] {
                Expr::Bool(false) => block(exprs, map, head, new),
                _ => {
                    let (head, body) = (nested(head), nested(body));
                    new.push(Stmt::While { head, cond, body });
                }
            },
            Stmt::Check { cond, .. } if exprs[cond] == Expr::Bool(true) => {}
            other => new.push(other),
        }
    }
}

/// A run-time index that is a constant inside of its array names a fixed place.
pub fn fixed(exprs: &Exprs, place: Place) -> Place {
    let constant = |len: u32| match exprs[place.index()?] {
        Expr::I64(i) => u32::try_from(i).ok().filter(|&i| i < len),
        _ => None,
    };
    match place {
        Place::ColumnAt { base, len, .. } => {
            constant(len).map_or(place, |i| Place::Column(base + i))
        }
        Place::GlobalAt { base, len, .. } => {
            constant(len).map_or(place, |i| Place::Global(base + i))
        }
        _ => place,
    }
}

/// The id of `expr` or of something simpler that is equal to it.
pub fn add(exprs: &mut Exprs, expr: Expr) -> ExprId {
    if let Some(value) = interpret::constant(exprs, &expr) {
        return exprs.add(value);
    }
    let simpler = match expr {
        Expr::Load(place) => return exprs.add(Expr::Load(fixed(exprs, place))),
        Expr::Unary(op, a) => unary(exprs, op, a),
        Expr::Binary(op, a, b) => binary(exprs, op, a, b),
        Expr::Select(cond, a, b) => select(exprs, cond, a, b),
        Expr::Builtin(Builtin::Pow, ref args) => pow(exprs, args[0], args[1]),
        _ => None,
    };
    simpler.unwrap_or_else(|| exprs.add(expr))
}

fn unary(exprs: &mut Exprs, op: UnaryOp, a: ExprId) -> Option<ExprId> {
    match (op, exprs[a].clone()) {
        (UnaryOp::Neg, Expr::Unary(UnaryOp::Neg, inner)) => Some(inner),
        (UnaryOp::Not, Expr::Unary(UnaryOp::Not, inner)) => Some(inner),
        // With a NaN, `==` is false and `!=` true; the other comparisons have no opposite.
        (UnaryOp::Not, Expr::Binary(BinaryOp::Eq, x, y)) => Some(exprs.binary(BinaryOp::Ne, x, y)),
        (UnaryOp::Not, Expr::Binary(BinaryOp::Ne, x, y)) => Some(exprs.binary(BinaryOp::Eq, x, y)),
        _ => None,
    }
}

fn binary(exprs: &mut Exprs, op: BinaryOp, a: ExprId, b: ExprId) -> Option<ExprId> {
    let (left, right) = (exprs.as_f64(a), exprs.as_f64(b));
    let is = |constant: Option<f64>, value: f64| {
        constant.is_some_and(|c| c.to_bits() == value.to_bits())
    };
    let int = |id: ExprId, value: i64| exprs[id] == Expr::I64(value);
    let bool = |id: ExprId, value: bool| exprs[id] == Expr::Bool(value);
    match op {
        BinaryOp::Add if is(right, -0.0) || int(b, 0) => Some(a),
        BinaryOp::Add if is(left, -0.0) || int(a, 0) => Some(b),
        BinaryOp::Sub if is(right, 0.0) || int(b, 0) => Some(a),
        BinaryOp::Mul if is(right, 1.0) || int(b, 1) => Some(a),
        BinaryOp::Mul if is(left, 1.0) || int(a, 1) => Some(b),
        BinaryOp::Mul if int(a, 0) || int(b, 0) => Some(exprs.i64(0)),
        BinaryOp::Mul if is(right, -1.0) => Some(add(exprs, Expr::Unary(UnaryOp::Neg, a))),
        BinaryOp::Mul if is(left, -1.0) => Some(add(exprs, Expr::Unary(UnaryOp::Neg, b))),
        BinaryOp::Div if is(right, 1.0) => Some(a),
        BinaryOp::Div => {
            let reciprocal = exact_reciprocal(right?)?;
            let factor = exprs.f64(reciprocal);
            Some(add(exprs, Expr::Binary(BinaryOp::Mul, a, factor)))
        }
        BinaryOp::And | BinaryOp::Or if a == b => Some(a),
        BinaryOp::And if bool(a, true) || bool(b, false) => Some(b),
        BinaryOp::And if bool(b, true) || bool(a, false) => Some(a),
        BinaryOp::Or if bool(a, true) || bool(b, false) => Some(a),
        BinaryOp::Or if bool(b, true) || bool(a, false) => Some(b),
        _ => None,
    }
}

/// `1 / value` if that is exact: for powers of two.
fn exact_reciprocal(value: f64) -> Option<f64> {
    let reciprocal = 1.0 / value;
    let power_of_two = value.is_normal() && value.to_bits() & ((1 << 52) - 1) == 0;
    (power_of_two && reciprocal.is_normal()).then_some(reciprocal)
}

fn select(exprs: &mut Exprs, cond: ExprId, a: ExprId, b: ExprId) -> Option<ExprId> {
    match exprs[cond] {
        Expr::Bool(true) => Some(a),
        Expr::Bool(false) => Some(b),
        _ if a == b => Some(a),
        Expr::Unary(UnaryOp::Not, inner) => Some(add(exprs, Expr::Select(inner, b, a))),
        _ => None,
    }
}

/// The products that [`crate::math::pow`] is for these exponents.
fn pow(exprs: &mut Exprs, x: ExprId, exponent: ExprId) -> Option<ExprId> {
    let exponent = SmallExponent::of(exprs.as_f64(exponent)?)?;
    let mut product = |a, b| exprs.binary(BinaryOp::Mul, a, b);
    Some(match exponent {
        SmallExponent::Zero => exprs.f64(1.0),
        SmallExponent::One => x,
        SmallExponent::Two => product(x, x),
        SmallExponent::Three => {
            let square = product(x, x);
            product(square, x)
        }
        SmallExponent::Four => {
            let square = product(x, x);
            product(square, square)
        }
        SmallExponent::MinusOne => {
            let one = exprs.f64(1.0);
            exprs.binary(BinaryOp::Div, one, x)
        }
    })
}

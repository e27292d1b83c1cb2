//! Conversions to indices that are known to be small, as those of tables are.
//!
//! [`UnaryOp::ToInt`](crate::ir::UnaryOp::ToInt) saturates and makes NaN 0, which takes a dozen
//! instructions and branches for each lane. Where bounds of the operand show that it is in
//! 0..2³¹ or NaN, one instruction for all lanes does the same, once NaN is 0.

use cranelift_codegen::ir::{ConstantData, InstBuilder, Value, types};

use super::emit::Emit;
use super::lanes::{EACH, Val};
use super::translate::Translator;
use crate::ir::{BinaryOp, Builtin, Expr, ExprId, Exprs};

/// Expressions that are looked through for bounds.
const DEPTH: usize = 6;

impl Translator<'_, '_> {
    /// `id`, doubles, as indices by the short way, if there is one.
    pub(super) fn small_index(&mut self, id: ExprId) -> Option<Val> {
        let lanes = self.small(id)?;
        let wide = self.builder.ins().x86_cvtt2dq(types::I64X2, lanes);
        let zeros = ConstantData::from(vec![0; 16]);
        let zeros = self.builder.func.dfg.constants.insert(zeros);
        let zeros = self.builder.ins().vconst(types::I64X2, zeros);
        let narrow = self.builder.ins().snarrow(wide, zeros);
        let index = |lane: usize| {
            let index = self.builder.ins().extractlane(narrow, lane as u8);
            self.builder.ins().uextend(types::I64, index)
        };
        Some(Val::Each(EACH.map(index)))
    }

    /// `id` as indices and back as doubles, if the short way gives them.
    pub(super) fn small_whole(&mut self, id: ExprId) -> Option<Val> {
        let lanes = self.small(id)?;
        Some(Val::Lanes(self.builder.ins().trunc(lanes)))
    }

    /// `id` with NaN and -0 made 0, in vector code (one lane is faster the long way), if the
    /// rest is in 0..2³¹.
    fn small(&mut self, id: ExprId) -> Option<Value> {
        if !self.wide() || !is_small(&self.unit.body.exprs, id) {
            return None;
        }
        let Val::Lanes(lanes) = self.eval(id) else {
            return None;
        };
        let mut emit = Emit {
            builder: &mut self.builder,
            wide: true,
        };
        let zero = emit.real(0.0);
        Some(emit.greater(lanes, zero))
    }
}

/// True if the double `id` lies in 0..2³¹ or is NaN, on a machine that has the conversion.
fn is_small(exprs: &Exprs, id: ExprId) -> bool {
    let (low, high) = bounds(exprs, id, DEPTH);
    cfg!(target_arch = "x86_64") && low >= 0.0 && high < f64::from(i32::MAX)
}

/// Bounds of the double `id`, unless it is NaN.
fn bounds(exprs: &Exprs, id: ExprId, depth: usize) -> (f64, f64) {
    let unknown = (f64::NEG_INFINITY, f64::INFINITY);
    if depth == 0 {
        return unknown;
    }
    let of = |id| bounds(exprs, id, depth - 1);
    match &exprs[id] {
        Expr::F64(bits) if !bits.value().is_nan() => (bits.value(), bits.value()),
        Expr::Select(cond, a, b) => {
            let (holds, fails) = conditions(exprs, *cond);
            let a = restrict(of(*a), holds.filter(|(x, ..)| x == a));
            let b = restrict(of(*b), fails.filter(|(x, ..)| x == b));
            (a.0.min(b.0), a.1.max(b.1))
        }
        Expr::Builtin(Builtin::Floor, args) => {
            let (low, high) = of(args[0]);
            (low.floor(), high.floor())
        }
        // `a` is the result only if the comparison holds; `b` also if `a` is NaN.
        Expr::Builtin(Builtin::Min, args) => {
            let (a, b) = (of(args[0]), of(args[1]));
            (a.0.min(b.0), b.1)
        }
        Expr::Builtin(Builtin::Max, args) => {
            let (a, b) = (of(args[0]), of(args[1]));
            (b.0, a.1.max(b.1))
        }
        _ => unknown,
    }
}

/// An expression and the bounds that a condition sets it.
type Condition = Option<(ExprId, f64, f64)>;

/// What a comparison with a constant says about the other operand if it holds, and if it fails
/// and the operand is not NaN.
fn conditions(exprs: &Exprs, cond: ExprId) -> (Condition, Condition) {
    let Expr::Binary(op, x, limit) = exprs[cond] else {
        return (None, None);
    };
    let Some(limit) = exprs.as_f64(limit) else {
        return (None, None);
    };
    let below = Some((x, f64::NEG_INFINITY, limit));
    let above = Some((x, limit, f64::INFINITY));
    match op {
        BinaryOp::Lt | BinaryOp::Le => (below, above),
        BinaryOp::Gt | BinaryOp::Ge => (above, below),
        _ => (None, None),
    }
}

fn restrict((low, high): (f64, f64), condition: Condition) -> (f64, f64) {
    match condition {
        Some((_, least, most)) => (low.max(least), high.min(most)),
        None => (low, high),
    }
}

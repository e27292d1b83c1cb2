//! Symbolic derivatives of expressions.

use std::collections::HashMap;

use crate::ir::{BinaryOp, Body, Builtin, Expr, ExprId, Exprs, Stmt, UnaryOp, walk};

/// Forms `∂expr/∂x`, given the derivatives of the leaves. `None` is an exact zero.
///
/// Where a function has a kink (`fabs`, `min`, a `Select`), the derivative is that of the side
/// on which the value lies; `floor` and `ceil` have derivative 0.
pub(crate) struct Derivative<'f> {
    leaf: &'f dyn Fn(&mut Exprs, ExprId) -> Option<ExprId>,
    memo: HashMap<ExprId, Option<ExprId>>,
}

impl<'f> Derivative<'f> {
    /// `leaf` gives the derivative of a [`Expr::Local`] or [`Expr::Load`].
    pub(crate) fn new(leaf: &'f dyn Fn(&mut Exprs, ExprId) -> Option<ExprId>) -> Self {
        Derivative {
            leaf,
            memo: HashMap::new(),
        }
    }

    /// The derivative of `id`.
    pub(crate) fn of(&mut self, e: &mut Exprs, id: ExprId) -> Option<ExprId> {
        if let Some(&known) = self.memo.get(&id) {
            return known;
        }
        let result = self.compute(e, id);
        self.memo.insert(id, result);
        result
    }

    fn compute(&mut self, e: &mut Exprs, id: ExprId) -> Option<ExprId> {
        match e[id].clone() {
            Expr::F64(_)
            | Expr::I64(_)
            | Expr::Bool(_)
            | Expr::Pointing(_)
            | Expr::TableValue { .. } => None,
            Expr::Local(_) | Expr::Load(_) => (self.leaf)(e, id),
            Expr::Unary(UnaryOp::Neg, a) => {
                let da = self.of(e, a)?;
                Some(e.unary(UnaryOp::Neg, da))
            }
            Expr::Unary(..) => None,
            Expr::Binary(op, a, b) => self.binary(e, id, op, a, b),
            Expr::Select(cond, a, b) => {
                let (da, db) = (self.of(e, a), self.of(e, b));
                if da.is_none() && db.is_none() {
                    return None;
                }
                let zero = e.f64(0.0);
                Some(e.add(Expr::Select(cond, da.unwrap_or(zero), db.unwrap_or(zero))))
            }
            // A derivative is constant between the points of the table.
            Expr::FunctionTable { slope: Some(_), .. } => None,
            Expr::FunctionTable { table, args, .. } => self.function_table(e, table, &args),
            Expr::Builtin(builtin, args) => self.builtin(e, id, builtin, &args),
        }
    }

    fn binary(
        &mut self,
        e: &mut Exprs,
        id: ExprId,
        op: BinaryOp,
        a: ExprId,
        b: ExprId,
    ) -> Option<ExprId> {
        match op {
            BinaryOp::Add | BinaryOp::Sub => {
                let (da, db) = (self.of(e, a), self.of(e, b));
                match (da, db) {
                    (Some(da), Some(db)) => Some(e.binary(op, da, db)),
                    (Some(da), None) => Some(da),
                    (None, Some(db)) if op == BinaryOp::Add => Some(db),
                    (None, Some(db)) => Some(e.unary(UnaryOp::Neg, db)),
                    (None, None) => None,
                }
            }
            BinaryOp::Mul => {
                let left = self.of(e, a).map(|da| mul(e, da, b));
                let right = self.of(e, b).map(|db| mul(e, a, db));
                sum(e, left, right)
            }
            BinaryOp::Div => {
                // (a/b)' = a'/b - (a/b)·b'/b
                let left = self.of(e, a).map(|da| e.binary(BinaryOp::Div, da, b));
                let right = self.of(e, b).map(|db| {
                    let scaled = mul(e, id, db);
                    let quotient = e.binary(BinaryOp::Div, scaled, b);
                    e.unary(UnaryOp::Neg, quotient)
                });
                sum(e, left, right)
            }
            _ => None,
        }
    }

    fn function_table(&mut self, e: &mut Exprs, table: u32, args: &[ExprId]) -> Option<ExprId> {
        let mut total = None;
        for (k, &arg) in args.iter().enumerate() {
            let term = self.of(e, arg).map(|inner| {
                let outer = e.add(Expr::FunctionTable {
                    table,
                    slope: Some(k as u32),
                    args: args.to_vec(),
                });
                mul(e, outer, inner)
            });
            total = sum(e, total, term);
        }
        total
    }

    fn builtin(
        &mut self,
        e: &mut Exprs,
        id: ExprId,
        builtin: Builtin,
        args: &[ExprId],
    ) -> Option<ExprId> {
        use Builtin::*;
        let x = args[0];
        if let (Pow | Atan2 | Fmod | Min | Max, [x, y]) = (builtin, args) {
            return self.builtin2(e, id, builtin, *x, *y);
        }
        let dx = self.of(e, x)?;
        let one = e.f64(1.0);
        // outer derivative
        let outer = match builtin {
            Exp => id,
            Log => e.binary(BinaryOp::Div, one, x),
            Log10 => {
                let scale = e.f64(std::f64::consts::LN_10);
                let scaled = mul(e, x, scale);
                e.binary(BinaryOp::Div, one, scaled)
            }
            Sqrt => {
                let half = e.f64(0.5);
                e.binary(BinaryOp::Div, half, id)
            }
            Abs => {
                let zero = e.f64(0.0);
                let minus = e.f64(-1.0);
                let negative = e.binary(BinaryOp::Lt, x, zero);
                e.add(Expr::Select(negative, minus, one))
            }
            Sin => e.call1(Cos, x),
            Cos => {
                let sine = e.call1(Sin, x);
                e.unary(UnaryOp::Neg, sine)
            }
            Tan => {
                let square = mul(e, id, id);
                e.binary(BinaryOp::Add, one, square)
            }
            Asin | Acos => {
                let square = mul(e, x, x);
                let rest = e.binary(BinaryOp::Sub, one, square);
                let root = e.call1(Sqrt, rest);
                let sign = e.f64(if builtin == Asin { 1.0 } else { -1.0 });
                e.binary(BinaryOp::Div, sign, root)
            }
            Atan => {
                let square = mul(e, x, x);
                let rest = e.binary(BinaryOp::Add, one, square);
                e.binary(BinaryOp::Div, one, rest)
            }
            Erf | Erfc => {
                // ±2/√π exp(-x²)
                let square = mul(e, x, x);
                let minus = e.unary(UnaryOp::Neg, square);
                let bell = e.call1(Exp, minus);
                let scale = std::f64::consts::FRAC_2_SQRT_PI;
                let scale = e.f64(if builtin == Erf { scale } else { -scale });
                mul(e, scale, bell)
            }
            Sinh => e.call1(Cosh, x),
            Cosh => e.call1(Sinh, x),
            Tanh => {
                let square = mul(e, id, id);
                e.binary(BinaryOp::Sub, one, square)
            }
            Single => one,
            Floor | Ceil | Pow | Atan2 | Fmod | Min | Max => return None,
        };
        Some(mul(e, outer, dx))
    }

    fn builtin2(
        &mut self,
        e: &mut Exprs,
        id: ExprId,
        builtin: Builtin,
        x: ExprId,
        y: ExprId,
    ) -> Option<ExprId> {
        let (dx, dy) = (self.of(e, x), self.of(e, y));
        if dx.is_none() && dy.is_none() {
            return None;
        }
        match builtin {
            Builtin::Pow => {
                // y·x^(y-1)·x' + x^y·ln(x)·y'
                let left = dx.map(|dx| {
                    let one = e.f64(1.0);
                    let exponent = match e.as_f64(y) {
                        Some(value) => e.f64(value - 1.0),
                        None => e.binary(BinaryOp::Sub, y, one),
                    };
                    let power = if e.as_f64(exponent) == Some(1.0) {
                        x
                    } else {
                        e.add(Expr::Builtin(Builtin::Pow, vec![x, exponent]))
                    };
                    let outer = mul(e, y, power);
                    mul(e, outer, dx)
                });
                let right = dy.map(|dy| {
                    let log = e.call1(Builtin::Log, x);
                    let outer = mul(e, id, log);
                    mul(e, outer, dy)
                });
                sum(e, left, right)
            }
            Builtin::Atan2 => {
                // atan2(x, y): (y·x' - x·y')/(x² + y²)
                let left = dx.map(|dx| mul(e, y, dx));
                let right = dy.map(|dy| {
                    let product = mul(e, x, dy);
                    e.unary(UnaryOp::Neg, product)
                });
                let numerator = sum(e, left, right)?;
                let (xx, yy) = (mul(e, x, x), mul(e, y, y));
                let norm = e.binary(BinaryOp::Add, xx, yy);
                Some(e.binary(BinaryOp::Div, numerator, norm))
            }
            // x - y·trunc(x/y), and trunc is constant almost everywhere
            Builtin::Fmod => {
                let right = dy.map(|dy| {
                    let rest = e.binary(BinaryOp::Sub, id, x);
                    let turns = e.binary(BinaryOp::Div, rest, y);
                    mul(e, turns, dy)
                });
                sum(e, dx, right)
            }
            _ => {
                let op = if builtin == Builtin::Min {
                    BinaryOp::Lt
                } else {
                    BinaryOp::Gt
                };
                let first = e.binary(op, x, y);
                let zero = e.f64(0.0);
                Some(e.add(Expr::Select(first, dx.unwrap_or(zero), dy.unwrap_or(zero))))
            }
        }
    }
}

/// `a·b` without multiplications by one.
fn mul(e: &mut Exprs, a: ExprId, b: ExprId) -> ExprId {
    match (e.as_f64(a), e.as_f64(b)) {
        (Some(1.0), _) => b,
        (_, Some(1.0)) => a,
        (Some(x), Some(y)) => e.f64(x * y),
        _ => e.binary(BinaryOp::Mul, a, b),
    }
}

fn sum(e: &mut Exprs, a: Option<ExprId>, b: Option<ExprId>) -> Option<ExprId> {
    match (a, b) {
        (Some(a), Some(b)) => Some(e.binary(BinaryOp::Add, a, b)),
        (a, b) => a.or(b),
    }
}

/// `∂expr/∂leaf`, everything else held constant.
pub(crate) fn partial(e: &mut Exprs, expr: ExprId, leaf: ExprId) -> Option<ExprId> {
    let rule = move |e: &mut Exprs, id: ExprId| (id == leaf).then(|| e.f64(1.0));
    Derivative::new(&rule).of(e, expr)
}

/// Whether `leaf` occurs in `expr`.
pub(crate) fn depends_on(e: &Exprs, expr: ExprId, leaf: ExprId) -> bool {
    let mut seen = vec![false; e.len()];
    let mut stack = vec![expr];
    while let Some(id) = stack.pop() {
        if id == leaf {
            return true;
        }
        // Operands are smaller than their users: nothing below `leaf` can contain it.
        if id > leaf && !std::mem::replace(&mut seen[id.index()], true) {
            stack.extend(e[id].operands());
        }
    }
    false
}

/// Statements with `leaf` replaced in all their expressions.
pub(crate) fn substitute_in(body: &mut Body, block: &mut [Stmt], leaf: ExprId, by: ExprId) {
    for stmt in block {
        walk::map_exprs(stmt, &mut |id| substitute(&mut body.exprs, id, leaf, by));
        for inner in walk::blocks_mut(stmt) {
            substitute_in(body, inner, leaf, by);
        }
    }
}

/// `expr` with `leaf` replaced.
pub(crate) fn substitute(e: &mut Exprs, expr: ExprId, leaf: ExprId, by: ExprId) -> ExprId {
    fn walk(
        e: &mut Exprs,
        id: ExprId,
        leaf: ExprId,
        by: ExprId,
        memo: &mut HashMap<ExprId, ExprId>,
    ) -> ExprId {
        if id == leaf {
            return by;
        }
        if let Some(&known) = memo.get(&id) {
            return known;
        }
        let node = e[id].clone();
        let operands: Vec<ExprId> = node
            .operands()
            .into_iter()
            .map(|o| walk(e, o, leaf, by, memo))
            .collect();
        let mut next = operands.into_iter();
        let replaced = node.map_operands(|old| next.next().unwrap_or(old));
        let result = e.add(replaced);
        memo.insert(id, result);
        result
    }
    walk(e, expr, leaf, by, &mut HashMap::new())
}

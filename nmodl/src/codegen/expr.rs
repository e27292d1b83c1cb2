//! Expressions: what each operation is in scalar and in vector code.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{FuncRef, InstBuilder, Value, types};

use super::emit::Emit;
use super::lanes::{EACH, Val, combine};
use super::shims;
use super::translate::Translator;
use crate::abi::LANES;
use crate::ir::walk::for_each_operand;
use crate::ir::{BinaryOp, Builtin, Expr, ExprId, UnaryOp};
use crate::math::pow::SmallExponent;

impl<'f> Translator<'_, 'f> {
    /// The value of `root` at this point.
    pub(super) fn eval(&mut self, root: ExprId) -> Val {
        if let Some(value) = self.cache.get(root) {
            return value;
        }
        // Operands before users; expressions may nest deeper than our own stack.
        let unit = self.unit;
        let mut work = vec![root];
        loop {
            let Some(&id) = work.last() else {
                unreachable!("the root leaves the list last, and returns");
            };
            let waiting = work.len();
            if self.cache.get(id).is_none() {
                for_each_operand(&unit.body.exprs[id], |operand| {
                    if self.cache.get(operand).is_none() {
                        work.push(operand);
                    }
                });
                if work.len() > waiting {
                    continue;
                }
                let value = self.compute(&unit.body.exprs[id]);
                self.cache.set(id, value);
                if id == root {
                    return value;
                }
            }
            work.pop();
        }
    }

    /// The value of `expr`, whose operands are cached.
    fn compute(&mut self, expr: &Expr) -> Val {
        match expr {
            Expr::F64(bits) => Val::Scalar(self.builder.ins().f64const(bits.value())),
            Expr::I64(value) => Val::Scalar(self.builder.ins().iconst(types::I64, *value)),
            Expr::Bool(value) => {
                Val::Scalar(self.builder.ins().iconst(types::I8, i64::from(*value)))
            }
            Expr::Local(local) => self.local(*local),
            Expr::Load(place) => self.load(*place),
            Expr::Pointing(pointer) => self.pointing(*pointer),
            Expr::TableValue { table, column, row } => self.table_value(*table, *column, *row),
            Expr::Unary(op, a) => self.unary(*op, *a),
            Expr::Binary(op, a, b) => self.binary(*op, *a, *b),
            Expr::Select(cond, a, b) => self.select(*cond, *a, *b),
            Expr::FunctionTable { table, slope, args } => self.function_table(*table, *slope, args),
            Expr::Builtin(builtin, args) => self.builtin(*builtin, args),
        }
    }

    /// `id` in all lanes; constants directly as vectors.
    fn wide_operand(&mut self, id: ExprId) -> Value {
        if let Expr::F64(bits) = self.unit.body.exprs[id] {
            return self.emit(true).real(bits.value());
        }
        if let Some(&(_, lanes)) = self.splats.iter().find(|(splat, _)| *splat == id) {
            return lanes;
        }
        self.eval(id).lanes(&mut self.builder)
    }

    fn emit(&mut self, wide: bool) -> Emit<'_, 'f> {
        Emit {
            builder: &mut self.builder,
            wide,
        }
    }

    fn unary(&mut self, op: UnaryOp, a: ExprId) -> Val {
        let short = match (op, &self.unit.body.exprs[a]) {
            (UnaryOp::ToInt, _) => self.small_index(a),
            (UnaryOp::ToReal, Expr::Unary(UnaryOp::ToInt, a)) => self.small_whole(*a),
            _ => None,
        };
        if let Some(value) = short {
            return value;
        }
        let a = self.eval(a);
        match (op, a) {
            (UnaryOp::Neg, Val::Lanes(a)) => Val::Lanes(self.builder.ins().fneg(a)),
            (UnaryOp::Neg, Val::Scalar(a)) => {
                let real = self.builder.func.dfg.value_type(a) == types::F64;
                Val::Scalar(if real {
                    self.builder.ins().fneg(a)
                } else {
                    self.builder.ins().ineg(a)
                })
            }
            (UnaryOp::Neg, Val::Each(a)) => Val::Each(a.map(|a| self.builder.ins().ineg(a))),
            (UnaryOp::Not, Val::Lanes(a)) => Val::Lanes(self.builder.ins().bnot(a)),
            (UnaryOp::Not, a) => {
                let a = a.scalar(&mut self.builder);
                Val::Scalar(self.builder.ins().bxor_imm_s(a, 1))
            }
            (UnaryOp::ToReal, Val::Scalar(a)) => {
                Val::Scalar(self.builder.ins().fcvt_from_sint(types::F64, a))
            }
            (UnaryOp::ToReal, a) => {
                let reals = self
                    .each(a)
                    .map(|a| self.builder.ins().fcvt_from_sint(types::F64, a));
                Val::Lanes(combine(&mut self.builder, reals))
            }
            (UnaryOp::ToInt, Val::Scalar(a)) => {
                Val::Scalar(self.builder.ins().fcvt_to_sint_sat(types::I64, a))
            }
            (UnaryOp::ToInt, a) => Val::Each(
                self.each(a)
                    .map(|a| self.builder.ins().fcvt_to_sint_sat(types::I64, a)),
            ),
        }
    }

    fn each(&mut self, value: Val) -> [Value; LANES] {
        EACH.map(|lane| value.lane(&mut self.builder, lane))
    }

    fn binary(&mut self, op: BinaryOp, a_id: ExprId, b_id: ExprId) -> Val {
        let (a, b) = (self.eval(a_id), self.eval(b_id));
        match (a, b) {
            (Val::Scalar(a), Val::Scalar(b)) => Val::Scalar(self.scalar_binary(op, a, b)),
            (Val::Each(_), _) | (_, Val::Each(_)) => {
                let (a, b) = (self.each(a), self.each(b));
                let results = EACH.map(|lane| self.integer(op, a[lane], b[lane]));
                if self.builder.func.dfg.value_type(results[0]) == types::I64 {
                    Val::Each(results)
                } else {
                    Val::Lanes(combine(&mut self.builder, results))
                }
            }
            _ => {
                let (a, b) = (self.wide_operand(a_id), self.wide_operand(b_id));
                Val::Lanes(self.real(op, a, b))
            }
        }
    }

    fn scalar_binary(&mut self, op: BinaryOp, a: Value, b: Value) -> Value {
        if self.builder.func.dfg.value_type(a) == types::F64 {
            self.real(op, a, b)
        } else {
            self.integer(op, a, b)
        }
    }

    /// On F64, F64X2, or masks.
    fn real(&mut self, op: BinaryOp, a: Value, b: Value) -> Value {
        let condition = match op {
            BinaryOp::Add => return self.builder.ins().fadd(a, b),
            BinaryOp::Sub => return self.builder.ins().fsub(a, b),
            BinaryOp::Mul => return self.builder.ins().fmul(a, b),
            BinaryOp::Div => return self.builder.ins().fdiv(a, b),
            BinaryOp::And => return self.builder.ins().band(a, b),
            BinaryOp::Or => return self.builder.ins().bor(a, b),
            BinaryOp::Lt => FloatCC::LessThan,
            BinaryOp::Le => FloatCC::LessThanOrEqual,
            BinaryOp::Gt => FloatCC::GreaterThan,
            BinaryOp::Ge => FloatCC::GreaterThanOrEqual,
            BinaryOp::Eq => FloatCC::Equal,
            BinaryOp::Ne => FloatCC::NotEqual,
            // The verifier knows no bits of reals.
            BinaryOp::BitAnd
            | BinaryOp::BitOr
            | BinaryOp::BitXor
            | BinaryOp::ShiftLeft
            | BinaryOp::ShiftRight => return a,
        };
        self.builder.ins().fcmp(condition, a, b)
    }

    /// On I64 or I8.
    fn integer(&mut self, op: BinaryOp, a: Value, b: Value) -> Value {
        let condition = match op {
            BinaryOp::Add => return self.builder.ins().iadd(a, b),
            BinaryOp::Sub => return self.builder.ins().isub(a, b),
            // The verifier knows no division of integers.
            BinaryOp::Mul | BinaryOp::Div => return self.builder.ins().imul(a, b),
            BinaryOp::And => return self.builder.ins().band(a, b),
            BinaryOp::Or => return self.builder.ins().bor(a, b),
            BinaryOp::BitAnd => return self.builder.ins().band(a, b),
            BinaryOp::BitOr => return self.builder.ins().bor(a, b),
            BinaryOp::BitXor => return self.builder.ins().bxor(a, b),
            BinaryOp::ShiftLeft => return self.builder.ins().ishl(a, b),
            BinaryOp::ShiftRight => return self.builder.ins().sshr(a, b),
            BinaryOp::Lt => IntCC::SignedLessThan,
            BinaryOp::Le => IntCC::SignedLessThanOrEqual,
            BinaryOp::Gt => IntCC::SignedGreaterThan,
            BinaryOp::Ge => IntCC::SignedGreaterThanOrEqual,
            BinaryOp::Eq => IntCC::Equal,
            BinaryOp::Ne => IntCC::NotEqual,
        };
        self.builder.ins().icmp(condition, a, b)
    }

    fn select(&mut self, cond: ExprId, a_id: ExprId, b_id: ExprId) -> Val {
        let (cond, a, b) = (self.eval(cond), self.eval(a_id), self.eval(b_id));
        match (cond, a, b) {
            (Val::Scalar(cond), Val::Scalar(a), Val::Scalar(b)) => {
                Val::Scalar(self.builder.ins().select(cond, a, b))
            }
            (cond, Val::Each(_), _) | (cond, _, Val::Each(_)) => {
                let (a, b) = (self.each(a), self.each(b));
                Val::Each(self.select_each(cond, a, b))
            }
            (Val::Scalar(cond), _, _) => {
                let (a, b) = (self.wide_operand(a_id), self.wide_operand(b_id));
                Val::Lanes(self.builder.ins().select(cond, a, b))
            }
            (cond, Val::Scalar(a), Val::Scalar(b))
                if self.builder.func.dfg.value_type(a) == types::I64 =>
            {
                Val::Each(self.select_each(cond, [a, a], [b, b]))
            }
            (cond, _, _) => {
                let mask = cond.lanes(&mut self.builder);
                let (a, b) = (self.wide_operand(a_id), self.wide_operand(b_id));
                if self.builder.func.dfg.value_type(a) == types::I64X2 {
                    Val::Lanes(self.builder.ins().bitselect(mask, a, b))
                } else {
                    Val::Lanes(self.emit(true).select(mask, a, b))
                }
            }
        }
    }

    fn select_each(&mut self, cond: Val, a: [Value; LANES], b: [Value; LANES]) -> [Value; LANES] {
        EACH.map(|lane| {
            let cond = cond.lane(&mut self.builder, lane);
            self.builder.ins().select(cond, a[lane], b[lane])
        })
    }

    fn builtin(&mut self, builtin: Builtin, args: &[ExprId]) -> Val {
        let values: Vec<Val> = args.iter().map(|&arg| self.eval(arg)).collect();
        let wide = values.iter().any(|value| matches!(value, Val::Lanes(_)));
        let exponent = match (builtin, args) {
            (Builtin::Pow, &[_, y]) => self.unit.body.exprs.as_f64(y).and_then(SmallExponent::of),
            _ => None,
        };
        if shims::symbol(builtin).is_some() && exponent.is_none() {
            return self.call_builtin(builtin, &values, wide);
        }
        let mut operands = [Value::from_u32(0); 2];
        for (operand, (&id, value)) in operands.iter_mut().zip(args.iter().zip(&values)) {
            *operand = if wide {
                self.wide_operand(id)
            } else {
                value.scalar(&mut self.builder)
            };
        }
        let [x, y] = operands;
        let mut emit = self.emit(wide);
        let result = match builtin {
            Builtin::Min => emit.lesser(x, y),
            Builtin::Max => emit.greater(x, y),
            Builtin::Sqrt => self.builder.ins().sqrt(x),
            Builtin::Abs => self.builder.ins().fabs(x),
            Builtin::Floor => self.builder.ins().floor(x),
            Builtin::Ceil => self.builder.ins().ceil(x),
            _ => power(&mut emit, x, exponent),
        };
        if wide {
            Val::Lanes(result)
        } else {
            Val::Scalar(result)
        }
    }

    /// A FUNCTION_TABLE is looked up lane by lane.
    fn function_table(&mut self, table: u32, slope: Option<u32>, args: &[ExprId]) -> Val {
        let Some(function) = self.look_up else {
            unreachable!("the scan finds all FUNCTION_TABLEs");
        };
        let args: Vec<Val> = args.iter().map(|&arg| self.eval(arg)).collect();
        let table = self.given_table(table);
        let slope = slope.map_or(-1, i64::from);
        let count = self.builder.ins().iconst(types::I64, args.len() as i64);
        let slope = self.builder.ins().iconst(types::I64, slope);
        let one = |this: &mut Self, lane: usize| {
            let values: Vec<Value> = args
                .iter()
                .map(|arg| arg.lane(&mut this.builder, lane))
                .collect();
            let values = this.on_stack(&values);
            this.call(function, &[table, values, count, slope])
        };
        if !args.iter().any(|arg| matches!(arg, Val::Lanes(_))) {
            return Val::Scalar(one(self, 0));
        }
        let lanes = EACH.map(|lane| one(self, lane));
        Val::Lanes(combine(&mut self.builder, lanes))
    }

    /// Calls the function of this process, for all lanes at once if there is one for that.
    fn call_builtin(&mut self, builtin: Builtin, args: &[Val], wide: bool) -> Val {
        let Some(function) = self.builtin_function(builtin) else {
            unreachable!("the scan finds all functions that are called");
        };
        if !wide {
            let args: Vec<Value> = args
                .iter()
                .map(|arg| arg.scalar(&mut self.builder))
                .collect();
            return Val::Scalar(self.call(function.one, &args));
        }
        if let (Some([pair, ..]), &[arg]) = (function.groups, args) {
            let args = EACH.map(|lane| arg.lane(&mut self.builder, lane));
            let call = self.builder.ins().call(pair, &args);
            if let &[a, b] = self.builder.inst_results(call) {
                return Val::Lanes(combine(&mut self.builder, [a, b]));
            }
        }
        let results = EACH.map(|lane| {
            let args: Vec<Value> = args
                .iter()
                .map(|arg| arg.lane(&mut self.builder, lane))
                .collect();
            self.call(function.one, &args)
        });
        Val::Lanes(combine(&mut self.builder, results))
    }

    fn call(&mut self, function: FuncRef, args: &[Value]) -> Value {
        let call = self.builder.ins().call(function, args);
        self.builder.inst_results(call)[0]
    }
}

/// The products of [`crate::math::pow::pow`].
fn power(emit: &mut Emit, x: Value, exponent: Option<SmallExponent>) -> Value {
    match exponent {
        Some(SmallExponent::Zero) | None => emit.real(1.0),
        Some(SmallExponent::One) => x,
        Some(SmallExponent::Two) => emit.builder.ins().fmul(x, x),
        Some(SmallExponent::Three) => {
            let square = emit.builder.ins().fmul(x, x);
            emit.builder.ins().fmul(square, x)
        }
        Some(SmallExponent::Four) => {
            let square = emit.builder.ins().fmul(x, x);
            emit.builder.ins().fmul(square, square)
        }
        Some(SmallExponent::MinusOne) => {
            let one = emit.real(1.0);
            emit.builder.ins().fdiv(one, x)
        }
    }
}

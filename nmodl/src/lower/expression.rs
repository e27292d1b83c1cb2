//! Expressions and variables.

use super::body::{BodyLowering, Context, Name};
use crate::abi::Failure;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{BinaryOp, Builtin, Expr, ExprId, NodeVar, Place, Stmt, Type, UnaryOp};
use crate::mechanism::{Kind, Storage};
use crate::sema::Symbol;
use crate::source::Span;
use crate::syntax::ast;

/// A variable, resolved.
pub(super) enum Resolved {
    /// Memory.
    Place(Place),
    /// A local of type F64.
    Local(crate::ir::LocalId),
    /// A value that cannot be assigned.
    Value(ExprId),
}

impl BodyLowering<'_, '_> {
    /// A value of type F64.
    pub(super) fn real(&mut self, expr: &ast::Expr) -> ExprId {
        let value = self.value(expr);
        self.to_real(value)
    }

    /// A value of type Bool: comparisons as such, numbers by `!= 0`.
    pub(super) fn condition(&mut self, expr: &ast::Expr) -> ExprId {
        let value = self.value(expr);
        self.to_bool(value)
    }

    /// A value of type I64: index arithmetic in whole numbers, anything else truncated.
    pub(super) fn integer(&mut self, expr: &ast::Expr) -> ExprId {
        match expr {
            ast::Expr::Number { number, .. } if number.is_integer() => {
                self.body.exprs.i64(number.value as i64)
            }
            ast::Expr::Variable(variable) if variable.index.is_none() => {
                match self.lookup(&variable.name.name) {
                    Some(Name::Known(value)) => return self.body.exprs.i64(value),
                    Some(Name::Index(local)) => return self.get(local),
                    Some(_) => {}
                    None => {
                        if let Some(&Symbol::Define(value)) =
                            self.unit.symbols.names.get(&variable.name.name)
                        {
                            return self.body.exprs.i64(value);
                        }
                    }
                }
                let value = self.real(expr);
                self.body.exprs.unary(UnaryOp::ToInt, value)
            }
            ast::Expr::Unary {
                op: ast::UnaryOp::Negate,
                operand,
                ..
            } => {
                let a = self.integer(operand);
                self.fold_integer(BinaryOp::Sub, None, a)
            }
            ast::Expr::Binary {
                op, left, right, ..
            } if is_whole(*op) => {
                let a = self.integer(left);
                let b = self.integer(right);
                match op {
                    ast::BinaryOp::Add => self.fold_integer(BinaryOp::Add, Some(a), b),
                    ast::BinaryOp::Subtract => self.fold_integer(BinaryOp::Sub, Some(a), b),
                    ast::BinaryOp::Multiply => self.fold_integer(BinaryOp::Mul, Some(a), b),
                    _ => self.whole_quotient(a, b),
                }
            }
            _ => {
                let value = self.real(expr);
                self.body.exprs.unary(UnaryOp::ToInt, value)
            }
        }
    }

    /// `a op b`, or `-b` without `a`; a constant if both are.
    pub(super) fn fold_integer(&mut self, op: BinaryOp, a: Option<ExprId>, b: ExprId) -> ExprId {
        let exprs = &mut self.body.exprs;
        let a = a.unwrap_or_else(|| exprs.i64(0));
        match crate::ir::interpret::constant(exprs, &Expr::Binary(op, a, b)) {
            Some(known) => exprs.add(known),
            None => exprs.binary(op, a, b),
        }
    }

    /// Quotient of whole numbers towards zero. (Through doubles, exact below 2⁵³.)
    pub(super) fn whole_quotient(&mut self, a: ExprId, b: ExprId) -> ExprId {
        let exprs = &mut self.body.exprs;
        if let (Expr::I64(x), Expr::I64(y)) = (&exprs[a], &exprs[b])
            && let Some(value) = x.checked_div(*y)
        {
            return exprs.i64(value);
        }
        let a = exprs.unary(UnaryOp::ToReal, a);
        let b = exprs.unary(UnaryOp::ToReal, b);
        let quotient = exprs.binary(BinaryOp::Div, a, b);
        exprs.unary(UnaryOp::ToInt, quotient)
    }

    pub(super) fn to_real(&mut self, value: ExprId) -> ExprId {
        match self.body.type_of(value) {
            Type::F64 => value,
            Type::I64 => match self.body.exprs[value] {
                Expr::I64(whole) => self.f64(whole as f64),
                _ => self.body.exprs.unary(UnaryOp::ToReal, value),
            },
            Type::Bool => {
                let (one, zero) = (self.f64(1.0), self.f64(0.0));
                self.body.exprs.add(Expr::Select(value, one, zero))
            }
        }
    }

    pub(super) fn to_bool(&mut self, value: ExprId) -> ExprId {
        match self.body.type_of(value) {
            Type::Bool => value,
            _ => {
                let value = self.to_real(value);
                let zero = self.f64(0.0);
                self.body.exprs.binary(BinaryOp::Ne, value, zero)
            }
        }
    }

    /// A value of whatever type it has.
    fn value(&mut self, expr: &ast::Expr) -> ExprId {
        match expr {
            ast::Expr::Number { number, .. } => self.f64(number.value),
            ast::Expr::Variable(variable) => match self.resolve(variable) {
                Some(Resolved::Place(place)) => self.load(place),
                Some(Resolved::Local(local)) => self.get(local),
                Some(Resolved::Value(value)) => value,
                None => self.f64(0.0),
            },
            ast::Expr::Call(call) => self.call(call, true),
            ast::Expr::String(string) => {
                self.error(
                    Diagnostic::new(Code::WrongKind, "a text where a number is needed")
                        .at(string.span, "only printf takes texts"),
                );
                self.f64(0.0)
            }
            ast::Expr::Unary {
                op: ast::UnaryOp::Negate,
                operand,
                ..
            } => {
                let a = self.real(operand);
                match self.body.exprs.as_f64(a) {
                    Some(value) => self.f64(-value),
                    None => self.body.exprs.unary(UnaryOp::Neg, a),
                }
            }
            ast::Expr::Unary {
                op: ast::UnaryOp::Not,
                operand,
                ..
            } => {
                let a = self.condition(operand);
                self.body.exprs.unary(UnaryOp::Not, a)
            }
            ast::Expr::Binary {
                op, left, right, ..
            } => self.binary(*op, left, right),
        }
    }

    fn binary(&mut self, op: ast::BinaryOp, left: &ast::Expr, right: &ast::Expr) -> ExprId {
        use ast::BinaryOp as Op;
        let op = match op {
            Op::And => return self.logical(BinaryOp::And, left, right),
            Op::Or => return self.logical(BinaryOp::Or, left, right),
            Op::Power => {
                let a = self.real(left);
                let b = self.real(right);
                return self.body.exprs.add(Expr::Builtin(Builtin::Pow, vec![a, b]));
            }
            Op::Equal => BinaryOp::Eq,
            Op::NotEqual => BinaryOp::Ne,
            Op::Less => BinaryOp::Lt,
            Op::LessEqual => BinaryOp::Le,
            Op::Greater => BinaryOp::Gt,
            Op::GreaterEqual => BinaryOp::Ge,
            Op::Add => BinaryOp::Add,
            Op::Subtract => BinaryOp::Sub,
            Op::Multiply => BinaryOp::Mul,
            Op::Divide => BinaryOp::Div,
        };
        let a = self.real(left);
        let b = self.real(right);
        let value = self.body.exprs.binary(op, a, b);
        match op == BinaryOp::Div && counts_truths(left) && counts_truths(right) {
            true => self.towards_zero(value),
            false => value,
        }
    }

    /// The whole number next to `value` on the side of zero.
    fn towards_zero(&mut self, value: ExprId) -> ExprId {
        let exprs = &mut self.body.exprs;
        let (floor, ceil) = (
            exprs.call1(Builtin::Floor, value),
            exprs.call1(Builtin::Ceil, value),
        );
        let zero = exprs.f64(0.0);
        let negative = exprs.binary(BinaryOp::Lt, value, zero);
        exprs.add(Expr::Select(negative, ceil, floor))
    }

    /// `left && right`, `left || right`: as in C, the right side is not looked at if the left one
    /// decides. That matters only if the right side needs statements: calls, checks of indices.
    fn logical(&mut self, op: BinaryOp, left: &ast::Expr, right: &ast::Expr) -> ExprId {
        let a = self.condition(left);
        let mut b = None;
        let mut inner = self.nested(|this| b = Some(this.condition(right)));
        let Some(b) = b else { return a };
        if inner.is_empty() {
            return self.body.exprs.binary(op, a, b);
        }
        let result = self.assign_new("holds", a);
        let undecided = match (op, self.get(result)) {
            (BinaryOp::And, value) => value,
            (_, value) => self.body.exprs.unary(UnaryOp::Not, value),
        };
        inner.push(Stmt::Assign(result, b));
        self.out.push(Stmt::If {
            cond: undecided,
            then: inner,
            otherwise: Vec::new(),
        });
        self.get(result)
    }

    /// What a use of a variable refers to; reports it if that is nothing.
    pub(super) fn resolve(&mut self, variable: &ast::Variable) -> Option<Resolved> {
        if variable.order > 0 {
            return self.derivative_value(variable);
        }
        if let Some(back) = &variable.back {
            self.unit.not_yet("a value of steps before", back.span());
            return None;
        }
        let name = &variable.name;
        if let Some(meaning) = self.lookup(&name.name) {
            return self.resolve_local(variable, meaning);
        }
        let Some(symbol) = self.unit.symbols.names.get(&name.name).cloned() else {
            if let Some(resolved) = self.variable_of_c(&name.name) {
                self.no_index(variable)?;
                return Some(resolved);
            }
            if let Some(resolved) = self.lag_value(variable) {
                return resolved;
            }
            if let Some(place) = self.unit.usetable_by_name(name) {
                self.no_index(variable)?;
                return Some(Resolved::Place(place));
            }
            self.unknown_name(name, "variable");
            return None;
        };
        let scalar = |this: &mut Self, resolved| {
            this.no_index(variable)?;
            Some(resolved)
        };
        match symbol {
            Symbol::Variable(index) => {
                if matches!(self.context, Context::NetReceive | Context::NetInitial) {
                    self.ion_in_event(index, name);
                }
                self.element(variable, index).map(Resolved::Place)
            }
            Symbol::Constant(value) => {
                let value = self.f64(value);
                scalar(self, Resolved::Value(value))
            }
            Symbol::Define(value) => {
                let value = self.f64(value as f64);
                scalar(self, Resolved::Value(value))
            }
            Symbol::Sim(var) => scalar(self, Resolved::Place(Place::Sim(var))),
            Symbol::Node(_) if self.unit.symbols.mechanism.kind == Kind::ArtificialCell => {
                self.wrong_kind(
                    name,
                    "belongs to a membrane, and an ARTIFICIAL_CELL has none",
                );
                None
            }
            Symbol::Node(var) => scalar(self, Resolved::Place(Place::Node(var))),
            Symbol::Voltage(_)
                if matches!(self.context, Context::NetReceive | Context::NetInitial) =>
            {
                scalar(self, Resolved::Place(Place::Node(NodeVar::V)))
            }
            Symbol::Voltage(index) => {
                let column = self.column_of(index);
                scalar(self, Resolved::Place(column))
            }
            Symbol::Pointer(pointer) => {
                self.no_index(variable)?;
                self.check_pointer(pointer, variable);
                Some(Resolved::Place(Place::Pointer(pointer)))
            }
            Symbol::Callable(_) => {
                self.wrong_kind(name, "is a FUNCTION or PROCEDURE: call it with parentheses");
                None
            }
            Symbol::Equations(_) => {
                self.wrong_kind(name, "is a block of equations: SOLVE it");
                None
            }
            Symbol::Random(_) => {
                self.wrong_kind(
                    name,
                    "is a RANDOM variable: draw from it with random_uniform and its kin",
                );
                None
            }
            // Reported where it is declared.
            Symbol::Unsupported(_) | Symbol::Faulty => None,
        }
    }

    fn resolve_local(&mut self, variable: &ast::Variable, meaning: Name) -> Option<Resolved> {
        if let Name::Array { array, len } = meaning {
            let index = self.index(variable, len)?;
            return Some(Resolved::Place(Place::LocalArray { array, index }));
        }
        if let Name::EventOnly = meaning {
            self.name_of_event(&variable.name);
            return None;
        }
        if let Name::Faulty = meaning {
            return None;
        }
        self.no_index(variable)?;
        Some(match meaning {
            Name::Real(local) => Resolved::Local(local),
            Name::Index(local) => {
                let index = self.get(local);
                Resolved::Value(self.to_real(index))
            }
            Name::Known(value) => Resolved::Value(self.f64(value as f64)),
            Name::Arg(index) => Resolved::Place(Place::Arg(index)),
            Name::NetConArg { arg, index } => {
                let index = self.get(index);
                Resolved::Place(Place::NetConArg { arg, index })
            }
            Name::Flag | Name::Array { .. } | Name::EventOnly | Name::Faulty => {
                let value = self.load(Place::Flag);
                Resolved::Value(value)
            }
        })
    }

    pub(super) fn no_index(&mut self, variable: &ast::Variable) -> Option<()> {
        let Some(index) = &variable.index else {
            return Some(());
        };
        let span = index.span();
        self.error(
            Diagnostic::new(
                Code::WrongArray,
                format!("`{}` is no array", variable.name.name),
            )
            .at(span, "an index on a scalar"),
        );
        None
    }

    /// The place of a variable of the mechanism, element included.
    pub(super) fn element(&mut self, variable: &ast::Variable, index: usize) -> Option<Place> {
        let description = &self.unit.symbols.mechanism.variables[index];
        let (storage, base) = (description.storage, description.offset as u32);
        let Some(len) = description.array_len else {
            self.no_index(variable)?;
            return Some(match storage {
                Storage::Column => Place::Column(base),
                Storage::Global => Place::Global(base),
            });
        };
        let len = len as u32;
        let index = self.index(variable, len)?;
        Some(element_place(
            &self.body.exprs[index],
            storage,
            base,
            len,
            index,
        ))
    }

    /// The index of a use of an array of `len` elements, checked.
    pub(super) fn index(&mut self, variable: &ast::Variable, len: u32) -> Option<ExprId> {
        let name = &variable.name.name;
        let Some(index) = &variable.index else {
            self.error(
                Diagnostic::new(Code::WrongArray, format!("array `{name}` without an index"))
                    .at(variable.span, format!("has {len} elements"))
                    .help(format!("name an element, as `{name}[0]`")),
            );
            return None;
        };
        let value = self.integer(index);
        if let Expr::I64(known) = self.body.exprs[value] {
            if (0..i64::from(len)).contains(&known) {
                return Some(value);
            }
            self.error(
                Diagnostic::new(
                    Code::WrongArray,
                    format!("index {known} is outside of array `{name}`"),
                )
                .at(index.span(), format!("must be between 0 and {}", len - 1)),
            );
            return None;
        }
        let exprs = &mut self.body.exprs;
        let (first, last) = (exprs.i64(0), exprs.i64(i64::from(len) - 1));
        let low = exprs.binary(BinaryOp::Le, first, value);
        let high = exprs.binary(BinaryOp::Le, value, last);
        let cond = exprs.binary(BinaryOp::And, low, high);
        let reported = exprs.unary(UnaryOp::ToReal, value);
        let failure = Failure::IndexOutOfBounds;
        self.fail_unless(cond, failure, variable.span, name, Some(reported));
        Some(value)
    }

    /// The kernel fails where a pointer that points at nothing is used.
    fn check_pointer(&mut self, pointer: u32, variable: &ast::Variable) {
        let cond = self.body.exprs.add(Expr::Pointing(pointer));
        let (failure, name) = (Failure::UnsetPointer, &variable.name.name);
        self.fail_unless(cond, failure, variable.span, name, None);
    }

    /// The kernel fails unless `cond`, in the words `what` for that place; `value` (F64) is reported.
    pub(super) fn fail_unless(
        &mut self,
        cond: ExprId,
        failure: Failure,
        span: Span,
        what: &str,
        value: Option<ExprId>,
    ) {
        let place = self.unit.place(span, what);
        let value = value.unwrap_or_else(|| self.f64(0.0));
        self.out.push(Stmt::Check {
            cond,
            failure,
            place,
            value,
        });
    }

    fn wrong_kind(&mut self, name: &ast::Ident, what: &str) {
        self.error(
            Diagnostic::new(Code::WrongKind, format!("`{}` {what}", name.name))
                .at(name.span, "used as a variable"),
        );
    }
}

/// Whether C computes `expr` in whole numbers, outside of indices: comparisons, and sums and products of
/// nothing else.
fn counts_truths(expr: &ast::Expr) -> bool {
    use ast::BinaryOp as Op;
    match expr {
        ast::Expr::Unary {
            op: ast::UnaryOp::Not,
            ..
        } => true,
        ast::Expr::Unary { operand, .. } => counts_truths(operand),
        ast::Expr::Binary {
            op, left, right, ..
        } => match op {
            Op::Power => false,
            Op::Add | Op::Subtract | Op::Multiply | Op::Divide => {
                counts_truths(left) && counts_truths(right)
            }
            _ => true,
        },
        _ => false,
    }
}

/// Whether `op` stays in whole numbers.
fn is_whole(op: ast::BinaryOp) -> bool {
    matches!(
        op,
        ast::BinaryOp::Add
            | ast::BinaryOp::Subtract
            | ast::BinaryOp::Multiply
            | ast::BinaryOp::Divide
    )
}

/// The place of an element; fixed if the index is known.
pub(super) fn element_place(
    index: &Expr,
    storage: Storage,
    base: u32,
    len: u32,
    id: ExprId,
) -> Place {
    match (storage, index) {
        (Storage::Column, Expr::I64(known)) => Place::Column(base + *known as u32),
        (Storage::Global, Expr::I64(known)) => Place::Global(base + *known as u32),
        (Storage::Column, _) => Place::ColumnAt {
            base,
            len,
            index: id,
        },
        (Storage::Global, _) => Place::GlobalAt {
            base,
            len,
            index: id,
        },
    }
}

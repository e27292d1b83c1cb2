//! Expressions of C.

use super::layout::Shape;
use super::names::{CName, Meaning};
use super::value::{Base, Pointer, Value};
use super::{INT, Kind, Target};
use crate::abi::Failure;
use crate::ir::{BinaryOp, Expr, ExprId, Stmt, Type, UnaryOp};
use crate::lower::body::BodyLowering;
use crate::source::Span;
use crate::verbatim::ast::{self, Base as TypeBase, ExprKind};
use crate::verbatim::{Fault, Result};

impl BodyLowering<'_, '_> {
    /// The value of an expression.
    pub(super) fn c_value(&mut self, expr: &ast::Expr) -> Result<Value> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Integer { value, unsigned } => {
                let kind = Kind::Integer {
                    bits: if i32::try_from(*value).is_ok() {
                        32
                    } else {
                        64
                    },
                    signed: !unsigned,
                };
                Ok(Value::Number(self.body.exprs.i64(*value), kind))
            }
            ExprKind::Real(value) => Ok(Value::Number(self.f64(*value), Kind::Double)),
            ExprKind::Text(text) => Ok(Value::Text(text.clone())),
            ExprKind::Name(_) => self.c_place(expr).and_then(|p| self.place_value(p, span)),
            ExprKind::Index(..) | ExprKind::Member(..) => {
                self.c_place(expr).and_then(|p| self.place_value(p, span))
            }
            ExprKind::Unary("*", _) => self.c_place(expr).and_then(|p| self.place_value(p, span)),
            ExprKind::Unary("&", operand) => self.address_of(operand),
            ExprKind::Unary(sign, operand) => {
                let value = self.c_value(operand)?;
                self.unary(sign, value, span)
            }
            ExprKind::Step {
                target,
                by,
                postfix,
            } => self.step(target, *by, *postfix),
            ExprKind::Binary(sign @ ("&&" | "||"), left, right) => {
                self.c_logical(*sign == "&&", left, right)
            }
            ExprKind::Binary(sign, left, right) => {
                let left = self.c_value(left)?;
                let left = self.settled(left);
                let right = self.c_value(right)?;
                self.c_binary(sign, left, right, span)
            }
            ExprKind::Assign(sign, target, value) => self.c_assign(*sign, target, value),
            ExprKind::Conditional(cond, then, otherwise) => {
                self.c_conditional(cond, then, otherwise)
            }
            ExprKind::Comma(left, right) => {
                self.c_value(left)?;
                self.c_value(right)
            }
            ExprKind::Call {
                function,
                arguments,
            } => match &function.kind {
                ExprKind::Name(name) => self.c_call(name, arguments, span),
                _ => Err(Fault::new(span, "a call of a function that is computed")),
            },
            ExprKind::Cast(ctype, operand) => {
                let value = self.c_value(operand)?;
                self.cast(ctype, value, span)
            }
            ExprKind::SizeOf(ctype) => {
                let types = &mut self.unit.c.layouts;
                let size = types.of(ctype).and_then(|ty| types.size(ty));
                let size = size.ok_or_else(|| Fault::new(span, "this size is not known here"))?;
                Ok(Value::Number(self.body.exprs.i64(i64::from(size)), INT))
            }
            ExprKind::SizeOfValue(operand) => self.size_of_value(operand),
            ExprKind::List(_) => Err(Fault::new(span, "a list is no value")),
            ExprKind::New(ctype, count) => self.new_object(ctype, count.as_deref(), span),
        }
    }

    /// A condition; Bool.
    pub(super) fn c_condition(&mut self, expr: &ast::Expr) -> Result<ExprId> {
        let value = self.c_value(expr)?;
        self.converted(value, Kind::Truth, expr.span)
    }

    /// What an expression names.
    pub(super) fn c_place(&mut self, expr: &ast::Expr) -> Result<Meaning> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Name(name) => self.c_name(name, span),
            ExprKind::Index(array, index) => {
                if let ExprKind::Name(name) = &array.kind
                    && name == "_args"
                    && self.context_receives_events()
                {
                    return self.weight(index, span);
                }
                let pointer = self.c_value(array)?;
                let index = self.c_value(index)?;
                let index = self.converted(index, INT, span)?;
                self.known_index_is_within(array, index, span)?;
                match pointer {
                    Value::Array(text) => {
                        return Ok(Meaning::Value(self.character_of_array(text, index)));
                    }
                    Value::Words(text) => {
                        return Ok(Meaning::Target(Target::Character { text, index }));
                    }
                    Value::Memory(address, ty) => {
                        let address = self.element_address(address, ty, index, span)?;
                        return self.place_in_memory(address, ty, span);
                    }
                    _ => {}
                }
                if let Value::Pointer(pointer) = pointer
                    && matches!(self.body.exprs[index], Expr::I64(0))
                {
                    return self.behind_or_value(pointer, span);
                }
                let pointer = self.moved(pointer, index, span)?;
                self.behind(pointer, span).map(Meaning::Target)
            }
            ExprKind::Unary("*", operand) => match self.c_value(operand)? {
                Value::Address(target) => Ok(Meaning::Target(target)),
                Value::Pointer(pointer) => self.behind_or_value(pointer, span),
                Value::Array(text) => {
                    let first = self.body.exprs.i64(0);
                    Ok(Meaning::Value(self.character_of_array(text, first)))
                }
                Value::Words(text) => {
                    let index = self.body.exprs.i64(0);
                    Ok(Meaning::Target(Target::Character { text, index }))
                }
                Value::Memory(address, ty) => self.place_in_memory(address, ty, span),
                other => Err(Fault::new(
                    span,
                    format!("{} is no variable behind a `*`", other.describe()),
                )),
            },
            ExprKind::Member(base, name) => self.member(base, name, span),
            // `(void*) x = …`: a cast does not change what is named.
            ExprKind::Cast(_, operand) => self.c_place(operand),
            _ => Err(Fault::new(span, "this is no variable")),
        }
    }

    /// A known index of an array in memory is no matter for the run.
    fn known_index_is_within(&self, array: &ast::Expr, index: ExprId, span: Span) -> Result<()> {
        if let (ExprKind::Name(name), Expr::I64(known)) = (&array.kind, &self.body.exprs[index])
            && let Some(&CName::Object(_, ty)) = self.c.find(name)
            && let Shape::Array(_, len) = self.unit.c.layouts.shape(ty)
            && !(0..i64::from(len)).contains(known)
        {
            return Err(Fault::new(
                span,
                format!("index {known} is outside of an array of {len}"),
            ));
        }
        Ok(())
    }

    /// What a pointer points at; of an argument, its value.
    fn behind_or_value(&mut self, pointer: Pointer, span: Span) -> Result<Meaning> {
        match (pointer.base, pointer.vector) {
            (Base::Argument, Some(value)) => Ok(Meaning::Value(Value::Number(value, Kind::Double))),
            _ => self.behind(pointer, span).map(Meaning::Target),
        }
    }

    fn place_value(&mut self, place: Meaning, span: Span) -> Result<Value> {
        match place {
            Meaning::Target(target) => self.fetch(target, span),
            Meaning::Value(value) => Ok(value),
            Meaning::Pointer(index) => self.pointer_value(index, span).map(Value::Pointer),
            Meaning::Alias(index) => match self.c.aliases[index].target {
                Some(target) => Ok(Value::Address(target)),
                None => Err(Fault::new(span, "this pointer points at nothing yet")),
            },
        }
    }

    fn pointer_value(&mut self, index: usize, span: Span) -> Result<Pointer> {
        let variable = self.c.pointers[index].clone();
        let base = match variable.base {
            Some(base) => base,
            // What is NULL all the time may be taken for anything.
            None if variable.nothing => Base::Vector,
            None => return Err(Fault::new(span, "this pointer points at nothing yet")),
        };
        let vector = matches!(base, Base::Vector | Base::Memory | Base::Argument);
        let vector = vector.then(|| self.get(variable.vector));
        let offset = self.get(variable.offset);
        Ok(Pointer {
            base,
            vector,
            offset,
            kind: variable.kind,
        })
    }

    /// Whether `_args` are the weights of a NetCon.
    fn context_receives_events(&self) -> bool {
        use crate::lower::body::Context;
        matches!(self.context, Context::NetReceive | Context::NetInitial)
    }

    fn weight(&mut self, index: &ast::Expr, span: Span) -> Result<Meaning> {
        let len = self
            .unit
            .symbols
            .mechanism
            .net_receive
            .as_ref()
            .map_or(0, |r| r.arguments.len() as u32);
        let index = self.c_value(index)?;
        let offset = self.converted(index, INT, span)?;
        let pointer = Pointer {
            base: Base::Weights { len },
            vector: None,
            offset,
            kind: Kind::Double,
        };
        self.behind(pointer, span).map(Meaning::Target)
    }

    fn address_of(&mut self, operand: &ast::Expr) -> Result<Value> {
        let span = operand.span;
        // `&x[i]`
        if let ExprKind::Index(array, index) = &operand.kind {
            let pointer = self.c_value(array)?;
            let index = self.c_value(index)?;
            let index = self.converted(index, INT, span)?;
            if let Value::Memory(address, ty) = pointer {
                return Ok(Value::Memory(
                    self.element_address(address, ty, index, span)?,
                    ty,
                ));
            }
            if let Value::Words(text) = pointer {
                return Ok(self.text_from(text, index, span));
            }
            return self.moved(pointer, index, span).map(Value::Pointer);
        }
        match self.c_place(operand)? {
            Meaning::Target(Target::Memory { address, ty })
            | Meaning::Value(Value::Structure(address, ty)) => Ok(Value::Memory(address, ty)),
            Meaning::Target(target) => Ok(Value::Address(target)),
            // Of an array, which is where its first element is.
            Meaning::Value(value @ (Value::Pointer(_) | Value::Memory(..) | Value::Words(_))) => {
                Ok(value)
            }
            _ => Err(Fault::new(span, "the address of this is not supported")),
        }
    }

    /// A pointer so many numbers on.
    fn moved(&mut self, value: Value, by: ExprId, span: Span) -> Result<Pointer> {
        match value {
            Value::Pointer(pointer) if pointer.base != Base::Argument => Ok(Pointer {
                offset: self.sum(pointer.offset, by),
                ..pointer
            }),
            Value::Pointer(_) => Err(Fault::new(
                span,
                "only the first number behind an argument is known",
            )),
            other => Err(Fault::new(
                span,
                format!("{} is no array", other.describe()),
            )),
        }
    }

    /// I64 sum, a constant if both are.
    pub(super) fn sum(&mut self, a: ExprId, b: ExprId) -> ExprId {
        self.fold_integer(BinaryOp::Add, Some(a), b)
    }

    /// A number that later statements do not change.
    pub(super) fn settled(&mut self, value: Value) -> Value {
        let keep = |this: &mut Self, id: ExprId| match this.body.exprs[id] {
            Expr::F64(_) | Expr::I64(_) | Expr::Bool(_) => id,
            _ => {
                let local = this.assign_new("c", id);
                this.get(local)
            }
        };
        match value {
            Value::Number(id, kind) => Value::Number(keep(self, id), kind),
            Value::Handle(id) => Value::Handle(keep(self, id)),
            Value::Words(id) => Value::Words(keep(self, id)),
            Value::Memory(id, ty) => Value::Memory(keep(self, id), ty),
            Value::Array(id) => Value::Array(keep(self, id)),
            other => other,
        }
    }

    fn unary(&mut self, sign: &str, value: Value, span: Span) -> Result<Value> {
        match (sign, value) {
            ("!", value) => {
                let truth = self.converted(value, Kind::Truth, span)?;
                let not = match self.body.exprs[truth] {
                    Expr::Bool(known) => self.body.exprs.add(Expr::Bool(!known)),
                    _ => self.body.exprs.unary(UnaryOp::Not, truth),
                };
                Ok(Value::Number(not, Kind::Truth))
            }
            ("+", value @ Value::Number(..)) => Ok(value),
            ("~", Value::Number(id, kind)) if !kind.is_real() => {
                let kind = promoted(kind);
                let id = self.as_integer(id);
                let ones = self.body.exprs.i64(-1);
                let flipped = self.fold_integer(BinaryOp::BitXor, Some(id), ones);
                Ok(Value::Number(self.wrapped(flipped, kind), kind))
            }
            ("-", Value::Number(id, kind @ (Kind::Double | Kind::Float))) => {
                let negated = match self.body.exprs.as_f64(id) {
                    Some(known) => self.f64(-known),
                    None => self.body.exprs.unary(UnaryOp::Neg, id),
                };
                Ok(Value::Number(negated, kind))
            }
            ("-", Value::Number(id, kind)) => {
                let kind = promoted(kind);
                let id = self.as_integer(id);
                let negated = self.fold_integer(BinaryOp::Sub, None, id);
                Ok(Value::Number(self.wrapped(negated, kind), kind))
            }
            (sign, _) => Err(Fault::new(span, format!("`{sign}` is not supported here"))),
        }
    }

    fn step(&mut self, target: &ast::Expr, by: i64, postfix: bool) -> Result<Value> {
        let span = target.span;
        let by_whole = self.body.exprs.i64(by);
        match self.c_place(target)? {
            Meaning::Pointer(index) => {
                let pointer = self.pointer_value(index, span)?;
                if pointer.base == Base::Argument {
                    return Err(Fault::new(span, "only the number itself is known"));
                }
                let kept = self.assign_new("offset", pointer.offset);
                let before = Pointer {
                    offset: self.get(kept),
                    ..pointer
                };
                let next = self.sum(before.offset, by_whole);
                let variable = self.c.pointers[index].offset;
                self.out.push(Stmt::Assign(variable, next));
                let after = self.pointer_value(index, span)?;
                Ok(Value::Pointer(if postfix { before } else { after }))
            }
            Meaning::Target(place) => {
                let before = self.fetch(place, span)?;
                let before = self.settled(before);
                let one = Value::Number(by_whole, INT);
                let next = self.c_binary("+", before.clone(), one, span)?;
                let after = self.store(place, next, span)?;
                Ok(if postfix { before } else { after })
            }
            _ => Err(Fault::new(span, "this is no variable")),
        }
    }

    fn c_logical(&mut self, and: bool, left: &ast::Expr, right: &ast::Expr) -> Result<Value> {
        let a = self.c_condition(left)?;
        if let Expr::Bool(known) = self.body.exprs[a]
            && known != and
        {
            // Decided when compiling, as with what NEURON's macros say.
            return Ok(Value::Number(a, Kind::Truth));
        }
        let result = self.assign_new("holds", a);
        let mut b = Ok(a);
        let mut inner = self.nested(|this| b = this.c_condition(right));
        let b = b?;
        if inner.is_empty() {
            self.out.pop();
            let op = if and { BinaryOp::And } else { BinaryOp::Or };
            let value = self.body.exprs.binary(op, a, b);
            return Ok(Value::Number(value, Kind::Truth));
        }
        inner.push(Stmt::Assign(result, b));
        let mut undecided = self.get(result);
        if !and {
            undecided = self.body.exprs.unary(UnaryOp::Not, undecided);
        }
        self.out.push(Stmt::If {
            cond: undecided,
            then: inner,
            otherwise: Vec::new(),
        });
        Ok(Value::Number(self.get(result), Kind::Truth))
    }

    fn c_conditional(
        &mut self,
        cond: &ast::Expr,
        then: &ast::Expr,
        otherwise: &ast::Expr,
    ) -> Result<Value> {
        let span = then.span.to(otherwise.span);
        let cond = self.c_condition(cond)?;
        let (mut a, mut b) = (Ok(Value::Nothing), Ok(Value::Nothing));
        let mut yes = self.nested(|this| a = this.c_value(then));
        let mut no = self.nested(|this| b = this.c_value(otherwise));
        let (a, b) = (a?, b?);
        let kind = match (&a, &b) {
            (Value::Memory(_, ty), _) | (_, Value::Memory(_, ty)) => Kind::Address(*ty),
            (Value::Pointer(pointer), _) | (_, Value::Pointer(pointer)) => {
                let to = Shape::Number(pointer.kind);
                Kind::Address(self.unit.c.layouts.intern(to))
            }
            (Value::Text(_) | Value::Words(_), other)
            | (other, Value::Text(_) | Value::Words(_))
                if matches!(other, Value::Text(_) | Value::Words(_)) || self.is_null(other) =>
            {
                Kind::Text
            }
            (Value::Handle(_), _) | (_, Value::Handle(_)) => Kind::Handle,
            (Value::Number(_, a), Value::Number(_, b)) => common(*a, *b),
            _ => return Err(Fault::new(span, "values of this kind behind `?`")),
        };
        let (name, ty) = match kind {
            Kind::Double | Kind::Float | Kind::Handle | Kind::Text | Kind::Address(_) => {
                ("c", Type::F64)
            }
            _ => ("c", Type::I64),
        };
        let result = self.body.local(name, ty);
        for (value, block) in [(a, &mut yes), (b, &mut no)] {
            let mut converted = Ok(None);
            let more = self.nested(|this| {
                converted = this.local_value(value, kind, span).map(Some);
            });
            block.extend(more);
            if let Some(value) = converted? {
                block.push(Stmt::Assign(result, value));
            }
        }
        self.out.push(Stmt::If {
            cond,
            then: yes,
            otherwise: no,
        });
        let value = self.get(result);
        Ok(match kind {
            Kind::Handle => Value::Handle(value),
            Kind::Text => Value::Words(value),
            Kind::Address(ty) => Value::Memory(value, ty),
            kind => Value::Number(value, kind),
        })
    }

    fn c_assign(
        &mut self,
        sign: Option<&'static str>,
        target: &ast::Expr,
        value: &ast::Expr,
    ) -> Result<Value> {
        let span = target.span.to(value.span);
        let right = self.c_value(value)?;
        let right = self.settled(right);
        match (self.c_place(target)?, sign) {
            (Meaning::Target(place), sign) => {
                let right = match sign {
                    None => right,
                    Some(sign) => {
                        let left = self.fetch(place, span)?;
                        self.c_binary(sign, left, right, span)?
                    }
                };
                self.store(place, right, span)
            }
            (Meaning::Pointer(index), None) => self.point_at(index, right, span),
            (Meaning::Pointer(index), Some(sign @ ("+" | "-"))) => {
                let pointer = Value::Pointer(self.pointer_value(index, span)?);
                let moved = self.c_binary(sign, pointer, right, span)?;
                self.point_at(index, moved, span)
            }
            (Meaning::Alias(index), None) => self.alias(index, right, span),
            _ => Err(Fault::new(target.span, "this cannot be assigned")),
        }
    }

    /// Makes a pointer variable point somewhere.
    pub(super) fn point_at(&mut self, index: usize, value: Value, span: Span) -> Result<Value> {
        let variable = self.c.pointers[index].clone();
        let mut pointer = match value {
            Value::Pointer(pointer) => pointer,
            Value::Memory(address, ty) => {
                let Shape::Number(kind) = self.unit.c.layouts.shape(ty) else {
                    return Err(Fault::new(span, "a pointer to things of another type"));
                };
                self.pointer_to_memory(address, kind)
            }
            Value::Handle(address) if self.body.exprs.as_f64(address) != Some(0.0) => {
                self.pointer_to_memory(address, variable.kind)
            }
            // `double* p = NULL`: nothing to read there yet.
            Value::Handle(zero) if self.body.exprs.as_f64(zero) == Some(0.0) => {
                if let None | Some(Base::Vector | Base::Memory) = variable.base {
                    self.c.pointers[index].nothing = true;
                    self.out.push(Stmt::Assign(variable.vector, zero));
                    return Ok(Value::Nothing);
                }
                return Err(Fault::new(span, "this pointer always points at an array"));
            }
            // `double* p = 0`
            Value::Number(zero, _) if matches!(self.body.exprs[zero], Expr::I64(0)) => {
                let null = self.f64(0.0);
                return self.point_at(index, Value::Handle(null), span);
            }
            other => {
                return Err(Fault::new(
                    span,
                    format!("{} where a pointer to numbers should be", other.describe()),
                ));
            }
        };
        if (variable.base, pointer.base) == (Some(Base::Memory), Base::Vector) {
            let address = self.address_of_pointer(pointer, span)?;
            pointer = self.pointer_to_memory(address, pointer.kind);
        }
        if variable.base.is_some_and(|base| base != pointer.base) {
            return Err(Fault::new(
                span,
                "a pointer that points into several things is not supported",
            )
            .help("use one pointer for each"));
        }
        if variable.kind != pointer.kind {
            return Err(Fault::new(span, "a pointer to numbers of another type"));
        }
        self.c.pointers[index].base = Some(pointer.base);
        if let Some(vector) = pointer.vector {
            self.out.push(Stmt::Assign(variable.vector, vector));
        }
        self.out.push(Stmt::Assign(variable.offset, pointer.offset));
        self.pointer_value(index, span).map(Value::Pointer)
    }

    pub(super) fn pointer_to_memory(&mut self, address: ExprId, kind: Kind) -> Pointer {
        Pointer {
            base: Base::Memory,
            vector: Some(address),
            offset: self.body.exprs.i64(0),
            kind,
        }
    }

    /// Makes a pointer to a variable point at one: always the same, or where it is declared.
    pub(super) fn alias(&mut self, index: usize, value: Value, span: Span) -> Result<Value> {
        let Value::Address(target) = value else {
            return Err(Fault::new(
                span,
                format!(
                    "{} where the address of a variable should be",
                    value.describe()
                ),
            ));
        };
        let always = self.c.aliases[index].depth == self.c.scopes.len();
        match self.c.aliases[index].target {
            Some(known) if known != target && !always => Err(Fault::new(
                span,
                "a pointer that points at several variables is not supported",
            )),
            _ => {
                self.c.aliases[index].target = Some(target);
                Ok(Value::Address(target))
            }
        }
    }

    fn cast(&mut self, ctype: &ast::CType, value: Value, span: Span) -> Result<Value> {
        if let Some(value) = self.cast_of_pointer(ctype, &value, span)? {
            return Ok(value);
        }
        let ctype = &self.unit.c.layouts.plain(ctype);
        if let Some(kind) = self.kind_of(ctype) {
            return Ok(match (kind, value) {
                (Kind::Handle | Kind::Text, value @ Value::Text(_)) => value,
                // What only text functions can use.
                (Kind::Text, value @ (Value::Words(_) | Value::Array(_))) => value,
                (Kind::Handle, Value::Number(id, Kind::Double)) => {
                    return Err(Fault::new(
                        span,
                        format!(
                            "{} as a pointer is not supported",
                            Value::Number(id, Kind::Double).describe()
                        ),
                    ));
                }
                (kind, value) => {
                    let converted = self.converted(value, kind, span)?;
                    match kind {
                        Kind::Handle => Value::Handle(converted),
                        Kind::Text => Value::Words(converted),
                        Kind::Address(ty) => Value::Memory(converted, ty),
                        kind => Value::Number(converted, kind),
                    }
                }
            });
        }
        match (&ctype.base, ctype.stars, value) {
            (TypeBase::Void, 0, _) => Ok(Value::Nothing),
            // The address of what holds a handle: `(void**)(&space)`.
            (TypeBase::Void | TypeBase::Opaque(_), 2, Value::Address(target)) => {
                Ok(Value::Address(match target {
                    Target::Place(place, Kind::Double | Kind::Handle) => {
                        Target::Place(place, Kind::Handle)
                    }
                    other => other,
                }))
            }
            // `(int*) NULL`
            (_, _, Value::Handle(id)) if self.body.exprs.as_f64(id) == Some(0.0) => {
                Ok(Value::Handle(id))
            }
            // `(char*)0`, `(double*)0`
            (_, _, Value::Number(id, _)) if matches!(self.body.exprs[id], Expr::I64(0)) => {
                Ok(Value::Handle(self.f64(0.0)))
            }
            (TypeBase::Integer { bits: 8, .. }, 1, value @ Value::Text(_)) => Ok(value),
            (TypeBase::Double, 1, value @ Value::Pointer(_)) => Ok(value),
            _ => Err(Fault::new(span, "this conversion is not supported")),
        }
    }

    /// `left sign right`
    pub(super) fn c_binary(
        &mut self,
        sign: &str,
        left: Value,
        right: Value,
        span: Span,
    ) -> Result<Value> {
        match (left, right) {
            (Value::Number(a, ka), Value::Number(b, kb)) => {
                self.arithmetic(sign, (a, ka), (b, kb), span)
            }
            (Value::Pointer(pointer), zero) | (zero, Value::Pointer(pointer))
                if matches!(sign, "==" | "!=") && self.is_null(&zero) =>
            {
                let truth = self.converted(Value::Pointer(pointer), Kind::Truth, span)?;
                let result = if sign == "==" {
                    self.body.exprs.unary(UnaryOp::Not, truth)
                } else {
                    truth
                };
                Ok(Value::Number(result, Kind::Truth))
            }
            (Value::Pointer(pointer), Value::Number(by, kind)) if !kind.is_real() => {
                let by = self.as_integer(by);
                let by = match sign {
                    "+" => by,
                    "-" => self.fold_integer(BinaryOp::Sub, None, by),
                    _ => return Err(unsupported(sign, span)),
                };
                self.moved(Value::Pointer(pointer), by, span)
                    .map(Value::Pointer)
            }
            (Value::Pointer(pointer), right @ (Value::Memory(..) | Value::Pointer(_))) => {
                let ty = self.unit.c.layouts.intern(Shape::Number(pointer.kind));
                let left = self.address_of_pointer(pointer, span)?;
                self.c_binary(sign, Value::Memory(left, ty), right, span)
            }
            (left @ Value::Memory(_, ty), Value::Pointer(pointer)) => {
                let right = self.address_of_pointer(pointer, span)?;
                self.address_arithmetic(sign, left, Value::Memory(right, ty), span)
            }
            (left @ Value::Memory(..), right) | (left, right @ Value::Memory(..)) => {
                self.address_arithmetic(sign, left, right, span)
            }
            (Value::Words(text), zero) | (zero, Value::Words(text))
                if matches!(sign, "==" | "!=") && self.is_null(&zero) =>
            {
                let zero = self.f64(0.0);
                let op = if sign == "==" {
                    BinaryOp::Eq
                } else {
                    BinaryOp::Ne
                };
                Ok(Value::Number(self.compare(op, text, zero), Kind::Truth))
            }
            (Value::Text(text), right @ Value::Number(..)) if matches!(sign, "+" | "-") => {
                let text = self.text(&text);
                self.c_binary(sign, Value::Words(text), right, span)
            }
            (Value::Words(text), Value::Number(by, kind))
                if matches!(sign, "+" | "-") && !kind.is_real() =>
            {
                let mut by = self.as_integer(by);
                if sign == "-" {
                    by = self.fold_integer(BinaryOp::Sub, None, by);
                }
                Ok(self.text_from(text, by, span))
            }
            (left @ Value::Words(_), right @ Value::Words(_)) => {
                let character = Kind::Integer {
                    bits: 8,
                    signed: true,
                };
                let ty = self.unit.c.layouts.intern(Shape::Number(character));
                let a = self.converted(left, Kind::Address(ty), span)?;
                let b = self.converted(right, Kind::Address(ty), span)?;
                if sign == "-" {
                    // Places in one text: only those in memory have a distance.
                    let stride = self.f64(super::memory::STRIDE);
                    let cond = self.body.exprs.binary(BinaryOp::Ge, a, stride);
                    let what = "a distance within a text that is not in memory";
                    self.fail_unless(cond, Failure::Stopped, span, what, None);
                }
                self.address_arithmetic(sign, Value::Memory(a, ty), Value::Memory(b, ty), span)
            }
            (left @ Value::Handle(_), right) | (left, right @ Value::Handle(_)) => {
                let a = self.converted(left, Kind::Handle, span)?;
                let b = self.converted(right, Kind::Handle, span)?;
                let op = match sign {
                    "==" => BinaryOp::Eq,
                    "!=" => BinaryOp::Ne,
                    _ => return Err(unsupported(sign, span)),
                };
                Ok(Value::Number(self.compare(op, a, b), Kind::Truth))
            }
            (left, right) => Err(Fault::new(
                span,
                format!("{} {sign} {}", left.describe(), right.describe()),
            )),
        }
    }

    /// Whether a value is `NULL` or `0`.
    fn is_null(&self, value: &Value) -> bool {
        match value {
            Value::Handle(zero) => self.body.exprs.as_f64(*zero) == Some(0.0),
            Value::Number(zero, _) => matches!(self.body.exprs[*zero], Expr::I64(0)),
            _ => false,
        }
    }

    /// A comparison, decided if both are known.
    fn compare(&mut self, op: BinaryOp, a: ExprId, b: ExprId) -> ExprId {
        let comparison = Expr::Binary(op, a, b);
        match crate::ir::interpret::constant(&self.body.exprs, &comparison) {
            Some(known) => self.body.exprs.add(known),
            None => self.body.exprs.add(comparison),
        }
    }

    fn arithmetic(
        &mut self,
        sign: &str,
        (a, ka): (ExprId, Kind),
        (b, kb): (ExprId, Kind),
        span: Span,
    ) -> Result<Value> {
        // `x >= a & x < b`: of truth values they are `&&` and `||` without a way out.
        if let ("&" | "|", Kind::Truth, Kind::Truth) = (sign, ka, kb) {
            let op = if sign == "&" {
                BinaryOp::And
            } else {
                BinaryOp::Or
            };
            let (a, b) = (self.to_bool(a), self.to_bool(b));
            return Ok(Value::Number(self.body.exprs.binary(op, a, b), Kind::Truth));
        }
        if matches!(sign, "<<" | ">>") && !ka.is_real() && !kb.is_real() {
            return self.shifted(sign, (a, ka), b, span);
        }
        let kind = common(ka, kb);
        let (a, b) = if kind == Kind::Float {
            let mut float = |number, own| {
                let number = self.as_double(number);
                if own == Kind::Float {
                    number
                } else {
                    self.single(number)
                }
            };
            (float(a, ka), float(b, kb))
        } else if kind == Kind::Double {
            (self.as_double(a), self.as_double(b))
        } else {
            let (a, b) = (self.as_integer(a), self.as_integer(b));
            (self.wrapped(a, kind), self.wrapped(b, kind))
        };
        let comparison = match sign {
            "<" => Some(BinaryOp::Lt),
            "<=" => Some(BinaryOp::Le),
            ">" => Some(BinaryOp::Gt),
            ">=" => Some(BinaryOp::Ge),
            "==" => Some(BinaryOp::Eq),
            "!=" => Some(BinaryOp::Ne),
            _ => None,
        };
        if let Some(op) = comparison {
            return Ok(Value::Number(self.compare(op, a, b), Kind::Truth));
        }
        let op = match sign {
            "+" => BinaryOp::Add,
            "-" => BinaryOp::Sub,
            "*" => BinaryOp::Mul,
            "&" if !kind.is_real() => BinaryOp::BitAnd,
            "|" if !kind.is_real() => BinaryOp::BitOr,
            "^" if !kind.is_real() => BinaryOp::BitXor,
            "/" if kind.is_real() => BinaryOp::Div,
            "/" | "%" if !kind.is_real() => return self.quotient(sign, a, b, kind, span),
            _ => return Err(unsupported(sign, span)),
        };
        let value = if kind == Kind::Double {
            self.body.exprs.binary(op, a, b)
        } else if kind == Kind::Float {
            // Rounding twice is rounding once: doubles have more than twice the digits.
            let value = self.body.exprs.binary(op, a, b);
            self.single(value)
        } else {
            let value = self.fold_integer(op, Some(a), b);
            self.wrapped(value, kind)
        };
        Ok(Value::Number(value, kind))
    }

    /// `<<` and `>>`, in the kind of the left operand.
    fn shifted(
        &mut self,
        sign: &str,
        (a, kind): (ExprId, Kind),
        by: ExprId,
        span: Span,
    ) -> Result<Value> {
        let kind = promoted(kind);
        let (a, by) = (self.as_integer(a), self.as_integer(by));
        let a = self.wrapped(a, kind);
        let (bits, signed) = match kind {
            Kind::Integer { bits, signed } => (bits, signed),
            _ => (32, true),
        };
        let known = match self.body.exprs[by] {
            Expr::I64(known) => Some(known),
            _ => None,
        };
        let within = |by: i64| (0..i64::from(bits)).contains(&by);
        match known {
            Some(known) if within(known) => {}
            Some(_) => return Err(Fault::new(span, "a shift by more bits than there are")),
            None => {
                let exprs = &mut self.body.exprs;
                let (first, last) = (exprs.i64(0), exprs.i64(i64::from(bits) - 1));
                let low = exprs.binary(BinaryOp::Le, first, by);
                let high = exprs.binary(BinaryOp::Le, by, last);
                let cond = exprs.binary(BinaryOp::And, low, high);
                let what = "a shift by more bits than there are";
                let reported = self.as_double(by);
                self.fail_unless(cond, Failure::Stopped, span, what, Some(reported));
            }
        }
        if sign == "<<" {
            let value = self.fold_integer(BinaryOp::ShiftLeft, Some(a), by);
            return Ok(Value::Number(self.cut(value, bits, signed), kind));
        }
        let mut value = self.fold_integer(BinaryOp::ShiftRight, Some(a), by);
        if bits == 64 && !signed {
            // What comes in is 0: of 64 bits, those that were there before are left.
            let most = self.body.exprs.i64(63);
            let (ones, one) = (self.body.exprs.i64(-2), self.body.exprs.i64(1));
            let rest = self.fold_integer(BinaryOp::Sub, Some(most), by);
            let above = self.fold_integer(BinaryOp::ShiftLeft, Some(ones), rest);
            let mask = self.fold_integer(BinaryOp::Sub, None, above);
            let mask = self.fold_integer(BinaryOp::Sub, Some(mask), one);
            value = self.fold_integer(BinaryOp::BitAnd, Some(value), mask);
        }
        Ok(Value::Number(value, kind))
    }

    /// `/` and `%` of whole numbers; the kernel fails where the divisor is 0.
    fn quotient(
        &mut self,
        sign: &str,
        a: ExprId,
        b: ExprId,
        kind: Kind,
        span: Span,
    ) -> Result<Value> {
        if !matches!(self.body.exprs[b], Expr::I64(known) if known != 0) {
            let zero = self.body.exprs.i64(0);
            let cond = self.body.exprs.binary(BinaryOp::Ne, b, zero);
            self.fail_unless(
                cond,
                Failure::Stopped,
                span,
                "a division of whole numbers by 0",
                None,
            );
        }
        let quotient = self.whole_quotient(a, b);
        if sign == "/" {
            return Ok(Value::Number(quotient, kind));
        }
        let whole = self.fold_integer(BinaryOp::Mul, Some(quotient), b);
        let rest = self.fold_integer(BinaryOp::Sub, Some(a), whole);
        Ok(Value::Number(rest, kind))
    }
}

fn unsupported(sign: &str, span: Span) -> Fault {
    Fault::new(span, format!("`{sign}` is not supported here"))
}

/// The kind in which whole numbers are computed.
fn promoted(kind: Kind) -> Kind {
    match kind {
        Kind::Integer { bits, .. } if bits >= 32 => kind,
        Kind::Double | Kind::Float => kind,
        _ => INT,
    }
}

/// The kind in which two numbers are computed (C's usual conversions).
fn common(a: Kind, b: Kind) -> Kind {
    match (promoted(a), promoted(b)) {
        (Kind::Double, _) | (_, Kind::Double) => Kind::Double,
        (Kind::Float, _) | (_, Kind::Float) => Kind::Float,
        (
            Kind::Integer {
                bits: a,
                signed: sa,
            },
            Kind::Integer {
                bits: b,
                signed: sb,
            },
        ) => Kind::Integer {
            bits: a.max(b),
            signed: match a.cmp(&b) {
                std::cmp::Ordering::Equal => sa && sb,
                std::cmp::Ordering::Less => sb,
                std::cmp::Ordering::Greater => sa,
            },
        },
        (kind, _) => kind,
    }
}

//! Values of C, their conversions, and how they are kept in memory.

use super::layout::{Shape, TypeId};
use super::text::STANDARD_STREAM;
use super::{INT, Kind, Target};
use crate::abi::{Failure, Request};
use crate::ir::{BinaryOp, Builtin, Expr, ExprId, Place, Stmt, Type, UnaryOp};
use crate::lower::body::BodyLowering;
use crate::source::Span;
use crate::verbatim::ast::CType;
use crate::verbatim::{Fault, Result};

/// The value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A number: I64, Bool or F64, as its kind says.
    Number(ExprId, Kind),
    /// A handle; F64.
    Handle(ExprId),
    /// A pointer to numbers.
    Pointer(Pointer),
    /// The address of a variable.
    Address(Target),
    /// An address in memory (F64), and what stands there.
    Memory(ExprId, TypeId),
    /// A structure in memory: its address.
    Structure(ExprId, TypeId),
    /// A text that is known when compiling.
    Text(String),
    /// The handle of a text; F64.
    Words(ExprId),
    /// The handle of what an array of characters holds; F64.
    Array(ExprId),
    /// `void`
    Nothing,
}

/// A pointer to numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pointer {
    pub base: Base,
    /// The handle, of [`Base::Vector`]; the address, of [`Base::Memory`]; the number, of
    /// [`Base::Argument`].
    pub vector: Option<ExprId>,
    /// I64
    pub offset: ExprId,
    pub kind: Kind,
}

/// What a pointer points into.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Base {
    /// The elements of a Vector.
    Vector,
    /// Memory, from the address on that is the pointer's object.
    Memory,
    /// A number that the caller gave, as it is when the pointer is made.
    Argument,
    /// Columns of the instance.
    Columns { base: u32, len: u32 },
    /// Doubles of the globals block.
    Globals { base: u32, len: u32 },
    /// An array of the body.
    Locals { array: u32, len: u32 },
    /// The weights of the NetCon that delivers the event.
    Weights { len: u32 },
    /// What a POINTER points at.
    Pointed(u32),
}

impl BodyLowering<'_, '_> {
    /// The kind that a declaration gives a variable; `None` for one that is not supported.
    /// Pointers to numbers and to handles are among them: what those point at is known otherwise.
    pub(super) fn kind_of(&mut self, ctype: &CType) -> Option<Kind> {
        let in_memory = self.unit.c.in_memory;
        let types = &mut self.unit.c.layouts;
        let ty = types.of(ctype)?;
        match types.shape(ty) {
            _ if in_memory => types.kind(ty),
            Shape::Pointer(to) if matches!(types.shape(to), Shape::Number(_) | Shape::Handle) => {
                None
            }
            _ => types.kind(ty),
        }
    }

    /// The same for what is not of a body: pointers to numbers are addresses there.
    pub(super) fn stored_kind(&mut self, ctype: &CType) -> Option<Kind> {
        let types = &mut self.unit.c.layouts;
        types.of(ctype).and_then(|ty| types.kind(ty))
    }

    /// I64, cut off towards zero.
    pub(super) fn truncated(&mut self, value: ExprId) -> ExprId {
        match self.body.exprs.as_f64(value) {
            Some(known) => self.body.exprs.i64(known as i64),
            None => self.body.exprs.unary(UnaryOp::ToInt, value),
        }
    }

    /// F64 of a number.
    pub(super) fn as_double(&mut self, value: ExprId) -> ExprId {
        self.to_real(value)
    }

    /// I64 of a number.
    pub(super) fn as_integer(&mut self, value: ExprId) -> ExprId {
        match self.body.type_of(value) {
            Type::I64 => value,
            Type::F64 => self.truncated(value),
            Type::Bool => match self.body.exprs[value] {
                Expr::Bool(known) => self.body.exprs.i64(known.into()),
                _ => {
                    let (one, zero) = (self.body.exprs.i64(1), self.body.exprs.i64(0));
                    self.body.exprs.add(Expr::Select(value, one, zero))
                }
            },
        }
    }

    /// I64 as a type of so many bits has it. What does not fit into a signed type is undefined in
    /// C; unsigned types wrap.
    pub(super) fn wrapped(&mut self, value: ExprId, kind: Kind) -> ExprId {
        let Kind::Integer { bits, signed } = kind else {
            return value;
        };
        if bits >= 32 && signed || bits >= 64 {
            return value;
        }
        self.cut(value, bits, signed)
    }

    /// The lowest bits of a whole number, as a type of so many has them.
    pub(super) fn cut(&mut self, value: ExprId, bits: u32, signed: bool) -> ExprId {
        if bits >= 64 {
            return value;
        }
        let modulus = 1_i64 << bits;
        if let Expr::I64(known) = self.body.exprs[value] {
            let rest = known.rem_euclid(modulus);
            let rest = if signed && rest >= modulus / 2 {
                rest - modulus
            } else {
                rest
            };
            return self.body.exprs.i64(rest);
        }
        let exprs = &mut self.body.exprs;
        if signed {
            let rest = exprs.i64(i64::from(64 - bits));
            let up = exprs.binary(BinaryOp::ShiftLeft, value, rest);
            exprs.binary(BinaryOp::ShiftRight, up, rest)
        } else {
            let mask = exprs.i64(modulus - 1);
            exprs.binary(BinaryOp::BitAnd, value, mask)
        }
    }

    /// A number or handle as another kind has it.
    pub(super) fn converted(&mut self, value: Value, kind: Kind, span: Span) -> Result<ExprId> {
        Ok(match (value, kind) {
            (Value::Number(value, _), Kind::Double)
            | (Value::Number(value, Kind::Float), Kind::Float) => self.as_double(value),
            (Value::Number(value, _), Kind::Float) => {
                let value = self.as_double(value);
                self.single(value)
            }
            (Value::Number(value, _), Kind::Truth) => self.to_bool(value),
            (Value::Number(value, _), Kind::Integer { .. }) => {
                let value = self.as_integer(value);
                self.wrapped(value, kind)
            }
            (Value::Handle(value), Kind::Handle | Kind::Address(_) | Kind::Text) => value,
            (Value::Memory(value, _), Kind::Handle | Kind::Address(_) | Kind::Text) => value,
            (Value::Memory(value, _) | Value::Handle(value), Kind::Integer { bits: 64, .. }) => {
                self.truncated(value)
            }
            (Value::Memory(value, _), Kind::Truth) => self.to_bool(value),
            (Value::Words(value), Kind::Address(_)) => value,
            (
                Value::Number(value, Kind::Integer { bits: 64, .. }),
                Kind::Handle | Kind::Address(_),
            ) => self.as_double(value),
            (Value::Pointer(pointer), Kind::Handle | Kind::Address(_)) => {
                self.address_of_pointer(pointer, span)?
            }
            (Value::Words(value), Kind::Text | Kind::Characters | Kind::Handle) => value,
            (Value::Text(text), Kind::Text | Kind::Characters) if text != STANDARD_STREAM => {
                self.text(&text)
            }
            (Value::Words(value) | Value::Array(value), Kind::Truth) => self.to_bool(value),
            (Value::Handle(value), Kind::Truth) => self.to_bool(value),
            (Value::Number(value, _), Kind::Handle | Kind::Text | Kind::Address(_))
                if matches!(self.body.exprs[value], Expr::I64(0)) =>
            {
                self.f64(0.0)
            }
            (Value::Pointer(pointer), Kind::Truth) => match (pointer.base, pointer.vector) {
                (Base::Pointed(index), _) => self.body.exprs.add(Expr::Pointing(index)),
                (Base::Vector | Base::Memory, Some(vector)) => self.to_bool(vector),
                _ => self.body.exprs.add(Expr::Bool(true)),
            },
            (other, kind) => {
                return Err(Fault::new(
                    span,
                    format!(
                        "{} as {} is not supported",
                        other.describe(),
                        kind.describe()
                    ),
                ));
            }
        })
    }

    /// A double as `float` has it.
    pub(super) fn single(&mut self, value: ExprId) -> ExprId {
        match self.body.exprs.as_f64(value) {
            Some(known) => self.f64(f64::from(known as f32)),
            None => self.body.exprs.call1(Builtin::Single, value),
        }
    }

    /// A double of a number.
    pub(super) fn double_of(&mut self, value: Value, span: Span) -> Result<ExprId> {
        self.converted(value, Kind::Double, span)
    }

    /// What a target holds.
    pub(super) fn fetch(&mut self, target: Target, span: Span) -> Result<Value> {
        Ok(match target {
            Target::Local(local, kind) => {
                let value = self.get(local);
                typed(value, kind)
            }
            Target::Place(place, kind) => {
                let value = self.load(place);
                self.from_memory(value, kind)
            }
            Target::Element { vector, index } => {
                self.check_element(vector, index, span);
                let index = self.as_double(index);
                let value = self.request(Request::VectorElement, vec![vector, index]);
                Value::Number(value, Kind::Double)
            }
            Target::Memory { address, ty } => {
                let value = self.read_memory(address, ty, span)?;
                let kind = self.unit.c.layouts.kind(ty);
                let kind = kind.ok_or_else(|| Fault::new(span, "this has no value of its own"))?;
                self.from_memory(value, kind)
            }
            Target::Character { text, index } => self.character(text, index, span),
            Target::Stream(_) => {
                return Err(Fault::new(
                    span,
                    "a RANDOM variable has no value of its own",
                ));
            }
            Target::ErrorNumber => {
                let zero = self.f64(0.0);
                let number = self.request(Request::LastError, vec![zero]);
                Value::Number(self.truncated(number), INT)
            }
        })
    }

    /// A double of memory that holds a value of `kind`.
    fn from_memory(&mut self, value: ExprId, kind: Kind) -> Value {
        match kind {
            Kind::Double
            | Kind::Float
            | Kind::Handle
            | Kind::Text
            | Kind::Characters
            | Kind::Address(_) => typed(value, kind),
            Kind::Integer { .. } => Value::Number(self.truncated(value), kind),
            Kind::Truth => Value::Number(self.to_bool(value), kind),
        }
    }

    /// Stores into a target, as its kind has it; gives what it holds now.
    pub(super) fn store(&mut self, target: Target, value: Value, span: Span) -> Result<Value> {
        match target {
            Target::Local(local, kind) => {
                let value = self.local_value(value, kind, span)?;
                self.out.push(Stmt::Assign(local, value));
            }
            Target::Place(place, kind) => {
                if let Place::Sim(_) | Place::Node(_) | Place::Flag = place {
                    return Err(Fault::new(span, "this belongs to the simulator"));
                }
                let value = self.converted(value, kind, span)?;
                let value = self.as_double(value);
                self.out.push(Stmt::Store(place, value));
            }
            Target::Element { vector, index } => {
                let value = self.double_of(value, span)?;
                let kept = self.assign_new("value", value);
                let value = self.get(kept);
                self.check_element(vector, index, span);
                let index = self.as_double(index);
                self.request(Request::SetVectorElement, vec![vector, index, value]);
                return Ok(Value::Number(value, Kind::Double));
            }
            Target::Memory { address, ty } => {
                let kind = self.unit.c.layouts.kind(ty);
                let kind = kind.ok_or_else(|| Fault::new(span, "this cannot be assigned"))?;
                let value = self.converted(value, kind, span)?;
                let value = self.as_double(value);
                let kept = self.assign_new("value", value);
                let value = self.get(kept);
                self.write_memory(address, ty, value, span)?;
                return Ok(match kind {
                    Kind::Double | Kind::Float | Kind::Integer { .. } | Kind::Truth => {
                        self.from_memory(value, kind)
                    }
                    kind => typed(value, kind),
                });
            }
            Target::Character { text, index } => {
                let character = Kind::Integer {
                    bits: 8,
                    signed: true,
                };
                let value = self.converted(value, character, span)?;
                let kept = self.assign_new("character", value);
                let value = self.get(kept);
                let ty = self.unit.c.layouts.intern(Shape::Number(character));
                let address = self.element_address(text, ty, index, span)?;
                let byte = self.as_double(value);
                self.write_memory(address, ty, byte, span)?;
                return Ok(Value::Number(value, character));
            }
            Target::Stream(_) => {
                return Err(Fault::new(span, "a RANDOM variable cannot be assigned"));
            }
            Target::ErrorNumber => {
                let number = self.converted(value, INT, span)?;
                let number = self.as_double(number);
                self.request(Request::SetLastError, vec![number]);
            }
        }
        self.fetch(target, span)
    }

    /// A value as a local of `kind` holds it: truth values are whole numbers there.
    pub(super) fn local_value(&mut self, value: Value, kind: Kind, span: Span) -> Result<ExprId> {
        let value = self.converted(value, kind, span)?;
        Ok(match kind {
            Kind::Truth => self.as_integer(value),
            _ => value,
        })
    }

    /// The kernel fails if a Vector has no such element.
    fn check_element(&mut self, vector: ExprId, index: ExprId, span: Span) {
        let size = self.request(Request::VectorSize, vec![vector]);
        let index = self.as_double(index);
        let zero = self.f64(0.0);
        let low = self.body.exprs.binary(BinaryOp::Le, zero, index);
        let high = self.body.exprs.binary(BinaryOp::Lt, index, size);
        let cond = self.body.exprs.binary(BinaryOp::And, low, high);
        self.fail_unless(
            cond,
            Failure::IndexOutOfBounds,
            span,
            "an element of a Vector",
            Some(index),
        );
    }

    /// What a pointer points at.
    pub(super) fn behind(&mut self, pointer: Pointer, span: Span) -> Result<Target> {
        let Pointer {
            base,
            vector,
            offset,
            kind,
        } = pointer;
        let known = match self.body.exprs[offset] {
            Expr::I64(known) => Some(known),
            _ => None,
        };
        let len = match base {
            Base::Vector => {
                let vector = vector.unwrap_or_else(|| self.f64(0.0));
                return Ok(Target::Element {
                    vector,
                    index: offset,
                });
            }
            Base::Memory => {
                let ty = self.unit.c.layouts.intern(Shape::Number(kind));
                let address = vector.unwrap_or_else(|| self.f64(0.0));
                let address = self.element_address(address, ty, offset, span)?;
                return Ok(Target::Memory { address, ty });
            }
            Base::Pointed(index) if known == Some(0) => return Ok(self.pointed(index, span)),
            Base::Argument | Base::Pointed(_) => {
                return Err(Fault::new(
                    span,
                    "only the number itself that this points at is known, none beside it",
                ));
            }
            Base::Columns { len, .. }
            | Base::Globals { len, .. }
            | Base::Locals { len, .. }
            | Base::Weights { len } => len,
        };
        match known {
            Some(known) if (0..i64::from(len)).contains(&known) => {}
            Some(known) => {
                return Err(Fault::new(
                    span,
                    format!("index {known} is outside of an array of {len}"),
                ));
            }
            None => {
                let exprs = &mut self.body.exprs;
                let (first, last) = (exprs.i64(0), exprs.i64(i64::from(len) - 1));
                let low = exprs.binary(BinaryOp::Le, first, offset);
                let high = exprs.binary(BinaryOp::Le, offset, last);
                let cond = exprs.binary(BinaryOp::And, low, high);
                let reported = self.as_double(offset);
                self.fail_unless(
                    cond,
                    Failure::IndexOutOfBounds,
                    span,
                    "an array",
                    Some(reported),
                );
            }
        }
        let index = offset;
        let place = match (base, known) {
            (Base::Columns { base, .. }, Some(known)) => Place::Column(base + known as u32),
            (Base::Columns { base, len }, None) => Place::ColumnAt { base, len, index },
            (Base::Globals { base, .. }, Some(known)) => Place::Global(base + known as u32),
            (Base::Globals { base, len }, None) => Place::GlobalAt { base, len, index },
            (Base::Locals { array, .. }, _) => Place::LocalArray { array, index },
            (Base::Weights { .. }, Some(known)) => Place::Arg(known as u32),
            _ => {
                return Err(Fault::new(span, "this index must be known when compiling"));
            }
        };
        Ok(Target::Place(place, kind))
    }
}

/// A value of a local or double of that kind.
fn typed(value: ExprId, kind: Kind) -> Value {
    match kind {
        Kind::Handle => Value::Handle(value),
        Kind::Text => Value::Words(value),
        Kind::Characters => Value::Array(value),
        Kind::Address(to) => Value::Memory(value, to),
        // Truth values are kept as whole numbers.
        Kind::Truth => Value::Number(value, INT),
        kind => Value::Number(value, kind),
    }
}

impl Kind {
    pub(super) fn describe(self) -> &'static str {
        match self {
            Kind::Integer { .. } => "a whole number",
            Kind::Truth => "a condition",
            Kind::Double => "a double",
            Kind::Float => "a float",
            Kind::Handle => "a pointer to an object",
            Kind::Text => "a text",
            Kind::Characters => "an array of characters",
            Kind::Address(_) => "a pointer into memory",
        }
    }
}

impl Value {
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Value::Number(_, kind) => kind.describe(),
            Value::Handle(_) => "a pointer to an object",
            Value::Pointer(_) => "a pointer to numbers",
            Value::Address(_) => "the address of a variable",
            Value::Memory(..) => "a pointer into memory",
            Value::Structure(..) => "a structure",
            Value::Text(_) | Value::Words(_) => "a text",
            Value::Array(_) => "an array of characters",
            Value::Nothing => "a call without a value",
        }
    }
}

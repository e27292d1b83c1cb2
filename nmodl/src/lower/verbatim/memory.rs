//! Memory of C: what `malloc` gives, structures in it, pointers to them.
//!
//! An address is a number that the host understands (see [`Request::NewMemory`]): each access asks it
//! whether there is something, and the kernel fails if not. So pointers in memory, in static
//! variables and of structures may point anywhere; only pointers to numbers that are variables of a
//! body are known when compiling as far as what they point into.

use super::layout::{Shape, TypeId};
use super::names::{CName, Meaning};
use super::value::{Base, Pointer, Value};
use super::{INT, Kind, Target};
use crate::abi::{Failure, Request};
use crate::ir::{BinaryOp, Expr, ExprId, Stmt};
use crate::lower::body::BodyLowering;
use crate::source::Span;
use crate::verbatim::ast::{CType, Expr as CExpr, ExprKind};
use crate::verbatim::{Fault, Result};

/// What one handle is away from the next, as addresses have it.
pub(super) const STRIDE: f64 = 4_294_967_296.0;

impl BodyLowering<'_, '_> {
    /// What stands at an address.
    pub(super) fn place_in_memory(
        &mut self,
        address: ExprId,
        ty: TypeId,
        span: Span,
    ) -> Result<Meaning> {
        let types = &self.unit.c.layouts;
        Ok(match types.shape(ty) {
            Shape::Array(element, _) if types.is_character(element) => {
                Meaning::Value(Value::Words(address))
            }
            Shape::Array(element, _) => Meaning::Value(Value::Memory(address, element)),
            Shape::Structure(_) if types.size(ty).is_some() => {
                Meaning::Value(Value::Structure(address, ty))
            }
            Shape::Structure(_) | Shape::Nothing => {
                return Err(Fault::new(
                    span,
                    "what this points at is of a type that is not known",
                ));
            }
            _ => Meaning::Target(Target::Memory { address, ty }),
        })
    }

    /// `a.name`, `a->name`
    pub(super) fn member(&mut self, base: &CExpr, name: &str, span: Span) -> Result<Meaning> {
        // `object->u.this_pointer` is what the object is for C.
        if let ("this_pointer", ExprKind::Member(object, union)) = (name, &base.kind)
            && union == "u"
        {
            return match self.c_value(object)? {
                Value::Handle(object) => Ok(Meaning::Value(Value::Handle(object))),
                other => Err(Fault::new(
                    span,
                    format!("{} has no members", other.describe()),
                )),
            };
        }
        let (address, ty) = match self.c_value(base)? {
            Value::Memory(address, ty) | Value::Structure(address, ty) => (address, ty),
            other => {
                return Err(Fault::new(
                    span,
                    format!("{} has no members", other.describe()),
                ));
            }
        };
        let Some((offset, ty)) = self.unit.c.layouts.member(ty, name) else {
            return Err(Fault::new(
                span,
                format!("the member `{name}` is not known here"),
            ));
        };
        let address = match offset {
            0 => address,
            _ => {
                let offset = self.f64(f64::from(offset));
                self.body.exprs.binary(BinaryOp::Add, address, offset)
            }
        };
        self.place_in_memory(address, ty, span)
    }

    /// The address so many elements on.
    pub(super) fn element_address(
        &mut self,
        address: ExprId,
        ty: TypeId,
        by: ExprId,
        span: Span,
    ) -> Result<ExprId> {
        let Some(size) = self.unit.c.layouts.size(ty) else {
            return Err(Fault::new(
                span,
                "the size of what this points at is not known",
            ));
        };
        if matches!(self.body.exprs[by], Expr::I64(0)) {
            return Ok(address);
        }
        let (by, size) = (self.as_double(by), self.f64(f64::from(size)));
        let bytes = self.body.exprs.binary(BinaryOp::Mul, by, size);
        Ok(self.body.exprs.binary(BinaryOp::Add, address, bytes))
    }

    /// The kernel fails unless so many bytes are at an address.
    fn check_memory(&mut self, address: ExprId, bytes: u32, span: Span) {
        let bytes = self.f64(f64::from(bytes));
        let there = self.request(Request::HasMemory, vec![address, bytes]);
        let zero = self.f64(0.0);
        let cond = self.body.exprs.binary(BinaryOp::Ne, there, zero);
        let what = "memory that is not there";
        self.fail_unless(cond, Failure::UnsetPointer, span, what, None);
    }

    /// What memory holds; F64.
    pub(super) fn read_memory(
        &mut self,
        address: ExprId,
        ty: TypeId,
        span: Span,
    ) -> Result<ExprId> {
        let (size, cell) = self.cell(ty, span)?;
        let kept = self.assign_new("address", address);
        let address = self.get(kept);
        self.check_memory(address, size, span);
        Ok(self.request(Request::ReadMemory, vec![address, cell]))
    }

    /// Stores a number; F64.
    pub(super) fn write_memory(
        &mut self,
        address: ExprId,
        ty: TypeId,
        value: ExprId,
        span: Span,
    ) -> Result<()> {
        let (size, cell) = self.cell(ty, span)?;
        let kept = self.assign_new("address", address);
        let address = self.get(kept);
        self.check_memory(address, size, span);
        self.request(Request::WriteMemory, vec![address, cell, value]);
        Ok(())
    }

    /// Writes a text to memory; the kernel fails if there is no room.
    pub(super) fn write_text(&mut self, address: ExprId, text: ExprId, span: Span) {
        let kept = self.assign_new("address", address);
        let address = self.get(kept);
        let done = self.request(Request::WriteText, vec![address, text]);
        self.is_there(done, "a text where there is no memory for it", span);
    }

    fn cell(&mut self, ty: TypeId, span: Span) -> Result<(u32, ExprId)> {
        let Some(cell) = self.unit.c.layouts.cell(ty) else {
            return Err(Fault::new(span, "this has no value of its own"));
        };
        Ok((cell.size(), self.f64(f64::from(cell as i32))))
    }

    /// The address that a pointer into a Vector or into memory is.
    pub(super) fn address_of_pointer(&mut self, pointer: Pointer, span: Span) -> Result<ExprId> {
        let (Base::Vector | Base::Memory, Some(object)) = (pointer.base, pointer.vector) else {
            return Err(Fault::new(
                span,
                "a pointer to this cannot be kept: it is no memory of C and no Vector",
            ));
        };
        let begin = if pointer.base == Base::Vector {
            let stride = self.f64(STRIDE);
            self.body.exprs.binary(BinaryOp::Mul, object, stride)
        } else {
            object
        };
        let ty = self.unit.c.layouts.intern(Shape::Number(pointer.kind));
        self.element_address(begin, ty, pointer.offset, span)
    }

    /// A value as a pointer into memory; `None` if the type is none, or the value cannot be one.
    pub(super) fn cast_of_pointer(
        &mut self,
        ctype: &CType,
        value: &Value,
        span: Span,
    ) -> Result<Option<Value>> {
        let types = &mut self.unit.c.layouts;
        let to = types.of(ctype).map(|ty| types.shape(ty));
        let Some(Shape::Pointer(to)) = to else {
            return Ok(None);
        };
        Ok(match *value {
            // NULL points at nothing of any type.
            Value::Handle(zero) if self.body.exprs.as_f64(zero) == Some(0.0) => None,
            Value::Memory(address, _) | Value::Handle(address) | Value::Words(address) => {
                Some(Value::Memory(address, to))
            }
            Value::Number(number, Kind::Integer { bits: 64, .. }) => {
                Some(Value::Memory(self.as_double(number), to))
            }
            Value::Pointer(pointer) if types.shape(to) != Shape::Number(pointer.kind) => {
                Some(Value::Memory(self.address_of_pointer(pointer, span)?, to))
            }
            // `(type**) (&space)`: the variable holds a pointer.
            Value::Address(Target::Place(
                place,
                Kind::Double | Kind::Handle | Kind::Address(_),
            )) => match types.kind(to) {
                Some(kind @ (Kind::Handle | Kind::Address(_) | Kind::Text)) => {
                    Some(Value::Address(Target::Place(place, kind)))
                }
                _ => None,
            },
            _ => None,
        })
    }

    /// `a + n`, `a - n`, `a - b`, and comparisons of addresses.
    pub(super) fn address_arithmetic(
        &mut self,
        sign: &str,
        left: Value,
        right: Value,
        span: Span,
    ) -> Result<Value> {
        if let (Value::Memory(address, ty), Value::Number(by, kind)) = (&left, &right)
            && !kind.is_real()
            && matches!(sign, "+" | "-")
        {
            let (address, ty) = (*address, *ty);
            let mut by = self.as_integer(*by);
            if sign == "-" {
                by = self.fold_integer(BinaryOp::Sub, None, by);
            }
            return Ok(Value::Memory(
                self.element_address(address, ty, by, span)?,
                ty,
            ));
        }
        if let (Value::Memory(a, ty), Value::Memory(b, _), "-") = (&left, &right, sign) {
            let (a, b, ty) = (*a, *b, *ty);
            let size = self.unit.c.layouts.size(ty).unwrap_or(1);
            let (bytes, size) = (
                self.body.exprs.binary(BinaryOp::Sub, a, b),
                self.f64(f64::from(size)),
            );
            let count = self.body.exprs.binary(BinaryOp::Div, bytes, size);
            let kind = Kind::Integer {
                bits: 64,
                signed: true,
            };
            return Ok(Value::Number(self.truncated(count), kind));
        }
        let op = match sign {
            "==" => BinaryOp::Eq,
            "!=" => BinaryOp::Ne,
            "<" => BinaryOp::Lt,
            "<=" => BinaryOp::Le,
            ">" => BinaryOp::Gt,
            ">=" => BinaryOp::Ge,
            _ => {
                return Err(Fault::new(
                    span,
                    format!("{} {sign} {}", left.describe(), right.describe()),
                ));
            }
        };
        let a = self.converted(left, Kind::Handle, span)?;
        let b = self.converted(right, Kind::Handle, span)?;
        Ok(Value::Number(self.body.exprs.binary(op, a, b), Kind::Truth))
    }

    /// `sizeof x`, without executing it.
    pub(super) fn size_of_value(&mut self, expr: &CExpr) -> Result<Value> {
        if let ExprKind::Name(name) = &expr.kind
            && let Some(&(CName::Object(_, ty) | CName::StaticObject(_, ty))) =
                self.c.find(name).or(self.unit.c.variables.get(name))
            && let Some(size) = self.unit.c.layouts.size(ty)
        {
            return Ok(Value::Number(self.body.exprs.i64(i64::from(size)), INT));
        }
        let mut place = Ok(None);
        // What would be executed is thrown away.
        self.nested(|this| {
            place = match this.c_place(expr) {
                Ok(place) => Ok(Some(place)),
                Err(_) => this.c_value(expr).map(|v| Some(Meaning::Value(v))),
            };
        });
        let layouts = &mut self.unit.c.layouts;
        let ty = match place? {
            Some(Meaning::Target(Target::Memory { ty, .. })) => Some(ty),
            Some(Meaning::Value(Value::Structure(_, ty))) => Some(ty),
            Some(Meaning::Target(Target::Local(_, kind) | Target::Place(_, kind)))
            | Some(Meaning::Value(Value::Number(_, kind))) => Some(match kind {
                Kind::Handle | Kind::Text | Kind::Address(_) => layouts.intern(Shape::Handle),
                kind => layouts.intern(Shape::Number(kind)),
            }),
            Some(Meaning::Pointer(_)) => Some(layouts.intern(Shape::Handle)),
            _ => None,
        };
        let size = ty.and_then(|ty| layouts.size(ty));
        let size = size.ok_or_else(|| Fault::new(expr.span, "this size is not known here"))?;
        Ok(Value::Number(self.body.exprs.i64(i64::from(size)), INT))
    }

    /// `new type`, `new type[count]`
    pub(super) fn new_object(
        &mut self,
        ctype: &CType,
        count: Option<&CExpr>,
        span: Span,
    ) -> Result<Value> {
        let ty = self.unit.c.layouts.of(ctype);
        let Some((ty, size)) = ty.zip(ty.and_then(|ty| self.unit.c.layouts.size(ty))) else {
            return Err(Fault::new(span, "the size of this type is not known here"));
        };
        let mut bytes = self.f64(f64::from(size));
        if let Some(count) = count {
            let at = count.span;
            let count = self.c_value(count)?;
            let count = self.double_of(count, at)?;
            bytes = self.body.exprs.binary(BinaryOp::Mul, bytes, count);
        }
        let address = self.new_memory(bytes, span);
        Ok(Value::Memory(address, ty))
    }

    /// New memory; the kernel fails if there is none.
    fn new_memory(&mut self, bytes: ExprId, span: Span) -> ExprId {
        let address = self.request(Request::NewMemory, vec![bytes]);
        self.is_there(address, "memory that cannot be had", span);
        address
    }

    fn is_there(&mut self, answer: ExprId, what: &str, span: Span) {
        let zero = self.f64(0.0);
        let cond = self.body.exprs.binary(BinaryOp::Ne, answer, zero);
        self.fail_unless(cond, Failure::Stopped, span, what, None);
    }

    /// The address of a static variable that is an array or a structure, made when it is used first.
    pub(super) fn static_object(
        &mut self,
        holder: crate::ir::Place,
        ty: TypeId,
        span: Span,
    ) -> Result<Meaning> {
        let address = self.address_of_object(holder, ty, span);
        let kept = self.assign_new("address", address);
        let address = self.get(kept);
        self.place_in_memory(address, ty, span)
    }

    /// The address that a place holds, of memory for a thing of a type, which is made if there is
    /// none yet.
    pub(super) fn address_of_object(
        &mut self,
        holder: crate::ir::Place,
        ty: TypeId,
        span: Span,
    ) -> ExprId {
        let size = self.unit.c.layouts.size(ty).unwrap_or(0);
        let (now, zero) = (self.load(holder), self.f64(0.0));
        let cond = self.body.exprs.binary(BinaryOp::Eq, now, zero);
        let then = self.nested(|this| {
            let bytes = this.f64(f64::from(size));
            let address = this.new_memory(bytes, span);
            this.out.push(Stmt::Store(holder, address));
        });
        self.out.push(Stmt::If {
            cond,
            then,
            otherwise: Vec::new(),
        });
        self.load(holder)
    }

    /// A function of memory; `None` if it is none of them.
    pub(super) fn call_about_memory(
        &mut self,
        name: &str,
        arguments: &[CExpr],
        span: Span,
    ) -> Result<Option<Value>> {
        let size = |this: &mut Self, expr: &CExpr| -> Result<ExprId> {
            let value = this.c_value(expr)?;
            this.double_of(value, expr.span)
        };
        Ok(Some(match (name, arguments) {
            ("malloc" | "emalloc" | "hoc_Emalloc", [bytes]) => {
                let bytes = size(self, bytes)?;
                Value::Handle(self.new_memory(bytes, span))
            }
            ("calloc" | "ecalloc" | "hoc_Ecalloc", [count, bytes]) => {
                let (count, bytes) = (size(self, count)?, size(self, bytes)?);
                let bytes = self.body.exprs.binary(BinaryOp::Mul, count, bytes);
                Value::Handle(self.new_memory(bytes, span))
            }
            ("realloc" | "erealloc" | "hoc_Erealloc", [old, bytes]) => {
                let old = self.address(old)?;
                let bytes = size(self, bytes)?;
                let address = self.request(Request::ResizeMemory, vec![old, bytes]);
                self.is_there(address, "memory that cannot be had", span);
                Value::Handle(address)
            }
            ("free", [old]) => {
                let old = self.address(old)?;
                let zero = self.f64(0.0);
                let cond = self.body.exprs.binary(BinaryOp::Ne, old, zero);
                let then = self.nested(|this| {
                    let done = this.request(Request::FreeMemory, vec![old]);
                    this.is_there(done, "`free` of what is no memory", span);
                });
                self.out.push(Stmt::If {
                    cond,
                    then,
                    otherwise: Vec::new(),
                });
                Value::Nothing
            }
            ("memcpy" | "memmove", [to, from, bytes]) => {
                let (to, from) = (self.address(to)?, self.address(from)?);
                let bytes = size(self, bytes)?;
                let done = self.request(Request::CopyMemory, vec![to, from, bytes]);
                self.is_there(done, "memory that is not there", span);
                Value::Handle(to)
            }
            ("memset", [to, byte, bytes]) => {
                let to = self.address(to)?;
                let (byte, bytes) = (size(self, byte)?, size(self, bytes)?);
                let done = self.request(Request::FillMemory, vec![to, byte, bytes]);
                self.is_there(done, "memory that is not there", span);
                Value::Handle(to)
            }
            _ => return Ok(None),
        }))
    }

    /// An address, kept in a local.
    pub(super) fn address(&mut self, expr: &CExpr) -> Result<ExprId> {
        let value = self.c_value(expr)?;
        let address = self.converted(value, Kind::Handle, expr.span)?;
        let kept = self.assign_new("address", address);
        Ok(self.get(kept))
    }
}

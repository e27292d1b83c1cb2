//! Bodies of C whose variables stand in memory.
//!
//! As long as it is known when compiling what each pointer to numbers points into, arrays are the
//! body's own and pointers cost nothing ([`super::names::PointerVariable`]). A body in which that does
//! not do is lowered again as it is described here: arrays, structures and variables whose address is
//! taken stand in memory of C ([`super::memory`]), and all pointers are addresses in it.
//!
//! Such a variable has one place, whoever calls the function, and is zero where it is declared. So a
//! function that calls itself cannot have any.

use std::iter::Peekable;

use super::Kind;
use super::Target;
use super::layout::{Shape, TypeId};
use super::names::CName;
use super::value::Value;
use crate::abi::Request;
use crate::ir::{Expr, ExprId, LocalId, Place, Type};
use crate::lower::body::BodyLowering;
use crate::source::Span;
use crate::verbatim::ast::{Base, Declarator, Expr as CExpr, ExprKind, Initializer, Statement};
use crate::verbatim::{Fault, Result};

/// Functions that make a pointer point somewhere, whose address they are given.
const POINTING: [&str; 2] = ["vector_instance_px", "vector_arg_px"];

impl BodyLowering<'_, '_> {
    /// Notes down whose address the statements take.
    pub(super) fn find_addressed(&mut self, statements: &[Statement]) {
        let mut taken: Vec<(String, i32)> = Vec::new();
        let mut count = |operand: &CExpr, by: i32| {
            let mut operand = operand;
            // `&x.member`
            while let ExprKind::Member(base, _) = &operand.kind {
                operand = base;
            }
            if let ExprKind::Name(name) = &operand.kind {
                taken.push((name.clone(), by));
            }
        };
        for statement in statements {
            statement.for_each(
                &mut |expr| match &expr.kind {
                    ExprKind::Unary("&", operand) => count(operand, 1),
                    ExprKind::Call {
                        function,
                        arguments,
                    } if matches!(&function.kind, ExprKind::Name(n) if POINTING.contains(&n.as_str())) => {
                        if let Some(ExprKind::Unary("&", operand)) =
                            arguments.get(1).map(|a| &a.kind)
                        {
                            count(operand, -1);
                        }
                    }
                    _ => {}
                },
                &mut |_| {},
            );
        }
        for (name, _) in &taken {
            let times: i32 = taken.iter().filter(|t| t.0 == *name).map(|t| t.1).sum();
            if times > 0 {
                self.c.addressed.insert(name.clone());
            }
        }
    }

    /// Declares a variable of a body whose variables stand in memory; false for those that are
    /// declared as anywhere else.
    pub(super) fn declare_in_memory(&mut self, declarator: &Declarator) -> Result<bool> {
        let Declarator {
            name,
            initializer,
            span,
            ..
        } = declarator;
        let ctype = self.unit.c.layouts.plain(&declarator.ctype);
        let addressed = self.c.addressed.contains(name);
        let is_single = declarator.lengths.is_empty();
        let to_handle = matches!(
            (&ctype.base, ctype.stars),
            (Base::Void | Base::Opaque(_), 2)
        );
        if ctype.base == Base::Auto || to_handle && is_single && !addressed {
            return Ok(false);
        }
        let Some(ty) = self.unit.c.layouts.of(&ctype) else {
            return Ok(false);
        };
        if is_single
            && !addressed
            && let Some(kind) = self.unit.c.layouts.kind(ty)
        {
            let value = match initializer {
                Some(Initializer::Value(value)) => Some(value),
                Some(Initializer::List(list)) => list.first(),
                None => None,
            };
            let value = match value {
                Some(value) => {
                    let given = self.c_value(value)?;
                    if let (Kind::Address(_), Value::Address(_)) = (kind, &given) {
                        let index = self.c_alias(name);
                        self.alias(index, given, *span)?;
                        return Ok(true);
                    }
                    self.local_value(given, kind, *span)?
                }
                None => self.zero_of(kind),
            };
            let local = self.assign_new(name, value);
            self.c.declare(name, CName::Local(local, kind));
            return Ok(true);
        }
        let mut lengths = Vec::new();
        for (n, length) in declarator.lengths.iter().enumerate() {
            lengths.push(match (length, initializer) {
                (Some(length), _) => self.array_length(length)?,
                (None, Some(Initializer::List(list))) if n == 0 => list.len() as u32,
                (None, Some(Initializer::Value(value))) if n == 0 => match &value.kind {
                    ExprKind::Text(text) => text.len() as u32 + 1,
                    _ => return Err(Fault::new(value.span, "an array begins with a list")),
                },
                _ => return Err(Fault::new(*span, "the length of this array is not known")),
            });
        }
        let layouts = &mut self.unit.c.layouts;
        let whole = layouts.array(ty, &lengths);
        let Some((ty, size)) = whole.zip(whole.and_then(|ty| layouts.size(ty))) else {
            let what = format!("`{name}` has a type that is not supported");
            self.c.declare(name, CName::Unsupported(what));
            return Ok(true);
        };
        let address = self.frame_variable(name, ty, *span);
        let at = self.get(address);
        let (byte, size) = (self.f64(0.0), self.f64(f64::from(size)));
        self.request(Request::FillMemory, vec![at, byte, size]);
        match initializer {
            None => {}
            Some(Initializer::Value(value)) => self.begin_with(at, ty, value)?,
            Some(Initializer::List(list)) => self.begin_with_list(at, ty, list, *span)?,
        }
        Ok(true)
    }

    /// Memory for a variable, which is known by its name from now on; gives its address.
    pub(super) fn frame_variable(&mut self, name: &str, ty: TypeId, span: Span) -> LocalId {
        let global = self
            .unit
            .internal_global(format!("{name} (C)"), 0.0, false, span);
        self.c.has_frame = true;
        let address = self.address_of_object(Place::Global(global), ty, span);
        let local = self.assign_new(name, address);
        self.c.declare(name, CName::Object(local, ty));
        local
    }

    fn array_length(&mut self, length: &CExpr) -> Result<u32> {
        let value = self.c_value(length)?;
        let value = self.converted(value, super::INT, length.span)?;
        match self.body.exprs[value] {
            Expr::I64(known) if (1..=1 << 28).contains(&known) => Ok(known as u32),
            _ => Err(Fault::new(
                length.span,
                "the length of an array must be known when compiling",
            )),
        }
    }

    fn zero_of(&mut self, kind: Kind) -> ExprId {
        match kind {
            Kind::Integer { .. } | Kind::Truth => self.body.exprs.i64(0),
            _ => self.f64(0.0),
        }
    }

    /// What a variable in memory begins with.
    fn begin_with(&mut self, address: ExprId, ty: TypeId, value: &CExpr) -> Result<()> {
        if let ExprKind::List(list) = &value.kind {
            return self.begin_with_list(address, ty, list, value.span);
        }
        let known = self.c_value(value)?;
        if let Shape::Array(element, _) = self.unit.c.layouts.shape(ty)
            && self.unit.c.layouts.is_character(element)
        {
            let text = self.converted(known, Kind::Text, value.span)?;
            self.write_text(address, text, value.span);
            return Ok(());
        }
        self.store(Target::Memory { address, ty }, known, value.span)
            .map(drop)
    }

    fn begin_with_list(
        &mut self,
        address: ExprId,
        ty: TypeId,
        list: &[CExpr],
        span: Span,
    ) -> Result<()> {
        let mut rest = list.iter().peekable();
        self.begin_with_rest(address, ty, &mut rest)?;
        match rest.next() {
            None => Ok(()),
            Some(_) => Err(Fault::new(span, "a list with more than there is room for")),
        }
    }

    /// Takes as much of a list as there is room for: arrays and structures within others need no
    /// braces of their own.
    fn begin_with_rest<'e>(
        &mut self,
        address: ExprId,
        ty: TypeId,
        rest: &mut Peekable<impl Iterator<Item = &'e CExpr>>,
    ) -> Result<()> {
        let layouts = &self.unit.c.layouts;
        // Arrays may be long: no more of their elements are named than the list has.
        let (element, length, members) = match layouts.shape(ty) {
            Shape::Array(element, length) => (element, length as usize, Vec::new()),
            Shape::Structure(_) => {
                let members = layouts.members(ty);
                (ty, members.len(), members)
            }
            _ => (ty, 1, Vec::new()),
        };
        let size = layouts.size(element).unwrap_or(0);
        for n in 0..length {
            let Some(next) = rest.peek() else {
                return Ok(());
            };
            let (offset, part) = match members.get(n) {
                Some(&member) => member,
                None => (n as u32 * size, element),
            };
            let offset = self.f64(f64::from(offset));
            let at = self
                .body
                .exprs
                .binary(crate::ir::BinaryOp::Add, address, offset);
            let shape = self.unit.c.layouts.shape(part);
            let has_parts = matches!(shape, Shape::Array(..) | Shape::Structure(_));
            if has_parts && !matches!(next.kind, ExprKind::List(_) | ExprKind::Text(_)) {
                self.begin_with_rest(at, part, rest)?;
            } else if let Some(value) = rest.next() {
                self.begin_with(at, part, value)?;
            }
        }
        Ok(())
    }

    /// Puts a parameter whose address is taken into memory.
    pub(super) fn parameter_in_memory(
        &mut self,
        name: &str,
        value: ExprId,
        kind: Kind,
        span: Span,
    ) -> Result<()> {
        let layouts = &mut self.unit.c.layouts;
        let ty = match kind {
            Kind::Handle => layouts.intern(Shape::Handle),
            Kind::Text | Kind::Characters => layouts.intern(Shape::Text),
            Kind::Address(to) => layouts.intern(Shape::Pointer(to)),
            kind => layouts.intern(Shape::Number(kind)),
        };
        let address = self.frame_variable(name, ty, span);
        let address = self.get(address);
        let value = match self.body.type_of(value) {
            Type::F64 => value,
            _ => self.as_double(value),
        };
        self.write_memory(address, ty, value, span)
    }
}

//! Statements and declarations of C, with statements of NMODL among them.

use super::layout::Shape;
use super::names::{Alias, CName, PointerVariable};
use super::value::{Base, Value};
use super::{INT, Kind};
use crate::abi::Failure;
use crate::ir::{BinaryOp, Expr, Stmt, Type};
use crate::lower::body::{BodyLowering, Context};
use crate::lower::leave::Leave;
use crate::source::Span;
use crate::syntax::ast as nmodl;
use crate::verbatim::ast::{
    Base as TypeBase, Declaration, Declarator, Expr as CExpr, Initializer, Statement,
    StatementKind, SwitchItem,
};
use crate::verbatim::{Fault, Result};

/// Turns of a loop before it counts as one that does not end.
const MOST_TURNS: f64 = 1e8;

impl BodyLowering<'_, '_> {
    /// Statements of C, and of NMODL by their positions in `nmodl`.
    pub(super) fn c_statements(
        &mut self,
        statements: &[Statement],
        nmodl: &[&nmodl::Statement],
    ) -> Result<()> {
        let is_label = |s: &Statement| matches!(s.kind, StatementKind::Label(_));
        if statements.iter().any(is_label) {
            return self.labelled(statements, nmodl);
        }
        self.c_sequence(statements, nmodl)
    }

    fn c_sequence(&mut self, statements: &[Statement], nmodl: &[&nmodl::Statement]) -> Result<()> {
        let mut result = Ok(());
        self.sequence(statements, &|s| s.span, &mut |this, statement| {
            if result.is_ok() {
                result = this.c_statement(statement, nmodl);
            }
        });
        result
    }

    /// Statements with labels among them, for which those before them may leave.
    fn labelled(&mut self, statements: &[Statement], nmodl: &[&nmodl::Statement]) -> Result<()> {
        let name_of = |statement: &Statement| match &statement.kind {
            StatementKind::Label(name) => Some(name.clone()),
            _ => None,
        };
        let outer = self.c.ahead.len();
        for name in statements.iter().filter_map(name_of) {
            let number = self.c.labels;
            self.c.labels += 1;
            self.c.ahead.push((name, number));
        }
        let mut parts = statements.split_inclusive(|s| name_of(s).is_some());
        let mut result = Ok(());
        while let (Ok(()), Some(part)) = (&result, parts.next()) {
            let (part, label) = match part.split_last() {
                Some((last, before)) if name_of(last).is_some() => (before, name_of(last)),
                _ => (part, None),
            };
            if self.may_have_left() {
                let cond = self.stays();
                let then = self.nested(|this| result = this.c_sequence(part, nmodl));
                self.out.push(Stmt::If {
                    cond,
                    then,
                    otherwise: Vec::new(),
                });
            } else {
                result = self.c_sequence(part, nmodl);
            }
            // It lies behind from here on.
            if label.is_some() && self.c.ahead.len() > outer {
                let (_, number) = self.c.ahead.remove(outer);
                if self.may_have_left() {
                    self.arrive(number);
                }
            }
        }
        self.c.ahead.truncate(outer);
        result
    }

    fn c_goto(&mut self, name: &str, span: Span) -> Result<()> {
        let label = self.c.ahead.iter().rev().find(|label| label.0 == name);
        let Some(&(_, number)) = label else {
            return Err(Fault::new(
                span,
                "`goto` to anything but a label further on, in a block around it",
            ));
        };
        self.leave_for(number);
        Ok(())
    }

    pub(super) fn c_statement(
        &mut self,
        statement: &Statement,
        nmodl: &[&nmodl::Statement],
    ) -> Result<()> {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Empty => {}
            StatementKind::Expr(expr) => {
                self.c_value(expr)?;
            }
            StatementKind::Declare(declaration) => self.c_declare(declaration)?,
            StatementKind::Block(statements) => {
                let mut result = Ok(());
                let inner = self.nested(|this| result = this.c_statements(statements, nmodl));
                self.out.extend(inner);
                result?;
            }
            StatementKind::If {
                cond,
                then,
                otherwise,
            } => self.c_if(cond, then, otherwise.as_deref(), nmodl)?,
            StatementKind::Loop {
                init,
                cond,
                step,
                body,
                first_unasked,
            } => {
                let parts = Loop {
                    cond: cond.as_ref(),
                    step: step.as_ref(),
                    body,
                    first_unasked: *first_unasked,
                    span,
                };
                let mut result = Ok(());
                let code = self.nested(|this| {
                    if let Some(init) = init {
                        result = this.c_statement(init, nmodl);
                    }
                    if result.is_ok() {
                        result = match this.counted(&parts) {
                            Some((counted, local)) => this.count(&counted, local, body, nmodl),
                            None => this.c_loop(&parts, nmodl),
                        };
                    }
                });
                self.out.extend(code);
                result?;
            }
            StatementKind::Switch { value, body } => self.c_switch(value, body, nmodl)?,
            StatementKind::Break => self.c_leave(Leave::Break, "break", span)?,
            StatementKind::Continue => self.c_leave(Leave::Continue, "continue", span)?,
            StatementKind::Goto(name) => self.c_goto(name, span)?,
            // Taken care of by the statements that it stands among.
            StatementKind::Label(_) => {}
            StatementKind::Return(value) => self.c_return(value.as_ref(), span)?,
            StatementKind::Nmodl(index) => {
                if let Some(statement) = nmodl.get(*index) {
                    self.statement(statement);
                }
            }
        }
        Ok(())
    }

    fn c_leave(&mut self, how: Leave, word: &str, span: Span) -> Result<()> {
        if self.leave(how) {
            return Ok(());
        }
        Err(Fault::new(span, format!("`{word}` outside of a loop")))
    }

    /// `return`, whose value counts in a FUNCTION and in a function of C.
    fn c_return(&mut self, value: Option<&CExpr>, span: Span) -> Result<()> {
        if let Some(kind) = self.c.function {
            if let (Some(value), Some(kind), Some(result)) = (value, kind, self.body.result) {
                let value = self.c_value(value)?;
                let value = self.local_value(value, kind, span)?;
                let value = self.as_double(value);
                self.out.push(Stmt::Assign(result, value));
            }
            self.leave(Leave::Return);
            return Ok(());
        }
        match self.context {
            Context::Callable => {
                if let Some(value) = value {
                    let value = self.c_value(value)?;
                    let value = self.double_of(value, span)?;
                    if let Some(result) = self.body.result {
                        self.out.push(Stmt::Assign(result, value));
                    }
                }
            }
            Context::Breakpoint if !self.unit.symbols.currents.is_empty() => {
                return Err(Fault::new(span, "`return` in BREAKPOINT")
                    .help("NEURON would leave out the membrane current here: use IF and ELSE"));
            }
            // What stands behind the block still happens, as in NEURON. The value is of no use there:
            // C let it pass, C++ does not.
            Context::NetReceive
            | Context::NetInitial
            | Context::Initial
            | Context::BeforeAfter
            | Context::Derivative
            | Context::Kinetic
            | Context::Linear
            | Context::Nonlinear
            | Context::Breakpoint => {
                if let Some(value) = value {
                    self.c_value(value)?;
                }
            }
            _ => {
                return Err(
                    Fault::new(span, "`return` is not supported here").help("use IF and ELSE")
                );
            }
        }
        self.leave(Leave::Return);
        Ok(())
    }

    fn c_if(
        &mut self,
        cond: &CExpr,
        then: &Statement,
        otherwise: Option<&Statement>,
        nmodl: &[&nmodl::Statement],
    ) -> Result<()> {
        let cond = self.c_condition(cond)?;
        let mut result = Ok(());
        let yes = self.nested(|this| result = this.c_statement(then, nmodl));
        result?;
        let mut result = Ok(());
        let no = self.nested(|this| {
            if let Some(otherwise) = otherwise {
                result = this.c_statement(otherwise, nmodl);
            }
        });
        result?;
        match self.body.exprs[cond] {
            Expr::Bool(true) => self.out.extend(yes),
            Expr::Bool(false) => self.out.extend(no),
            _ => self.out.push(Stmt::If {
                cond,
                then: yes,
                otherwise: no,
            }),
        }
        Ok(())
    }

    fn c_loop(&mut self, parts: &Loop<'_>, nmodl: &[&nmodl::Statement]) -> Result<()> {
        let turns = self.body.local("turns", Type::F64);
        self.zero(turns);
        let mut result = Ok(());
        let (mut body, may_leave) = self.loop_body(true, |this| {
            let (count, one, most) = (this.get(turns), this.f64(1.0), this.f64(MOST_TURNS));
            let next = this.body.exprs.binary(BinaryOp::Add, count, one);
            this.out.push(Stmt::Assign(turns, next));
            let cond = this.body.exprs.binary(BinaryOp::Lt, count, most);
            this.fail_unless(
                cond,
                Failure::EndlessLoop,
                parts.span,
                "a loop",
                Some(count),
            );
            result = this.c_statement(parts.body, nmodl);
        });
        result?;
        let mut result = Ok(());
        let step = self.nested(|this| {
            if let Some(step) = parts.step {
                result = this.c_value(step).map(drop);
            }
        });
        result?;
        if may_leave && !step.is_empty() {
            let cond = self.stays();
            body.push(Stmt::If {
                cond,
                then: step,
                otherwise: Vec::new(),
            });
        } else {
            body.extend(step);
        }
        let holds = self.body.local("holds", Type::Bool);
        let mut result = Ok(());
        let mut head = self.nested(|this| result = this.loop_condition(parts, turns, holds));
        result?;
        if may_leave {
            let cond = self.stays();
            let no = self.body.exprs.add(Expr::Bool(false));
            head = vec![
                Stmt::Assign(holds, no),
                Stmt::If {
                    cond,
                    then: head,
                    otherwise: Vec::new(),
                },
            ];
        }
        let cond = self.get(holds);
        self.out.push(Stmt::While { head, cond, body });
        if may_leave {
            self.end_loop();
        }
        Ok(())
    }

    /// `holds` = whether another turn follows.
    fn loop_condition(
        &mut self,
        parts: &Loop<'_>,
        turns: crate::ir::LocalId,
        holds: crate::ir::LocalId,
    ) -> Result<()> {
        let yes = self.body.exprs.add(Expr::Bool(true));
        let Some(cond) = parts.cond else {
            self.out.push(Stmt::Assign(holds, yes));
            return Ok(());
        };
        if !parts.first_unasked {
            let cond = self.c_condition(cond)?;
            self.out.push(Stmt::Assign(holds, cond));
            return Ok(());
        }
        self.out.push(Stmt::Assign(holds, yes));
        let (count, zero) = (self.get(turns), self.f64(0.0));
        let later = self.body.exprs.binary(BinaryOp::Gt, count, zero);
        let mut result = Ok(());
        let then = self.nested(|this| {
            result = this.c_condition(cond).map(|cond| {
                this.out.push(Stmt::Assign(holds, cond));
            });
        });
        self.out.push(Stmt::If {
            cond: later,
            then,
            otherwise: Vec::new(),
        });
        result
    }

    /// A `switch`: the first label that fits is where it begins, and sections follow each other.
    fn c_switch(
        &mut self,
        value: &CExpr,
        body: &[SwitchItem],
        nmodl: &[&nmodl::Statement],
    ) -> Result<()> {
        let span = value.span;
        let value = self.c_value(value)?;
        // C has whole numbers here; NEURON's variables are doubles, which C++ refuses.
        let value = match value {
            Value::Number(_, Kind::Double | Kind::Float) => {
                return Err(
                    Fault::new(span, "`switch` of a double").help("convert it: `switch ((int) x)`")
                );
            }
            value => self.converted(value, INT, span)?,
        };
        let value = self.assign_new("case", value);
        let mut sections: Vec<Vec<Statement>> = Vec::new();
        let mut labels = Vec::new();
        let mut default = None;
        for item in body {
            match item {
                SwitchItem::Case(label) => {
                    let known = self.c_value(label)?;
                    let known = self.converted(known, INT, label.span)?;
                    if !matches!(self.body.exprs[known], Expr::I64(_)) {
                        return Err(Fault::new(label.span, "a label that is no constant"));
                    }
                    sections.push(Vec::new());
                    labels.push((known, sections.len() - 1));
                }
                SwitchItem::Default => {
                    sections.push(Vec::new());
                    default = Some(sections.len() - 1);
                }
                SwitchItem::Statement(statement) => match sections.last_mut() {
                    Some(section) => section.push(statement.clone()),
                    None => {
                        return Err(Fault::new(
                            statement.span,
                            "a statement of `switch` before its first label",
                        ));
                    }
                },
            }
        }
        let mut entry = self
            .body
            .exprs
            .i64(default.unwrap_or(sections.len()) as i64);
        for &(label, section) in labels.iter().rev() {
            let value = self.get(value);
            let fits = self.body.exprs.binary(BinaryOp::Eq, value, label);
            let section = self.body.exprs.i64(section as i64);
            entry = self.body.exprs.add(Expr::Select(fits, section, entry));
        }
        let entry = self.assign_new("entry", entry);
        let mut result = Ok(());
        let (code, may_leave) = self.loop_body(false, |this| {
            let numbered: Vec<(usize, &Vec<Statement>)> = sections.iter().enumerate().collect();
            this.sequence(&numbered, &|_| span, &mut |this, (number, section)| {
                if result.is_err() {
                    return;
                }
                let number = this.body.exprs.i64(*number as i64);
                let entry = this.get(entry);
                let cond = this.body.exprs.binary(BinaryOp::Le, entry, number);
                let then = this.nested(|this| result = this.c_statements(section, nmodl));
                this.out.push(Stmt::If {
                    cond,
                    then,
                    otherwise: Vec::new(),
                });
            });
        });
        result?;
        self.out.extend(code);
        if may_leave {
            self.end_loop();
        }
        Ok(())
    }

    fn c_declare(&mut self, declaration: &Declaration) -> Result<()> {
        for declarator in &declaration.declarators {
            // A prototype, or `extern int x;`: the name is known or it is not.
            if declarator.function.is_some() || declaration.is_extern {
                continue;
            }
            if declaration.is_static {
                let name = self.unit.static_variable(declarator)?;
                self.c.declare(&declarator.name, name);
            } else {
                self.c_variable(declarator)?;
            }
        }
        Ok(())
    }

    fn c_variable(&mut self, declarator: &Declarator) -> Result<()> {
        let Declarator {
            name, ctype, span, ..
        } = declarator;
        if self.unit.c.in_memory && self.declare_in_memory(declarator)? {
            return Ok(());
        }
        if !declarator.lengths.is_empty() {
            return self.c_array(declarator);
        }
        let ctype = &self.unit.c.layouts.plain(ctype);
        let initializer = match &declarator.initializer {
            None => None,
            Some(Initializer::Value(value)) => Some(value),
            Some(Initializer::List(list)) => match &list[..] {
                [] => None,
                [value] => Some(value),
                _ => return Err(Fault::new(*span, "a list for one variable")),
            },
        };
        if ctype.base == TypeBase::Auto {
            let Some(value) = initializer else {
                return Err(Fault::new(*span, "`auto` without a value"));
            };
            let value = self.c_value(value)?;
            return self.c_auto(declarator, value);
        }
        if let Some(kind) = self.kind_of(ctype) {
            let value = match initializer {
                Some(value) => {
                    let value = self.c_value(value)?;
                    // `type** p = (type**) (&x)`: p stands for a variable that is known.
                    if let (Kind::Address(_), Value::Address(_)) = (kind, &value) {
                        let index = self.c_alias(name);
                        self.alias(index, value, *span)?;
                        return Ok(());
                    }
                    self.local_value(value, kind, *span)?
                }
                // C leaves it undefined.
                None => match kind {
                    Kind::Double | Kind::Float | Kind::Handle | Kind::Text | Kind::Address(_) => {
                        self.f64(0.0)
                    }
                    _ => self.body.exprs.i64(0),
                },
            };
            let local = self.assign_new(name, value);
            self.c.declare(name, CName::Local(local, kind));
            return Ok(());
        }
        match (&ctype.base, ctype.stars) {
            (TypeBase::Double | TypeBase::Integer { .. }, 1) => {
                let kind = match ctype.base {
                    TypeBase::Integer { bits, signed } => Kind::Integer { bits, signed },
                    _ => Kind::Double,
                };
                let index = self.c_pointer(name, kind);
                if let Some(value) = initializer {
                    let value = self.c_value(value)?;
                    self.point_at(index, value, *span)?;
                }
            }
            (TypeBase::Void | TypeBase::Opaque(_), 2) => {
                let index = self.c_alias(name);
                if let Some(value) = initializer {
                    let value = self.c_value(value)?;
                    self.alias(index, value, *span)?;
                }
            }
            _ => {
                let what = format!("`{name}` has a type that is not supported");
                if initializer.is_some() {
                    return Err(Fault::new(ctype.span, what));
                }
                self.c.declare(name, CName::Unsupported(what));
            }
        }
        Ok(())
    }

    /// A variable of the type of its value.
    fn c_auto(&mut self, declarator: &Declarator, value: Value) -> Result<()> {
        let name = &declarator.name;
        match value {
            Value::Number(id, kind) => {
                let kind = if kind == Kind::Truth { INT } else { kind };
                let id = self.local_value(Value::Number(id, kind), kind, declarator.span)?;
                let local = self.assign_new(name, id);
                self.c.declare(name, CName::Local(local, kind));
            }
            Value::Handle(id) => {
                let local = self.assign_new(name, id);
                self.c.declare(name, CName::Local(local, Kind::Handle));
            }
            Value::Pointer(pointer) if self.unit.c.in_memory => {
                let id = self.address_of_pointer(pointer, declarator.span)?;
                let ty = self.unit.c.layouts.intern(Shape::Number(pointer.kind));
                let local = self.assign_new(name, id);
                let known = CName::Local(local, Kind::Address(ty));
                self.c.declare(name, known);
            }
            Value::Pointer(pointer) => {
                let index = self.c_pointer(name, pointer.kind);
                self.point_at(index, Value::Pointer(pointer), declarator.span)?;
            }
            Value::Address(target) => {
                let index = self.c_alias(name);
                self.alias(index, Value::Address(target), declarator.span)?;
            }
            Value::Words(id) => {
                let local = self.assign_new(name, id);
                self.c.declare(name, CName::Local(local, Kind::Text));
            }
            Value::Memory(id, ty) => {
                let local = self.assign_new(name, id);
                let known = CName::Local(local, Kind::Address(ty));
                self.c.declare(name, known);
            }
            Value::Text(_) | Value::Array(_) | Value::Structure(..) | Value::Nothing => {
                return Err(Fault::new(
                    declarator.span,
                    "`auto` of this is not supported",
                ));
            }
        }
        Ok(())
    }

    fn c_pointer(&mut self, name: &str, kind: Kind) -> usize {
        let zero = self.f64(0.0);
        let vector = self.assign_new(name, zero);
        let zero = self.body.exprs.i64(0);
        let offset = self.assign_new(name, zero);
        self.c.pointers.push(PointerVariable {
            base: None,
            kind,
            nothing: false,
            vector,
            offset,
        });
        let index = self.c.pointers.len() - 1;
        self.c.declare(name, CName::Pointer(index));
        index
    }

    pub(super) fn c_alias(&mut self, name: &str) -> usize {
        self.c.aliases.push(Alias {
            target: None,
            depth: self.c.scopes.len(),
        });
        let index = self.c.aliases.len() - 1;
        self.c.declare(name, CName::Alias(index));
        index
    }

    fn c_array(&mut self, declarator: &Declarator) -> Result<()> {
        let Declarator {
            name, ctype, span, ..
        } = declarator;
        let ctype = &self.unit.c.layouts.plain(ctype);
        let kind = self.stored_kind(ctype);
        let is_text = matches!(ctype.base, TypeBase::Integer { bits: 8, .. }) && ctype.stars == 0;
        if is_text && ctype.stars == 0 && declarator.lengths.len() == 1 {
            return self.c_characters(declarator);
        }
        let (Some(kind), [length], false) = (kind, &declarator.lengths[..], is_text) else {
            let what = format!("`{name}` is an array of a type that is not supported");
            if declarator.initializer.is_some() {
                return Err(Fault::new(*span, what));
            }
            self.c.declare(name, CName::Unsupported(what));
            return Ok(());
        };
        let values: &[CExpr] = match &declarator.initializer {
            None => &[],
            Some(Initializer::List(list)) => list,
            Some(Initializer::Value(value)) => {
                return Err(Fault::new(value.span, "an array begins with a list"));
            }
        };
        let len = match length {
            None => values.len() as i64,
            Some(length) => {
                let value = self.c_value(length)?;
                let value = self.converted(value, INT, length.span)?;
                match self.body.exprs[value] {
                    Expr::I64(known) => known,
                    _ => {
                        return Err(Fault::new(
                            length.span,
                            "the length of an array must be known when compiling",
                        ));
                    }
                }
            }
        };
        if !(1..=100_000).contains(&len) || values.len() as i64 > len {
            return Err(Fault::new(*span, "the length of this array makes no sense"));
        }
        let len = len as u32;
        let array = self.zeroed_array(name, len);
        self.c.declare(name, CName::Array { array, len, kind });
        for (n, value) in values.iter().enumerate() {
            let at = value.span;
            let value = self.c_value(value)?;
            let offset = self.body.exprs.i64(n as i64);
            let pointer = super::value::Pointer {
                base: Base::Locals { array, len },
                vector: None,
                offset,
                kind,
            };
            let target = self.behind(pointer, at)?;
            self.store(target, value, at)?;
        }
        Ok(())
    }

    /// `char name[100]`, which may begin with a text.
    fn c_characters(&mut self, declarator: &Declarator) -> Result<()> {
        let text = match &declarator.initializer {
            None => self.f64(0.0),
            Some(Initializer::Value(value)) => {
                let text = self.c_value(value)?;
                self.converted(text, Kind::Characters, value.span)?
            }
            Some(Initializer::List(_)) => {
                return Err(Fault::new(
                    declarator.span,
                    "a list of characters is not supported",
                ));
            }
        };
        let local = self.assign_new(&declarator.name, text);
        let known = CName::Local(local, Kind::Characters);
        self.c.declare(&declarator.name, known);
        Ok(())
    }
}

/// A loop without what stands before it.
pub(super) struct Loop<'e> {
    pub(super) cond: Option<&'e CExpr>,
    pub(super) step: Option<&'e CExpr>,
    pub(super) body: &'e Statement,
    pub(super) first_unasked: bool,
    span: Span,
}

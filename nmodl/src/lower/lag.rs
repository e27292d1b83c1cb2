//! `LAG x BY tau`: what `x` was `tau` ago, as the variable `lag_x_tau`.
//!
//! As in NEURON the value belongs to the file, not to the instance, while what is remembered is the
//! instance's: a statement that follows LAG in the same block sees its own. The host remembers
//! ([`crate::abi::Request::Lag`]), one memory for each element of `x`, whose handles are kept in
//! columns. A new run begins without a past.

use super::Lowering;
use super::body::BodyLowering;
use super::expression::{Resolved, element_place};
use crate::abi::Request;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{BinaryOp, ExprId, Place, SimVar, Stmt};
use crate::mechanism::{Role, Storage, Variable};
use crate::sema::{Symbol, Symbols};
use crate::syntax::ast;

/// A LAG statement.
#[derive(Debug)]
pub(super) struct Lag {
    /// `lag_x_tau`
    name: String,
    /// Its first double in the globals block.
    value: u32,
    /// The first column of handles.
    handles: u32,
    len: u32,
    is_array: bool,
    span: crate::source::Span,
}

impl Lag {
    /// The variable that holds the handles.
    pub(super) fn variable(&self) -> Variable {
        Variable {
            // No name of a file has a space in it.
            name: format!("{} memory", self.name),
            role: Role::Internal,
            storage: Storage::Column,
            offset: self.handles as usize,
            array_len: self.is_array.then_some(self.len as usize),
            visible: false,
            default: 0.0,
            units: String::new(),
            limits: None,
            tolerance: None,
            span: self.span,
        }
    }
}

impl Lowering<'_> {
    /// Looks for LAG statements, before anything is lowered: their variables may be named anywhere.
    pub(super) fn find_lags(&mut self) {
        let symbols = self.symbols;
        let mut statements = Vec::new();
        super::derivative::each_code(symbols, &mut |statement| {
            if let ast::Statement::Lag(lag) = statement {
                statements.push(lag);
            }
        });
        for lag in statements {
            self.declare_lag(lag, symbols);
        }
    }

    fn declare_lag(&mut self, lag: &ast::Lag, symbols: &Symbols<'_>) {
        let name = format!("lag_{}_{}", lag.name.name, lag.by.name);
        if symbols.names.contains_key(&name) || self.lag(&name).is_some() {
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateName, format!("`{name}` is declared twice"))
                    .at(lag.span, "LAG declares this name"),
            );
            return;
        }
        let array_len = match symbols.names.get(&lag.name.name) {
            Some(&Symbol::Variable(index)) => symbols.mechanism.variables[index].array_len,
            _ => None,
        };
        let len = array_len.unwrap_or(1);
        let handles = self.columns as u32;
        self.columns += len;
        let value = self.globals as u32;
        for n in 0..len {
            self.internal_global(format!("{name}[{n}] (LAG)"), 0.0, false, lag.span);
        }
        self.lags.push(Lag {
            name,
            value,
            handles,
            len: len as u32,
            is_array: array_len.is_some(),
            span: lag.span,
        });
    }

    fn lag(&self, name: &str) -> Option<&Lag> {
        self.lags.iter().find(|lag| lag.name == name)
    }
}

impl BodyLowering<'_, '_> {
    /// The value of a LAG, named in an expression.
    pub(super) fn lag_value(&mut self, variable: &ast::Variable) -> Option<Option<Resolved>> {
        let lag = self.unit.lag(&variable.name.name)?;
        let (base, len, is_array) = (lag.value, lag.len, lag.is_array);
        if !is_array {
            let scalar = self.no_index(variable);
            return Some(scalar.map(|()| Resolved::Place(Place::Global(base))));
        }
        let element = self.index(variable, len).map(|index| {
            let known = &self.body.exprs[index];
            Resolved::Place(element_place(known, Storage::Global, base, len, index))
        });
        Some(element)
    }

    /// LAG where it stands.
    pub(super) fn lag_statement(&mut self, statement: &ast::Lag) {
        let symbols = self.unit.symbols;
        let variable = |name: &ast::Ident| ast::Variable {
            name: name.clone(),
            order: 0,
            back: None,
            index: None,
            span: name.span,
        };
        let is_variable = match symbols.names.get(&statement.name.name) {
            Some(&Symbol::Variable(index)) => {
                symbols.mechanism.variables[index].role != Role::Parameter
            }
            Some(Symbol::Node(_) | Symbol::Voltage(_)) => true,
            _ => false,
        };
        let is_constant = match symbols.names.get(&statement.by.name) {
            Some(&Symbol::Variable(index)) => {
                symbols.mechanism.variables[index].role == Role::Parameter
            }
            Some(Symbol::Constant(_)) => true,
            _ => false,
        };
        for (known, name, why) in [
            (
                is_variable,
                &statement.name,
                "LAG is about a STATE or ASSIGNED variable",
            ),
            (
                is_constant,
                &statement.by,
                "BY names a PARAMETER or CONSTANT",
            ),
        ] {
            if !known {
                self.error(
                    Diagnostic::new(Code::WrongKind, format!("LAG cannot use `{}`", name.name))
                        .at(name.span, why),
                );
                return;
            }
        }
        let name = format!("lag_{}_{}", statement.name.name, statement.by.name);
        let Some(lag) = self.unit.lag(&name) else {
            return;
        };
        let (value, handles, len, is_array) = (lag.value, lag.handles, lag.len, lag.is_array);
        let by = self.real(&ast::Expr::Variable(variable(&statement.by)));
        if !is_array {
            let now = self.real(&ast::Expr::Variable(variable(&statement.name)));
            self.ask_lag(Place::Column(handles), now, by, Place::Global(value));
            return;
        }
        let Some(&Symbol::Variable(index)) = symbols.names.get(&statement.name.name) else {
            return;
        };
        let (base, storage) = {
            let variable = &symbols.mechanism.variables[index];
            (variable.offset as u32, variable.storage)
        };
        self.for_each_index(len, |this, index| {
            let known = this.body.exprs[index].clone();
            let at = |storage, base| element_place(&known, storage, base, len, index);
            let now = this.load(at(storage, base));
            this.ask_lag(
                at(Storage::Column, handles),
                now,
                by,
                at(Storage::Global, value),
            );
        });
    }

    /// Stores in `value` what the host remembers behind `handle`.
    fn ask_lag(&mut self, handle: Place, now: ExprId, by: ExprId, value: Place) {
        let kept = self.load(handle);
        let zero = self.f64(0.0);
        let cond = self.body.exprs.binary(BinaryOp::Eq, kept, zero);
        let then = self.nested(|this| {
            let zero = this.f64(0.0);
            let new = this.request(Request::NewLag, vec![zero]);
            this.out.push(Stmt::Store(handle, new));
        });
        self.out.push(Stmt::If {
            cond,
            then,
            otherwise: Vec::new(),
        });
        let handle = self.load(handle);
        let t = self.load(Place::Sim(SimVar::T));
        let lagged = self.request(Request::Lag, vec![handle, t, now, by]);
        self.out.push(Stmt::Store(value, lagged));
    }

    /// A run begins: what LAG remembers is forgotten.
    pub(super) fn clear_lags(&mut self) {
        for n in 0..self.unit.lags.len() {
            let (handles, len) = (self.unit.lags[n].handles, self.unit.lags[n].len);
            self.for_each_index(len, |this, index| {
                let known = this.body.exprs[index].clone();
                let place = element_place(&known, Storage::Column, handles, len, index);
                let handle = this.load(place);
                this.request(Request::ClearLag, vec![handle]);
            });
        }
    }
}

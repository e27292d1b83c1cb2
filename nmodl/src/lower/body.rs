//! One body in the making: scopes of names, the statement list, diagnostics of names.

use std::collections::{BTreeSet, HashMap};

use super::Lowering;
use super::leave::Leaving;
use super::verbatim::CScopes;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Block, Body, ExprId, LocalArray, LocalId, Place, Stmt, Type};
use crate::source::Span;
use crate::syntax::ast;

/// How deep statements may nest, so that whoever walks them may recurse.
const MOST_NESTED: usize = 300;

/// Where a body stands: what it may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// FUNCTION, PROCEDURE
    Callable,
    /// DERIVATIVE
    Derivative,
    /// KINETIC
    Kinetic,
    /// LINEAR
    Linear,
    /// NONLINEAR
    Nonlinear,
    /// INITIAL
    Initial,
    /// BREAKPOINT
    Breakpoint,
    /// NET_RECEIVE
    NetReceive,
    /// INITIAL of NET_RECEIVE
    NetInitial,
    /// BEFORE, AFTER
    BeforeAfter,
    /// Code that no block of the file holds (tables, WATCH conditions).
    Generated,
}

impl Context {
    /// Whether it is a block that SOLVE names.
    pub(super) fn is_equations(self) -> bool {
        matches!(
            self,
            Context::Derivative | Context::Kinetic | Context::Linear | Context::Nonlinear
        )
    }
}

/// What a name means inside a body, before the file's names are asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name {
    /// LOCAL, argument
    Real(LocalId),
    /// LOCAL x[n]
    Array { array: u32, len: u32 },
    /// Index of FROM
    Index(LocalId),
    /// Index of an unrolled FROM or of COMPARTMENT
    Known(i64),
    /// Argument of NET_RECEIVE
    Arg(u32),
    /// `flag` in NET_RECEIVE
    Flag,
    /// Argument of FOR_NETCONS: weight `arg` of the NetCon of a loop
    NetConArg { arg: u32, index: LocalId },
    /// Exists while an event is received, and not where a WATCH condition is looked at
    EventOnly,
    /// Declared with a fault that has been reported.
    Faulty,
}

/// A body in the making.
pub(super) struct BodyLowering<'l, 'a> {
    pub(super) unit: &'l mut Lowering<'a>,
    pub(super) body: Body,
    pub(super) out: Block,
    pub(super) scopes: Vec<HashMap<String, Name>>,
    /// Where the LOCALs and arguments of each scope stand.
    declared_at: Vec<HashMap<String, Span>>,
    /// FROM loops around the present statement that are being unrolled.
    pub(super) unrolling: usize,
    pub(super) context: Context,
    /// `f_flux` and `b_flux` of a KINETIC block.
    pub(super) fluxes: Option<(LocalId, LocalId)>,
    /// Concentrations that NET_RECEIVE names, as positions in the file's ion bindings.
    pub(super) concentrations: BTreeSet<usize>,
    /// Equations of a LINEAR or NONLINEAR block so far.
    pub(super) rows: u32,
    /// Ways out of the body.
    pub(super) leaving: Leaving,
    /// What C in it declares.
    pub(super) c: CScopes,
    /// A DERIVATIVE block that is called: equations change no state.
    pub(super) evaluates: bool,
    /// What CONDUCTANCE names, and the ion of it.
    pub(super) conductances: Vec<(ExprId, Option<u32>)>,
}

impl<'l, 'a> BodyLowering<'l, 'a> {
    pub(super) fn new(unit: &'l mut Lowering<'a>, context: Context) -> Self {
        BodyLowering {
            unit,
            body: Body::default(),
            out: Vec::new(),
            scopes: vec![HashMap::new()],
            declared_at: vec![HashMap::new()],
            unrolling: 0,
            context,
            fluxes: None,
            concentrations: BTreeSet::new(),
            rows: 0,
            leaving: Leaving::default(),
            c: CScopes::default(),
            evaluates: false,
            conductances: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> Body {
        self.finish_leaving();
        self.body.block = self.out;
        self.body
    }

    /// Declares arguments, and the result under the function's own name.
    pub(super) fn parameters(&mut self, arguments: &[ast::Argument], result: Option<&str>) {
        for argument in arguments {
            self.note_declaration(&argument.name);
            let local = self.declare_real(&argument.name.name);
            self.body.params.push(local);
        }
        if let Some(name) = result {
            let local = self.declare_real(name);
            self.zero(local);
            self.body.result = Some(local);
        }
    }

    pub(super) fn declare(&mut self, name: &str, meaning: Name) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), meaning);
        }
    }

    /// Reports a LOCAL or argument whose name the same scope has already.
    pub(super) fn note_declaration(&mut self, name: &ast::Ident) {
        let Some(scope) = self.declared_at.last_mut() else {
            return;
        };
        match scope.get(&name.name) {
            None => {
                scope.insert(name.name.clone(), name.span);
            }
            Some(&first) => self.error(
                Diagnostic::new(
                    Code::DuplicateName,
                    format!("`{}` is declared twice", name.name),
                )
                .at(name.span, "declared again")
                .see(first, "first declared here"),
            ),
        }
    }

    pub(super) fn declare_real(&mut self, name: &str) -> LocalId {
        let local = self.body.local(name, Type::F64);
        self.declare(name, Name::Real(local));
        local
    }

    pub(super) fn declare_array(&mut self, name: &str, len: u32) {
        let array = self.zeroed_array(name, len);
        self.declare(name, Name::Array { array, len });
    }

    /// A private array, filled with zeros here.
    pub(super) fn zeroed_array(&mut self, name: &str, len: u32) -> u32 {
        self.body.arrays.push(LocalArray {
            name: name.to_owned(),
            len,
        });
        let array = self.body.arrays.len() as u32 - 1;
        self.for_each_index(len, |this, index| {
            let zero = this.body.exprs.f64(0.0);
            this.out
                .push(Stmt::Store(Place::LocalArray { array, index }, zero));
        });
        array
    }

    /// A loop over `0..len`.
    pub(super) fn for_each_index(&mut self, len: u32, f: impl FnOnce(&mut Self, ExprId)) {
        let index = self.body.local("i", Type::I64);
        let (from, to) = (
            self.body.exprs.i64(0),
            self.body.exprs.i64(i64::from(len) - 1),
        );
        let body = self.nested(|this| {
            let value = this.get(index);
            f(this, value);
        });
        self.out.push(Stmt::For {
            index,
            from,
            to,
            body,
        });
    }

    /// `local = 0`: a LOCAL has a value even where C leaves it undefined.
    pub(super) fn zero(&mut self, local: LocalId) {
        let zero = self.body.exprs.f64(0.0);
        self.out.push(Stmt::Assign(local, zero));
    }

    pub(super) fn lookup(&self, name: &str) -> Option<Name> {
        self.scopes
            .iter()
            .rev()
            .find_map(|scope| scope.get(name))
            .copied()
    }

    /// Whether statements may still nest; said once for each file.
    pub(super) fn may_nest(&mut self, span: Span) -> bool {
        if self.scopes.len() < MOST_NESTED {
            return true;
        }
        if !std::mem::replace(&mut self.unit.too_deep, true) {
            self.error(
                Diagnostic::new(Code::NestingTooDeep, "branches nested too deeply").at(
                    span,
                    format!("at most {MOST_NESTED} deep; each ELSE IF counts"),
                ),
            );
        }
        false
    }

    /// Lowers into a block of its own, in a scope of its own.
    pub(super) fn nested(&mut self, f: impl FnOnce(&mut Self)) -> Block {
        let outer = std::mem::take(&mut self.out);
        self.scopes.push(HashMap::new());
        self.declared_at.push(HashMap::new());
        self.c.enter();
        f(self);
        self.c.leave();
        self.scopes.pop();
        self.declared_at.pop();
        std::mem::replace(&mut self.out, outer)
    }

    /// A new local that holds `value`.
    pub(super) fn assign_new(&mut self, name: &str, value: ExprId) -> LocalId {
        let ty = self.body.type_of(value);
        let local = self.body.local(name, ty);
        self.out.push(Stmt::Assign(local, value));
        local
    }

    /// Value of a local.
    pub(super) fn get(&mut self, local: LocalId) -> ExprId {
        self.body.exprs.local(local)
    }

    /// Value at a place.
    pub(super) fn load(&mut self, place: Place) -> ExprId {
        self.body.exprs.load(place)
    }

    pub(super) fn f64(&mut self, value: f64) -> ExprId {
        self.body.exprs.f64(value)
    }

    pub(super) fn error(&mut self, diagnostic: Diagnostic) {
        self.unit.diagnostics.push(diagnostic);
    }

    /// Reports a name that means nothing here, where the file uses it first.
    pub(super) fn unknown_name(&mut self, name: &ast::Ident, what: &str) {
        if !self.unit.unknown.insert(name.name.clone()) {
            return;
        }
        let mut diagnostic = Diagnostic::new(
            Code::UnknownName,
            format!("{what} `{}` is not declared", name.name),
        )
        .at(name.span, "unknown name");
        let local = self
            .scopes
            .iter()
            .flat_map(|s| s.keys())
            .map(String::as_str);
        let global = self.unit.symbols.names.keys().map(String::as_str);
        if let Some(near) = crate::sema::nearest(&name.name, local.chain(global)) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.error(diagnostic);
    }
}

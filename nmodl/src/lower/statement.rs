//! Statements.

use super::body::{BodyLowering, Context, Name};
use super::expression::Resolved;
use crate::abi::Failure;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{BinaryOp, Expr, ExprId, FunctionId, Method, NodeVar, Place, Stmt, Type};
use crate::sema::{EquationKind, Symbol, nearest};
use crate::source::Span;
use crate::syntax::ast;

/// Methods by name: which blocks they solve, and what does it here.
const METHODS: &[(&str, &[EquationKind], Option<Method>)] = &[
    ("cnexp", &[EquationKind::Derivative], Some(Method::Cnexp)),
    (
        "derivimplicit",
        &[EquationKind::Derivative],
        Some(Method::Derivimplicit),
    ),
    ("euler", &[EquationKind::Derivative], Some(Method::Euler)),
    ("sparse", &[EquationKind::Kinetic], Some(Method::Sparse)),
    ("runge", &[EquationKind::Derivative], None),
    ("adrunge", &[EquationKind::Derivative], None),
    ("adams", &[EquationKind::Derivative], None),
    ("adeuler", &[EquationKind::Derivative], None),
    ("heun", &[EquationKind::Derivative], None),
    ("clsoda", &[EquationKind::Derivative], None),
    ("matexp", &[EquationKind::Kinetic], None),
    ("after_cvode", &[], None),
    ("cvode_t", &[], None),
    ("cvode_v", &[], None),
    ("newton", &[EquationKind::Nonlinear], None),
    ("simplex", &[EquationKind::Nonlinear], None),
    ("simeq", &[EquationKind::Linear], None),
    ("gauss", &[EquationKind::Linear], None),
];

/// What a SOLVE of a PROCEDURE may name: when variable steps call it. With the fixed step all are
/// a call where the states advance.
const FOR_PROCEDURES: [&str; 3] = ["after_cvode", "cvode_t", "cvode_v"];

impl BodyLowering<'_, '_> {
    pub(super) fn statements(&mut self, statements: &[ast::Statement]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    pub(super) fn statement(&mut self, statement: &ast::Statement) {
        use ast::Statement as S;
        if self.unrolling > 0 && !self.within_limits(statement) {
            return;
        }
        match statement {
            S::Local(local) => self.local(local),
            S::Assign(assign) => self.assignment(assign),
            S::Protect(protect) => self.assignment(&protect.assign),
            S::Call(call) => {
                self.call(call, false);
            }
            S::If(statement) => self.if_statement(&statement.branches, &statement.otherwise),
            S::While(statement) => self.while_statement(statement),
            S::From(statement) => self.from_statement(statement),
            S::Block(block) => {
                let inner = self.nested(|this| this.statements(&block.statements));
                self.out.extend(inner);
            }
            S::Solve(solve) => self.solve(solve),
            S::Reaction(reaction) => self.reaction(reaction),
            S::Conserve(conserve) => self.conserve(conserve),
            S::Compartment(compartment) => self.compartment(compartment),
            // A TABLE is not executed where it stands, CONDUCTANCE is a hint that exact
            // derivatives have no use for, and the rest has no meaning at run time.
            S::Table(_)
            | S::Conductance(_)
            | S::UnitsSwitch(_)
            | S::MutexLock(_)
            | S::MutexUnlock(_) => {}
            S::Initial(block) => self.misplaced(
                "INITIAL",
                block.span,
                "stands in NET_RECEIVE only, as its first block",
            ),
            S::Obsolete(_) => {}
            S::Verbatim(s) => self.unit.not_yet("VERBATIM", s.span),
            S::Equation(s) => self
                .unit
                .not_yet("an equation of LINEAR or NONLINEAR", s.span),
            S::LongitudinalDiffusion(s) => self.unit.not_yet("LONGITUDINAL_DIFFUSION", s.span),
            S::Lag(s) => self.unit.not_yet("LAG", s.span),
            S::Watch(s) => self.watch(s),
            S::ForNetcons(s) => self.for_netcons(s),
        }
    }

    pub(super) fn misplaced(&mut self, what: &str, span: Span, why: &str) {
        self.error(
            Diagnostic::new(
                Code::MisplacedStatement,
                format!("{what} does not belong here"),
            )
            .at(span, why),
        );
    }

    fn local(&mut self, local: &ast::Local) {
        for name in &local.names {
            self.note_declaration(&name.name);
            match &name.length {
                None => {
                    let local = self.declare_real(&name.name.name);
                    self.zero(local);
                }
                Some(length) => {
                    let len = match length {
                        ast::Integer::Literal { value, .. } => Some(*value),
                        ast::Integer::Name(define) => {
                            match self.unit.symbols.names.get(&define.name) {
                                Some(&Symbol::Define(value)) => Some(value),
                                _ => None,
                            }
                        }
                    };
                    match len {
                        Some(len) if (1..=100_000).contains(&len) => {
                            self.declare_array(&name.name.name, len as u32);
                        }
                        _ => {
                            self.declare(&name.name.name, Name::Faulty);
                            self.error(
                                Diagnostic::new(
                                    Code::ArrayLength,
                                    format!("the length of LOCAL `{}`", name.name.name),
                                )
                                .at(length.span(), "must be a whole number between 1 and 100000"),
                            );
                        }
                    }
                }
            }
        }
    }

    fn assignment(&mut self, assign: &ast::Assign) {
        let target = &assign.target;
        if target.order == 0 {
            let value = self.real(&assign.value);
            self.assign(target, value);
            return;
        }
        if self.context != Context::Derivative {
            self.misplaced("a derivative", target.span, "stands in DERIVATIVE only");
            return;
        }
        if target.order > 1 {
            self.unit
                .not_yet("a derivative of higher order", target.span);
            return;
        }
        let value = self.real(&assign.value);
        let state = ast::Variable {
            order: 0,
            ..target.clone()
        };
        match self.resolve(&state) {
            Some(Resolved::Place(place)) if self.is_state(place) => {
                self.out.push(Stmt::Rate(place, value));
            }
            Some(_) => self.error(
                Diagnostic::new(
                    Code::WrongKind,
                    format!("`{}` has a derivative but is no STATE", target.name.name),
                )
                .at(target.span, "declare it in the STATE block"),
            ),
            None => {}
        }
    }

    /// Whether a place holds a STATE.
    pub(super) fn is_state(&self, place: Place) -> bool {
        let column = match place {
            Place::Column(column) => column,
            Place::ColumnAt { base, .. } => base,
            _ => return false,
        } as usize;
        self.unit.symbols.mechanism.variables.iter().any(|v| {
            v.role == crate::mechanism::Role::State
                && v.storage == crate::mechanism::Storage::Column
                && (v.offset..v.offset + v.len()).contains(&column)
        })
    }

    /// `target = value`
    pub(super) fn assign(&mut self, target: &ast::Variable, value: ExprId) {
        let (what, advice) = match self.resolve(target) {
            None => return,
            Some(Resolved::Local(local)) => {
                self.out.push(Stmt::Assign(local, value));
                return;
            }
            Some(Resolved::Place(place)) => match place {
                // An event may set the potential.
                Place::Node(NodeVar::V)
                    if matches!(self.context, Context::NetReceive | Context::NetInitial) =>
                {
                    self.out.push(Stmt::Store(place, value));
                    return;
                }
                Place::Sim(_) | Place::Node(_) => (
                    "belongs to the simulator",
                    "use a LOCAL variable of another name",
                ),
                place => {
                    self.out.push(Stmt::Store(place, value));
                    return;
                }
            },
            Some(Resolved::Value(_)) => ("is constant here", "use a LOCAL variable"),
        };
        self.error(
            Diagnostic::new(
                Code::NotAssignable,
                format!("`{}` cannot be assigned", target.name.name),
            )
            .at(target.span, what)
            .help(advice),
        );
    }

    fn if_statement(&mut self, branches: &[ast::Branch], otherwise: &Option<ast::Block>) {
        let Some((first, rest)) = branches.split_first() else {
            if let Some(block) = otherwise {
                self.statements(&block.statements);
            }
            return;
        };
        if !self.may_nest(first.span) {
            return;
        }
        let cond = self.condition(&first.condition);
        let then = self.nested(|this| this.statements(&first.body.statements));
        let otherwise = self.nested(|this| this.if_statement(rest, otherwise));
        self.out.push(Stmt::If {
            cond,
            then,
            otherwise,
        });
    }

    /// WHILE, counted: one that does not end is reported instead of hanging.
    fn while_statement(&mut self, statement: &ast::While) {
        const MOST_TURNS: f64 = 1e8;
        let turns = self.body.local("turns", Type::F64);
        self.zero(turns);
        let place = self.unit.place(statement.span, "WHILE");
        let mut cond = None;
        let head = self.nested(|this| cond = Some(this.condition(&statement.condition)));
        let body = self.nested(|this| {
            let (count, one, most) = (this.get(turns), this.f64(1.0), this.f64(MOST_TURNS));
            let next = this.body.exprs.binary(BinaryOp::Add, count, one);
            this.out.push(Stmt::Assign(turns, next));
            let cond = this.body.exprs.binary(BinaryOp::Lt, count, most);
            let failure = Failure::EndlessLoop;
            this.out.push(Stmt::Check {
                cond,
                failure,
                place,
                value: count,
            });
            this.statements(&statement.body.statements);
        });
        if let Some(cond) = cond {
            self.out.push(Stmt::While { head, cond, body });
        }
    }

    fn from_statement(&mut self, statement: &ast::From) {
        let from = self.integer(&statement.from);
        let to = self.integer(&statement.to);
        let by = statement.by.as_ref().map(|by| self.integer(by));
        let known = |id: ExprId| match self.body.exprs[id] {
            Expr::I64(value) => Some(value),
            _ => None,
        };
        let known = match (known(from), known(to), by.map(known)) {
            (Some(from), Some(to), None) => Some((from, to, 1)),
            (Some(from), Some(to), Some(Some(by))) => Some((from, to, by)),
            _ => None,
        };
        // Reactions and equations name fixed places.
        let (needs, what) = match self.context {
            Context::Kinetic if holds(&statement.body, is_reaction) => {
                (true, "a FROM over reactions")
            }
            Context::Derivative if holds(&statement.body, is_equation) => (known.is_some(), ""),
            _ => (by.is_some(), "FROM with BY"),
        };
        match known {
            Some((from, to, by)) if needs => self.unroll(statement, from, to, by),
            None if needs => self.error(
                Diagnostic::new(
                    Code::NotConstant,
                    format!("the bounds of {what} must be known when compiling"),
                )
                .at(
                    statement.from.span().to(statement.to.span()),
                    "use numbers and DEFINEd names",
                ),
            ),
            _ => {
                let index = self.body.local(statement.index.name.clone(), Type::I64);
                let body = self.nested(|this| {
                    this.declare(&statement.index.name, Name::Index(index));
                    this.statements(&statement.body.statements);
                });
                self.out.push(Stmt::For {
                    index,
                    from,
                    to,
                    body,
                });
            }
        }
    }

    /// The turns of a FROM one after the other, its index known in each.
    fn unroll(&mut self, statement: &ast::From, from: i64, to: i64, by: i64) {
        if by <= 0 {
            let span = statement.by.as_ref().map_or(statement.span, |by| by.span());
            self.error(
                Diagnostic::new(Code::NotConstant, format!("a step of {by} in FROM"))
                    .at(span, "must be positive"),
            );
            return;
        }
        self.unrolling += 1;
        let mut index = Some(from);
        while let Some(now) = index.filter(|&now| now <= to) {
            if !self.within_limits_at(statement.span) {
                break;
            }
            let inner = self.nested(|this| {
                this.declare(&statement.index.name, Name::Known(now));
                this.statements(&statement.body.statements);
            });
            self.out.extend(inner);
            index = now.checked_add(by);
        }
        self.unrolling -= 1;
    }

    fn within_limits(&mut self, statement: &ast::Statement) -> bool {
        self.within_limits_at(statement.span())
    }

    /// Whether loops may still be unrolled: what they make is limited. Said once.
    fn within_limits_at(&mut self, span: Span) -> bool {
        let limit = super::MOST_UNROLLED;
        match self.unit.unrolled {
            None => return false,
            Some(count) if count < limit && self.body.exprs.len() < super::MOST_EXPRESSIONS => {
                self.unit.unrolled = Some(count + 1);
                return true;
            }
            Some(_) => self.unit.unrolled = None,
        }
        self.error(
            Diagnostic::new(Code::TooLarge, "loops with too many turns").at(
                span,
                format!("these turns are compiled one by one, {limit} statements at most"),
            ),
        );
        false
    }

    /// SOLVE, wherever it may stand.
    pub(super) fn solve(&mut self, solve: &ast::Solve) {
        if matches!(
            self.context,
            Context::Derivative
                | Context::Kinetic
                | Context::NetReceive
                | Context::NetInitial
                | Context::BeforeAfter
        ) {
            self.misplaced("SOLVE", solve.span, "belongs into BREAKPOINT or INITIAL");
            return;
        }
        if self.context == Context::Breakpoint && self.scopes.len() > 1 {
            self.error(
                Diagnostic::new(
                    Code::MisplacedStatement,
                    "SOLVE inside of another statement of BREAKPOINT",
                )
                .at(solve.span, "states advance at every step")
                .note("NEURON would solve it whatever the condition says")
                .help("put SOLVE directly into BREAKPOINT, and the condition into the block of equations"),
            );
            return;
        }
        if let Some(block) = &solve.if_error {
            self.unit.not_yet("IFERROR", block.span);
            return;
        }
        let name = &solve.block.name;
        match self.unit.symbols.names.get(name) {
            Some(&Symbol::Equations(index)) => self.solve_equations(solve, index),
            Some(&Symbol::Callable(index)) => {
                if let Some(method) = &solve.method
                    && !FOR_PROCEDURES.contains(&method.name.name.as_str())
                {
                    self.error(
                        Diagnostic::new(Code::WrongMethod, "a METHOD for a PROCEDURE").at(
                            method.span,
                            "a PROCEDURE is called as it is; leave METHOD out",
                        ),
                    );
                    return;
                }
                self.out.push(Stmt::Call {
                    result: None,
                    function: FunctionId(index as u32),
                    args: Vec::new(),
                });
                let arguments = self.unit.symbols.callables[index].node.arguments.len();
                if arguments > 0 {
                    self.error(
                        Diagnostic::new(
                            Code::ArgumentCount,
                            format!("SOLVE of `{name}`, which has arguments"),
                        )
                        .at(solve.block.span, "SOLVE passes none"),
                    );
                }
            }
            _ => {
                let mut diagnostic = Diagnostic::new(
                    Code::UnknownBlockSolved,
                    format!("SOLVE of `{name}`, but no block has that name"),
                )
                .at(
                    solve.block.span,
                    "no DERIVATIVE, KINETIC or PROCEDURE of this name",
                );
                let blocks = self
                    .unit
                    .symbols
                    .equations
                    .iter()
                    .map(|e| e.node.name.name.as_str());
                let blocks: Vec<&str> = blocks.collect();
                if let Some(near) = nearest(name, blocks.iter().copied()) {
                    diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                } else if let [only] = blocks.as_slice() {
                    diagnostic = diagnostic.help(format!("the file has a block `{only}`"));
                }
                self.error(diagnostic);
            }
        }
    }

    fn solve_equations(&mut self, solve: &ast::Solve, index: usize) {
        let declaration = self.unit.symbols.equations[index];
        let kind = declaration.kind;
        let place = {
            let text = self
                .unit
                .sources
                .text(solve.span)
                .split_whitespace()
                .collect::<Vec<_>>();
            self.unit.place(solve.span, &text.join(" "))
        };
        let (mut method, steadystate) = match &solve.method {
            None if kind == EquationKind::Kinetic => (Method::Sparse, false),
            None => (Method::Derivimplicit, false),
            Some(method) => match self.method(method, kind) {
                Some(found) => (found, method.steady_state),
                None => return,
            },
        };
        if steadystate && !matches!(method, Method::Sparse | Method::Derivimplicit) {
            if let Some(method) = &solve.method {
                self.error(
                    Diagnostic::new(Code::WrongMethod, "STEADYSTATE needs an implicit method")
                        .at(method.span, "use sparse or derivimplicit"),
                );
            }
            return;
        }
        let callables = |name: &str| {
            let symbol = self.unit.symbols.names.get(name);
            matches!(symbol, Some(Symbol::Callable(_)))
        };
        if method == Method::Cnexp && hides_a_state(&declaration.node.body, &callables) {
            method = Method::Derivimplicit;
        }
        let block = self.unit.equations_id(index);
        self.out.push(Stmt::Solve {
            block,
            method,
            steadystate,
            place,
        });
    }

    fn method(&mut self, method: &ast::SolveMethod, kind: EquationKind) -> Option<Method> {
        let name = method.name.name.as_str();
        let Some((_, kinds, here)) = METHODS.iter().find(|(known, ..)| *known == name) else {
            let mut diagnostic =
                Diagnostic::new(Code::UnknownMethod, format!("no METHOD `{name}`"))
                    .at(method.name.span, "unknown method");
            if let Some(near) = nearest(name, METHODS.iter().map(|(known, ..)| *known)) {
                diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            }
            self.error(diagnostic);
            return None;
        };
        if !kinds.is_empty() && !kinds.contains(&kind) {
            let fitting = if kind == EquationKind::Kinetic {
                "a KINETIC block is solved with METHOD sparse"
            } else {
                "a DERIVATIVE block is solved with METHOD cnexp, derivimplicit or euler"
            };
            self.error(
                Diagnostic::new(
                    Code::WrongMethod,
                    format!("METHOD {name} cannot solve a {} block", kind.keyword()),
                )
                .at(method.name.span, "does not fit")
                .help(fitting),
            );
            return None;
        }
        if here.is_none() {
            self.unit.not_yet(&format!("METHOD {name}"), method.span);
        }
        *here
    }
}

/// Whether a statement of `block`, however deep, is `wanted`.
fn holds(block: &ast::Block, wanted: fn(&ast::Statement) -> bool) -> bool {
    use ast::Statement as S;
    block.statements.iter().any(|s| {
        wanted(s)
            || match s {
                S::From(from) => holds(&from.body, wanted),
                S::Block(block) => holds(block, wanted),
                S::While(statement) => holds(&statement.body, wanted),
                S::If(statement) => {
                    statement.branches.iter().any(|b| holds(&b.body, wanted))
                        || statement
                            .otherwise
                            .as_ref()
                            .is_some_and(|b| holds(b, wanted))
                }
                _ => false,
            }
    })
}

fn is_reaction(statement: &ast::Statement) -> bool {
    use ast::Statement as S;
    matches!(
        statement,
        S::Reaction(_) | S::Conserve(_) | S::Compartment(_)
    )
}

fn is_equation(statement: &ast::Statement) -> bool {
    matches!(statement, ast::Statement::Assign(assign) if assign.target.order > 0)
}

/// Whether an equation of `block` applies a function of the file to its own state: NEURON
/// cannot see what that does, and solves the block with derivimplicit instead of cnexp.
fn hides_a_state(block: &ast::Block, callables: &dyn Fn(&str) -> bool) -> bool {
    let mut found = false;
    for_each_equation(block, &mut |assign| {
        let state = &assign.target.name.name;
        found |= within_call(&assign.value, state, false, callables);
    });
    found
}

fn for_each_equation(block: &ast::Block, f: &mut dyn FnMut(&ast::Assign)) {
    use ast::Statement as S;
    for statement in &block.statements {
        match statement {
            S::Assign(assign) if assign.target.order > 0 => f(assign),
            S::From(from) => for_each_equation(&from.body, f),
            S::Block(block) => for_each_equation(block, f),
            S::While(statement) => for_each_equation(&statement.body, f),
            S::If(statement) => {
                let branches = statement.branches.iter().map(|b| &b.body);
                branches
                    .chain(&statement.otherwise)
                    .for_each(|b| for_each_equation(b, f));
            }
            _ => {}
        }
    }
}

fn within_call(
    expr: &ast::Expr,
    state: &str,
    inside: bool,
    callables: &dyn Fn(&str) -> bool,
) -> bool {
    use ast::Expr as E;
    match expr {
        E::Variable(variable) => inside && variable.name.name == state,
        E::Call(call) => {
            let inside = inside || callables(&call.name.name);
            call.arguments
                .iter()
                .any(|a| within_call(a, state, inside, callables))
        }
        E::Unary { operand, .. } => within_call(operand, state, inside, callables),
        E::Binary { left, right, .. } => {
            within_call(left, state, inside, callables)
                || within_call(right, state, inside, callables)
        }
        E::Number { .. } | E::String(_) => false,
    }
}

//! Statements.

use super::body::{BodyLowering, Context, Name};
use super::expression::Resolved;
use super::leave::Leave;
use crate::abi::Failure;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{BinaryOp, Expr, ExprId, NodeVar, Place, Stmt, Type};
use crate::sema::Symbol;
use crate::source::Span;
use crate::syntax::{ast, walk};

impl BodyLowering<'_, '_> {
    pub(super) fn statements(&mut self, statements: &[ast::Statement]) {
        let statements: Vec<&ast::Statement> = statements.iter().collect();
        self.statements_in_order(&statements);
    }

    /// Statements one after the other; those between VERBATIM blocks belong to their C.
    pub(super) fn statements_in_order(&mut self, statements: &[&ast::Statement]) {
        if statements
            .iter()
            .any(|s| matches!(s, ast::Statement::Verbatim(_)))
        {
            self.statements_with_c(statements);
        } else {
            self.sequence(statements, &|s| s.span(), &mut |this, s| this.statement(s));
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
            S::Call(call) if call.name.name == "return" => self.return_call(call),
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
            // The kernel of states has them.
            S::Solve(_) if self.context == Context::Breakpoint => {}
            S::Solve(solve) => self.solve(solve),
            S::Reaction(reaction) => self.reaction(reaction),
            S::Conserve(conserve) => self.conserve(conserve),
            S::Compartment(compartment) => self.compartment(compartment),
            S::Conductance(statement) => self.stated_conductance(statement),
            // A TABLE is not executed where it stands, and the rest has no meaning at run time.
            S::Table(_) | S::UnitsSwitch(_) | S::MutexLock(_) | S::MutexUnlock(_) => {}
            S::Initial(block) => self.misplaced(
                "INITIAL",
                block.span,
                "stands in NET_RECEIVE only, as its first block",
            ),
            S::Obsolete(_) => {}
            S::Verbatim(_) => self.statements_with_c(&[statement]),
            S::Equation(equation) => self.equation(equation),
            // A kernel of its own evaluates it.
            S::LongitudinalDiffusion(s) => {
                self.kinetic_only("LONGITUDINAL_DIFFUSION", s.span);
            }
            S::Lag(s) => self.lag_statement(s),
            S::Watch(s) => self.watch(s),
            S::ForNetcons(s) => self.for_netcons(s),
        }
    }

    /// `return(x)`, which NEURON's translator takes for a call and C++ for what it says.
    fn return_call(&mut self, call: &ast::Call) {
        let [value] = call.arguments.as_slice() else {
            return self.misplaced("return", call.span, "gives one value: `return(x)`");
        };
        if self.context != Context::Callable {
            return self.misplaced("return", call.span, "leaves a FUNCTION or PROCEDURE");
        }
        let value = self.real(value);
        if let Some(result) = self.body.result {
            self.out.push(Stmt::Assign(result, value));
        }
        self.leave(Leave::Return);
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
            let name = &target.name.name;
            self.error(
                Diagnostic::new(
                    Code::NotSupportedYet,
                    "a derivative of higher order is not supported yet",
                )
                .at(target.span, "")
                .note("NEURON's translator ends with a failed assertion here")
                .help(format!(
                    "make the first derivative a STATE of its own: `{name}' = d{name}`, `d{name}' = ...`"
                )),
            );
            return;
        }
        let value = self.real(&assign.value);
        let state = ast::Variable {
            order: 0,
            ..target.clone()
        };
        match self.resolve(&state) {
            Some(Resolved::Place(place)) if self.is_state(place) => {
                let mut value = value;
                if let Some(kept) = self.derivative_place(&target.name.name, place) {
                    let local = self.assign_new("rate", value);
                    value = self.get(local);
                    self.out.push(Stmt::Store(kept, value));
                }
                if !self.evaluates {
                    self.out.push(Stmt::Rate(place, value));
                }
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
        let rows = self.rows;
        let then = self.nested(|this| this.statements(&first.body.statements));
        let otherwise = self.nested(|this| {
            this.second_branch(rows, first.span, |this| this.if_statement(rest, otherwise));
        });
        self.out.push(Stmt::If {
            cond,
            then,
            otherwise,
        });
    }

    /// WHILE, counted: one that does not end is reported instead of hanging.
    fn while_statement(&mut self, statement: &ast::While) {
        if holds(&statement.body, is_equation) || holds(&statement.body, is_reaction) {
            self.error(
                Diagnostic::new(
                    Code::NotConstant,
                    "the equations of a WHILE are not known when compiling",
                )
                .at(statement.span, "use FROM with numbers and DEFINEd names"),
            );
            return;
        }
        self.repeat_while(
            "WHILE",
            statement.span,
            |this| this.condition(&statement.condition),
            |this| this.statements(&statement.body.statements),
            |_| {},
        );
    }

    /// `body` and then `next` as long as `condition` holds, which is looked at before each turn.
    fn repeat_while(
        &mut self,
        word: &str,
        span: Span,
        condition: impl FnOnce(&mut Self) -> ExprId,
        turn: impl FnOnce(&mut Self),
        next: impl FnOnce(&mut Self),
    ) {
        const MOST_TURNS: f64 = 1e8;
        let turns = self.body.local("turns", Type::F64);
        self.zero(turns);
        let place = self.unit.place(span, word);
        let mut cond = None;
        let mut head = self.nested(|this| cond = Some(condition(this)));
        let Some(mut cond) = cond else { return };
        let (mut body, may_leave) = self.loop_body(true, |this| {
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
            turn(this);
        });
        body.extend(self.nested(next));
        if may_leave {
            let holds = self.body.local("holds", Type::Bool);
            head.push(Stmt::Assign(holds, cond));
            let no = self.body.exprs.add(Expr::Bool(false));
            let stays = self.stays();
            head = vec![
                Stmt::Assign(holds, no),
                Stmt::If {
                    cond: stays,
                    then: head,
                    otherwise: Vec::new(),
                },
            ];
            cond = self.get(holds);
        }
        self.out.push(Stmt::While { head, cond, body });
        if may_leave {
            self.end_loop();
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
            Context::Linear | Context::Nonlinear if holds(&statement.body, is_equation) => {
                (true, "a FROM over equations")
            }
            Context::Derivative if holds(&statement.body, is_derivative) => (known.is_some(), ""),
            _ => (by.is_some() && known.is_some(), ""),
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
            _ if by.is_some() || moves_its_end(statement) => self.from_by(statement, from),
            _ => {
                let index = self.body.local(statement.index.name.clone(), Type::I64);
                let (mut body, may_leave) = self.loop_body(true, |this| {
                    this.declare(&statement.index.name, Name::Index(index));
                    this.statements(&statement.body.statements);
                });
                if may_leave {
                    // The turns that are left do nothing.
                    let cond = self.stays();
                    body = vec![Stmt::If {
                        cond,
                        then: body,
                        otherwise: Vec::new(),
                    }];
                }
                self.out.push(Stmt::For {
                    index,
                    from,
                    to,
                    body,
                });
                if may_leave {
                    self.end_loop();
                }
            }
        }
    }

    fn stated_conductance(&mut self, statement: &ast::Conductance) {
        let value = self.real(&super::table::variable(&statement.name));
        let ion = statement.ion.as_ref().and_then(|name| {
            let mut ions = self.unit.symbols.mechanism.ions.iter();
            let found = ions.position(|ion| ion.name == name.name);
            if found.is_none() {
                self.error(
                    Diagnostic::new(
                        Code::UnknownName,
                        format!("no USEION names the ion `{}`", name.name),
                    )
                    .at(name.span, "unknown ion"),
                );
            }
            found.map(|ion| ion as u32)
        });
        self.conductances.push((value, ion));
    }

    /// A FROM whose end and BY are computed anew before and after each turn, as C does it.
    fn from_by(&mut self, statement: &ast::From, from: ExprId) {
        let index = self.body.local(statement.index.name.clone(), Type::I64);
        self.out.push(Stmt::Assign(index, from));
        self.repeat_while(
            "FROM",
            statement.span,
            |this| {
                let (now, to) = (this.get(index), this.integer(&statement.to));
                this.body.exprs.binary(BinaryOp::Le, now, to)
            },
            |this| {
                this.declare(&statement.index.name, Name::Index(index));
                this.statements(&statement.body.statements);
            },
            |this| {
                let by = match &statement.by {
                    Some(by) => this.integer(by),
                    None => this.body.exprs.i64(1),
                };
                let now = this.get(index);
                let next = this.body.exprs.binary(BinaryOp::Add, now, by);
                this.out.push(Stmt::Assign(index, next));
            },
        );
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
            let (inner, may_leave) = self.loop_body(true, |this| {
                this.declare(&statement.index.name, Name::Known(now));
                this.statements(&statement.body.statements);
            });
            self.out.extend(inner);
            if may_leave {
                let what = "a FROM with BY, or over reactions, that VERBATIM leaves";
                self.unit.not_yet(what, statement.span);
                break;
            }
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

/// Whether a FROM assigns a variable that its end is computed from.
fn moves_its_end(statement: &ast::From) -> bool {
    let mut names = Vec::new();
    walk::each_expr(&statement.to, &mut |expr| {
        if let ast::Expr::Variable(variable) = expr {
            names.push(&variable.name.name);
        }
    });
    let mut found = false;
    walk::each_statement(&statement.body, &mut |inner| {
        if let ast::Statement::Assign(assign) = inner {
            found |= names.contains(&&assign.target.name.name);
        }
    });
    found
}

fn is_reaction(statement: &ast::Statement) -> bool {
    use ast::Statement as S;
    matches!(
        statement,
        S::Reaction(_) | S::Conserve(_) | S::Compartment(_)
    )
}

fn is_equation(statement: &ast::Statement) -> bool {
    matches!(statement, ast::Statement::Equation(_))
}

fn is_derivative(statement: &ast::Statement) -> bool {
    matches!(statement, ast::Statement::Assign(assign) if assign.target.order > 0)
}

//! Statements.

use pest::iterators::Pair;

use super::{Builder, Built, Children, Stop};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{
    Assign, BinaryOp, Branch, Call, Compartment, Conductance, Conserve, Equation, Expr, ForNetcons,
    From, Ident, If, Integer, Lag, Obsolete, Protect, Reactant, Reaction, ReactionKind, Solve,
    SolveMethod, Statement, Table, Watch, WatchCondition, While,
};
use crate::syntax::parse::{Rule, obsolete_diagnostic};

impl Builder {
    /// The statement in a pair of rule `statement`.
    pub(super) fn statement(&mut self, pair: Pair<'_, Rule>) -> Built<Statement> {
        let pair = Children::of(pair).expect()?;
        Ok(match pair.as_rule() {
            Rule::action => self.action(pair)?,
            Rule::if_statement => Statement::If(self.if_statement(pair)?),
            Rule::local => Statement::Local(self.local(pair)?),
            Rule::solve => Statement::Solve(self.solve(pair)?),
            Rule::table => Statement::Table(self.table(pair)?),
            Rule::from_statement => Statement::From(self.counted_loop(pair)?),
            Rule::tilde => self.tilde(pair)?,
            Rule::while_statement => Statement::While(self.while_statement(pair)?),
            Rule::block => Statement::Block(self.block(pair)?),
            Rule::verbatim => Statement::Verbatim(self.verbatim(pair)?),
            Rule::units_switch => Statement::UnitsSwitch(self.units_switch(pair)),
            Rule::conserve => Statement::Conserve(self.conserve(pair)?),
            Rule::compartment => Statement::Compartment(self.compartment(pair)?),
            Rule::longitudinal_diffusion => {
                Statement::LongitudinalDiffusion(self.compartment(pair)?)
            }
            Rule::conductance => Statement::Conductance(self.conductance(pair)?),
            Rule::initial_statement => Statement::Initial(self.code_block(pair)?),
            Rule::watch => Statement::Watch(self.watch(pair)?),
            Rule::for_netcons => Statement::ForNetcons(self.for_netcons(pair)?),
            Rule::protect => Statement::Protect(self.protect(pair)?),
            Rule::mutex_lock => Statement::MutexLock(self.span(&pair)),
            Rule::mutex_unlock => Statement::MutexUnlock(self.span(&pair)),
            Rule::lag => Statement::Lag(self.lag(pair)?),
            Rule::obsolete_statement => Statement::Obsolete(self.obsolete(pair)?),
            _ => return Err(Stop::Mismatch),
        })
    }

    /// NEURON accepts LOCAL as the first statement of a block only.
    pub(super) fn check_locals(&mut self, statements: &[Statement]) {
        for statement in statements.iter().skip(1) {
            if let Statement::Local(local) = statement {
                self.diagnostics.push(
                    Diagnostic::new(Code::LateLocal, "LOCAL behind other statements")
                        .at(local.span, "NEURON does not accept LOCAL here")
                        .help("make one LOCAL the first statement of the block"),
                );
            }
        }
    }

    fn action(&mut self, pair: Pair<'_, Rule>) -> Built<Statement> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let name = children.expect()?;
        if let Some(arguments) = children.optional(Rule::arguments) {
            let name = self.called_name(name)?;
            let (arguments, _) = self.arguments(arguments, 0)?;
            return Ok(Statement::Call(Call {
                name,
                arguments,
                span,
            }));
        }
        let (target, _) = self.variable_parts(name, &mut children, 0)?;
        let value = self.assigned_value(children.expect()?)?;
        Ok(Statement::Assign(Assign {
            target,
            value,
            span,
        }))
    }

    fn assigned_value(&mut self, assignment: Pair<'_, Rule>) -> Built<Expr> {
        let value = Children::of(assignment).expect()?;
        self.expr(value)
    }

    fn if_statement(&mut self, pair: Pair<'_, Rule>) -> Built<If> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let mut branches = vec![self.branch(&mut children)?];
        let mut otherwise = None;
        for child in children {
            let is_branch = child.as_rule() == Rule::else_if;
            let mut parts = Children::of(child);
            if is_branch {
                branches.push(self.branch(&mut parts)?);
            } else {
                otherwise = Some(self.block(parts.expect()?)?);
            }
        }
        Ok(If {
            branches,
            otherwise,
            span,
        })
    }

    fn branch(&mut self, children: &mut Children<'_>) -> Built<Branch> {
        let condition = self.expr(children.expect()?)?;
        let body = self.block(children.expect()?)?;
        let span = condition.span().to(body.span);
        Ok(Branch {
            condition,
            body,
            span,
        })
    }

    fn while_statement(&mut self, pair: Pair<'_, Rule>) -> Built<While> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        Ok(While {
            condition: self.expr(children.expect()?)?,
            body: self.block(children.expect()?)?,
            span,
        })
    }

    fn counted_loop(&mut self, pair: Pair<'_, Rule>) -> Built<From> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        Ok(From {
            index: self.ident(children.expect()?),
            from: self.expr(children.expect()?)?,
            to: self.expr(children.expect()?)?,
            by: match children.optional(Rule::from_by) {
                Some(by) => Some(self.assigned_value(by)?),
                None => None,
            },
            body: self.block(children.expect()?)?,
            span,
        })
    }

    fn solve(&mut self, pair: Pair<'_, Rule>) -> Built<Solve> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let block = self.ident(children.expect()?);
        let method = match children.optional(Rule::solve_method) {
            Some(method) => {
                let span = self.span(&method);
                let mut parts = Children::of(method);
                let steady_state = parts.expect()?.as_str() == "STEADYSTATE";
                let name = self.ident(parts.expect()?);
                Some(SolveMethod {
                    steady_state,
                    name,
                    span,
                })
            }
            None => None,
        };
        let if_error = match children.optional(Rule::if_error) {
            Some(pair) => Some(self.block(Children::of(pair).expect()?)?),
            None => None,
        };
        Ok(Solve {
            block,
            method,
            if_error,
            span,
        })
    }

    fn table(&mut self, pair: Pair<'_, Rule>) -> Built<Table> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let mut names = |rule| -> Vec<Ident> {
            match children.optional(rule) {
                Some(pair) => self.idents(Children::of(pair)),
                None => Vec::new(),
            }
        };
        let (tabulated, depend) = (names(Rule::table_names), names(Rule::table_depend));
        Ok(Table {
            names: tabulated,
            depend,
            from: self.expr(children.expect()?)?,
            to: self.expr(children.expect()?)?,
            with: self.integer(children.expect()?)?,
            span,
        })
    }

    fn conductance(&mut self, pair: Pair<'_, Rule>) -> Built<Conductance> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        Ok(Conductance {
            name: self.ident(children.expect()?),
            ion: children.next().map(|ion| self.ident(ion)),
            span,
        })
    }

    fn tilde(&mut self, pair: Pair<'_, Rule>) -> Built<Statement> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let sign = children.expect()?;
        let adds = sign.as_str() == "~+";
        let body = children.expect()?;
        if body.as_rule() == Rule::equation {
            let mut sides = Children::of(body);
            return Ok(Statement::Equation(Equation {
                adds,
                left: self.expr(sides.expect()?)?,
                right: self.expr(sides.expect()?)?,
                span,
            }));
        }
        if adds {
            return Err(Diagnostic::new(Code::Syntax, "`~+` before a reaction")
                .at(self.span(&sign), "only equations are added to one another")
                .help("write `~`")
                .into());
        }
        let mut parts = Children::of(body);
        let left = self.reactants(parts.expect()?)?;
        let kind = self.reaction_kind(parts.expect()?)?;
        Ok(Statement::Reaction(Reaction { left, kind, span }))
    }

    fn reaction_kind(&mut self, pair: Pair<'_, Rule>) -> Built<ReactionKind> {
        let rule = pair.as_rule();
        let mut parts = Children::of(pair);
        Ok(match rule {
            Rule::reversible => ReactionKind::Reversible {
                right: self.reactants(parts.expect()?)?,
                forward: self.expr(parts.expect()?)?,
                backward: self.expr(parts.expect()?)?,
            },
            Rule::outflow => {
                parts.optional(Rule::arrow);
                ReactionKind::Outflow {
                    rate: self.expr(parts.expect()?)?,
                }
            }
            Rule::influx => ReactionKind::Influx {
                flux: self.expr(parts.expect()?)?,
            },
            _ => return Err(Stop::Mismatch),
        })
    }

    fn reactants(&mut self, pair: Pair<'_, Rule>) -> Built<Vec<Reactant>> {
        Children::of(pair)
            .map(|child| self.reactant(child))
            .collect()
    }

    fn reactant(&mut self, pair: Pair<'_, Rule>) -> Built<Reactant> {
        let span = self.span(&pair);
        let mut parts = Children::of(pair);
        let first = parts.expect()?;
        let (coefficient, variable) = match first.as_rule() {
            Rule::whole => {
                let literal = Integer::Literal {
                    value: self.whole(&first)?,
                    span: self.span(&first),
                };
                (Some(literal), parts.expect()?)
            }
            Rule::coefficient => {
                let name = self.ident(Children::of(first).expect()?);
                (Some(Integer::Name(name)), parts.expect()?)
            }
            _ => (None, first),
        };
        let (variable, _) = self.variable(variable, 0)?;
        Ok(Reactant {
            coefficient,
            variable,
            span,
        })
    }

    fn conserve(&mut self, pair: Pair<'_, Rule>) -> Built<Conserve> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        Ok(Conserve {
            left: self.reactants(children.expect()?)?,
            right: self.expr(children.expect()?)?,
            span,
        })
    }

    fn compartment(&mut self, pair: Pair<'_, Rule>) -> Built<Compartment> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let index = match children.optional(Rule::compartment_index) {
            Some(index) => Some(self.ident(Children::of(index).expect()?)),
            None => None,
        };
        Ok(Compartment {
            index,
            value: self.expr(children.expect()?)?,
            states: self.idents(children),
            span,
        })
    }

    fn lag(&mut self, pair: Pair<'_, Rule>) -> Built<Lag> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        Ok(Lag {
            name: self.ident(children.expect()?),
            by: self.ident(children.expect()?),
            span,
        })
    }

    fn watch(&mut self, pair: Pair<'_, Rule>) -> Built<Watch> {
        let span = self.span(&pair);
        let conditions = Children::of(pair)
            .map(|child| self.watch_condition(child))
            .collect::<Built<Vec<_>>>()?;
        Ok(Watch { conditions, span })
    }

    fn watch_condition(&mut self, pair: Pair<'_, Rule>) -> Built<WatchCondition> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let condition = self.expr(children.expect()?)?;
        let flag = self.declared_number(children.expect()?)?;
        match condition {
            Expr::Binary {
                op: op @ (BinaryOp::Less | BinaryOp::Greater),
                left,
                right,
                ..
            } => Ok(WatchCondition {
                left: *left,
                rising: op == BinaryOp::Greater,
                right: *right,
                flag,
                span,
            }),
            other => Err(Diagnostic::new(
                Code::WatchCondition,
                "WATCH needs one comparison with `<` or `>`",
            )
            .at(other.span(), "not of the form `a > b` or `a < b`")
            .help("watch several things with several conditions: WATCH (a > b) 1, (c < d) 2")
            .into()),
        }
    }

    fn for_netcons(&mut self, pair: Pair<'_, Rule>) -> Built<ForNetcons> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        Ok(ForNetcons {
            arguments: self.formals(children.expect()?)?,
            body: self.block(children.expect()?)?,
            span,
        })
    }

    fn protect(&mut self, pair: Pair<'_, Rule>) -> Built<Protect> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let (target, _) = self.variable(children.expect()?, 0)?;
        let value = self.assigned_value(children.expect()?)?;
        let assign = Assign {
            span: target.span.to(value.span()),
            target,
            value,
        };
        Ok(Protect { assign, span })
    }

    fn obsolete(&mut self, pair: Pair<'_, Rule>) -> Built<Obsolete> {
        let span = self.span(&pair);
        let text = pair.as_str().to_owned();
        let keyword = self.ident(Children::of(pair).expect()?);
        let obsolete = Obsolete {
            keyword,
            text,
            span,
        };
        self.diagnostics.push(obsolete_diagnostic(&obsolete));
        Ok(obsolete)
    }
}

//! Units of statements.

use std::collections::HashMap;

use super::report::Side;
use super::{Checker, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Assign, Block, Local, Statement, Variable};
use crate::syntax::walk;

impl Checker<'_> {
    pub(super) fn block(&mut self, block: &Block) {
        self.scopes.push(HashMap::new());
        for statement in &block.statements {
            self.statement(statement);
        }
        self.scopes.pop();
    }

    pub(super) fn local(&mut self, local: &Local) {
        for name in &local.names {
            self.bind(&name.name.name, Unit::PURE);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::UnitsSwitch(switch) => self.on = switch.on,
            Statement::Local(local) => self.local(local),
            Statement::Assign(assign) => self.assign(assign),
            Statement::Protect(protect) => self.assign(&protect.assign),
            Statement::Call(call) => {
                self.call(call);
            }
            Statement::From(from) => {
                for bound in [&from.from, &from.to].into_iter().chain(&from.by) {
                    self.expr(bound);
                }
                self.scopes.push(HashMap::new());
                self.bind(&from.index.name, Unit::PURE);
                self.block(&from.body);
                self.scopes.pop();
            }
            Statement::If(s) => {
                for branch in &s.branches {
                    self.expr(&branch.condition);
                    self.block(&branch.body);
                }
                if let Some(otherwise) = &s.otherwise {
                    self.block(otherwise);
                }
            }
            Statement::Equation(equation) => {
                let left = self.side(&equation.left);
                let right = self.side(&equation.right);
                self.agree(left, right, "the sides of an equation");
            }
            Statement::Watch(watch) => {
                for condition in &watch.conditions {
                    let left = self.side(&condition.left);
                    let right = self.side(&condition.right);
                    self.agree(left, right, "the sides of a WATCH condition");
                }
            }
            Statement::ForNetcons(s) => {
                self.scopes.push(HashMap::new());
                let units = self.arguments(&s.arguments);
                for ((argument, unit), netcon) in
                    s.arguments.iter().zip(units).zip(self.netcon.clone())
                {
                    if argument.unit.is_none() {
                        self.bind(&argument.name.name, netcon);
                        continue;
                    }
                    if let (Unit::Of(a), Unit::Of(b)) = (unit, netcon)
                        && self.on
                        && !super::report::same(a, b)
                    {
                        let diagnostic = Diagnostic::new(
                            Code::UnitMismatch,
                            format!(
                                "`{}` is in {} here and in {} in NET_RECEIVE",
                                argument.name.name,
                                self.text(a),
                                self.text(b)
                            ),
                        )
                        .at(
                            argument.span,
                            "the weights of one NetCon have one unit each",
                        );
                        self.diagnostics.push(diagnostic);
                    }
                }
                self.block(&s.body);
                self.scopes.pop();
            }
            Statement::Reaction(reaction) => self.reaction(reaction),
            Statement::Conserve(conserve) => self.conserve(conserve),
            Statement::Compartment(compartment) => self.compartment(compartment),
            Statement::LongitudinalDiffusion(diffusion) => self.diffusion(diffusion),
            _ => {
                walk::each_expr_of(statement, &mut |expr| {
                    self.expr(expr);
                });
                for block in walk::blocks_in(statement) {
                    self.block(block);
                }
            }
        }
    }

    fn assign(&mut self, assign: &Assign) {
        let right = self.side(&assign.value);
        let target = &assign.target;
        if let Some(index) = &target.index {
            self.expr(index);
        }
        let name = &target.name.name;
        if target.order == 0
            && let Some(local) = self.scoped(name)
        {
            // It has the unit of what it is given; a bare number is a pure one.
            *local = match right.unit {
                Unit::Number => Unit::PURE,
                unit => unit,
            };
            return;
        }
        let left = Side {
            unit: self.target(target),
            span: target.span,
        };
        self.agree(left, right, "the sides of an assignment");
    }

    fn target(&mut self, target: &Variable) -> Unit {
        let mut unit = self.name(&target.name.name);
        for _ in 0..target.order {
            unit = super::expression::quotient(unit, self.time);
        }
        unit
    }
}

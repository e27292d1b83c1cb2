//! Values of expressions where one variable is varied: what lints of singular formulas ask for.
//!
//! A [`Formula`] is an expression with what is known where it stands: the assignments before it
//! in its block, and the conditions that lead to it. PARAMETERs have their default values unless
//! the file assigns them. What is not known is given one of several values, so that what holds
//! for all of them does not depend on it; or no value.

use std::collections::{HashMap, HashSet};

use super::Model;
use super::accesses::Access;
use crate::ir::{Builtin, NodeVar};
use crate::mechanism::Role;
use crate::sema::Symbol;
use crate::syntax::ast::{BinaryOp, Block, Expr, Item, Statement, UnaryOp};
use crate::syntax::walk;

/// Assignments are followed so many times.
const MOST_STEPS: usize = 400;

/// What stands for names of unknown value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknowns {
    /// Nothing: an expression with one has no value.
    None,
    /// Numbers of this series.
    Series(u8),
}

/// An expression and where it stands.
pub(super) struct Formula<'f, 'a> {
    model: &'f Model<'a>,
    /// The expression.
    pub expr: &'a Expr,
    /// Latest assignments; `None` for what cannot be followed.
    known: &'f HashMap<&'a str, Option<&'a Expr>>,
    /// Conditions, and what they must be.
    guards: &'f [(&'a Expr, bool)],
    /// Arguments of the FUNCTION or PROCEDURE.
    pub arguments: &'f [&'a str],
    /// The FUNCTION or PROCEDURE, if it stands in one.
    pub callable: Option<&'a str>,
    /// Names that its block assigns.
    assigned: &'f HashSet<&'a str>,
}

impl<'a> Formula<'_, 'a> {
    /// Whether `name` can be varied: nothing assigns it.
    pub(super) fn can_vary(&self, name: &str) -> bool {
        !self.assigned.contains(name)
            && (self.arguments.contains(&name)
                || matches!(
                    self.model.symbols.names.get(name),
                    Some(Symbol::Node(NodeVar::V))
                ))
    }

    /// The value of `expr` where `varied` has the value `at`.
    pub(super) fn value(
        &self,
        expr: &Expr,
        varied: &str,
        at: f64,
        unknowns: Unknowns,
    ) -> Option<f64> {
        let mut steps = MOST_STEPS;
        self.evaluate(expr, (varied, at), unknowns, &mut steps)
    }

    /// Whether the conditions lead here where `varied` has the value `at`; not if that cannot be
    /// told.
    pub(super) fn is_reached(&self, varied: &str, at: f64, unknowns: Unknowns) -> bool {
        self.guards.iter().all(|(condition, wanted)| {
            let value = self.value(condition, varied, at, unknowns);
            value.is_some_and(|value| (value != 0.0) == *wanted)
        })
    }

    fn evaluate(
        &self,
        expr: &Expr,
        varied: (&str, f64),
        unknowns: Unknowns,
        steps: &mut usize,
    ) -> Option<f64> {
        *steps = steps.checked_sub(1)?;
        match expr {
            Expr::Number { number, .. } => Some(number.value),
            Expr::String(_) => None,
            Expr::Variable(variable) => {
                if variable.index.is_some() || variable.order > 0 {
                    return None;
                }
                self.name(&variable.name.name, varied, unknowns, steps)
            }
            Expr::Call(call) => {
                let name = &call.name.name;
                if self.model.symbols.names.contains_key(name) {
                    return None;
                }
                let builtin = Builtin::from_nmodl(name)?;
                if builtin.arity() != call.arguments.len() {
                    return None;
                }
                let arguments = call.arguments.iter();
                let values: Option<Vec<f64>> = arguments
                    .map(|a| self.evaluate(a, varied, unknowns, steps))
                    .collect();
                Some(builtin.evaluate(&values?))
            }
            Expr::Unary { op, operand, .. } => {
                let value = self.evaluate(operand, varied, unknowns, steps)?;
                Some(match op {
                    UnaryOp::Negate => -value,
                    UnaryOp::Not => f64::from(value == 0.0),
                })
            }
            Expr::Binary {
                op, left, right, ..
            } => {
                let a = self.evaluate(left, varied, unknowns, steps)?;
                let b = self.evaluate(right, varied, unknowns, steps)?;
                Some(binary(*op, a, b))
            }
        }
    }

    fn name(
        &self,
        name: &str,
        varied: (&str, f64),
        unknowns: Unknowns,
        steps: &mut usize,
    ) -> Option<f64> {
        if name == varied.0 {
            return Some(varied.1);
        }
        if let Some(known) = self.known.get(name) {
            return self.evaluate((*known)?, varied, unknowns, steps);
        }
        let value = match self.model.symbols.names.get(name) {
            _ if self.arguments.contains(&name) => None,
            Some(Symbol::Constant(value)) => Some(*value),
            Some(Symbol::Define(value)) => Some(*value as f64),
            Some(Symbol::Variable(index)) => {
                let variable = &self.model.symbols.mechanism.variables[*index];
                if variable.array_len.is_some() {
                    return None;
                }
                let is_set = || {
                    let sets = |access| matches!(access, Access::Set | Access::Solved);
                    self.model.accesses.of(name).any(|u| sets(u.access))
                        || self.model.accesses.in_verbatim(name)
                };
                (variable.role == Role::Parameter && !is_set()).then_some(variable.default)
            }
            _ => None,
        };
        value.or(match unknowns {
            Unknowns::None => None,
            Unknowns::Series(series) => {
                let letters: u32 = name.bytes().map(u32::from).sum();
                Some(3.7 + f64::from(letters % 23) * 1.37 + f64::from(series) * 8.9)
            }
        })
    }
}

fn binary(op: BinaryOp, a: f64, b: f64) -> f64 {
    match op {
        BinaryOp::Or => f64::from(a != 0.0 || b != 0.0),
        BinaryOp::And => f64::from(a != 0.0 && b != 0.0),
        BinaryOp::Equal => f64::from(a == b),
        BinaryOp::NotEqual => f64::from(a != b),
        BinaryOp::Less => f64::from(a < b),
        BinaryOp::LessEqual => f64::from(a <= b),
        BinaryOp::Greater => f64::from(a > b),
        BinaryOp::GreaterEqual => f64::from(a >= b),
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a * b,
        BinaryOp::Divide => a / b,
        BinaryOp::Power => crate::math::pow(a, b),
    }
}

/// Visits every expression of the code of a file that is not part of another.
pub(super) fn each<'a>(model: &Model<'a>, visit: &mut dyn FnMut(&Formula<'_, 'a>)) {
    for item in &model.items {
        let Some(block) = walk::code_of(item) else {
            continue;
        };
        let (callable, arguments) = match item {
            Item::Function(c) | Item::Procedure(c) => (
                Some(c.name.name.as_str()),
                c.arguments.iter().map(|a| a.name.name.as_str()).collect(),
            ),
            Item::NetReceive(b) => (
                None,
                b.arguments.iter().map(|a| a.name.name.as_str()).collect(),
            ),
            _ => (None, Vec::new()),
        };
        let mut walker = Walker {
            model,
            known: HashMap::new(),
            guards: Vec::new(),
            arguments,
            callable,
            assigned: targets(block).collect(),
            visit,
        };
        walker.block(block);
    }
}

/// The names that a block assigns.
fn targets(block: &Block) -> impl Iterator<Item = &str> {
    let mut names = Vec::new();
    walk::each_statement(block, &mut |statement| match statement {
        Statement::Assign(s) => names.push(s.target.name.name.as_str()),
        Statement::Protect(s) => names.push(s.assign.target.name.name.as_str()),
        Statement::Local(local) => {
            names.extend(local.names.iter().map(|n| n.name.name.as_str()));
        }
        Statement::From(from) => names.push(from.index.name.as_str()),
        _ => {}
    });
    names.into_iter()
}

struct Walker<'w, 'a> {
    model: &'w Model<'a>,
    known: HashMap<&'a str, Option<&'a Expr>>,
    guards: Vec<(&'a Expr, bool)>,
    arguments: Vec<&'a str>,
    callable: Option<&'a str>,
    assigned: HashSet<&'a str>,
    visit: &'w mut dyn FnMut(&Formula<'_, 'a>),
}

impl<'a> Walker<'_, 'a> {
    fn block(&mut self, block: &'a Block) {
        for statement in &block.statements {
            self.statement(statement);
        }
    }

    /// A block that may or may not be executed.
    fn branch(&mut self, block: &'a Block) {
        let before = self.known.clone();
        self.block(block);
        self.known = before;
    }

    fn forget(&mut self, block: &'a Block) {
        for name in targets(block) {
            self.known.insert(name, None);
        }
        let mut calls = false;
        walk::each_statement(block, &mut |s| {
            calls |= matches!(
                s,
                Statement::Call(_) | Statement::Verbatim(_) | Statement::Solve(_)
            );
        });
        if calls {
            self.forget_variables();
        }
    }

    /// What is called may assign any variable of the file.
    fn forget_variables(&mut self) {
        let names = &self.model.symbols.names;
        for (name, known) in &mut self.known {
            if names.contains_key(*name) {
                *known = None;
            }
        }
    }

    fn assign(&mut self, name: &'a str, value: &'a Expr, is_whole: bool) {
        let mentions = |expr: &Expr, wanted: &str| {
            let mut found = false;
            walk::each_expr(expr, &mut |e| {
                found |= matches!(e, Expr::Variable(v) if v.name.name == wanted);
            });
            found
        };
        for known in self.known.values_mut() {
            if known.is_some_and(|expr| mentions(expr, name)) {
                *known = None;
            }
        }
        let follows = is_whole && !mentions(value, name);
        self.known.insert(name, follows.then_some(value));
    }

    fn statement(&mut self, statement: &'a Statement) {
        match statement {
            Statement::If(s) => {
                let outer = self.guards.len();
                for branch in &s.branches {
                    self.visit(&branch.condition);
                    self.guards.push((&branch.condition, true));
                    self.branch(&branch.body);
                    if let Some(guard) = self.guards.last_mut() {
                        guard.1 = false;
                    }
                }
                if let Some(otherwise) = &s.otherwise {
                    self.branch(otherwise);
                }
                self.guards.truncate(outer);
                for block in walk::blocks_in(statement) {
                    self.forget(block);
                }
            }
            Statement::While(s) => {
                self.forget(&s.body);
                self.visit(&s.condition);
                self.guards.push((&s.condition, true));
                self.branch(&s.body);
                self.guards.pop();
                self.forget(&s.body);
            }
            Statement::From(s) => {
                self.known.insert(&s.index.name, None);
                self.forget(&s.body);
                self.branch(&s.body);
                self.forget(&s.body);
            }
            Statement::Local(local) => {
                for name in &local.names {
                    self.known.insert(&name.name.name, None);
                }
            }
            _ => {
                walk::each_expr_of(statement, &mut |expr| self.visit(expr));
                match statement {
                    Statement::Assign(s) => {
                        let whole = s.target.index.is_none() && s.target.order == 0;
                        self.assign(&s.target.name.name, &s.value, whole);
                    }
                    Statement::Protect(s) => {
                        self.assign(&s.assign.target.name.name, &s.assign.value, false);
                    }
                    Statement::Call(_) | Statement::Verbatim(_) | Statement::Solve(_) => {
                        self.forget_variables();
                    }
                    _ => {}
                }
                for block in walk::blocks_in(statement) {
                    self.branch(block);
                    self.forget(block);
                }
            }
        }
    }

    fn visit(&mut self, expr: &'a Expr) {
        (self.visit)(&Formula {
            model: self.model,
            expr,
            known: &self.known,
            guards: &self.guards,
            arguments: &self.arguments,
            callable: self.callable,
            assigned: &self.assigned,
        });
    }
}

//! A LOCAL that is read before anything can have set it.
//!
//! Only what is certain is reported: a LOCAL that some way through the code sets counts as set.

use std::collections::HashSet;

use super::Model;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Block, Expr, Statement};
use crate::syntax::walk;

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mut flow = Flow {
        model,
        scopes: Vec::new(),
        found: Vec::new(),
    };
    for item in &model.items {
        if let Some(block) = walk::code_of(item) {
            flow.block(block);
        }
    }
    flow.found
}

/// A name of a scope.
struct Name<'a> {
    name: &'a str,
    declared: Span,
    /// Something may have set it, or it was reported.
    may_be_set: bool,
}

struct Flow<'m, 'a> {
    model: &'m Model<'a>,
    scopes: Vec<Vec<Name<'a>>>,
    found: Vec<Diagnostic>,
}

impl<'a> Flow<'_, 'a> {
    fn find(&mut self, name: &str) -> Option<&mut Name<'a>> {
        let mut names = self
            .scopes
            .iter_mut()
            .rev()
            .flat_map(|s| s.iter_mut().rev());
        names.find(|known| known.name == name)
    }

    fn set(&mut self, name: &str) {
        if let Some(name) = self.find(name) {
            name.may_be_set = true;
        }
    }

    fn read(&mut self, expr: &'a Expr) {
        walk::each_expr(expr, &mut |expr| {
            let Expr::Variable(variable) = expr else {
                return;
            };
            let Some(name) = self.find(&variable.name.name) else {
                return;
            };
            if name.may_be_set {
                return;
            }
            name.may_be_set = true;
            let diagnostic = Diagnostic::new(
                Code::LocalBeforeSet,
                format!("LOCAL `{}` is read before it is set", name.name),
            )
            .at(variable.name.span, "nothing has set it yet")
            .see(name.declared, "declared here")
            .note("it is 0 here; in NEURON it is what happens to be in memory");
            self.found.push(diagnostic);
        });
    }

    fn block(&mut self, block: &'a Block) {
        self.scopes.push(Vec::new());
        for statement in &block.statements {
            self.statement(statement);
        }
        self.scopes.pop();
    }

    fn statement(&mut self, statement: &'a Statement) {
        match statement {
            Statement::Local(local) => {
                for name in &local.names {
                    let may_be_set = self.model.accesses.in_verbatim(&name.name.name);
                    let name = Name {
                        name: &name.name.name,
                        declared: name.name.span,
                        may_be_set,
                    };
                    if let Some(scope) = self.scopes.last_mut() {
                        scope.push(name);
                    }
                }
            }
            Statement::Assign(assign) => {
                self.reads_of(statement);
                self.set(&assign.target.name.name);
            }
            Statement::Protect(protect) => {
                self.reads_of(statement);
                self.set(&protect.assign.target.name.name);
            }
            Statement::If(s) => {
                for branch in &s.branches {
                    self.read(&branch.condition);
                }
                // What one branch sets is not set in another.
                let before = self.state();
                let mut after = before.clone();
                for block in walk::blocks_in(statement) {
                    self.restore(&before);
                    self.block(block);
                    after.extend(self.state());
                }
                self.restore(&after);
            }
            Statement::While(_) | Statement::From(_) => {
                // A turn may set what the next one reads.
                self.reads_of(statement);
                for block in walk::blocks_in(statement) {
                    let mut set = HashSet::new();
                    walk::each_statement(block, &mut |inner| {
                        if let Statement::Assign(assign) = inner {
                            set.insert(assign.target.name.name.as_str());
                        }
                    });
                    set.into_iter().for_each(|name| self.set(name));
                    self.scopes.push(Vec::new());
                    if let Statement::From(from) = statement
                        && let Some(scope) = self.scopes.last_mut()
                    {
                        scope.push(Name {
                            name: &from.index.name,
                            declared: from.index.span,
                            may_be_set: true,
                        });
                    }
                    self.block(block);
                    self.scopes.pop();
                }
            }
            // The volumes are evaluated before anything else, where LOCALs that the block sets
            // later are known.
            Statement::Compartment(_) | Statement::LongitudinalDiffusion(_) => {}
            Statement::ForNetcons(s) => {
                self.scopes.push(Vec::new());
                for argument in &s.arguments {
                    if let Some(scope) = self.scopes.last_mut() {
                        scope.push(Name {
                            name: &argument.name.name,
                            declared: argument.span,
                            may_be_set: true,
                        });
                    }
                }
                self.block(&s.body);
                self.scopes.pop();
            }
            _ => {
                self.reads_of(statement);
                for block in walk::blocks_in(statement) {
                    self.block(block);
                }
            }
        }
    }

    fn reads_of(&mut self, statement: &'a Statement) {
        walk::each_expr_of(statement, &mut |expr| self.read(expr));
    }

    /// Places of the names that may be set: scope and position.
    fn state(&self) -> HashSet<(usize, usize)> {
        let scopes = self.scopes.iter().enumerate();
        scopes
            .flat_map(|(scope, names)| {
                let set = names.iter().enumerate().filter(|(_, n)| n.may_be_set);
                set.map(move |(at, _)| (scope, at))
            })
            .collect()
    }

    fn restore(&mut self, state: &HashSet<(usize, usize)>) {
        for (scope, names) in self.scopes.iter_mut().enumerate() {
            for (at, name) in names.iter_mut().enumerate() {
                name.may_be_set = state.contains(&(scope, at));
            }
        }
    }
}

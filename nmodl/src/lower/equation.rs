//! Equations of LINEAR and NONLINEAR blocks.
//!
//! Each gets the number of a row, in the order of the text with FROM loops unrolled; both branches
//! of an IF must have as many. The unknowns are the states that the equations name, an array with
//! all its elements, but for those that SOLVEFOR leaves out.

use super::body::{BodyLowering, Context};
use super::solve::call_of;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{BinaryOp, Place, Stmt};
use crate::mechanism::{Role, Storage};
use crate::sema::{EquationKind, Symbol};
use crate::syntax::ast;

/// Equations of a block, beyond which no more are counted.
const MOST_EQUATIONS: u32 = 10_000;

impl BodyLowering<'_, '_> {
    pub(super) fn equation(&mut self, equation: &ast::Equation) {
        if !matches!(self.context, Context::Linear | Context::Nonlinear) {
            self.misplaced(
                "an equation",
                equation.span,
                "stands in LINEAR and NONLINEAR only",
            );
            return;
        }
        if self.context == Context::Linear {
            self.refuse_hidden_unknowns(equation);
        }
        let left = self.real(&equation.left);
        let right = self.real(&equation.right);
        let value = match self.body.exprs.as_f64(right) {
            Some(0.0) => left,
            _ => self.body.exprs.binary(BinaryOp::Sub, left, right),
        };
        if !equation.adds {
            self.rows += 1;
        }
        if self.rows == 0 {
            self.misplaced("`~+`", equation.span, "no equation before it to add to");
            return;
        }
        if self.rows > MOST_EQUATIONS {
            return;
        }
        let row = self.rows - 1;
        self.out.push(Stmt::Equation { row, value });
    }

    /// What a function of the file makes of an unknown cannot be seen, and LINEAR evaluates it once.
    fn refuse_hidden_unknowns(&mut self, equation: &ast::Equation) {
        let symbols = self.unit.symbols;
        let variables = &symbols.mechanism.variables;
        let states = variables.iter().filter(|v| v.role == Role::State);
        let states: Vec<&str> = states.map(|v| v.name.as_str()).collect();
        let callables = |name: &str| matches!(symbols.names.get(name), Some(Symbol::Callable(_)));
        let hidden = [&equation.left, &equation.right]
            .into_iter()
            .find_map(|side| call_of(side, &states, &callables));
        if let Some(span) = hidden {
            self.error(
                Diagnostic::new(Code::CannotSolve, "a function of a state in LINEAR")
                    .at(span, "is not known to be linear")
                    .help("assign its value to a LOCAL first, or write a NONLINEAR block"),
            );
        }
    }

    /// Counts the equations of both branches of an IF: `f` lowers the second one.
    pub(super) fn second_branch<R>(
        &mut self,
        before: u32,
        span: crate::source::Span,
        f: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let first = std::mem::replace(&mut self.rows, before);
        let result = f(self);
        if first != self.rows {
            let (first, second) = (first - before, self.rows - before);
            self.error(
                Diagnostic::new(
                    Code::CannotSolve,
                    format!("an IF with {first} equations in one branch and {second} in the other"),
                )
                .at(span, "must have as many equations in each branch"),
            );
            self.rows = first.max(self.rows);
        }
        result
    }
}

impl super::Lowering<'_> {
    /// The places that a block of equations solves for; `None` if that is everything that its
    /// equations change.
    pub(super) fn unknowns(
        &mut self,
        node: &ast::EquationBlock,
        kind: EquationKind,
    ) -> Option<Vec<Place>> {
        let symbols = self.symbols;
        for name in &node.solve_for {
            let state = match symbols.names.get(&name.name) {
                Some(&Symbol::Variable(index)) => {
                    symbols.mechanism.variables[index].role == Role::State
                }
                _ => false,
            };
            if !state {
                self.diagnostics.push(
                    Diagnostic::new(Code::WrongKind, format!("`{}` is no STATE", name.name))
                        .at(name.span, "SOLVEFOR names states"),
                );
            }
        }
        let solved_for =
            |name: &str| node.solve_for.is_empty() || node.solve_for.iter().any(|s| s.name == name);
        let mut named = Vec::new();
        match kind {
            EquationKind::Linear | EquationKind::Nonlinear => {
                for_each_equation(&node.body, &mut |equation| {
                    for side in [&equation.left, &equation.right] {
                        for_each_variable(side, &mut |v| named.push(v.name.name.as_str()));
                    }
                });
            }
            _ if node.solve_for.is_empty() => return None,
            _ => named.extend(node.solve_for.iter().map(|s| s.name.as_str())),
        }
        let mut places = Vec::new();
        for variable in &symbols.mechanism.variables {
            if variable.role == Role::State
                && variable.storage == Storage::Column
                && named.contains(&variable.name.as_str())
                && solved_for(&variable.name)
            {
                let first = variable.offset as u32;
                places.extend((first..first + variable.len() as u32).map(Place::Column));
            }
        }
        Some(places)
    }
}

/// Calls `f` with each variable in `expr`; not with those in indices.
pub(super) fn for_each_variable<'e>(expr: &'e ast::Expr, f: &mut dyn FnMut(&'e ast::Variable)) {
    use ast::Expr as E;
    match expr {
        E::Variable(variable) => f(variable),
        E::Call(call) => call.arguments.iter().for_each(|a| for_each_variable(a, f)),
        E::Unary { operand, .. } => for_each_variable(operand, f),
        E::Binary { left, right, .. } => {
            for_each_variable(left, f);
            for_each_variable(right, f);
        }
        E::Number { .. } | E::String(_) => {}
    }
}

fn for_each_equation<'b>(block: &'b ast::Block, f: &mut dyn FnMut(&'b ast::Equation)) {
    use ast::Statement as S;
    for statement in &block.statements {
        match statement {
            S::Equation(equation) => f(equation),
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

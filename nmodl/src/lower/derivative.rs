//! Values of derivatives in expressions (`m'`), and DERIVATIVE blocks that are called.
//!
//! As in NEURON, `m'` is what the equation of `m` gave when it was evaluated last: a column of the
//! instance, which the equation sets. A file that reads none has no such columns. A block that is
//! called like a PROCEDURE is evaluated: what it assigns is assigned, and the states stay as they
//! are; only the block of a SOLVE METHOD cnexp makes a step, as NEURON's translator has it.
//!
//! An implicit method looks for states at which the equations hold with their own derivatives, so
//! there a block that reads some is evaluated once to know them, and once more with them. (NEURON's
//! iteration, which sees those of the round before, ends at the same states.) An explicit method sees
//! those of the evaluation before, as in NEURON.

use std::collections::BTreeMap;

use super::Lowering;
use super::body::{BodyLowering, Context};
use super::expression::{Resolved, element_place};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, FunctionId, FunctionKind, Place, Stmt};
use crate::mechanism::{Role, Storage, Variable};
use crate::sema::{EquationKind, Symbol, Symbols};
use crate::syntax::{ast, walk};

/// What a file does with derivatives besides solving equations.
#[derive(Debug, Default)]
pub(super) struct Derivatives {
    /// States whose derivative is read, by position among the mechanism's variables, and the first
    /// column of it.
    columns: BTreeMap<usize, u32>,
    /// DERIVATIVE blocks that are called, by position among the blocks of equations.
    called: Vec<usize>,
}

impl Derivatives {
    /// The variables that hold the added columns.
    pub(super) fn variables(&self, symbols: &Symbols<'_>) -> Vec<Variable> {
        let variable = |(&state, &offset): (&usize, &u32)| {
            let state = &symbols.mechanism.variables[state];
            Variable {
                // No name of a file has a space in it.
                name: format!("{} derivative", state.name),
                role: Role::Internal,
                offset: offset as usize,
                visible: false,
                default: 0.0,
                limits: None,
                tolerance: None,
                ..state.clone()
            }
        };
        self.columns.iter().map(variable).collect()
    }
}

/// Calls `visit` with the statements of each block of code.
pub(super) fn each_code<'a>(symbols: &Symbols<'a>, visit: &mut dyn FnMut(&'a ast::Statement)) {
    let mut all = |statements: &'a [ast::Statement]| {
        for statement in statements {
            visit(statement);
            for inner in walk::blocks_in(statement) {
                walk::each_statement(inner, visit);
            }
        }
    };
    symbols.callables.iter().for_each(|c| all(c.statements));
    let equations = symbols.equations.iter().map(|e| &e.node.body);
    let blocks = symbols.initial.iter().chain(&symbols.breakpoint);
    let blocks = blocks.map(|b| &b.body);
    let receive = symbols.net_receive.iter().map(|b| &b.body);
    let moments = symbols.before_after.iter().map(|b| &b.body);
    let blocks = equations.chain(blocks).chain(receive).chain(moments);
    blocks.for_each(|block| all(&block.statements));
}

impl Lowering<'_> {
    /// Looks for derivatives that are read and blocks that are called, before anything is lowered.
    pub(super) fn find_derivatives(&mut self) {
        let symbols = self.symbols;
        let mut read = Vec::new();
        let mut called = Vec::new();
        let mut call = |call: &ast::Call| {
            if let Some(&Symbol::Equations(index)) = symbols.names.get(&call.name.name)
                && symbols.equations[index].kind == EquationKind::Derivative
                && !called.contains(&index)
            {
                called.push(index);
            }
        };
        each_code(symbols, &mut |statement| {
            if let ast::Statement::Call(statement) = statement {
                call(statement);
            }
            walk::each_expr_of(statement, &mut |expr| {
                walk::each_expr(expr, &mut |expr| match expr {
                    ast::Expr::Variable(variable) if variable.order == 1 => {
                        read.push(variable.name.name.as_str());
                    }
                    ast::Expr::Call(inner) => call(inner),
                    _ => {}
                });
            });
        });
        self.derivatives.called = called;
        for name in read {
            let Some(&Symbol::Variable(index)) = symbols.names.get(name) else {
                continue;
            };
            let variable = &symbols.mechanism.variables[index];
            let is_state = variable.role == Role::State && variable.storage == Storage::Column;
            if is_state && !self.derivatives.columns.contains_key(&index) {
                self.derivatives.columns.insert(index, self.columns as u32);
                self.columns += variable.len();
            }
        }
    }

    /// Functions that evaluate the blocks that are called.
    pub(super) fn evaluations(&mut self) {
        debug_assert_eq!(
            self.functions.len(),
            self.derivatives.first_evaluation(self)
        );
        for n in 0..self.derivatives.called.len() {
            let node = self.symbols.equations[self.derivatives.called[n]].node;
            let mut body = BodyLowering::new(self, Context::Derivative);
            body.evaluation(&node.body.statements);
            let body = body.finish();
            self.functions.push(ir::Function {
                // No name of a file has a parenthesis in it.
                name: format!("{} (evaluated)", node.name.name),
                kind: FunctionKind::Procedure,
                unknowns: None,
                body,
            });
        }
    }

    /// Whether a block needs to know its derivatives before it is evaluated.
    pub(super) fn is_evaluated_twice(&self, index: usize) -> bool {
        let method = self.solve_of(index).and_then(|solve| solve.method.as_ref());
        let implicit = method.is_none_or(|m| m.name.name == "derivimplicit");
        let block = &self.symbols.equations[index].node.body;
        let mut reads = false;
        walk::each_statement(block, &mut |statement| {
            walk::each_expr_of(statement, &mut |expr| {
                walk::each_expr(expr, &mut |expr| {
                    reads |= matches!(expr, ast::Expr::Variable(v) if v.order > 0);
                });
            });
        });
        implicit && reads
    }

    /// Whether the derivative of a state of this block is read somewhere.
    pub(super) fn reads_derivative_of(&self, block: &ast::Block) -> bool {
        let mut found = false;
        walk::each_statement(block, &mut |statement| {
            if let ast::Statement::Assign(assign) = statement
                && assign.target.order > 0
                && let Some(Symbol::Variable(index)) =
                    self.symbols.names.get(&assign.target.name.name)
            {
                found |= self.derivatives.columns.contains_key(index);
            }
        });
        found
    }

    /// The SOLVE of a block of equations, wherever it stands.
    fn solve_of(&self, index: usize) -> Option<&ast::Solve> {
        let name = &self.symbols.equations[index].node.name.name;
        let mut found = None;
        each_code(self.symbols, &mut |statement| {
            if let ast::Statement::Solve(solve) = statement
                && solve.block.name == *name
                && found.is_none()
            {
                found = Some(solve);
            }
        });
        found
    }
}

impl BodyLowering<'_, '_> {
    /// The statements of a DERIVATIVE block without what its equations do to the states.
    pub(super) fn evaluation(&mut self, statements: &[ast::Statement]) {
        let before = std::mem::replace(&mut self.evaluates, true);
        let code = self.nested(|this| this.statements(statements));
        self.out.extend(code);
        self.evaluates = before;
    }

    /// `m'` in an expression.
    pub(super) fn derivative_value(&mut self, variable: &ast::Variable) -> Option<Resolved> {
        let name = &variable.name;
        let faulty = |why: &str| {
            Diagnostic::new(
                Code::WrongKind,
                format!("the derivative of `{}` is not known", name.name),
            )
            .at(variable.span, why.to_owned())
        };
        if variable.order > 1 {
            self.error(faulty("only first derivatives are"));
            return None;
        }
        let has_equation = self.unit.symbols.equations.iter().any(|equations| {
            let mut found = false;
            walk::each_statement(&equations.node.body, &mut |statement| {
                found |= matches!(statement, ast::Statement::Assign(a)
                    if a.target.order == 1 && a.target.name.name == name.name);
            });
            found
        });
        let symbol = self.unit.symbols.names.get(&name.name);
        let known = match symbol {
            Some(&Symbol::Variable(index)) if self.lookup(&name.name).is_none() => {
                let column = self.unit.derivatives.columns.get(&index);
                column.map(|&column| (index, column))
            }
            _ => None,
        };
        let Some((index, base)) = known.filter(|_| has_equation) else {
            self.error(faulty("no STATE with an equation in a DERIVATIVE block"));
            return None;
        };
        let place = self.element(variable, index)?;
        Some(Resolved::Place(self.beside(place, index, base)))
    }

    /// Where the derivative of the state at `place` is kept, if something reads it.
    pub(super) fn derivative_place(&mut self, name: &str, place: Place) -> Option<Place> {
        let &Symbol::Variable(index) = self.unit.symbols.names.get(name)? else {
            return None;
        };
        let &base = self.unit.derivatives.columns.get(&index)?;
        Some(self.beside(place, index, base))
    }

    /// The place in columns from `base` on that corresponds to `place` of a variable.
    fn beside(&mut self, place: Place, variable: usize, base: u32) -> Place {
        let first = self.unit.symbols.mechanism.variables[variable].offset as u32;
        match place {
            Place::ColumnAt { len, index, .. } => {
                element_place(&self.body.exprs[index], Storage::Column, base, len, index)
            }
            Place::Column(column) => Place::Column(base + (column - first)),
            other => other,
        }
    }

    /// A call of a DERIVATIVE block; false if that is not what is called.
    pub(super) fn call_of_equations(&mut self, call: &ast::Call) -> bool {
        let Some(&Symbol::Equations(index)) = self.unit.symbols.names.get(&call.name.name) else {
            return false;
        };
        let derivatives = &self.unit.derivatives;
        let Some(n) = derivatives.called.iter().position(|&c| c == index) else {
            return false;
        };
        if self.context.is_equations() || !call.arguments.is_empty() {
            return false;
        }
        let function = FunctionId((derivatives.first_evaluation(self.unit) + n) as u32);
        if let Some(solve) = self.unit.solve_of(index)
            && let Some(method) = &solve.method
            && method.name.name == "cnexp"
        {
            let solve = ast::Solve {
                span: call.span,
                ..solve.clone()
            };
            self.solve(&solve);
            return true;
        }
        self.out.push(Stmt::Call {
            result: None,
            function,
            args: Vec::new(),
        });
        true
    }
}

impl Derivatives {
    /// Position of the first evaluating function: they stand behind those of C.
    fn first_evaluation(&self, unit: &Lowering<'_>) -> usize {
        unit.symbols.callables.len() + unit.symbols.equations.len() + unit.c.function_count()
    }
}

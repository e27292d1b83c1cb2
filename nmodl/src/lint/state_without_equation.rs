//! A STATE that nothing changes.

use super::Model;
use super::accesses::{Access, Use};
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::{Kind, Role};
use crate::syntax::ast::{EquationBlock, Item, Statement};
use crate::syntax::walk;

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let symbols = model.symbols;
    if symbols.mechanism.kind == Kind::Nothing {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, variable) in symbols.mechanism.variables.iter().enumerate() {
        let is_ion = symbols.ion_bindings.iter().any(|b| b.variable == index);
        if variable.role != Role::State || is_ion || model.accesses.in_verbatim(&variable.name) {
            continue;
        }
        let name = &variable.name;
        let changes: Vec<&Use<'_>> = model
            .accesses
            .of(name)
            .filter(|u| match u.access {
                Access::Solved => true,
                Access::Set => !matches!(u.item, Item::Initial(_)),
                _ => false,
            })
            .collect();
        if changes.is_empty() {
            found.push(
                Diagnostic::new(
                    Code::StateWithoutEquation,
                    format!("STATE `{name}` has no equation"),
                )
                .at(variable.span, "keeps its initial value for ever")
                .help(format!(
                    "write `{name}' = ...` in a DERIVATIVE block, or declare it in ASSIGNED"
                )),
            );
            continue;
        }
        let unsolved = changes.iter().map(|u| unsolved_block(model, u.item));
        if let Some(blocks) = unsolved.collect::<Option<Vec<_>>>()
            && let Some(block) = blocks.first()
        {
            found.push(
                Diagnostic::new(
                    Code::StateWithoutEquation,
                    format!("the equation of STATE `{name}` is never solved"),
                )
                .at(variable.span, "keeps its initial value for ever")
                .see(block.name.span, "no SOLVE names this block")
                .help(format!(
                    "write `SOLVE {} METHOD ...` in BREAKPOINT",
                    block.name.name
                )),
            );
        }
    }
    found
}

/// The block of equations that `item` is, if nothing solves it.
fn unsolved_block<'a>(model: &Model<'a>, item: &'a Item) -> Option<&'a EquationBlock> {
    let block = match item {
        Item::Derivative(b)
        | Item::Kinetic(b)
        | Item::Linear(b)
        | Item::Nonlinear(b)
        | Item::Discrete(b) => b,
        _ => return None,
    };
    let is_solved = model.items.iter().any(|item| {
        let mut solved = false;
        if let Some(code) = walk::code_of(item) {
            walk::each_statement(code, &mut |statement| {
                solved |=
                    matches!(statement, Statement::Solve(s) if s.block.name == block.name.name);
            });
        }
        solved
    });
    let is_called = model.accesses.of(&block.name.name).next().is_some();
    (!is_solved && !is_called && !model.accesses.in_verbatim(&block.name.name)).then_some(block)
}

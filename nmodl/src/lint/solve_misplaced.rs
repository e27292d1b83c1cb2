//! SOLVE where it does not do what SOLVE is for.

use super::Model;
use crate::diagnostic::{Code, Diagnostic};
use crate::sema::{EquationKind, Symbol};
use crate::syntax::ast::{Item, Solve, Statement};
use crate::syntax::walk;

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in &model.items {
        if let Some(block) = walk::code_of(item) {
            walk::each_statement(block, &mut |statement| {
                if let Statement::Solve(solve) = statement {
                    found.extend(misplaced(model, item, solve));
                }
            });
        }
    }
    found
}

fn misplaced(model: &Model<'_>, item: &Item, solve: &Solve) -> Option<Diagnostic> {
    let name = &solve.block.name;
    let Some(Symbol::Equations(index)) = model.symbols.names.get(name) else {
        return None;
    };
    let kind = model.symbols.equations[*index].kind;
    if !matches!(kind, EquationKind::Derivative | EquationKind::Kinetic) {
        return None;
    }
    let is_steady = solve.method.as_ref().is_some_and(|m| m.steady_state);
    let (place, help) = match item {
        Item::Breakpoint(_) if is_steady => {
            return Some(
                Diagnostic::new(
                    Code::SolveMisplaced,
                    format!("BREAKPOINT solves `{name}` for its steady state"),
                )
                .at(solve.span, "the states are in equilibrium at every step")
                .help("write METHOD here, and STEADYSTATE in INITIAL"),
            );
        }
        Item::Breakpoint(_) => return None,
        _ if is_steady => return None,
        Item::Initial(_) => (
            "INITIAL",
            "write `STEADYSTATE` for the equilibrium, or assign the states their initial values",
        ),
        Item::NetReceive(_) => ("NET_RECEIVE", "SOLVE it in BREAKPOINT"),
        Item::Function(_) => ("a FUNCTION", "SOLVE it in BREAKPOINT"),
        Item::Procedure(_) => ("a PROCEDURE", "SOLVE it in BREAKPOINT"),
        _ => ("this block", "SOLVE it in BREAKPOINT"),
    };
    Some(
        Diagnostic::new(Code::SolveMisplaced, format!("{place} integrates `{name}`"))
            .at(solve.span, "goes forward by dt whenever it is executed")
            .help(help),
    )
}

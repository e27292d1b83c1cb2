//! A BREAKPOINT whose SOLVEs keep NEURON from using variable time steps.

use super::Model;
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::Kind;
use crate::sema::{EquationKind, Symbol};
use crate::syntax::ast::{Solve, Statement};
use crate::syntax::walk;

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let symbols = model.symbols;
    if matches!(symbols.mechanism.kind, Kind::Nothing | Kind::ArtificialCell) {
        return Vec::new();
    }
    let mut solves: Vec<&Solve> = Vec::new();
    for breakpoint in &symbols.breakpoint {
        walk::each_statement(&breakpoint.body, &mut |statement| {
            if let Statement::Solve(solve) = statement {
                solves.push(solve);
            }
        });
    }
    let mut first: Option<&Solve> = None;
    for solve in solves {
        let (reason, help) = match (obstacle(model, solve), first) {
            (Some(obstacle), _) => obstacle,
            (None, None) => {
                first = Some(solve);
                continue;
            }
            (None, Some(_)) => (
                "a second SOLVE: only one can be integrated".to_owned(),
                "join the equations in one block",
            ),
        };
        let mut diagnostic = Diagnostic::new(
            Code::NoVariableStep,
            "the mechanism cannot be used with variable time steps (CVODE)",
        )
        .at(solve.span, reason)
        .help(help);
        if let Some(first) = first {
            diagnostic = diagnostic.see(first.span, "the first one is here");
        }
        return vec![diagnostic];
    }
    Vec::new()
}

/// Why what is solved cannot be integrated, and what to do about it.
fn obstacle(model: &Model<'_>, solve: &Solve) -> Option<(String, &'static str)> {
    let name = &solve.block.name;
    let method = solve.method.as_ref();
    let named = |wanted: &str| method.is_some_and(|m| m.name.name == wanted);
    let kind = match model.symbols.names.get(name)? {
        Symbol::Callable(_) => {
            let is_told = method.is_some_and(|m| {
                m.name.name == "after_cvode" || m.name.name.starts_with("cvode_t")
            });
            return (!is_told).then(|| {
                (
                    format!("`{name}` is a PROCEDURE, executed once for each fixed step"),
                    "write `METHOD after_cvode` if it may be executed after each step, however \
                     long, or make a DERIVATIVE block of it",
                )
            });
        }
        Symbol::Equations(index) => model.symbols.equations[*index].kind,
        _ => return None,
    };
    match kind {
        EquationKind::Derivative if method.is_some_and(|m| m.steady_state) => Some((
            format!("`{name}` is solved for its steady state, not integrated"),
            "move STEADYSTATE to the INITIAL block",
        )),
        EquationKind::Derivative => None,
        EquationKind::Kinetic if named("sparse") => None,
        EquationKind::Kinetic => Some((
            format!("KINETIC `{name}` is not solved with METHOD sparse"),
            "write `METHOD sparse`",
        )),
        _ => Some((
            format!(
                "{} `{name}` has no derivatives to integrate",
                kind.keyword()
            ),
            "solve it from a PROCEDURE that the DERIVATIVE block or BREAKPOINT calls",
        )),
    }
}

//! What is fine here, and what NEURON's translator refuses: the file cannot be shared as it is.

use super::Model;
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::{Kind, Role};
use crate::source::Span;
use crate::syntax::ast::{Ident, Item, NeuronNamesKind, NeuronStatement, Statement};
use crate::syntax::walk;

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let is_density = model.symbols.mechanism.kind == Kind::Density;
    for item in &model.items {
        match item {
            Item::NetReceive(block) if is_density => {
                let why = "events reach point processes only";
                found.push(of_points("NET_RECEIVE", block.span, why));
            }
            Item::Destructor(block) if is_density => {
                let why = "nothing sees what it does";
                found.push(of_points("DESTRUCTOR", block.span, why));
            }
            Item::Breakpoint(_) => {}
            _ => found.extend(conductances(item)),
        }
        let Item::Neuron(block) = item else {
            continue;
        };
        for statement in &block.statements {
            match statement {
                NeuronStatement::ThreadSafe { names, .. } => {
                    found.extend(names.first().map(name_behind_threadsafe));
                }
                NeuronStatement::Names(list) if list.kind == NeuronNamesKind::Global => {
                    found.extend(
                        list.names
                            .iter()
                            .filter_map(|name| global_state(model, name)),
                    );
                }
                _ => {}
            }
        }
    }
    found
}

fn of_points(block: &str, span: Span, why: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NeuronRefuses,
        format!("NEURON refuses {block} in a density mechanism"),
    )
    .at(span, why)
    .help("remove the block, or write POINT_PROCESS instead of SUFFIX")
}

fn conductances(item: &Item) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(code) = walk::code_of(item) {
        walk::each_statement(code, &mut |statement| {
            if let Statement::Conductance(conductance) = statement {
                let message = "NEURON refuses CONDUCTANCE outside of BREAKPOINT";
                found.push(
                    Diagnostic::new(Code::NeuronRefuses, message)
                        .at(conductance.span, "has no effect here")
                        .help("move it into BREAKPOINT"),
                );
            }
        });
    }
    found
}

fn name_behind_threadsafe(name: &Ident) -> Diagnostic {
    Diagnostic::new(
        Code::NeuronRefuses,
        "NEURON refuses names behind THREADSAFE",
    )
    .at(name.span, "they have no meaning")
    .help("remove the names")
}

fn global_state(model: &Model<'_>, name: &Ident) -> Option<Diagnostic> {
    let mut variables = model.symbols.mechanism.variables.iter();
    let state = variables.find(|v| v.role == Role::State && v.name == name.name)?;
    Some(
        Diagnostic::new(
            Code::NeuronRefuses,
            format!("NEURON refuses STATE `{}` in GLOBAL", name.name),
        )
        .at(name.span, "a STATE is the instance's, whatever GLOBAL says")
        .see(state.span, "declared here")
        .help(format!("remove `{}` from GLOBAL", name.name)),
    )
}

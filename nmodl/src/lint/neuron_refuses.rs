//! What is fine here, and what NEURON's translator refuses: the file cannot be shared as it is.

use super::Model;
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::Role;
use crate::syntax::ast::{Ident, Item, NeuronNamesKind, NeuronStatement};

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in &model.items {
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

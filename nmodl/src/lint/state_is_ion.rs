//! A STATE with the name of an ion's variable that is not connected with the ion.

use super::Model;
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::Role;
use crate::syntax::ast::{Item, NeuronStatement, UseIon};

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let symbols = model.symbols;
    let mut found = Vec::new();
    for item in &model.items {
        let Item::Neuron(block) = item else {
            continue;
        };
        for statement in &block.statements {
            let NeuronStatement::UseIon(ion) = statement else {
                continue;
            };
            for variable in &symbols.mechanism.variables {
                if variable.role == Role::State && is_of_ion(&variable.name, &ion.ion.name) {
                    found.extend(clash(ion, &variable.name, variable.span));
                }
            }
        }
    }
    found
}

/// Whether a name is that of a variable of the ion.
fn is_of_ion(name: &str, ion: &str) -> bool {
    ["e", "i"].iter().any(|p| name.strip_prefix(p) == Some(ion))
        || ["i", "o"].iter().any(|s| name.strip_suffix(s) == Some(ion))
}

fn clash(ion: &UseIon, state: &str, declared: crate::source::Span) -> Option<Diagnostic> {
    let read = ion.read.iter().find(|n| n.name == state);
    let is_written = ion.write.iter().any(|n| n.name == state);
    let name = &ion.ion.name;
    if is_written {
        return None;
    }
    let (message, why) = match read {
        None => (
            format!("STATE `{state}` has the name of a variable of ion `{name}`, but is another"),
            format!("USEION does not name `{state}`: the ion does not know this STATE"),
        ),
        Some(_) => (
            format!("STATE `{state}` is a variable of ion `{name}` that is not written"),
            format!("without `WRITE {state}` the ion does not see what the equation does"),
        ),
    };
    Some(
        Diagnostic::new(Code::StateIsIon, message)
            .at(declared, "a STATE of this mechanism")
            .see(ion.span, why)
            .help(format!(
                "write `USEION {name} ... WRITE {state}` if it is the ion's, or give it another name"
            )),
    )
}

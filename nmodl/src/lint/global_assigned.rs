//! A GLOBAL that code assigns: all instances share it, and NEURON's threads race for it.

use super::Model;
use super::accesses::Access;
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::{Kind, Role, Storage};
use crate::syntax::ast::{Item, NeuronStatement};

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mechanism = &model.symbols.mechanism;
    // With THREADSAFE each thread of NEURON has GLOBALs of its own.
    let is_safe = model.items.iter().any(|item| {
        let Item::Neuron(block) = item else {
            return false;
        };
        let safe = |s: &NeuronStatement| matches!(s, NeuronStatement::ThreadSafe { .. });
        block.statements.iter().any(safe)
    });
    if is_safe || mechanism.kind == Kind::Nothing {
        return Vec::new();
    }
    let globals = mechanism
        .variables
        .iter()
        .filter(|v| v.storage == Storage::Global && v.role != Role::Internal);
    let assigned = globals.filter_map(|variable| {
        let is_set = |u: &&super::accesses::Use<'_>| matches!(u.access, Access::Set);
        let set = model.accesses.of(&variable.name).find(is_set)?;
        Some((variable, set))
    });
    assigned
        .map(|(variable, set)| {
            Diagnostic::new(
                Code::GlobalAssigned,
                format!("GLOBAL `{}` is assigned", variable.name),
            )
            .at(set.span, "all instances share this variable")
            .see(variable.span, "declared here")
            .note("in NEURON the mechanism is not thread safe then")
            .help(format!(
                "name it in RANGE if each instance has its own value, use a LOCAL, or write \
                 THREADSAFE in the NEURON block if `{}` is set anew wherever it is used",
                variable.name
            ))
        })
        .collect()
}

//! Variables whose values nothing reads.
//!
//! Of variables that can be seen from outside only PARAMETERs are reported: an ASSIGNED variable
//! may be there to be recorded or to hold something for scripts.

use super::Model;
use super::accesses::Access;
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::{Kind, Role};
use crate::sema::Symbol;
use crate::source::Span;
use crate::syntax::ast::Item;

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for local in &model.accesses.locals {
        if local.reads == 0 && !model.accesses.in_verbatim(&local.name.name) {
            found.push(unused(local.name.span, "LOCAL", &local.name.name));
        }
    }
    let symbols = model.symbols;
    if symbols.mechanism.kind == Kind::Nothing {
        return found;
    }
    let is_used = |name: &str| {
        let used = |access| !matches!(access, Access::Set);
        model.accesses.of(name).any(|u| used(u.access)) || model.accesses.in_verbatim(name)
    };
    for (index, variable) in symbols.mechanism.variables.iter().enumerate() {
        let word = match variable.role {
            Role::Parameter => "PARAMETER",
            Role::Assigned if !variable.visible => "ASSIGNED",
            Role::Internal => "LOCAL",
            _ => continue,
        };
        let is_shared = symbols.ion_bindings.iter().any(|b| b.variable == index)
            || symbols
                .currents
                .iter()
                .any(|(current, _)| *current == index)
            || symbols.initial_values.iter().any(|(state, _)| {
                variable.name == format!("{}0", symbols.mechanism.variables[*state].name)
            });
        if !is_shared && !is_used(&variable.name) {
            found.push(unused(variable.span, word, &variable.name));
        }
    }
    for item in &model.items {
        let Item::Constant(block) = item else {
            continue;
        };
        for constant in &block.constants {
            let name = &constant.name;
            let is_constant = matches!(symbols.names.get(&name.name), Some(Symbol::Constant(_)));
            if is_constant && !is_used(&name.name) {
                found.push(unused(name.span, "CONSTANT", &name.name));
            }
        }
    }
    found
}

fn unused(span: Span, word: &str, name: &str) -> Diagnostic {
    Diagnostic::new(Code::Unused, format!("nothing reads {word} `{name}`"))
        .at(span, "has no effect")
        .help("remove it, or use it where its value is meant")
}

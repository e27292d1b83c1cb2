//! A default value in PARAMETER for something that begins with another one.

use super::Model;
use crate::diagnostic::{Code, Diagnostic};
use crate::sema::Symbol;
use crate::syntax::ast::{DeclaredNumber, Item};

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let symbols = model.symbols;
    let mut found = Vec::new();
    for item in &model.items {
        let Item::Parameter(block) = item else {
            continue;
        };
        for parameter in &block.parameters {
            let Some(default) = &parameter.default else {
                continue;
            };
            if matches!(default, DeclaredNumber::Literal(number) if number.value == 0.0) {
                continue;
            }
            let name = &parameter.name.name;
            if let Some(Symbol::Variable(index)) = symbols.names.get(name)
                && symbols.parameters_from_zero.contains(index)
            {
                found.push(
                    Diagnostic::new(
                        Code::IgnoredDefault,
                        format!("the default value of `{name}` is ignored"),
                    )
                    .at(default.span(), "it begins with 0, as in NEURON")
                    .note(
                        "the file's code assigns it, so that each thread of NEURON has its own, \
                         which begins with 0",
                    )
                    .help(format!(
                        "set `{name}` in INITIAL, or assign a LOCAL instead of it"
                    )),
                );
                continue;
            }
            let source = match symbols.names.get(name) {
                Some(Symbol::Sim(_)) => "the simulation",
                Some(Symbol::Node(_)) => "the segment",
                Some(Symbol::Pointer(_)) => "what it points at",
                Some(Symbol::Variable(index))
                    if symbols.ion_bindings.iter().any(|b| b.variable == *index) =>
                {
                    "the ion"
                }
                _ => continue,
            };
            found.push(
                Diagnostic::new(
                    Code::IgnoredDefault,
                    format!("the default value of `{name}` is ignored"),
                )
                .at(
                    default.span(),
                    format!("`{name}` has the value of {source}"),
                )
                .help(format!("declare `{name}` in ASSIGNED, without a value")),
            );
        }
    }
    found
}

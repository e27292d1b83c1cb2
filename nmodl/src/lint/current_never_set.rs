//! A current or ion variable that the mechanism announces to set, and never does.

use super::Model;
use super::accesses::Access;
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::{Kind, Role};
use crate::source::Span;
use crate::syntax::ast::{Item, NeuronNamesKind, NeuronStatement};

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    if model.symbols.mechanism.kind == Kind::Nothing {
        return Vec::new();
    }
    let mut announced: Vec<(&str, Span, &str)> = Vec::new();
    for item in &model.items {
        let Item::Neuron(block) = item else {
            continue;
        };
        for statement in &block.statements {
            match statement {
                NeuronStatement::UseIon(s) => {
                    announced.extend(s.write.iter().map(|n| (n.name.as_str(), n.span, "WRITE")));
                }
                NeuronStatement::Names(s)
                    if matches!(
                        s.kind,
                        NeuronNamesKind::NonspecificCurrent | NeuronNamesKind::ElectrodeCurrent
                    ) =>
                {
                    let word = s.kind.keyword();
                    announced.extend(s.names.iter().map(|n| (n.name.as_str(), n.span, word)));
                }
                _ => {}
            }
        }
    }
    let variables = &model.symbols.mechanism.variables;
    let is_state = |name: &str| {
        let state = |v: &crate::mechanism::Variable| v.role == Role::State && v.name == name;
        variables.iter().any(state)
    };
    announced
        .into_iter()
        .filter(|(name, ..)| {
            let mut uses = model.accesses.of(name);
            let sets = uses.any(|u| matches!(u.access, Access::Set | Access::Solved));
            !sets && !is_state(name) && !model.accesses.in_verbatim(name)
        })
        .map(|(name, span, word)| {
            Diagnostic::new(
                Code::CurrentNeverSet,
                format!("nothing sets `{name}`, which {word} announces"),
            )
            .at(span, "stays 0")
            .help(format!("write `{name} = ...`, or remove it here"))
        })
        .collect()
}

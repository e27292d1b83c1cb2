//! What a file calls its mechanism.

use crate::syntax::ast::{File, Item, MechanismKind, NeuronStatement, Suffix};

/// Name and keyword of the mechanism in `file`, which stands in a file called `file_name`. A file
/// that names none is a density mechanism of the file's name, unless that cannot be a name.
pub fn mechanism_name(file: &File, file_name: &str) -> Option<(String, MechanismKind)> {
    let items = file.flat_items();
    let suffixes: Vec<&Suffix> = items.iter().flat_map(|item| suffixes(item)).collect();
    let Some(last) = suffixes.last() else {
        return Some((name_of_file(file_name)?.to_owned(), MechanismKind::Suffix));
    };
    let point = suffixes.iter().find(|s| s.kind != MechanismKind::Suffix);
    Some((last.name.name.clone(), point.unwrap_or(last).kind))
}

/// The mechanism that a file without SUFFIX makes. It may begin with a digit: NEURON writes something
/// before the name wherever its C++ has it.
pub(super) fn name_of_file(file_name: &str) -> Option<&str> {
    let name = file_name.rsplit(['/', '\\']).next()?;
    let stem = name.strip_suffix(".mod").unwrap_or(name);
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!stem.is_empty() && stem.chars().all(is_word)).then_some(stem)
}

fn suffixes<'a>(item: &&'a Item) -> Vec<&'a Suffix> {
    let Item::Neuron(block) = item else {
        return Vec::new();
    };
    let statements = block.statements.iter();
    statements
        .filter_map(|statement| match statement {
            NeuronStatement::Suffix(suffix) => Some(suffix),
            _ => None,
        })
        .collect()
}

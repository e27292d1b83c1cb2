//! What compiles but is probably not meant: the warnings of `nmodlrs check`.
//!
//! Each lint is a function of the file's tree and declarations, in a file of its own, and has one
//! code. [`LINTS`] lists them. They look at files without errors only, and a finding must be true:
//! where a lint cannot tell, it is silent. Names that VERBATIM blocks mention are taken to be read
//! and written there.

mod accesses;
mod current_never_set;
mod formula;
mod global_assigned;
mod ignored_default;
mod local_before_set;
mod negative_base;
mod neuron_refuses;
mod solve_misplaced;
mod state_is_ion;
mod state_without_equation;
mod units;
mod unused;
mod variable_step;
mod zero_over_zero;

use crate::diagnostic::{Code, Diagnostic};
use crate::sema::Symbols;
use crate::source::SourceMap;
use crate::syntax::ast::{self, Item};

use accesses::Accesses;

/// A file without errors, as lints see it.
struct Model<'a> {
    /// The items with those of INCLUDEd files.
    items: Vec<&'a Item>,
    symbols: &'a Symbols<'a>,
    sources: &'a SourceMap,
    accesses: Accesses<'a>,
}

/// A lint.
pub struct Lint {
    /// What it reports.
    pub code: Code,
    run: fn(&Model<'_>) -> Vec<Diagnostic>,
}

/// All lints but that of units, which is asked for by name.
pub const LINTS: &[Lint] = &[
    lint(Code::GlobalAssigned, global_assigned::check),
    lint(Code::NoVariableStep, variable_step::check),
    lint(Code::IgnoredDefault, ignored_default::check),
    lint(Code::Unused, unused::check),
    lint(Code::LocalBeforeSet, local_before_set::check),
    lint(Code::StateWithoutEquation, state_without_equation::check),
    lint(Code::ZeroOverZero, zero_over_zero::check),
    lint(Code::NegativeBase, negative_base::check),
    lint(Code::CurrentNeverSet, current_never_set::check),
    lint(Code::StateIsIon, state_is_ion::check),
    lint(Code::SolveMisplaced, solve_misplaced::check),
    lint(Code::NeuronRefuses, neuron_refuses::check),
];

const fn lint(code: Code, run: fn(&Model<'_>) -> Vec<Diagnostic>) -> Lint {
    Lint { code, run }
}

/// Everything that the lints find in a file without errors; with `units`, faults of units too.
pub(crate) fn run(
    tree: &ast::File,
    symbols: &Symbols<'_>,
    sources: &SourceMap,
    units: bool,
) -> Vec<Diagnostic> {
    let items = tree.flat_items();
    let model = Model {
        accesses: Accesses::new(&items),
        items,
        symbols,
        sources,
    };
    let mut found: Vec<Diagnostic> = LINTS.iter().flat_map(|lint| (lint.run)(&model)).collect();
    if units {
        found.extend(self::units::check(&model));
    }
    found
}

//! SWC morphologies of model files: sections with names, and faults as [`Problems`].

use std::collections::HashMap;

use runtime::morphology::{self, Fault, SOMA, swc};

use crate::problem::{Problem, Problems, Text};

/// An unbranched section of a morphology.
#[derive(Clone, Debug, PartialEq)]
pub struct SwcSection {
    /// `soma`, `dend[3]`, …
    pub name: String,
    /// The parent's index in the list of sections, which is smaller than its own, and the
    /// position there; `None` for the root.
    pub parent: Option<(usize, f64)>,
    /// `[x, y, z, diam]` in µm, at least two.
    pub points_um: Vec<[f64; 4]>,
}

/// Reads the text of an SWC file; `name` is for messages. A single soma section has no number.
///
/// # Errors
///
/// Lines that cannot be read, parents that are not there, more than one tree.
pub fn read(name: &str, text: &str) -> Result<Vec<SwcSection>, Problems> {
    let branches = swc::read(text).map_err(|faults| {
        let problems = faults.into_iter().map(problem).collect();
        Problems::new(Text::new(name, text), problems)
    })?;
    let somata = branches.iter().filter(|branch| branch.kind == SOMA).count();
    let mut numbers: HashMap<i64, usize> = HashMap::new();
    let named = branches.into_iter().map(|branch| {
        let number = numbers.entry(branch.kind).or_default();
        let base = morphology::base_name(branch.kind);
        let name = if branch.kind == SOMA && somata == 1 {
            base
        } else {
            format!("{base}[{number}]")
        };
        *number += 1;
        SwcSection {
            name,
            parent: branch.parent,
            points_um: branch.points_um,
        }
    });
    Ok(named.collect())
}

fn problem(fault: Fault) -> Problem {
    let mut problem = Problem::at(fault.span, fault.message);
    if let Some((span, text)) = fault.see {
        problem = problem.see(span, text);
    }
    match fault.help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

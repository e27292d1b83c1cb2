//! What `nmodlrs run --stats` says of a run.

use std::fmt::Write;

use runtime::Statistics;

use crate::run::Work;

/// A table with a line for each integrator.
pub(super) fn stats(work: &Work) -> String {
    let integrators = match work {
        Work::Fixed { steps } => return format!("{steps} steps of fixed length\n"),
        Work::Variable(integrators) => integrators,
    };
    let mut rows = vec![HEAD.map(str::to_owned).to_vec()];
    for (name, statistics) in integrators {
        rows.push(row(name, statistics));
    }
    if integrators.len() > 1 {
        rows.push(row("all", &sum(integrators)));
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..HEAD.len()).filter_map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = format!("{:1$}", row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let _ = write!(line, "  {cell:>width$}");
        }
        let _ = writeln!(text, "{line}");
    }
    text
}

const HEAD: [&str; 9] = [
    "integrator",
    "states",
    "steps",
    "interpolations",
    "beginnings",
    "evaluations",
    "solutions",
    "failed error tests",
    "failed iterations",
];

fn row(name: &str, s: &Statistics) -> Vec<String> {
    let numbers = [
        s.equations as u64,
        s.steps,
        s.interpolations,
        s.initializations,
        s.evaluations,
        s.solves,
        s.error_failures,
        s.convergence_failures,
    ];
    let numbers = numbers.iter().map(u64::to_string);
    std::iter::once(name.to_owned()).chain(numbers).collect()
}

fn sum(integrators: &[(String, Statistics)]) -> Statistics {
    let mut sum = Statistics::default();
    for (_, statistics) in integrators {
        sum.add(statistics);
    }
    sum
}

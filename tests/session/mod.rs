//! The objects that scripts work with, against NEURON's numbers.
//!
//! `reference/generate.py` made the files of numbers next to it, with NEURON 9.0.2.

mod callbacks;
mod conservation;
mod convergence;
mod cvode;
mod mechanisms;
mod queue;
mod random;
mod stiff;
mod turns;
mod variable_step;
mod vector;
mod vector_files;

use serde_json::Value;

/// A list of numbers.
#[track_caller]
fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter().map(|x| x.as_f64().expect("a number")).collect()
}

/// Checks that numbers agree, each to a relative tolerance; 0 is for the same bits.
#[track_caller]
fn assert_same(what: &str, ours: &[f64], theirs: &[f64], tolerance: f64) {
    let agree = ours.len() == theirs.len()
        && ours
            .iter()
            .zip(theirs)
            .all(|(a, b)| a.to_bits() == b.to_bits() || (a - b).abs() <= tolerance * b.abs());
    assert!(agree, "{what}: {ours:?}\nNEURON has {theirs:?}");
}

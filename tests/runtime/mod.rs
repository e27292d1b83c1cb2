//! The runtime, driven by mechanisms written by hand in Rust.
//!
//! `reference/neuron.json` holds numbers of NEURON 9.0.2; `reference/generate.py` made them.

mod builtins;
mod callables;
mod cells;
mod errors;
mod events;
mod geometry;
mod interleaving;
mod ions;
mod mechanisms;
mod morphology;
mod play;
mod pointers;
mod progress;
mod random;
mod rebuild;
mod steps;
mod structure;
mod sundials;
mod tree;

use serde_json::Value;

/// A case of NEURON's numbers.
fn reference(case: &str) -> Value {
    let text = include_str!("reference/neuron.json");
    let mut all: Value = serde_json::from_str(text).expect("the reference is JSON");
    all[case].take()
}

/// A list of numbers.
fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter().map(|x| x.as_f64().expect("a number")).collect()
}

/// Largest difference of two series, relative to the largest absolute value of the second.
fn difference(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let scale = theirs.iter().fold(f64::MIN_POSITIVE, |m, x| m.max(x.abs()));
    let worst = ours
        .iter()
        .zip(theirs)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f64::max);
    // A difference that is not a number is no agreement.
    if ours.iter().any(|x| x.is_nan()) {
        f64::INFINITY
    } else {
        worst / scale
    }
}

/// Checks that two series agree to a tolerance relative to their range.
#[track_caller]
fn assert_close(what: &str, ours: &[f64], theirs: &[f64], tolerance: f64) {
    let found = difference(ours, theirs);
    assert!(
        found <= tolerance,
        "{what}: differs by {found:e}, allowed is {tolerance:e}"
    );
}

//! The same model files in NEURON and here, compared at every step.
//!
//! `cases/*.toml` are the models; the part of a file's name before the first `-` is the
//! subject, and there is one test for each subject. `reference.py` runs them in NEURON, once
//! for each content. `agreement.toml` names the cases for which less than the usual agreement
//! can be asked for, and why.
//!
//! Here, each case runs with kernels of one lane and of several; the results are the same to
//! the last bit.

pub mod agreement;
pub mod engine;
pub mod reference;

use std::fs;
use std::path::{Path, PathBuf};

use agreement::Agreement;

#[test]
fn channels() {
    check("channel");
}

#[test]
fn calcium() {
    check("calcium");
}

#[test]
fn ions() {
    check("ion");
}

#[test]
fn cables() {
    check("cable");
}

#[test]
fn stimuli() {
    check("stimulus");
}

#[test]
fn synapses() {
    check("synapse");
}

#[test]
fn networks() {
    check("network");
}

#[test]
fn steps() {
    check("step");
}

#[test]
fn events() {
    check("event");
}

/// What real files do and compilers trip over.
#[test]
fn wild() {
    check("wild");
}

#[test]
fn language() {
    check("language");
}

#[test]
fn methods() {
    check("method");
}

#[test]
fn every_case_belongs_to_a_test() {
    const SUBJECTS: [&str; 12] = [
        "channel", "calcium", "ion", "cable", "stimulus", "synapse", "network", "step", "event",
        "language", "method", "wild",
    ];
    for case in cases() {
        let name = name(&case);
        assert!(SUBJECTS.contains(&subject(&name)), "{name}");
    }
    for (name, because) in agreement::reasons() {
        let known = cases().iter().any(|case| self::name(case) == name);
        assert!(known && !because.is_empty(), "{name}");
    }
}

/// Runs the cases of a subject and compares them with NEURON, all, and fails if one disagrees.
fn check(about: &str) {
    let Some(references) = reference::folder() else {
        return;
    };
    let mut failures = Vec::new();
    for case in cases() {
        let name = name(&case);
        if subject(&name) != about {
            continue;
        }
        match check_case(&case, &references.join(format!("{name}.json"))) {
            Ok(found) => println!("{name:32} {found}"),
            Err(message) => failures.push(format!("{name}: {message}")),
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn check_case(case: &Path, reference: &Path) -> Result<agreement::Found, String> {
    let one = engine::run(case, 1)?;
    let several = engine::run(case, nmodl::abi::LANES)?;
    agreement::identical(&one, &several)?;
    let reference = reference::read(reference)?;
    Agreement::of(&name(case)).compare(&several, &reference)
}

/// The model files, in the order of their names.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/neuron/cases");
    let entries = fs::read_dir(folder).expect("the folder of cases");
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry of the folder of cases").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    cases.sort();
    cases
}

fn name(case: &Path) -> String {
    let stem = case.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn subject(name: &str) -> &str {
    name.split('-').next().unwrap_or(name)
}

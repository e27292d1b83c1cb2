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

use std::collections::BTreeSet;
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

/// Extracellular layers, equations of the model's own, and the sparse matrix.
#[test]
fn circuits() {
    check("circuit");
}

/// Gap junctions and POINTERs.
#[test]
fn couplings() {
    check("coupling");
}

/// Cases that are compared under methods of variable steps as well: the method here, and NEURON's. Its
/// IDA does not transfer.
const ALSO: [(&str, &str, &str); 7] = [
    ("circuit-extracellular", "ida", "ida"),
    ("circuit-linear", "ida", "ida"),
    ("circuit-both", "ida", "ida"),
    ("coupling-transfer", "cvode", "cvode"),
    ("coupling-transfer", "ida", "cvode"),
    ("coupling-pointer", "cvode", "cvode"),
    ("coupling-pointer", "ida", "ida"),
];

/// As reference.py has them.
const TSTEP: &str = "run.tstep=0.25";

#[test]
fn circuits_and_couplings_with_variable_steps() {
    let file = |(name, _, method): &(&str, _, &str)| folder().join(format!("{name}.toml@{method}"));
    let models: BTreeSet<PathBuf> = ALSO.iter().map(file).collect();
    let models: Vec<PathBuf> = models.into_iter().collect();
    let Some(references) = reference::of(&models, "methods") else {
        return;
    };
    let mut failures = Vec::new();
    for (name, method, of_neuron) in ALSO {
        let sets = [TSTEP.to_owned(), format!("run.method={method}")];
        let ours = engine::run_with(&folder().join(format!("{name}.toml")), 2, &sets);
        let reference = reference::read(&references.join(format!("{name}@{of_neuron}.json")));
        // Both have the errors that the tolerance allows, and spikes at the ends of steps.
        let agreement = Agreement::within(1e-4).with_spikes_within(0.1);
        match ours.and_then(|ours| agreement.compare(&ours, &reference?)) {
            Ok(found) => println!("{name:32} {method:8} {found}"),
            Err(message) => failures.push(format!("{name} with {method}: {message}")),
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Demonstrations that rest on what no other case has.
#[test]
fn demonstrations() {
    for name in ["amplifier", "coupled", "myelin"] {
        let model = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("demo")
            .join(name);
        let model = model.join("model.toml");
        let folder = format!("demo/{name}");
        let Some(references) = reference::of(std::slice::from_ref(&model), &folder) else {
            return;
        };
        // reference.py has each step.
        let dt = ["run.tstep=1e-6".to_owned()];
        let ours = engine::run_with(&model, 2, &dt).expect(name);
        let reference = reference::read(&references.join("model.json")).expect(name);
        let found = Agreement::within(1e-9).compare(&ours, &reference);
        println!("{name:32} {}", found.expect(name));
    }
}

#[test]
fn every_case_belongs_to_a_test() {
    const SUBJECTS: [&str; 14] = [
        "channel", "calcium", "ion", "cable", "stimulus", "synapse", "network", "step", "event",
        "language", "method", "wild", "circuit", "coupling",
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

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/neuron/cases")
}

/// The model files, in the order of their names.
fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the folder of cases");
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

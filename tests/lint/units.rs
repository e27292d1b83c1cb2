//! Units against NEURON's `modlunit`: what it finds clean is clean here, and a model that it
//! rejects for its units is rejected here.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::check;
use nmodl::diagnostic::has_errors;

/// Places where this checker knows better: `modlunit` has no function of random numbers that takes
/// units, and no `step`, `pulse` and the like of a time.
const ACCEPTED_HERE: [&str; 3] = ["noise.mod", "follower.mod", "shapes.mod"];

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("a folder");
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "mod") {
            files.push(path);
        }
    }
}

#[test]
fn agreement_with_modlunit() {
    let Ok(python) = std::env::var("NMODLRS_NEURON_PYTHON") else {
        eprintln!("skipped: NMODLRS_NEURON_PYTHON names no python that can import neuron");
        return;
    };
    let modlunit = Path::new(&python).with_file_name("modlunit");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = Path::new(&python).with_file_name("../lib");
    let mut files = Vec::new();
    for folder in [
        root.join("mod"),
        root.join("tests/neuron/mechanisms"),
        package,
    ] {
        collect(&folder, &mut files);
    }
    files.sort();
    let (mut clean, mut rejected) = (0, 0);
    for path in files {
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).expect("a readable file");
        let (found, shown) = check(&name, &bytes, true);
        if has_errors(&found) {
            continue;
        }
        let output = Command::new(&modlunit).arg(&path).output();
        let output = output.expect("modlunit runs");
        let faulty = found.iter().any(|d| d.code.text().starts_with("W04"));
        if output.status.success() {
            assert!(!faulty, "modlunit finds no fault:\n{shown}");
            clean += 1;
            continue;
        }
        let said = String::from_utf8_lossy(&output.stderr);
        // Not about units: it does not know the language of today, or wants v to be declared.
        let is_about_units = ["not conformable", "not dimensionless", "conversion factor"]
            .iter()
            .any(|words| said.contains(words));
        let known = ACCEPTED_HERE.iter().any(|known| name.ends_with(known));
        if is_about_units && !known {
            assert!(faulty, "{name}: modlunit says\n{said}");
            rejected += 1;
        }
    }
    println!("{clean} clean in both, {rejected} rejected by both");
    assert!(
        clean > 60 && rejected > 2,
        "{clean} clean, {rejected} rejected"
    );
}

//! Real model files: all that ship, and any others that `NMODLRS_CORPUS` names.

use super::{compile, mod_files};
use nmodl::diagnostic::render::{Style, render};
use std::path::Path;

#[test]
fn mechanisms_that_ship_compile() {
    for (name, bytes) in mod_files(concat!(env!("CARGO_MANIFEST_DIR"), "/mod")) {
        let compiled = compile(&name, &bytes, false);
        assert!(compiled.diagnostics.is_empty(), "{}", compiled.messages());
        assert!(compiled.module().is_some(), "{name}");
    }
}

/// `NMODLRS_CORPUS=dir:dir cargo test corpus -- --nocapture` lists what is reported for every
/// `.mod` file below the directories.
#[test]
fn nothing_makes_the_compiler_panic() {
    let Ok(folders) = std::env::var("NMODLRS_CORPUS") else {
        return;
    };
    let mut files = Vec::new();
    for folder in folders.split(':') {
        collect(Path::new(folder), &mut files);
    }
    files.sort();
    for path in files {
        let name = path.to_string_lossy();
        let compiled = compile(&name, &std::fs::read(&path).unwrap(), false);
        for diagnostic in &compiled.diagnostics {
            print!("{}", render(diagnostic, &compiled.sources, Style::Short));
        }
        if compiled.diagnostics.is_empty() {
            println!("{name}: compiles");
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "mod") {
            files.push(path);
        }
    }
}

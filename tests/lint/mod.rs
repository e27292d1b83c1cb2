//! What `nmodlrs check` warns of, and the pages that explain each code.
//!
//! A fixture in `err/` is named after the code that all of its messages have; what is said is a
//! snapshot. Of a fixture in `ok/` nothing is said.

mod mutation;
mod pages;
mod units;

use nmodl::diagnostic::render::{Style, render_all};
use nmodl::diagnostic::{Code, Diagnostic};
use nmodl::lint::LINTS;
use nmodl::source::{NoIncludes, SourceMap};
use std::path::Path;

/// Messages about a text, and the same as a user sees them.
fn check(name: &str, bytes: &[u8], units: bool) -> (Vec<Diagnostic>, String) {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes(name, bytes);
    let check = if units {
        nmodl::check_with_units
    } else {
        nmodl::check
    };
    let found = check(&mut sources, file, &mut NoIncludes);
    let shown = render_all(&found, &sources, Style::Plain);
    (found, shown)
}

/// Name without ending, and text.
fn fixtures(kind: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/lint")
        .join(kind);
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy();
            (
                name.into_owned(),
                std::fs::read_to_string(&path).expect("text"),
            )
        })
        .collect();
    found.sort();
    found
}

/// The code that a fixture is named after.
fn code_of(name: &str) -> String {
    let code = name.split('_').next().unwrap_or_default();
    code.to_ascii_uppercase()
}

/// Units are looked at in the fixtures about units alone: the others leave theirs away.
fn is_about_units(name: &str) -> bool {
    name.starts_with("w04")
}

#[test]
fn each_lint_finds_what_it_is_for() {
    let mut faults = String::new();
    for (name, text) in fixtures("err") {
        let units = is_about_units(&name);
        let (found, shown) = check(&format!("{name}.mod"), text.as_bytes(), units);
        let expected = |d: &Diagnostic| d.code.text() == code_of(&name);
        if found.is_empty() || !found.iter().all(expected) {
            faults.push_str(&format!("{name}:\n{shown}\n"));
            continue;
        }
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{text}\n{shown}"));
        });
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn nothing_is_said_of_what_is_right() {
    let mut faults = String::new();
    for (name, text) in fixtures("ok") {
        let units = is_about_units(&name);
        faults.push_str(&check(&format!("{name}.mod"), text.as_bytes(), units).1);
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn every_lint_has_both_fixtures() {
    let named = |kind: &str, code: Code| {
        let mut names = fixtures(kind).into_iter().map(|(name, _)| code_of(&name));
        names.any(|name| name == code.text())
    };
    for lint in LINTS {
        assert!(named("err", lint.code), "{} in err", lint.code);
        assert!(named("ok", lint.code), "{} in ok", lint.code);
    }
    for code in Code::ALL.iter().filter(|c| c.text().starts_with("W04")) {
        assert!(named("err", *code), "{code} in err");
    }
}

#[test]
fn compiling_is_silent_about_lints() {
    for (name, text) in fixtures("err") {
        let mut sources = SourceMap::new();
        let file = sources.add(name.as_str(), &text);
        let options = nmodl::codegen::Options::default();
        let output = nmodl::compile(&mut sources, file, &mut NoIncludes, options, &mut |_| {});
        let said = match output {
            Ok(output) => output.diagnostics,
            Err(said) => said,
        };
        let is_lint = |d: &Diagnostic| LINTS.iter().any(|lint| lint.code == d.code);
        assert!(!said.iter().any(is_lint), "{name}: {said:?}");
    }
}

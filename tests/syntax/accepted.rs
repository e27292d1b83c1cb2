//! Texts that must parse, their trees, and printing them.

use std::path::Path;
use std::process::Command;

use nmodl::diagnostic::render::{Style, render_all};
use nmodl::syntax::ast::Item;
use nmodl::syntax::{dump, print};

use super::{
    Fixture, Parsed, check_snapshot, fixtures, mod_files, parse, parse_fixture, parse_in, root,
};

/// Parses, prints, parses again: no diagnostics, and the same tree.
fn check_round_trip(fixture: &Fixture) -> Parsed {
    let name = fixture.path.display();
    let first = parse_fixture(fixture);
    assert!(
        first.diagnostics.is_empty(),
        "{name}:\n{}",
        render_all(&first.diagnostics, &first.sources, Style::Plain)
    );
    let printed = print::file(&first.tree);
    let directory = fixture.path.parent().expect("fixture in a directory");
    let second = parse_in(directory, &fixture.name(), printed.as_bytes());
    assert!(
        second.diagnostics.is_empty(),
        "{name} reprinted:\n{}",
        render_all(&second.diagnostics, &second.sources, Style::Plain)
    );
    assert!(first.tree == second.tree, "{name} changed:\n{printed}");
    assert_eq!(printed, print::file(&second.tree), "{name}");
    first
}

#[test]
fn trees_of_the_fixtures() {
    for fixture in fixtures("ok") {
        let parsed = check_round_trip(&fixture);
        check_snapshot(&format!("ok_{}", fixture.stem()), &dump::file(&parsed.tree));
    }
}

#[test]
fn canonical_layout() {
    for fixture in fixtures("ok") {
        let parsed = parse_fixture(&fixture);
        check_snapshot(
            &format!("print_{}", fixture.stem()),
            &print::file(&parsed.tree),
        );
    }
}

#[test]
fn shipped_mechanisms_survive_printing() {
    for fixture in mod_files(&root().join("mod")) {
        check_round_trip(&fixture);
    }
}

/// With `NMODLRS_NEURON_PYTHON`, all mechanisms that come with NEURON.
#[test]
fn mechanisms_of_neuron_survive_printing() {
    let Ok(python) = std::env::var("NMODLRS_NEURON_PYTHON") else {
        eprintln!("skipped: NMODLRS_NEURON_PYTHON names no python that can import neuron");
        return;
    };
    let output = Command::new(&python)
        .args([
            "-c",
            "import neuron, os; print(os.path.dirname(neuron.__file__))",
        ])
        .output()
        .expect("python runs");
    assert!(output.status.success(), "{python} cannot import neuron");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let package = stdout.lines().last().unwrap_or("").trim();
    let mut count = 0;
    for folder in ["modfile", "nrn/demo/release"] {
        for fixture in mod_files(&Path::new(package).join(".data/share").join(folder)) {
            check_round_trip(&fixture);
            count += 1;
        }
    }
    assert!(count > 10, "only {count} mechanisms in {package}");
}

#[test]
fn spans_are_of_the_text_that_they_name() {
    let parsed = parse("STATE{m}\nINITIAL { m = (a + b)*c ~ x = 1 }");
    let Item::Initial(initial) = &parsed.tree.items[1] else {
        panic!("INITIAL expected");
    };
    let texts: Vec<&str> = initial
        .body
        .statements
        .iter()
        .map(|statement| parsed.sources.text(statement.span()))
        .collect();
    assert_eq!(texts, ["m = (a + b)*c", "~ x = 1"]);
    assert_eq!(
        parsed.sources.text(initial.span),
        "INITIAL { m = (a + b)*c ~ x = 1 }"
    );
    let nmodl::syntax::ast::Statement::Assign(assign) = &initial.body.statements[0] else {
        panic!("assignment expected");
    };
    assert_eq!(parsed.sources.text(assign.value.span()), "(a + b)*c");
}

#[test]
fn every_keyword_is_reserved() {
    let keywords = "AFTER ARTIFICIAL_CELL ASSIGNED BBCOREPOINTER BEFORE BREAKPOINT BY CHARGE \
        COMPARTMENT CONDUCTANCE CONSERVE CONSTANT CONSTRUCTOR DEFINE DEPEND DERIVATIVE \
        DESTRUCTOR DISCRETE ELECTRODE_CURRENT ELSE EXTERNAL FOR_NETCONS FROM FUNCTION \
        FUNCTION_TABLE GLOBAL IF INCLUDE INDEPENDENT INITIAL KINETIC LAG LINEAR LOCAL \
        LONGITUDINAL_DIFFUSION METHOD MUTEXLOCK MUTEXUNLOCK NET_RECEIVE NEURON \
        NONLINEAR NONSPECIFIC_CURRENT PARAMETER POINTER POINT_PROCESS PROCEDURE PROTECT \
        RANDOM RANGE READ REPRESENTS SOLVE SOLVEFOR START STATE STEADYSTATE STEP SUFFIX \
        SWEEP TABLE THREADSAFE TO UNITS UNITSOFF UNITSON USEION VALENCE WATCH WHILE WITH WRITE \
        else if while";
    for keyword in keywords.split_whitespace() {
        let text = format!("INITIAL {{ x = {keyword} + 1 }}");
        assert_eq!(parse(&text).diagnostics.len(), 1, "{keyword} as a name");
        let text = format!("INITIAL {{ x = {keyword}x + 1 }}");
        assert_eq!(parse(&text).diagnostics.len(), 0, "{keyword}x as a name");
    }
}

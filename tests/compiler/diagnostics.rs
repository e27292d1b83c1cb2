//! What is reported, and how: a snapshot of text and messages for each fixture in `err/`.

use super::{compile, fixtures};
use nmodl::diagnostic::Code;
use std::collections::BTreeSet;

#[test]
fn each_fault_has_a_message() {
    for (name, text) in fixtures("err") {
        let compiled = compile(&format!("{name}.mod"), text.as_bytes(), false);
        assert!(!compiled.diagnostics.is_empty(), "{name}: nothing reported");
        for diagnostic in &compiled.diagnostics {
            let same = |d: &&nmodl::diagnostic::Diagnostic| {
                d.message == diagnostic.message
                    && d.span().map(|s| s.range()) == diagnostic.span().map(|s| s.range())
            };
            let times = compiled.diagnostics.iter().filter(same).count();
            assert_eq!(times, 1, "{name}: {} is said twice", diagnostic.message);
        }
        let shown = format!("{text}\n{}", compiled.messages());
        insta::assert_snapshot!(name, shown);
    }
}

#[test]
fn every_code_of_the_compiler_has_a_fixture() {
    let seen: BTreeSet<Code> = fixtures("err")
        .iter()
        .flat_map(|(name, text)| compile(name, text.as_bytes(), false).diagnostics)
        .map(|diagnostic| diagnostic.code)
        .collect();
    let missing: Vec<&Code> = Code::ALL
        .iter()
        // The others have fixtures of their own, in `syntax` and `lint`.
        .filter(|code| !["E00", "W00", "W03", "W04"].contains(&&code.text()[..3]))
        .filter(|code| !seen.contains(code) && **code != Code::CodeGeneration)
        .collect();
    assert!(missing.is_empty(), "no fixture has {missing:?}");
}

//! Texts with faults, and what is said of them.

use nmodl::diagnostic::Code;
use nmodl::diagnostic::render::{Style, render_all};
use nmodl::source::{Loaded, SourceMap};

use super::{check_snapshot, fixtures, parse, parse_fixture};

#[test]
fn diagnostics_of_the_fixtures() {
    for fixture in fixtures("err") {
        let parsed = parse_fixture(&fixture);
        assert!(!parsed.diagnostics.is_empty(), "{}", fixture.name());
        let source = nmodl::source::decode(&fixture.bytes).replace('\r', "\n");
        let said = render_all(&parsed.diagnostics, &parsed.sources, Style::Plain);
        check_snapshot(
            &format!("err_{}", fixture.stem()),
            &format!("{}\n----\n{}", source.trim_end(), said.trim_end()),
        );
    }
}

#[test]
fn one_bad_block_leaves_the_others() {
    let parsed = parse("STATE { m }\nINITIAL { m = }\nBREAKPOINT { x = 1 }");
    assert_eq!(parsed.diagnostics.len(), 1);
    assert_eq!(parsed.tree.items.len(), 2);
}

#[test]
fn short_form_is_one_line() {
    let parsed = parse("INITIAL {\n  m = }\n");
    assert_eq!(
        render_all(&parsed.diagnostics, &parsed.sources, Style::Short),
        "text.mod:2:7: error[E0001]: expected an expression, found `}`\n"
    );
}

#[test]
fn colour_is_for_terminals_only() {
    let parsed = parse("INITIAL { m = }");
    assert!(render_all(&parsed.diagnostics, &parsed.sources, Style::Colour).contains("\u{1b}["));
    assert!(!render_all(&parsed.diagnostics, &parsed.sources, Style::Plain).contains('\u{1b}'));
}

/// The words before the place may end anywhere in letters that are no ASCII.
#[test]
fn names_before_letters_that_are_no_ascii() {
    let parsed = parse("ASSIGNED { x (mM\u{e0})\n (mA) }");
    assert_eq!(parsed.diagnostics.len(), 1);
    let said = render_all(&parsed.diagnostics, &parsed.sources, Style::Short);
    assert!(said.contains("text.mod:2:2: error[E0001]"), "{said}");
}

#[test]
fn include_cycles_end() {
    let mut loader = |path: &str, _: &str| {
        Ok(Loaded {
            name: path.to_owned(),
            bytes: b"INCLUDE \"b.inc\" INCLUDE \"a.mod\"".to_vec(),
        })
    };
    let mut sources = SourceMap::new();
    let file = sources.add("a.mod", "INCLUDE \"b.inc\"");
    let (_, diagnostics) = nmodl::syntax::parse(&mut sources, file, &mut loader);
    let codes: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::IncludeCycle, Code::IncludeCycle]);
}

#[test]
fn codes_are_unique() {
    let mut texts: Vec<&str> = Code::ALL.iter().map(|code| code.text()).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), Code::ALL.len());
}

//! Texts that nest deeply or go on for long: an error or a tree, in linear time, on the
//! small stack of a test thread.

use nmodl::diagnostic::Code;
use nmodl::syntax::{dump, print};

use super::{Parsed, parse};

fn initial(value: &str) -> Parsed {
    parse(&format!("INITIAL {{ x = {value} }}"))
}

fn check_too_deep(parsed: &Parsed) {
    assert_eq!(parsed.diagnostics.len(), 1);
    assert_eq!(parsed.diagnostics[0].code, Code::NestingTooDeep);
}

#[test]
fn parentheses_braces_and_brackets() {
    let nest =
        |open: &str, n: usize, close: &str| format!("{}1{}", open.repeat(n), close.repeat(n));
    for (open, close) in [("(", ")"), ("f(", ")"), ("a[", "]"), ("-(", ")")] {
        let parsed = initial(&nest(open, 90, close));
        assert!(parsed.diagnostics.is_empty());
        let again = parse(&print::file(&parsed.tree));
        assert!(again.tree == parsed.tree);
        check_too_deep(&initial(&nest(open, 100_000, close)));
    }
    let blocks = |n: usize| format!("INITIAL {}{}", "{".repeat(n), "}".repeat(n));
    assert!(parse(&blocks(100)).diagnostics.is_empty());
    check_too_deep(&parse(&blocks(100_000)));
    // Opened and never closed.
    assert!(
        !parse(&format!("INITIAL {}", "{".repeat(100_000)))
            .diagnostics
            .is_empty()
    );
    assert!(!initial(&"(".repeat(100_000)).diagnostics.is_empty());
}

#[test]
fn chains_of_operators() {
    for op in ["+", "*", "^", "&&"] {
        let chain = |n: usize| vec!["y"; n].join(op);
        let parsed = initial(&chain(280));
        assert!(parsed.diagnostics.is_empty(), "{op}");
        assert!(!dump::file(&parsed.tree).is_empty());
        assert!(parse(&print::file(&parsed.tree)).tree == parsed.tree);
        check_too_deep(&initial(&chain(50_000)));
    }
    let minus = |n: usize| format!("{}y", "-".repeat(n));
    assert!(initial(&minus(280)).diagnostics.is_empty());
    check_too_deep(&initial(&minus(50_000)));
    // Nesting and chains together.
    let mixed = format!("{}y{}", "(1+2^-".repeat(70), ")+3".repeat(70));
    assert!(initial(&mixed).diagnostics.is_empty());
}

#[test]
fn long_files() {
    let statement = "  a[i] = (b + c*exp(-v/10 (mV)))^2 + f(x, y) : comment\n";
    let text = format!("PROCEDURE p() {{\n{}}}\n", statement.repeat(4_000));
    assert!(parse(&text).diagnostics.is_empty());
    let elses = " else if (x) { y = 1 }".repeat(4_000);
    assert!(
        parse(&format!("INITIAL {{ if (x) {{ }}{elses} }}"))
            .diagnostics
            .is_empty()
    );
    let blocks = "INITIAL { x = }\n".repeat(2_000);
    assert_eq!(parse(&blocks).diagnostics.len(), 2_000);
    let strays = "} ".repeat(10_000);
    assert!(!parse(&strays).diagnostics.is_empty());
}

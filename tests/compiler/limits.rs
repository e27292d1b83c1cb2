//! Files that ask for too much: the compiler says so, or copes, within moments.

use super::compile;
use super::effort::Effort;
use nmodl::diagnostic::Code;
use std::time::Duration;

/// The codes reported for a text.
fn codes(what: &str, text: &str) -> Vec<Code> {
    let effort = Effort::start();
    let compiled = compile("large.mod", text.as_bytes(), false);
    let took = effort.spent();
    assert!(took < Duration::from_secs(20), "{what} took {took:?}");
    compiled.diagnostics.iter().map(|d| d.code).collect()
}

fn repeat(n: usize, f: impl Fn(usize) -> String) -> String {
    (0..n).map(f).collect()
}

fn breakpoint(code: &str) -> String {
    format!("NEURON {{ SUFFIX x RANGE y }} ASSIGNED {{ v y }} BREAKPOINT {{ {code} }}")
}

#[test]
fn chains_of_calls() {
    let chain = |n: usize| {
        let link = |i| format!("PROCEDURE p{}(x) {{ p{i}(x) }}\n", i + 1);
        let last = format!("{}PROCEDURE p0(x) {{ y = x }}\n", repeat(n, link));
        format!("{last}{}", breakpoint(&format!("p{n}(v)")))
    };
    assert_eq!(codes("a chain of 100", &chain(100)), []);
    assert_eq!(codes("a chain of 20000", &chain(20_000)), [Code::TooLarge]);
    let ring = chain(20_000).replace("{ y = x }", "{ p20000(x) }");
    assert_eq!(codes("a ring of 20000", &ring), [Code::Recursion]);
}

#[test]
fn calls_that_double() {
    let double = |i| {
        format!(
            "FUNCTION f{}(x) {{ f{} = f{i}(x) + f{i}(-x) }}\n",
            i + 1,
            i + 1
        )
    };
    let functions = format!("FUNCTION f0(x) {{ f0 = x }}\n{}", repeat(60, double));
    let text = format!("{functions}{}", breakpoint("y = f60(v)"));
    assert_eq!(codes("2^60 calls", &text), [Code::TooLarge]);
    let wide = repeat(200, |i| format!(" + u*{i}"));
    let functions = functions.replace("f0 = x", &format!("LOCAL u  u = x  f0 = u{wide}"));
    let text = format!("{functions}{}", breakpoint("y = f60(v)"));
    assert_eq!(codes("2^60 large calls", &text), [Code::TooLarge]);
}

#[test]
fn loops_with_extreme_bounds() {
    for (bounds, expected) in [
        (
            "-9223372036854775807 TO 9223372036854775807 BY 1",
            vec![Code::TooLarge],
        ),
        ("0 TO 9223372036854775807 BY 9223372036854775807", vec![]),
        ("9223372036854775807 TO 0 BY 1", vec![]),
        ("0 TO 1e30 BY 1", vec![]),
        ("-9223372036854775807 TO 9223372036854775807", vec![]),
    ] {
        let text = breakpoint(&format!("FROM i = {bounds} {{ y = i }}"));
        assert_eq!(codes(bounds, &text), expected);
    }
    let open = repeat(40, |i| format!("FROM i{i} = 0 TO 9 BY 1 {{ "));
    let text = breakpoint(&format!("{open} y = 1 {}", "}".repeat(40)));
    assert_eq!(codes("loops in loops", &text), [Code::TooLarge]);
}

#[test]
fn long_and_deep_expressions() {
    for (what, code) in [
        ("a long sum", format!("y = v{}", " + v".repeat(5000))),
        (
            "many terms",
            format!("y = v{}", repeat(3000, |i| format!(" + v*{i}"))),
        ),
        (
            "deep parentheses",
            format!("y = {}v{}", "(".repeat(5000), ")".repeat(5000)),
        ),
        ("many signs", format!("y = {}v", "-".repeat(5000))),
        ("many powers", format!("y = v{}", "^v".repeat(5000))),
        (
            "deep branches",
            format!("{} y = 1 {}", "IF (v) {".repeat(2000), "}".repeat(2000)),
        ),
        (
            "long ELSE IF",
            format!(
                "IF (v) {{ y = 1 }} {}",
                "ELSE IF (v) { y = 2 }".repeat(2000)
            ),
        ),
        (
            "deep calls",
            format!("y = {}v{}", "exp(".repeat(2000), ")".repeat(2000)),
        ),
    ] {
        let codes = codes(what, &breakpoint(&code));
        assert!(
            codes.iter().all(|c| *c == Code::NestingTooDeep),
            "{what}: {codes:?}"
        );
    }
}

#[test]
fn branches_inside_of_called_branches() {
    let link = |i| {
        let (open, close) = ("IF (x) {".repeat(80), "}".repeat(80));
        format!("PROCEDURE p{}(x) {{ {open} p{i}(x) {close} }}\n", i + 1)
    };
    let text = format!(
        "{}PROCEDURE p0(x) {{ y = x }}\n{}",
        repeat(50, link),
        breakpoint("p50(v)")
    );
    assert_eq!(codes("4000 branches deep", &text), [Code::TooLarge]);
}

#[test]
fn long_straight_code() {
    let steps = "x = x*v + 1  ".repeat(2000);
    let text = breakpoint(&format!("LOCAL x  x = v  {steps} y = x"));
    assert_eq!(codes("2000 statements", &text), []);
    let current = text
        .replace("RANGE y", "RANGE y NONSPECIFIC_CURRENT i")
        .replace("y = x", "i = x");
    assert_eq!(codes("2000 statements of a current", &current), []);
    let branches = "IF (x > v) { x = x*v } ELSE { x = x + v }  ".repeat(1000);
    let text = breakpoint(&format!("LOCAL x  x = v  {branches} y = x"));
    assert_eq!(codes("1000 branches", &text), []);
}

#[test]
fn large_arrays() {
    let text = "NEURON { SUFFIX x RANGE y } STATE { s[1000000] } ASSIGNED { v y }
        FUNCTION f(x) { LOCAL a[100000]  a[x] = 1  f = a[x] }
        BREAKPOINT { y = f(v) + f(2*v) + s[v] }";
    assert_eq!(codes("large arrays", text), []);
    let text = "NEURON { SUFFIX x RANGE y } ASSIGNED { v y[1000000] }
        PROCEDURE p(x) { TABLE y FROM 0 TO 1 WITH 1000  y[1] = x }
        BREAKPOINT { p(v) }";
    assert_eq!(codes("a large table", text), [Code::TooLarge]);
}

#[test]
fn large_systems() {
    let kinetic = |n: usize, reactions: &str| {
        format!(
            "NEURON {{ SUFFIX x }} STATE {{ s[{n}] }} ASSIGNED {{ v }}
            BREAKPOINT {{ SOLVE k METHOD sparse }} KINETIC k {{ {reactions} }}"
        )
    };
    let chain = "FROM i = 0 TO 398 { ~ s[i] <-> s[i + 1] (1, 2) }";
    assert_eq!(codes("a chain of 400 states", &kinetic(400, chain)), []);
    let all = "FROM i = 0 TO 199 { FROM j = 0 TO 199 { ~ s[i] <-> s[j] (1, 2) } }";
    assert_eq!(
        codes("200 dense states", &kinetic(200, all)),
        [Code::TooLarge]
    );
    let implicit = |n: usize, rate: &str| {
        format!(
            "NEURON {{ SUFFIX x }} STATE {{ s[{n}] }} ASSIGNED {{ v }}
            BREAKPOINT {{ SOLVE d METHOD derivimplicit }} DERIVATIVE d {{ LOCAL q {rate} }}"
        )
    };
    let dense = "q = 0 FROM j = 0 TO 99 { q = q + s[j] } FROM i = 0 TO 99 { s'[i] = -q*s[i] }";
    assert_eq!(
        codes("100 dense equations", &implicit(100, dense)),
        [Code::TooLarge]
    );
}

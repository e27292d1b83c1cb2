//! The page of each code: its wrong example gives that code and no other, its right one nothing.

use nmodl::diagnostic::render::{Style, render_all};
use nmodl::diagnostic::{Code, Diagnostic};
use nmodl::source::{Loaded, SourceMap};

/// Codes that no text is known to cause.
const WITHOUT_EXAMPLE: [Code; 1] = [Code::CodeGeneration];

/// The block of NMODL behind a line that begins with `heading`, and the name of its file.
fn example<'p>(page: &'p str, heading: &str) -> Option<(&'p str, &'p str)> {
    let (_, rest) = page.split_once(&format!("\n{heading}"))?;
    let (line, rest) = rest.split_once(":\n\n```nmodl\n")?;
    let named = line.strip_prefix(", in a file called `");
    let name = named.map_or("example.mod", |name| name.trim_end_matches('`'));
    let (text, _) = rest.split_once("\n```\n")?;
    Some((name, text))
}

/// Messages about an example. It can INCLUDE `example.mod`, which is its usual name, and
/// `constants.inc`.
fn check(code: Code, (name, text): (&str, &str)) -> (Vec<Diagnostic>, String) {
    let mut sources = SourceMap::new();
    let file = sources.add(name, text);
    let mut loader = |path: &str, _: &str| {
        let text = match path {
            "example.mod" => text,
            "constants.inc" => "FUNCTION g(x) { g = x }",
            _ => return Err("no such file".to_owned()),
        };
        Ok(Loaded {
            name: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
    };
    let check = if code.text().starts_with("W04") {
        nmodl::check_with_units
    } else {
        nmodl::check
    };
    let found = check(&mut sources, file, &mut loader);
    let shown = render_all(&found, &sources, Style::Plain);
    (found, shown)
}

#[test]
fn every_code_has_a_page_whose_examples_are_true() {
    let mut faults = String::new();
    for &code in Code::ALL {
        let page = code.page();
        let heading = format!("# {code}: {}\n\n", code.title());
        assert!(
            page.starts_with(&heading),
            "{code}: the first line is not {heading:?}"
        );
        if WITHOUT_EXAMPLE.contains(&code) {
            continue;
        }
        let wrong = example(page, "Wrong").unwrap_or_else(|| panic!("{code}: no wrong example"));
        let right = example(page, "Right").unwrap_or_else(|| panic!("{code}: no right example"));
        let (found, shown) = check(code, wrong);
        if found.is_empty() || found.iter().any(|d| d.code != code) {
            faults.push_str(&format!("{code}, wrong example:\n{shown}\n"));
        }
        let (found, shown) = check(code, right);
        if !found.is_empty() {
            faults.push_str(&format!("{code}, right example:\n{shown}\n"));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

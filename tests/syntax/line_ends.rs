//! LF, CR LF and CR mean the same.

use nmodl::diagnostic::render::{Style, render_all};

use super::{Fixture, fixtures, parse_fixture};

fn with_line_ends(fixture: &Fixture, end: &str) -> Fixture {
    let text = nmodl::source::decode(&fixture.bytes);
    Fixture {
        path: fixture.path.clone(),
        bytes: text.replace('\n', end).into_bytes(),
    }
}

#[test]
fn trees_do_not_depend_on_line_ends() {
    for fixture in fixtures("ok") {
        let lf = parse_fixture(&fixture);
        for end in ["\r\n", "\r"] {
            let other = parse_fixture(&with_line_ends(&fixture, end));
            assert!(other.diagnostics.is_empty(), "{} {end:?}", fixture.name());
            // The text of VERBATIM keeps its line ends; the dump shows lines.
            assert_eq!(
                nmodl::syntax::dump::file(&lf.tree),
                nmodl::syntax::dump::file(&other.tree),
                "{} {end:?}",
                fixture.name()
            );
        }
    }
}

#[test]
fn places_do_not_depend_on_line_ends() {
    for fixture in fixtures("err") {
        let show = |fixture: &Fixture| {
            let parsed = parse_fixture(fixture);
            render_all(&parsed.diagnostics, &parsed.sources, Style::Plain)
        };
        let lf = show(&fixture);
        for end in ["\r\n", "\r"] {
            assert_eq!(
                lf,
                show(&with_line_ends(&fixture, end)),
                "{}",
                fixture.name()
            );
        }
    }
}

//! Stored texts and places in them.

use nmodl::source::{Location, SourceMap, Span};

#[test]
fn locations_with_every_line_end() {
    let mut sources = SourceMap::new();
    let file = sources.add("x", "ab\ncd\r\nef\rg\u{e9}h");
    let source = sources.get(file);
    assert_eq!(source.line_count(), 4);
    let at = |text: &str| source.location(source.text().find(text).unwrap_or(0) as u32);
    assert_eq!(at("b"), Location { line: 1, column: 2 });
    assert_eq!(at("c"), Location { line: 2, column: 1 });
    assert_eq!(at("f"), Location { line: 3, column: 2 });
    assert_eq!(at("h"), Location { line: 4, column: 3 });
}

#[test]
fn bytes_that_are_not_utf8_are_latin1() {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes("x", b"37 \xb0C");
    assert_eq!(sources.get(file).text(), "37 \u{b0}C");
}

#[test]
fn texts_end_at_control_z_and_begin_behind_a_mark() {
    let mut sources = SourceMap::new();
    let file = sources.add("x", "\u{feff}ab\u{1a}cd");
    assert_eq!(sources.get(file).text(), "ab");
}

#[test]
fn spans_are_equal_wherever_they_are() {
    let mut sources = SourceMap::new();
    let file = sources.add("x", "abc");
    let (a, b) = (Span::new(file, 0, 1), Span::new(file, 1, 2));
    assert!(a == b);
    assert!(!a.same_place(b));
    assert_eq!(sources.text(a.to(b)), "ab");
    assert_eq!(sources.text(Span::new(file, 2, 9)), "");
}

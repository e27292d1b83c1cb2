//! Damaged texts: whatever comes in, parsing, rendering, printing and dumping end without
//! a panic, and what was accepted survives printing.
//!
//! The damage is drawn from a fixed seed, so that a failure repeats; it is printed whole.

use nmodl::diagnostic::has_errors;
use nmodl::diagnostic::render::{Style, render_all};
use nmodl::source::SourceMap;
use nmodl::syntax::{dump, print};

use super::{Fixture, fixtures, mod_files, parse_in, root};

/// Runs per kind of damage.
const RUNS: usize = 1_000;

/// Marsaglia's xorshift64: J. Stat. Softw. 8(14), 2003.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

fn originals() -> Vec<Fixture> {
    let mut all = fixtures("ok");
    all.extend(fixtures("err"));
    all.extend(mod_files(&root().join("mod")));
    all
}

fn check_survives(bytes: &[u8]) {
    let nowhere = std::path::Path::new("/nonexistent");
    let parsed = parse_in(nowhere, "damaged.mod", bytes);
    let _ = render_all(&parsed.diagnostics, &parsed.sources, Style::Plain);
    let _ = dump::file(&parsed.tree);
    let printed = print::file(&parsed.tree);
    if !has_errors(&parsed.diagnostics) {
        let again = parse_in(nowhere, "damaged.mod", printed.as_bytes());
        assert!(
            again.tree == parsed.tree,
            "printing changed the tree of:\n{}\nprinted:\n{printed}",
            String::from_utf8_lossy(bytes)
        );
        check_format(bytes);
    }
}

/// What parses can be formatted, once for all.
fn check_format(bytes: &[u8]) {
    let format = |text: &[u8]| {
        let mut sources = SourceMap::new();
        let file = sources.add_bytes("damaged.mod", text);
        nmodl::format::format(&sources, file)
    };
    let once = format(bytes);
    let text = String::from_utf8_lossy(bytes);
    let formatted = once.unwrap_or_else(|error| panic!("{error:?}:\n{text}"));
    assert_eq!(
        format(formatted.as_bytes()).as_deref(),
        Ok(formatted.as_str()),
        "of:\n{text}"
    );
}

/// Words, numbers and single symbols, with the blanks between.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let of_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if of_word(first) {
            rest.find(|c| !of_word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, tail) = rest.split_at(length);
        tokens.push(token);
        rest = tail;
    }
    tokens
}

#[test]
fn damaged_bytes() {
    let originals = originals();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let bytes_that_matter = b"{}()[]<>~'\":?=+-*/^!&|,.\r\n\x1a\x00\xff\xe9aE0 ";
    for _ in 0..RUNS {
        let mut bytes = originals[random.below(originals.len())].bytes.clone();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            let byte = bytes_that_matter[random.below(bytes_that_matter.len())];
            match random.below(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, byte),
                2 if at < bytes.len() => bytes[at] = byte,
                _ if at < bytes.len() => {
                    bytes.remove(at);
                }
                _ => {}
            }
        }
        check_survives(&bytes);
    }
}

#[test]
fn damaged_tokens() {
    let originals: Vec<String> = originals()
        .iter()
        .map(|fixture| nmodl::source::decode(&fixture.bytes))
        .collect();
    let all: Vec<Vec<&str>> = originals.iter().map(|text| tokens(text)).collect();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..RUNS {
        let mut text = all[random.below(all.len())].clone();
        for _ in 0..=random.below(4) {
            let from = &all[random.below(all.len())];
            let donor = from[random.below(from.len())];
            let at = random.below(text.len());
            match random.below(4) {
                0 => text.insert(at, donor),
                1 if at < text.len() => text[at] = donor,
                2 if at < text.len() => {
                    let other = random.below(text.len());
                    text.swap(at, other);
                }
                _ if at < text.len() => {
                    text.remove(at);
                }
                _ => {}
            }
        }
        check_survives(text.concat().as_bytes());
    }
}

//! Damaged model files: whatever the text, the compiler ends, soon and without a panic.
//!
//! `NMODLRS_MUTATIONS` sets how many, `NMODLRS_SEED` which ones; with `NMODLRS_NATIVE`, those
//! that have no faults become native code.

use super::{compile, fixtures, mod_files};
use crate::codegen::Codes;
use crate::ir::generate::Random;
use std::time::{Duration, Instant};

/// Words that mutations insert: enough of NMODL to stay close to it.
const WORDS: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "=",
    "'",
    "+",
    "-",
    "*",
    "/",
    "^",
    ",",
    "<->",
    "<<",
    "->",
    "~",
    "!",
    "&&",
    "||",
    "==",
    "<",
    ">",
    "0",
    "1",
    "2",
    "3",
    "-1",
    "0.5",
    "1e9",
    "100000",
    "1e-30",
    "9223372036854775807",
    "v",
    "t",
    "dt",
    "celsius",
    "x",
    "m",
    "h",
    "ca",
    "cai",
    "ica",
    "A",
    "B",
    "flag",
    "IF",
    "ELSE",
    "WHILE",
    "FROM",
    "TO",
    "BY",
    "LOCAL",
    "SOLVE",
    "METHOD",
    "STEADYSTATE",
    "cnexp",
    "sparse",
    "derivimplicit",
    "euler",
    "DERIVATIVE",
    "KINETIC",
    "CONSERVE",
    "COMPARTMENT",
    "TABLE",
    "DEPEND",
    "WITH",
    "FUNCTION",
    "PROCEDURE",
    "INITIAL",
    "BREAKPOINT",
    "NET_RECEIVE",
    "STATE",
    "PARAMETER",
    "ASSIGNED",
    "NEURON",
    "SUFFIX",
    "POINT_PROCESS",
    "RANGE",
    "GLOBAL",
    "USEION",
    "READ",
    "WRITE",
    "NONSPECIFIC_CURRENT",
    "ELECTRODE_CURRENT",
    "POINTER",
    "RANDOM",
    "UNITS",
    "DEFINE",
    "VERBATIM",
    "ENDVERBATIM",
    "WATCH",
    "exp(",
    "pow(",
    "net_send(",
    "at_time(",
    "state_discontinuity(",
    "random_uniform(",
    "printf(\"%g\",",
    "f(",
    "rates(v)",
];

#[test]
fn damaged_files_end_in_messages() {
    let count = std::env::var("NMODLRS_MUTATIONS").map_or(1000, |n| n.parse().unwrap());
    let seed = std::env::var("NMODLRS_SEED").map_or(1, |n| n.parse().unwrap());
    let native = std::env::var_os("NMODLRS_NATIVE").is_some();
    let mut texts: Vec<Vec<u8>> = mod_files(concat!(env!("CARGO_MANIFEST_DIR"), "/mod"))
        .into_iter()
        .map(|(_, bytes)| bytes)
        .collect();
    for folder in ["ok", "err"] {
        texts.extend(
            fixtures(folder)
                .into_iter()
                .map(|(_, text)| text.into_bytes()),
        );
    }
    for number in 0..count {
        let case = seed * 1_000_000_007 + number;
        let text = mutate(&texts, &mut Random::new(case));
        let start = Instant::now();
        let outcome = std::panic::catch_unwind(|| {
            let compiled = compile("mutant.mod", &text, false);
            if native && let Some(module) = compiled.module() {
                Codes::new(module);
            }
            // Rendering must cope with any place.
            compiled.messages()
        });
        let text = String::from_utf8_lossy(&text);
        if outcome.is_err() {
            panic!("case {case}:\n{text}");
        }
        let took = start.elapsed();
        assert!(
            took < Duration::from_secs(5),
            "case {case} took {took:?}:\n{text}"
        );
    }
}

/// A text with some damage.
pub fn mutate(texts: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let source = &texts[random.below(texts.len())];
    let mut tokens = tokens(source);
    for _ in 0..1 + random.below(6) {
        if tokens.is_empty() {
            break;
        }
        let at = random.below(tokens.len());
        let other = random.below(tokens.len());
        match random.below(9) {
            0 => {
                tokens.remove(at);
            }
            1 => tokens.swap(at, other),
            2 => tokens[at] = tokens[other].clone(),
            3 | 4 => tokens.insert(at, random.pick(WORDS).into()),
            5 => tokens[at] = random.pick(WORDS).into(),
            6 => {
                // A stretch twice, often inside itself.
                let end = (at + random.below(40)).min(tokens.len());
                let copy = tokens[at..end].to_vec();
                tokens.splice(other..other, copy);
            }
            7 => {
                let end = (at + random.below(20)).min(tokens.len());
                tokens.drain(at..end);
            }
            _ => {
                // A stretch of another file.
                let foreign = self::tokens(&texts[random.below(texts.len())]);
                let from = random.below(foreign.len().max(1));
                let end = (from + random.below(60)).min(foreign.len());
                tokens.splice(at..at, foreign[from.min(end)..end].to_vec());
            }
        }
    }
    let mut bytes: Vec<u8> = Vec::new();
    for token in tokens {
        bytes.extend(token);
        bytes.push(b' ');
    }
    if random.one_in(4) && !bytes.is_empty() {
        let at = random.below(bytes.len());
        bytes[at] = random.next() as u8;
    }
    bytes
}

/// Words, numbers, single characters, and ends of lines.
fn tokens(text: &[u8]) -> Vec<Vec<u8>> {
    let mut tokens: Vec<Vec<u8>> = Vec::new();
    let mut in_word = false;
    for &byte in text {
        let word = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
        match tokens.last_mut() {
            Some(last) if word && in_word => last.push(byte),
            _ if byte == b' ' || byte == b'\t' => {}
            _ => tokens.push(vec![byte]),
        }
        in_word = word;
    }
    tokens
}

//! Model files changed at random: whatever the text, the compiler ends, soon and without a panic, and
//! what has no faults becomes native code that does what the interpreter does.
//!
//! Two kinds of changes: to the words of a text, which make faults of syntax, and to its
//! [tree](tree), most of which get further. `NMODLRS_MUTATIONS` sets how many, `NMODLRS_SEED` which
//! ones, `NMODLRS_NATIVE` how many of those without faults become native code: 1 in that number.

use super::effort::Effort;
use super::{check, compile, fixtures, mod_files};
use crate::codegen::Codes;
use crate::ir::generate::Random;
use nmodl::callable;
use nmodl::diagnostic::render::{Style, render_all};
use nmodl::format::{FormatError, format};
use nmodl::ir::memory::Memory;
use nmodl::ir::{KernelKind, Module};
use nmodl::mechanism::Kind;
use nmodl::source::{NoIncludes, SourceMap};
use nmodl::{ode, pass};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

mod tree;

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

/// What a run does, from the environment.
struct Plan {
    count: u64,
    seed: u64,
    native: usize,
}

impl Plan {
    /// `count` and `native` if nothing else is said.
    fn new(count: u64, native: usize) -> Plan {
        let number = |name| std::env::var(name).ok().map(|n| n.parse::<u64>().unwrap());
        Plan {
            count: number("NMODLRS_MUTATIONS").unwrap_or(count),
            seed: number("NMODLRS_SEED").unwrap_or(1),
            native: number("NMODLRS_NATIVE").map_or(native, |n| n as usize),
        }
    }

    /// Hands each case to `run`, which gives what it looked at and whether it came to native code;
    /// says which case panicked or took long.
    fn run(&self, run: impl Fn(&mut Random, bool) -> bool, text: impl Fn(&mut Random) -> String) {
        let mut executed = 0;
        for number in 0..self.count {
            let case = self.seed * 1_000_000_007 + number;
            let random = || Random::new(case);
            let native = number % self.native.max(1) as u64 == 0 && self.native > 0;
            let effort = Effort::start();
            let outcome = catch_unwind(AssertUnwindSafe(|| run(&mut random(), native)));
            let Ok(ran) = outcome else {
                panic!("case {case}:\n{}", text(&mut random()));
            };
            executed += u64::from(ran);
            if number > 0 && number.is_multiple_of(10_000) {
                println!("{number} texts, {executed} of them executed so far");
            }
            let took = effort.spent();
            assert!(
                took < Duration::from_secs(5),
                "case {case} took {took:?}:\n{}",
                text(&mut random())
            );
        }
        println!("{} texts, {executed} of them executed", self.count);
    }
}

/// All texts that the tests have: bytes.
fn texts() -> Vec<Vec<u8>> {
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
    texts
}

#[test]
fn damaged_files_end_in_messages() {
    let texts = texts();
    let text = |random: &mut Random| mutate(&texts, random);
    Plan::new(1000, 0).run(
        |random, native| {
            let compiled = compile("mutant.mod", &text(random), false);
            if native && let Some(module) = compiled.module() {
                Codes::new(module);
            }
            // Rendering must cope with any place.
            compiled.messages();
            native
        },
        |random| String::from_utf8_lossy(&text(random)).into_owned(),
    );
}

#[test]
fn changed_trees_compile_or_say_why() {
    let texts: Vec<String> = texts()
        .into_iter()
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .collect();
    let pool = tree::Pool::new(texts.iter().map(String::as_str));
    Plan::new(400, 8).run(
        |random, native| {
            let text = pool.mutant(random);
            through_everything(&text, native.then_some(random))
        },
        |random| pool.mutant(random),
    );
}

/// Lints, units, layout, all passes; with `random`, what has no faults is executed. True if it was.
fn through_everything(text: &str, random: Option<&mut Random>) -> bool {
    let mut sources = SourceMap::new();
    let file = sources.add("mutant.mod", text);
    let diagnostics = nmodl::check_with_units(&mut sources, file, &mut NoIncludes);
    render_all(&diagnostics, &sources, Style::Plain);
    assert_ne!(format(&sources, file), Err(FormatError::Changed), "{text}");
    let compiled = compile("mutant.mod", text.as_bytes(), false);
    let (Some(module), Some(random)) = (compiled.module(), random) else {
        return false;
    };
    execute(module, random);
    // What is compiled on demand: the callables and the equations of variable steps.
    for index in 0..module.mechanism.callables.len() {
        let callable = callable::module(&module.mechanism, &module.functions, index);
        if let Some(mut callable) = callable
            && pass::run(&mut callable, &mut |pass, module, _| check(module, pass)).is_ok()
        {
            execute(&callable, random);
        }
    }
    if let Some(body) = &module.ode
        && let Ok((mut ode, _)) = ode::module(
            &module.mechanism,
            &module.functions,
            body,
            &ode::Neighbours::of(module),
        )
        && pass::run(&mut ode, &mut |pass, module, _| check(module, pass)).is_ok()
    {
        execute(&ode, random);
    }
    true
}

/// Statements for one instance: a changed loop may well be endless.
const MOST_STATEMENTS: usize = 20_000;

/// Runs all kernels on random memory in the interpreter, and asserts that native code does the same.
fn execute(module: &Module, random: &mut Random) {
    // Arrays may be too large for a stack, which is an error like others.
    let Some(codes) = Codes::try_new(module) else {
        return;
    };
    let mut node: &[u32] = random.pick(&[&[0, 1, 2][..], &[0, 0, 1, 1, 4], &[1, 2, 3, 5]]);
    if module.mechanism.kind == Kind::Density && node[0] == node[1] {
        // A density mechanism is at a node once.
        node = &[0, 1, 4];
    }
    let mut memory = Memory::new(&module.mechanism, node, 6);
    memory.fill(|| random.double());
    memory.flag = random.below(4) as f64;
    memory.netcons = vec![memory.args.clone(); 2];
    for kernel in &module.kernels {
        let instances = match kernel.kind {
            KernelKind::Tables => 0..0,
            kind if kind.has_one_instance() => 1..2,
            _ => 0..node.len(),
        };
        let what = kernel.kind.name();
        let done = codes.agree_within(
            module,
            kernel.kind,
            &mut memory,
            instances,
            MOST_STATEMENTS,
            what,
        );
        if done.is_err() {
            // Memory is not what it should be.
            memory.fill(|| random.double());
        }
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

//! `nmodlrs compile`: what becomes of `.mod` files at each stage.

use std::fs;
use std::path::Path;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use nmodl::codegen::{Listing, Options};
use nmodl::diagnostic::render::render_all;
use nmodl::pass::PASSES;
use nmodl::source::SourceMap;
use nmodl::{Stage, ir, syntax};

use super::summary::summary;
use super::{CompileArguments, Failure, print};
use crate::problem::{similar_or_all, style};
use runtime::library::load_include;

/// What `--emit` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Emit {
    /// The structure of the syntax tree.
    Ast,
    /// The syntax tree as NMODL.
    Nmodl,
    /// The IR, after a pass or after all.
    Ir {
        /// The pass.
        after: Option<String>,
    },
    /// Cranelift's IR.
    Clif,
    /// Machine code, disassembled.
    Asm,
}

impl FromStr for Emit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "ast" => Ok(Self::Ast),
            "nmodl" => Ok(Self::Nmodl),
            "ir" => Ok(Self::Ir { after: None }),
            "clif" => Ok(Self::Clif),
            "asm" => Ok(Self::Asm),
            _ => match text.strip_prefix("ir:after=") {
                Some(pass) => Ok(Self::Ir {
                    after: Some(pass.to_owned()),
                }),
                None => Err("it is ast, nmodl, ir, ir:after=PASS, clif or asm".to_owned()),
            },
        }
    }
}

/// Compiles files; what they become goes to standard output, what is wrong with them to
/// standard error.
pub fn compile(arguments: &CompileArguments) -> Result<(), Failure> {
    if let Some(Emit::Ir { after: Some(pass) }) = &arguments.emit {
        check_pass(pass)?;
    }
    let options = Options {
        lanes: usize::from(arguments.lanes),
        clif: arguments.emit == Some(Emit::Clif),
        assembly: arguments.emit == Some(Emit::Asm),
    };
    let mut texts = Vec::new();
    for path in &arguments.files {
        let bytes = fs::read(path).map_err(|error| Failure::read(path, error))?;
        texts.push((path.as_path(), bytes));
    }
    let mut messages = String::new();
    let mut failed = false;
    for outcome in on_all_cores(&texts, &|(path, bytes)| {
        compile_file(path, bytes, arguments.emit.as_ref(), options)
    }) {
        print(&outcome.emitted)?;
        messages.push_str(&outcome.messages);
        failed |= outcome.failed;
    }
    if failed {
        return Err(Failure::Input(messages));
    }
    eprint!("{messages}");
    Ok(())
}

/// What a file has become.
struct Outcome {
    /// For standard output.
    emitted: String,
    /// Rendered diagnostics.
    messages: String,
    /// Whether there are errors among them.
    failed: bool,
}

fn compile_file(path: &Path, bytes: &[u8], wanted: Option<&Emit>, options: Options) -> Outcome {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes(path.display().to_string(), bytes);
    let mut emitted = String::new();
    let result = nmodl::compile(
        &mut sources,
        file,
        &mut load_include,
        options,
        &mut |stage| {
            if let Some(text) = emit(wanted, stage) {
                emitted = text;
            }
        },
    );
    let failed = result.is_err();
    let diagnostics = match result {
        Ok(output) => {
            if wanted.is_none() {
                emitted = summary(&path.display().to_string(), &output);
            }
            emitted.extend(output.listings.iter().map(listing));
            output.diagnostics
        }
        Err(diagnostics) => diagnostics,
    };
    Outcome {
        emitted,
        messages: render_all(&diagnostics, &sources, style()),
        failed,
    }
}

/// `work` on each item, spread over the cores; the results are in the order of the items.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: &(dyn Fn(&T) -> R + Sync)) -> Vec<R> {
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len());
    let next = AtomicUsize::new(0);
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let worker = || {
            let mut done = Vec::new();
            while let Some((index, item)) = {
                let index = next.fetch_add(1, Ordering::Relaxed);
                items.get(index).map(|item| (index, item))
            } {
                done.push((index, work(item)));
            }
            done
        };
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        let mut all = worker();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn check_pass(pass: &str) -> Result<(), Failure> {
    let known = || PASSES.iter().map(|known| known.name);
    if known().any(|known| known == pass) {
        return Ok(());
    }
    let list: Vec<&str> = known().collect();
    let help = match similar_or_all(pass, known()) {
        Some(help) => help,
        None => format!("there is {}", list.join(", ")),
    };
    Err(Failure::Usage(format!("there is no pass `{pass}`: {help}")))
}

/// What a stage leaves, if it is what was asked for; a later stage's takes the place of an
/// earlier one's.
fn emit(wanted: Option<&Emit>, stage: Stage<'_>) -> Option<String> {
    match (wanted?, stage) {
        (Emit::Ast, Stage::Parsed(tree)) => Some(syntax::dump::file(tree)),
        (Emit::Nmodl, Stage::Parsed(tree)) => Some(syntax::print::file(tree)),
        (Emit::Ir { after: None }, Stage::Lowered(module) | Stage::Pass(_, module)) => {
            Some(ir::print::module(module))
        }
        (
            Emit::Ir {
                after: Some(wanted),
            },
            Stage::Pass(pass, module),
        ) if wanted == pass => Some(ir::print::module(module)),
        _ => None,
    }
}

/// The kept text of a kernel.
fn listing(listing: &Listing) -> String {
    let text = listing.clif.as_ref().or(listing.assembly.as_ref());
    text.map(|text| format!("; {:?}\n{text}\n", listing.kind))
        .unwrap_or_default()
}

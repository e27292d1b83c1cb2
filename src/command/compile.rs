//! `nmodlrs compile`: what becomes of `.mod` files at each stage.

use std::fs;
use std::str::FromStr;

use nmodl::diagnostic::has_errors;
use nmodl::diagnostic::render::render_all;
use nmodl::source::SourceMap;
use nmodl::syntax;

use super::{CompileArguments, Failure, print};
use crate::library::load_include;
use crate::problem::style;

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
    let mut sources = SourceMap::new();
    let mut messages = String::new();
    let mut failed = false;
    for path in &arguments.files {
        let bytes = fs::read(path).map_err(|error| Failure::read(path, error))?;
        let file = sources.add_bytes(path.display().to_string(), &bytes);
        let (tree, diagnostics) = syntax::parse(&mut sources, file, &mut load_include);
        failed |= has_errors(&diagnostics);
        messages.push_str(&render_all(&diagnostics, &sources, style()));
        match &arguments.emit {
            Some(Emit::Ast) => print(&syntax::dump::file(&tree))?,
            Some(Emit::Nmodl) => print(&syntax::print::file(&tree))?,
            _ => {}
        }
    }
    let _ = arguments.lanes;
    if failed {
        return Err(Failure::Input(messages));
    }
    eprint!("{messages}");
    Ok(())
}

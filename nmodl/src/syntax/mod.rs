//! The front of the compiler: source text to syntax tree and back.
//!
//! [`parse`] cuts a file into its blocks (`scan`), gives each to the pest grammar in
//! `nmodl.pest`, and builds the [tree](ast) from what pest matched (`build`). Every
//! fault is a [`Diagnostic`] with its place; a fault in one block hides none in another.
//! [`mod@print`] writes a tree back as NMODL, [`dump`] shows its structure.
//!
//! No text makes it panic or overflow the stack, and time is linear in the length of the
//! text.

mod advice;
pub mod ast;
mod build;
pub mod dump;
mod expected;
mod include;
mod parse;
pub mod print;
mod scan;
pub mod walk;

pub use include::parse;

use crate::diagnostic::Diagnostic;
use crate::source::{NoIncludes, SourceMap};

/// Parses a text without INCLUDE: for tests and tools.
pub fn parse_text(text: &str) -> (ast::File, Vec<Diagnostic>, SourceMap) {
    let mut sources = SourceMap::new();
    let file = sources.add("text.mod", text);
    let (tree, diagnostics) = parse(&mut sources, file, &mut NoIncludes);
    (tree, diagnostics, sources)
}

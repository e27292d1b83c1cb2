//! The C of VERBATIM blocks: text to tokens, preprocessor, syntax tree.
//!
//! A VERBATIM block is a fragment that NEURON pastes into the C++ file that it generates. It may
//! open a brace, or an `#if`, that another block closes, with statements of NMODL in between. So
//! what is parsed here is not a block: it is a list of NMODL statements in which blocks stand as
//! their [tokens](token), and every other statement as one token. The [preprocessor](preprocess)
//! decides as it would for NEURON 9.0.2; the [parser](parse) knows the statements and expressions of
//! C that models use. (A parser of whole files of C has no place for statements of NMODL between them: of 8565
//! blocks of published files, one after the other in the crate lang-c, it cannot read 998, of which 512 hold a part
//! of a statement, or a brace, whose other half is NMODL, and 36 are C++.) What the
//! names in them mean is decided when they are lowered ([`crate::lower`]).
//!
//! Nothing is skipped for not being understood: whatever none of this knows is a
//! [diagnostic](crate::diagnostic) at its place. Definitions of types and functions are kept as
//! they are, and looked at when something uses them; what is never used is never run.

pub mod ast;
pub mod header;
pub mod parse;
pub mod preprocess;
pub mod token;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A fault that ends the reading of a piece of C.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Where.
    pub span: Span,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do instead, if that is known.
    pub help: Option<String>,
}

impl Fault {
    /// A fault at a place.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
        }
    }

    /// Adds advice.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// As the user sees it.
    pub fn diagnostic(self) -> Diagnostic {
        let help = self.help.unwrap_or_else(|| {
            "there is no C compiler here: write this in NMODL, or with the C of docs/verbatim.md"
                .to_owned()
        });
        Diagnostic::new(Code::Verbatim, self.message)
            .at(
                self.span,
                "the first thing in this VERBATIM that is not supported",
            )
            .help(help)
    }
}

/// What reading C gives.
pub type Result<T> = std::result::Result<T, Fault>;

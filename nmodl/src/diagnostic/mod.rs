//! Errors and warnings about a user's text, as plain data.
//!
//! Every stage of the compiler returns [`Diagnostic`]s: a [`Code`], one sentence, labelled
//! places and advice. Nothing here prints; [`render`] makes text of them.

mod code;
pub mod render;

pub use code::Code;

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The text compiles; the user should know nevertheless.
    Warning,
    /// The text does not compile.
    Error,
}

/// One thing that is wrong or doubtful in a user's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What it is about.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, lower case, without full stop, that names what the user wrote.
    pub message: String,
    /// Places; the primary ones are where the fault is.
    pub labels: Vec<Label>,
    /// Facts that explain.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Vec<String>,
}

/// A place and what to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say there; may be empty.
    pub message: String,
    /// Whether the fault is here, rather than something that explains it.
    pub primary: bool,
}

impl Diagnostic {
    /// With the severity that the code implies, at no place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: if code.is_warning() {
                Severity::Warning
            } else {
                Severity::Error
            },
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Adds the place of the fault.
    pub fn at(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            message: message.into(),
            primary: true,
        });
        self
    }

    /// Adds a place that explains.
    pub fn see(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            message: message.into(),
            primary: false,
        });
        self
    }

    /// Adds a fact that explains.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds advice.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Whether it keeps the text from compiling.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The first primary place, if any.
    pub fn span(&self) -> Option<Span> {
        self.labels
            .iter()
            .find(|label| label.primary)
            .or(self.labels.first())
            .map(|label| label.span)
    }
}

/// Whether any of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// Brings them into the order of the text, and drops what is said twice of one place: code that
/// is lowered several times (the turns of an unrolled loop) reports its faults each time.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let place = |d: &Diagnostic| d.span().map(|span| (span.file, span.start, span.end));
    diagnostics.sort_by_key(place);
    diagnostics
        .dedup_by(|a, b| (a.code, &a.message) == (b.code, &b.message) && place(a) == place(b));
}

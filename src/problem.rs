//! What is wrong with a file that a user wrote: a model file or a morphology.
//!
//! [`Problem`]s are plain data; [`Problems`] puts them together with the text that they are
//! about, and shows them with its lines. (`.mod` files have the compiler's own
//! diagnostics.)

use std::fmt;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::{self, Config};

/// One thing that is wrong in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// One sentence, lower case, without full stop, that names what the user wrote.
    pub message: String,
    /// The bytes at fault.
    pub span: Range<usize>,
    /// What to say at that place; may be empty.
    pub label: String,
    /// Another place that explains, and what to say there.
    pub see: Option<(Range<usize>, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// At a place of the text.
    pub fn at(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            label: String::new(),
            see: None,
            help: None,
        }
    }

    /// Says something at the place itself.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Adds a place that explains.
    pub fn see(mut self, span: Range<usize>, text: impl Into<String>) -> Self {
        self.see = Some((span, text.into()));
        self
    }

    /// Adds advice.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds the question whether a similar known name was meant, or else what names there
    /// are.
    pub fn known_names<'a>(
        mut self,
        written: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.help = similar_or_all(written, known);
        self
    }
}

/// A text with all that was found wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problems {
    /// The file's name, as the user wrote it.
    pub file: String,
    /// Its contents.
    pub text: String,
    /// At least one problem, in the order of the text.
    pub problems: Vec<Problem>,
}

impl Problems {
    /// Puts problems together with their text.
    pub fn new(
        file: impl Into<String>,
        text: impl Into<String>,
        mut problems: Vec<Problem>,
    ) -> Self {
        problems.sort_by_key(|problem| problem.span.start);
        Self {
            file: file.into(),
            text: text.into(),
            problems,
        }
    }

    fn render(&self, f: &mut fmt::Formatter<'_>) -> Result<(), codespan_reporting::files::Error> {
        let file = SimpleFile::new(self.file.as_str(), self.text.as_str());
        for problem in &self.problems {
            let mut labels =
                vec![Label::primary((), self.within(&problem.span)).with_message(&problem.label)];
            if let Some((span, text)) = &problem.see {
                labels.push(Label::secondary((), self.within(span)).with_message(text));
            }
            let diagnostic = Diagnostic::error()
                .with_message(&problem.message)
                .with_labels(labels)
                .with_notes(
                    problem
                        .help
                        .iter()
                        .map(|help| format!("help: {help}"))
                        .collect(),
                );
            let mut text = String::new();
            term::emit_to_string(&mut text, &Config::default(), &file, &diagnostic)?;
            f.write_str(&text)
                .map_err(|_| codespan_reporting::files::Error::FileMissing)?;
        }
        Ok(())
    }

    /// The part of a span that lies in the text, on the boundaries of characters.
    fn within(&self, span: &Range<usize>) -> Range<usize> {
        let boundary = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(span.start);
        start..boundary(span.end).max(start)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.render(f).map_err(|_| fmt::Error)
    }
}

impl std::error::Error for Problems {}

/// `did you mean ...?` if a known name is near what was written, else the list of known
/// names if it is short.
pub fn similar_or_all<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    const LISTED: usize = 12;
    let known: Vec<&str> = known.into_iter().collect();
    let nearest = known
        .iter()
        .map(|name| (distance(written, name), *name))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        None => None,
        Some((distance, name)) if distance <= written.chars().count().div_ceil(3).max(1) => {
            Some(format!("did you mean `{name}`?"))
        }
        Some(_) if known.len() <= LISTED => {
            let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            Some(format!("there is {}", list.join(", ")))
        }
        Some(_) => None,
    }
}

/// Edits between two names; a difference in case counts as none, one being the beginning of
/// the other as one edit.
fn distance(a: &str, b: &str) -> usize {
    const LEAST: usize = 3;
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let abbreviates = |short: &str, long: &str| short.len() >= LEAST && long.starts_with(short);
    match strsim::damerau_levenshtein(&a, &b) {
        far if far > 1 && (abbreviates(&a, &b) || abbreviates(&b, &a)) => 1,
        edits => edits,
    }
}

//! What is wrong with a file that a user wrote: a model file or a morphology.
//!
//! [`Problem`]s are plain data; [`Problems`] puts them together with the text that they are
//! about, and shows them with its lines. (`.mod` files have the compiler's own
//! diagnostics.)

use std::fmt;
use std::io::{self, IsTerminal};
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle};
use codespan_reporting::files::{self, SimpleFiles};
use codespan_reporting::term::termcolor::Ansi;
use codespan_reporting::term::{self, Config, Styles, StylesWriter};
use nmodl::diagnostic::render::Style;

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
    pub see: Option<Box<(Range<usize>, String)>>,
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
        self.see = Some(Box::new((span, text.into())));
        self
    }

    /// Adds advice.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds the question whether a similar known name was meant, if there is one.
    pub fn similar_name<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let help = similar_or_all(written, known).filter(|help| help.starts_with("did"));
        Self {
            help: help.or(self.help),
            ..self
        }
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

/// Texts that are read as one: a model file and what the command line adds to it. Spans
/// count through all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
struct Part {
    name: String,
    text: String,
    start: usize,
}

impl Text {
    /// A file's contents; `name` is for messages.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            parts: vec![Part {
                name: name.into(),
                text: text.into(),
                start: 0,
            }],
        }
    }

    /// Adds a text, and returns the offset at which it begins.
    pub fn push(&mut self, name: impl Into<String>, text: impl Into<String>) -> usize {
        let end = |part: &Part| part.start + part.text.len() + 1;
        let start = self.parts.last().map_or(0, end);
        self.parts.push(Part {
            name: name.into(),
            text: text.into(),
            start,
        });
        start
    }

    /// The part that holds an offset.
    fn part_at(&self, offset: usize) -> &Part {
        let after = self.parts.partition_point(|part| part.start <= offset);
        &self.parts[after.saturating_sub(1)]
    }
}

impl Part {
    /// A span in this part alone, within its text and on the boundaries of characters.
    fn within(&self, span: &Range<usize>) -> Range<usize> {
        let boundary = |at: usize| {
            let mut at = at.saturating_sub(self.start).min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(span.start);
        start..boundary(span.end).max(start)
    }
}

/// A text with all that was found wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problems {
    text: Text,
    problems: Vec<Problem>,
}

impl Problems {
    /// Puts problems together with their text.
    pub fn new(text: Text, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| problem.span.start);
        Self { text, problems }
    }

    fn render(&self, f: &mut fmt::Formatter<'_>) -> Result<(), files::Error> {
        let mut sources = SimpleFiles::new();
        for part in &self.text.parts {
            sources.add(part.name.as_str(), part.text.as_str());
        }
        let label = |style: LabelStyle, span: &Range<usize>, text: &str| {
            let part = self.text.part_at(span.start);
            let id = self
                .text
                .parts
                .iter()
                .position(|other| other.start == part.start);
            Label::new(style, id.unwrap_or(0), part.within(span)).with_message(text)
        };
        let config = Config::default();
        for problem in &self.problems {
            let mut labels = vec![label(LabelStyle::Primary, &problem.span, &problem.label)];
            if let Some((span, text)) = problem.see.as_deref() {
                labels.push(label(LabelStyle::Secondary, span, text));
            }
            let notes = problem.help.iter().map(|help| format!("help: {help}"));
            let diagnostic = Diagnostic::error()
                .with_message(&problem.message)
                .with_labels(labels)
                .with_notes(notes.collect());
            let text = match style() {
                Style::Colour => {
                    let mut ansi = Ansi::new(Vec::new());
                    let styles = Styles::default();
                    let mut writer = StylesWriter::new(&mut ansi, &styles);
                    term::emit_to_write_style(&mut writer, &config, &sources, &diagnostic)?;
                    String::from_utf8_lossy(&ansi.into_inner()).into_owned()
                }
                Style::Plain | Style::Short => {
                    term::emit_into_string(&config, &sources, &diagnostic)?
                }
            };
            f.write_str(&text).map_err(|_| files::Error::FileMissing)?;
        }
        Ok(())
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.render(f).map_err(|_| fmt::Error)
    }
}

impl std::error::Error for Problems {}

/// `1 row`, `2 rows`.
pub fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

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
        Some((distance, name)) if is_near(distance, written) => {
            Some(format!("did you mean `{name}`?"))
        }
        Some(_) if known.len() <= LISTED => {
            let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            Some(format!("there is {}", list.join(", ")))
        }
        Some(_) => None,
    }
}

/// Whether so few edits may be a slip: a third of the letters, and not all.
fn is_near(distance: usize, written: &str) -> bool {
    let letters = written.chars().count();
    distance == 0 || (distance <= letters.div_ceil(3) && distance < letters)
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

/// In colour on a terminal, unless the user wants none (`NO_COLOR`, see <https://no-color.org>).
pub fn style() -> Style {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if wanted && io::stderr().is_terminal() {
        Style::Colour
    } else {
        Style::Plain
    }
}

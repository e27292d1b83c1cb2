//! Text from [`Diagnostic`]s, by codespan-reporting (which appears nowhere else in this crate).
//!
//! Rendering cannot fail: a span that does not fit its text is moved to where it fits.

use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Config, DisplayStyle, StylesWriter, termcolor};

use super::{Diagnostic, Label, Severity};
use crate::source::{FileId, Source, SourceMap};

/// How to render.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// With the lines of the source, without colour.
    #[default]
    Plain,
    /// With the lines of the source, in colour for a terminal.
    Colour,
    /// One line each: `file:line:column: error[E0001]: message`.
    Short,
}

/// Renders one diagnostic.
pub fn render(diagnostic: &Diagnostic, sources: &SourceMap, style: Style) -> String {
    let files = CodespanFiles(sources);
    let config = Config {
        display_style: match style {
            Style::Short => DisplayStyle::Short,
            Style::Plain | Style::Colour => DisplayStyle::Rich,
        },
        ..Config::default()
    };
    let diagnostic_out = convert(diagnostic, sources);
    let text = match style {
        Style::Plain | Style::Short => term::emit_into_string(&config, &files, &diagnostic_out),
        Style::Colour => {
            let mut ansi = termcolor::Ansi::new(Vec::new());
            let styles = term::Styles::default();
            let mut writer = StylesWriter::new(&mut ansi, &styles);
            term::emit_to_write_style(&mut writer, &config, &files, &diagnostic_out)
                .map(|()| String::from_utf8_lossy(&ansi.into_inner()).into_owned())
        }
    };
    text.unwrap_or_else(|_| format!("{}: {}\n", diagnostic.code, diagnostic.message))
}

/// Renders all of them, in order.
pub fn render_all(diagnostics: &[Diagnostic], sources: &SourceMap, style: Style) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| render(diagnostic, sources, style))
        .collect()
}

fn convert(diagnostic: &Diagnostic, sources: &SourceMap) -> codespan::Diagnostic<FileId> {
    let severity = match diagnostic.severity {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
    };
    let notes = diagnostic
        .notes
        .iter()
        .map(|text| format!("note: {text}"))
        .chain(diagnostic.help.iter().map(|text| format!("help: {text}")))
        .collect();
    codespan::Diagnostic::new(severity)
        .with_code(diagnostic.code.text())
        .with_message(&diagnostic.message)
        .with_labels(
            diagnostic
                .labels
                .iter()
                .filter_map(|label| convert_label(label, sources))
                .collect(),
        )
        .with_notes(notes)
}

fn convert_label(label: &Label, sources: &SourceMap) -> Option<codespan::Label<FileId>> {
    let (_, source) = sources.iter().nth(label.span.file.0 as usize)?;
    let text = source.text();
    let fit = |offset: u32| {
        let mut at = (offset as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = fit(label.span.start);
    let end = fit(label.span.end).max(start);
    let style = if label.primary {
        codespan::LabelStyle::Primary
    } else {
        codespan::LabelStyle::Secondary
    };
    Some(codespan::Label::new(style, label.span.file, start..end).with_message(&label.message))
}

/// Our [`SourceMap`] as codespan-reporting wants it.
struct CodespanFiles<'a>(&'a SourceMap);

impl<'a> CodespanFiles<'a> {
    fn source_of(&self, id: FileId) -> Result<&'a Source, Error> {
        self.0
            .iter()
            .nth(id.0 as usize)
            .map(|(_, source)| source)
            .ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for CodespanFiles<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(self.source_of(id)?.name())
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(self.source_of(id)?.text())
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, Error> {
        let offset = u32::try_from(byte_index).unwrap_or(u32::MAX);
        Ok(self.source_of(id)?.line_index(offset))
    }

    fn line_range(&'a self, id: FileId, line: usize) -> Result<std::ops::Range<usize>, Error> {
        let source = self.source_of(id)?;
        source.line_range(line).ok_or(Error::LineTooLarge {
            given: line,
            max: source.line_count().saturating_sub(1),
        })
    }
}

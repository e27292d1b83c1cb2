//! `nmodlrs check`: errors and warnings in `.mod` files.

use std::fs;
use std::path::Path;

use clap::ValueEnum;
use nmodl::diagnostic::render::{Style, render_all};
use nmodl::diagnostic::{Code, Diagnostic, Severity, has_errors};
use nmodl::source::{SourceMap, Span};
use serde::Serialize;

use super::{CheckArguments, Failure, print};
use crate::problem::{similar_or_all, style};
use runtime::library::load_include;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// With the lines of the file.
    Human,
    /// One line each.
    Short,
    /// One JSON array.
    Json,
}

/// Checks files; what is found goes to standard output.
pub fn check(arguments: &CheckArguments) -> Result<(), Failure> {
    if let Some(code) = &arguments.explain {
        return explain(code);
    }
    let mut sources = SourceMap::new();
    let mut diagnostics = Vec::new();
    for path in &arguments.files {
        diagnostics.extend(check_file(path, arguments.units, &mut sources)?);
    }
    let text = match arguments.format {
        CheckFormat::Human => render_all(&diagnostics, &sources, style()),
        CheckFormat::Short => render_all(&diagnostics, &sources, Style::Short),
        CheckFormat::Json => json(&diagnostics, &sources),
    };
    print(&text)?;
    if has_errors(&diagnostics) {
        return Err(Failure::Input(String::new()));
    }
    Ok(())
}

fn check_file(
    path: &Path,
    units: bool,
    sources: &mut SourceMap,
) -> Result<Vec<Diagnostic>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::read(path, error))?;
    let file = sources.add_bytes(path.display().to_string(), &bytes);
    let check = if units {
        nmodl::check_with_units
    } else {
        nmodl::check
    };
    Ok(check(sources, file, &mut load_include))
}

/// Prints the page of a code.
fn explain(code: &str) -> Result<(), Failure> {
    let wanted = code.to_ascii_uppercase();
    let Some(code) = Code::ALL.iter().find(|known| known.text() == wanted) else {
        let known = Code::ALL.iter().map(|known| known.text());
        let help = match similar_or_all(&wanted, known) {
            Some(help) => help,
            None => "`nmodlrs check` prints the code of each message in brackets".to_owned(),
        };
        return Err(Failure::Usage(format!("there is no code `{code}`: {help}")));
    };
    print(code.page())
}

/// A diagnostic for programs. Lines and columns count from 1, columns in characters; spans in
/// bytes from 0.
#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    span: JsonSpan,
    labels: Vec<JsonLabel<'a>>,
    notes: &'a [String],
    help: &'a [String],
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    message: &'a str,
    primary: bool,
    file: &'a str,
    line: usize,
    column: usize,
    span: JsonSpan,
}

#[derive(Serialize)]
struct JsonSpan {
    start: u32,
    end: u32,
}

fn json(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let all: Vec<JsonDiagnostic<'_>> = diagnostics
        .iter()
        .map(|diagnostic| describe(diagnostic, sources))
        .collect();
    match serde_json::to_string_pretty(&all) {
        Ok(text) => text + "\n",
        // Numbers and texts only: there is nothing that JSON lacks.
        Err(_) => "[]\n".to_owned(),
    }
}

fn describe<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> JsonDiagnostic<'a> {
    let span = diagnostic.span().unwrap_or_default();
    let (file, line, column) = place(span, sources);
    JsonDiagnostic {
        code: diagnostic.code.text(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        file,
        line,
        column,
        span: json_span(span),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| {
                let (file, line, column) = place(label.span, sources);
                JsonLabel {
                    message: &label.message,
                    primary: label.primary,
                    file,
                    line,
                    column,
                    span: json_span(label.span),
                }
            })
            .collect(),
        notes: &diagnostic.notes,
        help: &diagnostic.help,
    }
}

fn place(span: Span, sources: &SourceMap) -> (&str, usize, usize) {
    let location = sources.location(span);
    (
        sources.get(span.file).name(),
        location.line,
        location.column,
    )
}

fn json_span(span: Span) -> JsonSpan {
    JsonSpan {
        start: span.start,
        end: span.end,
    }
}

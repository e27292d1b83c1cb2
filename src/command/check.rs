//! `nmodlrs check`: errors and warnings in `.mod` files.

use std::fs;
use std::path::Path;

use clap::ValueEnum;
use nmodl::diagnostic::render::{Style, render_all};
use nmodl::diagnostic::{Diagnostic, Severity, has_errors};
use nmodl::source::{SourceMap, Span};
use serde::Serialize;

use super::{CheckArguments, Failure, print};
use crate::problem::style;
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
    let mut sources = SourceMap::new();
    let mut diagnostics = Vec::new();
    for path in &arguments.files {
        diagnostics.extend(check_file(path, &mut sources)?);
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

fn check_file(path: &Path, sources: &mut SourceMap) -> Result<Vec<Diagnostic>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::read(path, error))?;
    let file = sources.add_bytes(path.display().to_string(), &bytes);
    Ok(nmodl::check(sources, file, &mut load_include))
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

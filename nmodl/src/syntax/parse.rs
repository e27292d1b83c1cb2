//! One text: cut into pieces, each through pest, each into the tree.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use super::ast::{Ident, Item, Obsolete, Span, Title};
use super::build::Builder;
use super::expected;
use super::scan::{self, Piece, PieceKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::FileId;

/// pest's parser of `nmodl.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "syntax/nmodl.pest"]
pub(super) struct Grammar;

/// Parses `text`, which `file` names. INCLUDEs are left empty.
pub(super) fn parse_source(file: FileId, text: &str) -> (Vec<Item>, Vec<Diagnostic>) {
    let scan = scan::scan(file, text);
    let mut diagnostics = scan.diagnostics;
    let mut items = Vec::with_capacity(scan.pieces.len());
    for piece in scan.pieces {
        let span = Span::new(file, piece.start as u32, piece.end as u32);
        match piece.kind {
            PieceKind::Title => items.push(Item::Title(title(text, piece, span))),
            PieceKind::Obsolete => {
                let obsolete = obsolete(text, piece, span);
                diagnostics.push(obsolete_diagnostic(&obsolete));
                items.push(Item::Obsolete(obsolete));
            }
            PieceKind::Item => items.extend(item(file, text, piece, &mut diagnostics)),
        }
    }
    diagnostics.sort_by_key(|d| d.span().map_or(0, |span| span.start));
    (items, diagnostics)
}

fn item(file: FileId, text: &str, piece: Piece, diagnostics: &mut Vec<Diagnostic>) -> Option<Item> {
    let slice = text.get(piece.start..piece.end)?;
    let mut pairs = match Grammar::parse(Rule::item, slice) {
        Ok(pairs) => pairs,
        Err(error) => {
            let at = match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            };
            let expected = match &error.variant {
                ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
                ErrorVariant::CustomError { .. } => &[],
            };
            diagnostics.push(expected::diagnostic(
                file,
                text,
                piece,
                piece.start + at,
                expected,
            ));
            return None;
        }
    };
    let pair = pairs.next()?;
    let mut builder = Builder::new(file, piece.start as u32);
    match builder.item(pair) {
        Ok(item) => {
            diagnostics.append(&mut builder.diagnostics);
            Some(item)
        }
        Err(stop) => {
            diagnostics.append(&mut builder.diagnostics);
            diagnostics.extend(stop.into_diagnostic(Span::new(
                file,
                piece.start as u32,
                piece.end as u32,
            )));
            None
        }
    }
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .next()
        .unwrap_or("")
}

fn title(text: &str, piece: Piece, span: Span) -> Title {
    let line = text.get(piece.start..piece.end).unwrap_or("");
    Title {
        text: line.strip_prefix("TITLE").unwrap_or(line).trim().to_owned(),
        span,
    }
}

fn obsolete(text: &str, piece: Piece, span: Span) -> Obsolete {
    let text = text.get(piece.start..piece.end).unwrap_or("");
    let word = first_word(text);
    Obsolete {
        keyword: Ident {
            name: word.to_owned(),
            span: Span::new(span.file, span.start, span.start + word.len() as u32),
        },
        text: text.to_owned(),
        span,
    }
}

/// What to say about a construct of older NMODL.
pub(super) fn obsolete_diagnostic(obsolete: &Obsolete) -> Diagnostic {
    let word = &obsolete.keyword.name;
    Diagnostic::new(Code::Obsolete, format!("{word} is not supported"))
        .at(obsolete.keyword.span, "older NMODL")
        .note("NEURON does not know it any more either")
}

//! `printf` of NMODL, whose format NEURON hands to C as it stands.
//!
//! Escapes are resolved here, and texts among the values are put into the format. All numbers are
//! doubles: each conversion gets the number, converted to what it asks for.

use super::body::BodyLowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{ExprId, Service, Stmt};
use crate::syntax::ast;

impl BodyLowering<'_, '_> {
    pub(super) fn printf(&mut self, call: &ast::Call) -> Option<ExprId> {
        let Some((ast::Expr::String(format), values)) = call.arguments.split_first() else {
            self.error(
                Diagnostic::new(Code::WrongKind, "printf needs a format text first")
                    .at(call.span, ""),
            );
            return None;
        };
        let format = unescaped(&format.text);
        let mut values = values.iter();
        let mut args = Vec::new();
        let mut text = String::new();
        for piece in pieces(&format) {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Conversion(conversion) => match values.next() {
                    Some(ast::Expr::String(word)) => {
                        text.push_str(&unescaped(&word.text).replace('%', "%%"));
                    }
                    Some(value) => {
                        args.push(self.real(value));
                        text.push_str(conversion);
                    }
                    None => text.push_str(conversion),
                },
            }
        }
        // Values that no conversion asks for are evaluated, too.
        for value in values.filter(|value| !matches!(value, ast::Expr::String(_))) {
            args.push(self.real(value));
        }
        self.out.push(Stmt::Service {
            result: None,
            service: Service::Print(text),
            args,
        });
        None
    }
}

/// A text with C's escapes resolved; what is none stays as it is.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('a') => out.push('\x07'),
            Some(c @ ('\\' | '"' | '\'' | '?')) => out.push(c),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

enum Piece<'t> {
    /// As it is, with `%%`.
    Text(&'t str),
    /// From `%` to its letter.
    Conversion(&'t str),
}

/// The parts of a format.
fn pieces(format: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        if rest[at + 1..].starts_with('%') {
            let (text, after) = rest.split_at(at + 2);
            pieces.push(Piece::Text(text));
            rest = after;
            continue;
        }
        let is_letter = |c: char| c.is_ascii_alphabetic() && !"lhzqjt".contains(c);
        let Some(end) = rest[at..].find(is_letter) else {
            break;
        };
        pieces.push(Piece::Text(&rest[..at]));
        pieces.push(Piece::Conversion(&rest[at..=at + end]));
        rest = &rest[at + end + 1..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

//! Splits an ASC file into tokens. A semicolon begins a comment that ends with the line.

use std::ops::Range;

use super::super::Fault;

/// A token with its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Open,
    Close,
    Comma,
    Bar,
    /// `<` and `>` around a spine.
    SpineOpen,
    SpineClose,
    Number(f64),
    /// In double quotes.
    String,
    Label,
    Set,
    Rgb,
    End,
}

/// The tokens of a text, and an end.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let until = |stop: fn(u8) -> bool| {
            let rest = bytes[start..].iter().skip(1);
            start + 1 + rest.take_while(|&&b| !stop(b)).count()
        };
        let kind = match byte {
            b if b.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b';' => {
                at = until(|b| b == b'\n');
                continue;
            }
            b'(' => Kind::Open,
            b')' => Kind::Close,
            b',' => Kind::Comma,
            b'|' => Kind::Bar,
            b'<' => Kind::SpineOpen,
            b'>' => Kind::SpineClose,
            b'"' => {
                let end = until(|b| b == b'"' || b == b'\n');
                if bytes.get(end) != Some(&b'"') {
                    return Err(Fault::new(
                        start..end,
                        "this string does not end in its line",
                    ));
                }
                at = end + 1;
                tokens.push(Token {
                    kind: Kind::String,
                    span: start..at,
                });
                continue;
            }
            b if b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.') => {
                at = number_end(bytes, start);
                let Ok(number) = text[start..at].parse::<f64>() else {
                    return Err(Fault::new(start..at.max(start + 1), "this is not a number"));
                };
                tokens.push(Token {
                    kind: Kind::Number(number),
                    span: start..at,
                });
                continue;
            }
            b if b.is_ascii_alphabetic() || b == b'_' => {
                at = until(|b| !(b.is_ascii_alphanumeric() || b == b'_'));
                let kind = match &text[start..at] {
                    "set" | "Set" | "SET" => Kind::Set,
                    "RGB" => Kind::Rgb,
                    _ => Kind::Label,
                };
                let span = start..at;
                tokens.push(Token { kind, span });
                continue;
            }
            _ => {
                let len = text[start..].chars().next().map_or(1, char::len_utf8);
                return Err(Fault::new(
                    start..start + len,
                    "this character has no meaning here",
                ));
            }
        };
        at += 1;
        tokens.push(Token {
            kind,
            span: start..at,
        });
    }
    tokens.push(Token {
        kind: Kind::End,
        span: at..at,
    });
    Ok(tokens)
}

/// Where a number ends: sign, digits with a point, exponent.
fn number_end(bytes: &[u8], start: usize) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let sign = |at: usize| matches!(bytes.get(at), Some(b'+' | b'-'));
    let mut at = start + usize::from(sign(start));
    while digit(at) || bytes.get(at) == Some(&b'.') {
        at += 1;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let exponent = at + 1 + usize::from(sign(at + 1));
        if digit(exponent) {
            at = exponent;
            while digit(at) {
                at += 1;
            }
        }
    }
    at
}

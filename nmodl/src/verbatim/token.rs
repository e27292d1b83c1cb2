//! Tokens of C.

use super::{Fault, Result};
use crate::source::Span;

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenKind {
    /// A name or keyword.
    Word(String),
    /// A whole number, or a character.
    Integer {
        /// Its value.
        value: i64,
        /// It has the suffix `u`.
        unsigned: bool,
    },
    /// A floating point number.
    Real(f64),
    /// A text, without quotes, escapes resolved.
    Text(String),
    /// An operator or other sign.
    Sign(&'static str),
    /// The statement of that position in the list of NMODL statements.
    Nmodl(usize),
}

/// A token and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands; for what a macro stands for, where the macro is used.
    pub span: Span,
    /// No blank stands before it, on a line of the preprocessor: `#define f(x)` has a parameter,
    /// `#define f (x)` has none.
    pub joined: bool,
    /// Macros that it came from, which are not expanded in it again.
    pub from: Vec<String>,
}

impl Token {
    /// A token that stands in the text.
    pub fn new(kind: TokenKind, span: Span) -> Self {
        Self {
            kind,
            span,
            joined: false,
            from: Vec::new(),
        }
    }

    /// The word that it is.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it is that sign.
    pub fn is(&self, sign: &str) -> bool {
        matches!(self.kind, TokenKind::Sign(s) if s == sign)
    }

    /// As it may be named in a message.
    pub fn describe(&self) -> String {
        match &self.kind {
            TokenKind::Word(word) => format!("`{word}`"),
            TokenKind::Integer { value, .. } => format!("`{value}`"),
            TokenKind::Real(value) => format!("`{value}`"),
            TokenKind::Text(_) => "a text".to_owned(),
            TokenKind::Sign(sign) => format!("`{sign}`"),
            TokenKind::Nmodl(_) => "a statement of NMODL".to_owned(),
        }
    }
}

/// A line for the preprocessor, or a token.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A token.
    Token(Token),
    /// What follows `#` on its line.
    Directive {
        /// The words behind `#`.
        tokens: Vec<Token>,
        /// The file between `<` and `>` or quotes of an `#include`.
        header: Option<String>,
        /// From `#` to the end of the line.
        span: Span,
    },
}

/// Signs, longer ones before those that begin them.
const SIGNS: &[&str] = &[
    "<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=",
    "-=", "*=", "/=", "%=", "&=", "|=", "^=", "::", "##", "{", "}", "(", ")", "[", "]", ";", ",",
    ".", "&", "*", "+", "-", "~", "!", "/", "%", "<", ">", "^", "|", "?", ":", "=", "#",
];

/// Splits the text of a VERBATIM block, which stands at `at`.
pub fn tokens(text: &str, at: Span) -> Result<Vec<Piece>> {
    let mut scanner = Scanner {
        text,
        at: 0,
        base: at,
    };
    let mut pieces = Vec::new();
    loop {
        let new_line = scanner.skip_blank()?;
        if scanner.rest().is_empty() {
            return Ok(pieces);
        }
        if new_line && scanner.rest().starts_with('#') {
            pieces.push(scanner.directive()?);
        } else {
            pieces.push(Piece::Token(scanner.token()?));
        }
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    base: Span,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn span(&self, start: usize) -> Span {
        let offset = |n: usize| self.base.start + n as u32;
        Span::new(self.base.file, offset(start), offset(self.at))
    }

    /// Skips blanks and comments; true at the beginning of a line.
    fn skip_blank(&mut self) -> Result<bool> {
        let mut new_line = self.at == 0;
        loop {
            let rest = self.rest();
            let Some(first) = rest.chars().next() else {
                return Ok(new_line);
            };
            if first == '\n' || first == '\r' {
                new_line = true;
                self.at += 1;
            } else if first.is_whitespace() {
                self.at += first.len_utf8();
            } else if let Some(length) = continuation(rest) {
                self.at += length;
            } else if rest.starts_with("//") {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.skip_comment()?;
            } else {
                return Ok(new_line);
            }
        }
    }

    /// Skips the comment that begins here, and nothing behind it.
    fn skip_comment(&mut self) -> Result<()> {
        let start = self.at;
        let Some(end) = self.rest().find("*/") else {
            self.at += 2;
            let what = "a comment in VERBATIM without its end";
            return Err(Fault::new(self.span(start), what));
        };
        self.at += end + 2;
        Ok(())
    }

    /// A line that begins with `#`.
    fn directive(&mut self) -> Result<Piece> {
        let start = self.at;
        self.at += 1;
        let mut tokens: Vec<Token> = Vec::new();
        let mut header = None;
        loop {
            let before = self.at;
            self.skip_within_line()?;
            let rest = self.rest();
            if rest.is_empty() || rest.starts_with(['\n', '\r']) {
                break;
            }
            let including = tokens.first().and_then(Token::word) == Some("include");
            let skipped = tokens.first().and_then(Token::word);
            if including && header.is_none() && rest.starts_with(['<', '"']) {
                let close = if rest.starts_with('<') { '>' } else { '"' };
                let line = &rest[1..rest.find(['\n', '\r']).unwrap_or(rest.len())];
                let Some(end) = line.find(close) else {
                    self.at += 1;
                    return Err(Fault::new(self.span(start), "an #include without its end"));
                };
                header = Some(line[..end].to_owned());
                self.at += end + 2;
            } else if matches!(skipped, Some("error" | "warning" | "pragma")) {
                // Text, not tokens.
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else {
                let joined = before == self.at;
                tokens.push(Token {
                    joined,
                    ..self.token()?
                });
            }
        }
        Ok(Piece::Directive {
            tokens,
            header,
            span: self.span(start),
        })
    }

    fn skip_within_line(&mut self) -> Result<()> {
        loop {
            let rest = self.rest();
            if let Some(length) = continuation(rest) {
                self.at += length;
            } else if rest.starts_with([' ', '\t', '\u{b}', '\u{c}']) {
                self.at += 1;
            } else if rest.starts_with("//") {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.skip_comment()?;
            } else {
                return Ok(());
            }
        }
    }

    fn token(&mut self) -> Result<Token> {
        let start = self.at;
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or('\0');
        let second = rest[first.len_utf8()..].chars().next().unwrap_or('\0');
        let kind = if first.is_ascii_alphabetic() || first == '_' {
            let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            self.at += length;
            TokenKind::Word(rest[..length].to_owned())
        } else if first.is_ascii_digit() || (first == '.' && second.is_ascii_digit()) {
            self.number()?
        } else if first == '"' {
            TokenKind::Text(self.quoted('"')?)
        } else if first == '\'' {
            let text = self.quoted('\'')?;
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) if c.is_ascii() => TokenKind::Integer {
                    value: i64::from(u32::from(c)),
                    unsigned: false,
                },
                _ => {
                    return Err(Fault::new(
                        self.span(start),
                        "a character of several letters",
                    ));
                }
            }
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.at += sign.len();
            TokenKind::Sign(sign)
        } else {
            self.at += first.len_utf8();
            return Err(Fault::new(
                self.span(start),
                format!("`{first}` is no sign of C"),
            ));
        };
        Ok(Token::new(kind, self.span(start)))
    }

    fn number(&mut self) -> Result<TokenKind> {
        let start = self.at;
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let hexadecimal = rest.len() > 2 && bytes[0] == b'0' && bytes[1] | 0x20 == b'x';
        let mut end = 0;
        while end < bytes.len() {
            let c = bytes[end];
            let exponent = end > 0
                && !hexadecimal
                && matches!(c, b'+' | b'-')
                && bytes[end - 1] | 0x20 == b'e';
            if !(c.is_ascii_alphanumeric() || c == b'.' || exponent) {
                break;
            }
            end += 1;
        }
        self.at += end;
        let text = &rest[..end];
        let body = text.trim_end_matches(|c: char| "uUlL".contains(c) && !text.contains('.'));
        let suffix = &text[body.len()..];
        let unsigned = suffix.contains(['u', 'U']);
        let fault = || {
            Fault::new(
                self.span(start),
                format!("`{text}` is no number that is supported here"),
            )
        };
        let integer = |digits: &str, radix| {
            let value = i64::from_str_radix(digits, radix).map_err(|_| fault())?;
            Ok(TokenKind::Integer { value, unsigned })
        };
        if hexadecimal {
            return integer(&body[2..], 16);
        }
        if body.bytes().all(|b| b.is_ascii_digit()) {
            return if body.len() > 1 && body.starts_with('0') {
                integer(&body[1..], 8)
            } else {
                integer(body, 10)
            };
        }
        // A `float` constant would have to be rounded.
        body.parse().map(TokenKind::Real).map_err(|_| fault())
    }

    /// A text between quotes.
    fn quoted(&mut self, quote: char) -> Result<String> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((offset, c)) = chars.next() {
            if c == quote {
                self.at += offset + 1;
                return Ok(out);
            }
            match c {
                '\n' | '\r' => break,
                '\\' => match chars.next() {
                    Some((_, 'n')) => out.push('\n'),
                    Some((_, 't')) => out.push('\t'),
                    Some((_, 'r')) => out.push('\r'),
                    Some((_, '0')) => out.push('\0'),
                    Some((_, c @ ('\\' | '"' | '\'' | '?'))) => out.push(c),
                    Some((_, '\n')) => {}
                    Some((_, '\r')) => {
                        if chars.as_str().starts_with('\n') {
                            chars.next();
                        }
                    }
                    other => {
                        self.at += offset + 1 + other.map_or(0, |(_, c)| c.len_utf8());
                        return Err(Fault::new(
                            self.span(start),
                            "an escape in a text that is not supported here",
                        ));
                    }
                },
                c => out.push(c),
            }
        }
        Err(Fault::new(self.span(start), "a text without its end"))
    }
}

/// The length of a backslash with the line end behind it.
fn continuation(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('\\')?;
    if after.starts_with("\r\n") {
        Some(3)
    } else {
        after.starts_with(['\n', '\r']).then_some(2)
    }
}

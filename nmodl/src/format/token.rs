//! A text cut into tokens, comments among them.
//!
//! The tokens are those of a text that parses: faults are not looked for.

use std::collections::BTreeMap;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name or keyword, with its primes.
    Word,
    /// A number without sign.
    Number,
    /// A text in quotes.
    Text,
    /// A unit with its parentheses.
    Unit,
    /// An operator or bracket.
    Symbol,
    /// What REPRESENTS names, or the whole of a TITLE: kept as it is.
    Phrase,
    /// VERBATIM to ENDVERBATIM.
    Verbatim,
    /// `: ...` or `? ...`
    LineComment,
    /// COMMENT to ENDCOMMENT.
    BlockComment,
}

/// A token.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: TokenKind,
    /// Where it stands.
    pub range: Range<usize>,
    /// Line ends between it and the token before.
    pub line_ends: usize,
}

/// Symbols of several characters.
const OPERATORS: [&str; 10] = ["<->", "==", "!=", "<=", ">=", "&&", "||", "<<", "->", "~+"];

/// The tokens of `text`. Where each of the `raw` ranges begins, all of it is one token.
pub(super) fn tokens(text: &str, raw: &BTreeMap<usize, (usize, TokenKind)>) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut line_ends = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() || byte == 0x0b {
            line_ends += usize::from(byte == b'\n');
            at += 1;
            continue;
        }
        let (end, kind) = match raw.get(&at) {
            Some(&(end, kind)) => (end, kind),
            None => token(text, at),
        };
        tokens.push(Token {
            kind,
            range: at..end,
            line_ends,
        });
        line_ends = 0;
        at = end;
    }
    tokens
}

/// Where the token that begins at `at` ends, and what it is.
fn token(text: &str, at: usize) -> (usize, TokenKind) {
    let rest = &text[at..];
    let bytes = rest.as_bytes();
    let while_true = |from: usize, wanted: &dyn Fn(u8) -> bool| {
        from + bytes[from..].iter().take_while(|b| wanted(**b)).count()
    };
    let line_end = |from: usize| rest[from..].find('\n').map_or(rest.len(), |n| from + n);
    let (length, kind) = match bytes[0] {
        b':' | b'?' => (rest[..line_end(0)].trim_end().len(), TokenKind::LineComment),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            let word = while_true(0, &|b| b.is_ascii_alphanumeric() || b == b'_');
            if &rest[..word] == "COMMENT" {
                (block_comment(rest, word), TokenKind::BlockComment)
            } else {
                let primed = while_true(word, &|b| b == b'\'');
                let zero = primed > word && bytes.get(primed) == Some(&b'0');
                (primed + usize::from(zero), TokenKind::Word)
            }
        }
        b'0'..=b'9' | b'.' => {
            let mut end = while_true(0, &|b| b.is_ascii_digit() || b == b'.');
            if matches!(bytes.get(end), Some(b'e' | b'E')) {
                let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
                let digits = while_true(end + 1 + sign, &|b| b.is_ascii_digit());
                if digits > end + 1 + sign {
                    end = digits;
                }
            }
            (end, TokenKind::Number)
        }
        b'"' => {
            let end = rest[1..].find('"').map_or(rest.len(), |n| n + 2);
            (end, TokenKind::Text)
        }
        _ => {
            let operator = OPERATORS.iter().find(|o| rest.starts_with(**o));
            let one = || rest.chars().next().map_or(1, char::len_utf8);
            (operator.map_or_else(one, |o| o.len()), TokenKind::Symbol)
        }
    };
    (at + length, kind)
}

/// The length of a COMMENT: to the end of the line whose first word is ENDCOMMENT.
fn block_comment(rest: &str, word: usize) -> usize {
    let mut line = word;
    loop {
        let end = rest[line..].find('\n').map_or(rest.len(), |n| line + n);
        let text = rest[line..end].trim_start_matches([' ', '\t']);
        let closes = text
            .strip_prefix("ENDCOMMENT")
            .is_some_and(|tail| !tail.starts_with(|c: char| c.is_ascii_alphabetic()));
        if closes || end == rest.len() {
            return rest[..end].trim_end().len();
        }
        line = end + 1;
    }
}

//! Cuts a file into the items at file level, each of which is then parsed on its own.
//!
//! One linear walk over the text that knows comments, strings, raw blocks and braces, and
//! no more. Because NMODL's block keywords are reserved, a file can be cut at them even
//! if it is full of errors: one bad block costs no other, and a block that is not closed
//! is found where the next one begins.
//!
//! Guarantees: no item nests deeper than [`MAX_NESTING`], so that what comes after may
//! recurse; items do not overlap and come in order.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// How deep parentheses, brackets and braces may nest in one another.
pub(super) const MAX_NESTING: usize = 100;

/// A part of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub kind: PieceKind,
    /// From the keyword to the last token.
    pub start: usize,
    pub end: usize,
}

/// What a [`Piece`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// The rest of the line is free text.
    Title,
    /// For the grammar.
    Item,
    /// An older construct.
    Obsolete,
}

/// What may follow a keyword at file level; decides whether the same word inside a block
/// is the start of the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `KEYWORD { ... }`
    Braces,
    /// `KEYWORD name ... { ... }`
    Named,
    /// `KEYWORD (arguments) { ... }`
    Arguments,
    /// No braces.
    Line,
    /// Also stands inside blocks: never taken for the start of the next one.
    Anywhere,
    /// `VERBATIM ... ENDVERBATIM`
    Raw,
    /// `TITLE text`
    Title,
    /// Older language.
    Obsolete,
}

/// The words that begin an item.
const STARTERS: &[(&str, Shape)] = &[
    ("NEURON", Shape::Braces),
    ("UNITS", Shape::Braces),
    ("CONSTANT", Shape::Braces),
    ("PARAMETER", Shape::Braces),
    ("INDEPENDENT", Shape::Braces),
    ("ASSIGNED", Shape::Braces),
    ("STATE", Shape::Braces),
    ("BREAKPOINT", Shape::Braces),
    ("CONSTRUCTOR", Shape::Braces),
    ("DESTRUCTOR", Shape::Braces),
    ("INITIAL", Shape::Anywhere),
    ("DERIVATIVE", Shape::Named),
    ("KINETIC", Shape::Named),
    ("LINEAR", Shape::Named),
    ("NONLINEAR", Shape::Named),
    ("DISCRETE", Shape::Named),
    ("FUNCTION", Shape::Named),
    ("PROCEDURE", Shape::Named),
    ("NET_RECEIVE", Shape::Arguments),
    ("BEFORE", Shape::Named),
    ("AFTER", Shape::Named),
    ("FUNCTION_TABLE", Shape::Line),
    ("DEFINE", Shape::Line),
    ("INCLUDE", Shape::Line),
    ("LOCAL", Shape::Anywhere),
    ("UNITSON", Shape::Anywhere),
    ("UNITSOFF", Shape::Anywhere),
    ("VERBATIM", Shape::Raw),
    ("TITLE", Shape::Title),
    ("PARTIAL", Shape::Obsolete),
    ("TERMINAL", Shape::Obsolete),
    ("MATCH", Shape::Obsolete),
    ("MODEL_LEVEL", Shape::Obsolete),
    ("PLOT", Shape::Obsolete),
    ("SENS", Shape::Obsolete),
    ("STEPPED", Shape::Obsolete),
    ("EQUATION", Shape::Obsolete),
];

fn shape_of(word: &str) -> Option<Shape> {
    let first = word.as_bytes().first()?;
    if !first.is_ascii_uppercase() {
        return None;
    }
    STARTERS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|&(_, shape)| shape)
}

/// What the cut found.
pub(super) struct Scan {
    pub pieces: Vec<Piece>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Cuts `text`.
pub(super) fn scan(file: FileId, text: &str) -> Scan {
    let mut scanner = Scanner {
        file,
        text,
        bytes: text.as_bytes(),
        at: 0,
        pieces: Vec::new(),
        diagnostics: Vec::new(),
        unterminated: 0,
    };
    scanner.run();
    // Looking ahead may meet the same fault twice.
    let mut diagnostics = scanner.diagnostics;
    diagnostics.dedup_by(|b, a| a.code == b.code && same_place(a, b));
    Scan {
        pieces: scanner.pieces,
        diagnostics,
    }
}

/// The first token at or behind `at`: its range, empty at the end of the text; of a raw
/// block its keyword.
pub(super) fn token_at(text: &str, at: usize) -> std::ops::Range<usize> {
    let mut scanner = Scanner {
        file: FileId(0),
        text,
        bytes: text.as_bytes(),
        at,
        pieces: Vec::new(),
        diagnostics: Vec::new(),
        unterminated: 0,
    };
    match scanner.next() {
        None => text.len()..text.len(),
        Some(Token::Symbol { start, end, .. }) => {
            let length = OPERATORS
                .iter()
                .find(|operator| text[start..].starts_with(**operator))
                .map_or(end - start, |operator| operator.len());
            start..start + length
        }
        Some(Token::Raw { start, .. }) => start..start + "VERBATIM".len(),
        Some(token) => token.range(),
    }
}

fn same_place(a: &Diagnostic, b: &Diagnostic) -> bool {
    match (a.span(), b.span()) {
        (Some(a), Some(b)) => a.same_place(b),
        _ => false,
    }
}

/// Operators of several characters, for messages.
const OPERATORS: &[&str] = &["<->", "==", "!=", "<=", ">=", "&&", "||", "<<", "->"];

/// The tokens that matter for cutting.
#[derive(Clone, Copy, Debug)]
enum Token {
    Word {
        start: usize,
        end: usize,
    },
    /// A block of raw text from its keyword on.
    Raw {
        start: usize,
        end: usize,
    },
    Symbol {
        byte: u8,
        start: usize,
        end: usize,
    },
}

impl Token {
    fn range(self) -> std::ops::Range<usize> {
        match self {
            Token::Word { start, end }
            | Token::Raw { start, end }
            | Token::Symbol { start, end, .. } => start..end,
        }
    }
}

struct Scanner<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    pieces: Vec<Piece>,
    diagnostics: Vec<Diagnostic>,
    /// How many raw blocks and texts had no end so far.
    unterminated: usize,
}

impl Scanner<'_> {
    fn run(&mut self) {
        loop {
            let unterminated = self.unterminated;
            let Some(token) = self.next() else { break };
            match token {
                Token::Word { start, end } => match shape_of(&self.text[start..end]) {
                    Some(shape) => self.item(shape, start, end),
                    None => self.stray(start, end),
                },
                Token::Raw { start, end } => {
                    if self.unterminated == unterminated {
                        self.piece(PieceKind::Item, start, end);
                    }
                }
                Token::Symbol { byte, start, end } => {
                    if byte == b'}' {
                        self.stray_close(start, end);
                    } else {
                        self.stray(start, end);
                    }
                }
            }
        }
    }

    /// One item whose keyword is `start..word_end`; leaves `at` behind it.
    fn item(&mut self, shape: Shape, start: usize, word_end: usize) {
        match shape {
            Shape::Title => {
                self.at = self.line_end(word_end);
                self.piece(PieceKind::Title, start, self.at);
            }
            Shape::Obsolete => self.braced_item(start, word_end, PieceKind::Obsolete),
            _ => self.braced_item(start, word_end, PieceKind::Item),
        }
    }

    fn braced_item(&mut self, start: usize, word_end: usize, kind: PieceKind) {
        let keyword = &self.text[start..word_end];
        let unterminated = self.unterminated;
        let mut end = word_end;
        let mut braces: Vec<usize> = Vec::new();
        let mut nesting = 0usize;
        let mut too_deep = None;
        // BEFORE and AFTER are followed by a word that itself begins blocks.
        if matches!(keyword, "BEFORE" | "AFTER") {
            let before = self.at;
            match self.next() {
                Some(Token::Word { end: word, .. }) => end = word,
                _ => self.at = before,
            }
        }
        loop {
            let before = self.at;
            let Some(token) = self.next() else {
                if let Some(&open) = braces.first() {
                    if self.unterminated == unterminated {
                        self.unclosed(keyword, start, open, None);
                    }
                    return;
                }
                break;
            };
            match token {
                Token::Word {
                    start: word,
                    end: word_end,
                } => {
                    let shape = shape_of(&self.text[word..word_end]);
                    if braces.is_empty() {
                        let ends = shape.is_some_and(|shape| {
                            shape != Shape::Obsolete || kind == PieceKind::Obsolete
                        });
                        if ends {
                            self.at = before;
                            break;
                        }
                    } else if shape.is_some_and(|shape| self.begins_block(shape, word_end)) {
                        self.at = before;
                        self.unclosed(keyword, start, braces[0], Some(word..word_end));
                        return;
                    }
                    end = word_end;
                }
                Token::Raw {
                    start: raw,
                    end: raw_end,
                } => {
                    if braces.is_empty() {
                        self.at = raw;
                        break;
                    }
                    end = raw_end;
                }
                Token::Symbol {
                    byte,
                    start: symbol,
                    end: symbol_end,
                } => {
                    match byte {
                        b'{' => {
                            braces.push(symbol);
                            nesting += 1;
                        }
                        b'(' | b'[' => nesting += 1,
                        b')' | b']' => nesting = nesting.saturating_sub(1),
                        b'}' => {
                            if braces.pop().is_none() {
                                self.at = before;
                                break;
                            }
                            nesting = nesting.min(braces.len());
                            if braces.is_empty() {
                                end = symbol_end;
                                break;
                            }
                        }
                        _ => {}
                    }
                    if nesting > MAX_NESTING && too_deep.is_none() {
                        too_deep = Some(symbol..symbol_end);
                    }
                    end = symbol_end;
                }
            }
        }
        // A piece with a text that has no end is not worth parsing; that was reported.
        if self.unterminated != unterminated {
            return;
        }
        match too_deep {
            Some(place) => self.report(
                Diagnostic::new(
                    Code::NestingTooDeep,
                    format!("parentheses and braces are nested more than {MAX_NESTING} deep"),
                )
                .at(self.span(place.start, place.end), "one too many opens here")
                .help("split the expression into several assignments"),
            ),
            None => self.piece(kind, start, end),
        }
    }

    /// Whether a keyword that stands inside braces, and ends at `word_end`, looks like the
    /// start of an item. A keyword misused as a name does not.
    fn begins_block(&mut self, shape: Shape, word_end: usize) -> bool {
        let before = (self.at, self.unterminated);
        let reported = self.diagnostics.len();
        self.at = word_end;
        let next = self.next();
        (self.at, self.unterminated) = before;
        self.diagnostics.truncate(reported);
        match (shape, next) {
            (Shape::Braces, Some(Token::Symbol { byte, .. })) => byte == b'{',
            (Shape::Arguments, Some(Token::Symbol { byte, .. })) => byte == b'(',
            (Shape::Named, Some(Token::Word { .. })) => true,
            (Shape::Line, Some(Token::Word { .. })) => true,
            (Shape::Line, Some(Token::Symbol { byte, .. })) => byte == b'"',
            _ => false,
        }
    }

    fn piece(&mut self, kind: PieceKind, start: usize, end: usize) {
        self.pieces.push(Piece { kind, start, end });
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start as u32, end as u32)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn unclosed(
        &mut self,
        keyword: &str,
        start: usize,
        open: usize,
        found: Option<std::ops::Range<usize>>,
    ) {
        let diagnostic = Diagnostic::new(
            Code::UnclosedBlock,
            format!("expected `}}` to close the {keyword} block"),
        );
        let diagnostic = match found {
            Some(next) => {
                let word = &self.text[next.clone()];
                diagnostic.at(
                    self.span(next.start, next.end),
                    format!("{word} cannot stand inside a block"),
                )
            }
            None => {
                let end = self.text.trim_end().len();
                diagnostic.at(self.span(end, end), "the file ends here")
            }
        };
        let diagnostic = diagnostic.see(self.span(start, open + 1), "the block is opened here");
        self.report(diagnostic);
    }

    fn stray_close(&mut self, start: usize, end: usize) {
        let diagnostic = Diagnostic::new(Code::UnknownBlock, "this `}` closes nothing")
            .at(self.span(start, end), "no block is open here");
        let diagnostic = self.see_last_close(diagnostic);
        self.report(diagnostic);
    }

    /// Shows where the block before was closed: perhaps too early.
    fn see_last_close(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.pieces.last() {
            Some(piece) if self.bytes[..piece.end].last() == Some(&b'}') => {
                let length = self.word_end(piece.start) - piece.start;
                let word = &self.text[piece.start..piece.start + length];
                diagnostic.see(
                    self.span(piece.end - 1, piece.end),
                    format!("the {word} block was closed here"),
                )
            }
            _ => diagnostic,
        }
    }

    /// Text at file level that begins nothing: up to the next item, or to the end of the
    /// braces in it.
    fn stray(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        let mut depth = usize::from(word == "{");
        let mut closed_early = false;
        loop {
            let before = self.at;
            match self.next() {
                None => break,
                Some(Token::Word { start, end }) => {
                    if let Some(shape) = shape_of(&self.text[start..end])
                        && shape != Shape::Obsolete
                        && (depth == 0 || self.begins_block(shape, end))
                    {
                        self.at = before;
                        break;
                    }
                }
                Some(Token::Raw { .. }) => {}
                Some(Token::Symbol { byte: b'{', .. }) => depth += 1,
                Some(Token::Symbol { byte: b'}', .. }) => {
                    closed_early = depth == 0;
                    if depth <= 1 {
                        break;
                    }
                    depth -= 1;
                }
                Some(Token::Symbol { .. }) => {}
            }
        }
        let mut diagnostic = Diagnostic::new(
            Code::UnknownBlock,
            format!("expected a block such as NEURON or BREAKPOINT, found `{word}`"),
        )
        .at(self.span(start, end), "does not begin a block");
        if closed_early {
            diagnostic = self.see_last_close(diagnostic);
        } else if let Some(name) = closest_starter(word) {
            diagnostic = diagnostic.help(format!("did you mean {name}?"));
        } else if let Some(advice) = super::advice::on_block(&self.text[start..]) {
            diagnostic = diagnostic.help(advice);
        }
        self.report(diagnostic);
    }

    /// The next token; blanks, comments and COMMENT blocks are skipped.
    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let &byte = self.bytes.get(start)?;
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c => self.at += 1,
                b':' | b'?' => self.at = self.line_end(start),
                b'a'..=b'z' | b'A'..=b'Z' => {
                    let end = self.word_end(start);
                    self.at = end;
                    match &self.text[start..end] {
                        "COMMENT" => self.raw_block(start, end, "COMMENT", "ENDCOMMENT"),
                        "VERBATIM" => {
                            self.raw_block(start, end, "VERBATIM", "ENDVERBATIM");
                            return Some(Token::Raw {
                                start,
                                end: self.at,
                            });
                        }
                        "REPRESENTS" => {
                            self.ontology_id();
                            return Some(Token::Word {
                                start,
                                end: self.at,
                            });
                        }
                        _ => return Some(Token::Word { start, end }),
                    }
                }
                b'"' => {
                    self.at = match self.bytes[start + 1..].iter().position(|&b| b == b'"') {
                        Some(length) => start + length + 2,
                        None => {
                            let end = self.line_end(start);
                            self.unterminated += 1;
                            self.report(
                                Diagnostic::new(Code::Unterminated, "a text without closing quote")
                                    .at(self.span(start, end), "begins here"),
                            );
                            end
                        }
                    };
                    return Some(Token::Symbol {
                        byte,
                        start,
                        end: self.at,
                    });
                }
                b'0'..=b'9' => {
                    // A number with what sticks to it, so that `1e5` is one token.
                    let digits = self.bytes[start..]
                        .iter()
                        .take_while(|b| b.is_ascii_digit() || **b == b'.')
                        .count();
                    self.at = start + digits;
                    return Some(Token::Symbol {
                        byte,
                        start,
                        end: self.at,
                    });
                }
                _ => {
                    let length = self.text[start..].chars().next().map_or(1, char::len_utf8);
                    self.at = start + length;
                    return Some(Token::Symbol {
                        byte,
                        start,
                        end: self.at,
                    });
                }
            }
        }
    }

    fn word_end(&self, start: usize) -> usize {
        let length = self.bytes[start..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
            .count();
        start + length
    }

    /// Where the line that holds `at` ends, before its line end.
    fn line_end(&self, at: usize) -> usize {
        self.bytes[at..]
            .iter()
            .position(|b| matches!(b, b'\n' | b'\r'))
            .map_or(self.bytes.len(), |length| at + length)
    }

    /// Skips what REPRESENTS names: the colon in it begins no comment.
    fn ontology_id(&mut self) {
        let mut at = self.at;
        while matches!(self.bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        let length = self.bytes[at..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'[' | b']'))
            .count();
        if length > 0 {
            self.at = at + length;
        }
    }

    /// Skips to the end of the line whose first word is `end_word`, as NEURON does.
    fn raw_block(&mut self, start: usize, word_end: usize, word: &str, end_word: &str) {
        let mut line = word_end;
        loop {
            let end = self.line_end(line);
            let content = self.text[line..end].trim_start_matches([' ', '\t']);
            if let Some(rest) = content.strip_prefix(end_word)
                && !rest.starts_with(|c: char| c.is_ascii_alphabetic())
            {
                self.at = end;
                let tail = rest.trim();
                if !tail.is_empty() && !tail.starts_with([':', '?']) {
                    let from = end - rest.len() + (rest.len() - rest.trim_start().len());
                    let to = from + tail.len();
                    self.report(
                        Diagnostic::new(
                            Code::TextAfterEnd,
                            format!("the text behind {end_word} is ignored"),
                        )
                        .at(self.span(from, to), "ignored")
                        .help("put it on a line of its own"),
                    );
                }
                return;
            }
            if end >= self.bytes.len() {
                break;
            }
            let crlf = self.bytes[end..].starts_with(b"\r\n");
            line = end + if crlf { 2 } else { 1 };
        }
        self.at = self.bytes.len();
        self.unterminated += 1;
        let mut diagnostic =
            Diagnostic::new(Code::Unterminated, format!("{word} without {end_word}"))
                .at(self.span(start, word_end), "begins here")
                .note(format!(
                    "{end_word} counts only as the first word of a line"
                ));
        if let Some(offset) = self.text[word_end..].find(end_word) {
            let from = word_end + offset;
            diagnostic = diagnostic.see(
                self.span(from, from + end_word.len()),
                "this one is not first in its line",
            );
        }
        self.report(diagnostic);
    }
}

fn closest_starter(word: &str) -> Option<&'static str> {
    let upper = word.to_ascii_uppercase();
    STARTERS
        .iter()
        .filter(|(_, shape)| *shape != Shape::Obsolete)
        .map(|&(name, _)| (strsim::damerau_levenshtein(&upper, name), name))
        .filter(|&(distance, name)| distance <= name.len() / 4 + 1 && distance < upper.len())
        .min()
        .map(|(_, name)| name)
}

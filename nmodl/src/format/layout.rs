//! Tokens on lines.

use super::marks::Marks;
use super::token::{Token, TokenKind};

/// Blanks for each brace that is open.
const INDENT: usize = 4;

/// The tokens of `text` in canonical layout.
pub(super) fn layout(text: &str, tokens: &[Token], marks: &Marks) -> String {
    let mut writer = Writer {
        text,
        tokens,
        marks,
        lines: Vec::new(),
        depth: 0,
        must_break: true,
        after_block: false,
    };
    for index in 0..tokens.len() {
        writer.token(index);
    }
    render(&writer.lines)
}

/// A line of the result.
#[derive(Debug, Default)]
struct Line {
    /// Without line end; empty for a blank line.
    code: String,
    /// The comment at its end.
    comment: Option<String>,
    /// Whether the line is a comment and nothing else.
    is_comment: bool,
}

struct Writer<'a> {
    text: &'a str,
    tokens: &'a [Token],
    marks: &'a Marks,
    lines: Vec<Line>,
    /// Braces that are open.
    depth: usize,
    /// The next token begins a line.
    must_break: bool,
    /// The last line closes a block at file level.
    after_block: bool,
}

impl Writer<'_> {
    fn of(&self, token: &Token) -> &str {
        &self.text[token.range.clone()]
    }

    fn token(&mut self, index: usize) {
        let token = &self.tokens[index];
        match token.kind {
            TokenKind::LineComment => self.line_comment(index),
            TokenKind::BlockComment | TokenKind::Verbatim => self.raw_block(index),
            _ if self.is_block_brace(token, "}") => self.close(index),
            _ if self.is_block_brace(token, "{") => {
                if self.must_break || self.marks.starts.contains(&token.range.start) {
                    self.begin_line(index, self.depth);
                    self.push("{");
                } else {
                    self.push(" {");
                }
                self.depth += 1;
                self.must_break = true;
            }
            _ if self.marks.starts.contains(&token.range.start) => {
                self.begin_line(index, self.depth);
                self.push_token(index);
            }
            _ => self.within_statement(index),
        }
    }

    fn within_statement(&mut self, index: usize) {
        let token = &self.tokens[index];
        let word = self.of(token);
        let is_else = token.kind == TokenKind::Word && matches!(word, "else" | "ELSE");
        if is_else && self.closes_before(index) {
            self.push(" ");
        } else if is_else {
            self.begin_line(index, self.depth);
        } else if self.must_break || token.line_ends > 0 {
            self.begin_line(index, self.depth + 1);
        } else if let Some(before) = index.checked_sub(1)
            && self.is_spaced(before, index)
        {
            self.push(" ");
        }
        self.push_token(index);
    }

    /// Whether the token before is a `}` and nothing but blanks is between.
    fn closes_before(&self, index: usize) -> bool {
        index > 0 && self.of(&self.tokens[index - 1]) == "}"
    }

    fn close(&mut self, index: usize) {
        self.depth = self.depth.saturating_sub(1);
        let empty = index > 0 && self.is_block_brace(&self.tokens[index - 1], "{");
        if !empty {
            self.begin_line(index, self.depth);
        }
        self.push("}");
        self.must_break = true;
        self.after_block = self.depth == 0;
    }

    /// A comment to the end of a line: behind what is before it on that line, or alone.
    fn line_comment(&mut self, index: usize) {
        let token = &self.tokens[index];
        let comment = self.of(token).to_owned();
        let behind = index > 0 && token.line_ends == 0;
        match self.lines.last_mut() {
            Some(line) if behind && line.comment.is_none() && !line.is_comment => {
                line.comment = Some(comment);
            }
            _ => {
                self.begin_line(index, self.depth + usize::from(self.is_inside(index)));
                self.push(&comment);
                self.mark_comment();
            }
        }
        self.must_break = true;
    }

    fn mark_comment(&mut self) {
        if let Some(line) = self.lines.last_mut() {
            line.is_comment = true;
        }
    }

    /// Whether a comment stands inside a statement.
    fn is_inside(&self, index: usize) -> bool {
        let is_comment =
            |t: &&Token| matches!(t.kind, TokenKind::LineComment | TokenKind::BlockComment);
        let next = self.tokens[index..].iter().find(|t| !is_comment(t));
        next.is_some_and(|next| {
            !self.marks.starts.contains(&next.range.start)
                && !matches!(self.of(next), "{" | "}" | "else" | "ELSE")
        })
    }

    /// VERBATIM and COMMENT: the first and the last line are moved, the text stays.
    fn raw_block(&mut self, index: usize) {
        let token = &self.tokens[index];
        self.begin_line(index, self.depth);
        let text = self.of(token);
        let indent = " ".repeat(INDENT * self.depth);
        let laid_out = match text.rsplit_once('\n') {
            Some((body, last)) => format!("{body}\n{indent}{}", last.trim()),
            None => text.to_owned(),
        };
        self.push(&laid_out);
        if token.kind == TokenKind::BlockComment {
            self.mark_comment();
        }
        self.must_break = true;
        self.after_block = self.depth == 0 && token.kind == TokenKind::Verbatim;
    }

    /// A `{` or `}` around statements or declarations.
    fn is_block_brace(&self, token: &Token, brace: &str) -> bool {
        let listed = |range: &std::ops::Range<usize>| range.contains(&token.range.start);
        token.kind == TokenKind::Symbol
            && self.of(token) == brace
            && !self.marks.lists.iter().any(listed)
    }

    /// Begins a line, behind a blank one where there was one or where blocks are set apart.
    fn begin_line(&mut self, index: usize, depth: usize) {
        let token = &self.tokens[index];
        let opened = index > 0 && self.is_block_brace(&self.tokens[index - 1], "{");
        let closes = self.is_block_brace(token, "}");
        let continues = depth > self.depth;
        let mut blank = token.line_ends > 1 && !opened && !closes && !continues;
        if self.depth == 0 && !closes && !continues {
            let begins_block = self.marks.starts.contains(&token.range.start)
                && !self.marks.line_items.contains(&token.range.start);
            let below_comment = self.lines.last().is_some_and(|line| line.is_comment);
            blank |= self.after_block || (begins_block && !below_comment);
        }
        if blank && !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines.push(Line {
            code: " ".repeat(INDENT * depth),
            ..Line::default()
        });
        self.must_break = false;
        self.after_block = false;
    }

    fn push(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.code.push_str(text);
        }
    }

    fn push_token(&mut self, index: usize) {
        let token = &self.tokens[index];
        let words: Vec<&str> = match token.kind {
            TokenKind::Phrase => self.of(token).split_ascii_whitespace().take(1).collect(),
            _ => vec![self.of(token)],
        };
        let mut text = words.concat();
        if token.kind == TokenKind::Phrase {
            let rest = self.of(token)[text.len()..].trim();
            text = format!("{text} {rest}").trim_end().to_owned();
        } else if token.kind == TokenKind::Unit {
            let inside = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
            text = format!("({})", inside.unwrap_or_default().trim());
        }
        self.push(&text);
        self.must_break = false;
    }

    /// Whether a blank stands between two tokens of a line.
    fn is_spaced(&self, before: usize, index: usize) -> bool {
        let (a, b) = (&self.tokens[before], &self.tokens[index]);
        let (left, right) = (self.of(a), self.of(b));
        let (word, symbol) = (TokenKind::Word, TokenKind::Symbol);
        let opens = |t: &Token, text: &str| t.kind == symbol && matches!(text, "(" | "[");
        let angle = self.marks.angles.iter().any(|range| {
            (left == "<" && b.range.start == range.start)
                || (right == ">" && a.range.end == range.end)
        });
        if angle || opens(a, left) || self.is_sign(before) || left == "!" {
            return false;
        }
        if b.kind == symbol && matches!(right, "," | ")" | "]") {
            return false;
        }
        // These may be written apart, but are one.
        if matches!((left, right), ("<", "<") | ("-", ">")) && a.kind == symbol {
            return false;
        }
        if matches!(left, "^" | "@") || matches!(right, "^" | "@") {
            return false;
        }
        match right {
            "[" if b.kind == symbol => a.kind != word,
            "(" if b.kind == symbol => !self.marks.called.contains(&a.range.end),
            _ => true,
        }
    }

    /// Whether a token is a sign: a minus that subtracts nothing.
    fn is_sign(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        if token.kind != TokenKind::Symbol || self.of(token) != "-" {
            return false;
        }
        let Some(before) = self.tokens[..index].last() else {
            return true;
        };
        let text = self.of(before);
        self.marks.signs.contains(&token.range.start)
            || match before.kind {
                TokenKind::Symbol => !matches!(text, ")" | "]"),
                TokenKind::Word => matches!(text, "FROM" | "TO" | "BY" | "WITH" | "START"),
                _ => false,
            }
    }
}

/// The text of the lines; comments at the ends of neighbouring lines begin in one column, but
/// that of a line that opens a block.
fn render(lines: &[Line]) -> String {
    let is_grouped = |line: &&Line| line.comment.is_some() && !line.code.ends_with('{');
    let mut out = String::new();
    let mut column = 0;
    for (index, line) in lines.iter().enumerate() {
        out.push_str(line.code.trim_end());
        if let Some(comment) = &line.comment {
            if !is_grouped(&line) {
                column = 0;
            } else if index == 0 || !is_grouped(&&lines[index - 1]) {
                let group = lines[index..].iter().take_while(is_grouped);
                column = group.map(|line| width(&line.code)).max().unwrap_or(0) + 2;
            }
            let blanks = column.saturating_sub(width(&line.code)).max(2);
            out.extend(std::iter::repeat_n(' ', blanks));
            out.push_str(comment);
        }
        out.push('\n');
    }
    out
}

/// Characters of the last line of `code`.
fn width(code: &str) -> usize {
    let last = code.rsplit('\n').next().unwrap_or(code);
    last.trim_end().chars().count()
}

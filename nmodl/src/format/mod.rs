//! `nmodlrs fmt`: a text in canonical layout.
//!
//! Only blanks and line ends change: the tokens, comments among them, stay in their order and
//! as they are written, redundant parentheses included (`(0.001)` says something about units).
//! `token` cuts the text up, `marks` reads from the syntax tree where statements begin and what a
//! token is part of, `layout` puts the tokens on lines. Before a result is given out it is parsed:
//! its tree must be equal to the one before, and its comments the same.
//!
//! The layout: a statement on each line, four blanks for each brace; `} else {`; blanks around
//! binary operators but `^`; one blank line between blocks, one at most elsewhere; comments at the
//! ends of neighbouring lines in one column. Where a statement goes over several lines it keeps
//! its line breaks. VERBATIM and COMMENT blocks keep their text.

mod layout;
mod marks;
mod token;

use crate::diagnostic::{Diagnostic, has_errors};
use crate::source::{FileId, Loaded, SourceMap};
use crate::syntax::{self, ast};
use token::{Token, TokenKind};

/// Why a text was not formatted.
#[derive(Debug, Clone, PartialEq)]
pub enum FormatError {
    /// It has faults of syntax.
    Faulty(Vec<Diagnostic>),
    /// The result would not have been the same model: a defect of the formatter.
    Changed,
}

/// The text of `file` in canonical layout, with line feeds for line ends.
///
/// # Errors
///
/// [`FormatError`]; the text is not touched then.
///
/// ```
/// use nmodl::source::SourceMap;
///
/// let mut sources = SourceMap::new();
/// let file = sources.add("gate.mod", "INITIAL{m=minf :at rest\n\n\nh=hinf}");
/// assert_eq!(
///     nmodl::format::format(&sources, file).as_deref(),
///     Ok("INITIAL {\n    m = minf  :at rest\n\n    h = hinf\n}\n"),
/// );
/// ```
pub fn format(sources: &SourceMap, file: FileId) -> Result<String, FormatError> {
    let source = sources.get(file);
    let text = source.text().replace("\r\n", "\n").replace('\r', "\n");
    // The messages are about the text as it is.
    let (_, found) = parse(source.name(), source.text());
    if has_errors(&found) {
        return Err(FormatError::Faulty(found));
    }
    let (tree, _) = parse(source.name(), &text);
    let tokens = tokens(&text, &tree);
    let formatted = layout::layout(&text, &tokens, &marks::Marks::new(&tree));
    let (after, found) = parse(source.name(), &formatted);
    if has_errors(&found) || after != tree {
        return Err(FormatError::Changed);
    }
    let now = self::tokens(&formatted, &after);
    if !comments(&text, &tokens).eq(comments(&formatted, &now)) {
        return Err(FormatError::Changed);
    }
    Ok(formatted)
}

/// What is INCLUDEd is of no importance here, and need not exist.
fn parse(name: &str, text: &str) -> (ast::File, Vec<Diagnostic>) {
    let mut sources = SourceMap::new();
    let file = sources.add(name, text);
    let mut nothing = |_: &str, _: &str| {
        Ok(Loaded {
            name: String::new(),
            bytes: Vec::new(),
        })
    };
    syntax::parse(&mut sources, file, &mut nothing)
}

fn tokens(text: &str, tree: &ast::File) -> Vec<Token> {
    token::tokens(text, &marks::raw_ranges(tree))
}

/// The comments in order, without the blanks at the ends of their lines.
fn comments<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = Vec<&'a str>> {
    let is_comment =
        |t: &&Token| matches!(t.kind, TokenKind::LineComment | TokenKind::BlockComment);
    tokens
        .iter()
        .filter(is_comment)
        .map(|t| text[t.range.clone()].lines().map(str::trim).collect())
}

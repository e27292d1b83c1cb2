//! Source texts: the files of one compilation, places in them, and INCLUDE.
//!
//! [`SourceMap`] owns every text, names it by a [`FileId`], and turns byte offsets into
//! lines and columns. This crate reads no files: whoever embeds it adds texts, and
//! answers INCLUDE through a [`Loader`].
//!
//! Guarantees: a stored text is UTF-8 whatever the bytes were, and every [`Span`] counts
//! bytes of the *stored* text. Lines end at LF, CR LF or a lone CR. A text ends at the
//! first Control-Z or Control-D, as it does for NEURON.

use std::fmt;

/// Names a text of a [`SourceMap`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes of one stored text.
///
/// **Any two spans are equal** under `==`. Syntax trees carry spans everywhere and are
/// compared as trees: a text and its reprinted form must give equal trees although
/// everything stands elsewhere. Use [`Span::same_place`] to compare places.
#[derive(Clone, Copy, Default)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Span {}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.file.0, self.start, self.end)
    }
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// Whether both name the same bytes of the same text.
    pub fn same_place(self, other: Self) -> bool {
        (self.file, self.start, self.end) == (other.file, other.start, other.end)
    }

    /// The smallest span over both, which must be of one file; if they are not, `self`.
    pub fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The empty span just behind this one.
    pub fn after(self) -> Self {
        Self {
            start: self.end,
            ..self
        }
    }

    /// The byte range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Line and column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Line number from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
}

/// One text of a [`SourceMap`].
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Offset of the first byte of each line.
    lines: Vec<u32>,
}

impl Source {
    /// The name as given: usually a path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The stored text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of lines, at least 1.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The line (from 0) that holds the byte `offset`.
    pub fn line_index(&self, offset: u32) -> usize {
        self.lines
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }

    /// The bytes of line `line` (from 0) with its line end, or `None` behind the last.
    pub fn line_range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.lines.get(line)? as usize;
        let end = match self.lines.get(line + 1) {
            Some(&next) => next as usize,
            None => self.text.len(),
        };
        Some(start..end)
    }

    /// Line and column of the byte `offset`.
    pub fn location(&self, offset: u32) -> Location {
        let line = self.line_index(offset);
        let start = self.lines[line] as usize;
        let before = self.text.get(start..offset as usize).unwrap_or("");
        Location {
            line: line + 1,
            column: before.chars().count() + 1,
        }
    }
}

/// All texts of one compilation.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<Source>,
}

impl SourceMap {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text and names it.
    ///
    /// A byte-order mark is dropped, and the text ends before the first Control-Z or
    /// Control-D, and in any case before 2³² bytes.
    pub fn add(&mut self, name: impl Into<String>, text: impl AsRef<str>) -> FileId {
        let mut text = text.as_ref();
        text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Some(end) = text.find(['\u{1a}', '\u{4}']) {
            text = &text[..end];
        }
        let mut end = text.len().min(u32::MAX as usize - 1);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text[..end].to_owned();
        let lines = line_starts(&text);
        self.files.push(Source {
            name: name.into(),
            text,
            lines,
        });
        FileId(self.files.len() as u32 - 1)
    }

    /// Adds bytes of unknown encoding: UTF-8 if they are, else Latin-1.
    pub fn add_bytes(&mut self, name: impl Into<String>, bytes: &[u8]) -> FileId {
        self.add(name, decode(bytes))
    }

    /// The text that `file` names.
    ///
    /// # Panics
    ///
    /// If `file` comes from another map.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// The text at `span`; empty if the span does not fit its text.
    pub fn text(&self, span: Span) -> &str {
        self.files
            .get(span.file.0 as usize)
            .and_then(|file| file.text.get(span.range()))
            .unwrap_or("")
    }

    /// Line and column at which `span` begins.
    pub fn location(&self, span: Span) -> Location {
        self.get(span.file).location(span.start)
    }

    /// All texts in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(index as u32), file))
    }
}

/// UTF-8 if the bytes are, else Latin-1: old files have degree signs and names of people
/// in their comments.
pub fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (i, &byte) in bytes.iter().enumerate() {
        let ends_line = match byte {
            b'\n' => true,
            b'\r' => bytes.get(i + 1) != Some(&b'\n'),
            _ => false,
        };
        if ends_line {
            starts.push(i as u32 + 1);
        }
    }
    starts
}

/// What a [`Loader`] found for an INCLUDE.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Name to show in messages and to hand to the loader for INCLUDEs inside; a path.
    pub name: String,
    /// The contents.
    pub bytes: Vec<u8>,
}

/// Finds the files that INCLUDE names.
///
/// NEURON looks beside the including file, in the working directory, in its parent, and
/// in the directories of `MODL_INCLUDE`.
pub trait Loader {
    /// Reads `path` as written between the quotes in the file named `from`.
    ///
    /// # Errors
    ///
    /// One line of why it was not found, for the user.
    fn load(&mut self, path: &str, from: &str) -> Result<Loaded, String>;
}

impl<F: FnMut(&str, &str) -> Result<Loaded, String>> Loader for F {
    fn load(&mut self, path: &str, from: &str) -> Result<Loaded, String> {
        self(path, from)
    }
}

/// A [`Loader`] that finds nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoIncludes;

impl Loader for NoIncludes {
    fn load(&mut self, _: &str, _: &str) -> Result<Loaded, String> {
        Err("no INCLUDE files are available here".to_owned())
    }
}

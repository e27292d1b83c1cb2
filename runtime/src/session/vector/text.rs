//! Numbers as text: `printf`, `scanf`, `scantil`.

use std::io::BufRead;

use super::error::{Result, Span, VectorError, span};
use crate::print::format_c;

/// Where `printf` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// On the terminal: `%g` and a tab, five in a line.
    Terminal,
    /// In a file: `%g`, each in a line, and an empty line at the end.
    File,
}

/// `printf`: the text, and the number of elements in it. A format that is given is used for each
/// element, with no ends of lines but its own (in a file, one at the end).
pub fn print(
    values: &[f64],
    format: Option<&str>,
    range: Span,
    destination: Destination,
) -> Result<(String, usize)> {
    let values = &values[span("printf", values.len(), range)?];
    let by_default = match destination {
        Destination::Terminal => "%g\t",
        Destination::File => "%g\n",
    };
    let in_lines = format.is_none() && destination == Destination::Terminal;
    let format = format.unwrap_or(by_default);
    if format.replace("%%", "").matches('%').count() > 1 {
        return Err(VectorError::Format {
            format: format.to_owned(),
            reason: "has more than one conversion, but there is one number",
        });
    }
    let mut text = String::new();
    for (i, value) in values.iter().enumerate() {
        text.push_str(&format_c(format, &[*value]));
        if in_lines && (i + 1).is_multiple_of(5) {
            text.push('\n');
        }
    }
    if in_lines || destination == Destination::File {
        text.push('\n');
    }
    Ok((text, values.len()))
}

/// Which column of a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The column, from 1 on.
    pub column: usize,
    /// Number of columns.
    pub columns: usize,
}

impl Column {
    /// The only column.
    pub const ONLY: Self = Self {
        column: 1,
        columns: 1,
    };
}

/// `scanf`: the numbers of a column, to the end of the file or so many. Words that are no numbers
/// are passed over, as are those that begin with i or n (inf, nan).
pub fn scan(
    file: &mut impl BufRead,
    most: Option<usize>,
    Column { column, columns }: Column,
) -> Result<Vec<f64>> {
    const METHOD: &str = "scanf";
    let mut found = Vec::new();
    'rows: while most.is_none_or(|most| found.len() < most) {
        let mut value = None;
        for position in 1..=columns.max(column) {
            if at_end(METHOD, file)? {
                found.extend(value);
                break 'rows;
            }
            let number = next_number(METHOD, file)?;
            if position == column.max(1) {
                value = Some(number);
            }
        }
        found.extend(value);
    }
    Ok(found)
}

/// `scantil`: the numbers of a column up to a row with the number `end`.
pub fn scan_until(
    file: &mut impl BufRead,
    end: f64,
    Column { column, columns }: Column,
) -> Result<Vec<f64>> {
    const METHOD: &str = "scantil";
    let mut found = Vec::new();
    loop {
        for position in 1..=columns.max(column) {
            let number = next_number(METHOD, file)?;
            // NEURON does not look for the end in the columns after the one that is read.
            if number == end && position <= column.max(1) {
                return Ok(found);
            }
            if position == column.max(1) {
                found.push(number);
            }
        }
    }
}

/// The next number in a file; the space after it is read as well.
///
/// # Errors
///
/// The file ends before it.
pub fn next_number(method: &'static str, file: &mut impl BufRead) -> Result<f64> {
    loop {
        skip_space(method, file)?;
        let word = word(method, file)?;
        if word.is_empty() {
            return Err(VectorError::Undefined {
                method,
                reason: "the file ends where a number was expected",
            });
        }
        if matches!(word[0], b'i' | b'n' | b'I' | b'N') {
            continue;
        }
        if let Some(number) = leading_number(&word) {
            skip_space(method, file)?;
            return Ok(number);
        }
    }
}

/// Whether nothing is left to read.
pub fn at_end(method: &'static str, file: &mut impl BufRead) -> Result<bool> {
    Ok(peek(method, file)?.is_none())
}

fn peek(method: &'static str, file: &mut impl BufRead) -> Result<Option<u8>> {
    match file.fill_buf() {
        Ok(bytes) => Ok(bytes.first().copied()),
        Err(error) => Err(VectorError::File { method, error }),
    }
}

fn skip_space(method: &'static str, file: &mut impl BufRead) -> Result<()> {
    while peek(method, file)?.is_some_and(|byte| byte.is_ascii_whitespace() || byte == 0x0B) {
        file.consume(1);
    }
    Ok(())
}

/// The bytes up to the next space.
fn word(method: &'static str, file: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut word = Vec::new();
    while let Some(byte) = peek(method, file)? {
        if byte.is_ascii_whitespace() || byte == 0x0B {
            break;
        }
        word.push(byte);
        file.consume(1);
    }
    Ok(word)
}

/// The number that a word begins with: sign, digits with a point, exponent.
fn leading_number(word: &[u8]) -> Option<f64> {
    let digits = |from: usize| {
        let count = word[from..].iter().take_while(|b| b.is_ascii_digit());
        from + count.count()
    };
    let sign = |from: usize| from + usize::from(matches!(word.get(from), Some(b'+' | b'-')));
    let first = sign(0);
    let mut end = digits(first);
    let mut count = end - first;
    if word.get(end) == Some(&b'.') {
        let last = digits(end + 1);
        count += last - end - 1;
        end = last;
    }
    if count == 0 {
        return None;
    }
    if matches!(word.get(end), Some(b'e' | b'E')) {
        let first = sign(end + 1);
        let last = digits(first);
        if last > first {
            end = last;
        }
    }
    std::str::from_utf8(&word[..end]).ok()?.parse().ok()
}

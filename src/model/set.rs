//! Values from the command line: `--set PATH=VALUE`.
//!
//! A path that begins with a table of the model file, as `run.tstop`, is put into the file
//! before it is checked. Any other is a variable of the built model, as `soma.hh.gnabar`,
//! and becomes an [`Override`].

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::Override;
use super::located::{At, OneOrMany};
use crate::problem::Problem;

/// One `PATH=VALUE`.
pub struct Set {
    path: String,
    /// Where the path begins.
    start: usize,
    /// A TOML document `k=VALUE` in which the value stands at its true offset.
    document: String,
    /// The value as it was written, and where it begins.
    value: Option<(String, usize)>,
}

impl Set {
    /// Takes apart a text that begins at the offset `start`.
    pub fn new(text: &str, start: usize) -> Self {
        let (path, value) = match text.split_once('=') {
            Some((path, value)) => (path, Some(value)),
            None => (text, None),
        };
        let at = start + path.len() + 1;
        Self {
            path: path.trim().to_owned(),
            start,
            document: match value {
                Some(value) if at >= 2 => format!("{}k={value}", " ".repeat(at - 2)),
                _ => String::new(),
            },
            value: value.map(|value| (value.to_owned(), at)),
        }
    }

    /// Puts the value into the file's table, or returns it as an override.
    pub fn apply<'i>(
        &'i self,
        table: &mut DeTable<'i>,
        schema: &Value,
    ) -> Result<Option<Override>, Problem> {
        let value = self.value()?;
        let first = self.path.split(['.', '[']).next().unwrap_or_default();
        let known = schema
            .get("properties")
            .and_then(|properties| properties.get(first));
        if known.is_some() {
            self.put(table, &self.path, value)?;
            return Ok(None);
        }
        let span = value.span();
        let number = |value: &DeValue<'_>| match value {
            DeValue::Integer(_) | DeValue::Float(_) => number_of(value),
            _ => None,
        };
        let numbers = match value.get_ref() {
            DeValue::Array(items) => {
                let numbers: Option<Vec<f64>> =
                    items.iter().map(|item| number(item.get_ref())).collect();
                numbers.map(OneOrMany::Many)
            }
            single => number(single).map(OneOrMany::One),
        };
        match numbers {
            Some(numbers) => Ok(Some(Override {
                path: At::new(self.path.clone(), self.path_span()),
                value: At::new(numbers, span),
            })),
            None => Err(Problem::at(
                span,
                format!("`{}` must be a number", self.path),
            )),
        }
    }

    fn path_span(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.path.len()
    }

    fn value(&self) -> Result<Spanned<DeValue<'_>>, Problem> {
        let Some((written, at)) = &self.value else {
            return Err(Problem::at(self.path_span(), "a value is missing")
                .help("write `--set PATH=VALUE`, as `--set soma.hh.gnabar=0.2`"));
        };
        let span = *at..at + written.len();
        if self.path.is_empty() || written.is_empty() {
            return Err(
                Problem::at(span, "a path or a value is missing").help("write `--set PATH=VALUE`")
            );
        }
        if let Ok(table) = DeTable::parse(&self.document)
            && let Some((_, value)) = table.into_inner().into_iter().next()
        {
            return Ok(value);
        }
        // A word needs no quotes here: the shell has taken them away.
        let is_word = |c: char| c.is_alphanumeric() || "_-./()[]*?".contains(c);
        if written.chars().all(is_word) && !written.starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(Spanned::new(span, DeValue::String(written.as_str().into())));
        }
        Err(Problem::at(span, format!("`{written}` is not a value"))
            .help("a value is written as in the model file"))
    }

    /// Walks down `path` from `table`. A key may itself have dots and brackets, so the longest
    /// key that is there goes first.
    fn put<'i>(
        &'i self,
        table: &mut DeTable<'i>,
        path: &'i str,
        value: Spanned<DeValue<'i>>,
    ) -> Result<(), Problem> {
        let here = table
            .keys()
            .map(|key| key.get_ref().to_string())
            .filter(|key| {
                let rest = path.strip_prefix(key.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
            })
            .max_by_key(String::len);
        let key = match &here {
            Some(key) => key.len(),
            None => first_key(path),
        };
        let (key, rest) = path.split_at(key);
        let offset = self.path.len() - path.len();
        let span = self.start + offset..self.start + offset + key.len();
        let spanned = || Spanned::new(span.clone(), key.into());
        if rest.is_empty() {
            table.remove(key);
            table.insert(spanned(), value);
            return Ok(());
        }
        if !table.contains_key(key) {
            table.insert(
                spanned(),
                Spanned::new(span.clone(), DeValue::Table(DeTable::new())),
            );
        }
        let Some(found) = table.get_mut(key) else {
            return Ok(());
        };
        match (found.get_mut(), rest.strip_prefix('.')) {
            (DeValue::Table(table), Some(rest)) => self.put(table, rest, value),
            (DeValue::Array(items), None) => {
                let index = rest
                    .trim_start_matches('[')
                    .split(']')
                    .next()
                    .unwrap_or_default();
                let behind = rest.split_once("].").map(|(_, behind)| behind);
                let count = items.len();
                let item = index
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| items.get_mut(index));
                match (item.map(Spanned::get_mut), behind) {
                    (Some(DeValue::Table(table)), Some(behind)) => self.put(table, behind, value),
                    _ => Err(
                        Problem::at(self.path_span(), format!("`{key}{rest}` names nothing")).help(
                            format!(
                                "`{key}` has {count} tables, counted from 0, as `{key}[0].KEY`"
                            ),
                        ),
                    ),
                }
            }
            _ => Err(Problem::at(
                self.path_span(),
                format!("`{key}` has no keys below it"),
            )),
        }
    }
}

/// The length of the first key of a path: up to a dot outside brackets.
fn first_key(path: &str) -> usize {
    let mut depth = 0_i32;
    for (index, c) in path.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            '.' if depth <= 0 => return index,
            _ => {}
        }
    }
    path.len()
}

fn number_of(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok()? as f64
        }
        DeValue::Float(float) => float.as_str().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

//! Headers that stand beside a file: `#include "name.h"`.
//!
//! They are read before anything is lowered, wherever an `#include` in quotes stands, so that the
//! preprocessor needs no files. Whether the `#include` counts is for the preprocessor to decide.

use std::collections::BTreeMap;

use super::Result;
use super::preprocess::is_known;
use super::token::{self, Piece};
use crate::source::{FileId, Loader, SourceMap, Span};

/// Most headers that are read for a file.
const MOST_HEADERS: usize = 200;

/// Headers by the names that `#include` gives them.
#[derive(Debug, Default)]
pub struct Headers(BTreeMap<String, Result<Vec<Piece>>>);

impl Headers {
    /// Reads the headers that the texts of `sources` include, and those that they include. What
    /// `loader` does not find is left out; `sources` gains the others.
    pub fn read(sources: &mut SourceMap, loader: &mut dyn Loader) -> Self {
        let mut headers = Self::default();
        let mut next = 0;
        loop {
            let Some((_, source)) = sources.iter().nth(next) else {
                return headers;
            };
            next += 1;
            let name = source.name().to_owned();
            for header in quoted(source.text()) {
                if is_known(&header)
                    || headers.0.contains_key(&header)
                    || headers.0.len() == MOST_HEADERS
                {
                    continue;
                }
                if let Ok(loaded) = loader.load(&header, &name) {
                    let added = sources.add_bytes(loaded.name, &loaded.bytes);
                    headers.0.insert(header, pieces(sources, added));
                }
            }
        }
    }

    /// The tokens and lines of a header; `None` if there is none of that name.
    pub(super) fn get(&self, name: &str) -> Option<&Result<Vec<Piece>>> {
        self.0.get(name)
    }
}

fn pieces(sources: &SourceMap, file: FileId) -> Result<Vec<Piece>> {
    let text = sources.get(file).text();
    token::tokens(text, Span::new(file, 0, text.len() as u32))
}

/// The names that `#include` in `text` has in quotes, also where nothing will look at them.
fn quoted(text: &str) -> Vec<String> {
    let names = text.split(['\n', '\r']).filter_map(|line| {
        let line = line.trim_start().strip_prefix('#')?.trim_start();
        let rest = line.strip_prefix("include")?.trim_start();
        let (name, _) = rest.strip_prefix('"')?.split_once('"')?;
        Some(name.to_owned())
    });
    names.collect()
}

//! The model file: its types, its schema, and how it is read.
//!
//! [`read`] parses TOML, checks it against the schema ([`check`]), reads it into the types
//! of [`file`], and all problems that it finds say where they are. Names of sections,
//! mechanisms and variables are looked up later, by [`crate::build`].

mod check;
pub mod file;
pub mod located;
pub mod name;
pub mod schema;

use serde::Deserialize;
use toml::de::{DeTable, Deserializer};

use crate::problem::{Problem, Problems};
use file::ModelFile;

/// Reads the text of a model file; `name` is for messages.
///
/// # Errors
///
/// All problems of the first stage that has any: TOML itself, then keys, types and ranges.
pub fn read(name: &str, text: &str) -> Result<ModelFile, Problems> {
    let fail = |problems| Problems::new(name, text, problems);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(fail(errors.iter().map(not_toml).collect()));
    }
    let problems = check::check(&table, &schema::schema());
    if !problems.is_empty() {
        return Err(fail(problems));
    }
    ModelFile::deserialize(Deserializer::from(table)).map_err(|error| fail(vec![not_toml(&error)]))
}

fn not_toml(error: &toml::de::Error) -> Problem {
    Problem::at(error.span().unwrap_or(0..0), error.message())
}

//! The model file: its types, its schema, and how it is read.
//!
//! [`ModelText::read`] parses TOML, puts in the values of the command line, checks the whole
//! against the schema (`check`) and reads it into the types of [`mod@file`]. All problems
//! that it finds say where they are. Names of sections, mechanisms and variables are looked
//! up later, by [`crate::build`].

mod check;
pub mod file;
pub mod located;
pub mod name;
pub mod schema;
mod set;

use serde::Deserialize;
use toml::de::{DeTable, Deserializer};

use crate::problem::{Problem, Problems, Text};
use file::ModelFile;

/// The text of a model file, with the values of the command line.
#[derive(Clone, Debug)]
pub struct ModelText {
    text: Text,
    file: String,
    /// `PATH=VALUE`, each with the offset at which it begins.
    sets: Vec<(usize, String)>,
}

impl ModelText {
    /// The contents of a file; `name` is for messages. `sets` are texts `PATH=VALUE`.
    pub fn new(name: &str, contents: &str, sets: &[String]) -> Self {
        let mut text = Text::new(name, contents);
        let sets = sets
            .iter()
            .map(|set| (text.push("--set", set.as_str()), set.clone()))
            .collect();
        Self {
            text,
            file: contents.to_owned(),
            sets,
        }
    }

    /// The problems, with this text to show them in.
    pub fn problems(&self, problems: Vec<Problem>) -> Problems {
        Problems::new(self.text.clone(), problems)
    }

    /// Reads the file.
    ///
    /// # Errors
    ///
    /// All problems of the first stage that has any: TOML itself, then keys, types and
    /// ranges.
    pub fn read(&self) -> Result<ModelFile, Problems> {
        let (mut table, errors) = DeTable::parse_recoverable(&self.file);
        if !errors.is_empty() {
            return Err(self.problems(errors.iter().map(not_toml).collect()));
        }
        let schema = schema::schema();
        let sets: Vec<set::Set> = self
            .sets
            .iter()
            .map(|(start, text)| set::Set::new(text, *start))
            .collect();
        let mut overrides = Vec::new();
        let mut problems = Vec::new();
        for set in &sets {
            match set.apply(table.get_mut(), &schema) {
                Ok(found) => overrides.extend(found),
                Err(problem) => problems.push(problem),
            }
        }
        problems.extend(check::check(&table, &schema));
        if !problems.is_empty() {
            return Err(self.problems(problems));
        }
        let mut file = ModelFile::deserialize(Deserializer::from(table))
            .map_err(|error| self.problems(vec![not_toml(&error)]))?;
        file.overrides = overrides;
        Ok(file)
    }
}

fn not_toml(error: &toml::de::Error) -> Problem {
    Problem::at(error.span().unwrap_or(0..0), error.message())
}

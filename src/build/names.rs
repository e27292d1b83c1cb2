//! The sections, or the points, of a model by name, in the order in which they were made.

use std::collections::HashMap;

use crate::model::name::{is_pattern, matches};

/// Things of one sort by their full names.
#[derive(Clone, Debug)]
pub struct Names<T> {
    /// What they are, for messages: `section`.
    what: &'static str,
    list: Vec<(String, T)>,
    index: HashMap<String, usize>,
}

impl<T: Copy> Names<T> {
    /// None yet.
    pub fn new(what: &'static str) -> Self {
        Self {
            what,
            list: Vec::new(),
            index: HashMap::new(),
        }
    }

    /// Adds one. A name that is taken is refused.
    pub fn add(&mut self, name: &str, id: T) -> Result<(), String> {
        if self.index.contains_key(name) {
            return Err(format!("there are two {}s named `{name}`", self.what));
        }
        self.index.insert(name.to_owned(), self.list.len());
        self.list.push((name.to_owned(), id));
        Ok(())
    }

    /// The one of that name.
    pub fn get(&self, name: &str) -> Option<T> {
        self.index.get(name).map(|&index| self.list[index].1)
    }

    /// All that a name or a pattern stands for.
    pub fn find(&self, pattern: &str) -> Vec<(&str, T)> {
        if is_pattern(pattern) {
            let fits = |(name, _): &&(String, T)| matches(pattern, name);
            self.list
                .iter()
                .filter(fits)
                .map(|(name, id)| (name.as_str(), *id))
                .collect()
        } else {
            let found = self.index.get(pattern).map(|&index| &self.list[index]);
            found
                .into_iter()
                .map(|(name, id)| (name.as_str(), *id))
                .collect()
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, T)> {
        self.list.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// The sentence that nothing has that name.
    pub fn missing(&self, pattern: &str) -> String {
        if is_pattern(pattern) {
            format!("no {} fits the pattern `{pattern}`", self.what)
        } else {
            format!("there is no {} `{pattern}`", self.what)
        }
    }
}

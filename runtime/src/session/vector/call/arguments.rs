//! The arguments of a call, taken one after the other.

use super::super::edit::{self, Item};
use super::super::search::Comparison;
use super::super::{Result, Span, VectorError};
use super::Argument;
use crate::session::argument::within;

/// The arguments of a call, taken one after the other.
pub(super) struct Arguments<'a, 'b> {
    pub(super) method: &'static str,
    pub(super) given: &'b [Argument<'a>],
    pub(super) next: usize,
}

impl<'a> Arguments<'a, '_> {
    fn expected<T>(&self, expected: &'static str) -> Result<T> {
        Err(VectorError::Call {
            method: self.method,
            position: self.next + 1,
            expected,
        })
    }

    pub(super) fn is_left(&self) -> bool {
        self.next < self.given.len()
    }

    /// A result, if no argument is left over.
    pub(super) fn end<T>(&self, result: T) -> Result<T> {
        if self.is_left() {
            return self.expected("nothing more");
        }
        Ok(result)
    }

    pub(super) fn number(&mut self) -> Result<f64> {
        match self.given.get(self.next) {
            Some(Argument::Number(number)) => {
                self.next += 1;
                Ok(*number)
            }
            _ => self.expected("a number"),
        }
    }

    pub(super) fn numbers<const N: usize>(&mut self) -> Result<[f64; N]> {
        let mut numbers = [0.0; N];
        for number in &mut numbers {
            *number = self.number()?;
        }
        Ok(numbers)
    }

    pub(super) fn optional_number(&mut self, default: f64) -> Result<f64> {
        match self.is_left() {
            true => self.number(),
            false => Ok(default),
        }
    }

    /// A number within limits, without its fraction.
    pub(super) fn whole(&mut self, name: &'static str, least: f64, most: f64) -> Result<f64> {
        let number = self.number()?;
        Ok(within(self.method, name, number, least, most)?.trunc())
    }

    /// The index of one of so many elements.
    pub(super) fn index(&mut self, name: &'static str, size: usize) -> Result<usize> {
        Ok(self.whole(name, 0.0, size as f64 - 1.0)? as usize)
    }

    pub(super) fn count(&mut self, name: &'static str) -> Result<usize> {
        Ok(self.whole(name, 0.0, edit::MOST)? as usize)
    }

    pub(super) fn vector(&mut self) -> Result<&'a [f64]> {
        match self.optional_vector() {
            Some(values) => Ok(values),
            None => self.expected("a Vector"),
        }
    }

    pub(super) fn last_vector(&mut self) -> Result<&'a [f64]> {
        let values = self.vector()?;
        self.end(values)
    }

    pub(super) fn optional_vector(&mut self) -> Option<&'a [f64]> {
        match self.given.get(self.next) {
            Some(Argument::Vector(values)) => {
                self.next += 1;
                Some(values)
            }
            _ => None,
        }
    }

    /// A vector, or else the one whose method it is.
    pub(super) fn source<'c>(&mut self, values: &'c [f64]) -> &'c [f64]
    where
        'a: 'c,
    {
        self.optional_vector().unwrap_or(values)
    }

    /// A first and a last index among so many elements, or neither; they are the last arguments.
    pub(super) fn span(&mut self, size: usize) -> Result<Span> {
        if !self.is_left() {
            return Ok(None);
        }
        let first = self.index("start", size)?;
        let last = self.whole("end", first as f64, size as f64 - 1.0)? as usize;
        self.end(Some((first, last)))
    }

    pub(super) fn comparison(&mut self) -> Result<Comparison> {
        let Some(Argument::Text(operator)) = self.given.get(self.next) else {
            return self.expected("a comparison, as \"==\"");
        };
        self.next += 1;
        let value = self.number()?;
        let second = match self.is_left() {
            true => Some(self.number()?),
            false => None,
        };
        self.end(())?;
        Comparison::new(self.method, operator, value, second)
    }

    /// All that is left, as numbers and vectors.
    pub(super) fn items(&mut self) -> Result<Vec<Item<'a>>> {
        let mut items = Vec::new();
        while self.is_left() {
            items.push(match self.optional_vector() {
                Some(values) => Item::Vector(values),
                None => Item::Number(self.number()?),
            });
        }
        Ok(items)
    }
}

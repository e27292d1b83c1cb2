//! Single elements, the number of elements, ranges, copies.

use super::error::{self, Result, Span, VectorError, span};
use super::{EPSILON, Vector};

/// What is appended or inserted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Item<'a> {
    /// One number.
    Number(f64),
    /// All elements of a vector.
    Vector(&'a [f64]),
}

/// Which elements `copy` takes, and where they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyRange {
    /// Index of the first element in the destination.
    pub to: usize,
    /// First and last index in the source; None is to the end.
    pub from: (usize, Option<usize>),
    /// Steps from one element to the next, in the destination and the source.
    pub steps: (usize, usize),
}

impl Default for CopyRange {
    fn default() -> Self {
        Self {
            to: 0,
            from: (0, None),
            steps: (1, 1),
        }
    }
}

/// More elements than this are a mistake.
pub(super) const MOST: f64 = 1e10;

impl Vector {
    /// NEURON's `get`, and `x[index]`.
    pub fn get(&self, index: usize) -> Result<f64> {
        let size = self.size();
        self.values.get(index).copied().ok_or(VectorError::Index {
            method: "get",
            index,
            size,
        })
    }

    /// NEURON's `set`.
    pub fn set(&mut self, index: usize, value: f64) -> Result<()> {
        let size = self.size();
        let element = self.values.get_mut(index).ok_or(VectorError::Index {
            method: "set",
            index,
            size,
        })?;
        *element = value;
        Ok(())
    }

    /// NEURON's `resize`; new elements are 0.
    pub fn resize(&mut self, size: usize) -> Result<()> {
        if size != self.size() {
            error::resize("resize", self.storage("resize")?, size)?;
        }
        Ok(())
    }

    /// NEURON's `buffer_size()`: the number of elements that there is memory for.
    pub fn buffer_size(&self) -> usize {
        self.values.capacity()
    }

    /// NEURON's `buffer_size(size)`: memory for so many elements, so that appending is fast.
    pub fn set_buffer_size(&mut self, size: usize) -> Result<()> {
        error::not_smaller("buffer_size", "buffer", size, self.size())?;
        let method = "buffer_size";
        let more = size - self.size();
        if size > self.buffer_size() && self.storage(method)?.try_reserve_exact(more).is_err() {
            return Err(VectorError::Memory { method, size });
        }
        Ok(())
    }

    /// NEURON's `fill`.
    pub fn fill(&mut self, value: f64, range: Span) -> Result<()> {
        let range = span("fill", self.size(), range)?;
        self.values[range].fill(value);
        Ok(())
    }

    /// NEURON's `append`.
    pub fn append(&mut self, items: &[Item<'_>]) -> Result<()> {
        let storage = self.storage("append")?;
        for item in items {
            match item {
                Item::Number(number) => storage.push(*number),
                Item::Vector(values) => storage.extend_from_slice(values),
            }
        }
        Ok(())
    }

    /// NEURON's `insrt`: items before an element, or at the end.
    pub fn insert(&mut self, index: usize, items: &[Item<'_>]) -> Result<()> {
        let size = self.size();
        if index > size {
            return Err(VectorError::Index {
                method: "insrt",
                index,
                size,
            });
        }
        let storage = self.storage("insrt")?;
        let rest = storage.split_off(index);
        self.append(items)?;
        self.append(&[Item::Vector(&rest)])
    }

    /// NEURON's `remove`: the elements from the first to the last index.
    pub fn remove(&mut self, first: usize, last: usize) -> Result<()> {
        let range = span("remove", self.size(), Some((first, last)))?;
        self.storage("remove")?.drain(range);
        Ok(())
    }

    /// NEURON's `copy` of all elements: afterwards the two are equal.
    pub fn copy(&mut self, source: &[f64]) -> Result<()> {
        self.assign("copy", source.to_vec())
    }

    /// NEURON's `copy` of a range of the source to an index of the destination, which grows if
    /// need be and never shrinks.
    pub fn copy_range(&mut self, source: &[f64], range: CopyRange) -> Result<()> {
        const METHOD: &str = "copy";
        let CopyRange {
            to,
            from: (start, end),
            steps: (to_step, from_step),
        } = range;
        if to_step == 0 || from_step == 0 {
            return Err(VectorError::Undefined {
                method: METHOD,
                reason: "the increments must be at least 1",
            });
        }
        let taken = if source.is_empty() && start == 0 && end.is_none() {
            source
        } else {
            let end = end.unwrap_or(source.len().saturating_sub(1));
            &source[span(METHOD, source.len(), Some((start, end)))?]
        };
        let taken = taken.iter().step_by(from_step);
        let too_large = VectorError::Undefined {
            method: METHOD,
            reason: "the destination would be too large",
        };
        let size = match taken.len() {
            0 => Some(to),
            count => (count - 1)
                .checked_mul(to_step)
                .and_then(|last| last.checked_add(to + 1)),
        };
        let size = size.filter(|size| *size as f64 <= MOST).ok_or(too_large)?;
        if self.size() < size {
            error::resize(METHOD, self.storage(METHOD)?, size)?;
        }
        for (i, value) in taken.enumerate() {
            self.values[to + i * to_step] = *value;
        }
        Ok(())
    }

    /// NEURON's `copy(source, indices)` and `copy(source, source_indices, destination_indices)`:
    /// single elements. Indices outside of the vectors are passed over.
    pub fn copy_elements(&mut self, source: &[f64], from: &[f64], to: &[f64]) {
        for (from, to) in from.iter().zip(to) {
            // NEURON cuts off the fraction; the addition is for indices that were computed.
            let (from, to) = ((from + EPSILON) as i64, (to + EPSILON) as i64);
            let (Ok(from), Ok(to)) = (usize::try_from(from), usize::try_from(to)) else {
                continue;
            };
            if let (Some(value), Some(element)) = (source.get(from), self.values.get_mut(to)) {
                *element = *value;
            }
        }
    }
}

/// NEURON's `c`, `at`: a copy of a range.
pub fn slice(values: &[f64], start: usize, end: Option<usize>) -> Result<Vec<f64>> {
    if values.is_empty() && start == 0 && end.is_none() {
        return Ok(Vec::new());
    }
    let end = end.unwrap_or(values.len().saturating_sub(1));
    Ok(values[span("c", values.len(), Some((start, end)))?].to_vec())
}

/// NEURON's `indgen(start, step)`, and with a start of 0 `indgen(step)`: `i * step + start`.
pub fn fill_sequence(values: &mut [f64], start: f64, step: f64) {
    for (i, x) in values.iter_mut().enumerate() {
        *x = i as f64 * step + start;
    }
}

/// NEURON's `indgen(start, stop, step)`: from start as far as stop.
pub fn sequence_to(start: f64, stop: f64, step: f64) -> Result<Vec<f64>> {
    /// Room for the rounding of the last element.
    const ROOM: f64 = 1e-9;
    let undefined = |reason| VectorError::Undefined {
        method: "indgen",
        reason,
    };
    let difference = (stop - start).abs();
    if step == 0.0 || !(0.0..=difference).contains(&step.abs()) {
        return Err(undefined(
            "the step must not be 0 nor larger than the difference of start and stop",
        ));
    }
    let size = ((stop - start) / step + ROOM).floor() + 1.0;
    if size < 0.0 {
        return Err(undefined("the step leads away from stop"));
    }
    if size > MOST {
        return Err(undefined("the size would be too large"));
    }
    let mut values = error::zeros("indgen", size as usize)?;
    fill_sequence(&mut values, start, step);
    Ok(values)
}

/// NEURON's `rotate(by)`, and `rotate(by, 0)`, which moves zeros in.
///
/// As in NEURON a number above the size is taken modulo the size, with zeros as well, and a
/// negative multiple of the size changes nothing.
pub fn rotate(values: &[f64], by: i64, wrap: bool) -> Vec<f64> {
    let size = values.len() as i64;
    let mut rotated = values.to_vec();
    if size == 0 {
        return rotated;
    }
    let right = match by {
        by if by > size => by % size,
        by if by < 0 => size - by.unsigned_abs().rem_euclid(size as u64) as i64,
        by => by,
    };
    rotated.rotate_right((right % size) as usize);
    if !wrap {
        let zeros = if by >= 0 {
            0..right as usize
        } else {
            right as usize..values.len()
        };
        rotated[zeros].fill(0.0);
    }
    rotated
}

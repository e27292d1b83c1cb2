//! Methods that change some elements or their number.

use super::super::arithmetic::{self, Operation};
use super::super::edit::{self, CopyRange};
use super::super::error::at_least;
use super::super::{Result, Vector, signal};
use super::{Answer, Arguments};

impl Vector {
    /// Methods that change some elements or their number.
    pub(super) fn change(&mut self, arguments: &mut Arguments<'_, '_>) -> Result<Option<Answer>> {
        let size = self.size();
        match arguments.method {
            "resize" => {
                let size = arguments.count("size")?;
                arguments.end(())?;
                self.resize(size)?;
            }
            "clear" => {
                arguments.end(())?;
                self.storage("clear")?.clear();
            }
            "buffer_size" => {
                if arguments.is_left() {
                    self.set_buffer_size(arguments.count("size")?)?;
                }
                return arguments.end(Some(Answer::Integer(self.buffer_size() as i64)));
            }
            "set" => {
                let index = arguments.index("index", size)?;
                let value = arguments.number()?;
                arguments.end(())?;
                self.set(index, value)?;
            }
            "fill" => {
                let value = arguments.number()?;
                let range = arguments.span(size)?;
                self.fill(value, range)?;
            }
            "indgen" => {
                let (start, step) = match arguments.given.len() {
                    0 => (0.0, 1.0),
                    1 => (0.0, arguments.number()?),
                    _ => (arguments.number()?, arguments.number()?),
                };
                arguments.end(())?;
                edit::fill_sequence(self.values_mut(), start, step);
            }
            "append" => {
                let items = arguments.items()?;
                self.append(&items)?;
            }
            "insrt" => {
                let index = arguments.whole("index", 0.0, size as f64)? as usize;
                let items = arguments.items()?;
                self.insert(index, &items)?;
            }
            "remove" => {
                let first = arguments.index("index", size)?;
                let last = match arguments.is_left() {
                    true => {
                        arguments.whole("last index", first as f64, size as f64 - 1.0)? as usize
                    }
                    false => first,
                };
                arguments.end(())?;
                self.remove(first, last)?;
            }
            "copy" => self.call_copy(arguments)?,
            "add" => self.operate(Operation::Add, arguments)?,
            "sub" => self.operate(Operation::Sub, arguments)?,
            "mul" => self.operate(Operation::Mul, arguments)?,
            "div" => self.operate(Operation::Div, arguments)?,
            "scale" => {
                let [low, high] = arguments.numbers()?;
                arguments.end(())?;
                let factor = arithmetic::scale(self.values_mut(), low, high)?;
                return Ok(Some(Answer::Number(factor)));
            }
            "trigavg" => {
                let (data, triggers) = (arguments.vector()?, arguments.vector()?);
                at_least("trigavg", data.len(), 1)?;
                let before = arguments.index("elements before", data.len())?;
                let after = arguments.index("elements after", data.len())?;
                arguments.end(())?;
                let (average, count) = signal::triggered_average(data, triggers, before, after)?;
                self.assign("trigavg", average)?;
                return Ok(Some(Answer::Number(count as f64)));
            }
            _ => return Ok(None),
        }
        Ok(Some(Answer::Itself))
    }

    fn operate(&mut self, operation: Operation, arguments: &mut Arguments<'_, '_>) -> Result<()> {
        match arguments.optional_vector() {
            Some(other) => operation.with_vector(self.values_mut(), arguments.end(other)?),
            None => {
                let number = arguments.number()?;
                operation.with_number(self.values_mut(), arguments.end(number)?)
            }
        }
    }

    /// `copy(source)`, `copy(source, indices [, indices])`, `copy(source, to)`,
    /// `copy(source, start, end)`, `copy(source, to, start, end [, to_step, step])`.
    fn call_copy(&mut self, arguments: &mut Arguments<'_, '_>) -> Result<()> {
        let source = arguments.vector()?;
        if !arguments.is_left() {
            return self.copy(source);
        }
        if let Some(from) = arguments.optional_vector() {
            let to = arguments.optional_vector().unwrap_or(from);
            arguments.end(())?;
            self.copy_elements(source, from, to);
            return Ok(());
        }
        let count = arguments.given.len() - 1;
        let mut range = CopyRange::default();
        if count != 2 {
            range.to = arguments.count("destination index")?;
        }
        if count > 1 {
            let last = source.len() as f64 - 1.0;
            let start = arguments.whole("source start", 0.0, last)?;
            // -1 is the last element.
            let end = arguments.whole("source end", -1.0, last)?;
            range.from = (start as usize, (end >= 0.0).then_some(end as usize));
        }
        if arguments.is_left() {
            let steps = [arguments.count("increment")?, arguments.count("increment")?];
            range.steps = (steps[0], steps[1]);
        }
        arguments.end(())?;
        self.copy_range(source, range)
    }
}

//! Methods that leave the vector as it is.

use super::super::{Vector, arithmetic, edit, histogram, search, statistics};
use super::{Answer, Arguments};
use crate::session::argument::within;
use crate::session::vector::Result;

impl Vector {
    /// Methods that leave the vector as it is.
    pub(super) fn look(&self, arguments: &mut Arguments<'_, '_>) -> Result<Option<Answer>> {
        let values = self.values();
        let answer = match arguments.method {
            "size" => Answer::Integer(arguments.end(values.len() as i64)?),
            "get" => {
                let index = arguments.index("index", values.len())?;
                Answer::Number(arguments.end(values[index])?)
            }
            "c" | "at" => {
                let start = match arguments.is_left() {
                    true => arguments.number()?,
                    false => 0.0,
                };
                let end = match arguments.is_left() {
                    true => {
                        Some(arguments.whole("end", start, values.len() as f64 - 1.0)? as usize)
                    }
                    false => None,
                };
                let last = values.len().saturating_sub(1) as f64;
                let start = within("c", "start", start, 0.0, last)?;
                Answer::New(arguments.end(edit::slice(values, start as usize, end)?)?)
            }
            "sum" => Answer::Number(statistics::sum(values, arguments.span(values.len())?)?),
            "sumsq" => {
                let range = arguments.span(values.len())?;
                Answer::Number(statistics::sum_of_squares(values, range)?)
            }
            "mean" => Answer::Number(statistics::mean(values, arguments.span(values.len())?)?),
            "var" => Answer::Number(statistics::variance(values, arguments.span(values.len())?)?),
            "stdev" => Answer::Number(statistics::deviation(
                values,
                arguments.span(values.len())?,
            )?),
            "stderr" => {
                let range = arguments.span(values.len())?;
                Answer::Number(statistics::standard_error(values, range)?)
            }
            "min" | "max" | "min_ind" | "max_ind" if values.is_empty() => match arguments.method {
                "min" | "max" => Answer::Number(0.0),
                _ => Answer::index(None),
            },
            "min" => Answer::Number(statistics::min(values, arguments.span(values.len())?)?),
            "max" => Answer::Number(statistics::max(values, arguments.span(values.len())?)?),
            "min_ind" => Answer::index(statistics::min_index(
                values,
                arguments.span(values.len())?,
            )?),
            "max_ind" => Answer::index(statistics::max_index(
                values,
                arguments.span(values.len())?,
            )?),
            "median" => Answer::Number(arguments.end(statistics::median(values)?)?),
            "mag" => Answer::Number(arguments.end(arithmetic::magnitude(values))?),
            "dot" => Answer::Number(arithmetic::dot(values, arguments.last_vector()?)?),
            "meansqerr" => {
                let other = arguments.vector()?;
                let weights = arguments.optional_vector();
                let error = statistics::mean_square_error(values, other, weights)?;
                Answer::Number(arguments.end(error)?)
            }
            "eq" => {
                let equal = search::equal_elements(values, arguments.last_vector()?);
                Answer::Number(f64::from(u8::from(equal)))
            }
            "contains" => {
                let value = arguments.number()?;
                Answer::Truth(arguments.end(search::contains(values, value))?)
            }
            "indwhere" => Answer::index(search::index_where(values, arguments.comparison()?)),
            "ind" => Answer::New(search::gather_existing(values, arguments.last_vector()?)),
            "sortindex" => Answer::New(arguments.end(search::sorted_indices(values))?),
            "histogram" => {
                let [low, high, width] = arguments.numbers()?;
                let counts = histogram::with_outer_bins(values, low, high, width)?;
                Answer::New(arguments.end(counts)?)
            }
            "sumgauss" => {
                let [low, high, step, variance] = arguments.numbers()?;
                let weights = arguments.optional_vector();
                let range = (low, high, step);
                let sums = histogram::sum_of_gaussians(values, range, variance, weights)?;
                Answer::New(arguments.end(sums)?)
            }
            _ => return Ok(None),
        };
        Ok(Some(answer))
    }
}

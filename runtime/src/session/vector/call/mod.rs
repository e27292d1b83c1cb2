//! Methods by name, with the arguments that NEURON's scripts give.
//!
//! Most methods take, in this order: a source, which is the vector itself unless another one is
//! given; numbers; a first and a last index, or neither. What needs more than a vector, numbers
//! and words (functions, `Random`, files, references) is for the front ends to call.

mod arguments;
mod change;
mod look;
mod remake;

use arguments::Arguments;

use super::Vector;
use super::error::Result;

/// What a script gives to a method.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Argument<'a> {
    /// A number.
    Number(f64),
    /// The elements of a vector. Those of the vector whose method it is have to be copied.
    Vector(&'a [f64]),
    /// A word.
    Text(&'a str),
}

/// What a script gets back.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The vector itself.
    Itself,
    /// A new vector.
    New(Vec<f64>),
    /// A number.
    Number(f64),
    /// A whole number: a size or an index; -1 is no index.
    Integer(i64),
    /// Yes or no.
    Truth(bool),
}

impl Answer {
    fn index(index: Option<usize>) -> Self {
        Self::Integer(index.map_or(-1, |index| index as i64))
    }
}

/// NEURON's names of the methods that [`Vector::call`] knows.
#[rustfmt::skip] // a line for each name would be a page
pub const METHODS: &[&str] = &[
    "abs", "add", "append", "at", "buffer_size", "c", "clear", "contains", "convlv", "copy",
    "correl", "deriv", "div", "dot", "eq", "fft", "fill", "filter", "floor", "get", "hist",
    "histogram", "ind", "index", "indgen", "indvwhere", "indwhere", "inf", "insrt", "integral",
    "interpolate", "log", "log10", "mag", "max", "max_ind", "mean", "meansqerr", "medfltr",
    "median", "min", "min_ind", "mul", "pow", "psth", "rebin", "remove", "resample", "resize",
    "reverse", "rotate", "scale", "set", "sin", "size", "smhist", "sort", "sortindex", "spctrm",
    "spikebin", "sqrt", "stderr", "stdev", "sub", "sum", "sumgauss", "sumsq", "tanh", "trigavg",
    "var", "where",
];

impl Vector {
    /// Calls a method by NEURON's name; None if there is no method of that name here.
    ///
    /// # Errors
    ///
    /// Those of the method; arguments that are missing or too many.
    pub fn call(&mut self, method: &str, arguments: &[Argument<'_>]) -> Result<Option<Answer>> {
        let Some(method) = METHODS.iter().find(|known| **known == method) else {
            return Ok(None);
        };
        let mut arguments = Arguments {
            method,
            given: arguments,
            next: 0,
        };
        // A group that does not know the method leaves the arguments alone.
        if let Some(answer) = self.look(&mut arguments)? {
            return Ok(Some(answer));
        }
        if let Some(values) = self.remake(&mut arguments)? {
            self.assign(method, values)?;
            return Ok(Some(Answer::Itself));
        }
        self.change(&mut arguments)
    }
}

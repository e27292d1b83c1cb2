//! NEURON's `Vector`: numbers that are recorded, played and computed with.
//!
//! [`Vector`] holds the elements and what changes their number or some of them. A method that
//! makes all elements anew is a function of slices in one of the modules below; a front end assigns
//! its result ([`Vector::assign`]), so that source and destination may be the same vector.
//! [`Vector::call`] is all of them as scripts call them: by name, with NEURON's arguments.
//!
//! | module | NEURON's methods |
//! |---|---|
//! | [`edit`] | set, fill, append, insrt, remove, copy, c, indgen, rotate, ... |
//! | [`arithmetic`] | add, sub, mul, div, scale, pow, sqrt, log, dot, mag, sin, ... |
//! | [`statistics`] | sum, mean, var, min, max, median, meansqerr, ... |
//! | [`search`] | where, indwhere, contains, index, ind, sort, sortindex, ... |
//! | [`signal`] | deriv, integral, interpolate, rebin, resample, medfltr, ... |
//! | [`histogram`] | histogram, hist, sumgauss, smhist |
//! | [`fourier`] | fft, spctrm, correl, convlv, filter |
//! | [`fit`] | fit |
//! | [`text`] | printf, scanf, scantil |
//! | [`binary`] | fwrite, fread, vwrite, vread |
//!
//! Orders of operations are NEURON's, so that numbers are NEURON's to the last bit when the
//! functions of the platform's library are. Differences are where NEURON reads or writes outside
//! of its arrays, crashes, or computes something else than it says: each is at its function.
//!
//! ```
//! use runtime::session::vector::{Vector, signal};
//!
//! # fn main() -> Result<(), runtime::session::vector::VectorError> {
//! let mut v = Vector::from(vec![1.0, 2.0, 4.0, 8.0]);
//! let slope = signal::derivative(v.values(), 0.5, signal::Derivative::Central)?;
//! v.assign("deriv", slope)?;
//! assert_eq!(v.values(), [2.0, 3.0, 6.0, 8.0]);
//! # Ok(())
//! # }
//! ```

pub mod arithmetic;
pub mod binary;
mod call;
pub mod edit;
mod error;
pub mod fit;
pub mod fourier;
mod handle;
pub mod histogram;
pub mod search;
pub mod signal;
pub mod statistics;
pub mod text;

pub use call::{Answer, Argument, METHODS};
pub use error::{Result, Span, VectorError, span};
pub use handle::VectorHandle;

/// Numbers this close count as equal: NEURON's `float_epsilon`.
pub const EPSILON: f64 = 1e-11;

/// Whether two numbers count as equal.
pub fn equal(a: f64, b: f64) -> bool {
    a - b < EPSILON && b - a < EPSILON
}

/// A list of numbers with a label.
///
/// The elements stay where they are in memory as long as their number does not change, and their
/// number cannot change while there are views ([`Vector::begin_view`]). Only a recording goes on
/// all the same: the views then keep what they show, and the vector has its elements elsewhere.
#[derive(Debug, Default)]
pub struct Vector {
    values: Vec<f64>,
    /// NEURON's `label`, empty if there is none.
    pub label: String,
    views: usize,
    /// Elements that views still show.
    left_behind: Vec<Vec<f64>>,
}

impl From<Vec<f64>> for Vector {
    fn from(values: Vec<f64>) -> Self {
        Self {
            values,
            ..Self::default()
        }
    }
}

/// A copy of the elements and the label; nobody views it.
impl Clone for Vector {
    fn clone(&self) -> Self {
        Self {
            values: self.values.clone(),
            label: self.label.clone(),
            ..Self::default()
        }
    }
}

impl Vector {
    /// A vector of equal elements.
    pub fn filled(size: usize, value: f64) -> Result<Self> {
        let mut values = error::zeros("__init__", size)?;
        values.fill(value);
        Ok(Self::from(values))
    }

    /// Number of elements.
    pub fn size(&self) -> usize {
        self.values.len()
    }

    /// The elements.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The elements, to change their values.
    pub fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }

    /// The elements, to change their number, on behalf of a method of that name.
    ///
    /// # Errors
    ///
    /// There are views.
    pub fn storage(&mut self, method: &'static str) -> Result<&mut Vec<f64>> {
        if self.views > 0 {
            return Err(VectorError::Viewed {
                method,
                views: self.views,
            });
        }
        Ok(&mut self.values)
    }

    /// New elements, on behalf of a method of that name.
    ///
    /// # Errors
    ///
    /// There are views, and the number of elements is not the same.
    pub fn assign(&mut self, method: &'static str, values: Vec<f64>) -> Result<()> {
        if values.len() == self.values.len() {
            self.values.copy_from_slice(&values);
            return Ok(());
        }
        let storage = self.storage(method)?;
        if values.len() > storage.capacity() {
            *storage = values;
        } else {
            // Memory that was reserved stays so.
            storage.clear();
            storage.extend_from_slice(&values);
        }
        Ok(())
    }

    /// Removes all elements for a recording that begins; the memory stays reserved.
    pub fn begin_recording(&mut self) {
        if self.views > 0 {
            let room = Vec::with_capacity(self.values.capacity());
            self.left_behind
                .push(std::mem::replace(&mut self.values, room));
        }
        self.values.clear();
    }

    /// Adds an element that was recorded.
    pub fn record(&mut self, value: f64) {
        if self.views > 0 && self.values.len() == self.values.capacity() {
            let mut values = Vec::with_capacity(2 * self.values.len() + 1);
            values.extend_from_slice(&self.values);
            self.left_behind
                .push(std::mem::replace(&mut self.values, values));
        }
        self.values.push(value);
    }

    /// From now on someone looks at the elements in place: at those that there are, until
    /// [`Vector::end_view`]. Gives their address.
    pub fn begin_view(&mut self) -> *mut f64 {
        self.views += 1;
        self.values.as_mut_ptr()
    }

    /// A view ends.
    pub fn end_view(&mut self) {
        self.views = self.views.saturating_sub(1);
        if self.views == 0 {
            self.left_behind.clear();
        }
    }
}

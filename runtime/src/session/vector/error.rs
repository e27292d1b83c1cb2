//! What is wrong with a request to a `Vector`.

use std::ops::Range;

use crate::session::argument::ArgumentError;

/// A fault of a method's arguments, or of the sizes of what it is given.
#[derive(Debug, thiserror::Error)]
pub enum VectorError {
    /// A number outside of its limits.
    #[error("Vector.{0}")]
    Argument(#[from] ArgumentError),
    /// An index at or beyond the size.
    #[error("Vector.{method}: index {index} is out of range, the size is {size}")]
    Index {
        /// NEURON's name of the method.
        method: &'static str,
        /// The index.
        index: usize,
        /// Number of elements.
        size: usize,
    },
    /// A range that ends before it begins or outside of the elements.
    #[error("Vector.{method}: there is no range from {start} to {end}, the size is {size}")]
    Range {
        /// NEURON's name of the method.
        method: &'static str,
        /// First index.
        start: usize,
        /// Last index.
        end: usize,
        /// Number of elements.
        size: usize,
    },
    /// Fewer elements than the method needs.
    #[error("Vector.{method}: needs at least {least} elements, the size is {size}")]
    TooSmall {
        /// NEURON's name of the method.
        method: &'static str,
        /// Number of elements that it needs.
        least: usize,
        /// Number of elements that there are.
        size: usize,
    },
    /// Two vectors whose sizes do not go together.
    #[error("Vector.{method}: the {what} has size {size}, but {expected} is needed")]
    Size {
        /// NEURON's name of the method.
        method: &'static str,
        /// Which vector.
        what: &'static str,
        /// Its size.
        size: usize,
        /// What the size has to be.
        expected: usize,
    },
    /// An element that the method is not defined for.
    #[error("Vector.{method}: element {index} is {value}; {reason}")]
    Element {
        /// NEURON's name of the method.
        method: &'static str,
        /// Its index.
        index: usize,
        /// Its value.
        value: f64,
        /// What is needed.
        reason: &'static str,
    },
    /// An argument that is missing, too many, or something else than it has to be.
    #[error("Vector.{method}: argument {position} should be {expected}")]
    Call {
        /// NEURON's name of the method.
        method: &'static str,
        /// Which argument, from 1 on.
        position: usize,
        /// What it has to be.
        expected: &'static str,
    },
    /// A comparison that there is not.
    #[error(
        "Vector.{method}: {operator:?} is no comparison; those with one value are == != < <= > >=, \
         those with two are () [] [) (]"
    )]
    Operator {
        /// NEURON's name of the method.
        method: &'static str,
        /// What was given.
        operator: String,
    },
    /// A format that is not for one number.
    #[error("Vector.printf: the format {format:?} {reason}")]
    Format {
        /// The format.
        format: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// More elements than there is memory for.
    #[error("Vector.{method}: there is no memory for {size} elements")]
    Memory {
        /// NEURON's name of the method.
        method: &'static str,
        /// Number of elements.
        size: usize,
    },
    /// Any other fault.
    #[error("Vector.{method}: {reason}")]
    Undefined {
        /// NEURON's name of the method.
        method: &'static str,
        /// What is needed.
        reason: &'static str,
    },
    /// A change of size while others look at the elements in place.
    #[error(
        "Vector.{method}: the size cannot change while {views} numpy arrays or buffers share the \
         elements; use a copy of them"
    )]
    Viewed {
        /// NEURON's name of the method.
        method: &'static str,
        /// Number of views.
        views: usize,
    },
    /// A file that cannot be read or written.
    #[error("Vector.{method}: {error}")]
    File {
        /// NEURON's name of the method.
        method: &'static str,
        /// The reason.
        error: std::io::Error,
    },
}

/// The result of a method.
pub type Result<T> = std::result::Result<T, VectorError>;

/// A range of elements as scripts give it: first and last index. None is for all elements.
pub type Span = Option<(usize, usize)>;

/// The range as Rust has it, for a method of that name.
///
/// # Errors
///
/// It ends before it begins, or beyond the elements.
pub fn span(method: &'static str, size: usize, span: Span) -> Result<Range<usize>> {
    match span {
        None => Ok(0..size),
        Some((start, end)) if start <= end && end < size => Ok(start..end + 1),
        Some((start, end)) => Err(VectorError::Range {
            method,
            start,
            end,
            size,
        }),
    }
}

/// Changes the number of elements; new ones are 0.
pub(super) fn resize(method: &'static str, values: &mut Vec<f64>, size: usize) -> Result<()> {
    if let Some(more) = size.checked_sub(values.len())
        && values.try_reserve(more).is_err()
    {
        return Err(VectorError::Memory { method, size });
    }
    values.resize(size, 0.0);
    Ok(())
}

/// So many zeros.
pub(super) fn zeros(method: &'static str, size: usize) -> Result<Vec<f64>> {
    let mut values = Vec::new();
    resize(method, &mut values, size)?;
    Ok(values)
}

/// Refuses fewer elements than a method needs.
pub(super) fn at_least(method: &'static str, size: usize, least: usize) -> Result<()> {
    if size >= least {
        return Ok(());
    }
    Err(VectorError::TooSmall {
        method,
        least,
        size,
    })
}

/// Refuses a size other than the expected one.
pub(super) fn same_size(
    method: &'static str,
    what: &'static str,
    size: usize,
    expected: usize,
) -> Result<()> {
    if size == expected {
        return Ok(());
    }
    Err(VectorError::Size {
        method,
        what,
        size,
        expected,
    })
}

/// Refuses a size that is smaller than the expected one.
pub(super) fn not_smaller(
    method: &'static str,
    what: &'static str,
    size: usize,
    expected: usize,
) -> Result<()> {
    same_size(method, what, size.min(expected), expected)
}

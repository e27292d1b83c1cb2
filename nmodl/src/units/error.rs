//! What can be wrong with a unit.

use super::quantity::Quantity;

/// Why a unit has no meaning. Offsets count bytes from the start of the unit string.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// Neither a unit nor prefixes and a unit nor the plural of one.
    #[error("unknown unit `{name}`")]
    Unknown {
        /// As it stands in the string.
        name: String,
        /// Where.
        offset: usize,
        /// Known names that look like it, the likeliest first.
        candidates: Vec<String>,
        /// What models usually declare it to be in their UNITS block: `milli/liter` for `mM`.
        customary: Option<&'static str>,
    },
    /// The string is not in the grammar.
    #[error("{problem}")]
    Syntax {
        /// What is wrong.
        problem: SyntaxProblem,
        /// Where.
        offset: usize,
    },
    /// One cannot be converted into the other.
    #[error("incompatible units: `{from}` cannot be counted in `{to}`")]
    Incompatible {
        /// What was to be converted.
        from: Quantity,
        /// Into this. NEURON does not compare dimensions here and takes
        /// `from.factor / to.factor`.
        to: Quantity,
    },
    /// The name already means something else.
    #[error("unit `{name}` is already `{known}` and cannot become `{new}`")]
    Redefined {
        /// The name.
        name: String,
        /// What it means.
        known: Quantity,
        /// What it should have come to mean.
        new: Quantity,
    },
    /// The factor, or a power of a primitive unit, is too large or too small.
    #[error("the unit is too large or too small to be represented")]
    OutOfRange,
}

impl UnitError {
    /// Where in the unit string, if at one place.
    pub fn offset(&self) -> Option<usize> {
        match self {
            Self::Unknown { offset, .. } | Self::Syntax { offset, .. } => Some(*offset),
            Self::Incompatible { .. } | Self::Redefined { .. } | Self::OutOfRange => None,
        }
    }
}

/// How a unit string fails to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SyntaxProblem {
    /// `1.2.3 m`, `1| m`, `0 m`
    #[error("malformed number in a unit: a positive decimal number is expected")]
    Number,
    /// `1e8 um5/ms`, where NEURON reads the eighth power of the elementary charge.
    #[error("the exponent of a number in a unit is written without `e`: `1+8`, `1-3`")]
    ExponentLetter,
    /// `liter/1+3`, `cm-2`, `cm 2`. NEURON drops the digits silently.
    #[error("a number may only stand at the start of a unit, or be a power directly after a name")]
    StrayNumber,
    /// `cm10`. NEURON drops the second digit silently, or takes it for a name.
    #[error("the power of a unit has one digit")]
    LongPower,
    /// `m*s`, `m^2`
    #[error("`{0}` has no meaning in a unit: write products as `m-s`, powers as `m2`")]
    Operator(char),
}

//! Where a variable belongs: the model itself, a segment, or a point process.

use crate::id::{PointProcessId, SectionId};

/// What a variable name is looked up in; see [`crate::Model::get`] for the names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// `t`, `dt`, `celsius`, `secondorder`, GLOBAL variables of mechanisms (`name_suffix`),
    /// initial concentrations (`nai0_na_ion`).
    Model,
    /// The segment of a section that holds the relative position `x` (0 to 1). For `v`, and only
    /// for it, 0 and 1 are the section's ends; for all else they are the first and last segment.
    Segment {
        /// The section.
        section: SectionId,
        /// Relative position from 0 to 1.
        x: f64,
    },
    /// A point process or an artificial cell.
    Point(PointProcessId),
}

/// An end of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum End {
    /// x = 0.
    #[default]
    Zero,
    /// x = 1.
    One,
}

impl End {
    /// 0 or 1.
    pub fn x(self) -> f64 {
        match self {
            Self::Zero => 0.0,
            Self::One => 1.0,
        }
    }
}

/// A variable name with its element: `ca[3]` is (`ca`, 3), `m` is (`m`, 0).
pub(crate) fn split_element(name: &str) -> Option<(&str, usize)> {
    match name.split_once('[') {
        None => Some((name, 0)),
        Some((base, rest)) => {
            let index = rest.strip_suffix(']')?.parse().ok()?;
            Some((base, index))
        }
    }
}

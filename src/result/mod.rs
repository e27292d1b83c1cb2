//! What a run recorded, and the files that it is written to.
//!
//! The ending of a file's name chooses its format: `.npy`, `.csv`, or for anything else
//! the text of NEURON's `batch_run`.

pub mod csv;
pub mod npy;
pub mod number;
pub mod spikes;
pub mod text;

use std::io::{self, Write};
use std::path::Path;

/// A column of a [`Table`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The variable's name, as `soma(0.5).v`.
    pub name: String,
    /// Its units, as `mV`; empty if unknown.
    pub units: String,
}

/// Recorded rows: one per time, one value per column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What the columns are.
    pub columns: Vec<Column>,
    /// Row by row.
    pub values: Vec<f64>,
}

impl Table {
    /// The rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        self.values.chunks_exact(self.columns.len().max(1))
    }
}

/// An event of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Spike {
    /// When, in ms.
    pub time_ms: f64,
    /// A place or a point, by its full name.
    pub source: String,
}

/// What a text result says in its head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The model's title.
    pub title: String,
    /// First time (ms).
    pub t_start_ms: f64,
    /// End of the run (ms).
    pub tstop_ms: f64,
    /// Interval of rows (ms).
    pub tstep_ms: f64,
    /// Time step (ms).
    pub dt_ms: f64,
}

/// A format of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `batch_run`'s.
    Text,
    /// Comma-separated, with a line of names and units.
    Csv,
    /// NumPy's array file.
    Npy,
}

impl Format {
    /// The one that a file's ending asks for.
    pub fn of(path: &Path) -> Self {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some(ending) if ending.eq_ignore_ascii_case("npy") => Self::Npy,
            Some(ending) if ending.eq_ignore_ascii_case("csv") => Self::Csv,
            _ => Self::Text,
        }
    }

    /// Writes a table.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write(self, head: &Head, table: &Table, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Text => text::write(head, table, out),
            Self::Csv => csv::write(table, out),
            Self::Npy => npy::write(table, out),
        }
    }
}

//! The tables of the model file as types, one to one.
//!
//! `docs/model-file.md` is the specification. The JSON Schema is generated from these
//! types, and the reader checks a file against that schema before it is read into them,
//! so the ranges and the sets of keys stand here alone.

mod cell;
mod network;
mod run;

use schemars::JsonSchema;
use serde::Deserialize;

pub use cell::{Cell, CellTables, Ion, Morphology, Point, Region, Section, Segments};
pub use network::{Connection, GapJunction, LinearMechanism, Pointer, Rule, Spikes};
pub use run::{Method, Run};

use super::located::{At, Entries, OneOrMany};

/// Values of parameters, by name: a number, or a list for an array.
pub type Parameters = Entries<At<OneOrMany<f64>>>;

/// A model of nmodlrs: cells, what drives them, what is recorded, and how long it runs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// The first line of a text result, and the title of a plot.
    #[serde(default)]
    pub title: String,
    /// Free text without effect.
    #[serde(default)]
    pub description: String,
    /// `.mod` files, or folders of them, relative to the model file.
    #[serde(default)]
    pub mechanisms: Vec<At<String>>,
    /// Variables that become the columns of the result; patterns are allowed.
    #[serde(default)]
    pub record: Vec<At<String>>,
    /// How to run.
    pub run: Run,
    /// GLOBAL parameters of mechanisms.
    #[serde(default)]
    pub globals: Entries<Parameters>,
    /// Ions, wherever a section has them.
    #[serde(default)]
    pub ions: Entries<Ion>,
    /// The shape of the model's own cell.
    pub morphology: Option<Morphology>,
    /// How many segments the sections of the model's own cell have.
    pub segments: Option<Segments>,
    /// Sections of the model's own cell.
    #[serde(default)]
    pub sections: Entries<Section>,
    /// Properties of sets of sections of the model's own cell.
    #[serde(default)]
    pub regions: Entries<Region>,
    /// Point processes and artificial cells.
    #[serde(default)]
    pub points: Entries<Point>,
    /// Cells made in number.
    #[serde(default)]
    pub cells: Entries<Cell>,
    /// NetCons.
    #[serde(default)]
    pub connections: Vec<Connection>,
    /// Variables of gap junctions that follow those of other places.
    #[serde(default)]
    pub gap_junctions: Vec<GapJunction>,
    /// What POINTERs point at.
    #[serde(default)]
    pub pointers: Vec<Pointer>,
    /// Equations of the user's own among those of the model.
    #[serde(default)]
    pub linear_mechanisms: Entries<LinearMechanism>,
    /// Event times to keep.
    pub spikes: Option<Spikes>,
    /// Values of variables that replace all others; they do not stand in the file.
    #[serde(skip)]
    pub overrides: Vec<Override>,
}

/// A value of a variable from the command line.
#[derive(Clone, Debug)]
pub struct Override {
    /// Sections and variable, as `soma.hh.gnabar`, or point and variable, as `stim.amp`.
    pub path: At<String>,
    /// The value.
    pub value: At<OneOrMany<f64>>,
}

impl ModelFile {
    /// The cell that stands at the top of the file.
    pub fn own_cell(&self) -> CellTables<'_> {
        CellTables {
            morphology: self.morphology.as_ref(),
            segments: self.segments.as_ref(),
            sections: &self.sections,
            regions: &self.regions,
            points: &self.points,
        }
    }
}

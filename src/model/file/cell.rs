//! The tables of one cell: sections, what is in their membranes, point processes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Parameters;
use crate::model::located::{At, Entries, OneOrMany};

/// A kind of cell, and how many of it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Makes `NAME[0]` … `NAME[count-1]`; without it one cell, `NAME`.
    #[schemars(range(min = 1))]
    pub count: Option<u32>,
    /// Its shape.
    pub morphology: Option<Morphology>,
    /// How many segments its sections have.
    pub segments: Option<Segments>,
    /// Its sections.
    #[serde(default)]
    pub sections: Entries<Section>,
    /// Properties of sets of its sections.
    #[serde(default)]
    pub regions: Entries<Region>,
    /// Its point processes and artificial cells.
    #[serde(default)]
    pub points: Entries<Point>,
}

/// The shape of a cell, from a file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Morphology {
    /// An SWC file, relative to the model file.
    pub file: At<String>,
}

/// How many segments a section has that does not say so itself.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segments {
    /// Longest segment as part of the AC length constant.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub d_lambda: Option<At<f64>>,
    /// The frequency of that length constant (Hz).
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub frequency: Option<At<f64>>,
    /// Longest segment (µm).
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub max_length: Option<At<f64>>,
}

/// An unbranched piece of cable.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Length (µm).
    #[serde(rename = "L")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub length: Option<At<f64>>,
    /// Diameter (µm).
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub diam: Option<At<f64>>,
    /// Points `[x, y, z, diam]` (µm), beginning at the end that is attached.
    #[schemars(length(min = 2))]
    pub pt3d: Option<At<Vec<At<[f64; 4]>>>>,
    /// Number of segments.
    #[schemars(range(min = 1, max = 32766))]
    pub nseg: Option<u32>,
    /// Where it is attached, as `soma(1)`; without it the section is a root.
    pub parent: Option<At<String>>,
    /// Which of its own ends is attached: 0 or 1.
    #[schemars(range(min = 0, max = 1))]
    pub end: Option<At<u8>>,
    /// Makes that many equal sections `NAME[0]`, `NAME[1]`, …
    #[schemars(range(min = 1))]
    pub count: Option<u32>,
    /// Axial resistivity (Ω·cm).
    #[serde(rename = "Ra")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub ra: Option<f64>,
    /// Specific capacitance (µF/cm²).
    #[schemars(range(min = 0.0))]
    pub cm: Option<f64>,
    /// Ions in this section.
    #[serde(default)]
    pub ions: Entries<Ion>,
    /// Mechanisms and their range parameters.
    #[serde(default)]
    pub insert: Entries<Parameters>,
}

/// Properties of a set of sections.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// What belongs to it, patterns allowed; without it the sections of the region's name,
    /// and for `all` every section.
    pub sections: Option<Vec<At<String>>>,
    /// Number of segments of each.
    #[schemars(range(min = 1, max = 32766))]
    pub nseg: Option<u32>,
    /// Axial resistivity (Ω·cm).
    #[serde(rename = "Ra")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub ra: Option<f64>,
    /// Specific capacitance (µF/cm²).
    #[schemars(range(min = 0.0))]
    pub cm: Option<f64>,
    /// Ions in these sections.
    #[serde(default)]
    pub ions: Entries<Ion>,
    /// Mechanisms and their range parameters.
    #[serde(default)]
    pub insert: Entries<Parameters>,
}

/// Concentrations and reversal potential of an ion.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ion {
    /// Reversal potential (mV).
    pub reversal: Option<f64>,
    /// Concentration inside (mM).
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub inside: Option<f64>,
    /// Concentration outside (mM).
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub outside: Option<f64>,
    /// NEURON's `ion_style(c_style, e_style, einit, eadvance, cinit)`.
    pub style: Option<[i32; 5]>,
}

/// A point process or an artificial cell.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// The name of a POINT_PROCESS or an ARTIFICIAL_CELL.
    pub class: At<String>,
    /// Where a point process is; a list makes an array of them.
    pub at: Option<At<OneOrMany<String>>>,
    /// Makes that many artificial cells `NAME[0]`, `NAME[1]`, …
    #[schemars(range(min = 1))]
    pub count: Option<At<u32>>,
    /// Parameters.
    #[serde(default)]
    pub set: Parameters,
    /// Times (ms) that a class with a PROCEDURE `play` plays, as `VecStim`.
    pub play: Option<At<Vec<f64>>>,
}

/// The tables that describe one cell, wherever they stand.
#[derive(Clone, Copy, Debug)]
pub struct CellTables<'a> {
    /// Its shape.
    pub morphology: Option<&'a Morphology>,
    /// How many segments its sections have.
    pub segments: Option<&'a Segments>,
    /// Its sections.
    pub sections: &'a Entries<Section>,
    /// Properties of sets of its sections.
    pub regions: &'a Entries<Region>,
    /// Its point processes and artificial cells.
    pub points: &'a Entries<Point>,
}

impl Cell {
    /// The tables of one of these cells.
    pub fn tables(&self) -> CellTables<'_> {
        CellTables {
            morphology: self.morphology.as_ref(),
            segments: self.segments.as_ref(),
            sections: &self.sections,
            regions: &self.regions,
            points: &self.points,
        }
    }
}

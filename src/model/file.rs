//! The tables of the model file as types, one to one.
//!
//! `docs/model-file.md` is the specification. The JSON Schema is generated from these
//! types, and the reader checks a file against that schema before it is read into them,
//! so the ranges and the sets of keys stand here alone.

use schemars::JsonSchema;
use serde::Deserialize;

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

/// How to run.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// End of the simulation (ms).
    #[schemars(range(min = 0.0))]
    pub tstop: f64,
    /// Time step (ms).
    #[serde(default = "default::dt_ms")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub dt: f64,
    /// Interval of the result's rows (ms); without it, every step.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub tstep: Option<f64>,
    /// Temperature (°C).
    #[serde(default = "default::celsius")]
    #[schemars(range(min = -273.15))]
    pub celsius: f64,
    /// Membrane potential of every segment at the start (mV).
    #[serde(default = "default::v_init_mv")]
    pub v_init: f64,
    /// Threads that share the work of each step; results do not depend on their number.
    #[serde(default = "default::threads")]
    #[schemars(range(min = 1, max = 1024))]
    pub threads: u16,
    /// 0: implicit Euler; 1: Crank–Nicolson; 2: Crank–Nicolson with currents at second order.
    #[serde(default)]
    #[schemars(range(min = 0, max = 2))]
    pub secondorder: u8,
    /// How time advances.
    #[serde(default)]
    pub method: At<Method>,
    /// Relative tolerance of variable steps.
    #[serde(default)]
    #[schemars(range(min = 0.0))]
    pub rtol: f64,
    /// Absolute tolerance of variable steps.
    #[serde(default = "default::atol")]
    #[schemars(range(min = 0.0))]
    pub atol: At<f64>,
    /// Factors of `atol`, by names of states as `v`, `m_hh`, `ExpSyn.g`.
    #[serde(default)]
    pub atolscale: Entries<At<f64>>,
    /// Shortest variable step (ms).
    #[serde(default)]
    #[schemars(range(min = 0.0))]
    pub minstep: f64,
    /// Longest variable step (ms); without it and with 0, any.
    #[schemars(range(min = 0.0))]
    pub maxstep: Option<f64>,
    /// Highest order of variable steps; without it and with 0, that of the formulas.
    #[schemars(range(min = 0, max = 12))]
    pub maxorder: Option<u8>,
    /// 0: Adams' formulas; 1: backward differentiation, potentials implicitly; 2: all states.
    #[serde(default = "default::stiff")]
    #[schemars(range(min = 0, max = 2))]
    pub stiff: u8,
    /// Newton's matrix: 0 tree and mechanisms' own; 1 dense; 2 diagonal.
    #[serde(default)]
    #[schemars(range(min = 0, max = 2))]
    pub jacobian: u8,
    /// With variable steps, thresholds are crossed at 1: ends of steps; 2: where the line between
    /// two ends crosses them.
    #[serde(default = "default::condition_order")]
    #[schemars(range(min = 1, max = 2))]
    pub condition_order: u8,
}

/// How time advances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Steps of `dt`, potentials and states staggered.
    #[default]
    Fixed,
    /// Variable steps and order, one step for the whole model (CVODE).
    Cvode,
    /// Variable steps and order, each cell at its own time (CVODE).
    CvodeLocal,
    /// Variable steps and order for differential-algebraic equations (IDA).
    Ida,
}

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

/// NetCons from a set of sources to a set of targets.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Sources: places, artificial cells, or point processes that send events.
    pub from: At<String>,
    /// Targets: point processes or artificial cells.
    pub to: At<String>,
    /// Who is connected with whom.
    pub rule: Option<At<Rule>>,
    /// The connected pairs themselves, in place of `rule`.
    pub pairs: Option<Vec<At<[u32; 2]>>>,
    /// Potential (mV) through which `v` rises at an event of a source that is a place.
    pub threshold: Option<At<f64>>,
    /// Delay (ms).
    #[serde(default = "default::delay_ms")]
    #[schemars(range(min = 0.0))]
    pub delay: f64,
    /// The first weight, or all of them.
    pub weight: Option<At<OneOrMany<f64>>>,
}

/// Who is connected with whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Source i with target i; one source with every target; every source with one target.
    #[default]
    OneToOne,
    /// Source i with target i + 1, and the last with the first.
    Ring,
    /// Every source with every target.
    AllToAll,
    /// Every source with every target, but not i with i.
    AllToOthers,
}

/// Event times to keep.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spikes {
    /// Places, point processes and artificial cells; patterns are allowed.
    pub of: Vec<At<String>>,
    /// Potential (mV) through which `v` rises at an event of a place.
    pub threshold: Option<At<f64>>,
}

/// Values of keys that are not written; NEURON's.
mod default {
    use super::At;

    pub fn dt_ms() -> f64 {
        0.025
    }

    pub fn celsius() -> f64 {
        6.3
    }

    pub fn v_init_mv() -> f64 {
        -65.0
    }

    pub fn atol() -> At<f64> {
        At::new(1e-3, 0..0)
    }

    pub fn stiff() -> u8 {
        2
    }

    pub fn threads() -> u16 {
        1
    }

    pub fn condition_order() -> u8 {
        1
    }

    pub fn delay_ms() -> f64 {
        1.0
    }
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

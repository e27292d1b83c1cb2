//! What connects cells: NetCons, gap junctions, POINTERs and equations of the user's own.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::located::{At, OneOrMany};

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
    #[serde(default = "delay_ms")]
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

/// Variables of gap junctions, each of which follows one of another place: `source_var` and
/// `target_var` of NEURON's `ParallelContext`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GapJunction {
    /// Variables that are read, as `a.soma(0.5).v`; patterns are allowed.
    pub source_var: At<String>,
    /// Variables that follow them, as `gap.vgap`; patterns are allowed.
    pub target_var: At<String>,
    /// Which source belongs to which target.
    pub rule: Option<At<Rule>>,
    /// The pairs themselves, in place of `rule`.
    pub pairs: Option<Vec<At<[u32; 2]>>>,
}

/// What POINTERs of mechanisms point at.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pointer {
    /// POINTERs, as `gap.vgap` or `soma(0.5).release.vpre`; patterns are allowed.
    pub pointer: At<String>,
    /// Variables that they point at, as `b.soma(0.5).v`; patterns are allowed.
    pub variable: At<String>,
    /// Which variable belongs to which POINTER.
    pub rule: Option<At<Rule>>,
    /// The pairs themselves, variable and POINTER, in place of `rule`.
    pub pairs: Option<Vec<At<[u32; 2]>>>,
}

/// Equations `c·dy/dt + g·y = b` among those of the model: NEURON's `LinearMechanism`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinearMechanism {
    /// Places whose potentials the first elements of y are; patterns are allowed in a list.
    pub at: Option<At<OneOrMany<String>>>,
    /// For each place, 0: the inside; i: `vext[i-1]`; without it 0.
    pub layers: Option<At<Vec<u32>>>,
    /// Matrix of capacitances, row by row; without it zeros.
    pub c: Option<At<Vec<At<Vec<f64>>>>>,
    /// Matrix of conductances, row by row.
    pub g: At<Vec<At<Vec<f64>>>>,
    /// Initial values; of potentials they have no effect. Without it zeros.
    pub y0: Option<At<Vec<f64>>>,
    /// Right-hand sides; without it zeros.
    pub b: Option<At<Vec<f64>>>,
}

/// Of a NetCon; NEURON's.
fn delay_ms() -> f64 {
    1.0
}

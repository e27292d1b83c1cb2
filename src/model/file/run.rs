//! The table `run`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::located::{At, Entries};

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
    /// Fixed steps are solved as one sparse matrix also where the tree suffices.
    #[serde(default)]
    pub use_mxb: bool,
    /// `i_membrane_`, the current of each segment's membrane (nA), is there to be recorded.
    #[serde(default)]
    pub use_fast_imem: bool,
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
    /// Length (ms) of the implicit steps from which IDA has its initial values.
    #[serde(default = "default::dae_init_dteps_ms")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub dae_init_dteps: f64,
    /// How IDA takes them, and what happens where they do not fit together: NEURON's number.
    #[serde(default)]
    #[schemars(range(min = 0, max = 11))]
    pub dae_init_style: u8,
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

    pub fn dae_init_dteps_ms() -> f64 {
        1e-9
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
}

//! Recording of variables into buffers.

use crate::simulation::VariableHandle;

/// When a variable is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Sampling {
    /// At the end of `initialize` and of every step.
    #[default]
    EveryStep,
    /// At 0 and then every so many ms, as NEURON's `Vector.record(ref, Dt)`: each point is taken at
    /// the step boundary nearest to its time; a recorded `t` is the time of the point, not of the
    /// boundary.
    Interval(f64),
}

/// A recorded variable and its points.
#[derive(Debug, Clone)]
pub(crate) struct Recording {
    pub variable: VariableHandle,
    pub sampling: Sampling,
    pub points: Vec<f64>,
}

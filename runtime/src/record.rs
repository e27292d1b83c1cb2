//! Recording.
/// When a variable is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Sampling {
    /// At the end of `initialize` and of every step.
    #[default]
    EveryStep,
    /// At 0 and then every so many ms, as NEURON's `Vector.record(ref, Dt)`: each point is taken at
    /// the step boundary nearest to its time.
    Interval(f64),
}

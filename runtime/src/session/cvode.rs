//! What NEURON's `CVode` object is set to: tolerances and choices of the integrators.

/// Settings of `CVode`, with NEURON's defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct CvodeSettings {
    /// Relative tolerance.
    pub rtol: f64,
    /// Absolute tolerance; the scale of each state multiplies it.
    pub atol: f64,
    /// Shortest step in ms.
    pub minstep_ms: f64,
    /// Longest step in ms.
    pub maxstep_ms: f64,
    /// Highest order of the method.
    pub maxorder: u32,
    /// 0 Adams, 1 and 2 backward differentiation.
    pub stiff: u32,
    /// 0 the tree and the mechanisms' own, 1 dense, 2 diagonal.
    pub jacobian: u32,
    /// 1 thresholds at the ends of steps, 2 by interpolation.
    pub condition_order: u32,
    /// Which queue of events is used; the order of delivery is the same.
    pub queue_mode: u32,
    /// Step in ms for the initialization of differential-algebraic systems.
    pub dae_init_dteps_ms: f64,
}

impl Default for CvodeSettings {
    fn default() -> Self {
        Self {
            rtol: 0.0,
            atol: 1e-3,
            minstep_ms: 0.0,
            maxstep_ms: 1e9,
            maxorder: 5,
            stiff: 2,
            jacobian: 0,
            condition_order: 1,
            queue_mode: 0,
            dae_init_dteps_ms: 1e-9,
        }
    }
}

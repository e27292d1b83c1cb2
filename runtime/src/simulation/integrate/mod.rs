//! Steps of variable length with CVODE, one integrator for the whole model.
//!
//! `equations` says what the states of the integrator are, `system` computes their derivatives and
//! solves their linearized equations, `advance` is NEURON's way through events, interpolation and
//! steps, `threshold` finds crossings by interpolation, `query` answers what `CVode` is asked for.
//!
//! The state vector has the potentials of all nodes with a capacitance, then for each block of
//! instances each of its states. Potentials of other nodes follow from their neighbours.

mod advance;
mod equations;
mod query;
mod system;
mod threshold;

use crate::error::ModelError;
use crate::session::CvodeSettings;
use crate::storage::Aligned;
use crate::sundials::Integrator;

use super::Simulation;

pub(crate) use advance::Advancing;
pub(crate) use equations::added_columns;
pub use query::{StateName, StateQuantity, Statistics};

use equations::Equations;
use threshold::Crossing;

/// What counts as the time `t_ms` (NEURON's `NetCvode::eps`).
fn same_time_ms(t_ms: f64) -> f64 {
    100.0 * f64::EPSILON * t_ms.abs()
}

/// The integrator and where it is.
#[derive(Debug)]
pub(crate) struct VariableStep {
    settings: CvodeSettings,
    equations: Equations,
    /// None before the first initialization, and without states.
    integrator: Option<Integrator>,
    /// Present values of the states.
    y: Vec<f64>,
    /// Their derivatives.
    dydt: Vec<f64>,
    /// Time of the present values.
    t_ms: f64,
    /// The last step.
    from_ms: f64,
    to_ms: f64,
    /// Steps do not go beyond it: the next time that a mechanism named with at_time.
    stop_ms: f64,
    /// The integrator has to begin anew before the next step.
    initialize: bool,
    /// The present advance has begun anew.
    initialized: bool,
    /// The last step may be interpolated.
    can_retreat: bool,
    /// Steps in a row that did not change t.
    stuck: u32,
    /// The caller ended the present advance.
    ended: bool,
    /// t when the present advance began.
    begin_ms: f64,
    /// Where the present advance goes to, if not to the end of a step.
    until_ms: Option<f64>,
    /// γ for which `diagonal` holds.
    gamma_ms: f64,
    /// Capacitances and couplings on the diagonal of the tree's equations.
    diagonal: Vec<f64>,
    /// ∂i/∂v of each node, as the currents were computed last.
    conductance: Vec<f64>,
    /// Takes the place of the potentials where the tree's equations are solved for a change only.
    spare: Aligned,
    crossings: Vec<Crossing>,
    statistics: Statistics,
}

impl VariableStep {
    fn new(simulation: &Simulation, settings: CvodeSettings) -> Result<Self, ModelError> {
        let equations = Equations::new(simulation)?;
        let nodes = simulation.tree.node_count();
        let t_ms = simulation.values.t_ms;
        Ok(Self {
            settings,
            integrator: None,
            y: vec![0.0; equations.count],
            dydt: vec![0.0; equations.count],
            equations,
            t_ms,
            from_ms: t_ms,
            to_ms: t_ms,
            stop_ms: f64::INFINITY,
            initialize: true,
            initialized: false,
            can_retreat: false,
            stuck: 0,
            ended: false,
            begin_ms: t_ms,
            until_ms: None,
            gamma_ms: f64::NAN,
            diagonal: vec![0.0; nodes],
            conductance: vec![0.0; nodes],
            spare: Aligned::new(nodes),
            crossings: Vec::new(),
            statistics: Statistics::default(),
        })
    }
}

impl Simulation {
    /// Changes how steps are made: of fixed length, or as `settings` say. The model must have been
    /// laid out for that (`Model::variable_step`). Nothing happens if it is as before.
    ///
    /// # Errors
    ///
    /// A model that cannot be integrated.
    pub(crate) fn integrate_with(
        &mut self,
        settings: Option<&CvodeSettings>,
    ) -> Result<(), ModelError> {
        match (&mut self.variable_step, settings) {
            (Some(present), Some(settings)) if present.settings != *settings => {
                present.settings = settings.clone();
                present.integrator = None;
                present.initialize = true;
            }
            (None, Some(settings)) => {
                let new = VariableStep::new(self, settings.clone())?;
                self.variable_step = Some(Box::new(new));
            }
            (Some(_), None) => {
                self.variable_step = None;
                self.services.at_times = Default::default();
            }
            _ => {}
        }
        Ok(())
    }

    /// True if steps are of variable length.
    pub fn is_variable_step(&self) -> bool {
        self.variable_step.is_some()
    }
}

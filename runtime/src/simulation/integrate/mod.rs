//! Steps of variable length with CVODE.
//!
//! An [`Integration`] is one integrator with all that it integrates: some parts of the model with
//! their states, times and counts. With the global method there is one, over the whole model. `equations` says what the states
//! of an integration are, `system` computes their derivatives and solves their linearized
//! equations, `integration` makes steps, interpolates and begins anew. `advance` is NEURON's way
//! through events and steps, `threshold` finds crossings by interpolation, `query` answers what
//! `CVode` is asked for.
//!
//! The state vector has the potentials of all nodes with a capacitance, then for each block of
//! instances each of its states. Potentials of other nodes follow from their neighbours.

mod advance;
mod equations;
mod integration;
mod query;
mod system;
mod threshold;

use std::sync::Arc;

use crate::error::ModelError;
use crate::session::CvodeSettings;

use super::Simulation;

pub(crate) use advance::Advancing;
pub(crate) use equations::added_columns;
pub use query::{StateName, StateQuantity, Statistics};

use integration::Integration;

/// What counts as the time `t_ms` (NEURON's `NetCvode::eps`).
fn same_time_ms(t_ms: f64) -> f64 {
    100.0 * f64::EPSILON * t_ms.abs()
}

/// The integrations, and the advance that is under way.
#[derive(Debug)]
pub(crate) struct VariableStep {
    settings: Arc<CvodeSettings>,
    /// At least one.
    integrations: Vec<Integration>,
    /// The one that makes the present step.
    present: usize,
    /// The present advance has begun anew.
    initialized: bool,
    /// The caller ended the present advance.
    ended: bool,
    /// t when the present advance began.
    begin_ms: f64,
    /// Where the present advance goes to, if not to the end of a step.
    until_ms: Option<f64>,
}

impl VariableStep {
    fn new(simulation: &Simulation, settings: CvodeSettings) -> Result<Self, ModelError> {
        let settings = Arc::new(settings);
        let parts = 0..simulation.parts.len();
        let order = simulation.order.clone();
        let whole = Integration::new(simulation, Arc::clone(&settings), parts, order)?;
        Ok(Self {
            begin_ms: whole.t_ms,
            settings,
            integrations: vec![whole],
            present: 0,
            initialized: false,
            ended: false,
            until_ms: None,
        })
    }

    fn present(&self) -> &Integration {
        &self.integrations[self.present]
    }

    fn present_mut(&mut self) -> &mut Integration {
        &mut self.integrations[self.present]
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
            (Some(present), Some(settings)) if *present.settings != *settings => {
                present.settings = Arc::new(settings.clone());
                for integration in &mut present.integrations {
                    integration.settings = Arc::clone(&present.settings);
                    integration.integrator = None;
                    integration.initialize = true;
                }
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

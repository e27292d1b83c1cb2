//! Steps of variable length with CVODE.
//!
//! An [`Integration`] is one integrator with all that it integrates: some parts of the model with
//! their states, times and counts. There is one over the whole model, or with the local method one
//! for each cell. `equations` says what the states of an integration are, `system` computes their
//! derivatives and solves their linearized equations, `integration` makes steps, interpolates and
//! begins anew, `dae` is the same for IDA, whose equations are those of the whole circuit, `observe`
//! says how much of the model is computed between steps, `shares` is an evaluation part by part and
//! `region` has threads do that, `ahead` has them make steps of cells before their turn. `advance` is NEURON's
//! way through events and steps, `local` what is different where cells have their own times,
//! `threshold` finds crossings by interpolation, `query` answers what
//! `CVode` is asked for, `turn` gives the caller its turn within evaluations.
//!
//! The state vector has the potentials of all nodes with a capacitance, then for each block of
//! instances each of its states. Potentials of other nodes follow from their neighbours.

mod advance;
mod ahead;
mod dae;
mod equations;
mod fault;
mod integration;
mod local;
mod observe;
mod query;
mod region;
mod shares;
mod system;
mod threshold;
mod turn;

use std::sync::Arc;

use crate::error::{ModelError, RunError};
use crate::kernel::AtTimes;
use crate::model::Model;
use crate::session::CvodeSettings;

use super::{Progress, Simulation};

pub(crate) use advance::Advancing;
pub(crate) use equations::{Equations, added_columns};
pub use query::{StateName, StateQuantity, Statistics};

use integration::Integration;
use local::{Local, Own};
pub(super) use turn::{Inner, Outer, Task};

/// What counts as the time `t_ms` (NEURON's `NetCvode::eps`).
fn same_time_ms(t_ms: f64) -> f64 {
    100.0 * f64::EPSILON * t_ms.abs()
}

/// The integrations, and the advance that is under way.
#[derive(Debug)]
pub(crate) struct VariableStep {
    settings: Arc<CvodeSettings>,
    /// At least one. With the local method each cell has its own, in the order of the cells' roots.
    integrations: Vec<Integration>,
    local: Option<Local>,
    /// The one that makes the present step.
    present: usize,
    /// The present advance has begun anew.
    initialized: bool,
    /// The caller makes more steps before it looks at anything.
    deferred: bool,
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
        let local = simulation.model.local_step && !simulation.parts.is_empty();
        let of = |parts, order| Integration::new(simulation, Arc::clone(&settings), parts, order);
        let mut integrations = Vec::new();
        if local {
            if simulation.transfers() {
                return Err(ModelError::LocalStep {
                    reason: "gap junctions need the potentials of both cells at one time",
                });
            }
            for (number, part) in simulation.parts.iter().enumerate() {
                let mut cell = of(number..number + 1, part.order.clone())?;
                cell.own = Some(Own::default());
                integrations.push(cell);
            }
        } else {
            integrations.push(of(0..simulation.parts.len(), simulation.order.clone())?);
        }
        Ok(Self {
            begin_ms: simulation.values.t_ms,
            local: local.then(|| {
                let times_ms = integrations.iter().map(|cell| cell.t_ms);
                Local::new(times_ms, simulation.values.t_ms)
            }),
            settings,
            integrations,
            present: 0,
            initialized: false,
            deferred: false,
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
        if self.within.is_some() || self.set_aside.is_some() {
            // They hold from the next step on.
            return Ok(());
        }
        match (&mut self.variable_step, settings) {
            (Some(present), Some(settings)) if *present.settings != *settings => {
                present.settings = Arc::new(settings.clone());
                present.forget_ahead();
                for integration in &mut present.integrations {
                    integration.settings = Arc::clone(&present.settings);
                    integration.integrator = None;
                    integration.initialize = true;
                    integration.made_anew = true;
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

    /// Lays out a model for steps of variable length.
    ///
    /// # Errors
    ///
    /// As [`Simulation::new`], and a mechanism of the model that cannot be integrated.
    pub fn with_variable_steps(
        mut model: Model,
        settings: &CvodeSettings,
    ) -> Result<Self, ModelError> {
        (model.variable_step, model.local_step) = (true, settings.local);
        // IDA's equations are those of the whole circuit.
        model.general_matrix |= settings.use_daspk;
        let mut simulation = Self::new(model)?;
        simulation.integrate_with(Some(settings))?;
        Ok(simulation)
    }

    /// True if steps are of variable length.
    pub fn is_variable_step(&self) -> bool {
        self.variable_step.is_some() || self.set_aside.is_some()
    }

    /// Number of equations that are integrated with variable steps.
    pub fn equation_count(&self) -> usize {
        let step = self.variable_step.as_ref().or(self.set_aside.as_ref());
        let integrations = step.map_or(&[][..], |step| &step.integrations);
        integrations.iter().map(|one| one.equations.count).sum()
    }

    /// One step of fixed length, dt, from the states that the model has; the integrator knows
    /// nothing of it until it begins anew (NEURON's `CVode.fixed_step`).
    ///
    /// # Errors
    ///
    /// As [`Simulation::advance`].
    pub fn fixed_step(&mut self) -> Result<Progress, RunError> {
        if self.within.is_some() {
            return Err(RunError::Order(
                "a step cannot be made within an evaluation of the derivatives",
            ));
        }
        if let Some(step) = self.variable_step.take() {
            self.set_aside = Some(step);
            self.services.at_times = AtTimes::Fixed;
            self.values.variable_step = 0.0;
        }
        let progress = self.advance();
        if !matches!(progress, Ok(Progress::Call(_))) {
            self.end_fixed_step();
        }
        progress
    }

    /// Takes the integrator up again.
    pub(super) fn end_fixed_step(&mut self) {
        if let Some(step) = self.set_aside.take() {
            self.variable_step = Some(step);
            self.services.at_times = AtTimes::Integrating;
            self.values.variable_step = 1.0;
        }
    }
}

//! What the model shows between steps.
//!
//! CVODE's last evaluation within a step is not at the values that the step ends with. NEURON makes
//! another one there, so that currents and the like are those of that time. Here the states are put in
//! their places, and the rest is computed when something may look at it: the caller, whom an event
//! reaches, a recording of something else than a state. Where such a thing is in the model, it is so
//! after each step.

use crate::error::RunError;
use crate::record::Sampling;

use super::super::{Hook, Simulation, VariableHandle};
use super::integration::Integration;

impl Simulation {
    /// The model at the integrator's time and values: its states, and all else if it is observed.
    pub(super) fn show(&mut self, integration: &mut Integration) -> Result<(), RunError> {
        if integration.observed || integration.equations.is_dae {
            return self.show_all(integration);
        }
        integration.complete = false;
        self.values.t_ms = integration.t_ms;
        integration.equations.scatter(self, &integration.y);
        self.find_algebraic_potentials(integration)
    }

    /// The model at the integrator's time and values, with all that follows from them.
    pub(super) fn show_all(&mut self, integration: &mut Integration) -> Result<(), RunError> {
        integration.complete = true;
        if integration.equations.is_dae {
            return self.show_dae(integration);
        }
        let (y, mut dydt) = match self.outer {
            None => (
                std::mem::take(&mut integration.y),
                std::mem::take(&mut integration.dydt),
            ),
            // The caller may ask for them in its turn.
            Some(_) => (integration.y.clone(), integration.dydt.clone()),
        };
        let shown = self.evaluate(integration, integration.t_ms, &y, &mut dydt);
        (integration.y, integration.dydt) = (y, dydt);
        shown
    }

    /// Computes what [`Simulation::show`] left.
    pub(super) fn complete(&mut self, integration: &mut Integration) -> Result<(), RunError> {
        if integration.complete {
            return Ok(());
        }
        let (t_ms, dt_ms) = (self.values.t_ms, self.values.dt_ms);
        let shown = self.show_all(integration);
        (self.values.t_ms, self.values.dt_ms) = (t_ms, dt_ms);
        shown
    }

    /// Something looks at more than states from the present advance on.
    pub(in super::super) fn observe_from_now_on(&mut self) {
        if let Some(step) = &mut self.variable_step {
            step.integrations.iter_mut().for_each(|i| i.observed = true);
        }
    }

    /// Whether the caller looks at nothing but states between the advances to come; else the model is
    /// complete after each.
    pub(crate) fn defer_completion(&mut self, on: bool) {
        if let Some(step) = &mut self.variable_step {
            step.deferred = on;
        }
    }

    /// Has the caller look at nothing but these variables after the advances to come. If they are
    /// states, steps of variable length are spared an evaluation each.
    pub fn look_only_at(&mut self, variables: &[VariableHandle]) {
        let follow_states = |integration: &Integration| {
            let mut each = variables.iter();
            each.all(|&variable| self.follows_states(&integration.equations, variable))
        };
        let step = self.variable_step.as_ref();
        let states = step.is_some_and(|step| step.integrations.iter().all(follow_states));
        self.defer_completion(states);
    }

    /// After an advance that left it: what is not a state has its value.
    pub(crate) fn complete_advance(&mut self) -> Result<(), RunError> {
        let Some(mut step) = self.variable_step.take() else {
            return Ok(());
        };
        let integrations = &mut step.integrations;
        let complete = integrations.iter_mut().try_for_each(|i| self.complete(i));
        self.variable_step = Some(step);
        complete
    }

    /// Computes what follows from the states that the model has, as NEURON does where variable steps are
    /// switched on: INITIAL may read what DERIVATIVE assigns. A model that is not initialized yet may
    /// fail here, which says nothing of what it does later, and what then is not finite is as it was.
    pub(crate) fn compute_present(&mut self) {
        if self.model.hooks.get(Hook::Scattered).is_some() {
            return;
        }
        let Some(mut step) = self.variable_step.take() else {
            return;
        };
        let (t_ms, dt_ms) = (self.values.t_ms, self.values.dt_ms);
        // Tables are made where the initialization makes them.
        let switched = self.do_without_unmade_tables();
        let data: Vec<Vec<f64>> = self.blocks.iter().map(|b| b.data.to_vec()).collect();
        let globals: Vec<Vec<f64>> = self.shared.iter().map(|s| s.globals.to_vec()).collect();
        let currents: Vec<Vec<f64>> = self.ions.iter().map(|ion| ion.cur.to_vec()).collect();
        for integration in &mut step.integrations {
            if integration.equations.is_dae {
                continue;
            }
            let evaluations = integration.statistics.evaluations;
            let mut y = vec![0.0; integration.equations.count];
            let mut dydt = y.clone();
            integration.equations.gather(self, &mut y);
            let _ = self.evaluate(integration, t_ms, &y, &mut dydt);
            integration.statistics.evaluations = evaluations;
        }
        for (block, before) in self.blocks.iter_mut().zip(&data) {
            keep_finite(&mut block.data, before);
        }
        for (shared, before) in self.shared.iter_mut().zip(&globals) {
            keep_finite(&mut shared.globals, before);
        }
        for (ion, before) in self.ions.iter_mut().zip(&currents) {
            keep_finite(&mut ion.cur, before);
        }
        self.use_tables_again(switched);
        (self.values.t_ms, self.values.dt_ms) = (t_ms, dt_ms);
        self.variable_step = Some(step);
    }

    /// Whether something looks at more than states after each step.
    pub(super) fn is_observed(&self, integration: &Integration) -> bool {
        let recorded = self.model.recordings.iter().zip(&self.recorded);
        let mut recorded = recorded.filter_map(|(recording, variable)| {
            let recording = recording.as_ref()?;
            matches!(recording.sampling, Sampling::EveryStep).then_some((*variable)?)
        });
        let follows_states = |variable| self.follows_states(&integration.equations, variable);
        let has_blocks = |&block: &usize| {
            let mechanism = self.blocks[block].mechanism;
            let kernels = self.shared[mechanism].compiled.kernels();
            kernels.before_breakpoint.is_some()
                || kernels.after_solve.is_some()
                || kernels.before_step.is_some()
        };
        integration.own.is_some()
            || self.outer.is_some()
            || self.membrane.is_some()
            || !self.watches.is_empty()
            || self.machines_look()
            || self.plays_continuously()
            || self.transfers()
            || self.model.hooks.get(Hook::Scattered).is_some()
            || !integration.equations.called_at_steps.is_empty()
            || !recorded.all(follows_states)
            || !self.watched.iter().all(|w| follows_states(w.variable))
            || integration.order.iter().any(has_blocks)
    }
}

/// Puts back what is not finite any more.
fn keep_finite(values: &mut [f64], before: &[f64]) {
    for (value, &before) in values.iter_mut().zip(before) {
        if !value.is_finite() && before.is_finite() {
            *value = before;
        }
    }
}

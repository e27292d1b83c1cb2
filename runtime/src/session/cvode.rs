//! What NEURON's `CVode` object is set to: tolerances and choices of the integrators.

use std::collections::BTreeMap;

use super::{Reference, Session, SessionError};
use crate::circuit::extracellular;
use crate::model::Place;
use crate::simulation::{CallbackId, Progress, Simulation, StateName};

/// Settings of `CVode`, with NEURON's defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct CvodeSettings {
    /// Steps are of variable length.
    pub active: bool,
    /// Each cell has its own steps.
    pub local: bool,
    /// Relative tolerance.
    pub rtol: f64,
    /// Absolute tolerance; the scale of each state multiplies it.
    pub atol: f64,
    /// Scales of the absolute tolerance, by names of states as `v`, `m_hh`, `ExpSyn.g`.
    pub scales: BTreeMap<String, f64>,
    /// Shortest step in ms.
    pub minstep_ms: f64,
    /// Longest step in ms.
    pub maxstep_ms: f64,
    /// Highest order of the method; what the method allows for 0, and for `None`.
    pub maxorder: Option<u32>,
    /// 0 Adams, 1 and 2 backward differentiation.
    pub stiff: u32,
    /// 0 the tree and the mechanisms' own, 1 dense, 2 diagonal.
    pub jacobian: u32,
    /// 1 thresholds at the ends of steps, 2 by interpolation.
    pub condition_order: u32,
    /// Which queue of events is used; set by [`Session::queue_mode`].
    pub queue_mode: u32,
    /// Steps of variable length are IDA's.
    pub use_daspk: bool,
    /// All equations are solved as one sparse matrix, also where the tree suffices.
    pub use_mxb: bool,
    /// Step in ms for the initialization of differential-algebraic systems.
    pub dae_init_dteps_ms: f64,
    /// Which heuristic initializes them, and what happens where it fails: NEURON's number.
    pub dae_init_style: u32,
    /// Sums over the states are accumulated with twice the digits, so that results do not depend on the
    /// order of what is added.
    pub use_long_double: bool,
}

impl Default for CvodeSettings {
    fn default() -> Self {
        Self {
            active: false,
            local: false,
            scales: BTreeMap::new(),
            rtol: 0.0,
            atol: 1e-3,
            minstep_ms: 0.0,
            maxstep_ms: 1e9,
            maxorder: None,
            stiff: 2,
            jacobian: 0,
            condition_order: 1,
            queue_mode: 0,
            use_daspk: false,
            use_mxb: false,
            dae_init_dteps_ms: 1e-9,
            dae_init_style: 0,
            use_long_double: false,
        }
    }
}

impl CvodeSettings {
    /// The highest order that steps have: 5 for backward differentiation, 12 for Adams' method, or
    /// less if `maxorder` says so.
    pub fn highest_order(&self) -> u32 {
        let most = if self.stiff == 0 { 12 } else { 5 };
        match self.maxorder {
            None | Some(0) => most,
            Some(order) => order.min(most),
        }
    }
}

impl Session {
    /// Switches between steps of fixed and of variable length.
    ///
    /// # Errors
    ///
    /// A mechanism of the model that cannot be integrated; steps are then as before.
    pub fn set_variable_step(&mut self, on: bool) -> Result<(), SessionError> {
        let before = std::mem::replace(&mut self.cvode.active, on);
        if on
            && !self.in_turn()
            && self.structure().sections().next().is_some()
            && let Err(error) = self.simulation().map(Simulation::compute_present)
        {
            self.cvode.active = before;
            return Err(error);
        }
        Ok(())
    }

    /// True if the integrator can begin where the model is: there is one, and no run waits.
    pub fn may_begin(&self) -> bool {
        !self.in_turn() && !self.is_waiting() && self.structure().sections().next().is_some()
    }

    /// The integrator begins at t with the states that the model has (`CVode.re_init`). Nothing
    /// happens with steps of fixed length.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out; a kernel that fails.
    pub fn reinitialize_integrator(&mut self) -> Result<Progress, SessionError> {
        if self.cvode.active {
            return Ok(self.simulation()?.reinitialize_integrator()?);
        }
        Ok(Progress::Done)
    }

    /// One step of fixed length, whatever steps are made otherwise (NEURON's `CVode.fixed_step`).
    ///
    /// # Errors
    ///
    /// As [`Session::advance`].
    pub fn fixed_step(&mut self) -> Result<Progress, SessionError> {
        loop {
            match self.simulation()?.fixed_step()? {
                Progress::Call(CallbackId::STOP) => {}
                other => return Ok(other),
            }
        }
    }

    /// The name for tolerances of the states that a variable is one of, as `v`, `m_hh` or
    /// `ExpSyn.g`; `None` if it can be none.
    pub fn state_name_of(&mut self, variable: &Reference) -> Option<String> {
        let (place, name) = variable.variable()?;
        let base = match place {
            Place::Model => return None,
            Place::Segment { .. } => name.to_owned(),
            Place::Point(point) => {
                let model = self.structure();
                let mechanism = model.point_mechanism(point).ok()?;
                format!("{}.{name}", model.mechanism(mechanism).ok()?.name)
            }
        };
        let base = base.split('[').next()?.to_owned();
        self.is_state_name(&base).then_some(base)
    }

    /// Switches between one integrator for the whole model and one for each cell.
    ///
    /// # Errors
    ///
    /// A model that cannot be integrated cell by cell; the method is then as before.
    pub fn set_local_step(&mut self, on: bool) -> Result<(), SessionError> {
        // Equations of the whole model have one step.
        let on = on && self.model_type() != 2;
        let before = std::mem::replace(&mut self.cvode.local, on);
        if on && self.cvode.use_daspk {
            self.cvode.use_daspk = false;
            self.cvode.use_mxb = false;
        }
        if self.cvode.active
            && !self.in_turn()
            && self.structure().sections().next().is_some()
            && let Err(error) = self.simulation().map(Simulation::compute_present)
        {
            self.cvode.local = before;
            return Err(error);
        }
        Ok(())
    }

    /// 0 for a model without sections, 1 for one whose equations are a tree of ordinary differential
    /// equations, 2 for one with extracellular or a LinearMechanism.
    fn model_type(&self) -> u32 {
        let model = self.structure();
        let layers = |id| model.inserted(id, extracellular::NAME).is_some();
        match model.sections().next() {
            _ if model.has_any_linear() => 2,
            None => 0,
            Some(_) if model.sections().any(layers) => 2,
            Some(_) => 1,
        }
    }

    /// Settles for which matrix the model is laid out: what has no tree needs the general one, CVODE
    /// the tree.
    pub(super) fn choose_matrix(&mut self) {
        let laid_out = matches!(self.engine, super::Engine::Simulation(_));
        let known = self.structure();
        if laid_out
            && known.variable_step == self.cvode.active
            && known.general_matrix == self.general_matrix()
        {
            return;
        }
        if self.model_type() == 2 {
            self.cvode.use_mxb = true;
            if self.cvode.active {
                // These are differential-algebraic equations, of the whole model.
                self.cvode.use_daspk = true;
                self.cvode.local = false;
            }
        }
        let general = self.general_matrix();
        if self.structure().general_matrix != general {
            self.model().general_matrix = general;
        }
    }

    /// True if all equations are to be solved as one sparse matrix. CVODE has the tree alone,
    /// IDA has no tree.
    fn general_matrix(&self) -> bool {
        if self.cvode.active {
            self.cvode.use_daspk
        } else {
            self.cvode.use_mxb
        }
    }

    /// Has all equations of a step solved as one sparse matrix, or by the tree where it suffices
    /// (NEURON's `use_mxb`). Returns which it will be.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn use_general_matrix(&mut self, on: bool) -> Result<bool, SessionError> {
        // IDA has no tree.
        self.cvode.use_mxb = on || self.cvode.active && self.cvode.use_daspk;
        if self.structure().sections().next().is_some() {
            self.simulation()?;
        }
        Ok(self.cvode.use_mxb)
    }

    /// Has steps of variable length made by IDA, which has no local steps, or by CVODE where it can
    /// (NEURON's `use_daspk`). Returns which it will be.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn use_ida(&mut self, on: bool) -> Result<bool, SessionError> {
        let on = on || self.model_type() == 2;
        if self.cvode.use_daspk != on {
            self.cvode.use_daspk = on;
            self.cvode.use_mxb = on;
        }
        if self.cvode.use_daspk {
            self.cvode.local = false;
        }
        if self.cvode.active && self.structure().sections().next().is_some() {
            self.simulation()?;
        }
        Ok(self.cvode.use_daspk)
    }

    /// NEURON's number of the method: 1 for a model with sections, 2 for one with extracellular, 0
    /// without; plus 10 if all equations are solved as one sparse matrix; plus 100 times
    /// `secondorder`, or 300 for CVODE and 400 for IDA; plus 1000 if each cell has its own steps.
    pub fn current_method(&self) -> u32 {
        let method = match self.cvode.active {
            true if self.cvode.use_daspk => 4,
            true if self.cvode.local => 13,
            true => 3,
            false => self
                .get(Place::Model, "secondorder")
                .map_or(0, |order| order as u32),
        };
        self.model_type() + 10 * u32::from(self.general_matrix()) + 100 * method
    }

    /// The scale that a mechanism declares for its state (`<tolerance>`), by its name as `m_hh`.
    pub fn declared_tolerance(&self, name: &str) -> Option<f64> {
        self.structure().mechanisms.iter().find_map(|registered| {
            let description = registered.description();
            let of_this = |v: &&nmodl::mechanism::Variable| {
                name == format!("{}_{}", v.name, description.name)
                    || name == format!("{}.{}", description.name, v.name)
            };
            description.variables.iter().find(of_this)?.tolerance
        })
    }

    /// The name of a state with its place, as `soma.m_hh(0.5)` or `ExpSyn[0].g`.
    pub fn describe_state(&self, state: &StateName) -> String {
        if let Place::Point(point) = state.place {
            let label = self.structure().point_label(point);
            return format!("{label}.{}", state.name);
        }
        let place = self.describe(state.place);
        match place.split_once('(') {
            Some((section, x)) => format!("{section}.{}({x}", state.name),
            None => format!("{place}.{}", state.name),
        }
    }
}

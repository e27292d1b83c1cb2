//! One integrator: its steps, its way back to an event, its new beginnings.

use std::ops::Range;
use std::sync::Arc;

use crate::error::{ModelError, RunError};
use crate::kernel::AtTimes;
use crate::session::CvodeSettings;
use crate::sundials::{Fault, Integrator, LinearSolver, Method, Solver, Tolerances};

use super::super::{Hook, Simulation};
use super::dae::Parasitic;
use super::equations::Equations;
use super::fault::{Suspect, cannot_begin};
use super::local::Own;
use super::query::Statistics;
use super::same_time_ms;
use super::shares::Share;
use super::system::Running;
use super::threshold::Crossing;

/// How far ahead a step may look for times of at_time, in ms.
pub(super) const FAR_MS: f64 = 1e5;

/// dt where no step has been made yet, in ms.
const SMALL_DT_MS: f64 = 1e-8;

/// Steps in a row that may leave t as it is to the last bit. Some models cross a pole of their rates in
/// thousands of them (a time constant that changes its sign with v); NEURON has no limit.
const MOST_STUCK: u32 = 20_000;

/// An integrator, what it integrates and where it is.
#[derive(Debug)]
pub(super) struct Integration {
    pub settings: Arc<CvodeSettings>,
    /// Parts of the model, and which of the equations are theirs.
    pub parts: Range<usize>,
    pub shares: Vec<Share>,
    /// Instances of different parts do not see each other within an evaluation.
    pub separable: bool,
    /// Groups of cells with their nodes.
    pub groups: Range<usize>,
    pub nodes: Range<usize>,
    /// What follows the steps of this integration, if that is not all that there is.
    pub own: Option<Own>,
    /// Blocks of density mechanisms and point processes, in the order of computation.
    pub order: Vec<usize>,
    pub equations: Equations,
    /// See [`super::dae`].
    pub parasitic: Option<Parasitic>,
    /// None before the first initialization, and without states.
    pub integrator: Option<Solver>,
    /// Present values of the states.
    pub y: Vec<f64>,
    /// Their derivatives.
    pub dydt: Vec<f64>,
    /// Time of the present values.
    pub t_ms: f64,
    /// The last step.
    pub from_ms: f64,
    pub to_ms: f64,
    /// Steps do not go beyond it: the next time that a mechanism named with at_time.
    pub stop_ms: f64,
    /// Something looks at more than states after each step.
    pub observed: bool,
    /// The model has all that follows from the present values, not the states alone.
    pub complete: bool,
    /// The integrator has to begin anew before the next step.
    pub initialize: bool,
    /// It was made or set to something else since it began, which no advance ends at.
    pub made_anew: bool,
    /// The last step may be interpolated.
    pub can_retreat: bool,
    /// Order of the last step.
    pub last_order: u32,
    /// Where a derivative was not finite last.
    pub suspect: Option<Suspect>,
    /// Steps in a row that did not change t.
    stuck: u32,
    /// γ for which `diagonal` holds.
    pub gamma_ms: f64,
    /// Capacitances and couplings on the diagonal of the tree's equations.
    pub diagonal: Vec<f64>,
    /// ∂i/∂v of each node, as the currents were computed last.
    pub conductance: Vec<f64>,
    pub crossings: Vec<Crossing>,
    /// The largest magnitudes of each state and of its error, if they are measured.
    pub magnitudes: Option<[Vec<f64>; 2]>,
    pub statistics: Statistics,
}

impl Integration {
    /// Of some parts of the model and the blocks that are in them.
    pub fn new(
        simulation: &Simulation,
        settings: Arc<CvodeSettings>,
        parts: Range<usize>,
        order: Vec<usize>,
    ) -> Result<Self, ModelError> {
        let (groups, nodes) = match simulation.parts.get(parts.clone()) {
            Some([first, .., last]) => (
                first.groups.start..last.groups.end,
                first.nodes.start..last.nodes.end,
            ),
            Some([only]) => (only.groups.clone(), only.nodes.clone()),
            _ => (0..0, 0..0),
        };
        let equations = Equations::new(simulation, nodes.clone(), &order, settings.use_daspk)?;
        let t_ms = simulation.values.t_ms;
        let separable = |&block: &usize| {
            let compiled = &simulation.shared[simulation.blocks[block].mechanism].compiled;
            let ode = compiled.ode().ok().flatten();
            ode.is_none_or(nmodl::mechanism::Ode::is_separable)
        };
        Ok(Self {
            settings,
            shares: Share::of_parts(simulation, &equations, &order, parts.clone()),
            parts,
            separable: simulation.separable && order.iter().all(separable),
            own: None,
            groups,
            order,
            integrator: None,
            parasitic: None,
            y: vec![0.0; equations.count],
            dydt: vec![0.0; equations.count],
            last_order: u32::from(!equations.is_dae),
            equations,
            t_ms,
            from_ms: t_ms,
            to_ms: t_ms,
            stop_ms: f64::INFINITY,
            observed: true,
            complete: true,
            initialize: true,
            made_anew: true,
            can_retreat: false,
            suspect: None,
            stuck: 0,
            gamma_ms: f64::NAN,
            diagonal: vec![0.0; nodes.len()],
            conductance: vec![0.0; nodes.len()],
            nodes,
            crossings: Vec::new(),
            magnitudes: None,
            statistics: Statistics::default(),
        })
    }

    /// Notes the magnitudes of the present states and of the errors of the step to them.
    pub(super) fn measure(&mut self, errors: Option<&[f64]>) {
        let Some([states, of_errors]) = &mut self.magnitudes else {
            return;
        };
        let raise = |largest: &mut [f64], values: &[f64]| {
            for (largest, value) in largest.iter_mut().zip(values) {
                *largest = largest.max(value.abs());
            }
        };
        raise(states, &self.y);
        if let Some(errors) = errors {
            raise(of_errors, errors);
        }
    }

    pub fn own_mut(&mut self) -> &mut Own {
        self.own.get_or_insert_default()
    }

    /// What an evaluation at a time has as dt: how far it is ahead of the last step's end, or that
    /// step itself.
    pub fn dt_at(&self, t_ms: f64) -> f64 {
        let last_ms = self.to_ms - self.from_ms;
        let h = t_ms - self.to_ms;
        match (h > 0.0, last_ms > 0.0) {
            (true, _) => h,
            (false, true) => last_ms,
            (false, false) => SMALL_DT_MS,
        }
    }

    /// A step of the integrator, which `step` makes, with what it says of itself.
    pub(super) fn step_with(
        &mut self,
        step: impl FnOnce(&mut Self, &mut Solver, f64) -> Result<f64, Fault>,
    ) -> Result<(), Fault> {
        let Some(mut integrator) = self.integrator.take() else {
            return Ok(());
        };
        let (from_ms, stop_ms) = (self.t_ms, self.stop_ms);
        let failures = integrator.failures();
        let made = step(self, &mut integrator, stop_ms);
        let (error_test, convergence) = integrator.failures();
        self.statistics.error_failures += error_test - failures.0;
        self.statistics.convergence_failures += convergence - failures.1;
        if self.y.len() != integrator.values().len() {
            // The caller kept the model in its turn, and took away what asked for turns.
            return Err(Fault::System(RunError::GivenUp));
        }
        if let Ok(t_ms) = made {
            self.t_ms = t_ms;
            self.to_ms = integrator.time().max(t_ms);
            self.from_ms = self.to_ms - integrator.last_step();
            self.can_retreat = true;
            self.y.copy_from_slice(integrator.values());
            if let Some(rates) = integrator.rates() {
                self.dydt.copy_from_slice(rates);
            }
            if self.magnitudes.is_some() {
                let errors = integrator.local_errors();
                self.measure(Some(&errors));
            }
        }
        self.statistics.setups += integrator.take_setups();
        let moved = self.t_ms > from_ms;
        self.stuck = if moved { 0 } else { self.stuck + 1 };
        let made = match (made, integrator.take_error()) {
            (Ok(_), error) if self.stuck > MOST_STUCK || !moved && error.is_some() => Err(error
                .map_or_else(
                    || Fault::Solver("steps are too short to change t".to_owned()),
                    Fault::System,
                )),
            (made, _) => made.map(|_| ()),
        };
        self.last_order = integrator.order();
        self.integrator = Some(integrator);
        made
    }

    /// What is said of the order before the first step, as in NEURON: 1 of CVODE, 0 of IDA.
    fn first_order(&self) -> u32 {
        u32::from(!self.equations.is_dae)
    }

    /// An initialization begins: what the integrator knows is void.
    pub fn forget(&mut self) {
        (self.t_ms, self.from_ms, self.to_ms) = (0.0, 0.0, 0.0);
        self.initialize = true;
        self.can_retreat = false;
        self.last_order = self.first_order();
        self.complete = true;
        self.crossings.clear();
        if let Some(own) = &mut self.own {
            own.recording = false;
        }
    }
}

impl Simulation {
    /// A step of the integrator, or a new beginning behind a time of at_time.
    pub(super) fn make_step(&mut self, integration: &mut Integration) -> Result<(), RunError> {
        if integration.t_ms >= integration.stop_ms - same_time_ms(integration.t_ms) {
            let behind_ms = integration.stop_ms + 1.5 * same_time_ms(integration.stop_ms);
            integration.statistics.initializations_at_times += 1;
            return self.begin_integration(integration, behind_ms);
        }
        integration.statistics.steps += 1;
        self.update_tables()?;
        for i in 0..integration.equations.called_at_steps.len() {
            let block = integration.equations.called_at_steps[i];
            self.run_block(block, |kernels| kernels.state)?;
        }
        if integration.integrator.is_none() {
            // It could not begin, and the caller goes on nevertheless.
            return match integration.equations.count {
                0 => Ok(()),
                _ => self.begin_integration(integration, integration.t_ms),
            };
        }
        let from_ms = integration.t_ms;
        let made = integration.step_with(|integration, integrator, stop_ms| {
            let mut system = Running {
                simulation: self,
                integration,
            };
            integrator.step(&mut system, stop_ms)
        });
        self.step_made(integration, from_ms, made)?;
        self.show(integration)
    }

    /// What is said of a step that was made, or was not.
    pub(super) fn step_made(
        &mut self,
        integration: &mut Integration,
        from_ms: f64,
        made: Result<(), Fault>,
    ) -> Result<(), RunError> {
        match (made, integration.integrator.take()) {
            (Ok(()), integrator) => integration.integrator = integrator,
            (Err(Fault::System(error)), integrator) => {
                integration.integrator = integrator;
                return Err(error);
            }
            (Err(fault), Some(mut integrator)) => {
                let error = self.fault(integration, &mut integrator, from_ms, fault);
                integration.integrator = Some(integrator);
                return Err(error);
            }
            (Err(Fault::Solver(_)), None) => return Err(RunError::GivenUp),
        }
        let (to_ms, stop_ms) = (integration.t_ms, integration.stop_ms);
        let order = integration.last_order;
        self.trace_step(|| {
            format!("step of order {order} from t={from_ms} to {to_ms} (not beyond {stop_ms})")
        });
        Ok(())
    }

    /// Back, or within roundoff forward, to a time within the last step.
    pub(super) fn interpolate(
        &mut self,
        integration: &mut Integration,
        t_ms: f64,
    ) -> Result<(), RunError> {
        let near = (t_ms - integration.t_ms).abs() <= same_time_ms(integration.t_ms);
        // Where the integrator has just begun there is no step to go back into; the event is one
        // that a time of at_time has overtaken by roundoff.
        let overtaken = !integration.can_retreat && integration.equations.count > 0;
        if near || overtaken || integration.equations.count == 0 {
            if !overtaken {
                integration.t_ms = t_ms;
            }
            self.values.t_ms = t_ms;
            return Ok(());
        }
        integration.statistics.interpolations += 1;
        let t_ms = t_ms.clamp(integration.from_ms, integration.to_ms);
        let before_ms = integration.t_ms;
        self.trace_step(|| format!("interpolation from t={before_ms} to {t_ms}"));
        if let Some(mut integrator) = integration.integrator.take() {
            let found = integrator.interpolate(t_ms);
            integration.y.copy_from_slice(integrator.values());
            if let Some(rates) = integrator.rates() {
                integration.dydt.copy_from_slice(rates);
            }
            let found =
                found.map_err(|fault| self.fault(integration, &mut integrator, t_ms, fault));
            integration.integrator = Some(integrator);
            found?;
        }
        integration.t_ms = t_ms;
        self.show(integration)
    }

    /// The integrator begins with the states that the model has.
    pub(super) fn begin_integration(
        &mut self,
        integration: &mut Integration,
        t_ms: f64,
    ) -> Result<(), RunError> {
        integration.statistics.initializations += 1;
        (integration.t_ms, integration.from_ms, integration.to_ms) = (t_ms, t_ms, t_ms);
        (integration.initialize, integration.made_anew) = (false, false);
        integration.can_retreat = false;
        integration.last_order = integration.first_order();
        self.update_tables()?;
        self.turn(integration, Hook::Gathering)?;
        if integration.equations.is_dae && integration.equations.count > 0 {
            return self.begin_dae(integration, t_ms);
        }
        let mut y = std::mem::take(&mut integration.y);
        integration.equations.gather(self, &mut y);
        integration.y = y;
        self.services.at_times = AtTimes::Beginning {
            t_ms,
            next_ms: t_ms + FAR_MS,
        };
        let shown = self.show_all(integration);
        let begun = std::mem::replace(&mut self.services.at_times, AtTimes::Integrating);
        shown?;
        if let AtTimes::Beginning { next_ms, .. } = begun {
            integration.stop_ms = next_ms - same_time_ms(next_ms);
        }
        if integration.equations.count == 0 {
            return Ok(());
        }
        // The model may have changed a state at a time of at_time.
        let mut y = std::mem::take(&mut integration.y);
        integration.equations.gather(self, &mut y);
        integration.y = y;
        integration.measure(None);
        let begun = match &mut integration.integrator {
            Some(Solver::Ode(integrator)) => integrator.reinitialize(t_ms, &integration.y),
            _ => {
                let settings = &integration.settings;
                let method = match (settings.stiff, settings.jacobian) {
                    (0, _) => Method::Adams,
                    (_, 1) => Method::Bdf(LinearSolver::Dense),
                    (_, 2) => Method::Bdf(LinearSolver::Diagonal),
                    _ => Method::Bdf(LinearSolver::System),
                };
                let absolute = self.absolute_tolerances(integration);
                let tolerances = Tolerances {
                    relative: settings.rtol,
                    absolute: &absolute,
                    max_order: settings.highest_order(),
                    min_step: settings.minstep_ms,
                    max_step: settings.maxstep_ms,
                    long_sums: settings.use_long_double,
                };
                Integrator::new(method, t_ms, &integration.y, tolerances)
                    .map(|new| integration.integrator = Some(Solver::Ode(new)))
            }
        };
        begun.map_err(|fault| cannot_begin(t_ms, fault))
    }
}

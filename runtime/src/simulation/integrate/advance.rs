//! Through time with variable steps, as NEURON's NetCvode and Cvode do it.
//!
//! An advance ends at the end of a step, at an event, or where the integrator begins anew. A step
//! that goes beyond the next event is interpolated there; an event that reaches a mechanism with a
//! membrane has the integrator begin anew. Recordings of every step take their points where steps
//! begin, and before the first event that changes something.

use crate::error::RunError;
use crate::kernel::AtTimes;
use crate::sundials::{Fault, Integrator, LinearSolver, Method, Tolerances};

use super::super::progress::Stage;
use super::super::{CallbackId, Progress, Simulation};
use super::system::Running;
use super::{VariableStep, same_time_ms};

/// How far ahead a step may look for times of at_time, in ms.
const FAR_MS: f64 = 1e5;

/// How far time goes where there is nothing to integrate and no event, in ms.
const IDLE_MS: f64 = 1e6;

/// Steps in a row that may leave t as it is to the last bit.
const MOST_STUCK: u32 = 100;

/// Stages of an advance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Advancing {
    Begin,
    /// To the next event, or a step.
    Next,
    /// Events up to this time.
    Deliver(f64),
    /// The caller's turns.
    Calls,
    /// Sources from this one on.
    Thresholds(usize),
    Step,
    /// Back to an event within the step, and on unless this is the end.
    End,
}

impl Simulation {
    /// One advance, or all to a time, where the states are interpolated. After
    /// [`Progress::Call`] the next call goes on.
    pub(crate) fn advance_variably(&mut self, until_ms: Option<f64>) -> Result<Progress, RunError> {
        match self.cursor.stage {
            Stage::Idle if self.initialized => {
                self.play_drawn()?;
                self.cursor.stage = Stage::Vary(Advancing::Begin);
                if let Some(step) = &mut self.variable_step {
                    step.until_ms = until_ms;
                }
            }
            Stage::Vary(_) => {}
            _ => {
                return Err(RunError::Order(
                    "the simulation has to be initialized before it can advance",
                ));
            }
        }
        self.proceed()
    }

    /// One stage of an advance, or the caller's turn.
    pub(in super::super) fn advance_stage(
        &mut self,
        stage: Advancing,
    ) -> Result<Option<CallbackId>, RunError> {
        use Advancing as S;
        let Some(mut step) = self.variable_step.take() else {
            self.cursor.stage = Stage::Idle;
            return Ok(None);
        };
        let t_ms = step.t_ms;
        let mut call = None;
        let next = match stage {
            S::Begin => {
                step.begin_ms = t_ms;
                step.initialized = false;
                step.ended = false;
                Ok(S::Next)
            }
            S::Next => match self.queue.next_time() {
                Some(time_ms) if time_ms <= t_ms => Ok(S::Deliver(time_ms)),
                _ if step.settings.condition_order == 1 => Ok(S::Thresholds(0)),
                _ => Ok(S::Step),
            },
            S::Deliver(until_ms) => {
                self.values.t_ms = t_ms;
                // What is delivered may have the integrator begin anew.
                self.variable_step = Some(step);
                let delivered = self.deliver_until(until_ms);
                let all = delivered?;
                self.cursor.stage = Stage::Vary(if all { S::Calls } else { stage });
                return Ok(None);
            }
            S::Calls => {
                self.values.t_ms = t_ms;
                call = self.cursor.at_end.pop_front();
                Ok(if call.is_some() { S::Calls } else { S::End })
            }
            S::Thresholds(first) => {
                self.values.t_ms = t_ms;
                let next = self.check_thresholds(first);
                if next < self.watched.len() {
                    Ok(S::Thresholds(next))
                } else {
                    self.check_watches().map(|()| {
                        let now = self.queue.next_time().is_some_and(|t| t <= t_ms);
                        if now { S::End } else { S::Step }
                    })
                }
            }
            S::Step => self.handle_step(&mut step).map(|()| S::End),
            S::End => {
                let next_ms = self.queue.next_time().unwrap_or(f64::INFINITY);
                let back = if next_ms < step.t_ms {
                    self.interpolate(&mut step, next_ms)
                } else {
                    Ok(())
                };
                back.and_then(|()| self.end_or_go_on(&mut step, next_ms))
            }
        };
        self.variable_step = Some(step);
        let next = next?;
        if next == S::Begin {
            self.cursor.stage = Stage::Idle;
        } else {
            self.cursor.stage = Stage::Vary(next);
        }
        Ok(call)
    }

    /// [`Advancing::Begin`] stands for the end.
    fn end_or_go_on(
        &mut self,
        step: &mut VariableStep,
        next_ms: f64,
    ) -> Result<Advancing, RunError> {
        let done = match step.until_ms {
            _ if step.ended => true,
            None => step.t_ms > step.begin_ms || step.initialized,
            Some(until_ms) => step.t_ms >= until_ms && next_ms >= until_ms,
        };
        if !done {
            return Ok(Advancing::Next);
        }
        if let Some(until_ms) = step.until_ms.filter(|_| !step.ended) {
            self.interpolate(step, until_ms)?;
            self.take_points()?;
        }
        if step.can_retreat {
            self.values.t_ms = step.t_ms;
        }
        let length = step.to_ms - step.from_ms;
        if length > 0.0 {
            self.values.dt_ms = length;
        }
        Ok(Advancing::Begin)
    }

    fn handle_step(&mut self, step: &mut VariableStep) -> Result<(), RunError> {
        let event_ms = self.queue.next_time().unwrap_or(f64::INFINITY);
        if step.equations.count == 0 {
            step.t_ms = match step.until_ms {
                _ if event_ms.is_finite() => event_ms,
                Some(until_ms) => until_ms,
                None => step.t_ms + IDLE_MS,
            };
            (step.from_ms, step.to_ms) = (step.t_ms, step.t_ms);
            self.values.t_ms = step.t_ms;
            return Ok(());
        }
        if step.initialize {
            self.begin_integration(step, step.t_ms)?;
            step.initialized = true;
        } else if event_ms <= step.to_ms {
            return self.interpolate(step, event_ms);
        } else if step.t_ms < step.to_ms {
            return self.interpolate(step, step.to_ms);
        } else {
            self.values.t_ms = step.t_ms;
            self.take_points()?;
            self.make_step(step)?;
        }
        self.find_crossings(step);
        Ok(())
    }

    /// BEFORE STEP, and a point of each recording of every step.
    pub(super) fn take_points(&mut self) -> Result<(), RunError> {
        self.run_blocks(|kernels| kernels.before_step)?;
        self.record_step();
        Ok(())
    }

    /// A step of the integrator, or a new beginning behind a time of at_time.
    fn make_step(&mut self, step: &mut VariableStep) -> Result<(), RunError> {
        if step.t_ms >= step.stop_ms - same_time_ms(step.t_ms) {
            let behind_ms = step.stop_ms + 1.5 * same_time_ms(step.stop_ms);
            step.statistics.initializations_at_times += 1;
            return self.begin_integration(step, behind_ms);
        }
        step.statistics.steps += 1;
        self.update_tables()?;
        for i in 0..step.equations.called_at_steps.len() {
            self.run_block(step.equations.called_at_steps[i], |kernels| kernels.state)?;
        }
        let Some(mut integrator) = step.integrator.take() else {
            return Ok(());
        };
        let (from_ms, stop_ms) = (step.t_ms, step.stop_ms);
        let mut system = Running {
            simulation: self,
            step,
        };
        let made = integrator.step(&mut system, stop_ms);
        if let Ok(t_ms) = made {
            step.t_ms = t_ms;
            step.to_ms = integrator.time().max(t_ms);
            step.from_ms = step.to_ms - integrator.last_step();
            step.can_retreat = true;
            step.y.copy_from_slice(integrator.values());
        }
        let moved = step.t_ms > from_ms;
        step.stuck = if moved { 0 } else { step.stuck + 1 };
        let made = match (made, integrator.take_error()) {
            (Ok(_), error) if step.stuck > MOST_STUCK || !moved && error.is_some() => Err(error
                .map_or_else(
                    || Fault::Solver("steps are too short to change t".to_owned()),
                    Fault::System,
                )),
            (made, _) => made,
        };
        let made = made.map_err(|fault| self.fault(step, &mut integrator, from_ms, fault));
        step.integrator = Some(integrator);
        made?;
        self.show(step)
    }

    /// The model at the integrator's time and values.
    fn show(&mut self, step: &mut VariableStep) -> Result<(), RunError> {
        let y = std::mem::take(&mut step.y);
        let mut dydt = std::mem::take(&mut step.dydt);
        let shown = self.evaluate(step, step.t_ms, &y, &mut dydt);
        (step.y, step.dydt) = (y, dydt);
        shown
    }

    /// Back, or within roundoff forward, to a time within the last step.
    pub(super) fn interpolate(
        &mut self,
        step: &mut VariableStep,
        t_ms: f64,
    ) -> Result<(), RunError> {
        let near = (t_ms - step.t_ms).abs() <= same_time_ms(step.t_ms);
        // Where the integrator has just begun there is no step to go back into; the event is one
        // that a time of at_time has overtaken by roundoff.
        let overtaken = !step.can_retreat && step.equations.count > 0;
        if near || overtaken || step.equations.count == 0 {
            if !overtaken {
                step.t_ms = t_ms;
            }
            self.values.t_ms = t_ms;
            return Ok(());
        }
        step.statistics.interpolations += 1;
        let t_ms = t_ms.clamp(step.from_ms, step.to_ms);
        if let Some(mut integrator) = step.integrator.take() {
            let found = integrator.interpolate(t_ms);
            step.y.copy_from_slice(integrator.values());
            let found = found.map_err(|fault| self.fault(step, &mut integrator, t_ms, fault));
            step.integrator = Some(integrator);
            found?;
        }
        step.t_ms = t_ms;
        self.show(step)
    }

    /// The integrator begins with the states that the model has.
    pub(super) fn begin_integration(
        &mut self,
        step: &mut VariableStep,
        t_ms: f64,
    ) -> Result<(), RunError> {
        step.statistics.initializations += 1;
        (step.t_ms, step.from_ms, step.to_ms) = (t_ms, t_ms, t_ms);
        step.initialize = false;
        step.can_retreat = false;
        self.update_tables()?;
        let mut y = std::mem::take(&mut step.y);
        step.equations.gather(self, &mut y);
        step.y = y;
        self.services.at_times = AtTimes::Beginning {
            t_ms,
            next_ms: t_ms + FAR_MS,
        };
        let shown = self.show(step);
        let begun = std::mem::replace(&mut self.services.at_times, AtTimes::Integrating);
        shown?;
        if let AtTimes::Beginning { next_ms, .. } = begun {
            step.stop_ms = next_ms - same_time_ms(next_ms);
        }
        if step.equations.count == 0 {
            return Ok(());
        }
        // The model may have changed a state at a time of at_time.
        let mut y = std::mem::take(&mut step.y);
        step.equations.gather(self, &mut y);
        step.y = y;
        let begun = match &mut step.integrator {
            Some(integrator) => integrator.reinitialize(t_ms, &step.y),
            None => {
                let settings = &step.settings;
                let method = match (settings.stiff, settings.jacobian) {
                    (0, _) => Method::Adams,
                    (_, 1) => Method::Bdf(LinearSolver::Dense),
                    _ => Method::Bdf(LinearSolver::System),
                };
                let absolute = self.absolute_tolerances(step);
                let tolerances = Tolerances {
                    relative: settings.rtol,
                    absolute: &absolute,
                    max_order: settings.maxorder,
                    min_step: settings.minstep_ms,
                    max_step: settings.maxstep_ms,
                };
                Integrator::new(method, t_ms, &step.y, tolerances)
                    .map(|new| step.integrator = Some(new))
            }
        };
        begun.map_err(|fault| match fault {
            Fault::System(error) => error,
            Fault::Solver(reason) => RunError::Integrator {
                time_ms: t_ms,
                place: "the model".to_owned(),
                state: "its states".to_owned(),
                reason,
            },
        })
    }

    #[cold]
    fn fault(
        &mut self,
        step: &VariableStep,
        integrator: &mut Integrator,
        time_ms: f64,
        fault: Fault,
    ) -> RunError {
        let reason = match fault {
            Fault::System(error) => return error,
            Fault::Solver(reason) => reason,
        };
        let errors = integrator.local_errors();
        let weights = integrator.error_weights();
        let weighted = errors.iter().zip(&weights).map(|(e, w)| (e * w).abs());
        let worst = weighted
            .enumerate()
            .filter(|(_, error)| !error.is_nan())
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let (place, state) = self.name_state(step, worst.map_or(0, |(i, _)| i));
        RunError::Integrator {
            time_ms,
            place,
            state,
            reason,
        }
    }

    /// An event reaches something that is integrated: the integrator begins anew before its next
    /// step.
    pub(in super::super) fn restart_integrator(&mut self) -> Result<(), RunError> {
        let Some(step) = &mut self.variable_step else {
            return Ok(());
        };
        if std::mem::replace(&mut step.initialize, true) {
            return Ok(());
        }
        self.take_points()
    }

    /// The integrator begins at t, with the states that the model has (`CVode.re_init`).
    ///
    /// # Errors
    ///
    /// A kernel that fails.
    pub fn reinitialize_integrator(&mut self) -> Result<(), RunError> {
        let Some(mut step) = self.variable_step.take() else {
            return Ok(());
        };
        step.statistics = Default::default();
        let dt_ms = self.values.dt_ms;
        let begun = self.begin_integration(&mut step, self.values.t_ms);
        self.values.dt_ms = dt_ms;
        self.find_crossings(&mut step);
        self.variable_step = Some(step);
        begun
    }

    /// An initialization begins: what the integrator knows is void.
    pub(in super::super) fn forget_integration(&mut self) {
        if let Some(step) = &mut self.variable_step {
            (step.t_ms, step.from_ms, step.to_ms) = (0.0, 0.0, 0.0);
            step.initialize = true;
            step.can_retreat = false;
            step.crossings.clear();
            self.services.at_times = AtTimes::Integrating;
        }
    }

    /// Ends the advance that waits for the caller, where it is; a point is recorded.
    pub(crate) fn end_advance(&mut self) -> Result<(), RunError> {
        if let Some(step) = &mut self.variable_step {
            step.ended = true;
            self.take_points()?;
        }
        Ok(())
    }
}

//! Through time with variable steps, as NEURON's NetCvode and Cvode do it.
//!
//! An advance ends at the end of a step, at an event, or where the integrator begins anew. A step
//! that goes beyond the next event is interpolated there; an event that reaches a mechanism with a
//! membrane has the integrator begin anew. Recordings of every step take their points where steps
//! begin, and before the first event that changes something.

use crate::error::RunError;
use crate::kernel::AtTimes;

use super::super::progress::{Stage, Stepping};
use super::super::{CallbackId, Progress, Simulation};
use super::integration::Integration;
use super::{Task, VariableStep};

/// How far time goes where there is nothing to integrate and no event, in ms.
const IDLE_MS: f64 = 1e6;

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

impl VariableStep {
    /// Where the advance goes on after events or a step.
    fn after_a_step(&self) -> Advancing {
        match &self.local {
            None => Advancing::End,
            Some(_) => Advancing::Next,
        }
    }
}

impl Simulation {
    /// One advance, or all to a time, where the states are interpolated. After
    /// [`Progress::Call`] the next call goes on, and after [`Progress::Paused`], which comes when
    /// `max_steps` steps were made.
    pub(crate) fn advance_variably(
        &mut self,
        until_ms: Option<f64>,
        max_steps: Option<usize>,
    ) -> Result<Progress, RunError> {
        self.cursor.budget = max_steps;
        self.perform(Task::Advance(until_ms))
    }

    pub(super) fn advance_here(&mut self, until_ms: Option<f64>) -> Result<Progress, RunError> {
        match self.cursor.stage {
            Stage::Idle if self.initialized => {
                self.play_drawn()?;
                self.cursor.stage = Stage::Vary(Advancing::Begin);
                self.cursor.until_ms = until_ms;
            }
            // Of a step by another method, nothing but the caller's turns is left.
            Stage::Vary(_) | Stage::Step(Stepping::Calls) => {}
            _ => {
                return Err(RunError::Order(
                    "the simulation has to be initialized before it can advance",
                ));
            }
        }
        if let Some(step) = &mut self.variable_step {
            // Also where the model was laid out anew in the caller's turn.
            step.until_ms = self.cursor.until_ms;
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
        let t_ms = match &step.local {
            None => step.present().t_ms,
            Some(local) => local.now_ms,
        };
        let mut call = None;
        let next = match stage {
            S::Begin => {
                step.begin_ms = t_ms;
                step.initialized = false;
                step.ended = false;
                for integration in &mut step.integrations {
                    integration.observed = self.is_observed(integration);
                }
                self.begin_of_cells(&mut step);
                // A time within the last step is gone back to.
                let next_ms = self.queue.next_time().unwrap_or(f64::INFINITY);
                let back = step
                    .until_ms
                    .is_some_and(|until_ms| t_ms >= until_ms && next_ms >= until_ms);
                let back = back && step.local.is_none();
                Ok(if back { S::End } else { S::Next })
            }
            S::Next if step.local.is_some() => self.next_of_cells(&mut step),
            S::Next => match self.queue.next_time() {
                Some(time_ms) if time_ms <= t_ms => Ok(S::Deliver(time_ms)),
                _ if step.settings.condition_order == 1 => Ok(S::Thresholds(0)),
                _ => Ok(S::Step),
            },
            S::Deliver(until_ms) => {
                self.values.t_ms = t_ms;
                let complete = self.complete(step.present_mut());
                // What is delivered may have the integrator begin anew.
                self.variable_step = Some(step);
                let delivered = complete.and_then(|()| self.deliver_until(until_ms));
                let all = delivered?;
                self.cursor.stage = Stage::Vary(if all { S::Calls } else { stage });
                return Ok(None);
            }
            S::Calls => {
                self.values.t_ms = t_ms;
                call = self.cursor.at_end.pop_front();
                match call {
                    Some(_) => self.complete(step.present_mut()).map(|()| S::Calls),
                    None => Ok(step.after_a_step()),
                }
            }
            S::Thresholds(first) => {
                self.values.t_ms = t_ms;
                let own = step.present().own.as_ref().map(|own| &own.watched[..]);
                let next = self.check_thresholds(first, own, step.seen_before());
                let all = own.map_or(self.watched.len(), <[u32]>::len);
                if next < all || !self.cursor.work.is_empty() {
                    self.complete(step.present_mut())
                        .map(|()| S::Thresholds(next))
                } else {
                    let cell = step.local.is_some().then_some(step.present);
                    self.check_watches(cell).map(|()| {
                        self.check_transitions(cell);
                        let now = self.queue.next_time().is_some_and(|t| t <= t_ms);
                        if now { step.after_a_step() } else { S::Step }
                    })
                }
            }
            S::Step => {
                let made = self.handle_step(&mut step);
                step.note_time(step.present);
                made.map(|()| step.after_a_step())
            }
            S::End if step.local.is_some() => self.end_of_cells(&mut step).map(|()| S::Begin),
            S::End => {
                let next_ms = self.queue.next_time().unwrap_or(f64::INFINITY);
                let back = if next_ms < t_ms {
                    self.interpolate(step.present_mut(), next_ms)
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

    /// After an advance of one integrator: [`Advancing::Begin`] stands for the end.
    fn end_or_go_on(
        &mut self,
        step: &mut VariableStep,
        next_ms: f64,
    ) -> Result<Advancing, RunError> {
        let integration = &mut step.integrations[step.present];
        let done = match step.until_ms {
            _ if step.ended => true,
            None => integration.t_ms > step.begin_ms || step.initialized,
            Some(until_ms) => integration.t_ms >= until_ms && next_ms >= until_ms,
        };
        if !done {
            return Ok(Advancing::Next);
        }
        if let Some(until_ms) = step.until_ms.filter(|_| !step.ended) {
            self.interpolate(integration, until_ms)?;
            self.take_points(integration)?;
        }
        if !step.deferred {
            self.complete(integration)?;
        }
        if integration.can_retreat {
            self.values.t_ms = integration.t_ms;
        }
        let length = integration.to_ms - integration.from_ms;
        if length > 0.0 {
            self.values.dt_ms = length;
        }
        Ok(Advancing::Begin)
    }

    fn handle_step(&mut self, step: &mut VariableStep) -> Result<(), RunError> {
        let local = step.local.is_some();
        let event_ms = match self.queue.next_time() {
            Some(time_ms) if !local => time_ms,
            _ => f64::INFINITY,
        };
        let cell = local.then_some(step.present);
        let ahead = step.take_ahead();
        let integration = &mut step.integrations[step.present];
        if let Some(ahead) = ahead {
            self.take_ahead(integration, ahead)?;
            return self.find_crossings(integration, cell);
        }
        if integration.equations.count == 0 && local {
            Self::skip(integration);
            return Ok(());
        }
        if integration.equations.count == 0 {
            integration.t_ms = match step.until_ms {
                _ if event_ms.is_finite() => event_ms,
                Some(until_ms) => until_ms,
                None => integration.t_ms + IDLE_MS,
            };
            (integration.from_ms, integration.to_ms) = (integration.t_ms, integration.t_ms);
            self.values.t_ms = integration.t_ms;
            return Ok(());
        }
        if integration.initialize {
            let made_anew = integration.made_anew;
            self.begin_integration(integration, integration.t_ms)?;
            step.initialized |= !made_anew;
        } else if event_ms <= integration.to_ms {
            return self.interpolate(integration, event_ms);
        } else if integration.t_ms < integration.to_ms {
            return self.interpolate(integration, integration.to_ms);
        } else {
            self.values.t_ms = integration.t_ms;
            self.take_points(integration)?;
            self.make_step(integration)?;
        }
        self.find_crossings(integration, cell)
    }

    /// BEFORE STEP, and a point of each recording of every step.
    pub(super) fn take_points(&mut self, integration: &mut Integration) -> Result<(), RunError> {
        if integration.own.is_some() {
            self.values.t_ms = integration.t_ms;
        }
        self.run_all_of(&integration.order, |kernels| kernels.before_step)?;
        match &mut integration.own {
            None => self.record_step(),
            Some(own) => {
                let first = !std::mem::replace(&mut own.recording, true);
                self.record_steps_of(Some(&own.recorded), first && self.first_points);
            }
        }
        Ok(())
    }

    /// The integrator begins at t, with the states that the model has (`CVode.re_init`).
    ///
    /// # Errors
    ///
    /// A kernel that fails.
    pub fn reinitialize_integrator(&mut self) -> Result<Progress, RunError> {
        self.perform(Task::Reinitialize)
    }

    pub(in super::super) fn reinitialize_here(&mut self) -> Result<(), RunError> {
        let Some(mut step) = self.variable_step.take() else {
            return Ok(());
        };
        let (t_ms, dt_ms) = (self.values.t_ms, self.values.dt_ms);
        let given = self.give_to_cells(&mut step);
        step.forget_ahead();
        let local = step.local.is_some();
        let cell = |number: usize| local.then_some(number);
        let begun = given.and_then(|()| {
            (0..step.integrations.len()).try_for_each(|number| {
                let integration = &mut step.integrations[number];
                integration.statistics = Default::default();
                let begun = self.begin_integration(integration, t_ms);
                let begun = begun.and_then(|()| self.find_crossings(integration, cell(number)));
                step.note_time(number);
                begun
            })
        });
        (self.values.t_ms, self.values.dt_ms) = (t_ms, dt_ms);
        self.variable_step = Some(step);
        begun
    }

    /// An initialization begins: what the integrator knows is void.
    pub(in super::super) fn forget_integration(&mut self) {
        if let Some(step) = &mut self.variable_step {
            step.forget_ahead();
            for number in 0..step.integrations.len() {
                step.integrations[number].forget();
                step.note_time(number);
            }
            self.services.at_times = AtTimes::Integrating;
        }
    }

    /// Ends the advance that waits for the caller, where it is; a point is recorded.
    ///
    /// Nothing happens in the caller's turn within an evaluation.
    pub(crate) fn end_advance(&mut self) -> Result<(), RunError> {
        if self.within.is_some() {
            return Ok(());
        }
        let Some(mut step) = self.variable_step.take() else {
            return Ok(());
        };
        step.ended = true;
        let mut all = step.integrations.iter_mut();
        let taken = all.try_for_each(|integration| self.take_points(integration));
        self.variable_step = Some(step);
        taken
    }
}

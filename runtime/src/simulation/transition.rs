//! State machines: NEURON's `StateTransitionEvent`.
//!
//! A machine is in one of its states. The conditions of the transitions from that state are looked at
//! where WATCH conditions are, and crossed as they are: at the beginnings of steps, or with
//! `condition_order` 2 where interpolation leads. A transition is an event: the integrator is at its
//! time and begins anew, the machine is in the new state, the caller has its turn, and then the
//! transitions from there are looked at.

use crate::error::RunError;
use crate::event::Event;
use crate::model::Seen;

use super::progress::Work;
use super::{CallbackId, Simulation, VariableHandle};

/// A difference that misses zero by so little when a state is entered counts as above (NEURON's
/// `float_epsilon`).
const EPSILON: f64 = 1e-11;

/// Variable and threshold of a transition; `None` if one of them is gone.
pub(super) type Condition = Option<(VariableHandle, VariableHandle)>;

impl Simulation {
    /// Finds the variables of the transitions that are new since the last time.
    pub(crate) fn find_transitions(&mut self) {
        self.conditions
            .resize_with(self.model.machines.len(), Vec::new);
        for number in 0..self.conditions.len() {
            let known = self.conditions[number].len();
            let machine = self.model.machines[number].as_ref();
            let new: Vec<_> = machine
                .into_iter()
                .flat_map(|machine| &machine.transitions[known..])
                .map(|transition| (transition.variable.clone(), transition.threshold.clone()))
                .collect();
            for (variable, threshold) in new {
                let variable = self.target(variable).ok();
                let threshold = self.target(threshold).ok();
                self.conditions[number].push(variable.zip(threshold));
            }
        }
    }

    /// Nothing is looked at until a state is set again.
    pub(super) fn deactivate_machines(&mut self) {
        for number in 0..self.model.machines.len() {
            self.deactivate(number);
        }
    }

    fn deactivate(&mut self, number: usize) {
        let Some(Some(machine)) = self.model.machines.get_mut(number) else {
            return;
        };
        machine.active = false;
        for transition in &mut machine.transitions {
            if let Some(sent) = transition.seen.sent.take() {
                self.queue.remove(sent);
            }
        }
    }

    /// Sets the state of a machine, from which on it is looked at.
    ///
    /// # Errors
    ///
    /// With a step for each cell, a machine of which it cannot be said in which cell it is.
    pub(crate) fn enter_state(&mut self, number: usize, state: usize) -> Result<(), RunError> {
        self.deactivate(number);
        if let Some(Some(machine)) = self.model.machines.get_mut(number) {
            machine.state = state;
        }
        self.activate(number)
    }

    /// Notes what is above already when a state is entered.
    pub(super) fn activate(&mut self, number: usize) -> Result<(), RunError> {
        self.deactivate(number);
        let t_ms = self.values.t_ms;
        for (at, value) in self.values_of(number) {
            if self.model.local_step && self.cell_of_transition(number, at).is_none() {
                return Err(RunError::Order(
                    "a StateTransitionEvent of a variable of no cell needs a point process where each cell has steps of its own",
                ));
            }
            if let Some(Some(machine)) = self.model.machines.get_mut(number) {
                machine.transitions[at].seen = Seen {
                    above: value >= -EPSILON,
                    last: (value, t_ms),
                    ..Seen::default()
                };
            }
        }
        if let Some(Some(machine)) = self.model.machines.get_mut(number) {
            machine.active = true;
        }
        self.observe_from_now_on();
        Ok(())
    }

    /// True if a machine's transitions are looked at.
    pub(super) fn machines_look(&self) -> bool {
        self.model.machines.iter().flatten().any(|m| m.active)
    }

    /// The transitions from a machine's state, with the present differences of variable and threshold.
    fn values_of(&self, number: usize) -> Vec<(usize, f64)> {
        let Some(Some(machine)) = self.model.machines.get(number) else {
            return Vec::new();
        };
        let conditions = machine.transitions.iter().zip(&self.conditions[number]);
        let conditions = conditions.enumerate();
        let value =
            |(at, (transition, condition)): (usize, (&crate::model::Transition, &Condition))| {
                let (variable, threshold) = (*condition)?;
                let here = transition.from == machine.state;
                here.then(|| (at, self.read(variable) - self.read(threshold)))
            };
        conditions.filter_map(value).collect()
    }

    /// The cell that a transition is looked at with, if cells have steps of their own.
    fn cell_of_transition(&self, number: usize, at: usize) -> Option<usize> {
        let machine = self.model.machines.get(number)?.as_ref()?;
        let place = machine.point.and_then(|point| self.points[point.index()]);
        match place {
            Some((block, _)) => self.cell_of_block(block as usize),
            None => {
                let (variable, threshold) = self.conditions[number][at]?;
                let of_variable = self.own_cell(Some(variable));
                of_variable.or_else(|| self.own_cell(Some(threshold)))
            }
        }
    }

    /// Looks at the transitions from the present states of all machines, or at those of one cell.
    pub(super) fn check_transitions(&mut self, cell: Option<usize>) {
        self.look_at_transitions(cell, |seen, value, t_ms| {
            let begins = value > 0.0 && !seen.above;
            seen.above = value > 0.0;
            begins.then_some(t_ms)
        });
    }

    /// The same by interpolation within the last step of an integration (`condition_order` 2).
    pub(super) fn cross_transitions(&mut self, cell: Option<usize>, begun_anew: bool) {
        self.look_at_transitions(cell, |seen, value, t_ms| {
            let (before, before_ms) = std::mem::replace(&mut seen.last, (value, t_ms));
            if !seen.above && value >= 0.0 {
                seen.above = true;
                let part = -before / (value - before);
                let crosses = !begun_anew && (0.0..=1.0).contains(&part);
                seen.rearm = if crosses { before } else { 0.0 };
                return Some(match crosses {
                    true => part * t_ms + (1.0 - part) * before_ms,
                    false => t_ms,
                });
            }
            if seen.above && before < seen.rearm && value < seen.rearm {
                seen.above = false;
            }
            None
        });
    }

    /// Sends an event where `begins` gives a time for a condition and its present value.
    fn look_at_transitions(
        &mut self,
        cell: Option<usize>,
        begins: impl Fn(&mut Seen, f64, f64) -> Option<f64>,
    ) {
        let t_ms = self.values.t_ms;
        for number in 0..self.model.machines.len() {
            if !matches!(&self.model.machines[number], Some(machine) if machine.active) {
                continue;
            }
            for (at, value) in self.values_of(number) {
                if cell.is_some() && self.cell_of_transition(number, at) != cell {
                    continue;
                }
                let Some(mut seen) = self.seen(number, at) else {
                    continue;
                };
                // An interpolated event that was not delivered: the step was given up.
                if let Some(event) = seen.sent.take()
                    && self.queue.remove(event)
                {
                    self.queue.statistics.crossings_abandoned += 1;
                    (seen.above, seen.rearm) = (false, 0.0);
                }
                if let Some(time_ms) = begins(&mut seen, value, t_ms) {
                    let event = Event::Transition {
                        machine: number as u32,
                        transition: at as u32,
                    };
                    self.queue.statistics.watches_sent += 1;
                    seen.sent = Some(self.enqueue(time_ms, event));
                }
                if let Some(Some(machine)) = self.model.machines.get_mut(number) {
                    machine.transitions[at].seen = seen;
                }
            }
        }
    }

    fn seen(&self, number: usize, at: usize) -> Option<Seen> {
        let machine = self.model.machines.get(number)?.as_ref()?;
        Some(machine.transitions.get(at)?.seen)
    }

    /// A transition that is due: the machine is in its new state, and the caller has its turn.
    pub(super) fn make_transition(
        &mut self,
        time_ms: f64,
        number: usize,
        at: usize,
    ) -> Result<(), RunError> {
        let Some(Some(machine)) = self.model.machines.get(number) else {
            return Ok(());
        };
        let Some(transition) = machine.transitions.get(at) else {
            return Ok(());
        };
        if !machine.active || machine.state != transition.from {
            return Ok(());
        }
        let (to, callback): (usize, Option<CallbackId>) = (transition.to, transition.callback);
        let cell = match self.model.local_step {
            true => self.cell_of_transition(number, at),
            false => None,
        };
        self.reach(cell, true)?;
        self.deactivate(number);
        if let Some(Some(machine)) = self.model.machines.get_mut(number) {
            machine.state = to;
        }
        let Some(callback) = callback else {
            return self.activate(number);
        };
        self.cursor.work.extend([
            Work::Call {
                callback,
                time_ms,
                value: 0.0,
            },
            Work::Enter {
                machine: number as u32,
                time_ms,
            },
        ]);
        Ok(())
    }
}

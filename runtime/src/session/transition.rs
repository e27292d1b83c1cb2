//! State machines of a session: NEURON's `StateTransitionEvent`.
//!
//! A machine is in one of its states. At the beginning of each step the transitions from that state
//! are looked at, in order; one whose first variable has risen above its second changes the state
//! and calls back.

use crate::simulation::CallbackId;

use super::{Reference, Session, SessionError};

/// A difference that misses zero by so little when a state is entered counts as above (NEURON's
/// `float_epsilon`).
const EPSILON: f64 = 1e-11;

/// A machine; the number is its place in the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MachineId(usize);

#[derive(Debug)]
struct Machine {
    states: usize,
    state: usize,
    /// Its transitions are looked at: from the first time that the state is set after an
    /// initialization.
    active: bool,
    transitions: Vec<Transition>,
}

/// A way from one state to another.
#[derive(Debug)]
struct Transition {
    from: usize,
    to: usize,
    variable: Reference,
    threshold: Reference,
    callback: Option<CallbackId>,
    above: bool,
}

/// All machines of a session.
#[derive(Debug, Default)]
pub(super) struct Machines {
    all: Vec<Option<Machine>>,
    /// A machine whose callback is under way: its new state begins after that.
    entering: Option<usize>,
    /// Where the look at the machines goes on.
    next: usize,
}

impl Machines {
    /// Nothing is looked at until a state is set again.
    pub fn deactivate(&mut self) {
        self.all.iter_mut().flatten().for_each(|m| m.active = false);
        self.entering = None;
        self.next = 0;
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl Session {
    /// Makes a machine with so many states, in state 0.
    pub fn add_machine(&mut self, states: usize) -> MachineId {
        self.machines.all.push(Some(Machine {
            states,
            state: 0,
            active: false,
            transitions: Vec::new(),
        }));
        MachineId(self.machines.all.len() - 1)
    }

    /// Removes a machine.
    pub fn remove_machine(&mut self, id: MachineId) {
        if let Some(machine) = self.machines.all.get_mut(id.0) {
            *machine = None;
        }
    }

    fn machine(&mut self, id: MachineId) -> Result<&mut Machine, SessionError> {
        let found = self.machines.all.get_mut(id.0).and_then(Option::as_mut);
        found.ok_or(SessionError::Reference {
            what: "a StateTransitionEvent",
            requirement: "one that exists",
        })
    }

    fn check_state(&mut self, id: MachineId, state: usize) -> Result<(), SessionError> {
        if state < self.machine(id)?.states {
            return Ok(());
        }
        Err(SessionError::Argument {
            name: "the state of a StateTransitionEvent",
            value: state as f64,
            requirement: "below the number of its states",
        })
    }

    /// Adds a transition: when `variable` rises above `threshold` in state `from`, the machine goes
    /// to state `to` and calls back.
    ///
    /// # Errors
    ///
    /// States that the machine has not.
    pub fn add_transition(
        &mut self,
        id: MachineId,
        (from, to): (usize, usize),
        variable: Reference,
        threshold: Reference,
        callback: Option<CallbackId>,
    ) -> Result<(), SessionError> {
        self.check_state(id, from)?;
        self.check_state(id, to)?;
        self.machine(id)?.transitions.push(Transition {
            from,
            to,
            variable,
            threshold,
            callback,
            above: false,
        });
        Ok(())
    }

    /// The state that a machine is in.
    ///
    /// # Errors
    ///
    /// A machine that does not exist.
    pub fn machine_state(&mut self, id: MachineId) -> Result<usize, SessionError> {
        Ok(self.machine(id)?.state)
    }

    /// Sets the state of a machine, from which on it is looked at.
    ///
    /// # Errors
    ///
    /// A state that it has not; variables that do not exist any more.
    pub fn enter_state(&mut self, id: MachineId, state: usize) -> Result<(), SessionError> {
        self.check_state(id, state)?;
        self.machine(id)?.state = state;
        self.activate(id.0)
    }

    /// Notes what is above already when a state is entered.
    fn activate(&mut self, number: usize) -> Result<(), SessionError> {
        self.each_transition(number, |transition, difference| {
            transition.above = difference >= -EPSILON;
            false
        })?;
        if let Some(Some(machine)) = self.machines.all.get_mut(number) {
            machine.active = true;
        }
        Ok(())
    }

    /// Looks at the transitions from the state of a machine until `found`; the first such.
    fn each_transition(
        &mut self,
        number: usize,
        mut found: impl FnMut(&mut Transition, f64) -> bool,
    ) -> Result<Option<(usize, Option<CallbackId>)>, SessionError> {
        let Some(mut machine) = self.machines.all.get_mut(number).and_then(Option::take) else {
            return Ok(None);
        };
        let state = machine.state;
        let mut result = Ok(None);
        for transition in machine.transitions.iter_mut().filter(|t| t.from == state) {
            let difference = self
                .read(&mut transition.variable)
                .and_then(|a| Ok(a - self.read(&mut transition.threshold)?));
            match difference {
                Ok(difference) if found(transition, difference) => {
                    result = Ok(Some((transition.to, transition.callback)));
                    break;
                }
                Ok(_) => {}
                Err(error) => {
                    result = Err(error);
                    break;
                }
            }
        }
        self.machines.all[number] = Some(machine);
        result
    }

    /// Makes the transitions that are due at the beginning of a step, up to the first that has a
    /// callback.
    pub(super) fn make_transitions(&mut self) -> Result<Option<CallbackId>, SessionError> {
        if let Some(entered) = self.machines.entering.take() {
            self.activate(entered)?;
        }
        while self.machines.next < self.machines.all.len() {
            let number = self.machines.next;
            self.machines.next += 1;
            let active = matches!(&self.machines.all[number], Some(machine) if machine.active);
            if !active {
                continue;
            }
            let due = self.each_transition(number, |transition, difference| {
                let rises = difference > 0.0 && !transition.above;
                transition.above = difference > 0.0;
                rises
            })?;
            let Some((to, callback)) = due else { continue };
            if let Some(Some(machine)) = self.machines.all.get_mut(number) {
                machine.state = to;
            }
            if callback.is_some() {
                self.machines.entering = Some(number);
                return Ok(callback);
            }
            self.activate(number)?;
        }
        self.machines.next = 0;
        Ok(None)
    }
}

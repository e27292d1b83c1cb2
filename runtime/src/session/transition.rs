//! State machines of a session: NEURON's `StateTransitionEvent`; see `simulation::transition`.

use crate::id::PointProcessId;
use crate::model::{Machine, Seen, Transition};
use crate::simulation::CallbackId;

use super::{Engine, Reference, Session, SessionError};

/// A machine; the number is its place in the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MachineId(usize);

impl Session {
    /// Makes a machine with so many states, in state 0. If cells have steps of their own, it is
    /// looked at with that of a point process, or else with those of its variables.
    pub fn add_machine(&mut self, states: usize, point: Option<PointProcessId>) -> MachineId {
        let machines = &mut self.connections().machines;
        machines.push(Some(Machine {
            states,
            state: 0,
            active: false,
            point,
            transitions: Vec::new(),
        }));
        MachineId(machines.len() - 1)
    }

    /// Removes a machine.
    pub fn remove_machine(&mut self, id: MachineId) {
        if let Some(machine) = self.connections().machines.get_mut(id.0) {
            *machine = None;
        }
    }

    fn machine(&mut self, id: MachineId) -> Result<&mut Machine, SessionError> {
        let found = self.connections().machines.get_mut(id.0);
        found
            .and_then(Option::as_mut)
            .ok_or(SessionError::Reference {
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
    /// States that the machine has not; variables that do not exist.
    pub fn add_transition(
        &mut self,
        id: MachineId,
        (from, to): (usize, usize),
        variable: &Reference,
        threshold: &Reference,
        callback: Option<CallbackId>,
    ) -> Result<(), SessionError> {
        self.check_state(id, from)?;
        self.check_state(id, to)?;
        for reference in [variable, threshold] {
            if let Some((place, name)) = reference.variable() {
                self.structure().symbol(place, name)?;
            }
        }
        let (variable, threshold) = (variable.target().clone(), threshold.target().clone());
        self.machine(id)?.transitions.push(Transition {
            from,
            to,
            variable,
            threshold,
            callback,
            seen: Seen::default(),
        });
        if let Engine::Simulation(simulation) = &mut self.engine {
            simulation.find_transitions();
        }
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

    /// Sets the state of a machine, from which on it is looked at until the next initialization.
    ///
    /// # Errors
    ///
    /// A state that it has not; a model that cannot be laid out; with a step for each cell, a machine of
    /// which it cannot be said in which cell it is.
    pub fn enter_state(&mut self, id: MachineId, state: usize) -> Result<(), SessionError> {
        self.check_state(id, state)?;
        let simulation = self.simulation()?;
        simulation.find_transitions();
        Ok(simulation.enter_state(id.0, state)?)
    }
}

//! States of a run: taken, brought back, stored and read.

use crate::model::SavedState;

use super::{Engine, Session, SessionError};

impl Session {
    /// Takes the state of the run, which is not disturbed. With variable steps it has the states at
    /// t; the integrator's history is not part of it, so that a run that is brought back begins
    /// with a new integration at t.
    pub fn save_state(&mut self) -> SavedState {
        match &self.engine {
            Engine::Model(model) => model.save_state(),
            Engine::Simulation(simulation) => simulation.save_state(),
        }
    }

    /// Brings a state back; see [`crate::Model::restore_state`], or, without events, weights and
    /// played vectors, [`crate::Model::restore_values`].
    ///
    /// # Errors
    ///
    /// A state of another structure.
    pub fn restore_state(&mut self, state: &SavedState, events: bool) -> Result<(), SessionError> {
        let model = self.model();
        if events {
            model.restore_state(state)?;
        } else {
            model.restore_values(state)?;
        }
        Ok(())
    }

    /// Reads a state that was stored with [`SavedState::to_bytes`].
    ///
    /// # Errors
    ///
    /// A file that is no state of this model.
    pub fn read_state(&mut self, file: &[u8]) -> Result<SavedState, SessionError> {
        Ok(self.model().read_state(file)?)
    }
}

//! RANDOM streams of mechanisms: what NEURON's `NMODLRandom` does.

use crate::model::Place;
use crate::random::Stream;

use super::{Engine, Session, SessionError};

impl Session {
    /// The RANDOM stream of an instance; names as for [`crate::Model::stream_mut`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn stream_mut(&mut self, place: Place, name: &str) -> Result<&mut Stream, SessionError> {
        Ok(match &mut self.engine {
            Engine::Model(model) => model.stream_mut(place, name)?,
            Engine::Simulation(simulation) => simulation.stream_mut(place, name)?,
        })
    }

    /// Whether an instance has a RANDOM stream of that name.
    pub fn has_stream(&self, place: Place, name: &str) -> bool {
        matches!(self.structure().find_stream(place, name), Ok(Some(_)))
    }

    /// As [`crate::Model::set_random_index`].
    pub fn set_random_index(&mut self, index: u32) {
        match &mut self.engine {
            Engine::Model(model) => model.set_random_index(index),
            Engine::Simulation(simulation) => simulation.set_random_index(index),
        }
    }
}

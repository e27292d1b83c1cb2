//! RANDOM streams of a running model by name.

use super::Simulation;
use crate::error::ModelError;
use crate::model::Place;
use crate::random::Stream;

impl Simulation {
    /// The RANDOM stream of an instance; names as for [`crate::Model::stream_mut`].
    ///
    /// # Errors
    ///
    /// A name that is no stream at the place.
    pub fn stream_mut(&mut self, place: Place, name: &str) -> Result<&mut Stream, ModelError> {
        let unknown = ModelError::UnknownVariable {
            place: self.model.describe(place),
            name: name.to_owned(),
        };
        let Some((mechanism, index)) = self.model.find_stream(place, name)? else {
            return Err(unknown);
        };
        let Some((block, instance)) = self.instance(mechanism, place)? else {
            return Err(unknown);
        };
        let block = &mut self.blocks[block];
        let at = instance * block.streams_each + index;
        block.streams.get_mut(at).ok_or(unknown)
    }

    /// As [`crate::Model::set_random_index`].
    pub fn set_random_index(&mut self, index: u32) {
        self.model.set_random_index(index);
        let streams = self.blocks.iter_mut().flat_map(|b| &mut b.streams);
        streams.for_each(|s| s.set_global_index(index));
    }
}

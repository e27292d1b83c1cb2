//! Recordings of a model: which variables, when, and into what.

use crate::error::ModelError;
use crate::id::RecordingId;
use crate::record::{Recording, Sampling, Series};

use super::{Model, Place};

impl Model {
    /// Records a variable into a buffer, which the next [`crate::Simulation::initialize`] clears.
    /// Several recordings may not write to one buffer. If the variable ceases to exist, no
    /// more points are taken.
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place, or an interval that is not positive.
    pub fn record_into(
        &mut self,
        place: Place,
        name: &str,
        sampling: Sampling,
        points: Series,
    ) -> Result<RecordingId, ModelError> {
        if let Sampling::Interval(value) = sampling
            && !(value > 0.0 && value.is_finite())
        {
            return Err(ModelError::Value {
                place: self.describe(place),
                quantity: "recording interval",
                value,
                requirement: "finite and positive",
            });
        }
        self.symbol(place, name)?;
        self.recordings.push(Some(Recording {
            place,
            name: name.to_owned(),
            sampling,
            points,
        }));
        Ok(RecordingId::new(self.recordings.len() - 1))
    }

    /// Ends a recording. Its points stay.
    pub fn stop_recording(&mut self, recording: RecordingId) {
        if let Some(known) = self.recordings.get_mut(recording.index()) {
            *known = None;
        }
    }

    /// What was recorded; empty for an id of another model, or of a recording that ended.
    pub fn recorded(&self, recording: RecordingId) -> Vec<f64> {
        let known = self.recordings.get(recording.index());
        known
            .and_then(Option::as_ref)
            .map_or_else(Vec::new, |r| r.points.values())
    }
}

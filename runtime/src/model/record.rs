//! Recordings of a model: which variables, when, and into what.

use crate::error::ModelError;
use crate::id::RecordingId;
use crate::record::{Recording, Sampling, Series};

use super::{Model, Place, Target};

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
        let name = name.to_owned();
        self.record_target(Target::Variable { place, name }, sampling, points)
    }

    /// The same for anything that may be pointed at: also a weight of a NetCon, or a number of the
    /// caller's.
    ///
    /// # Errors
    ///
    /// As [`Model::record_into`]; a weight that does not exist.
    pub fn record_target(
        &mut self,
        source: Target,
        sampling: Sampling,
        points: Series,
    ) -> Result<RecordingId, ModelError> {
        if let Sampling::Interval(value) = sampling
            && !(value > 0.0 && value.is_finite())
        {
            return Err(ModelError::Value {
                place: "Vector.record".to_owned(),
                quantity: "recording interval",
                value,
                requirement: "finite and positive",
            });
        }
        match &source {
            Target::Variable { place, name } => {
                self.symbol(*place, name)?;
            }
            Target::Weight { netcon, index } => {
                let len = self.netcon(*netcon)?.weights.len();
                if *index >= len {
                    let (name, index) = ("weight".to_owned(), *index);
                    return Err(ModelError::Element { name, len, index });
                }
            }
            Target::Cell(_) => {}
        }
        self.recordings.push(Some(Recording {
            source,
            sampling,
            points,
            steps_of: None,
        }));
        Ok(RecordingId::new(self.recordings.len() - 1))
    }

    /// If cells have steps of their own, a recording of every step takes its points at those of the
    /// cell that the variable is of, or of the cell of `place`, for a variable such as t.
    pub fn follow_steps_of(&mut self, recording: RecordingId, place: Place) {
        if let Some(Some(known)) = self.recordings.get_mut(recording.index()) {
            known.steps_of = Some(place);
        }
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

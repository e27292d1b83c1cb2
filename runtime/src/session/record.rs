//! Vectors that record variables and that are played into them.

use crate::id::{PlayId, RecordingId};
use crate::model::Place;
use crate::play::{Played, Schedule};
use crate::record::{Sampling, Series};
use crate::simulation::CallbackId;

use super::random::RandomHandle;
use super::{Engine, Reference, Session, SessionError};

impl Session {
    /// Records a variable into a buffer (NEURON's `Vector.record`).
    ///
    /// # Errors
    ///
    /// A variable that does not exist, an interval that is not positive.
    pub fn record(
        &mut self,
        variable: &Reference,
        sampling: Sampling,
        points: Series,
    ) -> Result<RecordingId, SessionError> {
        let source = variable.target().clone();
        Ok(match &mut self.engine {
            Engine::Model(model) => model.record_target(source, sampling, points)?,
            Engine::Simulation(simulation) => simulation.record_target(source, sampling, points)?,
        })
    }

    /// Has the points of a recording of every step taken at the steps of a place's cell, if cells have
    /// steps of their own.
    pub fn follow_steps_of(&mut self, recording: RecordingId, place: Place) {
        self.connections().follow_steps_of(recording, place);
    }

    /// Ends a recording.
    pub fn stop_recording(&mut self, recording: RecordingId) {
        self.connections().stop_recording(recording);
    }

    /// Plays a buffer into a variable (NEURON's `Vector.play`).
    ///
    /// # Errors
    ///
    /// A variable that does not exist or cannot be set, an interval that is not positive.
    pub fn play(
        &mut self,
        values: Series,
        variable: &Reference,
        schedule: Schedule,
    ) -> Result<PlayId, SessionError> {
        self.play_into(values, Played::Into(variable.target().clone()), schedule)
    }

    /// Has numbers drawn for a variable (NEURON's `Random.play`): see [`Schedule::Drawn`].
    ///
    /// # Errors
    ///
    /// A variable that does not exist or cannot be set.
    pub fn draw_into(
        &mut self,
        random: RandomHandle,
        variable: &Reference,
    ) -> Result<PlayId, SessionError> {
        self.play(Series::default(), variable, Schedule::Drawn(random))
    }

    /// Has the caller called with the values of a buffer: see
    /// [`Session::played_value`].
    ///
    /// # Errors
    ///
    /// An interval that is not positive.
    pub fn play_to_caller(
        &mut self,
        values: Series,
        callback: CallbackId,
        schedule: Schedule,
    ) -> Result<PlayId, SessionError> {
        self.play_into(values, Played::Call(callback), schedule)
    }

    fn play_into(
        &mut self,
        values: Series,
        target: Played,
        schedule: Schedule,
    ) -> Result<PlayId, SessionError> {
        Ok(match &mut self.engine {
            Engine::Model(model) => model.play(values, target, schedule)?,
            Engine::Simulation(simulation) => simulation.play(values, target, schedule)?,
        })
    }

    /// Ends a playing.
    pub fn stop_playing(&mut self, play: PlayId) {
        self.connections().stop_playing(play);
    }

    /// The value that is played in the caller's turn.
    pub fn played_value(&self) -> f64 {
        match &self.engine {
            Engine::Model(_) => 0.0,
            Engine::Simulation(simulation) => simulation.played_value(),
        }
    }
}

//! Vectors that are played into a model's variables, and values that it transfers between them.

use crate::error::ModelError;
use crate::id::{PlayId, TransferId};
use crate::play::{Play, Played, Schedule};
use crate::record::Series;

use super::{Model, Place};

/// A value that is copied from one variable to another; see [`Model::transfer`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Transfer {
    pub source: (Place, String),
    pub target: (Place, String),
}

impl Model {
    /// Plays the values of a buffer (of none, if they are drawn) into a variable, from the next
    /// [`crate::Simulation::initialize`] on. If the variable ceases to exist, nothing is played.
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place or cannot be set, or an interval that is not positive.
    pub fn play(
        &mut self,
        values: Series,
        target: Played,
        schedule: Schedule,
    ) -> Result<PlayId, ModelError> {
        if let Schedule::Interval(value) = schedule
            && !(value > 0.0 && value.is_finite())
        {
            return Err(ModelError::Value {
                place: "Vector.play".to_owned(),
                quantity: "interval",
                value,
                requirement: "finite and positive",
            });
        }
        if let Played::Into(target) = &target {
            self.check_settable_target(target)?;
        }
        let play = Play::new(values, target, schedule);
        self.plays.push(Some(play));
        Ok(PlayId::new(self.plays.len() - 1))
    }

    /// Ends the playing of a buffer.
    pub fn stop_playing(&mut self, play: PlayId) {
        if let Some(known) = self.plays.get_mut(play.index()) {
            *known = None;
        }
    }

    /// Copies a variable to another in every step, after v and before the states are computed,
    /// and when `initialize` has set v (the gap junctions of NEURON's `ParallelContext`). All
    /// sources are read before any target is set.
    ///
    /// # Errors
    ///
    /// A name that is unknown at its place, or a target that cannot be set.
    pub fn transfer(
        &mut self,
        source: (Place, &str),
        target: (Place, &str),
    ) -> Result<TransferId, ModelError> {
        self.symbol(source.0, source.1)?;
        self.check_settable(target.0, target.1)?;
        self.transfers.push(Some(Transfer {
            source: (source.0, source.1.to_owned()),
            target: (target.0, target.1.to_owned()),
        }));
        Ok(TransferId::new(self.transfers.len() - 1))
    }

    /// Ends a transfer.
    pub fn stop_transfer(&mut self, transfer: TransferId) {
        if let Some(known) = self.transfers.get_mut(transfer.index()) {
            *known = None;
        }
    }

    /// Checks that a variable exists and is not computed.
    pub(super) fn check_settable(&self, place: Place, name: &str) -> Result<(), ModelError> {
        let symbol = self.symbol(place, name)?;
        let present = self.value(place, symbol)?;
        self.check_value(place, symbol, name, present)
    }
}

//! Playing and transferring in a running model.

use crate::error::{ModelError, RunError};
use crate::event::Event;
use crate::id::{PlayId, TransferId};
use crate::model::Place;
use crate::play::{Played, Schedule};
use crate::record::Series;

use super::progress::Work;
use super::{Simulation, VariableHandle};

impl Simulation {
    /// As [`crate::Model::play`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn play(
        &mut self,
        values: Series,
        target: Played,
        schedule: Schedule,
    ) -> Result<PlayId, ModelError> {
        let id = self.model.play(values, target, schedule)?;
        self.find_played();
        Ok(id)
    }

    /// As [`crate::Model::stop_playing`].
    pub fn stop_playing(&mut self, play: PlayId) {
        self.model.stop_playing(play);
    }

    /// As [`crate::Model::transfer`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn transfer(
        &mut self,
        source: (Place, &str),
        target: (Place, &str),
    ) -> Result<TransferId, ModelError> {
        let id = self.model.transfer(source, target)?;
        self.find_transferred();
        Ok(id)
    }

    /// As [`crate::Model::stop_transfer`].
    pub fn stop_transfer(&mut self, transfer: TransferId) {
        self.model.stop_transfer(transfer);
    }

    /// The value that is played in the caller's turn; 0 in turns that no vector has.
    pub fn played_value(&self) -> f64 {
        self.cursor.value
    }

    /// Finds the variables of plays that are new since the last time.
    pub(super) fn find_played(&mut self) {
        for number in self.played.len()..self.model.plays.len() {
            let play = self.model.plays[number].as_ref();
            let variable = match play.map(|p| p.target.clone()) {
                Some(Played::Into(target)) => self.target(target).ok(),
                _ => None,
            };
            self.played.push(variable);
        }
    }

    /// Finds the variables of transfers that are new since the last time.
    pub(super) fn find_transferred(&mut self) {
        for number in self.transferred.len()..self.model.transfers.len() {
            let transfer = self.model.transfers[number].as_ref();
            let variables = transfer.and_then(|t| {
                let find = |(place, name): &(Place, String)| self.variable(*place, name).ok();
                Some((find(&t.source)?, find(&t.target)?))
            });
            self.transferred.push(variables);
        }
    }

    /// Plays begin anew.
    pub(super) fn begin_plays(&mut self) {
        for number in 0..self.model.plays.len() {
            let play = self.model.plays[number].as_mut();
            if let Some(first_ms) = play.and_then(|p| p.begin()) {
                self.queue.statistics.vectors_sent += 1;
                self.enqueue(first_ms, Event::Play(number as u32));
            }
        }
    }

    /// An event of a play.
    pub(super) fn deliver_play(&mut self, time_ms: f64, number: u32) -> Result<(), RunError> {
        let number = number as usize;
        let Some(Some(play)) = self.model.plays.get_mut(number) else {
            return Ok(());
        };
        let (value, next_ms) = play.deliver(time_ms);
        if let Some(next_ms) = next_ms {
            self.queue.statistics.vectors_sent += 1;
            self.enqueue(next_ms, Event::Play(number as u32));
        }
        let cell = self.own_cell(self.played.get(number).copied().flatten());
        self.reach(cell, true)?;
        match value {
            Some(value) => self.set_played(number, value, time_ms),
            None => Ok(()),
        }
    }

    /// Sets what numbers are drawn for to new ones.
    pub(super) fn play_drawn(&mut self) -> Result<(), RunError> {
        for number in 0..self.model.plays.len() {
            let play = self.model.plays[number].as_ref();
            if let Some(value) = play.and_then(|p| p.draw()) {
                self.set_played(number, value, self.values.t_ms)?;
            }
        }
        Ok(())
    }

    /// True if a vector is played continuously.
    pub(super) fn plays_continuously(&self) -> bool {
        let mut plays = self.model.plays.iter().flatten();
        plays.any(|p| matches!(p.schedule, Schedule::Continuous { .. }))
    }

    /// Sets what is played continuously to its values at a time; all, or those in `own`.
    pub(super) fn play_continuously(
        &mut self,
        time_ms: f64,
        own: Option<&[u32]>,
    ) -> Result<(), RunError> {
        for i in 0..own.map_or(self.model.plays.len(), <[u32]>::len) {
            let number = own.map_or(i, |own| own[i] as usize);
            let play = self.model.plays[number].as_mut();
            if let Some(value) = play.and_then(|p| p.at(time_ms)) {
                self.set_played(number, value, time_ms)?;
            }
        }
        Ok(())
    }

    fn set_played(&mut self, number: usize, value: f64, time_ms: f64) -> Result<(), RunError> {
        if let Some(Some(variable)) = self.played.get(number).copied() {
            return self.put(variable, value);
        }
        let play = self.model.plays[number].as_ref();
        if let Some(&Played::Call(callback)) = play.map(|p| &p.target) {
            self.cursor.work.push_back(Work::Call {
                callback,
                time_ms,
                value,
            });
        }
        Ok(())
    }

    fn put(&mut self, variable: VariableHandle, value: f64) -> Result<(), RunError> {
        let time_ms = self.values.t_ms;
        self.write(variable, value)
            .map_err(|error| RunError::Play { time_ms, error })
    }

    /// True if values are transferred, of variables that are still there.
    pub(super) fn transfers(&self) -> bool {
        let mut all = self.model.transfers.iter().zip(&self.transferred);
        all.any(|(transfer, variables)| transfer.is_some() && variables.is_some())
    }

    /// Transfers values from variables to others.
    pub(super) fn make_transfers(&mut self) -> Result<(), RunError> {
        let all = self.model.transfers.iter().zip(&self.transferred);
        let present = all.filter_map(|(transfer, variables)| transfer.as_ref().and(*variables));
        let values: Vec<_> = present
            .map(|(source, target)| (target, self.read(source)))
            .collect();
        values
            .into_iter()
            .try_for_each(|(target, value)| self.put(target, value))
    }
}

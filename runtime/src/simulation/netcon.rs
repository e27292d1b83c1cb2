//! NetCons of a running model. They are the model's; only what they watch has an address here.

use crate::error::ModelError;
use crate::id::{NetConId, PointProcessId};
use crate::model::{NetCon, Source};
use crate::record::Series;

use super::{CallbackId, Simulation, VariableHandle};

/// A source that watches a variable.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watched {
    pub variable: VariableHandle,
    pub sender: u32,
}

impl Simulation {
    /// Finds the variables of the sources that are new since the last time.
    pub(super) fn find_watched(&mut self) {
        while let Some(sender) = self.model.network.senders.get(self.known_senders) {
            if let Some(Source::Variable { place, name }) = sender.as_ref().map(|s| &s.source) {
                // A variable may be gone that was there when the NetCon was made.
                if let Ok(variable) = self.variable(*place, name) {
                    self.watched.push(Watched {
                        variable,
                        sender: self.known_senders as u32,
                    });
                }
            }
            self.known_senders += 1;
        }
    }

    /// As [`crate::Model::add_netcon`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn add_netcon(&mut self, netcon: NetCon) -> Result<NetConId, ModelError> {
        let id = self.model.add_netcon(netcon)?;
        self.find_watched();
        Ok(id)
    }

    /// As [`crate::Model::remove_netcon`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn remove_netcon(&mut self, id: NetConId) -> Result<(), ModelError> {
        self.model.remove_netcon(id)
    }

    /// As [`crate::Model::set_netcon_source`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn set_netcon_source(&mut self, id: NetConId, source: Source) -> Result<(), ModelError> {
        self.model.set_netcon_source(id, source)?;
        self.find_watched();
        Ok(())
    }

    /// As [`crate::Model::set_netcon_target`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn set_netcon_target(
        &mut self,
        id: NetConId,
        target: Option<PointProcessId>,
    ) -> Result<(), ModelError> {
        self.model.set_netcon_target(id, target)
    }

    /// As [`crate::Model::netcon_weights`].
    pub fn netcon_weights(&self, id: NetConId) -> &[f64] {
        self.model.netcon_weights(id)
    }

    /// As [`crate::Model::set_netcon_weight`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn set_netcon_weight(
        &mut self,
        id: NetConId,
        index: usize,
        weight: f64,
    ) -> Result<(), ModelError> {
        self.model.set_netcon_weight(id, index, weight)
    }

    /// As [`crate::Model::set_netcon_delay`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn set_netcon_delay(&mut self, id: NetConId, delay_ms: f64) -> Result<(), ModelError> {
        self.model.set_netcon_delay(id, delay_ms)
    }

    /// As [`crate::Model::set_netcon_active`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn set_netcon_active(&mut self, id: NetConId, active: bool) -> Result<(), ModelError> {
        self.model.set_netcon_active(id, active)
    }

    /// As [`crate::Model::set_netcon_threshold`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn set_netcon_threshold(&mut self, id: NetConId, threshold: f64) -> Result<(), ModelError> {
        self.model.set_netcon_threshold(id, threshold)
    }

    /// Records the times of the events that the source of a NetCon makes, for
    /// [`Simulation::spikes`].
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn record_spikes(&mut self, id: NetConId) -> Result<(), ModelError> {
        self.model.record_spikes_into(id, Series::default(), None)
    }

    /// As [`crate::Model::record_spikes_into`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn record_spikes_into(
        &mut self,
        id: NetConId,
        times_ms: Series,
        ids: Option<(Series, f64)>,
    ) -> Result<(), ModelError> {
        self.model.record_spikes_into(id, times_ms, ids)
    }

    /// As [`crate::Model::stop_recording_spikes`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn stop_recording_spikes(&mut self, id: NetConId) -> Result<(), ModelError> {
        self.model.stop_recording_spikes(id)
    }

    /// As [`crate::Model::call_on_spike`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn call_on_spike(
        &mut self,
        id: NetConId,
        callback: Option<CallbackId>,
    ) -> Result<(), ModelError> {
        self.model.call_on_spike(id, callback)
    }

    /// As [`crate::Model::spikes`].
    pub fn spikes(&self, id: NetConId) -> Vec<f64> {
        self.model.spikes(id)
    }
}

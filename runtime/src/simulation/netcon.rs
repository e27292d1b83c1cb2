//! NetCons of a running model: weights, delays, thresholds.

use crate::error::ModelError;
use crate::id::NetConId;

use super::Simulation;

impl Simulation {
    /// The weights of a NetCon; empty for an id of another model.
    pub fn netcon_weights(&self, netcon: NetConId) -> &[f64] {
        self.network.weights(netcon)
    }

    /// Sets one weight of a NetCon.
    ///
    /// # Errors
    ///
    /// A weight that it has not, or an id of another model.
    pub fn set_netcon_weight(
        &mut self,
        netcon: NetConId,
        index: usize,
        weight: f64,
    ) -> Result<(), ModelError> {
        self.model.netcon(netcon)?;
        let (first, len) = self.network.connections[netcon.index()].weights;
        let len = len as usize;
        if index >= len {
            return Err(ModelError::Element {
                name: "weight".to_owned(),
                len,
                index,
            });
        }
        self.network.weights[first as usize + index] = weight;
        Ok(())
    }

    /// Sets the delay of a NetCon, for events that its source makes from now on.
    ///
    /// # Errors
    ///
    /// A delay that is negative, or an id of another model.
    pub fn set_netcon_delay(&mut self, netcon: NetConId, delay_ms: f64) -> Result<(), ModelError> {
        self.model.netcon(netcon)?;
        if !(delay_ms >= 0.0 && delay_ms.is_finite()) {
            return Err(ModelError::Value {
                place: format!("NetCon {}", netcon.index()),
                quantity: "delay",
                value: delay_ms,
                requirement: "finite and not negative",
            });
        }
        self.network.connections[netcon.index()].delay_ms = delay_ms;
        Ok(())
    }

    /// Switches a NetCon on or off, for events that its source makes from now on.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn set_netcon_active(&mut self, netcon: NetConId, active: bool) -> Result<(), ModelError> {
        self.model.netcon(netcon)?;
        self.network.connections[netcon.index()].active = active;
        Ok(())
    }

    /// Sets the threshold of a NetCon's source, which all NetCons of that source share. Nothing
    /// happens if the source is not a variable.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn set_netcon_threshold(
        &mut self,
        netcon: NetConId,
        threshold: f64,
    ) -> Result<(), ModelError> {
        self.model.netcon(netcon)?;
        let sender = self.network.connections[netcon.index()].sender;
        if let Some(watched) = self
            .network
            .thresholds
            .iter_mut()
            .find(|t| Some(t.sender) == sender)
        {
            watched.threshold = threshold;
        }
        Ok(())
    }
}

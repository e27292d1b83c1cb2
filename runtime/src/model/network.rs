//! NetCons: what watches a source and delivers events to a target.

use crate::error::ModelError;
use crate::event::{Connection, Key, Sender, Spikes};
use crate::id::{NetConId, PointProcessId};
use crate::record::Series;
use crate::simulation::CallbackId;

use super::Model;
use super::place::Place;

/// What makes the events of a NetCon.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A variable that rises through the NetCon's threshold; usually `v` of a segment.
    Variable {
        /// Where it is.
        place: Place,
        /// Its name.
        name: String,
    },
    /// A point process or an artificial cell that calls `net_event`.
    Point(PointProcessId),
    /// Nothing: events are sent by the caller only.
    None,
}

/// A connection from a source to a point process or an artificial cell.
#[derive(Debug, Clone, PartialEq)]
pub struct NetCon {
    /// What makes the events.
    pub source: Source,
    /// Who receives them; `None` only records.
    pub target: Option<PointProcessId>,
    /// From the source's event to its delivery, in ms.
    pub delay_ms: f64,
    /// The first is the weight; the others are the further arguments of NET_RECEIVE. Missing ones
    /// are 0.
    pub weights: Vec<f64>,
    /// Threshold in the variable's unit, 10 if `None`. NetCons of one source variable share it:
    /// the last one given counts.
    pub threshold: Option<f64>,
    /// An inactive NetCon delivers nothing.
    pub active: bool,
}

impl NetCon {
    /// A NetCon with NEURON's defaults: delay 1 ms, weight 0, the source's threshold.
    pub fn new(source: Source, target: Option<PointProcessId>) -> Self {
        Self {
            source,
            target,
            delay_ms: 1.0,
            weights: Vec::new(),
            threshold: None,
            active: true,
        }
    }
}

impl Model {
    /// Makes a NetCon.
    ///
    /// # Errors
    ///
    /// An unknown source variable, a target without NET_RECEIVE, a negative delay.
    pub fn add_netcon(&mut self, netcon: NetCon) -> Result<NetConId, ModelError> {
        let NetCon {
            source,
            target,
            delay_ms,
            mut weights,
            threshold,
            active,
        } = netcon;
        let key = self.source_key(&source)?;
        let wanted = self.weight_count(target)?;
        self.check_delay(self.network.connections.len(), delay_ms)?;
        weights.resize(wanted.max(weights.len()), 0.0);
        let source = key.map(|key| (source, key));
        let id = self.network.add(source, target, delay_ms, active, &weights);
        if let Some(threshold) = threshold {
            self.set_netcon_threshold(id, threshold)?;
        }
        Ok(id)
    }

    /// Removes a NetCon; its events that are under way are not delivered.
    ///
    /// # Errors
    ///
    /// An id of another model, or of a NetCon that was removed.
    pub fn remove_netcon(&mut self, id: NetConId) -> Result<(), ModelError> {
        if self.network.remove(id.0) {
            return Ok(());
        }
        Err(unknown(id))
    }

    /// Gives a NetCon another source. The new source keeps its threshold; the old one ends, with
    /// its recording, if it has no other NetCon.
    ///
    /// # Errors
    ///
    /// An id of another model, an unknown variable.
    pub fn set_netcon_source(&mut self, id: NetConId, source: Source) -> Result<(), ModelError> {
        self.connection(id)?;
        let key = self.source_key(&source)?;
        let source = key.map(|key| (source, key));
        self.network.set_source(id.0, source);
        Ok(())
    }

    /// Gives a NetCon another target, or none. It gets as many weights as the target's NET_RECEIVE
    /// has arguments; new ones are 0.
    ///
    /// # Errors
    ///
    /// An id of another model, a target without NET_RECEIVE.
    pub fn set_netcon_target(
        &mut self,
        id: NetConId,
        target: Option<PointProcessId>,
    ) -> Result<(), ModelError> {
        self.connection(id)?;
        let wanted = self.weight_count(target)?;
        if target.is_some() {
            self.network.resize_weights(id.0, wanted);
        }
        self.network.set_target(id.0, target);
        Ok(())
    }

    /// What makes the events of a NetCon from a point process. As in NEURON, one without NET_RECEIVE
    /// that has a variable `x` is watched: its `x` rises through the threshold.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn source_of_point(&self, point: PointProcessId) -> Result<Source, ModelError> {
        let mechanism = self.mechanism(self.point(point)?.mechanism)?;
        let watched = mechanism.variable("x").is_some_and(|x| x.visible);
        if watched && mechanism.net_receive.is_none() {
            return Ok(Source::Variable {
                place: Place::Point(point),
                name: "x".to_owned(),
            });
        }
        Ok(Source::Point(point))
    }

    /// What identifies a source.
    fn source_key(&self, source: &Source) -> Result<Option<Key>, ModelError> {
        Ok(match source {
            Source::None => None,
            Source::Point(point) => {
                self.point(*point)?;
                Some(Key::Point(point.0))
            }
            Source::Variable { place, name } => {
                let symbol = self.symbol(*place, name)?;
                let section = match *place {
                    Place::Segment { section, x } => {
                        let known = self.section(section)?;
                        let x = if x == 0.0 || x == 1.0 {
                            x
                        } else {
                            known.segment_x(known.segment_at(x))
                        };
                        Some((section.0, x.to_bits()))
                    }
                    _ => None,
                };
                Some(Key::Variable { section, symbol })
            }
        })
    }

    /// How many weights the NetCons of a target have at least.
    fn weight_count(&self, target: Option<PointProcessId>) -> Result<usize, ModelError> {
        let Some(target) = target else {
            return Ok(1);
        };
        let mechanism = self.mechanism(self.point(target)?.mechanism)?;
        match &mechanism.net_receive {
            Some(receive) => Ok(receive.arguments.len()),
            None => Err(ModelError::NotATarget {
                mechanism: mechanism.name.clone(),
            }),
        }
    }

    fn check_delay(&self, index: usize, delay_ms: f64) -> Result<(), ModelError> {
        if delay_ms >= 0.0 && delay_ms.is_finite() {
            return Ok(());
        }
        Err(ModelError::Value {
            place: format!("NetCon {index}"),
            quantity: "delay",
            value: delay_ms,
            requirement: "finite and not negative",
        })
    }

    pub(crate) fn connection(&self, id: NetConId) -> Result<&Connection, ModelError> {
        self.network.connection(id.0).ok_or_else(|| unknown(id))
    }

    fn connection_mut(&mut self, id: NetConId) -> Result<&mut Connection, ModelError> {
        self.network.connection_mut(id.0).ok_or_else(|| unknown(id))
    }

    /// The source of a NetCon.
    fn sender(&self, id: NetConId) -> Result<Option<&Sender>, ModelError> {
        let sender = self.connection(id)?.sender;
        Ok(sender.and_then(|s| self.network.sender(s)))
    }

    fn sender_mut(&mut self, id: NetConId) -> Result<Option<&mut Sender>, ModelError> {
        let sender = self.connection(id)?.sender;
        Ok(sender.and_then(|s| self.network.sender_mut(s)))
    }

    /// A NetCon as it is now, with its source's threshold.
    ///
    /// # Errors
    ///
    /// An id of another model, or of a NetCon that was removed.
    pub fn netcon(&self, id: NetConId) -> Result<NetCon, ModelError> {
        let connection = self.connection(id)?;
        let sender = self.sender(id)?;
        Ok(NetCon {
            source: sender.map_or(Source::None, |s| s.source.clone()),
            target: connection.target,
            delay_ms: connection.delay_ms,
            weights: self.network.weights(id.0).to_vec(),
            threshold: sender.map(|s| s.threshold),
            active: connection.active,
        })
    }

    /// All NetCons in the order of creation.
    pub fn netcons(&self) -> impl Iterator<Item = NetConId> {
        let all = self.network.connections.iter().enumerate();
        all.filter(|(_, c)| c.is_some())
            .map(|(index, _)| NetConId::new(index))
    }

    /// NetCons, those of one source after those of the other, in the order in which sources became
    /// such; those that have a target and no source count as of one.
    pub fn netcons_by_source(&self) -> impl Iterator<Item = NetConId> {
        self.network.by_source().into_iter().map(NetConId)
    }

    /// True if a NetCon has a source.
    pub fn has_source(&self, id: NetConId) -> bool {
        self.connection(id).is_ok_and(|c| c.sender.is_some())
    }

    /// NetCons that share the source of one, itself included, in the order in which they got it; those
    /// without a source share that.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn netcons_of_source(&self, id: NetConId) -> Result<Vec<NetConId>, ModelError> {
        let numbers: Vec<u32> = match self.connection(id)?.sender {
            Some(sender) => self.network.netcons_of(sender).map(|(n, _)| n).collect(),
            None => self.network.sourceless(),
        };
        Ok(numbers.into_iter().map(NetConId).collect())
    }

    /// NetCons of a target, in the order of creation.
    pub fn netcons_to(&self, target: PointProcessId) -> impl Iterator<Item = NetConId> {
        self.network.netcons_to(target.0).map(NetConId)
    }

    /// NetCons that a point process or artificial cell drives.
    pub fn netcons_from(&self, source: PointProcessId) -> Vec<NetConId> {
        let sender = self.network.sender_of(source.0);
        let all = sender.into_iter().flat_map(|s| self.network.netcons_of(s));
        all.map(|(number, _)| NetConId(number)).collect()
    }

    /// The weights of a NetCon; empty for an id of another model.
    pub fn netcon_weights(&self, id: NetConId) -> &[f64] {
        self.network.weights(id.0)
    }

    /// Sets one weight of a NetCon.
    ///
    /// # Errors
    ///
    /// A weight that it has not, or an id of another model.
    pub fn set_netcon_weight(
        &mut self,
        id: NetConId,
        index: usize,
        weight: f64,
    ) -> Result<(), ModelError> {
        let (first, len) = self.connection(id)?.weights;
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
    pub fn set_netcon_delay(&mut self, id: NetConId, delay_ms: f64) -> Result<(), ModelError> {
        self.check_delay(id.index(), delay_ms)?;
        self.connection_mut(id)?.delay_ms = delay_ms;
        self.network.part_delays(id.0);
        Ok(())
    }

    /// The delay of a NetCon. As in NEURON, who looks at it has the NetCons of its source send events of
    /// their own, for it may be set.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn netcon_delay(&mut self, id: NetConId) -> Result<f64, ModelError> {
        let delay_ms = self.connection_mut(id)?.delay_ms;
        self.network.part_delays(id.0);
        Ok(delay_ms)
    }

    /// Switches a NetCon on or off, for events that its source makes from now on.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn set_netcon_active(&mut self, id: NetConId, active: bool) -> Result<(), ModelError> {
        self.connection_mut(id)?.active = active;
        Ok(())
    }

    /// Sets the threshold of a NetCon's source, which all NetCons of that source share. Nothing
    /// happens if there is no source.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn set_netcon_threshold(&mut self, id: NetConId, threshold: f64) -> Result<(), ModelError> {
        if let Some(sender) = self.sender_mut(id)? {
            sender.threshold = threshold;
        }
        Ok(())
    }

    /// Records the times in ms of the events that the source of a NetCon makes, and if `ids` is
    /// given a number for each of them in a second buffer. The next `initialize` clears both.
    /// What else records this source stays; into one buffer it is recorded once.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn record_spikes_into(
        &mut self,
        id: NetConId,
        times_ms: Series,
        ids: Option<(Series, f64)>,
    ) -> Result<(), ModelError> {
        if let Some(sender) = self.sender_mut(id)? {
            sender.spikes.retain(|known| !known.times_ms.is(&times_ms));
            sender.spikes.push(Spikes { times_ms, ids });
        }
        Ok(())
    }

    /// Ends all recordings of the spikes of a NetCon's source.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn stop_recording_spikes(&mut self, id: NetConId) -> Result<(), ModelError> {
        if let Some(sender) = self.sender_mut(id)? {
            sender.spikes.clear();
        }
        Ok(())
    }

    /// Has the caller called whenever the source of a NetCon fires, at the time of its event and
    /// before its NetCons send; `None` ends that.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn call_on_spike(
        &mut self,
        id: NetConId,
        callback: Option<CallbackId>,
    ) -> Result<(), ModelError> {
        if let Some(sender) = self.sender_mut(id)? {
            sender.callback = callback;
        }
        Ok(())
    }

    /// Times in ms at which the source of a NetCon fired, in order, if they are recorded.
    pub fn spikes(&self, id: NetConId) -> Vec<f64> {
        let sender = self.sender(id).ok().flatten();
        let spikes = sender.and_then(|s| s.spikes.first());
        spikes.map_or_else(Vec::new, |s| s.times_ms.values())
    }
}

fn unknown(id: NetConId) -> ModelError {
    ModelError::UnknownId {
        what: "NetCon",
        index: id.index(),
    }
}

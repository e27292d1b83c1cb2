//! Sources and NetCons laid out for delivery.

use std::collections::HashMap;

use crate::id::NetConId;
use crate::kernel::Arguments;
use crate::model::{Model, Place, Source};
use crate::simulation::{CallbackId, VariableHandle};

/// A source of events: a watched variable, or an instance that calls `net_event`
/// (NEURON's PreSyn).
#[derive(Debug, Clone, Default)]
pub(crate) struct Sender {
    /// NetCons of the source, in order of creation.
    pub netcons: Vec<u32>,
    /// Times at which it fired, if they are recorded.
    pub times_ms: Option<Vec<f64>>,
    /// The caller's turn when it fires.
    pub callback: Option<CallbackId>,
}

/// A watched variable. It fires when it is found above the threshold after having been at or
/// below it.
#[derive(Debug, Clone)]
pub(crate) struct Threshold {
    pub variable: VariableHandle,
    pub threshold: f64,
    pub above: bool,
    pub sender: u32,
}

/// A NetCon that knows where its target is.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub sender: Option<u32>,
    /// Block and instance.
    pub target: Option<(u32, u32)>,
    pub delay_ms: f64,
    pub active: bool,
    /// First weight and number of weights in [`Network::weights`].
    pub weights: (u32, u32),
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub senders: Vec<Sender>,
    pub thresholds: Vec<Threshold>,
    pub connections: Vec<Connection>,
    /// Zeros for events that no NetCon delivers, then the weights of the NetCons.
    pub weights: Vec<f64>,
    /// First weights of the NetCons that FOR_NETCONS visits, for each block and instance whose
    /// mechanism has that statement.
    visited: HashMap<(u32, u32), Vec<u32>>,
    /// How many of the weights are no NetCon's.
    no_weights: usize,
}

/// A point process that is a source, and its sender.
pub(crate) type PointSender = (usize, u32);

/// What identifies a source: NetCons of the same one share it.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Variable(VariableHandle),
    Point(u32),
}

impl Network {
    /// Lays out the NetCons of a model. No NET_RECEIVE has more than `most_weights`. `variable` finds a watched variable, `instance` the block
    /// and instance of a point process. Returns the sender of each point process that is a source
    /// as well.
    pub fn new<E>(
        model: &Model,
        most_weights: usize,
        mut variable: impl FnMut(Place, &str) -> Result<VariableHandle, E>,
        instance: impl Fn(usize) -> (u32, u32),
    ) -> Result<(Self, Vec<PointSender>), E> {
        let mut network = Self {
            weights: vec![0.0; most_weights],
            no_weights: most_weights,
            ..Self::default()
        };
        let mut known: HashMap<Key, u32> = HashMap::new();
        let mut points = Vec::new();
        for (index, netcon) in model.netcons.iter().enumerate() {
            let sender = match &netcon.source {
                Source::None => None,
                Source::Point(point) => {
                    let key = Key::Point(point.0);
                    Some(*known.entry(key).or_insert_with(|| {
                        network.senders.push(Sender::default());
                        let sender = (network.senders.len() - 1) as u32;
                        points.push((point.index(), sender));
                        sender
                    }))
                }
                Source::Variable { place, name } => {
                    let variable = variable(*place, name)?;
                    let sender = *known.entry(Key::Variable(variable)).or_insert_with(|| {
                        network.senders.push(Sender::default());
                        let sender = (network.senders.len() - 1) as u32;
                        let (threshold, above) = (10.0, false);
                        network.thresholds.push(Threshold {
                            variable,
                            threshold,
                            above,
                            sender,
                        });
                        sender
                    });
                    // Thresholds are made in the order of their senders.
                    let watched = network
                        .thresholds
                        .binary_search_by_key(&sender, |t| t.sender);
                    if let (Some(threshold), Ok(watched)) = (netcon.threshold, watched) {
                        network.thresholds[watched].threshold = threshold;
                    }
                    Some(sender)
                }
            };
            if let Some(sender) = sender {
                network.senders[sender as usize].netcons.push(index as u32);
            }
            let first = network.weights.len() as u32;
            network.weights.extend_from_slice(&netcon.weights);
            network.connections.push(Connection {
                sender,
                target: netcon.target.map(|t| instance(t.index())),
                delay_ms: netcon.delay_ms,
                active: netcon.active,
                weights: (first, netcon.weights.len() as u32),
            });
        }
        Ok((network, points))
    }

    /// Notes which NetCons FOR_NETCONS visits at the targets that `visits` names: those that have a
    /// source, by source, in order of creation.
    pub fn note_visited(&mut self, visits: impl Fn((u32, u32)) -> bool) {
        self.visited.clear();
        for &netcon in self.senders.iter().flat_map(|sender| &sender.netcons) {
            let connection = &self.connections[netcon as usize];
            if let Some(target) = connection.target.filter(|&target| visits(target)) {
                let firsts = self.visited.entry(target).or_default();
                firsts.push(connection.weights.0);
            }
        }
    }

    /// What an event brings to a block and instance: the weights of the NetCon that delivers it, if
    /// there is one.
    pub fn arguments(
        &mut self,
        target: (u32, u32),
        netcon: Option<u32>,
        flag: f64,
    ) -> Arguments<'_> {
        let first = match netcon {
            Some(netcon) => self.connections[netcon as usize].weights.0 as usize,
            None => {
                self.weights[..self.no_weights].fill(0.0);
                0
            }
        };
        Arguments {
            weights: &mut self.weights,
            first,
            netcons: self.visited.get(&target).map_or(&[], Vec::as_slice),
            flag,
        }
    }

    /// The weights of a NetCon.
    pub fn weights(&self, netcon: NetConId) -> &[f64] {
        match self.connections.get(netcon.index()) {
            Some(c) => &self.weights[c.weights.0 as usize..(c.weights.0 + c.weights.1) as usize],
            None => &[],
        }
    }
}

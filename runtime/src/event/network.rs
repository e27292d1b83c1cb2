//! Sources and NetCons.
//!
//! The network belongs to the model and is what a simulation delivers by: sources and NetCons are
//! known by number, point processes by their id, so that it stays as it is when the model is laid
//! out anew. What is removed leaves its number empty.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::id::{NetConId, PointProcessId, SectionId};
use crate::kernel::Arguments;
use crate::model::{Place, Source, Symbol};
use crate::record::Series;
use crate::simulation::CallbackId;

/// Threshold of a source that was given none.
const THRESHOLD: f64 = 10.0;

/// A source of events: a watched variable, or a point process that calls `net_event` (NEURON's
/// PreSyn). It exists as long as it has NetCons.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    pub source: Source,
    key: Option<Key>,
    /// A watched variable fires when it is found above the threshold after having been at or below
    /// it.
    pub threshold: f64,
    pub above: bool,
    /// NetCons in the order in which they got this source; some may have left.
    netcons: Vec<u32>,
    /// Entries of `netcons` that are NetCons of this source.
    count: usize,
    pub spikes: Vec<Spikes>,
    /// The caller's turn when it fires.
    pub callback: Option<CallbackId>,
    /// Its NetCons had one delay when the last initialization began, and how long that was: then there is
    /// one event for all of them.
    pub shares_delay: bool,
    pub shared_delay_ms: f64,
}

/// Where the spikes of a source are recorded.
#[derive(Debug, Clone)]
pub(crate) struct Spikes {
    pub times_ms: Series,
    /// A second buffer gets a number at each spike.
    pub ids: Option<(Series, f64)>,
}

/// A NetCon.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub sender: Option<u32>,
    pub target: Option<PointProcessId>,
    pub delay_ms: f64,
    pub active: bool,
    /// Its number, if the caller numbers NetCons.
    pub number: Option<usize>,
    /// First weight and number of weights in [`Network::weights`].
    pub weights: (u32, u32),
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Network {
    pub senders: Vec<Option<Sender>>,
    pub connections: Vec<Option<Connection>>,
    pub weights: Vec<f64>,
    /// The source that each point process is.
    of_point: HashMap<u32, u32>,
    known: HashMap<Key, u32>,
    /// Sources that watch a variable of a section or point process.
    of_place: BTreeSet<(Owner, u32)>,
    /// NetCons of each target.
    of_target: BTreeSet<(u32, u32)>,
    /// Zeros for events that no NetCon delivers: first weight, and how many.
    no_weights: (u32, u32),
    /// Point processes whose mechanism has FOR_NETCONS.
    visiting: HashSet<u32>,
    /// First weights of the NetCons that FOR_NETCONS visits, unless they have to be found anew.
    visited: Option<HashMap<u32, Vec<u32>>>,
}

/// What a watched variable belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Section(u32),
    Point(u32),
}

/// What identifies a source: NetCons of the same one share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// A variable; in a section, with the bits of its canonical position.
    Variable {
        section: Option<(u32, u64)>,
        symbol: Symbol,
    },
    Point(u32),
}

impl Network {
    /// Adds a NetCon with that many weights.
    pub fn add(
        &mut self,
        source: Option<(Source, Key)>,
        target: Option<PointProcessId>,
        delay_ms: f64,
        active: bool,
        weights: &[f64],
    ) -> NetConId {
        let number = self.connections.len() as u32;
        let weights = self.allocate(weights);
        self.connections.push(Some(Connection {
            sender: None,
            target: None,
            delay_ms,
            active,
            number: None,
            weights,
        }));
        self.set_source(number, source);
        self.set_target(number, target);
        NetConId(number)
    }

    /// A new place for some weights.
    fn allocate(&mut self, weights: &[f64]) -> (u32, u32) {
        let len = weights.len() as u32;
        let first = self.weights.len() as u32;
        self.weights.extend_from_slice(weights);
        (first, len)
    }

    /// Removes a NetCon; false if there is none.
    pub fn remove(&mut self, number: u32) -> bool {
        if self.connection(number).is_none() {
            return false;
        }
        self.set_source(number, None);
        self.set_target(number, None);
        // Its weights stay unused: a POINTER may still have their address.
        self.connections[number as usize] = None;
        true
    }

    pub fn connection(&self, number: u32) -> Option<&Connection> {
        self.connections.get(number as usize)?.as_ref()
    }

    pub fn connection_mut(&mut self, number: u32) -> Option<&mut Connection> {
        self.connections.get_mut(number as usize)?.as_mut()
    }

    pub fn sender(&self, number: u32) -> Option<&Sender> {
        self.senders.get(number as usize)?.as_ref()
    }

    pub fn sender_mut(&mut self, number: u32) -> Option<&mut Sender> {
        self.senders.get_mut(number as usize)?.as_mut()
    }

    /// The source that a point process is.
    pub fn sender_of(&self, point: u32) -> Option<u32> {
        self.of_point.get(&point).copied()
    }

    /// NetCons of a source, in the order in which they got it.
    pub fn netcons_of(&self, sender: u32) -> impl Iterator<Item = (u32, &Connection)> {
        let numbers = self.sender(sender).map_or(&[][..], |s| &s.netcons);
        numbers.iter().filter_map(move |&number| {
            let connection = self.connection(number)?;
            (connection.sender == Some(sender)).then_some((number, connection))
        })
    }

    /// An initialization: sources find out whether their NetCons have one delay. As in NEURON that counts
    /// where there are more than two.
    pub fn settle_delays(&mut self) {
        for number in 0..self.senders.len() as u32 {
            let (first, same) = {
                let mut delays = self.netcons_of(number).map(|(_, c)| c.delay_ms);
                let first = delays.next();
                (first, delays.all(|delay| Some(delay) == first))
            };
            let shared = same && self.sender(number).is_some_and(|s| s.count > 2);
            if let Some(sender) = self.sender_mut(number) {
                sender.shares_delay = shared;
                sender.shared_delay_ms = first.unwrap_or(0.0);
            }
        }
    }

    /// A delay is looked at or set: NetCons of its source have events of their own until the next
    /// initialization.
    pub fn part_delays(&mut self, netcon: u32) {
        let sender = self.connection(netcon).and_then(|c| c.sender);
        if let Some(sender) = sender.and_then(|sender| self.sender_mut(sender)) {
            sender.shares_delay = false;
        }
    }

    /// What an event for all NetCons of a source brings to each: how long after it.
    pub fn fan(&self, sender: u32) -> Vec<(u32, f64)> {
        let shared_ms = self.sender(sender).map_or(0.0, |s| s.shared_delay_ms);
        let delivering = |c: &Connection| c.active && c.target.is_some();
        let all = self.netcons_of(sender).filter(|(_, c)| delivering(c));
        all.map(|(netcon, c)| (netcon, c.delay_ms - shared_ms))
            .collect()
    }

    /// NetCons of a target, in the order of creation.
    pub fn netcons_to(&self, target: u32) -> impl Iterator<Item = u32> {
        let range = self.of_target.range((target, 0)..=(target, u32::MAX));
        range.map(|&(_, netcon)| netcon)
    }

    /// The weights of a NetCon.
    pub fn weights(&self, number: u32) -> &[f64] {
        match self.connection(number) {
            Some(c) => &self.weights[c.weights.0 as usize..(c.weights.0 + c.weights.1) as usize],
            None => &[],
        }
    }

    /// Changes the number of weights of a NetCon; new ones are 0.
    pub fn resize_weights(&mut self, number: u32, len: usize) {
        let mut weights = self.weights(number).to_vec();
        if weights.len() == len {
            return;
        }
        weights.resize(len, 0.0);
        let place = self.allocate(&weights);
        if let Some(connection) = self.connection_mut(number) {
            connection.weights = place;
            self.visited = None;
        }
    }

    /// Prepares for delivery: no NET_RECEIVE has more than `most_weights`, and `visiting` are the
    /// point processes whose mechanism has FOR_NETCONS.
    pub fn prepare(&mut self, most_weights: usize, visiting: HashSet<u32>) {
        if self.no_weights.1 < most_weights as u32 {
            self.no_weights = self.allocate(&vec![0.0; most_weights]);
        }
        self.visiting = visiting;
        self.visited = None;
    }

    /// Finds the NetCons that FOR_NETCONS visits at each target, in their order.
    fn find_visited(&self) -> HashMap<u32, Vec<u32>> {
        let mut visited: HashMap<u32, Vec<u32>> = HashMap::new();
        for number in self.by_source() {
            if let Some(connection) = self.connection(number)
                && let Some(target) = connection.target.filter(|t| self.visiting.contains(&t.0))
            {
                let firsts = visited.entry(target.0).or_default();
                firsts.push(connection.weights.0);
            }
        }
        visited
    }

    /// NetCons by source, in order of creation; those without a source have one in common, which is as
    /// old as the first of them.
    pub fn by_source(&self) -> Vec<u32> {
        let mut numbers = Vec::new();
        let mut sourceless = self.sourceless();
        for sender in 0..self.senders.len() as u32 {
            let own = numbers.len();
            numbers.extend(self.netcons_of(sender).map(|(number, _)| number));
            if let (Some(first), Some(oldest)) = (numbers.get(own), sourceless.first())
                && oldest < first
            {
                numbers.splice(own..own, sourceless.drain(..));
            }
        }
        numbers.append(&mut sourceless);
        numbers
    }

    /// NetCons that have a target and no source, in order of creation.
    pub fn sourceless(&self) -> Vec<u32> {
        let all = self.connections.iter().enumerate();
        let without = all.filter(|(_, connection)| {
            let connection = connection.as_ref();
            connection.is_some_and(|c| c.sender.is_none() && c.target.is_some())
        });
        without.map(|(number, _)| number as u32).collect()
    }

    /// What an event brings to a point process with that many arguments: the weights of the NetCon
    /// that delivers it, if there is one.
    pub fn arguments(
        &mut self,
        target: u32,
        wanted: usize,
        netcon: Option<u32>,
        flag: f64,
    ) -> Arguments<'_> {
        // A NetCon that has left since may have fewer weights, or none.
        let weights = netcon.and_then(|n| self.connection(n)).map(|c| c.weights);
        let first = match weights.filter(|&(_, len)| len as usize >= wanted) {
            Some((first, _)) => first as usize,
            None => {
                let (first, len) = self.no_weights;
                self.weights[first as usize..(first + len) as usize].fill(0.0);
                first as usize
            }
        };
        if !self.visiting.is_empty() && self.visited.is_none() {
            self.visited = Some(self.find_visited());
        }
        let visited = self.visited.as_ref().and_then(|v| v.get(&target));
        Arguments {
            weights: &mut self.weights,
            first,
            netcons: visited.map_or(&[], Vec::as_slice),
            flag,
        }
    }

    /// Gives a NetCon another target, or none.
    pub fn set_target(&mut self, number: u32, target: Option<PointProcessId>) {
        let Some(connection) = self.connection_mut(number) else {
            return;
        };
        let old = std::mem::replace(&mut connection.target, target);
        self.visited = None;
        if let Some(old) = old {
            self.of_target.remove(&(old.0, number));
        }
        if let Some(target) = target {
            self.of_target.insert((target.0, number));
        }
    }

    /// Gives a NetCon another source, or none.
    pub fn set_source(&mut self, number: u32, source: Option<(Source, Key)>) {
        let new = source.map(|(source, key)| self.sender_for(source, key));
        let Some(connection) = self.connection_mut(number) else {
            return;
        };
        let old = std::mem::replace(&mut connection.sender, new);
        self.visited = None;
        if old == new {
            return;
        }
        if let Some(sender) = new {
            // It may have left this source before.
            let stays = |n: &u32| {
                *n != number
                    && self
                        .connection(*n)
                        .is_some_and(|c| c.sender == Some(sender))
            };
            let stale = self
                .sender(sender)
                .is_some_and(|s| s.count < s.netcons.len());
            let kept = stale.then(|| -> Vec<u32> {
                let all = self.sender(sender).map_or(&[][..], |s| &s.netcons);
                all.iter().copied().filter(stays).collect()
            });
            if let Some(sender) = self.sender_mut(sender) {
                if let Some(kept) = kept {
                    sender.netcons = kept;
                }
                sender.netcons.push(number);
                sender.shares_delay = false;
                sender.count += 1;
            }
        }
        if let Some(old) = old {
            self.leave(old);
        }
    }

    /// The source of that key, which is made if there is none.
    fn sender_for(&mut self, source: Source, key: Key) -> u32 {
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let number = self.senders.len() as u32;
        match &source {
            Source::Point(point) => {
                self.of_point.insert(point.0, number);
            }
            Source::Variable { place, .. } => {
                if let Some(owner) = Owner::of(*place) {
                    self.of_place.insert((owner, number));
                }
            }
            Source::None => {}
        }
        self.known.insert(key, number);
        self.senders.push(Some(Sender {
            source,
            key: Some(key),
            threshold: THRESHOLD,
            above: false,
            netcons: Vec::new(),
            count: 0,
            spikes: Vec::new(),
            callback: None,
            shares_delay: false,
            shared_delay_ms: 0.0,
        }));
        number
    }

    /// A NetCon has left a source; one without NetCons ends.
    fn leave(&mut self, number: u32) {
        let Some(sender) = self.sender_mut(number) else {
            return;
        };
        sender.count -= 1;
        if sender.count > 0 {
            if sender.netcons.len() > 2 * sender.count + 8 {
                let kept = self.netcons_of(number).map(|(n, _)| n).collect();
                if let Some(sender) = self.sender_mut(number) {
                    sender.netcons = kept;
                }
            }
            return;
        }
        self.end(number);
    }

    /// A source ends.
    fn end(&mut self, number: u32) {
        let Some(sender) = self.senders[number as usize].take() else {
            return;
        };
        if let Some(key) = sender.key {
            self.known.remove(&key);
        }
        match sender.source {
            Source::Point(point) => {
                self.of_point.remove(&point.0);
            }
            Source::Variable { place, .. } => {
                if let Some(owner) = Owner::of(place) {
                    self.of_place.remove(&(owner, number));
                }
            }
            Source::None => {}
        }
    }

    /// A point process goes: its NetCons have no target, those that it drives no source.
    pub fn forget_point(&mut self, point: PointProcessId) {
        let targeting: Vec<u32> = self.netcons_to(point.0).collect();
        for netcon in targeting {
            self.set_target(netcon, None);
        }
        if let Some(sender) = self.sender_of(point.0) {
            self.forget_sender(sender);
        }
        self.forget_variables(Owner::Point(point.0));
    }

    /// A section goes: the NetCons that watch it have no source.
    pub fn forget_section(&mut self, section: SectionId) {
        self.forget_variables(Owner::Section(section.0));
    }

    fn forget_variables(&mut self, owner: Owner) {
        let range = self.of_place.range((owner, 0)..=(owner, u32::MAX));
        let watching: Vec<u32> = range.map(|&(_, sender)| sender).collect();
        for sender in watching {
            self.forget_sender(sender);
        }
    }

    fn forget_sender(&mut self, sender: u32) {
        self.visited = None;
        let driven: Vec<u32> = self.netcons_of(sender).map(|(n, _)| n).collect();
        for netcon in driven {
            if let Some(connection) = self.connection_mut(netcon) {
                connection.sender = None;
            }
        }
        self.end(sender);
    }
}

impl Owner {
    fn of(place: Place) -> Option<Self> {
        match place {
            Place::Model => None,
            Place::Segment { section, .. } => Some(Self::Section(section.0)),
            Place::Point(point) => Some(Self::Point(point.0)),
        }
    }
}

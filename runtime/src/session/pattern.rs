//! Spikes of given times, as if the cells of their gids were elsewhere: NEURON's `PatternStim`.

use crate::id::NetConId;
use crate::record::Series;

use super::{Gid, Session, SessionError};

/// A pattern; the number is its place in the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PatternId(usize);

/// Times in ms and gids, both ascending in time; `None` once it is removed.
pub(super) type Pattern = Option<(Series, Series)>;

impl Session {
    /// Has every [`Session::initialize`] send the spikes of a pattern: each to the NetCons that
    /// were connected to its gid ([`Session::connect_gid`]) and have no source here.
    pub fn add_pattern(&mut self, times_ms: Series, gids: Series) -> PatternId {
        self.patterns.push(Some((times_ms, gids)));
        PatternId(self.patterns.len() - 1)
    }

    /// Removes a pattern. What it has sent stays in the queue.
    pub fn remove_pattern(&mut self, id: PatternId) {
        if let Some(pattern) = self.patterns.get_mut(id.0) {
            *pattern = None;
        }
    }

    /// Puts the spikes of all patterns in the queue.
    pub(super) fn send_patterns(&mut self) -> Result<(), SessionError> {
        let patterns: Vec<(Vec<f64>, Vec<f64>)> = self
            .patterns
            .iter()
            .flatten()
            .map(|(times, gids)| (times.values(), gids.values()))
            .collect();
        for (times, gids) in patterns {
            for (time, gid) in times.into_iter().zip(gids) {
                for (netcon, delay) in self.foreign_netcons(gid as Gid) {
                    self.send_event(netcon, time + delay, 0.0)?;
                }
            }
        }
        Ok(())
    }

    /// NetCons that wait for a gid of another process, and their delays in ms.
    fn foreign_netcons(&self, gid: Gid) -> Vec<(NetConId, f64)> {
        if self.gid_source(gid).is_ok() {
            return Vec::new();
        }
        let connected = self.gids.connected_to(gid);
        connected
            .filter_map(|id| {
                let netcon = self.structure().netcon(id).ok()?;
                (netcon.active && netcon.target.is_some()).then_some((id, netcon.delay_ms))
            })
            .collect()
    }
}

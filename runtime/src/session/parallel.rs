//! What NEURON's `ParallelContext` does with one process: sources of events by number (gid).

use std::collections::BTreeMap;

use crate::id::{NetConId, PointProcessId};
use crate::model::{NetCon, Source};
use crate::record::Series;

use super::{Session, SessionError};

/// The number of a source of events in a network.
pub type Gid = i64;

/// Sources by number.
#[derive(Debug, Default)]
pub(super) struct Gids {
    /// A number that is this process's, with a NetCon of the session's own that keeps the source.
    known: BTreeMap<Gid, Option<NetConId>>,
    /// Numbers that NetCons were connected to.
    connected: BTreeMap<NetConId, Gid>,
}

impl Session {
    /// Makes a number this process's (`set_gid2node`).
    ///
    /// # Errors
    ///
    /// A number that is this process's already.
    pub fn own_gid(&mut self, gid: Gid) -> Result<(), SessionError> {
        if self.gids.known.contains_key(&gid) {
            return Err(SessionError::Gid {
                gid,
                problem: "is in use already",
            });
        }
        self.gids.known.insert(gid, None);
        Ok(())
    }

    /// Gives a number the source of a NetCon (`cell`).
    ///
    /// # Errors
    ///
    /// A number that is not this process's or has a source; a NetCon without source.
    pub fn set_gid_source(&mut self, gid: Gid, netcon: NetConId) -> Result<(), SessionError> {
        let problem = match self.gids.known.get(&gid) {
            None => Some("is not on this process: set_gid2node comes first"),
            Some(Some(_)) => Some("has a source already"),
            Some(None) => None,
        };
        if let Some(problem) = problem {
            return Err(SessionError::Gid { gid, problem });
        }
        let known = self.structure().netcon(netcon)?;
        if known.source == Source::None {
            let problem = "is given a NetCon that has no source";
            return Err(SessionError::Gid { gid, problem });
        }
        let mut own = NetCon::new(known.source, None);
        own.threshold = known.threshold;
        let own = self.add_netcon(own)?;
        self.gids.known.insert(gid, Some(own));
        Ok(())
    }

    /// 0 for a number that is not this process's, 1 for one without a source, 3 for one with it
    /// (`gid_exists`).
    pub fn gid_state(&self, gid: Gid) -> i32 {
        match self.gids.known.get(&gid) {
            None => 0,
            Some(None) => 1,
            Some(Some(_)) => 3,
        }
    }

    /// The NetCon that keeps the source of a number.
    ///
    /// # Errors
    ///
    /// A number that has none.
    pub fn gid_source(&self, gid: Gid) -> Result<NetConId, SessionError> {
        let found = self.gids.known.get(&gid).copied().flatten();
        found.ok_or(SessionError::Gid {
            gid,
            problem: "has no source on this process",
        })
    }

    /// Makes a NetCon from the source of a number to a target (`gid_connect`). A number that is not
    /// this process's never sends an event.
    ///
    /// # Errors
    ///
    /// A target without NET_RECEIVE.
    pub fn connect_gid(
        &mut self,
        gid: Gid,
        target: Option<PointProcessId>,
    ) -> Result<NetConId, SessionError> {
        let source = match self.gid_source(gid) {
            Ok(own) => self.structure().netcon(own)?.source,
            Err(_) => Source::None,
        };
        let id = self.add_netcon(NetCon::new(source, target))?;
        self.gids.connected.insert(id, gid);
        Ok(id)
    }

    /// Gives a NetCon the source of a number, and remembers that number.
    ///
    /// # Errors
    ///
    /// A NetCon that does not exist.
    pub fn reconnect_to_gid(&mut self, gid: Gid, netcon: NetConId) -> Result<(), SessionError> {
        let source = match self.gid_source(gid) {
            Ok(own) => self.structure().netcon(own)?.source,
            Err(_) => Source::None,
        };
        self.connections().set_netcon_source(netcon, source)?;
        self.gids.connected.insert(netcon, gid);
        Ok(())
    }

    /// The number of a NetCon's source, or -1 (`srcgid`).
    pub fn gid_of(&self, netcon: NetConId) -> Gid {
        if let Some(gid) = self.gids.connected.get(&netcon) {
            return *gid;
        }
        let Ok(known) = self.structure().netcon(netcon) else {
            return -1;
        };
        let same = |own: &NetConId| {
            known.source != Source::None
                && (self.structure().netcon(*own)).is_ok_and(|own| own.source == known.source)
        };
        let mut all = self.gids.known.iter();
        all.find(|(_, own)| own.as_ref().is_some_and(same))
            .map_or(-1, |(gid, _)| *gid)
    }

    /// Records the spikes of numbers, or of all with a source, with the number of each.
    ///
    /// # Errors
    ///
    /// A number without a source.
    pub fn record_gids(
        &mut self,
        gids: Option<&[Gid]>,
        times_ms: &Series,
        numbers: &Series,
    ) -> Result<(), SessionError> {
        let sources: Vec<(Gid, NetConId)> = match gids {
            None => {
                let known = self.gids.known.iter();
                known
                    .filter_map(|(gid, own)| Some((*gid, (*own)?)))
                    .collect()
            }
            Some(gids) => {
                let each = gids.iter().map(|&gid| Ok((gid, self.gid_source(gid)?)));
                each.collect::<Result<_, SessionError>>()?
            }
        };
        for (gid, own) in sources {
            let ids = Some((numbers.clone(), gid as f64));
            self.connections()
                .record_spikes_into(own, times_ms.clone(), ids)?;
        }
        Ok(())
    }

    /// Forgets all numbers (`gid_clear`). NetCons stay.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn clear_gids(&mut self) -> Result<(), SessionError> {
        let known = std::mem::take(&mut self.gids).known;
        for own in known.into_values().flatten() {
            self.connections().remove_netcon(own)?;
        }
        Ok(())
    }
}

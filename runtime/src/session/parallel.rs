//! What NEURON's `ParallelContext` does with one process: sources of events by number (gid).

use std::collections::BTreeMap;

use crate::id::{NetConId, PointProcessId, TransferId};
use crate::model::{NetCon, Place, Source};
use crate::record::Series;

use super::{Reference, Session, SessionError};

/// The number of a source of events in a network.
pub type Gid = i64;

/// Sources by number.
#[derive(Debug, Default)]
pub(super) struct Gids {
    /// A number that is this process's, with a NetCon of the session's own that keeps the source.
    known: BTreeMap<Gid, Option<NetConId>>,
    /// Numbers that NetCons were connected to.
    connected: BTreeMap<NetConId, Gid>,
    /// Variables that gap junctions read, and those that follow them.
    sources: BTreeMap<Gid, Reference>,
    targets: Vec<(Gid, Reference)>,
    /// What `setup_transfer` made.
    transfers: Vec<TransferId>,
}

impl Gids {
    /// NetCons that were connected to a number.
    pub fn connected_to(&self, gid: Gid) -> impl Iterator<Item = NetConId> {
        let connected = self.connected.iter();
        connected
            .filter(move |(_, to)| **to == gid)
            .map(|(id, _)| *id)
    }
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

    /// Names a variable that gap junctions read (`source_var`).
    ///
    /// # Errors
    ///
    /// A number that names one already, or what is no variable of the model.
    pub fn set_transfer_source(
        &mut self,
        gid: Gid,
        variable: Reference,
    ) -> Result<(), SessionError> {
        transferred(&variable)?;
        if self.gids.sources.contains_key(&gid) {
            let problem = "names a source variable already";
            return Err(SessionError::Gid { gid, problem });
        }
        self.gids.sources.insert(gid, variable);
        Ok(())
    }

    /// Has a variable follow the source variable of a number (`target_var`), after
    /// [`Session::set_up_transfers`].
    ///
    /// # Errors
    ///
    /// What is no variable of the model.
    pub fn add_transfer_target(
        &mut self,
        gid: Gid,
        variable: Reference,
    ) -> Result<(), SessionError> {
        transferred(&variable)?;
        self.gids.targets.push((gid, variable));
        Ok(())
    }

    /// Connects all targets with their sources, anew (`setup_transfer`).
    ///
    /// # Errors
    ///
    /// A target whose number names no source variable.
    pub fn set_up_transfers(&mut self) -> Result<(), SessionError> {
        for old in std::mem::take(&mut self.gids.transfers) {
            self.model().stop_transfer(old);
        }
        for (gid, target) in self.gids.targets.clone() {
            let Some(source) = self.gids.sources.get(&gid).cloned() else {
                let problem = "names no source variable";
                return Err(SessionError::Gid { gid, problem });
            };
            let (source, target) = (transferred(&source)?, transferred(&target)?);
            let made = self.model().transfer(source, target)?;
            self.gids.transfers.push(made);
        }
        Ok(())
    }
}

fn transferred(variable: &Reference) -> Result<(Place, &str), SessionError> {
    variable.variable().ok_or(SessionError::Reference {
        what: "a variable of a gap junction",
        requirement: "one of a section or of a point process",
    })
}

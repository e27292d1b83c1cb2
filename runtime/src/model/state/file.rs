//! A state as a file: the order of its numbers, and the digest that says of which structure it is.
//! See [`crate::state_file`] for the format.

use nmodl::mechanism::Storage;

use crate::id::{MechanismId, SectionId};
use crate::model::{Model, Site};
use crate::record::Sampling;
use crate::simulation::{Fans, Present, StoredRun};
use crate::state_file::{Counts, Digest, Reader, StateFileError, Transfer, Writer};

use super::{SavedInstance, SavedState};

impl Model {
    /// Reads what [`SavedState::to_bytes`] stored, in this process or another, for this model.
    ///
    /// # Errors
    ///
    /// A file of another kind or version, a damaged one, or one of another model.
    pub fn read_state(&self, file: &[u8]) -> Result<SavedState, StateFileError> {
        // The structure is that of the model, the numbers are those of the file.
        let mut state = self.save_state();
        let mut reader = Reader::new(file)?;
        state.exchange_structure(&mut reader)?;
        state.exchange(&mut reader)?;
        let mut run = StoredRun::default();
        run.exchange(&mut reader)?;
        reader.finish()?;
        state.run = run.run(&state.present)?;
        Ok(state)
    }

    pub(super) fn present(&self) -> Present {
        let ids = |present: &mut dyn Iterator<Item = bool>| {
            let numbered = present.zip(0..);
            numbered
                .filter(|(there, _)| *there)
                .map(|(_, id)| id)
                .collect()
        };
        Present {
            points: ids(&mut self.points.iter().map(|p| !p.removed)),
            netcons: ids(&mut self.network.connections.iter().map(Option::is_some)),
            recordings: ids(&mut self.recordings.iter().map(|recording| {
                let sampling = recording.as_ref().map(|r| &r.sampling);
                !matches!(
                    sampling,
                    None | Some(Sampling::EveryStep | Sampling::FromStart)
                )
            })),
            plays: ids(&mut self.plays.iter().map(Option::is_some)),
        }
    }

    pub(super) fn fans(&self) -> Fans {
        let senders = 0..self.network.senders.len() as u32;
        let sharing = |&n: &u32| self.network.sender(n).is_some();
        senders
            .filter(sharing)
            .map(|sender| (sender, self.network.fan(sender)))
            .collect()
    }

    pub(super) fn counts(&self) -> Counts {
        let sections = || self.sections.iter().filter(|s| !s.removed);
        Counts {
            sections: sections().count() as u32,
            segments: sections().map(|s| s.segments.len() as u32).sum(),
            points: self.points.iter().filter(|p| !p.removed).count() as u32,
            netcons: self.network.connections.iter().flatten().count() as u32,
        }
    }

    /// A digest of all that says which number of a file is which. Names of sections are not in it:
    /// those of cells made in Python have an address.
    pub(super) fn digest(&self) -> u64 {
        let mut digest = Digest::default();
        let present = self.present();
        let sections: Vec<SectionId> = self.sections().collect();
        let section = |id: SectionId| sections.binary_search(&id).map_or(0, |at| at as u64 + 1);
        for &id in &sections {
            let each = &self.sections[id.index()];
            digest.number(each.segments.len() as u64);
            digest.number(each.connection.map_or(0, |c| section(c.parent)));
            digest.number(each.density.len() as u64);
            for inserted in &each.density {
                self.digest_mechanism(&mut digest, inserted.mechanism);
            }
            digest.number(each.ions.len() as u64);
            for ion in &each.ions {
                digest.text(&self.ions[ion.ion.index()].name);
            }
        }
        digest.number(present.points.len() as u64);
        for point in self.points.iter().filter(|p| !p.removed) {
            self.digest_mechanism(&mut digest, point.mechanism);
            let (place, site) = point.at.map_or((0, 0), |(id, site)| {
                let site = match site {
                    Site::Segment(segment) => segment as u64 + 2,
                    Site::End(end) => end as u64,
                };
                (section(id), site)
            });
            digest.number(place);
            digest.number(site);
        }
        let senders: Vec<u32> = (0..self.network.senders.len() as u32)
            .filter(|&sender| self.network.sender(sender).is_some())
            .collect();
        digest.number(present.netcons.len() as u64);
        for connection in self.network.connections.iter().flatten() {
            let sender = connection.sender.map(|s| senders.binary_search(&s));
            let target = connection
                .target
                .map(|t| present.points.binary_search(&t.0));
            for position in [sender, target] {
                digest.number(position.map_or(0, |at| at.map_or(0, |at| at as u64 + 1)));
            }
            digest.number(u64::from(connection.weights.1));
        }
        digest.number(present.recordings.len() as u64);
        digest.number(present.plays.len() as u64);
        digest.finish()
    }

    fn digest_mechanism(&self, digest: &mut Digest, id: MechanismId) {
        let description = self.mechanisms[id.index()].description();
        digest.text(&description.name);
        digest.number(description.columns as u64);
        for variable in &description.variables {
            if variable.storage == Storage::Column {
                digest.text(&variable.name);
                digest.number(variable.offset as u64);
            }
        }
    }
}

impl SavedState {
    /// The state as a file that [`Model::read_state`] reads.
    ///
    /// # Errors
    ///
    /// [`StateFileError::Call`], if an event that calls the caller is under way.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StateFileError> {
        let mut run = self.run.stored(&self.present, &self.fans)?;
        let mut state = self.clone();
        let mut writer = Writer::default();
        state.exchange_structure(&mut writer)?;
        state.exchange(&mut writer)?;
        run.exchange(&mut writer)?;
        Ok(writer.finish())
    }

    /// Looks whether a file is a whole one of this format and version. Only
    /// [`Model::read_state`] knows whether it is one of the model.
    ///
    /// # Errors
    ///
    /// A file of another kind or version, or a damaged one.
    pub fn check_bytes(file: &[u8]) -> Result<(), StateFileError> {
        Reader::new(file).map(drop)
    }

    /// Goes through what says of which structure the state is.
    fn exchange_structure(&self, with: &mut impl Transfer) -> Result<(), StateFileError> {
        let (mut digest, mut saved) = (self.digest, self.counts);
        with.word(&mut digest)?;
        with.u32(&mut saved.sections)?;
        with.u32(&mut saved.segments)?;
        with.u32(&mut saved.points)?;
        with.u32(&mut saved.netcons)?;
        if digest != self.digest || saved != self.counts {
            let present = self.counts;
            return Err(StateFileError::OtherModel { saved, present });
        }
        Ok(())
    }

    /// Goes through all numbers but those of the run.
    fn exchange(&mut self, with: &mut impl Transfer) -> Result<(), StateFileError> {
        with.f64(&mut self.t_ms)?;
        for (_, section) in &mut self.sections {
            for segment in &mut section.segments {
                with.values(segment)?;
            }
            with.values(&mut section.end_v_mv)?;
            for end in &mut section.end_vext_mv {
                with.values(end)?;
            }
            for values in section.ions.iter_mut().flat_map(|(_, values)| values) {
                with.values(values)?;
            }
            for instance in &mut section.density {
                instance.exchange(with)?;
            }
        }
        for instance in self.points.iter_mut().flatten() {
            instance.exchange(with)?;
        }
        for above in self.above.iter_mut().flatten() {
            with.bool(above)?;
        }
        for weights in self.weights.iter_mut().flatten() {
            with.values(weights)?;
        }
        for play in self.plays.iter_mut().flatten() {
            play.exchange(with)?;
        }
        Ok(())
    }
}

impl SavedInstance {
    fn exchange(&mut self, with: &mut impl Transfer) -> Result<(), StateFileError> {
        with.values(&mut self.values)?;
        for stream in &mut self.streams {
            stream.exchange(with)?;
        }
        Ok(())
    }
}

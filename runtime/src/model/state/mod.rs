//! The state of a run, taken and brought back: NEURON's `SaveState`.
//!
//! Saved are t, potentials, concentrations and reversal potentials and currents of ions, all that
//! mechanisms compute (a PARAMETER only of those with a NET_RECEIVE, which may use it as a
//! state), random streams, weights, events and WATCHes that are under way, and how far played
//! vectors are. A run that is brought back goes on with the same bits. Structure, parameters, delays,
//! dt, celsius and GLOBAL variables are not saved, as in NEURON.

mod file;

use nmodl::mechanism::{Mechanism, Role, Storage};

use crate::error::ModelError;
use crate::id::{IonId, MechanismId, SectionId};
use crate::play::Play;
use crate::random::Stream;
use crate::simulation::{Fans, Present, Run};
use crate::state_file::Counts;

use super::{Model, Section};

/// What [`Model::save_state`] took.
#[derive(Debug, Clone)]
pub struct SavedState {
    t_ms: f64,
    run: Run,
    sections: Vec<(SectionId, SavedSection)>,
    points: Vec<Option<SavedInstance>>,
    /// Whether each source was above its threshold.
    above: Vec<Option<bool>>,
    weights: Vec<Option<Vec<f64>>>,
    plays: Vec<Option<Play>>,
    /// What there was.
    present: Present,
    fans: Fans,
    counts: Counts,
    /// Of the structure.
    digest: u64,
}

#[derive(Debug, Clone)]
struct SavedSection {
    /// v, its last change and the membrane current of each segment.
    segments: Vec<[f64; 3]>,
    end_v_mv: [f64; 2],
    end_vext_mv: [Vec<f64>; 2],
    ions: Vec<(IonId, Vec<[f64; 5]>)>,
    density: Vec<SavedInstance>,
}

/// A point process, or a density mechanism in all segments.
#[derive(Debug, Clone)]
struct SavedInstance {
    mechanism: MechanismId,
    values: Vec<f64>,
    streams: Vec<Stream>,
}

impl Model {
    /// Takes the state of the run.
    pub fn save_state(&self) -> SavedState {
        let sections = self.sections.iter().enumerate();
        let sections = sections
            .filter(|(_, section)| !section.removed)
            .map(|(index, section)| (SectionId::new(index), SavedSection::new(section)));
        let points = self.points.iter().map(|point| {
            (!point.removed).then(|| SavedInstance {
                mechanism: point.mechanism,
                values: point.values.clone(),
                streams: point.streams.clone(),
            })
        });
        let senders = self.network.senders.iter();
        let netcons = 0..self.network.connections.len() as u32;
        SavedState {
            t_ms: self.t_ms,
            run: self.run.clone(),
            sections: sections.collect(),
            points: points.collect(),
            above: senders.map(|s| s.as_ref().map(|s| s.above)).collect(),
            weights: netcons
                .map(|n| {
                    self.network.connection(n)?;
                    Some(self.network.weights(n).to_vec())
                })
                .collect(),
            plays: self.plays.clone(),
            present: self.present(),
            fans: self.fans(),
            counts: self.counts(),
            digest: self.digest(),
        }
    }

    /// Brings a state back. NetCons and point processes that were made since stay as they are; what
    /// waits for the caller now goes on waiting.
    ///
    /// # Errors
    ///
    /// Sections, segments or mechanisms that are not those of the state; the model stays as it
    /// is.
    pub fn restore_state(&mut self, state: &SavedState) -> Result<(), ModelError> {
        self.restore_values(state)?;
        self.restore_network(state);
        self.run.restore(&state.run);
        // What they have sent is not in the queue that was brought back.
        let machines = self.machines.iter_mut().flatten();
        for transition in machines.flat_map(|machine| &mut machine.transitions) {
            transition.seen.sent = None;
        }
        Ok(())
    }

    /// Brings back t and the values of sections and point processes alone: what is under way,
    /// weights and played vectors stay as they are.
    ///
    /// # Errors
    ///
    /// As [`Model::restore_state`].
    pub fn restore_values(&mut self, state: &SavedState) -> Result<(), ModelError> {
        self.check_state(state)?;
        for (id, saved) in &state.sections {
            let section = &mut self.sections[id.index()];
            for (segment, &values) in section.segments.iter_mut().zip(&saved.segments) {
                [segment.v_mv, segment.dv_mv, segment.i_membrane_na] = values;
            }
            section.end_v_mv = saved.end_v_mv;
            section.end_vext_mv.clone_from(&saved.end_vext_mv);
            for (ion, values) in &saved.ions {
                if let Some(present) = section.ions.iter_mut().find(|p| p.ion == *ion) {
                    present.values.copy_from_slice(values);
                }
            }
            for (present, saved) in section.density.iter_mut().zip(&saved.density) {
                let description = self.mechanisms[saved.mechanism.index()].description();
                let columns = present.columns.max(1);
                let rows = saved.values.chunks(columns);
                for (row, values) in present.values.chunks_mut(columns).zip(rows) {
                    restore(description, row, values);
                }
                present.streams.clone_from_slice(&saved.streams);
            }
        }
        for (point, saved) in self.points.iter_mut().zip(&state.points) {
            if let Some(saved) = saved {
                let description = self.mechanisms[saved.mechanism.index()].description();
                restore(description, &mut point.values, &saved.values);
                point.streams.clone_from_slice(&saved.streams);
            }
        }
        self.t_ms = state.t_ms;
        Ok(())
    }

    /// Brings back who is above its threshold, weights, and how far played vectors are.
    fn restore_network(&mut self, state: &SavedState) {
        for (sender, &above) in self.network.senders.iter_mut().zip(&state.above) {
            if let (Some(sender), Some(above)) = (sender, above) {
                sender.above = above;
            }
        }
        for (number, weights) in state.weights.iter().enumerate() {
            if let (Some(weights), Some(present)) =
                (weights, self.network.connection(number as u32))
                && present.weights.1 as usize == weights.len()
            {
                let first = present.weights.0 as usize;
                self.network.weights[first..first + weights.len()].copy_from_slice(weights);
            }
        }
        for (play, saved) in self.plays.iter_mut().zip(&state.plays) {
            if let (Some(play), Some(saved)) = (play, saved) {
                play.go_to(saved);
            }
        }
    }

    /// Checks that a state is one of this structure.
    fn check_state(&self, state: &SavedState) -> Result<(), ModelError> {
        let wrong = |what: String| Err(ModelError::State { what });
        let count = self.sections.iter().filter(|s| !s.removed).count();
        if count != state.sections.len() {
            let saved = state.sections.len();
            return wrong(format!("{count} sections exist and {saved} were saved"));
        }
        for (id, saved) in &state.sections {
            let section = self.section(*id)?;
            let name = &section.name;
            let (count, old) = (section.segments.len(), saved.segments.len());
            if count != old {
                return wrong(format!("`{name}` has {count} segments and had {old}"));
            }
            let present = section.density.iter().map(|d| d.mechanism);
            if !present.eq(saved.density.iter().map(|d| d.mechanism)) {
                return wrong(format!("other mechanisms are inserted in `{name}`"));
            }
        }
        for (index, saved) in state.points.iter().enumerate() {
            let present = self.points.get(index).filter(|p| !p.removed);
            if let Some(saved) = saved
                && present.is_none_or(|p| p.mechanism != saved.mechanism)
            {
                let name = &self.mechanism(saved.mechanism)?.name;
                return wrong(format!("{name} {index} does not exist any more"));
            }
        }
        Ok(())
    }
}

impl SavedSection {
    fn new(section: &Section) -> Self {
        let segments = section.segments.iter();
        let ions = section.ions.iter();
        let density = section.density.iter().map(|d| SavedInstance {
            mechanism: d.mechanism,
            values: d.values.clone(),
            streams: d.streams.clone(),
        });
        Self {
            segments: segments
                .map(|s| [s.v_mv, s.dv_mv, s.i_membrane_na])
                .collect(),
            end_v_mv: section.end_v_mv,
            end_vext_mv: section.end_vext_mv.clone(),
            ions: ions.map(|p| (p.ion, p.values.clone())).collect(),
            density: density.collect(),
        }
    }
}

/// Brings back the columns of an instance that are its state.
fn restore(description: &Mechanism, present: &mut [f64], saved: &[f64]) {
    let all = description.net_receive.is_some();
    let is_parameter = |column: usize| {
        description.variables.iter().any(|v| {
            v.storage == Storage::Column
                && v.role == Role::Parameter
                && (v.offset..v.offset + v.len()).contains(&column)
        })
    };
    for (column, (to, from)) in present.iter_mut().zip(saved).enumerate() {
        if all || !is_parameter(column) {
            *to = *from;
        }
    }
}

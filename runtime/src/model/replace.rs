//! Mechanisms that come again, from a file that was edited.
//!
//! The new mechanism is another one beside the old. Names mean the new one, so that what is
//! inserted or made from now on uses it; instances of the old one run on with the code that they
//! were made with, until [`Model::migrate`] takes them over.

use std::collections::BTreeMap;
use std::sync::Arc;

use nmodl::mechanism::{Compiled, Storage};

use super::{Model, Owner, PointProcess, PointerId, Registered};
use crate::error::ModelError;
use crate::id::{MechanismId, SectionId};

impl Model {
    /// As [`Model::add_mechanism`], but the name may be taken: from now on it means the new
    /// mechanism. GLOBAL variables have their defaults.
    ///
    /// # Errors
    ///
    /// An ion with another valence than the one it has.
    pub fn replace_mechanism(
        &mut self,
        compiled: Arc<Compiled>,
    ) -> Result<MechanismId, ModelError> {
        self.register(compiled)
    }

    /// Makes all instances of older mechanisms of that name instances of the newest. Variables
    /// keep their values by name, if the new mechanism has them with as many elements; others
    /// have their defaults. So do the GLOBAL variables of the mechanism. NetCons stay and have
    /// as many weights as the new NET_RECEIVE has arguments.
    ///
    /// # Errors
    ///
    /// A mechanism that has become one of another kind, or has lost the NET_RECEIVE that a NetCon
    /// needs, while there are instances; the model stays as it was.
    pub fn migrate(&mut self, name: &str) -> Result<(), ModelError> {
        let Some(newest) = self.find_mechanism(name) else {
            return Ok(());
        };
        let mut changed = self.clone();
        let older: Vec<MechanismId> = (0..newest.index())
            .filter(|&i| self.mechanisms[i].description().name == name)
            .map(MechanismId::new)
            .collect();
        for old in older {
            changed.migrate_globals(old, newest);
            changed.migrate_density(old, newest)?;
            changed.migrate_points(old, newest)?;
            changed.migrate_pointers(old, newest);
        }
        *self = changed;
        Ok(())
    }

    fn migrate_globals(&mut self, old: MechanismId, new: MechanismId) {
        let from = self.mechanisms[old.index()].clone();
        let to = &mut self.mechanisms[new.index()];
        let mut globals = std::mem::take(&mut to.globals);
        copy_by_name(&from, to, Storage::Global, &from.globals, &mut globals);
        to.globals = globals;
    }

    fn migrate_density(&mut self, old: MechanismId, new: MechanismId) -> Result<(), ModelError> {
        for section in (0..self.sections.len()).map(SectionId::new) {
            let density = &self.sections[section.index()].density;
            let Some(position) = density.iter().position(|d| d.mechanism == old) else {
                continue;
            };
            let inserted = self.sections[section.index()].density.remove(position);
            self.lay_in(section, new)?;
            let (from, to) = (&self.mechanisms[old.index()], &self.mechanisms[new.index()]);
            let density = &mut self.sections[section.index()].density;
            if let Some(target) = density.iter_mut().find(|d| d.mechanism == new) {
                if target.streams.len() == inserted.streams.len() {
                    target.streams.clone_from(&inserted.streams);
                }
                let count = inserted.values.len() / inserted.columns.max(1);
                for i in 0..count {
                    let row = i * target.columns..(i + 1) * target.columns;
                    let old_row = i * inserted.columns..(i + 1) * inserted.columns;
                    copy_by_name(
                        from,
                        to,
                        Storage::Column,
                        &inserted.values[old_row],
                        &mut target.values[row],
                    );
                }
            }
            // The place among the others stays.
            if let Some(moved) = density.pop() {
                density.insert(position, moved);
            }
        }
        Ok(())
    }

    fn migrate_points(&mut self, old: MechanismId, new: MechanismId) -> Result<(), ModelError> {
        let (from, to) = (
            self.mechanisms[old.index()].clone(),
            self.mechanisms[new.index()].clone(),
        );
        for number in 0..self.points.len() {
            if self.points[number].mechanism != old || self.points[number].removed {
                continue;
            }
            self.registered_as(new, from.description().kind)?;
            let mut values = to.default_columns();
            let point: &PointProcess = &self.points[number];
            copy_by_name(&from, &to, Storage::Column, &point.values, &mut values);
            let mut streams = point.streams.clone();
            let wanted = to.description().random_streams.len();
            streams.truncate(wanted);
            while streams.len() < wanted {
                streams.push(self.next_stream());
            }
            let at = self.points[number].at;
            self.use_ions_at(at, new)?;
            let point = &mut self.points[number];
            point.mechanism = new;
            point.values = values;
            point.streams = streams;
            self.migrate_netcons(number, new)?;
        }
        Ok(())
    }

    /// POINTERs keep what they point at, by name.
    fn migrate_pointers(&mut self, old: MechanismId, new: MechanismId) {
        let description = |id: MechanismId| self.mechanisms[id.index()].description();
        let (from, to) = (description(old), description(new));
        let mut pointers = BTreeMap::new();
        for (id, target) in &self.pointers {
            let owner = match id.owner {
                Owner::Density {
                    section,
                    segment,
                    mechanism,
                } if mechanism == old => Owner::Density {
                    section,
                    segment,
                    mechanism: new,
                },
                // The point processes are of the new mechanism by now.
                Owner::Point(point) if self.points[point.index()].mechanism == new => id.owner,
                _ => {
                    pointers.insert(*id, target.clone());
                    continue;
                }
            };
            let name = from.pointers.get(id.index as usize).map(|p| &p.name);
            if let Some(index) = name.and_then(|name| to.pointer(name)) {
                let index = index as u32;
                pointers.insert(PointerId { owner, index }, target.clone());
            }
        }
        self.pointers = pointers;
    }

    fn migrate_netcons(&mut self, point: usize, new: MechanismId) -> Result<(), ModelError> {
        let description = self.mechanisms[new.index()].description();
        let weights = description.net_receive.as_ref().map(|r| r.arguments.len());
        let netcons: Vec<u32> = self.network.netcons_to(point as u32).collect();
        let Some(weights) = weights else {
            return match netcons.is_empty() {
                true => Ok(()),
                false => Err(ModelError::NotATarget {
                    mechanism: description.name.clone(),
                }),
            };
        };
        for netcon in netcons {
            self.network.resize_weights(netcon, weights);
        }
        Ok(())
    }
}

/// Copies the values of the variables that two mechanisms share.
fn copy_by_name(
    from: &Registered,
    to: &Registered,
    storage: Storage,
    old: &[f64],
    new: &mut [f64],
) {
    for variable in &to.description().variables {
        let known = from.description().variable(&variable.name);
        let Some(known) = known.filter(|k| k.storage == storage && k.len() == variable.len())
        else {
            continue;
        };
        if variable.storage != storage {
            continue;
        }
        let source = old.get(known.offset..known.offset + known.len());
        let target = new.get_mut(variable.offset..variable.offset + variable.len());
        if let (Some(source), Some(target)) = (source, target) {
            target.copy_from_slice(source);
        }
    }
}

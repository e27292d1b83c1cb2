//! Removal. An id that was removed names nothing any more and is not used again; all others
//! stay.

use crate::error::ModelError;
use crate::id::{MechanismId, PointProcessId, SectionId};

use super::Model;

impl Model {
    /// Removes a section. Its children become roots, its point processes lose their place, and
    /// NetCons that watch its variables lose their source.
    ///
    /// # Errors
    ///
    /// An id of another model, or of a section that was removed.
    pub fn remove_section(&mut self, id: SectionId) -> Result<(), ModelError> {
        self.disconnect(id)?;
        for child in self.section(id)?.children.clone() {
            self.disconnect(child)?;
        }
        let points: Vec<PointProcessId> = self.points_in(id).collect();
        for point in points {
            self.place_point(point, None);
        }
        self.network.forget_section(id);
        self.forget_pointers_of(id);
        self.forget_linear(id);
        let section = &mut self.sections[id.index()];
        section.removed = true;
        section.segments = Vec::new();
        section.density = Vec::new();
        section.ions = Vec::new();
        let name = std::mem::take(&mut section.name);
        if self.section_names.get(&name) == Some(&id) {
            self.section_names.remove(&name);
        }
        Ok(())
    }

    /// Removes a point process or an artificial cell. NetCons to it have no target any more, those
    /// from it no source; its events are not delivered.
    ///
    /// # Errors
    ///
    /// An id of another model, or of one that was removed.
    pub fn remove_point(&mut self, id: PointProcessId) -> Result<(), ModelError> {
        self.point(id)?;
        self.network.forget_point(id);
        self.forget_pointers_of_point(id);
        self.place_point(id, None);
        let point = &mut self.points[id.index()];
        point.removed = true;
        point.values = Vec::new();
        point.streams = Vec::new();
        Ok(())
    }

    /// Takes a density mechanism out of a section. The ions that it uses stay, with their styles, as
    /// in NEURON. Nothing happens if it is not there.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn uninsert(&mut self, id: SectionId, mechanism: MechanismId) -> Result<(), ModelError> {
        self.registered(mechanism)?;
        let section = self.section_mut(id)?;
        section.density.retain(|d| d.mechanism != mechanism);
        Ok(())
    }
}

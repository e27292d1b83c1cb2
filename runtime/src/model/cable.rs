//! Sections of a model: their geometry and their connections.

use crate::error::{CallError, ModelError};
use crate::id::SectionId;

use super::point::next_stream;
use super::{Connection, End, Model, Place, Section, SectionGeometry, Symbol};

impl Model {
    /// Makes a section: L 100 µm, diam 500 µm, 1 segment, Ra 35.4 Ω·cm, cm 1 µF/cm², as NEURON.
    ///
    /// # Errors
    ///
    /// A name that is taken.
    pub fn add_section(&mut self, name: &str) -> Result<SectionId, ModelError> {
        if self.section_names.contains_key(name) {
            return Err(ModelError::Duplicate {
                what: "section",
                name: name.to_owned(),
            });
        }
        Ok(self.add_namesake(name))
    }

    /// Makes a section whose name others may have; [`Model::find_section`] finds the first.
    pub(crate) fn add_namesake(&mut self, name: &str) -> SectionId {
        let id = SectionId::new(self.sections.len());
        self.section_names.entry(name.to_owned()).or_insert(id);
        self.sections.push(Section::new(name));
        id
    }

    /// The section of that name.
    pub fn find_section(&self, name: &str) -> Option<SectionId> {
        self.section_names.get(name).copied()
    }

    /// A section.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn section(&self, id: SectionId) -> Result<&Section, ModelError> {
        let known = self.sections.get(id.index()).filter(|s| !s.removed);
        known.ok_or(ModelError::UnknownId {
            what: "section",
            index: id.index(),
        })
    }

    /// Number of sections that were ever made; ids count from 0.
    pub fn section_count(&self) -> usize {
        self.sections.len()
    }

    pub(super) fn section_mut(&mut self, id: SectionId) -> Result<&mut Section, ModelError> {
        let known = self.sections.get_mut(id.index()).filter(|s| !s.removed);
        known.ok_or(ModelError::UnknownId {
            what: "section",
            index: id.index(),
        })
    }

    /// Checks a quantity that must be finite and positive.
    fn positive(
        &self,
        section: SectionId,
        quantity: &'static str,
        value: f64,
    ) -> Result<(), ModelError> {
        if value.is_finite() && value > 0.0 {
            return Ok(());
        }
        let place = self.section(section)?.name.clone();
        Err(ModelError::Value {
            place,
            quantity,
            value,
            requirement: "finite and positive",
        })
    }

    /// Sets the length in µm. 3-D points, if any, are scaled.
    ///
    /// # Errors
    ///
    /// A length that is not positive.
    pub fn set_length(&mut self, id: SectionId, length_um: f64) -> Result<(), ModelError> {
        self.positive(id, "L", length_um)?;
        self.section_mut(id)?.resize_length(length_um);
        self.update_diameters(id)
    }

    /// Sets the diameter of all segments, in µm. 3-D points take it as well.
    ///
    /// # Errors
    ///
    /// A diameter that is not positive.
    pub fn set_diameter(&mut self, id: SectionId, diam_um: f64) -> Result<(), ModelError> {
        self.positive(id, "diam", diam_um)?;
        let section = self.section_mut(id)?;
        section
            .segments
            .iter_mut()
            .for_each(|s| s.diam_um = diam_um);
        section.points_take_segment_diameters();
        self.update_diameters(id)
    }

    /// Sets the axial resistivity (`Ra`) in Ω·cm.
    ///
    /// # Errors
    ///
    /// A value that is not positive.
    pub fn set_axial_resistivity(&mut self, id: SectionId, ohm_cm: f64) -> Result<(), ModelError> {
        self.positive(id, "Ra", ohm_cm)?;
        self.section_mut(id)?.axial_resistivity_ohm_cm = ohm_cm;
        Ok(())
    }

    /// Sets the number of equal branches that the section stands for (`rallbranch`).
    ///
    /// # Errors
    ///
    /// A value that is not positive.
    pub fn set_rall_branch(&mut self, id: SectionId, branches: f64) -> Result<(), ModelError> {
        self.positive(id, "rallbranch", branches)?;
        self.section_mut(id)?.rall_branch = branches;
        Ok(())
    }

    /// Sets the number of segments. Values of the new segments are those of the old segment that
    /// holds their middle; point processes stay at their node, as in NEURON. POINTERs of density
    /// mechanisms point at nothing afterwards. Their CONSTRUCTORs are executed for segments that are
    /// added, whose variables become copies afterwards.
    ///
    /// # Errors
    ///
    /// 0 segments, or more than 32766; a CONSTRUCTOR that fails.
    pub fn set_segment_count(&mut self, id: SectionId, count: usize) -> Result<(), CallError> {
        let section = self.section(id)?;
        if !(1..=32766).contains(&count) {
            return Err(ModelError::Value {
                place: section.name.clone(),
                quantity: "nseg",
                value: count as f64,
                requirement: "from 1 to 32766",
            }
            .into());
        }
        let old = section.segments.len();
        self.construct_copies(id, count.saturating_sub(old))?;
        let (made, index) = (&mut self.streams_made, self.random_index);
        self.sections[id.index()].resample(count, || next_stream(made, index));
        let here: Vec<_> = self.points_in(id).collect();
        for point in here {
            if let Some((_, site)) = &mut self.points[point.index()].at {
                *site = site.resampled(old, count);
            }
        }
        for linear in self.linear.iter_mut().flatten() {
            for (section, site) in &mut linear.sites {
                if *section == id {
                    *site = site.resampled(old, count);
                }
            }
        }
        if old != count {
            self.forget_pointers_of(id);
        }
        Ok(self.update_diameters(id)?)
    }

    pub(super) fn update_diameters(&mut self, id: SectionId) -> Result<(), ModelError> {
        let section = self.section_mut(id)?;
        if !section.has_shape() {
            return Ok(());
        }
        let geometry = SectionGeometry::new(section)?;
        for (segment, &diam_um) in section.segments.iter_mut().zip(&geometry.diam_um) {
            segment.diam_um = diam_um;
        }
        Ok(())
    }

    /// Attaches `end` of `child` to position `parent_x` of `parent`; an earlier attachment is
    /// replaced.
    ///
    /// # Errors
    ///
    /// A loop, or a position outside of 0 to 1.
    pub fn connect(
        &mut self,
        child: SectionId,
        end: End,
        parent: SectionId,
        parent_x: f64,
    ) -> Result<(), ModelError> {
        self.check_x(parent, parent_x)?;
        let name = self.section(child)?.name.clone();
        let mut ancestor = Some(parent);
        while let Some(section) = ancestor {
            if section == child {
                let parent = self.section(parent)?.name.clone();
                return Err(ModelError::Loop {
                    section: name,
                    parent,
                });
            }
            ancestor = self.section(section)?.connection.map(|c| c.parent);
        }
        self.detach(child, end)?;
        self.section_mut(child)?.connection = Some(Connection {
            parent,
            parent_x,
            child_end: end,
        });
        let near = self.section(parent)?.attached_end();
        let from_near_end = |x: f64| (x - near.x()).abs();
        let siblings = &self.section(parent)?.children;
        let place = siblings.iter().position(|&sibling| {
            let connection = self.sections[sibling.index()].connection;
            connection.is_some_and(|c| from_near_end(parent_x) <= from_near_end(c.parent_x))
        });
        let place = place.unwrap_or(siblings.len());
        self.section_mut(parent)?.children.insert(place, child);
        self.update_diameters(child)
    }

    /// Takes a section from its parent; `end` will be its attached end.
    fn detach(&mut self, child: SectionId, end: End) -> Result<(), ModelError> {
        let x = self.section(child)?.attached_end().x();
        let section = child;
        let v_mv = self.value(Place::Segment { section, x }, Symbol::V)?;
        let section = self.section_mut(child)?;
        section.end_v_mv[x as usize] = v_mv;
        if section.attached_end() != end {
            section.children.reverse();
        }
        if let Some(connection) = section.connection.take() {
            let parent = self.section_mut(connection.parent)?;
            parent.children.retain(|&sibling| sibling != child);
        }
        Ok(())
    }

    /// Makes a section the root of a cell of its own.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn disconnect(&mut self, child: SectionId) -> Result<(), ModelError> {
        self.detach(child, End::Zero)?;
        self.update_diameters(child)
    }

    pub(crate) fn check_x(&self, section: SectionId, x: f64) -> Result<&Section, ModelError> {
        let section = self.section(section)?;
        if (0.0..=1.0).contains(&x) {
            return Ok(section);
        }
        Err(ModelError::Value {
            place: section.name.clone(),
            quantity: "x",
            value: x,
            requirement: "from 0 to 1",
        })
    }
}

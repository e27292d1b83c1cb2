//! What is inserted in sections: density mechanisms and ions.

use nmodl::mechanism::{IonUse, Kind};

use crate::circuit::extracellular;
use crate::error::{CallError, ModelError, ModelWarning};
use crate::id::{IonId, MechanismId, SectionId};
use crate::ion::IonStyle;

use super::{Inserted, Model, SectionIon, Site};

impl Model {
    /// Inserts a density mechanism, with its defaults, in all segments of a section, and the ions
    /// it uses, and executes its CONSTRUCTOR for each segment, from the last to the first. Nothing
    /// happens if it is there already, or an older one of the same name.
    ///
    /// # Errors
    ///
    /// A point process or an artificial cell; a CONSTRUCTOR that fails.
    pub fn insert(&mut self, id: SectionId, mechanism: MechanismId) -> Result<(), CallError> {
        if self.lay_in(id, mechanism)? {
            let count = self.section(id)?.segments.len();
            for segment in (0..count).rev() {
                self.construct_in(id, mechanism, segment)?;
            }
        }
        Ok(())
    }

    /// [`Model::insert`] without the CONSTRUCTOR; false if it is there already.
    pub(super) fn lay_in(
        &mut self,
        id: SectionId,
        mechanism: MechanismId,
    ) -> Result<bool, ModelError> {
        let defaults = self
            .registered_as(mechanism, Kind::Density)?
            .default_columns();
        let section = self.section(id)?;
        let name = &self.mechanism(mechanism)?.name;
        let present =
            |d: &Inserted| *name == self.mechanisms[d.mechanism.index()].description().name;
        if section.density.iter().any(present) {
            return Ok(false);
        }
        let count = section.segments.len();
        for segment in 0..count {
            self.use_ions(id, segment, mechanism)?;
        }
        let each = self.mechanism(mechanism)?.random_streams.len();
        // NEURON numbers them from the last segment to the first.
        let mut streams = Vec::with_capacity(each * count);
        for _ in 0..count {
            let segment: Vec<_> = (0..each).map(|_| self.next_stream()).collect();
            streams.splice(0..0, segment);
        }
        self.section_mut(id)?.density.push(Inserted {
            mechanism,
            columns: defaults.len(),
            values: defaults.repeat(count),
            streams,
        });
        self.make_layers(id, mechanism);
        Ok(true)
    }

    /// The ends of a section get layers with the segments.
    fn make_layers(&mut self, id: SectionId, mechanism: MechanismId) {
        let description = self.mechanisms[mechanism.index()].description();
        if description.name == extracellular::NAME {
            let layers = extracellular::Layers::of(description).0;
            self.sections[id.index()].end_vext_mv = [vec![0.0; layers], vec![0.0; layers]];
        }
    }

    /// True if the density mechanism is in the section.
    pub fn is_inserted(&self, id: SectionId, mechanism: MechanismId) -> bool {
        self.sections
            .get(id.index())
            .is_some_and(|s| s.density.iter().any(|d| d.mechanism == mechanism))
    }

    /// The density mechanism of that name which is in the section.
    pub fn inserted(&self, id: SectionId, name: &str) -> Option<MechanismId> {
        let density = &self.sections.get(id.index())?.density;
        let mut there = density.iter().map(|d| d.mechanism);
        there.find(|m| self.mechanisms[m.index()].description().name == name)
    }

    /// Inserts an ion by itself (NEURON's `insert na_ion`), in all segments of a section.
    ///
    /// # Errors
    ///
    /// Ids of another model.
    pub fn insert_ion(&mut self, id: SectionId, ion: IonId) -> Result<(), ModelError> {
        let defaults = self
            .ions
            .get(ion.index())
            .ok_or(ModelError::UnknownId {
                what: "ion",
                index: ion.index(),
            })?
            .segment_defaults;
        let section = self.section_mut(id)?;
        if section.ions.iter().all(|i| i.ion != ion) {
            let count = section.segments.len();
            let [erev, ci, co] = defaults;
            section.ions.push(SectionIon {
                ion,
                style: vec![Default::default(); count],
                values: vec![[erev, ci, co, 0.0, 0.0]; count],
            });
        }
        Ok(())
    }

    /// How an ion is treated in a section (in its first segment: point processes can make others
    /// differ); `None` if it is not there.
    ///
    /// # Errors
    ///
    /// Ids of another model.
    pub fn ion_style(&self, id: SectionId, ion: IonId) -> Result<Option<IonStyle>, ModelError> {
        let present = self.section(id)?.ions.iter().find(|i| i.ion == ion);
        Ok(present.and_then(|present| present.style.first().copied()))
    }

    /// Whether a density mechanism of the section, or a point process in it, writes the ion's
    /// internal and its external concentration.
    ///
    /// # Errors
    ///
    /// Ids of another model.
    pub fn writes_concentrations(
        &self,
        id: SectionId,
        ion: IonId,
    ) -> Result<[bool; 2], ModelError> {
        let density = self.section(id)?.density.iter().map(|d| d.mechanism);
        let points = self.points_in(id).map(|p| self.points[p.index()].mechanism);
        let mut writes = [false; 2];
        for mechanism in density.chain(points) {
            let registered = &self.mechanisms[mechanism.index()];
            let uses = registered.description().ions.iter().zip(&registered.ions);
            for (ion_use, _) in uses.filter(|&(_, &known)| known == ion) {
                writes[0] |= ion_use.write.ci;
                writes[1] |= ion_use.write.co;
            }
        }
        Ok(writes)
    }

    /// Sets how an ion is treated in a section (NEURON's `ion_style`). The ion is inserted if it
    /// is not there.
    ///
    /// # Errors
    ///
    /// Ids of another model.
    pub fn set_ion_style(
        &mut self,
        id: SectionId,
        ion: IonId,
        style: IonStyle,
    ) -> Result<(), ModelError> {
        self.insert_ion(id, ion)?;
        let section = self.section_mut(id)?;
        if let Some(inserted) = section.ions.iter_mut().find(|i| i.ion == ion) {
            inserted.style.fill(style);
        }
        Ok(())
    }

    /// Makes the ions of a mechanism present in the section and promotes their styles in one
    /// segment.
    pub(super) fn use_ions(
        &mut self,
        id: SectionId,
        segment: usize,
        mechanism: MechanismId,
    ) -> Result<(), ModelError> {
        let registered = self.registered(mechanism)?.clone();
        for (ion_use, &ion) in registered.description().ions.iter().zip(&registered.ions) {
            self.insert_ion(id, ion)?;
            if segment == 0 || !matches!(registered.description().kind, Kind::Density) {
                self.warn_of_other_writer(id, segment, mechanism, ion_use)?;
            }
            let section = self.section_mut(id)?;
            if let Some(inserted) = section.ions.iter_mut().find(|i| i.ion == ion) {
                inserted.style[segment] = inserted.style[segment].promote(ion_use);
            }
        }
        Ok(())
    }

    /// The same at the place of a point process.
    pub(super) fn use_ions_at(
        &mut self,
        at: Option<(SectionId, Site)>,
        mechanism: MechanismId,
    ) -> Result<(), ModelError> {
        let Some((section, site)) = at else {
            return Ok(());
        };
        match site {
            Site::Segment(segment) => self.use_ions(section, segment, mechanism),
            Site::End(end) => {
                let registered = self.registered(mechanism)?;
                if registered.ions.is_empty() {
                    return Ok(());
                }
                Err(ModelError::IonAtEnd {
                    mechanism: registered.description().name.clone(),
                    section: self.section(section)?.name.clone(),
                    end: end.x() as u8,
                })
            }
        }
    }

    fn warn_of_other_writer(
        &mut self,
        id: SectionId,
        segment: usize,
        mechanism: MechanismId,
        ion: &IonUse,
    ) -> Result<(), ModelError> {
        let writes = |candidate: MechanismId, inside: bool| {
            self.mechanisms[candidate.index()]
                .description()
                .ions
                .iter()
                .any(|i| i.name == ion.name && if inside { i.write.ci } else { i.write.co })
        };
        let section = self.section(id)?;
        let site = Site::Segment(segment);
        let here = section.density.iter().map(|d| d.mechanism).chain(
            self.points_in(id)
                .map(|point| &self.points[point.index()])
                .filter(|p| p.at == Some((id, site)))
                .map(|p| p.mechanism),
        );
        let others: Vec<MechanismId> = here.filter(|&other| other != mechanism).collect();
        let mut found = Vec::new();
        for (inside, side) in [(true, "internal"), (false, "external")] {
            if !writes(mechanism, inside) {
                continue;
            }
            if let Some(&first) = others.iter().find(|&&other| writes(other, inside)) {
                found.push(ModelWarning::ConcentrationWriters {
                    place: format!("{}({})", section.name, section.segment_x(segment)),
                    first: self.mechanisms[first.index()].description().name.clone(),
                    second: self.mechanisms[mechanism.index()]
                        .description()
                        .name
                        .clone(),
                    side,
                    ion: ion.name.clone(),
                });
            }
        }
        self.warnings.extend(found);
        Ok(())
    }
}

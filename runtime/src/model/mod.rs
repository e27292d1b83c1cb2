//! The model: what there is, before it is laid out for simulation.
//!
//! A [`Model`] holds sections, registered mechanisms, point processes and NetCons, with all their
//! values. [`crate::Simulation::new`] takes it over, lays it out as a structure of arrays and runs
//! it; [`crate::Simulation::into_model`] gives it back with the values that the run left, so that
//! the structure can be changed and the simulation made anew. Ids stay valid through both.
//!
//! Names are NEURON's: `v`, `gnabar_hh`, `ena`, `nai0_na_ion`. See [`Model::get`].

mod geometry;
mod network;
mod place;
mod point;
mod section;
mod variable;

use std::collections::HashMap;
use std::sync::Arc;

use nmodl::mechanism::{Compiled, IonUse, Kind, Mechanism, Storage, Variable};

use crate::error::{ModelError, ModelWarning};
use crate::id::{IonId, MechanismId, NetConId, PointProcessId, SectionId};
use crate::ion::Ion;

pub(crate) use geometry::SectionGeometry;
pub use network::{NetCon, Source};
pub(crate) use place::split_element;
pub use place::{End, Place};
pub(crate) use point::PointProcess;
pub use section::{Connection, Point3d, Section, Segment};
pub(crate) use section::{Inserted, SectionIon, Site};
pub(crate) use variable::Symbol;

/// Sections, mechanisms, point processes and NetCons.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) mechanisms: Vec<Registered>,
    pub(crate) ions: Vec<Ion>,
    pub(crate) sections: Vec<Section>,
    pub(crate) points: Vec<PointProcess>,
    pub(crate) netcons: Vec<NetCon>,
    section_names: HashMap<String, SectionId>,
    warnings: Vec<ModelWarning>,
    pub(crate) dt_ms: f64,
    pub(crate) celsius: f64,
    pub(crate) secondorder: u8,
    /// Time of the last run, kept through [`crate::Simulation::into_model`].
    pub(crate) t_ms: f64,
    /// RANDOM streams made so far: NEURON numbers those without ids of their own.
    pub(crate) streams_made: u32,
}

/// A mechanism that the model knows, with the values of its globals.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub compiled: Arc<Compiled>,
    pub globals: Vec<f64>,
    /// The species of each USEION.
    pub ions: Vec<IonId>,
}

impl Registered {
    pub fn description(&self) -> &Mechanism {
        self.compiled.description()
    }

    /// One instance's columns with their defaults.
    pub fn default_columns(&self) -> Vec<f64> {
        defaults(
            self.description(),
            Storage::Column,
            self.description().columns,
        )
    }
}

/// The storage of one kind, filled from the variables' defaults.
fn defaults(description: &Mechanism, storage: Storage, len: usize) -> Vec<f64> {
    let mut values = vec![0.0; len];
    for variable in description
        .variables
        .iter()
        .filter(|v| v.storage == storage)
    {
        let range = variable.offset..(variable.offset + variable.len()).min(len);
        if let Some(elements) = values.get_mut(range) {
            elements.fill(variable.default);
        }
    }
    values
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

impl Model {
    /// An empty model: dt 0.025 ms, celsius 6.3 °C, secondorder 0.
    pub fn new() -> Self {
        Self {
            mechanisms: Vec::new(),
            ions: Vec::new(),
            sections: Vec::new(),
            points: Vec::new(),
            netcons: Vec::new(),
            section_names: HashMap::new(),
            warnings: Vec::new(),
            dt_ms: 0.025,
            celsius: 6.3,
            secondorder: 0,
            t_ms: 0.0,
            streams_made: 0,
        }
    }

    /// What is allowed and probably not meant.
    pub fn warnings(&self) -> &[ModelWarning] {
        &self.warnings
    }

    // ---- mechanisms and ions -------------------------------------------------------------

    /// Makes a mechanism known and registers its ions. The order of registration is the order in
    /// which the currents and states of mechanisms are computed, but those that write
    /// concentrations come first.
    ///
    /// # Errors
    ///
    /// A name that is taken; an ion with another valence than the one it has.
    pub fn add_mechanism(&mut self, compiled: Arc<Compiled>) -> Result<MechanismId, ModelError> {
        let description = compiled.description();
        if self.find_mechanism(&description.name).is_some() {
            let name = description.name.clone();
            return Err(ModelError::Duplicate {
                what: "mechanism",
                name,
            });
        }
        for ion in &description.ions {
            if let (Some(first), Some(second)) = (
                self.find_ion(&ion.name)
                    .and_then(|id| self.ions[id.index()].valence),
                ion.valence,
            ) && first != second
            {
                return Err(ModelError::IonCharge {
                    ion: ion.name.clone(),
                    first,
                    second,
                    mechanism: description.name.clone(),
                });
            }
        }
        let ions = description
            .ions
            .iter()
            .map(|ion| self.register_ion(ion))
            .collect();
        let globals = defaults(description, Storage::Global, description.globals);
        self.mechanisms.push(Registered {
            compiled,
            globals,
            ions,
        });
        Ok(MechanismId::new(self.mechanisms.len() - 1))
    }

    fn register_ion(&mut self, ion: &IonUse) -> IonId {
        let id = self.find_ion(&ion.name).unwrap_or_else(|| {
            self.ions.push(Ion::new(&ion.name));
            IonId::new(self.ions.len() - 1)
        });
        let known = &mut self.ions[id.index()].valence;
        *known = known.or(ion.valence);
        id
    }

    /// The mechanism of that suffix or class name.
    pub fn find_mechanism(&self, name: &str) -> Option<MechanismId> {
        self.mechanisms
            .iter()
            .position(|m| m.description().name == name)
            .map(MechanismId::new)
    }

    /// The description of a mechanism.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn mechanism(&self, id: MechanismId) -> Result<&Mechanism, ModelError> {
        Ok(self.registered(id)?.description())
    }

    /// The ion of that name (`na`).
    pub fn find_ion(&self, name: &str) -> Option<IonId> {
        self.ions
            .iter()
            .position(|i| i.name == name)
            .map(IonId::new)
    }

    /// All ions, in the order of registration; [`IonId::index`] counts them.
    pub fn ions(&self) -> &[Ion] {
        &self.ions
    }

    pub(crate) fn registered(&self, id: MechanismId) -> Result<&Registered, ModelError> {
        self.mechanisms
            .get(id.index())
            .ok_or(ModelError::UnknownId {
                what: "mechanism",
                index: id.index(),
            })
    }

    /// Checks that the mechanism is of that kind.
    fn registered_as(&self, id: MechanismId, kind: Kind) -> Result<&Registered, ModelError> {
        let registered = self.registered(id)?;
        if registered.description().kind == kind {
            return Ok(registered);
        }
        let wanted = match kind {
            Kind::Density => "density mechanism",
            Kind::PointProcess => "point process",
            Kind::ArtificialCell => "artificial cell",
            Kind::Nothing => "library of functions",
        };
        let mechanism = registered.description().name.clone();
        Err(ModelError::WrongKind { mechanism, wanted })
    }

    // ---- sections ------------------------------------------------------------------------

    /// Makes a section: L 100 µm, diam 500 µm, 1 segment, Ra 35.4 Ω·cm, cm 1 µF/cm², as NEURON.
    ///
    /// # Errors
    ///
    /// A name that is taken.
    pub fn add_section(&mut self, name: &str) -> Result<SectionId, ModelError> {
        let id = SectionId::new(self.sections.len());
        if self.section_names.contains_key(name) {
            return Err(ModelError::Duplicate {
                what: "section",
                name: name.to_owned(),
            });
        }
        self.section_names.insert(name.to_owned(), id);
        self.sections.push(Section::new(name));
        Ok(id)
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
        self.sections.get(id.index()).ok_or(ModelError::UnknownId {
            what: "section",
            index: id.index(),
        })
    }

    /// Number of sections; ids count from 0.
    pub fn section_count(&self) -> usize {
        self.sections.len()
    }

    fn section_mut(&mut self, id: SectionId) -> Result<&mut Section, ModelError> {
        self.sections
            .get_mut(id.index())
            .ok_or(ModelError::UnknownId {
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
    /// holds their middle; point processes stay at their node, as in NEURON.
    ///
    /// # Errors
    ///
    /// 0 segments, or more than 32766.
    pub fn set_segment_count(&mut self, id: SectionId, count: usize) -> Result<(), ModelError> {
        let section = self.section_mut(id)?;
        if !(1..=32766).contains(&count) {
            return Err(ModelError::Value {
                place: section.name.clone(),
                quantity: "nseg",
                value: count as f64,
                requirement: "from 1 to 32766",
            });
        }
        let old = section.segments.len();
        section.resample(count);
        for point in &mut self.points {
            if let Some((section, site)) = &mut point.at
                && *section == id
            {
                *site = site.resampled(old, count);
            }
        }
        self.update_diameters(id)
    }

    /// Sets the 3-D description, from the section's attached end on. An empty list removes it and
    /// leaves length and diameters as they are.
    ///
    /// # Errors
    ///
    /// A single point, a coordinate that is not finite, a negative diameter, or no length.
    pub fn set_points(&mut self, id: SectionId, points: &[Point3d]) -> Result<(), ModelError> {
        let section = self.section_mut(id)?;
        section.set_points(points)?;
        self.update_diameters(id)
    }

    fn update_diameters(&mut self, id: SectionId) -> Result<(), ModelError> {
        let section = self.section_mut(id)?;
        if section.points.is_empty() {
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
        self.section_mut(child)?.connection = Some(Connection {
            parent,
            parent_x,
            child_end: end,
        });
        self.update_diameters(child)
    }

    /// Makes a section the root of a cell of its own.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn disconnect(&mut self, child: SectionId) -> Result<(), ModelError> {
        self.section_mut(child)?.connection = None;
        self.update_diameters(child)
    }

    fn check_x(&self, section: SectionId, x: f64) -> Result<&Section, ModelError> {
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

    /// Inserts a density mechanism, with its defaults, in all segments of a section, and the ions
    /// it uses. Nothing happens if it is there already.
    ///
    /// # Errors
    ///
    /// A point process or an artificial cell.
    pub fn insert(&mut self, id: SectionId, mechanism: MechanismId) -> Result<(), ModelError> {
        let defaults = self
            .registered_as(mechanism, Kind::Density)?
            .default_columns();
        let section = self.section(id)?;
        if section.density.iter().any(|d| d.mechanism == mechanism) {
            return Ok(());
        }
        let count = section.segments.len();
        for segment in 0..count {
            self.use_ions(id, segment, mechanism)?;
        }
        self.section_mut(id)?.density.push(Inserted {
            mechanism,
            columns: defaults.len(),
            values: defaults.repeat(count),
        });
        Ok(())
    }

    /// True if the density mechanism is in the section.
    pub fn is_inserted(&self, id: SectionId, mechanism: MechanismId) -> bool {
        self.sections
            .get(id.index())
            .is_some_and(|s| s.density.iter().any(|d| d.mechanism == mechanism))
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
            section.ions.push(SectionIon {
                ion,
                style: vec![Default::default(); count],
                values: vec![defaults; count],
            });
        }
        Ok(())
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
        style: crate::ion::IonStyle,
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
    fn use_ions(
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
            self.points
                .iter()
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

    /// Checks that what can only be known at the end holds: every ion has a valence.
    pub(crate) fn check(&self) -> Result<(), ModelError> {
        match self.ions.iter().find(|i| i.valence.is_none()) {
            Some(ion) => Err(ModelError::IonChargeUnknown {
                ion: ion.name.clone(),
            }),
            None => Ok(()),
        }
    }

    // ---- point processes and NetCons -----------------------------------------------------

    /// Number of point processes and artificial cells; ids count from 0.
    pub fn point_count(&self) -> usize {
        self.points.len()
    }

    /// Number of NetCons; ids count from 0.
    pub fn netcon_count(&self) -> usize {
        self.netcons.len()
    }

    pub(crate) fn point(&self, id: PointProcessId) -> Result<&PointProcess, ModelError> {
        self.points.get(id.index()).ok_or(ModelError::UnknownId {
            what: "point process",
            index: id.index(),
        })
    }

    /// A NetCon.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn netcon(&self, id: NetConId) -> Result<&NetCon, ModelError> {
        self.netcons.get(id.index()).ok_or(ModelError::UnknownId {
            what: "NetCon",
            index: id.index(),
        })
    }
}

/// The variable of a mechanism with the offset of the element that `name` asks for.
pub(crate) fn element<'a>(
    description: &'a Mechanism,
    name: &str,
) -> Result<Option<(&'a Variable, usize)>, ModelError> {
    let Some((base, index)) = split_element(name) else {
        return Ok(None);
    };
    let Some(variable) = description.variable(base) else {
        return Ok(None);
    };
    if index >= variable.len() {
        return Err(ModelError::Element {
            name: base.to_owned(),
            len: variable.len(),
            index,
        });
    }
    Ok(Some((variable, variable.offset + index)))
}

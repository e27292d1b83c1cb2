//! What is in the membrane of a section: density mechanisms and ions, by NEURON's names.

use std::sync::Arc;

use nmodl::mechanism::{Kind, Role, Storage};

use crate::circuit::extracellular::{self, range_name};
use crate::error::ModelError;
use crate::id::{IonId, MechanismId, SectionId};

use super::Model;

/// A density mechanism (`hh`) or an ion (`na_ion`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Membrane {
    /// A density mechanism.
    Density(MechanismId),
    /// An ion.
    Ion(IonId),
}

impl Model {
    /// Makes `extracellular` known, with so many layers outside of the membrane: it is inserted as any
    /// density mechanism then.
    ///
    /// # Errors
    ///
    /// As [`Model::add_mechanism`]; not 1 to [`crate::MOST_LAYERS`] layers.
    pub fn add_extracellular(&mut self, layers: usize) -> Result<MechanismId, ModelError> {
        if !(1..=extracellular::MOST_LAYERS).contains(&layers) {
            return Err(ModelError::Value {
                place: extracellular::NAME.to_owned(),
                quantity: "the number of layers",
                value: layers as f64,
                requirement: "from 1 to 1000",
            });
        }
        let id = self.add_mechanism(Arc::new(extracellular::mechanism(layers)))?;
        self.set_rank(id, 1)?;
        Ok(id)
    }

    /// The density mechanism or the ion of that name, wherever it is inserted.
    pub fn find_membrane(&self, name: &str) -> Option<Membrane> {
        if let Some(ion) = name.strip_suffix("_ion") {
            return self.find_ion(ion).map(Membrane::Ion);
        }
        let id = self.find_mechanism(name)?;
        let is_density = self.mechanisms[id.index()].description().kind == Kind::Density;
        is_density.then_some(Membrane::Density(id))
    }

    /// The density mechanism or the ion of that name that is in a section. A mechanism can be older
    /// than the one that its name means now.
    pub fn membrane_in(&self, id: SectionId, name: &str) -> Option<Membrane> {
        if let Some(mechanism) = self.inserted(id, name) {
            return Some(Membrane::Density(mechanism));
        }
        let found = self.find_membrane(name)?;
        let present = self.membrane(id).ok()?;
        present.contains(&found).then_some(found)
    }

    /// `hh` or `na_ion`.
    pub fn membrane_name(&self, what: Membrane) -> String {
        match what {
            Membrane::Density(id) => self.mechanisms[id.index()].description().name.clone(),
            Membrane::Ion(id) => format!("{}_ion", self.ions[id.index()].name),
        }
    }

    /// How a variable of it is called at a segment, by the name that it has in it: `m` of `hh` is
    /// `m_hh`.
    pub fn membrane_variable(&self, what: Membrane, variable: &str) -> String {
        match what {
            Membrane::Density(id) => {
                range_name(self.mechanisms[id.index()].description(), variable)
            }
            Membrane::Ion(_) => variable.to_owned(),
        }
    }

    /// What is in the membrane of a section in NEURON's order: the last inserted first, each
    /// mechanism after the ions that came with it.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn membrane(&self, id: SectionId) -> Result<Vec<Membrane>, ModelError> {
        let section = self.section(id)?;
        let present: Vec<IonId> = section.ions.iter().map(|i| i.ion).collect();
        let mut came = Vec::new();
        for inserted in &section.density {
            came.push(Membrane::Density(inserted.mechanism));
            for &ion in &self.mechanisms[inserted.mechanism.index()].ions {
                if present.contains(&ion) && !came.contains(&Membrane::Ion(ion)) {
                    came.push(Membrane::Ion(ion));
                }
            }
        }
        for ion in present {
            if !came.contains(&Membrane::Ion(ion)) {
                came.push(Membrane::Ion(ion));
            }
        }
        came.reverse();
        Ok(came)
    }

    /// Its variables as they are called at a segment (`m_hh`, `ena`), each with the number of its
    /// elements if it is an array: PARAMETERs, then what is computed, then STATEs.
    pub fn membrane_variables(&self, what: Membrane) -> Vec<(String, Option<usize>)> {
        let id = match what {
            Membrane::Ion(id) => {
                let ion = &self.ions[id.index()].name;
                let names = [
                    format!("e{ion}"),
                    format!("{ion}i"),
                    format!("{ion}o"),
                    format!("i{ion}"),
                    format!("di{ion}_dv_"),
                ];
                return names.map(|name| (name, None)).into();
            }
            Membrane::Density(id) => id,
        };
        let description = self.mechanisms[id.index()].description();
        let in_role = |role: Role| {
            description
                .variables
                .iter()
                .filter(move |v| v.visible && v.storage == Storage::Column && v.role == role)
        };
        in_role(Role::Parameter)
            .chain(in_role(Role::Assigned))
            .chain(in_role(Role::State))
            .map(|v| (range_name(description, &v.name), v.array_len))
            .collect()
    }
}

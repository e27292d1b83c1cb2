//! References to variables that hold however the model's arrays are laid out.

use crate::model::{Place, Target, missing_element};
use crate::simulation::VariableHandle;

use super::{Engine, Session, SessionError};

/// A variable: of the model by place and name, a weight of a NetCon, or a number of the caller's.
///
/// It stays valid when the structure changes, as long as what it belongs to exists.
#[derive(Debug, Clone)]
pub struct Reference {
    target: Target,
    /// Address in a layout, and which one.
    address: Option<(u64, VariableHandle)>,
}

impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        self.target == other.target
    }
}

impl Reference {
    /// A reference to what may be pointed at.
    pub fn to(target: Target) -> Self {
        Self {
            target,
            address: None,
        }
    }

    /// What it is to.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Place and name, if it is a variable of the model.
    pub fn variable(&self) -> Option<(Place, &str)> {
        match &self.target {
            Target::Variable { place, name } => Some((*place, name)),
            Target::Weight { .. } | Target::Cell(_) => None,
        }
    }
}

impl Session {
    /// A reference to a variable; names as for [`crate::Model::get`].
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn reference(&self, place: Place, name: &str) -> Result<Reference, SessionError> {
        if self.own_value(place, name).is_none() {
            self.structure().symbol(place, name)?;
        }
        let name = name.to_owned();
        Ok(Reference::to(Target::Variable { place, name }))
    }

    /// Value of a variable.
    ///
    /// # Errors
    ///
    /// A variable that does not exist any more.
    pub fn read(&self, reference: &mut Reference) -> Result<f64, SessionError> {
        match &reference.target {
            Target::Cell(cell) => {
                let value = cell.value().ok_or_else(|| missing_element(cell));
                return Ok(value?);
            }
            Target::Weight { netcon, index } => {
                let weights = self.structure().netcon_weights(*netcon);
                let missing = || SessionError::Reference {
                    what: "a weight",
                    requirement: "one of a NetCon that exists",
                };
                return weights.get(*index).copied().ok_or_else(missing);
            }
            Target::Variable { place, name } => {
                if let Some(value) = self.own_value(*place, name) {
                    return Ok(value);
                }
                if let Engine::Model(model) = &self.engine {
                    return Ok(model.get(*place, name)?);
                }
            }
        }
        let Engine::Simulation(simulation) = &self.engine else {
            unreachable!("a model was read above");
        };
        Ok(simulation.read(self.address(reference)?))
    }

    /// Sets a variable.
    ///
    /// # Errors
    ///
    /// A variable that does not exist any more or is computed; a value outside of its domain.
    pub fn write(&mut self, reference: &mut Reference, value: f64) -> Result<(), SessionError> {
        match &reference.target {
            Target::Cell(cell) => {
                if !cell.set(value) {
                    return Err(missing_element(cell).into());
                }
            }
            Target::Weight { netcon, index } => {
                let (netcon, index) = (*netcon, *index);
                self.connections().set_netcon_weight(netcon, index, value)?;
            }
            Target::Variable { place, name } => self.set(*place, name, value)?,
        }
        Ok(())
    }

    /// The address of a variable in the present layout.
    fn address(&self, reference: &mut Reference) -> Result<VariableHandle, SessionError> {
        if let Some((generation, address)) = reference.address
            && generation == self.generation
        {
            return Ok(address);
        }
        let (Engine::Simulation(simulation), Some((place, name))) =
            (&self.engine, reference.variable())
        else {
            unreachable!("only a layout has addresses, and only of variables");
        };
        let address = simulation.variable(place, name)?;
        reference.address = Some((self.generation, address));
        Ok(address)
    }
}

//! References to variables that hold however the model's arrays are laid out.

use crate::model::Place;
use crate::simulation::VariableHandle;

use super::{Engine, Session, SessionError};

/// A variable at a place, by name.
///
/// It stays valid when the structure changes, as long as its section or point process exists.
#[derive(Debug, Clone)]
pub struct Reference {
    place: Place,
    name: String,
    /// Address in a layout, and which one.
    address: Option<(u64, VariableHandle)>,
}

impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        (self.place, &self.name) == (other.place, &other.name)
    }
}

impl Reference {
    /// Where the variable is.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Its name there.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Session {
    /// A reference to a variable; names as for [`crate::Model::get`].
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn reference(&self, place: Place, name: &str) -> Result<Reference, SessionError> {
        if self.run_control_value(place, name).is_none() {
            self.structure().symbol(place, name)?;
        }
        Ok(Reference {
            place,
            name: name.to_owned(),
            address: None,
        })
    }

    /// Value of a variable.
    ///
    /// # Errors
    ///
    /// A variable that does not exist any more.
    pub fn read(&self, reference: &mut Reference) -> Result<f64, SessionError> {
        if let Some(value) = self.run_control_value(reference.place, &reference.name) {
            return Ok(value);
        }
        match &self.engine {
            Engine::Model(model) => Ok(model.get(reference.place, &reference.name)?),
            Engine::Simulation(simulation) => Ok(simulation.read(self.address(reference)?)),
        }
    }

    /// Sets a variable.
    ///
    /// # Errors
    ///
    /// A variable that does not exist any more or is computed; a value outside of its domain.
    pub fn write(&mut self, reference: &mut Reference, value: f64) -> Result<(), SessionError> {
        self.set(reference.place, &reference.name, value)
    }

    /// The address of a variable in the present layout.
    fn address(&self, reference: &mut Reference) -> Result<VariableHandle, SessionError> {
        if let Some((generation, address)) = reference.address
            && generation == self.generation
        {
            return Ok(address);
        }
        let Engine::Simulation(simulation) = &self.engine else {
            unreachable!("only a layout has addresses");
        };
        let address = simulation.variable(reference.place, &reference.name)?;
        reference.address = Some((self.generation, address));
        Ok(address)
    }
}

//! FUNCTIONs and PROCEDUREs of mechanisms by name, as `rates_hh`, and which instance they mean.

use nmodl::function_table::FunctionTable;
use nmodl::mechanism::{Kind, Mechanism};

use super::{Engine, Session, SessionError};
use crate::error::CallError;
use crate::id::MechanismId;
use crate::model::Place;
use crate::object::{Afterwards, CallArgument, HocFunctions, Objects};
use crate::session::vector::VectorHandle;

/// A FUNCTION or PROCEDURE that was found by name. It holds as long as the session; if the
/// mechanism is loaded again it means the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Suffix or class name of the mechanism.
    pub mechanism: String,
    /// Its name in the `.mod` file.
    pub name: String,
}

/// A method that VERBATIM of a mechanism has given to Vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VectorMethod {
    mechanism: MechanismId,
    /// Its position among those of the mechanism.
    method: usize,
}

impl Session {
    /// What `name_suffix` means, or the name of a function of a file without mechanism
    /// (`SUFFIX nothing`).
    pub fn function(&self, name: &str) -> Option<Function> {
        self.suffixed_function(name, |mechanism, name| mechanism.callable(name).is_some())
    }

    /// The newest mechanism that has what `name_suffix` asks for, or `name` without a suffix in a
    /// file without mechanism.
    fn suffixed_function(
        &self,
        name: &str,
        has: impl Fn(&Mechanism, &str) -> bool,
    ) -> Option<Function> {
        let mechanisms = self.structure().mechanisms.iter().rev();
        let mut mechanisms = mechanisms.map(crate::model::Registered::description);
        mechanisms.find_map(|mechanism| {
            let function = match mechanism.kind {
                Kind::Nothing => name,
                Kind::Density => name
                    .strip_suffix(mechanism.name.as_str())?
                    .strip_suffix('_')?,
                Kind::PointProcess | Kind::ArtificialCell => return None,
            };
            has(mechanism, function).then(|| Function {
                mechanism: mechanism.name.clone(),
                name: function.to_owned(),
            })
        })
    }

    /// Says which segment the functions of a density mechanism mean that are called by name alone
    /// (NEURON's `setdata_suffix`).
    ///
    /// # Errors
    ///
    /// A place without the mechanism.
    pub fn set_data(&mut self, mechanism: &str, place: Place) -> Result<(), SessionError> {
        self.instance_mechanism(mechanism, place)?;
        self.data.insert(mechanism.to_owned(), place);
        Ok(())
    }

    /// Calls a function by name alone: for the instance of [`Session::set_data`] if there is one.
    /// A PROCEDURE gives 1.
    ///
    /// # Errors
    ///
    /// A function that needs an instance while none was set; as [`crate::Simulation::call`].
    pub fn call(
        &mut self,
        function: &Function,
        args: &[CallArgument],
    ) -> Result<f64, SessionError> {
        let place = self.data.get(&function.mechanism).copied();
        let place = place.filter(|&p| self.instance_mechanism(&function.mechanism, p).is_ok());
        if let Some(place) = place {
            return self.call_at(function, place, args);
        }
        let mechanism = self.find_function(function)?;
        let index = self.callable(mechanism, function)?;
        let description = self.structure().mechanism(mechanism)?;
        let callable = description.callables.get(index);
        if callable.is_some_and(|callable| callable.uses_externals) {
            self.simulation()?;
        }
        let called = match &mut self.engine {
            Engine::Model(model) => model.call_with(mechanism, index, args),
            Engine::Simulation(simulation) => simulation.call_with(mechanism, index, None, args),
        };
        called.map_err(|error| match error {
            CallError::NeedsInstance {
                mechanism,
                callable,
            } => SessionError::NoData {
                mechanism,
                function: callable,
            },
            error => error.into(),
        })
    }

    /// Calls a function of the instance at a place: a segment that has the density mechanism, or
    /// a point process.
    ///
    /// # Errors
    ///
    /// As [`crate::Simulation::call`].
    pub fn call_at(
        &mut self,
        function: &Function,
        place: Place,
        args: &[CallArgument],
    ) -> Result<f64, SessionError> {
        let mechanism = self.instance_mechanism(&function.mechanism, place)?;
        let index = self.callable(mechanism, function)?;
        let simulation = self.simulation()?;
        Ok(simulation.call_with(mechanism, index, Some(place), args)?)
    }

    /// The method of that name that VERBATIM of a mechanism has given to Vectors.
    pub fn vector_method(&self, name: &str) -> Option<VectorMethod> {
        let installed = match &self.engine {
            Engine::Model(model) => model.has_method(name),
            Engine::Simulation(simulation) => simulation.has_method(name),
        };
        let found = || {
            let mechanisms = self.structure().mechanisms.iter().enumerate();
            mechanisms.rev().find_map(|(number, mechanism)| {
                let mut methods = mechanism.description().vector_methods.iter();
                let method = methods.position(|method| method.name == name)?;
                let mechanism = MechanismId::new(number);
                Some(VectorMethod { mechanism, method })
            })
        };
        installed.then(found).flatten()
    }

    /// Calls such a method for a Vector.
    ///
    /// # Errors
    ///
    /// As [`Session::call`].
    pub fn call_vector_method(
        &mut self,
        method: VectorMethod,
        vector: &VectorHandle,
        args: &[CallArgument],
    ) -> Result<f64, SessionError> {
        let VectorMethod { mechanism, method } = method;
        Ok(match &mut self.engine {
            Engine::Model(model) => model.call_method(mechanism, method, vector, args)?,
            Engine::Simulation(simulation) => {
                simulation.call_method(mechanism, method, vector, args)?
            }
        })
    }

    /// Has functions that are called leave to the caller what is to be done when they have returned;
    /// [`Session::take_afterwards`] gives it. What would be left is an error elsewhere. In the meantime C
    /// may call functions of hoc, from within the call: they cannot use the session.
    pub fn await_afterwards(&mut self, hoc: HocFunctions) {
        let objects = self.objects();
        objects.afterwards = Some(Vec::new());
        objects.hoc = Some(hoc);
    }

    /// What functions left to do since [`Session::await_afterwards`], in order.
    pub fn take_afterwards(&mut self) -> Vec<Afterwards> {
        let objects = self.objects();
        objects.hoc = None;
        objects.afterwards.take().unwrap_or_default()
    }

    fn objects(&mut self) -> &mut Objects {
        match &mut self.engine {
            Engine::Model(model) => &mut model.objects,
            Engine::Simulation(simulation) => simulation.objects(),
        }
    }

    /// The FUNCTION_TABLE that `table_name_suffix` gives values to.
    pub fn function_table(&self, name: &str) -> Option<Function> {
        let name = name.strip_prefix("table_")?;
        self.suffixed_function(name, |mechanism, name| {
            mechanism.function_table(name).is_some()
        })
    }

    /// The number of arguments of a FUNCTION_TABLE.
    ///
    /// # Errors
    ///
    /// A mechanism that does not exist, or has no such table.
    pub fn function_table_arguments(&self, table: &Function) -> Result<usize, SessionError> {
        let id = self.find_mechanism(&table.mechanism)?;
        let description = self.structure().mechanism(id)?;
        let unknown = || SessionError::UnknownName(table.name.clone());
        let index = description
            .function_table(&table.name)
            .ok_or_else(unknown)?;
        Ok(description.function_tables[index].arguments.len())
    }

    /// Gives a FUNCTION_TABLE its values, for all instances of its mechanism.
    ///
    /// # Errors
    ///
    /// As [`crate::Model::set_function_table`].
    pub fn set_function_table(
        &mut self,
        function: &Function,
        table: FunctionTable,
    ) -> Result<(), SessionError> {
        let id = self.find_mechanism(&function.mechanism)?;
        let (name, table) = (&function.name, Some(table));
        match &mut self.engine {
            Engine::Model(model) => model.set_function_table(id, name, table)?,
            Engine::Simulation(simulation) => simulation.set_function_table(id, name, table)?,
        }
        Ok(())
    }

    fn find_mechanism(&self, name: &str) -> Result<MechanismId, SessionError> {
        let found = self.structure().find_mechanism(name);
        found.ok_or_else(|| SessionError::UnknownMechanism(name.to_owned()))
    }

    /// The mechanism, of that name, of the instance at a place.
    fn instance_mechanism(&self, name: &str, place: Place) -> Result<MechanismId, SessionError> {
        let model = self.structure();
        let found = match place {
            Place::Segment { section, .. } => model.inserted(section, name),
            Place::Point(point) => Some(model.point_mechanism(point)?),
            Place::Model => model.find_mechanism(name),
        };
        found.ok_or_else(|| SessionError::UnknownMechanism(name.to_owned()))
    }

    fn callable(&self, id: MechanismId, function: &Function) -> Result<usize, SessionError> {
        let found = self.structure().mechanism(id)?.callable(&function.name);
        found.ok_or_else(|| SessionError::UnknownName(function.name.clone()))
    }

    /// The mechanism whose function it is; files without mechanism all have one name.
    fn find_function(&self, function: &Function) -> Result<MechanismId, SessionError> {
        let mechanisms = &self.structure().mechanisms;
        let found = mechanisms.iter().rposition(|m| {
            let description = m.description();
            description.name == function.mechanism && description.callable(&function.name).is_some()
        });
        found
            .map(MechanismId::new)
            .ok_or_else(|| SessionError::UnknownName(function.name.clone()))
    }
}

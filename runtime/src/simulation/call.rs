//! FUNCTIONs and PROCEDUREs called by name.

use nmodl::function_table::FunctionTable;

use super::Simulation;
use crate::callable::Prepared;
use crate::error::{CallError, ModelError};
use crate::id::MechanismId;
use crate::instance::Block;
use crate::model::Place;
use crate::object::{CallArgument, Objects};
use crate::random::scop::ScopRandom;
use crate::session::vector::VectorHandle;

impl Simulation {
    /// Calls a FUNCTION or PROCEDURE; `callable` counts
    /// [`nmodl::mechanism::Mechanism::callables`]. A PROCEDURE gives 1, as in NEURON. `instance`
    /// is a segment that has the density mechanism, or a point process; `None` is enough for a
    /// function that uses nothing of an instance. Events that it sends are under way when the
    /// call returns.
    ///
    /// # Errors
    ///
    /// An id of another model, a place without the mechanism, a function that needs an instance or
    /// another number of arguments, or that fails.
    pub fn call(
        &mut self,
        mechanism: MechanismId,
        callable: usize,
        instance: Option<Place>,
        args: &[f64],
    ) -> Result<f64, CallError> {
        let args: Vec<CallArgument> = args.iter().map(|&a| a.into()).collect();
        self.call_with(mechanism, callable, instance, &args)
    }

    /// As [`Simulation::call`], with arguments of any kind: functions whose VERBATIM asks for them
    /// take more than they declare.
    ///
    /// # Errors
    ///
    /// As [`Simulation::call`].
    pub fn call_with(
        &mut self,
        mechanism: MechanismId,
        callable: usize,
        instance: Option<Place>,
        args: &[CallArgument],
    ) -> Result<f64, CallError> {
        let registered = self.model.registered(mechanism)?;
        let mut prepared = Prepared::new(registered, callable, instance.is_some(), args)?;
        let Some(place) = instance else {
            return self.run_alone(mechanism, prepared);
        };
        let found = self.instance(mechanism, place)?;
        let (block, instance) = found.ok_or_else(|| CallError::NoInstance {
            mechanism: self.shared[mechanism.index()]
                .compiled
                .description()
                .name
                .clone(),
            place: self.model.describe(place),
        })?;
        let result = prepared.run(self.call_of(block), instance);
        result.map_err(|failed| self.failure(block, failed))?;
        self.serve(block, None)?;
        Ok(prepared.result())
    }

    /// Calls a method of Vectors, as [`crate::Model::call_method`].
    ///
    /// # Errors
    ///
    /// As [`Simulation::call`].
    pub fn call_method(
        &mut self,
        mechanism: MechanismId,
        method: usize,
        vector: &VectorHandle,
        args: &[CallArgument],
    ) -> Result<f64, CallError> {
        let vector = self.services.objects.keep_vector(vector);
        let registered = self.model.registered(mechanism)?;
        let prepared = Prepared::of_method(registered, method, vector, args)?;
        self.run_alone(mechanism, prepared)
    }

    /// Runs what needs no instance.
    fn run_alone(
        &mut self,
        mechanism: MechanismId,
        mut prepared: Prepared,
    ) -> Result<f64, CallError> {
        let mut block = Block::new(0, 0, &[], Vec::new());
        block.pointers = self.externals(mechanism, block.stride);
        let shared = &mut self.shared[mechanism.index()];
        let result = prepared.run_alone(shared, &mut block, &self.values, &mut self.services);
        self.flush_messages();
        result?;
        Ok(prepared.result())
    }

    /// What C in VERBATIM holds.
    pub(crate) fn objects(&mut self) -> &mut Objects {
        &mut self.services.objects
    }

    /// Whether VERBATIM has given Vectors a method of that name.
    pub(crate) fn has_method(&self, name: &str) -> bool {
        self.services.objects.has_method(name)
    }

    /// Gives a FUNCTION_TABLE its values, as [`crate::Model::set_function_table`].
    ///
    /// # Errors
    ///
    /// As [`crate::Model::set_function_table`].
    pub fn set_function_table(
        &mut self,
        mechanism: MechanismId,
        name: &str,
        table: Option<FunctionTable>,
    ) -> Result<(), ModelError> {
        self.model.set_function_table(mechanism, name, table)?;
        let index = mechanism.index();
        let tables = &self.model.mechanisms[index].function_tables;
        self.shared[index].function_tables.clone_from(tables);
        Ok(())
    }

    /// The generator that `scop_random`, `set_seed` and their kin draw from, in all mechanisms.
    pub fn scop_random(&mut self) -> &mut ScopRandom {
        &mut self.services.scop
    }

    /// Block and instance of a mechanism at a place.
    pub(super) fn instance(
        &self,
        mechanism: MechanismId,
        place: Place,
    ) -> Result<Option<(usize, usize)>, ModelError> {
        Ok(match place {
            Place::Model => None,
            Place::Segment { section, x } => {
                let segment = self.model.check_x(section, x)?.segment_at(x);
                let node = self.layout.sections[section.index()].segments[segment];
                self.instance_at(mechanism, node)
            }
            Place::Point(point) => {
                let known = self.model.point(point)?;
                let place = self.points[point.index()].filter(|_| known.mechanism == mechanism);
                place.map(|(block, instance)| (block as usize, instance as usize))
            }
        })
    }
}

//! FUNCTIONs and PROCEDUREs that need no instance, called by name; CONSTRUCTOR and DESTRUCTOR.

use nmodl::abi::SimValues;
use nmodl::mechanism::Mechanism;

use super::Model;
use super::point::PointProcess;
use crate::callable::Prepared;
use crate::error::CallError;
use crate::id::{MechanismId, PointProcessId};
use crate::instance::{Block, Origin, Shared};
use crate::kernel::Services;
use crate::object::CallArgument;
use crate::session::vector::VectorHandle;

impl Model {
    /// Calls a FUNCTION or PROCEDURE that needs no instance; `callable` counts
    /// [`nmodl::mechanism::Mechanism::callables`]. A PROCEDURE gives 1. What it computes for GLOBAL
    /// variables stays; what it prints goes to standard output. For one that needs an instance,
    /// see [`crate::Simulation::call`].
    ///
    /// # Errors
    ///
    /// An id of another model, a function that needs an instance or another number of arguments,
    /// or that fails.
    pub fn call(
        &mut self,
        mechanism: MechanismId,
        callable: usize,
        args: &[f64],
    ) -> Result<f64, CallError> {
        let args: Vec<CallArgument> = args.iter().map(|&a| a.into()).collect();
        self.call_with(mechanism, callable, &args)
    }

    /// As [`Model::call`], with arguments of any kind: functions whose VERBATIM asks for them take
    /// more than they declare.
    ///
    /// # Errors
    ///
    /// As [`Model::call`].
    pub fn call_with(
        &mut self,
        mechanism: MechanismId,
        callable: usize,
        args: &[CallArgument],
    ) -> Result<f64, CallError> {
        let registered = self.registered(mechanism)?;
        let mut prepared = Prepared::new(registered, callable, false, args)?;
        let mut block = Block::new(0, 0, &[], Vec::new());
        self.run_alone(mechanism, &mut prepared, &mut block)?;
        Ok(prepared.result())
    }

    /// Executes the CONSTRUCTOR of a new point process or artificial cell, if it has one. `args` is
    /// what its creation was given, which C in it may ask for.
    ///
    /// # Errors
    ///
    /// An id of another model; as [`Model::call`].
    pub fn construct(
        &mut self,
        point: PointProcessId,
        args: &[CallArgument],
    ) -> Result<(), CallError> {
        self.call_for_point(point, Mechanism::constructor, args)
    }

    /// Executes the DESTRUCTOR of a point process or artificial cell, if it has one: what the
    /// caller of [`Model::remove_point`] does before.
    ///
    /// # Errors
    ///
    /// As [`Model::construct`].
    pub fn destruct(&mut self, point: PointProcessId) -> Result<(), CallError> {
        self.call_for_point(point, Mechanism::destructor, &[])
    }

    /// Has a point process or artificial cell play a Vector with its PROCEDURE `play`; false if it has
    /// none.
    ///
    /// # Errors
    ///
    /// As [`Model::construct`]; one that needs a model that is laid out.
    pub fn play_vector(
        &mut self,
        point: PointProcessId,
        values: VectorHandle,
    ) -> Result<bool, CallError> {
        let of_name = |mechanism: &Mechanism| mechanism.callable("play");
        let mechanism = self.point(point)?.mechanism;
        let Some(callable) = of_name(self.registered(mechanism)?.description()) else {
            return Ok(false);
        };
        if !self.registered(mechanism)?.description().callables[callable].reads_arguments {
            return Ok(false);
        }
        self.call_for_point(point, of_name, &[CallArgument::Vector(values)])?;
        Ok(true)
    }

    fn call_for_point(
        &mut self,
        point: PointProcessId,
        which: impl Fn(&Mechanism) -> Option<usize>,
        args: &[CallArgument],
    ) -> Result<(), CallError> {
        let PointProcess {
            mechanism, values, ..
        } = self.point(point)?;
        let mechanism = *mechanism;
        let registered = self.registered(mechanism)?;
        let Some(callable) = which(registered.description()) else {
            return Ok(());
        };
        // What asks for no argument is not given any.
        let asks = registered.description().callables[callable].reads_arguments;
        let args = if asks { args } else { &[] };
        let mut prepared = Prepared::new(registered, callable, true, args)?;
        let instances = [(0, Origin::Point(point))];
        let mut block = Block::new(0, values.len(), &instances, Vec::new());
        block.set_row(0, values);
        self.run_alone(mechanism, &mut prepared, &mut block)?;
        self.points[point.index()].values = block.row(0).collect();
        Ok(())
    }

    /// Runs a callable that needs no place, for the one instance of `block` if it has one.
    fn run_alone(
        &mut self,
        mechanism: MechanismId,
        prepared: &mut Prepared,
        block: &mut Block,
    ) -> Result<(), CallError> {
        let mut shared = Shared::new(self.registered(mechanism)?);
        let values = SimValues {
            t_ms: self.t_ms,
            dt_ms: self.dt_ms,
            celsius: self.celsius,
            secondorder: self.secondorder.into(),
            variable_step: f64::from(u8::from(self.variable_step)),
        };
        let mut services = Services {
            scop: std::mem::take(&mut self.scop),
            objects: std::mem::take(&mut self.objects),
            ..Services::default()
        };
        let result = prepared.run_alone(&mut shared, block, &values, &mut services);
        self.scop = services.scop;
        self.objects = services.objects;
        shared.store(&mut self.mechanisms[mechanism.index()]);
        services.messages.iter().for_each(|m| print!("{m}"));
        result
    }
}

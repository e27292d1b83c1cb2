//! FUNCTIONs and PROCEDUREs that need no instance, called by name; CONSTRUCTOR and DESTRUCTOR.

use nmodl::abi::SimValues;
use nmodl::mechanism::Mechanism;

use super::point::PointProcess;
use super::{Inserted, Model};
use crate::callable::Prepared;
use crate::error::CallError;
use crate::id::{MechanismId, PointProcessId, SectionId};
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
        let description = registered.description();
        // Variables of other mechanisms have addresses in a simulation only.
        if let Some(external) = description.callables.get(callable)
            && external.uses_externals
        {
            return Err(CallError::NeedsInstance {
                mechanism: description.name.clone(),
                callable: external.name.clone(),
            });
        }
        let mut prepared = Prepared::new(registered, callable, false, args)?;
        let mut block = Block::new(0, 0, &[], Vec::new());
        self.run_alone(mechanism, &mut prepared, &mut block)?;
        Ok(prepared.result())
    }

    /// Calls a method of Vectors that VERBATIM defines; `method` counts
    /// [`nmodl::mechanism::Mechanism::vector_methods`].
    ///
    /// # Errors
    ///
    /// As [`Model::call`].
    pub fn call_method(
        &mut self,
        mechanism: MechanismId,
        method: usize,
        vector: &VectorHandle,
        args: &[CallArgument],
    ) -> Result<f64, CallError> {
        let vector = self.objects.keep_vector(vector);
        let registered = self.registered(mechanism)?;
        let mut prepared = Prepared::of_method(registered, method, vector, args)?;
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

    /// Executes the CONSTRUCTOR of a density mechanism, if it has one, for one of the segments that
    /// it is in.
    pub(super) fn construct_in(
        &mut self,
        section: SectionId,
        mechanism: MechanismId,
        segment: usize,
    ) -> Result<(), CallError> {
        let registered = self.registered(mechanism)?;
        let Some(callable) = registered.description().constructor() else {
            return Ok(());
        };
        let mut prepared = Prepared::new(registered, callable, true, &[])?;
        let number = |d: &Inserted| d.mechanism == mechanism;
        let Some(number) = self.section(section)?.density.iter().position(number) else {
            return Ok(());
        };
        let inserted = &self.sections[section.index()].density[number];
        let columns = inserted.columns;
        let row = segment * columns..(segment + 1) * columns;
        let instances = [(0, Origin::Density { section, segment })];
        let mut block = Block::new(0, columns, &instances, Vec::new());
        block.set_row(0, &inserted.values[row.clone()]);
        self.run_alone(mechanism, &mut prepared, &mut block)?;
        let made: Vec<f64> = block.row(0).collect();
        self.sections[section.index()].density[number].values[row].copy_from_slice(&made);
        Ok(())
    }

    /// Executes the CONSTRUCTORs of `count` new segments of a section, which are then made to be
    /// copies of others: what they do to their own variables is lost.
    pub(super) fn construct_copies(
        &mut self,
        section: SectionId,
        count: usize,
    ) -> Result<(), CallError> {
        let density = &self.section(section)?.density;
        let here: Vec<_> = density.iter().map(|d| (d.mechanism, d.columns)).collect();
        for (mechanism, columns) in here {
            let registered = self.registered(mechanism)?;
            let Some(callable) = registered.description().constructor() else {
                continue;
            };
            let defaults = registered.default_columns();
            let mut prepared = Prepared::new(registered, callable, true, &[])?;
            for _ in 0..count {
                let origin = Origin::Density {
                    section,
                    segment: 0,
                };
                let mut block = Block::new(0, columns, &[(0, origin)], Vec::new());
                block.set_row(0, &defaults);
                self.run_alone(mechanism, &mut prepared, &mut block)?;
            }
        }
        Ok(())
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

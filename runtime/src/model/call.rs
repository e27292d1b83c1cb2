//! FUNCTIONs and PROCEDUREs that need no instance, called by name.

use nmodl::abi::SimValues;

use super::Model;
use crate::callable::Prepared;
use crate::error::CallError;
use crate::id::MechanismId;
use crate::instance::Shared;
use crate::kernel::Services;
use crate::object::CallArgument;

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
        let mut shared = Shared::new(registered);
        let values = SimValues {
            t_ms: self.t_ms,
            dt_ms: self.dt_ms,
            celsius: self.celsius,
            secondorder: self.secondorder.into(),
        };
        let mut services = Services {
            scop: std::mem::take(&mut self.scop),
            objects: std::mem::take(&mut self.objects),
            ..Services::default()
        };
        let result = prepared.run_alone(&mut shared, &values, &mut services);
        self.scop = services.scop;
        self.objects = services.objects;
        shared.store(&mut self.mechanisms[mechanism.index()]);
        services.messages.iter().for_each(|m| print!("{m}"));
        result?;
        Ok(prepared.result())
    }
}

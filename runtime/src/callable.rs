//! FUNCTIONs and PROCEDUREs called by name, as far as a model at rest and a running one share it.

use nmodl::abi::{Kernel, SimValues};
use nmodl::mechanism::{Callable, Mechanism};

use crate::error::CallError;
use crate::instance::{Block, Shared};
use crate::kernel::{Arguments, Call, Failed, Services};
use crate::model::Registered;
use crate::object::CallArgument;
use crate::tree::Tree;

/// What a PROCEDURE gives, as in NEURON.
const PROCEDURE: f64 = 1.0;

/// A call that is allowed, before it is made.
pub(crate) struct Prepared {
    /// `None` if the function does nothing.
    kernel: Option<Kernel>,
    /// Arguments and result.
    pub args: Vec<f64>,
    /// All that the caller gave.
    given: Vec<CallArgument>,
}

impl Prepared {
    /// Looks a function up and checks how it is to be called.
    pub fn new(
        registered: &Registered,
        index: usize,
        has_instance: bool,
        args: &[CallArgument],
    ) -> Result<Self, CallError> {
        let description = registered.description();
        let kernel = registered.compiled.callable(index);
        let kernel = kernel.map_err(|reason| CallError::Code {
            mechanism: description.name.clone(),
            reason,
        })?;
        check(
            description,
            &description.callables[index],
            has_instance,
            args,
        )?;
        let declared = description.callables[index].arguments.len();
        let number = |argument: &CallArgument| match argument {
            CallArgument::Number(value) => *value,
            // `check` has refused these.
            _ => f64::NAN,
        };
        let given = args.to_vec();
        let mut args: Vec<f64> = args.iter().take(declared).map(number).collect();
        args.push(PROCEDURE);
        Ok(Self {
            kernel,
            args,
            given,
        })
    }

    /// Looks a method of Vectors up that VERBATIM defines, for the Vector whose handle is given.
    pub fn of_method(
        registered: &Registered,
        method: usize,
        vector: f64,
        args: &[CallArgument],
    ) -> Result<Self, CallError> {
        let description = registered.description();
        let code = |reason| CallError::Code {
            mechanism: description.name.clone(),
            reason,
        };
        let index = description.callables.len() + method;
        let kernel = registered.compiled.callable(index).map_err(code)?;
        let method = &description.vector_methods[method];
        if method.needs_instance {
            return Err(CallError::NeedsInstance {
                mechanism: description.name.clone(),
                callable: method.name.clone(),
            });
        }
        let given = args.to_vec();
        let mut args = Vec::new();
        if method.takes_vector {
            args.push(vector);
        }
        args.push(PROCEDURE);
        Ok(Self {
            kernel,
            args,
            given,
        })
    }

    /// The result, after the call.
    pub fn result(&self) -> f64 {
        self.args[self.args.len() - 1]
    }

    /// Runs the function for one instance, tables first.
    pub fn run(&mut self, mut call: Call<'_>, instance: usize) -> Result<(), Failed> {
        if let Some(tables) = call.shared.compiled.kernels().tables {
            call.update_tables(tables, instance)?;
        }
        match self.kernel {
            Some(kernel) => {
                let args = Arguments::of_call(&mut self.args);
                call.services.arguments = std::mem::take(&mut self.given);
                let result = call.run(kernel, instance..instance + 1, args);
                let given = std::mem::take(&mut call.services.arguments);
                call.services.objects.end_call(&given);
                result
            }
            None => Ok(()),
        }
    }

    /// Runs a function that needs no place, for the instance of `block` if it has one.
    pub fn run_alone(
        &mut self,
        shared: &mut Shared,
        block: &mut Block,
        values: &SimValues,
        services: &mut Services,
    ) -> Result<(), CallError> {
        let place = match block.count {
            0 => "called without an instance",
            _ => "an instance without a place",
        };
        let mut nodes = Tree::new(Vec::new());
        // A function that needs no instance knows no ions.
        let species = std::mem::take(&mut shared.ions);
        let call = Call {
            v_mv: None,
            block,
            shared,
            tree: &mut nodes,
            ions: &mut [],
            values: &mut values.clone(),
            services,
        };
        let result = self.run(call, 0);
        shared.ions = species;
        result.map_err(|failed| {
            let error = failed.error(shared.compiled.description(), values.t_ms, place.to_owned());
            error.into()
        })
    }
}

fn check(
    description: &Mechanism,
    callable: &Callable,
    has_instance: bool,
    args: &[CallArgument],
) -> Result<(), CallError> {
    // More than it asks for are of no interest to it, as in NEURON.
    let declared = callable.arguments.len();
    let fits = declared <= args.len();
    let is_number = |argument: &CallArgument| matches!(argument, CallArgument::Number(_));
    if !fits || !args.iter().take(declared).all(is_number) {
        return Err(CallError::Arguments {
            mechanism: description.name.clone(),
            callable: callable.name.clone(),
            arguments: callable.arguments.join(", "),
            given: args.len(),
        });
    }
    if callable.needs_instance && !has_instance {
        return Err(CallError::NeedsInstance {
            mechanism: description.name.clone(),
            callable: callable.name.clone(),
        });
    }
    Ok(())
}

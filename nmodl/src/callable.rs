//! FUNCTIONs and PROCEDUREs as kernels of their own, made when they are called for the first
//! time.
//!
//! Few of a mechanism's functions are ever called by name, and native code takes longer to make
//! than all else, so loading a mechanism makes none of these kernels: `OnDemand` keeps the
//! functions' IR, and compiles one when it is asked for. How such a kernel is called is written
//! in [`crate::abi`].

use crate::codegen::{self, Options};
use crate::ir::{Body, Function, FunctionId, Kernel, KernelKind, Module, Place, Stmt, Type};
use crate::mechanism::{CallableError, CallableKernel, CompileCallable, Mechanism};
use crate::pass;

/// A module whose only kernel is the callable `index` of `mechanism`, before the passes; methods of
/// Vectors are counted behind the callables. `functions` are those of the mechanism's module. `None` if
/// there is no such callable.
pub fn module(mechanism: &Mechanism, functions: &[Function], index: usize) -> Option<Module> {
    let position = match index.checked_sub(mechanism.callables.len()) {
        // Callables come first among the functions, in the same order.
        None => index,
        Some(method) => mechanism.vector_methods.get(method)?.function,
    };
    let function = functions.get(position)?;
    let mut body = Body::default();
    let count = function.body.params.len();
    let args = (0..count).map(|arg| body.exprs.load(Place::Arg(arg as u32)));
    let args = args.collect();
    let result = function
        .body
        .result
        .map(|_| body.local(function.name.clone(), Type::F64));
    body.block.push(Stmt::Call {
        result,
        function: FunctionId(position as u32),
        args,
    });
    if let Some(result) = result {
        let value = body.exprs.local(result);
        body.block
            .push(Stmt::Store(Place::Arg(count as u32), value));
    }
    Some(Module {
        mechanism: mechanism.clone(),
        functions: functions.to_vec(),
        ode: None,
        kernels: vec![Kernel {
            kind: KernelKind::Callable,
            body,
        }],
    })
}

/// Compiles callables from the functions of a module.
pub(crate) struct OnDemand {
    functions: Vec<Function>,
    options: Options,
}

impl OnDemand {
    pub(crate) fn new(functions: Vec<Function>, options: Options) -> OnDemand {
        // Nobody reads the texts of a kernel that is made this late.
        let options = Options {
            clif: false,
            assembly: false,
            ..options
        };
        OnDemand { functions, options }
    }
}

impl CompileCallable for OnDemand {
    fn compile(
        &self,
        mechanism: &Mechanism,
        index: usize,
    ) -> Result<Option<CallableKernel>, CallableError> {
        let mut module =
            module(mechanism, &self.functions, index).ok_or(CallableError::Missing { index })?;
        let name = match index.checked_sub(mechanism.callables.len()) {
            None => &mechanism.callables[index].name,
            Some(method) => &mechanism.vector_methods[method].name,
        };
        let fault = |message: String| CallableError::Code {
            name: name.clone(),
            message,
        };
        pass::run(&mut module, &mut |_, _, _| {}).map_err(|problems| {
            let messages: Vec<String> = problems.into_iter().map(|p| p.message).collect();
            fault(messages.join("; "))
        })?;
        let code = codegen::compile(&module, self.options).map_err(|e| fault(e.to_string()))?;
        Ok(code.into_callable())
    }
}

//! Code memory: the only place of the compiler with `unsafe`.
//!
//! [`Symbols`] collects the functions and texts of one mechanism while they are compiled;
//! [`Symbols::finish`] makes them executable and hands them to a [`CodeMemory`], which frees
//! them when it is dropped.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use cranelift_codegen::Context;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{AbiParam, FuncRef, Function, GlobalValue, Signature, types};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa, TargetFrontendConfig};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_jit::{JITBuilder, JITModule};
use cranelift_module::{
    DataDescription, FuncId, Linkage, Module, ModuleError, ModuleReloc, default_libcall_names,
};

use super::{CodegenError, CompiledCode, Options, shims};
use crate::abi::Kernel;
use crate::callable::OnDemand;
use crate::function_table::FunctionTable;
use crate::ir::{self, Builtin};
use crate::mechanism::{CallableKernel, Compiled, Kernels, Ode, OdeCurrents, OdeState};
use crate::ode::{Neighbours, OnDemand as OdeOnDemand};

/// The code of one mechanism under construction.
pub(super) struct Symbols {
    module: JITModule,
}

impl Symbols {
    pub fn new() -> Result<Symbols, CodegenError> {
        let host = host(Registers::Careful)?;
        let mut builder = JITBuilder::with_isa(host, default_libcall_names());
        builder.symbol_lookup_fn(Box::new(shims::address));
        Ok(Symbols {
            module: JITModule::new(builder),
        })
    }

    /// Calling convention of C on this machine.
    pub fn convention(&self) -> CallConv {
        self.module.isa().default_call_conv()
    }

    /// What the front end of Cranelift needs to know about the machine.
    pub fn frontend_config(&self) -> TargetFrontendConfig {
        self.module.isa().frontend_config()
    }

    /// Signature of [`Kernel`].
    pub fn kernel_signature(&self) -> Signature {
        let mut signature = Signature::new(self.convention());
        signature.params.push(AbiParam::new(types::I64));
        signature.returns.push(AbiParam::new(types::I32));
        signature
    }

    /// Signature of the function that goes on with a kernel from an instance on.
    pub fn rest_signature(&self) -> Signature {
        let mut signature = self.kernel_signature();
        signature.params.push(AbiParam::new(types::I64));
        signature
    }

    /// Makes a function that goes on with a kernel callable from `func`.
    pub fn rest(&mut self, name: &str, func: &mut Function) -> Result<FuncRef, CodegenError> {
        let signature = self.rest_signature();
        let id = self
            .module
            .declare_function(name, Linkage::Local, &signature)?;
        let function = self.module.declare_func_in_func(id, func);
        // Functions may lie farther apart than a short call reaches.
        func.dfg.ext_funcs[function].colocated = false;
        Ok(function)
    }

    /// Makes a built-in function callable from `func`.
    pub fn builtin(
        &mut self,
        builtin: Builtin,
        func: &mut Function,
    ) -> Result<Imported, CodegenError> {
        let module = &mut self.module;
        let convention = module.isa().default_call_conv();
        let mut import = |name: &str, signature: Signature| -> Result<FuncRef, CodegenError> {
            let id = module.declare_function(name, Linkage::Import, &signature)?;
            Ok(module.declare_func_in_func(id, func))
        };
        let name = shims::symbol(builtin).unwrap_or(builtin.name());
        let one = import(name, shims::signature(builtin, convention))?;
        let mut groups = None;
        if let Some(names) = shims::group_symbols(builtin) {
            let [two, four, eight] = shims::GROUPS;
            groups = Some([
                import(names[0], shims::group_signature(two, convention))?,
                import(names[1], shims::group_signature(four, convention))?,
                import(names[2], shims::group_signature(eight, convention))?,
            ]);
        }
        Ok(Imported { one, groups })
    }

    /// Makes the function that evaluates FUNCTION_TABLEs callable from `func`.
    pub fn function_table(&mut self, func: &mut Function) -> Result<FuncRef, CodegenError> {
        let signature = shims::function_table_signature(self.convention());
        let name = shims::FUNCTION_TABLE;
        let id = self
            .module
            .declare_function(name, Linkage::Import, &signature)?;
        Ok(self.module.declare_func_in_func(id, func))
    }

    /// Puts a text next to the code.
    pub fn text(&mut self, text: &str, func: &mut Function) -> Result<GlobalValue, CodegenError> {
        let id = self.module.declare_anonymous_data(false, false)?;
        let mut description = DataDescription::new();
        description.define(text.as_bytes().into());
        self.module.define_data(id, &description)?;
        Ok(self.module.declare_data_in_func(id, func))
    }

    /// Empties `context` for another kernel.
    pub fn clear(&self, context: &mut Context) {
        self.module.clear_context(context);
        context.func.signature = self.kernel_signature();
    }

    /// Takes the function that [`compile`] has compiled in `context`.
    pub fn define(&mut self, name: &str, context: &Context) -> Result<Defined, CodegenError> {
        let signature = &context.func.signature;
        let id = self
            .module
            .declare_function(name, Linkage::Local, signature)?;
        let Some(compiled) = context.compiled_code() else {
            return Err(CodegenError::Cranelift("no code".to_owned()));
        };
        let relocations = compiled.buffer.relocs().iter();
        let relocations: Vec<ModuleReloc> = relocations
            .map(|relocation| ModuleReloc::from_mach_reloc(relocation, &context.func, id))
            .collect();
        let alignment = u64::from(compiled.buffer.alignment);
        let bytes = compiled.code_buffer();
        self.module
            .define_function_bytes(id, alignment, bytes, &relocations)?;
        Ok(Defined {
            id,
            bytes: bytes.len(),
            assembly: compiled.vcode.clone(),
        })
    }

    /// Makes the code executable.
    pub fn finish(mut self) -> Result<CodeMemory, CodegenError> {
        self.module.finalize_definitions()?;
        Ok(CodeMemory {
            module: Mutex::new(Some(self.module)),
        })
    }
}

/// A built-in function as seen from generated code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Imported {
    /// For doubles.
    pub one: FuncRef,
    /// For several values, see [`shims::GROUPS`].
    pub groups: Option<[FuncRef; 3]>,
}

/// A compiled function.
pub(super) struct Defined {
    pub id: FuncId,
    pub bytes: usize,
    pub assembly: Option<String>,
}

/// Executable memory; freed on drop.
pub(super) struct CodeMemory {
    /// `None` only while it is being dropped. Nothing locks it but `kernel` and `drop`.
    module: Mutex<Option<JITModule>>,
}

impl CodeMemory {
    /// The entry point of a function that [`Symbols::define`] compiled.
    pub fn kernel(&self, defined: &Defined) -> Option<Kernel> {
        let module = self.module.lock().unwrap_or_else(PoisonError::into_inner);
        let address = module.as_ref()?.get_finalized_function(defined.id);
        // SAFETY: the address is that of finished code of the signature that
        // `kernel_signature` gives, which is `Kernel`'s. The pointer is only called through
        // `unsafe`, with `CompiledCode` documented to outlive the calls.
        Some(unsafe { std::mem::transmute::<*const u8, Kernel>(address) })
    }
}

/// A mechanism whose kernels are in `code`, compiled from `module`.
pub(super) fn join(
    module: ir::Module,
    options: Options,
    kernels: Kernels,
    code: Arc<CodeMemory>,
) -> Compiled {
    let separable = super::separable::is_separable(&module);
    let own_events = super::separable::has_own_events(&module);
    let ode = module.ode.as_ref().map(|body| {
        let neighbours = Neighbours::of(&module);
        OdeOnDemand::new(module.functions.clone(), body.clone(), neighbours, options)
    });
    let callables = OnDemand::new(module.functions, options);
    // SAFETY: the kernels were compiled from a module that was verified against its
    // description, they write to what `KernelArgs` names only, and the mechanism keeps `code`.
    let compiled = unsafe { Compiled::new(module.mechanism, kernels, Some(code)) };
    let compiled = compiled.with_callables(Box::new(callables));
    let compiled = compiled.with_own_events(own_events);
    let compiled = if separable {
        // SAFETY: `is_separable` has looked at all that these kernels load, store and ask for.
        unsafe { compiled.with_separable_instances() }
    } else {
        compiled
    };
    match ode {
        Some(ode) => compiled.with_ode(Box::new(ode)),
        None => compiled,
    }
}

/// Evaluates a FUNCTION_TABLE, or its derivative with respect to argument `slope` if that is not
/// negative; NaN for one that has not been given.
///
/// # Safety
///
/// `table` is null or an entry of [`crate::abi::KernelArgs::function_tables`], and `args` points
/// at `count` doubles.
pub(super) unsafe extern "C" fn function_table(
    table: *const FunctionTable,
    args: *const f64,
    count: usize,
    slope: i64,
) -> f64 {
    // SAFETY: generated code passes what the caller of the kernel gave it, which lives as long as
    // the call.
    let table = unsafe { table.as_ref() };
    // SAFETY: generated code puts the arguments on its stack.
    let args = unsafe { std::slice::from_raw_parts(args, count) };
    match table {
        Some(table) => table.evaluate(args, usize::try_from(slope).ok()),
        None => f64::NAN,
    }
}

/// The kernel of a callable, with its code.
pub(super) fn callable(code: CompiledCode) -> Option<CallableKernel> {
    let kernel = code.callable?;
    // SAFETY: as for the kernels of `join`: the module was verified against its description.
    Some(unsafe { CallableKernel::new(kernel, Some(code._memory)) })
}

/// The kernels of differential equations, with their code.
pub(super) fn ode(
    code: CompiledCode,
    states: Vec<OdeState>,
    further: usize,
    currents: OdeCurrents,
) -> Option<Ode> {
    let [derivatives, solve] = code.ode;
    let (derivatives, solve) = (derivatives?, solve?);
    // SAFETY: as for the kernels of `join`: the module, whose description has the added columns,
    // was verified.
    let ode = unsafe { Ode::new(states, further, derivatives, solve, Some(code._memory)) };
    let ode = ode.with_currents(currents);
    Some(if code.separable {
        // SAFETY: `is_separable` has looked at all that these kernels load, store and ask for.
        unsafe { ode.with_separable_instances() }
    } else {
        ode
    })
}

impl Drop for CodeMemory {
    fn drop(&mut self) {
        let module = self
            .module
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(module) = module.take() {
            // SAFETY: whoever calls a kernel keeps the `CompiledCode` that owns this memory, so
            // no kernel runs now or later.
            unsafe { module.free_memory() };
        }
    }
}

/// How values come into registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Registers {
    /// With few moves to and from memory: takes two thirds of the time of code generation, and more
    /// than that where thousands of values live side by side.
    Careful,
    /// Quickly, in one pass.
    Quick,
}

/// Compiles the function in `context`; needs nothing of other functions.
pub(super) fn compile(registers: Registers, context: &mut Context) -> Result<(), CodegenError> {
    let isa = host(registers)?;
    context
        .compile(&*isa, &mut ControlPlane::default())
        .map_err(|error| CodegenError::Cranelift(error.inner.to_string()))?;
    Ok(())
}

/// The machine we run on; found once.
fn host(registers: Registers) -> Result<OwnedTargetIsa, CodegenError> {
    static CAREFUL: OnceLock<Result<OwnedTargetIsa, String>> = OnceLock::new();
    static QUICK: OnceLock<Result<OwnedTargetIsa, String>> = OnceLock::new();
    let (host, algorithm) = match registers {
        Registers::Careful => (&CAREFUL, "backtracking"),
        Registers::Quick => (&QUICK, "single_pass"),
    };
    host.get_or_init(|| find_host(algorithm))
        .clone()
        .map_err(CodegenError::Host)
}

fn find_host(algorithm: &str) -> Result<OwnedTargetIsa, String> {
    let mut flags = settings::builder();
    for (name, value) in [
        ("regalloc_algorithm", algorithm),
        // The IR's own passes have done what Cranelift's would; they cost half of the time.
        ("opt_level", "none"),
        ("is_pic", "false"),
        ("use_colocated_libcalls", "false"),
        ("unwind_info", "false"),
        (
            "enable_verifier",
            if cfg!(debug_assertions) {
                "true"
            } else {
                "false"
            },
        ),
    ] {
        flags
            .set(name, value)
            .map_err(|error| format!("{name}: {error}"))?;
    }
    let isa = cranelift_native::builder()?;
    isa.finish(settings::Flags::new(flags))
        .map_err(|error| error.to_string())
}

impl From<ModuleError> for CodegenError {
    fn from(error: ModuleError) -> Self {
        CodegenError::Cranelift(match error {
            // The plain message says "Compilation error" and no more.
            ModuleError::Compilation(cause) => cause.to_string(),
            other => other.to_string(),
        })
    }
}

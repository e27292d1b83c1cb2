//! Code generation: IR without high statements into native code of this process.
//!
//! There is one translation of the IR. It is made once for each *version* of a kernel's block:
//! for one instance, and, where the body allows it ([`vectorizable`]), for
//! [`LANES`] instances in the lanes of vector registers. All versions, and
//! the [interpreter](crate::ir::interpret), give the same bits: operations are IEEE operations
//! in the order of the IR, and functions that are more than one instruction are called (`exp`
//! and `log` for all lanes at once, see [`crate::math`]).
//!
//! | module | what it does |
//! |---|---|
//! | `scan` | finds what a body touches |
//! | `vectorize` | decides what is uniform, and whether several lanes are possible |
//! | `kernel` | the loops over instances around the versions |
//! | `translate` | statements; `expr`: expressions; `memory`: places; `locals`; `service`: the host |
//! | `index` | short ways to table indices |
//! | `ahead` | the order of long computations |
//! | `cache` | which values are in registers already |
//! | `emit`, `lanes` | one or several lanes as instructions |
//! | `shims` | the functions that generated code calls |
//! | `code` | executable memory, with all `unsafe` of the compiler |
//!
//! It assumes a verified module whose run-time indices lie inside their arrays.

use std::cmp::Reverse;
use std::iter;
use std::sync::{Arc, Mutex, PoisonError};

use cranelift_frontend::FunctionBuilderContext;

use crate::abi::{Kernel, LANES};
use crate::ir::{self, KernelKind};
use crate::mechanism::{CallableKernel, Compiled, Kernels, Ode, OdeCurrents, OdeState};

mod ahead;
mod cache;
mod code;
mod emit;
mod expr;
mod frame;
mod index;
mod kernel;
mod lanes;
mod locals;
mod memory;
mod scan;
mod separable;
mod service;
mod shims;
mod translate;
mod vectorize;

pub use vectorize::{Reason, vectorizable};

/// What to generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Instances computed at once: 1 or [`LANES`].
    pub lanes: usize,
    /// Keep the CLIF text of each kernel.
    pub clif: bool,
    /// Keep the assembly text of each kernel.
    pub assembly: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            lanes: LANES,
            clif: false,
            assembly: false,
        }
    }
}

/// Why a module has no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodegenError {
    /// A statement that a pass should have removed.
    #[error("code generation does not know {0}")]
    High(&'static str),
    /// Private arrays of that many doubles.
    #[error("private arrays of {0} doubles do not fit on the stack")]
    TooLarge(usize),
    /// An unknown number of lanes.
    #[error("there is no code for {0} lanes")]
    Lanes(usize),
    /// No code for this machine.
    #[error("this machine is not supported: {0}")]
    Host(String),
    /// Cranelift rejected the code.
    #[error("code generation failed: {0}")]
    Cranelift(String),
}

/// Native code of a mechanism. Clones share it; it is freed with the last one.
#[derive(Clone)]
pub struct CompiledCode {
    kernels: Kernels,
    callable: Option<Kernel>,
    ode: [Option<Kernel>; 2],
    separable: bool,
    listings: Arc<[Listing]>,
    _memory: Arc<code::CodeMemory>,
}

/// What is known about a kernel's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Which kernel.
    pub kind: KernelKind,
    /// Size of the code with its constants.
    pub bytes: usize,
    /// Why it is scalar code although several lanes were asked for.
    pub scalar: Option<Reason>,
    /// Cranelift's intermediate form, if asked for.
    pub clif: Option<String>,
    /// Assembly, if asked for.
    pub assembly: Option<String>,
}

impl CompiledCode {
    /// The entry points. They may be called as long as this value or a clone of it exists.
    pub fn kernels(&self) -> Kernels {
        self.kernels
    }

    /// The entry point of the [`KernelKind::Callable`], if the module has one.
    pub fn callable(&self) -> Option<Kernel> {
        self.callable
    }

    /// A mechanism that owns this code. `module` must be the one that was compiled; what its
    /// callables need is kept until they are called for the first time.
    pub fn into_mechanism(self, module: ir::Module, options: Options) -> Compiled {
        code::join(module, options, self.kernels, self._memory)
    }

    /// The kernel of a callable with its code, if the module has one.
    pub fn into_callable(self) -> Option<CallableKernel> {
        code::callable(self)
    }

    /// The entry points of [`KernelKind::Ode`] and [`KernelKind::OdeSolve`], if the module has them.
    pub fn ode(&self) -> [Option<Kernel>; 2] {
        self.ode
    }

    /// The same with their code, for these states and further columns.
    pub fn into_ode(
        self,
        states: Vec<OdeState>,
        further: usize,
        currents: OdeCurrents,
    ) -> Option<Ode> {
        code::ode(self, states, further, currents)
    }

    /// What is known about each kernel.
    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }
}

impl std::fmt::Debug for CompiledCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CompiledCode")
            .field("listings", &self.listings)
            .finish_non_exhaustive()
    }
}

/// Compiles all kernels of `module`.
pub fn compile(module: &ir::Module, options: Options) -> Result<CompiledCode, CodegenError> {
    if options.lanes != 1 && options.lanes != LANES {
        return Err(CodegenError::Lanes(options.lanes));
    }
    let mut symbols = code::Symbols::new()?;
    let mut builders = FunctionBuilderContext::new();
    let translate =
        |kernel| kernel::translate(module, kernel, options, &mut symbols, &mut builders);
    let mut translated = module
        .kernels
        .iter()
        .map(translate)
        .collect::<Result<Vec<_>, _>>()?;
    compile_all(translated.iter_mut().flat_map(|(functions, _)| functions))?;
    let mut compiled = Vec::with_capacity(translated.len());
    for (kernel, (functions, scalar)) in module.kernels.iter().zip(translated) {
        let mut defined = Vec::with_capacity(functions.len());
        for one in functions {
            defined.push((symbols.define(&one.name, &one.context)?, one.clif));
        }
        compiled.push((kernel.kind, scalar, defined));
    }
    let memory = symbols.finish()?;
    let mut kernels = Kernels::default();
    let mut callable = None;
    let [mut ode, mut ode_solve] = [None; 2];
    let listings = compiled.into_iter().map(|(kind, scalar, functions)| {
        let entry = match kind {
            KernelKind::Tables => &mut kernels.tables,
            KernelKind::Initial => &mut kernels.initial,
            KernelKind::Current => &mut kernels.current,
            KernelKind::State => &mut kernels.state,
            KernelKind::NetReceive => &mut kernels.net_receive,
            KernelKind::NetInitial => &mut kernels.net_initial,
            KernelKind::Callable => &mut callable,
            KernelKind::Watch => &mut kernels.watch,
            KernelKind::BeforeInitial => &mut kernels.before_initial,
            KernelKind::AfterInitial => &mut kernels.after_initial,
            KernelKind::BeforeBreakpoint => &mut kernels.before_breakpoint,
            KernelKind::AfterSolve => &mut kernels.after_solve,
            KernelKind::BeforeStep => &mut kernels.before_step,
            KernelKind::Diffusion => &mut kernels.diffusion,
            KernelKind::Ode => &mut ode,
            KernelKind::OdeSolve => &mut ode_solve,
        };
        *entry = functions
            .first()
            .and_then(|(first, _)| memory.kernel(first));
        Listing {
            kind,
            bytes: functions.iter().map(|(defined, _)| defined.bytes).sum(),
            scalar,
            clif: functions.iter().map(|(_, clif)| clif.as_deref()).collect(),
            assembly: functions
                .iter()
                .map(|(defined, _)| defined.assembly.as_deref())
                .collect(),
        }
    });
    let listings = listings.collect();
    Ok(CompiledCode {
        kernels,
        callable,
        ode: [ode, ode_solve],
        separable: separable::is_separable(module),
        listings,
        _memory: Arc::new(memory),
    })
}

/// Instructions of the functions but the largest from which a second processor is worth asking.
const WORTH_A_THREAD: usize = 300;

/// Compiles the functions, large ones first, two side by side: each is compiled for itself, so the code
/// does not depend on who does it.
fn compile_all<'t>(
    functions: impl Iterator<Item = &'t mut kernel::Translated>,
) -> Result<(), CodegenError> {
    let mut functions: Vec<_> = functions.collect();
    functions.sort_by_key(|one| Reverse(one.instructions()));
    let rest: usize = functions.iter().skip(1).map(|one| one.instructions()).sum();
    let alone = std::thread::available_parallelism().map_or(1, usize::from) < 2;
    let queue = Mutex::new(functions.into_iter());
    let work = || {
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        iter::from_fn(next).try_for_each(|one| code::compile(one.registers, &mut one.context))
    };
    if rest < WORTH_A_THREAD || alone {
        return work();
    }
    std::thread::scope(|scope| {
        // There may be no more threads to have.
        let other = std::thread::Builder::new().spawn_scoped(scope, work).ok();
        let done = work();
        match other.map(|other| other.join()) {
            None => done,
            Some(Ok(others)) => done.and(others),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
        }
    })
}

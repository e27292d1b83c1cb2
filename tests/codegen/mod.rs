//! Native code against the interpreter, bit for bit.

use nmodl::abi::{Failure, LANES};
use nmodl::codegen::{self, CodegenError, CompiledCode, Options};
use nmodl::ir::interpret::{self, Stop};
use nmodl::ir::memory::Memory;
use nmodl::ir::{Body, Kernel, KernelKind, Module, print};
use nmodl::mechanism::Kind;

mod bodies;
mod clif;
pub mod mechanisms;
mod random;
mod vectorizable;

/// The entry point of a kernel.
fn entry(code: &CompiledCode, kind: KernelKind) -> Option<nmodl::abi::Kernel> {
    let kernels = code.kernels();
    match kind {
        KernelKind::Tables => kernels.tables,
        KernelKind::Initial => kernels.initial,
        KernelKind::Current => kernels.current,
        KernelKind::State => kernels.state,
        KernelKind::NetReceive => kernels.net_receive,
        KernelKind::NetInitial => kernels.net_initial,
        KernelKind::Callable => code.callable(),
        KernelKind::Watch => kernels.watch,
        KernelKind::BeforeInitial => kernels.before_initial,
        KernelKind::AfterInitial => kernels.after_initial,
        KernelKind::BeforeBreakpoint => kernels.before_breakpoint,
        KernelKind::AfterSolve => kernels.after_solve,
        KernelKind::BeforeStep => kernels.before_step,
        KernelKind::Diffusion => kernels.diffusion,
        KernelKind::Ode => code.ode()[0],
        KernelKind::OdeSolve => code.ode()[1],
    }
}

/// Runs native code on `memory`.
fn run(
    code: &CompiledCode,
    kind: KernelKind,
    memory: &mut Memory,
    instances: std::ops::Range<usize>,
) -> (i32, nmodl::abi::Status) {
    let kernel = entry(code, kind).expect("the module has the kernel");
    // SAFETY: `with_args` gives pointers to memory of the shape that the module describes, and
    // `code` is alive.
    memory.with_args(instances, |args| unsafe { kernel(args) })
}

fn compile(module: &Module, lanes: usize) -> Result<CompiledCode, CodegenError> {
    let options = Options {
        lanes,
        ..Options::default()
    };
    codegen::compile(module, options)
}

fn compiled(module: &Module, lanes: usize) -> CompiledCode {
    compile(module, lanes).unwrap_or_else(|error| panic!("{error}\n{}", print::module(module)))
}

/// A module with one kernel.
fn module(kind: Kind, kernel: KernelKind, body: Body) -> Module {
    let mut mechanism = crate::ir::generate::mechanism();
    mechanism.kind = kind;
    Module {
        ode: None,
        mechanism,
        functions: vec![],
        kernels: vec![Kernel { kind: kernel, body }],
    }
}

/// Asserts that interpreter, scalar code and vector code do the same with `before`.
fn assert_agree(module: &Module, before: &Memory, what: &str) {
    assert_agree_on_all(module, std::slice::from_ref(before), what);
}

/// The same with each of `memories`; gives the number of executions.
fn assert_agree_on_all(module: &Module, memories: &[Memory], what: &str) -> usize {
    let codes = Codes::new(module);
    let mut executions = 0;
    for kernel in &module.kernels {
        for before in memories {
            for instances in ranges(before.instances) {
                let memory = &mut before.clone();
                // A failure that all agree on is fine.
                let _ = codes.assert_agree(module, kernel.kind, memory, instances, what);
                executions += 1;
            }
        }
    }
    executions
}

/// Native code for one lane and for several.
pub struct Codes(Vec<(usize, CompiledCode)>);

impl Codes {
    /// None if private arrays are too large for a stack.
    pub fn try_new(module: &Module) -> Option<Codes> {
        let mut codes = Vec::new();
        for lanes in [1, LANES] {
            match compile(module, lanes) {
                Ok(code) => codes.push((lanes, code)),
                Err(CodegenError::TooLarge(_)) => return None,
                Err(error) => panic!("{error}\n{}", print::module(module)),
            }
        }
        Some(Codes(codes))
    }

    pub fn new(module: &Module) -> Codes {
        Codes(
            [1, LANES]
                .map(|lanes| (lanes, compiled(module, lanes)))
                .into(),
        )
    }

    /// Runs a kernel that the module has in the interpreter, on `memory`, and asserts that
    /// native code does the same. Gives what the interpreter says.
    pub fn assert_agree(
        &self,
        module: &Module,
        kind: KernelKind,
        memory: &mut Memory,
        instances: std::ops::Range<usize>,
        what: &str,
    ) -> Result<(), Stop> {
        self.agree_within(module, kind, memory, instances, interpret::STEPS, what)
    }

    /// [`Codes::assert_agree`], but native code does not run what takes the interpreter more than
    /// `limit` statements for an instance.
    pub fn agree_within(
        &self,
        module: &Module,
        kind: KernelKind,
        memory: &mut Memory,
        instances: std::ops::Range<usize>,
        limit: usize,
        what: &str,
    ) -> Result<(), Stop> {
        let before = memory.clone();
        let result = interpret::kernel_within(module, kind, memory, instances.clone(), limit);
        if result == Err(Stop::Endless) && limit < interpret::STEPS {
            return result;
        }
        for (lanes, code) in &self.0 {
            let lanes = *lanes;
            let mut native = before.clone();
            let (answer, status) = run(code, kind, &mut native, instances.clone());
            let problem = match &result {
                Ok(()) if answer == 0 => native.difference(memory),
                Ok(()) => Some(format!("failed with {answer}, {status:?}")),
                Err(Stop::Failed(failure, expected)) if lanes == 1 => {
                    let same = answer == *failure as i32
                        && status.instance == expected.instance
                        && status.place == expected.place
                        && nmodl::ir::memory::same(status.value, expected.value);
                    (!same).then(|| format!("{answer}, {status:?}, not {result:?}"))
                }
                // Of a pair, any failure may be the first one.
                Err(Stop::Failed(_, expected)) => {
                    let same = answer != 0 && status.instance / LANES == expected.instance / LANES;
                    (!same).then(|| format!("{answer}, {status:?}, not {result:?}"))
                }
                Err(other) => panic!("{what}: {other}\n{}", print::module(module)),
            };
            if let Some(problem) = problem {
                panic!(
                    "{what}, {lanes} lanes, {instances:?}: {problem}\n{}",
                    print::module(module)
                );
            }
        }
        result
    }
}

/// Ranges of instances as the ABI allows them.
fn ranges(instances: usize) -> Vec<std::ops::Range<usize>> {
    let mut ranges = vec![0..instances, 0..instances - 1, 0..0, 0..1];
    if instances > 3 {
        ranges.extend([2..instances, 3..4]);
    }
    ranges
}

/// The code of a failure, for tests that expect one.
fn code(failure: Failure) -> i32 {
    failure as i32
}

//! The intermediate representation: verifier, printer, interpreter, passes.

pub mod generate;

use generate::Random;
use nmodl::ir::interpret::{self, Stop};
use nmodl::ir::memory::Memory;
use nmodl::ir::{KernelKind, Module, print, verify};
use nmodl::mechanism::Storage;

mod folding;
mod interpreter;
mod mechanisms;
mod optimized;
mod passes;
mod printer;
mod verifier;

/// The kernels in an order in which a simulator may run them.
const ORDER: [KernelKind; 7] = [
    KernelKind::Tables,
    KernelKind::Initial,
    KernelKind::Current,
    KernelKind::State,
    KernelKind::NetReceive,
    KernelKind::Current,
    KernelKind::State,
];

/// Random memory for five instances at three nodes.
pub fn memory(module: &Module, seed: u64) -> Memory {
    let mut random = Random::new(seed);
    let mut memory = Memory::new(&module.mechanism, &[0, 0, 1, 2, 2], 3);
    memory.fill(|| random.double());
    memory.flag = random.double();
    memory
}

/// Runs all kernels; what a simulator can see afterwards.
pub fn execute(module: &Module, seed: u64) -> (Result<(), Stop>, Memory) {
    let mut memory = memory(module, seed);
    let mut result = Ok(());
    for kind in ORDER {
        result = interpret::kernel(module, kind, &mut memory, 0..5);
        if result.is_err() {
            break;
        }
    }
    for variable in &module.mechanism.variables {
        if variable.storage == Storage::Column && !variable.visible {
            let stride = memory.stride;
            memory.data[variable.offset * stride..][..variable.len() * stride].fill(0.0);
        }
    }
    (result, memory)
}

/// Asserts that `after` is valid and does exactly what `before` does, on several memories.
pub fn assert_same(before: &Module, after: &Module, what: &str) {
    let fail = |why: String| -> ! {
        panic!(
            "{what}: {why}\n--- before\n{}\n--- after\n{}",
            print::module(before),
            print::module(after)
        )
    };
    if let Err(broken) = verify::module(after) {
        fail(broken.to_string());
    }
    for seed in 0..4 {
        let (first, a) = execute(before, seed);
        let (second, b) = execute(after, seed);
        if format!("{first:?}") != format!("{second:?}") {
            fail(format!("memory {seed}: {first:?} and {second:?}"));
        }
        if let (true, Some(difference)) = (first.is_ok(), a.difference(&b)) {
            fail(format!("memory {seed}: {difference}"));
        }
    }
}

//! The passes: IR in, simpler IR out, in the order of [`PASSES`].
//!
//! The first ones remove what only NMODL has (calls, SOLVE, reactions, derivatives); after
//! `conductance` no high statement is left. The others make the code fast without changing a
//! bit of its results. After each pass the module is verified, and an observer sees its name,
//! the module and the time taken: `nmodlrs compile --emit=ir:after=NAME` and its timings are
//! observers.

mod cnexp;
mod conductance;
pub mod dce;
mod derive;
mod derivimplicit;
mod euler;
pub mod fold;
mod forward;
pub mod hoist;
mod import;
mod inline;
mod linear_system;
mod newton;
pub mod promote;
mod range;
mod solve;
mod sparse;

use std::time::{Duration, Instant};

use crate::diagnostic::Diagnostic;
use crate::ir::{KernelKind, Module, verify};

/// A pass.
pub struct Pass {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// Whether it solves equations: all such passes run, so that all equations that cannot be
    /// solved are reported.
    pub solves: bool,
    /// The pass. Errors are the user's (an equation that the method cannot solve).
    pub run: fn(&mut Module) -> Result<(), Vec<Diagnostic>>,
}

/// All passes in order.
pub const PASSES: &[Pass] = &[
    Pass {
        name: "inline",
        summary: "calls become the code that they call",
        solves: false,
        run: inline::run,
    },
    Pass {
        name: "cnexp",
        summary: "SOLVE METHOD cnexp",
        solves: true,
        run: cnexp::run,
    },
    Pass {
        name: "euler",
        summary: "SOLVE METHOD euler",
        solves: true,
        run: euler::run,
    },
    Pass {
        name: "derivimplicit",
        summary: "SOLVE METHOD derivimplicit",
        solves: true,
        run: derivimplicit::run,
    },
    Pass {
        name: "sparse",
        summary: "SOLVE METHOD sparse, STEADYSTATE",
        solves: true,
        run: sparse::run,
    },
    Pass {
        name: "conductance",
        summary: "exact derivatives of currents",
        solves: false,
        run: conductance::run,
    },
    Pass {
        name: "fold",
        summary: "constants are computed, powers become products",
        solves: false,
        run: fold::run,
    },
    Pass {
        name: "promote",
        summary: "memory and locals become values, branches selects",
        solves: false,
        run: promote::run,
    },
    Pass {
        name: "dce",
        summary: "what nobody uses is removed",
        solves: false,
        run: dce::run,
    },
    Pass {
        name: "hoist",
        summary: "what is the same for all instances is computed once",
        solves: false,
        run: hoist::run,
    },
];

/// Runs all passes. `observe` is called after each with its name, the module and the time it
/// took.
///
/// # Panics
///
/// If a pass breaks the rules of the IR: that is a defect of the compiler, not of a user's
/// file.
pub fn run(
    module: &mut Module,
    observe: &mut dyn FnMut(&'static str, &Module, Duration),
) -> Result<(), Vec<Diagnostic>> {
    let mut errors = Vec::new();
    for pass in PASSES {
        if !errors.is_empty() && !pass.solves {
            break;
        }
        let start = Instant::now();
        let result = (pass.run)(module);
        let elapsed = start.elapsed();
        errors.extend(result.err().into_iter().flatten());
        if errors.is_empty() {
            debug_assert_verified(pass.name, module);
            observe(pass.name, module, elapsed);
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    // A kernel that has nothing left to do is not made. (NET_RECEIVE says by being there that
    // events may be sent.)
    module
        .kernels
        .retain(|k| !k.body.block.is_empty() || k.kind == KernelKind::NetReceive);
    Ok(())
}

fn debug_assert_verified(pass: &str, module: &Module) {
    if cfg!(debug_assertions)
        && let Err(broken) = verify::module(module)
    {
        panic!("IR is invalid after pass {pass}: {broken}");
    }
}

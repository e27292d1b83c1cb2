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
pub(crate) mod derivimplicit;
mod euler;
pub mod fold;
mod forward;
pub mod hoist;
mod import;
pub(crate) mod inline;
mod linear;
mod linear_system;
mod newton;
mod nonlinear;
pub mod promote;
mod range;
pub(crate) mod rates;
pub(crate) mod recursion;
mod repeat;
mod runge;
pub(crate) mod solve;
pub(crate) mod sparse;

use std::time::{Duration, Instant};

use crate::diagnostic::{Diagnostic, has_errors};
use crate::ir::{Module, verify};

/// A pass.
pub struct Pass {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// Whether it solves equations: all such passes run, so that all equations that cannot be
    /// solved are reported.
    pub solves: bool,
    /// The pass. Gives errors of the user's (an equation that the method cannot solve) and
    /// warnings.
    pub run: fn(&mut Module) -> Vec<Diagnostic>,
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
        name: "runge",
        summary: "SOLVE METHOD runge",
        solves: true,
        run: runge::run,
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
        name: "linear",
        summary: "SOLVE of a LINEAR block",
        solves: true,
        run: linear::run,
    },
    Pass {
        name: "nonlinear",
        summary: "SOLVE of a NONLINEAR block",
        solves: true,
        run: nonlinear::run,
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
/// took. Gives warnings.
///
/// # Errors
///
/// Equations that cannot be solved, all of them, with the warnings.
///
/// # Panics
///
/// If a pass breaks the rules of the IR: that is a defect of the compiler, not of a user's
/// file.
pub fn run(
    module: &mut Module,
    observe: &mut dyn FnMut(&'static str, &Module, Duration),
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    for pass in PASSES {
        if has_errors(&diagnostics) && !pass.solves {
            break;
        }
        let start = Instant::now();
        diagnostics.extend((pass.run)(module));
        let elapsed = start.elapsed();
        if !has_errors(&diagnostics) {
            debug_assert_verified(pass.name, module);
            observe(pass.name, module, elapsed);
        }
    }
    if has_errors(&diagnostics) {
        return Err(diagnostics);
    }
    // A kernel that has nothing left to do is not made, unless its being there says something.
    module
        .kernels
        .retain(|k| !k.body.block.is_empty() || k.kind.counts_empty());
    Ok(diagnostics)
}

fn debug_assert_verified(pass: &str, module: &Module) {
    if cfg!(debug_assertions)
        && let Err(broken) = verify::module(module)
    {
        panic!("IR is invalid after pass {pass}: {broken}");
    }
}

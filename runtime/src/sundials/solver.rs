//! CVODE or IDA, for what does not depend on which it is.

use crate::error::RunError;

use super::{Fault, Ida, Integrator, System};

/// One integration.
#[derive(Debug)]
pub(crate) enum Solver {
    /// y' = f(t, y), by CVODE.
    Ode(Integrator),
    /// F(t, y, y') = 0, by IDA.
    Dae(Ida),
}

/// Calls a method of whichever it is.
macro_rules! either {
    ($self:ident, $method:ident($($argument:expr),*)) => {
        match $self {
            Self::Ode(solver) => solver.$method($($argument),*),
            Self::Dae(solver) => solver.$method($($argument),*),
        }
    };
}

impl Solver {
    /// One step, not beyond `stop`; gives its end.
    pub fn step(&mut self, system: &mut dyn System, stop: f64) -> Result<f64, Fault> {
        either!(self, step(system, stop))
    }

    /// An error of the system in the last step, which was got around with a shorter one.
    pub fn take_error(&mut self) -> Option<RunError> {
        either!(self, take_error())
    }

    /// How often a new Jacobian was wanted since this was asked last.
    pub fn take_setups(&mut self) -> u64 {
        either!(self, take_setups())
    }

    /// The values at a time within the last step replace the present ones.
    pub fn interpolate(&mut self, t: f64) -> Result<(), Fault> {
        either!(self, interpolate(t))
    }

    /// The present values.
    pub fn values(&self) -> &[f64] {
        either!(self, values())
    }

    /// The present rates, if they are unknowns as well.
    pub fn rates(&self) -> Option<&[f64]> {
        match self {
            Self::Ode(_) => None,
            Self::Dae(solver) => Some(solver.rates()),
        }
    }

    /// Length of the last step; 0 before the first.
    pub fn last_step(&self) -> f64 {
        either!(self, last_step())
    }

    /// Where the internal time is.
    pub fn time(&self) -> f64 {
        either!(self, time())
    }

    /// Order of the last step; 0 before the first.
    pub fn order(&self) -> u32 {
        either!(self, order())
    }

    /// Steps that failed their error test, and that did not converge.
    pub fn failures(&self) -> (u64, u64) {
        either!(self, failures())
    }

    /// The weights of the error test.
    pub fn error_weights(&mut self) -> Vec<f64> {
        either!(self, error_weights())
    }

    /// Estimated errors of the last step.
    pub fn local_errors(&mut self) -> Vec<f64> {
        either!(self, local_errors())
    }
}

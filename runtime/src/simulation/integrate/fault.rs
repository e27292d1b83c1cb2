//! Why an integrator cannot go on, in the model's words.
//!
//! SUNDIALS says what it could not do. Where a derivative was not finite, the step is tried again with a
//! shorter one, and nothing is wrong if that suffices; if it never does, that is the reason, and the
//! evaluation is made again to see which variable of a mechanism is to blame.

use crate::error::RunError;
use crate::sundials::{Fault, Solver};

use super::super::{Hook, Simulation};
use super::integration::Integration;

/// An evaluation that gave something that is not finite.
#[derive(Debug)]
pub(super) struct Suspect {
    t_ms: f64,
    y: Vec<f64>,
    /// IDA's rates.
    dydt: Vec<f64>,
    /// The first derivative that is not finite, and what it is.
    index: usize,
    value: f64,
}

impl Suspect {
    /// Of what was found at a time, with values and IDA's rates.
    #[cold]
    pub fn new(t_ms: f64, y: &[f64], dydt: &[f64], found: &[f64]) -> Self {
        // All may be finite, and their sum is not.
        let index = found.iter().position(|f| !f.is_finite()).unwrap_or(0);
        Self {
            t_ms,
            y: y.to_vec(),
            dydt: dydt.to_vec(),
            index,
            value: found.get(index).copied().unwrap_or(f64::NAN),
        }
    }
}

/// The error of an integrator that cannot begin.
pub(super) fn cannot_begin(time_ms: f64, fault: Fault) -> RunError {
    match fault {
        Fault::System(error) => error,
        Fault::Solver(reason) => RunError::Integrator {
            time_ms,
            place: "the model".to_owned(),
            state: "its states".to_owned(),
            reason,
        },
    }
}

impl Simulation {
    /// The error of a step that begins at a time.
    #[cold]
    pub(super) fn fault(
        &mut self,
        integration: &mut Integration,
        integrator: &mut Solver,
        time_ms: f64,
        fault: Fault,
    ) -> RunError {
        let reason = match fault {
            Fault::System(error) => return error,
            Fault::Solver(reason) => reason,
        };
        // What has been passed since is not to blame.
        let suspect = integration.suspect.take();
        if let Some(suspect) = suspect.filter(|s| s.t_ms >= time_ms && !s.value.is_finite()) {
            return self.no_derivative(integration, &suspect, time_ms, reason);
        }
        let errors = integrator.local_errors();
        let weights = integrator.error_weights();
        let weighted = errors.iter().zip(&weights).map(|(e, w)| (e * w).abs());
        let worst = weighted
            .enumerate()
            .filter(|(_, error)| !error.is_nan())
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let (place, state) = self.name_state(integration, worst.map_or(0, |(i, _)| i));
        RunError::Integrator {
            time_ms,
            place,
            state,
            reason,
        }
    }

    /// The error where a derivative is not finite.
    #[cold]
    pub(super) fn no_derivative(
        &mut self,
        integration: &mut Integration,
        suspect: &Suspect,
        time_ms: f64,
        reason: String,
    ) -> RunError {
        let (place, state) = self.name_state(integration, suspect.index);
        RunError::NoDerivative {
            time_ms,
            place,
            state,
            value: suspect.value,
            cause: self.cause(integration, suspect),
            reason,
        }
    }

    /// The variable that makes a derivative something else than a number, as `: i of hh is NaN`.
    fn cause(&mut self, integration: &mut Integration, suspect: &Suspect) -> String {
        // The caller has no turn in an evaluation that is none of the integrator's.
        let calls = self.next_callable(0).is_some();
        if calls || self.model.hooks.get(Hook::Scattered).is_some() {
            return String::new();
        }
        let (counts, mut found) = (integration.statistics, vec![0.0; suspect.y.len()]);
        let (t_ms, y) = (suspect.t_ms, &suspect.y);
        let evaluated = match integration.equations.is_dae {
            false => self.evaluate(integration, t_ms, y, &mut found),
            true => self.evaluate_residual(integration, t_ms, y, &suspect.dydt, &mut found),
        };
        integration.statistics = counts;
        if let Err(error) = evaluated {
            return format!(": {error}");
        }
        let Some(node) = integration.equations.node_of(self, suspect.index) else {
            return String::new();
        };
        match self.variable_not_finite(|other| other as usize == node) {
            Some(found) => format!(
                ": {} of {} is {}",
                found.variable, found.mechanism, found.value
            ),
            None => String::new(),
        }
    }
}

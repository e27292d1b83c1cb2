//! What the integrator and the queue of events count.

use pyo3::prelude::*;

use super::CVode;
use crate::run::print;
use crate::world;

#[pymethods]
impl CVode {
    /// Order of the last step.
    #[pyo3(signature = (_cell=None))]
    fn order(&self, _cell: Option<f64>) -> PyResult<u32> {
        world::with(|session| Ok(session.simulation()?.integration_order()?))
    }

    /// Prints how many steps and evaluations were made.
    #[pyo3(signature = (_cell=None))]
    fn statistics(&self, py: Python<'_>, _cell: Option<f64>) -> PyResult<f64> {
        let Some(s) = world::with(|session| {
            Ok(match session.cvode.active {
                true => Some(session.simulation()?.statistics()?),
                false => None,
            })
        })?
        else {
            return Ok(0.0);
        };
        let text = format!(
            "\nCvode instance statistics : {} CVode states\n   {} advance_tn, {} interpolate, {} init ({} due to at_time)\n   {} function evaluations, {} mx=b solves, 0 jacobian setups\n",
            s.equations,
            s.steps,
            s.interpolations,
            s.initializations,
            s.initializations_at_times,
            s.evaluations,
            s.solves,
        );
        print(py, &text)?;
        Ok(0.0)
    }
}

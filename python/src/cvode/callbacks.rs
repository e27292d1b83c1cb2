//! Code that is called within steps.

use pyo3::prelude::*;

use super::{CVode, refused};
use crate::callback::{self, GATHERING, SCATTERED};

#[pymethods]
impl CVode {
    /// Has `statement` (a callable, or a tuple of one and its arguments) called. Direction 0: when
    /// the integrator has set the states, in each evaluation of their derivatives; with the fixed
    /// step when v is that of the step's end and the states are not. Direction 1: before the
    /// integrator takes the states, when it begins anew. The simulation cannot be run from there.
    fn extra_scatter_gather(&self, direction: f64, statement: &Bound<'_, PyAny>) -> PyResult<f64> {
        let hook = match direction {
            0.0 => SCATTERED,
            1.0 => GATHERING,
            _ => {
                return Err(refused(format!(
                    "CVode.extra_scatter_gather: direction {direction} is not 0 or 1"
                )));
            }
        };
        callback::add_to_hook(hook, statement)?;
        Ok(0.0)
    }

    /// Ends that, in both directions.
    fn extra_scatter_gather_remove(&self, statement: &Bound<'_, PyAny>) -> PyResult<f64> {
        callback::remove_equal_from_hook(SCATTERED, statement)?;
        callback::remove_equal_from_hook(GATHERING, statement)?;
        Ok(0.0)
    }
}

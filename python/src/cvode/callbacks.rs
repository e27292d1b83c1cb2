//! Code that is called within steps.

use pyo3::exceptions::PyNotImplementedError;
use pyo3::prelude::*;

use super::{CVode, not_called};
use crate::callback::{self, EVERY_STEP};
use crate::world;

#[pymethods]
impl CVode {
    /// Has `statement` called in every step, when v is that of its end and the states are not.
    fn extra_scatter_gather(&self, mode: f64, statement: &Bound<'_, PyAny>) -> PyResult<f64> {
        if mode != 0.0 {
            return Err(PyNotImplementedError::new_err(
                "CVode.extra_scatter_gather: only mode 0, after scatter, has a meaning for the fixed step",
            ));
        }
        if world::with(|session| Ok(session.cvode.active))? {
            return Err(not_called());
        }
        callback::add_to_hook(EVERY_STEP, statement)?;
        Ok(0.0)
    }

    /// Ends that.
    fn extra_scatter_gather_remove(&self, statement: &Bound<'_, PyAny>) -> PyResult<f64> {
        callback::remove_equal_from_hook(EVERY_STEP, statement)?;
        Ok(0.0)
    }
}

//! `CVode.record`: a variable together with the times of its points.

use pyo3::prelude::*;

use super::CVode;
use crate::reference::Reference;
use crate::vector::{Vector, record};

#[pymethods]
impl CVode {
    /// Records a range variable at every step into `values`, and the times of the steps into
    /// `times`; with a fourth argument 1 it is recorded at the times that `times` has. Both Vectors
    /// have one element after `finitialize`. It ends when one of the Vectors is gone.
    #[pyo3(signature = (variable, values, times, discrete=0.0, sec=None))]
    fn record(
        &self,
        variable: &Bound<'_, Reference>,
        values: &Bound<'_, Vector>,
        times: &Bound<'_, Vector>,
        discrete: f64,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        let _ = sec;
        let variable = variable.borrow().0.clone();
        match discrete {
            0.0 => record::with_times(&variable, values, times)?,
            _ => record::at_times(&variable, values, times)?,
        }
        Ok(0.0)
    }

    /// Ends the recording into a Vector, and into the Vector of its times.
    fn record_remove(&self, values: &Bound<'_, Vector>) -> f64 {
        values.get().play_remove();
        0.0
    }
}

//! Events of the caller's own.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::CVode;
use crate::callback;
use crate::world;

#[pymethods]
impl CVode {
    /// Has `statement` called at time `t` (ms); without one, `batch_run` and `psolve` end there.
    /// With a point process it is called among the other events of that time, else at the end of
    /// the step.
    #[pyo3(signature = (t, statement=None, point=None, re_init=None))]
    fn event(
        &self,
        t: f64,
        statement: Option<&Bound<'_, PyAny>>,
        point: Option<&Bound<'_, PyAny>>,
        re_init: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        if re_init.is_some() && point.is_none() {
            return Err(PyValueError::new_err(
                "CVode.event: re_init needs a point process before it",
            ));
        }
        let Some(statement) = statement else {
            return world::with(|session| session.send_stop(t));
        };
        let callback = callback::once(statement)?;
        world::with(|session| match point {
            None => session.send_call(t, callback),
            Some(_) => session.send_call_at_once(t, callback),
        })
    }
}

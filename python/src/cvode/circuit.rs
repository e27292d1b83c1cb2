//! Which equations are solved together: `use_mxb` and `use_daspk`.

use pyo3::prelude::*;

use super::CVode;
use crate::world;

#[pymethods]
impl CVode {
    /// True if all equations of a step are solved as one sparse matrix; switches that on or off. A
    /// model with extracellular has no other way, CVODE has the tree alone.
    #[pyo3(signature = (on=None))]
    fn use_mxb(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        let on = on.map(PyAnyMethods::is_truthy).transpose()?;
        world::with(|session| match on {
            Some(on) => session.use_general_matrix(on),
            None => Ok(session.cvode.use_mxb),
        })
    }

    /// True if steps of variable length are IDA's; switches that on or off. A model with extracellular
    /// or a LinearMechanism has no other integrator; local steps are switched off.
    #[pyo3(signature = (on=None))]
    fn use_daspk(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        let on = on.map(PyAnyMethods::is_truthy).transpose()?;
        world::with(|session| match on {
            Some(on) => session.use_ida(on),
            None => Ok(session.cvode.use_daspk),
        })
    }
}

//! `h.nlayer_extracellular`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::hoc::HocObject;
use crate::world;

#[pymethods]
impl HocObject {
    /// Number of layers of extracellular, 2 at first; sets it, where extracellular is not inserted
    /// yet.
    #[pyo3(signature = (layers=None))]
    fn nlayer_extracellular(&self, layers: Option<f64>) -> PyResult<f64> {
        if let Some(layers) = layers {
            if !(1.0..=1000.0).contains(&layers) {
                return Err(PyValueError::new_err(format!(
                    "nlayer_extracellular takes a number from 1 to 1000, not {layers}"
                )));
            }
            world::with(|session| session.set_extracellular_layers(layers as usize))?;
        }
        world::with(|session| Ok(session.extracellular_layers() as f64))
    }
}

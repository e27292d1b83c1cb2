//! `v.x`, `v._ref_x`, and references to single elements.

use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::prelude::*;
use runtime::{SharedCell, Target, session};

use super::{Vector, convert, exception};
use crate::reference::Reference;

/// The elements of a Vector, as `v.x` (numbers) or `v._ref_x` (references).
#[pyclass(module = "nmodlrs._nmodlrs", frozen)]
pub struct Elements {
    vector: Py<Vector>,
    references: bool,
}

impl Elements {
    pub fn new(vector: &Bound<'_, Vector>, references: bool) -> Self {
        Self {
            vector: vector.clone().unbind(),
            references,
        }
    }
}

#[pymethods]
impl Elements {
    /// Unlike those of the Vector itself, NEURON's indices here are not counted from the end.
    fn __getitem__(&self, py: Python<'_>, index: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let index = convert::index(index)?;
        let vector = self.vector.get();
        if index < 0 {
            return Err(PyIndexError::new_err(format!(
                "index {index} of {}.x is negative",
                vector.hname()
            )));
        }
        let index = vector.element_index(index)?;
        if self.references {
            let element = SharedCell::element(vector.series(), index);
            let reference = Reference(session::Reference::to(Target::Cell(element)));
            return Ok(Py::new(py, reference)?.into_any());
        }
        let value = vector.handle.lock().get(index).map_err(exception)?;
        Ok(value.into_pyobject(py)?.into_any().unbind())
    }

    fn __setitem__(&self, index: &Bound<'_, PyAny>, value: f64) -> PyResult<()> {
        if self.references {
            return Err(PyTypeError::new_err("a reference is set by its [0]"));
        }
        let vector = self.vector.get();
        let index = vector.element_index(convert::index(index)?)?;
        vector.handle.lock().set(index, value).map_err(exception)
    }

    fn __len__(&self) -> usize {
        self.vector.get().size()
    }

    fn __repr__(&self) -> String {
        format!("{}.x[?]", self.vector.get().hname())
    }
}

//! Point processes and artificial cells.

use std::sync::OnceLock;

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use runtime::{Place, PointProcessId};

use crate::reference::Reference;
use crate::segment::Segment;
use crate::world::{self, Key};

/// The base of the classes `h.IClamp`, `h.ExpSyn`, …; each has the name of its mechanism in
/// `_mechanism`.
///
/// There is one Python object for each point process, which lives as long as it.
#[pyclass(name = "PointProcess", module = "nmodlrs", subclass, weakref, frozen)]
pub struct PointProcess(OnceLock<PointProcessId>);

impl PointProcess {
    /// The point process's id.
    pub fn id(&self) -> PyResult<PointProcessId> {
        let missing = || PyRuntimeError::new_err("the class's __init__ was not called");
        self.0.get().copied().ok_or_else(missing)
    }
}

#[pymethods]
impl PointProcess {
    /// Takes anything, for classes that derive from this one; `__init__` makes the point process.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self(OnceLock::new())
    }

    #[pyo3(signature = (segment=None))]
    fn __init__(slf: &Bound<'_, Self>, segment: Option<&Bound<'_, Segment>>) -> PyResult<()> {
        let name: String = slf
            .getattr("_mechanism")
            .and_then(|name| name.extract())
            .map_err(|_| PyTypeError::new_err("this class has no mechanism"))?;
        let place = segment.map(|segment| segment.get().place());
        let id = world::with(|session| {
            let mechanism = session.mechanism(&name)?;
            Ok(match place {
                Some(Place::Segment { section, x }) => {
                    session.model().add_point_process(mechanism, section, x)?
                }
                _ => session.model().add_artificial_cell(mechanism)?,
            })
        })?;
        if slf.get().0.set(id).is_err() {
            return Err(PyRuntimeError::new_err("__init__ was called twice"));
        }
        world::remember(Key::Point(id), slf.as_any())
    }

    fn __getattr__(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        let place = Place::Point(self.id()?);
        if let Some(variable) = name.strip_prefix("_ref_") {
            let reference = world::with(|session| session.reference(place, variable))?;
            return Ok(Bound::new(py, Reference(reference))?.into_any().unbind());
        }
        let value = world::with(|session| session.get(place, name))?;
        Ok(value.into_pyobject(py)?.into_any().unbind())
    }

    fn __setattr__(&self, name: &str, value: f64) -> PyResult<()> {
        let place = Place::Point(self.id()?);
        world::with(|session| session.set(place, name, value))
    }
}

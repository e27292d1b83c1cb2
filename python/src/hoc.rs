//! The object that scripts import as `h` and `n`: simulation variables, run control, and every
//! mechanism by name.

use std::collections::HashMap;
use std::sync::Mutex;

use nmodl::mechanism::Kind;
use pyo3::exceptions::{PyAttributeError, PyLookupError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyType};
use runtime::Place;

use crate::point_process::PointProcess;
use crate::reference::Reference;
use crate::section::PARAMETERS;
use crate::world;

/// NEURON's top level.
#[pyclass(
    name = "HocObject",
    module = "nmodlrs._nmodlrs",
    subclass,
    dict,
    frozen
)]
pub struct HocObject {
    /// Classes of point processes, made when they are first asked for.
    classes: Mutex<HashMap<String, Py<PyType>>>,
}

#[pymethods]
impl HocObject {
    #[new]
    fn new() -> Self {
        Self {
            classes: Mutex::default(),
        }
    }

    /// Time in ms.
    #[getter]
    fn t(&self) -> PyResult<f64> {
        world::with(|session| Ok(session.t_ms()))
    }

    #[setter]
    fn set_t(&self, value: f64) -> PyResult<()> {
        world::with(|session| session.set(Place::Model, "t", value))
    }

    fn __getattr__(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        if let Some(class) = self.class(py, name)? {
            return Ok(class.into_any());
        }
        if let Some(variable) = name.strip_prefix("_ref_") {
            let reference = world::with(|session| session.reference(Place::Model, variable))?;
            return Ok(Bound::new(py, Reference(reference))?.into_any().unbind());
        }
        let value = world::with(|session| session.get(Place::Model, name)).map_err(|_| {
            PyAttributeError::new_err(format!("'{name}' is not a defined hoc variable name."))
        })?;
        Ok(value.into_pyobject(py)?.into_any().unbind())
    }

    fn __setattr__(&self, name: &Bound<'_, PyString>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let text = name.to_str()?;
        if PARAMETERS.contains(&text) {
            let section = crate::access::current(value.py())?;
            return section.get().set_parameter(text, value.extract()?);
        }
        if world::with(|session| Ok(session.get(Place::Model, text).is_ok()))? {
            let number: f64 = value.extract()?;
            return world::with(|session| session.set(Place::Model, text, number));
        }
        Err(PyLookupError::new_err(format!(
            "'{text}' is not a defined hoc variable name."
        )))
    }
}

impl HocObject {
    /// The class of a point process or artificial cell.
    fn class(&self, py: Python<'_>, name: &str) -> PyResult<Option<Py<PyType>>> {
        let mut classes = self
            .classes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(class) = classes.get(name) {
            return Ok(Some(class.clone_ref(py)));
        }
        let kind = world::with(|session| {
            if !session.has_mechanism(name) {
                return Ok(None);
            }
            let id = session.mechanism(name)?;
            Ok(Some(session.structure().mechanism(id)?.kind))
        })?;
        if !matches!(kind, Some(Kind::PointProcess | Kind::ArtificialCell)) {
            return Ok(None);
        }
        let attributes = PyDict::new(py);
        attributes.set_item("_mechanism", name)?;
        attributes.set_item("__module__", "hoc")?;
        let class = py
            .get_type::<PyType>()
            .call1((name, (py.get_type::<PointProcess>(),), attributes))?
            .cast_into::<PyType>()?
            .unbind();
        classes.insert(name.to_owned(), class.clone_ref(py));
        Ok(Some(class))
    }
}

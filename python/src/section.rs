//! Sections.

use std::sync::OnceLock;

use pyo3::exceptions::{PyReferenceError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyWeakrefReference};
use runtime::SectionId;

use crate::segment::Segment;
use crate::world::{self, Key};

/// An unbranched cable.
///
/// There is one Python object for each section, and the section lives as long as it.
#[pyclass(name = "Section", module = "nmodlrs", subclass, dict, weakref, frozen)]
pub struct Section(OnceLock<Identity>);

/// What `__init__` gives.
struct Identity {
    id: SectionId,
    name: String,
    /// A weak reference to the object that the section belongs to.
    cell: Option<Py<PyAny>>,
}

impl Section {
    /// The Python object of a section.
    pub fn of<'py>(py: Python<'py>, id: SectionId) -> PyResult<Bound<'py, Self>> {
        let object = world::object(py, Key::Section(id))
            .ok_or_else(|| PyReferenceError::new_err("the section was deleted"))?;
        Ok(object.cast_into::<Self>()?)
    }

    fn identity(&self) -> PyResult<&Identity> {
        let missing = || PyRuntimeError::new_err("Section.__init__ was not called");
        self.0.get().ok_or_else(missing)
    }

    /// The section's id.
    pub fn id(&self) -> PyResult<SectionId> {
        Ok(self.identity()?.id)
    }
}

#[pymethods]
impl Section {
    /// Takes anything, for classes that derive from this one; `__init__` makes the section.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self(OnceLock::new())
    }

    #[pyo3(signature = (name=None, cell=None))]
    fn __init__(
        slf: &Bound<'_, Self>,
        name: Option<String>,
        cell: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let cell = cell.map(PyWeakrefReference::new).transpose()?;
        let id = world::with(|session| session.add_section(name.as_deref().unwrap_or("section")))?;
        let identity = Identity {
            id,
            name: name.unwrap_or_else(|| format!("__nrnsec_{:#x}", id.index())),
            cell: cell.map(|cell| cell.into_any().unbind()),
        };
        if slf.get().0.set(identity).is_err() {
            return Err(PyRuntimeError::new_err("Section.__init__ was called twice"));
        }
        world::remember(Key::Section(id), slf.as_any())
    }

    fn __call__(slf: &Bound<'_, Self>, x: f64) -> PyResult<Segment> {
        if !(0.0..=1.0).contains(&x) {
            return Err(PyValueError::new_err(
                "segment position range is 0 <= x <= 1",
            ));
        }
        Ok(Segment::new(slf.clone().unbind(), slf.get().id()?, x))
    }

    /// The name, with that of the cell.
    fn name(&self, py: Python<'_>) -> PyResult<String> {
        let identity = self.identity()?;
        let name = identity.name.clone();
        let cell = match &identity.cell {
            Some(weak) => weak.bind(py).call0()?,
            None => return Ok(name),
        };
        if cell.is_none() {
            return Ok(name);
        }
        Ok(format!("{}.{name}", cell.str()?))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        self.name(py)
    }

    /// Length in µm.
    #[getter(L)]
    fn length(&self) -> PyResult<f64> {
        let id = self.id()?;
        world::with(|session| Ok(session.structure().section(id)?.length_um()))
    }

    #[setter(L)]
    fn set_length(&self, value: f64) -> PyResult<()> {
        let id = self.id()?;
        world::with(|session| Ok(session.model().set_length(id, value)?))
    }

    /// Puts a density mechanism, given as its object or name, into all segments.
    fn insert<'py>(slf: &Bound<'py, Self>, mechanism: &str) -> PyResult<Bound<'py, Self>> {
        let id = slf.get().id()?;
        world::with(|session| {
            let mechanism = session.mechanism(mechanism)?;
            Ok(session.model().insert(id, mechanism)?)
        })?;
        Ok(slf.clone())
    }
}

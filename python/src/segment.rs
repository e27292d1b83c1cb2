//! Segments: positions on a section, with the variables that are there.

use pyo3::prelude::*;
use runtime::{Place, SectionId};

use crate::reference::Reference;
use crate::section::Section;
use crate::world;

/// A position on a section.
#[pyclass(name = "Segment", module = "nmodlrs", frozen)]
pub struct Segment {
    section: Py<Section>,
    id: SectionId,
    x: f64,
}

impl Segment {
    /// A position on a section, which is kept alive.
    pub fn new(section: Py<Section>, id: SectionId, x: f64) -> Self {
        Self { section, id, x }
    }

    /// Where its variables are.
    pub fn place(&self) -> Place {
        Place::Segment {
            section: self.id,
            x: self.x,
        }
    }
}

#[pymethods]
impl Segment {
    /// Position from 0 to 1.
    #[getter]
    fn x(&self) -> f64 {
        self.x
    }

    /// The section.
    #[getter]
    fn sec(&self, py: Python<'_>) -> Py<Section> {
        self.section.clone_ref(py)
    }

    fn __getattr__(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        if let Some(variable) = name.strip_prefix("_ref_") {
            let reference = world::with(|session| session.reference(self.place(), variable))?;
            return Ok(Bound::new(py, Reference(reference))?.into_any().unbind());
        }
        let value = world::with(|session| session.get(self.place(), name))?;
        Ok(value.into_pyobject(py)?.into_any().unbind())
    }

    fn __setattr__(&self, name: &str, value: f64) -> PyResult<()> {
        world::with(|session| session.set(self.place(), name, value))
    }
}

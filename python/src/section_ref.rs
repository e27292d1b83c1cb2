//! References to sections: `h.SectionRef`.

use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyList;
use runtime::SectionId;

use crate::access;
use crate::section::Section;
use crate::world;

/// A section by reference, with its neighbours in the tree. It does not keep the section alive.
#[pyclass(name = "SectionRef", module = "hoc", subclass, weakref, frozen)]
pub struct SectionRef {
    number: usize,
    id: SectionId,
}

static MADE: AtomicUsize = AtomicUsize::new(0);

impl SectionRef {
    fn section<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Section>> {
        world::with(|session| {
            session.structure().section(self.id)?;
            Ok(())
        })?;
        Section::of(py, self.id)
    }

    fn neighbour<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        found: Option<SectionId>,
    ) -> PyResult<Bound<'py, Section>> {
        match found {
            Some(id) => Section::of(py, id),
            None => Err(PyTypeError::new_err(format!(
                "{} has no {name}",
                self.section(py)?.get().full_name(py)?
            ))),
        }
    }

    fn parent_id(&self) -> PyResult<Option<SectionId>> {
        world::with(|session| {
            let connection = session.structure().section(self.id)?.connection();
            Ok(connection.map(|c| c.parent))
        })
    }

    fn true_parent_id(&self) -> PyResult<Option<SectionId>> {
        world::with(|session| {
            let connection = session.structure().true_parent(self.id)?;
            Ok(connection.map(|c| c.parent))
        })
    }
}

#[pymethods]
impl SectionRef {
    /// A reference to a section, or to the currently accessed one.
    #[new]
    #[pyo3(signature = (section=None, *, sec=None))]
    fn new(
        py: Python<'_>,
        section: Option<Bound<'_, Section>>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<Self> {
        Ok(Self {
            id: access::section(py, section.or(sec))?.get().id()?,
            number: MADE.fetch_add(1, Ordering::Relaxed),
        })
    }

    /// The section.
    #[getter]
    fn sec<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Section>> {
        self.section(py)
    }

    /// The section's parent; a TypeError if there is none.
    #[getter]
    fn parent<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Section>> {
        self.neighbour(py, "parent", self.parent_id()?)
    }

    /// The section that this one really grows from, see `Section.trueparentseg`; a TypeError if
    /// there is none.
    #[getter]
    fn trueparent<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Section>> {
        self.neighbour(py, "trueparent", self.true_parent_id()?)
    }

    /// The root of the cell.
    #[getter]
    fn root<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Section>> {
        let root = world::with(|session| Ok(session.structure().root(self.id)?))?;
        Section::of(py, root)
    }

    /// What is attached to the section: `child[0]`, `child[1]`, …
    #[getter]
    fn child(&self, py: Python<'_>) -> PyResult<Children> {
        Ok(Children(self.section(py)?.get().child_ids()?))
    }

    /// Number of sections attached to the section.
    fn nchild(&self, py: Python<'_>) -> PyResult<usize> {
        Ok(self.section(py)?.get().child_ids()?.len())
    }

    /// Whether the section has a parent.
    fn has_parent(&self) -> PyResult<bool> {
        Ok(self.parent_id()?.is_some())
    }

    /// Whether the section really grows from another one.
    fn has_trueparent(&self) -> PyResult<bool> {
        Ok(self.true_parent_id()?.is_some())
    }

    /// Whether the section still exists.
    fn exists(&self) -> PyResult<bool> {
        world::with(|session| Ok(session.structure().section(self.id).is_ok()))
    }

    /// Whether it is the currently accessed section.
    fn is_cas(&self, py: Python<'_>) -> PyResult<bool> {
        self.section(py)?;
        Ok(access::current(py)?.get().id()? == self.id)
    }

    /// 0.0: sections made from Python cannot be renamed.
    #[pyo3(signature = (*_args))]
    fn rename(&self, _args: &Bound<'_, PyAny>) -> f64 {
        0.0
    }

    /// 0.0: sections made from Python keep their names.
    fn unname(&self) -> f64 {
        0.0
    }

    /// `SectionRef[0]`: the class and a number.
    fn hname(&self) -> String {
        format!("SectionRef[{}]", self.number)
    }

    fn __repr__(&self) -> String {
        self.hname()
    }
}

/// What is attached to a section.
#[pyclass(name = "Children", module = "nmodlrs._nmodlrs", frozen)]
pub struct Children(Vec<SectionId>);

#[pymethods]
impl Children {
    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: f64) -> PyResult<Bound<'py, Section>> {
        let found = (index >= 0.0).then(|| self.0.get(index as usize)).flatten();
        match found {
            Some(&id) => Section::of(py, id),
            None => Err(PyIndexError::new_err(format!(
                "the section has {} children; there is no child {index}",
                self.0.len()
            ))),
        }
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let sections = Section::all(py, self.0.iter().copied())?;
        Ok(PyList::new(py, sections)?.try_iter()?.into_any())
    }
}

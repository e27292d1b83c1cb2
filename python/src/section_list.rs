//! Lists of sections, which do not keep them alive.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyTypeError, PyUserWarning};
use pyo3::prelude::*;
use pyo3::types::PyList;
use runtime::SectionId;

use crate::access;
use crate::section::Section;
use crate::world;

/// An ordered list of sections. It does not keep them alive: those that are deleted disappear
/// from it.
#[pyclass(name = "SectionList", module = "hoc", subclass, weakref, frozen)]
pub struct SectionList {
    number: usize,
    ids: Mutex<Vec<SectionId>>,
}

static MADE: AtomicUsize = AtomicUsize::new(0);

impl SectionList {
    /// A new list.
    pub fn of(ids: Vec<SectionId>) -> Self {
        Self {
            number: MADE.fetch_add(1, Ordering::Relaxed),
            ids: Mutex::new(ids),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<SectionId>> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ids of the sections that exist; the others are dropped.
    fn ids(&self) -> PyResult<Vec<SectionId>> {
        let mut ids = self.lock();
        world::with(|session| {
            ids.retain(|id| session.structure().section(*id).is_ok());
            Ok(ids.clone())
        })
    }

    fn sections<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, Section>>> {
        Section::all(py, self.ids()?)
    }
}

/// The section of an argument, of `sec=`, or the current one.
fn id(
    py: Python<'_>,
    section: Option<Bound<'_, Section>>,
    sec: Option<Bound<'_, Section>>,
) -> PyResult<SectionId> {
    access::section(py, section.or(sec))?.get().id()
}

#[pymethods]
impl SectionList {
    /// An empty list, or one of the sections of anything that can be iterated over.
    #[new]
    #[pyo3(signature = (sections=None))]
    fn new(sections: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let mut ids = Vec::new();
        if let Some(sections) = sections {
            for section in sections.try_iter()? {
                let section = section?.cast_into::<Section>().map_err(|_| {
                    PyTypeError::new_err("iterable must contain only Section objects")
                })?;
                ids.push(section.get().existing()?);
            }
        }
        Ok(Self::of(ids))
    }

    /// Adds a section at the end.
    #[pyo3(signature = (section=None, *, sec=None))]
    fn append(
        &self,
        py: Python<'_>,
        section: Option<Bound<'_, Section>>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let id = id(py, section, sec)?;
        self.lock().push(id);
        Ok(1.0)
    }

    /// Removes a section where it comes first, or all sections of another list. Returns how many
    /// were removed.
    #[pyo3(signature = (section=None, *, sec=None))]
    fn remove(
        &self,
        py: Python<'_>,
        section: Option<&Bound<'_, PyAny>>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let before = self.ids()?;
        if let Some(other) = section.and_then(|other| other.cast::<Self>().ok()) {
            let others: HashSet<SectionId> = other.get().ids()?.into_iter().collect();
            let mut ids = self.lock();
            ids.retain(|id| !others.contains(id));
            return Ok((before.len() - ids.len()) as f64);
        }
        let section = section.map(|section| section.cast::<Section>().cloned());
        let section = id(py, section.transpose()?, sec)?;
        let Some(place) = before.iter().position(|&id| id == section) else {
            let name = Section::of(py, section)?.get().full_name(py)?;
            let message = std::ffi::CString::new(format!("{name} not in this section list"))?;
            PyErr::warn(py, &py.get_type::<PyUserWarning>(), &message, 1)?;
            return Ok(0.0);
        };
        self.lock().remove(place);
        Ok(1.0)
    }

    /// Adds what is attached to a section.
    #[pyo3(signature = (section=None, *, sec=None))]
    fn children(
        &self,
        py: Python<'_>,
        section: Option<Bound<'_, Section>>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let children = access::section(py, section.or(sec))?.get().child_ids()?;
        self.lock().extend(children);
        Ok(1.0)
    }

    /// Adds a section and all that grows from it, breadth first.
    #[pyo3(signature = (section=None, *, sec=None))]
    fn subtree(
        &self,
        py: Python<'_>,
        section: Option<Bound<'_, Section>>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let id = id(py, section, sec)?;
        let found = world::with(|session| Ok(session.structure().subtree(id)?))?;
        self.lock().extend(found);
        Ok(1.0)
    }

    /// Adds all sections of the cell of a section, breadth first from its root.
    #[pyo3(signature = (section=None, *, sec=None))]
    fn wholetree(
        &self,
        py: Python<'_>,
        section: Option<Bound<'_, Section>>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let id = id(py, section, sec)?;
        let found = world::with(|session| {
            let root = session.structure().root(id)?;
            Ok(session.structure().subtree(root)?)
        })?;
        self.lock().extend(found);
        Ok(1.0)
    }

    /// Adds the roots of all cells.
    fn allroots(&self) -> PyResult<f64> {
        let roots = world::with(|session| Ok(session.structure().roots().collect::<Vec<_>>()))?;
        self.lock().extend(roots);
        Ok(1.0)
    }

    /// Removes sections where they come again. Returns how many were removed.
    fn unique(&self) -> PyResult<usize> {
        let before = self.ids()?.len();
        let mut seen = HashSet::new();
        let mut ids = self.lock();
        ids.retain(|id| seen.insert(*id));
        Ok(before - ids.len())
    }

    /// Whether a section is in the list.
    #[pyo3(signature = (section=None, *, sec=None))]
    fn contains(
        &self,
        py: Python<'_>,
        section: Option<Bound<'_, Section>>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<bool> {
        let id = id(py, section, sec)?;
        Ok(self.ids()?.contains(&id))
    }

    /// Prints the names.
    fn printnames(&self, py: Python<'_>) -> PyResult<f64> {
        let print = py.import("builtins")?.getattr("print")?;
        for section in self.sections(py)? {
            print.call1((section.get().full_name(py)?,))?;
        }
        Ok(1.0)
    }

    /// Number of sections.
    fn size(&self) -> PyResult<usize> {
        Ok(self.ids()?.len())
    }

    /// `SectionList[0]`: the class and a number.
    fn hname(&self) -> String {
        format!("SectionList[{}]", self.number)
    }

    fn __repr__(&self) -> String {
        self.hname()
    }

    fn __len__(&self) -> PyResult<usize> {
        self.size()
    }

    fn __contains__(&self, section: &Bound<'_, PyAny>) -> PyResult<bool> {
        match section.cast::<Section>() {
            Ok(section) => Ok(self.ids()?.contains(&section.get().id()?)),
            Err(_) => Ok(false),
        }
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, self.sections(py)?)?.try_iter()?.into_any())
    }
}

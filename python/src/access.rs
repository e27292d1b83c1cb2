//! The currently accessed section: what functions of `h` are about when they are not given `sec=`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use runtime::SectionId;

use crate::hoc::HocObject;
use crate::section::Section;
use crate::world;

/// NEURON's stack of sections.
static STACK: Mutex<Vec<SectionId>> = Mutex::new(Vec::new());

fn stack() -> MutexGuard<'static, Vec<SectionId>> {
    STACK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a section the current one.
pub fn push(section: SectionId) {
    stack().push(section);
}

/// The current section: the last one that was pushed, or the first one that exists.
pub fn current(py: Python<'_>) -> PyResult<Bound<'_, Section>> {
    let pushed = stack().clone();
    let id = world::with(|session| {
        let model = session.structure();
        let exists = |id: &&SectionId| model.section(**id).is_ok();
        let last = pushed.iter().rev().find(exists).copied();
        Ok(last.or_else(|| model.sections().next()))
    })?;
    match id {
        Some(id) => Section::of(py, id),
        None => Err(PyRuntimeError::new_err(
            "Section access unspecified: there is no section",
        )),
    }
}

/// The section given as `sec=`, or the current one.
pub fn section<'py>(
    py: Python<'py>,
    sec: Option<Bound<'py, Section>>,
) -> PyResult<Bound<'py, Section>> {
    match sec {
        Some(section) => {
            section.get().existing()?;
            Ok(section)
        }
        None => current(py),
    }
}

#[pymethods]
impl HocObject {
    /// The currently accessed section.
    fn cas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Section>> {
        current(py)
    }

    /// Undoes the last `push`.
    fn pop_section(&self) -> f64 {
        stack().pop();
        1.0
    }

    /// Makes a section the current one until `pop_section`; it is given as itself or by name.
    fn push_section(&self, py: Python<'_>, section: &Bound<'_, PyAny>) -> PyResult<f64> {
        if let Ok(section) = section.cast::<Section>() {
            push(section.get().existing()?);
            return Ok(1.0);
        }
        let name: String = section
            .extract()
            .map_err(|_| PyTypeError::new_err("push_section takes a section or its name"))?;
        let ids = world::with(|session| Ok(session.structure().sections().collect::<Vec<_>>()))?;
        for section in Section::all(py, ids)? {
            let known = section.get().full_name(py)?;
            if known == name || format!("_pysec.{known}") == name {
                push(section.get().id()?);
                return Ok(1.0);
            }
        }
        Err(PyValueError::new_err(format!(
            "push_section: there is no section `{name}`"
        )))
    }

    /// The name of a section, as in hoc.
    #[pyo3(signature = (*, sec=None))]
    fn secname(&self, py: Python<'_>, sec: Option<Bound<'_, Section>>) -> PyResult<String> {
        Ok(format!("_pysec.{}", section(py, sec)?.get().full_name(py)?))
    }

    /// Length in µm of the current section.
    #[getter(L)]
    fn length(&self, py: Python<'_>) -> PyResult<f64> {
        current(py)?.get().parameter("L")
    }

    /// Number of segments of the current section.
    #[getter]
    fn nseg(&self, py: Python<'_>) -> PyResult<usize> {
        Ok(current(py)?.get().parameter("nseg")? as usize)
    }

    /// Axial resistivity in Ω·cm of the current section.
    #[getter(Ra)]
    fn axial_resistivity(&self, py: Python<'_>) -> PyResult<f64> {
        current(py)?.get().parameter("Ra")
    }

    /// Number of equal branches that the current section stands for.
    #[getter]
    fn rallbranch(&self, py: Python<'_>) -> PyResult<f64> {
        current(py)?.get().parameter("rallbranch")
    }
}

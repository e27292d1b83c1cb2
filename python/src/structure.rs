//! Functions of `h` about the structure of cells.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use runtime::SectionId;

use crate::access;
use crate::hoc::HocObject;
use crate::section::{Section, section_and_x};
use crate::segment::Segment;
use crate::world::{self, Key};

/// From where `h.distance` measures.
static ORIGIN: Mutex<Option<(SectionId, f64)>> = Mutex::new(None);

/// All sections, in the order of creation.
#[pyclass(name = "AllSections", module = "nmodlrs._nmodlrs", frozen)]
pub struct AllSections;

fn all(py: Python<'_>) -> PyResult<Vec<Bound<'_, Section>>> {
    let ids = world::with(|session| Ok(session.structure().sections().collect::<Vec<_>>()))?;
    Section::all(py, ids)
}

#[pymethods]
impl AllSections {
    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, all(py)?)?.try_iter()?.into_any())
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        Ok(all(py)?.len())
    }

    fn __contains__(&self, section: &Bound<'_, PyAny>) -> bool {
        section
            .cast::<Section>()
            .is_ok_and(|section| section.get().exists())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("<all {} sections>", all(py)?.len()))
    }
}

/// A section and x of the arguments `(x)` with `sec=`, or `(segment)`.
fn place<'py>(
    py: Python<'py>,
    at: &Bound<'py, PyAny>,
    sec: Option<Bound<'py, Section>>,
) -> PyResult<(SectionId, f64)> {
    if let Ok(x) = at.extract::<f64>() {
        return Ok((access::section(py, sec)?.get().id()?, x));
    }
    if at.is_instance_of::<Section>() {
        return Err(PyTypeError::new_err(format!(
            "a section is no place; a segment of it is, as {}(0.5)",
            at.str()?
        )));
    }
    let (section, x) = section_and_x(at)?;
    Ok((section.get().id()?, x))
}

fn to_origin(to: (SectionId, f64)) -> PyResult<f64> {
    let origin = *ORIGIN.lock().unwrap_or_else(PoisonError::into_inner);
    let invalid = || {
        PyRuntimeError::new_err(
            "distance has no origin, or its section was deleted; h.distance(0, segment) sets it",
        )
    };
    let from = origin.ok_or_else(invalid)?;
    world::with(|session| {
        let model = session.structure();
        if model.section(from.0).is_err() {
            return Ok(Err(invalid()));
        }
        Ok(Ok(model.distance_um(from, to)?))
    })?
}

fn set_origin(origin: (SectionId, f64)) -> PyResult<f64> {
    world::with(|session| Ok(session.structure().node(origin.0, origin.1)?))?;
    *ORIGIN.lock().unwrap_or_else(PoisonError::into_inner) = Some(origin);
    Ok(origin.1)
}

#[pymethods]
impl HocObject {
    /// All sections, in the order of creation.
    fn allsec(&self) -> AllSections {
        AllSections
    }

    /// Prints the trees of sections.
    fn topology(&self, py: Python<'_>) -> PyResult<f64> {
        let mut names = HashMap::new();
        for section in all(py)? {
            names.insert(section.get().id()?, section.get().full_name(py)?);
        }
        let text = world::with(|session| {
            let name = |id: SectionId| names.get(&id).cloned().unwrap_or_default();
            Ok(session.structure().topology(&name)?)
        })?;
        py.import("builtins")?
            .getattr("print")?
            .call1((text.strip_suffix('\n').unwrap_or(&text),))?;
        Ok(1.0)
    }

    /// Length in µm of the path along the tree: `distance(segment, segment)`; from the origin:
    /// `distance(segment)` or `distance(x, sec=)`. `distance(0, segment)`, `distance(0, x, sec=)`
    /// and `distance(sec=)` set the origin. 1e20 where there is no path.
    #[pyo3(signature = (*args, sec=None))]
    fn distance<'py>(
        &self,
        py: Python<'py>,
        args: &Bound<'py, PyTuple>,
        sec: Option<Bound<'py, Section>>,
    ) -> PyResult<f64> {
        let given: Vec<Bound<'py, PyAny>> = args.iter().collect();
        match given.as_slice() {
            [] => set_origin((access::section(py, sec)?.get().id()?, 0.0)),
            [to] => to_origin(place(py, to, sec)?),
            [mode, to] => {
                let to = place(py, to, sec)?;
                match mode.extract::<f64>() {
                    Ok(mode) if (0.0..1.0).contains(&mode) => set_origin(to),
                    Ok(_) => to_origin(to),
                    Err(_) => {
                        let from = place(py, mode, None)?;
                        world::with(|session| Ok(session.structure().distance_um(from, to)?))
                    }
                }
            }
            _ => Err(PyTypeError::new_err(
                "distance takes at most two places, or a number and a place",
            )),
        }
    }

    /// Membrane area in µm² of the segment that holds x.
    #[pyo3(signature = (x, *, sec=None))]
    fn area(&self, py: Python<'_>, x: f64, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        let id = access::section(py, sec)?.get().id()?;
        world::with(|session| Ok(session.structure().area_um2(id, x)?))
    }

    /// Axial resistance in MΩ from the node at x to the next one on the way to the root.
    #[pyo3(signature = (x, *, sec=None))]
    fn ri(&self, py: Python<'_>, x: f64, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        let id = access::section(py, sec)?.get().id()?;
        world::with(|session| Ok(session.structure().ri_mohm(id, x)?))
    }

    /// The length constant in µm for a frequency in Hz, membrane conductance neglected: what the
    /// d_lambda rule for nseg uses.
    #[pyo3(signature = (hz, segment=None, *, sec=None))]
    fn lambda_f(
        &self,
        py: Python<'_>,
        hz: f64,
        segment: Option<&Bound<'_, Segment>>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let id = match segment {
            Some(segment) => segment.get().section_id(),
            None => access::section(py, sec)?.get().id()?,
        };
        world::with(|session| Ok(session.structure().lambda_f_um(id, hz)?))
    }

    /// Whether the name of the section matches a regular expression.
    #[pyo3(signature = (pattern, *, sec=None))]
    fn issection(
        &self,
        py: Python<'_>,
        pattern: &str,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let name = access::section(py, sec)?.get().full_name(py)?;
        let found = py
            .import("re")?
            .call_method1("fullmatch", (pattern, name))?;
        Ok(f64::from(u8::from(!found.is_none())))
    }

    /// Puts the name of the section into a string reference.
    #[pyo3(signature = (text, *, sec=None))]
    fn sectionname(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let name = access::section(py, sec)?.get().full_name(py)?;
        text.set_item(0, format!("_pysec.{name}"))?;
        Ok(1.0)
    }

    /// Whether a mechanism or an ion is inserted in the section.
    #[pyo3(signature = (name, *, sec=None))]
    fn ismembrane(
        &self,
        py: Python<'_>,
        name: &str,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        let section = access::section(py, sec)?;
        Ok(f64::from(u8::from(section.get().is_inserted(name)?)))
    }

    /// The end of the section that is nearer to the root: 0.0 or 1.0.
    #[pyo3(signature = (*, sec=None))]
    fn section_orientation(
        &self,
        py: Python<'_>,
        sec: Option<Bound<'_, Section>>,
    ) -> PyResult<f64> {
        access::section(py, sec)?.get().near_end()
    }

    /// The position of the parent where the section is attached.
    #[pyo3(signature = (*, sec=None))]
    fn parent_connection(&self, py: Python<'_>, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        access::section(py, sec)?.get().parent_x()
    }

    /// Deletes the section, whoever still has it.
    #[pyo3(signature = (*, sec=None))]
    fn delete_section(&self, py: Python<'_>, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        world::delete(Key::Section(access::section(py, sec)?.get().id()?))?;
        Ok(0.0)
    }

    /// Makes the section the root of a cell of its own.
    #[pyo3(signature = (*, sec=None))]
    fn disconnect(&self, py: Python<'_>, sec: Option<Bound<'_, Section>>) -> PyResult<f64> {
        access::section(py, sec)?.get().detach()?;
        Ok(0.0)
    }
}

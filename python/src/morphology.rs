//! Import3d: morphologies from files into sections.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{
    PyIOError, PyNotImplementedError, PyRuntimeError, PyTypeError, PyValueError,
};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use runtime::morphology::{self, Branch, Fault};
use runtime::{End, Point3d, SectionId};

use crate::hoc::HocObject;
use crate::section::{Section, point};
use crate::world;

/// What the readers of morphologies have in common.
#[pyclass(
    name = "MorphologyReader",
    module = "nmodlrs._nmodlrs",
    subclass,
    dict,
    frozen
)]
pub struct Reader {
    format: Format,
    branches: Mutex<Option<Vec<Branch>>>,
}

#[derive(Clone, Copy)]
enum Format {
    Swc,
    Neurolucida,
}

impl Reader {
    fn new(format: Format) -> Self {
        Self {
            format,
            branches: Mutex::new(None),
        }
    }
}

#[pymethods]
impl Reader {
    /// The format's name.
    #[getter]
    fn filetype(&self) -> &str {
        match self.format {
            Format::Swc => "SWC",
            Format::Neurolucida => "Neurolucida V3",
        }
    }

    /// Reads a file. A file that cannot be read is an OSError, one that does not follow its format
    /// a ValueError that says where.
    fn input(&self, path: &str) -> PyResult<()> {
        let bytes = fs::read(path)
            .map_err(|error| PyIOError::new_err(format!("cannot read `{path}`: {error}")))?;
        // Comments may be in any encoding.
        let text = String::from_utf8_lossy(&bytes);
        let read = match self.format {
            Format::Swc => morphology::swc::read(&text),
            Format::Neurolucida => morphology::neurolucida::read(&text),
        };
        let branches = read.map_err(|faults| {
            let lines = faults.iter().take(20);
            let lines: Vec<String> = lines.map(|f: &Fault| f.in_line(path, &text)).collect();
            PyValueError::new_err(lines.join("\n"))
        })?;
        *self.branches.lock().unwrap_or_else(PoisonError::into_inner) = Some(branches);
        Ok(())
    }
}

/// Reads SWC files: `reader.input(path)`, then `Import3d_GUI(reader, False).instantiate(cell)`.
#[pyclass(name = "Import3d_SWC_read", module = "hoc", extends = Reader, dict, frozen)]
pub struct SwcReader;

#[pymethods]
impl SwcReader {
    #[new]
    fn new() -> PyClassInitializer<Self> {
        PyClassInitializer::from(Reader::new(Format::Swc)).add_subclass(Self)
    }
}

/// Reads Neurolucida's ASC files: `reader.input(path)`, then
/// `Import3d_GUI(reader, False).instantiate(cell)`.
#[pyclass(name = "Import3d_Neurolucida3", module = "hoc", extends = Reader, dict, frozen)]
pub struct NeurolucidaReader;

#[pymethods]
impl NeurolucidaReader {
    #[new]
    fn new() -> PyClassInitializer<Self> {
        PyClassInitializer::from(Reader::new(Format::Neurolucida)).add_subclass(Self)
    }
}

/// Makes sections of what a reader has read.
#[pyclass(name = "Import3d_GUI", module = "hoc", dict, frozen)]
pub struct Import3d {
    reader: Py<Reader>,
}

#[pymethods]
impl Import3d {
    /// `Import3d_GUI(reader, False)`: without a window, which this package has not.
    #[new]
    #[pyo3(signature = (reader, show=None))]
    fn new(reader: &Bound<'_, PyAny>, show: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Ok(known) = reader.cast::<Reader>() else {
            return Err(PyTypeError::new_err(format!(
                "Import3d_GUI takes an Import3d_SWC_read or an Import3d_Neurolucida3, not {}",
                reader.repr()?
            )));
        };
        if let Some(show) = show
            && show.is_truthy()?
        {
            return Err(PyNotImplementedError::new_err(
                "Import3d_GUI has no window here; give False as the second argument",
            ));
        }
        Ok(Self {
            reader: known.clone().unbind(),
        })
    }

    /// Makes the sections. `cell` gets lists `soma`, `axon`, `dend`, `apic` of those that the file
    /// has, and `all`; without a cell the lists belong to `h`.
    #[pyo3(signature = (cell, _keep=None))]
    fn instantiate(
        &self,
        py: Python<'_>,
        cell: &Bound<'_, PyAny>,
        _keep: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let branches = self.reader.get().branches.lock();
        let branches = branches.unwrap_or_else(PoisonError::into_inner).clone();
        let Some(branches) = branches else {
            return Err(PyRuntimeError::new_err(
                "the reader has not read a file; call its method input first",
            ));
        };
        let ids = make(py, cell, &branches)?;
        world::with(|session| {
            let model = session.model();
            for (branch, &id) in branches.iter().zip(&ids) {
                if let Some((parent, x)) = branch.parent {
                    model.connect(id, End::Zero, ids[parent], x)?;
                }
                let wire = branch.wired_to_um;
                model.set_logical_connection(id, wire.map(|at| at.map(|c| c as f32)))?;
                let points: Vec<Point3d> = branch.points_um.iter().map(|&p| point(p)).collect();
                model.set_points(id, &points)?;
            }
            Ok(())
        })
    }
}

/// Makes the sections of all branches, by type in ascending order, and the lists of them.
fn make(py: Python<'_>, cell: &Bound<'_, PyAny>, branches: &[Branch]) -> PyResult<Vec<SectionId>> {
    let mut by_kind: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (number, branch) in branches.iter().enumerate() {
        by_kind.entry(branch.kind).or_default().push(number);
    }
    let class = py.get_type::<Section>();
    let all = PyList::empty(py);
    let mut ids = vec![None; branches.len()];
    let top_level = cell.is_none();
    for (kind, numbers) in by_kind {
        let base = morphology::base_name(kind);
        let list = PyList::empty(py);
        for (index, number) in numbers.into_iter().enumerate() {
            let arguments = PyDict::new(py);
            arguments.set_item("name", format!("{base}[{index}]"))?;
            if !top_level {
                arguments.set_item("cell", cell)?;
            }
            let section = class.call(PyTuple::empty(py), Some(&arguments))?;
            ids[number] = Some(section.cast::<Section>()?.get().id()?);
            list.append(&section)?;
            all.append(section)?;
        }
        if top_level {
            let h = py.import("nmodlrs")?.getattr("h")?;
            h.cast::<HocObject>()?
                .getattr("__dict__")?
                .set_item(base, list)?;
        } else {
            cell.setattr(base, list)?;
        }
    }
    if !top_level {
        cell.setattr("all", all)?;
    }
    Ok(ids.into_iter().flatten().collect())
}

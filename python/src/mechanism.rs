//! Density mechanisms as objects, `.mod` files, and what `MechanismType` and `MechanismStandard`
//! (Python, `nmodlrs/mechanism.py`) ask for.

use std::path::PathBuf;

use nmodl::mechanism::{Kind, Role, Storage};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use runtime::library::Repeated;

use crate::section::Section;
use crate::world;

/// A density mechanism or an ion: `h.hh`, `h.na_ion`.
#[pyclass(name = "DensityMechanism", module = "nmodlrs", frozen, eq, hash)]
#[derive(PartialEq, Eq, Hash)]
pub struct DensityMechanism {
    /// Its suffix.
    #[pyo3(get)]
    pub name: String,
}

#[pymethods]
impl DensityMechanism {
    /// The mechanism of that name.
    #[new]
    fn new(name: String) -> Self {
        Self { name }
    }

    /// Puts it into all segments of a section.
    fn insert<'py>(&self, section: &Bound<'py, Section>) -> PyResult<Bound<'py, PyAny>> {
        section.call_method1("insert", (self.name.as_str(),))
    }

    /// Takes it out of a section.
    fn uninsert<'py>(&self, section: &Bound<'py, Section>) -> PyResult<Bound<'py, PyAny>> {
        section.call_method1("uninsert", (self.name.as_str(),))
    }

    /// True for `na_ion` and its like.
    fn is_ion(&self) -> bool {
        self.name.ends_with("_ion")
    }

    /// The ions that it uses: names of what it reads and writes, and the charge if the file
    /// states it.
    #[getter]
    fn ions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let ions = PyDict::new(py);
        if self.is_ion() {
            return Ok(ions);
        }
        let uses = world::with(|session| {
            let description = session.mechanism_description(&self.name)?;
            Ok(description.ions.clone())
        })?;
        for ion in uses {
            let fields = |fields: nmodl::mechanism::IonFields| {
                let name = &ion.name;
                let mut names = Vec::new();
                names.extend(fields.erev.then(|| format!("e{name}")));
                names.extend(fields.ci.then(|| format!("{name}i")));
                names.extend(fields.co.then(|| format!("{name}o")));
                names.extend(fields.cur.then(|| format!("i{name}")));
                names
            };
            let entry = PyDict::new(py);
            entry.set_item("read", fields(ion.read))?;
            entry.set_item("write", fields(ion.write))?;
            entry.set_item("charge", ion.valence)?;
            ions.set_item(&ion.name, entry)?;
        }
        Ok(ions)
    }

    /// The file that it is from; those that ship begin with `mod/`.
    #[getter]
    fn file(&self) -> PyResult<String> {
        self.source(|file, _| file.to_owned())
    }

    /// The text of its file.
    #[getter]
    fn code(&self) -> PyResult<String> {
        self.source(|_, text| text.to_owned())
    }

    /// The names of its variables and functions.
    fn names(&self) -> PyResult<Vec<String>> {
        world::with(|session| {
            let description = session.mechanism_description(&self.name)?;
            Ok(crate::point_process::mechanism_names(description))
        })
    }

    fn __repr__(&self) -> String {
        format!("neuron.DensityMechanism('{}')", self.name)
    }
}

impl DensityMechanism {
    fn source(&self, pick: impl FnOnce(&str, &str) -> String) -> PyResult<String> {
        let found = world::with(|session| {
            Ok(session
                .mechanism_source(&self.name)
                .map(|(file, text)| pick(file, text)))
        })?;
        found.ok_or_else(|| {
            PyAttributeError::new_err(format!("the ion mechanism `{}` has no file", self.name))
        })
    }
}

/// Compiles a file or a folder; see `nmodlrs.load_mechanisms`.
#[pyfunction]
pub fn load_files(path: PathBuf, replace: bool) -> PyResult<Vec<String>> {
    world::with(|session| session.load_mechanisms(&path, repeated(replace)))
}

/// Compiles a text; see `nmodlrs.load_mechanisms`.
#[pyfunction]
pub fn load_text(name: &str, text: &str, replace: bool) -> PyResult<Vec<String>> {
    world::with(|session| session.load_text(name, text, repeated(replace)))
}

fn repeated(replace: bool) -> Repeated {
    if replace {
        Repeated::Replace
    } else {
        Repeated::SameFile
    }
}

/// Has the existing instances of a mechanism that was loaded again use the new code. Variables
/// keep their values by name; new ones have their defaults.
#[pyfunction]
pub fn migrate(mechanism: &str) -> PyResult<()> {
    world::with(|session| session.migrate(mechanism))
}

/// Names and kinds of all mechanisms: 0 density mechanism, 1 point process, 2 artificial cell,
/// 3 ion.
#[pyfunction]
pub fn mechanisms() -> PyResult<Vec<(String, u8)>> {
    let all = world::with(|session| Ok(session.mechanisms()))?;
    let known = all.into_iter().filter_map(|facts| {
        let kind = match facts.kind {
            Some(Kind::Density) => 0,
            Some(Kind::PointProcess) => 1,
            Some(Kind::ArtificialCell) => 2,
            None => 3,
            Some(Kind::Nothing) => return None,
        };
        Some((facts.name, kind))
    });
    Ok(known.collect())
}

/// A variable: name without suffix, role (1 PARAMETER, 2 ASSIGNED, 3 STATE, -1 GLOBAL), number of
/// elements, default.
type Variable = (String, i8, usize, f64);

/// The visible variables of a mechanism in NEURON's order: PARAMETERs, ASSIGNED, STATEs,
/// GLOBALs.
#[pyfunction]
pub fn mechanism_variables(name: &str) -> PyResult<Vec<Variable>> {
    if let Some(ion) = name.strip_suffix("_ion") {
        let defaults = world::with(|session| {
            let id = session.ion(name)?;
            Ok(session.structure().ions()[id.index()].segment_defaults())
        })?;
        let [e, i, o] = defaults;
        return Ok(vec![
            (format!("e{ion}"), 1, 1, e),
            (format!("{ion}i"), 1, 1, i),
            (format!("{ion}o"), 1, 1, o),
            (format!("i{ion}"), 2, 1, 0.0),
            (format!("di{ion}_dv_"), 2, 1, 0.0),
        ]);
    }
    let mut variables: Vec<Variable> = world::with(|session| {
        let description = session.mechanism_description(name)?;
        let visible = description.variables.iter().filter(|v| v.visible);
        let entries = visible.filter_map(|v| {
            let role = match (v.storage, v.role) {
                (Storage::Global, _) => -1,
                (_, Role::Parameter) => 1,
                (_, Role::Assigned) => 2,
                (_, Role::State) => 3,
                (_, Role::Internal) => return None,
            };
            Some((v.name.clone(), role, v.len(), v.default))
        });
        Ok(entries.collect())
    })?;
    variables.sort_by_key(|&(_, role, ..)| if role < 0 { 4 } else { role });
    Ok(variables)
}

/// Whether events can be sent to instances of a mechanism.
#[pyfunction]
pub fn is_netcon_target(name: &str) -> PyResult<bool> {
    if name.ends_with("_ion") {
        return Ok(false);
    }
    world::with(|session| {
        let description = session.mechanism_description(name)?;
        Ok(description.net_receive.is_some())
    })
}

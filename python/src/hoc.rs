//! The object that scripts import as `h` and `n`: simulation variables, run control, and every
//! mechanism by name.

use std::collections::HashMap;
use std::sync::Mutex;

use nmodl::mechanism::Kind;
use pyo3::exceptions::{PyAttributeError, PyLookupError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};
use runtime::{Place, session};

use crate::array;
use crate::function::{Function, SetData};
use crate::function_table::Table;
use crate::mechanism::DensityMechanism;
use crate::point_process::PointProcess;
use crate::section::PARAMETERS;
use crate::world;

/// Variables of `h` that are whole numbers.
const INTEGERS: [&str; 6] = [
    "secondorder",
    "stoprun",
    "diam_changed",
    "nrn_netrec_state_adjust",
    "nrn_sparse_partrans",
    "nrn_shape_changed_",
];

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

    /// Units of a variable: `units("gnabar_hh")`, `units("ExpSyn.tau")`. With a second argument
    /// they are set.
    #[pyo3(signature = (name, units=None))]
    fn units(&self, name: &str, units: Option<&str>) -> PyResult<String> {
        world::with(|session| match units {
            Some(units) => session.set_units(name, units),
            None => session.units(name),
        })
    }

    fn __getattr__(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        if name.starts_with("__") {
            return Err(PyAttributeError::new_err(name.to_owned()));
        }
        if let Some(class) = self.class(py, name)? {
            return Ok(class.into_any());
        }
        if let Some(variable) = name.strip_prefix("_ref_") {
            if Self::is_variable(variable)? {
                return array::reference(py, Place::Model, variable, Self::array_length(variable)?);
            }
            return Err(Self::unknown(py, name));
        }
        if let Some(object) = Self::mechanism(py, name)? {
            return Ok(object);
        }
        if let Some(table) = world::with(|session| Ok(session.function_table(name)))? {
            return Ok(Bound::new(py, Table(table))?.into_any().unbind());
        }
        if Self::is_variable(name)? {
            if let Some(length) = Self::array_length(name)? {
                return array::value(py, Place::Model, name, Some(length));
            }
            let value = world::with(|session| session.get(Place::Model, name))?;
            return Ok(if INTEGERS.contains(&name) {
                (value as i64).into_pyobject(py)?.into_any().unbind()
            } else {
                value.into_pyobject(py)?.into_any().unbind()
            });
        }
        if world::with(|session| Ok(session.range_variable(name)))? {
            return Err(PyTypeError::new_err(format!(
                "Cannot access {name} directly; it is a range variable and may be accessed via a \
                 section or segment."
            )));
        }
        Err(Self::unknown(py, name))
    }

    fn __setattr__(slf: &Bound<'_, Self>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = slf.py();
        if PARAMETERS.contains(&name) {
            let section = crate::access::current(py)?;
            return section.get().set_parameter(name, value.extract()?);
        }
        if world::set_by_descriptor(slf.as_any(), name, value)? {
            return Ok(());
        }
        if !slf.get_type().hasattr(name)? && Self::is_variable(name)? {
            if Self::array_length(name)?.is_some() {
                return Err(PyTypeError::new_err(format!(
                    "h.{name} is an array: set its elements, h.{name}[0]"
                )));
            }
            let number: f64 = value
                .extract()
                .map_err(|_| PyTypeError::new_err(format!("h.{name} is a number")))?;
            return world::with(|session| session.set(Place::Model, name, number));
        }
        let statements = py.import("nmodlrs.statement")?;
        if statements
            .call_method1("assign", (name, value))?
            .extract()?
        {
            return Ok(());
        }
        if let Some(error) = world::not_there(py, "h", name)? {
            return Err(error);
        }
        let text = format!("'{name}' is not a defined hoc variable name.");
        let text = world::with_similar(py, text, name, Self::names()?);
        Err(PyLookupError::new_err(text))
    }

    /// Executes statements of hoc: declarations, assignments of numbers, and calls of functions,
    /// one for each line. Any other is a NotImplementedError, and then nothing is done.
    fn __call__<'py>(&self, py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
        py.import("nmodlrs.statement")?
            .call_method1("call", (text,))
    }

    fn __dir__(slf: &Bound<'_, Self>) -> PyResult<Vec<String>> {
        let object = slf.py().get_type::<PyAny>();
        let mut all: Vec<String> = object
            .call_method1("__dir__", (slf,))?
            .try_iter()?
            .map(|name| name?.extract())
            .collect::<PyResult<_>>()?;
        all.extend(Self::names()?);
        all.sort();
        all.dedup();
        Ok(all)
    }
}

/// Makes a number known that is read and set as an attribute of `h`; 0 at first.
#[pyfunction]
pub fn define(name: &str) -> PyResult<()> {
    world::with(|session| {
        session.define(name, 0.0);
        Ok(())
    })
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
        let kind = world::with(|session| Ok(session.mechanism_kind(name)))?;
        if !matches!(kind, Some(Kind::PointProcess | Kind::ArtificialCell)) {
            return Ok(None);
        }
        let attributes = PyDict::new(py);
        attributes.set_item("_mechanism", name)?;
        attributes.set_item("__module__", "hoc")?;
        let class = py
            .import("nmodlrs.template")?
            .getattr("PointProcessClass")?
            .call1((name, (py.get_type::<PointProcess>(),), attributes))?
            .cast_into::<PyType>()?
            .unbind();
        classes.insert(name.to_owned(), class.clone_ref(py));
        Ok(Some(class))
    }

    /// The length of a GLOBAL variable that is an array.
    fn array_length(name: &str) -> PyResult<Option<usize>> {
        world::with(|session| Ok(session.structure().array_len(Place::Model, name)))
    }

    /// True if `h` has a variable of that name.
    fn is_variable(name: &str) -> PyResult<bool> {
        world::with(|session| {
            session.prepare_name(name)?;
            Ok(session.get(Place::Model, name).is_ok())
        })
    }

    /// A density mechanism, an ion, or a function of a mechanism.
    fn mechanism(py: Python<'_>, name: &str) -> PyResult<Option<Py<PyAny>>> {
        enum Found {
            Density,
            Function(session::Function),
            SetData(String),
        }
        let found = world::with(|session| {
            let density = session.mechanism_kind(name) == Some(Kind::Density);
            if density || session.ion(name).is_ok() {
                return Ok(Some(Found::Density));
            }
            session.prepare_name(name)?;
            if let Some(function) = session.function(name) {
                return Ok(Some(Found::Function(function)));
            }
            let data = name.strip_prefix("setdata_");
            let data = data.filter(|m| session.mechanism_kind(m) == Some(Kind::Density));
            Ok(data.map(|mechanism| Found::SetData(mechanism.to_owned())))
        })?;
        Ok(match found {
            None => None,
            Some(Found::Density) => {
                let name = name.to_owned();
                Some(
                    Bound::new(py, DensityMechanism { name })?
                        .into_any()
                        .unbind(),
                )
            }
            Some(Found::Function(function)) => {
                let function = Function {
                    function,
                    place: None,
                    _owner: None,
                };
                Some(Bound::new(py, function)?.into_any().unbind())
            }
            Some(Found::SetData(mechanism)) => {
                Some(Bound::new(py, SetData(mechanism))?.into_any().unbind())
            }
        })
    }

    /// Names that `h` has beside its methods.
    fn names() -> PyResult<Vec<String>> {
        world::with(|session| {
            let mechanisms = session.mechanisms().into_iter().map(|facts| facts.name);
            Ok(mechanisms.chain(session.variable_names()).collect())
        })
    }

    fn unknown(py: Python<'_>, name: &str) -> PyErr {
        match world::not_there(py, "h", name) {
            Ok(Some(error)) | Err(error) => return error,
            Ok(None) => {}
        }
        let text = format!("'hoc.HocObject' object has no attribute '{name}'.");
        let known = Self::names().unwrap_or_default();
        PyAttributeError::new_err(world::with_similar(py, text, name, known))
    }
}

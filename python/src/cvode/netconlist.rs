//! `CVode.netconlist`: NetCons by their source, cell and target.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt};

use super::{CVode, refused};
use crate::netcon::list;
use crate::world;

#[pymethods]
impl CVode {
    /// A List of the NetCons whose source (cell), target cell and target agree with what is given:
    /// objects, or regular expressions of their names, in which `<>` stands for a range of
    /// characters and brackets for themselves; "" agrees with anything, `NULLobject` with what is not
    /// there. NetCons without a source are left out; those of one source follow each other. With a List
    /// as the fourth argument they are added to it.
    #[pyo3(signature = (source, cell, target, into=None))]
    fn netconlist<'py>(
        &self,
        py: Python<'py>,
        source: &Bound<'py, PyAny>,
        cell: &Bound<'py, PyAny>,
        target: &Bound<'py, PyAny>,
        into: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let wanted = [
            (Wanted::new(source, "source")?, &["precell", "pre"][..]),
            (Wanted::new(cell, "cell")?, &["postcell"][..]),
            (Wanted::new(target, "target")?, &["syn"][..]),
        ];
        let into = match into {
            Some(into) => into.clone(),
            None => py.import("nmodlrs.collection")?.getattr("List")?.call0()?,
        };
        let all: Vec<_> = world::with(|session| {
            let model = session.structure();
            let all = model.netcons_by_source();
            Ok(all.filter(|id| model.has_source(*id)).collect())
        })?;
        for netcon in list(py, &all)? {
            let mut agrees = true;
            for (wanted, methods) in &wanted {
                agrees = agrees && wanted.agrees(&netcon, methods)?;
            }
            if agrees {
                into.call_method1("append", (netcon,))?;
            }
        }
        Ok(into)
    }
}

/// What is wanted of an object of a NetCon.
enum Wanted<'py> {
    Anything,
    Object(Bound<'py, PyAny>),
    /// A compiled regular expression, of which a part of the name has to be an instance.
    Name(Bound<'py, PyAny>),
}

impl<'py> Wanted<'py> {
    fn new(wanted: &Bound<'py, PyAny>, argument: &str) -> PyResult<Self> {
        let Ok(pattern) = wanted.extract::<String>() else {
            if wanted.is_instance_of::<PyFloat>() || wanted.is_instance_of::<PyInt>() {
                return Err(PyTypeError::new_err(format!(
                    "CVode.netconlist: {argument} is an object or a regular expression, not {wanted}"
                )));
            }
            return Ok(Self::Object(wanted.clone()));
        };
        if pattern.is_empty() {
            return Ok(Self::Anything);
        }
        let re = wanted.py().import("re")?;
        let compiled = re.call_method1("compile", (python(&pattern),));
        Ok(Self::Name(compiled.map_err(|error| {
            refused(format!(
                "CVode.netconlist: {argument} {pattern:?} is not a regular expression: {}",
                error.value(wanted.py())
            ))
        })?))
    }

    /// Whether one of the objects that the NetCon's methods give is wanted.
    fn agrees(&self, netcon: &Bound<'py, PyAny>, methods: &[&str]) -> PyResult<bool> {
        if let Self::Anything = self {
            return Ok(true);
        }
        let mut none = true;
        for method in methods {
            let object = netcon.call_method0(*method)?;
            if object.is_none() {
                continue;
            }
            none = false;
            let same = match self {
                Self::Anything => true,
                Self::Object(wanted) => object.eq(wanted)?,
                Self::Name(pattern) => found(pattern, object.str()?)?,
            };
            if same {
                return Ok(true);
            }
        }
        match self {
            // NEURON's name of an object that is not there.
            Self::Name(pattern) if none => found(pattern, "NULLobject"),
            _ => Ok(false),
        }
    }
}

/// Whether a part of the name is an instance of the regular expression.
fn found<'py>(pattern: &Bound<'py, PyAny>, name: impl IntoPyObject<'py>) -> PyResult<bool> {
    Ok(!pattern.call_method1("search", (name,))?.is_none())
}

/// NEURON's regular expression in Python's notation: brackets stand for themselves, and `<>` for
/// them.
fn python(pattern: &str) -> String {
    let mut text = String::new();
    let mut escaped = false;
    for character in pattern.chars() {
        match character {
            '<' => text.push('['),
            '>' => text.push(']'),
            '[' | ']' if !escaped => {
                text.push('\\');
                text.push(character);
            }
            other => text.push(other),
        }
        escaped = character == '\\' && !escaped;
    }
    text
}

//! `CVode.netconlist`: NetCons by their source, cell and target.

use pyo3::prelude::*;

use super::CVode;
use crate::netcon::list;
use crate::world;

#[pymethods]
impl CVode {
    /// A List of the NetCons whose source (cell), target cell and target agree with what is given:
    /// objects, or regular expressions of their names, in which `<>` stands for a range of
    /// characters and brackets for themselves; "" agrees with anything. With a List as the fourth
    /// argument they are added to it.
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
            (Wanted::new(source)?, &["precell", "pre"][..]),
            (Wanted::new(cell)?, &["postcell"][..]),
            (Wanted::new(target)?, &["syn"][..]),
        ];
        let into = match into {
            Some(into) => into.clone(),
            None => py.import("nmodlrs.collection")?.getattr("List")?.call0()?,
        };
        let all = world::with(|session| Ok(session.find_netcons(None, None)))?;
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
    fn new(wanted: &Bound<'py, PyAny>) -> PyResult<Self> {
        let Ok(pattern) = wanted.extract::<String>() else {
            return Ok(Self::Object(wanted.clone()));
        };
        if pattern.is_empty() {
            return Ok(Self::Anything);
        }
        let re = wanted.py().import("re")?;
        Ok(Self::Name(re.call_method1("compile", (python(&pattern),))?))
    }

    /// Whether one of the objects that the NetCon's methods give is wanted.
    fn agrees(&self, netcon: &Bound<'py, PyAny>, methods: &[&str]) -> PyResult<bool> {
        if let Self::Anything = self {
            return Ok(true);
        }
        for method in methods {
            let object = netcon.call_method0(*method)?;
            if object.is_none() {
                continue;
            }
            let same = match self {
                Self::Anything => true,
                Self::Object(wanted) => object.eq(wanted)?,
                Self::Name(pattern) => !pattern.call_method1("search", (object.str()?,))?.is_none(),
            };
            if same {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// NEURON's regular expression in Python's notation.
fn python(pattern: &str) -> String {
    let mut text = String::new();
    for character in pattern.chars() {
        match character {
            '<' => text.push('['),
            '>' => text.push(']'),
            '[' | ']' | '(' | ')' | '{' | '}' | '|' | '?' => {
                text.push('\\');
                text.push(character);
            }
            other => text.push(other),
        }
    }
    text
}

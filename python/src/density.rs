//! Density mechanisms and ions of one segment, and their variables.

use pyo3::exceptions::{PyAttributeError, PyIndexError};
use pyo3::prelude::*;
use pyo3::types::PyList;
use runtime::{Membrane, session};

use crate::function::Function;
use crate::function_table::Table;
use crate::reference::Reference;
use crate::segment::{self, Segment};
use crate::stream;
use crate::world;

/// A density mechanism or an ion of a segment: `seg.hh`, `seg.na_ion`. Its range variables are
/// attributes without suffix.
#[pyclass(name = "Mechanism", module = "nmodlrs", frozen)]
pub struct DensityMechanism {
    segment: Py<Segment>,
    what: Membrane,
    name: String,
}

impl DensityMechanism {
    /// What is in the membrane of a segment, with its name.
    pub fn new(segment: &Bound<'_, Segment>, what: Membrane, name: String) -> Self {
        Self {
            segment: segment.clone().unbind(),
            what,
            name,
        }
    }

    /// The name that a variable has at the segment.
    fn outside(&self, variable: &str) -> String {
        world::with(|session| Ok(session.structure().membrane_variable(self.what, variable)))
            .unwrap_or_else(|_| variable.to_owned())
    }

    /// Its variables by their names at the segment, with the numbers of elements of arrays.
    fn variables(&self) -> PyResult<Vec<(String, Option<usize>)>> {
        world::with(|session| Ok(session.structure().membrane_variables(self.what)))
    }

    /// Checks that a variable is this mechanism's own: `ena` belongs to `na_ion`, `v` to none.
    fn check(&self, variable: &str) -> PyResult<()> {
        let foreign = match self.what {
            Membrane::Ion(_) => !self.variables()?.iter().any(|known| known.0 == variable),
            Membrane::Density(_) => false,
        };
        if foreign {
            Err(self.unknown(variable))
        } else {
            Ok(())
        }
    }

    /// Its FUNCTION or PROCEDURE of that name, for this segment.
    fn function(&self, py: Python<'_>, name: &str) -> PyResult<Option<Function>> {
        let Membrane::Density(id) = self.what else {
            return Ok(None);
        };
        let known = world::with(|session| {
            let description = session.structure().mechanism(id)?;
            Ok(description.callable(name).is_some())
        })?;
        Ok(known.then(|| Function {
            function: session::Function {
                mechanism: self.name.clone(),
                name: name.to_owned(),
            },
            place: Some(self.segment.get().place()),
            _owner: Some(self.segment.clone_ref(py).into_any()),
        }))
    }

    fn unknown(&self, variable: &str) -> PyErr {
        PyAttributeError::new_err(format!("{} has no attribute `{variable}`", self.name))
    }
}

#[pymethods]
impl DensityMechanism {
    /// Its name: `hh`, `na_ion`.
    fn name(&self) -> &str {
        &self.name
    }

    /// The segment.
    fn segment(&self, py: Python<'_>) -> Py<Segment> {
        self.segment.clone_ref(py)
    }

    /// Whether it is an ion.
    fn is_ion(&self) -> bool {
        matches!(self.what, Membrane::Ion(_))
    }

    fn __repr__(&self) -> &str {
        &self.name
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else {
            return Ok(false);
        };
        let other = other.get();
        Ok(self.what == other.what && self.segment.bind(py).eq(other.segment.bind(py))?)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.segment.bind(py).hash()
    }

    /// Its range variables.
    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let variables = slf.get().variables()?.into_iter();
        let objects = variables.map(|(name, len)| RangeVariable {
            segment: slf.get().segment.clone_ref(py),
            mechanism: Some(slf.clone().unbind()),
            name,
            len,
            references: false,
            whole: false,
        });
        let objects: Vec<RangeVariable> = objects.collect();
        Ok(PyList::new(py, objects)?.try_iter()?.into_any())
    }

    fn __getattr__(&self, py: Python<'_>, name: &str) -> PyResult<Py<PyAny>> {
        let segment = self.segment.bind(py);
        if let Some(variable) = name.strip_prefix("_ref_") {
            self.check(variable)?;
            return segment::reference(segment, &self.outside(variable));
        }
        if let Some(function) = self.function(py, name)? {
            return Ok(Bound::new(py, function)?.into_any().unbind());
        }
        if let Some(table) = name.strip_prefix("table_") {
            let full = format!("{name}_{}", self.name);
            let known = world::with(|session| Ok(session.function_table(&full)))?;
            if let Some(known) = known.filter(|known| known.name == table) {
                return Ok(Bound::new(py, Table(known))?.into_any().unbind());
            }
        }
        if let Membrane::Density(_) = self.what {
            let place = segment.get().place();
            if let Some(stream) = stream::at(place, &self.outside(name), segment.as_any())? {
                return Ok(stream);
            }
        }
        self.check(name)?;
        let section = segment.get().section().bind(py);
        let value = segment::variable(section, Some(segment.get().x()), &self.outside(name))?;
        value.ok_or_else(|| self.unknown(name))
    }

    fn __setattr__(&self, py: Python<'_>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.check(name)?;
        let place = self.segment.bind(py).get().place();
        let variable = self.outside(name);
        let number = segment::number(name, value)?;
        world::with(|session| session.set(place, &variable, number))
    }

    fn __dir__(slf: &Bound<'_, Self>) -> PyResult<Vec<String>> {
        let object = slf.py().import("builtins")?.getattr("object")?;
        let inherited = object.call_method1("__dir__", (slf,))?;
        let mut names: Vec<String> = inherited.extract()?;
        let suffix = format!("_{}", slf.get().name);
        for (variable, _) in slf.get().variables()? {
            names.push(
                variable
                    .strip_suffix(&suffix)
                    .unwrap_or(&variable)
                    .to_owned(),
            );
        }
        names.sort();
        Ok(names)
    }
}

/// A range variable of a segment with its elements: what iteration over a mechanism gives, and
/// what an array is.
#[pyclass(name = "RangeVar", module = "nmodlrs", frozen)]
pub struct RangeVariable {
    segment: Py<Segment>,
    mechanism: Option<Py<DensityMechanism>>,
    /// As the segment knows it.
    name: String,
    /// `None` for a scalar.
    len: Option<usize>,
    /// Elements are references.
    references: bool,
    /// It is the section's: an element is set in all segments.
    whole: bool,
}

impl RangeVariable {
    /// An array of numbers.
    pub fn array(py: Python<'_>, at: Segment, name: &str, len: usize) -> PyResult<Py<Self>> {
        Self::make(py, at, name, len, (false, false))
    }

    /// An array of numbers of a section: setting an element sets it in all segments.
    pub fn of_section(py: Python<'_>, at: Segment, name: &str, len: usize) -> PyResult<Py<Self>> {
        Self::make(py, at, name, len, (false, true))
    }

    /// An array of references.
    pub fn references(py: Python<'_>, at: Segment, name: &str, len: usize) -> PyResult<Py<Self>> {
        Self::make(py, at, name, len, (true, false))
    }

    fn make(
        py: Python<'_>,
        at: Segment,
        name: &str,
        len: usize,
        (references, whole): (bool, bool),
    ) -> PyResult<Py<Self>> {
        let variable = Self {
            segment: Py::new(py, at)?,
            mechanism: None,
            name: name.to_owned(),
            len: Some(len),
            references,
            whole,
        };
        Py::new(py, variable)
    }

    /// The name of an element. Negative numbers count from the end.
    fn element(&self, index: isize) -> PyResult<String> {
        let len = self.__len__();
        let number = if index < 0 {
            index + len as isize
        } else {
            index
        };
        if !(0..len as isize).contains(&number) {
            return Err(PyIndexError::new_err(format!(
                "`{}` has {len} elements; there is no element {index}",
                self.name
            )));
        }
        Ok(match self.len {
            Some(_) => format!("{}[{number}]", self.name),
            None => self.name.clone(),
        })
    }
}

#[pymethods]
impl RangeVariable {
    /// Its name, with suffix.
    fn name(&self) -> &str {
        &self.name
    }

    /// The mechanism whose iteration gave it; else None.
    fn mech(&self, py: Python<'_>) -> Option<Py<DensityMechanism>> {
        self.mechanism.as_ref().map(|known| known.clone_ref(py))
    }

    fn __len__(&self) -> usize {
        self.len.unwrap_or(1)
    }

    fn __getitem__(&self, py: Python<'_>, index: isize) -> PyResult<Py<PyAny>> {
        let place = self.segment.bind(py).get().place();
        let element = self.element(index)?;
        if self.references {
            let reference = world::with(|session| session.reference(place, &element))?;
            return Ok(Bound::new(py, Reference(reference))?.into_any().unbind());
        }
        let value = world::with(|session| session.get(place, &element))?;
        Ok(value.into_pyobject(py)?.into_any().unbind())
    }

    fn __setitem__(&self, py: Python<'_>, index: isize, value: f64) -> PyResult<()> {
        let segment = self.segment.bind(py).get();
        let element = self.element(index)?;
        if self.whole {
            let section = segment.section_id();
            return world::with(|session| session.set_section(section, &element, value));
        }
        let place = segment.place();
        world::with(|session| session.set(place, &element, value))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let at = self.segment.bind(py).str()?;
        Ok(format!("<range variable {} of {at}>", self.name))
    }
}

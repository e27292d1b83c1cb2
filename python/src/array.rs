//! Variables that are arrays, and references to their elements.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use runtime::Place;

use crate::reference::Reference;
use crate::world;

/// The Python value of a variable: a number, or an [`Array`] if it is one.
pub fn value(
    py: Python<'_>,
    place: Place,
    name: &str,
    length: Option<usize>,
) -> PyResult<Py<PyAny>> {
    if let Some(length) = length {
        let array = Array {
            place,
            name: name.to_owned(),
            length,
        };
        return Ok(Bound::new(py, array)?.into_any().unbind());
    }
    let value = world::with(|session| session.get(place, name))?;
    Ok(value.into_pyobject(py)?.into_any().unbind())
}

/// What `_ref_name` gives: a reference, or [`References`] if the variable is an array.
pub fn reference(
    py: Python<'_>,
    place: Place,
    name: &str,
    length: Option<usize>,
) -> PyResult<Py<PyAny>> {
    if let Some(length) = length {
        let references = References {
            place,
            name: name.to_owned(),
            length,
        };
        return Ok(Bound::new(py, references)?.into_any().unbind());
    }
    let reference = world::with(|session| session.reference(place, name))?;
    Ok(Bound::new(py, Reference(reference))?.into_any().unbind())
}

/// An array variable of a mechanism. Elements are read and set by index.
#[pyclass(name = "Array", module = "nmodlrs._nmodlrs", sequence, frozen)]
pub struct Array {
    place: Place,
    name: String,
    length: usize,
}

#[pymethods]
impl Array {
    fn __len__(&self) -> usize {
        self.length
    }

    fn __getitem__(&self, index: isize) -> PyResult<f64> {
        let name = element(&self.name, self.length, index)?;
        world::with(|session| session.get(self.place, &name))
    }

    fn __setitem__(&self, index: isize, value: f64) -> PyResult<()> {
        let name = element(&self.name, self.length, index)?;
        world::with(|session| session.set(self.place, &name, value))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let values: Vec<f64> = (0..self.length)
            .map(|index| self.__getitem__(index as isize))
            .collect::<PyResult<_>>()?;
        Ok(format!(
            "<{}{}>",
            self.name,
            PyTuple::new(py, values)?.repr()?
        ))
    }
}

/// References to the elements of an array variable, by index.
#[pyclass(name = "References", module = "nmodlrs._nmodlrs", sequence, frozen)]
pub struct References {
    place: Place,
    name: String,
    length: usize,
}

#[pymethods]
impl References {
    fn __len__(&self) -> usize {
        self.length
    }

    fn __getitem__(&self, index: isize) -> PyResult<Reference> {
        let name = element(&self.name, self.length, index)?;
        world::with(|session| session.reference(self.place, &name)).map(Reference)
    }
}

/// The name of an element; negative indices count from the end.
fn element(name: &str, length: usize, index: isize) -> PyResult<String> {
    let from_start = if index < 0 {
        index + length as isize
    } else {
        index
    };
    if (0..length as isize).contains(&from_start) {
        return Ok(format!("{name}[{from_start}]"));
    }
    Err(PyIndexError::new_err(format!(
        "`{name}` has {length} elements: there is no {name}[{index}]"
    )))
}

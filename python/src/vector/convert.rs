//! Python objects as numbers, sizes, indices and elements.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyFloat, PyInt, PyString};
use runtime::session::argument;
use runtime::session::vector::{self as numeric};

use super::{Vector, exception};

/// The other operand of arithmetic.
pub enum Operand {
    Number(f64),
    Vector(Vec<f64>),
}

/// A number or the elements of a Vector; others know themselves what to do.
pub fn operand(object: &Bound<'_, PyAny>) -> Option<Operand> {
    if let Ok(vector) = object.cast::<Vector>() {
        return Some(Operand::Vector(vector.get().values()));
    }
    number(object).map(Operand::Number)
}

/// A number: Python's, or one of numpy's. Arrays and words are none.
pub fn number(object: &Bound<'_, PyAny>) -> Option<f64> {
    let is_number = object.is_instance_of::<PyFloat>() || object.is_instance_of::<PyInt>();
    if !is_number {
        let has_items = object.hasattr("__len__").unwrap_or(true);
        let is_like = object.hasattr("__float__").unwrap_or(false)
            || object.hasattr("__index__").unwrap_or(false);
        if has_items && !is_scalar_of_numpy(object) || !is_like {
            return None;
        }
    }
    object.extract().ok()
}

/// A scalar of numpy has a shape, which is empty.
fn is_scalar_of_numpy(object: &Bound<'_, PyAny>) -> bool {
    let shape = object.getattr("shape").and_then(|shape| shape.len());
    shape.is_ok_and(|dimensions| dimensions == 0)
}

/// An index.
pub fn index(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    object.extract().map_err(|_| {
        let kind = object.get_type().name().map(|name| name.to_string());
        let kind = kind.unwrap_or_default();
        PyTypeError::new_err(format!("an index must be a whole number, not '{kind}'"))
    })
}

/// So many equal elements.
pub fn filled(size: f64, value: f64) -> PyResult<Vec<f64>> {
    let size = argument::count("Vector", "size", size, 0)
        .map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    let vector = numeric::Vector::filled(size, value).map_err(exception)?;
    Ok(vector.values().to_vec())
}

/// The numbers of anything that can be iterated over.
pub fn numbers(object: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    if let Ok(vector) = object.cast::<Vector>() {
        return Ok(vector.get().values());
    }
    if object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>() {
        return Err(PyTypeError::new_err(
            "a Vector is made of a size or of numbers, not of a word",
        ));
    }
    if let Ok(buffer) = PyBuffer::<f64>::get(object)
        && buffer.dimensions() == 1
    {
        return buffer.to_vec(object.py());
    }
    let items = object.try_iter().map_err(|_| {
        PyRuntimeError::new_err("the argument is neither a size nor a sequence of numbers")
    })?;
    let mut found = Vec::with_capacity(object.len().unwrap_or(0));
    for item in items {
        let Some(value) = number(&item?) else {
            let text = format!("item {} is not a valid number", found.len());
            return Err(PyRuntimeError::new_err(text));
        };
        found.push(value);
    }
    Ok(found)
}

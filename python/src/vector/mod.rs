//! `h.Vector`: numbers that scripts record, play and compute with.
//!
//! The elements and all methods are [`runtime::session::vector`]'s; here they get Python's
//! protocols. `methods` are those that any vector, numbers and words suffice for, `functions` those
//! that call Python or `Random`, `files` those that read and write.

mod buffer;
mod convert;
mod element;
mod files;
mod functions;
mod methods;
pub mod record;

use std::sync::Mutex;

use pyo3::exceptions::{
    PyAttributeError, PyBufferError, PyIndexError, PyMemoryError, PyOSError, PyRuntimeError,
    PyTypeError, PyValueError,
};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyNotImplemented, PySlice, PyTuple, PyType};
use runtime::Series;
use runtime::session::vector::arithmetic::{self, Operation};
use runtime::session::vector::{self as numeric, VectorError, VectorHandle};

use crate::function::Method;
use crate::number::{Number, Numbers};
use crate::world;

pub use element::Elements;

static NUMBERS: Numbers = Numbers::new();

/// A list of numbers.
///
/// Vector() is empty, Vector(size) has zeros, Vector(size, value) equal elements; Vector(iterable)
/// has the numbers of anything that can be iterated over.
#[pyclass(
    name = "Vector",
    module = "nmodlrs",
    subclass,
    weakref,
    frozen,
    sequence
)]
pub struct Vector {
    handle: VectorHandle,
    number: Number,
    /// What it records and where it is played.
    links: Mutex<record::Links>,
}

/// The exception for an error. NEURON has RuntimeError for all that its methods refuse.
pub fn exception(error: VectorError) -> PyErr {
    let text = error.to_string();
    match error {
        VectorError::Viewed { .. } => PyBufferError::new_err(text),
        VectorError::Memory { .. } => PyMemoryError::new_err(text),
        VectorError::File { .. } => PyOSError::new_err(text),
        _ => PyRuntimeError::new_err(text),
    }
}

impl Vector {
    /// A vector of these elements.
    pub fn from_values(values: Vec<f64>) -> Self {
        Self {
            handle: VectorHandle::new(numeric::Vector::from(values)),
            number: NUMBERS.take(),
            links: Mutex::default(),
        }
    }

    /// The vector itself, for recordings and the like.
    pub fn handle(&self) -> &VectorHandle {
        &self.handle
    }

    /// The vector as what recordings write and what is played.
    pub fn series(&self) -> Series {
        self.handle.series()
    }

    /// A copy of the elements.
    pub fn values(&self) -> Vec<f64> {
        self.handle.lock().values().to_vec()
    }

    fn size(&self) -> usize {
        self.handle.lock().size()
    }

    /// Python's index, from the end if negative.
    fn element_index(&self, index: isize) -> PyResult<usize> {
        let size = self.size();
        let from_start = match index < 0 {
            true => index + size as isize,
            false => index,
        };
        match usize::try_from(from_start) {
            Ok(found) if found < size => Ok(found),
            _ => Err(PyIndexError::new_err(format!(
                "index {index} is out of range, the size of {} is {size}",
                self.hname()
            ))),
        }
    }

    /// Arithmetic: a new vector, or NotImplemented.
    fn operate(
        py: Python<'_>,
        operation: Operation,
        mut values: Vec<f64>,
        other: &Bound<'_, PyAny>,
    ) -> PyResult<Py<PyAny>> {
        let result = match convert::operand(other) {
            Some(convert::Operand::Number(number)) => operation.with_number(&mut values, number),
            Some(convert::Operand::Vector(other)) => operation.with_vector(&mut values, &other),
            None => return Ok(PyNotImplemented::get(py).to_owned().into_any().unbind()),
        };
        result.map_err(exception)?;
        new(py, values)
    }
}

/// A new Python object.
fn new(py: Python<'_>, values: Vec<f64>) -> PyResult<Py<PyAny>> {
    Ok(Py::new(py, Vector::from_values(values))?.into_any())
}

#[pymethods]
impl Vector {
    /// Takes anything, for classes that derive from this one; `__init__` makes the elements.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self::from_values(Vec::new())
    }

    #[pyo3(signature = (size_or_values=None, value=0.0))]
    fn __init__(&self, size_or_values: Option<&Bound<'_, PyAny>>, value: f64) -> PyResult<()> {
        let values = match size_or_values {
            None => Vec::new(),
            Some(given) => match convert::number(given) {
                Some(size) => convert::filled(size, value)?,
                None => convert::numbers(given)?,
            },
        };
        let mut vector = self.handle.lock();
        vector.assign("__init__", values).map_err(exception)
    }

    /// What is no method of all Vectors: one that a mechanism has given them.
    fn __getattr__(slf: &Bound<'_, Self>, name: &str) -> PyResult<Method> {
        let py = slf.py();
        let find = || world::with(|session| Ok(session.vector_method(name))).ok()?;
        // Python asks for its own names wherever it likes.
        if !name.starts_with("__")
            && let Some(method) = find()
        {
            let (name, vector) = (name.to_owned(), slf.clone().unbind());
            return Ok(Method {
                method,
                name,
                vector,
            });
        }
        Err(match world::not_there(py, "Vector", name) {
            Ok(Some(error)) | Err(error) => error,
            Ok(None) => {
                PyAttributeError::new_err(format!("'Vector' object has no attribute '{name}'"))
            }
        })
    }

    fn __len__(&self) -> usize {
        self.size()
    }

    fn __getitem__(&self, py: Python<'_>, index: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        if let Ok(slice) = index.cast::<PySlice>() {
            let (start, step, count) = self.slice(slice)?;
            let vector = self.handle.lock();
            let values = (0..count).map(|i| vector.values()[at(start, step, i)]);
            let values = values.collect();
            drop(vector);
            return new(py, values);
        }
        let index = self.element_index(convert::index(index)?)?;
        let value = self.handle.lock().get(index).map_err(exception)?;
        Ok(value.into_pyobject(py)?.into_any().unbind())
    }

    fn __setitem__(&self, index: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let Ok(slice) = index.cast::<PySlice>() else {
            let value: f64 = value.extract()?;
            let index = self.element_index(convert::index(index)?)?;
            return self.handle.lock().set(index, value).map_err(exception);
        };
        let items = value
            .try_iter()
            .map_err(|_| PyTypeError::new_err("can only assign an iterable"))?;
        let values: Vec<f64> = items.map(|item| item?.extract()).collect::<PyResult<_>>()?;
        let (start, step, count) = self.slice(slice)?;
        if values.len() != count {
            return Err(PyIndexError::new_err(format!(
                "the slice has {count} elements, and {} values were given",
                values.len()
            )));
        }
        let mut vector = self.handle.lock();
        for (i, value) in values.into_iter().enumerate() {
            vector.values_mut()[at(start, step, i)] = value;
        }
        Ok(())
    }

    fn __iter__(slf: &Bound<'_, Self>) -> VectorIterator {
        VectorIterator {
            handle: slf.get().handle.clone(),
            next: 0,
        }
    }

    fn __repr__(&self) -> String {
        self.hname()
    }

    /// `Vector[0]`: the class and a number.
    pub fn hname(&self) -> String {
        format!("Vector[{}]", self.number.value)
    }

    /// Whether the argument is this vector.
    fn same(&self, other: &Bound<'_, PyAny>) -> bool {
        let other = other.cast::<Self>();
        other.is_ok_and(|other| other.get().handle == self.handle)
    }

    /// The elements, as `v.x[index]`.
    #[getter]
    fn x(slf: &Bound<'_, Self>) -> Elements {
        Elements::new(slf, false)
    }

    /// References to the elements, as `v._ref_x[index]`.
    #[getter]
    fn _ref_x(slf: &Bound<'_, Self>) -> Elements {
        Elements::new(slf, true)
    }

    fn __add__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Self::operate(py, Operation::Add, self.values(), other)
    }

    fn __radd__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Self::operate(py, Operation::Add, self.values(), other)
    }

    fn __sub__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Self::operate(py, Operation::Sub, self.values(), other)
    }

    fn __rsub__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let negative = self.values().into_iter().map(|x| -x).collect();
        Self::operate(py, Operation::Add, negative, other)
    }

    fn __mul__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Self::operate(py, Operation::Mul, self.values(), other)
    }

    fn __rmul__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Self::operate(py, Operation::Mul, self.values(), other)
    }

    fn __truediv__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Self::operate(py, Operation::Div, self.values(), other)
    }

    fn __rtruediv__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        if convert::operand(other).is_none() {
            return Ok(PyNotImplemented::get(py).to_owned().into_any().unbind());
        }
        let reciprocals = arithmetic::powers(&self.values(), -1.0).map_err(exception)?;
        Self::operate(py, Operation::Mul, reciprocals, other)
    }

    fn __neg__(&self) -> Self {
        Self::from_values(self.values().into_iter().map(|x| -x).collect())
    }

    fn __pos__(&self) -> Self {
        Self::from_values(self.values())
    }

    fn __abs__(&self) -> Self {
        Self::from_values(arithmetic::Function::Abs.of(&self.values()))
    }

    /// For pickle and copy: the elements as bytes, the label, and what a derived class has added. Its
    /// `__init__` is not called again.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Reduced<'py>> {
        let vector = slf.get().handle.lock();
        let bytes: Vec<u8> = vector
            .values()
            .iter()
            .flat_map(|x| x.to_le_bytes())
            .collect();
        let label = vector.label.clone();
        drop(vector);
        let added = slf.getattr_opt("__dict__")?;
        let bytes = PyBytes::new(slf.py(), &bytes);
        let create = slf.py().import("copyreg")?.getattr("__newobj__")?;
        Ok((create, (slf.get_type(),), (bytes, label, added)))
    }

    fn __setstate__(slf: &Bound<'_, Self>, state: State<'_>) -> PyResult<()> {
        let (bytes, label, added) = state;
        let (numbers, rest) = bytes.as_bytes().as_chunks::<8>();
        if !rest.is_empty() {
            return Err(PyValueError::new_err("the state is not one of a Vector"));
        }
        let values = numbers.iter().map(|bytes| f64::from_le_bytes(*bytes));
        let mut vector = slf.get().handle.lock();
        vector
            .assign("__setstate__", values.collect())
            .map_err(exception)?;
        vector.label = label;
        drop(vector);
        if let Some(added) = added {
            slf.getattr("__dict__")?.call_method1("update", (added,))?;
        }
        Ok(())
    }
}

/// What makes an object, its class, and its state.
type Reduced<'py> = (Bound<'py, PyAny>, (Bound<'py, PyType>,), State<'py>);

/// Elements, label, attributes.
type State<'py> = (Bound<'py, PyBytes>, String, Option<Bound<'py, PyAny>>);

impl Vector {
    /// Start, step and number of elements of a slice.
    fn slice(&self, slice: &Bound<'_, PySlice>) -> PyResult<(isize, isize, usize)> {
        let size = self.size();
        let indices = slice.indices(size as isize)?;
        // The indices of a slice may be objects that know the Vector.
        if self.size() != size {
            return Err(PyRuntimeError::new_err(format!(
                "the size of {} changed while a slice of it was taken",
                self.hname()
            )));
        }
        Ok((indices.start, indices.step, indices.slicelength))
    }
}

/// Index of an element of a slice, which is within the vector.
fn at(start: isize, step: isize, i: usize) -> usize {
    (start + step * i as isize) as usize
}

/// Goes through the elements; those that are added in the meantime take part.
#[pyclass(module = "nmodlrs._nmodlrs")]
pub struct VectorIterator {
    handle: VectorHandle,
    next: usize,
}

#[pymethods]
impl VectorIterator {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self) -> Option<f64> {
        let value = self.handle.lock().values().get(self.next).copied()?;
        self.next += 1;
        Some(value)
    }
}

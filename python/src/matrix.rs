//! `h.Matrix`: what [`runtime::matrix`] does, for the Python class in `nmodlrs/matrix.py`,
//! which has NEURON's conventions of arguments.

use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;
use runtime::matrix::{Matrix as Numbers, MatrixError, MatrixHandle};

/// Rows and columns of numbers.
#[pyclass(
    name = "Matrix",
    module = "nmodlrs._nmodlrs",
    subclass,
    weakref,
    frozen
)]
pub struct Matrix {
    handle: MatrixHandle,
}

impl Matrix {
    fn of(numbers: Numbers) -> Self {
        Self {
            handle: MatrixHandle::new(numbers),
        }
    }

    /// The matrix itself, for who shares it.
    pub fn handle(&self) -> &MatrixHandle {
        &self.handle
    }

    /// A copy of what another has: its lock must not be held together with this one's.
    fn copied(&self) -> Numbers {
        self.handle.lock().clone()
    }
}

fn exception(error: MatrixError) -> PyErr {
    let text = error.to_string();
    match error {
        MatrixError::Index { .. } => PyIndexError::new_err(text),
        _ => PyRuntimeError::new_err(text),
    }
}

#[pymethods]
impl Matrix {
    #[new]
    #[pyo3(signature = (rows=1.0, columns=1.0, kind=1.0))]
    fn new(rows: f64, columns: f64, kind: f64) -> PyResult<Self> {
        let size = |what: &str, value: f64| match (1.0..=1e9).contains(&value) {
            true => Ok((value + 1e-11) as usize),
            false => Err(PyRuntimeError::new_err(format!(
                "Matrix: {what} = {value}, it needs 1 at least"
            ))),
        };
        let (rows, columns) = (size("rows", rows)?, size("columns", columns)?);
        Ok(Self::of(match kind as i64 {
            1 | 3 => Numbers::new(rows, columns),
            2 => Numbers::sparse(rows, columns),
            _ => {
                return Err(PyRuntimeError::new_err(
                    "Matrix: the type is 1 (full) or 2 (sparse)",
                ));
            }
        }))
    }

    /// Number of rows.
    fn nrow(&self) -> usize {
        self.handle.lock().rows()
    }

    /// Number of columns.
    fn ncol(&self) -> usize {
        self.handle.lock().columns()
    }

    /// An element.
    fn getval(&self, row: i64, column: i64) -> PyResult<f64> {
        let numbers = self.handle.lock();
        let row = numbers.row("getval", row).map_err(exception)?;
        let column = numbers.column("getval", column).map_err(exception)?;
        Ok(numbers.get(row, column))
    }

    /// Sets an element, and gives it back.
    fn setval(&self, row: i64, column: i64, value: f64) -> PyResult<f64> {
        let mut numbers = self.handle.lock();
        let row = numbers.row("setval", row).map_err(exception)?;
        let column = numbers.column("setval", column).map_err(exception)?;
        numbers.set(row, column, value);
        Ok(value)
    }

    fn _is_sparse(&self) -> bool {
        self.handle.lock().is_sparse()
    }

    /// Columns and values of the stored elements of a row.
    fn _stored(&self, row: i64) -> PyResult<Vec<(usize, f64)>> {
        let numbers = self.handle.lock();
        let row = numbers.row("sprowlen", row).map_err(exception)?;
        Ok(numbers.stored(row))
    }

    fn _resize(&self, rows: usize, columns: usize) {
        self.handle.lock().resize(rows, columns);
    }

    fn _assign(&self, other: &Bound<'_, Matrix>) {
        let other = other.get().copied();
        self.handle.lock().assign(&other);
    }

    fn _zero(&self) {
        self.handle.lock().zero();
    }

    fn _identity(&self) {
        self.handle.lock().make_identity();
    }

    fn _times_vector(&self, x: Vec<f64>) -> PyResult<Vec<f64>> {
        let numbers = self.handle.lock();
        numbers.times_vector("mulv", &x).map_err(exception)
    }

    fn _times(&self, other: &Bound<'_, Matrix>) -> PyResult<Matrix> {
        let other = other.get().copied();
        let product = self.handle.lock().times(&other);
        Ok(Self::of(product.map_err(exception)?))
    }

    fn _scaled(&self, factor: f64) -> Matrix {
        Self::of(self.handle.lock().scaled(factor))
    }

    fn _plus(&self, other: &Bound<'_, Matrix>) -> PyResult<Matrix> {
        let other = other.get().copied();
        let sum = self.handle.lock().plus(&other);
        Ok(Self::of(sum.map_err(exception)?))
    }

    fn _transposed(&self) -> Matrix {
        Self::of(self.handle.lock().transposed())
    }

    fn _copy_block(
        &self,
        from: (usize, usize),
        size: (usize, usize),
        other: &Bound<'_, Matrix>,
        to: (usize, usize),
    ) -> PyResult<()> {
        let mut target = other.get().copied();
        let copied = self.handle.lock().copy_block(from, size, &mut target, to);
        copied.map_err(exception)?;
        *other.get().handle.lock() = target;
        Ok(())
    }

    fn _diagonal(&self, k: i64) -> PyResult<Vec<(usize, usize)>> {
        self.handle.lock().diagonal("getdiag", k).map_err(exception)
    }

    fn _solve(&self, b: Vec<f64>, again: bool) -> PyResult<Vec<f64>> {
        self.handle.lock().solve(&b, again).map_err(exception)
    }

    fn _determinant(&self) -> PyResult<(f64, i32)> {
        self.handle.lock().determinant().map_err(exception)
    }

    fn _inverse(&self) -> PyResult<Matrix> {
        let inverse = self.handle.lock().inverse();
        Ok(Self::of(inverse.map_err(exception)?))
    }

    fn _exponential(&self) -> PyResult<Matrix> {
        let exponential = self.handle.lock().exponential();
        Ok(Self::of(exponential.map_err(exception)?))
    }

    fn _power(&self, power: u32) -> PyResult<Matrix> {
        let power = self.handle.lock().power(power);
        Ok(Self::of(power.map_err(exception)?))
    }

    fn _symmetric_eigen(&self) -> PyResult<(Vec<f64>, Matrix)> {
        let (values, vectors) = self.handle.lock().symmetric_eigen().map_err(exception)?;
        Ok((values, Self::of(vectors)))
    }

    fn _singular_values(&self) -> PyResult<(Vec<f64>, Matrix, Matrix)> {
        let (values, u, v) = self.handle.lock().singular_values().map_err(exception)?;
        Ok((values, Self::of(u), Self::of(v)))
    }
}

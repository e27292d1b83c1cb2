//! NEURON's `Matrix`: rows and columns of numbers, all of them stored or only those that are not 0.
//!
//! `decompose` has what needs a factorization. A [`MatrixHandle`] is shared by whoever uses the matrix, as
//! a LinearMechanism whose equations it has.

mod decompose;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Why a method cannot give a result.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MatrixError {
    /// An index beyond the last row or column.
    #[error("Matrix.{method}: index {index} is out of range, there are {count}")]
    Index {
        /// The method.
        method: &'static str,
        /// The index.
        index: i64,
        /// Number of rows, of columns, or of elements.
        count: usize,
    },
    /// Sizes that do not fit.
    #[error(
        "Matrix.{method}: wrong size for Matrix or Vector operation: {found} where {wanted} are needed"
    )]
    Size {
        /// The method.
        method: &'static str,
        /// What there is.
        found: usize,
        /// What should be.
        wanted: usize,
    },
    /// Rows and columns are not as many.
    #[error("Matrix.{method}: the matrix is not square: {rows} x {columns}")]
    NotSquare {
        /// The method.
        method: &'static str,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// There is no inverse, or no unique solution.
    #[error("Matrix.{method}: the matrix is singular")]
    Singular {
        /// The method.
        method: &'static str,
    },
    /// An iteration that does not end.
    #[error("Matrix.{method}: the iteration does not converge")]
    NoConvergence {
        /// The method.
        method: &'static str,
    },
}

/// Result of a method.
pub type Result<T> = std::result::Result<T, MatrixError>;

/// Which elements are stored.
#[derive(Debug, Clone, PartialEq)]
enum Storage {
    /// All, row by row.
    Full(Vec<f64>),
    /// For each row, columns and values of those that were set.
    Sparse(Vec<Vec<(usize, f64)>>),
}

/// Rows and columns of numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    storage: Storage,
    /// The factorization that `solv` may use again.
    factors: Option<decompose::Factors>,
}

impl Matrix {
    /// Zeros, all of them stored.
    pub fn new(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            storage: Storage::Full(vec![0.0; rows * columns]),
            factors: None,
        }
    }

    /// Zeros, none of them stored.
    pub fn sparse(rows: usize, columns: usize) -> Self {
        Self {
            storage: Storage::Sparse(vec![Vec::new(); rows]),
            ..Self::new(rows, 0).with_columns(columns)
        }
    }

    fn with_columns(self, columns: usize) -> Self {
        Self { columns, ..self }
    }

    fn from_full(rows: usize, columns: usize, values: Vec<f64>) -> Self {
        Self {
            rows,
            columns,
            storage: Storage::Full(values),
            factors: None,
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// True if only some elements are stored.
    pub fn is_sparse(&self) -> bool {
        matches!(self.storage, Storage::Sparse(_))
    }

    /// An element; 0 beyond the last row and column.
    pub fn get(&self, row: usize, column: usize) -> f64 {
        match &self.storage {
            Storage::Full(values) if row < self.rows && column < self.columns => {
                values[row * self.columns + column]
            }
            Storage::Full(_) => 0.0,
            Storage::Sparse(rows) => rows.get(row).map_or(0.0, |list| {
                let at = list.binary_search_by_key(&column, |e| e.0);
                at.map_or(0.0, |at| list[at].1)
            }),
        }
    }

    /// Sets an element that is there.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        match &mut self.storage {
            Storage::Full(values) => values[row * self.columns + column] = value,
            Storage::Sparse(rows) => {
                let list = &mut rows[row];
                match list.binary_search_by_key(&column, |e| e.0) {
                    Ok(at) => list[at].1 = value,
                    Err(at) => list.insert(at, (column, value)),
                }
            }
        }
    }

    /// Checks the index of a row.
    pub fn row(&self, method: &'static str, index: i64) -> Result<usize> {
        checked(method, index, self.rows)
    }

    /// Checks the index of a column.
    pub fn column(&self, method: &'static str, index: i64) -> Result<usize> {
        checked(method, index, self.columns)
    }

    /// Places that a matrix of equations has: of a full one those that are not 0, of a sparse one those
    /// that were set.
    pub fn places(&self) -> Vec<(usize, usize)> {
        match &self.storage {
            Storage::Full(values) => (0..values.len())
                .filter(|&at| values[at] != 0.0)
                .map(|at| (at / self.columns, at % self.columns))
                .collect(),
            Storage::Sparse(rows) => {
                let rows = rows.iter().enumerate();
                rows.flat_map(|(row, list)| list.iter().map(move |e| (row, e.0)))
                    .collect()
            }
        }
    }

    /// Columns and values of the stored elements of a row of a sparse matrix; of a full one, of all.
    pub fn stored(&self, row: usize) -> Vec<(usize, f64)> {
        match &self.storage {
            Storage::Full(_) => (0..self.columns).map(|c| (c, self.get(row, c))).collect(),
            Storage::Sparse(rows) => rows.get(row).cloned().unwrap_or_default(),
        }
    }

    /// All elements, row by row.
    fn dense(&self) -> Vec<f64> {
        match &self.storage {
            Storage::Full(values) => values.clone(),
            Storage::Sparse(_) => {
                let mut values = vec![0.0; self.rows * self.columns];
                for (row, column) in self.places() {
                    values[row * self.columns + column] = self.get(row, column);
                }
                values
            }
        }
    }

    /// Takes other elements and keeps its storage.
    pub fn assign(&mut self, other: &Self) {
        (self.rows, self.columns) = (other.rows, other.columns);
        self.storage = match (&self.storage, &other.storage) {
            (Storage::Full(_), _) => Storage::Full(other.dense()),
            (Storage::Sparse(_), Storage::Sparse(rows)) => Storage::Sparse(rows.clone()),
            (Storage::Sparse(_), Storage::Full(_)) => Storage::Sparse(
                (0..other.rows)
                    .map(|row| {
                        other
                            .stored(row)
                            .into_iter()
                            .filter(|e| e.1 != 0.0)
                            .collect()
                    })
                    .collect(),
            ),
        };
        self.factors = None;
    }

    /// Another size; elements that stay keep their values, new ones are 0.
    pub fn resize(&mut self, rows: usize, columns: usize) {
        let mut new = match self.is_sparse() {
            true => Self::sparse(rows, columns),
            false => Self::new(rows, columns),
        };
        for (row, column) in self.places() {
            if row < rows && column < columns {
                new.set(row, column, self.get(row, column));
            }
        }
        *self = new;
    }

    /// A·x.
    pub fn times_vector(&self, method: &'static str, x: &[f64]) -> Result<Vec<f64>> {
        same(method, x.len(), self.columns)?;
        Ok((0..self.rows)
            .map(|row| match &self.storage {
                Storage::Full(values) => {
                    let row = &values[row * self.columns..(row + 1) * self.columns];
                    row.iter().zip(x).map(|(a, x)| a * x).sum()
                }
                Storage::Sparse(rows) => rows[row].iter().map(|&(c, a)| a * x[c]).sum(),
            })
            .collect())
    }

    /// A·B.
    pub fn times(&self, other: &Self) -> Result<Self> {
        same("mulm", other.rows, self.columns)?;
        let mut product = Self::new(self.rows, other.columns);
        for row in 0..self.rows {
            for column in 0..other.columns {
                let terms = (0..self.columns).map(|k| self.get(row, k) * other.get(k, column));
                product.set(row, column, terms.sum());
            }
        }
        Ok(product)
    }

    /// s·A.
    pub fn scaled(&self, factor: f64) -> Self {
        let mut scaled = self.clone();
        for (row, column) in self.places() {
            scaled.set(row, column, factor * self.get(row, column));
        }
        scaled
    }

    /// A + B.
    pub fn plus(&self, other: &Self) -> Result<Self> {
        same("add", other.rows, self.rows)?;
        same("add", other.columns, self.columns)?;
        let mut sum = self.clone();
        for (row, column) in other.places() {
            sum.set(row, column, self.get(row, column) + other.get(row, column));
        }
        Ok(sum)
    }

    /// Aᵀ.
    pub fn transposed(&self) -> Self {
        let mut transposed = match self.is_sparse() {
            true => Self::sparse(self.columns, self.rows),
            false => Self::new(self.columns, self.rows),
        };
        for (row, column) in self.places() {
            transposed.set(column, row, self.get(row, column));
        }
        transposed
    }

    /// Copies a block of `size` (rows, columns) at `from` to `to` of another matrix.
    pub fn copy_block(
        &self,
        from: (usize, usize),
        size: (usize, usize),
        other: &mut Self,
        to: (usize, usize),
    ) -> Result<()> {
        let fits = |at: usize, size: usize, count: usize| match at + size <= count {
            true => Ok(()),
            false => Err(MatrixError::Index {
                method: "bcopy",
                index: (at + size) as i64 - 1,
                count,
            }),
        };
        fits(from.0, size.0, self.rows)?;
        fits(from.1, size.1, self.columns)?;
        fits(to.0, size.0, other.rows)?;
        fits(to.1, size.1, other.columns)?;
        for row in 0..size.0 {
            for column in 0..size.1 {
                let value = self.get(from.0 + row, from.1 + column);
                other.set(to.0 + row, to.1 + column, value);
            }
        }
        Ok(())
    }

    /// Rows and columns of the elements of a diagonal, which is above the main one for k > 0.
    pub fn diagonal(&self, method: &'static str, k: i64) -> Result<Vec<(usize, usize)>> {
        let (row, column) = ((-k).max(0), k.max(0));
        let row = self.row(method, row)?;
        let column = self.column(method, column)?;
        let count = (self.rows - row).min(self.columns - column);
        Ok((0..count).map(|i| (row + i, column + i)).collect())
    }

    /// Makes all elements 0; a sparse matrix keeps their places.
    pub fn zero(&mut self) {
        for (row, column) in self.places() {
            self.set(row, column, 0.0);
        }
    }

    /// Ones on the main diagonal, zeros elsewhere.
    pub fn make_identity(&mut self) {
        *self = match self.is_sparse() {
            true => Self::sparse(self.rows, self.columns),
            false => Self::new(self.rows, self.columns),
        };
        for i in 0..self.rows.min(self.columns) {
            self.set(i, i, 1.0);
        }
    }

    fn check_square(&self, method: &'static str) -> Result<()> {
        if self.rows == self.columns {
            return Ok(());
        }
        Err(MatrixError::NotSquare {
            method,
            rows: self.rows,
            columns: self.columns,
        })
    }
}

fn checked(method: &'static str, index: i64, count: usize) -> Result<usize> {
    match usize::try_from(index) {
        Ok(found) if found < count => Ok(found),
        _ => Err(MatrixError::Index {
            method,
            index,
            count,
        }),
    }
}

/// Checks that sizes agree.
pub fn same(method: &'static str, found: usize, wanted: usize) -> Result<()> {
    if found == wanted {
        return Ok(());
    }
    Err(MatrixError::Size {
        method,
        found,
        wanted,
    })
}

/// A matrix that several use.
#[derive(Debug, Clone)]
pub struct MatrixHandle(Arc<Mutex<Matrix>>);

impl MatrixHandle {
    /// A handle on a matrix of its own.
    pub fn new(matrix: Matrix) -> Self {
        Self(Arc::new(Mutex::new(matrix)))
    }

    /// The matrix.
    pub fn lock(&self) -> MutexGuard<'_, Matrix> {
        // A panic elsewhere leaves numbers, whichever they are.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartialEq for MatrixHandle {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

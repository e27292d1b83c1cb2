//! What needs a factorization, with the dense algorithms of nalgebra: equations, determinants,
//! inverses, eigenvalues, singular values, powers and the exponential.

use nalgebra::{DMatrix, DVector, Dyn};

use super::{Matrix, MatrixError, Result, same};

/// Iterations of eigenvalues and singular values; they need a few for each.
const MOST_ITERATIONS: usize = 10_000;

/// A factorization with the matrix that it is of.
#[derive(Debug, Clone)]
pub(super) struct Factors(nalgebra::FullPivLU<f64, Dyn, Dyn>);

impl PartialEq for Factors {
    /// They are no part of a matrix's value.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Matrix {
    fn to_dense(&self) -> DMatrix<f64> {
        DMatrix::from_row_slice(self.rows, self.columns, &self.dense())
    }

    fn from_dense(dense: &DMatrix<f64>) -> Self {
        let values = dense.transpose().as_slice().to_vec();
        Self::from_full(dense.nrows(), dense.ncols(), values)
    }

    /// Solves A·x = b. With `again`, the factorization of the last time is used if there is one,
    /// although elements may have changed since.
    ///
    /// # Errors
    ///
    /// Sizes that do not fit, no unique solution.
    pub fn solve(&mut self, b: &[f64], again: bool) -> Result<Vec<f64>> {
        self.check_square("solv")?;
        same("solv", b.len(), self.columns)?;
        let factors = match self.factors.take() {
            Some(known) if again && known.0.lu_internal().nrows() == self.rows => known,
            _ => Factors(self.to_dense().full_piv_lu()),
        };
        let solution = factors.0.solve(&DVector::from_column_slice(b));
        self.factors = Some(factors);
        let solution = solution.ok_or(MatrixError::Singular { method: "solv" })?;
        Ok(solution.as_slice().to_vec())
    }

    /// The determinant as m·10ᵉ with 1 ≤ |m| < 10, or 0.
    ///
    /// # Errors
    ///
    /// A matrix that is not square.
    pub fn determinant(&self) -> Result<(f64, i32)> {
        self.check_square("det")?;
        let mut mantissa = self.to_dense().lu().determinant();
        let mut exponent = 0;
        while mantissa.is_finite() && mantissa.abs() >= 10.0 {
            mantissa *= 0.1;
            exponent += 1;
        }
        while mantissa != 0.0 && mantissa.abs() < 1.0 {
            mantissa *= 10.0;
            exponent -= 1;
        }
        Ok((mantissa, exponent))
    }

    /// A⁻¹.
    ///
    /// # Errors
    ///
    /// A matrix that is not square, or has none.
    pub fn inverse(&self) -> Result<Self> {
        self.check_square("inverse")?;
        let inverse = self.to_dense().lu().try_inverse();
        let inverse = inverse.ok_or(MatrixError::Singular { method: "inverse" })?;
        Ok(Self::from_dense(&inverse))
    }

    /// e to the power of A.
    ///
    /// # Errors
    ///
    /// A matrix that is not square.
    pub fn exponential(&self) -> Result<Self> {
        self.check_square("exp")?;
        Ok(Self::from_dense(&self.to_dense().exp()))
    }

    /// A to a whole power.
    ///
    /// # Errors
    ///
    /// A matrix that is not square.
    pub fn power(&self, power: u32) -> Result<Self> {
        self.check_square("pow")?;
        Ok(Self::from_dense(&self.to_dense().pow(power)))
    }

    /// Eigenvalues of a symmetric matrix, ascending, and the eigenvectors as columns.
    ///
    /// # Errors
    ///
    /// A matrix that is not square; an iteration that does not end.
    pub fn symmetric_eigen(&self) -> Result<(Vec<f64>, Self)> {
        self.check_square("symmeig")?;
        let found = self
            .to_dense()
            .try_symmetric_eigen(f64::EPSILON, MOST_ITERATIONS);
        let found = found.ok_or(MatrixError::NoConvergence { method: "symmeig" })?;
        let mut order: Vec<usize> = (0..self.rows).collect();
        order.sort_by(|&a, &b| found.eigenvalues[a].total_cmp(&found.eigenvalues[b]));
        let values = order.iter().map(|&i| found.eigenvalues[i]).collect();
        let vectors = found.eigenvectors.select_columns(&order);
        Ok((values, Self::from_dense(&vectors)))
    }

    /// A = Uᵀ·D·V: the singular values, the largest first, with U and V.
    ///
    /// # Errors
    ///
    /// An iteration that does not end.
    pub fn singular_values(&self) -> Result<(Vec<f64>, Self, Self)> {
        let failed = MatrixError::NoConvergence { method: "svd" };
        // nalgebra gives as many vectors as values: zeros make the matrix square, so that all are there.
        let size = self.rows.max(self.columns);
        let square = self.to_dense().resize(size, size, 0.0);
        let svd = square.try_svd(true, true, f64::EPSILON, MOST_ITERATIONS);
        let svd = svd.ok_or(failed.clone())?;
        let (u, v) = (svd.u.ok_or(failed.clone())?, svd.v_t.ok_or(failed)?);
        let count = self.rows.min(self.columns);
        let values = svd.singular_values.as_slice()[..count].to_vec();
        let u = complete(&u.rows(0, self.rows).into_owned(), count).transpose();
        let v = complete(&v.columns(0, self.columns).transpose(), count).transpose();
        Ok((values, Self::from_dense(&u), Self::from_dense(&v)))
    }
}

/// An orthogonal matrix whose first `count` columns are those of `columns`.
fn complete(columns: &DMatrix<f64>, count: usize) -> DMatrix<f64> {
    let size = columns.nrows();
    let mut all: Vec<DVector<f64>> = (0..count).map(|c| columns.column(c).into_owned()).collect();
    for unit in 0..size {
        if all.len() == size {
            break;
        }
        let mut next = DVector::zeros(size);
        next[unit] = 1.0;
        // Twice, against what roundoff leaves.
        for _ in 0..2 {
            for known in &all {
                next -= known * known.dot(&next);
            }
        }
        // A unit vector that is nearly in the span of the others has nothing to add.
        if next.norm() > 0.5 / (size as f64).sqrt() {
            all.push(next.normalize());
        }
    }
    DMatrix::from_columns(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: usize, values: &[f64]) -> Matrix {
        Matrix::from_full(rows, values.len() / rows, values.to_vec())
    }

    fn distance(a: &Matrix, b: &Matrix) -> f64 {
        assert_eq!((a.rows, a.columns), (b.rows, b.columns));
        let pairs = a.dense().into_iter().zip(b.dense());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn singular_values_give_the_matrix_back() {
        for (rows, values) in [
            (2, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
            (3, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
            (3, vec![2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0]),
        ] {
            let a = matrix(rows, &values);
            let (d, u, v) = a.singular_values().unwrap();
            let mut diagonal = Matrix::new(a.rows, a.columns);
            d.iter()
                .enumerate()
                .for_each(|(i, &d)| diagonal.set(i, i, d));
            let product = u.transposed().times(&diagonal).unwrap().times(&v).unwrap();
            assert!(distance(&product, &a) < 1e-12);
            let mut identity = Matrix::new(a.rows, a.rows);
            identity.make_identity();
            assert!(distance(&u.times(&u.transposed()).unwrap(), &identity) < 1e-12);
        }
    }

    #[test]
    fn the_exponential_of_a_rotation_is_one() {
        let a = matrix(2, &[0.0, -1.0, 1.0, 0.0]);
        let (s, c) = 1f64.sin_cos();
        assert!(distance(&a.exponential().unwrap(), &matrix(2, &[c, -s, s, c])) < 1e-14);
    }

    #[test]
    fn no_inverse_is_told() {
        let mut a = matrix(2, &[1.0, 2.0, 2.0, 4.0]);
        assert!(a.inverse().is_err());
        assert!(a.solve(&[1.0, 1.0], false).is_err());
        assert_eq!(a.determinant().unwrap().0, 0.0);
    }
}

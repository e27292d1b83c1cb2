//! LU factorization, column by column from the left (Gilbert and Peierls 1988).
//!
//! The structure of L and U with the pivots is kept: as long as they are large enough among what
//! they could be, another factorization only computes numbers; and nothing at all where the matrix is
//! the one of before, as that of a linear model is from step to step.

use super::Matrix;
use super::order::minimum_degree;

/// A diagonal pivot is taken if it is not smaller than this part of the largest of its column.
const DIAGONAL: f64 = 1e-3;

/// A pivot of an earlier factorization is kept down to this part.
const KEPT: f64 = 1e-6;

/// No place.
const NONE: u32 = u32::MAX;

/// Equations without a unique solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Singular {
    /// The unknown for which no pivot was found.
    pub equation: usize,
}

/// A triangular matrix, column by column.
#[derive(Debug, Default)]
struct Triangle {
    starts: Vec<usize>,
    rows: Vec<u32>,
    values: Vec<f64>,
}

impl Triangle {
    fn clear(&mut self) {
        self.starts.clear();
        self.starts.push(0);
        self.rows.clear();
        self.values.clear();
    }

    fn push(&mut self, row: usize, value: f64) {
        self.rows.push(row as u32);
        self.values.push(value);
    }

    fn end_column(&mut self) {
        self.starts.push(self.rows.len());
    }
}

/// A factorization. Rows and columns are counted by pivots inside.
#[derive(Debug)]
pub(crate) struct Lu {
    /// Column of each pivot.
    columns: Vec<u32>,
    /// Pivot of each row.
    pivots: Vec<u32>,
    /// Below the diagonal, which is 1.
    lower: Triangle,
    /// Above the diagonal: each column in an order in which it can be computed, the pivot last.
    upper: Triangle,
    /// The structure and the pivots are known.
    known: bool,
    /// Pivot of the row of each value of the matrix.
    places: Vec<u32>,
    /// Values of the matrix that was factored last.
    factored: Vec<f64>,
    work: Vec<f64>,
}

impl Lu {
    /// For matrices of that structure.
    pub fn new(matrix: &Matrix) -> Self {
        Self {
            columns: minimum_degree(matrix),
            pivots: Vec::new(),
            lower: Triangle::default(),
            upper: Triangle::default(),
            known: false,
            places: Vec::new(),
            factored: Vec::new(),
            work: vec![0.0; matrix.len()],
        }
    }

    /// Factors a matrix of the structure for which this was made.
    ///
    /// # Errors
    ///
    /// No pivot for an unknown.
    pub fn factor(&mut self, matrix: &Matrix) -> Result<(), Singular> {
        // A value that is no number equals nothing.
        if self.known && self.factored == matrix.values {
            return Ok(());
        }
        self.known = self.known && self.recompute(matrix);
        if !self.known {
            self.compute(matrix)?;
            self.known = true;
        }
        self.factored.clone_from(&matrix.values);
        Ok(())
    }

    /// Structure, pivots and numbers.
    fn compute(&mut self, matrix: &Matrix) -> Result<(), Singular> {
        let count = matrix.len();
        self.pivots = vec![NONE; count];
        self.lower.clear();
        self.upper.clear();
        // Rows of `lower` are those of the matrix until all pivots are known.
        let mut seen = vec![NONE; count];
        let mut reached: Vec<usize> = Vec::new();
        let x = &mut self.work;
        for k in 0..count {
            let column = self.columns[k] as usize;
            reached.clear();
            for (row, _) in matrix.column(column) {
                reach(
                    row,
                    k as u32,
                    &self.pivots,
                    &self.lower,
                    &mut seen,
                    &mut reached,
                );
            }
            reached.iter().for_each(|&row| x[row] = 0.0);
            matrix
                .column(column)
                .for_each(|(row, value)| x[row] += value);
            // The last reached comes first.
            for &row in reached.iter().rev() {
                let pivot = self.pivots[row];
                if pivot == NONE {
                    continue;
                }
                let factor = x[row];
                self.upper.push(pivot as usize, factor);
                let below =
                    self.lower.starts[pivot as usize]..self.lower.starts[pivot as usize + 1];
                for at in below {
                    x[self.lower.rows[at] as usize] -= self.lower.values[at] * factor;
                }
            }
            let candidates = reached.iter().filter(|&&row| self.pivots[row] == NONE);
            let mut best = (0.0, usize::MAX);
            for &row in candidates {
                let size = x[row].abs();
                if size > best.0 || size == best.0 && size > 0.0 && row < best.1 {
                    best = (size, row);
                }
            }
            let diagonal = seen[column] == k as u32
                && self.pivots[column] == NONE
                && x[column].abs() >= DIAGONAL * best.0;
            let (size, row) = if diagonal {
                (x[column].abs(), column)
            } else {
                best
            };
            if !(size > 0.0 && size.is_finite()) {
                return Err(Singular { equation: column });
            }
            let pivot = x[row];
            self.pivots[row] = k as u32;
            self.upper.push(k, pivot);
            self.upper.end_column();
            for &row in &reached {
                if self.pivots[row] == NONE {
                    self.lower.push(row, x[row] / pivot);
                }
            }
            self.lower.end_column();
        }
        for row in &mut self.lower.rows {
            *row = self.pivots[*row as usize];
        }
        let pivots = &self.pivots;
        self.places.clear();
        let rows = matrix.rows.iter().map(|&row| pivots[row as usize]);
        self.places.extend(rows);
        Ok(())
    }

    /// Numbers alone; false if a pivot has become too small.
    fn recompute(&mut self, matrix: &Matrix) -> bool {
        let (lower, upper, x) = (&mut self.lower, &mut self.upper, &mut self.work[..]);
        for (k, &column) in self.columns.iter().enumerate() {
            let above = upper.starts[k]..upper.starts[k + 1];
            let below = lower.starts[k]..lower.starts[k + 1];
            for &row in &upper.rows[above.clone()] {
                x[row as usize] = 0.0;
            }
            for &row in &lower.rows[below.clone()] {
                x[row as usize] = 0.0;
            }
            let own = matrix.starts[column as usize]..matrix.starts[column as usize + 1];
            for (&place, value) in self.places[own.clone()].iter().zip(&matrix.values[own]) {
                x[place as usize] += value;
            }
            let (rows, values) = (&upper.rows[above.clone()], &mut upper.values[above]);
            for (&pivot, value) in rows.iter().zip(values.iter_mut()) {
                let pivot = pivot as usize;
                let factor = x[pivot];
                *value = factor;
                // The last is the pivot of this column.
                if pivot == k {
                    break;
                }
                let range = lower.starts[pivot]..lower.starts[pivot + 1];
                let (rows, values) = (&lower.rows[range.clone()], &lower.values[range]);
                for (&row, value) in rows.iter().zip(values) {
                    x[row as usize] -= value * factor;
                }
            }
            let pivot = x[k];
            let (rows, values) = (&lower.rows[below.clone()], &mut lower.values[below]);
            let mut largest = 0.0f64;
            for (&row, value) in rows.iter().zip(values) {
                let below = x[row as usize];
                largest = largest.max(below.abs());
                *value = below / pivot;
            }
            if !(pivot.is_finite() && pivot != 0.0 && pivot.abs() >= KEPT * largest) {
                return false;
            }
        }
        true
    }

    /// Solves A·x = b in place, with the matrix that was factored last.
    pub fn solve(&mut self, b: &mut [f64]) {
        let x = &mut self.work[..];
        for (&pivot, &b) in self.pivots.iter().zip(b.iter()) {
            x[pivot as usize] = b;
        }
        for (k, ends) in self.lower.starts.windows(2).enumerate() {
            let factor = x[k];
            let (rows, values) = (&self.lower.rows, &self.lower.values);
            let range = ends[0]..ends[1];
            for (&row, value) in rows[range.clone()].iter().zip(&values[range]) {
                x[row as usize] -= value * factor;
            }
        }
        for (k, ends) in self.upper.starts.windows(2).enumerate().rev() {
            let end = ends[1] - 1;
            x[k] /= self.upper.values[end];
            let factor = x[k];
            let (rows, values) = (&self.upper.rows, &self.upper.values);
            let range = ends[0]..end;
            for (&row, value) in rows[range.clone()].iter().zip(&values[range]) {
                x[row as usize] -= value * factor;
            }
        }
        for (&column, &x) in self.columns.iter().zip(x.iter()) {
            b[column as usize] = x;
        }
    }

    /// Numbers in L and in U.
    #[cfg(test)]
    pub fn entries(&self) -> (usize, usize) {
        (self.lower.rows.len(), self.upper.rows.len())
    }
}

/// Adds `row` and what its elimination reaches to `reached`, each after all that it reaches.
fn reach(
    row: usize,
    mark: u32,
    pivots: &[u32],
    lower: &Triangle,
    seen: &mut [u32],
    reached: &mut Vec<usize>,
) {
    if seen[row] == mark {
        return;
    }
    seen[row] = mark;
    // Rows on the way, each with the place in its column of L where the look goes on.
    let first = |row: usize| match pivots[row] {
        NONE => 0,
        pivot => lower.starts[pivot as usize],
    };
    let end = |row: usize| match pivots[row] {
        NONE => 0,
        pivot => lower.starts[pivot as usize + 1],
    };
    let mut way = vec![(row, first(row))];
    while let Some((row, next)) = way.last_mut() {
        if *next == end(*row) {
            reached.push(*row);
            way.pop();
            continue;
        }
        let below = lower.rows[*next] as usize;
        *next += 1;
        if seen[below] != mark {
            seen[below] = mark;
            way.push((below, first(below)));
        }
    }
}

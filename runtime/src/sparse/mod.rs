//! Sparse linear equations with a structure that stays: numbers change from step to step, places do
//! not.
//!
//! A [`Builder`] collects the places, [`Matrix`] has the numbers, [`Lu`] factors and solves. The
//! order of elimination is found once, by minimum degree, so that a tree is eliminated from its
//! leaves without fill, as Hines' method does. Pivots are chosen at the first factorization, and
//! again when the numbers have changed so much that they are too small.

mod lu;
mod order;

pub(crate) use lu::{Lu, Singular};

/// A place in a matrix, as [`Builder::entry`] gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry(u32);

/// The places of a matrix that is being made.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    count: usize,
    /// Column and row of each entry; places may repeat.
    places: Vec<(u32, u32)>,
}

impl Builder {
    /// No places yet, for `count` equations.
    pub fn new(count: usize) -> Self {
        Self {
            count,
            places: Vec::new(),
        }
    }

    /// A place. What is added through different entries of one place is summed.
    pub fn entry(&mut self, row: usize, column: usize) -> Entry {
        assert!(
            row < self.count && column < self.count,
            "an entry is within the matrix"
        );
        self.places.push((column as u32, row as u32));
        Entry(self.places.len() as u32 - 1)
    }

    /// The matrix, with zeros. Every diagonal place is there.
    pub fn finish(mut self) -> Matrix {
        let entries = self.places.len();
        self.places.extend((0..self.count as u32).map(|i| (i, i)));
        let mut sorted = self.places.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let mut starts = vec![0; self.count + 1];
        for &(column, _) in &sorted {
            starts[column as usize + 1] += 1;
        }
        for column in 0..self.count {
            starts[column + 1] += starts[column];
        }
        let position = |place| sorted.partition_point(|&other| other < place) as u32;
        Matrix {
            positions: self.places[..entries]
                .iter()
                .map(|&p| position(p))
                .collect(),
            starts,
            rows: sorted.iter().map(|&(_, row)| row).collect(),
            values: vec![0.0; sorted.len()],
        }
    }
}

/// A square matrix, column by column.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    /// For each entry, where its value is.
    positions: Vec<u32>,
    /// Where each column begins, and the end.
    starts: Vec<usize>,
    /// Row of each value; ascending in a column.
    rows: Vec<u32>,
    values: Vec<f64>,
}

impl Matrix {
    /// Number of equations.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Makes all values 0.
    pub fn clear(&mut self) {
        self.values.fill(0.0);
    }

    /// Adds to the value of an entry.
    #[inline]
    pub fn add(&mut self, entry: Entry, value: f64) {
        self.values[self.positions[entry.0 as usize] as usize] += value;
    }

    /// Rows and values of a column.
    #[inline]
    fn column(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.starts[column]..self.starts[column + 1];
        let rows = self.rows[range.clone()].iter();
        rows.map(|&row| row as usize)
            .zip(self.values[range].iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator of numbers from -1 to 1.
    struct Numbers(u64);

    impl Numbers {
        fn next(&mut self) -> f64 {
            self.0 = self
                .0
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (self.0 >> 11) as f64 / (1u64 << 52) as f64 - 1.0
        }

        fn below(&mut self, n: usize) -> usize {
            ((self.next() + 1.0) * 0.5 * n as f64) as usize % n
        }
    }

    fn filled(entries: &[(usize, usize, f64)], n: usize) -> Matrix {
        let mut builder = Builder::new(n);
        let places: Vec<Entry> = entries.iter().map(|e| builder.entry(e.0, e.1)).collect();
        let mut matrix = builder.finish();
        for (&place, entry) in places.iter().zip(entries) {
            matrix.add(place, entry.2);
        }
        matrix
    }

    /// The largest |A·x - b|, relative to what is summed.
    fn residual(entries: &[(usize, usize, f64)], x: &[f64], b: &[f64]) -> f64 {
        let mut sums: Vec<f64> = b.iter().map(|b| -b).collect();
        let mut sizes: Vec<f64> = b.iter().map(|b| b.abs()).collect();
        for &(row, column, value) in entries {
            sums[row] += value * x[column];
            sizes[row] += (value * x[column]).abs();
        }
        let relative = sums
            .iter()
            .zip(&sizes)
            .map(|(s, size)| s.abs() / size.max(1e-300));
        relative.fold(0.0, f64::max)
    }

    #[test]
    fn random_matrices_are_solved_again_and_again() {
        let mut numbers = Numbers(7);
        for n in [1, 2, 3, 10, 40] {
            let mut entries: Vec<_> = (0..n).map(|i| (i, (i + 1) % n, 1.0)).collect();
            for _ in 0..3 * n {
                entries.push((numbers.below(n), numbers.below(n), 0.0));
            }
            let mut lu = None;
            for _ in 0..5 {
                entries.iter_mut().for_each(|e| e.2 = numbers.next());
                let matrix = filled(&entries, n);
                let lu = lu.get_or_insert_with(|| Lu::new(&matrix));
                lu.factor(&matrix).unwrap();
                let b: Vec<f64> = (0..n).map(|_| numbers.next()).collect();
                let mut x = b.clone();
                lu.solve(&mut x);
                assert!(residual(&entries, &x, &b) < 1e-9, "n = {n}");
            }
        }
    }

    #[test]
    fn a_matrix_is_not_taken_for_the_one_of_before() {
        let places = |a: f64| [(0, 0, a), (0, 1, 1.0), (1, 0, 1.0), (1, 1, 3.0)];
        let mut lu = Lu::new(&filled(&places(1.0), 2));
        for a in [4.0, 4.0, 5.0, 4.0, 4.0] {
            lu.factor(&filled(&places(a), 2)).unwrap();
            let mut x = [a + 2.0, 7.0];
            lu.solve(&mut x);
            assert!((x[0] - 1.0).abs() < 1e-14 && (x[1] - 2.0).abs() < 1e-14);
        }
        // One that cannot be factored is forgotten, and so is the one before it.
        assert!(lu.factor(&filled(&places(1.0 / 3.0), 2)).is_err());
        assert!(lu.factor(&filled(&places(f64::NAN), 2)).is_err());
        lu.factor(&filled(&places(4.0), 2)).unwrap();
        let mut x = [6.0, 7.0];
        lu.solve(&mut x);
        assert!((x[0] - 1.0).abs() < 1e-14 && (x[1] - 2.0).abs() < 1e-14);
    }

    #[test]
    fn a_tree_has_no_fill() {
        let mut numbers = Numbers(3);
        let n = 500;
        let mut entries = vec![(0, 0, 3.0)];
        for i in 1..n {
            let parent = numbers.below(i);
            entries.extend([(i, parent, -1.0), (parent, i, -1.0), (i, i, 500.0)]);
        }
        let matrix = filled(&entries, n);
        let mut lu = Lu::new(&matrix);
        lu.factor(&matrix).unwrap();
        // Below the diagonal, and above it with the diagonal.
        assert_eq!(lu.entries(), (n - 1, 2 * n - 1));
    }

    #[test]
    fn zeros_on_the_diagonal_are_no_pivots() {
        // A voltage source: its equation has no term of its own current.
        let entries = [(0, 0, 2.0), (0, 1, 1.0), (1, 0, 1.0)];
        let matrix = filled(&entries, 2);
        let mut lu = Lu::new(&matrix);
        lu.factor(&matrix).unwrap();
        let mut x = [5.0, 1.0];
        lu.solve(&mut x);
        assert_eq!(x, [1.0, 3.0]);
    }

    #[test]
    fn pivots_that_have_vanished_are_chosen_anew() {
        let places = |a: f64, b: f64| [(0, 0, a), (0, 1, 1.0), (1, 0, 1.0), (1, 1, b)];
        let mut lu = Lu::new(&filled(&places(1.0, 3.0), 2));
        lu.factor(&filled(&places(4.0, 3.0), 2)).unwrap();
        let entries = places(0.0, 0.0);
        lu.factor(&filled(&entries, 2)).unwrap();
        let mut x = [1.0, 2.0];
        lu.solve(&mut x);
        assert_eq!(x, [2.0, 1.0]);
    }

    #[test]
    fn a_singular_matrix_is_told() {
        let matrix = filled(&[(0, 0, 1.0), (0, 1, 1.0)], 2);
        assert!(Lu::new(&matrix).factor(&matrix).is_err());
    }
}

//! The tree solve against a dense one.

use std::sync::Arc;

use runtime::tree::{Group, Tree};

/// A small deterministic generator of numbers in (0, 1).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Gauss elimination with partial pivoting.
fn dense(mut m: Vec<Vec<f64>>, mut y: Vec<f64>) -> Vec<f64> {
    let n = y.len();
    for k in 0..n {
        let pivot = (k..n)
            .max_by(|&i, &j| m[i][k].abs().total_cmp(&m[j][k].abs()))
            .unwrap();
        m.swap(k, pivot);
        y.swap(k, pivot);
        for i in k + 1..n {
            let factor = m[i][k] / m[k][k];
            let row = m[k].clone();
            m[i].iter_mut()
                .zip(&row)
                .for_each(|(x, p)| *x -= factor * p);
            y[i] -= factor * y[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| m[k][j] * y[j]).sum();
        y[k] = (y[k] - known) / m[k][k];
    }
    y
}

/// Random trees of every group width, with random couplings and right-hand sides.
#[test]
fn solves_what_a_dense_solver_solves() {
    let mut random = Numbers(1);
    for (cells, nodes) in [(1, 2), (1, 30), (2, 17), (4, 23), (8, 40)] {
        let parents: Arc<[u32]> = (0..nodes as u32)
            .map(|i| {
                if i == 0 {
                    0
                } else {
                    (random.next() * f64::from(i)) as u32
                }
            })
            .collect();
        let group = Group {
            first_node: 0,
            width: cells,
            parents,
        };
        let mut tree = Tree::new(vec![group]);
        let count = tree.node_count();
        assert_eq!(count, cells * nodes);
        let mut a = vec![0.0; count];
        let mut b = vec![0.0; count];
        for node in cells..count {
            a[node] = -random.next();
            b[node] = -random.next();
        }
        tree.set_couplings(&a, &b);
        tree.set_capacitance(&(0..count).map(|_| random.next()).collect::<Vec<_>>());
        tree.set_diagonal(40.0);
        let v: Vec<f64> = (0..count).map(|_| random.next() * 100.0 - 70.0).collect();
        tree.potentials_mut().copy_from_slice(&v);

        // The equations by their definition.
        let mut matrix = vec![vec![0.0; count]; count];
        let mut rhs = vec![0.0; count];
        for node in 0..count {
            matrix[node][node] += 0.001 * 40.0 * tree.capacitance()[node];
            if let Some(parent) = tree.parent(node) {
                matrix[node][node] -= b[node];
                matrix[parent][parent] -= a[node];
                matrix[node][parent] += b[node];
                matrix[parent][node] += a[node];
                rhs[node] -= b[node] * (v[parent] - v[node]);
                rhs[parent] += a[node] * (v[parent] - v[node]);
            }
        }
        let expected = dense(matrix, rhs);
        tree.begin(0..1);
        tree.solve(0..1, 1.0);
        let change: Vec<f64> = tree
            .potentials()
            .iter()
            .zip(&v)
            .map(|(new, old)| new - old)
            .collect();
        super::assert_close("x", &change, &expected, 1e-12);
    }
}

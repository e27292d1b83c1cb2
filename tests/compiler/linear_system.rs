//! The straight-line solution of sparse systems against dense elimination.

use super::{Model, assert_close, solve_dense};
use crate::ir::generate::Random;
use nmodl::ir::KernelKind;

/// x' = A·x by derivimplicit is (1 - dt·A)·x = x₀.
#[test]
fn random_sparse_systems() {
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let n = 2 + random.below(14);
        let density = 1 + random.below(6);
        let mut a = vec![vec![0.0; n]; n];
        for (i, row) in a.iter_mut().enumerate() {
            for (j, entry) in row.iter_mut().enumerate() {
                if i != j && random.one_in(density) {
                    *entry = (random.below(2000) as f64 - 1000.0) / 500.0;
                }
            }
            row[i] = -1.0 - row.iter().map(|x: &f64| x.abs()).sum::<f64>();
        }
        let equation = |(i, row): (usize, &Vec<f64>)| {
            let terms = row.iter().enumerate().filter(|(_, value)| **value != 0.0);
            let sum: Vec<String> = terms
                .map(|(j, value)| format!("({value:?})*x[{j}]"))
                .collect();
            format!("x'[{i}] = {}\n", sum.join(" + "))
        };
        let equations: String = a.iter().enumerate().map(equation).collect();
        let mut model = Model::new(&format!(
            "NEURON {{ SUFFIX s }} STATE {{ x[{n}] }}
            BREAKPOINT {{ SOLVE states METHOD derivimplicit }}
            DERIVATIVE states {{ {equations} }}"
        ));
        let start: Vec<f64> = (0..n).map(|i| (i as f64 * 0.7).sin()).collect();
        for (i, x) in start.iter().enumerate() {
            model.set(&format!("x[{i}]"), *x);
        }
        let dt = 0.3;
        model.memory.sim.dt_ms = dt;
        model.do_run(KernelKind::State);
        let matrix = (0..n)
            .map(|i| {
                let unit = |j| if i == j { 1.0 } else { 0.0 };
                (0..n).map(|j| unit(j) - dt * a[i][j]).collect()
            })
            .collect();
        for (i, expected) in solve_dense(matrix, start).into_iter().enumerate() {
            let got = model.get(&format!("x[{i}]"));
            assert_close(got, expected, 1e-13, &format!("seed {seed}, x[{i}]"));
        }
    }
}

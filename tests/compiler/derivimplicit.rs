//! derivimplicit against a dense Newton solution of the backward Euler step.

use super::{Model, assert_close, solve_newton};
use nmodl::abi::Failure;
use nmodl::ir::KernelKind;
use nmodl::ir::interpret::Stop;

const NAMES: [&str; 4] = ["a", "b", "c", "w[1]"];
const START: [f64; 4] = [0.7, 1.5, 0.3, 2.0];

fn mechanism(equations: &str) -> Model {
    Model::new(&format!(
        "NEURON {{ SUFFIX x RANGE y }}
        PARAMETER {{ k = 0.8 }}
        STATE {{ a b c w[2] }}
        ASSIGNED {{ v y }}
        FUNCTION f(u) {{ IF (u > 1) {{ f = u*u }} ELSE {{ f = u }} }}
        INITIAL {{ SOLVE states STEADYSTATE derivimplicit }}
        BREAKPOINT {{ SOLVE states METHOD derivimplicit }}
        DERIVATIVE states {{ LOCAL q, s\n{equations}\n}}"
    ))
}

fn step(model: &mut Model, dt: f64, secondorder: f64) -> Vec<f64> {
    for (name, value) in NAMES.iter().zip(START) {
        model.set(name, value);
    }
    model.memory.sim.dt_ms = dt;
    model.memory.sim.secondorder = secondorder;
    model.do_run(KernelKind::State);
    NAMES.iter().map(|name| model.get(name)).collect()
}

/// x - x₀ - dt·f(x) = 0
fn backward_euler(f: fn(&[f64]) -> Vec<f64>, dt: f64) -> Vec<f64> {
    let residual = |x: &[f64]| {
        let rates = f(x);
        (0..x.len())
            .map(|i| x[i] - START[i] - dt * rates[i])
            .collect()
    };
    solve_newton(&residual, START.to_vec())
}

type System = (&'static str, f64, fn(&[f64]) -> Vec<f64>);

/// Equations, the tolerance that Newton's 10⁻⁶ leaves, and the same in Rust.
const SYSTEMS: &[System] = &[
    ("a' = -k*a", 1e-13, |x| vec![-0.8 * x[0], 0.0, 0.0, 0.0]),
    (
        "a' = -k*a + b  b' = a - 2*b + c  c' = b - c  w'[1] = a + b + c - 4*w[1]",
        1e-13,
        |x| {
            vec![
                -0.8 * x[0] + x[1],
                x[0] - 2.0 * x[1] + x[2],
                x[1] - x[2],
                x[0] + x[1] + x[2] - 4.0 * x[3],
            ]
        },
    ),
    ("q = b - a  a' = q  b' = -q*2", 1e-10, |x| {
        vec![x[1] - x[0], -2.0 * (x[1] - x[0]), 0.0, 0.0]
    }),
    ("a' = -k*a*a", 1e-10, |x| {
        vec![-0.8 * x[0] * x[0], 0.0, 0.0, 0.0]
    }),
    (
        "a' = -a*b + c  b' = a*b - b^1.5  c' = exp(-c) - a/(1 + b)  w'[1] = -w[1]*w[0] - w[1]^3",
        1e-9,
        |x| {
            vec![
                -x[0] * x[1] + x[2],
                x[0] * x[1] - x[1].powf(1.5),
                (-x[2]).exp() - x[0] / (1.0 + x[1]),
                -x[3].powi(3),
            ]
        },
    ),
    ("a' = -f(a)  b' = -f(b)*f(a)", 1e-9, |x| {
        let f = |u: f64| if u > 1.0 { u * u } else { u };
        vec![-f(x[0]), -f(x[1]) * f(x[0]), 0.0, 0.0]
    }),
    (
        "IF (b > 1) { a' = -b*a  b' = -b } ELSE { a' = 1 }",
        1e-9,
        |x| match x[1] > 1.0 {
            true => vec![-x[1] * x[0], -x[1], 0.0, 0.0],
            false => vec![1.0, 0.0, 0.0, 0.0],
        },
    ),
    (
        "y = a*b  s = 0  FROM i = 0 TO 1 { s = s + w[i] }  a' = -y  w'[1] = -s*w[1]",
        1e-9,
        |x| vec![-x[0] * x[1], 0.0, 0.0, -x[3] * x[3]],
    ),
    (
        "w'[0] = 0  FROM i = 0 TO 1 { w'[i] = -2*w[i] }",
        1e-13,
        |x| vec![0.0, 0.0, 0.0, -2.0 * x[3]],
    ),
    // An element that is known at run time only must not be missed by the Jacobian.
    ("w'[1] = -w[k + 1]*k", 1e-10, |x| {
        vec![0.0, 0.0, 0.0, -0.8 * x[3]]
    }),
];

#[test]
fn a_step_is_that_of_backward_euler() {
    for (equations, tolerance, f) in SYSTEMS {
        let mut model = mechanism(equations);
        for dt in [0.001, 0.025, 0.2] {
            let expected = backward_euler(*f, dt);
            let got = step(&mut model, dt, 0.0);
            for i in 0..4 {
                let what = format!("{} of {equations} dt {dt}", NAMES[i]);
                assert_close(got[i], expected[i], *tolerance, &what);
            }
        }
    }
}

#[test]
fn with_secondorder_half_a_step_is_doubled() {
    for (equations, tolerance, f) in SYSTEMS {
        let mut model = mechanism(equations);
        let half = backward_euler(*f, 0.05);
        for secondorder in [1.0, 2.0] {
            let got = step(&mut model, 0.1, secondorder);
            for i in 0..4 {
                let expected = 2.0 * half[i] - START[i];
                assert_close(got[i], expected, 4.0 * tolerance, equations);
            }
        }
    }
}

#[test]
fn what_the_block_assigns_belongs_to_the_new_states() {
    let mut model = mechanism("y = a*a  a' = -y");
    step(&mut model, 0.2, 0.0);
    let a = model.get("a");
    assert_close(model.get("y"), a * a, 1e-12, "y");
}

#[test]
fn steadystate_is_a_very_long_step() {
    let mut model = mechanism("a' = 3 - 2*a  b' = a - b");
    model.do_run(KernelKind::Initial);
    assert_close(model.get("a"), 1.5, 1e-8, "a");
    assert_close(model.get("b"), 1.5, 1e-8, "b");
}

#[test]
fn failures_say_where() {
    let mut model = mechanism("a' = -k/a");
    model.set("a", 0.0);
    model.memory.sim.dt_ms = 0.1;
    let Err(Stop::Failed(failure, status)) = model.run(KernelKind::State) else {
        panic!("no failure");
    };
    assert!(matches!(
        failure,
        Failure::NoConvergence | Failure::SingularMatrix
    ));
    let place = &model.module.mechanism.places[status.place as usize];
    assert_eq!(place.what, "SOLVE states METHOD derivimplicit");
    let mut model = mechanism("a' = a");
    model.memory.sim.dt_ms = 1.0;
    let stop = model.run(KernelKind::State);
    assert!(
        matches!(stop, Err(Stop::Failed(Failure::SingularMatrix, _))),
        "{stop:?}"
    );
}

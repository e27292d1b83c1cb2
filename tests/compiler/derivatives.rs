//! Symbolic derivatives against differences. A conductance is that of NEURON's quotient: the
//! derivative half of 0.001 mV above v.

use super::{Model, assert_close};
use crate::ir::generate::Random;
use nmodl::ir::{KernelKind, NodeVar};

/// `i = CODE` in a BREAKPOINT with parameters a, b, p, an array w[3] and a LOCAL x.
fn mechanism(code: &str) -> String {
    format!(
        "NEURON {{ SUFFIX x NONSPECIFIC_CURRENT i RANGE y }}
        DEFINE N 3
        PARAMETER {{ a = 1.25 b = 0.75 p = 3 w[N] }}
        ASSIGNED {{ v y z[N] i }}
        FUNCTION square(u) {{ square = u*u }}
        FUNCTION clipped(u) {{ IF (u < 0) {{ clipped = 0 }} ELSE {{ clipped = u*u*u }} }}
        FUNCTION tabulated(u) {{ TABLE FROM -100 TO 100 WITH 50 tabulated = exp(u/50) }}
        PROCEDURE store(u) {{ y = u*a  z[1] = u*u }}
        BREAKPOINT {{ LOCAL x, k, q[N]\n{code}\n}}"
    )
}

/// The current and its reported derivative at `v`.
fn current(model: &mut Model, v: f64) -> (f64, f64) {
    model.set_v(v);
    model.memory.nodes[1].fill(0.0);
    model.memory.nodes[2].fill(0.0);
    model.do_run(KernelKind::Current);
    (-model.node(NodeVar::Rhs, 0), model.node(NodeVar::D, 0))
}

fn check(code: &str) {
    let mut model = Model::new(&mechanism(code));
    for (k, w) in [0.5, -1.5, 2.5].iter().enumerate() {
        model.set(&format!("w[{k}]"), *w);
    }
    model.do_run(KernelKind::Tables);
    let mut random = Random::new(7);
    for _ in 0..20 {
        // Away from whole numbers, where kinks and knots of the examples lie.
        let v = random.below(120) as f64 - 80.0 + 0.2 + 0.6 * (random.below(1000) as f64 / 1e3);
        let h = 1e-4;
        let middle = v + 0.0005;
        let up = current(&mut model, middle + h).0;
        let down = current(&mut model, middle - h).0;
        let expected = (up - down) / (2.0 * h);
        let (_, slope) = current(&mut model, v);
        let scale = expected.abs().max(1e-3 * up.abs()).max(1e-6);
        assert!(
            (slope - expected).abs() <= 2e-6 * scale || (slope.is_nan() && expected.is_nan()),
            "{code} at {v}: {slope} instead of {expected}"
        );
    }
}

#[test]
fn of_operators() {
    for code in [
        "i = v",
        "i = 3",
        "i = -v*a + b",
        "i = v*v*v - a*v*v",
        "i = a/(v + 200)",
        "i = v/(v + 200)",
        "i = (v - 3)/(v*v + 2)",
        "i = (v > -20)*v + (v <= -20)*2*v",
        "i = !(v > -20)*v*v",
        "i = (v > -60 && v < 0)*v*v",
        "i = a*(b*(v*(v + a) - b) + v) - v",
    ] {
        check(code);
    }
}

#[test]
fn of_built_in_functions() {
    for code in [
        "i = exp(v/30)",
        "i = log(v + 100)",
        "i = log10(v*v + 2)",
        "i = sqrt(v + 100)",
        "i = fabs(v + 0.05)",
        "i = floor(v)*v + ceil(v)",
        "i = sin(v/10) + cos(v/7)*tan(v/200)",
        "i = asin(v/200) + acos(v/150) + atan(v/10)",
        "i = atan2(v, 20) + atan2(30, v) + atan2(v*v, v + 300)",
        "i = sinh(v/40) - cosh(v/30)*tanh(v/20)",
        "i = fmod(v, 7) + fmod(100, v*v/10 + 60)",
        "i = min(v, -v*v) + max(v, v*v/2) + min(v, 3) + max(2, v)",
        "i = exp(-(v + 40)*(v + 40)/800)/(1 + exp(-v/9))",
    ] {
        check(code);
    }
}

#[test]
fn of_powers() {
    for code in [
        "i = v^2 + v^3",
        "i = v^-2",
        "i = (v + 100)^0.5",
        "i = (v + 100)^1.7",
        "i = (v + 100)^p",
        "i = 1.01^v",
        "i = (v*v + 1)^(v/100)",
        "i = pow(v, 4) + pow(v + 100, b)",
        "i = v^1 + v^0",
        "i = a^b*v",
        "i = exp(v/40)^2",
    ] {
        check(code);
    }
}

#[test]
fn through_locals_calls_and_branches() {
    for code in [
        "x = v*v  i = x*v",
        "x = v  x = x*x  x = x + v  i = x",
        "x = v*v  x = 3  i = x*v",
        "IF (v > -20) { x = v*v } ELSE { x = 400 - v }  i = x + v",
        "IF (v > -20) { x = v*v } ELSE IF (v > -50) { x = 2*v } ELSE { x = 1 }  i = x*x",
        "x = v  IF (v < -30) { x = 0 }  i = x*x",
        "i = square(v/3) + square(square(v/20)) + clipped(v)",
        "store(v)  i = y*v + z[1]",
        "y = v  i = y*y  y = 0",
        "y = v*v*v  y = 0  i = y + v",
        "k = 0  x = 1  WHILE (k < 4) { x = x*v/20  k = k + 1 }  i = x",
        "x = v  WHILE (x > 5) { x = x/2 }  i = x*x",
    ] {
        check(code);
    }
}

#[test]
fn through_arrays_and_loops() {
    for code in [
        "FROM j = 0 TO N-1 { z[j] = v*w[j] }  i = z[0] + z[1]*z[2]",
        "x = 0  FROM j = 0 TO N-1 { x = x*v/10 + w[j] }  i = x",
        "FROM j = 0 TO N-1 { q[j] = v*v/(j + 1) }  i = q[0]*q[1] - q[2]",
        "z[0] = v  z[1] = 2  FROM j = 0 TO 1 { z[j + 1] = z[j]*v/10 }  i = z[2]",
        "FROM j = 0 TO N-1 { z[j] = v*j }  z[1] = 0  i = z[1] + z[2]*v",
        "k = 1  z[k] = v*v  i = z[k]*v + z[1]",
        "FROM j = 0 TO 4 BY 2 { z[j/2] = v*v*j }  i = z[0] + z[1] + z[2]",
    ] {
        check(code);
    }
}

#[test]
fn of_table_look_ups_between_knots() {
    for code in ["i = tabulated(v)", "i = v*tabulated(v)*tabulated(2*v)"] {
        check(code);
    }
}

#[test]
fn beyond_the_ends_of_a_table_there_is_no_slope() {
    let mut model = Model::new(&mechanism("i = tabulated(v)"));
    model.do_run(KernelKind::Tables);
    for v in [-150.0, 150.0] {
        assert_eq!(current(&mut model, v).1, 0.0);
    }
}

#[test]
fn slopes_of_ion_currents_go_to_the_ion() {
    let mut model = Model::new(
        "NEURON { SUFFIX x USEION na READ ena WRITE ina USEION k WRITE ik NONSPECIFIC_CURRENT i }
        ASSIGNED { v ena ina ik i }
        BREAKPOINT { ina = v*v - ena  ik = 3*v  i = 7 }",
    );
    model.set_v(4.0);
    model.set_ion(0, nmodl::ir::IonVar::Erev, 50.0);
    model.do_run(KernelKind::Current);
    assert_close(model.ion(0, nmodl::ir::IonVar::DcurDv), 8.001, 1e-15, "na");
    assert_close(model.ion(1, nmodl::ir::IonVar::DcurDv), 3.0, 1e-15, "k");
    assert_close(model.node(NodeVar::D, 0), 11.001, 1e-15, "all");
    assert_close(
        model.node(NodeVar::Rhs, 0),
        -(16.0 - 50.0 + 12.0 + 7.0),
        1e-15,
        "all",
    );
}

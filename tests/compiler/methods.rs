//! cnexp and euler against their formulas.

use super::{Model, assert_close};
use nmodl::ir::KernelKind;

fn mechanism(method: &str, equations: &str) -> Model {
    Model::new(&format!(
        "NEURON {{ SUFFIX x RANGE a, b }}
        DEFINE N 3
        PARAMETER {{ a = -0.3 b = 2 }}
        STATE {{ m h n[N] }}
        ASSIGNED {{ v y z }}
        FUNCTION f(u) {{ f = -u*u }}
        PROCEDURE rates(u) {{ y = u/10  z = 0.5 }}
        BREAKPOINT {{ SOLVE states METHOD {method} }}
        DERIVATIVE states {{ LOCAL q, s\n{equations}\n}}"
    ))
}

/// One step from `before` (m, h, n[0], n[1], n[2]).
fn step(model: &mut Model, dt: f64, before: [f64; 5]) -> [f64; 5] {
    const NAMES: [&str; 5] = ["m", "h", "n[0]", "n[1]", "n[2]"];
    for (name, value) in NAMES.iter().zip(before) {
        model.set(name, value);
    }
    model.memory.sim.dt_ms = dt;
    model.set_v(-35.0);
    model.do_run(KernelKind::State);
    NAMES.map(|name| model.get(name))
}

/// The exact solution of x' = a·x + b after `dt`.
fn exact(a: f64, b: f64, x: f64, dt: f64) -> f64 {
    (x + b / a) * (a * dt).exp() - b / a
}

const START: [f64; 5] = [0.7, 0.2, 1.0, 2.0, 3.0];

#[test]
fn cnexp_is_exact_for_linear_equations() {
    for (equation, a, b) in [
        ("m' = a*m + b", -0.3, 2.0),
        ("m' = (0.4 - m)/5", -0.2, 0.08),
        ("m' = b*(1 - m) - 3*m", -5.0, 2.0),
        ("m' = -m", -1.0, 0.0),
        ("m' = -(m - h)/(b + h)", -1.0 / 2.2, 0.2 / 2.2),
        ("m' = (m*2 - 3*m)/4 + m/8 + h", -0.125, 0.2),
        ("rates(v)  m' = (y - m)/z", -2.0, -7.0),
        ("m' = exp(h)*(1 - m)", -0.2_f64.exp(), 0.2_f64.exp()),
    ] {
        let mut model = mechanism("cnexp", equation);
        for dt in [0.001, 0.025, 1.0, 30.0] {
            let got = step(&mut model, dt, START)[0];
            assert_close(got, exact(a, b, 0.7, dt), 1e-13, equation);
        }
    }
}

#[test]
fn cnexp_adds_what_does_not_depend_on_the_state() {
    let mut model = mechanism("cnexp", "m' = a*h + 1");
    assert_close(
        step(&mut model, 0.5, START)[0],
        0.7 + 0.5 * 0.94,
        1e-15,
        "m",
    );
}

#[test]
fn cnexp_goes_from_equation_to_equation() {
    let mut model = mechanism("cnexp", "m' = -m + h  h' = m - h");
    let got = step(&mut model, 0.5, START);
    let m = exact(-1.0, 0.2, 0.7, 0.5);
    assert_close(got[0], m, 1e-14, "m");
    assert_close(got[1], exact(-1.0, m, 0.2, 0.5), 1e-14, "h sees the new m");
}

#[test]
fn cnexp_takes_locals_as_they_are() {
    // As in NEURON, which looks at the text of the equation alone.
    let mut model = mechanism("cnexp", "q = -m  m' = q");
    assert_close(
        step(&mut model, 0.5, START)[0],
        0.35,
        1e-15,
        "q is a number",
    );
}

#[test]
fn cnexp_in_branches_and_loops() {
    let code = "IF (v < -20) { m' = -m } ELSE { m' = -2*m }
        FROM i = 0 TO N-1 { n'[i] = -n[i]*(i + 1) }";
    let mut model = mechanism("cnexp", code);
    let got = step(&mut model, 0.5, START);
    assert_close(got[0], exact(-1.0, 0.0, 0.7, 0.5), 1e-14, "m");
    for i in 0..3 {
        let rate = -(i as f64 + 1.0);
        assert_close(got[2 + i], exact(rate, 0.0, START[2 + i], 0.5), 1e-14, "n");
    }
}

#[test]
fn equations_that_are_not_linear_go_to_derivimplicit() {
    for equation in [
        "m' = -m*m",
        "m' = f(m)",
        "m' = f(h + m*1) + 0*a",
        "m' = -m*fabs(m)",
    ] {
        let got = step(&mut mechanism("cnexp", equation), 0.5, START);
        let implicit = step(&mut mechanism("derivimplicit", equation), 0.5, START);
        assert_eq!(got, implicit, "{equation}");
        let explicit = step(&mut mechanism("euler", equation), 0.5, START);
        assert_ne!(got, explicit, "{equation}");
    }
}

#[test]
fn euler_takes_all_derivatives_from_before() {
    let mut model = mechanism("euler", "m' = -m + h*h  h' = m*h  n'[1] = m + n[2]");
    let got = step(&mut model, 0.5, START);
    assert_close(got[0], 0.7 + 0.5 * (-0.7 + 0.04), 1e-15, "m");
    assert_close(got[1], 0.2 + 0.5 * 0.14, 1e-15, "h sees the old m");
    assert_close(got[3], 2.0 + 0.5 * 3.7, 1e-15, "n[1]");
    assert_eq!((got[2], got[4]), (1.0, 3.0), "no equation, no change");
}

#[test]
fn euler_in_branches_and_loops() {
    let code = "IF (v > -20) { m' = -m }  s = 0
        FROM i = 0 TO N-1 { n'[i] = -n[i]*s  s = s + 1 }";
    let got = step(&mut mechanism("euler", code), 0.5, START);
    assert_eq!(got[0], 0.7, "the equation did not hold");
    assert_eq!(got[2..], [1.0, 1.0, 0.0]);
}

#[test]
fn secondorder_changes_nothing_here() {
    for method in ["cnexp", "euler"] {
        let mut model = mechanism(method, "m' = -m + h");
        let plain = step(&mut model, 0.5, START);
        model.memory.sim.secondorder = 2.0;
        assert_eq!(step(&mut model, 0.5, START), plain);
    }
}

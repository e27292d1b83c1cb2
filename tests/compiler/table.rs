//! TABLE: knots, interpolation, ends, and when tables are made again.

use super::{Model, assert_close};
use nmodl::ir::KernelKind;

const TEXT: &str = "
NEURON { SUFFIX x RANGE y, z, w, p  GLOBAL k, low }
PARAMETER { k = 2  low = -100  q = 1 }
ASSIGNED { v  y  z  w  p[2] }
FUNCTION f(u) {
    TABLE DEPEND k FROM low TO 100 WITH 50
    f = k*u*u
}
PROCEDURE rates(u) {
    TABLE y, p DEPEND k, celsius FROM -100 TO 100 WITH 200
    y = exp(u/100)*k
    p[0] = u + celsius
    p[1] = f(u)
}
FUNCTION undepending(u) {
    TABLE FROM 0 TO 10 WITH 10
    undepending = q*u
}
BREAKPOINT {
    rates(v)
    z = f(v)
    w = undepending(v)
}";

fn model() -> Model {
    let mut model = Model::new(TEXT);
    model.do_run(KernelKind::Tables);
    model
}

/// The function with knots every `step` from `low` on.
fn linear(f: impl Fn(f64) -> f64, low: f64, step: f64, x: f64) -> f64 {
    let row = ((x - low) / step).floor();
    let (a, b) = (low + row * step, low + (row + 1.0) * step);
    f(a) + (x - a) / step * (f(b) - f(a))
}

fn at(model: &mut Model, v: f64) -> [f64; 5] {
    model.set_v(v);
    model.do_run(KernelKind::State);
    ["y", "z", "w", "p[0]", "p[1]"].map(|name| model.get(name))
}

#[test]
fn between_knots_values_are_linear() {
    let mut model = model();
    for v in [-99.9, -50.0, -33.3, 0.0, 0.25, 1.5, 77.7, 99.99] {
        let [y, z, _, p, q] = at(&mut model, v);
        let f = |u: f64| 2.0 * u * u;
        assert_close(
            y,
            linear(|u| (u / 100.0).exp() * 2.0, -100.0, 1.0, v),
            1e-12,
            "y",
        );
        assert_close(z, linear(f, -100.0, 4.0, v), 1e-12, "z");
        assert_close(p, v + 6.3, 1e-12, "p[0]");
        // A table of a table: its knots are looked up in the other.
        let nested = |u: f64| linear(f, -100.0, 4.0, u);
        assert_close(q, linear(nested, -100.0, 1.0, v), 1e-11, "p[1]");
    }
}

#[test]
fn beyond_the_ends_values_are_those_at_the_ends() {
    let mut model = model();
    for v in [-100.0, -100.001, -1e9, f64::NEG_INFINITY] {
        let [y, z, w, ..] = at(&mut model, v);
        assert_close(y, 2.0 * (-1.0_f64).exp(), 1e-14, "y");
        assert_close(z, 20000.0, 1e-14, "z");
        assert_eq!(w, 0.0);
    }
    for v in [100.0, 100.001, 1e9, f64::INFINITY] {
        let [y, z, w, ..] = at(&mut model, v);
        assert_close(y, 2.0 * 1.0_f64.exp(), 1e-13, "y");
        assert_close(z, 20000.0, 1e-13, "z");
        assert_close(w, 10.0, 1e-14, "w");
    }
}

#[test]
fn nan_stays_nan() {
    let values = at(&mut model(), f64::NAN);
    assert!(values.iter().all(|value| value.is_nan()), "{values:?}");
}

#[test]
fn without_usetable_values_are_exact() {
    let mut model = model();
    model.set("usetable", 0.0);
    let [y, z, w, ..] = at(&mut model, 33.3);
    assert_close(y, 2.0 * 0.333_f64.exp(), 1e-14, "y");
    assert_close(z, 2.0 * 33.3 * 33.3, 1e-14, "z");
    assert_close(w, 33.3, 1e-14, "w");
}

#[test]
fn tables_follow_what_they_depend_on() {
    let mut model = model();
    model.set("k", 5.0);
    model.set("q", 7.0);
    model.memory.sim.celsius = 20.0;
    assert_close(at(&mut model, 20.0)[1], 800.0, 1e-12, "not yet");
    model.do_run(KernelKind::Tables);
    let [y, z, w, p, q] = at(&mut model, 20.0);
    assert_close(y, 5.0 * 0.2_f64.exp(), 1e-12, "y");
    assert_close(z, 2000.0, 1e-12, "z");
    assert_close(p, 40.0, 1e-12, "p[0]");
    assert_close(q, 2000.0, 1e-12, "p[1] is made after f");
    assert_close(w, 10.0, 1e-12, "no DEPEND, no change");
}

#[test]
fn bounds_are_those_of_when_the_table_is_made() {
    let mut model = model();
    model.set("low", 50.0);
    model.do_run(KernelKind::Tables);
    assert_close(at(&mut model, 0.0)[1], 0.0, 1e-12, "unchanged");
    model.set("k", 3.0);
    model.do_run(KernelKind::Tables);
    assert_close(at(&mut model, 0.0)[1], 7500.0, 1e-12, "from 50 on");
}

#[test]
fn tables_that_are_switched_off_are_made_when_switched_on() {
    let mut model = Model::new(TEXT);
    model.set("usetable", 0.0);
    model.do_run(KernelKind::Tables);
    assert!(
        model
            .memory
            .tables
            .iter()
            .flatten()
            .all(|value| *value == 0.0)
    );
    model.set("usetable", 1.0);
    model.do_run(KernelKind::Tables);
    assert_close(at(&mut model, 20.0)[1], 800.0, 1e-12, "z");
}

#[test]
fn making_tables_leaves_instances_alone() {
    let mut model = Model::new(TEXT);
    for name in ["y", "p[0]", "p[1]"] {
        model.set(name, 123.0);
    }
    model.do_run(KernelKind::Tables);
    for name in ["y", "p[0]", "p[1]"] {
        assert_eq!(model.get(name), 123.0);
    }
}

#[test]
fn instances_with_other_values_have_knots_of_their_own() {
    let mut model = Model::new(
        "NEURON { SUFFIX x RANGE y, shift } PARAMETER { shift = 2 } ASSIGNED { v y }
        FUNCTION f(u) { TABLE DEPEND shift FROM -100 TO 100 WITH 2  f = (u - shift)*(u - shift) }
        BREAKPOINT { y = f(v) }",
    );
    let offset = model.module.mechanism.variable("shift").unwrap().offset;
    model
        .memory
        .column(offset)
        .copy_from_slice(&[1.0, 2.0, 3.0]);
    model.do_run(KernelKind::Tables);
    model.set_v(5.0);
    model.do_run(KernelKind::State);
    let values = [0, 1, 2].map(|instance| model.get_of("y", instance));
    for (value, shift) in values.into_iter().zip([1.0, 2.0, 3.0]) {
        let [low, high] = [0.0, 100.0].map(|u: f64| (u - shift) * (u - shift));
        let own = low + 0.05 * (high - low);
        assert!((value - own).abs() < 1e-12 * own, "{value} is not {own}");
    }
}

/// What a table depends on is found behind functions that look the table up themselves.
#[test]
fn what_circles_of_calls_depend_on_counts() {
    let mut model = Model::new(
        "
NEURON { SUFFIX x RANGE y }
ASSIGNED { v y }
BREAKPOINT { y = above(0.5) }
FUNCTION above(u) { TABLE FROM -1 TO 1 WITH 2  above = below(u) }
FUNCTION below(u) { IF (u < 10) { below = u*u + v } ELSE { below = above(u - 10) } }",
    );
    assert_eq!(model.module.mechanism.tables.len(), 0);
    model.set_v(-65.0);
    model.do_run(KernelKind::State);
    assert_eq!(model.get("y"), 0.25 - 65.0);
}

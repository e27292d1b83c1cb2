//! Statements and expressions: what NMODL means by them.

use super::Model;
use nmodl::abi::Failure;
use nmodl::ir::KernelKind;
use nmodl::ir::interpret::Stop;

const DECLARATIONS: &str = "
DEFINE N 4
PARAMETER { p = 2.9  m = -1.5  zero = 0 }
CONSTANT { half = 0.5 }
LOCAL kept
FUNCTION next(u) { u = u + 1  next = u }
FUNCTION nothing(u) { }
FUNCTION index_of(u) { index_of = a[u] }
FUNCTION fresh(u) { LOCAL q, r[2]  IF (u > 0) { r[1] = u  q = u }  fresh = q + r[1] }
PROCEDURE set(u) { y = u }";

/// `y` after `code`.
fn run(code: &str) -> f64 {
    let mut model = Model::of_code(DECLARATIONS, code);
    model.do_run(KernelKind::State);
    model.get("y")
}

#[track_caller]
fn check(rows: &[(&str, f64)]) {
    for &(code, expected) in rows {
        let got = run(code);
        assert!(
            got == expected || (got.is_nan() && expected.is_nan()),
            "{code}: {got} instead of {expected}"
        );
    }
}

#[test]
fn indices_are_computed_in_whole_numbers() {
    let fill = "FROM i = 0 TO 3 { a[i] = 10 + i }  ";
    for (index, element) in [
        ("3/2", 1.0),
        ("3/2*2", 2.0),
        ("p", 2.0),
        ("p - 1", 1.0),
        ("p/2", 1.0),
        ("N - 1", 3.0),
        ("N/2 + 1", 3.0),
        ("-m", 1.0),
        ("-(-2)", 2.0),
        ("half", 0.0),
        ("p + half", 2.0),
    ] {
        assert_eq!(
            run(&format!("{fill} y = a[{index}]")),
            10.0 + element,
            "{index}"
        );
    }
    check(&[
        (
            "FROM i = 0 TO 3 { a[i] = i }  FROM i = 1 TO 3 { y = y*10 + a[i/2*2] }",
            22.0,
        ),
        ("y = 0  FROM i = 0 TO 3 { y = y + i/2 }", 3.0),
        ("y = 0  FROM i = 0 TO p { y = y + 1 }", 3.0),
        ("y = 0  FROM i = -1 TO m { y = y + 1 }", 1.0),
        ("y = 7  FROM i = 3 TO 2 { y = 0 }", 7.0),
        ("y = 0  FROM i = 0 TO 10 BY 3 { y = y*100 + i }", 30609.0),
        (
            "y = 0  FROM i = 0 TO N-1 { FROM j = i TO N-1 { y = y + 1 } }",
            10.0,
        ),
    ]);
}

#[test]
fn indices_are_checked() {
    for (code, value) in [("y = a[p + 2]", 4.0), ("z = -1  a[z] = 1", -1.0)] {
        let mut model = Model::of_code(DECLARATIONS, code);
        let Err(Stop::Failed(failure, status)) = model.run(KernelKind::State) else {
            panic!("{code}: no failure");
        };
        assert_eq!(
            (failure, status.value),
            (Failure::IndexOutOfBounds, value),
            "{code}"
        );
        let place = &model.module.mechanism.places[status.place as usize];
        assert_eq!(place.what, "a", "{code}");
    }
    for code in [
        "a[1/zero] = 1",
        "z = 0/zero  a[4 - z] = 1",
        "z = 1e300  a[z] = 1",
    ] {
        let stop = Model::of_code(DECLARATIONS, code).run(KernelKind::State);
        let found = matches!(stop, Err(Stop::Failed(Failure::IndexOutOfBounds, _)));
        assert!(found, "{code}: {stop:?}");
    }
    // The right side is looked at only if the left one does not decide, as in C.
    check(&[
        ("z = 9  y = 1  IF (z < 4 && a[z] == 0) { y = 2 }", 1.0),
        ("z = 9  y = 1  IF (z > 4 || a[z] == 0) { y = 2 }", 2.0),
        ("z = 3  y = 1  IF (z < 4 && a[z] == 0) { y = 2 }", 2.0),
        (
            "z = 0  y = 0  WHILE (z < 4 && a[z] == 0) { z = z + 1  y = y + 1 }",
            4.0,
        ),
        (
            "z = 9  y = 1  IF (!(z < 4 && index_of(z) == 0)) { y = 2 }",
            2.0,
        ),
    ]);
}

#[test]
fn names_belong_to_their_blocks() {
    check(&[
        (
            "LOCAL i  i = 5  FROM i = 0 TO 2 { y = i }  y = y*10 + i",
            25.0,
        ),
        (
            "LOCAL q  q = 1  IF (1) { LOCAL q  q = 2  y = q }  y = y*10 + q",
            21.0,
        ),
        ("LOCAL p  p = 5  y = p", 5.0),
        ("LOCAL v  v = 3  y = v", 3.0),
        ("LOCAL q  y = q", 0.0),
        ("LOCAL q[3]  y = q[1] + 1", 1.0),
        ("{ LOCAL q  q = 3  y = q }  { LOCAL q  y = y*10 + q }", 30.0),
        ("FROM i = 0 TO 1 { LOCAL q  q = q + 1  y = q }", 1.0),
    ]);
}

#[test]
fn functions_have_values_and_own_arguments() {
    check(&[
        ("z = 3  y = next(z)*10 + z", 43.0),
        ("y = next(next(1)) + next(0)", 4.0),
        ("y = nothing(3)", 0.0),
        ("set(4)  y = y + 1", 5.0),
        ("y = set(3) + 1", 1.0),
        ("y = fresh(3)  y = y*10 + fresh(-1)", 60.0),
        ("y = 2*(next(1) + 1)", 6.0),
        ("z = 1  WHILE (next(z) < 5) { z = z + 1 }  y = z", 4.0),
    ]);
}

#[test]
fn a_file_local_keeps_its_value_and_is_shared() {
    let mut model = Model::of_code(DECLARATIONS, "kept = kept + 1  y = kept");
    model.do_run(KernelKind::State);
    model.do_run(KernelKind::State);
    let values = [0, 1, 2].map(|instance| model.get_of("y", instance));
    assert_eq!(values, [4.0, 5.0, 6.0]);
}

#[test]
fn truth_is_a_number_that_is_not_zero() {
    check(&[
        ("IF (0.5) { y = 1 }", 1.0),
        ("IF (zero) { y = 1 }", 0.0),
        ("IF (-0.0) { y = 1 }", 0.0),
        ("IF (0/zero) { y = 1 }", 1.0),
        ("y = !3 + !zero", 1.0),
        ("y = !!7", 1.0),
        (
            "y = (3 > 2) + (2 >= 3) + (2 == 2) + (1 != 2) + (1 < 1) + (1 <= 1)",
            4.0,
        ),
        ("y = 5 && 3", 1.0),
        ("y = 5 && zero || 7", 1.0),
        ("y = zero || zero && 1", 0.0),
        ("y = (1 < 2)*10 + 3", 13.0),
        ("y = !(p > 2) || m < 0", 1.0),
        (
            "IF (p > 5) { y = 1 } ELSE IF (p > 2) { y = 2 } ELSE { y = 3 }",
            2.0,
        ),
        (
            "IF (p > 5) { y = 1 } ELSE IF (p > 4) { y = 2 } ELSE { y = 3 }",
            3.0,
        ),
    ]);
}

#[test]
fn operators_bind_as_in_neuron() {
    check(&[
        ("y = 2 + 3*4 - 6/3", 12.0),
        ("y = 2*3^2", 18.0),
        ("y = -2^2", -4.0),
        ("y = 2^-1", 0.5),
        ("y = 10 - 3 - 2", 5.0),
        ("y = 64/4/2", 8.0),
        ("y = 1 + 2 < 2*2", 1.0),
        ("y = 1 == 2 < 3", 1.0),
        ("y = -3 + 5", 2.0),
        ("y = 3 - -2", 5.0),
        ("y = !1 + 1", 1.0),
        ("y = 7/2", 3.5),
        ("y = (-7)/2", -3.5),
    ]);
}

#[test]
fn conditions_choose_one_side() {
    check(&[
        ("IF (p > 2) { y = 1/zero } ELSE { y = 3 }", f64::INFINITY),
        ("IF (p < 2) { y = 1/zero } ELSE { y = 3 }", 3.0),
        ("z = 5  IF (z < 4) { y = a[z] } ELSE { y = 2 }", 2.0),
    ]);
}

#[test]
fn numbers_of_the_simulator_are_there() {
    let mut model = Model::of_code("", "y = v + 10*t + 100*dt + 1000*celsius + diam + area");
    model.set_v(1.0);
    model.memory.sim.t_ms = 2.0;
    model.memory.sim.dt_ms = 3.0;
    model.memory.sim.celsius = 4.0;
    model.memory.nodes[3].fill(1e5);
    model.memory.nodes[4].fill(5e5);
    model.do_run(KernelKind::State);
    assert_eq!(model.get("y"), 604_321.0);
}

#[test]
fn units_factors_are_numbers() {
    let declarations = "UNITS { F = (faraday) (coulomb)  R = (k-mole) (joule/degC)  q = 3 (mV) }";
    let mut model = Model::of_code(declarations, "y = R/F  z = q");
    model.do_run(KernelKind::State);
    assert_eq!(model.get("y"), 8.31446261815324 / 96485.33212331001);
    assert_eq!(model.get("z"), 3.0);
}

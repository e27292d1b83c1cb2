//! Ion variables, currents and initial values.

use super::{Model, assert_close};
use nmodl::ir::{IonVar, KernelKind, NodeVar};

#[test]
fn read_only_variables_are_copied() {
    let mut model = Model::new(
        "NEURON { SUFFIX x USEION ca READ cai, cao, eca, ica RANGE y }
        ASSIGNED { v y cai cao eca ica }
        INITIAL { y = cai + 10*cao + 100*eca + 1000*ica  cai = 7 }
        BREAKPOINT { y = cai }",
    );
    for (var, value) in [
        (IonVar::Ci, 1.0),
        (IonVar::Co, 2.0),
        (IonVar::Erev, 3.0),
        (IonVar::Cur, 4.0),
    ] {
        model.set_ion(0, var, value);
    }
    model.do_run(KernelKind::Initial);
    assert_eq!(model.get("y"), 4321.0);
    assert_eq!(
        model.ion(0, IonVar::Ci),
        1.0,
        "what is not in WRITE stays here"
    );
    model.do_run(KernelKind::State);
    assert_eq!(model.get("y"), 1.0);
}

#[test]
fn concentrations_in_write_go_back() {
    let mut model = Model::new(
        "NEURON { SUFFIX x USEION ca READ ica, cai WRITE cai, eca }
        ASSIGNED { v cai ica eca }
        INITIAL { cai = cai + 1  eca = 130 }
        BREAKPOINT { cai = cai*2 + ica }",
    );
    model.set_ion(0, IonVar::Ci, 0.5);
    model.set_ion(0, IonVar::Cur, 3.0);
    model.do_run(KernelKind::Initial);
    assert_eq!(model.ion(0, IonVar::Ci), 1.5);
    assert_eq!(model.ion(0, IonVar::Erev), 130.0);
    model.do_run(KernelKind::State);
    assert_eq!(model.ion(0, IonVar::Ci), 6.0);
    assert_eq!(model.ion(0, IonVar::Cur), 3.0, "the current is only read");
}

#[test]
fn a_state_that_is_the_ions_follows_it() {
    let mut model = Model::new(
        "NEURON { SUFFIX x USEION ca WRITE cai }
        STATE { cai START 5  other START 6 }
        ASSIGNED { v }
        BREAKPOINT { SOLVE s METHOD cnexp }
        DERIVATIVE s { cai' = 2  other' = 1 }",
    );
    model.set_ion(0, IonVar::Ci, 0.25);
    model.do_run(KernelKind::Initial);
    assert_eq!(model.ion(0, IonVar::Ci), 0.25, "not START");
    assert_eq!(model.get("other"), 6.0);
    model.set_ion(0, IonVar::Ci, 1.0);
    model.memory.sim.dt_ms = 0.5;
    model.do_run(KernelKind::State);
    assert_eq!(model.ion(0, IonVar::Ci), 2.0);
}

#[test]
fn currents_are_added_to_the_ions() {
    let mut model = Model::new(
        "NEURON { SUFFIX x USEION na READ ina WRITE ina RANGE y }
        ASSIGNED { v ina y }
        BREAKPOINT { y = ina  ina = 2*v }",
    );
    model.set_v(3.0);
    model.set_ion(0, IonVar::Cur, 10.0);
    model.do_run(KernelKind::Current);
    assert_eq!(
        model.get("y"),
        2.0 * 3.001,
        "READ sees what the evaluation before left"
    );
    assert_eq!(model.ion(0, IonVar::Cur), 16.0);
    assert_eq!(model.node(NodeVar::Rhs, 0), -6.0);
    assert_close(model.node(NodeVar::D, 0), 2.0, 1e-12, "di/dv");
}

#[test]
fn point_processes_have_no_area() {
    let mut model = Model::at(
        "NEURON { POINT_PROCESS p NONSPECIFIC_CURRENT i USEION na WRITE ina }
        ASSIGNED { v i ina }
        BREAKPOINT { i = v  ina = 2*v }",
        &[0, 1, 1],
        2,
    );
    model.set_v(5.0);
    model.memory.nodes[3].copy_from_slice(&[50.0, 400.0]);
    model.do_run(KernelKind::Current);
    // nA to mA/cm²: 100/area in µm².
    assert_close(model.node(NodeVar::Rhs, 0), -15.0 * 2.0, 1e-15, "one");
    assert_close(
        model.node(NodeVar::Rhs, 1),
        -15.0 * 0.25 * 2.0,
        1e-15,
        "two",
    );
    assert_close(model.node(NodeVar::D, 1), 3.0 * 0.25 * 2.0, 1e-15, "two");
    assert_close(model.ion(0, IonVar::Cur), 20.0, 1e-15, "ina");
    assert_close(model.ion(0, IonVar::DcurDv), 4.0, 1e-15, "dina/dv");
    assert_eq!(model.get("i"), 5.0, "the variable itself stays in nA");
}

#[test]
fn electrode_currents_flow_inward() {
    let mut model = Model::new(
        "NEURON { POINT_PROCESS p ELECTRODE_CURRENT i } ASSIGNED { v i } BREAKPOINT { i = 3 - v }",
    );
    model.set_v(1.0);
    model.do_run(KernelKind::Current);
    assert_close(model.node(NodeVar::Rhs, 0), 2.0, 1e-15, "rhs");
    assert_close(model.node(NodeVar::D, 0), 1.0, 1e-15, "d");
}

#[test]
fn states_begin_with_start_or_state0() {
    let mut model = Model::new(
        "NEURON { SUFFIX x GLOBAL p0 RANGE q0 }
        DEFINE N 3
        PARAMETER { n0 = 4  r0 = 9 }
        STATE { m  n START 2  a[N] START 1.5  p START 7  q  r[N] }
        ASSIGNED { v }
        INITIAL { m = m + 1 }",
    );
    for name in ["m", "n", "a[2]", "p", "q", "r[1]"] {
        model.set(name, -1.0);
    }
    model.set("q0", 3.0);
    model.do_run(KernelKind::Initial);
    for (name, value) in [
        ("m", 1.0),
        ("n", 4.0),
        ("a[0]", 1.5),
        ("a[2]", 1.5),
        ("p", 7.0),
        ("q", 3.0),
        ("r[1]", 9.0),
    ] {
        assert_eq!(model.get(name), value, "{name}");
    }
    model.set("p0", 8.0);
    model.do_run(KernelKind::Initial);
    assert_eq!(model.get("p"), 8.0);
}

#[test]
fn a_mechanism_without_current_runs_breakpoint_as_state() {
    let mut model = Model::new(
        "NEURON { SUFFIX x RANGE y } STATE { m } ASSIGNED { v y }
        BREAKPOINT { y = m + 1  SOLVE s METHOD euler  y = y + 10*m }
        DERIVATIVE s { m' = 1 }",
    );
    model.memory.sim.dt_ms = 1.0;
    model.do_run(KernelKind::Current);
    model.do_run(KernelKind::State);
    // The states advance first.
    assert_eq!((model.get("m"), model.get("y")), (1.0, 12.0));
}

#[test]
fn a_parameter_may_be_a_current() {
    let mut model = Model::new(
        "NEURON { SUFFIX x NONSPECIFIC_CURRENT i, j GLOBAL j }
        PARAMETER { i = 3 } ASSIGNED { v j } BREAKPOINT { j = 4 }",
    );
    model.do_run(KernelKind::Current);
    assert_eq!(model.node(NodeVar::Rhs, 0), -7.0);
}

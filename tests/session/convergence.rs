//! Order of convergence of each fixed-step method, measured: the error at dt over that at dt/2, where
//! the solution is known in closed form or from CVODE at a tolerance of 10⁻¹⁰.

use runtime::library::Repeated;
use runtime::session::Session;
use runtime::{Place, Progress, SectionId};

fn middle(section: SectionId) -> Place {
    Place::Segment { section, x: 0.5 }
}

/// A cell of one segment with mechanism `x`.
fn cell(text: &str) -> (Session, SectionId) {
    let mut session = Session::new().unwrap();
    session.load_text("x.mod", text, Repeated::Replace).unwrap();
    let section = session.add_section("soma").unwrap();
    session.set_section(section, "diam", 20.0).unwrap();
    session.model().set_length(section, 20.0).unwrap();
    session.insert(section, "x").unwrap();
    (session, section)
}

/// Steps of 1/`steps` ms to 1 ms, then the variable.
fn at_1_ms(text: &str, name: &str, secondorder: f64, steps: u32) -> f64 {
    let (mut session, section) = cell(text);
    session
        .set(Place::Model, "dt", 1.0 / f64::from(steps))
        .unwrap();
    session
        .set(Place::Model, "secondorder", secondorder)
        .unwrap();
    session.initialize(Some(-65.0)).unwrap();
    (0..steps).for_each(|_| assert_eq!(session.advance().unwrap(), Progress::Done));
    assert!((session.t_ms() - 1.0).abs() < 1e-9);
    session.get(middle(section), name).unwrap()
}

/// log2 of the ratio of the errors with 64 and 128 steps.
fn order(text: &str, name: &str, secondorder: f64, right: f64) -> f64 {
    let error = |steps| (at_1_ms(text, name, secondorder, steps) - right).abs();
    (error(64) / error(128)).log2()
}

fn assert_order(found: f64, right: f64) {
    assert!((found - right).abs() < 0.1, "order {found}, not {right}");
}

/// y' = -y², y(0) = 1: y = 1/(1 + t).
fn decay(method: &str) -> String {
    format!(
        "NEURON {{ SUFFIX x RANGE y }}\nSTATE {{ y }}\nINITIAL {{ y = 1 }}\n\
         BREAKPOINT {{ SOLVE states METHOD {method} }}\nDERIVATIVE states {{ y' = -y*y }}\n"
    )
}

#[test]
fn euler_is_of_first_order() {
    assert_order(order(&decay("euler"), "y_x", 0.0, 0.5), 1.0);
}

#[test]
fn derivimplicit_is_of_first_order() {
    assert_order(order(&decay("derivimplicit"), "y_x", 0.0, 0.5), 1.0);
}

#[test]
fn runge_is_of_fourth_order() {
    assert_order(order(&decay("runge"), "y_x", 0.0, 0.5), 4.0);
}

#[test]
fn cnexp_is_exact_where_the_equation_is_linear() {
    let text = "NEURON { SUFFIX x RANGE y }\nSTATE { y }\nINITIAL { y = 1 }\n\
                BREAKPOINT { SOLVE states METHOD cnexp }\nDERIVATIVE states { y' = (0.25 - y)/0.7 }\n";
    let right = 0.25 + 0.75 * (-1.0 / 0.7_f64).exp();
    for steps in [4, 64] {
        let found = at_1_ms(text, "y_x", 0.0, steps);
        assert!((found - right).abs() < 1e-14, "{found} instead of {right}");
    }
}

/// a <-> b with rates 2 and 1 per ms.
const SCHEME: &str = "NEURON { SUFFIX x RANGE a, b }\nSTATE { a b }\nINITIAL { a = 1 b = 0 }\n\
                      BREAKPOINT { SOLVE scheme METHOD sparse }\nKINETIC scheme { ~ a <-> b (2, 1) }\n";

#[test]
fn sparse_is_of_first_order() {
    let right = (1.0 + 2.0 * (-3.0_f64).exp()) / 3.0;
    assert_order(order(SCHEME, "a_x", 0.0, right), 1.0);
}

/// A leak with a time constant of 1 ms, from -65 to -40 mV.
const LEAK: &str = "NEURON { SUFFIX x NONSPECIFIC_CURRENT i }\nASSIGNED { v (mV) i (mA/cm2) }\n\
                    BREAKPOINT { i = 0.001*(v + 40) }\n";

#[test]
fn potentials_are_of_first_order_or_second() {
    let right = -40.0 - 25.0 * (-1.0_f64).exp();
    for (secondorder, wanted) in [(0.0, 1.0), (1.0, 2.0), (2.0, 2.0)] {
        assert_order(order(LEAK, "v", secondorder, right), wanted);
    }
}

/// A gate that opens slowly as v rises, and a current through it that drives v: staggered, v and gate
/// are each of second order at their own times.
const GATE: &str = "NEURON { SUFFIX x NONSPECIFIC_CURRENT i }\nSTATE { m }\n\
    ASSIGNED { v (mV) i (mA/cm2) }\nINITIAL { m = open(v) }\n\
    BREAKPOINT { SOLVE gate METHOD cnexp\n i = 0.002*m*(v - 20) + 0.0005*(v + 80) }\n\
    DERIVATIVE gate { m' = (open(v) - m)/0.8 }\n\
    FUNCTION open(v (mV)) { open = 1/(1 + exp(-(v + 50)/7)) }\n";

#[test]
fn staggered_states_and_potentials_are_of_second_order_together() {
    let (mut session, section) = cell(GATE);
    session.cvode.atol = 1e-10;
    session.set_variable_step(true).unwrap();
    session.initialize(Some(-65.0)).unwrap();
    while session.solve_until(1.0).unwrap() != Progress::Done {}
    let right = session.get(middle(section), "v").unwrap();
    assert_order(order(GATE, "v", 0.0, right), 1.0);
    for secondorder in [1.0, 2.0] {
        assert_order(order(GATE, "v", secondorder, right), 2.0);
    }
}

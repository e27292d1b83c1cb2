//! What goes wrong in a run says where, when and why.

use runtime::{KernelFailure, RunError, Simulation};

use super::cells::{self, at, find};
use super::mechanisms;

fn faulty(at_ms: f64) -> RunError {
    let mut model = cells::model();
    let mechanism = model.add_mechanism(mechanisms::faulty()).unwrap();
    let good = model.add_section("good").unwrap();
    let section = model.add_section("dend").unwrap();
    model.set_segment_count(section, 5).unwrap();
    model.insert(good, find(&model, "pas")).unwrap();
    model.insert(section, mechanism).unwrap();
    model.set_section(section, "at_faulty", 1e9).unwrap();
    model.set(at(section, 0.3), "at_faulty", at_ms).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    simulation.run_until(10.0).unwrap_err()
}

#[test]
fn a_kernel_that_fails() {
    let error = faulty(2.0);
    let RunError::Kernel {
        time_ms, reason, ..
    } = &error
    else {
        panic!("{error:?}")
    };
    assert!((time_ms - 2.025).abs() < 1e-9);
    assert_eq!(*reason, KernelFailure::IndexOutOfBounds { index: 7.0 });
    assert!(
        error
            .to_string()
            .contains("dend(0.3): faulty: index 7 out of bounds in x[k]"),
        "{error}"
    );
}

#[test]
fn a_state_that_is_not_a_number() {
    let error = faulty(-2.0);
    let RunError::NotFinite {
        time_ms,
        place,
        variable,
        value,
    } = &error
    else {
        panic!("{error:?}")
    };
    // The state is NaN at the end of one step and makes v NaN in the next.
    assert!((time_ms - 2.05).abs() < 1e-9);
    assert_eq!(
        [place.as_str(), variable.as_str()],
        ["dend(0.3)", "x of faulty"]
    );
    assert!(value.is_nan());
}

#[test]
fn order_of_calls() {
    let mut model = cells::model();
    model.add_section("soma").unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    assert!(matches!(simulation.advance(), Err(RunError::Order(_))));
    simulation.initialize(Some(-65.0)).unwrap();
    assert!(simulation.advance().is_ok());
}

/// A model of nothing runs.
#[test]
fn nothing() {
    let mut simulation = Simulation::new(cells::model()).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    simulation.run_until(1.0).unwrap();
    assert_eq!(simulation.node_count(), 0);
}

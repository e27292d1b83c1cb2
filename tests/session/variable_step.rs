//! Steps of variable length: closed forms, conservation, and what goes wrong.

use runtime::library::Repeated;
use runtime::session::{Session, SessionError};
use runtime::{ModelError, Place, Progress, RunError, SectionId, StateQuantity};

/// A cell of one segment with a mechanism.
fn cell(session: &mut Session, mechanism: &str) -> SectionId {
    let section = session.add_section("soma").unwrap();
    session.set_section(section, "diam", 20.0).unwrap();
    session.insert(section, mechanism).unwrap();
    section
}

fn with_text(text: &str) -> (Session, SectionId) {
    let mut session = Session::new().unwrap();
    session
        .load_text("test.mod", text, Repeated::Replace)
        .unwrap();
    let section = cell(&mut session, "x");
    (session, section)
}

fn middle(section: SectionId) -> Place {
    Place::Segment { section, x: 0.5 }
}

fn step(session: &mut Session) -> Result<(), SessionError> {
    assert_eq!(session.advance()?, Progress::Done);
    Ok(())
}

/// To the end, however slow the machine is.
fn solve_until(session: &mut Session, t_ms: f64) {
    while session.solve_until(t_ms).unwrap() == Progress::Paused {}
}

#[test]
fn a_passive_membrane_decays_exponentially() {
    let mut session = Session::new().unwrap();
    let soma = cell(&mut session, "pas");
    session.set(middle(soma), "e_pas", -70.0).unwrap();
    session.cvode.atol = 1e-9;
    session.set_variable_step(true).unwrap();
    session.initialize(Some(-50.0)).unwrap();
    let mut steps = 0;
    while session.t_ms() < 5.0 {
        step(&mut session).unwrap();
        steps += 1;
        // tau = 1 uF/cm2 over 1 mS/cm2
        let expected = -70.0 + 20.0 * (-session.t_ms()).exp();
        let v = session.get(middle(soma), "v").unwrap();
        assert!((v - expected).abs() < 1e-6, "{v} instead of {expected}");
    }
    assert!(steps > 20, "{steps}");
    let statistics = session.simulation().unwrap().statistics().unwrap();
    assert_eq!((statistics.equations, statistics.initializations), (1, 1));
}

#[test]
fn a_run_ends_exactly_and_goes_on_after_a_change_of_method() {
    let mut session = Session::new().unwrap();
    let soma = cell(&mut session, "hh");
    session.set_variable_step(true).unwrap();
    session.initialize(Some(-65.0)).unwrap();
    solve_until(&mut session, 2.0);
    assert_eq!(session.t_ms(), 2.0);
    let m = session.get(middle(soma), "m_hh").unwrap();
    session.set_variable_step(false).unwrap();
    session.set(Place::Model, "dt", 0.025).unwrap();
    assert_eq!(session.get(middle(soma), "m_hh").unwrap(), m);
    solve_until(&mut session, 3.0);
    assert!((session.t_ms() - 3.0).abs() < 1e-9);
    session.set_variable_step(true).unwrap();
    solve_until(&mut session, 4.0);
    assert_eq!(session.t_ms(), 4.0);
    let states = session
        .simulation()
        .unwrap()
        .states(StateQuantity::Value)
        .unwrap();
    assert_eq!(states.len(), 4);
    assert_eq!(states[0], session.get(middle(soma), "v").unwrap());
}

#[test]
fn what_cannot_be_integrated_is_refused_and_the_fixed_step_stays() {
    for (text, reason) in [
        (
            "NEURON { SUFFIX x } STATE { a } BREAKPOINT { SOLVE s } PROCEDURE s() { a = 1 }",
            "x cannot be used with CVODE: `s` is solved without METHOD after_cvode, cvode_t or cvode_t_v",
        ),
        (
            "NEURON { SUFFIX x } STATE { a b } BREAKPOINT { SOLVE s METHOD cnexp SOLVE t METHOD cnexp }
            DERIVATIVE s { a' = -a } DERIVATIVE t { a' = b b' = -a }",
            "x cannot be used with CVODE: `a` has equations in two blocks that BREAKPOINT solves",
        ),
    ] {
        let (mut session, _) = with_text(text);
        let refused = session.set_variable_step(true).unwrap_err();
        assert!(matches!(
            refused,
            SessionError::Model(ModelError::VariableStep { .. })
        ));
        assert_eq!(refused.to_string(), reason);
        session.initialize(Some(-65.0)).unwrap();
        step(&mut session).unwrap();
        assert_eq!(session.t_ms(), 0.025);
    }
}

#[test]
fn a_state_that_grows_beyond_bounds_is_named() {
    let (mut session, _) = with_text(
        "NEURON { SUFFIX x } STATE { a } INITIAL { a = 1 }
        BREAKPOINT { SOLVE s METHOD derivimplicit } DERIVATIVE s { a' = a*a }",
    );
    session.cvode.rtol = 1e-6;
    session.cvode.atol = 1e-6;
    session.set_variable_step(true).unwrap();
    session.initialize(Some(-65.0)).unwrap();
    let error = loop {
        match session.advance() {
            Ok(_) if session.t_ms() < 2.0 => {}
            Ok(_) => panic!("passed the pole"),
            Err(SessionError::Run(error)) => break error,
            Err(other) => panic!("{other}"),
        }
    };
    let (RunError::Integrator {
        time_ms,
        place,
        state,
        reason,
    }
    | RunError::NoDerivative {
        time_ms,
        place,
        state,
        reason,
        ..
    }) = error
    else {
        panic!("{error}");
    };
    assert!((time_ms - 1.0).abs() < 1e-3, "{time_ms}");
    assert_eq!((place.as_str(), state.as_str()), ("soma(0.5)", "a_x"));
    let known = reason.starts_with("CV_") || reason == "steps are too short to change t";
    assert!(known, "{reason}");
}

#[test]
fn a_kernel_that_fails_ends_the_run_with_its_own_error() {
    let (mut session, _) = with_text(
        "NEURON { SUFFIX x } STATE { a } ASSIGNED { w[3] } INITIAL { a = 0 }
        BREAKPOINT { SOLVE s METHOD derivimplicit } DERIVATIVE s { a' = 1 + w[a] }",
    );
    session.cvode.maxstep_ms = 0.1;
    session.set_variable_step(true).unwrap();
    session.initialize(Some(-65.0)).unwrap();
    let error = loop {
        match session.advance() {
            Ok(_) => assert!(session.t_ms() < 4.0),
            Err(error) => break error.to_string(),
        }
    };
    assert!(error.contains("index 3 out of bounds"), "{error}");
}

#[test]
fn declared_tolerances_weigh_errors() {
    let (mut session, _) = with_text(
        "NEURON { SUFFIX x } STATE { a <1e-4> b } 
        BREAKPOINT { SOLVE s METHOD cnexp } DERIVATIVE s { a' = -a b' = 1 - b }",
    );
    session.cvode.atol = 1e-2;
    session.cvode.scales.insert("b_x".to_owned(), 0.5);
    session.set_variable_step(true).unwrap();
    session.initialize(Some(-65.0)).unwrap();
    step(&mut session).unwrap();
    let simulation = session.simulation().unwrap();
    let weights = simulation.states(StateQuantity::ErrorWeight).unwrap();
    for (weight, expected) in weights.iter().zip([1e2, 1e6, 2e2]) {
        assert!((weight / expected - 1.0).abs() < 1e-12, "{weights:?}");
    }
}

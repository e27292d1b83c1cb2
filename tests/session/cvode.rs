//! What NEURON's `CVode` can be asked for, from Rust.

use runtime::session::{Pace, Session, SessionError};
use runtime::{
    CallbackId, NetCon, Place, Progress, QueuedKind, SectionId, Series, Source, StateQuantity,
};

/// A section with a leak and a synapse, driven by a NetStim at 1, 3 and 5 ms.
fn driven() -> Result<(Session, SectionId), SessionError> {
    let mut session = Session::new()?;
    let soma = session.add_section("soma")?;
    let pas = session.mechanism("pas")?;
    session.model().insert(soma, pas)?;
    let synapse = session.mechanism("ExpSyn")?;
    let synapse = session.model().add_point_process(synapse, soma, 0.5)?;
    let source = session.mechanism("NetStim")?;
    let source = session.model().add_artificial_cell(source)?;
    for (name, value) in [("number", 3.0), ("start", 1.0), ("interval", 2.0)] {
        session.set(Place::Point(source), name, value)?;
    }
    let mut netcon = NetCon::new(Source::Point(source), Some(synapse));
    netcon.delay_ms = 0.5;
    netcon.weights = vec![0.001];
    session.add_netcon(netcon)?;
    session.cvode.atol = 1e-7;
    Ok((session, soma))
}

/// To the end of it, however slow the machine is.
fn finish(
    session: &mut Session,
    mut part: impl FnMut(&mut Session) -> Result<Progress, SessionError>,
) -> Result<(), SessionError> {
    loop {
        match part(session)? {
            Progress::Done => return Ok(()),
            Progress::Paused => {}
            Progress::Call(callback) => panic!("nobody asked for {callback:?}"),
        }
    }
}

fn middle(section: SectionId) -> Place {
    Place::Segment { section, x: 0.5 }
}

#[test]
fn events_are_counted_as_they_can_be_by_hand() -> Result<(), SessionError> {
    for variable in [false, true] {
        let (mut session, _) = driven()?;
        session.set_variable_step(variable)?;
        finish(&mut session, |s| s.initialize(Some(-65.0)))?;
        let start = session.spike_statistics()?;
        let equations = if variable { 2.0 } else { 0.0 };
        let zeros = [0.0; 4];
        assert_eq!(start[..6], [&[equations, 1.0][..], &zeros].concat());
        finish(&mut session, |s| s.solve_until(4.0))?;
        // At 1 the first self event sends another one for 1, and that and the one at 3 fire.
        let counts = session.spike_statistics()?;
        let expected = [equations, 1.0, 5.0, 2.0, 2.0, 3.0, 4.0, 0.0, 6.0, 0.0, 5.0];
        assert_eq!(counts, expected, "variable: {variable}");
        finish(&mut session, |s| s.initialize(Some(-65.0)))?;
        assert_eq!(session.spike_statistics()?, start);
    }
    Ok(())
}

#[test]
fn the_queue_tells_what_is_on_its_way() -> Result<(), SessionError> {
    let (mut session, _) = driven()?;
    finish(&mut session, |s| s.initialize(Some(-65.0)))?;
    finish(&mut session, |s| s.solve_until(1.25))?;
    session.send_call(7.125, CallbackId(3))?;
    let events = session.queued_events()?;
    let times: Vec<f64> = events.iter().map(|e| e.time_ms).collect();
    assert_eq!(times, [1.5, 3.0, 7.11875]);
    assert!(matches!(events[0].kind, QueuedKind::NetCon(_)));
    assert!(matches!(
        events[1].kind,
        QueuedKind::ToSelf { flag: 1.0, .. }
    ));
    assert_eq!(
        events[0].text,
        "NetCon[0] src=NetStim[0] target=ExpSyn[0] 1.5"
    );
    Ok(())
}

#[test]
fn events_are_stored_while_that_is_asked_for() -> Result<(), SessionError> {
    let (mut session, _) = driven()?;
    let pairs = Series::default();
    finish(&mut session, |s| s.initialize(Some(-65.0)))?;
    session.store_events(Some(pairs.clone()));
    finish(&mut session, |s| s.solve_until(2.0))?;
    session.store_events(None);
    finish(&mut session, |s| s.solve_until(4.0))?;
    assert_eq!(pairs.values(), [1.0, 1.0, 1.0, 1.5, 1.0, 3.0]);
    Ok(())
}

#[test]
fn an_advance_ends_where_it_is_told_to() -> Result<(), SessionError> {
    let (mut session, _) = driven()?;
    session.set_variable_step(true)?;
    let mut times = Vec::new();
    for pace in [
        Pace::Interval(0.75),
        Pace::Times(Series::new(vec![0.0, 0.1, 2.0, 2.5])),
    ] {
        session.set_pace(pace)?;
        finish(&mut session, |s| s.initialize(Some(-60.0)))?;
        for _ in 0..3 {
            finish(&mut session, |s| s.advance())?;
            times.push(session.t_ms());
        }
    }
    assert_eq!(times, [0.75, 1.5, 2.25, 0.1, 2.0, 2.5]);
    assert!(session.set_pace(Pace::Interval(0.0)).is_err());
    Ok(())
}

#[test]
fn a_fixed_step_in_between_leaves_the_integrator_alone() -> Result<(), SessionError> {
    let (mut session, soma) = driven()?;
    session.set_variable_step(true)?;
    finish(&mut session, |s| s.initialize(Some(-60.0)))?;
    finish(&mut session, |s| s.solve_until(2.0))?;
    let states = session.simulation()?.states(StateQuantity::Value)?;
    session.set(Place::Model, "dt", 0.1)?;
    let v = session.get(middle(soma), "v")?;
    finish(&mut session, |s| s.fixed_step())?;
    assert!((session.t_ms() - 2.1).abs() < 1e-12);
    assert_ne!(session.get(middle(soma), "v")?, v);
    assert_eq!(session.simulation()?.states(StateQuantity::Value)?, states);
    finish(&mut session, |s| s.reinitialize_integrator())?;
    assert_ne!(session.simulation()?.states(StateQuantity::Value)?, states);
    Ok(())
}

#[test]
fn magnitudes_are_the_largest_of_a_run() -> Result<(), SessionError> {
    let (mut session, _) = driven()?;
    session.set_variable_step(true)?;
    session.measure_magnitudes(true)?;
    finish(&mut session, |s| s.initialize(Some(-60.0)))?;
    finish(&mut session, |s| s.solve_until(2.0))?;
    session.collect_magnitudes()?;
    let (g, error) = session.magnitude("ExpSyn.g");
    assert_eq!(g, 0.001);
    assert!((0.0..1e-6).contains(&error), "{error}");
    assert!(session.magnitude("v").0 >= 60.0);
    assert_eq!(session.magnitude("m_hh"), (-1e9, -1e9));
    assert!(session.is_state_name("m_hh") && !session.is_state_name("m_nosuch"));
    Ok(())
}

#[test]
fn taking_the_state_does_not_disturb_the_integrator() -> Result<(), SessionError> {
    let mut ends = Vec::new();
    for save in [false, true] {
        let (mut session, soma) = driven()?;
        session.set_variable_step(true)?;
        finish(&mut session, |s| s.initialize(Some(-60.0)))?;
        for _ in 0..20 {
            finish(&mut session, |s| s.advance())?;
            if save {
                session.save_state();
            }
        }
        ends.push((session.t_ms(), session.get(middle(soma), "v")?));
    }
    assert_eq!(ends[0], ends[1]);
    Ok(())
}

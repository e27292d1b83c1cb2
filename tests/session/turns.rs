//! The caller's turns within evaluations of the derivatives, with steps of variable length.

use runtime::session::{Session, SessionError};
use runtime::{CallbackId, Hook, Place, Progress, StateQuantity};

const SCATTERED: CallbackId = CallbackId(1);
const GATHERING: CallbackId = CallbackId(2);

/// A session with one section, with a leak, that is integrated.
fn leaky() -> Result<(Session, Place), SessionError> {
    let mut session = Session::new()?;
    let soma = session.add_section("soma")?;
    let pas = session.mechanism("pas")?;
    session.model().insert(soma, pas)?;
    session.set_variable_step(true)?;
    session.cvode.atol = 1e-8;
    let middle = Place::Segment {
        section: soma,
        x: 0.5,
    };
    Ok((session, middle))
}

/// Goes on until the end; `turn` is called in each turn, with what is called.
fn finish(
    session: &mut Session,
    mut part: impl FnMut(&mut Session) -> Result<Progress, SessionError>,
    mut turn: impl FnMut(&mut Session, CallbackId) -> Result<(), SessionError>,
) -> Result<(), SessionError> {
    loop {
        match part(session)? {
            Progress::Done => return Ok(()),
            Progress::Paused => {}
            Progress::Call(callback) => {
                let suspended = session.suspend();
                turn(session, callback)?;
                session.resume(suspended)?;
            }
        }
    }
}

#[test]
fn every_evaluation_has_one_turn_and_each_beginning_one() -> Result<(), SessionError> {
    let (mut session, middle) = leaky()?;
    session.set_hook(Hook::Scattered, Some(SCATTERED));
    session.set_hook(Hook::Gathering, Some(GATHERING));
    let mut turns = Vec::new();
    let mut note = |session: &mut Session, callback| {
        turns.push((callback, session.t_ms(), session.get(middle, "v")?));
        Ok(())
    };
    finish(&mut session, |s| s.initialize(Some(-60.0)), &mut note)?;
    finish(&mut session, |s| s.solve_until(5.0), &mut note)?;
    let evaluations = session.simulation()?.statistics()?.evaluations;
    assert_eq!(turns[0], (GATHERING, 0.0, -60.0));
    assert_eq!(turns[1], (SCATTERED, 0.0, -60.0));
    assert!(turns[2..].iter().all(|turn| turn.0 == SCATTERED));
    assert_eq!(turns.len() as u64, evaluations + 1);
    // t is that of the beginning, the states are those of the evaluation.
    assert!(turns.iter().all(|turn| turn.1 == 0.0));
    let v = session.get(middle, "v")?;
    let exact = -70.0 + 10.0 * (-5.0_f64).exp();
    assert!((v - exact).abs() < 1e-5, "{v} is not {exact}");
    assert_eq!(session.t_ms(), 5.0);
    Ok(())
}

#[test]
fn what_is_set_in_a_turn_is_what_the_derivatives_are_of() -> Result<(), SessionError> {
    let (mut session, middle) = leaky()?;
    session.set_hook(Hook::Scattered, Some(SCATTERED));
    // The reversal potential follows v at a distance: dv/dt is constant.
    let follow = |session: &mut Session, _| {
        let v = session.get(middle, "v")?;
        session.set(middle, "e_pas", v + 3.0)
    };
    finish(&mut session, |s| s.initialize(Some(-60.0)), follow)?;
    finish(&mut session, |s| s.solve_until(2.0), follow)?;
    let v = session.get(middle, "v")?;
    assert!((v - -54.0).abs() < 1e-6, "{v}");
    Ok(())
}

#[test]
fn states_can_be_asked_for_and_the_simulation_cannot_be_run_in_a_turn() -> Result<(), SessionError>
{
    let (mut session, _) = leaky()?;
    session.set_hook(Hook::Scattered, Some(SCATTERED));
    let mut turns = 0;
    let mut ask = |session: &mut Session, _| {
        turns += 1;
        assert_eq!(session.simulation()?.states(StateQuantity::Value)?.len(), 1);
        assert_eq!(session.simulation()?.state_names()?[0].base, "v");
        assert!(session.advance().is_err());
        assert!(session.reinitialize_integrator().is_err());
        assert!(session.fixed_step().is_err());
        Ok(())
    };
    finish(&mut session, |s| s.initialize(Some(-60.0)), &mut ask)?;
    finish(&mut session, |s| s.advance(), &mut ask)?;
    assert!(turns > 2);
    assert!(session.t_ms() > 0.0);
    Ok(())
}

#[test]
fn a_turn_that_is_abandoned_gives_up_the_step_alone() -> Result<(), SessionError> {
    let (mut session, middle) = leaky()?;
    finish(&mut session, |s| s.initialize(Some(-60.0)), |_, _| Ok(()))?;
    session.set_hook(Hook::Scattered, Some(SCATTERED));
    assert_eq!(session.advance()?, Progress::Call(SCATTERED));
    session.abandon();
    // As when the caller fails in its turn.
    assert_eq!(session.advance()?, Progress::Call(SCATTERED));
    drop(session.suspend());
    session.abandon();
    finish(&mut session, |s| s.solve_until(0.5), |_, _| Ok(()))?;
    session.set_hook(Hook::Scattered, None);
    finish(&mut session, |s| s.solve_until(1.0), |_, _| Ok(()))?;
    let exact = -70.0 + 10.0 * (-1.0_f64).exp();
    assert!((session.get(middle, "v")? - exact).abs() < 1e-5);
    Ok(())
}

#[test]
fn a_turn_that_changes_the_structure_has_the_step_begin_anew() -> Result<(), SessionError> {
    let (mut session, middle) = leaky()?;
    session.set_hook(Hook::Scattered, Some(SCATTERED));
    let mut left = 3;
    let mut change = |session: &mut Session, _| {
        if left > 0 {
            left -= 1;
            session.add_section(&format!("another{left}"))?;
        }
        Ok(())
    };
    finish(&mut session, |s| s.initialize(Some(-60.0)), |_, _| Ok(()))?;
    finish(&mut session, |s| s.solve_until(1.0), &mut change)?;
    assert_eq!(left, 0);
    let exact = -70.0 + 10.0 * (-1.0_f64).exp();
    assert!((session.get(middle, "v")? - exact).abs() < 1e-5);
    Ok(())
}

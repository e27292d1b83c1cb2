//! What a caller may do in its turn: also change the structure, which NEURON does not allow.

use runtime::session::{Session, SessionError};
use runtime::{CallbackId, Hook, Place, Progress, SectionId};

/// A session with one section, with hh and a current clamp.
fn excited() -> Result<(Session, SectionId), SessionError> {
    let mut session = Session::new()?;
    let soma = session.add_section("soma")?;
    session.model().set_length(soma, 18.0)?;
    session.model().set_diameter(soma, 18.0)?;
    let hh = session.mechanism("hh")?;
    session.model().insert(soma, hh)?;
    let clamp = session.mechanism("IClamp")?;
    let clamp = session.model().add_point_process(clamp, soma, 0.5)?;
    for (name, value) in [("del", 0.5), ("dur", 20.0), ("amp", 0.4)] {
        session.set(Place::Point(clamp), name, value)?;
    }
    Ok((session, soma))
}

/// Potentials at the ends of 160 steps, with calls at 1 ms, in every step and in the
/// initialization, in which `turn` is done.
fn run(
    mut turn: impl FnMut(&mut Session) -> Result<(), SessionError>,
) -> Result<Vec<f64>, SessionError> {
    let (mut session, soma) = excited()?;
    session.set_hook(Hook::Potentials, Some(CallbackId(1)));
    session.set_hook(Hook::Scattered, Some(CallbackId(2)));
    let mut finish = |session: &mut Session, progress| -> Result<bool, SessionError> {
        if let Progress::Call(_) = progress {
            let suspended = session.suspend();
            turn(session)?;
            session.resume(suspended)?;
        }
        Ok(progress == Progress::Done)
    };
    loop {
        let progress = session.initialize(Some(-65.0))?;
        if finish(&mut session, progress)? {
            break;
        }
    }
    session.send_call(1.0, CallbackId(3))?;
    let place = Place::Segment {
        section: soma,
        x: 0.5,
    };
    let mut potentials = Vec::new();
    for step in 1..=160 {
        loop {
            let progress = session.advance()?;
            if finish(&mut session, progress)? {
                break;
            }
        }
        assert!((session.t_ms() - 0.025 * f64::from(step)).abs() < 1e-9);
        potentials.push(session.get(place, "v")?);
    }
    Ok(potentials)
}

#[test]
fn a_new_layout_in_every_callback_changes_no_bit() {
    let undisturbed = run(|_| Ok(())).unwrap();
    let mut made = 0;
    let disturbed = run(|session| {
        made += 1;
        session.add_section(&format!("another {made}"))?;
        Ok(())
    });
    assert_eq!(made, 162);
    assert_eq!(disturbed.unwrap(), undisturbed);
    assert!(undisturbed.iter().any(|&v| v > 0.0));
}

#[test]
fn a_section_that_is_connected_in_a_callback_takes_part_from_the_next_step() {
    let undisturbed = run(|_| Ok(())).unwrap();
    let mut turns = 0;
    let grown = run(|session| {
        turns += 1;
        if turns == 42 {
            let child = session.add_section("child")?;
            let soma = session.structure().find_section("soma").unwrap();
            session
                .model()
                .connect(child, runtime::End::Zero, soma, 1.0)?;
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(grown[..40], undisturbed[..40]);
    assert_ne!(grown[42], undisturbed[42]);
    assert!(grown.iter().all(|v| v.is_finite()));
}

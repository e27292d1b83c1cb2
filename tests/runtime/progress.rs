//! Calls to the caller: when they come, what it sees, and that a run goes on after them.
//!
//! Times are those of NEURON 9.0.2 for the same model and the same events.

use runtime::{
    CallbackId, Hook, NetCon, Place, Progress, RunError, Simulation, Source, VariableHandle,
};

use super::cells::{self, Cell, at, clamp, find};

const SPIKE: CallbackId = CallbackId(100);

/// One hh compartment with a current of 0.5 nA from 0.05 ms on; watched for -64.9 mV.
fn compartment() -> (Simulation, VariableHandle) {
    let mut model = cells::model();
    let soma = model.add_section("soma").unwrap();
    model.set_length(soma, 10.0).unwrap();
    model.set_diameter(soma, 10.0).unwrap();
    let hh = find(&model, "hh");
    model.insert(soma, hh).unwrap();
    clamp(&mut model, soma, 0.5, [0.05, 1.0, 0.5]);
    let source = Source::Variable {
        place: at(soma, 0.5),
        name: "v".to_owned(),
    };
    let netcon = NetCon {
        threshold: Some(-64.9),
        ..NetCon::new(source, None)
    };
    let netcon = model.add_netcon(netcon).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.call_on_spike(netcon, Some(SPIKE)).unwrap();
    let v = simulation.variable(at(soma, 0.5), "v").unwrap();
    (simulation, v)
}

/// The calls of one method with t and v at each, until it is done.
fn calls(
    simulation: &mut Simulation,
    v: VariableHandle,
    mut run: impl FnMut(&mut Simulation) -> Result<Progress, RunError>,
) -> Vec<(u64, f64, f64)> {
    let mut log = Vec::new();
    loop {
        match run(simulation).unwrap() {
            Progress::Call(CallbackId(id)) => {
                log.push((id, simulation.t_ms(), simulation.read(v)));
            }
            Progress::Done => return log,
            Progress::Paused => log.push((0, simulation.t_ms(), simulation.read(v))),
        }
    }
}

#[test]
fn calls_come_when_neuron_makes_them() {
    let (mut simulation, v) = compartment();
    for (hook, id) in [
        (Hook::Potentials, 10),
        (Hook::States, 11),
        (Hook::End, 12),
        (Hook::Structure, 13),
        (Hook::Scattered, 14),
    ] {
        simulation.set_hook(hook, Some(CallbackId(id)));
    }
    let log = calls(&mut simulation, v, |s| {
        let progress = s.initialize(Some(-60.0))?;
        if progress == Progress::Call(CallbackId(11)) {
            for (id, time) in [(1, 0.0), (2, 0.03), (3, 0.04), (4, 0.0874)] {
                s.send_call(time, CallbackId(id))?;
            }
            for (id, time) in [(5, 0.03), (6, 0.0), (7, 0.0499)] {
                s.send_call_at_once(time, CallbackId(id), None, false)?;
            }
        }
        Ok(progress)
    });
    let ids: Vec<u64> = log.iter().map(|c| c.0).collect();
    assert_eq!(ids, [13, 10, 11, 6, 1, 12]);
    assert_eq!((log[0].2, log[1].2), (-65.0, -60.0));

    // Steps of the same model from -65 mV.
    let again = calls(&mut simulation, v, |s| {
        let progress = s.initialize(Some(-65.0))?;
        if progress == Progress::Call(CallbackId(11)) {
            for (id, time) in [(2, 0.03), (3, 0.04), (8, 0.05), (4, 0.0874)] {
                s.send_call(time, CallbackId(id))?;
            }
            for (id, time) in [(5, 0.03), (7, 0.0499), (9, 0.05)] {
                s.send_call_at_once(time, CallbackId(id), None, false)?;
            }
        }
        Ok(progress)
    });
    assert_eq!(again.len(), 4);
    let v1 = -64.999255;
    let v2 = -64.998521;
    let v3 = -61.08517;
    let v4 = -57.233451;
    let expected: [&[(u64, f64, f64)]; 4] = [
        &[(14, 0.0, v1)],
        // The potential of the step's beginning, then that of its end.
        &[
            (5, 0.03, v1),
            (14, 0.025, v2),
            (9, 0.04375, v2),
            (7, 0.0499, v2),
            (2, 0.05, v2),
            (3, 0.05, v2),
            (8, 0.05, v2),
        ],
        &[(14, 0.05, v3)],
        &[(100, 0.075 + 1e-10, v3), (14, 0.075, v4), (4, 0.1, v4)],
    ];
    for expected in expected {
        let step = calls(&mut simulation, v, Simulation::advance);
        assert_eq!(step.len(), expected.len(), "{step:?}");
        for (ours, theirs) in step.iter().zip(expected) {
            assert_eq!(ours.0, theirs.0);
            assert!((ours.1 - theirs.1).abs() < 1e-14, "{ours:?} {theirs:?}");
            assert!((ours.2 - theirs.2).abs() < 2e-5, "{ours:?} {theirs:?}");
        }
    }
}

/// A run that is cut into slices and by calls is the same run.
#[test]
fn a_run_goes_on_where_it_stopped() {
    let whole = {
        let (mut simulation, v) = compartment();
        calls(&mut simulation, v, |s| s.initialize(Some(-65.0)));
        let log = calls(&mut simulation, v, |s| s.run_until(20.0));
        assert_eq!(log.len(), 2);
        (simulation.t_ms(), simulation.read(v))
    };
    let (mut simulation, v) = compartment();
    simulation.set_hook(Hook::Scattered, Some(CallbackId(14)));
    simulation.initialize(Some(-65.0)).unwrap();
    simulation
        .send_call_at_once(3.0, CallbackId(3), None, false)
        .unwrap();
    let log = calls(&mut simulation, v, |s| s.run_slice(20.0, 7));
    assert_eq!(log.iter().filter(|c| c.0 == 14).count(), 800);
    assert_eq!((simulation.t_ms(), simulation.read(v)), whole);
}

/// What the caller does in its turn counts: it stops a NetCon before the source sends to it, and
/// sends events itself.
#[test]
fn the_caller_acts_in_its_turn() {
    let mut model = cells::model();
    let stim = model.add_artificial_cell(find(&model, "NetStim")).unwrap();
    let set = |model: &mut runtime::Model, name, value| {
        model.set(Place::Point(stim), name, value).unwrap();
    };
    set(&mut model, "start", 1.0);
    set(&mut model, "number", 3.0);
    set(&mut model, "interval", 1.0);
    let log = model.add_artificial_cell(find(&model, "Log")).unwrap();
    let weights = vec![4.0];
    let netcon = model
        .add_netcon(NetCon {
            weights,
            ..NetCon::new(Source::Point(stim), Some(log))
        })
        .unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.call_on_spike(netcon, Some(SPIKE)).unwrap();
    simulation.initialize(None).unwrap();
    let mut times = Vec::new();
    while let Progress::Call(id) = simulation.run_until(10.0).unwrap() {
        assert_eq!(id, SPIKE);
        times.push(simulation.t_ms());
        let second = times.len() == 2;
        if second {
            // What is on its way arrives; inactive NetCons send nothing.
            assert_eq!(simulation.send_event(netcon, 2.5, 0.0), Ok(true));
        }
        simulation.set_netcon_active(netcon, !second).unwrap();
        simulation.set_netcon_weight(netcon, 0, 5.0).unwrap();
        if second {
            assert_eq!(simulation.send_event(netcon, 2.7, 0.0), Ok(false));
        }
    }
    assert_eq!(times, [1.0, 2.0, 3.0]);
    // At 2.0 and 4.0 from the stimulus, at 2.5 from the caller.
    assert_eq!(simulation.get(Place::Point(log), "digits"), Ok(555.0));
}

/// A callback may itself initialize and make steps.
#[test]
fn runs_nest() {
    let mut model = cells::model();
    let cell = Cell::excitable(&mut model, "");
    let mut simulation = Simulation::new(model).unwrap();
    let v = simulation.variable(at(cell.soma, 0.5), "v").unwrap();
    simulation.set_hook(Hook::States, Some(CallbackId(1)));
    assert_eq!(
        simulation.initialize(Some(-65.0)),
        Ok(Progress::Call(CallbackId(1)))
    );
    assert!(simulation.is_waiting());
    let aside = simulation.suspend();
    simulation.set_hook(Hook::States, None);
    assert_eq!(simulation.initialize(Some(-50.0)), Ok(Progress::Done));
    assert_eq!(simulation.advance(), Ok(Progress::Done));
    simulation.resume(aside);
    // The inner initialization ended the outer one, and its step was the first.
    assert!(!simulation.is_waiting());
    assert_eq!(simulation.t_ms(), 0.025);

    simulation.send_call(0.05, CallbackId(2)).unwrap();
    assert_eq!(simulation.advance(), Ok(Progress::Call(CallbackId(2))));
    let aside = simulation.suspend();
    assert_eq!(simulation.run_until(1.0), Ok(Progress::Done));
    let inner = simulation.read(v);
    simulation.resume(aside);
    assert_eq!(simulation.advance(), Ok(Progress::Done));
    assert!((simulation.t_ms() - 1.0).abs() < 1e-9);
    assert_eq!(simulation.read(v), inner);

    simulation.send_call(1.01, CallbackId(3)).unwrap();
    assert_eq!(simulation.advance(), Ok(Progress::Call(CallbackId(3))));
    simulation.abandon();
    assert!(!simulation.is_waiting());
    assert_eq!(simulation.advance(), Ok(Progress::Done));
}

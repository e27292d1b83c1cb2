//! Events: order, self events, thresholds, and what mechanisms print.

use std::sync::{Arc, Mutex};

use runtime::{Model, NetCon, NetConId, Place, PointProcessId, RunError, Simulation, Source};

use super::cells::{self, at, find};

/// Log cells (see `mechanisms::log`), each with NetCons of the given weights that nobody drives.
fn log_with(weights: &[f64]) -> (Model, PointProcessId, Vec<NetConId>) {
    let mut model = cells::model();
    let log = model.add_artificial_cell(find(&model, "Log")).unwrap();
    let netcon = |&weight| NetCon {
        weights: vec![weight],
        ..NetCon::new(Source::None, Some(log))
    };
    let netcons = weights
        .iter()
        .map(|w| model.add_netcon(netcon(w)).unwrap())
        .collect();
    (model, log, netcons)
}

/// The digits that a log has seen after the events were sent at their times.
fn digits(weights: &[f64], times: &[(usize, f64)]) -> Result<(f64, f64), RunError> {
    let (model, log, netcons) = log_with(weights);
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(None)?;
    for &(netcon, time) in times {
        simulation.send_event(netcons[netcon], time, 0.0)?;
    }
    simulation.run_until(20.0)?;
    let read = |name| simulation.get(Place::Point(log), name).unwrap();
    Ok((read("digits"), read("last")))
}

#[test]
fn equal_times_come_in_the_order_of_sending() {
    let order = [(2, 3.0), (0, 1.0), (1, 3.0), (0, 3.0), (2, 2.0), (1, 1.0)];
    assert_eq!(digits(&[4.0, 5.0, 6.0], &order), Ok((456_654.0, 3.0)));
}

#[test]
fn self_events_come_and_can_be_moved() {
    // 9 asks for flag 1 five ms later.
    assert_eq!(digits(&[9.0], &[(0, 2.0)]), Ok((91.0, 7.0)));
    // 8 moves it to one ms later.
    assert_eq!(digits(&[9.0, 8.0], &[(0, 2.0), (1, 3.0)]), Ok((981.0, 4.0)));
}

#[test]
fn impossible_requests_are_errors() {
    let negative = digits(&[7.0], &[(0, 2.0)]);
    assert!(matches!(
        negative,
        Err(RunError::EventTime {
            service: "net_send",
            ..
        })
    ));
    let nothing = digits(&[8.0], &[(0, 2.0)]);
    assert!(matches!(nothing, Err(RunError::NothingToMove { .. })));
    // The self event was delivered at 7 ms.
    let late = digits(&[9.0, 8.0], &[(0, 2.0), (1, 8.0)]);
    assert!(matches!(late, Err(RunError::NothingToMove { .. })));
    let past = digits(&[4.0], &[(0, -1.0)]);
    assert!(matches!(
        past,
        Err(RunError::EventTime {
            service: "NetCon",
            ..
        })
    ));
}

#[test]
fn printf_goes_where_it_is_sent() {
    let (model, _, netcons) = log_with(&[4.0]);
    let mut simulation = Simulation::new(model).unwrap();
    let text = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&text);
    simulation.on_print(move |message| sink.lock().unwrap().push_str(message));
    simulation.initialize(None).unwrap();
    simulation.send_event(netcons[0], 0.31, 0.0).unwrap();
    simulation.run_until(1.0).unwrap();
    assert_eq!(*text.lock().unwrap(), "0.31: 4\n");
}

/// A threshold fires once for each crossing from below, counted from initialization.
#[test]
fn thresholds_are_crossed_upwards() {
    let mut model = cells::model();
    let soma = model.add_section("soma").unwrap();
    let log = model.add_artificial_cell(find(&model, "Log")).unwrap();
    let source = || Source::Variable {
        place: at(soma, 0.5),
        name: "v".to_owned(),
    };
    let weights = vec![4.0];
    let first = NetCon {
        weights,
        threshold: Some(0.0),
        ..NetCon::new(source(), Some(log))
    };
    let first = model.add_netcon(first).unwrap();
    // Of the same source: it sets the threshold of both.
    let second = NetCon {
        threshold: Some(-20.0),
        ..NetCon::new(source(), None)
    };
    model.add_netcon(second).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.record_spikes(first).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    for v in [-30.0, -19.0, -10.0, -20.0, -19.0] {
        simulation.set(at(soma, 0.5), "v", v).unwrap();
        // All nodes, else the ends pull it back.
        simulation.set(at(soma, 0.0), "v", v).unwrap();
        simulation.set(at(soma, 1.0), "v", v).unwrap();
        simulation.advance().unwrap();
    }
    let expected = [0.025 + 1e-10, 0.1 + 1e-10];
    super::assert_close("times", &simulation.spikes(first), &expected, 1e-12);
    simulation.run_until(3.0).unwrap();
    assert_eq!(simulation.get(Place::Point(log), "digits"), Ok(44.0));

    simulation.set_netcon_active(first, false).unwrap();
    simulation.initialize(Some(0.0)).unwrap();
    simulation.run_until(3.0).unwrap();
    assert_eq!(simulation.spikes(first), [1e-10]);
    assert_eq!(simulation.get(Place::Point(log), "digits"), Ok(0.0));
}

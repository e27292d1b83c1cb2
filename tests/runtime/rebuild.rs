//! Changes of structure: ids and values that stay, and runs that go on as if nothing had been.

use runtime::{
    CallbackId, Model, ModelError, NetCon, NetConId, Place, PointProcessId, Progress, Sampling,
    Series, Simulation, Source, StateFileError,
};

use super::cells::{self, Cell, at, clamp, find};

/// A cell with a clamp, and a stimulus that drives a synapse.
struct Driven {
    cell: Cell,
    stim: PointProcessId,
    synapse: PointProcessId,
    netcon: NetConId,
    watch: NetConId,
}

fn driven(model: &mut Model, prefix: &str) -> Driven {
    let cell = Cell::excitable(model, prefix);
    clamp(model, cell.soma, 0.5, [1.0, 20.0, 3.0]);
    let stim = model.add_artificial_cell(find(model, "NetStim")).unwrap();
    for (name, value) in [
        ("start", 0.5),
        ("number", 20.0),
        ("interval", 1.3),
        ("noise", 0.7),
    ] {
        model.set(Place::Point(stim), name, value).unwrap();
    }
    let expsyn = find(model, "ExpSyn");
    let synapse = model.add_point_process(expsyn, cell.dend, 0.3).unwrap();
    let netcon = NetCon {
        weights: vec![0.002],
        delay_ms: 2.5,
        ..NetCon::new(Source::Point(stim), Some(synapse))
    };
    let netcon = model.add_netcon(netcon).unwrap();
    let source = Source::Variable {
        place: at(cell.soma, 0.5),
        name: "v".to_owned(),
    };
    let watch = model.add_netcon(NetCon::new(source, None)).unwrap();
    Driven {
        cell,
        stim,
        synapse,
        netcon,
        watch,
    }
}

/// All that a run shows, in bits.
#[derive(Debug, PartialEq)]
struct Trace {
    series: Vec<Vec<u64>>,
    spikes: Vec<u64>,
}

fn trace(interrupt: usize) -> Trace {
    let mut model = cells::model();
    let Driven {
        cell,
        synapse,
        watch,
        ..
    } = driven(&mut model, "");
    let mut series = Vec::new();
    for (place, name) in [
        (at(cell.soma, 0.5), "v"),
        (at(cell.soma, 0.5), "ina"),
        (at(cell.apic, 0.9), "i_cap"),
        (at(cell.apic, 0.9), "m_hh"),
        (Place::Point(synapse), "g"),
    ] {
        for sampling in [
            Sampling::EveryStep,
            Sampling::Interval(0.35),
            Sampling::Times(Series::new(vec![0.0, 1.0, 7.77, 12.0])),
        ] {
            let points = Series::default();
            model
                .record_into(place, name, sampling, points.clone())
                .unwrap();
            series.push(points);
        }
    }
    let mut simulation = Simulation::new(model).unwrap();
    simulation.record_spikes(watch).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    simulation.send_call(9.0, CallbackId(7)).unwrap();
    let mut calls = 0;
    loop {
        match simulation.run_slice(20.0, interrupt).unwrap() {
            Progress::Done => break,
            Progress::Call(id) => {
                assert_eq!(id, CallbackId(7));
                assert_eq!(simulation.get(Place::Model, "t"), Ok(simulation.t_ms()));
                calls += 1;
            }
            Progress::Paused => {}
        }
        if interrupt < usize::MAX {
            let before = simulation.get(at(cell.apic, 0.9), "i_cap");
            let model = simulation.into_model();
            assert_eq!(model.get(at(cell.apic, 0.9), "i_cap"), before);
            simulation = Simulation::new(model).unwrap();
            assert_eq!(simulation.get(at(cell.apic, 0.9), "i_cap"), before);
        }
    }
    assert_eq!(calls, 1);
    let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect();
    Trace {
        series: series.iter().map(|s| bits(s.values())).collect(),
        spikes: bits(simulation.spikes(watch)),
    }
}

/// Laying a model out anew changes nothing: values, events under way, recordings, random numbers,
/// and what waits for the caller.
#[test]
fn a_run_survives_new_layouts() {
    let whole = trace(usize::MAX);
    assert!(!whole.spikes.is_empty());
    let lengths: Vec<usize> = whole.series.iter().map(Vec::len).collect();
    assert_eq!(lengths[..3], [801, 58, 4]);
    for interrupt in [1, 37] {
        assert_eq!(trace(interrupt), whole);
    }
}

#[test]
fn a_model_that_cannot_be_laid_out_stays() {
    let mut model = cells::model();
    let soma = model.add_section("soma").unwrap();
    model.set_length(soma, 33.0).unwrap();
    let simulation = Simulation::take(&mut model).unwrap();
    assert_eq!(model.section_count(), 0);
    let model = simulation.into_model();
    assert_eq!(model.section(soma).unwrap().length_um(), 33.0);
}

#[test]
fn a_removed_section_takes_its_own_along_and_no_more() {
    let mut model = cells::model();
    let first = driven(&mut model, "a_");
    let second = driven(&mut model, "b_");
    model.remove_section(first.cell.apic).unwrap();
    assert!(matches!(
        model.section(first.cell.apic),
        Err(ModelError::UnknownId { .. })
    ));
    assert_eq!(model.find_section("a_apic"), None);
    assert!(model.remove_section(first.cell.apic).is_err());
    // The child is a root now.
    assert_eq!(model.section(first.cell.twig).unwrap().connection(), None);
    model.remove_section(first.cell.soma).unwrap();
    model.remove_section(first.cell.dend).unwrap();
    assert_eq!(model.point_location(first.synapse), Ok(None));
    assert_eq!(model.netcon(first.watch).unwrap().source, Source::None);
    assert!(model.add_section("a_soma").is_ok());

    // What is left gives the numbers that it gives alone.
    let alone = {
        let mut model = cells::model();
        // The same numbers of streams come before.
        driven(&mut model, "a_");
        let cell = driven(&mut model, "b_").cell;
        (model, cell)
    };
    let run = |model: Model, cell: &Cell| {
        let mut simulation = Simulation::new(model).unwrap();
        simulation.initialize(Some(-65.0)).unwrap();
        simulation.run_until(10.0).unwrap();
        cell.sections()
            .map(|s| simulation.get(at(s, 0.5), "v").unwrap().to_bits())
    };
    assert_eq!(run(alone.0, &alone.1), run(model, &second.cell));
}

#[test]
fn removed_points_and_netcons_get_no_events() {
    let mut model = cells::model();
    let log = find(&model, "Log");
    let logs = [(); 2].map(|()| model.add_artificial_cell(log).unwrap());
    let netcon = |model: &mut Model, target, weight| {
        let weights = vec![weight];
        model
            .add_netcon(NetCon {
                weights,
                ..NetCon::new(Source::None, Some(target))
            })
            .unwrap()
    };
    let kept = netcon(&mut model, logs[0], 4.0);
    let removed = netcon(&mut model, logs[0], 5.0);
    let orphan = netcon(&mut model, logs[1], 6.0);
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(None).unwrap();
    for (netcon, time) in [(kept, 1.0), (removed, 2.0), (orphan, 3.0), (kept, 4.0)] {
        simulation.send_event(netcon, time, 0.0).unwrap();
    }
    simulation.remove_netcon(removed).unwrap();
    // Another NetCon takes neither the id nor the events.
    let weights = vec![7.0];
    let again = simulation
        .add_netcon(NetCon {
            weights,
            ..NetCon::new(Source::None, Some(logs[0]))
        })
        .unwrap();
    assert!(again > orphan);
    let mut model = simulation.into_model();
    model.remove_point(logs[1]).unwrap();
    assert_eq!(model.netcon(orphan).unwrap().target, None);
    assert_eq!(model.netcons().collect::<Vec<_>>(), [kept, orphan, again]);
    let mut simulation = Simulation::new(model).unwrap();
    simulation.run_until(10.0).unwrap();
    assert_eq!(simulation.get(Place::Point(logs[0]), "digits"), Ok(44.0));
    assert!(simulation.get(Place::Point(logs[1]), "digits").is_err());
    assert!(!simulation.send_event(orphan, 20.0, 0.0).unwrap());
}

#[test]
fn sources_are_shared_and_end_with_their_netcons() {
    let mut model = cells::model();
    let d = driven(&mut model, "");
    let source = |x| Source::Variable {
        place: at(d.cell.soma, x),
        name: "v".to_owned(),
    };
    // The same segment.
    let same = model.add_netcon(NetCon::new(source(0.3), None)).unwrap();
    let end = model.add_netcon(NetCon::new(source(1.0), None)).unwrap();
    model.set_netcon_threshold(same, -20.0).unwrap();
    let threshold = |model: &Model, id| model.netcon(id).unwrap().threshold;
    assert_eq!(threshold(&model, d.watch), Some(-20.0));
    assert_eq!(threshold(&model, end), Some(10.0));
    assert_eq!(model.netcons_of_source(same), Ok(vec![d.watch, same]));
    assert_eq!(model.netcons_from(d.stim), [d.netcon]);
    assert_eq!(model.netcons_to(d.synapse).collect::<Vec<_>>(), [d.netcon]);

    model
        .set_netcon_source(same, Source::Point(d.stim))
        .unwrap();
    model.remove_netcon(d.watch).unwrap();
    assert_eq!(model.netcons_from(d.stim), [d.netcon, same]);
    let new = model.add_netcon(NetCon::new(source(0.5), None)).unwrap();
    assert_eq!(threshold(&model, new), Some(10.0));

    // Times and numbers of two sources in common buffers.
    let (times, ids) = (Series::default(), Series::default());
    for (netcon, id) in [(new, 1.0), (same, 2.0)] {
        let ids = Some((ids.clone(), id));
        model
            .record_spikes_into(netcon, times.clone(), ids)
            .unwrap();
    }
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    simulation.run_until(20.0).unwrap();
    let (times, ids) = (times.values(), ids.values());
    assert_eq!(times.len(), ids.len());
    assert!(times.is_sorted());
    assert!(ids.contains(&1.0) && ids.contains(&2.0));
    assert_eq!(ids[0], 2.0);
}

/// The time for removing many things does not grow with the square of their number.
#[test]
fn many_things_can_be_removed() {
    let mut model = cells::model();
    let log = model.add_artificial_cell(find(&model, "Log")).unwrap();
    let stim = model.add_artificial_cell(find(&model, "NetStim")).unwrap();
    let netcon = NetCon::new(Source::Point(stim), Some(log));
    let count = 100_000;
    let netcons: Vec<_> = (0..count)
        .map(|_| model.add_netcon(netcon.clone()).unwrap())
        .collect();
    let trunk = model.add_section("trunk").unwrap();
    let expsyn = find(&model, "ExpSyn");
    let points: Vec<_> = (0..count)
        .map(|_| model.add_point_process(expsyn, trunk, 0.5).unwrap())
        .collect();
    for id in netcons {
        model.remove_netcon(id).unwrap();
    }
    for id in points {
        model.remove_point(id).unwrap();
    }
    assert_eq!(model.netcons().count(), 0);
    assert_eq!(model.points_in(trunk).count(), 0);
}

/// A run that is brought back goes on with the same bits, whatever happened meanwhile.
#[test]
fn a_saved_state_is_brought_back_exactly() {
    let mut model = cells::model();
    let d = driven(&mut model, "");
    let netstim = find(&model, "NetStim");
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    simulation.run_until(6.0).unwrap();
    let model = simulation.into_model();
    let state = model.save_state();
    let gnabar = (at(d.cell.apic, 0.5), "gnabar_hh");
    let finish = |model: Model| {
        let mut simulation = Simulation::new(model).unwrap();
        simulation.run_until(20.0).unwrap();
        let mut values = d
            .cell
            .sections()
            .map(|s| simulation.get(at(s, 0.5), "v").unwrap())
            .to_vec();
        values.push(simulation.get(Place::Point(d.synapse), "g").unwrap());
        values.push(simulation.t_ms());
        (values, simulation.into_model())
    };
    let (first, mut model) = finish(model);
    // Parameters of mechanisms without NET_RECEIVE are not part of it.
    let original = model.get(gnabar.0, gnabar.1).unwrap();
    model.set(gnabar.0, gnabar.1, 0.5).unwrap();
    model.set(Place::Point(d.synapse), "tau", 9.0).unwrap();
    model.set_netcon_weight(d.netcon, 0, 3.0).unwrap();
    model.add_artificial_cell(netstim).unwrap();
    model.restore_state(&state).unwrap();
    assert_eq!(model.get(gnabar.0, gnabar.1), Ok(0.5));
    assert_eq!(model.netcon_weights(d.netcon), [0.002]);
    assert_eq!(model.get(Place::Point(d.synapse), "tau"), Ok(0.1));
    model.set(gnabar.0, gnabar.1, original).unwrap();
    let (second, mut model) = finish(model);
    assert_eq!(first, second);

    model.set_segment_count(d.cell.dend, 7).unwrap();
    let wrong = model.restore_state(&state);
    assert!(matches!(wrong, Err(ModelError::State { .. })));
}

/// A state that went through a file goes on with the same bits, in a model of another life too.
#[test]
fn a_state_from_a_file_goes_on_exactly() {
    let finish = |model: Model, d: &Driven| {
        let mut simulation = Simulation::new(model).unwrap();
        simulation.run_until(20.0).unwrap();
        let values = d
            .cell
            .sections()
            .map(|s| simulation.get(at(s, 0.5), "v").unwrap());
        (values, simulation.t_ms(), simulation.into_model())
    };
    let mut model = cells::model();
    let d = driven(&mut model, "");
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    // The stimulus has sent itself an event, and a NetCon delivers one.
    simulation.run_until(6.0).unwrap();
    let model = simulation.into_model();
    let file = model.save_state().to_bytes().unwrap();
    let (first, first_t, mut model) = finish(model, &d);

    model
        .restore_state(&model.read_state(&file).unwrap())
        .unwrap();
    assert_eq!(model.save_state().to_bytes().unwrap(), file);
    let (second, second_t, _) = finish(model, &d);
    assert_eq!((first, first_t), (second, second_t));

    // Another model of that structure, whose ids are others because things were removed.
    let mut model = cells::model();
    let gone = driven(&mut model, "gone");
    for netcon in [gone.netcon, gone.watch] {
        model.remove_netcon(netcon).unwrap();
    }
    model.remove_point(gone.stim).unwrap();
    for id in gone.cell.sections() {
        for point in model.points_in(id).collect::<Vec<_>>() {
            model.remove_point(point).unwrap();
        }
        model.remove_section(id).unwrap();
    }
    let d = driven(&mut model, "");
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-50.0)).unwrap();
    let mut model = simulation.into_model();
    model
        .restore_state(&model.read_state(&file).unwrap())
        .unwrap();
    let (third, third_t, _) = finish(model, &d);
    assert_eq!((first, first_t), (third, third_t));
}

/// What is no state of the model is told from one, and changes nothing.
#[test]
fn a_faulty_state_file_is_an_error() {
    let mut model = cells::model();
    let d = driven(&mut model, "");
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    simulation.run_until(3.0).unwrap();
    let mut model = simulation.into_model();
    let file = model.save_state().to_bytes().unwrap();
    for len in 0..file.len() {
        assert!(model.read_state(&file[..len]).is_err(), "{len} bytes");
    }
    let read = |model: &Model, change: &dyn Fn(&mut Vec<u8>)| {
        let mut file = file.clone();
        change(&mut file);
        model.read_state(&file).unwrap_err()
    };
    let end = file.len() - 1;
    assert!(matches!(
        read(&model, &|file| file.truncate(end)),
        StateFileError::Incomplete { .. }
    ));
    assert_eq!(read(&model, &|file| file[0] = 0), StateFileError::Unknown);
    assert_eq!(
        read(&model, &|file| file[14] = 99),
        StateFileError::Version { found: 99 }
    );
    assert_eq!(
        read(&model, &|file| file[end / 2] ^= 1),
        StateFileError::Damaged
    );
    assert_eq!(read(&model, &|file| file.push(0)), StateFileError::Damaged);
    model.set_segment_count(d.cell.dend, 7).unwrap();
    assert!(matches!(
        read(&model, &|_| ()),
        StateFileError::OtherModel { saved, present }
            if saved.segments < present.segments && saved.points == present.points
    ));
}

/// An event that calls the caller cannot be stored.
#[test]
fn a_call_under_way_is_not_stored() {
    let mut model = cells::model();
    driven(&mut model, "");
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    simulation.send_call(5.0, CallbackId(1)).unwrap();
    let stored = simulation.into_model().save_state().to_bytes();
    assert_eq!(stored, Err(StateFileError::Call));
}

//! Runs of the fixed step against NEURON.

use runtime::{NetCon, Place, Simulation, Source};

use super::cells::{self, Cell, at, clamp, find, trace};
use super::{assert_close, numbers, reference};

/// A passive branched cell: all three orders of the method.
#[test]
fn passive_cable() {
    for order in [0, 1, 2] {
        let mut model = cells::model();
        let pas = find(&model, "pas");
        let cell = Cell::new(&mut model, "");
        for id in cell.sections() {
            model.insert(id, pas).unwrap();
            model.set_section(id, "g_pas", 3e-4).unwrap();
            model.set_section(id, "e_pas", -70.0).unwrap();
        }
        clamp(&mut model, cell.dend, 0.3, [1.0, 5.0, 0.3]);
        model
            .set(Place::Model, "secondorder", f64::from(order))
            .unwrap();
        let mut simulation = Simulation::new(model).unwrap();
        simulation.initialize(Some(-65.0)).unwrap();
        let variables = [
            ("soma", at(cell.soma, 0.5), "v"),
            ("dend1", at(cell.dend, 1.0), "v"),
            ("twig", at(cell.twig, 0.1), "v"),
            ("twig0", at(cell.twig, 0.0), "v"),
            ("icap", at(cell.apic, 0.6), "i_cap"),
        ];
        let ours = trace(&mut simulation, &variables.map(|v| (v.1, v.2)), 10.0, 20);
        let theirs = reference(&format!("passive{order}"));
        for ((name, ..), series) in variables.iter().zip(&ours) {
            assert_close(
                &format!("{name}, order {order}"),
                series,
                &numbers(&theirs[name]),
                1e-9,
            );
        }
    }
}

/// Spikes in a branched cell. NEURON takes di/dv from a difference, so roundoff of 10⁻¹² relative
/// is amplified a thousandfold there.
#[test]
fn hodgkin_huxley() {
    for (case, order, celsius) in [
        ("hh0", 0, 6.3),
        ("hh1", 1, 6.3),
        ("hh2", 2, 6.3),
        ("hh_warm", 0, 20.0),
    ] {
        let mut model = cells::model();
        let cell = Cell::excitable(&mut model, "");
        clamp(&mut model, cell.soma, 0.5, [1.0, 20.0, 0.9]);
        let source = Source::Variable {
            place: at(cell.soma, 0.5),
            name: "v".to_owned(),
        };
        let netcon = NetCon {
            threshold: Some(0.0),
            ..NetCon::new(source, None)
        };
        let netcon = model.add_netcon(netcon).unwrap();
        model
            .set(Place::Model, "secondorder", f64::from(order))
            .unwrap();
        model.set(Place::Model, "celsius", celsius).unwrap();
        let mut simulation = Simulation::new(model).unwrap();
        simulation.record_spikes(netcon).unwrap();
        simulation.initialize(Some(-65.0)).unwrap();
        let variables = [
            ("soma", at(cell.soma, 0.5), "v"),
            ("apic", at(cell.apic, 0.9), "v"),
            ("twig", at(cell.twig, 0.0), "v"),
            ("m", at(cell.soma, 0.5), "m_hh"),
            ("ina", at(cell.soma, 0.5), "ina"),
            ("ik", at(cell.apic, 0.4), "ik"),
            ("ena", at(cell.soma, 0.5), "ena"),
        ];
        let ours = trace(&mut simulation, &variables.map(|v| (v.1, v.2)), 25.0, 10);
        let theirs = reference(case);
        for ((name, ..), series) in variables.iter().zip(&ours) {
            assert_close(
                &format!("{name} in {case}"),
                series,
                &numbers(&theirs[name]),
                1e-7,
            );
        }
        assert_eq!(
            simulation.spikes(netcon),
            numbers(&theirs["spikes"]),
            "spikes in {case}"
        );
    }
}

/// A NetStim through a synapse, a spike to another cell, recording at intervals.
#[test]
fn network_of_two_cells() {
    let mut model = cells::model();
    let (hh, expsyn, netstim) = (
        find(&model, "hh"),
        find(&model, "ExpSyn"),
        find(&model, "NetStim"),
    );
    let mut cell = |name| {
        let soma = model.add_section(name).unwrap();
        model.set_length(soma, 20.0).unwrap();
        model.set_diameter(soma, 20.0).unwrap();
        model.insert(soma, hh).unwrap();
        let synapse = model.add_point_process(expsyn, soma, 0.5).unwrap();
        model.set(Place::Point(synapse), "tau", 2.0).unwrap();
        (soma, synapse)
    };
    let cells = [cell("a"), cell("b")];
    let stim = model.add_artificial_cell(netstim).unwrap();
    for (name, value) in [
        ("start", 2.0),
        ("interval", 9.3),
        ("number", 4.0),
        ("noise", 0.0),
    ] {
        model.set(Place::Point(stim), name, value).unwrap();
    }
    let v = |i: usize| Source::Variable {
        place: at(cells[i].0, 0.5),
        name: "v".to_owned(),
    };
    let netcons = [
        NetCon {
            delay_ms: 0.7,
            weights: vec![0.02],
            ..NetCon::new(Source::Point(stim), Some(cells[0].1))
        },
        NetCon {
            delay_ms: 1.33,
            weights: vec![0.015],
            threshold: Some(-10.0),
            ..NetCon::new(v(0), Some(cells[1].1))
        },
        NetCon::new(v(1), None),
    ]
    .map(|netcon| model.add_netcon(netcon).unwrap());
    let mut simulation = Simulation::new(model).unwrap();
    netcons
        .iter()
        .for_each(|&n| simulation.record_spikes(n).unwrap());
    let every = runtime::Sampling::Interval(0.31);
    let sampled_v = simulation
        .record(at(cells[1].0, 0.5), "v", every.clone())
        .unwrap();
    let sampled_t = simulation.record(Place::Model, "t", every).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    let variables = [
        ("v0", at(cells[0].0, 0.5), "v"),
        ("v1", at(cells[1].0, 0.5), "v"),
        ("g0", Place::Point(cells[0].1), "g"),
    ];
    let ours = trace(&mut simulation, &variables.map(|v| (v.1, v.2)), 40.0, 10);
    let theirs = reference("network");
    for ((name, ..), series) in variables.iter().zip(&ours) {
        assert_close(name, series, &numbers(&theirs[name]), 1e-7);
    }
    for (i, &netcon) in netcons.iter().enumerate() {
        assert_eq!(
            simulation.spikes(netcon),
            numbers(&theirs["events"][i]),
            "events of {i}"
        );
    }
    let sampled = numbers(&theirs["sampled_v"]);
    assert_close("sampled v", &simulation.recorded(sampled_v), &sampled, 1e-7);
    assert_eq!(
        simulation.recorded(sampled_t),
        numbers(&theirs["sampled_t"])
    );
}

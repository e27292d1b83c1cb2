//! Models as structures: names, connections, changes of nseg, the way into a simulation and back.

use runtime::{CallError, End, Model, ModelError, Place, Sampling, Simulation};

use super::cells::{self, Cell, at, clamp, find};

#[test]
fn names_at_their_places() {
    let mut model = cells::model();
    let cell = Cell::excitable(&mut model, "");
    let soma = at(cell.soma, 0.5);
    assert_eq!(model.get(soma, "gnabar_hh"), Ok(0.12));
    assert_eq!(model.get(soma, "hh.gnabar"), Ok(0.12));
    assert_eq!(model.get(soma, "ena"), Ok(50.0));
    assert_eq!(model.get(soma, "ki"), Ok(54.4));
    assert_eq!(model.get(Place::Model, "nao0_na_ion"), Ok(140.0));
    assert_eq!(model.get(Place::Model, "dt"), Ok(0.025));
    let unknown = |result| matches!(result, Err(ModelError::UnknownVariable { .. }));
    assert!(unknown(model.get(soma, "g_pas")));
    assert!(unknown(model.get(soma, "cai")));
    assert!(unknown(model.get(Place::Model, "v")));
    assert!(unknown(model.get(soma, "m_hh[0")));
    assert!(matches!(
        model.get(soma, "m_hh[1]"),
        Err(ModelError::Element { len: 1, .. })
    ));
    assert!(matches!(
        model.set(soma, "ina", 1.0),
        Err(ModelError::ReadOnly { .. })
    ));
    assert!(matches!(
        model.set(Place::Model, "dt", 0.0),
        Err(ModelError::Value { .. })
    ));
    let message = model.get(soma, "g_pas").unwrap_err().to_string();
    assert_eq!(message, "soma(0.5) has no variable `g_pas`");
}

#[test]
fn connections_that_are_no_tree_are_errors() {
    let mut model = cells::model();
    let cell = Cell::new(&mut model, "");
    let result = model.connect(cell.soma, End::Zero, cell.twig, 0.5);
    assert!(matches!(result, Err(ModelError::Loop { .. })));
    let result = model.connect(cell.dend, End::Zero, cell.soma, 1.5);
    assert!(matches!(result, Err(ModelError::Value { .. })));
    let twice = model.add_section("soma");
    assert!(matches!(twice, Err(ModelError::Duplicate { .. })));
}

#[test]
fn mechanisms_of_the_wrong_kind_are_errors() {
    let mut model = cells::model();
    let cell = Cell::new(&mut model, "");
    let wrong = |r: Result<(), ModelError>| matches!(r, Err(ModelError::WrongKind { .. }));
    assert!(matches!(
        model.insert(cell.soma, find(&model, "IClamp")),
        Err(CallError::Model(ModelError::WrongKind { .. }))
    ));
    assert!(wrong(
        model
            .add_point_process(find(&model, "hh"), cell.soma, 0.5)
            .map(drop)
    ));
    assert!(wrong(
        model.add_artificial_cell(find(&model, "hh")).map(drop)
    ));
}

/// New segments copy the old one that holds their middle; point processes stay at their node.
#[test]
fn changing_nseg_keeps_values_and_nodes() {
    let mut model = cells::model();
    let cell = Cell::new(&mut model, "");
    let stim = clamp(&mut model, cell.soma, 0.9, [0.0; 3]);
    assert_eq!(model.point_location(stim), Ok(Some((cell.soma, 0.5))));
    model.set_segment_count(cell.soma, 3).unwrap();
    assert_eq!(model.point_location(stim), Ok(Some((cell.soma, 0.5))));
    model.set(at(cell.soma, 0.9), "cm", 2.0).unwrap();
    model.set_segment_count(cell.soma, 6).unwrap();
    let cm = |model: &Model, x| model.get(at(cell.soma, x), "cm").unwrap();
    assert_eq!([0.6, 0.7, 0.9].map(|x| cm(&model, x)), [1.2, 2.0, 2.0]);
    model.set_segment_count(cell.soma, 2).unwrap();
    assert_eq!([0.2, 0.8].map(|x| cm(&model, x)), [1.2, 2.0]);
}

/// A run that is interrupted by a way back through the model goes on as if nothing happened.
#[test]
fn into_model_keeps_the_state() {
    let mut model = cells::model();
    let cell = Cell::excitable(&mut model, "");
    clamp(&mut model, cell.soma, 0.5, [1.0, 20.0, 0.9]);
    let mut whole = Simulation::new(model).unwrap();
    whole.initialize(Some(-65.0)).unwrap();
    whole.run_until(2.0).unwrap();
    let before = whole.get(at(cell.twig, 0.0), "v").unwrap();
    let model = whole.into_model();
    assert_eq!(model.get(at(cell.twig, 0.0), "v"), Ok(before));
    let gate = model.get(at(cell.soma, 0.5), "m_hh").unwrap();
    let again = Simulation::new(model).unwrap();
    assert_eq!(again.t_ms(), again.model().get(Place::Model, "t").unwrap());
    assert_eq!(again.get(at(cell.soma, 0.5), "m_hh"), Ok(gate));
    assert_eq!(again.get(at(cell.twig, 0.0), "v"), Ok(before));
}

#[test]
fn recording_every_step_and_at_intervals() {
    let mut model = cells::model();
    let cell = Cell::new(&mut model, "");
    let mut simulation = Simulation::new(model).unwrap();
    let t = simulation
        .record(Place::Model, "t", Sampling::EveryStep)
        .unwrap();
    let v = simulation
        .record(at(cell.soma, 0.5), "v", Sampling::EveryStep)
        .unwrap();
    let coarse = simulation
        .record(Place::Model, "t", Sampling::Interval(0.1))
        .unwrap();
    for _ in 0..2 {
        simulation.initialize(Some(-60.0)).unwrap();
        simulation.run_until(1.05).unwrap();
        assert_eq!(simulation.recorded(t).len(), 43);
        assert_eq!(simulation.recorded(v), [-60.0; 43]);
        assert_eq!(simulation.recorded(coarse).len(), 11);
        assert!((simulation.recorded(coarse)[10] - 1.0).abs() < 1e-12);
    }
}

//! FUNCTIONs and PROCEDUREs called by name. The numbers are NEURON 9.0.2's: with the fixture
//! `callable.mod` compiled by nrnivmodl,
//!
//! ```python
//! s = h.Section(); p = h.Named(s(0.5)); h.finitialize(-60)
//! p.shift(1.5), p.scaled(4), p.driving(10), p.keep(5, 2), p.last, p.gain
//! p.curve(1.3), p.fill(1.3), h.tab_Named
//! p.setbase(5); p.curve(1.3), p.curve(20), p.both(2), p.count()
//! ```

use std::sync::Arc;

use nmodl::codegen::Options;
use nmodl::mechanism::Compiled;
use nmodl::source::{NoIncludes, SourceMap};
use runtime::{CallError, MechanismId, Model, Place, PointProcessId, Simulation};

const NAMED: &str = include_str!("../fixtures/compiler/ok/callable.mod");

/// A mechanism from its text.
pub fn compile(text: &str) -> Arc<Compiled> {
    let mut sources = SourceMap::new();
    let file = sources.add("text.mod", text);
    let options = Options::default();
    let output = nmodl::compile(&mut sources, file, &mut NoIncludes, options, &mut |_| {});
    match output {
        Ok(output) => Arc::new(output.mechanism),
        Err(problems) => panic!("{problems:?}"),
    }
}

/// A section with a point process `Named`.
fn model() -> (Model, MechanismId, PointProcessId) {
    let mut model = Model::new();
    let mechanism = model.add_mechanism(compile(NAMED)).unwrap();
    let section = model.add_section("s").unwrap();
    let point = model.add_point_process(mechanism, section, 0.5).unwrap();
    (model, mechanism, point)
}

/// Equal but for the last bit of `exp`.
#[track_caller]
fn assert_near(ours: f64, neurons: f64) {
    assert!(
        (ours - neurons).abs() <= 1e-15 * neurons.abs(),
        "{ours} {neurons}"
    );
}

fn index(model: &Model, mechanism: MechanismId, name: &str) -> usize {
    model.mechanism(mechanism).unwrap().callable(name).unwrap()
}

#[test]
fn functions_of_an_instance_give_neurons_numbers() {
    let (model, mechanism, point) = model();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-60.0)).unwrap();
    let place = Place::Point(point);
    let mut call = |name: &str, args: &[f64]| {
        let index = index(simulation.model(), mechanism, name);
        let result = simulation.call(mechanism, index, Some(place), args);
        let variable = |name: &str| {
            let place = if name.ends_with("_Named") {
                Place::Model
            } else {
                place
            };
            simulation.get(place, name).unwrap()
        };
        (result.unwrap(), ["last", "gain", "tab_Named"].map(variable))
    };
    assert_eq!(call("shift", &[1.5]).0, 4.5);
    assert_eq!(call("scaled", &[4.0]).0, 8.0);
    assert_eq!(call("driving", &[10.0]).0, -70.0);
    let (one, [last, gain, _]) = call("keep", &[5.0, 2.0]);
    assert_eq!((one, last, gain), (1.0, 3.0, 3.0));
    assert_near(call("curve", &[1.3]).0, 2.171_681_641_509_435_8);
    assert_eq!(call("fill", &[1.3]), (1.0, [3.0, 3.0, 5.25]));
    call("setbase", &[5.0]);
    // The table is made anew where it is needed.
    assert_near(call("curve", &[1.3]).0, 3.619_469_402_515_726_6);
    assert_near(call("curve", &[20.0]).0, 0.410_424_993_119_494);
    assert_eq!(call("both", &[2.0]).0, 13.0);
    assert_eq!(call("count", &[]).0, 7.0);
    assert_eq!(call("nothing", &[]).0, 1.0);
}

#[test]
fn functions_of_no_instance_need_none() {
    let (mut model, mechanism, point) = model();
    let [curve, setbase, driving] =
        ["curve", "setbase", "driving"].map(|name| index(&model, mechanism, name));
    let curve_of =
        |result: Result<f64, CallError>, expected| assert_near(result.unwrap(), expected);
    curve_of(
        model.call(mechanism, curve, &[1.3]),
        2.171_681_641_509_435_8,
    );
    assert_eq!(model.call(mechanism, setbase, &[5.0]), Ok(1.0));
    assert_eq!(model.get(Place::Model, "base_Named"), Ok(5.0));
    let needs = CallError::NeedsInstance {
        mechanism: "Named".into(),
        callable: "driving".into(),
    };
    assert_eq!(model.call(mechanism, driving, &[1.0]), Err(needs.clone()));

    // The table that the model holds goes on to the simulation, and back.
    let mut simulation = Simulation::new(model).unwrap();
    let expected = 3.619_469_402_515_726_6;
    curve_of(simulation.call(mechanism, curve, None, &[1.3]), expected);
    assert_eq!(
        simulation.call(mechanism, driving, None, &[1.0]),
        Err(needs)
    );
    let mut model = simulation.into_model();
    curve_of(model.call(mechanism, curve, &[1.3]), expected);
    let mut simulation = Simulation::new(model).unwrap();
    let place = Some(Place::Point(point));
    curve_of(simulation.call(mechanism, curve, place, &[1.3]), expected);
}

#[test]
fn calls_that_cannot_be_made_say_why() {
    let (model, mechanism, point) = model();
    let shift = index(&model, mechanism, "shift");
    let mut simulation = Simulation::new(model).unwrap();
    let mut message = |callable, place, args: &[f64]| {
        let result = simulation.call(mechanism, callable, place, args);
        result.unwrap_err().to_string()
    };
    let place = Some(Place::Point(point));
    assert_eq!(
        message(shift, place, &[]),
        "shift(x) of Named is called with 0 arguments"
    );
    assert_eq!(
        message(99, place, &[]),
        "Named: there is no code for callable 99"
    );
    assert_eq!(
        message(shift, Some(Place::Model), &[1.0]),
        "there is no Named at the model"
    );
}

#[test]
fn events_that_a_function_sends_are_delivered() {
    let (model, mechanism, point) = model();
    let later = index(&model, mechanism, "later");
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    simulation.run_until(1.0).unwrap();
    let place = Place::Point(point);
    simulation
        .call(mechanism, later, Some(place), &[2.0])
        .unwrap();
    simulation.run_until(5.0).unwrap();
    let last = simulation.get(place, "last").unwrap();
    assert!((last - 3.0).abs() < 1e-12, "{last}");
}

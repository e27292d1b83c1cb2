//! POINTER variables between the parts of a model. The numbers are NEURON 9.0.2's: with the
//! fixture `pointer.mod` compiled by nrnivmodl,
//!
//! ```python
//! a, b = h.Section(), h.Section()
//! for s in (a, b): s.L = s.diam = 20; s.insert('pas')
//! ab, ba = h.Half(a(0.5)), h.Half(b(0.5))
//! h.setpointer(b(0.5)._ref_v, 'vgap', ab); h.setpointer(a(0.5)._ref_v, 'vgap', ba)
//! clamp = h.IClamp(a(0.5)); clamp.amp, clamp.dur = 0.1, 5
//! h.finitialize(-65); h.continuerun(5)
//! a.v, b.v
//! ```

use runtime::{
    Model, ModelError, NetCon, Place, PointProcessId, RunError, SectionId, SharedCell, Simulation,
    Source, Target,
};

use super::callables::compile;
use super::mechanisms::{iclamp, pas};

const HALF: &str = include_str!("../fixtures/compiler/ok/pointer.mod");

fn middle(section: SectionId) -> Place {
    Place::Segment { section, x: 0.5 }
}

fn variable(place: Place, name: &str) -> Option<Target> {
    let name = name.to_owned();
    Some(Target::Variable { place, name })
}

/// Two sections with half a gap junction each, which do not point anywhere.
fn two() -> (Model, [SectionId; 2], [PointProcessId; 2]) {
    let mut model = Model::new();
    let passive = model.add_mechanism(pas()).unwrap();
    let clamp = model.add_mechanism(iclamp()).unwrap();
    let half = model.add_mechanism(compile(HALF)).unwrap();
    let sections = ["a", "b"].map(|name| {
        let section = model.add_section(name).unwrap();
        model.set_length(section, 20.0).unwrap();
        model.set_diameter(section, 20.0).unwrap();
        model.insert(section, passive).unwrap();
        section
    });
    let halves = sections.map(|section| model.add_point_process(half, section, 0.5).unwrap());
    let clamp = model.add_point_process(clamp, sections[0], 0.5).unwrap();
    model.set(Place::Point(clamp), "amp", 0.1).unwrap();
    model.set(Place::Point(clamp), "dur", 5.0).unwrap();
    (model, sections, halves)
}

fn connect(model: &mut Model, sections: [SectionId; 2], halves: [PointProcessId; 2]) {
    let [a, b] = sections.map(|section| variable(middle(section), "v"));
    model
        .set_pointer(Place::Point(halves[0]), "vgap", b)
        .unwrap();
    model
        .set_pointer(Place::Point(halves[1]), "vgap", a)
        .unwrap();
}

#[test]
fn gap_junctions_give_neurons_potentials() {
    let (mut model, sections, halves) = two();
    connect(&mut model, sections, halves);
    let mut simulation = Simulation::new(model).unwrap();
    let run = |simulation: &mut Simulation| {
        simulation.initialize(Some(-65.0)).unwrap();
        simulation.run_until(5.0).unwrap();
        sections.map(|section| simulation.get(middle(section), "v").unwrap())
    };
    let potentials = run(&mut simulation);
    for (ours, neurons) in potentials.into_iter().zip(NEURON) {
        assert!(
            (ours - neurons).abs() < 1e-9 * neurons.abs(),
            "{ours} {neurons}"
        );
    }
    // A POINTER has the value of what it points at, and keeps its target.
    let place = Place::Point(halves[0]);
    assert_eq!(simulation.get(place, "vgap"), Ok(potentials[1]));
    let mut model = simulation.into_model();
    assert_eq!(model.get(place, "vgap"), Ok(potentials[1]));
    model.add_section("another").unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    assert_eq!(run(&mut simulation), potentials);
}

/// v of a and b.
const NEURON: [f64; 2] = [-62.592_380_627_522_72, -69.435_096_696_787_88];

#[test]
fn a_pointer_that_was_never_set_says_so() {
    let (mut model, sections, halves) = two();
    connect(&mut model, sections, halves);
    let place = Place::Point(halves[1]);
    model.set_pointer(place, "vgap", None).unwrap();
    assert_eq!(model.pointer(place, "vgap"), Ok(None));
    let nothing = ModelError::UnsetPointer {
        place: "Half 1 at b(0.5)".into(),
        name: "vgap".into(),
    };
    assert_eq!(model.get(place, "vgap"), Err(nothing));
    let mut simulation = Simulation::new(model).unwrap();
    let error: RunError = simulation.initialize(Some(-65.0)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "t = 0 ms, Half 1 at b(0.5): Half: a POINTER that points at nothing in vgap"
    );
    simulation
        .set_pointer(place, "vgap", variable(Place::Model, "celsius"))
        .unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    assert_eq!(simulation.get(place, "vgap"), Ok(6.3));
}

#[test]
fn pointers_reach_weights_cells_and_other_mechanisms() {
    let (mut model, sections, halves) = two();
    connect(&mut model, sections, halves);
    let netcons = halves.map(|half| {
        let netcon = NetCon {
            weights: vec![7.0],
            ..NetCon::new(Source::None, Some(half))
        };
        model.add_netcon(netcon).unwrap()
    });
    let cell = SharedCell::new(5.0);
    let count = |i: usize| (Place::Point(halves[i]), "count");
    let set = |model: &mut Model, (place, name): (Place, &str), target| {
        model.set_pointer(place, name, Some(target)).unwrap();
    };
    set(&mut model, count(0), Target::Cell(cell.clone()));
    let netcon = netcons[0];
    set(&mut model, count(1), Target::Weight { netcon, index: 0 });
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    assert_eq!(cell.get(), 0.0);
    for (netcon, times) in [(netcons[0], 2), (netcons[1], 3)] {
        (0..times).for_each(|i| assert!(simulation.send_event(netcon, i as f64, 0.0).unwrap()));
    }
    simulation.run_until(5.0).unwrap();
    assert_eq!(cell.get(), 2.0);
    assert_eq!(simulation.get(count(1).0, "seen"), Ok(3.0));
    let mut model = simulation.into_model();
    assert_eq!(model.netcon(netcon).unwrap().weights, [3.0]);
    // A pointer at a pointer takes over its target; one at a mechanism's variable follows it.
    let (place, name) = count(0);
    model
        .set_pointer(place, name, variable(count(1).0, name))
        .unwrap();
    assert_eq!(model.get(place, name), Ok(3.0));
    model
        .set_pointer(place, name, variable(middle(sections[0]), "g_pas"))
        .unwrap();
    model.set(place, name, 0.5).unwrap();
    assert_eq!(model.get(middle(sections[0]), "g_pas"), Ok(0.5));
}

#[test]
fn targets_that_make_no_sense_are_refused() {
    let (mut model, sections, halves) = two();
    let place = Place::Point(halves[0]);
    let mut message = |name: &str, target| {
        let result = model.set_pointer(place, name, target);
        result.unwrap_err().to_string()
    };
    let v = variable(middle(sections[0]), "v");
    assert_eq!(message("g", v), "Half 0 at a(0.5) has no POINTER `g`");
    let area = variable(middle(sections[0]), "area");
    assert_eq!(message("vgap", area), "a POINTER cannot point at `area`");
    let unset = variable(Place::Point(halves[1]), "vgap");
    assert_eq!(
        message("vgap", unset),
        "Half 1 at b(0.5): POINTER `vgap` points at nothing"
    );
}

/// With the two mechanisms below, `reader` first, compiled by nrnivmodl and inserted, `h.finitialize(-65)` and
/// `h.fadvance()` give y_reader = 9 and rate_writer = 8 in NEURON 9.0.2.
#[test]
fn externals_are_globals_of_other_mechanisms() {
    let mut model = Model::new();
    let reader = compile(
        "NEURON { SUFFIX reader EXTERNAL rate_writer RANGE y }
        ASSIGNED { rate_writer y }
        INITIAL { y = 2*rate_writer }
        BREAKPOINT { y = y + rate_writer }",
    );
    let writer = compile(
        "NEURON { SUFFIX writer GLOBAL rate }
        PARAMETER { rate = 3 }
        BREAKPOINT { rate = 8 }",
    );
    let reader = model.add_mechanism(reader).unwrap();
    let section = model.add_section("s").unwrap();
    model.insert(section, reader).unwrap();
    let missing = Simulation::new(model.clone()).unwrap().initialize(None);
    assert!(missing.unwrap_err().to_string().contains("rate_writer"));
    let writer = model.add_mechanism(writer).unwrap();
    model.insert(section, writer).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    let y = |simulation: &Simulation| simulation.get(middle(section), "y_reader").unwrap();
    assert_eq!(y(&simulation), Y[0]);
    simulation.advance().unwrap();
    assert_eq!(y(&simulation), Y[1]);
    assert_eq!(simulation.get(Place::Model, "rate_writer"), Ok(8.0));
}

/// y_reader after `finitialize` and after a step.
const Y: [f64; 2] = [6.0, 9.0];

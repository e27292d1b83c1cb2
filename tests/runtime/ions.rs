//! Ions: styles, Nernst potentials, accumulation, and what cannot be.

use runtime::ion::{FARADAY_C_PER_MOL, IonOwner, IonStyle, nernst_mv};
use runtime::{Model, ModelError, ModelWarning, Place, Simulation};

use super::cells::{self, at, clamp, find, trace};
use super::{assert_close, mechanisms, numbers, reference};

/// A calcium current and its accumulation: who sets what, and when.
#[test]
fn calcium_accumulates_as_in_neuron() {
    for order in [0, 2] {
        let mut model = cells::model();
        let soma = model.add_section("soma").unwrap();
        model.set_length(soma, 10.0).unwrap();
        model.set_diameter(soma, 10.0).unwrap();
        model.set_segment_count(soma, 3).unwrap();
        for name in ["caacc", "caleak", "pas"] {
            model.insert(soma, find(&model, name)).unwrap();
        }
        clamp(&mut model, soma, 0.5, [2.0, 5.0, 0.02]);
        model.set(Place::Model, "celsius", 34.0).unwrap();
        model
            .set(Place::Model, "secondorder", f64::from(order))
            .unwrap();
        let mut simulation = Simulation::new(model).unwrap();
        simulation.initialize(Some(-60.0)).unwrap();
        let variables = [
            ("v", at(soma, 0.2), "v"),
            ("cai", at(soma, 0.5), "cai"),
            ("eca", at(soma, 0.5), "eca"),
            ("ica", at(soma, 0.5), "ica"),
            ("cao", at(soma, 0.5), "cao"),
        ];
        let ours = trace(&mut simulation, &variables.map(|v| (v.1, v.2)), 10.0, 20);
        let theirs = reference(&format!("calcium{order}"));
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

#[test]
fn nernst_potentials() {
    // RT/F at 37 °C is 26.726… mV.
    let rt_over_f = 1000.0 * 8.314_462_618_153_24 * 310.15 / FARADAY_C_PER_MOL;
    assert_close(
        "na",
        &[nernst_mv(10.0, 140.0, 1.0, 37.0)],
        &[rt_over_f * 14f64.ln()],
        1e-14,
    );
    assert_close(
        "cl",
        &[nernst_mv(10.0, 140.0, -1.0, 37.0)],
        &[-rt_over_f * 14f64.ln()],
        1e-14,
    );
    assert_eq!(nernst_mv(0.0, 140.0, 1.0, 37.0), 1e6);
    assert_eq!(nernst_mv(10.0, -1.0, 1.0, 37.0), -1e6);
    assert_eq!(nernst_mv(10.0, 1.0, 0.0, 37.0), 0.0);
}

/// Reading a concentration makes the reversal potential follow from it at initialization; writing
/// one, in every step.
#[test]
fn styles_follow_from_use() {
    let mut model = cells::model();
    let x = model
        .add_mechanism(mechanisms::xleak("xleak", Some(-1.0)))
        .unwrap();
    let soma = model.add_section("soma").unwrap();
    model.insert(soma, x).unwrap();
    model.set(at(soma, 0.5), "xi", 4.0).unwrap();
    model.set(at(soma, 0.5), "ex", 12.0).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(None).unwrap();
    // Concentrations are the user's, the potential is not.
    assert_eq!(simulation.get(at(soma, 0.5), "xi"), Ok(4.0));
    let expected = nernst_mv(4.0, 1.0, -1.0, 6.3);
    assert_eq!(simulation.get(at(soma, 0.5), "ex"), Ok(expected));

    // As the user decides, it is.
    let mut model = simulation.into_model();
    model.set(at(soma, 0.5), "ex", 12.0).unwrap();
    let ion = model.find_ion("x").unwrap();
    let style = IonStyle {
        concentration: IonOwner::Parameter,
        reversal: IonOwner::Parameter,
        ..IonStyle::default()
    };
    model.set_ion_style(soma, ion, style).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(None).unwrap();
    assert_eq!(simulation.get(at(soma, 0.5), "ex"), Ok(12.0));
}

#[test]
fn initial_concentrations_are_global() {
    let mut model = cells::model();
    let soma = model.add_section("soma").unwrap();
    model.insert(soma, find(&model, "caacc")).unwrap();
    model.set(Place::Model, "cao0_ca_ion", 3.0).unwrap();
    model.set(at(soma, 0.5), "cao", 7.0).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(None).unwrap();
    assert_eq!(simulation.get(at(soma, 0.5), "cao"), Ok(3.0));
    assert_eq!(simulation.get(at(soma, 0.5), "cai"), Ok(1e-4));
    let eca = nernst_mv(1e-4, 3.0, 2.0, 6.3);
    assert_eq!(simulation.get(at(soma, 0.5), "eca"), Ok(eca));
}

#[test]
fn valences_must_be_stated_and_agree() {
    let mut model = Model::new();
    model.add_mechanism(mechanisms::xleak("one", None)).unwrap();
    let unknown = Simulation::new(model.clone()).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "no mechanism states the VALENCE of ion `x`"
    );
    model
        .add_mechanism(mechanisms::xleak("two", Some(1.0)))
        .unwrap();
    assert!(Simulation::new(model.clone()).is_ok());
    let conflict = model.add_mechanism(mechanisms::xleak("three", Some(2.0)));
    assert!(matches!(conflict, Err(ModelError::IonCharge { .. })));
}

#[test]
fn concentrations_need_no_valence() {
    let mut model = Model::new();
    let reader = model.add_mechanism(mechanisms::xreader()).unwrap();
    let soma = model.add_section("soma").unwrap();
    model.insert(soma, reader).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(None).unwrap();
    assert_eq!(simulation.get(at(soma, 0.5), "xi"), Ok(1.0));
}

#[test]
fn ions_need_membrane() {
    let mut model = cells::model();
    let reader = model.add_mechanism(mechanisms::ionreader()).unwrap();
    let soma = model.add_section("soma").unwrap();
    let at_end = model.add_point_process(reader, soma, 1.0);
    assert!(matches!(at_end, Err(ModelError::IonAtEnd { end: 1, .. })));
    // In the middle it brings the ion to the whole section.
    model.set_segment_count(soma, 3).unwrap();
    model.add_point_process(reader, soma, 0.5).unwrap();
    assert_eq!(model.get(at(soma, 0.1), "cai"), Ok(5e-5));
}

#[test]
fn two_writers_of_a_concentration_are_warned_of() {
    let mut model = cells::model();
    let mut other = mechanisms::caacc().description().clone();
    other.name = "caother".to_owned();
    let kernels = *mechanisms::caacc().kernels();
    // SAFETY: the kernels are those of the same description under another name.
    let other = unsafe { nmodl::mechanism::Compiled::new(other, kernels, None) };
    let other = model.add_mechanism(std::sync::Arc::new(other)).unwrap();
    let soma = model.add_section("soma").unwrap();
    model.insert(soma, find(&model, "caacc")).unwrap();
    assert!(model.warnings().is_empty());
    model.insert(soma, other).unwrap();
    let [ModelWarning::ConcentrationWriters { first, second, .. }] = model.warnings() else {
        panic!("{:?}", model.warnings())
    };
    assert_eq!([first.as_str(), second.as_str()], ["caacc", "caother"]);
}

//! Vectors that are played, values that are transferred, total membrane currents. The numbers are
//! NEURON 9.0.2's for the same models.

use runtime::{
    CallbackId, End, Hook, Model, Place, Played, PointProcessId, Progress, RunError, Sampling,
    Schedule, SectionId, Series, Simulation, Target,
};

use super::assert_close;
use super::cells::{self, at, clamp, find};

/// A passive soma of 10 by 10 µm with a clamp.
fn soma(model: &mut Model, name: &str, amp: f64) -> (SectionId, PointProcessId) {
    let soma = model.add_section(name).unwrap();
    model.set_length(soma, 10.0).unwrap();
    model.set_diameter(soma, 10.0).unwrap();
    let pas = find(model, "pas");
    model.insert(soma, pas).unwrap();
    model.set_section(soma, "g_pas", 1e-3).unwrap();
    model.set_section(soma, "e_pas", -65.0).unwrap();
    let stim = clamp(model, soma, 0.5, [0.0, 1e9, amp]);
    (soma, stim)
}

const TIMES: [f64; 5] = [0.0, 0.03, 0.1, 0.1, 0.2];
const VALUES: [f64; 5] = [0.0, 0.1, 0.3, 0.05, 0.2];

/// `amp` and `i` of the clamp at the end of 12 steps; laid out anew after each step.
fn played(schedule: Schedule) -> [Vec<f64>; 2] {
    let mut model = cells::model();
    let (_, stim) = soma(&mut model, "soma", 0.7);
    let target = Played::Into(Target::Variable {
        place: Place::Point(stim),
        name: "amp".to_owned(),
    });
    let series = ["amp", "i"].map(|name| {
        let points = Series::default();
        model
            .record_into(
                Place::Point(stim),
                name,
                Sampling::EveryStep,
                points.clone(),
            )
            .unwrap();
        points
    });
    model
        .play(Series::new(VALUES.to_vec()), target, schedule)
        .unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(Some(-65.0)).unwrap();
    for _ in 0..12 {
        simulation.advance().unwrap();
        simulation = Simulation::new(simulation.into_model()).unwrap();
    }
    series.map(|s| s.values())
}

#[test]
fn values_are_played_at_their_times() {
    let times = || Series::new(TIMES.to_vec());
    let step = [
        0.0, 0.0, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.2, 0.2, 0.2, 0.2,
    ];
    for series in played(Schedule::Times(times())) {
        assert_eq!(series, step);
    }
    let interval = [
        0.0, 0.0, 0.0, 0.1, 0.1, 0.1, 0.3, 0.3, 0.05, 0.05, 0.05, 0.2, 0.2,
    ];
    for series in played(Schedule::Interval(0.06)) {
        assert_eq!(series, interval);
    }
    let continuous = Schedule::Continuous {
        times_ms: times(),
        discontinuities: None,
    };
    let [amp, i] = played(continuous);
    let expected = [
        0.0,
        0.25 / 3.0,
        1.1 / 7.0,
        1.6 / 7.0,
        0.3,
        0.0875,
        0.125,
        0.1625,
        0.2,
        0.2375,
        0.275,
        0.3125,
        0.35,
    ];
    assert_close("amp", &amp, &expected, 1e-14);
    let expected = [
        0.0,
        0.125 / 3.0,
        0.85 / 7.0,
        1.35 / 7.0,
        1.85 / 7.0,
        0.06875,
        0.10625,
        0.14375,
        0.18125,
        0.21875,
        0.25625,
        0.29375,
        0.33125,
    ];
    assert_close("i", &i, &expected, 1e-14);
}

/// What is played to the caller comes at the same times, with its value.
#[test]
fn values_are_played_to_the_caller() {
    let mut model = cells::model();
    soma(&mut model, "soma", 0.0);
    let continuous = Schedule::Continuous {
        times_ms: Series::new(vec![0.0, 1.0]),
        discontinuities: Some(Series::default()),
    };
    let values = || Series::new(vec![5.0, 6.0]);
    let id = model
        .play(values(), Played::Call(CallbackId(1)), continuous)
        .unwrap();
    model
        .play(
            values(),
            Played::Call(CallbackId(2)),
            Schedule::Interval(0.03),
        )
        .unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    let mut log = Vec::new();
    let mut run = |simulation: &mut Simulation, initialize: bool| loop {
        let progress = if initialize {
            simulation.initialize(None)
        } else {
            simulation.advance()
        };
        match progress.unwrap() {
            Progress::Call(id) => log.push((id.0, simulation.t_ms(), simulation.played_value())),
            _ => return,
        }
    };
    run(&mut simulation, true);
    run(&mut simulation, false);
    simulation.stop_playing(id);
    run(&mut simulation, false);
    run(&mut simulation, false);
    let expected = [
        (2, 0.0, 5.0),
        (1, 0.0125, 5.0125),
        (1, 0.025, 5.025),
        (2, 0.03, 6.0),
    ];
    assert_eq!(log, expected);
}

#[test]
fn a_value_that_cannot_be_is_an_error() {
    let mut model = cells::model();
    let (soma, _) = soma(&mut model, "soma", 0.0);
    let variable = |name: &str| {
        Played::Into(Target::Variable {
            place: at(soma, 0.5),
            name: name.to_owned(),
        })
    };
    let values = Series::new(vec![1.0, -1.0]);
    assert!(
        model
            .play(values.clone(), variable("area"), Schedule::Interval(1.0))
            .is_err()
    );
    model
        .play(values, variable("diam"), Schedule::Interval(0.1))
        .unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.initialize(None).unwrap();
    assert!(matches!(
        simulation.run_until(1.0),
        Err(RunError::Play { .. })
    ));
}

/// A potential becomes the current of a clamp elsewhere: at `initialize`, and then once a step, before
/// the states and after the hook.
#[test]
fn values_are_transferred_where_neuron_does() {
    let mut model = cells::model();
    let (first, _) = soma(&mut model, "first", 0.2);
    let dend = dendrite(&mut model, first);
    let (second, stim) = soma(&mut model, "second", 0.0);
    model
        .transfer((at(first, 0.5), "v"), (Place::Point(stim), "amp"))
        .unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.set_hook(Hook::Scattered, Some(CallbackId(1)));
    simulation.initialize(Some(-65.0)).unwrap();
    assert_eq!(simulation.get(Place::Point(stim), "amp"), Ok(-65.0));
    let expected = [
        (-63.810_410_792_693_37, -569.637_624_437_659_3),
        (-62.834_559_170_720_674, -1_052.731_453_031_927_2),
        (-61.987_398_621_222_2, -1_516.466_329_252_579_5),
        (-61.226_773_150_012_95, -1_962.313_535_855_856_8),
    ];
    for (v1, v2) in expected {
        let before = simulation.get(Place::Point(stim), "amp");
        simulation.advance().unwrap();
        assert_eq!(simulation.get(Place::Point(stim), "amp"), before);
        simulation.advance().unwrap();
        let v = simulation.get(at(first, 0.5), "v").unwrap();
        assert_eq!(simulation.get(Place::Point(stim), "amp"), Ok(v));
        assert!((v - v1).abs() < 1e-9 * v1.abs());
        let v = simulation.get(at(second, 0.5), "v").unwrap();
        assert!((v - v2).abs() < 1e-9 * v2.abs(), "{v} {v2}");
    }
    // Without its target there is nothing to transfer.
    let mut model = simulation.into_model();
    model.remove_point(stim).unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    assert!(simulation.advance().is_ok());
    assert!(simulation.get(at(dend, 0.5), "v").is_ok());
}

fn dendrite(model: &mut Model, soma: SectionId) -> SectionId {
    let dend = model.add_section("dend").unwrap();
    model.set_length(dend, 200.0).unwrap();
    model.set_segment_count(dend, 3).unwrap();
    model.set_diameter(dend, 1.0).unwrap();
    let pas = find(model, "pas");
    model.insert(dend, pas).unwrap();
    model.set_section(dend, "g_pas", 5e-4).unwrap();
    model.set_section(dend, "e_pas", -60.0).unwrap();
    model.connect(dend, End::Zero, soma, 1.0).unwrap();
    dend
}

#[test]
fn membrane_currents_are_those_of_neuron() {
    let mut model = cells::model();
    let (soma, _) = soma(&mut model, "soma", 0.2);
    let dend = dendrite(&mut model, soma);
    assert!(model.get(at(soma, 0.5), "i_membrane_").is_err());
    assert!(!model.compute_membrane_currents(true));
    let places = [at(soma, 0.5), at(dend, 0.2), at(dend, 0.5), at(dend, 0.9)];
    for (secondorder, first, eighth) in [
        (
            0.0,
            [
                0.153_225_393_293_051_04,
                0.035_969_566_409_044_86,
                0.008_429_679_697_761_913,
                0.002_375_360_600_135_700_2,
            ],
            [
                0.092_306_501_007_127_8,
                0.045_171_251_147_736_804,
                0.034_625_797_453_866_694,
                0.027_896_450_391_264_22,
            ],
        ),
        (
            2.0,
            [
                0.168_613_037_317_867_34,
                0.026_854_296_135_820_976,
                0.003_891_203_056_664_779,
                0.000_641_463_489_647_116_4,
            ],
            [
                0.091_087_169_374_589_24,
                0.044_950_552_260_830_22,
                0.035_226_846_994_789_66,
                0.028_735_431_369_791_08,
            ],
        ),
    ] {
        let mut simulation = Simulation::new(model).unwrap();
        let currents = |s: &Simulation| places.map(|p| s.get(p, "i_membrane_").unwrap());
        simulation
            .set(Place::Model, "secondorder", secondorder)
            .unwrap();
        simulation.initialize(Some(-65.0)).unwrap();
        assert_close(
            "initial",
            &currents(&simulation),
            &[0.2, 0.0, 0.0, 0.0],
            1e-12,
        );
        simulation.advance().unwrap();
        assert_close("first", &currents(&simulation), &first, 1e-10);
        simulation.run_until(0.2).unwrap();
        assert_close("eighth", &currents(&simulation), &eighth, 1e-10);
        model = simulation.into_model();
        let kept = places.map(|p| model.get(p, "i_membrane_").unwrap());
        assert_close("kept", &kept, &eighth, 1e-10);
    }
}

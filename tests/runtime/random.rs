//! Random streams.

use nmodl::abi::Distribution;
use runtime::random::scop::{ScopMethod, ScopRandom};
use runtime::random::{Stream, StreamIds};
use runtime::{NetCon, Place, Simulation, Source};

use super::cells::{self, find};
use super::{numbers, reference};

/// The test vectors that come with Random123: Philox 4×32-10 of all zeros.
#[test]
fn philox_of_zeros() {
    let mut stream = Stream::new(StreamIds { ids: [0; 3] });
    let block = [(); 4].map(|()| stream.next_u32());
    assert_eq!(block, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
}

#[test]
fn positions_can_be_kept_and_restored() {
    let mut stream = Stream::new(StreamIds { ids: [3, 1, 4] });
    let numbers: Vec<u32> = (0..10).map(|_| stream.next_u32()).collect();
    assert_eq!(stream.position(), 10.0);
    stream.sample(Distribution::SetSequence, 6.0, 0.0);
    assert_eq!(stream.next_u32(), numbers[6]);
    stream.set_position(-1.0);
    assert_eq!(stream.next_u32(), numbers[0]);
}

/// After the last block of a stream comes the first one of the stream with the next id3.
#[test]
fn the_end_of_a_stream() {
    let mut stream = Stream::new(StreamIds { ids: [1, 2, 3] });
    stream.set_position(17_179_869_183.0);
    stream.next_u32();
    let ids = StreamIds { ids: [1, 2, 4] };
    assert_eq!((stream.ids(), stream.position()), (ids, 0.0));
    assert_eq!(stream.next_u32(), Stream::new(ids).next_u32());
}

/// The mean and the variance of the distributions, with room for 5 standard errors.
#[test]
fn distributions_have_their_moments() {
    let mut stream = Stream::new(StreamIds { ids: [1, 2, 3] });
    for (distribution, a, b, mean, variance) in [
        (Distribution::Uniform, 2.0, 5.0, 3.5, 0.75),
        (Distribution::Negexp, 3.0, 0.0, 3.0, 9.0),
        (Distribution::Normal, -1.0, 2.0, -1.0, 4.0),
    ] {
        let n = 40_000;
        let draws: Vec<f64> = (0..n).map(|_| stream.sample(distribution, a, b)).collect();
        let found = draws.iter().sum::<f64>() / f64::from(n);
        assert!((found - mean).abs() < 5.0 * f64::sqrt(variance / f64::from(n)));
        let spread = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n);
        assert!(
            (spread / variance - 1.0).abs() < 0.1,
            "{distribution:?}: {spread}"
        );
    }
}

/// The global index counts from the next block on.
#[test]
fn a_global_index_selects_other_streams() {
    let ids = StreamIds { ids: [3, 1, 4] };
    let mut stream = Stream::new(ids);
    let mut other = Stream::with_global_index(ids, 7);
    stream.set_global_index(7);
    for i in 0..12 {
        let (same, changed) = (stream.next_u32(), other.next_u32());
        assert_eq!(same == changed, i >= 4, "number {i}");
    }
}

/// NMODL's random functions with seeds that are small, negative and above 2³².
#[test]
fn scop_functions_have_neurons_numbers() {
    for (case, method) in [
        ("scop", ScopMethod::Congruential),
        ("scop_mcell", ScopMethod::MCellRan4 { low: 9 }),
    ] {
        let expected = reference(case);
        let mut random = ScopRandom::new(method);
        let check = |function: &str, ours: [f64; 6], tolerance: f64| {
            let theirs = numbers(&expected[function]);
            super::assert_close(&format!("{case} {function}"), &ours, &theirs, tolerance);
        };
        check("uniform", [(); 6].map(|()| random.uniform()), 0.0);
        random.set_seed(17.0);
        let draws = [(); 6].map(|()| random.exponential(2.5));
        check("exponential", draws, 1e-15);
        random.set_seed(-3.0);
        check("normal", [(); 6].map(|()| random.normal(1.5, 0.5)), 1e-15);
        random.set_seed(1e10);
        let draws = [(); 6].map(|()| random.poisson(7.5).expect("a bound above zero"));
        check("poisson", draws, 0.0);
    }
}

#[test]
fn poisrand_of_a_mean_without_an_answer() {
    let mut random = ScopRandom::default();
    assert_eq!(random.poisson(750.0), None);
    assert!(random.poisson(700.0).is_some());
    assert_eq!(random.poisson(0.0), Some(0.0));
}

/// A NetStim with noise fires exactly when NEURON's does.
#[test]
fn netstim_with_noise() {
    let mut model = cells::model();
    let stim = model.add_artificial_cell(find(&model, "NetStim")).unwrap();
    for (name, value) in [
        ("start", 1.0),
        ("interval", 3.0),
        ("number", 20.0),
        ("noise", 0.7),
    ] {
        model.set(Place::Point(stim), name, value).unwrap();
    }
    model.set_random_stream(stim, 0, [5, 11, 2]).unwrap();
    let netcon = model
        .add_netcon(NetCon::new(Source::Point(stim), None))
        .unwrap();
    let mut simulation = Simulation::new(model).unwrap();
    simulation.record_spikes(netcon).unwrap();
    for _ in 0..2 {
        simulation.initialize(None).unwrap();
        simulation.run_until(80.0).unwrap();
        let expected = numbers(&reference("noise"));
        super::assert_close("times", &simulation.spikes(netcon), &expected, 1e-14);
    }
}

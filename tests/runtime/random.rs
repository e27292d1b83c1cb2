//! Random streams.

use nmodl::abi::Distribution;
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
        super::assert_close("times", simulation.spikes(netcon), &expected, 1e-14);
    }
}

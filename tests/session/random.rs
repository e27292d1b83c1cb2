//! `Random`.

use runtime::session::random::{Distribution, Generator, Random, RandomError, Shared};
use serde_json::Value;

use super::{assert_same, numbers};

/// Functions of the platform's library may differ by this from those of another one.
const ROUNDING: f64 = 1e-15;

fn distribution(method: &str, args: &[f64]) -> Result<Distribution, RandomError> {
    match (method, args) {
        ("uniform", &[low, high]) => Distribution::uniform(low, high),
        ("discunif", &[low, high]) => Distribution::discrete_uniform(low, high),
        ("normal", &[mean, variance]) => Distribution::normal(mean, variance),
        ("lognormal", &[mean, variance]) => Distribution::lognormal(mean, variance),
        ("negexp", &[mean]) => Distribution::exponential(mean),
        ("poisson", &[mean]) => Distribution::poisson(mean),
        ("binomial", &[trials, p]) => Distribution::binomial(trials, p),
        ("geometric", &[p]) => Distribution::geometric(p),
        ("hypergeo", &[mean, variance]) => Distribution::hypergeometric(mean, variance),
        ("erlang", &[mean, variance]) => Distribution::erlang(mean, variance),
        ("weibull", &[alpha, beta]) => Distribution::weibull(alpha, beta),
        _ => panic!("no distribution {method}{args:?}"),
    }
}

#[test]
fn every_distribution_with_every_generator() {
    let text = include_str!("reference/random.json");
    let cases: Vec<Value> = serde_json::from_str(text).expect("the reference is JSON");
    let mut shared = Shared::default();
    for case in &cases {
        let Some(name) = case["generator"].as_str() else {
            check_function(case, &mut shared);
            continue;
        };
        shared.global_index = case["global_index"].as_u64().unwrap() as u32;
        shared.low_index = case["low_index"].as_u64().unwrap() as u32;
        let what = format!("{name}, {}", shared.global_index);
        let mut random = Random::new(17, 20.0, &shared).unwrap();
        let picks = |random: &mut Random, count, shared: &Shared| -> Vec<f64> {
            (0..count).map(|_| random.repick(shared)).collect()
        };
        let initial = picks(&mut random, 3, &shared);
        assert_same(&what, &initial, &numbers(&case["initial"]), ROUNDING);

        let mcell = match name {
            "MCellRan4" => Some((1234, 0)),
            "MCellRan4 low" => Some((1234, 77)),
            "MCellRan4 without high" => Some((0, 0)),
            _ => None,
        };
        if let Some((high, low)) = mcell {
            let (generator, high) = Generator::mcell_ran4(high, low, &mut shared);
            assert_eq!(case["high"].as_f64().unwrap(), f64::from(high), "{what}");
            random.set_generator(generator);
        } else if name == "Random123" {
            random.set_generator(Generator::random123([5, 11, 2], &shared));
        }
        let kept = picks(&mut random, 3, &shared);
        assert_same(&what, &kept, &numbers(&case["kept"]), ROUNDING);

        for draws in case["draws"].as_array().unwrap() {
            let method = draws["method"].as_str().unwrap();
            let args = numbers(&draws["args"]);
            let mut ours = vec![random.draw(distribution(method, &args).unwrap(), &shared)];
            ours.extend(picks(&mut random, 8, &shared));
            let what = format!("{what}, {method}{args:?}");
            // A power carries the rounding of its exponent, and a sum that of what cancels.
            assert_same(&what, &ours, &numbers(&draws["draws"]), 8.0 * ROUNDING);
        }
        assert_eq!(
            random.sequence(),
            case["sequence"].as_f64().unwrap(),
            "{what}"
        );
        random.set_sequence(6.0, &shared).unwrap();
        random.draw(Distribution::uniform(0.0, 1.0).unwrap(), &shared);
        let after = picks(&mut random, 6, &shared);
        assert_same(&what, &after, &numbers(&case["after"]), 0.0);
    }
}

/// `mcell_ran4(&high)`.
fn check_function(case: &Value, shared: &mut Shared) {
    shared.low_index = 3;
    let mut high = 21;
    let ours = [(); 4].map(|()| shared.mcell_ran4(&mut high));
    assert_same("mcell_ran4", &ours, &numbers(&case["function"]), 0.0);
    assert_eq!(case["high"].as_f64(), Some(f64::from(high)));
}

/// Where NEURON gives NaN, never ends or has undefined behaviour, there is an error.
#[test]
fn distributions_that_do_not_exist() {
    for (method, args) in [
        ("uniform", &[0.0, f64::INFINITY][..]),
        ("discunif", &[0.0, 1e300]),
        ("normal", &[0.0, -1.0]),
        ("lognormal", &[0.0, 1.0]),
        ("lognormal", &[1.0, -2.0]),
        ("negexp", &[f64::NAN]),
        ("poisson", &[750.0]),
        ("binomial", &[-1.0, 0.5]),
        ("binomial", &[3.0, 1.5]),
        ("geometric", &[1.0]),
        ("hypergeo", &[2.0, 1.0]),
        ("erlang", &[1.0, 0.0]),
        ("erlang", &[0.0, 1.0]),
        ("weibull", &[0.0, 1.0]),
        ("weibull", &[1.0, -1.0]),
    ] {
        let message = distribution(method, args).unwrap_err().to_string();
        assert!(
            message.starts_with(&format!("Random.{method}(")),
            "{message}"
        );
    }
}

#[test]
fn numbers_outside_of_their_limits() {
    let shared = Shared::default();
    let message = Random::new(0, 99.0, &shared).unwrap_err().to_string();
    assert_eq!(message, "Random: size is 99, but must be from 7 to 98");
    let mut random = Random::random123([1, 0, 0], &shared);
    assert!(random.set_sequence(-1.0, &shared).is_err());
    assert!(random.set_sequence(f64::NAN, &shared).is_err());
    random.set_sequence(17_179_869_183.0, &shared).unwrap();
    assert_eq!(random.sequence(), 17_179_869_183.0);
}

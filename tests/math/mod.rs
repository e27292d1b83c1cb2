//! exp, log and pow against references of more than double precision.

use nmodl::math::{exp, log, log10, pow};

/// Bits of the argument, of a second argument, and of the correctly rounded result, made with
/// mpmath 1.3 at 140 bits (`values.py`).
fn values(name: &str) -> impl Iterator<Item = [f64; 3]> {
    include_str!("values.txt").lines().filter_map(move |line| {
        let (function, numbers) = line.split_once(' ')?;
        let mut bits = numbers
            .split(' ')
            .map(|bits| u64::from_str_radix(bits, 16).unwrap());
        let row = [(); 3].map(|()| f64::from_bits(bits.next().unwrap()));
        (function == name).then_some(row)
    })
}

/// Both are within `allowed` doubles of each other.
fn assert_close(what: &str, result: f64, exact: f64, allowed: i64) {
    let distance = ordered(result) - ordered(exact);
    assert!(
        distance.abs() <= allowed,
        "{what} = {result:e}, but {exact:e}: {distance} doubles apart"
    );
}

fn ordered(x: f64) -> i64 {
    let bits = x.to_bits() as i64;
    if bits < 0 { i64::MIN - bits } else { bits }
}

#[test]
fn results_are_the_nearest_double_or_its_neighbour() {
    for [x, y, exact] in values("exp").filter(|[x, ..]| *x <= 700.0) {
        assert_close(&format!("exp({x:e})"), exp(x), exact, 1);
        assert_eq!(y, 0.0);
    }
    for [x, _, exact] in values("log") {
        assert_close(&format!("log({x:e})"), log(x), exact, 1);
    }
    for [x, _, exact] in values("log10") {
        assert_close(&format!("log10({x:e})"), log10(x), exact, 1);
    }
    for [x, y, exact] in values("pow") {
        assert_close(&format!("pow({x:e}, {y:e})"), pow(x, y), exact, 1);
    }
}

#[test]
fn close_to_the_platforms_everywhere() {
    let mut state = 1u64;
    for _ in 0..200_000 {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        let unit = (state >> 11) as f64 / (1u64 << 53) as f64;
        let x = unit * 1500.0 - 760.0;
        assert_close(&format!("exp({x:e})"), exp(x), x.min(700.0).exp(), 2);
        let x = f64::from_bits(state >> 1);
        if x.is_finite() {
            assert_close(&format!("log({x:e})"), log(x), x.ln(), 2);
            let y = (unit - 0.5) * 3.0;
            assert_close(&format!("pow({x:e}, {y:e})"), pow(x, y), x.powf(y), 2);
        }
    }
}

#[test]
fn special_arguments() {
    assert_eq!(exp(0.0), 1.0);
    assert_eq!(exp(-0.0), 1.0);
    // NEURON's largest.
    assert_eq!(exp(700.0), 700.0f64.exp());
    assert_eq!(exp(700.5), exp(700.0));
    assert_eq!(exp(f64::INFINITY), exp(700.0));
    assert_eq!(exp(f64::NEG_INFINITY), 0.0);
    assert_eq!(exp(1e300), exp(700.0));
    assert_eq!(exp(-1e300), 0.0);
    assert!(exp(f64::NAN).is_nan());
    assert_eq!(exp(-745.13), 5e-324);
    assert_eq!(log(1.0).to_bits(), 0);
    assert_eq!(log(0.0), f64::NEG_INFINITY);
    assert_eq!(log(-0.0), f64::NEG_INFINITY);
    assert_eq!(log(f64::INFINITY), f64::INFINITY);
    assert!(log(-1.0).is_nan() && log(f64::NEG_INFINITY).is_nan() && log(f64::NAN).is_nan());
    for n in -300..300 {
        let power: f64 = format!("1e{n}").parse().unwrap();
        assert_eq!(log10(power), f64::from(n));
    }
}

#[test]
fn pow_has_the_special_cases_of_c() {
    let numbers = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        -0.5,
        2.0,
        -2.0,
        3.0,
        -3.0,
        5.0,
        -5.0,
        6.0,
        1e-310,
        -1e-310,
        1e300,
        -1e300,
        9007199254740993.0,
        9007199254740992.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    for x in numbers {
        for y in numbers {
            let (result, expected) = (pow(x, y), x.powf(y));
            let same = result.to_bits() == expected.to_bits()
                || (result.is_nan() && expected.is_nan())
                || (result.is_finite() && (ordered(result) - ordered(expected)).abs() <= 1);
            assert!(same, "pow({x:e}, {y:e}) = {result:e}, not {expected:e}");
        }
    }
}

#[test]
fn lanes_give_the_bits_of_the_scalar_functions() {
    use nmodl::math::lanes::Lanes;
    use nmodl::math::{exp, log};
    let awkward = [
        0.0,
        -0.0,
        1.0,
        -745.2,
        5e-324,
        f64::INFINITY,
        f64::NAN,
        -1e308,
    ];
    let mut values = awkward.to_vec();
    values.extend((0..800).map(|i| 1.7f64.powi(i % 40 - 20) * if i % 3 == 0 { -1.0 } else { 1.0 }));
    values.extend((0..800).map(|i| f64::from(i) * 1.9 - 760.0));
    let same = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
    for eight in values.as_chunks::<8>().0 {
        let exps = exp::exp(&mut Lanes::<8>, *eight);
        let logs = log::log(&mut Lanes::<8>, *eight);
        for (lane, &x) in eight.iter().enumerate() {
            assert!(same(exps[lane], nmodl::math::exp(x)), "exp({x:e})");
            assert!(same(logs[lane], nmodl::math::log(x)), "log({x:e})");
        }
    }
}

//! Units: their values are NEURON's to the last bit, and what is doubtful is an error.
//!
//! `conversions.tsv` and `factors.tsv` come from the translator of NEURON 9.0.2: every line
//! became a definition in the UNITS block of a .mod file (`(mV) = (millivolt)` for `define`,
//! `c1 = (foot) (inch)` for `convert`, `c1 = (acre) (1)` for the units of `factors.tsv`),
//! and the value is the `static double` that `nocmodl` writes for it in hexadecimal.

use nmodl::units::{self, Dimensions, Quantity, SyntaxProblem, UnitError, Units};

const CONVERSIONS: &str = include_str!("conversions.tsv");
const FACTORS: &str = include_str!("factors.tsv");

#[test]
fn conversions_are_those_of_neuron_to_the_last_bit() {
    let mut units = Units::new();
    let mut converted = 0;
    for line in CONVERSIONS.lines() {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["define", name, meaning] => units.define(name, meaning).unwrap(),
            ["convert", from, to, expected] => {
                let factor = units
                    .factor(from, to)
                    .unwrap_or_else(|error| panic!("{line}: {error}"));
                assert_eq!(factor.to_bits(), hex_float(expected).to_bits(), "{line}");
                converted += 1;
            }
            _ => panic!("{line}"),
        }
    }
    assert!(converted > 100);
}

#[test]
fn every_unit_has_the_value_of_neuron_to_the_last_bit() {
    let units = Units::new();
    for line in FACTORS.lines() {
        let (name, expected) = line.split_once('\t').unwrap();
        let unit = units.parse(name).unwrap();
        assert_eq!(
            unit.factor.to_bits(),
            hex_float(expected).to_bits(),
            "{name}"
        );
    }
}

#[test]
fn constants_of_the_runtime_are_those_of_the_models() {
    let value = |from, to| Units::new().factor(from, to).unwrap();
    assert_eq!(units::FARADAY, value("faraday", "coulomb"));
    assert_eq!(units::GAS_CONSTANT, value("k-mole", "joule/degC"));
    assert_eq!(units::ELEMENTARY_CHARGE, value("e", "coulomb"));
    assert_eq!(units::BOLTZMANN, value("k", "joule/K"));
    assert_eq!(units::AVOGADRO, value("mole", "1"));
}

#[test]
fn a_quantity_prints_as_a_unit_of_the_same_meaning() {
    let units = Units::new();
    for line in FACTORS.lines() {
        let (name, _) = line.split_once('\t').unwrap();
        let unit = units.parse(name).unwrap();
        let printed = unit.to_string();
        assert_eq!(units.parse(&printed), Ok(unit), "{name} = {printed}");
    }
    for (text, printed) in [
        ("milliamp/cm2", "10 coul/m2-sec"),
        ("/ms", "1000 /sec"),
        ("e", "1.602176634-19 coul"),
        ("mole", "6.02214076+23"),
        ("m9-m3/kg9-kg", "1 m9-m3/kg9-kg"),
        ("", "1"),
    ] {
        assert_eq!(units.parse(text).unwrap().to_string(), printed, "{text}");
    }
}

#[test]
fn the_bohr_radius_is_one() {
    let radius = Units::new().factor("bohrradius", "angstrom").unwrap();
    assert!((radius - 0.529).abs() < 1e-3, "{radius}");
}

#[test]
fn incompatible_units_are_reported_with_both_dimensions() {
    let error = Units::new().factor("milliamp", "millivolt").unwrap_err();
    assert_eq!(
        error.to_string(),
        "incompatible units: `0.001 coul/sec` cannot be counted in `0.001 m2-kg/sec2-coul`"
    );
}

#[test]
fn unknown_units_come_with_what_may_have_been_meant() {
    let mut units = Units::new();
    units.define("nA", "nanoamp").unwrap();
    for (text, unknown, at, candidate, declaration) in [
        ("milivolt", "milivolt", 0, Some("millivolt"), None),
        ("10 farady", "farady", 3, Some("faraday"), None),
        ("coul/Na", "Na", 5, Some("nA"), None),
        ("mA/cm2", "mA", 0, None, Some("milliamp")),
        ("cm2-mM", "mM", 4, None, Some("milli/liter")),
        ("µm", "µm", 0, None, None),
        ("kiloxylophones", "kiloxylophones", 0, None, None),
    ] {
        match units.parse(text) {
            Err(UnitError::Unknown {
                name,
                offset,
                candidates,
                customary,
            }) => {
                assert_eq!((&*name, offset), (unknown, at), "{text}");
                if let Some(candidate) = candidate {
                    assert_eq!(candidates[0], candidate, "{text}: {candidates:?}");
                }
                assert_eq!(customary, declaration, "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn what_is_not_in_the_grammar_is_an_error_at_its_place() {
    use SyntaxProblem::*;
    for (text, expected, at) in [
        ("1e8 um5/ms", ExponentLetter, 1),
        ("1e-6 mole/liter", ExponentLetter, 1),
        ("liter/1+3", StrayNumber, 6),
        ("m/s .5", StrayNumber, 4),
        ("cm 2", StrayNumber, 3),
        ("cm-2", StrayNumber, 3),
        ("m10", LongPower, 2),
        ("m*s", Operator('*'), 1),
        ("m^2", Operator('^'), 1),
        ("1.2.3 m", Number, 0),
        (". m", Number, 0),
        ("0 m", Number, 0),
        ("+3 m", Number, 0),
        ("1| m", Number, 3),
        ("1|0 m", Number, 2),
        ("1+400 m", Number, 0),
    ] {
        let error = Units::new().parse(text).unwrap_err();
        match &error {
            UnitError::Syntax { problem, .. } => assert_eq!(*problem, expected, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
        assert_eq!(error.offset(), Some(at), "{text}");
    }
}

#[test]
fn values_out_of_range_are_errors() {
    let units = Units::new();
    let mut metres = "m9 ".repeat(14);
    assert_eq!(units.parse(&metres).unwrap().dims.0[0], 126);
    metres.push_str("m2");
    for text in [&*metres, "e9-e9", "/e9-e9", "1+300|1-300"] {
        assert_eq!(units.parse(text), Err(UnitError::OutOfRange), "{text}");
    }
}

#[test]
fn a_declaration_adds_a_name_and_changes_none() {
    let mut units = Units::new();
    units.define(" mV ", "millivolt").unwrap();
    units.define("mV", "milli volt").unwrap();
    units.define("volt", "joule/coul").unwrap();
    let redefined = units.define("mV", "volt").unwrap_err();
    assert_eq!(
        redefined.to_string(),
        "unit `mV` is already `0.001 m2-kg/sec2-coul` and cannot become `1 m2-kg/sec2-coul`"
    );
    assert!(matches!(
        units.define("g", "gram"),
        Err(UnitError::Redefined { .. })
    ));
    assert_eq!(units.factor("volt", "mV"), Ok(1000.0));
    // A prefix before an alias.
    assert_eq!(units.factor("mV", "micromV"), Ok(1e6));
}

#[test]
fn declarations_that_no_unit_can_refer_to_have_no_effect() {
    let mut units = Units::new();
    units.define("um", "micron").unwrap();
    units.define("um3", "liter/1e15").unwrap();
    units.define("um/s", "micron/s").unwrap();
    assert_eq!(units.factor("um3", "um-um-um"), Ok(1.0));
    assert!(matches!(
        units.define("uM/s", "micromolar/s"),
        Err(UnitError::Unknown { .. })
    ));
}

#[test]
fn no_text_panics() {
    let pieces = [
        "", " ", "-", "/", "|", "+", ".", "e", "1", "0", "9", "m", "s", "kilo", "%", "µ", "°",
        "\n", "*", "\u{0}", "mole", "1+999",
    ];
    for a in pieces {
        let mut units = Units::new();
        for b in pieces {
            for c in pieces {
                let text = format!("{a}{b}{c}");
                let unit: Result<Quantity, _> = units.parse(&text);
                if let Ok(unit) = unit {
                    assert!(unit.factor > 0.0 && unit.factor.is_finite(), "{text}");
                }
                let _ = units.define(&text, c);
            }
        }
    }
    assert_eq!(Dimensions::NONE.to_string(), "");
}

/// A positive number as C prints it with `%a`.
fn hex_float(text: &str) -> f64 {
    let (mantissa, exponent) = text.strip_prefix("0x").unwrap().split_once('p').unwrap();
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = u64::from_str_radix(&format!("{whole}{fraction}"), 16).unwrap();
    let exponent: i32 = exponent.parse().unwrap();
    // Both factors are exact, so there is one rounding at most: none.
    digits as f64 * 2f64.powi(exponent - 4 * i32::try_from(fraction.len()).unwrap())
}

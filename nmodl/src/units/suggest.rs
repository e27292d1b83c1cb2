//! Help for a name that is not a unit.

use super::{
    database::{self, PREFIXES},
    error::UnitError,
};

/// Names that models declare in their UNITS block, and what they declare them to be.
const CUSTOMARY: [(&str, &str); 26] = [
    ("F", "farad"),
    ("M", "1/liter"),
    ("S", "siemens"),
    ("fC", "femtocoulomb"),
    ("kHz", "kilohertz"),
    ("kJ", "kilojoule"),
    ("l", "liter"),
    ("mA", "milliamp"),
    ("mM", "milli/liter"),
    ("mS", "millisiemens"),
    ("mV", "millivolt"),
    ("mol", "1"),
    ("molar", "1/liter"),
    ("nA", "nanoamp"),
    ("nF", "nanofarad"),
    ("nM", "nano/liter"),
    ("nS", "nanosiemens"),
    ("pA", "picoamp"),
    ("pS", "picosiemens"),
    ("uA", "microamp"),
    ("uF", "microfarad"),
    ("uM", "micro/liter"),
    ("uS", "microsiemens"),
    ("um", "micron"),
    ("umho", "micromho"),
    ("uV", "microvolt"),
];

/// At most so many candidates.
const CANDIDATES: usize = 3;

/// Adds to an unknown unit what it may have been meant to be; `aliases` are the names that
/// the model has declared.
pub(super) fn explain<'a>(
    mut error: UnitError,
    aliases: impl Iterator<Item = &'a str>,
) -> UnitError {
    if let UnitError::Unknown {
        name,
        candidates,
        customary,
        ..
    } = &mut error
    {
        *candidates = similar(name, aliases);
        *customary = CUSTOMARY
            .iter()
            .find_map(|(short, meaning)| (short == name).then_some(*meaning));
    }
    error
}

/// Aliases before units, units before prefixed units, at equal distance.
fn similar<'a>(name: &str, aliases: impl Iterator<Item = &'a str>) -> Vec<String> {
    let length = name.chars().count();
    let allowed = match length {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    let units = || database::names().map(|unit| ("", unit));
    let plain = aliases.map(|alias| ("", alias)).chain(units());
    let prefixed = PREFIXES.iter().flat_map(|&(prefix, _)| {
        let long = units().filter(|(_, unit)| unit.len() > 2);
        long.map(move |(_, unit)| (prefix, unit))
    });
    let mut found: Vec<(usize, String)> = plain
        .chain(prefixed)
        .filter(|(prefix, unit)| length.abs_diff(prefix.len() + unit.len()) <= allowed)
        .map(|(prefix, unit)| format!("{prefix}{unit}"))
        .map(|known| (distance(name, &known), known))
        .filter(|(distance, _)| *distance <= allowed)
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    found.truncate(CANDIDATES);
    found.into_iter().map(|(_, known)| known).collect()
}

/// Edits between the two; a difference in case alone counts nothing, so that such a name
/// comes first.
fn distance(name: &str, known: &str) -> usize {
    if name.eq_ignore_ascii_case(known) {
        return 0;
    }
    strsim::osa_distance(name, known).max(1)
}

//! How well two runs have to agree, and whether they do.
//!
//! A difference is relative to the larger of the value itself and a hundredth of the largest
//! magnitude that its column reaches: a potential or a current that passes through 0
//! is not asked for more digits there than its neighbours have.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::engine::Trace;

/// Share of a column's largest magnitude below which differences are relative to that.
const FLOOR: f64 = 1e-2;

/// What is asked of a case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Agreement {
    /// Largest relative difference of any variable at any step.
    relative: f64,
    /// Largest difference of the times of a spike, in steps.
    spike_steps: f64,
    /// Time around each spike within which values are not compared, in ms.
    around_spikes_ms: f64,
    /// Why it is not the usual.
    because: String,
}

impl Default for Agreement {
    /// Currents linear in v: nothing is approximated on either side.
    fn default() -> Self {
        Self {
            relative: 1e-9,
            spike_steps: 0.0,
            around_spikes_ms: 0.0,
            because: String::new(),
        }
    }
}

/// The largest differences that were found.
#[derive(Debug, Default)]
pub struct Found {
    relative: f64,
    column: String,
    time_ms: f64,
    values: (f64, f64),
    spikes: usize,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ours, theirs) = self.values;
        write!(f, "{:.1e}", self.relative)?;
        if self.relative > 0.0 {
            let (column, time_ms) = (&self.column, self.time_ms);
            write!(f, " in {column} at {time_ms} ms, {ours} for {theirs}")?;
        }
        if self.spikes > 0 {
            write!(f, "; {} spikes", self.spikes)?;
        }
        Ok(())
    }
}

impl Agreement {
    /// The usual, but for the largest relative difference.
    pub fn within(relative: f64) -> Self {
        Self {
            relative,
            ..Self::default()
        }
    }

    /// The same, but for the largest difference of the times of a spike.
    pub fn with_spikes_within(self, steps: f64) -> Self {
        Self {
            spike_steps: steps,
            ..self
        }
    }

    /// What is asked of the case of that name.
    pub fn of(case: &str) -> Self {
        table().remove(case).unwrap_or_default()
    }

    /// The largest differences, if they are small enough.
    pub fn compare(&self, ours: &Trace, theirs: &Trace) -> Result<Found, String> {
        if ours.t_ms.len() != theirs.t_ms.len() {
            let (a, b) = (ours.t_ms.len(), theirs.t_ms.len());
            return Err(format!("{a} rows, and {b} of NEURON"));
        }
        if let Some((a, b)) = ours
            .t_ms
            .iter()
            .zip(&theirs.t_ms)
            .find(|(a, b)| (*a - *b).abs() > 1e-9)
        {
            return Err(format!("a row at {a} ms, and at {b} ms of NEURON"));
        }
        let spikes = self.spikes(ours, theirs);
        let mut found = Found::default();
        for (name, theirs_of) in &theirs.columns {
            let Some((_, ours_of)) = ours.columns.iter().find(|(ours, _)| ours == name) else {
                return Err(format!("there is no column {name}"));
            };
            let largest = theirs_of.iter().fold(0.0f64, |a, b| a.max(b.abs()));
            for (i, (&a, &b)) in ours_of.iter().zip(theirs_of).enumerate() {
                let time_ms = theirs.t_ms[i];
                let near = |(t, _): &(f64, String)| (t - time_ms).abs() < self.around_spikes_ms;
                if theirs.spikes.iter().any(near) {
                    continue;
                }
                let difference = relative(a, b, largest);
                if difference > found.relative {
                    found = Found {
                        relative: difference,
                        column: name.clone(),
                        time_ms,
                        values: (a, b),
                        spikes: 0,
                    };
                }
            }
        }
        found.spikes = theirs.spikes.len();
        match spikes {
            Err(message) => Err(format!("{message}; {found}")),
            Ok(()) if found.relative <= self.relative => Ok(found),
            Ok(()) => Err(found.to_string()),
        }
    }

    /// Whether the spikes are the same, each within the allowed number of steps.
    fn spikes(&self, ours: &Trace, theirs: &Trace) -> Result<(), String> {
        let (ours_by, theirs_by) = (by_source(ours), by_source(theirs));
        for (source, times) in &theirs_by {
            let own = ours_by.get(source).cloned().unwrap_or_default();
            let tolerance_ms = self.spike_steps * theirs.dt_ms + 1e-9;
            let same = own.len() == times.len()
                && own
                    .iter()
                    .zip(times)
                    .all(|(a, b)| (a - b).abs() <= tolerance_ms);
            if !same {
                return Err(format!("spikes of {source} {own:?}, of NEURON {times:?}"));
            }
        }
        match ours_by
            .keys()
            .find(|source| !theirs_by.contains_key(*source))
        {
            Some(source) => Err(format!("{source} spikes, and not in NEURON")),
            None => Ok(()),
        }
    }
}

/// The cases of which less than the usual is asked, and why.
pub fn reasons() -> Vec<(String, String)> {
    let reason = |(name, agreement): (String, Agreement)| (name, agreement.because);
    table().into_iter().map(reason).collect()
}

fn table() -> BTreeMap<String, Agreement> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/neuron/agreement.toml");
    let text = fs::read_to_string(path).expect("agreement.toml");
    toml::from_str(&text).expect("agreement.toml is a table of agreements")
}

/// 0 for equal values, also for those that are not finite; infinite if one alone is not.
fn relative(a: f64, b: f64, largest: f64) -> f64 {
    if a == b || (a.is_nan() && b.is_nan()) {
        0.0
    } else if a.is_finite() && b.is_finite() {
        (a - b).abs() / b.abs().max(FLOOR * largest).max(f64::MIN_POSITIVE)
    } else {
        f64::INFINITY
    }
}

/// Whether two runs are the same to the last bit.
pub fn identical(one: &Trace, other: &Trace) -> Result<(), String> {
    if one.spikes != other.spikes {
        return Err("the number of lanes changes spike times".to_owned());
    }
    for ((name, a), (_, b)) in one.columns.iter().zip(&other.columns) {
        let differs = |(a, b): (&f64, &f64)| a.to_bits() != b.to_bits();
        if let Some(i) = a.iter().zip(b).position(differs) {
            let (t, a, b) = (one.t_ms[i], a[i], b[i]);
            return Err(format!(
                "the number of lanes changes {name} at {t} ms: {a} with one, {b} with several"
            ));
        }
    }
    Ok(())
}

fn by_source(trace: &Trace) -> BTreeMap<&str, Vec<f64>> {
    let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (time_ms, source) in &trace.spikes {
        times.entry(source).or_default().push(*time_ms);
    }
    times
}

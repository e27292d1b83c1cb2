//! Event times as text: one line for each event, its time (ms) and its source.

use std::io::{self, Write};

use super::Spike;
use super::csv::field;

/// Writes `time source`, separated by a space.
///
/// # Errors
///
/// Those of `out`.
pub fn write_text(spikes: &[Spike], out: &mut impl Write) -> io::Result<()> {
    spikes
        .iter()
        .try_for_each(|spike| writeln!(out, "{} {}", spike.time_ms, spike.source))
}

/// Writes comma-separated values with a line of names.
///
/// # Errors
///
/// Those of `out`.
pub fn write_csv(spikes: &[Spike], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "t (ms),source")?;
    spikes
        .iter()
        .try_for_each(|spike| writeln!(out, "{},{}", spike.time_ms, field(&spike.source)))
}

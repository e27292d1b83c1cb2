//! The text that NEURON's `batch_run` writes: a comment, a line about the run, and one line
//! for each row, every value in `%g` with a space before it.

use std::io::{self, Write};

use super::number::general;
use super::{Head, Table};

/// Writes a table.
///
/// # Errors
///
/// Those of `out`.
pub fn write(head: &Head, table: &Table, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", head.title)?;
    writeln!(
        out,
        "batch_run from t = {} to {} in steps of {} with dt = {}",
        general(head.t_start_ms),
        general(head.tstop_ms),
        general(head.tstep_ms),
        general(head.dt_ms)
    )?;
    for row in table.rows() {
        for value in row {
            write!(out, " {}", general(*value))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

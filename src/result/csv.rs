//! Comma-separated values (RFC 4180): a line of `name (units)`, then the rows. Numbers are
//! written with as many digits as it takes to read the same double back.

use std::io::{self, Write};

use super::Table;

/// Writes a table.
///
/// # Errors
///
/// Those of `out`.
pub fn write(table: &Table, out: &mut impl Write) -> io::Result<()> {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| match column.units.as_str() {
            "" => field(&column.name),
            units => field(&format!("{} ({units})", column.name)),
        })
        .collect();
    writeln!(out, "{}", names.join(","))?;
    for row in table.rows() {
        let values: Vec<String> = row.iter().map(|value| shortest(*value)).collect();
        writeln!(out, "{}", values.join(","))?;
    }
    Ok(())
}

/// A text in quotes if it needs them.
pub(super) fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The shortest text that reads back as the same double.
fn shortest(value: f64) -> String {
    let magnitude = value.abs();
    if value == 0.0 || (1e-5..1e16).contains(&magnitude) || !value.is_finite() {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

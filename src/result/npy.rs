//! NumPy's `.npy`, version 1.0: a two-dimensional array of little-endian doubles, rows by
//! columns, in C order.
//!
//! The format is described in `numpy.lib.format`: a magic string, the version, the length
//! of a Python dictionary padded so that the data begins at a multiple of 64, the data.

use std::io::{self, Write};

use super::Table;

const MAGIC: &[u8] = b"\x93NUMPY\x01\x00";
const ALIGNMENT: usize = 64;

/// Writes a table.
///
/// # Errors
///
/// Those of `out`.
pub fn write(table: &Table, out: &mut impl Write) -> io::Result<()> {
    let (rows, columns) = (table.rows().len(), table.columns.len());
    let mut head =
        format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
    let used = MAGIC.len() + 2 + head.len() + 1;
    head.push_str(&" ".repeat(used.next_multiple_of(ALIGNMENT) - used));
    head.push('\n');
    let length = u16::try_from(head.len()).map_err(io::Error::other)?;
    out.write_all(MAGIC)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(head.as_bytes())?;
    for value in &table.values {
        out.write_all(&value.to_le_bytes())?;
    }
    Ok(())
}

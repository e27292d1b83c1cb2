//! `nmodlrs fmt`: `.mod` files in canonical layout.

use std::fs;
use std::path::Path;

use nmodl::diagnostic::render::render_all;
use nmodl::format::{FormatError, format};
use nmodl::source::SourceMap;

use super::{Failure, FmtArguments, print};
use crate::problem::style;

/// Formats files in place, or lists those that are not formatted. A file with faults is left as
/// it is, and the others are formatted nevertheless.
pub fn fmt(arguments: &FmtArguments) -> Result<(), Failure> {
    let mut messages = String::new();
    let mut listed = String::new();
    for path in &arguments.files {
        let bytes = fs::read(path).map_err(|error| Failure::read(path, error))?;
        match formatted(path, &bytes) {
            Err(message) => messages.push_str(&message),
            Ok(after) if after == bytes => {}
            Ok(_) if arguments.check => listed.push_str(&format!("{}\n", path.display())),
            Ok(after) => fs::write(path, after).map_err(|error| Failure::write(path, error))?,
        }
    }
    print(&listed)?;
    if messages.is_empty() && listed.is_empty() {
        Ok(())
    } else {
        Err(Failure::Input(messages))
    }
}

/// The bytes of the formatted file, in its own encoding, or why there are none.
fn formatted(path: &Path, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes(path.display().to_string(), bytes);
    let text = format(&sources, file).map_err(|error| match error {
        FormatError::Faulty(diagnostics) => render_all(&diagnostics, &sources, style()),
        FormatError::Changed => format!(
            "error: `{}` is left as it is: formatting would change its meaning\n\
             note: this is a defect of the formatter; please report it\n",
            path.display()
        ),
    })?;
    // Text behind a Control-Z is not read by the compiler, but may be dear to someone.
    let end = bytes.iter().position(|b| matches!(b, 0x1a | 0x04));
    let tail = end.map_or(&[][..], |end| &bytes[end..]);
    let mut out = if std::str::from_utf8(bytes).is_ok() {
        text.into_bytes()
    } else {
        // The file is Latin-1, and every character of it one byte.
        text.chars().map(|c| u32::from(c) as u8).collect()
    };
    if tail.len() > 1 {
        out.extend_from_slice(tail);
    }
    Ok(out)
}

//! Any bytes as a `.mod` file: text to optimized IR, which is verified after each pass, and the
//! messages rendered; lints, units and layout. Nothing may panic, hang, or take much memory.

#![no_main]

use libfuzzer_sys::fuzz_target;
use nmodl::diagnostic::render::{Style, render_all};
use nmodl::format::{FormatError, format};
use nmodl::source::{NoIncludes, SourceMap};

fuzz_target!(|bytes: &[u8]| {
    let mut sources = SourceMap::new();
    let file = sources.add_bytes("fuzz.mod", bytes);
    let diagnostics = nmodl::check_with_units(&mut sources, file, &mut NoIncludes);
    render_all(&diagnostics, &sources, Style::Plain);
    // What parses can be formatted.
    assert_ne!(format(&sources, file), Err(FormatError::Changed));
});

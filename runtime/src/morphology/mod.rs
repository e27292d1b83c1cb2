//! Morphologies: files become unbranched sections, as NEURON's Import3d makes them.
//!
//! [`swc`] and [`neurolucida`] read a text each. What they give is not yet part of any model: a
//! front end names the sections, makes them, and connects them.

mod contour;
pub mod neurolucida;
pub mod swc;

use std::ops::Range;

/// Type of the soma's sections.
pub const SOMA: i64 = 1;

/// An unbranched section of a morphology.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// 1 soma, 2 axon, 3 dendrite, 4 apical dendrite, or what the file says.
    pub kind: i64,
    /// The parent's index in the list of branches, and the position there; `None` for a root. Its
    /// end 0 is attached.
    pub parent: Option<(usize, f64)>,
    /// `[x, y, z, diam]` in µm, at least two.
    pub points_um: Vec<[f64; 4]>,
    /// `[x, y, z]` in µm of the place that a wire connects it with, if there is a wire: that place
    /// is not among the points.
    pub wired_to_um: Option<[f64; 3]>,
}

/// What is wrong at a place of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// One sentence, lower case.
    pub message: String,
    /// Another place that explains, and what to say there.
    pub see: Option<(Range<usize>, &'static str)>,
    /// What to do about it.
    pub help: Option<&'static str>,
}

impl Fault {
    fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            see: None,
            help: None,
        }
    }

    /// The fault in a line of its own: `cell.swc:12: a second sample 3`.
    pub fn in_line(&self, name: &str, text: &str) -> String {
        let before = &text.as_bytes()[..self.span.start.min(text.len())];
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        let help = self.help.map(|help| format!(" ({help})"));
        format!(
            "{name}:{line}: {}{}",
            self.message,
            help.unwrap_or_default()
        )
    }
}

/// What sections of a type are called: `soma`, `axon`, `dend`, `apic`, `dend_5`, `minus_2`.
pub fn base_name(kind: i64) -> String {
    match kind {
        SOMA => "soma".to_owned(),
        2 => "axon".to_owned(),
        3 => "dend".to_owned(),
        4 => "apic".to_owned(),
        other if other < 0 => format!("minus_{}", other.unsigned_abs()),
        other => format!("dend_{other}"),
    }
}

/// A sphere as a cylinder of its diameter and of that length along x.
fn sphere([x, y, z, diam]: [f64; 4]) -> Vec<[f64; 4]> {
    let radius = diam / 2.0;
    vec![
        [x - radius, y, z, diam],
        [x, y, z, diam],
        [x + radius, y, z, diam],
    ]
}

//! A section: an unbranched cable with its geometry, its segments and what is inserted in them.
//!
//! Segments are kept in the order of increasing x, whatever end is attached to the parent.
//! Values of inserted mechanisms and ions are kept here while no simulation is made from the
//! model, one row of doubles for each segment.

use crate::id::{IonId, MechanismId, SectionId};
use crate::ion::IonStyle;
use crate::random::Stream;

use super::place::End;

/// A point of a section's 3-D description, in µm.
///
/// NEURON stores these in single precision; so do we, that areas agree to the last digit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point3d {
    /// x in µm.
    pub x_um: f32,
    /// y in µm.
    pub y_um: f32,
    /// z in µm.
    pub z_um: f32,
    /// Diameter in µm.
    pub diam_um: f32,
}

/// How a section is attached to its parent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Connection {
    /// The parent.
    pub parent: SectionId,
    /// Position on the parent, 0 to 1.
    pub parent_x: f64,
    /// The end of the child that is attached.
    pub child_end: End,
}

/// An unbranched cable.
#[derive(Debug, Clone)]
pub struct Section {
    pub(crate) name: String,
    pub(crate) length_um: f64,
    pub(crate) axial_resistivity_ohm_cm: f64,
    pub(crate) rall_branch: f64,
    pub(crate) connection: Option<Connection>,
    /// What is attached to it: what is nearer to its own attached end first, and of those at one
    /// position the last connected first, as in NEURON.
    pub(crate) children: Vec<SectionId>,
    pub(crate) points: Vec<Point3d>,
    /// Arc length of each point from the first, in µm.
    pub(crate) arc_um: Vec<f64>,
    /// Where the points are logically connected (NEURON's `pt3dstyle`), in µm.
    pub(crate) logical_connection_um: Option<[f32; 3]>,
    pub(crate) segments: Vec<Segment>,
    /// Membrane potentials of the 0-area nodes at x = 0 and x = 1, in mV.
    pub(crate) end_v_mv: [f64; 2],
    /// Membrane currents there, in nA.
    pub(crate) end_i_membrane_na: [f64; 2],
    /// Potentials there of each extracellular layer, in mV; none without extracellular.
    pub(crate) end_vext_mv: [Vec<f64>; 2],
    pub(crate) density: Vec<Inserted>,
    pub(crate) ions: Vec<SectionIon>,
    /// Its id names nothing any more.
    pub(crate) removed: bool,
}

/// Properties of one segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// Diameter in µm.
    pub diam_um: f64,
    /// Specific capacitance in µF/cm².
    pub cm_uf_per_cm2: f64,
    /// Membrane potential in mV.
    pub v_mv: f64,
    /// Its change in the last solution of the cable equation, in mV.
    pub(crate) dv_mv: f64,
    /// Total membrane current in nA, if it is computed.
    pub(crate) i_membrane_na: f64,
}

/// A density mechanism in all segments of a section.
#[derive(Debug, Clone)]
pub(crate) struct Inserted {
    pub mechanism: MechanismId,
    pub columns: usize,
    /// `values[segment * columns + column]`.
    pub values: Vec<f64>,
    /// RANDOM streams, the same number for each segment.
    pub streams: Vec<Stream>,
}

/// An ion in all segments of a section.
#[derive(Debug, Clone)]
pub(crate) struct SectionIon {
    pub ion: IonId,
    /// One for each segment.
    pub style: Vec<IonStyle>,
    /// `erev, ci, co`, the current and its conductance for each segment.
    pub values: Vec<[f64; 5]>,
}

impl Section {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            length_um: 100.0,
            axial_resistivity_ohm_cm: 35.4,
            rall_branch: 1.0,
            connection: None,
            children: Vec::new(),
            points: Vec::new(),
            arc_um: Vec::new(),
            logical_connection_um: None,
            segments: vec![Segment {
                diam_um: 500.0,
                cm_uf_per_cm2: 1.0,
                v_mv: -65.0,
                dv_mv: 0.0,
                i_membrane_na: 0.0,
            }],
            end_v_mv: [-65.0; 2],
            end_i_membrane_na: [0.0; 2],
            end_vext_mv: [Vec::new(), Vec::new()],
            density: Vec::new(),
            ions: Vec::new(),
            removed: false,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Length in µm; with 3-D points their arc length.
    pub fn length_um(&self) -> f64 {
        self.length_um
    }

    /// Number of segments.
    pub fn segment_count(&self) -> usize {
        self.segments.len()
    }

    /// Axial resistivity (`Ra`) in Ω·cm.
    pub fn axial_resistivity_ohm_cm(&self) -> f64 {
        self.axial_resistivity_ohm_cm
    }

    /// Number of equal branches that this one stands for (`rallbranch`).
    pub fn rall_branch(&self) -> f64 {
        self.rall_branch
    }

    /// Where it is attached; `None` for a root.
    pub fn connection(&self) -> Option<Connection> {
        self.connection
    }

    /// Sections that are attached to it, in NEURON's order: from its own attached end on, and of
    /// those at one position the last connected first.
    pub fn children(&self) -> &[SectionId] {
        &self.children
    }

    /// Arc length in µm of each 3-D point from the first.
    pub fn arc_um(&self) -> &[f64] {
        &self.arc_um
    }

    /// Where the 3-D points are logically connected (NEURON's `pt3dstyle`), in µm.
    pub fn logical_connection_um(&self) -> Option<[f32; 3]> {
        self.logical_connection_um
    }

    /// True if the geometry is that of the 3-D points: there are two at different places.
    pub(crate) fn has_shape(&self) -> bool {
        self.arc_um.last().is_some_and(|&arc| arc > 0.0)
    }

    /// 3-D points; empty if the geometry is length and diameters.
    pub fn points(&self) -> &[Point3d] {
        &self.points
    }

    /// Segments from x = 0 to x = 1. With 3-D points the diameters are those that the points
    /// give.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The end that is attached to the parent, or the root's own end 0.
    pub fn attached_end(&self) -> End {
        self.connection.map_or(End::Zero, |c| c.child_end)
    }

    /// Index of the segment that holds x.
    pub fn segment_at(&self, x: f64) -> usize {
        let n = self.segments.len();
        ((n as f64 * x) as usize).min(n - 1)
    }

    /// The end or the segment at x.
    pub(crate) fn site(&self, x: f64) -> Site {
        match x {
            0.0 => Site::End(End::Zero),
            1.0 => Site::End(End::One),
            _ => Site::Segment(self.segment_at(x)),
        }
    }

    /// Position of the middle of a segment.
    pub fn segment_x(&self, segment: usize) -> f64 {
        (segment as f64 + 0.5) / self.segments.len() as f64
    }

    /// Scales the points to a new length, or sets it.
    pub(crate) fn resize_length(&mut self, length_um: f64) {
        if self.has_shape()
            && let Some(&old) = self.arc_um.last()
        {
            let factor = length_um / old;
            let origin = self.points[0];
            let scale = |from: f32, p: f32| (f64::from(from) + f64::from(p - from) * factor) as f32;
            for (point, arc) in self.points.iter_mut().zip(&mut self.arc_um) {
                *arc *= factor;
                point.x_um = scale(origin.x_um, point.x_um);
                point.y_um = scale(origin.y_um, point.y_um);
                point.z_um = scale(origin.z_um, point.z_um);
            }
        }
        self.length_um = length_um;
    }

    /// Gives the 3-D points the diameter of the segment that they are in.
    pub(crate) fn points_take_segment_diameters(&mut self) {
        for i in 0..self.points.len() {
            let x = (self.arc_um[i] / self.length_um).min(1.0);
            let segment = self.segment_at(x);
            self.points[i].diam_um = self.segments[segment].diam_um as f32;
        }
    }

    /// Changes the number of segments; each new one is a copy of the old one that holds its
    /// middle. A RANDOM stream is nobody's copy: where an old one has been taken, `next_stream` makes
    /// another.
    pub(crate) fn resample(&mut self, count: usize, mut next_stream: impl FnMut() -> Stream) {
        let old = self.segments.len();
        let source: Vec<usize> = (0..count)
            .map(|i| ((old as f64 * ((i as f64 + 0.5) / count as f64)) as usize).min(old - 1))
            .collect();
        self.segments = source.iter().map(|&s| self.segments[s]).collect();
        for inserted in &mut self.density {
            let c = inserted.columns;
            inserted.values = source
                .iter()
                .flat_map(|&s| inserted.values[s * c..(s + 1) * c].iter().copied())
                .collect();
            let each = inserted.streams.len() / old;
            let mut streams: Vec<_> = inserted.streams.drain(..).map(Some).collect();
            for &s in &source {
                for stream in &mut streams[s * each..(s + 1) * each] {
                    let stream = stream.take().unwrap_or_else(&mut next_stream);
                    inserted.streams.push(stream);
                }
            }
        }
        for ion in &mut self.ions {
            ion.style = source.iter().map(|&s| ion.style[s]).collect();
            ion.values = source.iter().map(|&s| ion.values[s]).collect();
        }
    }
}

/// Where a point process is kept: NEURON keeps it at a node, not at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    Segment(usize),
    End(End),
}

impl Site {
    /// The site after its section's number of segments went from `old` to `new`.
    pub fn resampled(self, old: usize, new: usize) -> Self {
        let Self::Segment(i) = self else { return self };
        let middle = (i as f64 + 0.5) / old as f64;
        if old < new {
            return Self::Segment((new as f64 * middle) as usize);
        }
        // A node that is reused keeps its point processes, others go to the next segment whose
        // far end is beyond their middle.
        let reused =
            (0..new).find(|&j| (old as f64 * ((j as f64 + 0.5) / new as f64)) as usize == i);
        Self::Segment(reused.unwrap_or_else(|| {
            (0..new)
                .find(|&j| middle <= (j as f64 + 1.0) / new as f64)
                .unwrap_or(new - 1)
        }))
    }
}

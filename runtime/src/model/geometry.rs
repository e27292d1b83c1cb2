//! Areas, diameters and axial resistances of a section's segments.
//!
//! Without 3-D points a segment is a cylinder of its own diameter. With them, lateral areas and
//! axial resistances are the sums over the frusta between the points, each segment's resistance
//! in two halves, and the diameter is the mean over the segment (Hines and Carnevale 1997). The
//! integrals follow NEURON's treatment of edge cases, so that numbers agree to roundoff.

use std::f64::consts::PI;

use crate::error::ModelError;

use super::place::End;
use super::section::Section;

/// Geometry in the order of the segments, from x = 0 to x = 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SectionGeometry {
    /// Lateral membrane area in µm².
    pub area_um2: Vec<f64>,
    /// Mean diameter in µm.
    pub diam_um: Vec<f64>,
    /// Axial conductance in µS from each segment's middle to the neighbour on the attached side:
    /// in *node order* (from the attached end), `nseg + 1` entries, the last one from the far end
    /// to the last middle.
    pub conductance_us: Vec<f64>,
    attached: End,
}

/// One segment's integrals.
#[derive(Debug, Clone, Copy, Default)]
struct Integrals {
    area_um2: f64,
    diam_um: f64,
    /// Resistance in MΩ of the half on the attached side, and of the other one.
    half_mohm: [f64; 2],
}

impl SectionGeometry {
    /// # Errors
    ///
    /// A diameter that is not positive.
    pub fn new(section: &Section) -> Result<Self, ModelError> {
        let attached = section.attached_end();
        let mut integrals = if section.has_shape() {
            frusta(section)
        } else {
            cylinders(section, attached)
        };
        if let Some(bad) = integrals
            .iter()
            .find(|i| i.diam_um.is_nan() || i.diam_um <= 0.0)
        {
            return Err(ModelError::Value {
                place: section.name.clone(),
                quantity: "diam",
                value: bad.diam_um,
                requirement: "finite and positive",
            });
        }
        let mut conductance_us = Vec::with_capacity(integrals.len() + 1);
        let mut before = 0.0;
        for segment in &integrals {
            conductance_us.push(1.0 / (before + segment.half_mohm[0]));
            before = segment.half_mohm[1];
        }
        conductance_us.push(1.0 / before);
        if attached == End::One {
            integrals.reverse();
        }
        Ok(Self {
            area_um2: integrals.iter().map(|i| i.area_um2).collect(),
            diam_um: integrals.iter().map(|i| i.diam_um).collect(),
            conductance_us,
            attached,
        })
    }

    /// Axial resistance in MΩ from a segment's middle to its neighbour on the attached side.
    pub fn ri_mohm(&self, segment: usize) -> f64 {
        let node = match self.attached {
            End::Zero => segment,
            End::One => self.area_um2.len() - 1 - segment,
        };
        1.0 / self.conductance_us[node]
    }
}

/// Cylinders in node order.
fn cylinders(section: &Section, attached: End) -> Vec<Integrals> {
    let dx = section.length_um / section.segments.len() as f64;
    let cylinder = |diam_um: f64| {
        let half =
            1e-2 * section.axial_resistivity_ohm_cm * (dx / 2.0) / (PI * diam_um * diam_um / 4.0);
        Integrals {
            area_um2: PI * diam_um * dx,
            diam_um,
            half_mohm: [half; 2],
        }
    };
    let mut list: Vec<_> = section
        .segments
        .iter()
        .map(|s| cylinder(s.diam_um))
        .collect();
    if attached == End::One {
        list.reverse();
    }
    list
}

/// Sums over the frusta between 3-D points, in node order: the first point is at the attached
/// end. Every half segment is integrated from where the last one ended.
fn frusta(section: &Section) -> Vec<Integrals> {
    let (points, arcs) = (&section.points, &section.arc_um);
    let last = points.len() - 1;
    let diam = |i: usize| f64::from(points[i].diam_um).abs();
    let count = section.segments.len();
    let ds = arcs[last] / count as f64;
    let to_mohm = section.axial_resistivity_ohm_cm / PI * (4.0 * 0.01);

    let mut point = 0;
    let (mut x1, mut d1) = (arcs[0], diam(0));
    (0..count)
        .map(|segment| {
            let mut sums = Integrals::default();
            let mut start = segment as f64 * ds;
            for half in 0..2 {
                let end = start + ds / 2.0;
                let mut inverse = 0.0;
                loop {
                    let next = point + 1;
                    let (from, to) = (arcs[point], arcs[next]);
                    let inside = to > end || next == last;
                    let (x2, d2) = if inside {
                        let fraction = if (to - from).abs() < 1e-10 {
                            1.0
                        } else {
                            (end - from) / (to - from)
                        };
                        (end, (1.0 - fraction) * diam(point) + fraction * diam(next))
                    } else {
                        (to, diam(next))
                    };
                    let mut length = x2 - x1;
                    sums.diam_um += (d2 + d1) * length;
                    length = length.max(1e-15);
                    let conductance = d2 * d1 / length;
                    inverse += 1.0
                        / if conductance == 0.0 {
                            1e-15
                        } else {
                            conductance
                        };
                    let slope = 0.5 * (d2 - d1);
                    sums.area_um2 += (d2 + d1) * (length * length + slope * slope).sqrt();
                    (x1, d1) = (x2, d2);
                    if inside {
                        break;
                    }
                    point = next;
                }
                sums.half_mohm[half] = inverse * to_mohm;
                start = end;
            }
            sums.diam_um *= 0.5 / ds;
            sums.area_um2 *= 0.5 * PI;
            sums
        })
        .collect()
}

/// Volume of a segment in µm³: the sum over the frusta between its 3-D points, or a cylinder.
pub(crate) fn volume_um3(section: &Section, segment: usize) -> f64 {
    let ds = section.length_um / section.segments.len() as f64;
    if !section.has_shape() {
        let diam = section.segments[segment].diam_um;
        return PI * diam * diam / 4.0 * ds;
    }
    let node = match section.attached_end() {
        End::Zero => segment,
        End::One => section.segments.len() - 1 - segment,
    };
    let (from, to) = (node as f64 * ds, (node + 1) as f64 * ds);
    let arcs = &section.arc_um;
    let diam = |i: usize| f64::from(section.points[i].diam_um).abs();
    let pieces = arcs.windows(2).enumerate().map(|(i, arc)| {
        let (a, b) = (arc[0].max(from), arc[1].min(to));
        if a >= b {
            return 0.0;
        }
        let at = |x: f64| diam(i) + (diam(i + 1) - diam(i)) * (x - arc[0]) / (arc[1] - arc[0]);
        let (d, e) = (at(a), at(b));
        (b - a) * (d * d + d * e + e * e)
    });
    pieces.sum::<f64>() * PI / 12.0
}

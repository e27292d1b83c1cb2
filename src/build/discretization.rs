//! How many segments a section has that does not say so itself.

use std::f64::consts::PI;

use runtime::Section;

use crate::model::file::Segments;
use crate::problem::Problem;

/// Share of the AC length constant that a segment has, by Hines and Carnevale (2001).
const D_LAMBDA: f64 = 0.1;
/// Hz.
const FREQUENCY_HZ: f64 = 100.0;

/// A rule that gives numbers of segments; they are odd.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// One segment.
    One,
    /// No segment longer than a share of the AC length constant.
    DLambda { d_lambda: f64, frequency_hz: f64 },
    /// No segment longer than this.
    MaxLength { um: f64 },
}

impl Rule {
    /// The rule that a `segments` table states.
    pub fn of(table: Option<&Segments>) -> Result<Self, Problem> {
        let Some(table) = table else {
            return Ok(Self::One);
        };
        match (&table.max_length, &table.d_lambda, &table.frequency) {
            (None, d_lambda, frequency) => Ok(Self::DLambda {
                d_lambda: d_lambda.as_deref().copied().unwrap_or(D_LAMBDA),
                frequency_hz: frequency.as_deref().copied().unwrap_or(FREQUENCY_HZ),
            }),
            (Some(max), None, None) => Ok(Self::MaxLength { um: **max }),
            (Some(max), Some(other), _) | (Some(max), None, Some(other)) => {
                Err(Problem::at(max.span(), "`segments` states two rules")
                    .label("either this")
                    .see(other.span(), "or this"))
            }
        }
    }

    /// The number of segments of a section.
    pub fn count(self, section: &Section) -> usize {
        let length_um = section.length_um();
        match self {
            Self::One => 1,
            Self::DLambda {
                d_lambda,
                frequency_hz,
            } => {
                let lambda_um = ac_length_constant_um(section, frequency_hz);
                ((length_um / (d_lambda * lambda_um) + 0.9) / 2.0) as usize * 2 + 1
            }
            Self::MaxLength { um } => ((length_um / um).ceil() / 2.0) as usize * 2 + 1,
        }
    }
}

/// The AC length constant: √(diam / (4π f Ra cm)) in the units of each, summed over the frusta
/// of a section with 3-D points, whose diameters are their mean (`lambda_f` of NEURON's
/// standard library).
fn ac_length_constant_um(section: &Section, frequency_hz: f64) -> f64 {
    const WITHOUT_CAPACITANCE_UM: f64 = 1e10;
    const UNITS: f64 = 1e5;
    let segment = section.segments()[section.segment_at(0.5)];
    let cm = segment.cm_uf_per_cm2;
    if cm == 0.0 {
        return WITHOUT_CAPACITANCE_UM;
    }
    let per_um = (4.0 * PI * frequency_hz * section.axial_resistivity_ohm_cm() * cm).sqrt() / UNITS;
    let points = section.points();
    if points.len() < 2 {
        return segment.diam_um.sqrt() / per_um;
    }
    let lengths = points.windows(2).map(|pair| {
        let [from, to] = [pair[0], pair[1]];
        let square = |a: f32, b: f32| (f64::from(b) - f64::from(a)).powi(2);
        let length =
            (square(from.x_um, to.x_um) + square(from.y_um, to.y_um) + square(from.z_um, to.z_um))
                .sqrt();
        let mean_diam = (f64::from(from.diam_um) + f64::from(to.diam_um)) / 2.0;
        length / mean_diam.sqrt()
    });
    let length_constants = lengths.sum::<f64>() * per_um;
    section.length_um() / length_constants
}

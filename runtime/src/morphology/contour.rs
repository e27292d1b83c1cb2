//! Outlines of somata: their centers, and the sections that stand for them.
//!
//! The steps are those of NEURON's Import3d (`import3d_sec.hoc`, `import3d_gui.hoc`): an outline
//! becomes 101 points along it; the diameters of the section are the widths across the outline's
//! long axis at 21 places.

use std::f64::consts::PI;

use crate::session::vector::{edit, signal};

/// Differences up to this are none, in comparisons of hoc.
pub(super) const EPSILON: f64 = 1e-11;

/// Steps along an outline, from its first point to its last.
const STEPS: usize = 100;

/// Steps along the long axis.
const SLICES: f64 = 20.0;

pub(super) fn minus(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [0, 1, 2].map(|axis| a[axis] - b[axis])
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(super) fn length(a: [f64; 3]) -> f64 {
    dot(a, a).sqrt()
}

fn place(point: &[f64; 4]) -> [f64; 3] {
    [point[0], point[1], point[2]]
}

/// The outline at equal distances along it, seen from above, and the mean of those points. The way
/// from the last point back to the first is not counted, as in NEURON.
fn even(outline: &[[f64; 4]]) -> (Vec<[f64; 3]>, [f64; 3]) {
    let mut along = vec![0.0];
    let mut end = 0.0;
    for pair in outline.windows(2) {
        let [x, y, _] = minus(place(&pair[1]), place(&pair[0]));
        end += (x * x + y * y).sqrt();
        along.push(end);
    }
    let step = end / STEPS as f64;
    let at: Vec<f64> = (0..=STEPS).map(|i| i as f64 * step).collect();
    let axes = [0, 1, 2].map(|axis| {
        let values: Vec<f64> = outline.iter().map(|point| point[axis]).collect();
        // Both have at least one element, and equally many.
        signal::interpolate(&at, &along, &values).unwrap_or_default()
    });
    let mean =
        [0, 1, 2].map(|axis: usize| axes[axis].iter().sum::<f64>() / axes[axis].len() as f64);
    let points = (0..at.len()).map(|i| [axes[0][i], axes[1][i], axes[2][i]]);
    (points.collect(), mean)
}

/// The center of an outline.
pub(super) fn center(outline: &[[f64; 4]]) -> [f64; 3] {
    even(outline).1
}

/// The center of a stack of outlines: half way along the line through their centers.
pub(super) fn center_of_stack(outlines: &[&[[f64; 4]]]) -> [f64; 3] {
    let centers: Vec<[f64; 3]> = outlines.iter().map(|outline| center(outline)).collect();
    let mut along = vec![0.0];
    let mut end = 0.0;
    for pair in centers.windows(2) {
        end += length(minus(pair[1], pair[0]));
        along.push(end);
    }
    let half = end / 2.0;
    match along.iter().position(|&at| at > half) {
        Some(i) if i > 0 => {
            let part = (half - along[i - 1]) / (along[i] - along[i - 1]);
            [0, 1, 2]
                .map(|axis: usize| part * centers[i][axis] + (1.0 - part) * centers[i - 1][axis])
        }
        _ => centers[0],
    }
}

/// The points of the section that a stack of outlines becomes: one circle for each.
pub(super) fn stack_to_points(outlines: &[&[[f64; 4]]]) -> Vec<[f64; 4]> {
    let circle = |outline: &&[[f64; 4]]| {
        let count = outline.len();
        let edges =
            (0..count).map(|i| length(minus(place(&outline[(i + 1) % count]), place(&outline[i]))));
        let perimeter: f64 = edges.sum();
        let (points, center) = even(outline);
        let radii = points.iter().map(|&point| length(minus(point, center)));
        let mean_radius = radii.sum::<f64>() / points.len() as f64;
        let [x, y, z] = center;
        [x, y, z, mean_radius + perimeter / (2.0 * PI)]
    };
    outlines.iter().map(circle).collect()
}

/// The points of the section that an outline becomes; `None` if it has no width.
pub(super) fn to_points(outline: &[[f64; 4]]) -> Option<Vec<[f64; 4]>> {
    let (points, mean) = even(outline);
    let points: Vec<[f64; 3]> = points.into_iter().map(|p| minus(p, mean)).collect();
    let (major, minor) = axes(&points)?;
    let (near, far) = sides(&points, major, minor);

    // The places along the long axis that both sides have, from the second to the last but one.
    let mut along: Vec<f64> = near.iter().chain(&far).map(|point| point[0]).collect();
    along.sort_by(f64::total_cmp);
    let (&from, &to) = (along.get(1)?, along.get(along.len().checked_sub(2)?)?);
    let at = edit::sequence_to(from, to, (to - from) / SLICES).ok()?;
    let across = |side: &[[f64; 2]]| {
        let (x, y): (Vec<f64>, Vec<f64>) = side.iter().map(|point| (point[0], point[1])).unzip();
        signal::interpolate(&at, &x, &y).ok()
    };
    let (one, other) = (across(&near)?, across(&far)?);
    let mut diam: Vec<f64> = one.iter().zip(&other).map(|(a, b)| (a - b).abs()).collect();
    let last = diam.len().checked_sub(1).filter(|&last| last > 0)?;
    // No end is a point.
    diam[0] = (diam[0] + diam[1]) / 2.0;
    diam[last] = (diam[last] + diam[last - 1]) / 2.0;
    let point = |(&at, &diam): (&f64, &f64)| {
        let [x, y, z] = [0, 1, 2].map(|axis: usize| major[axis] * at + mean[axis]);
        [x, y, z, diam]
    };
    Some(at.iter().zip(&diam).map(point).collect())
}

/// The long axis of centered points, and the direction across it in the plane of x and y.
fn axes(points: &[[f64; 3]]) -> Option<([f64; 3], [f64; 3])> {
    let mut moments = [[0.0; 3]; 3];
    for (i, row) in moments.iter_mut().enumerate() {
        for (j, moment) in row.iter_mut().enumerate() {
            *moment = points.iter().map(|p| p[i] * p[j]).sum();
        }
    }
    let mut found = eigen(moments);
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut major = found[0].1;
    let largest = (0..3).fold(0, |best, i| {
        if major[i].abs() > major[best].abs() {
            i
        } else {
            best
        }
    });
    if major[largest] < 0.0 {
        major = major.map(|x| -x);
    }
    let mut minor = found[1].1;
    minor[2] = 0.0;
    let width = length(minor);
    (width >= 1e-6 * length(major)).then(|| (major, minor.map(|x| x / width)))
}

/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations.
fn eigen(mut m: [[f64; 3]; 3]) -> [(f64, [f64; 3]); 3] {
    let mut vectors = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for _ in 0..64 {
        let off = m[0][1].abs() + m[0][2].abs() + m[1][2].abs();
        let scale = m[0][0].abs() + m[1][1].abs() + m[2][2].abs();
        if off <= f64::MIN_POSITIVE.max(scale * 1e-300) {
            break;
        }
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            if m[p][q] == 0.0 {
                continue;
            }
            let theta = (m[q][q] - m[p][p]) / (2.0 * m[p][q]);
            let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
            let c = 1.0 / t.hypot(1.0);
            let s = t * c;
            for row in &mut m {
                (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
            }
            let (a, b) = (m[p], m[q]);
            m[p] = [0, 1, 2].map(|k: usize| c * a[k] - s * b[k]);
            m[q] = [0, 1, 2].map(|k: usize| s * a[k] + c * b[k]);
            (m[p][q], m[q][p]) = (0.0, 0.0);
            for row in &mut vectors {
                (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
            }
        }
    }
    [0, 1, 2].map(|i: usize| (m[i][i], [vectors[0][i], vectors[1][i], vectors[2][i]]))
}

/// The two sides of an outline from one end of the long axis to the other, as positions along the
/// axis and across, both without the first end; what turns back is left out.
fn sides(points: &[[f64; 3]], major: [f64; 3], minor: [f64; 3]) -> (Vec<[f64; 2]>, Vec<[f64; 2]>) {
    let mut around: Vec<[f64; 2]> = points
        .iter()
        .map(|&point| [dot(point, major), dot(point, minor)])
        .collect();
    let first = |better: fn(f64, f64) -> bool, list: &[[f64; 2]]| {
        (0..list.len()).fold(0, |best, i| {
            if better(list[i][0], list[best][0]) {
                i
            } else {
                best
            }
        })
    };
    let last_end = first(|a, b| a > b, &around);
    around.rotate_left(last_end);
    let first_end = first(|a, b| a < b, &around);
    let mut far = around.split_off(first_end);
    let mut near = around;
    near.reverse();
    monotonic(&mut near);
    monotonic(&mut far);
    (near, far)
}

/// Removes points, from the end on, that are not farther along than the one before.
fn monotonic(side: &mut Vec<[f64; 2]>) {
    let mut j = side.len().saturating_sub(1);
    while j > 0 {
        if side[j][0] <= side[j - 1][0] + EPSILON {
            side.remove(j);
            if j < side.len() {
                continue;
            }
        }
        j -= 1;
    }
}

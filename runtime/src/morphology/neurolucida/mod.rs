//! Reads Neurolucida's ASC files (version 3): outlines of somata and trees become branches.
//!
//! The rules are those of NEURON's Import3d (`read_nlcda3.hoc`). `lexer` splits the text, `parser`
//! knows the grammar; this file connects trees and somata. A tree belongs to the first soma in
//! whose bounding box its first point is, or else to the nearest; a wire leads to the middle of
//! the soma. Outlines whose boxes overlap are slices of one soma.

mod lexer;
mod parser;

use super::contour::{self, EPSILON, length, minus};
use super::{Branch, Fault, SOMA, sphere};

/// Reads the text of an ASC file. Somata come first, and every other branch after its parent.
///
/// # Errors
///
/// What does not follow the grammar; a soma whose outline has no width; no branch at all.
pub fn read(text: &str) -> Result<Vec<Branch>, Vec<Fault>> {
    let drawing = parser::parse(text).map_err(|fault| vec![fault])?;
    if drawing.outlines.is_empty() && drawing.trees.is_empty() {
        return Err(vec![Fault::new(0..0, "there are no trees in this file")]);
    }
    connect(drawing).map_err(|fault| vec![fault])
}

/// What a file draws.
#[derive(Debug, Default)]
struct Drawing {
    outlines: Vec<Outline>,
    trees: Vec<TreeSection>,
}

/// An outline of a soma, or of a slice of it.
#[derive(Debug)]
struct Outline {
    /// `[x, y, z, diam]` in µm.
    points_um: Vec<[f64; 4]>,
    span: std::ops::Range<usize>,
}

/// An unbranched part of a tree.
#[derive(Debug)]
struct TreeSection {
    kind: i64,
    /// Index in the list of these.
    parent: Option<usize>,
    /// The first one is the parent's last.
    points_um: Vec<[f64; 4]>,
}

/// A soma: the numbers of its slices.
struct Soma {
    slices: std::ops::Range<usize>,
    center: [f64; 3],
    /// Lower and upper bounds of x and y.
    bounds: [[f64; 2]; 2],
}

/// Lower and upper bounds of x and y.
fn bounds(outline: &[[f64; 4]]) -> [[f64; 2]; 2] {
    [0, 1].map(|axis: usize| {
        let start = [f64::INFINITY, f64::NEG_INFINITY];
        outline.iter().fold(start, |[low, high], p| {
            [low.min(p[axis]), high.max(p[axis])]
        })
    })
}

/// Slices whose bounds overlap with those of the one before belong to its soma.
fn somata(outlines: &[Outline]) -> Vec<Soma> {
    let apart = |a: [[f64; 2]; 2], b: [[f64; 2]; 2]| {
        [0, 1].iter().any(|&axis: &usize| {
            a[axis][0] > b[axis][1] + EPSILON || b[axis][0] > a[axis][1] + EPSILON
        })
    };
    let mut starts = Vec::new();
    for (i, outline) in outlines.iter().enumerate() {
        let before = i.checked_sub(1).map(|before| &outlines[before]);
        if before.is_none_or(|b| apart(bounds(&b.points_um), bounds(&outline.points_um))) {
            starts.push(i);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([outlines.len()]);
    let ranges = starts.iter().zip(ends).map(|(&start, end)| start..end);
    let soma = |slices: std::ops::Range<usize>| {
        let members: Vec<&[[f64; 4]]> = outlines[slices.clone()]
            .iter()
            .map(|outline| outline.points_um.as_slice())
            .collect();
        let mut all = members.iter().map(|outline| bounds(outline));
        let first = all.next().unwrap_or_default();
        let mut bounds = all.fold(first, |a, b| {
            [0, 1].map(|i: usize| [a[i][0].min(b[i][0]), a[i][1].max(b[i][1])])
        });
        let center = if let [outline] = members.as_slice() {
            bounds = bounds.map(|[low, high]| [low - 0.5, high + 0.5]);
            contour::center(outline)
        } else {
            contour::center_of_stack(&members)
        };
        Soma {
            slices,
            center,
            bounds,
        }
    };
    ranges.map(soma).collect()
}

/// The soma that a tree belongs to. Bounds are compared in single precision, as NEURON does.
fn soma_of(start: [f64; 3], somata: &[Soma]) -> Option<usize> {
    let inside = |soma: &Soma| {
        soma.bounds
            .iter()
            .zip(start)
            .all(|(&[low, high], at)| (low as f32..=high as f32).contains(&(at as f32)))
    };
    somata.iter().position(inside).or_else(|| {
        let away = |soma: &Soma| length(minus(start, soma.center));
        let order = |a: &usize, b: &usize| away(&somata[*a]).total_cmp(&away(&somata[*b]));
        (0..somata.len()).min_by(order)
    })
}

fn connect(drawing: Drawing) -> Result<Vec<Branch>, Fault> {
    let somata = somata(&drawing.outlines);
    let mut branches = Vec::new();
    for soma in &somata {
        let slices = &drawing.outlines[soma.slices.clone()];
        let points_um = match slices {
            [outline] => contour::to_points(&outline.points_um).ok_or_else(|| Fault {
                help: Some("a soma is drawn as a closed line around it"),
                ..Fault::new(outline.span.clone(), "this outline of a soma has no width")
            })?,
            _ => {
                let members: Vec<&[[f64; 4]]> =
                    slices.iter().map(|s| s.points_um.as_slice()).collect();
                contour::stack_to_points(&members)
            }
        };
        branches.push(Branch {
            kind: SOMA,
            parent: None,
            points_um,
            wired_to_um: None,
        });
    }
    // Where the children of each part find it: parts without length are not made.
    let mut places: Vec<(Option<usize>, Option<f64>)> = Vec::new();
    for section in drawing.trees {
        let mut points_um = section.points_um;
        let (parent, wired_to_um) = match section.parent {
            Some(parent) => {
                let (branch, instead) = places[parent];
                (branch.map(|b| (b, instead.unwrap_or(1.0))), None)
            }
            None => {
                let [x, y, z, _] = points_um[0];
                let soma = soma_of([x, y, z], &somata);
                (
                    soma.map(|soma| (soma, 0.5)),
                    soma.map(|soma| somata[soma].center),
                )
            }
        };
        let no_length = match points_um.as_slice() {
            [_] => true,
            [a, b] => [0, 1, 2]
                .iter()
                .all(|&i: &usize| (a[i] - b[i]).abs() <= EPSILON),
            _ => false,
        };
        if let Some((branch, x)) = parent
            && no_length
        {
            places.push((Some(branch), Some(x)));
            continue;
        }
        if let &[point] = points_um.as_slice() {
            points_um = sphere(point);
        }
        places.push((Some(branches.len()), None));
        branches.push(Branch {
            kind: section.kind,
            parent,
            points_um,
            wired_to_um,
        });
    }
    Ok(branches)
}

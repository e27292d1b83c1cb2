//! Reads SWC morphologies: samples `id type x y z radius parent` become sections.
//!
//! The rules are those of NEURON's Import3d (`read_swc.hoc`), and are written down in
//! `docs/model-file.md`; for files in depth-first order, as they are written everywhere, the
//! sections have the same points, connections and numbers.

use std::collections::HashMap;
use std::ops::Range;

use super::{Branch, Fault, SOMA, sphere};

/// Reads the text of an SWC file. Every branch comes after its parent.
///
/// # Errors
///
/// Lines that cannot be read, parents that are not there, more than one tree.
pub fn read(text: &str) -> Result<Vec<Branch>, Vec<Fault>> {
    Ok(Tree::new(parse(text)?).branches())
}

/// One line of the file.
#[derive(Clone, Debug)]
struct Sample {
    id: i64,
    kind: i64,
    /// `[x, y, z, diam]` in µm.
    point_um: [f64; 4],
    parent_id: i64,
    span: Range<usize>,
}

/// The samples in the order of their ids, every parent before its children.
fn parse(text: &str) -> Result<Vec<(Sample, Option<usize>)>, Vec<Fault>> {
    let mut samples = Vec::new();
    let mut problems = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.split('#').next().unwrap_or("").trim();
        if !content.is_empty() {
            let offset = start + line.find(content).unwrap_or(0);
            let span = offset..offset + content.len();
            match sample(content, span.clone()) {
                Ok(sample) => samples.push(sample),
                Err(message) => problems.push(Fault {
                    help: Some("a line is `id type x y z radius parent`"),
                    ..Fault::new(span, message)
                }),
            }
        }
        start += line.len();
    }
    if samples.is_empty() && problems.is_empty() {
        problems.push(Fault::new(0..0, "there are no samples in this file"));
    }
    samples.sort_by_key(|sample| sample.id);
    let mut index: HashMap<i64, usize> = HashMap::new();
    for (i, sample) in samples.iter().enumerate() {
        index.entry(sample.id).or_insert(i);
    }
    let mut linked = Vec::with_capacity(samples.len());
    for (i, sample) in samples.iter().enumerate() {
        let parent = index.get(&sample.parent_id).copied();
        if index.get(&sample.id) != Some(&i) {
            problems.push(Fault::new(
                sample.span.clone(),
                format!("a second sample {}", sample.id),
            ));
        } else if sample.parent_id < 0 && i > 0 {
            problems.push(Fault {
                see: Some((samples[0].span.clone(), "the first begins here")),
                help: Some("a file holds one cell; only one sample has the parent -1"),
                ..Fault::new(sample.span.clone(), "a second tree begins here")
            });
        } else if sample.parent_id >= 0 && parent.is_none() {
            let message = format!(
                "there is no sample {}, the parent of {}",
                sample.parent_id, sample.id
            );
            problems.push(Fault::new(sample.span.clone(), message));
        } else if sample.parent_id >= sample.id {
            let message = format!(
                "the parent {} of sample {} comes after it",
                sample.parent_id, sample.id
            );
            problems.push(Fault::new(sample.span.clone(), message));
        }
        linked.push((sample.clone(), parent));
    }
    if problems.is_empty() {
        Ok(linked)
    } else {
        Err(problems)
    }
}

fn sample(content: &str, span: Range<usize>) -> Result<Sample, String> {
    let fields: Vec<&str> = content.split_whitespace().collect();
    if fields.len() < 7 {
        return Err(format!("{} values instead of 7", fields.len()));
    }
    let number = |index: usize| match fields[index].parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(format!("`{}` is not a number", fields[index])),
    };
    // Some programs write whole numbers as `3.0`.
    let whole = |index: usize| number(index).map(|number| number as i64);
    let radius = number(5)?;
    if radius <= 0.0 {
        return Err(format!(
            "the radius must be greater than 0, but is {radius}"
        ));
    }
    Ok(Sample {
        id: whole(0)?,
        kind: whole(1)?,
        point_um: [number(2)?, number(3)?, number(4)?, 2.0 * radius],
        parent_id: whole(6)?,
        span,
    })
}

/// The samples with what the rules ask about them.
struct Tree {
    samples: Vec<Sample>,
    parent: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    /// Three samples that stand for a sphere: only the first is used.
    three_point_soma: bool,
}

/// A run of samples that becomes a section.
struct Run {
    own: Vec<usize>,
    kind: i64,
    /// Where it grows from: a sample, the run that has it, the position on that run.
    grows_from: Option<(usize, usize, f64)>,
    /// It begins with its first own sample, not with the one that it grows from.
    wired: bool,
}

impl Tree {
    fn new(linked: Vec<(Sample, Option<usize>)>) -> Self {
        let (mut samples, mut parent): (Vec<Sample>, Vec<Option<usize>>) =
            linked.into_iter().unzip();
        let mut children = vec![Vec::new(); samples.len()];
        for (i, parent) in parent.iter().enumerate() {
            if let Some(parent) = *parent {
                children[parent].push(i);
            }
        }
        let three_point_soma = is_three_point_soma(&samples, &parent, &children);
        if three_point_soma {
            samples.drain(1..3);
            parent.drain(1..3);
            children.drain(1..3);
            let moved = |i: usize| if i > 2 { i - 2 } else { i };
            for parent in parent.iter_mut().flatten() {
                *parent = moved(*parent);
            }
            children[0].retain(|&child| child > 2);
            for child in children.iter_mut().flatten() {
                *child = moved(*child);
            }
        }
        Self {
            samples,
            parent,
            children,
            three_point_soma,
        }
    }

    fn kind(&self, sample: usize) -> i64 {
        self.samples[sample].kind
    }

    fn soma_children(&self, sample: usize) -> usize {
        self.children[sample]
            .iter()
            .filter(|&&child| self.kind(child) == SOMA)
            .count()
    }

    /// Whether a sample is the first of a branch that a wire connects with the soma, or the
    /// first of a tree without soma: all but the first that grows from it is attached to the
    /// near end of its section. (Import3d does not do so for the second sample of a file.)
    fn is_near_end(&self, sample: usize) -> bool {
        match self.parent[sample] {
            None => self.kind(sample) != SOMA,
            Some(parent) => {
                let second = sample + if self.three_point_soma { 2 } else { 0 } == 1;
                !second && self.kind(sample) != SOMA && self.kind(parent) == SOMA
            }
        }
    }

    /// Whether a sample goes on with the section of its parent.
    fn continues(&self, sample: usize, parent: usize) -> bool {
        let siblings = &self.children[parent];
        match (self.kind(parent), self.kind(sample)) {
            (SOMA, SOMA) => {
                let first = siblings.iter().find(|&&child| self.kind(child) == SOMA);
                first == Some(&sample) && (parent == 0 || self.soma_children(parent) == 1)
            }
            (from, to) if from != to => false,
            // As in Import3d, the last branch decides whether the type changes here.
            (kind, _) if siblings.len() > 1 => {
                let last = siblings.last().map(|&child| self.kind(child));
                self.is_near_end(parent) && siblings.first() == Some(&sample) && last == Some(kind)
            }
            _ => true,
        }
    }

    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut run_of = vec![0; self.samples.len()];
        for sample in 0..self.samples.len() {
            match self.parent[sample] {
                Some(parent) if self.continues(sample, parent) => {
                    run_of[sample] = run_of[parent];
                    runs[run_of[parent]].own.push(sample);
                }
                parent => {
                    run_of[sample] = runs.len();
                    runs.push(Run {
                        own: vec![sample],
                        kind: self.kind(sample),
                        grows_from: parent.map(|parent| (parent, run_of[parent], 1.0)),
                        wired: false,
                    });
                }
            }
        }
        runs
    }

    /// The position on its parent of a run, and whether a wire leads there.
    fn attachment(&self, run: &Run, parent_sample: usize, parent: &Run) -> (f64, bool) {
        let on_soma = parent.kind == SOMA;
        let leaves_soma = on_soma && run.kind != SOMA;
        let long = run.own.len() > 1;
        let is_root = parent.grows_from.is_none();
        let soma_branches = self.soma_children(parent_sample) > 1;
        let is_first = parent.own.first() == Some(&parent_sample);
        let is_last = parent.own.last() == Some(&parent_sample);
        let is_later_branch = self.children[parent_sample].first() != run.own.first();
        if is_root && leaves_soma && parent.own.len() == 1 {
            (0.5, long)
        } else if is_root && is_first {
            (0.0, run.kind != SOMA && soma_branches)
        } else if on_soma && !is_last {
            (0.5, leaves_soma && long)
        } else if is_later_branch && self.is_near_end(parent_sample) {
            (0.0, false)
        } else {
            (1.0, leaves_soma && long && soma_branches)
        }
    }

    fn branches(&self) -> Vec<Branch> {
        let mut runs = self.runs();
        for index in 0..runs.len() {
            if let Some((sample, parent, _)) = runs[index].grows_from {
                let (position, wired) = self.attachment(&runs[index], sample, &runs[parent]);
                runs[index].grows_from = Some((sample, parent, position));
                runs[index].wired = wired;
            }
        }
        let mut branches: Vec<Branch> = Vec::new();
        // Where each run's children find it: a branch, or for a run without length the
        // place that it was attached to.
        let mut place: Vec<(usize, Option<f64>)> = Vec::new();
        for run in &runs {
            let points_um = self.points(run, &runs);
            let parent = run.grows_from.map(|(_, parent, position)| {
                let (branch, instead) = place[parent];
                (branch, instead.unwrap_or(position))
            });
            if let (Some((branch, position)), [a, b]) = (parent, points_um.as_slice())
                && a[..3] == b[..3]
            {
                place.push((branch, Some(position)));
                continue;
            }
            place.push((branches.len(), None));
            let wire = run.grows_from.filter(|_| run.wired);
            branches.push(Branch {
                kind: run.kind,
                parent,
                points_um,
                wired_to_um: wire.map(|(sample, ..)| {
                    let [x, y, z, _] = self.samples[sample].point_um;
                    [x, y, z]
                }),
            });
        }
        branches
    }

    fn points(&self, run: &Run, runs: &[Run]) -> Vec<[f64; 4]> {
        let mut points: Vec<[f64; 4]> = run
            .own
            .iter()
            .map(|&sample| self.samples[sample].point_um)
            .collect();
        match run.grows_from {
            Some((sample, parent, _)) if !run.wired => {
                let mut first = self.samples[sample].point_um;
                if runs[parent].kind == SOMA && run.kind != SOMA {
                    first[3] = points[0][3];
                }
                points.insert(0, first);
                points
            }
            None if points.len() == 1 => sphere(points[0]),
            _ => points,
        }
    }
}

/// Whether the first three samples are a sphere as neuromorpho.org writes it.
fn is_three_point_soma(
    samples: &[Sample],
    parent: &[Option<usize>],
    children: &[Vec<usize>],
) -> bool {
    const TOLERANCE: f64 = 0.01;
    let [center, a, b] = match samples {
        [center, a, b, ..] => [center, a, b],
        _ => return false,
    };
    let distance = |sample: &Sample| {
        let square = |axis: usize| (sample.point_um[axis] - center.point_um[axis]).powi(2);
        (square(0) + square(1) + square(2)).sqrt()
    };
    let diam = center.point_um[3];
    samples.iter().filter(|sample| sample.kind == SOMA).count() == 3
        && [center, a, b]
            .iter()
            .all(|sample| sample.kind == SOMA && sample.point_um[3] == diam)
        && parent[1..3] == [Some(0), Some(0)]
        && children[1].is_empty()
        && children[2].is_empty()
        && ((distance(a) + distance(b)) / diam - 1.0).abs() < TOLERANCE
}

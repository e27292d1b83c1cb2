//! Equations of the caller's own among those of the model: NEURON's `LinearMechanism`.
//!
//! `c·dy/dt + g·y = b`, where the first elements of y may be potentials of nodes: their rows are then added to
//! the equations of charge of those nodes (mA/cm², at nodes without area nA). Matrices and vectors
//! are the caller's, who may change them at any time.

use crate::error::RunError;
use crate::id::SectionId;
use crate::layout::Layout;
use crate::matrix::{Matrix as Numbers, MatrixHandle};
use crate::model::{Model, Site};
use crate::record::Series;
use crate::simulation::CallbackId;
use crate::sparse::{Builder, Entry, Matrix};

use super::extracellular::Extracellular;

/// What does not fit.
pub(super) const WRONG_SIZE: RunError = RunError::Order(
    "LinearMechanism: c, g, y, y0 and b must be of one size, and not smaller than the number of nodes",
);

/// The equations, as the caller states them.
#[derive(Debug, Clone)]
pub struct LinearMechanism {
    /// Capacitances.
    pub c: MatrixHandle,
    /// Conductances.
    pub g: MatrixHandle,
    /// Present values.
    pub y: Series,
    /// Initial values of what is not a potential of a node; 0 without it.
    pub y0: Option<Series>,
    /// Currents.
    pub b: Series,
    /// Section, position and layer of each node; layer 0 is the inside, i is `vext[i - 1]`.
    pub nodes: Vec<(SectionId, f64, usize)>,
    /// Called before each evaluation, to change matrices and vectors.
    pub callable: Option<CallbackId>,
}

/// The same with sites that stay when the number of segments changes.
#[derive(Debug, Clone)]
pub(crate) struct Linear {
    pub equations: LinearMechanism,
    pub sites: Vec<(SectionId, Site)>,
    /// Its name, if the caller gave it one.
    pub name: Option<String>,
}

/// Where an unknown is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unknown {
    /// Inside of a node.
    Node(usize),
    /// A layer: its position.
    Layer(usize),
    /// A layer that is not there: ground.
    Ground,
    /// Its own.
    Own(usize),
}

/// The equations in a laid-out model.
#[derive(Debug)]
pub(crate) struct Linked {
    /// Which of the model's it is.
    pub number: usize,
    unknowns: Vec<Unknown>,
    /// Equation of each; ground has none.
    rows: Vec<Option<usize>>,
    places: [Vec<(usize, usize)>; 2],
    entries: [Vec<Option<Entry>>; 2],
}

impl Linear {
    /// Checks that sizes agree.
    fn size(&self) -> Result<usize, RunError> {
        let size = self.equations.y.lock().values().len();
        let square = |m: &MatrixHandle| {
            let matrix = m.lock();
            matrix.rows() == size && matrix.columns() == size
        };
        let fits = square(&self.equations.c)
            && square(&self.equations.g)
            && self.equations.b.lock().values().len() == size
            && self
                .equations
                .y0
                .as_ref()
                .is_none_or(|y0| y0.lock().values().len() == size)
            && self.sites.len() <= size;
        if fits {
            return Ok(size);
        }
        Err(WRONG_SIZE)
    }
}

impl Linked {
    /// Links the equations of a model; those that are not potentials begin at `first`.
    pub fn all(
        model: &Model,
        layout: &Layout,
        layers: Option<&Extracellular>,
        nodes: usize,
        mut first: usize,
    ) -> (Vec<Self>, usize) {
        let mut all = Vec::new();
        for (number, linear) in model.linear.iter().enumerate() {
            let Some(linear) = linear else { continue };
            // What does not fit is told when the equations are used.
            let Ok(size) = linear.size() else { continue };
            let mut unknowns = Vec::with_capacity(size);
            let mut rows = Vec::with_capacity(size);
            for (&(section, site), &(.., layer)) in linear.sites.iter().zip(&linear.equations.nodes)
            {
                let node = layout.node(section, site);
                let position = |layer: usize| layers.and_then(|l| l.position(node, layer - 1));
                let (unknown, row) = match layer {
                    0 => (Unknown::Node(node), Some(node)),
                    _ => match position(layer) {
                        Some(at) => (Unknown::Layer(at), Some(nodes + at)),
                        None => (Unknown::Ground, None),
                    },
                };
                unknowns.push(unknown);
                rows.push(row);
            }
            for i in unknowns.len()..size {
                unknowns.push(Unknown::Own(i));
                rows.push(Some(first));
                first += 1;
            }
            all.push(Self {
                number,
                unknowns,
                rows,
                places: Default::default(),
                entries: Default::default(),
            });
        }
        (all, first)
    }

    /// Makes its places in the matrix: those that c and g have now.
    pub fn place(&mut self, builder: &mut Builder, linear: &Linear) {
        for (k, matrix) in [&linear.equations.c, &linear.equations.g]
            .iter()
            .enumerate()
        {
            self.places[k] = matrix.lock().places();
            let entry = |&(row, column): &(usize, usize)| {
                Some(builder.entry((*self.rows.get(row)?)?, (*self.rows.get(column)?)?))
            };
            self.entries[k] = self.places[k].iter().map(entry).collect();
        }
    }

    /// True if c or g has got other places or sizes.
    pub fn is_stale(&self, linear: &Linear) -> Result<bool, RunError> {
        let size = linear.size()?;
        Ok(size != self.rows.len()
            || linear.equations.c.lock().places() != self.places[0]
            || linear.equations.g.lock().places() != self.places[1])
    }

    /// c·cj + g into the matrix.
    pub fn fill(&self, matrix: &mut Matrix, linear: &Linear, cj_per_ms: f64) {
        let (c, g) = (linear.equations.c.lock(), linear.equations.g.lock());
        let parts: [(&Numbers, f64); 2] = [(&c, cj_per_ms), (&g, 1.0)];
        for (k, (numbers, factor)) in parts.into_iter().enumerate() {
            for (&(row, column), entry) in self.places[k].iter().zip(&self.entries[k]) {
                if let Some(entry) = entry {
                    matrix.add(*entry, factor * numbers.get(row, column));
                }
            }
        }
    }

    /// b − g·y into the right-hand side.
    pub fn load(&self, linear: &Linear, rhs: &mut [f64]) {
        let y = linear.equations.y.values();
        let b = linear.equations.b.values();
        let Ok(flows) = linear.equations.g.lock().times_vector("mulv", &y) else {
            return;
        };
        for ((row, b), flow) in self.rows.iter().zip(&b).zip(&flows) {
            if let Some(row) = row {
                rhs[*row] += b - flow;
            }
        }
    }

    /// Takes the potentials of nodes into y.
    pub fn take_potentials(&self, linear: &Linear, v_mv: &[f64], layers: Option<&Extracellular>) {
        let mut y = linear.equations.y.lock();
        for (y, unknown) in y.values_mut().iter_mut().zip(&self.unknowns) {
            match *unknown {
                Unknown::Node(node) => {
                    *y = layers.map_or(v_mv[node], |layers| layers.inside(node, v_mv[node]));
                }
                Unknown::Layer(at) => *y = layers.map_or(0.0, |l| l.potentials()[at]),
                Unknown::Ground | Unknown::Own(_) => {}
            }
        }
    }

    /// Initial values of what is not a potential.
    pub fn initialize(&self, linear: &Linear) {
        let y0 = linear.equations.y0.as_ref().map(Series::values);
        let mut y = linear.equations.y.lock();
        for (y, unknown) in y.values_mut().iter_mut().zip(&self.unknowns) {
            if let Unknown::Own(i) = *unknown {
                *y = y0.as_ref().map_or(0.0, |y0| y0[i]);
            }
        }
    }

    /// Adds the changes of all unknowns.
    pub fn advance(&self, linear: &Linear, changes: &[f64]) {
        let mut y = linear.equations.y.lock();
        for (y, row) in y.values_mut().iter_mut().zip(&self.rows) {
            *y += row.map_or(0.0, |row| changes[row]);
        }
    }

    /// Position in the vector y of an equation of its own.
    pub fn own(&self, equation: usize) -> Option<usize> {
        self.rows
            .iter()
            .zip(&self.unknowns)
            .find_map(|(row, unknown)| match *unknown {
                Unknown::Own(i) if *row == Some(equation) => Some(i),
                _ => None,
            })
    }

    /// −c·dy/dt into it, with the rates of all unknowns.
    pub fn subtract_rates(&self, linear: &Linear, rates: &[f64], rhs: &mut [f64]) {
        let own: Vec<f64> = self
            .rows
            .iter()
            .map(|row| row.map_or(0.0, |r| rates[r]))
            .collect();
        let Ok(taken) = linear.equations.c.lock().times_vector("mulv", &own) else {
            return;
        };
        for (row, taken) in self.rows.iter().zip(&taken) {
            if let Some(row) = row {
                rhs[*row] -= taken;
            }
        }
    }

    /// Sets its own unknowns from the vector of all.
    pub fn scatter(&self, linear: &Linear, all: &[f64]) {
        let mut y = linear.equations.y.lock();
        for (at, row) in self.own_rows() {
            y.values_mut()[at] = all[row];
        }
    }

    /// Takes them into it.
    pub fn gather(&self, linear: &Linear, all: &mut [f64]) {
        let y = linear.equations.y.values();
        for (at, row) in self.own_rows() {
            all[row] = y[at];
        }
    }

    /// Position in y, and equation, of each of its own unknowns.
    fn own_rows(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let rows = self.rows.iter().zip(&self.unknowns);
        rows.filter_map(|(row, unknown)| match *unknown {
            Unknown::Own(at) => Some((at, (*row)?)),
            _ => None,
        })
    }
}

//! Diffusion of states along the cable (LONGITUDINAL_DIFFUSION).
//!
//! In a step of dt, a concentration c in volumes V (per length, at the segments), with coefficients D
//! (diffusion constant times cross section) and segments of length Δ, is moved by backward Euler:
//!
//! ```text
//! V (c(t+dt) - c(t))/dt = ∂/∂x (D ∂c/∂x)
//! ```
//!
//! where D between two segments is the mean of both. Which segments are neighbours, and the
//! quotients of lengths, are NEURON's: a segment's parent is the next one towards the root that has
//! the mechanism, if that is at most one node further away than its own; at a branch the child's
//! flux counts `rallbranch` times for the parent.
//!
//! With steps of variable length the right-hand side is part of the derivatives, and the same equations
//! with γ for dt are solved for a change.

use nmodl::mechanism::Diffusion;

use crate::instance::{Block, IonColumns, Origin, Shared};
use crate::layout::Layout;
use crate::model::{End, Model, Section};
use crate::tree::Tree;

/// The neighbours of a block's instances, and room to solve their equations.
#[derive(Debug)]
pub(crate) struct Cable {
    /// Instance of the parent; parents come before their children.
    parent: Vec<Option<usize>>,
    /// 2·rall/(Δparent·(Δ + Δparent)), in 1/µm²: for the parent's equation.
    to_parent: Vec<f64>,
    /// 2/(Δ·(Δ + Δparent)), in 1/µm²: for the own equation.
    from_parent: Vec<f64>,
    a: Vec<f64>,
    b: Vec<f64>,
    d: Vec<f64>,
    rhs: Vec<f64>,
}

impl Cable {
    /// Of a block of a density mechanism.
    pub fn new(model: &Model, layout: &Layout, tree: &Tree, block: &Block) -> Self {
        let n = block.count;
        let mut cable = Self {
            parent: Vec::with_capacity(n),
            to_parent: vec![0.0; n],
            from_parent: vec![0.0; n],
            a: vec![0.0; n],
            b: vec![0.0; n],
            d: vec![0.0; n],
            rhs: vec![0.0; n],
        };
        for instance in 0..n {
            let parent = find_parent(model, layout, tree, block, instance);
            // Guaranteed by the order of nodes; what it is good for is the elimination.
            let parent = parent.filter(|&p| p < instance);
            cable.parent.push(parent);
            let (Some(parent), Some((section, segment))) = (parent, place(block, instance)) else {
                continue;
            };
            let Some((above, _)) = place(block, parent) else {
                continue;
            };
            let (section, above) = (&model.sections[section], &model.sections[above]);
            let branches = if segment == first_segment(section) {
                section.rall_branch
            } else {
                1.0
            };
            let (own_um, parent_um) = (segment_length_um(section), segment_length_um(above));
            cable.to_parent[instance] = 2.0 * branches / parent_um / (own_um + parent_um);
            cable.from_parent[instance] = 2.0 / own_um / (own_um + parent_um);
        }
        cable
    }

    /// Moves one state by a step of `dt_ms`. The columns of the coefficient and of the volume are up
    /// to date.
    pub fn step(
        &mut self,
        state: &Diffusion,
        block: &mut Block,
        shared: &Shared,
        ions: &mut [IonColumns],
        dt_ms: f64,
    ) {
        self.prepare(state, block);
        let Block {
            data, stride, node, ..
        } = block;
        let column = |c: usize| c * *stride;
        let n = self.parent.len();
        let ion = state.ion.map(|(ion, inside)| {
            let columns = &mut ions[shared.ions[ion].index()];
            if inside {
                &mut columns.ci_mm
            } else {
                &mut columns.co_mm
            }
        });
        for i in 0..n {
            let concentration = match &ion {
                Some(values) => values[node[i] as usize],
                None => data[column(state.state) + i],
            };
            self.rhs[i] = concentration / dt_ms;
        }
        self.solve(dt_ms);
        let concentrations = self.rhs.iter().enumerate();
        match ion {
            Some(values) => concentrations.for_each(|(i, c)| values[node[i] as usize] = *c),
            None => concentrations.for_each(|(i, c)| data[column(state.state) + i] = *c),
        }
    }

    /// Adds what diffusion contributes to the rates of a state with the given values.
    pub fn add_rates(
        &mut self,
        state: &Diffusion,
        block: &Block,
        values: &[f64],
        rates: &mut [f64],
    ) {
        self.prepare(state, block);
        for (i, parent) in self.parent.iter().enumerate() {
            if let Some(p) = *parent {
                let difference = values[p] - values[i];
                rates[i] -= self.b[i] * difference;
                rates[p] += self.a[i] * difference;
            }
        }
    }

    /// Solves (1 - γ·J)·x = b in place, where J is of diffusion alone.
    pub fn solve_change(&mut self, state: &Diffusion, block: &Block, gamma_ms: f64, b: &mut [f64]) {
        self.prepare(state, block);
        for (rhs, b) in self.rhs.iter_mut().zip(b.iter()) {
            *rhs = b / gamma_ms;
        }
        self.solve(gamma_ms);
        b.copy_from_slice(&self.rhs);
    }

    /// The couplings of a state.
    fn prepare(&mut self, state: &Diffusion, block: &Block) {
        let column = |c: usize| c * block.stride;
        let (coefficient, volume) = (column(state.coefficient), column(state.volume));
        let data = &block.data;
        for i in 0..self.parent.len() {
            if let Some(p) = self.parent[i] {
                let mean = (data[coefficient + i] + data[coefficient + p]) / 2.0;
                self.a[i] = -self.to_parent[i] * mean / data[volume + p];
                self.b[i] = -self.from_parent[i] * mean / data[volume + i];
            }
        }
    }

    /// Backward Euler, in place: the right-hand side is concentrations over dt.
    fn solve(&mut self, dt_ms: f64) {
        let n = self.parent.len();
        self.d.fill(0.0);
        for i in 0..n {
            self.d[i] += 1.0 / dt_ms;
            if let Some(p) = self.parent[i] {
                self.d[i] -= self.b[i];
                self.d[p] -= self.a[i];
            }
        }
        for i in (0..n).rev() {
            if let Some(p) = self.parent[i] {
                let factor = self.a[i] / self.d[i];
                self.d[p] -= factor * self.b[i];
                self.rhs[p] -= factor * self.rhs[i];
            }
        }
        for i in 0..n {
            if let Some(p) = self.parent[i] {
                self.rhs[i] -= self.b[i] * self.rhs[p];
            }
            self.rhs[i] /= self.d[i];
        }
    }
}

/// Section and segment of an instance.
fn place(block: &Block, instance: usize) -> Option<(usize, usize)> {
    match block.origins[instance] {
        Origin::Density { section, segment } => Some((section.index(), segment)),
        Origin::Point(_) => None,
    }
}

/// The segment next to the attached end.
fn first_segment(section: &Section) -> usize {
    match section.attached_end() {
        End::Zero => 0,
        End::One => section.segments.len() - 1,
    }
}

fn segment_length_um(section: &Section) -> f64 {
    section.length_um() / section.segments.len() as f64
}

/// The instance that is the parent of one: at the parent's node; else at the node before that (the
/// parent may have no area); else at the first segment of the parent section.
fn find_parent(
    model: &Model,
    layout: &Layout,
    tree: &Tree,
    block: &Block,
    instance: usize,
) -> Option<usize> {
    let at = |node: usize| block.instance_at(node as u32);
    let node = tree.parent(block.node[instance] as usize)?;
    if let Some(found) = at(node) {
        return Some(found);
    }
    if let Some(found) = tree.parent(node).and_then(at) {
        return Some(found);
    }
    let (section, _) = place(block, instance)?;
    let parent = model.sections[section].connection?.parent.index();
    let first = first_segment(&model.sections[parent]);
    at(layout.sections[parent].segments[first] as usize)
}

//! The cable equation on branched cells: compartments in Hines order, and their tree matrix.
//!
//! # Order of nodes
//!
//! A node's parent comes before it. Cells of equal shape are interleaved in groups of
//! [`Group::width`] cells: node `i` of cell `lane` of a group is
//! `first_node + i * width + lane`. Elimination and back substitution then work on `width`
//! independent cells at a time, which hides the latency of the division and lets the compiler use
//! vector instructions. A cell's numbers are the same bits whatever group it is in, since
//! every lane makes the same operations in the same order.
//!
//! # Equations
//!
//! With `a` and `b` the (negative) couplings of a node's parent to it and of it to its parent, in
//! mS/cm², one step solves for the change of potential
//!
//! ```text
//! d[i] x[i] + b[i] x[parent] + Σ a[child] x[child] = rhs[i]
//! ```
//!
//! where 0-area nodes count as 100 µm².

mod solve;

use std::ops::Range;
use std::sync::Arc;

use crate::storage::Aligned;

/// Most cells in a group. Wide enough to hide a division's latency, and small enough that a
/// group's working set stays in the first-level cache.
pub const MAX_WIDTH: usize = 8;

/// Interleaved cells of equal shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// First node of the group.
    pub first_node: usize,
    /// Number of cells: 1, 2, 4 or 8.
    pub width: usize,
    /// Parent of each node of a cell, counted within the cell; the root, 0, is its own.
    pub parents: Arc<[u32]>,
}

impl Group {
    /// All nodes of the group.
    pub fn nodes(&self) -> Range<usize> {
        self.first_node..self.first_node + self.width * self.parents.len()
    }
}

/// Arrays here are those of the group's nodes; couplings are `a` and `b`.
impl Group {
    /// `rhs` = the current into each node from its parent and children.
    pub(crate) fn axial_currents(&self, v: &[f64], (a, b): (&[f64], &[f64]), rhs: &mut [f64]) {
        match self.width {
            8 => solve::axial_currents::<8>(&self.parents, v, a, b, rhs),
            4 => solve::axial_currents::<4>(&self.parents, v, a, b, rhs),
            2 => solve::axial_currents::<2>(&self.parents, v, a, b, rhs),
            _ => solve::axial_currents::<1>(&self.parents, v, a, b, rhs),
        }
    }

    /// The diagonal without mechanisms: capacitances, with `cj_per_ms` 1/dt, or 2/dt for a half step, and
    /// couplings.
    pub(crate) fn diagonal(
        &self,
        cj_per_ms: f64,
        cm_uf_per_cm2: &[f64],
        (a, b): (&[f64], &[f64]),
        d: &mut [f64],
    ) {
        let factor = 0.001 * cj_per_ms;
        for (d, cm) in d.iter_mut().zip(cm_uf_per_cm2) {
            *d = factor * cm;
        }
        for (i, &parent) in self.parents.iter().enumerate().skip(1) {
            for lane in 0..self.width {
                let node = i * self.width + lane;
                let parent = parent as usize * self.width + lane;
                d[node] -= b[node];
                d[parent] -= a[node];
            }
        }
    }

    /// Solves the equations; `v` changes by a factor times the solution, if it is given.
    pub(crate) fn solve(
        &self,
        (a, b): (&[f64], &[f64]),
        d: &mut [f64],
        rhs: &mut [f64],
        update: Option<(&mut [f64], f64)>,
    ) {
        match self.width {
            8 => solve::hines::<8>(&self.parents, a, b, d, rhs, update),
            4 => solve::hines::<4>(&self.parents, a, b, d, rhs, update),
            2 => solve::hines::<2>(&self.parents, a, b, d, rhs, update),
            _ => solve::hines::<1>(&self.parents, a, b, d, rhs, update),
        }
    }
}

/// Arrays over nodes; see the module's text for the order.
#[derive(Debug, Clone)]
pub struct Tree {
    pub(crate) groups: Vec<Group>,
    pub(crate) v_mv: Aligned,
    pub(crate) rhs: Aligned,
    pub(crate) d: Aligned,
    /// Coupling in the parent's equation.
    pub(crate) a: Aligned,
    /// Coupling in the node's equation.
    pub(crate) b: Aligned,
    /// Diagonal without mechanisms: capacitance and couplings.
    pub(crate) d_fixed: Aligned,
    pub(crate) cm_uf_per_cm2: Aligned,
    pub(crate) area_um2: Aligned,
    pub(crate) diam_um: Aligned,
    /// Axial conductance to the parent in µS.
    pub(crate) axial_us: Aligned,
}

/// Area that 0-area nodes are given, in µm².
pub(crate) const END_AREA_UM2: f64 = 100.0;

impl Tree {
    /// Zeros in all arrays but the areas.
    pub fn new(groups: Vec<Group>) -> Self {
        let count = groups.last().map_or(0, |g| g.nodes().end);
        let zeros = || Aligned::new(count);
        Self {
            groups,
            v_mv: zeros(),
            rhs: zeros(),
            d: zeros(),
            a: zeros(),
            b: zeros(),
            d_fixed: zeros(),
            cm_uf_per_cm2: zeros(),
            area_um2: Aligned::filled(count, END_AREA_UM2),
            diam_um: zeros(),
            axial_us: zeros(),
        }
    }

    /// Number of nodes.
    pub fn node_count(&self) -> usize {
        self.v_mv.len()
    }

    /// The groups, in the order of their nodes.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Parent of a node; `None` for a root.
    pub fn parent(&self, node: usize) -> Option<usize> {
        let group = &self.groups[self.group_of(node)];
        let within = node - group.first_node;
        let (i, lane) = (within / group.width, within % group.width);
        (i > 0).then(|| group.first_node + group.parents[i] as usize * group.width + lane)
    }

    pub(crate) fn group_of(&self, node: usize) -> usize {
        self.groups.partition_point(|g| g.nodes().end <= node)
    }

    /// Membrane potentials in mV.
    pub fn potentials(&self) -> &[f64] {
        &self.v_mv
    }

    /// Membrane potentials in mV.
    pub fn potentials_mut(&mut self) -> &mut [f64] {
        &mut self.v_mv
    }

    /// Specific capacitances in µF/cm²; 0 where there is no membrane.
    pub fn capacitance(&self) -> &[f64] {
        &self.cm_uf_per_cm2
    }

    /// Sets the specific capacitances in µF/cm²; [`Tree::set_diagonal`] makes them count.
    pub fn set_capacitance(&mut self, cm_uf_per_cm2: &[f64]) {
        self.cm_uf_per_cm2.copy_from_slice(cm_uf_per_cm2);
    }

    /// Sets the couplings; see the module's text.
    pub fn set_couplings(&mut self, a: &[f64], b: &[f64]) {
        self.a.copy_from_slice(a);
        self.b.copy_from_slice(b);
    }

    /// Recomputes the diagonal's fixed part. `cj_per_ms` is 1/dt, or 2/dt for a half step.
    pub fn set_diagonal(&mut self, cj_per_ms: f64) {
        self.set_diagonal_of(0..self.groups.len(), cj_per_ms);
    }

    /// The same for some groups.
    pub(crate) fn set_diagonal_of(&mut self, groups: Range<usize>, cj_per_ms: f64) {
        for group in &self.groups[groups] {
            let nodes = group.nodes();
            let couplings = (&self.a[nodes.clone()], &self.b[nodes.clone()]);
            let capacitances = &self.cm_uf_per_cm2[nodes.clone()];
            group.diagonal(cj_per_ms, capacitances, couplings, &mut self.d_fixed[nodes]);
        }
    }

    /// Begins the equations of some groups: axial currents into `rhs`, the fixed part into `d`.
    /// Mechanisms add to both.
    pub fn begin(&mut self, groups: Range<usize>) {
        for group in &self.groups[groups] {
            let nodes = group.nodes();
            let couplings = (&self.a[nodes.clone()], &self.b[nodes.clone()]);
            let rhs = &mut self.rhs[nodes.clone()];
            group.axial_currents(&self.v_mv[nodes.clone()], couplings, rhs);
            self.d[nodes.clone()].copy_from_slice(&self.d_fixed[nodes]);
        }
    }

    /// Solves the equations of some groups: `rhs` becomes the solution, `d` the inverse pivots,
    /// and `v` changes by `factor` times the solution.
    pub fn solve(&mut self, groups: Range<usize>, factor: f64) {
        self.solve_and(groups, Some(factor));
    }

    /// The same, but `v` stays as it is.
    pub(crate) fn solve_only(&mut self, groups: Range<usize>) {
        self.solve_and(groups, None);
    }

    fn solve_and(&mut self, groups: Range<usize>, factor: Option<f64>) {
        for group in &self.groups[groups] {
            let nodes = group.nodes();
            let couplings = (&self.a[nodes.clone()], &self.b[nodes.clone()]);
            let (d, rhs) = (&mut self.d[nodes.clone()], &mut self.rhs[nodes.clone()]);
            let v = &mut self.v_mv[nodes];
            group.solve(couplings, d, rhs, factor.map(|factor| (v, factor)));
        }
    }

    /// A root whose potential is not finite, if there is one. What is not finite anywhere in a
    /// cell is so at its root after the next solve.
    pub(crate) fn root_not_finite(&self, groups: Range<usize>) -> Option<usize> {
        self.groups[groups].iter().find_map(|group| {
            let roots = group.first_node..group.first_node + group.width;
            let sum: f64 = self.v_mv[roots.clone()].iter().sum();
            if sum.is_finite() {
                return None;
            }
            roots.into_iter().find(|&node| !self.v_mv[node].is_finite())
        })
    }
}

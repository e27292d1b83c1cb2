//! Total membrane currents (NEURON's `i_membrane_` with `use_fast_imem`).
//!
//! The equations of a step are those of charge: what the membrane takes up, its capacitance
//! included, is what flows in along the cable and from electrodes. With the parts of the matrix that
//! belong to the membrane, `i = d·Δv + rhs` at the end of the step, without a difference of
//! large axial currents.

use crate::tree::Tree;

/// Membrane currents, and what is kept of a step's equations for them.
#[derive(Debug, Default)]
pub(crate) struct MembraneCurrents {
    /// In nA, for each node.
    pub current_na: Vec<f64>,
    /// Right-hand side and diagonal before mechanisms, then what electrodes added.
    rhs: Vec<f64>,
    d: Vec<f64>,
}

impl MembraneCurrents {
    pub fn new(nodes: usize) -> Self {
        Self {
            current_na: vec![0.0; nodes],
            rhs: vec![0.0; nodes],
            d: vec![0.0; nodes],
        }
    }

    /// Takes the axial part of the equations of some nodes.
    pub fn begin(&mut self, tree: &Tree, nodes: std::ops::Range<usize>, cj_per_ms: f64) {
        for n in nodes {
            self.rhs[n] = tree.rhs[n];
            self.d[n] = tree.d[n] - 0.001 * cj_per_ms * tree.cm_uf_per_cm2[n];
        }
    }

    /// Before (`sign` −1) and after (1) the currents of electrodes at some nodes: what they add counts
    /// as not of the membrane.
    pub fn electrode(&mut self, tree: &Tree, nodes: &[u32], sign: f64) {
        let mut last = None;
        for &node in nodes {
            // Instances at one node follow each other.
            if last != Some(node) {
                let n = node as usize;
                self.rhs[n] += sign * tree.rhs[n];
                self.d[n] += sign * tree.d[n];
            }
            last = Some(node);
        }
    }

    /// Leaves only the membrane's part. Before the solution.
    pub fn separate(&mut self, tree: &Tree, nodes: std::ops::Range<usize>) {
        for n in nodes {
            self.current_na[n] = self.rhs[n] * tree.area_um2[n] * 0.01;
            self.rhs[n] -= tree.rhs[n];
            self.d[n] = tree.d[n] - self.d[n];
        }
    }

    /// What [`MembraneCurrents::separate`] left of each node's right-hand side: the membrane's currents,
    /// outward, in mA/cm².
    pub fn outward(&self) -> &[f64] {
        &self.rhs
    }

    /// The same of the diagonal: conductances and capacitances.
    pub fn conductances(&self) -> &[f64] {
        &self.d
    }

    /// The currents at the end of a step. After the solution.
    pub fn solved(&mut self, tree: &Tree, nodes: std::ops::Range<usize>) {
        for n in nodes {
            let density = self.d[n] * tree.rhs[n] + self.rhs[n];
            self.current_na[n] = density * tree.area_um2[n] * 0.01;
        }
    }
}

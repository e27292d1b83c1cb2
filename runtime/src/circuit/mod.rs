//! The equations of the whole model as one sparse matrix.
//!
//! The tree ([`crate::tree`]) has the potentials of the inside alone. Where there are
//! extracellular layers, or when the caller wants it (NEURON's `use_mxb`), all unknowns are solved
//! together: the change of the potential inside each node, which is `v` plus the innermost layer's,
//! then that of each layer. A step solves, with NEURON's units and signs as the tree,
//!
//! ```text
//! (C·cj − ∂f/∂y)·Δy = f(y)
//! ```
//!
//! where C has capacitances and f is what flows into a node.

pub(crate) mod extracellular;
pub(crate) mod linear;

use nmodl::mechanism::Mechanism;

use crate::sparse::{Builder, Entry, Lu, Matrix, Singular};
use crate::storage::Aligned;
use crate::tree::Tree;

use crate::error::RunError;
use crate::layout::Layout;
use crate::model::Model;

use extracellular::Extracellular;
use linear::Linked;

/// A node and its parent in the matrix.
#[derive(Debug)]
struct Coupling {
    node: u32,
    /// In the parent's equation.
    a: Entry,
    /// In the node's equation.
    b: Entry,
}

/// The equations of a laid-out model: first those of all nodes, then those of layers, then those of
/// the caller's own that are not potentials.
#[derive(Debug)]
pub(crate) struct Circuit {
    matrix: Matrix,
    lu: Lu,
    diagonal: Vec<Entry>,
    couplings: Vec<Coupling>,
    /// Right-hand side, then solution.
    rhs: Vec<f64>,
    pub extracellular: Option<Extracellular>,
    pub linear: Vec<Linked>,
}

/// The cable's part of the matrix.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CableMatrix<'a> {
    /// Diagonal: capacitances, conductances of all mechanisms, axial conductances.
    pub d: &'a [f64],
    pub a: &'a [f64],
    pub b: &'a [f64],
    /// Of `d`, what belongs to the membrane and not to electrodes; needed where there are layers.
    pub membrane: &'a [f64],
    /// 1/dt of the step, or what stands for it.
    pub cj_per_ms: f64,
}

impl Circuit {
    /// The circuit of a tree, with layers where there are and the model's own equations.
    pub fn new(
        model: &Model,
        layout: &Layout,
        tree: &Tree,
        mut extracellular: Option<Extracellular>,
    ) -> Self {
        let nodes = tree.node_count();
        let layers = extracellular.as_ref().map_or(0, Extracellular::unknowns);
        let (mut linear, count) =
            Linked::all(model, layout, extracellular.as_ref(), nodes, nodes + layers);
        let mut builder = Builder::new(count);
        let diagonal = (0..nodes).map(|n| builder.entry(n, n)).collect();
        let mut couplings = Vec::new();
        for node in 0..nodes {
            if let Some(parent) = tree.parent(node) {
                couplings.push(Coupling {
                    node: node as u32,
                    a: builder.entry(parent, node),
                    b: builder.entry(node, parent),
                });
            }
        }
        if let Some(extracellular) = &mut extracellular {
            extracellular.place(&mut builder, nodes);
        }
        for linked in &mut linear {
            if let Some(equations) = &model.linear[linked.number] {
                linked.place(&mut builder, equations);
            }
        }
        let matrix = builder.finish();
        Self {
            lu: Lu::new(&matrix),
            rhs: vec![0.0; matrix.len()],
            matrix,
            diagonal,
            couplings,
            extracellular,
            linear,
        }
    }

    /// Makes places anew where matrices of the caller's have got others.
    ///
    /// # Errors
    ///
    /// Matrices and vectors whose sizes do not fit.
    pub fn refresh(&mut self, model: &Model, layout: &Layout, tree: &Tree) -> Result<(), RunError> {
        let mut stale = self.linear.len() != model.linear.iter().flatten().count();
        for linked in &self.linear {
            if let Some(equations) = &model.linear[linked.number] {
                stale |= linked.is_stale(equations)?;
            }
        }
        if !stale {
            return Ok(());
        }
        let mut layers = self.extracellular.take();
        if let Some(layers) = &mut layers {
            layers.unplace();
        }
        *self = Self::new(model, layout, tree, layers);
        if self.linear.len() == model.linear.iter().flatten().count() {
            return Ok(());
        }
        Err(linear::WRONG_SIZE)
    }

    /// Makes the matrix anew.
    pub fn fill(&mut self, model: &Model, cable: CableMatrix<'_>) {
        let matrix = &mut self.matrix;
        matrix.clear();
        for (&entry, &d) in self.diagonal.iter().zip(cable.d) {
            matrix.add(entry, d);
        }
        for coupling in &self.couplings {
            let node = coupling.node as usize;
            matrix.add(coupling.a, cable.a[node]);
            matrix.add(coupling.b, cable.b[node]);
        }
        if let Some(extracellular) = &self.extracellular {
            extracellular.fill(matrix, cable.membrane, cable.cj_per_ms);
        }
        for linked in &self.linear {
            if let Some(equations) = &model.linear[linked.number] {
                linked.fill(matrix, equations, cable.cj_per_ms);
            }
        }
    }

    /// The right-hand side: what flows into the nodes, then into the layers. The membrane's
    /// currents (outward) are needed where there are layers.
    pub fn load(&mut self, model: &Model, into_nodes: &[f64], membrane: &[f64]) {
        let (nodes, others) = self.rhs.split_at_mut(into_nodes.len());
        nodes.copy_from_slice(into_nodes);
        others.fill(0.0);
        if let Some(extracellular) = &self.extracellular {
            extracellular.flows(membrane, &mut others[..extracellular.unknowns()]);
        }
        for linked in &self.linear {
            if let Some(equations) = &model.linear[linked.number] {
                linked.load(equations, &mut self.rhs);
            }
        }
    }

    /// Number of equations.
    pub fn len(&self) -> usize {
        self.rhs.len()
    }

    /// The right-hand side without what capacitances take up, from [`Circuit::load`] and the rates of
    /// all unknowns. `take_membrane` gets node and capacitive current of each node.
    pub fn subtract_rates(
        &mut self,
        model: &Model,
        cm_uf_per_cm2: &[f64],
        rates: &[f64],
        mut take_membrane: impl FnMut(usize, f64),
    ) {
        let nodes = cm_uf_per_cm2.len();
        for (node, cm) in cm_uf_per_cm2.iter().enumerate() {
            let layer = self
                .extracellular
                .as_ref()
                .and_then(|e| e.position(node, 0));
            let outside = layer.map_or(0.0, |at| rates[nodes + at]);
            let taken = 0.001 * cm * (rates[node] - outside);
            self.rhs[node] -= taken;
            if let Some(at) = layer {
                self.rhs[nodes + at] += taken;
            }
            take_membrane(node, taken);
        }
        if let Some(layers) = &self.extracellular {
            let range = nodes..nodes + layers.unknowns();
            layers.subtract_capacitive(&rates[range.clone()], &mut self.rhs[range]);
        }
        for linked in &self.linear {
            if let Some(equations) = &model.linear[linked.number] {
                linked.subtract_rates(equations, rates, &mut self.rhs);
            }
        }
    }

    /// Factors the matrix.
    ///
    /// # Errors
    ///
    /// No unique solution.
    pub fn factor(&mut self) -> Result<(), Singular> {
        self.lu.factor(&self.matrix)
    }

    /// Solves for another right-hand side with the matrix that was factored last.
    pub fn solve_for(&mut self, b: &mut [f64]) {
        self.lu.solve(b);
    }

    /// Sets potentials and the caller's unknowns from a vector of all; v of nodes comes from that of
    /// their inside.
    pub fn scatter(&mut self, model: &Model, all: &[f64], v_mv: &mut [f64]) {
        let nodes = v_mv.len();
        v_mv.copy_from_slice(&all[..nodes]);
        if let Some(layers) = &mut self.extracellular {
            let count = layers.unknowns();
            layers
                .potentials_mut()
                .copy_from_slice(&all[nodes..nodes + count]);
            for node in layers.nodes() {
                if let Some(at) = layers.position(node, 0) {
                    v_mv[node] -= all[nodes + at];
                }
            }
        }
        for linked in &self.linear {
            if let Some(equations) = &model.linear[linked.number] {
                linked.scatter(equations, all);
            }
        }
    }

    /// Takes them from there.
    pub fn gather(&self, model: &Model, all: &mut [f64], v_mv: &[f64]) {
        let nodes = v_mv.len();
        all[..nodes].copy_from_slice(v_mv);
        if let Some(layers) = &self.extracellular {
            let potentials = layers.potentials();
            all[nodes..nodes + potentials.len()].copy_from_slice(potentials);
            for node in layers.nodes() {
                all[node] = layers.inside(node, v_mv[node]);
            }
        }
        for linked in &self.linear {
            if let Some(equations) = &model.linear[linked.number] {
                linked.gather(equations, all);
            }
        }
    }

    /// Takes the potentials of nodes into the vectors of the caller's equations.
    pub fn take_potentials(&self, model: &Model, v_mv: &[f64]) {
        for linked in &self.linear {
            if let Some(equations) = &model.linear[linked.number] {
                linked.take_potentials(equations, v_mv, self.extracellular.as_ref());
            }
        }
    }

    /// Solves; [`Circuit::solution`] has the changes of all unknowns then.
    ///
    /// # Errors
    ///
    /// No unique solution.
    pub fn solve(&mut self) -> Result<(), Singular> {
        self.lu.factor(&self.matrix)?;
        self.lu.solve(&mut self.rhs);
        Ok(())
    }

    /// Right-hand side, or the solution.
    pub fn solution(&self) -> &[f64] {
        &self.rhs
    }

    /// What an electrode has for v, where that is not the membrane's: it is against ground. Only the
    /// potentials at its own nodes are there.
    pub fn electrode(
        &mut self,
        description: &Mechanism,
        nodes: &[u32],
        v_mv: &[f64],
    ) -> Option<&mut Aligned> {
        if description.electrode_currents.is_empty() {
            return None;
        }
        let layers = self.extracellular.as_mut()?;
        Some(layers.insides_at(nodes, v_mv))
    }

    /// The potential inside each node, if it is not v everywhere.
    pub fn insides(&mut self, v_mv: &[f64]) -> Option<&mut Aligned> {
        self.extracellular.as_mut().map(|e| e.insides(v_mv))
    }
}

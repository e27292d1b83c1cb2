//! An integration's equations part by part, for threads.
//!
//! What a part contributes to an evaluation of the derivatives, or to the solution of the linearized
//! equations, is computed here with nothing of another part: the same operations on the same numbers as
//! in `system`, where one thread goes through the whole integration. A [`Share`] says which of the
//! integration's equations are a part's, a [`Portion`] is where in the state vector, and its like, they
//! are.

use nmodl::abi::{Kernel, SimValues};

use crate::kernel::{Failed, Services};
use crate::parallel::Strip;

use super::super::Simulation;
use super::equations::{Before, BlockStates, Equations};
use super::system::MILLI;

/// Which equations are those of a part. Blocks are named by their position in the part's order.
#[derive(Debug)]
pub(super) struct Share {
    /// Positions in [`Equations::nodes`].
    nodes: std::ops::Range<usize>,
    /// Positions in [`Equations::algebraic`].
    algebraic: std::ops::Range<usize>,
    /// Instances of point processes with a current there.
    at_algebraic: Vec<(usize, usize)>,
    /// Positions in [`Equations::blocks`], with the blocks.
    blocks: Vec<(usize, usize)>,
    /// How many states each of them has in all.
    counts: Vec<usize>,
    /// What comes before the currents of each block.
    before_currents: Vec<Before>,
}

/// Where a kernel gave up: in which stage of the computation, and the block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failure {
    pub stage: u8,
    pub position: usize,
    pub failed: Failed,
}

/// A part's elements of vectors over the integration's states and nodes.
pub(super) struct Portion<'a> {
    pub share: &'a Share,
    /// Of its potentials, and of the states of each of its blocks.
    pub potentials: &'a mut [f64],
    pub states: Vec<&'a mut [f64]>,
    /// Over its nodes.
    pub diagonal: &'a mut [f64],
    pub conductance: &'a mut [f64],
    pub failure: Option<Failure>,
}

impl Share {
    /// One for each of some parts.
    pub fn of_parts(
        simulation: &Simulation,
        equations: &Equations,
        order: &[usize],
        parts: std::ops::Range<usize>,
    ) -> Vec<Self> {
        let share = |part: &crate::layout::Part| {
            let (first, end) = (part.nodes.start as u32, part.nodes.end as u32);
            let nodes = &equations.nodes;
            let before = |end: u32| nodes.partition_point(|&node| node < end);
            let above = |end: u32| equations.algebraic.partition_point(|a| a.node < end);
            let here = |block: usize| part.order.iter().position(|&b| b == block);
            let states = equations.blocks.iter().enumerate();
            let at_algebraic = equations.at_algebraic.iter();
            let all = order.iter().zip(&equations.before_currents);
            Self {
                nodes: before(first)..before(end),
                algebraic: above(first)..above(end),
                at_algebraic: at_algebraic
                    .filter_map(|&(block, instance)| Some((here(block)?, instance)))
                    .collect(),
                blocks: states
                    .filter_map(|(number, states)| Some((number, here(states.block)?)))
                    .collect(),
                counts: (equations.blocks.iter())
                    .filter(|states| here(states.block).is_some())
                    .map(|states| states.states.len() * simulation.blocks[states.block].count)
                    .collect(),
                before_currents: all
                    .filter_map(|(&block, &before)| here(block).map(|_| before))
                    .collect(),
            }
        };
        simulation.parts[parts].iter().map(share).collect()
    }
}

impl<'a> Portion<'a> {
    /// The portions of parts that follow each other. `vector` is over the states, the others over the
    /// nodes.
    pub fn all(
        simulation: &Simulation,
        equations: &Equations,
        shares: &'a [Share],
        parts: std::ops::Range<usize>,
        vector: &'a mut [f64],
        [mut diagonal, mut conductance]: [&'a mut [f64]; 2],
    ) -> Vec<Self> {
        let take = |from: &mut &'a mut [f64], count: usize| -> &'a mut [f64] {
            let (taken, rest) = std::mem::take(from).split_at_mut(count);
            *from = rest;
            taken
        };
        let (mut potentials, states) = vector.split_at_mut(equations.nodes.len());
        let mut states = states;
        let blocks = equations.blocks.iter().map(|of| {
            let count = simulation.blocks[of.block].count;
            Some(take(&mut states, of.states.len() * count))
        });
        let mut blocks: Vec<Option<&'a mut [f64]>> = blocks.collect();
        let parts = simulation.parts[parts].iter().zip(shares);
        let portion = |(part, share): (&crate::layout::Part, &'a Share)| Self {
            potentials: take(&mut potentials, share.nodes.len()),
            states: (share.blocks.iter())
                .filter_map(|&(number, _)| blocks[number].take())
                .collect(),
            diagonal: take(&mut diagonal, part.nodes.len()),
            conductance: take(&mut conductance, part.nodes.len()),
            failure: None,
            share,
        };
        parts.map(portion).collect()
    }
}

impl<'a> Portion<'a> {
    /// The portion of the one part of an integration.
    pub fn whole(
        share: &'a Share,
        vector: &'a mut [f64],
        [diagonal, conductance]: [&'a mut [f64]; 2],
    ) -> Self {
        let (potentials, mut rest) = vector.split_at_mut(share.nodes.len());
        let states = share.counts.iter().map(|&count| {
            let (states, others) = std::mem::take(&mut rest).split_at_mut(count);
            rest = others;
            states
        });
        Self {
            states: states.collect(),
            potentials,
            diagonal,
            conductance,
            failure: None,
            share,
        }
    }
}

/// One part in the hands of a thread.
pub(super) struct Contribution<'a, 'f> {
    pub equations: &'a Equations,
    pub values: SimValues,
    pub strip: &'a mut Strip<'f>,
    pub services: &'a mut Services,
    /// Counts what one thread would do for all blocks before it goes on.
    pub stage: u8,
}

/// Puts states into columns, or takes them from there.
fn columns<'s>(
    states: &'s BlockStates,
    count: usize,
    stride: usize,
) -> impl Iterator<Item = (std::ops::Range<usize>, std::ops::Range<usize>)> + 's {
    (0..states.states.len()).map(move |state| {
        let column = (states.column + state) * stride;
        (state * count..(state + 1) * count, column..column + count)
    })
}

impl Contribution<'_, '_> {
    fn run(&mut self, position: usize, kernel: Kernel) -> Result<(), Failure> {
        let all = 0..self.strip.block(position).count;
        let (values, services) = (&mut self.values, &mut *self.services);
        let result = self.strip.run(position, kernel, all, values, services);
        result.map_err(|failed| self.failure(position, failed))
    }

    #[cold]
    fn failure(&self, position: usize, failed: Failed) -> Failure {
        Failure {
            stage: self.stage,
            position,
            failed,
        }
    }

    /// Puts states where the model has them; `y` is the whole integration's.
    pub fn scatter(&mut self, share: &Share, y: &[f64]) {
        let equations = self.equations;
        let first = self.strip.range().start;
        let v_mv = self.strip.nodes().v_mv;
        for i in share.nodes.clone() {
            v_mv[equations.nodes[i] as usize - first] = y[i];
        }
        for &(number, position) in &share.blocks {
            let states = &equations.blocks[number];
            for (number, state) in states.states.iter().enumerate() {
                let block = self.strip.block(position);
                let values = &y[states.range(number, block.count)];
                let Some((ion, inside)) = state.ion else {
                    let first = state.column * block.stride;
                    block.data[first..first + block.count].copy_from_slice(values);
                    continue;
                };
                let nodes = std::mem::take(&mut block.node);
                let ion = self.strip.ion(position, ion);
                let array = self.strip.concentrations(ion, inside);
                for (&node, &value) in nodes.iter().zip(values) {
                    array[node as usize - first] = value;
                }
                self.strip.block(position).node = nodes;
            }
        }
    }

    /// Concentrations that are assigned and no states.
    pub fn assign_concentrations(&mut self, share: &Share) -> Result<(), Failure> {
        self.stage += 1;
        let equations = self.equations;
        for &(number, position) in &share.blocks {
            let states = &equations.blocks[number];
            if states.assigns_concentration {
                self.run(position, states.derivatives)?;
            }
        }
        Ok(())
    }

    /// v of nodes without capacitance; see [`Simulation::find_algebraic_potentials`].
    pub fn find_algebraic_potentials(&mut self, share: &Share) -> Result<(), Failure> {
        self.stage += 1;
        let algebraic = &self.equations.algebraic[share.algebraic.clone()];
        let first = self.strip.range().start;
        let nodes = self.strip.nodes();
        for one in algebraic {
            let node = one.node as usize - first;
            (nodes.rhs[node], nodes.d[node]) = (0.0, 0.0);
        }
        for &(position, instance) in &share.at_algebraic {
            if let Some(kernel) = self.strip.kernels(position).current {
                let (values, services) = (&mut self.values, &mut *self.services);
                let one = instance..instance + 1;
                let result = self.strip.run(position, kernel, one, values, services);
                result.map_err(|failed| self.failure(position, failed))?;
            }
        }
        let nodes = self.strip.nodes();
        for one in algebraic {
            let node = one.node as usize - first;
            let (mut rhs, mut d) = (
                nodes.rhs[node] + nodes.d[node] * nodes.v_mv[node],
                nodes.d[node],
            );
            if let Some(parent) = one.parent {
                rhs -= nodes.b[node] * nodes.v_mv[parent as usize - first];
                d -= nodes.b[node];
            }
            for &child in &one.children {
                let child = child as usize - first;
                rhs -= nodes.a[child] * nodes.v_mv[child];
                d -= nodes.a[child];
            }
            nodes.v_mv[node] = rhs / d;
        }
        Ok(())
    }

    /// Currents and conductances, then the derivatives: those of the potentials into the tree's
    /// right-hand side as well.
    pub fn derivatives(&mut self, portion: &mut Portion<'_>) -> Result<(), Failure> {
        self.stage += 1;
        let share = portion.share;
        let (values, services) = (&mut self.values, &mut *self.services);
        let before = |kernels: &nmodl::mechanism::Kernels| kernels.before_breakpoint;
        let result = self.strip.run_all(before, values, services);
        result.map_err(|(position, failed)| self.failure(position, failed))?;
        self.strip.begin(self.values.celsius);
        self.stage += 1;
        for (position, &before) in share.before_currents.iter().enumerate() {
            let kernels = *self.strip.kernels(position);
            match before {
                Before::Nothing => {}
                Before::State => {
                    if let Some(kernel) = kernels.state {
                        self.run(position, kernel)?;
                    }
                }
                Before::Derivatives(kernel) => self.run(position, kernel)?,
            }
            if let Some(kernel) = kernels.current {
                self.run(position, kernel)?;
            }
        }
        portion.conductance.copy_from_slice(self.strip.nodes().d);
        self.stage += 1;
        let equations = self.equations;
        for (&(number, position), dydt) in share.blocks.iter().zip(&mut portion.states) {
            let states = &equations.blocks[number];
            if !states.computed_before_currents {
                self.run(position, states.derivatives)?;
            }
            let block = self.strip.block(position);
            for (to, column) in columns(states, block.count, block.stride) {
                dydt[to].copy_from_slice(&block.data[column]);
            }
        }
        let first = self.strip.range().start;
        let nodes = self.strip.nodes();
        for one in &equations.algebraic[share.algebraic.clone()] {
            nodes.rhs[one.node as usize - first] = 0.0;
        }
        let present = &equations.nodes[share.nodes.clone()];
        for (&node, dvdt) in present.iter().zip(portion.potentials.iter_mut()) {
            let node = node as usize - first;
            let rate = nodes.rhs[node] / (MILLI * nodes.cm_uf_per_cm2[node]);
            nodes.rhs[node] = rate;
            *dvdt = rate;
        }
        Ok(())
    }

    /// Solves (1 - γ·J)·x = b in place, for potentials alone or for the other states as well; the
    /// diagonal is made if it is not known for this γ.
    pub fn solve(
        &mut self,
        portion: &mut Portion<'_>,
        gamma_ms: f64,
        known: bool,
        states_too: bool,
    ) -> Result<(), Failure> {
        let equations = self.equations;
        let share = portion.share;
        let first = self.strip.range().start;
        if !known {
            self.strip.diagonal(1.0 / gamma_ms, portion.diagonal);
        }
        let nodes = self.strip.nodes();
        let entries = portion.diagonal.iter().zip(portion.conductance.iter());
        for (d, (fixed, conductance)) in nodes.d.iter_mut().zip(entries) {
            *d = fixed + conductance;
        }
        nodes.rhs.fill(0.0);
        let present = &equations.nodes[share.nodes.clone()];
        for (&node, b) in present.iter().zip(portion.potentials.iter()) {
            let node = node as usize - first;
            nodes.rhs[node] = b * (MILLI * nodes.cm_uf_per_cm2[node] / gamma_ms);
        }
        self.strip.solve(None);
        let nodes = self.strip.nodes();
        for (&node, x) in present.iter().zip(portion.potentials.iter_mut()) {
            *x = nodes.rhs[node as usize - first];
        }
        if !states_too {
            return Ok(());
        }
        self.values.dt_ms = gamma_ms;
        for (&(number, position), b) in share.blocks.iter().zip(&mut portion.states) {
            let states = &equations.blocks[number];
            let block = self.strip.block(position);
            for (from, column) in columns(states, block.count, block.stride) {
                block.data[column].copy_from_slice(&b[from]);
            }
            self.run(position, states.solve)?;
            let block = self.strip.block(position);
            for (to, column) in columns(states, block.count, block.stride) {
                b[to].copy_from_slice(&block.data[column]);
            }
        }
        Ok(())
    }
}

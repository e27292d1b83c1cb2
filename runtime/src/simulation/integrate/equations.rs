//! What the integrator's state vector is.

use std::ops::Range;

use nmodl::abi::Kernel;
use nmodl::mechanism::{Diffusion, OdeState, StateCall};

use crate::error::ModelError;
use crate::model::Model;

use super::super::Simulation;

/// The states, in the order of the vector.
#[derive(Debug)]
pub(crate) struct Equations {
    pub count: usize,
    /// Unknowns of the circuit beside the potentials inside: IDA has all of them, and all nodes.
    pub further: usize,
    /// The equations are differential-algebraic.
    pub is_dae: bool,
    /// Nodes with a capacitance.
    pub nodes: Vec<u32>,
    pub(super) algebraic: Vec<Algebraic>,
    /// Instances of point processes with a current at nodes without capacitance.
    pub(super) at_algebraic: Vec<(usize, usize)>,
    pub(super) blocks: Vec<BlockStates>,
    /// Blocks whose `state` kernel is called at the beginning of each step.
    pub(super) called_at_steps: Vec<usize>,
    /// For each block in the order of computation, what comes before its currents.
    pub(super) before_currents: Vec<Before>,
}

/// A node without capacitance.
#[derive(Debug)]
pub(super) struct Algebraic {
    pub node: u32,
    pub parent: Option<u32>,
    pub children: Vec<u32>,
}

/// What is computed before the currents of a block.
#[derive(Debug, Clone, Copy)]
pub(super) enum Before {
    Nothing,
    /// A PROCEDURE with METHOD cvode_t or cvode_t_v.
    State,
    /// The derivatives: they assign a current that the mechanism READs and WRITEs, or what its
    /// currents are computed from.
    Derivatives(Kernel),
}

/// The states of a block of instances.
#[derive(Debug)]
pub(super) struct BlockStates {
    pub block: usize,
    /// Position of the first state of the first instance.
    pub first: usize,
    pub states: Vec<OdeState>,
    /// What diffuses along the cable, with the number of its state.
    pub diffusions: Vec<(Diffusion, usize)>,
    /// Column of the first state's derivative.
    pub column: usize,
    pub derivatives: Kernel,
    pub solve: Kernel,
    /// The block assigns a concentration that is no state: it must follow the states before any
    /// current is computed.
    pub assigns_concentration: bool,
    /// The derivatives are computed before the currents, and these do not change them.
    pub computed_before_currents: bool,
}

fn cannot(mechanism: &str, reason: impl Into<String>) -> ModelError {
    ModelError::VariableStep {
        mechanism: mechanism.to_owned(),
        reason: reason.into(),
    }
}

/// Columns that each mechanism needs besides those of its description, if steps are of variable
/// length.
///
/// # Errors
///
/// A mechanism of the model that cannot be integrated.
pub(crate) fn added_columns(model: &Model) -> Result<Vec<usize>, ModelError> {
    let mut used = vec![false; model.mechanisms.len()];
    for section in model.sections.iter().filter(|s| !s.removed) {
        for inserted in &section.density {
            used[inserted.mechanism.index()] = true;
        }
    }
    for point in model.points.iter().filter(|p| p.at.is_some()) {
        used[point.mechanism.index()] = true;
    }
    let mut added = vec![0; model.mechanisms.len()];
    for (number, registered) in model.mechanisms.iter().enumerate() {
        if !model.variable_step || !used[number] {
            continue;
        }
        let description = registered.description();
        if let Some(refusal) = &description.variable_step.refusal {
            return Err(cannot(&description.name, &refusal.reason));
        }
        let ode = registered.compiled.ode();
        let ode = ode.map_err(|reason| cannot(&description.name, reason))?;
        added[number] = ode.map_or(0, |ode| ode.added_columns());
    }
    Ok(added)
}

impl Equations {
    /// Of some nodes and the blocks that are there, in the order of computation.
    pub fn new(
        simulation: &Simulation,
        nodes: Range<usize>,
        order: &[usize],
        is_dae: bool,
    ) -> Result<Self, ModelError> {
        let tree = &simulation.tree;
        let first = nodes.start;
        let mut position = vec![None; nodes.len()];
        let nodes = nodes.start as u32..nodes.end as u32;
        let has_capacitance = |node: u32| is_dae || tree.cm_uf_per_cm2[node as usize] > 0.0;
        let mut algebraic: Vec<Algebraic> = Vec::new();
        for node in nodes.clone().filter(|n| !has_capacitance(*n)) {
            position[node as usize - first] = Some(algebraic.len());
            algebraic.push(Algebraic {
                node,
                parent: tree.parent(node as usize).map(|p| p as u32),
                children: Vec::new(),
            });
        }
        for node in nodes.clone() {
            let Some(parent) = tree.parent(node as usize) else {
                continue;
            };
            if let Some(above) = position[parent - first] {
                if position[node as usize - first].is_some() {
                    let place = simulation.layout.place_of(&simulation.model, node as usize);
                    return Err(ModelError::Value {
                        place: simulation.model.describe(place),
                        quantity: "cm",
                        value: 0.0,
                        requirement: "positive next to a node without capacitance, with steps of variable length",
                    });
                }
                algebraic[above].children.push(node);
            }
        }
        let nodes: Vec<u32> = nodes.filter(|n| has_capacitance(*n)).collect();
        let circuit = simulation.circuit.as_ref().filter(|_| is_dae);
        let further = circuit.map_or(0, |circuit| circuit.len() - nodes.len());
        let mut equations = Self {
            count: nodes.len() + further,
            further,
            is_dae,
            nodes,
            algebraic,
            at_algebraic: Vec::new(),
            blocks: Vec::new(),
            called_at_steps: Vec::new(),
            before_currents: Vec::with_capacity(order.len()),
        };
        for &block in order {
            let before = equations.add_block(simulation, block)?;
            equations.before_currents.push(before);
            let kernels = simulation.shared[simulation.blocks[block].mechanism]
                .compiled
                .kernels();
            if kernels.current.is_some() {
                let instances = &simulation.blocks[block];
                let here = (0..instances.count)
                    .filter(|&i| position[instances.node[i] as usize - first].is_some())
                    .map(|i| (block, i));
                equations.at_algebraic.extend(here);
            }
        }
        Ok(equations)
    }

    /// The node of a state; the caller's own unknowns and potentials of layers have none.
    pub fn node_of(&self, simulation: &Simulation, index: usize) -> Option<usize> {
        if let Some(&node) = self.nodes.get(index) {
            return Some(node as usize);
        }
        let at = self.blocks.partition_point(|b| b.first <= index);
        let states = &self.blocks[at.checked_sub(1)?];
        let block = &simulation.blocks[states.block];
        let instance = (index - states.first) % block.count;
        block.node.get(instance).map(|&node| node as usize)
    }

    /// Adds the states of a block; gives what comes before its currents.
    fn add_block(&mut self, simulation: &Simulation, block: usize) -> Result<Before, ModelError> {
        let instances = &simulation.blocks[block];
        let compiled = &simulation.shared[instances.mechanism].compiled;
        let description = compiled.description();
        let mut before = Before::Nothing;
        match description.variable_step.state {
            StateCall::Step if compiled.kernels().state.is_some() => {
                self.called_at_steps.push(block);
            }
            StateCall::Currents => before = Before::State,
            StateCall::Step | StateCall::Never => {}
        }
        let ode = compiled.ode();
        let Some(ode) = ode.map_err(|reason| cannot(&description.name, reason))? else {
            return Ok(before);
        };
        let uses = &description.ions;
        let currents = ode.currents();
        let assigns_current = uses.iter().any(|ion| ion.read.cur && ion.write.cur);
        if assigns_current || currents.read_derivatives {
            before = Before::Derivatives(ode.derivatives());
        }
        let is_state =
            |number, inside| ode.states().iter().any(|s| s.ion == Some((number, inside)));
        let assigns_concentration = uses.iter().enumerate().any(|(number, ion)| {
            (ion.write.ci && !is_state(number, true)) || (ion.write.co && !is_state(number, false))
        });
        let number = |diffusion: &Diffusion| {
            let is = |state: &OdeState| match diffusion.ion {
                None => state.ion.is_none() && state.column == diffusion.state,
                ion => state.ion == ion,
            };
            Some((*diffusion, ode.states().iter().position(is)?))
        };
        self.blocks.push(BlockStates {
            block,
            first: self.count,
            states: ode.states().to_vec(),
            diffusions: description.diffusions.iter().filter_map(number).collect(),
            column: description.columns,
            derivatives: ode.derivatives(),
            solve: ode.solve(),
            assigns_concentration,
            computed_before_currents: currents.read_derivatives
                && !assigns_current
                && !currents.feed_derivatives,
        });
        self.count += ode.states().len() * instances.count;
        Ok(before)
    }
}

impl Equations {
    /// The states of a block.
    pub fn of_block(&self, block: usize) -> &[OdeState] {
        let found = self.blocks.iter().find(|states| states.block == block);
        found.map_or(&[], |states| &states.states)
    }
}

impl BlockStates {
    /// The positions of a state of all instances.
    pub fn range(&self, state: usize, count: usize) -> Range<usize> {
        let first = self.first + state * count;
        first..first + count
    }

    /// Puts part of a state vector into the columns from `column` on.
    pub fn store(&self, simulation: &mut Simulation, values: &[f64]) {
        let block = &mut simulation.blocks[self.block];
        for state in 0..self.states.len() {
            let column = (self.column + state) * block.stride;
            let values = &values[self.range(state, block.count)];
            block.data[column..column + block.count].copy_from_slice(values);
        }
    }

    /// Takes the solution of linearized equations from there. What is no number stays: a Jacobian that
    /// has no value at these states says nothing.
    pub fn load_solution(&self, simulation: &Simulation, values: &mut [f64]) {
        let block = &simulation.blocks[self.block];
        for state in 0..self.states.len() {
            let column = (self.column + state) * block.stride;
            let found = &block.data[column..column + block.count];
            let values = &mut values[self.range(state, block.count)];
            for (value, &x) in values.iter_mut().zip(found) {
                if x.is_finite() {
                    *value = x;
                }
            }
        }
    }

    /// Takes derivatives from there.
    pub fn load(&self, simulation: &Simulation, values: &mut [f64]) {
        let block = &simulation.blocks[self.block];
        for state in 0..self.states.len() {
            let column = (self.column + state) * block.stride;
            let values = &mut values[self.range(state, block.count)];
            values.copy_from_slice(&block.data[column..column + block.count]);
        }
    }
}

impl Equations {
    /// Puts the states where the model has them.
    pub fn scatter(&self, simulation: &mut Simulation, y: &[f64]) {
        for (&node, &v) in self.nodes.iter().zip(y) {
            simulation.tree.v_mv[node as usize] = v;
        }
        if self.is_dae
            && let Some(circuit) = &mut simulation.circuit
        {
            let all = &y[..self.nodes.len() + self.further];
            circuit.scatter(&simulation.model, all, &mut simulation.tree.v_mv);
        }
        for states in &self.blocks {
            let block = &mut simulation.blocks[states.block];
            for (number, state) in states.states.iter().enumerate() {
                let values = &y[states.range(number, block.count)];
                let Some((ion, inside)) = state.ion else {
                    let first = state.column * block.stride;
                    block.data[first..first + block.count].copy_from_slice(values);
                    continue;
                };
                let ion = simulation.shared[block.mechanism].ions[ion];
                let columns = &mut simulation.ions[ion.index()];
                let array = if inside {
                    &mut columns.ci_mm
                } else {
                    &mut columns.co_mm
                };
                for (&node, &value) in block.node.iter().zip(values) {
                    array[node as usize] = value;
                }
            }
        }
    }

    /// Takes them from there.
    pub fn gather(&self, simulation: &Simulation, y: &mut [f64]) {
        for (&node, v) in self.nodes.iter().zip(y.iter_mut()) {
            *v = simulation.tree.v_mv[node as usize];
        }
        if self.is_dae
            && let Some(circuit) = &simulation.circuit
        {
            let all = &mut y[..self.nodes.len() + self.further];
            circuit.gather(&simulation.model, all, &simulation.tree.v_mv);
        }
        for states in &self.blocks {
            let block = &simulation.blocks[states.block];
            for (number, state) in states.states.iter().enumerate() {
                let values = &mut y[states.range(number, block.count)];
                let Some((ion, inside)) = state.ion else {
                    let first = state.column * block.stride;
                    values.copy_from_slice(&block.data[first..first + block.count]);
                    continue;
                };
                let ion = simulation.shared[block.mechanism].ions[ion];
                let columns = &simulation.ions[ion.index()];
                let array = if inside {
                    &columns.ci_mm
                } else {
                    &columns.co_mm
                };
                for (&node, value) in block.node.iter().zip(values) {
                    *value = array[node as usize];
                }
            }
        }
    }
}

//! What `CVode` can be asked for: states with their names and tolerances, and statistics.
//!
//! The caller sees the states in NEURON's order: potentials by section, then for each mechanism the
//! states of one instance after those of the other.

use nmodl::mechanism::{Kind, Role};

use crate::error::{ModelError, RunError};
use crate::id::SectionId;
use crate::instance::Origin;
use crate::model::{End, Model, Place};

use super::super::{Hook, Progress, Simulation};
use super::integration::Integration;
use super::{Task, VariableStep};

/// Counts since the integrator was initialized last by the caller.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Equations.
    pub equations: usize,
    /// Steps.
    pub steps: u64,
    /// Interpolations within a step.
    pub interpolations: u64,
    /// Beginnings of the integrator.
    pub initializations: u64,
    /// Those at times of at_time.
    pub initializations_at_times: u64,
    /// Evaluations of the derivatives.
    pub evaluations: u64,
    /// Solutions of linear equations.
    pub solves: u64,
    /// New Jacobians that were wanted; ours are new in each evaluation.
    pub setups: u64,
    /// Steps that failed the error test and were tried again.
    pub error_failures: u64,
    /// Steps where Newton's iteration did not converge and that were tried again.
    pub convergence_failures: u64,
}

/// A state: its place, and its name there.
#[derive(Debug, Clone, PartialEq)]
pub struct StateName {
    /// Segment or point process.
    pub place: Place,
    /// `v`, `m_hh`, `g`; with an index in brackets for an element of an array.
    pub name: String,
    /// Name for tolerances: `v`, `m_hh`, `ExpSyn.g`.
    pub base: String,
}

/// What is wanted of each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateQuantity {
    /// Its value at the integrator's time.
    Value,
    /// Its derivative.
    Derivative,
    /// The weight of its error.
    ErrorWeight,
    /// Its estimated error in the last step.
    LocalError,
}

/// States in the integrator's order.
fn reordered(order: &[usize], states: &[f64]) -> Result<Vec<f64>, RunError> {
    if states.len() != order.len() {
        return Err(RunError::Order(
            "the vector must have as many elements as there are states",
        ));
    }
    let mut y = vec![0.0; order.len()];
    for (&i, &value) in order.iter().zip(states) {
        y[i] = value;
    }
    Ok(y)
}

impl Statistics {
    /// Adds the counts of another integrator.
    pub fn add(&mut self, other: &Self) {
        self.equations += other.equations;
        self.steps += other.steps;
        self.interpolations += other.interpolations;
        self.initializations += other.initializations;
        self.initializations_at_times += other.initializations_at_times;
        self.evaluations += other.evaluations;
        self.solves += other.solves;
        self.setups += other.setups;
        self.error_failures += other.error_failures;
        self.convergence_failures += other.convergence_failures;
    }
}

impl Integration {
    fn counts(&self) -> Statistics {
        Statistics {
            equations: self.equations.count,
            ..self.statistics
        }
    }
}

const INACTIVE: ModelError = ModelError::NoIntegrator;

impl Simulation {
    fn integrator(&self) -> Result<&VariableStep, ModelError> {
        self.variable_step.as_deref().ok_or(INACTIVE)
    }

    /// Counts, of all cells together if they have steps of their own.
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn statistics(&self) -> Result<Statistics, ModelError> {
        let mut all = Statistics::default();
        for integration in &self.integrator()?.integrations {
            all.add(&integration.counts());
        }
        Ok(all)
    }

    /// Counts of each integrator, with the root section of its cell: one for the whole model, with
    /// its first section, or one for each cell.
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn cell_statistics(&self) -> Result<Vec<(Option<SectionId>, Statistics)>, ModelError> {
        let integrations = self.integrator()?.integrations.iter();
        let counted = integrations.map(|integration| {
            let root = self.layout.origins.get(integration.nodes.start);
            (root.map(|&(section, _)| section), integration.counts())
        });
        Ok(counted.collect())
    }

    /// Order of the last step, of the cell of that number if cells have steps of their own.
    ///
    /// # Errors
    ///
    /// Steps of fixed length; a cell that does not exist.
    pub fn integration_order(&self, cell: usize) -> Result<u32, ModelError> {
        let integrations = &self.integrator()?.integrations;
        let integration = integrations.get(cell).ok_or(ModelError::UnknownId {
            what: "cell",
            index: cell,
        })?;
        Ok(integration.last_order)
    }

    /// A quantity of all states, in NEURON's order: if cells have steps of their own, those of one
    /// cell after those of the other, each at its own time.
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn states(&mut self, quantity: StateQuantity) -> Result<Vec<f64>, ModelError> {
        let ranks = self.node_ranks();
        let integrations = self.integrator()?.integrations.iter();
        let orders: Vec<Vec<usize>> = integrations
            .map(|integration| self.state_order(integration, &ranks))
            .collect();
        let step = self.variable_step.as_deref_mut().ok_or(INACTIVE)?;
        let mut states = Vec::new();
        for (integration, order) in step.integrations.iter_mut().zip(orders) {
            let values = match (quantity, &mut integration.integrator) {
                (StateQuantity::Value, _) => integration.y.clone(),
                (StateQuantity::Derivative, _) => integration.dydt.clone(),
                (StateQuantity::ErrorWeight, Some(integrator)) => integrator.error_weights(),
                (StateQuantity::LocalError, Some(integrator)) => integrator.local_errors(),
                (_, None) => vec![0.0; integration.equations.count],
            };
            states.extend(order.into_iter().map(|i| values[i]));
        }
        Ok(states)
    }

    /// The one integrator with its states' order, for what needs all states at one time.
    fn whole(&mut self) -> Result<(Box<VariableStep>, Vec<usize>), RunError> {
        let Some(step) = self.variable_step.take() else {
            return Err(RunError::Order("steps are of fixed length"));
        };
        if step.local.is_some() {
            self.variable_step = Some(step);
            return Err(RunError::Order(
                "cells have steps and times of their own: there is no one vector of states",
            ));
        }
        let order = self.state_order(step.present(), &self.node_ranks());
        Ok((step, order))
    }

    /// Measures from now on the largest magnitudes of each state and of its error (NEURON's
    /// `state_magnitudes`), or ends that. Nothing happens with steps of fixed length.
    pub fn measure_magnitudes(&mut self, on: bool) {
        for one in self
            .variable_step
            .iter_mut()
            .flat_map(|step| &mut step.integrations)
        {
            let zeros = || vec![0.0; one.equations.count];
            one.magnitudes = on.then(|| [zeros(), zeros()]);
        }
    }

    /// The largest magnitudes of each state, and of each error, in NEURON's order; `None` if they
    /// are not measured.
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn magnitudes(&self) -> Result<Option<[Vec<f64>; 2]>, ModelError> {
        let ranks = self.node_ranks();
        let mut all = [Vec::new(), Vec::new()];
        for integration in &self.integrator()?.integrations {
            let Some(found) = &integration.magnitudes else {
                return Ok(None);
            };
            let order = self.state_order(integration, &ranks);
            for (all, values) in all.iter_mut().zip(found) {
                all.extend(order.iter().map(|&i| values[i]));
            }
        }
        Ok(Some(all))
    }

    /// Computes the derivatives at another time and state, both in NEURON's order, for
    /// [`Simulation::answer`]. The model has that state afterwards.
    ///
    /// # Errors
    ///
    /// Steps of fixed length or of each cell's own, or another number of states; a kernel that fails.
    pub fn derivatives_at(&mut self, t_ms: f64, states: &[f64]) -> Result<Progress, RunError> {
        let states = states.to_vec();
        self.perform(Task::Derivatives { t_ms, states })
    }

    /// What [`Simulation::derivatives_at`] or [`Simulation::gather_states`] found.
    pub fn answer(&self) -> &[f64] {
        &self.answer
    }

    pub(super) fn derivatives_here(
        &mut self,
        t_ms: f64,
        states: &[f64],
    ) -> Result<Vec<f64>, RunError> {
        let (mut step, order) = self.whole()?;
        let evaluated = reordered(&order, states).and_then(|y| {
            let mut dydt = y.clone();
            self.evaluate(step.present_mut(), t_ms, &y, &mut dydt)?;
            Ok(order.into_iter().map(|i| dydt[i]).collect())
        });
        self.variable_step = Some(step);
        evaluated
    }

    /// Sets the states of the model; the integrator does not know of it until it begins anew.
    ///
    /// # Errors
    ///
    /// Steps of fixed length or of each cell's own, or another number of states.
    pub fn scatter_states(&mut self, states: &[f64]) -> Result<Progress, RunError> {
        self.perform(Task::Scatter(states.to_vec()))
    }

    pub(super) fn scatter_here(&mut self, states: &[f64]) -> Result<(), RunError> {
        let (mut step, order) = self.whole()?;
        let y = reordered(&order, states);
        if let Ok(y) = &y {
            step.present().equations.scatter(self, y);
        }
        let called = match y.is_ok() {
            true => self.turn(step.present_mut(), Hook::Scattered),
            false => Ok(()),
        };
        self.variable_step = Some(step);
        called?;
        y.map(|_| ())
    }

    /// Finds the states that the model has now, in NEURON's order, for [`Simulation::answer`].
    ///
    /// # Errors
    ///
    /// Steps of fixed length or of each cell's own.
    pub fn gather_states(&mut self) -> Result<Progress, RunError> {
        self.perform(Task::Gather)
    }

    pub(super) fn gather_here(&mut self) -> Result<Vec<f64>, RunError> {
        let (mut step, order) = self.whole()?;
        let called = self.turn(step.present_mut(), Hook::Gathering);
        let mut y = vec![0.0; order.len()];
        if called.is_ok() {
            step.present().equations.gather(self, &mut y);
        }
        self.variable_step = Some(step);
        called?;
        Ok(order.into_iter().map(|i| y[i]).collect())
    }

    /// The names of the states, in the order of [`Simulation::states`].
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn state_names(&self) -> Result<Vec<StateName>, ModelError> {
        let ranks = self.node_ranks();
        let mut names = Vec::new();
        for integration in &self.integrator()?.integrations {
            let order = self.state_order(integration, &ranks).into_iter();
            names.extend(order.map(|i| self.state_name(integration, i)));
        }
        Ok(names)
    }

    /// Where each node comes in NEURON's order: the roots, then the sections of one cell after the other in
    /// breadth first order, each from its attached end.
    fn node_ranks(&self) -> Vec<u32> {
        let mut ranks = vec![u32::MAX; self.tree.node_count()];
        let mut next = 0;
        let mut count = |node: u32| {
            let rank = &mut ranks[node as usize];
            if *rank == u32::MAX {
                (*rank, next) = (next, next + 1);
            }
        };
        for root in self.model.roots() {
            count(self.layout.sections[root.index()].ends[0]);
        }
        for root in self.model.roots() {
            // A root of this model has a subtree.
            for section in self.model.subtree(root).unwrap_or_default() {
                let nodes = &self.layout.sections[section.index()];
                let [first, last] = nodes.ends;
                let segments = nodes.segments.iter().copied();
                match self.model.sections[section.index()].attached_end() {
                    End::Zero => segments.chain([last]).for_each(&mut count),
                    End::One => segments.rev().chain([first]).for_each(&mut count),
                }
            }
        }
        ranks
    }

    /// For each state in NEURON's order, its position in the integrator's.
    fn state_order(&self, integration: &Integration, ranks: &[u32]) -> Vec<usize> {
        let equations = &integration.equations;
        let mut order: Vec<usize> = (0..equations.nodes.len()).collect();
        order.sort_by_key(|&i| ranks[equations.nodes[i] as usize]);
        if let Some(circuit) = self.circuit.as_ref().filter(|_| equations.is_dae) {
            // Layers follow their node, as in NEURON.
            let nodes = equations.nodes.len();
            let layers = circuit.extracellular.as_ref();
            let outside = layers.map_or(0, |layers| layers.unknowns());
            let of_node = |node: usize| {
                let first = layers.and_then(|l| Some((l.position(node, 0)?, l.layers())));
                let (first, count) = first.unwrap_or((0, 0));
                (0..count).map(move |layer| nodes + first + layer)
            };
            let with_layers = order.iter();
            order = with_layers
                .flat_map(|&node| std::iter::once(node).chain(of_node(node)))
                .collect();
            order.extend(nodes + outside..nodes + equations.further);
        }
        for states in &equations.blocks {
            let block = &self.blocks[states.block];
            let count = block.count;
            let mut instances: Vec<usize> = (0..count).collect();
            instances.sort_by_key(|&i| ranks[block.node[i] as usize]);
            let mut listed: Vec<usize> = (0..states.states.len()).collect();
            listed.sort_by_key(|&state| states.states[state].rank);
            for instance in instances {
                let of_instance = listed.iter().map(|s| states.first + s * count + instance);
                order.extend(of_instance);
            }
        }
        order
    }

    /// The name of an unknown of the circuit that is not the potential of an inside.
    fn circuit_name(&self, nodes: usize, index: usize) -> Option<StateName> {
        let circuit = self.circuit.as_ref()?;
        let further = index.checked_sub(nodes)?;
        let layers = circuit.extracellular.as_ref();
        if let Some(layers) = layers.filter(|layers| further < layers.unknowns()) {
            let (node, layer) = layers.place_of(further);
            return Some(StateName {
                place: self.layout.place_of(&self.model, node),
                name: match layer {
                    0 => "vext".to_owned(),
                    _ => format!("vext[{layer}]"),
                },
                base: "vext".to_owned(),
            });
        }
        let own = circuit
            .linear
            .iter()
            .find_map(|l| Some((l.number, l.own(index)?)));
        let (number, at) = own?;
        let name = format!("{}.y[{at}]", self.model.linear_label(number));
        Some(StateName {
            place: Place::Model,
            base: name.clone(),
            name,
        })
    }

    fn state_name(&self, integration: &Integration, index: usize) -> StateName {
        let equations = &integration.equations;
        if let Some(&node) = equations.nodes.get(index) {
            return StateName {
                place: self.layout.place_of(&self.model, node as usize),
                name: "v".to_owned(),
                base: "v".to_owned(),
            };
        }
        if index < equations.nodes.len() + equations.further
            && let Some(name) = self.circuit_name(equations.nodes.len(), index)
        {
            return name;
        }
        let at = equations.blocks.partition_point(|b| b.first <= index) - 1;
        let states = &equations.blocks[at];
        let block = &self.blocks[states.block];
        let (state, instance) = (
            (index - states.first) / block.count,
            (index - states.first) % block.count,
        );
        let state = states.states[state];
        let description = self.shared[block.mechanism].compiled.description();
        let variable = &description.variables[state.variable];
        let element = match variable.array_len {
            Some(_) => format!("[{}]", state.element),
            None => String::new(),
        };
        let plain = &variable.name;
        match block.origins[instance] {
            Origin::Density { section, segment } => {
                let base = match state.ion {
                    Some(_) => plain.clone(),
                    None => format!("{plain}_{}", description.name),
                };
                StateName {
                    place: Place::Segment {
                        section,
                        x: self.model.sections[section.index()].segment_x(segment),
                    },
                    name: format!("{base}{element}"),
                    base,
                }
            }
            Origin::Point(point) => StateName {
                place: Place::Point(point),
                name: format!("{plain}{element}"),
                base: format!("{}.{plain}", description.name),
            },
        }
    }

    /// The place and the name of a state, for messages.
    pub(super) fn name_state(&self, integration: &Integration, index: usize) -> (String, String) {
        let name = self.state_name(integration, index);
        (self.model.describe(name.place), name.name)
    }

    /// atol with the scale of each state: what the caller set for its name, or what its mechanism
    /// declares. As in NEURON, a scale above 1 does not count for v.
    pub(super) fn absolute_tolerances(&self, integration: &Integration) -> Vec<f64> {
        let settings = &integration.settings;
        let scale = |base: &str| settings.scales.get(base).copied();
        let v = scale("v").filter(|s| *s > 0.0 && *s < 1.0).unwrap_or(1.0);
        let equations = &integration.equations;
        let potentials = equations.nodes.len() + equations.further;
        let mut tolerances = vec![settings.atol * v; potentials];
        for states in &integration.equations.blocks {
            let block = &self.blocks[states.block];
            let description = self.shared[block.mechanism].compiled.description();
            for (number, state) in states.states.iter().enumerate() {
                let base = self
                    .state_name(integration, states.first + number * block.count)
                    .base;
                let declared = description.variables[state.variable].tolerance;
                let scale = scale(&base)
                    .or(declared)
                    .filter(|s| *s > 0.0)
                    .unwrap_or(1.0);
                tolerances.extend(std::iter::repeat_n(settings.atol * scale, block.count));
            }
        }
        tolerances
    }
}

impl Model {
    /// The names that tolerances of states may be given for: `v`, and of each mechanism's states
    /// names as `m_hh` and `ExpSyn.g`, or that of the ion's concentration.
    pub fn tolerance_names(&self) -> Vec<String> {
        let mut names = vec!["v".to_owned()];
        for registered in &self.mechanisms {
            let description = registered.description();
            let states = description.variables.iter();
            for state in states.filter(|v| v.role == Role::State) {
                let (of, plain) = (&description.name, &state.name);
                let is_concentration = description.ions.iter().any(|ion| {
                    let side = plain.strip_prefix(ion.name.as_str());
                    side.is_some_and(|side| side == "i" || side == "o")
                });
                names.push(match description.kind {
                    Kind::Density if is_concentration => plain.clone(),
                    Kind::Density => format!("{plain}_{of}"),
                    _ => format!("{of}.{plain}"),
                });
            }
        }
        names
    }
}

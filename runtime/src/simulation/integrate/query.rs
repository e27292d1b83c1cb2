//! What `CVode` can be asked for: states with their names and tolerances, and statistics.
//!
//! The caller sees the states in NEURON's order: potentials by section, then for each mechanism the
//! states of one instance after those of the other.

use crate::error::{ModelError, RunError};
use crate::instance::Origin;
use crate::model::Place;

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

const INACTIVE: ModelError = ModelError::NoIntegrator;

impl Simulation {
    fn integrator(&self) -> Result<&VariableStep, ModelError> {
        self.variable_step.as_deref().ok_or(INACTIVE)
    }

    /// Counts.
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn statistics(&self) -> Result<Statistics, ModelError> {
        let step = self.integrator()?;
        let one = step.present();
        Ok(Statistics {
            equations: one.equations.count,
            ..one.statistics
        })
    }

    /// Order of the last step.
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn integration_order(&self) -> Result<u32, ModelError> {
        Ok(self.integrator()?.present().last_order)
    }

    /// A quantity of all states, in NEURON's order.
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn states(&mut self, quantity: StateQuantity) -> Result<Vec<f64>, ModelError> {
        let order = self.state_order()?;
        let step = self.variable_step.as_deref_mut().ok_or(INACTIVE)?;
        let one = step.present_mut();
        let zeros = vec![0.0; one.equations.count];
        let values = match (quantity, &mut one.integrator) {
            (StateQuantity::Value, _) => one.y.clone(),
            (StateQuantity::Derivative, _) => one.dydt.clone(),
            (StateQuantity::ErrorWeight, Some(integrator)) => integrator.error_weights(),
            (StateQuantity::LocalError, Some(integrator)) => integrator.local_errors(),
            (_, None) => zeros,
        };
        Ok(order.into_iter().map(|i| values[i]).collect())
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
        let order = self.state_order()?;
        let magnitudes = &self.integrator()?.present().magnitudes;
        Ok(magnitudes.as_ref().map(|found| {
            let ordered = |values: &Vec<f64>| order.iter().map(|&i| values[i]).collect();
            [ordered(&found[0]), ordered(&found[1])]
        }))
    }

    /// Computes the derivatives at another time and state, both in NEURON's order, for
    /// [`Simulation::answer`]. The model has that state afterwards.
    ///
    /// # Errors
    ///
    /// Steps of fixed length, or another number of states; a kernel that fails.
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
        let order = self.state_order();
        let (Ok(order), Some(mut step)) = (order, self.variable_step.take()) else {
            return Err(RunError::Order("steps are of fixed length"));
        };
        let mut y = vec![0.0; order.len()];
        let mut dydt = y.clone();
        let fits = states.len() == order.len();
        let evaluated = if fits {
            order
                .iter()
                .zip(states)
                .for_each(|(&i, &value)| y[i] = value);
            self.evaluate(step.present_mut(), t_ms, &y, &mut dydt)
        } else {
            Err(RunError::Order(
                "the vector must have as many elements as there are states",
            ))
        };
        self.variable_step = Some(step);
        evaluated?;
        Ok(order.into_iter().map(|i| dydt[i]).collect())
    }

    /// Sets the states of the model; the integrator does not know of it until it begins anew.
    ///
    /// # Errors
    ///
    /// Steps of fixed length, or another number of states.
    pub fn scatter_states(&mut self, states: &[f64]) -> Result<Progress, RunError> {
        self.perform(Task::Scatter(states.to_vec()))
    }

    pub(super) fn scatter_here(&mut self, states: &[f64]) -> Result<(), RunError> {
        let order = self.state_order();
        let (Ok(order), Some(mut step)) = (order, self.variable_step.take()) else {
            return Err(RunError::Order("steps are of fixed length"));
        };
        let mut y = vec![0.0; order.len()];
        let fits = states.len() == order.len();
        if fits {
            order
                .iter()
                .zip(states)
                .for_each(|(&i, &value)| y[i] = value);
            step.present().equations.scatter(self, &y);
        }
        let called = match fits {
            true => self.turn(step.present_mut(), Hook::Scattered),
            false => Ok(()),
        };
        self.variable_step = Some(step);
        called?;
        if fits {
            return Ok(());
        }
        Err(RunError::Order(
            "the vector must have as many elements as there are states",
        ))
    }

    /// Finds the states that the model has now, in NEURON's order, for [`Simulation::answer`].
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn gather_states(&mut self) -> Result<Progress, RunError> {
        self.perform(Task::Gather)
    }

    pub(super) fn gather_here(&mut self) -> Result<Vec<f64>, RunError> {
        let order = self.state_order();
        let (Ok(order), Some(mut step)) = (order, self.variable_step.take()) else {
            return Err(RunError::Order("steps are of fixed length"));
        };
        let called = self.turn(step.present_mut(), Hook::Gathering);
        let mut y = vec![0.0; order.len()];
        if called.is_ok() {
            step.present().equations.gather(self, &mut y);
        }
        self.variable_step = Some(step);
        called?;
        Ok(order.into_iter().map(|i| y[i]).collect())
    }

    /// The names of the states, in NEURON's order.
    ///
    /// # Errors
    ///
    /// Steps of fixed length.
    pub fn state_names(&self) -> Result<Vec<StateName>, ModelError> {
        let step = self.integrator()?.present();
        let names = self.state_order()?.into_iter();
        Ok(names.map(|i| self.state_name(step, i)).collect())
    }

    /// For each state in NEURON's order, its position in the integrator's.
    fn state_order(&self) -> Result<Vec<usize>, ModelError> {
        let step = self.integrator()?.present();
        let mut position = vec![None; self.tree.node_count()];
        for (i, &node) in step.equations.nodes.iter().enumerate() {
            position[node as usize] = Some(i);
        }
        let sections = self.layout.sections.iter();
        let segments = sections.flat_map(|nodes| nodes.segments.iter());
        let mut order: Vec<usize> = segments
            .filter_map(|&node| position[node as usize])
            .collect();
        for states in &step.equations.blocks {
            let count = self.blocks[states.block].count;
            for instance in 0..count {
                let of_instance =
                    (0..states.states.len()).map(|s| states.first + s * count + instance);
                order.extend(of_instance);
            }
        }
        Ok(order)
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
        let mut tolerances = vec![settings.atol * v; integration.equations.nodes.len()];
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

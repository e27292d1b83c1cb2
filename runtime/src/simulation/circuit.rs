//! The fixed step with all equations as one sparse matrix, see [`crate::circuit`].

use crate::circuit::CableMatrix;
use crate::circuit::extracellular::Extracellular;
use crate::error::RunError;
use crate::simulation::CallbackId;

use super::Simulation;

const IMPLICIT: RunError = RunError::Order("LinearMechanisms only work with secondorder = 0");

impl Simulation {
    /// The extracellular layers, if there are any.
    pub(super) fn layers(&self) -> Option<&Extracellular> {
        self.circuit.as_ref()?.extracellular.as_ref()
    }

    /// The extracellular layers, if there are any.
    pub(super) fn layers_mut(&mut self) -> Option<&mut Extracellular> {
        self.circuit.as_mut()?.extracellular.as_mut()
    }

    /// True if there are extracellular layers.
    pub(super) fn has_layers(&self) -> bool {
        self.layers().is_some()
    }

    /// Initial values of the caller's equations.
    ///
    /// # Errors
    ///
    /// Two half steps in a step: these equations are solved fully implicitly.
    pub(super) fn initialize_linear(&mut self) -> Result<(), RunError> {
        let Some(circuit) = &mut self.circuit else {
            return Ok(());
        };
        circuit.refresh(&self.model, &self.layout, &self.tree)?;
        if circuit.linear.is_empty() {
            return Ok(());
        }
        if self.values.secondorder != 0.0 && self.variable_step.is_none() {
            return Err(IMPLICIT);
        }
        circuit.take_potentials(&self.model, &self.tree.v_mv);
        for linked in &circuit.linear {
            if let Some(equations) = &self.model.linear[linked.number] {
                linked.initialize(equations);
            }
        }
        Ok(())
    }

    /// The next of the caller's equations from `first` on that has something called, with its vector
    /// y as it is now.
    pub(super) fn next_callable(&mut self, first: usize) -> Option<(usize, CallbackId)> {
        let circuit = self.circuit.as_ref()?;
        let (at, callback) =
            circuit
                .linear
                .iter()
                .enumerate()
                .skip(first)
                .find_map(|(at, l)| {
                    let equations = self.model.linear[l.number].as_ref()?;
                    Some((at, equations.equations.callable?))
                })?;
        circuit.take_potentials(&self.model, &self.tree.v_mv);
        Some((at, callback))
    }

    /// INITIAL of extracellular: no potentials outside, no currents.
    pub(super) fn initialize_circuit(&mut self) {
        let Some(layers) = self.circuit.as_mut().and_then(|c| c.extracellular.as_mut()) else {
            return;
        };
        layers.potentials_mut().fill(0.0);
        layers.set_membrane_currents(&mut self.blocks, |_| 0.0);
    }

    /// Shows the caller what was separated of the membrane.
    pub(super) fn keep_membrane(&mut self) {
        let circuit = self.circuit.as_ref();
        if let (Some(layers), Some(membrane)) = (
            circuit.and_then(|c| c.extracellular.as_ref()),
            &self.membrane,
        ) {
            let (conductances, outward) = (membrane.conductances(), membrane.outward());
            layers.keep_membrane(&mut self.blocks, conductances, outward);
        }
    }

    /// Potentials at the end of a step, inside and outside.
    pub(super) fn step_circuit(&mut self) -> Result<(), RunError> {
        let linear = self.circuit.as_ref().is_some_and(|c| !c.linear.is_empty());
        if linear && self.values.secondorder != 0.0 {
            return Err(IMPLICIT);
        }
        self.update_diagonal();
        self.last_cj = self.diagonal_cj;
        (0..self.parts.len()).try_for_each(|part| self.assemble(part))?;
        let nodes = 0..self.tree.node_count();
        if let Some(membrane) = &mut self.membrane {
            membrane.separate(&self.tree, nodes.clone());
        }
        self.keep_membrane();
        self.solve_circuit(self.diagonal_cj)?;

        self.advance_circuit(self.step_factor());
        if let Some(membrane) = &mut self.membrane {
            membrane.solved(&self.tree, nodes.clone());
        }
        self.advance_ion_currents(nodes);
        Ok(())
    }

    /// Adds the changes that were solved for to all potentials; those inside by `factor`.
    pub(super) fn advance_circuit(&mut self, factor: f64) {
        let nodes = self.tree.node_count();
        for (v, dv) in self.tree.v_mv.iter_mut().zip(self.tree.rhs.iter()) {
            *v += factor * dv;
        }
        let circuit = self.circuit.as_mut();
        if let Some(circuit) = circuit {
            let first = nodes;
            let (tree, blocks) = (&mut self.tree, &mut self.blocks);
            let mut changes = Vec::new();
            circuit.solution().clone_into(&mut changes);
            for linked in &circuit.linear {
                if let Some(equations) = &self.model.linear[linked.number] {
                    linked.advance(equations, &changes);
                }
            }
            if let Some(layers) = &mut circuit.extracellular {
                // NEURON adds one half step to the layers, also where the cable makes two.
                let outside = layers.potentials_mut().iter_mut();
                outside.zip(&changes[first..]).for_each(|(v, dv)| *v += dv);
                let n = layers.layers();
                for (at, node) in layers.nodes().enumerate() {
                    let dv = changes[first + at * n];
                    tree.v_mv[node] -= dv;
                    tree.rhs[node] -= dv;
                }
                if let Some(membrane) = &self.membrane {
                    layers.set_membrane_currents(blocks, |node| {
                        membrane.conductances()[node] * tree.rhs[node] + membrane.outward()[node]
                    });
                }
            }
        }
    }

    /// Solves the equations that the tree and the membrane have. The tree's right-hand side becomes
    /// the change of the potentials inside.
    pub(super) fn solve_circuit(&mut self, cj_per_ms: f64) -> Result<(), RunError> {
        let Some(mut circuit) = self.circuit.take() else {
            return Ok(());
        };
        if let Some(layers) = &mut circuit.extracellular {
            layers.take_parameters(&self.model, &self.layout, &self.tree, &self.blocks);
        }
        let (conductances, outward) = match &self.membrane {
            Some(membrane) => (membrane.conductances(), membrane.outward()),
            None => (&[][..], &[][..]),
        };
        if let Err(error) = circuit.refresh(&self.model, &self.layout, &self.tree) {
            self.circuit = Some(circuit);
            return Err(error);
        }
        circuit.take_potentials(&self.model, &self.tree.v_mv);
        circuit.fill(
            &self.model,
            CableMatrix {
                d: &self.tree.d,
                a: &self.tree.a,
                b: &self.tree.b,
                membrane: conductances,
                cj_per_ms,
            },
        );
        circuit.load(&self.model, &self.tree.rhs, outward);
        let solved = circuit.solve();
        let nodes = self.tree.node_count();
        self.tree.rhs.copy_from_slice(&circuit.solution()[..nodes]);
        let solved = solved.map_err(|singular| self.unsolved(&circuit, &singular));
        self.circuit = Some(circuit);
        solved
    }

    /// Why the equations have no solution: a conductance that is no number, or an unknown that nothing
    /// determines.
    #[cold]
    pub(super) fn unsolved(
        &self,
        circuit: &crate::circuit::Circuit,
        singular: &crate::sparse::Singular,
    ) -> RunError {
        let time_ms = self.values.t_ms;
        let bad = self.tree.d.iter().position(|d| !d.is_finite());
        if let Some(found) = bad.and_then(|bad| self.variable_not_finite(|n| n as usize == bad)) {
            return RunError::NotFinite {
                time_ms,
                place: self.describe_instance(found.block, found.instance),
                variable: format!("{} of {}", found.variable, found.mechanism),
                value: found.value,
            };
        }
        RunError::Singular {
            time_ms,
            unknown: self.describe_unknown(circuit, singular.equation),
        }
    }

    /// An unknown of the circuit in words, as `vext[0] at soma(0.5)`.
    #[cold]
    fn describe_unknown(&self, circuit: &crate::circuit::Circuit, equation: usize) -> String {
        let nodes = self.tree.node_count();
        let at = |node| self.model.describe(self.layout.place_of(&self.model, node));
        match &circuit.extracellular {
            Some(layers) if (nodes..nodes + layers.unknowns()).contains(&equation) => {
                let (node, layer) = layers.place_of(equation - nodes);
                format!("vext[{layer}] at {}", at(node))
            }
            _ if equation < nodes => format!("v at {}", at(equation)),
            _ => {
                let mut linear = circuit.linear.iter();
                let own = linear.find_map(|l| Some((l.number, l.own(equation)?)));
                let (number, at) = own.unwrap_or_default();
                format!("{}.y[{at}]", self.model.linear_label(number))
            }
        }
    }
}

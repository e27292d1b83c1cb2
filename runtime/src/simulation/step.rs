//! The staggered fixed step, in NEURON's order of operations (Hines 1984).

use crate::error::RunError;
use crate::layout::Part;
use crate::record::Sampling;

use super::Simulation;

impl Simulation {
    /// One step of dt:
    ///
    /// 1. tables; thresholds; events up to t + dt/2
    /// 2. at t + dt/2: ions' currents to zero and reversal potentials, axial currents, currents and
    ///    conductances of mechanisms, tree solve, v
    /// 3. with secondorder 2: ion currents to the middle of the step
    /// 4. at t + dt: states
    /// 5. recordings; events up to t + dt
    ///
    /// # Errors
    ///
    /// A kernel that fails, an event at an impossible time, a potential that is not finite, no
    /// [`Simulation::initialize`] before.
    pub fn advance(&mut self) -> Result<(), RunError> {
        if !self.initialized {
            return Err(RunError::Order(
                "the simulation has to be initialized before it can advance",
            ));
        }
        let half_dt_ms = 0.5 * self.values.dt_ms;
        self.update_tables()?;
        self.update_diagonal();
        self.check_thresholds();
        self.deliver_until(self.values.t_ms + half_dt_ms)?;

        let middle_ms = self.values.t_ms + half_dt_ms;
        let end_ms = middle_ms + half_dt_ms;
        for part in 0..self.parts.len() {
            self.values.t_ms = middle_ms;
            self.assemble(part)?;
            self.solve(part);
            self.values.t_ms = end_ms;
            self.check_finite(part)?;
            self.advance_states(part)?;
        }
        self.values.t_ms = end_ms;
        self.stepped = true;
        self.record_step();
        self.deliver_until(end_ms)
    }

    /// Solves the equations of a part: v at the end of the step, and ion currents where
    /// `secondorder` has them.
    fn solve(&mut self, part: usize) {
        let part = &self.parts[part];
        let factor = if self.values.secondorder == 0.0 {
            1.0
        } else {
            2.0
        };
        self.tree.solve(part.groups.clone(), factor);
        if self.values.secondorder != 2.0 {
            return;
        }
        // The equations were solved for the change of a half step.
        for columns in &mut self.ions {
            let currents = &mut columns.cur[part.nodes.clone()];
            let conductances = &columns.dcur_dv[part.nodes.clone()];
            let changes = &self.tree.rhs[part.nodes.clone()];
            for ((current, conductance), dv) in currents.iter_mut().zip(conductances).zip(changes) {
                *current += conductance * dv;
            }
        }
    }

    fn advance_states(&mut self, part: usize) -> Result<(), RunError> {
        for i in 0..self.parts[part].order.len() {
            let block = self.parts[part].order[i];
            let mechanism = self.blocks[block].mechanism;
            if let Some(kernel) = self.shared[mechanism].compiled.kernels().state {
                let result = self.call_of(block).run_all(kernel);
                result.map_err(|failed| self.failure(block, failed))?;
                self.serve(block, None)?;
            }
        }
        Ok(())
    }

    fn check_finite(&self, part: usize) -> Result<(), RunError> {
        match self.tree.root_not_finite(self.parts[part].groups.clone()) {
            Some(root) => Err(self.not_finite(root)),
            None => Ok(()),
        }
    }

    /// Makes ⌊(tstop − t)/dt + 10⁻⁹⌋ steps (NEURON's `pc.psolve`).
    ///
    /// # Errors
    ///
    /// As [`Simulation::advance`].
    pub fn run_until(&mut self, tstop_ms: f64) -> Result<(), RunError> {
        let steps = ((tstop_ms - self.values.t_ms) / self.values.dt_ms + 1e-9).max(0.0) as usize;
        for recording in &mut self.recordings {
            let points = match recording.sampling {
                Sampling::EveryStep => steps,
                Sampling::Interval(dt) => (steps as f64 * self.values.dt_ms / dt) as usize + 1,
            };
            // Long runs grow their buffers as they go.
            recording.points.reserve(points.min(1 << 22));
        }
        (0..steps).try_for_each(|_| self.advance())
    }

    /// 1/dt, or 2/dt if a step is two half steps.
    fn cj_per_ms(&self) -> f64 {
        let numerator = if self.values.secondorder == 0.0 {
            1.0
        } else {
            2.0
        };
        numerator / self.values.dt_ms
    }

    /// Makes the diagonal's fixed part anew if dt or a property of the cable changed.
    pub(super) fn update_diagonal(&mut self) {
        let cj = self.cj_per_ms();
        if self.diagonal_cj != cj {
            self.tree.set_diagonal(cj);
            self.diagonal_cj = cj;
        }
    }

    /// The equations of a part: everything but their solution.
    pub(super) fn assemble(&mut self, part: usize) -> Result<(), RunError> {
        let Part { groups, nodes, .. } = &self.parts[part];
        for columns in &mut self.ions {
            columns.begin(nodes.clone(), self.values.celsius);
        }
        self.tree.begin(groups.clone());
        for i in 0..self.parts[part].order.len() {
            let block = self.parts[part].order[i];
            let mechanism = self.blocks[block].mechanism;
            if let Some(kernel) = self.shared[mechanism].compiled.kernels().current {
                let result = self.call_of(block).run_all(kernel);
                result.map_err(|failed| self.failure(block, failed))?;
                self.serve(block, None)?;
            }
        }
        Ok(())
    }

    /// Specific capacitive current at a node, in mA/cm².
    pub(super) fn capacitive_current(&self, node: usize) -> f64 {
        if !self.stepped {
            return 0.0;
        }
        0.001 * self.diagonal_cj * self.tree.cm_uf_per_cm2[node] * self.tree.rhs[node]
    }

    /// Takes a point of every recording that takes one at each step.
    pub(super) fn record_step(&mut self) {
        for number in 0..self.recordings.len() {
            let recording = &self.recordings[number];
            if recording.sampling == Sampling::EveryStep {
                let value = self.read(recording.variable);
                self.recordings[number].points.push(value);
            }
        }
    }

    /// What is not finite in the cell of a root: a variable of a mechanism if there is one, for it
    /// is the likely cause, else the potential.
    #[cold]
    fn not_finite(&self, root: usize) -> RunError {
        let time_ms = self.values.t_ms;
        let group = &self.tree.groups()[self.tree.group_of(root)];
        let lane = (root - group.first_node) % group.width;
        let in_cell = |node: u32| {
            let node = node as usize;
            group.nodes().contains(&node) && (node - group.first_node) % group.width == lane
        };
        for (number, block) in self.blocks.iter().enumerate() {
            let description = self.shared[block.mechanism].compiled.description();
            for instance in (0..block.count).filter(|&i| in_cell(block.node[i])) {
                for (column, value) in block.row(instance).enumerate() {
                    if value.is_finite() {
                        continue;
                    }
                    let variable = description.variables.iter().find(|v| {
                        v.storage == nmodl::mechanism::Storage::Column
                            && (v.offset..v.offset + v.len()).contains(&column)
                    });
                    return RunError::NotFinite {
                        time_ms,
                        place: self.describe_instance(number, instance),
                        variable: format!(
                            "{} of {}",
                            variable.map_or("a variable", |v| v.name.as_str()),
                            description.name
                        ),
                        value,
                    };
                }
            }
        }
        RunError::NotFinite {
            time_ms,
            place: self.model.describe(self.layout.place_of(&self.model, root)),
            variable: "v".to_owned(),
            value: self.tree.v_mv[root],
        }
    }
}

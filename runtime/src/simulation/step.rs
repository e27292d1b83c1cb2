//! The staggered fixed step, in NEURON's order of operations (Hines 1984).

use std::time::Instant;

use crate::error::RunError;
use crate::layout::Part;

use super::progress::{Stage, Stepping};
use super::{CallbackId, Hook, Progress, Simulation};

impl Simulation {
    /// One step of dt:
    ///
    /// 1. tables; thresholds and WATCH conditions; events up to t + dt/2; numbers that are drawn
    /// 2. at t + dt/2: BEFORE BREAKPOINT; ions' currents to zero and reversal potentials, axial currents, currents and
    ///    conductances of mechanisms, tree solve, v
    /// 3. with secondorder 2: ion currents to the middle of the step; [`Hook::Scattered`]
    /// 4. at t + dt: states, then their diffusion along the cable
    /// 5. AFTER SOLVE; BEFORE STEP; recordings; events up to t + dt
    /// 6. calls that came due, see [`Simulation::send_call`]
    ///
    /// After [`Progress::Call`] the next call goes on with the same step.
    ///
    /// # Errors
    ///
    /// A kernel that fails, an event at an impossible time, a potential that is not finite, no
    /// [`Simulation::initialize`] before.
    pub fn advance(&mut self) -> Result<Progress, RunError> {
        if self.variable_step.is_some() {
            return self.advance_variably(None, None);
        }
        match self.cursor.stage {
            Stage::Idle if self.initialized => self.cursor.stage = Stage::Step(Stepping::Begin),
            Stage::Step(_) => {}
            Stage::Idle | Stage::Initialize(_) | Stage::Vary(_) => {
                return Err(RunError::Order(
                    "the simulation has to be initialized before it can advance",
                ));
            }
        }
        // A step keeps its dt; one that the caller sets counts from the next on.
        let set_dt_ms = self.values.dt_ms;
        if self.cursor.stage != Stage::Step(Stepping::Begin) {
            self.values.dt_ms = self.cursor.dt_ms;
        }
        let result = self.proceed();
        self.values.dt_ms = set_dt_ms;
        result
    }

    /// One stage of a step, or the caller's turn.
    pub(super) fn step_stage(&mut self, stage: Stepping) -> Result<Option<CallbackId>, RunError> {
        use Stepping as S;
        let (begin_ms, half_dt_ms) = (self.cursor.begin_ms, 0.5 * self.values.dt_ms);
        let middle_ms = begin_ms + half_dt_ms;
        let end_ms = middle_ms + half_dt_ms;
        let next = match stage {
            S::Begin => {
                self.cursor.begin_ms = self.values.t_ms;
                self.cursor.dt_ms = self.values.dt_ms;
                self.update_tables()?;
                S::Thresholds(0)
            }
            S::Thresholds(first) => {
                self.values.t_ms = begin_ms;
                let next = self.check_thresholds(first, None, &[]);
                if next < self.watched.len() {
                    S::Thresholds(next)
                } else {
                    self.check_watches(None)?;
                    self.check_transitions(None);
                    S::FirstEvents
                }
            }
            S::FirstEvents => {
                self.values.t_ms = begin_ms;
                if self.deliver_until(middle_ms)? {
                    self.play_drawn()?;
                    if self.plays_continuously() {
                        S::MiddlePlays
                    } else {
                        S::Callables(0)
                    }
                } else {
                    S::FirstEvents
                }
            }
            S::MiddlePlays => {
                self.values.t_ms = middle_ms;
                self.play_continuously(middle_ms, None)?;
                S::Callables(0)
            }
            S::Callables(first) => {
                // Who is called sees the t of before, as in NEURON.
                self.values.t_ms = begin_ms;
                if let Some((at, callback)) = self.next_callable(first) {
                    self.cursor.stage = Stage::Step(S::Callables(at + 1));
                    return Ok(Some(callback));
                }
                S::Solve
            }
            S::Solve if self.circuit.is_some() => {
                self.values.t_ms = middle_ms;
                self.step_circuit()?;
                self.values.t_ms = end_ms;
                (0..self.parts.len()).try_for_each(|part| self.check_finite(part))?;
                self.stepped = true;
                S::EndPlays
            }
            S::Solve => {
                self.update_diagonal();
                self.last_cj = self.diagonal_cj;
                // Part by part as far as possible, for what it uses is then in the cache.
                let solved = self.model.hooks.get(Hook::Scattered);
                let apart = solved.is_some() || self.transfers() || self.plays_continuously();
                if self.step_threads() > 1 {
                    self.solve_on_threads([middle_ms, end_ms], !apart)?;
                    self.stepped = true;
                    self.cursor.stage = Stage::Step(if apart { S::EndPlays } else { S::Points });
                    return Ok(None);
                }
                let begin = Instant::now();
                for part in 0..self.parts.len() {
                    self.values.t_ms = middle_ms;
                    self.assemble(part)?;
                    self.solve(part);
                    self.values.t_ms = end_ms;
                    self.check_finite(part)?;
                    if !apart {
                        self.advance_states(part)?;
                    }
                }
                self.count_time(0, begin);
                self.stepped = true;
                if apart { S::EndPlays } else { S::Points }
            }
            S::EndPlays => {
                self.values.t_ms = end_ms;
                self.play_continuously(end_ms, None)?;
                S::Solved
            }
            S::Solved => {
                self.values.t_ms = begin_ms;
                self.cursor.stage = Stage::Step(S::States);
                return Ok(self.model.hooks.get(Hook::Scattered));
            }
            S::States => {
                self.values.t_ms = end_ms;
                self.make_transfers()?;
                (0..self.parts.len()).try_for_each(|part| self.advance_states(part))?;
                S::Points
            }
            S::Points => {
                self.values.t_ms = end_ms;
                self.run_blocks(|kernels| kernels.after_solve)?;
                self.run_blocks(|kernels| kernels.before_step)?;
                self.record_step();
                S::LastEvents
            }
            S::LastEvents => {
                self.values.t_ms = end_ms;
                if !self.deliver_until(end_ms)? {
                    S::LastEvents
                } else if self.cursor.at_end.is_empty() {
                    self.cursor.stage = Stage::Idle;
                    return Ok(None);
                } else {
                    S::Calls
                }
            }
            S::Calls => {
                let call = self.cursor.at_end.pop_front();
                if call.is_none() {
                    self.cursor.stage = Stage::Idle;
                }
                return Ok(call);
            }
        };
        self.cursor.stage = Stage::Step(next);
        Ok(None)
    }

    /// Solves the equations of a part: v at the end of the step, and ion currents where
    /// `secondorder` has them.
    fn solve(&mut self, part: usize) {
        let part = &self.parts[part];
        let factor = self.step_factor();
        if let Some(membrane) = &mut self.membrane {
            membrane.separate(&self.tree, part.nodes.clone());
        }
        self.tree.solve(part.groups.clone(), factor);
        if let Some(membrane) = &mut self.membrane {
            membrane.solved(&self.tree, part.nodes.clone());
        }
        let nodes = part.nodes.clone();
        self.advance_ion_currents(nodes);
    }

    /// Part of v that one solution changes: a half step is made twice.
    pub(super) fn step_factor(&self) -> f64 {
        if self.values.secondorder == 0.0 {
            1.0
        } else {
            2.0
        }
    }

    /// Ion currents of the middle of the step, where `secondorder` has them.
    pub(super) fn advance_ion_currents(&mut self, nodes: std::ops::Range<usize>) {
        if self.values.secondorder != 2.0 {
            return;
        }
        // The equations were solved for the change of a half step.
        for columns in &mut self.ions {
            let currents = &mut columns.cur[nodes.clone()];
            let conductances = &columns.dcur_dv[nodes.clone()];
            let changes = &self.tree.rhs[nodes.clone()];
            for ((current, conductance), dv) in currents.iter_mut().zip(conductances).zip(changes) {
                *current += conductance * dv;
            }
        }
    }

    fn advance_states(&mut self, part: usize) -> Result<(), RunError> {
        for i in 0..self.parts[part].order.len() {
            let block = self.parts[part].order[i];
            self.run_block(block, |kernels| kernels.state)?;
        }
        (0..self.parts[part].order.len()).try_for_each(|i| self.diffuse(self.parts[part].order[i]))
    }

    /// Diffusion along the cable, if a block has any.
    fn diffuse(&mut self, block: usize) -> Result<(), RunError> {
        if self.cables[block].is_none() {
            return Ok(());
        }
        self.run_block(block, |kernels| kernels.diffusion)?;
        let (cable, block) = (&mut self.cables[block], &mut self.blocks[block]);
        let shared = &self.shared[block.mechanism];
        for state in &shared.compiled.description().diffusions {
            if let Some(cable) = cable {
                cable.step(state, block, shared, &mut self.ions, self.values.dt_ms);
            }
        }
        Ok(())
    }

    pub(super) fn check_finite(&self, part: usize) -> Result<(), RunError> {
        match self.tree.root_not_finite(self.parts[part].groups.clone()) {
            Some(root) => Err(self.not_finite(root)),
            None => Ok(()),
        }
    }

    /// Makes ⌊(tstop − t)/dt + 10⁻⁹⌋ steps (NEURON's `pc.psolve`). After [`Progress::Call`], the
    /// next call with the same `tstop_ms` makes those that are left.
    ///
    /// # Errors
    ///
    /// As [`Simulation::advance`].
    pub fn run_until(&mut self, tstop_ms: f64) -> Result<Progress, RunError> {
        self.run_slice(tstop_ms, usize::MAX)
    }

    /// As [`Simulation::run_until`], but at most `max_steps` steps are made before
    /// [`Progress::Paused`] comes back; the next call with the same `tstop_ms` makes those that are
    /// left.
    ///
    /// # Errors
    ///
    /// As [`Simulation::advance`].
    pub fn run_slice(&mut self, tstop_ms: f64, max_steps: usize) -> Result<Progress, RunError> {
        if self.variable_step.is_some() {
            return self.advance_variably(Some(tstop_ms), Some(max_steps));
        }
        if let Stage::Step(_) = self.cursor.stage {
            let progress = self.advance()?;
            if progress != Progress::Done {
                return Ok(progress);
            }
        }
        let mut left = match self.cursor.run {
            Some((until_ms, left)) if until_ms == tstop_ms => left,
            _ => self.begin_run(tstop_ms),
        };
        let mut budget = max_steps;
        while left > 0 {
            if budget == 0 {
                return Ok(Progress::Paused);
            }
            (left, budget) = (left - 1, budget - 1);
            self.cursor.run = Some((tstop_ms, left));
            let progress = self.advance()?;
            if progress != Progress::Done {
                return Ok(progress);
            }
        }
        self.cursor.run = None;
        Ok(Progress::Done)
    }

    /// Number of steps to a time; makes room for their points.
    fn begin_run(&mut self, tstop_ms: f64) -> usize {
        let steps = ((tstop_ms - self.values.t_ms) / self.values.dt_ms + 1e-9).max(0.0) as usize;
        self.reserve_points(steps);
        steps
    }

    /// Computes the currents and conductances of all mechanisms for the present potentials and
    /// states, without a step (NEURON's `fcurrent`).
    ///
    /// # Errors
    ///
    /// A kernel that fails.
    pub fn compute_currents(&mut self) -> Result<(), RunError> {
        self.update_tables()?;
        self.update_diagonal();
        (0..self.parts.len()).try_for_each(|part| self.assemble(part))
    }

    /// True from the first [`Simulation::initialize`] on.
    pub fn is_initialized(&self) -> bool {
        self.initialized
    }

    /// 1/dt, or 2/dt if a step is two half steps.
    fn cj_per_ms(&self) -> f64 {
        self.step_factor() / self.values.dt_ms
    }

    /// Makes the diagonal's fixed part anew if dt or a property of the cable changed.
    pub(super) fn update_diagonal(&mut self) {
        let cj = self.cj_per_ms();
        if self.diagonal_cj != cj {
            self.tree.set_diagonal(cj);
            self.diagonal_cj = cj;
        }
    }

    /// Begins the equations of some groups: axial currents are between the insides.
    pub(super) fn begin_tree(&mut self, groups: std::ops::Range<usize>) {
        let circuit = self.circuit.as_mut();
        match circuit.and_then(|c| c.insides(&self.tree.v_mv)) {
            None => self.tree.begin(groups),
            Some(insides) => {
                std::mem::swap(&mut self.tree.v_mv, insides);
                self.tree.begin(groups);
                std::mem::swap(&mut self.tree.v_mv, insides);
            }
        }
    }

    /// The equations of a part: everything but their solution.
    pub(super) fn assemble(&mut self, part: usize) -> Result<(), RunError> {
        for i in 0..self.parts[part].order.len() {
            let block = self.parts[part].order[i];
            self.run_block(block, |kernels| kernels.before_breakpoint)?;
        }
        let Part { groups, nodes, .. } = &self.parts[part];
        let (groups, nodes) = (groups.clone(), nodes.clone());
        for columns in &mut self.ions {
            columns.begin(nodes.clone(), self.values.celsius);
        }
        self.begin_tree(groups);
        if let Some(membrane) = &mut self.membrane {
            membrane.begin(&self.tree, nodes.clone(), self.diagonal_cj);
        }
        for i in 0..self.parts[part].order.len() {
            let block = self.parts[part].order[i];
            self.count_electrode(block, -1.0);
            self.run_block(block, |kernels| kernels.current)?;
            self.count_electrode(block, 1.0);
        }
        Ok(())
    }

    /// Tells the membrane currents of what electrodes add to the equations; see
    /// [`super::imem::MembraneCurrents::electrode`].
    pub(super) fn count_electrode(&mut self, block: usize, sign: f64) {
        if let Some(membrane) = &mut self.membrane {
            let block = &self.blocks[block];
            let description = self.shared[block.mechanism].compiled.description();
            if !description.electrode_currents.is_empty() {
                membrane.electrode(&self.tree, &block.node[..block.count], sign);
            }
        }
    }

    /// Specific capacitive current at a node, in mA/cm².
    pub(super) fn capacitive_current(&self, node: usize) -> f64 {
        if !self.stepped {
            return 0.0;
        }
        0.001 * self.last_cj * self.tree.cm_uf_per_cm2[node] * self.tree.rhs[node]
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
        if let Some(found) = self.variable_not_finite(in_cell) {
            return RunError::NotFinite {
                time_ms,
                place: self.describe_instance(found.block, found.instance),
                variable: format!("{} of {}", found.variable, found.mechanism),
                value: found.value,
            };
        }
        RunError::NotFinite {
            time_ms,
            place: self.model.describe(self.layout.place_of(&self.model, root)),
            variable: "v".to_owned(),
            value: self.tree.v_mv[root],
        }
    }

    /// The first variable of a mechanism that is not finite at some nodes.
    pub(super) fn variable_not_finite(&self, at: impl Fn(u32) -> bool) -> Option<NotFinite<'_>> {
        for (number, block) in self.blocks.iter().enumerate() {
            let description = self.shared[block.mechanism].compiled.description();
            for instance in (0..block.count).filter(|&i| block.node.get(i).is_some_and(|&n| at(n)))
            {
                for (column, value) in block.row(instance).enumerate() {
                    if value.is_finite() {
                        continue;
                    }
                    // Columns of the integrator's own have no name.
                    let mut variables = description.variables.iter();
                    let Some(variable) = variables.find(|v| {
                        v.storage == nmodl::mechanism::Storage::Column
                            && (v.offset..v.offset + v.len()).contains(&column)
                    }) else {
                        continue;
                    };
                    return Some(NotFinite {
                        block: number,
                        instance,
                        variable: &variable.name,
                        mechanism: &description.name,
                        value,
                    });
                }
            }
        }
        None
    }
}

/// A variable of an instance that is not finite.
pub(super) struct NotFinite<'a> {
    pub block: usize,
    pub instance: usize,
    pub variable: &'a str,
    pub mechanism: &'a str,
    pub value: f64,
}

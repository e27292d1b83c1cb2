//! Initialization, in NEURON's order.

use nmodl::mechanism::{AtInitial, Table};

use crate::error::RunError;
use crate::instance::Shared;

use super::integrate::Task;
use super::progress::{Initializing, Stage};
use super::{CallbackId, Hook, Progress, Simulation};

impl Simulation {
    /// NEURON's `finitialize`, in its order:
    ///
    /// 1. [`Hook::Structure`]; t = 0; no events; tables; first values of what is played
    /// 2. v everywhere `v_mv` (or as it is, for `None`); transfers; [`Hook::Potentials`]
    /// 3. BEFORE INITIAL; concentrations and reversal potentials of ions, as their styles say
    /// 4. INITIAL blocks: mechanisms that write concentrations first, artificial cells last
    /// 5. INITIAL blocks of NET_RECEIVE, for each NetCon; AFTER INITIAL; [`Hook::States`], where the
    ///    caller may make steps and set t
    /// 6. events at t
    /// 7. BEFORE BREAKPOINT; currents
    /// 8. BEFORE STEP; first points of the recordings; calls for t; [`Hook::End`]
    ///
    /// After [`Progress::Call`] the next call goes on; its `v_mv` does not count. A step that
    /// waits for the caller is given up.
    ///
    /// # Errors
    ///
    /// A kernel that fails; an event at an impossible time.
    pub fn initialize(&mut self, v_mv: Option<f64>) -> Result<Progress, RunError> {
        self.perform(Task::Initialize(v_mv))
    }

    pub(super) fn initialize_here(&mut self, v_mv: Option<f64>) -> Result<Progress, RunError> {
        if !matches!(self.cursor.stage, Stage::Initialize(_)) {
            self.cursor.begin_initialize(v_mv);
        }
        self.proceed()
    }

    /// One stage of `initialize`, or the caller's turn.
    pub(super) fn initialize_stage(
        &mut self,
        stage: Initializing,
    ) -> Result<Option<CallbackId>, RunError> {
        use Initializing as S;
        let hook = |hook| self.model.hooks.get(hook);
        let mut call = None;
        let next = match stage {
            S::Structure => {
                call = hook(Hook::Structure);
                S::Begin
            }
            S::Begin => {
                self.initialized = false;
                self.stepped = false;
                self.values.t_ms = 0.0;
                self.queue.clear();
                self.deactivate_machines();
                self.forget_integration();
                self.movable.fill(None);
                self.update_other_tables()?;
                self.play_drawn()?;
                self.begin_plays();
                S::Plays
            }
            S::Plays => {
                self.values.t_ms = 0.0;
                if self.deliver_until(0.0)? {
                    if let Some(v_mv) = self.cursor.v_mv {
                        self.tree.v_mv.fill(v_mv);
                    }
                    self.make_transfers()?;
                    S::Potentials
                } else {
                    S::Plays
                }
            }
            S::Potentials => {
                call = hook(Hook::Potentials);
                S::Blocks
            }
            S::Blocks => {
                self.run_blocks(|kernels| kernels.before_initial)?;
                self.initialize_circuit();
                self.initialize_ions();
                for i in 0..self.order.len() {
                    self.initialize_block(self.order[i])?;
                }
                for i in 0..self.artificial.len() {
                    self.initialize_block(self.artificial[i])?;
                }
                self.initialize_linear()?;
                self.initialize_network()?;
                self.clear_watches();
                self.run_blocks(|kernels| kernels.after_initial)?;
                S::States
            }
            S::States => {
                call = hook(Hook::States);
                // The caller may make steps, as to a steady state from a time before 0.
                self.initialized = true;
                S::Handled
            }
            S::Handled => {
                self.initialized = false;
                self.cursor.begin_ms = self.values.t_ms;
                S::Events
            }
            S::Events => {
                self.values.t_ms = self.cursor.begin_ms;
                if self.deliver_until(self.cursor.begin_ms)? {
                    S::Callables(0)
                } else {
                    S::Events
                }
            }
            S::Callables(first) => match self.next_callable(first) {
                Some((at, callback)) if self.variable_step.is_none() => {
                    call = Some(callback);
                    S::Callables(at + 1)
                }
                _ => S::Currents,
            },
            S::Currents if self.variable_step.is_some() => {
                self.begin_recordings();
                self.reinitialize_here()?;
                self.record_start();
                S::Points
            }
            S::Currents => {
                self.update_diagonal();
                (0..self.parts.len()).try_for_each(|part| self.assemble(part))?;
                if let Some(membrane) = &mut self.membrane {
                    membrane.separate(&self.tree, 0..self.tree.node_count());
                }
                self.keep_membrane();
                self.begin_recordings();
                self.run_blocks(|kernels| kernels.before_step)?;
                self.record_step();
                S::Points
            }
            S::Points => {
                self.values.t_ms = self.cursor.begin_ms;
                if self.deliver_until(self.cursor.begin_ms)? {
                    self.flush_messages();
                    self.initialized = true;
                    S::Calls
                } else {
                    S::Points
                }
            }
            S::Calls => {
                call = self.cursor.at_end.pop_front();
                if call.is_some() { S::Calls } else { S::End }
            }
            S::End => {
                call = hook(Hook::End);
                S::Return
            }
            S::Return => {
                self.cursor.stage = Stage::Idle;
                return Ok(None);
            }
        };
        self.cursor.stage = Stage::Initialize(next);
        Ok(call)
    }

    fn initialize_ions(&mut self) {
        let celsius = self.values.celsius;
        for (columns, ion) in self.ions.iter_mut().zip(&self.model.ions) {
            let [ci, co] = ion.initial_mm;
            for i in 0..columns.initialize_concentration.len() {
                let node = columns.initialize_concentration[i] as usize;
                columns.ci_mm[node] = ci;
                columns.co_mm[node] = co;
            }
            for node in 0..columns.initialize_reversal.len() {
                if columns.initialize_reversal[node] {
                    columns.nernst(node, celsius);
                }
            }
        }
    }

    /// Refills TABLEs, but not those that are refilled with what INITIAL computes.
    fn update_other_tables(&mut self) -> Result<(), RunError> {
        for block in 0..self.blocks.len() {
            let mechanism = self.blocks[block].mechanism;
            let compiled = std::sync::Arc::clone(&self.shared[mechanism].compiled);
            let tables = &compiled.description().tables;
            let new =
                |table: &Table, shared: &Shared| table.eager && shared.globals[table.made] == 0.0;
            let new: Vec<bool> = tables
                .iter()
                .map(|t| new(t, &self.shared[mechanism]))
                .collect();
            if tables.iter().any(|t| t.eager) || self.tables_at_initial(block) == AtInitial::Before
            {
                self.update_tables_of(block)?;
            }
            // One that cannot be made without what INITIAL computes is made then.
            let shared = &mut self.shared[mechanism];
            for (i, table) in tables.iter().enumerate() {
                let finite = shared.tables[i].iter().all(|value| value.is_finite());
                if new[i] && !finite && table.at_initial != AtInitial::Before {
                    shared.globals[table.made] = 0.0;
                }
            }
        }
        Ok(())
    }

    /// When TABLEs of the block's mechanism are made that INITIAL may have to do with.
    fn tables_at_initial(&self, block: usize) -> AtInitial {
        let shared = &self.shared[self.blocks[block].mechanism];
        let tables = &shared.compiled.description().tables;
        let late = |t: &&Table| !t.eager || shared.globals[t.made] == 0.0;
        let late = tables.iter().find(late);
        late.map_or(AtInitial::Before, |t| t.at_initial)
    }

    /// Where `usetable` of the block's mechanism is, if it has TABLEs that no one has looked up yet.
    fn tables_that_wait(&self, block: usize) -> Option<usize> {
        let shared = &self.shared[self.blocks[block].mechanism];
        switch_of_unmade(shared, |table| table.at_initial == AtInitial::Between)
    }

    /// Has mechanisms do without TABLEs while some of theirs are not made. Returns what is to be put
    /// back: mechanism, place among its globals, value.
    pub(super) fn do_without_unmade_tables(&mut self) -> Vec<(usize, usize, f64)> {
        let mut switched = Vec::new();
        for (mechanism, shared) in self.shared.iter_mut().enumerate() {
            if let Some(usetable) = switch_of_unmade(shared, |_| true) {
                let value = std::mem::replace(&mut shared.globals[usetable], 0.0);
                switched.push((mechanism, usetable, value));
            }
        }
        switched
    }

    /// As tables were before [`Simulation::do_without_unmade_tables`].
    pub(super) fn use_tables_again(&mut self, switched: Vec<(usize, usize, f64)>) {
        for (mechanism, usetable, value) in switched {
            self.shared[mechanism].globals[usetable] = value;
        }
    }

    /// INITIAL of a block. It may compute what the mechanism's TABLEs depend on: tables that are
    /// made only then serve a second run, which begins as the first did. The first does without
    /// those that were never made.
    fn run_initial(&mut self, block: usize) -> Result<(), RunError> {
        let mechanism = self.blocks[block].mechanism;
        match self.tables_at_initial(block) {
            AtInitial::Before => return self.run_block(block, |kernels| kernels.initial),
            AtInitial::Between => {}
            AtInitial::After => {
                self.run_block(block, |kernels| kernels.initial)?;
                return self.update_tables_of(block).map(drop);
            }
        }
        let waiting = self.tables_that_wait(block);
        let globals = self.shared[mechanism].globals.to_vec();
        let data = self.blocks[block].data.to_vec();
        if let Some(usetable) = waiting {
            self.shared[mechanism].globals[usetable] = 0.0;
        }
        let result = self.run_block(block, |kernels| kernels.initial);
        if let Some(usetable) = waiting {
            self.shared[mechanism].globals[usetable] = globals[usetable];
        }
        result?;
        let first_run = self.shared[mechanism].globals.to_vec();
        if !self.update_tables_of(block)? {
            return Ok(());
        }
        let compiled = std::sync::Arc::clone(&self.shared[mechanism].compiled);
        let now = &mut self.shared[mechanism].globals;
        let description = compiled.description();
        let assigned = description.tables.first().map_or(&[][..], |t| &t.assigned);
        for (i, value) in now.iter_mut().enumerate() {
            // What making the tables changed, or assigned without a change, stays.
            if *value == first_run[i] && assigned.binary_search(&i).is_err() {
                *value = globals[i];
            }
        }
        let stride = self.blocks[block].stride;
        let left = description.tables.iter().flat_map(|t| &t.leaves);
        let left = left.map(|key| key.column * stride);
        let left: Vec<(usize, f64)> = left.map(|i| (i, self.blocks[block].data[i])).collect();
        self.blocks[block].data.copy_from_slice(&data);
        for (i, value) in left {
            self.blocks[block].data[i] = value;
        }
        self.run_block(block, |kernels| kernels.initial)
    }

    /// INITIAL of a block, and then the reversal potentials of the ions that it wrote.
    fn initialize_block(&mut self, block: usize) -> Result<(), RunError> {
        let mechanism = self.blocks[block].mechanism;
        self.run_initial(block)?;
        let (block, shared) = (&self.blocks[block], &self.shared[mechanism]);
        for (ion_use, id) in shared.compiled.description().ions.iter().zip(&shared.ions) {
            if ion_use.write.ci || ion_use.write.co {
                let columns = &mut self.ions[id.index()];
                for &node in &block.node[..block.count] {
                    if columns.initialize_reversal[node as usize] {
                        columns.nernst(node as usize, self.values.celsius);
                    }
                }
            }
        }
        Ok(())
    }

    /// Recorded spikes and crossed thresholds are forgotten; weights but the first get their initial values.
    fn initialize_network(&mut self) -> Result<(), RunError> {
        for sender in self.model.network.senders.iter_mut().flatten() {
            sender.above = false;
            for spikes in &sender.spikes {
                spikes.times_ms.lock().clear();
                if let Some((ids, _)) = &spikes.ids {
                    ids.lock().clear();
                }
            }
        }
        self.model.network.settle_delays();
        for netcon in 0..self.model.network.connections.len() as u32 {
            let connection = self.model.network.connection(netcon);
            let Some((target, (first, len))) =
                connection.and_then(|c| c.target.map(|target| (target, c.weights)))
            else {
                continue;
            };
            let Some((block, _)) = self.points[target.index()] else {
                continue;
            };
            let mechanism = self.blocks[block as usize].mechanism;
            match self.shared[mechanism].compiled.kernels().net_initial {
                Some(kernel) => {
                    self.call_point(kernel, target.0, Some(netcon), 0.0)?;
                }
                None => {
                    let weights = &mut self.model.network.weights;
                    let weights = &mut weights[first as usize..(first + len) as usize];
                    weights.iter_mut().skip(1).for_each(|w| *w = 0.0);
                }
            }
        }
        Ok(())
    }
}

/// Where `usetable` is, if it is on and one of the TABLEs that count is not made yet.
fn switch_of_unmade(shared: &Shared, counts: impl Fn(&Table) -> bool) -> Option<usize> {
    let description = shared.compiled.description();
    let waits = |t: &Table| counts(t) && shared.globals[t.made] == 0.0;
    if !description.tables.iter().any(waits) {
        return None;
    }
    let mut variables = description.variables.iter();
    let usetable = variables.find(|v| v.name == "usetable")?.offset;
    (shared.globals[usetable] != 0.0).then_some(usetable)
}

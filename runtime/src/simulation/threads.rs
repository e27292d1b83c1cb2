//! Steps of fixed length on several threads, and the threads.
//!
//! Threads share out the parts of the model, which are the same for any number of threads, and each
//! part is computed as it is by one: results do not depend on the number. Events, thresholds and
//! recordings come in between, on the caller's thread. Where the order of instances may count, one
//! thread computes everything: mechanisms that set a GLOBAL or use a POINTER in a step or draw from
//! generators that all share, diffusion along the cable, membrane currents (`use_fast_imem`).

use std::time::Instant;

use nmodl::abi::SimValues;
use nmodl::mechanism::Kernels;

use crate::error::RunError;
use crate::id::SectionId;
use crate::kernel::{AtTimes, Failed, Services};
use crate::model::Place;
use crate::parallel::{Done, Field, Pool, Strip, shares};

use super::Simulation;

/// Where a kernel gave up: position of the block in its part, and t.
type Failure = (usize, Failed, f64);

impl Simulation {
    /// How many threads share a step; results do not depend on it.
    pub fn set_threads(&mut self, threads: usize) {
        self.threads = threads.max(1);
        self.thread_times_s.resize(self.threads, 0.0);
    }

    /// Seconds that each thread has computed steps of fixed length; sets them to 0 if `restart`.
    pub fn thread_times_s(&mut self, restart: bool) -> Vec<f64> {
        if restart {
            self.thread_times_s.fill(0.0);
        }
        self.thread_times_s.clone()
    }

    /// The number of the thread that computes a cell in steps of fixed length.
    pub fn thread_of(&self, section: SectionId) -> usize {
        let Some(part) = self.part_of(Place::Segment { section, x: 0.5 }) else {
            return 0;
        };
        let mut first = 0;
        for (thread, share) in shares(self.parts.len(), self.step_threads()).enumerate() {
            first += share;
            if part < first {
                return thread;
            }
        }
        0
    }

    /// Adds to the time of a thread.
    pub(super) fn count_time(&mut self, thread: usize, begin: Instant) {
        if let Some(time) = self.thread_times_s.get_mut(thread) {
            *time += begin.elapsed().as_secs_f64();
        }
    }

    /// Whether instances of different parts do not see each other within a step.
    pub(super) fn find_separable(&self) -> bool {
        let mechanism = |&block: &usize| {
            let compiled = &self.shared[self.blocks[block].mechanism].compiled;
            compiled.is_separable() && compiled.description().pointers.is_empty()
        };
        self.order.iter().all(mechanism) && self.cables.iter().all(Option::is_none)
    }

    /// How many threads share the step that is due.
    pub(super) fn step_threads(&self) -> usize {
        let alone = !self.separable || self.membrane.is_some() || self.circuit.is_some();
        if alone {
            1
        } else {
            self.threads.min(self.parts.len())
        }
    }

    /// The equations of all parts, their solution, and the states if they follow at once.
    pub(super) fn solve_on_threads(
        &mut self,
        [middle_ms, end_ms]: [f64; 2],
        with_states: bool,
    ) -> Result<(), RunError> {
        let middle = SimValues {
            t_ms: middle_ms,
            ..self.values
        };
        let factor = self.step_factor();
        let ion_currents = self.values.secondorder == 2.0;
        let step = |services: &mut Services, strip: &mut Strip<'_>| {
            let mut values = middle;
            let failed = |(position, failed)| (position, failed, middle_ms);
            let before = |kernels: &Kernels| kernels.before_breakpoint;
            let result = strip.run_all(before, &mut values, services);
            result.map_err(failed)?;
            strip.begin(values.celsius);
            let result = strip.run_all(|kernels| kernels.current, &mut values, services);
            result.map_err(failed)?;
            strip.solve(Some(factor));
            if ion_currents {
                strip.advance_ion_currents();
            }
            if with_states {
                values.t_ms = end_ms;
                let result = strip.run_all(|kernels| kernels.state, &mut values, services);
                result.map_err(|(position, failed)| (position, failed, end_ms))?;
            }
            Ok(())
        };
        let mut failures: Vec<Option<Failure>> = vec![None; self.parts.len()];
        let (field, pool) = self.field();
        let done = field.share_out(
            pool,
            AtTimes::Fixed,
            None,
            &mut failures,
            |services, strip, failure| *failure = step(services, strip).err(),
        );
        self.note_times(&done);
        for (part, failure) in failures.into_iter().enumerate() {
            if let Some((position, failed, t_ms)) = failure {
                self.values.t_ms = t_ms;
                return Err(self.failure(self.parts[part].order[position], failed));
            }
            self.values.t_ms = end_ms;
            self.check_finite(part)?;
        }
        Ok(())
    }

    /// All parts as a field, and threads to share it.
    pub(super) fn field(&mut self) -> (Field<'_>, &mut Pool) {
        let threads = self.threads.min(self.parts.len());
        let usable = |pool: &Pool| pool.is_here();
        if self.pool_size != threads || !self.pool.as_ref().is_some_and(usable) {
            (self.pool, self.pool_size) = (Some(Pool::new(threads)), threads);
        }
        let pool = self.pool.get_or_insert_with(|| Pool::new(threads));
        let (tree, ions) = (&mut self.tree, &mut self.ions);
        let (shared, blocks) = (&mut self.shared, &mut self.blocks);
        (Field::new(&self.parts, tree, ions, shared, blocks), pool)
    }

    /// Adds what parts took to the times of the threads whose shares they are.
    pub(super) fn note_times(&mut self, done: &Done) {
        let mut seconds = done.seconds.iter();
        let shares = shares(done.seconds.len(), self.thread_times_s.len());
        for (time, share) in self.thread_times_s.iter_mut().zip(shares) {
            *time += seconds.by_ref().take(share).sum::<f64>();
        }
    }
}

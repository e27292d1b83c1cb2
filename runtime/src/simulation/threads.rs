//! Steps of fixed length on several threads.
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
use crate::kernel::{Failed, Services};
use crate::model::Place;
use crate::parallel::{Field, Strip};

use super::Simulation;

/// What all threads know of a step.
struct Plan {
    middle: SimValues,
    end_ms: f64,
    factor: f64,
    ion_currents: bool,
    with_states: bool,
    /// Of each mechanism.
    kernels: Vec<Kernels>,
}

/// Where a kernel gave up: position of the block in its part.
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
        threads: usize,
        [middle_ms, end_ms]: [f64; 2],
        with_states: bool,
    ) -> Result<(), RunError> {
        let plan = Plan {
            middle: SimValues {
                t_ms: middle_ms,
                ..self.values
            },
            end_ms,
            factor: self.step_factor(),
            ion_currents: self.values.secondorder == 2.0,
            with_states,
            kernels: self.shared.iter().map(|s| *s.compiled.kernels()).collect(),
        };
        let field = Field::new(&mut self.tree, &mut self.ions, &mut self.shared);
        let mut strips = field.strips(&self.parts, &mut self.blocks);
        let mut shares = shares(strips.len(), threads);
        let done: Vec<Done> = std::thread::scope(|scope| {
            let first = shares.next().unwrap_or(0);
            let (own, mut rest) = strips.split_at_mut(first);
            let mut workers = Vec::with_capacity(threads);
            for share in shares {
                let (next, others) = rest.split_at_mut(share);
                rest = others;
                let plan = &plan;
                workers.push(scope.spawn(move || compute(next, plan)));
            }
            let mut done = vec![compute(own, &plan)];
            for worker in workers {
                match worker.join() {
                    Ok(found) => done.push(found),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            done
        });
        drop(strips);
        for (time, done) in self.thread_times_s.iter_mut().zip(&done) {
            *time += done.time_s;
        }
        let failures = done.into_iter().flat_map(|done| done.failures);
        for (part, failure) in failures.enumerate() {
            if let Some((block, failed, t_ms)) = failure {
                self.values.t_ms = t_ms;
                return Err(self.failure(self.parts[part].order[block], failed));
            }
            self.values.t_ms = end_ms;
            self.check_finite(part)?;
        }
        Ok(())
    }
}

/// How many parts each thread computes: where they do not divide evenly, the first ones one more.
fn shares(parts: usize, threads: usize) -> impl Iterator<Item = usize> {
    (0..threads).rev().map(move |k| (parts + k) / threads)
}

/// What a thread has done.
struct Done {
    failures: Vec<Option<Failure>>,
    time_s: f64,
}

/// Computes some parts.
fn compute(strips: &mut [Strip<'_>], plan: &Plan) -> Done {
    let begin = Instant::now();
    let mut services = Services::default();
    let each = strips.iter_mut();
    let failures = each
        .map(|strip| step(strip, plan, &mut services).err())
        .collect();
    let time_s = begin.elapsed().as_secs_f64();
    Done { failures, time_s }
}

/// The step of a part.
fn step(strip: &mut Strip<'_>, plan: &Plan, services: &mut Services) -> Result<(), Failure> {
    let mut values = plan.middle;
    let mut run_all = |strip: &mut Strip<'_>,
                       values: &mut SimValues,
                       kernel: fn(&Kernels) -> Option<nmodl::abi::Kernel>| {
        (0..strip.len()).try_for_each(
            |block| match kernel(&plan.kernels[strip.mechanism(block)]) {
                None => Ok(()),
                Some(kernel) => strip
                    .run(block, kernel, values, services)
                    .map_err(|failed| (block, failed, values.t_ms)),
            },
        )
    };
    run_all(strip, &mut values, |kernels| kernels.before_breakpoint)?;
    strip.begin(values.celsius);
    run_all(strip, &mut values, |kernels| kernels.current)?;
    strip.solve(plan.factor, plan.ion_currents);
    if plan.with_states {
        values.t_ms = plan.end_ms;
        run_all(strip, &mut values, |kernels| kernels.state)?;
    }
    Ok(())
}

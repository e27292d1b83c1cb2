//! Parts of the model on several threads.
//!
//! Parts have no node in common, and so neither instances nor values of ions; what a mechanism keeps
//! once is only read by kernels of separable mechanisms ([`nmodl::mechanism::Compiled::is_separable`]).
//! A [`Field`] borrows everything for a while and hands out [`Strip`]s, one for each part, which
//! may then be used at the same time. It keeps addresses and no references, so that what one strip
//! writes is never borrowed by another. The threads are those of a [`Pool`].

mod pool;
mod strip;

use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use nmodl::abi::{IonArrays, NodeArrays};
use nmodl::function_table::FunctionTable;
use nmodl::mechanism::Kernels;

use crate::id::IonId;
use crate::instance::{Block, IonColumns, Shared};
use crate::kernel::{AtTimes, Services};
use crate::layout::Part;
use crate::tree::{Group, Tree};

pub(crate) use pool::Pool;
pub(crate) use strip::Strip;

/// Addresses of all arrays that parts work on.
pub(crate) struct Field<'a> {
    parts: &'a [Part],
    groups: &'a [Group],
    nodes: NodeArrays,
    a: &'a [f64],
    b: &'a [f64],
    d_fixed: &'a [f64],
    cm_uf_per_cm2: &'a [f64],
    species: Vec<Species<'a>>,
    mechanisms: Vec<Mechanism<'a>>,
    blocks: *mut Block,
    /// All is borrowed exclusively.
    borrowed: PhantomData<&'a mut f64>,
}

/// An ion.
struct Species<'a> {
    arrays: IonArrays,
    valence: f64,
    advance_reversal: &'a [u32],
}

/// What a mechanism keeps once, and its ions.
struct Mechanism<'a> {
    kernels: &'a Kernels,
    globals: *mut f64,
    tables: Vec<*mut f64>,
    function_tables: Vec<*const FunctionTable>,
    ions: Vec<IonArrays>,
    species: &'a [IonId],
}

// SAFETY: a field is read only; through its addresses, strips write to what is theirs alone
// (`Field::strip`), and what all may touch is only read (`Compiled::is_separable`).
unsafe impl Sync for Field<'_> {}

impl<'a> Field<'a> {
    /// Of all parts. All blocks of density mechanisms and point processes are in exactly one of them,
    /// and have nodes of this part alone.
    pub fn new(
        parts: &'a [Part],
        tree: &'a mut Tree,
        ions: &'a mut [IonColumns],
        shared: &'a mut [Shared],
        blocks: &'a mut [Block],
    ) -> Self {
        debug_assert!(parts.windows(2).all(|p| p[0].nodes.end <= p[1].nodes.start));
        let nodes = NodeArrays {
            v_mv: tree.v_mv.as_mut_ptr(),
            rhs: tree.rhs.as_mut_ptr(),
            d: tree.d.as_mut_ptr(),
            area_um2: tree.area_um2.as_mut_ptr(),
            diam_um: tree.diam_um.as_mut_ptr(),
        };
        let species: Vec<Species<'a>> = ions.iter_mut().map(Species::new).collect();
        let mechanisms = shared.iter_mut().map(|shared| Mechanism {
            kernels: shared.compiled.kernels(),
            globals: shared.globals.as_mut_ptr(),
            tables: shared.tables.iter_mut().map(|t| t.as_mut_ptr()).collect(),
            function_tables: (shared.function_tables.iter())
                .map(|table| table.as_ref().map_or(std::ptr::null(), Arc::as_ptr))
                .collect(),
            ions: (shared.ions.iter())
                .map(|id| species[id.index()].arrays)
                .collect(),
            species: &shared.ions,
        });
        Self {
            parts,
            groups: &tree.groups,
            nodes,
            a: &tree.a,
            b: &tree.b,
            d_fixed: &tree.d_fixed,
            cm_uf_per_cm2: &tree.cm_uf_per_cm2,
            mechanisms: mechanisms.collect(),
            species,
            blocks: blocks.as_mut_ptr(),
            borrowed: PhantomData,
        }
    }

    /// The strip of a part.
    ///
    /// # Safety
    ///
    /// There is no other of this part as long as it lives.
    unsafe fn strip(&self, part: usize) -> Strip<'_> {
        Strip {
            field: self,
            part: &self.parts[part],
        }
    }

    /// Has the threads do some work for each of some parts, whose numbers ascend, with its strip and its
    /// state; `None` stands for all parts. Each thread begins with its own share, which is the same
    /// every time, and then helps the others. Gives what was done.
    pub fn share_out<S: Send>(
        &self,
        pool: &mut Pool,
        at_times: AtTimes,
        chosen: Option<&[usize]>,
        states: &mut [S],
        work: impl Fn(&mut Services, &mut Strip<'_>, &mut S) + Sync,
    ) -> Done {
        assert!(chosen.is_none_or(|parts| parts.is_sorted_by(|a, b| a < b)));
        let count = chosen.map_or(self.parts.len(), <[usize]>::len);
        assert_eq!(states.len(), count);
        let task = |state| Task {
            taken: AtomicBool::new(false),
            work: Mutex::new((state, 0.0)),
        };
        let tasks: Vec<Task<'_, S>> = states.iter_mut().map(task).collect();
        let services = (0..pool.threads()).map(|_| {
            Mutex::new(Services {
                at_times,
                ..Services::default()
            })
        });
        let services: Vec<Mutex<Services>> = services.collect();
        let threads = pool.threads();
        pool.run(&|thread| {
            let mut services = lock(&services[thread]);
            let before = shares(count, threads).take(thread).sum::<usize>();
            for number in (before..count).chain(0..before) {
                let task = &tasks[number];
                if task.taken.swap(true, Ordering::AcqRel) {
                    continue;
                }
                let begin = Instant::now();
                let part = chosen.map_or(number, |chosen| chosen[number]);
                let mut given = lock(&task.work);
                let (state, seconds) = &mut *given;
                // SAFETY: a task is taken once, and their parts differ.
                let mut strip = unsafe { self.strip(part) };
                work(&mut services, &mut strip, state);
                *seconds = begin.elapsed().as_secs_f64();
            }
        });
        let times = services.iter().map(|services| lock(services).at_times);
        Done {
            at_times: times.reduce(AtTimes::and).unwrap_or(at_times),
            seconds: tasks.iter().map(|task| lock(&task.work).1).collect(),
        }
    }
}

/// What is to be done for a part: its state, and then the seconds that it took.
struct Task<'s, S> {
    taken: AtomicBool,
    work: Mutex<(&'s mut S, f64)>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was done in a region.
#[derive(Debug)]
pub(crate) struct Done {
    /// What the kernels named with at_time.
    pub at_times: AtTimes,
    /// For each of the parts.
    pub seconds: Vec<f64>,
}

/// How many parts each thread computes: where they do not divide evenly, the first ones one more.
pub(crate) fn shares(parts: usize, threads: usize) -> impl Iterator<Item = usize> {
    (0..threads).rev().map(move |k| (parts + k) / threads)
}

impl<'a> Species<'a> {
    fn new(columns: &'a mut IonColumns) -> Self {
        Self {
            arrays: IonArrays {
                erev_mv: columns.erev_mv.as_mut_ptr(),
                ci_mm: columns.ci_mm.as_mut_ptr(),
                co_mm: columns.co_mm.as_mut_ptr(),
                cur: columns.cur.as_mut_ptr(),
                dcur_dv: columns.dcur_dv.as_mut_ptr(),
            },
            valence: columns.valence,
            advance_reversal: &columns.advance_reversal,
        }
    }
}

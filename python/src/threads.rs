//! Threads of `ParallelContext`: how many share the work of a step, and what each did.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;

use crate::access;
use crate::parallel::ParallelContext;
use crate::section::Section;
use crate::section_list::SectionList;
use crate::world;

/// Whether threads may wait for each other without sleeping; kept for who asks.
static BUSY: AtomicBool = AtomicBool::new(false);

/// Lists of sections that were given for threads.
static PARTITION: Mutex<Vec<Option<Py<SectionList>>>> = Mutex::new(Vec::new());

fn partition() -> MutexGuard<'static, Vec<Option<Py<SectionList>>>> {
    PARTITION.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The number of a thread.
fn number(name: &str, thread: usize) -> PyResult<usize> {
    let count = world::with(|session| Ok(session.threads(None)))?;
    if thread < count {
        return Ok(thread);
    }
    Err(PyIndexError::new_err(format!(
        "ParallelContext.{name}: there is no thread {thread}, only {count}"
    )))
}

#[pymethods]
impl ParallelContext {
    /// Number of threads that share the work of a step; sets it. Results do not depend on it.
    #[pyo3(signature = (count=None, _parallel=None))]
    fn nthread(&self, count: Option<f64>, _parallel: Option<f64>) -> PyResult<usize> {
        let count = match count {
            Some(count) if !(1.0..=1024.0).contains(&count) => {
                return Err(pyo3::exceptions::PyValueError::new_err(format!(
                    "nthread: {count} is not from 1 to 1024"
                )));
            }
            count => count.map(|count| count as usize),
        };
        if count.is_some() {
            partition().clear();
        }
        world::with(|session| Ok(session.threads(count)))
    }

    /// Does nothing, as in NEURON.
    fn thread_stat(&self) -> f64 {
        0.0
    }

    /// Whether threads may wait without sleeping: sets it and returns what was before. They sleep.
    fn thread_busywait(&self, on: &Bound<'_, PyAny>) -> PyResult<f64> {
        let on = on.is_truthy()?;
        Ok(f64::from(u8::from(BUSY.swap(on, Ordering::Relaxed))))
    }

    /// Number of processors.
    fn thread_how_many_proc(&self) -> usize {
        std::thread::available_parallelism().map_or(1, usize::from)
    }

    /// Seconds that a thread has computed; without a number, these begin anew.
    #[pyo3(signature = (thread=None))]
    fn thread_ctime(&self, thread: Option<usize>) -> PyResult<f64> {
        let thread = thread.map(|i| number("thread_ctime", i)).transpose()?;
        let times = world::with(|session| Ok(session.thread_times_s(thread.is_none())))?;
        Ok(thread.and_then(|i| times.get(i).copied()).unwrap_or(0.0))
    }

    /// The number of the thread that computes the section.
    #[pyo3(signature = (sec=None))]
    fn sec_in_thread(&self, py: Python<'_>, sec: Option<Bound<'_, Section>>) -> PyResult<usize> {
        let section = access::section(py, sec)?.get().existing()?;
        world::with(|session| Ok(session.simulation()?.thread_of(section)))
    }

    /// Proposes which cells a thread computes: those whose roots are in the list; without one, and
    /// without a number for all threads, nothing is proposed. Kept for `get_partition`; which thread
    /// computes what has no influence on results.
    #[pyo3(signature = (thread=None, sections=None))]
    fn partition(&self, thread: Option<usize>, sections: Option<Py<SectionList>>) -> PyResult<f64> {
        let count = world::with(|session| Ok(session.threads(None)))?;
        let thread = thread.map(|i| number("partition", i)).transpose()?;
        let mut lists = partition();
        lists.resize_with(count, || None);
        match thread {
            Some(thread) => lists[thread] = sections,
            None => lists.clear(),
        }
        Ok(0.0)
    }

    /// The list that was given for a thread, or a new one of the roots that it computes.
    fn get_partition(&self, py: Python<'_>, thread: usize) -> PyResult<Py<SectionList>> {
        let thread = number("get_partition", thread)?;
        if let Some(Some(list)) = partition().get(thread) {
            return Ok(list.clone_ref(py));
        }
        let roots = world::with(|session| {
            let simulation = session.simulation()?;
            let model = simulation.model();
            let is_root = |id: &_| model.section(*id).is_ok_and(|s| s.connection().is_none());
            let roots = model.sections().filter(is_root);
            Ok(roots
                .filter(|id| simulation.thread_of(*id) == thread)
                .collect())
        })?;
        Py::new(py, SectionList::of(roots))
    }

    /// Time in ms, the same in all threads.
    fn t(&self, thread: usize) -> PyResult<f64> {
        number("t", thread)?;
        world::with(|session| Ok(session.t_ms()))
    }

    /// Time step in ms, the same in all threads.
    fn dt(&self, thread: usize) -> PyResult<f64> {
        number("dt", thread)?;
        world::with(|session| Ok(session.dt_ms()))
    }
}

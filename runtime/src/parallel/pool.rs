//! Threads that wait for work.
//!
//! A step takes tens of microseconds, so threads are kept from one region of work to the next. Who has
//! nothing to do looks for work for a while ([`PATIENCE`]) and then sleeps. Nobody waits for a thread to
//! come: a region is over when its caller finds nothing left to do and those that have come are
//! done. So a thread that the system gives no time to, since others need the processors, delays
//! nothing but the piece that it has taken.
//!
//! A pool belongs to the process that made it: after a fork, the child makes its own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle, Thread};
use std::time::{Duration, Instant};

/// How long who waits looks before it sleeps: longer than what lies between the regions of a run.
const PATIENCE: Duration = Duration::from_micros(50);

/// Looks between two looks at the clock.
const LOOKS: usize = 16;

/// What threads do in a region, each with its number.
struct Job<'a>(&'a (dyn Fn(usize) + Sync));

/// Threads that wait; the caller's own is number 0.
#[derive(Debug)]
pub(crate) struct Pool {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
    process: u32,
}

#[derive(Debug)]
struct Shared {
    gate: AtomicU64,
    /// The work of the region, which its caller keeps until the gate is closed and all are out.
    job: AtomicPtr<Job<'static>>,
    ends: AtomicBool,
    /// For each worker: it sleeps, or is about to.
    asleep: Vec<AtomicBool>,
    /// Who slept last waiting for the workers; it is woken once too often rather than not at all.
    caller: Mutex<Option<Thread>>,
    panic: Mutex<Option<Box<dyn Any + Send>>>,
}

/// A region's number, whether workers may come, and how many are in.
#[derive(Clone, Copy)]
struct Gate(u64);

impl Gate {
    const OPEN: u64 = 1 << 15;
    const IN: u64 = Self::OPEN - 1;

    fn region(self) -> u64 {
        self.0 >> 16
    }

    fn is_open(self) -> bool {
        self.0 & Self::OPEN != 0
    }

    fn is_empty(self) -> bool {
        self.0 & Self::IN == 0
    }

    /// The next region's.
    fn next(self) -> u64 {
        (self.region() + 1) << 16 | Self::OPEN
    }
}

/// Looks until `there` is true or patience ends; what it found.
fn look(there: impl Fn() -> bool) -> bool {
    let begin = Instant::now();
    loop {
        for _ in 0..LOOKS {
            if there() {
                return true;
            }
            std::hint::spin_loop();
        }
        if begin.elapsed() > PATIENCE {
            return false;
        }
    }
}

impl Pool {
    /// A pool of that many threads, the caller's included, but of no more than there are processors,
    /// and as many as the system gives.
    pub fn new(threads: usize) -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let workers = threads.clamp(1, processors.min(Gate::IN as usize)) - 1;
        let shared = Arc::new(Shared {
            gate: AtomicU64::new(0),
            job: AtomicPtr::new(std::ptr::null_mut()),
            ends: AtomicBool::new(false),
            asleep: (0..workers).map(|_| AtomicBool::new(false)).collect(),
            caller: Mutex::new(None),
            panic: Mutex::new(None),
        });
        let worker = |number: usize| {
            let shared = Arc::clone(&shared);
            let named = thread::Builder::new().name(format!("nmodlrs-{number}"));
            named.spawn(move || shared.work(number)).ok()
        };
        let workers = (1..=workers).map_while(worker).collect();
        Self {
            shared,
            workers,
            process: std::process::id(),
        }
    }

    /// Number of threads, the caller's included.
    pub fn threads(&self) -> usize {
        self.workers.len() + 1
    }

    /// False in a child of the process that made it, where its threads are not.
    pub fn is_here(&self) -> bool {
        self.process == std::process::id()
    }

    /// Has threads do some work, each with its number: the caller's, 0, and those of the others that
    /// come before it has returned from it. The work shares itself out, and returns when nothing is left
    /// that nobody has begun. A panic in one of them goes on here.
    pub fn run(&mut self, work: &(dyn Fn(usize) + Sync)) {
        let shared = &*self.shared;
        let mut job = Job(work);
        let address = std::ptr::from_mut(&mut job).cast::<Job<'static>>();
        shared.job.store(address, SeqCst);
        shared.gate.store(shared.gate().next(), SeqCst);
        self.wake();
        let own = catch_unwind(AssertUnwindSafe(|| work(0)));
        shared.gate.fetch_and(!Gate::OPEN, SeqCst);
        // Nobody leaves before all are out: they use what this frame borrows.
        shared.wait_for_workers();
        let mut theirs = shared.panic.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(panic) = own.err().or(theirs.take()) {
            drop(theirs);
            resume_unwind(panic);
        }
    }

    /// Wakes the workers that sleep.
    fn wake(&self) {
        for (worker, asleep) in self.workers.iter().zip(&self.shared.asleep) {
            if asleep.swap(false, SeqCst) {
                worker.thread().unpark();
            }
        }
    }
}

impl Shared {
    fn gate(&self) -> Gate {
        Gate(self.gate.load(SeqCst))
    }

    /// A worker's life.
    fn work(&self, number: usize) {
        let mut last = 0;
        loop {
            let found = || {
                let gate = self.gate();
                gate.is_open() && gate.region() != last || self.ends.load(SeqCst)
            };
            if !look(found) {
                let asleep = &self.asleep[number - 1];
                // Said again each time: who wakes this worker, if only late for the region before,
                // takes it back. Whoever opens the gate from here on sees it, and whether it is open is
                // seen here.
                while {
                    asleep.store(true, SeqCst);
                    !found()
                } {
                    thread::park();
                }
                asleep.store(false, SeqCst);
            }
            if self.ends.load(SeqCst) {
                return;
            }
            let gate = self.gate();
            let (from, to) = (gate.0, gate.0 + 1);
            let enters = gate.is_open() && gate.region() != last;
            if !enters
                || self
                    .gate
                    .compare_exchange(from, to, SeqCst, SeqCst)
                    .is_err()
            {
                continue;
            }
            last = gate.region();
            let job = self.job.load(SeqCst);
            // SAFETY: the job was stored before the gate was opened; its caller keeps it, and all that
            // it borrows, until the gate is closed and all are out that came in, as this worker did.
            let job = unsafe { &*job };
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (job.0)(number))) {
                let mut first = self.panic.lock().unwrap_or_else(PoisonError::into_inner);
                first.get_or_insert(panic);
            }
            let gate = Gate(self.gate.fetch_sub(1, SeqCst) - 1);
            if gate.is_empty() && !gate.is_open() {
                // It stays there: the caller may be waiting for the next region already.
                let caller = self.caller.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(caller) = &*caller {
                    caller.unpark();
                }
            }
        }
    }

    fn wait_for_workers(&self) {
        let finished = || self.gate().is_empty();
        if look(finished) {
            return;
        }
        *self.caller.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current());
        // The last worker finds the caller there, or is out by now.
        while !finished() {
            thread::park();
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        if !self.is_here() {
            // These threads are another process's.
            let workers = std::mem::take(&mut self.workers);
            workers.into_iter().for_each(std::mem::forget);
            return;
        }
        self.shared.ends.store(true, SeqCst);
        self.wake();
        for worker in self.workers.drain(..) {
            // It has caught its panics.
            let _ = worker.join();
        }
    }
}

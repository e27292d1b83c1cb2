//! Recording of variables, and of spikes, into buffers that the caller shares.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::{Place, Target};

/// A growing list of numbers that a recording writes.
pub trait Buffer: Send + fmt::Debug {
    /// The numbers.
    fn values(&self) -> &[f64];
    /// The numbers, to change them where they are.
    fn values_mut(&mut self) -> &mut [f64];
    /// Adds a number.
    fn push(&mut self, value: f64);
    /// Removes all numbers.
    fn clear(&mut self);
    /// Makes room for so many more, if that saves time.
    fn reserve(&mut self, _more: usize) {}
}

impl Buffer for Vec<f64> {
    fn values(&self) -> &[f64] {
        self
    }

    fn values_mut(&mut self) -> &mut [f64] {
        self
    }

    fn push(&mut self, value: f64) {
        Vec::push(self, value);
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn reserve(&mut self, more: usize) {
        Vec::reserve(self, more);
    }
}

/// A handle on a [`Buffer`]: recordings write to it while the caller keeps its own handle.
#[derive(Debug, Clone)]
pub struct Series(Arc<Mutex<dyn Buffer>>);

impl Default for Series {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Series {
    /// A buffer of its own.
    pub fn new(values: Vec<f64>) -> Self {
        Self(Arc::new(Mutex::new(values)))
    }

    /// A buffer of the caller's. It must not be locked while the simulation runs.
    pub fn shared(buffer: Arc<Mutex<dyn Buffer>>) -> Self {
        Self(buffer)
    }

    /// The buffer.
    pub fn lock(&self) -> MutexGuard<'_, dyn Buffer + 'static> {
        // A panic elsewhere leaves numbers, whichever they are.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A copy of the numbers.
    pub fn values(&self) -> Vec<f64> {
        self.lock().values().to_vec()
    }

    /// True if both are handles on one buffer.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// When a variable is recorded.
#[derive(Debug, Clone, Default)]
pub enum Sampling {
    /// At the end of `initialize` and of every step.
    #[default]
    EveryStep,
    /// The same, with the first point as soon as `initialize` ends. (With steps of variable length
    /// the others take it when the first step begins.)
    FromStart,
    /// At 0 and then every so many ms, as NEURON's `Vector.record(ref, Dt)`: each point is taken at
    /// the step boundary nearest to its time; a recorded `t` is the time of the point, not of the
    /// boundary.
    Interval(f64),
    /// At these ascending times in ms, as NEURON's `Vector.record(ref, tvec)`: each point is taken
    /// at the step boundary nearest to its time, `t` included.
    Times(Series),
}

/// A recorded variable and its points.
#[derive(Debug, Clone)]
pub(crate) struct Recording {
    pub source: Target,
    pub sampling: Sampling,
    pub points: Series,
    /// If cells have steps of their own: the place whose cell's steps count.
    pub steps_of: Option<Place>,
}

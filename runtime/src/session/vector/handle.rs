//! A vector that several have: scripts, recordings, what plays it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Vector;
use crate::record::{Buffer, Series};

/// A shared [`Vector`]. Clones are the same vector; equality is identity.
#[derive(Debug, Clone, Default)]
pub struct VectorHandle(Arc<Mutex<Vector>>);

impl VectorHandle {
    /// A vector of its own.
    pub fn new(vector: Vector) -> Self {
        Self(Arc::new(Mutex::new(vector)))
    }

    /// The vector as what a recording writes to and a played vector is read from.
    pub fn series(&self) -> Series {
        Series::shared(self.0.clone())
    }

    /// The vector, which nobody else has in the meantime. Two at once are a deadlock if they are
    /// the same vector.
    pub fn lock(&self) -> MutexGuard<'_, Vector> {
        // Elements are numbers: what a panic left is as good as any.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartialEq for VectorHandle {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for VectorHandle {}

impl Buffer for Vector {
    fn values(&self) -> &[f64] {
        self.values()
    }

    fn values_mut(&mut self) -> &mut [f64] {
        self.values_mut()
    }

    fn push(&mut self, value: f64) {
        self.record(value);
    }

    fn clear(&mut self) {
        self.begin_recording();
    }
}

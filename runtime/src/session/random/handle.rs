//! A generator that several have: scripts, and mechanisms that C in VERBATIM draws from it for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Random, Shared};

/// A shared [`Random`], with what all generators of its session share. Clones are the same
/// generator; equality is identity.
#[derive(Debug, Clone)]
pub struct RandomHandle {
    random: Arc<Mutex<Random>>,
    shared: Arc<Mutex<Shared>>,
}

impl RandomHandle {
    /// A generator of its own.
    pub fn new(random: Random, shared: Arc<Mutex<Shared>>) -> Self {
        Self {
            random: Arc::new(Mutex::new(random)),
            shared,
        }
    }

    /// The generator, which nobody else has in the meantime.
    pub fn lock(&self) -> MutexGuard<'_, Random> {
        // Numbers: what a panic left is as good as any.
        self.random.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The generator and what it shares, locked in this order.
    pub fn with<T>(&self, action: impl FnOnce(&mut Random, &Shared) -> T) -> T {
        let mut random = self.lock();
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        action(&mut random, &shared)
    }

    /// Another number of the distribution that was used last.
    pub fn pick(&self) -> f64 {
        self.with(|random, shared| random.repick(shared))
    }
}

impl PartialEq for RandomHandle {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.random, &other.random)
    }
}

impl Eq for RandomHandle {}

//! The numbers in NEURON's names of objects that are many: `Vector[3]`.
//!
//! Unlike the classes of `instance` these cannot be listed; an object costs two additions.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The numbers of a class. They count up, and begin again when no object is left.
pub struct Numbers(Mutex<Count>);

struct Count {
    next: usize,
    alive: usize,
}

impl Numbers {
    /// No object has a number yet.
    pub const fn new() -> Self {
        Self(Mutex::new(Count { next: 0, alive: 0 }))
    }

    /// A number for an object, which has it as long as it lives.
    pub fn take(&'static self) -> Number {
        let mut count = self.count();
        let value = count.next;
        count.next += 1;
        count.alive += 1;
        Number {
            value,
            numbers: self,
        }
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number of an object.
pub struct Number {
    /// The number.
    pub value: usize,
    numbers: &'static Numbers,
}

impl Drop for Number {
    fn drop(&mut self) {
        let mut count = self.numbers.count();
        count.alive -= 1;
        if count.alive == 0 {
            count.next = 0;
        }
    }
}

//! Values already in registers: which expressions need not be computed again.
//!
//! An expression means its value *where the statement stands*, so what is cached is dropped
//! when a local or a place that it depends on changes, and at the end of the block of
//! statements in which it was computed. What is cached at any point is valid at that point:
//! if an expression is cached, all its operands are.

use super::scan::Scan;
use crate::ir::{ExprId, LocalId, Place};

/// Cached values of type `V`.
pub(super) struct Cache<V> {
    values: Vec<Option<V>>,
    /// What was added, in order; the part of an inner block ends with the block.
    log: Vec<ExprId>,
    stack: Vec<ExprId>,
}

/// Where an inner block began.
pub(super) struct Mark(usize);

impl<V: Copy> Cache<V> {
    pub fn new(expressions: usize) -> Self {
        Cache {
            values: vec![None; expressions],
            log: Vec::new(),
            stack: Vec::new(),
        }
    }

    pub fn get(&self, id: ExprId) -> Option<V> {
        self.values[id.index()]
    }

    /// Adds a value, whose operands have theirs.
    pub fn set(&mut self, id: ExprId, value: V) {
        self.values[id.index()] = Some(value);
        self.log.push(id);
    }

    /// A block begins.
    pub fn enter(&self) -> Mark {
        Mark(self.log.len())
    }

    /// The block that began at `mark` ends.
    pub fn leave(&mut self, mark: Mark) {
        for id in self.log.drain(mark.0..) {
            self.values[id.index()] = None;
        }
    }

    /// The local changes.
    pub fn assigned(&mut self, scan: &Scan, local: LocalId) {
        if let Some(id) = scan.local_values[local.index()] {
            self.drop_with_users(scan, id);
        }
    }

    /// The place changes.
    pub fn stored(&mut self, scan: &Scan, place: Place) {
        for &(other, id) in &scan.loads {
            if place.may_alias(other) {
                self.drop_with_users(scan, id);
            }
        }
    }

    fn drop_with_users(&mut self, scan: &Scan, id: ExprId) {
        self.stack.push(id);
        while let Some(id) = self.stack.pop() {
            if self.values[id.index()].take().is_some() {
                self.stack.extend(scan.users(id));
            }
        }
    }
}

//! Aligned arrays of doubles.

use std::ops::{Deref, DerefMut};

use nmodl::abi::ALIGNMENT;

/// Doubles in a cache line.
pub(crate) const LINE: usize = ALIGNMENT / size_of::<f64>();

/// A fixed number of doubles, the first one aligned to [`ALIGNMENT`].
#[derive(Debug)]
pub(crate) struct Aligned {
    buffer: Vec<f64>,
    start: usize,
    len: usize,
}

impl Aligned {
    /// Zeros.
    pub fn new(len: usize) -> Self {
        let buffer = vec![0.0f64; len + LINE];
        let start = buffer.as_ptr().align_offset(ALIGNMENT).min(LINE);
        Self { buffer, start, len }
    }

    /// `len` copies of `value`.
    pub fn filled(len: usize, value: f64) -> Self {
        let mut array = Self::new(len);
        array.fill(value);
        array
    }
}

impl Clone for Aligned {
    fn clone(&self) -> Self {
        let mut copy = Self::new(self.len);
        copy.copy_from_slice(self);
        copy
    }
}

impl Deref for Aligned {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.buffer[self.start..self.start + self.len]
    }
}

impl DerefMut for Aligned {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.buffer[self.start..self.start + self.len]
    }
}

/// Doubles from one column to the next for `count` instances: whole cache lines, and not a
/// multiple of 4096 bytes, so that columns do not compete for one cache set.
pub(crate) fn stride(count: usize) -> usize {
    let stride = count.next_multiple_of(LINE).max(LINE);
    if stride.is_multiple_of(512) {
        stride + LINE
    } else {
        stride
    }
}

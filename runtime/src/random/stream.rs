//! Random streams: Philox 4×32-10 counters, as NEURON's Random123 generator.
//!
//! A stream is identified by three 32-bit ids; its nth number depends on the ids and n alone, so
//! results do not depend on threads, on the order of instances, or on other streams. Reference:
//! Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC'11).

use nmodl::abi::Distribution;

use crate::state_file::{StateFileError, Transfer};

/// Identity of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StreamIds {
    /// NEURON's id1, id2, id3.
    pub ids: [u32; 3],
}

/// A stream and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    ids: StreamIds,
    /// The index that all streams of a run share.
    global_index: u32,
    /// Blocks of four numbers that were begun.
    sequence: u32,
    /// Number within the block, 0 to 3.
    which: usize,
    block: [u32; 4],
}

impl Stream {
    /// Goes through all numbers of the identity and the position.
    pub(crate) fn exchange(&mut self, with: &mut impl Transfer) -> Result<(), StateFileError> {
        let Self {
            ids: StreamIds { ids },
            global_index,
            sequence,
            which,
            block,
        } = self;
        ids.iter_mut().try_for_each(|id| with.u32(id))?;
        with.u32(global_index)?;
        with.u32(sequence)?;
        with.usize(which)?;
        // It is an index.
        if *which >= block.len() {
            return Err(StateFileError::Damaged);
        }
        block.iter_mut().try_for_each(|number| with.u32(number))
    }

    /// The stream at its beginning, with global index 0.
    pub fn new(ids: StreamIds) -> Self {
        Self::with_global_index(ids, 0)
    }

    /// The stream at its beginning.
    pub fn with_global_index(ids: StreamIds, global_index: u32) -> Self {
        let mut stream = Self {
            ids,
            global_index,
            sequence: 0,
            which: 0,
            block: [0; 4],
        };
        stream.fill();
        stream
    }

    /// Begins the next block. After the last one the count goes on in the ids, as NEURON's does.
    fn count_on(&mut self) {
        let [id1, id2, id3] = &mut self.ids.ids;
        for word in [&mut self.sequence, id3, id1, id2] {
            *word = word.wrapping_add(1);
            if *word != 0 {
                break;
            }
        }
    }

    fn fill(&mut self) {
        let [id1, id2, id3] = self.ids.ids;
        self.block = philox4x32([self.sequence, id3, id1, id2], [self.global_index, 0]);
    }

    /// Changes the index that all streams share (NEURON's `Random123_globalindex`).
    ///
    /// As in NEURON it counts from the next block of four numbers on; setting the position begins
    /// a block.
    pub fn set_global_index(&mut self, global_index: u32) {
        self.global_index = global_index;
    }

    /// Its identity.
    pub fn ids(&self) -> StreamIds {
        self.ids
    }

    /// Changes the identity. The position stays, and what is left of the present block of four
    /// numbers too, as in NEURON.
    pub fn set_ids(&mut self, ids: StreamIds) {
        self.ids = ids;
    }

    /// Position as NEURON counts it: 4·sequence + which.
    pub fn position(&self) -> f64 {
        f64::from(self.sequence) * 4.0 + self.which as f64
    }

    /// Moves to a position. Positions outside of 34 bits mean 0.
    pub fn set_position(&mut self, position: f64) {
        let position = if (0.0..=1_099_511_627_775.0).contains(&position) {
            position as u64 & 0x3_ffff_ffff
        } else {
            0
        };
        self.sequence = (position >> 2) as u32;
        self.which = (position & 3) as usize;
        self.fill();
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        let value = self.block[self.which];
        self.which += 1;
        if self.which == 4 {
            self.which = 0;
            self.count_on();
            self.fill();
        }
        value
    }

    /// Uniform on (0, 1), both ends excluded.
    pub fn uniform(&mut self) -> f64 {
        (f64::from(self.next_u32()) + 1.0) * (1.0 / 4_294_967_297.0)
    }

    /// Normal of mean 0 and deviation 1, by the polar method.
    pub fn normal(&mut self) -> f64 {
        loop {
            let x = 2.0 * self.uniform() - 1.0;
            let y = 2.0 * self.uniform() - 1.0;
            let w = x * x + y * y;
            if w <= 1.0 {
                return x * ((-2.0 * w.ln()) / w).sqrt();
            }
        }
    }

    /// One number of a distribution, or a look at or change of the position.
    pub fn sample(&mut self, distribution: Distribution, a: f64, b: f64) -> f64 {
        match distribution {
            Distribution::Uniform => a + self.uniform() * (b - a),
            Distribution::Negexp => -self.uniform().ln() * a,
            Distribution::Normal => a + self.normal() * b,
            Distribution::Integer => f64::from(self.next_u32()),
            Distribution::SetSequence => {
                self.set_position(a);
                0.0
            }
            Distribution::GetSequence => self.position(),
            Distribution::SetId => {
                if let Some(id) = self.ids.ids.get_mut(a as usize) {
                    *id = b as u32;
                }
                0.0
            }
            Distribution::ReplaceId => {
                if let Some(id) = self.ids.ids.get_mut(a as usize) {
                    *id = b as u32;
                }
                0.0
            }
        }
    }
}

/// The Philox 4×32 bijection with ten rounds.
fn philox4x32(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for round in 0..10 {
        if round > 0 {
            key[0] = key[0].wrapping_add(0x9E37_79B9);
            key[1] = key[1].wrapping_add(0xBB67_AE85);
        }
        let p0 = u64::from(counter[0]) * 0xD251_1F53;
        let p1 = u64::from(counter[2]) * 0xCD9E_8D57;
        counter = [
            (p1 >> 32) as u32 ^ counter[1] ^ key[0],
            p1 as u32,
            (p0 >> 32) as u32 ^ counter[3] ^ key[1],
            p0 as u32,
        ];
    }
    counter
}

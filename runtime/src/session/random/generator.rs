//! The generators of `Random`.
//!
//! NEURON 9 has two. ACG, MLCG and Isaac64 of earlier versions are gone from it, and are not here.

use crate::random::{Stream, StreamIds, mcell};
use crate::session::argument::{self, ArgumentError};

/// What the generators of a session share.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    /// NEURON's `Random123_globalindex`.
    pub global_index: u32,
    /// NEURON's `mcell_ran4_init`: the low index of MCellRan4 generators that have none of their own.
    pub low_index: u32,
    /// MCellRan4 generators that were made: the next one without a high index takes its from here.
    made: u32,
}

impl Shared {
    /// Indices of 0.
    pub const fn new() -> Self {
        Self {
            global_index: 0,
            low_index: 0,
            made: 0,
        }
    }

    /// NEURON's `mcell_ran4(&high)`: uniform on [0, 1); `high` counts on.
    pub fn mcell_ran4(&self, high: &mut u32) -> f64 {
        mcell::uniform(high, self.low_index)
    }
}

/// A generator with its position.
#[derive(Debug, Clone)]
pub enum Generator {
    /// A stream of Philox 4×32-10.
    Random123(Stream),
    /// MCellRan4.
    MCellRan4 {
        /// Counts the picks.
        high: u32,
        /// The stream; 0 means the shared low index.
        low: u32,
    },
}

impl Generator {
    /// A Random123 stream at its beginning.
    pub fn random123(ids: [u32; 3], shared: &Shared) -> Self {
        Self::Random123(Stream::with_global_index(
            StreamIds { ids },
            shared.global_index,
        ))
    }

    /// MCellRan4 at a high index, and that index; 0 is for one that is made from the number of
    /// generators so far.
    pub fn mcell_ran4(mut high: u32, low: u32, shared: &mut Shared) -> (Self, u32) {
        shared.made = shared.made.wrapping_add(1);
        if high == 0 {
            let mut count = shared.made;
            high = mcell::next_u32(&mut count, if low == 0 { shared.low_index } else { low });
        }
        (Self::MCellRan4 { high, low }, high)
    }

    /// The next number: on (0, 1) from Random123, on [0, 1) from MCellRan4.
    pub fn uniform(&mut self, shared: &Shared) -> f64 {
        match self {
            Self::Random123(stream) => {
                stream.set_global_index(shared.global_index);
                stream.uniform()
            }
            Self::MCellRan4 { high, low: 0 } => mcell::uniform(high, shared.low_index),
            Self::MCellRan4 { high, low } => mcell::uniform(high, *low),
        }
    }

    /// See [`Random::sequence`](super::Random::sequence).
    pub fn sequence(&self) -> f64 {
        match self {
            Self::Random123(stream) => stream.position(),
            Self::MCellRan4 { high, .. } => f64::from(*high),
        }
    }

    /// See [`Random::set_sequence`](super::Random::set_sequence).
    pub fn set_sequence(&mut self, sequence: f64, shared: &Shared) -> Result<(), ArgumentError> {
        const METHOD: &str = "Random.seq";
        match self {
            Self::Random123(stream) => {
                const LAST: f64 = 17_179_869_183.0; // 2^34 - 1
                let position = argument::within(METHOD, "sequence", sequence, 0.0, LAST)?;
                stream.set_global_index(shared.global_index);
                stream.set_position(position);
            }
            Self::MCellRan4 { high, .. } => *high = argument::word(METHOD, "sequence", sequence)?,
        }
        Ok(())
    }
}

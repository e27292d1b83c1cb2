//! NEURON's `Random`: a generator and the distribution that it picks from.
//!
//! Each method of NEURON's that names a distribution is [`Random::draw`] with that
//! [`Distribution`]: it picks once, and [`Random::repick`] goes on. A new object is
//! Random123 with a standard normal distribution.
//!
//! ```
//! use runtime::session::random::{Distribution, Random, Shared};
//!
//! # fn main() -> Result<(), runtime::session::random::RandomError> {
//! let shared = Shared::default();
//! let mut random = Random::random123([1, 2, 3], &shared);
//! let first = random.draw(Distribution::uniform(0.0, 1.0)?, &shared);
//! assert_eq!(first, 0.980861897351951);
//! let second = random.repick(&shared);
//! assert_eq!(random.sequence(), 2.0);
//! # let _ = second;
//! # Ok(())
//! # }
//! ```

mod distribution;
mod generator;
mod handle;

pub use distribution::Distribution;
pub use generator::{Generator, Shared};
pub use handle::RandomHandle;

use super::argument::{self, ArgumentError};

/// What is wrong with a request to a `Random`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RandomError {
    /// A number outside of its limits.
    #[error(transparent)]
    Argument(#[from] ArgumentError),
    /// Parameters for which the distribution does not exist, or for which picking never ends.
    #[error("Random.{distribution}({parameters}): {reason}")]
    Parameters {
        /// Its method.
        distribution: &'static str,
        /// The parameters, as written in a call.
        parameters: String,
        /// What they have to be.
        reason: &'static str,
    },
}

/// A source of random numbers.
#[derive(Debug, Clone)]
pub struct Random {
    generator: Generator,
    distribution: Distribution,
}

impl Random {
    /// NEURON's `Random(seed, size)`; both are ids of a Random123 stream.
    pub fn new(seed: u32, size: f64, shared: &Shared) -> Result<Self, RandomError> {
        let size = argument::within("Random", "size", size, 7.0, 98.0)? as u32;
        Ok(Self::random123([seed, size, 0], shared))
    }

    /// A Random123 stream with a standard normal distribution.
    pub fn random123(ids: [u32; 3], shared: &Shared) -> Self {
        Self {
            generator: Generator::random123(ids, shared),
            distribution: Distribution::standard_normal(),
        }
    }

    /// The generator; the distribution stays when another one is set.
    pub fn generator(&self) -> &Generator {
        &self.generator
    }

    /// Picks go on with another generator.
    pub fn set_generator(&mut self, generator: Generator) {
        self.generator = generator;
    }

    /// The distribution.
    pub fn distribution(&self) -> &Distribution {
        &self.distribution
    }

    /// A number of a distribution, which is the one of [`repick`](Self::repick) from now on.
    pub fn draw(&mut self, distribution: Distribution, shared: &Shared) -> f64 {
        self.distribution = distribution;
        self.repick(shared)
    }

    /// Another number of the distribution that was used last.
    pub fn repick(&mut self, shared: &Shared) -> f64 {
        let Self {
            generator,
            distribution,
        } = self;
        distribution.pick(|| generator.uniform(shared))
    }

    /// The number of picks from a Random123 stream; the high index of MCellRan4.
    pub fn sequence(&self) -> f64 {
        self.generator.sequence()
    }

    /// Sets what [`sequence`](Self::sequence) gives.
    pub fn set_sequence(&mut self, sequence: f64, shared: &Shared) -> Result<(), RandomError> {
        Ok(self.generator.set_sequence(sequence, shared)?)
    }
}

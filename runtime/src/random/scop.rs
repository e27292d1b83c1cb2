//! The random functions of the SCoP library, which NMODL has by name: `scop_random`, `set_seed`,
//! `exprand`, `normrand`, `poisrand`.
//!
//! All mechanisms share one generator, which is 32 bits of state. It begins at 1, and neither
//! NEURON's `finitialize` nor ours takes it back.

use super::library::CLibrary;
use super::mcell;

/// The generator that the functions share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopRandom {
    value: u32,
    /// The generators of C's library.
    pub library: CLibrary,
    /// Which numbers follow from the state.
    pub method: ScopMethod,
}

/// How the next number is made, NEURON's `use_mcell_ran4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopMethod {
    /// A linear congruence modulo 2³²: NEURON's default.
    Congruential,
    /// MCellRan4; the state is its high index.
    MCellRan4 {
        /// NEURON's `mcell_ran4_init`.
        low: u32,
    },
}

impl Default for ScopRandom {
    fn default() -> Self {
        Self::new(ScopMethod::Congruential)
    }
}

impl ScopRandom {
    /// The generator at seed 1.
    pub fn new(method: ScopMethod) -> Self {
        Self {
            value: 1,
            library: CLibrary::default(),
            method,
        }
    }

    /// `set_seed(seed)`: the whole part of the seed, modulo 2³².
    pub fn set_seed(&mut self, seed: f64) {
        self.value = seed as i64 as u32;
    }

    /// `scop_random()`: uniform on [0, 1].
    pub fn uniform(&mut self) -> f64 {
        match self.method {
            ScopMethod::Congruential => {
                self.value = self
                    .value
                    .wrapping_mul(2_147_437_301)
                    .wrapping_add(453_816_981);
                f64::from(self.value) / f64::from(u32::MAX)
            }
            ScopMethod::MCellRan4 { low } => mcell::uniform(&mut self.value, low),
        }
    }

    /// `exprand(mean)`: exponential.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.uniform().ln()
    }

    /// `normrand(mean, deviation)`: normal, by the polar method.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        loop {
            let x = 2.0 * self.uniform() - 1.0;
            let y = 2.0 * self.uniform() - 1.0;
            let s = x * x + y * y;
            if s < 1.0 {
                return x * (-2.0 * s.ln() / s).sqrt() * deviation + mean;
            }
        }
    }

    /// `poisrand(mean)`: the number of uniform numbers whose product stays above exp(-mean), which
    /// is a Poisson number.
    ///
    /// None if exp(-mean) is zero (a mean above 745), where the product never gets below it.
    pub fn poisson(&mut self, mean: f64) -> Option<f64> {
        let bound = (-mean).exp();
        if bound == 0.0 {
            return None;
        }
        let mut count = 0.0;
        let mut product = 1.0;
        while product >= bound {
            product *= self.uniform();
            count += 1.0;
        }
        Some(count - 1.0)
    }
}

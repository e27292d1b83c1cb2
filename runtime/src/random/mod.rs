//! Random numbers: the generators that mechanisms and the `Random` class draw from.
//!
//! | module | generator | who uses it |
//! |---|---|---|
//! | [`Stream`] | Philox 4×32-10, NEURON's Random123 | RANDOM variables, `Random` |
//! | [`mcell`] | NEURON's MCellRan4 | `Random`, `mcell_ran4` |
//! | [`scop`] | the congruential generator of SCoP | NMODL's `scop_random`, `exprand`, ... |
//! | [`library`] | those of C's library | `drand48`, `rand` in VERBATIM |
//!
//! The integers that the generators give are NEURON's on every machine. Logarithms, square roots and
//! powers of distributions are the platform's, as NEURON's are, so that picks are NEURON's to the
//! last bit when both run on one machine.

pub mod library;
pub mod mcell;
pub mod scop;
mod stream;

pub use stream::{Stream, StreamIds};

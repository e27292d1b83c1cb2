//! The `nmodlrs` command as a library: model files in, simulated traces out.
//!
//! There is no model knowledge here and no simulation: a model file becomes calls of crate
//! `runtime`, and what `runtime` records becomes files.

pub mod model;
pub mod plot;
pub mod problem;
pub mod result;
pub mod swc;

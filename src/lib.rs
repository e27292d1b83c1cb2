//! The `nmodlrs` command as a library: model files in, simulated traces out.
//!
//! A model file is read ([`model`]), becomes a model of crate `runtime` ([`build`]) with
//! mechanisms from `.mod` files ([`runtime::library`]) and shapes from morphologies ([`swc`]), is run
//! ([`run`](mod@run)), and what it records becomes files ([`result`], [`plot`](mod@plot)).
//! There is no model knowledge here and no simulation.

pub mod build;
pub mod command;
pub mod model;
pub mod plot;
pub mod problem;
pub mod result;
pub mod run;
pub mod swc;

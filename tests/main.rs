//! All integration tests, one binary.

mod codegen;
mod command;
mod compiler;
mod format;
mod ir;
mod lint;
mod math;
mod neuron;
mod pages;
mod runtime;
mod session;
mod syntax;
mod units;

//! All integration tests, one binary.

mod command;
mod ir;
mod runtime;
mod syntax;
mod units;

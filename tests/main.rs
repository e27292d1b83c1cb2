//! All integration tests, one binary.

mod command;
mod ir;
mod syntax;
mod units;

//! All integration tests, one binary.

mod command;
mod ir;
mod units;

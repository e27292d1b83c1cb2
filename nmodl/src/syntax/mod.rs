//! The front of the compiler: source text to syntax tree and back.

pub mod ast;

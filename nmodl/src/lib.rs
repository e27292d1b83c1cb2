//! NMODL compiler: `.mod` text in, native mechanism kernels out.

pub mod abi;
pub mod codegen;
pub mod diagnostic;
pub mod ir;
pub mod lower;
pub mod math;
pub mod mechanism;
pub mod pass;
pub mod sema;
pub mod source;
pub mod syntax;
pub mod units;

//! NMODL compiler: `.mod` text in, native mechanism kernels out.

pub mod diagnostic;
pub mod source;
pub mod syntax;

//! NMODL compiler: `.mod` text in, native mechanism kernels out.

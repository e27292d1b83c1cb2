//! The `nmodlrs` command.

fn main() {}

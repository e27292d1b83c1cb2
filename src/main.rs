//! The `nmodlrs` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    nmodlrs::command::main()
}

//! The command line: arguments, exit status, and where output goes.
//!
//! | status | |
//! |---|---|
//! | 0 | everything went well |
//! | 1 | the user's files have errors, or a run failed |
//! | 2 | wrong use: unknown arguments, files that cannot be read or written |

mod check;
mod compile;
mod fmt;
mod progress;
mod run;
mod stats;
mod summary;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand};

use crate::model::schema;
use check::CheckFormat;
use compile::Emit;

/// What `--version` says after the name: ours, and that of the library that is linked in.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{} (SUNDIALS {})",
        env!("CARGO_PKG_VERSION"),
        runtime::sundials::version()
    )
});

/// NMODL compiler and neuron simulator.
#[derive(Debug, Parser)]
#[command(name = "nmodlrs", version = VERSION.as_str(), about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Compile .mod files, and show what becomes of them.
    Compile(CompileArguments),
    /// Look for errors in .mod files.
    Check(CheckArguments),
    /// Bring .mod files into canonical layout.
    Fmt(FmtArguments),
    /// Run a model file.
    Run(RunArguments),
    /// Print the JSON Schema of the model file.
    Schema,
}

#[derive(Debug, Args)]
struct CompileArguments {
    /// .mod files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to print: ast, nmodl, ir, ir:after=PASS, clif or asm.
    #[arg(long, value_name = "WHAT")]
    emit: Option<Emit>,
    /// Instances that a kernel computes at once.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=2))]
    lanes: u8,
}

#[derive(Debug, Args)]
struct CheckArguments {
    /// .mod files.
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Check units, too.
    #[arg(long)]
    units: bool,
    /// Print what a code such as E0102 is about, with examples; checks nothing.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "units", "format"])]
    explain: Option<String>,
    /// How to print what is found.
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    format: CheckFormat,
}

#[derive(Debug, Args)]
struct FmtArguments {
    /// .mod files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Change nothing; list the files whose layout is another, with status 1 if there are any.
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Args)]
struct RunArguments {
    /// The model file.
    #[arg(value_name = "MODEL.toml")]
    model: PathBuf,
    /// Where the result goes: .npy, .csv, or any other name for text. Without it, text goes to
    /// standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Set a value: soma.hh.gnabar=0.2, stim.amp=0.5, run.tstop=100.
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Threads that share the work, instead of run.threads; results do not depend on them.
    #[arg(long, value_name = "N")]
    threads: Option<u16>,
    /// Draw the result: .svg or .png.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// Where the spike times go: .csv, or any other name for text.
    #[arg(long, value_name = "FILE")]
    spikes: Option<PathBuf>,
    /// Print what the run took: steps, and with variable steps evaluations, solutions, failures.
    #[arg(long)]
    stats: bool,
    /// Print no progress, no warnings and no summary.
    #[arg(short, long)]
    quiet: bool,
}

/// Why a command did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The user's files have errors: what is said about them, ready to be shown.
    #[error("{0}")]
    Input(String),
    /// Wrong use.
    #[error("error: {0}\n")]
    Usage(String),
    /// A file, or standard output, cannot be read or written.
    #[error("error: cannot {verb} `{path}`: {error}\n")]
    File {
        verb: &'static str,
        path: String,
        error: io::Error,
    },
}

impl Failure {
    fn read(path: impl AsRef<std::path::Path>, error: io::Error) -> Self {
        Self::file("read", path, error)
    }

    fn write(path: impl AsRef<std::path::Path>, error: io::Error) -> Self {
        Self::file("write", path, error)
    }

    fn file(verb: &'static str, path: impl AsRef<std::path::Path>, error: io::Error) -> Self {
        Self::File {
            verb,
            path: path.as_ref().display().to_string(),
            error,
        }
    }

    fn status(&self) -> u8 {
        match self {
            Self::Input(_) => 1,
            Self::Usage(_) | Self::File { .. } => 2,
        }
    }
}

/// Runs the command with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Compile(arguments) => compile::compile(arguments),
        Command::Check(arguments) => check::check(arguments),
        Command::Fmt(arguments) => fmt::fmt(arguments),
        Command::Run(arguments) => run::run(arguments),
        Command::Schema => print_schema(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads standard output has seen enough, as `head` does.
        Err(Failure::File { error, .. }) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprint!("{failure}");
            ExitCode::from(failure.status())
        }
    }
}

fn print_schema() -> Result<(), Failure> {
    print(&format!("{:#}\n", schema::schema()))
}

/// Writes to standard output.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Failure::write("standard output", error))
}

//! `nmodlrs run`: a model file in, results out.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nmodl::mechanism::Compiled;

use super::progress::Progress;
use super::stats;
use super::{Failure, RunArguments};
use crate::build::{self, BuildError, Built, Surroundings};
use crate::model::ModelText;
use crate::model::file::ModelFile;
use crate::plot::{self, PlotError};
use crate::problem::{self, Problem, counted};
use crate::result::{Format, Head, Spike, Table, spikes};
use crate::run::{self, Outcome};
use runtime::library::{Library, LibraryError};
use runtime::{KernelFailure, RunError};

/// Builds and runs a model, and writes what it recorded, also if it fails on its way.
pub fn run(arguments: &RunArguments) -> Result<(), Failure> {
    if let Some(path) = &arguments.plot {
        // Before the run, not after an hour of it.
        plot::Format::of(path).map_err(plot_failure)?;
    }
    let path = &arguments.model;
    let contents = fs::read_to_string(path).map_err(|error| Failure::read(path, error))?;
    let threads = arguments.threads.map(|n| format!("run.threads={n}"));
    let set: Vec<String> = arguments.set.iter().cloned().chain(threads).collect();
    let text = ModelText::new(&path.display().to_string(), &contents, &set);
    let file = text.read().map_err(input)?;
    let built = build(&file, &text, path)?;
    if !arguments.quiet {
        for warning in built.model.warnings() {
            eprintln!("warning: {warning}");
        }
    }
    let mut progress = Progress::new(arguments.quiet);
    let tstop_ms = file.run.tstop;
    let outcome = run::run(built, &file.run, &mut |t_ms| progress.at(t_ms, tstop_ms));
    progress.finish();
    let outcome = outcome.map_err(|error| Failure::Input(format!("error: {error}\n")))?;
    let head = run::head(&file.title, &file.run);
    let written = write(arguments, &head, &outcome);
    if arguments.stats {
        eprint!("{}", stats::stats(&outcome.work));
    }
    let Some(error) = &outcome.failure else {
        return written;
    };
    // What is wrong with the run is said whatever becomes of its results.
    let note = match written {
        Ok(()) => format!("  = note: {}\n", kept(arguments, &outcome.table)),
        Err(failure) => failure.to_string(),
    };
    let help = advice(error).map_or_else(String::new, |help| format!("  = help: {help}\n"));
    Err(Failure::Input(format!("error: {error}\n{note}{help}")))
}

/// What a model file can do about a run that failed.
fn advice(error: &RunError) -> Option<&'static str> {
    match error {
        RunError::Kernel {
            reason: KernelFailure::UnsetPointer,
            ..
        } => Some("`[[pointers]]` says what a POINTER points at"),
        RunError::Inconsistent { .. } => {
            Some("a shorter `run.dae_init_dteps` or a larger `run.atol` may help")
        }
        _ => None,
    }
}

fn build(file: &ModelFile, text: &ModelText, path: &Path) -> Result<Built, Failure> {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let mut library = Library::shipped()
        .map_err(input)?
        .with_style(problem::style());
    let mut problems = Vec::new();
    let mut messages = String::new();
    for mechanisms in &file.mechanisms {
        match library.add(&folder.join(mechanisms.as_str())) {
            Ok(()) => {}
            Err(LibraryError::Faulty(text)) => messages.push_str(&text),
            Err(error) => problems.push(Problem::at(mechanisms.span(), error.to_string())),
        }
    }
    if !problems.is_empty() {
        messages.push_str(&text.problems(problems).to_string());
    }
    if !messages.is_empty() {
        return Err(Failure::Input(messages));
    }
    let mut surroundings = Disk { library, folder };
    build::build(file, &mut surroundings).map_err(|error| match error {
        BuildError::Model(problems) => input(text.problems(problems)),
        BuildError::Morphology(problems) => input(problems),
        BuildError::Mechanisms(text) => Failure::Input(text),
    })
}

/// What a model needs, from the library and from the model file's folder.
struct Disk {
    library: Library,
    folder: PathBuf,
}

impl Surroundings for Disk {
    fn mechanism_names(&self) -> Vec<String> {
        self.library.names().map(str::to_owned).collect()
    }

    fn rank(&self, name: &str) -> Option<u32> {
        self.library.rank(name)
    }

    fn mechanism(&mut self, name: &str) -> Result<Arc<Compiled>, String> {
        self.library
            .compile(name)
            .map_err(|error| error.to_string())
    }

    fn read(&mut self, file: &str) -> io::Result<String> {
        fs::read_to_string(self.folder.join(file))
    }
}

fn write(arguments: &RunArguments, head: &Head, outcome: &Outcome) -> Result<(), Failure> {
    let table = &outcome.table;
    match &arguments.output {
        Some(path) => write_file(path, |out| Format::of(path).write(head, table, out))?,
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            Format::Text
                .write(head, table, &mut out)
                .and_then(|()| out.flush())
                .map_err(|error| Failure::write("standard output", error))?;
        }
    }
    if let Some(path) = &arguments.spikes {
        write_file(path, |out| write_spikes(path, &outcome.spikes, out))?;
    }
    // A run that ends where it begins leaves nothing to draw.
    let drawn = outcome.failure.is_none() || table.rows().len() > 1;
    if let Some(path) = arguments.plot.as_ref().filter(|_| drawn) {
        plot::plot(path, &head.title, table).map_err(plot_failure)?;
    }
    if !arguments.quiet && io::stderr().is_terminal() {
        summarize(arguments, outcome);
    }
    Ok(())
}

fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), Failure> {
    let written = File::create(path).map(BufWriter::new).and_then(|mut out| {
        write(&mut out)?;
        out.flush()
    });
    written.map_err(|error| Failure::write(path, error))
}

fn write_spikes(path: &Path, list: &[Spike], out: &mut impl Write) -> io::Result<()> {
    match Format::of(path) {
        Format::Csv => spikes::write_csv(list, out),
        Format::Text | Format::Npy => spikes::write_text(list, out),
    }
}

fn summarize(arguments: &RunArguments, outcome: &Outcome) {
    let (rows, columns) = (outcome.table.rows().len(), outcome.table.columns.len());
    if let Some(path) = &arguments.output {
        eprintln!("{rows} rows of {columns} columns in {}", path.display());
    }
    if let Some(path) = &arguments.plot {
        eprintln!("plot in {}", path.display());
    }
    if let Some(path) = &arguments.spikes {
        eprintln!("{} spikes in {}", outcome.spikes.len(), path.display());
    }
}

/// What is left of a run that failed.
fn kept(arguments: &RunArguments, table: &Table) -> String {
    let rows = table.rows().len();
    let are = if rows == 1 { "is" } else { "are" };
    let rows = counted(rows, "row");
    match &arguments.output {
        Some(path) => format!("the {rows} up to there {are} in {}", path.display()),
        None => format!("the {rows} up to there {are} on standard output"),
    }
}

fn input(error: impl std::fmt::Display) -> Failure {
    Failure::Input(error.to_string())
}

fn plot_failure(error: PlotError) -> Failure {
    Failure::Usage(error.to_string())
}

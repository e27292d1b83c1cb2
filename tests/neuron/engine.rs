//! Runs a model file here.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use nmodl::codegen::Options;
use nmodl::mechanism::Compiled;
use nmodlrs::build::{self, BuildError, Surroundings};
use nmodlrs::model::ModelText;
use nmodlrs::result::Spike;
use nmodlrs::run;
use runtime::library::Library;

/// What a run recorded.
#[derive(Debug)]
pub struct Trace {
    pub dt_ms: f64,
    pub t_ms: Vec<f64>,
    /// Name and a value for each time.
    pub columns: Vec<(String, Vec<f64>)>,
    /// Times in ms and sources.
    pub spikes: Vec<(f64, String)>,
}

/// Runs a model file with kernels of that many lanes.
pub fn run(path: &Path, lanes: usize) -> Result<Trace, String> {
    run_with(path, lanes, &[])
}

/// The same with values `PATH=VALUE` of the command line.
pub fn run_with(path: &Path, lanes: usize, sets: &[String]) -> Result<Trace, String> {
    let contents = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let text = ModelText::new(&path.display().to_string(), &contents, sets);
    let file = text.read().map_err(|problems| problems.to_string())?;
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let mechanisms = file.mechanisms.iter().map(|name| folder.join(&**name));
    let mut surroundings = Disk {
        mechanisms: mechanisms.collect(),
        folder,
        lanes,
    };
    surroundings.with_library(|_| Ok(()))?;
    let built = build::build(&file, &mut surroundings).map_err(|error| match error {
        BuildError::Model(problems) => text.problems(problems).to_string(),
        BuildError::Morphology(problems) => problems.to_string(),
        BuildError::Mechanisms(text) => text,
    })?;
    let outcome = run::run(built, &file.run, &mut |_| {}).map_err(|error| error.to_string())?;
    if let Some(failure) = outcome.failure {
        return Err(failure.to_string());
    }
    let table = outcome.table;
    let width = table.columns.len();
    let column = |i: usize| {
        table
            .values
            .iter()
            .skip(i)
            .step_by(width)
            .copied()
            .collect()
    };
    let mut columns: Vec<(String, Vec<f64>)> = table
        .columns
        .iter()
        .enumerate()
        .map(|(i, head)| (head.name.clone(), column(i)))
        .collect();
    let time = columns.iter().position(|(name, _)| name == "t");
    let (_, t_ms) = columns.remove(time.ok_or("no column of times")?);
    let spike = |spike: Spike| (spike.time_ms, spike.source);
    Ok(Trace {
        dt_ms: file.run.dt,
        t_ms,
        columns,
        spikes: outcome.spikes.into_iter().map(spike).collect(),
    })
}

/// The shipped mechanisms and those of the case, and the files beside it.
struct Disk {
    /// Files and folders that the case names.
    mechanisms: Vec<PathBuf>,
    folder: PathBuf,
    lanes: usize,
}

/// Read once for all cases that name the same files, and each mechanism compiled once.
#[derive(Default)]
struct Shared {
    library: Library,
    compiled: BTreeMap<(String, usize), Arc<Compiled>>,
}

impl Disk {
    fn with_library<T>(
        &self,
        action: impl FnOnce(&mut Shared) -> Result<T, String>,
    ) -> Result<T, String> {
        static LIBRARIES: Mutex<BTreeMap<Vec<PathBuf>, Shared>> = Mutex::new(BTreeMap::new());
        let mut libraries = LIBRARIES.lock().unwrap_or_else(PoisonError::into_inner);
        if !libraries.contains_key(&self.mechanisms) {
            let mut library = Library::shipped().map_err(|error| error.to_string())?;
            for path in &self.mechanisms {
                library.add(path).map_err(|error| error.to_string())?;
            }
            let shared = Shared {
                library,
                ..Shared::default()
            };
            libraries.insert(self.mechanisms.clone(), shared);
        }
        libraries
            .get_mut(&self.mechanisms)
            .ok_or_else(|| "no library".to_owned())
            .and_then(action)
    }
}

impl Surroundings for Disk {
    fn mechanism_names(&self) -> Vec<String> {
        let names =
            self.with_library(|shared| Ok(shared.library.names().map(str::to_owned).collect()));
        names.unwrap_or_default()
    }

    fn mechanism(&mut self, name: &str) -> Result<Arc<Compiled>, String> {
        let options = Options {
            lanes: self.lanes,
            ..Options::default()
        };
        self.with_library(|shared| {
            let key = (name.to_owned(), options.lanes);
            if let Some(compiled) = shared.compiled.get(&key) {
                return Ok(compiled.clone());
            }
            let compiled = shared.library.compile_with(name, options);
            let compiled = compiled.map_err(|error| error.to_string())?;
            shared.compiled.insert(key, compiled.clone());
            Ok(compiled)
        })
    }

    fn read(&mut self, file: &str) -> io::Result<String> {
        fs::read_to_string(self.folder.join(file))
    }
}

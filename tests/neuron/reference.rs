//! NEURON's results, which `reference.py` makes.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use super::engine::Trace;

/// The folder where the results of all cases are, made anew where the content of a case
/// changed. `None`, with words that no test runner hides, if it is not known which Python has
/// NEURON.
///
/// # Panics
///
/// NEURON cannot run a case.
pub fn folder() -> Option<PathBuf> {
    static FOLDER: OnceLock<Option<Result<PathBuf, String>>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| match env::var_os("NMODLRS_NEURON_PYTHON") {
        Some(python) => Some(run(Path::new(&python), &super::cases(), "cases")),
        None => {
            let message = "NOT RUN: the comparison with NEURON, for NMODLRS_NEURON_PYTHON \
                           is not set. `./x test` sets it.";
            // Not `eprintln`, which is hidden where a test succeeds.
            let _ = writeln!(io::stderr(), "\n{message}");
            None
        }
    });
    match folder.as_ref()? {
        Ok(folder) => Some(folder.clone()),
        Err(message) => panic!("{message}"),
    }
}

/// The folder `target/neuron/FOLDER` with the results of some models, made as in [`folder`].
///
/// # Panics
///
/// NEURON cannot run a model.
pub fn of(models: &[PathBuf], folder: &str) -> Option<PathBuf> {
    let python = env::var_os("NMODLRS_NEURON_PYTHON")?;
    match run(Path::new(&python), models, folder) {
        Ok(folder) => Some(folder),
        Err(message) => panic!("{message}"),
    }
}

fn run(python: &Path, models: &[PathBuf], folder: &str) -> Result<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/neuron").join(folder);
    let output = Command::new(python)
        .arg(root.join("tests/neuron/reference.py"))
        .arg("--out")
        .arg(&folder)
        .args(models)
        .output()
        .map_err(|error| format!("{}: {error}", python.display()))?;
    if output.status.success() {
        Ok(folder)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Reads a result.
pub fn read(path: &Path) -> Result<Trace, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let value: Value =
        serde_json::from_str(&text).map_err(|error| format!("NEURON's result: {error}"))?;
    trace(&value).ok_or_else(|| "NEURON's result is not as reference.py says".to_owned())
}

fn trace(value: &Value) -> Option<Trace> {
    let column = |pair: &Value| Some((pair[0].as_str()?.to_owned(), numbers(&pair[1])?));
    let spike = |pair: &Value| Some((pair[0].as_f64()?, pair[1].as_str()?.to_owned()));
    Some(Trace {
        dt_ms: value["dt"].as_f64()?,
        t_ms: numbers(&value["t"])?,
        columns: value["columns"]
            .as_array()?
            .iter()
            .map(column)
            .collect::<Option<_>>()?,
        spikes: value["spikes"]
            .as_array()?
            .iter()
            .map(spike)
            .collect::<Option<_>>()?,
    })
}

fn numbers(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(Value::as_f64).collect()
}

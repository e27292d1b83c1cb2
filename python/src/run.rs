//! Run control: `finitialize`, `fadvance`, the standard run system, `batch_run`.

use std::fs::File;
use std::io::BufWriter;
use std::time::Instant;

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use runtime::session::{Session, SessionError};
use runtime::{CallbackId, Progress};

use crate::callback;
use crate::hoc::HocObject;
use crate::reference::Reference;
use crate::world;

/// Runs something of the session to its end: Python code that is due on the way is called between
/// its parts, Ctrl-C ends it between two steps, and what mechanisms print goes to `sys.stdout`.
pub fn drive(
    py: Python<'_>,
    mut part: impl FnMut(&mut Session) -> Result<Progress, SessionError>,
) -> PyResult<()> {
    loop {
        let mut printed = String::new();
        let progress = world::with(|session| {
            let progress = part(session);
            printed = session.take_printed();
            progress
        });
        print(py, &printed)?;
        let called = match progress? {
            Progress::Done => return Ok(()),
            Progress::Paused => py.check_signals(),
            Progress::Call(id) => {
                let suspended = world::with(|session| Ok(session.suspend()))?;
                callback::call(py, id)
                    .and_then(|()| world::with(|session| session.resume(suspended)))
            }
        };
        if let Err(error) = called {
            world::with(|session| {
                session.abandon();
                Ok(())
            })?;
            return Err(error);
        }
    }
}

/// Writes to what Python has as its standard output.
pub fn print(py: Python<'_>, text: &str) -> PyResult<()> {
    if !text.is_empty() {
        py.import("sys")?
            .getattr("stdout")?
            .call_method1("write", (text,))?;
    }
    Ok(())
}

/// NEURON's `finitialize`.
pub fn finitialize(py: Python<'_>, v_mv: Option<f64>) -> PyResult<()> {
    callback::forget_events();
    // These may change the structure, so they come before there are arrays.
    callback::call(py, CallbackId(callback::STRUCTURE))?;
    drive(py, |session| session.initialize(v_mv))
}

/// NEURON's `continuerun` for the fixed step.
pub fn continuerun(py: Python<'_>, tstop_ms: f64) -> PyResult<()> {
    let begin = Instant::now();
    let variable = world::with(|session| {
        session.run_control.start();
        let variable = session.run_control.using_cvode_ != 0.0;
        if variable {
            session.send_stop(tstop_ms)?;
        }
        Ok(variable)
    })?;
    let end_ms = world::with(|session| Ok(session.end_of_run_ms(tstop_ms)))?;
    let mut result = drive(py, |session| session.continue_run(end_ms));
    if variable && result.is_ok() {
        // The event at `tstop`, so that a point is recorded there.
        let stopped = world::with(|session| Ok(session.run_control.stoprun != 0.0))?;
        if !stopped {
            result = drive(py, |session| session.advance());
        }
    }
    world::with(|session| {
        session.run_control.realtime = begin.elapsed().as_secs_f64();
        Ok(())
    })?;
    result
}

fn stdinit(py: Python<'_>) -> PyResult<()> {
    let (changed, v_init) = world::with(|session| {
        session.run_control.realtime = 0.0;
        Ok((
            session.set_dt_from_steps_per_ms()?,
            session.run_control.v_init,
        ))
    })?;
    if changed {
        print(py, "Changed dt\n")?;
    }
    finitialize(py, Some(v_init))
}

/// Files of NEURON's library whose content is here without loading them.
const LIBRARY: [&str; 9] = [
    "stdrun.hoc",
    "nrngui.hoc",
    "stdgui.hoc",
    "stdlib.hoc",
    "noload.hoc",
    "import3d.hoc",
    "mpi.hoc",
    "netparmpi.hoc",
    "subiter.hoc",
];

#[pymethods]
impl HocObject {
    /// Initializes states and potentials: to `v` (mV), or from where they are. Returns 1.
    #[pyo3(signature = (v=None))]
    fn finitialize(&self, py: Python<'_>, v: Option<f64>) -> PyResult<f64> {
        finitialize(py, v)?;
        Ok(1.0)
    }

    /// Makes one step of dt. Returns 1.
    fn fadvance(&self, py: Python<'_>) -> PyResult<f64> {
        drive(py, |session| session.advance())?;
        Ok(1.0)
    }

    /// Computes currents and conductances for the present potentials and states.
    fn fcurrent(&self, py: Python<'_>) -> PyResult<f64> {
        drive(py, |session| {
            session.compute_currents().map(|()| Progress::Done)
        })?;
        Ok(1.0)
    }

    /// Begins the recordings anew with the present values, after states were changed by hand.
    fn frecord_init(&self) -> PyResult<f64> {
        world::with(|session| session.restart_recordings())?;
        Ok(1.0)
    }

    /// Initializes (`stdinit`) and runs to `tstop`.
    fn run(&self, py: Python<'_>) -> PyResult<f64> {
        let tstop = world::with(|session| {
            session.run_control.running_ = 1.0;
            Ok(session.run_control.tstop)
        })?;
        stdinit(py)?;
        continuerun(py, tstop)?;
        Ok(0.0)
    }

    /// Makes dt a fraction of 1/steps_per_ms and initializes to `v_init`.
    fn stdinit(&self, py: Python<'_>) -> PyResult<f64> {
        stdinit(py)?;
        Ok(0.0)
    }

    /// Initializes to `v_init`.
    fn init(&self, py: Python<'_>) -> PyResult<f64> {
        let v_init = world::with(|session| Ok(session.run_control.v_init))?;
        finitialize(py, Some(v_init))?;
        Ok(0.0)
    }

    /// Makes dt a fraction of 1/steps_per_ms.
    fn setdt(&self, py: Python<'_>) -> PyResult<f64> {
        if world::with(|session| session.set_dt_from_steps_per_ms())? {
            print(py, "Changed dt\n")?;
        }
        Ok(0.0)
    }

    /// Runs until t reaches `tstop` (ms), or `h.stoprun` is set.
    fn continuerun(&self, py: Python<'_>, tstop: f64) -> PyResult<f64> {
        continuerun(py, tstop)?;
        Ok(0.0)
    }

    /// Makes `nstep_steprun` steps.
    fn step(&self, py: Python<'_>) -> PyResult<f64> {
        let steps = world::with(|session| Ok(session.run_control.nstep_steprun))?;
        for _ in 0..steps as usize {
            drive(py, |session| session.advance())?;
        }
        Ok(0.0)
    }

    /// Makes `nstep_steprun` steps.
    fn steprun(&self, py: Python<'_>) -> PyResult<f64> {
        self.step(py)
    }

    /// Makes one step of dt.
    fn advance(&self, py: Python<'_>) -> PyResult<f64> {
        self.fadvance(py)?;
        Ok(0.0)
    }

    /// True if a run was stopped.
    fn stoppedrun(&self) -> PyResult<f64> {
        world::with(|session| Ok(session.run_control.stoprun))
    }

    /// Gives all sections the axial resistivity `h.global_ra` (Ω·cm).
    fn set_ra(&self) -> PyResult<f64> {
        world::with(|session| {
            let ra = session.run_control.global_ra;
            let model = session.model();
            for id in model.sections().collect::<Vec<_>>() {
                model.set_axial_resistivity(id, ra)?;
            }
            Ok(0.0)
        })
    }

    /// Executes a file of hoc, once unless a 1 before its name has it executed again. Files of NEURON's
    /// library hold what is here anyway. Returns 0 for a file that does not exist.
    #[pyo3(signature = (*arguments))]
    fn load_file(&self, arguments: &Bound<'_, PyTuple>) -> PyResult<f64> {
        let (name, again): (String, bool) = match arguments.len() {
            1 => (arguments.get_item(0)?.extract()?, false),
            2 => match arguments.get_item(0)?.extract::<String>() {
                Ok(name) => (name, false),
                Err(_) => {
                    let again = arguments.get_item(0)?.is_truthy()?;
                    (arguments.get_item(1)?.extract()?, again)
                }
            },
            _ => return Err(PyValueError::new_err("load_file needs the name of a file")),
        };
        if LIBRARY.contains(&name.as_str()) {
            return Ok(1.0);
        }
        if !std::path::Path::new(&name).exists() {
            print(arguments.py(), &format!("Couldn't find: {name}\n"))?;
            return Ok(0.0);
        }
        let statements = arguments.py().import("nmodlrs.statement")?;
        statements
            .call_method1("load_file", (name, again))?
            .extract()
    }

    /// Adds variables to those that `batch_run` saves; without arguments, begins a new list.
    #[pyo3(signature = (*variables))]
    fn batch_save(&self, variables: &Bound<'_, PyTuple>) -> PyResult<f64> {
        if variables.is_empty() {
            world::with(|session| {
                session.clear_batch();
                Ok(())
            })?;
        }
        for variable in variables {
            let variable = variable.cast::<Reference>()?.borrow().0.clone();
            world::with(|session| {
                session.add_to_batch(variable);
                Ok(())
            })?;
        }
        Ok(1.0)
    }

    /// Runs to `tstop` (ms) and writes the variables of `batch_save` every `tstep` (ms) to a file
    /// that begins with `comment`.
    #[pyo3(signature = (tstop, tstep, filename=None, comment=""))]
    fn batch_run(
        &self,
        py: Python<'_>,
        tstop: f64,
        tstep: f64,
        filename: Option<&str>,
        comment: &str,
    ) -> PyResult<f64> {
        for (name, value) in [("tstop", tstop), ("tstep", tstep)] {
            if !(0.0..=1e20).contains(&value) {
                return Err(PyValueError::new_err(format!(
                    "batch_run: {name} is {value}; it must be from 0 to 1e20"
                )));
            }
        }
        let out: Box<dyn std::io::Write + Send> = match filename {
            None => Box::new(std::io::sink()),
            Some(name) => Box::new(BufWriter::new(File::create(name).map_err(|error| {
                PyOSError::new_err(format!("batch_run cannot write '{name}': {error}"))
            })?)),
        };
        let mut run = world::with(|session| session.begin_batch(tstop, tstep, comment, out))?;
        drive(py, |session| session.continue_batch(&mut run))?;
        Ok(1.0)
    }
}

/// Code that initialization calls, while this object lives.
///
/// The type says when: 0 before the INITIAL blocks, 1 (the default) after them, 2 at the
/// end, 3 before all, where the structure may be changed.
#[pyclass(name = "FInitializeHandler", module = "nmodlrs", frozen)]
pub struct FInitializeHandler {
    hook: u64,
    number: u64,
}

#[pymethods]
impl FInitializeHandler {
    #[new]
    #[pyo3(signature = (*arguments))]
    fn new(arguments: &Bound<'_, PyTuple>) -> PyResult<Self> {
        let (hook, callable) = match arguments.len() {
            1 => (1, arguments.get_item(0)?),
            2 => (
                arguments.get_item(0)?.extract::<f64>()? as i64,
                arguments.get_item(1)?,
            ),
            _ => {
                return Err(PyValueError::new_err(
                    "FInitializeHandler needs a callable, or a type and a callable",
                ));
            }
        };
        if !(0..=3).contains(&hook) {
            return Err(PyValueError::new_err(format!(
                "FInitializeHandler: type {hook} is not one of 0, 1, 2, 3"
            )));
        }
        let hook = hook as u64;
        let number = callback::add_to_hook(hook, &callable)?;
        Ok(Self { hook, number })
    }
}

impl Drop for FInitializeHandler {
    fn drop(&mut self) {
        // Without a session there is nothing to take it from.
        let _ = callback::remove_from_hook(self.hook, self.number);
    }
}

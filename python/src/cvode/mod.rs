//! NEURON's class `CVode`: one integrator, whichever method it uses.
//!
//! `settings` has tolerances and choices of the method, `states` the state vector, `statistics` what
//! is counted, `events` events of the caller's own and the queue, `callbacks` code that is called
//! within steps, `netconlist` finds NetCons, `record` records. With the fixed step, settings of the variable step are
//! kept and have no effect.

mod callbacks;
mod circuit;
mod events;
mod netconlist;
mod record;
mod settings;
mod states;
mod statistics;

use pyo3::prelude::*;

use runtime::CallbackId;
use runtime::session::Pace;

use crate::callback::{self, GATHERING, SCATTERED};
use crate::hoc::HocObject;
use crate::run::drive;
use crate::vector::Vector;
use crate::world;

/// The integrator. All objects of this class are the same one.
#[pyclass(name = "CVode", module = "nmodlrs", frozen)]
pub struct CVode;

/// Whether steps are of variable length.
fn active() -> PyResult<bool> {
    world::with(|session| Ok(session.cvode.active))
}

/// Has steps be of variable length, or not. As in NEURON the integrator begins then, if callbacks of
/// `extra_scatter_gather` see it.
fn switch_to(py: Python<'_>, on: bool) -> PyResult<bool> {
    let begins = world::with(|session| {
        session.set_variable_step(on)?;
        Ok(on && session.may_begin())
    })?;
    if begins && callback::is_hooked(&[SCATTERED, GATHERING]) {
        drive(py, |session| session.reinitialize_integrator())?;
    }
    active()
}

/// Has steps be of variable length, with one integrator or one for each cell, or of fixed length, as the
/// standard run system does; whether they are of variable length then.
fn choose(py: Python<'_>, variable: bool, local: bool) -> PyResult<bool> {
    world::with(|session| session.begin_choice(variable, local))?;
    let now = switch_to(py, variable)?;
    world::with(|session| session.end_choice(variable))?;
    Ok(now)
}

/// Whether each cell has its own steps; switches that.
fn local(on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
    let on = on.map(PyAnyMethods::is_truthy).transpose()?;
    world::with(|session| {
        if let Some(on) = on {
            session.set_local_step(on)?;
        }
        Ok(session.cvode.local)
    })
}

/// True or 1, False or 0.
fn switch(on: &Bound<'_, PyAny>) -> PyResult<bool> {
    match on.extract::<f64>() {
        Ok(0.0) => Ok(false),
        Ok(1.0) => Ok(true),
        _ => Err(refused(format!(
            "CVode.active: {} is not True, False, 1, 0 or a Vector of times",
            on.repr()?
        ))),
    }
}

/// The exception for an argument that is not what it may be: a ValueError that is a RuntimeError as
/// well, as all of NEURON's are.
fn refused(text: impl Into<String>) -> PyErr {
    of_both("ArgumentError", text.into())
}

/// The exception for a number of something that there is not: an IndexError and a RuntimeError.
fn no_such(text: impl Into<String>) -> PyErr {
    of_both("NoSuchElement", text.into())
}

fn of_both(class: &str, text: String) -> PyErr {
    Python::attach(|py| {
        let made = py
            .import("nmodlrs.interface")
            .and_then(|interface| interface.getattr(class)?.call1((text,)));
        made.map_or_else(|error| error, PyErr::from_value)
    })
}

/// A number that counts from 0.
fn index(name: &str, value: f64, what: &str) -> PyResult<usize> {
    if value >= 0.0 && value <= f64::from(u32::MAX) {
        return Ok(value as usize);
    }
    Err(no_such(format!("CVode.{name}: there is no {what} {value}")))
}

#[pymethods]
impl CVode {
    #[new]
    fn new() -> Self {
        Self
    }

    /// True if steps are of variable length; switches that on or off. `active(True)` has `fadvance`
    /// end with each step, `active(True, dt)` after dt (ms), `active(tvec)` at each of the times in a
    /// Vector, and after the last with each step.
    #[pyo3(signature = (on=None, dt=None))]
    fn active(
        &self,
        py: Python<'_>,
        on: Option<&Bound<'_, PyAny>>,
        dt: Option<f64>,
    ) -> PyResult<bool> {
        let Some(on) = on else {
            return active();
        };
        let (pace, times) = match (on.cast::<Vector>(), dt) {
            (Ok(times), _) => (Pace::Times(times.get().series()), true),
            (Err(_), Some(dt)) => (Pace::Interval(dt), false),
            (Err(_), None) => (Pace::Steps, false),
        };
        let on = match times {
            true => true,
            false => switch(on)?,
        };
        world::with(|session| session.set_pace(pace))?;
        switch_to(py, on)
    }

    /// True if each cell has its own integrator and time, when steps are of variable length;
    /// switches that on or off.
    #[pyo3(signature = (on=None))]
    fn use_local_dt(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        local(on)
    }

    /// What makes the steps: 1 for the fixed step, and 100 more for each order of `secondorder`; 301
    /// for CVODE, 1301 if each cell has its own, 411 for IDA. The last digit is 2 with extracellular or
    /// a LinearMechanism.
    fn current_method(&self) -> PyResult<u32> {
        world::with(|session| Ok(session.current_method()))
    }

    /// Initializes the integrator after states were changed; the fixed step needs nothing.
    fn re_init(&self, py: Python<'_>) -> PyResult<f64> {
        if active()? {
            drive(py, |session| session.reinitialize_integrator())?;
        } else {
            callback::call(py, CallbackId(GATHERING))?;
        }
        Ok(0.0)
    }

    /// Makes one step, or steps until `tstop` (ms).
    #[pyo3(signature = (tstop=None))]
    fn solve(&self, py: Python<'_>, tstop: Option<f64>) -> PyResult<f64> {
        match tstop {
            None => drive(py, |session| session.advance())?,
            Some(tstop) => drive(py, |session| session.solve_until(tstop))?,
        }
        Ok(0.0)
    }

    /// One step of fixed length, dt, from the states that there are. `states` does not know of it
    /// until `re_init`.
    fn fixed_step(&self, py: Python<'_>) -> PyResult<f64> {
        drive(py, |session| session.fixed_step())?;
        Ok(0.0)
    }

    /// How often sections, segments, connections, mechanisms and point processes had changed when
    /// the model was set up.
    fn structure_change_count(&self) -> PyResult<u32> {
        world::with(|session| Ok(session.structure().change_counts().0))
    }

    /// How often diameters, lengths, resistivities or capacitances had changed when it was set up.
    fn diam_change_count(&self) -> PyResult<u32> {
        world::with(|session| Ok(session.structure().change_counts().1))
    }

    /// Does nothing: delivered events keep no memory.
    fn free_event_queues(&self) -> f64 {
        0.0
    }

    /// Does nothing: there are no pools of memory to shrink. Returns its argument.
    #[pyo3(signature = (shrink=0.0))]
    fn poolshrink(&self, shrink: f64) -> f64 {
        shrink
    }

    /// Does nothing: there is one process, so that all steps are global already.
    fn use_parallel(&self) -> f64 {
        1.0
    }

    /// Does nothing: the Neocortical Simulator's interface is not built in.
    fn ncs_netcons(&self) -> f64 {
        0.0
    }

    /// Ends what plots had asked for, which is nothing here.
    fn simgraph_remove(&self) -> f64 {
        0.0
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.is_instance_of::<Self>()
    }

    fn __hash__(&self) -> isize {
        0
    }

    fn __repr__(&self) -> &'static str {
        "CVode[0]"
    }

    fn hname(&self) -> &'static str {
        "CVode[0]"
    }
}

#[pymethods]
impl HocObject {
    /// The integrator.
    #[getter]
    fn cvode(&self) -> CVode {
        CVode
    }

    /// 1 if steps are of variable length; switches that on, with one integrator for all cells, or
    /// off, also for `continuerun`. `dt` is then that of fixed steps, as it was before they were left.
    #[pyo3(signature = (on=None))]
    fn cvode_active(&self, py: Python<'_>, on: Option<&Bound<'_, PyAny>>) -> PyResult<f64> {
        let now = match on {
            Some(on) => choose(py, on.is_truthy()?, false)?,
            None => active()?,
        };
        Ok(f64::from(now))
    }

    /// 1 if each cell has its own integrator and time. Switches that on, with steps of variable
    /// length also for `continuerun`; or goes back to steps of fixed length.
    #[pyo3(signature = (on=None))]
    fn cvode_local(&self, py: Python<'_>, on: Option<&Bound<'_, PyAny>>) -> PyResult<f64> {
        if let Some(on) = on {
            let on = on.is_truthy()?;
            choose(py, on, on)?;
        }
        local(None).map(f64::from)
    }
}

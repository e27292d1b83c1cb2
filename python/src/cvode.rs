//! NEURON's class `CVode`: settings of the integrators, and events of the caller's own.
//!
//! With the fixed step the settings are kept and have no effect.

use pyo3::exceptions::{PyNotImplementedError, PyValueError};
use pyo3::prelude::*;
use runtime::Place;
use runtime::session::CvodeSettings;

use crate::callback::{self, EVERY_STEP};
use crate::hoc::HocObject;
use crate::run::drive;
use crate::world;

/// The integrator. All objects of this class are the same one.
#[pyclass(name = "CVode", module = "nmodlrs", frozen)]
pub struct CVode;

/// Sets or reads one of the settings.
fn setting<T: Copy>(field: impl Fn(&mut CvodeSettings) -> &mut T, value: Option<T>) -> PyResult<T> {
    world::with(|session| {
        let known = field(&mut session.cvode);
        *known = value.unwrap_or(*known);
        Ok(*known)
    })
}

fn within(name: &str, value: Option<f64>, low: f64, high: f64) -> PyResult<Option<f64>> {
    match value {
        Some(value) if !(low..=high).contains(&value) => Err(PyValueError::new_err(format!(
            "CVode.{name}: {value} is not from {low} to {high}"
        ))),
        value => Ok(value),
    }
}

/// Whether something that only the variable step has is asked for.
fn refuse(what: &str, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
    match on.map(PyAnyMethods::is_truthy).transpose()? {
        Some(true) => Err(PyNotImplementedError::new_err(format!(
            "CVode.{what}: there is no variable time step yet"
        ))),
        _ => Ok(false),
    }
}

#[pymethods]
impl CVode {
    #[new]
    fn new() -> Self {
        Self
    }

    /// True if the variable time step is on; it cannot be switched on yet.
    #[pyo3(signature = (on=None, _dt=None))]
    fn active(
        &self,
        on: Option<&Bound<'_, PyAny>>,
        _dt: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<bool> {
        refuse("active(True)", on)
    }

    /// True if each cell has its own time step; it cannot be switched on yet.
    #[pyo3(signature = (on=None))]
    fn use_local_dt(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        refuse("use_local_dt(True)", on)
    }

    /// True if IDA is used; it cannot be switched on yet.
    #[pyo3(signature = (on=None))]
    fn use_daspk(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        refuse("use_daspk(True)", on)
    }

    /// True if the general sparse solver is used; it cannot be switched on yet.
    #[pyo3(signature = (on=None))]
    fn use_mxb(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        refuse("use_mxb(True)", on)
    }

    /// Absolute tolerance.
    #[pyo3(signature = (tolerance=None))]
    fn atol(&self, tolerance: Option<f64>) -> PyResult<f64> {
        let value = within("atol", tolerance, 0.0, 1e9)?;
        setting(|c| &mut c.atol, value)
    }

    /// Relative tolerance.
    #[pyo3(signature = (tolerance=None))]
    fn rtol(&self, tolerance: Option<f64>) -> PyResult<f64> {
        let value = within("rtol", tolerance, 0.0, 1e9)?;
        setting(|c| &mut c.rtol, value)
    }

    /// Longest step in ms.
    #[pyo3(signature = (step=None))]
    fn maxstep(&self, step: Option<f64>) -> PyResult<f64> {
        let value = within("maxstep", step, 0.0, 1e9)?;
        setting(|c| &mut c.maxstep_ms, value)
    }

    /// Shortest step in ms.
    #[pyo3(signature = (step=None))]
    fn minstep(&self, step: Option<f64>) -> PyResult<f64> {
        let value = within("minstep", step, 0.0, 1e9)?;
        setting(|c| &mut c.minstep_ms, value)
    }

    /// Highest order of the method, 0 to 5.
    #[pyo3(signature = (order=None))]
    fn maxorder(&self, order: Option<f64>) -> PyResult<u32> {
        let value = within("maxorder", order, 0.0, 5.0)?;
        setting(|c| &mut c.maxorder, value.map(|v| v as u32))
    }

    /// 0 for Adams' method, 1 and 2 for backward differentiation.
    #[pyo3(signature = (kind=None))]
    fn stiff(&self, kind: Option<f64>) -> PyResult<u32> {
        let value = within("stiff", kind, 0.0, 2.0)?;
        setting(|c| &mut c.stiff, value.map(|v| v as u32))
    }

    /// 0 for the tree's Jacobian, 1 for a dense one, 2 for its diagonal.
    #[pyo3(signature = (kind=None))]
    fn jacobian(&self, kind: Option<f64>) -> PyResult<u32> {
        let value = within("jacobian", kind, 0.0, 2.0)?;
        setting(|c| &mut c.jacobian, value.map(|v| v as u32))
    }

    /// 1 for thresholds at the ends of steps, 2 for interpolated times.
    #[pyo3(signature = (order=None))]
    fn condition_order(&self, order: Option<f64>) -> PyResult<u32> {
        let value = within("condition_order", order, 1.0, 2.0)?;
        setting(|c| &mut c.condition_order, value.map(|v| v as u32))
    }

    /// Which queue of events is used. The order of delivery does not depend on it.
    #[pyo3(signature = (mode=None))]
    fn queue_mode(&self, mode: Option<f64>) -> PyResult<u32> {
        let value = within("queue_mode", mode, 0.0, 3.0)?;
        setting(|c| &mut c.queue_mode, value.map(|v| v as u32))
    }

    /// Step in ms for the initialization of differential-algebraic systems.
    #[pyo3(signature = (step=None))]
    fn dae_init_dteps(&self, step: Option<f64>) -> PyResult<f64> {
        let value = within("dae_init_dteps", step, 1e-100, 1.0)?;
        setting(|c| &mut c.dae_init_dteps_ms, value)
    }

    /// What makes the steps: 1 for the fixed step, and 100 more for each order of `secondorder`.
    fn current_method(&self) -> PyResult<i32> {
        let order = world::with(|session| session.get(Place::Model, "secondorder"))?;
        Ok(1 + 100 * order as i32)
    }

    /// Whether `i_membrane_` of all segments is computed in each step. Sets it, and returns what was
    /// before.
    #[pyo3(signature = (on=None))]
    fn use_fast_imem(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        let on = on.map(PyAnyMethods::is_truthy).transpose()?;
        world::with(|session| Ok(session.use_fast_imem(on)))
    }

    /// Always True: variables are contiguous.
    #[pyo3(signature = (_on=None))]
    fn cache_efficient(&self, _on: Option<&Bound<'_, PyAny>>) -> bool {
        true
    }

    /// Initializes the integrator after states were changed; the fixed step needs nothing.
    fn re_init(&self) -> f64 {
        0.0
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

    /// Has `statement` called at time `t` (ms); without one, `batch_run` and `psolve` end there.
    /// With a point process it is called among the other events of that time, else at the end of
    /// the step.
    #[pyo3(signature = (t, statement=None, point=None, re_init=None))]
    fn event(
        &self,
        t: f64,
        statement: Option<&Bound<'_, PyAny>>,
        point: Option<&Bound<'_, PyAny>>,
        re_init: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        if re_init.is_some() && point.is_none() {
            return Err(PyValueError::new_err(
                "CVode.event: re_init needs a point process before it",
            ));
        }
        let Some(statement) = statement else {
            return world::with(|session| session.send_stop(t));
        };
        let callback = callback::once(statement)?;
        world::with(|session| match point {
            None => session.send_call(t, callback),
            Some(_) => session.send_call_at_once(t, callback),
        })
    }

    /// Has `statement` called in every step, when v is that of its end and the states are not.
    fn extra_scatter_gather(&self, mode: f64, statement: &Bound<'_, PyAny>) -> PyResult<f64> {
        if mode != 0.0 {
            return Err(PyNotImplementedError::new_err(
                "CVode.extra_scatter_gather: only mode 0, after scatter, has a meaning for the fixed step",
            ));
        }
        callback::add_to_hook(EVERY_STEP, statement)?;
        Ok(0.0)
    }

    /// Ends that.
    fn extra_scatter_gather_remove(&self, statement: &Bound<'_, PyAny>) -> PyResult<f64> {
        callback::remove_equal_from_hook(EVERY_STEP, statement)?;
        Ok(0.0)
    }

    /// Does nothing: delivered events keep no memory.
    fn free_event_queues(&self) -> f64 {
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

    /// 1 if the variable time step is on; it cannot be switched on yet.
    #[pyo3(signature = (on=None))]
    fn cvode_active(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<f64> {
        refuse("active(True)", on).map(f64::from)
    }

    /// 1 if each cell has its own time step; it cannot be switched on yet.
    #[pyo3(signature = (on=None))]
    fn cvode_local(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<f64> {
        refuse("use_local_dt(True)", on).map(f64::from)
    }
}

//! NEURON's class `CVode`: settings of the integrators, and events of the caller's own.
//!
//! With the fixed step the settings are kept and have no effect.

use pyo3::exceptions::{PyIndexError, PyNotImplementedError, PyValueError};
use pyo3::prelude::*;
use runtime::StateQuantity;
use runtime::session::CvodeSettings;

use crate::callback::{self, EVERY_STEP};
use crate::hoc::HocObject;
use crate::reference::Reference;
use crate::run::{drive, print};
use crate::vector::Vector;
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

/// Whether steps are of variable length; switches that.
fn active(on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
    let on = on.map(PyAnyMethods::is_truthy).transpose()?;
    if on == Some(true) && callback::is_hooked(EVERY_STEP) {
        return Err(not_called());
    }
    world::with(|session| {
        if let Some(on) = on {
            session.set_variable_step(on)?;
        }
        Ok(session.cvode.active)
    })
}

fn not_called() -> PyErr {
    PyNotImplementedError::new_err(
        "CVode.extra_scatter_gather: with variable steps nothing is called yet",
    )
}

/// Fills a vector with a quantity of all states.
fn fill(destination: &Bound<'_, Vector>, quantity: StateQuantity) -> PyResult<f64> {
    let values = world::with(|session| Ok(session.simulation()?.states(quantity)?))?;
    put(destination, values)?;
    Ok(0.0)
}

fn put(destination: &Bound<'_, Vector>, values: Vec<f64>) -> PyResult<()> {
    let vector = destination.borrow();
    let mut elements = vector.handle().lock();
    elements
        .assign("from", values)
        .map_err(crate::vector::exception)
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
            "CVode.{what} is not there yet"
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

    /// True if steps are of variable length; switches that on or off.
    #[pyo3(signature = (on=None, _dt=None))]
    fn active(
        &self,
        on: Option<&Bound<'_, PyAny>>,
        _dt: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<bool> {
        active(on)
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
        if value == Some(2.0) {
            return Err(PyNotImplementedError::new_err(
                "CVode.jacobian(2): the diagonal matrix is not there yet",
            ));
        }
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
    fn current_method(&self) -> PyResult<u32> {
        world::with(|session| Ok(session.current_method()))
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
    fn re_init(&self) -> PyResult<f64> {
        world::with(|session| session.reinitialize_integrator())?;
        Ok(0.0)
    }

    /// Scale of the absolute tolerance of all states of a name, as `v`, `m_hh` or `ExpSyn.g`.
    #[pyo3(signature = (name, scale=None))]
    fn atolscale(&self, name: &Bound<'_, PyAny>, scale: Option<f64>) -> PyResult<f64> {
        let name = match name.cast::<Reference>() {
            Ok(reference) => match reference.borrow().0.variable() {
                Some((_, name)) => name.to_owned(),
                None => {
                    return Err(PyValueError::new_err(
                        "CVode.atolscale: the reference is not to a state",
                    ));
                }
            },
            Err(_) => name.extract()?,
        };
        let scale = within("atolscale", scale, 0.0, 1e9)?;
        world::with(|session| {
            if let Some(scale) = scale {
                // NEURON keeps it in single precision.
                let scale = f64::from(scale as f32);
                session.cvode.scales.insert(name.clone(), scale);
            }
            let known = session.cvode.scales.get(&name).copied();
            Ok(known
                .or_else(|| session.declared_tolerance(&name))
                .unwrap_or(1.0))
        })
    }

    /// Order of the last step.
    #[pyo3(signature = (_cell=None))]
    fn order(&self, _cell: Option<f64>) -> PyResult<u32> {
        world::with(|session| Ok(session.simulation()?.integration_order()?))
    }

    /// Fills the vector with the values of the states.
    fn states(&self, destination: &Bound<'_, Vector>) -> PyResult<f64> {
        fill(destination, StateQuantity::Value)
    }

    /// Fills the vector with the derivatives of the states.
    fn dstates(&self, destination: &Bound<'_, Vector>) -> PyResult<f64> {
        fill(destination, StateQuantity::Derivative)
    }

    /// Fills the vector with the weights of the error test.
    fn error_weights(&self, destination: &Bound<'_, Vector>) -> PyResult<f64> {
        fill(destination, StateQuantity::ErrorWeight)
    }

    /// Fills the vector with the estimated errors of the last step.
    fn acor(&self, destination: &Bound<'_, Vector>) -> PyResult<f64> {
        fill(destination, StateQuantity::LocalError)
    }

    /// Fills `derivatives` with those at time `t` (ms) and the states in `states`.
    fn f(
        &self,
        t: f64,
        states: &Bound<'_, Vector>,
        derivatives: &Bound<'_, Vector>,
    ) -> PyResult<f64> {
        let states = states.borrow().values();
        let values =
            world::with(|session| Ok(session.simulation()?.derivatives_at(t, &states)?))?;
        put(derivatives, values)?;
        Ok(0.0)
    }

    /// Sets the states to the elements of the vector; `re_init` makes them count.
    fn yscatter(&self, states: &Bound<'_, Vector>) -> PyResult<f64> {
        let states = states.borrow().values();
        world::with(|session| Ok(session.simulation()?.scatter_states(&states)?))?;
        Ok(0.0)
    }

    /// Fills the vector with the states that the model has.
    fn ygather(&self, destination: &Bound<'_, Vector>) -> PyResult<f64> {
        let values = world::with(|session| Ok(session.simulation()?.gather_states()?))?;
        put(destination, values)?;
        Ok(0.0)
    }

    /// Puts the name of state number `index` into the reference: in words (style 0 and 1), or as
    /// `v`, `m_hh`, `ExpSyn.g` (2).
    #[pyo3(signature = (index, destination, style=0.0))]
    fn statename(&self, index: usize, destination: &Bound<'_, PyAny>, style: f64) -> PyResult<f64> {
        let name = world::with(|session| {
            let names = session.simulation()?.state_names()?;
            Ok(names.get(index).map(|name| match style {
                2.0 => name.base.clone(),
                _ => session.describe_state(name),
            }))
        })?;
        let Some(name) = name else {
            return Err(PyIndexError::new_err(format!(
                "CVode.statename: there is no state {index}"
            )));
        };
        destination.set_item(0, name)?;
        Ok(0.0)
    }

    /// Prints how many steps and evaluations were made.
    #[pyo3(signature = (_cell=None))]
    fn statistics(&self, py: Python<'_>, _cell: Option<f64>) -> PyResult<f64> {
        let Some(s) = world::with(|session| {
            Ok(match session.cvode.active {
                true => Some(session.simulation()?.statistics()?),
                false => None,
            })
        })?
        else {
            return Ok(0.0);
        };
        let text = format!(
            "\nCvode instance statistics : {} CVode states\n   {} advance_tn, {} interpolate, {} init ({} due to at_time)\n   {} function evaluations, {} mx=b solves, 0 jacobian setups\n",
            s.equations,
            s.steps,
            s.interpolations,
            s.initializations,
            s.initializations_at_times,
            s.evaluations,
            s.solves,
        );
        print(py, &text)?;
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
        if world::with(|session| Ok(session.cvode.active))? {
            return Err(not_called());
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

    /// 1 if steps are of variable length; switches that on or off, also for `continuerun`.
    #[pyo3(signature = (on=None))]
    fn cvode_active(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<f64> {
        let now = active(on)?;
        if on.is_some() {
            world::with(|session| {
                session.run_control.using_cvode_ = f64::from(now);
                Ok(())
            })?;
        }
        Ok(f64::from(now))
    }

    /// 1 if each cell has its own time step; it cannot be switched on yet.
    #[pyo3(signature = (on=None))]
    fn cvode_local(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<f64> {
        refuse("use_local_dt(True)", on).map(f64::from)
    }
}

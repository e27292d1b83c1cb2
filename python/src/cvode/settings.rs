//! Tolerances and choices of the method.

use pyo3::exceptions::{PyNotImplementedError, PyValueError};
use pyo3::prelude::*;
use runtime::session::CvodeSettings;

use super::CVode;
use crate::reference::Reference;
use crate::world;

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

#[pymethods]
impl CVode {
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
}

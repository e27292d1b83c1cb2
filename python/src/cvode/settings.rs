//! Tolerances and choices of the method.

use pyo3::prelude::*;
use runtime::session::CvodeSettings;

use super::{CVode, refused};
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

pub fn within(name: &str, value: Option<f64>, low: f64, high: f64) -> PyResult<Option<f64>> {
    match value {
        Some(value) if !(low..=high).contains(&value) => Err(refused(format!(
            "CVode.{name}: {} is not from {} to {}",
            short(value),
            short(low),
            short(high)
        ))),
        value => Ok(value),
    }
}

/// A number as people write it: powers of ten for very small and very large ones.
fn short(value: f64) -> String {
    match value.abs() {
        size if size != 0.0 && size < 1e-5 || size >= 1e16 => format!("{value:e}"),
        _ => value.to_string(),
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

    /// Scale of the absolute tolerance of all states of a name, as `v`, `m_hh` or `ExpSyn.g`, or of
    /// the name that a reference to one of them has.
    #[pyo3(signature = (name, scale=None))]
    fn atolscale(&self, name: &Bound<'_, PyAny>, scale: Option<f64>) -> PyResult<f64> {
        let refused = |what: &str| {
            Err(refused(format!(
                "CVode.atolscale: {what} must be in form rangevar or Template.var"
            )))
        };
        let name = match name.cast::<Reference>() {
            Ok(reference) => {
                let variable = reference.borrow().0.clone();
                match world::with(|session| Ok(session.state_name_of(&variable)))? {
                    Some(name) => name,
                    None => return refused("what the reference is to"),
                }
            }
            Err(_) => {
                let name: String = name.extract()?;
                if !world::with(|session| Ok(session.is_state_name(&name)))? {
                    return refused(&name);
                }
                name
            }
        };
        let scale = within("atolscale", scale, 1e-30, 1e30)?;
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

    /// Highest order of the method: to 5 for backward differentiation, to 12 for Adams' method
    /// (`stiff(0)`); 0 stands for these.
    #[pyo3(signature = (order=None))]
    fn maxorder(&self, order: Option<f64>) -> PyResult<u32> {
        let value = within("maxorder", order, 0.0, 12.0)?;
        world::with(|session| {
            let settings = &mut session.cvode;
            settings.maxorder = value.map(|v| v as u32).or(settings.maxorder);
            Ok(match settings.maxorder {
                Some(order) => order,
                None => settings.highest_order(),
            })
        })
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

    /// Which queues of events are used: with 1 NetCon events of the fixed step are due at the step
    /// boundary nearest to their time; the second argument is kept and counts 2.
    #[pyo3(signature = (bins=None, own=None))]
    fn queue_mode(&self, bins: Option<f64>, own: Option<f64>) -> PyResult<u32> {
        let bins = within("queue_mode", bins, 0.0, 1.0)?;
        let own = within("queue_mode", own, 0.0, 1.0)?;
        world::with(|session| {
            let mut mode = session.queue_mode(None);
            if let Some(bins) = bins {
                mode = mode & 2 | bins as u32;
            }
            if let Some(own) = own {
                mode = mode & 1 | (own as u32) << 1;
            }
            Ok(session.queue_mode(Some(mode)))
        })
    }

    /// Step in ms for the initialization of differential-algebraic systems; with a second argument
    /// which heuristic is used, and what happens where it fails (0, 1, 2, 8, 9, 10).
    #[pyo3(signature = (step=None, style=None))]
    fn dae_init_dteps(&self, step: Option<f64>, style: Option<f64>) -> PyResult<f64> {
        let step = within("dae_init_dteps", step, 1e-100, 1.0)?;
        let style = within("dae_init_dteps", style, 0.0, 11.0)?;
        setting(|c| &mut c.dae_init_style, style.map(|s| s as u32))?;
        setting(|c| &mut c.dae_init_dteps_ms, step)
    }

    /// Whether sums are accumulated with more digits. All sums have one order here, whatever the
    /// number of threads, so that nothing depends on it.
    #[pyo3(signature = (on=None))]
    fn use_long_double(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        let on = on.map(PyAnyMethods::is_truthy).transpose()?;
        setting(|c| &mut c.use_long_double, on)
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

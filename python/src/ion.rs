//! Ions: registering, charge, style, and the equations of Nernst and of Goldman, Hodgkin and Katz.

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::hoc::HocObject;
use crate::world;

/// What functions of ions take beside numbers.
fn numbers(function: &str, arguments: &Bound<'_, PyTuple>, from: usize) -> PyResult<Vec<f64>> {
    let wrong = |_| PyTypeError::new_err(format!("{function} takes numbers there"));
    arguments
        .iter()
        .skip(from)
        .map(|argument| argument.extract().map_err(wrong))
        .collect()
}

fn not_enough(function: &str) -> PyErr {
    PyRuntimeError::new_err(format!("{function}: not enough arguments"))
}

#[pymethods]
impl HocObject {
    /// Makes an ion known: `ion_register("xx", 2)`. One that is known must have that charge.
    /// Returns a number for its mechanism.
    fn ion_register(&self, name: &str, charge: f64) -> PyResult<f64> {
        let id = world::with(|session| session.register_ion(name, charge))?;
        Ok(id.index() as f64)
    }

    /// Charge of an ion, by the name of its mechanism: `ion_charge("na_ion")`.
    fn ion_charge(&self, mechanism: &str) -> PyResult<f64> {
        world::with(|session| session.ion_charge(mechanism))
    }

    /// How an ion is treated in a section: `ion_style("na_ion", sec=section)` returns it as one
    /// number, c_style + 4 cinit + 8 e_style + 32 einit + 64 eadvance, with 128 and 256 if a
    /// mechanism writes the internal and external concentration, or -1 if the ion is not there; `ion_style("na_ion", c_style, e_style, einit, eadvance, cinit, sec=section)` sets
    /// it and returns what it was.
    #[pyo3(signature = (mechanism, *style, sec=None))]
    fn ion_style(
        &self,
        mechanism: &str,
        style: &Bound<'_, PyTuple>,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        let section = world::section(style.py(), sec)?.get().id()?;
        let before = world::with(|session| session.ion_style(mechanism, section))?;
        let given = numbers("ion_style", style, 0)?;
        if given.is_empty() {
            return Ok(before);
        }
        let style = given.first_chunk().ok_or_else(|| not_enough("ion_style"))?;
        world::with(|session| session.set_ion_style(mechanism, section, *style))?;
        Ok(before)
    }

    /// The Nernst equation: `nernst(ci, co, charge)` in mM gives mV; `nernst("ena", x,
    /// sec=section)`, and the same for "nai" and "nao", gives what that variable would be by the
    /// other two (x is 0.5 if it is missing).
    #[pyo3(signature = (*arguments, sec=None))]
    fn nernst(
        &self,
        arguments: &Bound<'_, PyTuple>,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        let py = arguments.py();
        let first = arguments.get_item(0).map_err(|_| not_enough("nernst"))?;
        if let Ok(name) = first.extract::<String>() {
            let x = numbers("nernst", arguments, 1)?.first().copied();
            let x = x.unwrap_or(0.5).into_pyobject(py)?.into_any();
            let place = world::segment(&x, sec)?.get().place();
            return world::with(|session| session.nernst_of(&name, place));
        }
        match numbers("nernst", arguments, 0)?[..] {
            [ci, co, charge, ..] => world::with(|session| Ok(session.nernst(ci, co, charge))),
            _ => Err(not_enough("nernst")),
        }
    }

    /// Goldman–Hodgkin–Katz current in mA/cm² for a permeability of 1 cm/s:
    /// `ghk(v, ci, co, charge)` in mV and mM.
    fn ghk(&self, v: f64, ci: f64, co: f64, charge: f64) -> PyResult<f64> {
        world::with(|session| Ok(session.ghk(v, ci, co, charge)))
    }
}

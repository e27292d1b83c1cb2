//! References to variables: what NEURON's `_ref_` names give.

use pyo3::prelude::*;
use runtime::{SharedCell, Target, session};

use crate::world;

/// A variable that can be read, set, recorded, played into and pointed at.
#[pyclass(name = "Pointer", module = "nmodlrs._nmodlrs")]
pub struct Reference(pub session::Reference);

#[pymethods]
impl Reference {
    fn __getitem__(&mut self, index: isize) -> PyResult<f64> {
        check(index)?;
        world::with(|session| session.read(&mut self.0))
    }

    fn __setitem__(&mut self, index: isize, value: f64) -> PyResult<()> {
        check(index)?;
        world::with(|session| session.write(&mut self.0, value))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.try_borrow().is_ok_and(|other| other.0 == self.0))
    }

    fn __repr__(&mut self) -> PyResult<String> {
        let Some((place, name)) = self.0.variable() else {
            let value = world::with(|session| session.read(&mut self.0))?;
            return Ok(match self.0.target() {
                Target::Cell(cell) if let Some((_, index)) = cell.place() => {
                    format!("<pointer to element {index} of a Vector>")
                }
                Target::Cell(_) => format!("<hoc ref value {value:.6}>"),
                _ => "<pointer to a weight>".to_owned(),
            });
        };
        let place = world::with(|session| Ok(session.describe(place)))?;
        Ok(format!("<pointer to {name} of {place}>"))
    }
}

/// A reference to a number of its own: `h.ref(3)`.
#[pyfunction]
pub fn cell(value: f64) -> Reference {
    Reference(session::Reference::to(Target::Cell(SharedCell::new(value))))
}

/// The elements of a Vector from the one on that a reference is to, and its index.
pub fn elements(reference: &Bound<'_, PyAny>) -> Option<(Vec<f64>, usize)> {
    let reference = reference.cast::<Reference>().ok()?.try_borrow().ok()?;
    let Target::Cell(cell) = reference.0.target() else {
        return None;
    };
    let (series, index) = cell.place()?;
    let values = series.lock().values().get(index..)?.to_vec();
    Some((values, index))
}

fn check(index: isize) -> PyResult<()> {
    if index == 0 {
        return Ok(());
    }
    Err(pyo3::exceptions::PyIndexError::new_err(
        "a reference is to one variable: only [0] exists",
    ))
}

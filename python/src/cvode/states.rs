//! The state vector: values, derivatives, weights, errors, names.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use runtime::StateQuantity;

use super::CVode;
use crate::vector::Vector;
use crate::world;

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

#[pymethods]
impl CVode {
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
}

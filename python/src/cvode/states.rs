//! The state vector: values, derivatives, weights, errors, names.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use runtime::{Place, StateQuantity};

use super::{CVode, no_such, refused};
use crate::reference::Reference;
use crate::run::drive;
use crate::section::Section;
use crate::vector::Vector;
use crate::world;

/// Fills a vector with a quantity of all states.
fn fill(destination: &Bound<'_, Vector>, quantity: StateQuantity) -> PyResult<f64> {
    let values = world::with(|session| match session.cvode.active {
        true => Ok(session.simulation()?.states(quantity)?),
        false => Ok(Vec::new()),
    })?;
    put(destination, values)?;
    Ok(0.0)
}

pub fn put(destination: &Bound<'_, Vector>, values: Vec<f64>) -> PyResult<()> {
    let vector = destination.borrow();
    let mut elements = vector.handle().lock();
    elements
        .assign("from", values)
        .map_err(crate::vector::exception)
}

/// What the simulation was asked for.
fn answer() -> PyResult<Vec<f64>> {
    world::with(|session| Ok(session.simulation()?.answer().to_vec()))
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
        py: Python<'_>,
        t: f64,
        states: &Bound<'_, Vector>,
        derivatives: &Bound<'_, Vector>,
    ) -> PyResult<f64> {
        let states = states.borrow().values();
        drive(py, |session| {
            Ok(session.simulation()?.derivatives_at(t, &states)?)
        })?;
        put(derivatives, answer()?)?;
        Ok(0.0)
    }

    /// Sets the states to the elements of the vector; `re_init` makes them count.
    fn yscatter(&self, py: Python<'_>, states: &Bound<'_, Vector>) -> PyResult<f64> {
        let states = states.borrow().values();
        drive(py, |session| {
            Ok(session.simulation()?.scatter_states(&states)?)
        })?;
        Ok(0.0)
    }

    /// Fills the vector with the states that the model has.
    fn ygather(&self, py: Python<'_>, destination: &Bound<'_, Vector>) -> PyResult<f64> {
        drive(py, |session| Ok(session.simulation()?.gather_states()?))?;
        let values = answer()?;
        let count = values.len();
        put(destination, values)?;
        Ok(count as f64)
    }

    /// Puts the name of state number `index` into the reference: in words (style 0 and 1), or as
    /// `v`, `m_hh`, `ExpSyn.g` (2).
    #[pyo3(signature = (index, destination, style=0.0))]
    fn statename(&self, index: f64, destination: &Bound<'_, PyAny>, style: f64) -> PyResult<f64> {
        let py = destination.py();
        let index = super::index("statename", index, "state")?;
        let found = world::with(|session| {
            let mut names = session.simulation()?.state_names()?;
            let found = (index < names.len()).then(|| names.swap_remove(index));
            Ok(found.map(|name| (session.describe_state(&name), name)))
        })?;
        let Some((described, name)) = found else {
            return Err(no_such(format!(
                "CVode.statename: there is no state {index}"
            )));
        };
        let text = match (style, name.place) {
            (2.0, _) => name.base,
            // The name of a section that belongs to an object has the object's.
            (0.0 | 1.0, Place::Segment { section, x }) => {
                let section = Section::of(py, section)?.str()?;
                let x = py.import("builtins")?.call_method1("format", (x, "g"))?;
                format!("{section}.{}({x})", name.name)
            }
            (0.0, Place::Point(point)) => {
                // hoc's name of the object comes first
                let names = py.import("nmodlrs.language.names")?;
                let object = world::object(py, world::Key::Point(point));
                let reference: Option<String> =
                    names.call_method1("reference_to", (object,))?.extract()?;
                reference.map_or(described, |reference| format!("{reference}.{}", name.name))
            }
            (0.0 | 1.0, _) => described,
            _ => {
                return Err(refused(format!(
                    "CVode.statename: style {style} is not 0, 1 or 2"
                )));
            }
        };
        destination.set_item(0, text)?;
        Ok(0.0)
    }

    /// The largest magnitudes of states and of their errors. `state_magnitudes(1)` begins to
    /// measure, `(0)` ends that; `(vector, 0)` fills a Vector with those of the states, `(vector, 1)`
    /// with those of the errors; `(2)` collects the largest for each name of states, and
    /// `("m_hh", ref)` then returns that of the states and puts that of the errors into the
    /// reference; -1e9 where there is no such state.
    #[pyo3(signature = (what, second=None))]
    fn state_magnitudes(
        &self,
        what: &Bound<'_, PyAny>,
        second: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        if let Ok(destination) = what.cast::<Vector>() {
            let errors = second.map(PyAnyMethods::is_truthy).transpose()?;
            let values = world::with(|session| {
                if !session.cvode.active {
                    return Ok(Vec::new());
                }
                let simulation = session.simulation()?;
                let zeros = vec![0.0; simulation.equation_count()];
                let found = simulation.magnitudes()?;
                Ok(found.map_or(zeros, |[states, of_errors]| match errors {
                    Some(true) => of_errors,
                    _ => states,
                }))
            })?;
            put(destination, values)?;
            return Ok(0.0);
        }
        if let Ok(name) = what.cast::<PyString>() {
            let name = name.to_cow()?.into_owned();
            let known = world::with(|session| {
                let known = session.is_state_name(&name);
                Ok(known.then(|| session.magnitude(&name)))
            })?;
            let Some((state, error)) = known else {
                return Err(refused(format!(
                    "CVode.state_magnitudes: {name} must be in form rangevar or Template.var"
                )));
            };
            if let Some(reference) = second {
                let reference = reference.cast::<Reference>().map_err(|_| {
                    PyTypeError::new_err("CVode.state_magnitudes: the error goes into a reference")
                })?;
                let mut variable = reference.borrow().0.clone();
                world::with(|session| session.write(&mut variable, error))?;
            }
            return Ok(state);
        }
        let mode: f64 = what.extract()?;
        world::with(|session| match mode {
            0.0 | 1.0 => session.measure_magnitudes(mode == 1.0),
            2.0 => session.collect_magnitudes(),
            _ => Err(runtime::session::SessionError::Argument {
                name: "the mode of CVode.state_magnitudes",
                value: mode,
                requirement: "0, 1 or 2",
            }),
        })?;
        Ok(0.0)
    }
}

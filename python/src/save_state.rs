//! States of a run, for NEURON's `SaveState` (nmodlrs/save_state.py).

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use runtime::SavedState;

use crate::callback::{self, Event};
use crate::world;

/// A state that was taken, or the content of a file that was read.
#[pyclass(name = "State", module = "nmodlrs._nmodlrs", frozen)]
pub struct State(Content);

enum Content {
    /// With what its events call.
    Taken(Box<SavedState>, Vec<Event>),
    /// Of which model it is shows when it is brought back.
    File(Vec<u8>),
}

#[pymethods]
impl State {
    /// Takes the state of the run.
    #[staticmethod]
    fn take(py: Python<'_>) -> PyResult<Self> {
        let state = world::with(|session| Ok(session.save_state()))?;
        let events = callback::events(py);
        Ok(Self(Content::Taken(Box::new(state), events)))
    }

    /// Reads what `file` gave.
    #[staticmethod]
    fn read(file: Vec<u8>) -> PyResult<Self> {
        world::with(|_| Ok(SavedState::check_bytes(&file)?))?;
        Ok(Self(Content::File(file)))
    }

    /// The content of a file.
    fn file<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(match &self.0 {
            Content::Taken(state, _) => PyBytes::new(py, &world::with(|_| Ok(state.to_bytes()?))?),
            Content::File(file) => PyBytes::new(py, file),
        })
    }

    /// Brings the state back, with or without events, weights and played vectors.
    fn restore(&self, py: Python<'_>, events: bool) -> PyResult<()> {
        match &self.0 {
            Content::Taken(state, callables) => {
                world::with(|session| session.restore_state(state, events))?;
                if events {
                    callback::restore_events(py, callables);
                }
                Ok(())
            }
            Content::File(file) => world::with(|session| {
                let state = session.read_state(file)?;
                session.restore_state(&state, events)
            }),
        }
    }
}

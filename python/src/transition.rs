//! NEURON's class `StateTransitionEvent`.

use std::sync::Mutex;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use runtime::CallbackId;
use runtime::session::MachineId;

use crate::callback;
use crate::point_process::PointProcess;
use crate::reference::Reference;
use crate::world;

/// A machine with states 0, 1, …, that goes from one to another when a variable rises above
/// another one.
#[pyclass(name = "StateTransitionEvent", module = "nmodlrs", frozen)]
pub struct StateTransitionEvent {
    id: MachineId,
    callbacks: Mutex<Vec<CallbackId>>,
}

fn state(value: f64) -> PyResult<usize> {
    if value >= 0.0 && value <= f64::from(u32::MAX) {
        return Ok(value as usize);
    }
    Err(PyValueError::new_err(format!(
        "StateTransitionEvent: {value} is not a state"
    )))
}

#[pymethods]
impl StateTransitionEvent {
    #[new]
    #[pyo3(signature = (states, point=None))]
    fn new(states: f64, point: Option<&Bound<'_, PointProcess>>) -> PyResult<Self> {
        if !(1.0..=1e6).contains(&states) {
            return Err(PyValueError::new_err(format!(
                "StateTransitionEvent: {states} states, which is not from 1 to 1000000"
            )));
        }
        let point = point.map(|point| point.get().id()).transpose()?;
        let id = world::with(|session| Ok(session.add_machine(states as usize, point)))?;
        Ok(Self {
            id,
            callbacks: Mutex::default(),
        })
    }

    /// Adds a transition: in state `source` it goes to `destination`, and calls `statement`, when
    /// the variable `variable` rises above `threshold`.
    #[pyo3(signature = (source, destination, variable, threshold, statement=None))]
    fn transition(
        &self,
        source: f64,
        destination: f64,
        variable: &Bound<'_, Reference>,
        threshold: &Bound<'_, Reference>,
        statement: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        let between = (state(source)?, state(destination)?);
        let variable = variable.borrow().0.clone();
        let threshold = threshold.borrow().0.clone();
        let callback = statement.map(callback::always).transpose()?;
        if let (Some(callback), Ok(mut all)) = (callback, self.callbacks.lock()) {
            all.push(callback);
        }
        world::with(|session| {
            session.add_transition(self.id, between, &variable, &threshold, callback)
        })?;
        Ok(1.0)
    }

    /// The state; sets it, from when on its transitions are looked at.
    #[pyo3(signature = (value=None))]
    fn state(&self, value: Option<f64>) -> PyResult<usize> {
        let before = world::with(|session| session.machine_state(self.id))?;
        if let Some(value) = value {
            let value = state(value)?;
            world::with(|session| session.enter_state(self.id, value))?;
        }
        Ok(before)
    }
}

impl Drop for StateTransitionEvent {
    fn drop(&mut self) {
        if let Ok(callbacks) = self.callbacks.get_mut() {
            callbacks.drain(..).for_each(callback::forget);
        }
        world::release(world::Key::Machine(self.id));
    }
}

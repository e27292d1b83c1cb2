//! FUNCTIONs and PROCEDUREs of mechanisms as Python callables.

use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use runtime::session;
use runtime::{CallArgument, Place};

use crate::random::Random;
use crate::run;
use crate::vector::Vector;
use crate::world;

/// A FUNCTION or PROCEDURE. Arguments are numbers, or what its VERBATIM asks for; a PROCEDURE
/// returns 1.
#[pyclass(name = "MechanismFunction", module = "nmodlrs._nmodlrs", frozen)]
pub struct Function {
    pub function: session::Function,
    /// The instance that it is of; `None` for that of `setdata_suffix`.
    pub place: Option<Place>,
    /// Keeps the instance alive.
    pub _owner: Option<Py<PyAny>>,
}

#[pymethods]
impl Function {
    #[pyo3(signature = (*arguments))]
    fn __call__(&self, py: Python<'_>, arguments: &Bound<'_, PyTuple>) -> PyResult<f64> {
        let arguments: Vec<CallArgument> = arguments.iter().map(|a| argument(&a)).collect();
        let mut printed = String::new();
        let result = world::with(|session| {
            let result = match self.place {
                Some(place) => session.call_at(&self.function, place, &arguments),
                None => session.call(&self.function, &arguments),
            };
            printed = session.take_printed();
            result
        });
        run::print(py, &printed)?;
        result
    }

    /// The name in the .mod file.
    #[getter(__name__)]
    fn name(&self) -> &str {
        &self.function.name
    }

    fn __repr__(&self) -> String {
        format!("{}.{}", self.function.mechanism, self.function.name)
    }
}

/// What a mechanism is given.
pub fn argument(value: &Bound<'_, PyAny>) -> CallArgument {
    if let Ok(number) = value.extract::<f64>() {
        CallArgument::Number(number)
    } else if let Ok(text) = value.cast::<PyString>() {
        CallArgument::Text(text.to_string_lossy().into_owned())
    } else if let Ok(vector) = value.cast::<Vector>() {
        CallArgument::Vector(vector.get().handle().clone())
    } else if let Ok(random) = value.cast::<Random>() {
        CallArgument::Random(random.get().handle().clone())
    } else {
        CallArgument::Other
    }
}

/// NEURON's `setdata_suffix`: says which segment functions mean that are called by name alone.
#[pyclass(name = "SetData", module = "nmodlrs._nmodlrs", frozen)]
pub struct SetData(pub String);

#[pymethods]
impl SetData {
    #[pyo3(signature = (where_, sec=None))]
    fn __call__(&self, where_: &Bound<'_, PyAny>, sec: Option<&Bound<'_, PyAny>>) -> PyResult<f64> {
        let segment = world::segment(where_, sec)?;
        let place = segment.get().place();
        world::with(|session| session.set_data(&self.0, place))?;
        Ok(1.0)
    }

    fn __repr__(&self) -> String {
        format!("setdata_{}()", self.0)
    }
}

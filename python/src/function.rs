//! FUNCTIONs and PROCEDUREs of mechanisms as Python callables.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use runtime::session::{self, SessionError};
use runtime::{
    Afterwards, CallArgument, FileMode, HocFunctions, Place, SharedCell, SharedFile, SharedText,
    Target,
};

use crate::random::Random;
use crate::reference::Reference;
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
        call(py, arguments, |session, arguments| match self.place {
            Some(place) => session.call_at(&self.function, place, arguments),
            None => session.call(&self.function, arguments),
        })
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

/// A function of C that a mechanism has made a method of Vectors, of one Vector.
#[pyclass(name = "VectorMethod", module = "nmodlrs._nmodlrs", frozen)]
pub struct Method {
    pub method: session::VectorMethod,
    pub name: String,
    pub vector: Py<Vector>,
}

#[pymethods]
impl Method {
    #[pyo3(signature = (*arguments))]
    fn __call__(&self, py: Python<'_>, arguments: &Bound<'_, PyTuple>) -> PyResult<f64> {
        let vector = self.vector.get().handle();
        call(py, arguments, |session, arguments| {
            session.call_vector_method(self.method, vector, arguments)
        })
    }

    /// The name that it was installed with.
    #[getter(__name__)]
    fn name(&self) -> &str {
        &self.name
    }

    fn __repr__(&self) -> String {
        format!("Vector.{}", self.name)
    }
}

/// Makes a call with what Python gives, prints what it printed, and sets the variables whose
/// references were given to what they are then.
fn call(
    py: Python<'_>,
    arguments: &Bound<'_, PyTuple>,
    call: impl FnOnce(&mut session::Session, &[CallArgument]) -> Result<f64, SessionError>,
) -> PyResult<f64> {
    let given: Vec<CallArgument> = arguments.iter().map(|a| argument(&a)).collect();
    let before: Vec<f64> = given
        .iter()
        .map(|g| copied(g).map_or(0.0, SharedCell::get))
        .collect();
    let mut printed = String::new();
    let mut afterwards = Vec::new();
    let raised = Arc::new(Mutex::new(None));
    let hoc = hoc_functions(&raised);
    let result = world::with(|session| {
        session.await_afterwards(hoc);
        let result = call(session, &given);
        printed = session.take_printed();
        afterwards = session.take_afterwards();
        result
    });
    for ((value, given), before) in arguments.iter().zip(&given).zip(before) {
        give_back(&value, given, before)?;
    }
    run::print(py, &printed)?;
    if let Some(error) = raised.lock().unwrap_or_else(PoisonError::into_inner).take() {
        return Err(error);
    }
    for left in afterwards {
        do_afterwards(py, left)?;
    }
    result
}

/// The functions of hoc; what one raises is noted down.
fn hoc_functions(raised: &Arc<Mutex<Option<PyErr>>>) -> HocFunctions {
    let raised = Arc::clone(raised);
    HocFunctions::new(move |name, numbers| {
        let asked = Python::attach(|py| {
            let language = py.import("nmodlrs.language.calls")?;
            match numbers {
                None => language
                    .call_method1("is_function", (name,))?
                    .extract::<f64>(),
                Some(numbers) => {
                    let arguments = (name, numbers.to_vec());
                    language.call_method1("call_function", arguments)?.extract()
                }
            }
        });
        match asked {
            Ok(value) => Some(value),
            Err(error) => {
                // What asks for the session while it calls.
                let error = match error.to_string().contains("the session is in use") {
                    true => PyRuntimeError::new_err(format!(
                        "{name}, a function of hoc that C in VERBATIM calls, cannot use variables \
                         that are numbers of hoc's or of the model"
                    )),
                    false => error,
                };
                *raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                None
            }
        }
    })
}

/// Does what a function left to do.
fn do_afterwards(py: Python<'_>, left: Afterwards) -> PyResult<()> {
    match left {
        Afterwards::Execute(text) => {
            let h = py.import("nmodlrs")?.getattr("h")?;
            h.call1((text,)).map(drop)
        }
        Afterwards::IgnoreSignal(number, ignored) => {
            let signal = py.import("signal")?;
            let handler = signal.getattr(if ignored { "SIG_IGN" } else { "SIG_DFL" })?;
            signal.call_method1("signal", (number, handler)).map(drop)
        }
    }
}

/// What a call may have changed of an argument, back to where it came from.
fn give_back(value: &Bound<'_, PyAny>, given: &CallArgument, before: f64) -> PyResult<()> {
    match given {
        CallArgument::Copied(cell) if cell.get().to_bits() != before.to_bits() => {
            let mut reference = value.cast::<Reference>()?.try_borrow_mut()?;
            world::with(|session| session.write(&mut reference.0, cell.get()))
        }
        CallArgument::TextVariable(text) => {
            let text = text.get();
            if value.get_item(0)?.extract::<String>()? == text {
                return Ok(());
            }
            value.set_item(0, text)
        }
        CallArgument::Held(object) => give_back(&value.getattr("object")?, object, before),
        CallArgument::Named(object, _) => give_back(value, object, before),
        CallArgument::File(file) => {
            let at = file.position();
            value
                .getattr("_file")?
                .call_method1("seek", (at,))
                .map(drop)
        }
        _ => Ok(()),
    }
}

/// What an object of a class of the package is for a mechanism.
fn object(value: &Bound<'_, PyAny>) -> PyResult<CallArgument> {
    let py = value.py();
    let is = |module: &str, class: &str| -> PyResult<bool> {
        value.is_instance(&py.import(module)?.getattr(class)?)
    };
    if is("nmodlrs.ref", "Ref")? {
        return Ok(match value.get_item(0)?.extract::<String>() {
            Ok(text) => CallArgument::TextVariable(SharedText::new(text)),
            Err(_) => CallArgument::Other,
        });
    }
    if is("nmodlrs.ref", "Held")? {
        let object = argument(&value.getattr("object")?);
        return Ok(CallArgument::Held(Box::new(object)));
    }
    Ok(if is("nmodlrs.collection", "List")? {
        let objects = value.call_method0("_items")?;
        let objects = objects.try_iter()?.map(|each| Ok(argument(&each?)));
        named(value, CallArgument::List(objects.collect::<PyResult<_>>()?))
    } else if is("nmodlrs.file", "File")? {
        named(value, file(value)?)
    } else {
        named(value, CallArgument::Other)
    })
}

/// A File: what it has open.
fn file(value: &Bound<'_, PyAny>) -> PyResult<CallArgument> {
    let file = value.getattr("_file")?;
    if file.is_none() {
        return Ok(CallArgument::Other);
    }
    file.call_method0("flush")?;
    let mode: String = file.getattr("mode")?.extract()?;
    let mode = match &mode[..1] {
        "w" => FileMode::Write,
        "a" => FileMode::Append,
        _ => FileMode::Read,
    };
    let at: u64 = file.call_method0("tell")?.extract()?;
    let path: String = value.getattr("_path")?.extract()?;
    let path = std::path::absolute(path)?.to_string_lossy().into_owned();
    Ok(CallArgument::File(SharedFile::new(path, mode, at)))
}

/// An object with its name, if it has one.
fn named(value: &Bound<'_, PyAny>, object: CallArgument) -> CallArgument {
    let name = value.call_method0("hname").and_then(|name| name.extract());
    match name {
        Ok(name) => CallArgument::Named(Box::new(object), name),
        Err(_) => object,
    }
}

/// The copy of a number that a call is given.
fn copied(argument: &CallArgument) -> Option<&SharedCell> {
    match argument {
        CallArgument::Copied(cell) => Some(cell),
        _ => None,
    }
}

/// What a reference is for a mechanism: the number of the caller's, or a copy of a variable's.
fn reference(reference: &Bound<'_, Reference>) -> PyResult<CallArgument> {
    let mut reference = reference.try_borrow_mut()?;
    if let Target::Cell(cell) = reference.0.target() {
        return Ok(CallArgument::Reference(cell.clone()));
    }
    let value = world::with(|session| session.read(&mut reference.0))?;
    Ok(CallArgument::Copied(SharedCell::new(value)))
}

/// What a mechanism is given.
pub fn argument(value: &Bound<'_, PyAny>) -> CallArgument {
    if let Ok(number) = value.extract::<f64>() {
        CallArgument::Number(number)
    } else if let Ok(text) = value.cast::<PyString>() {
        CallArgument::Text(text.to_string_lossy().into_owned())
    } else if let Ok(vector) = value.cast::<Vector>() {
        let handle = CallArgument::Vector(vector.get().handle().clone());
        CallArgument::Named(Box::new(handle), vector.get().hname())
    } else if let Ok(random) = value.cast::<Random>() {
        named(value, CallArgument::Random(random.get().handle().clone()))
    } else if let Ok(given) = value.cast::<Reference>() {
        reference(given).unwrap_or(CallArgument::Other)
    } else {
        object(value).unwrap_or(CallArgument::Other)
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

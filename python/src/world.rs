//! The one session that all Python objects share, and its errors as exceptions.
//!
//! As NEURON, the package has one world for each process. Access is by [`with`], which must not
//! run Python code inside: a Python object that is dropped or called there would want the session
//! as well.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, TryLockError};

use pyo3::create_exception;
use pyo3::exceptions::{
    PyAttributeError, PyException, PyFileNotFoundError, PyIndexError, PyOSError, PyReferenceError,
    PyRuntimeError, PyTypeError, PyValueError,
};
use pyo3::prelude::*;
use pyo3::types::PyWeakrefReference;
use runtime::library::LibraryError;
use runtime::session::{MachineId, PatternId, Session, SessionError};
use runtime::{
    CallError, LinearId, ModelError, NetConId, PlayId, PointProcessId, RecordingId, SectionId,
};

use crate::access;
use crate::section::Section;
use crate::segment::Segment;

create_exception!(
    nmodlrs,
    CompileError,
    PyException,
    "A .mod file that cannot be compiled; the text shows the place."
);

static SESSION: LazyLock<Mutex<Result<Session, String>>> =
    LazyLock::new(|| Mutex::new(Session::new().map_err(|error| error.to_string())));

/// Python objects that are one for each thing of the model, while they live.
static OBJECTS: LazyLock<Mutex<HashMap<Key, Py<PyWeakrefReference>>>> =
    LazyLock::new(Mutex::default);

/// What Python objects that died stood for. A destructor can run while the session is in use, so
/// that what it deletes waits for the next use.
static RELEASED: Mutex<Vec<Key>> = Mutex::new(Vec::new());

/// What a Python object stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Section(SectionId),
    Point(PointProcessId),
    NetCon(NetConId),
    Recording(RecordingId),
    Play(PlayId),
    Machine(MachineId),
    Pattern(PatternId),
    Linear(LinearId),
}

/// Does something with the session.
pub fn with<T>(action: impl FnOnce(&mut Session) -> Result<T, SessionError>) -> PyResult<T> {
    let mut guard = match SESSION.try_lock() {
        Ok(guard) => guard,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => {
            return Err(PyRuntimeError::new_err(
                "the session is in use by another thread",
            ));
        }
    };
    match &mut *guard {
        Ok(session) => {
            delete_released(session).map_err(exception)?;
            action(session).map_err(exception)
        }
        Err(error) => Err(PyRuntimeError::new_err(error.clone())),
    }
}

/// Has what a Python object stood for deleted, because the object died. For destructors.
pub fn release(key: Key) {
    released().push(key);
}

/// Deletes something now.
pub fn delete(key: Key) -> PyResult<()> {
    release(key);
    with(|_| Ok(()))
}

fn delete_released(session: &mut Session) -> Result<(), SessionError> {
    let keys = std::mem::take(&mut *released());
    for key in keys {
        objects().remove(&key);
        match key {
            Key::Section(id) if session.structure().section(id).is_ok() => {
                session.model().remove_section(id)?;
            }
            Key::Point(id) if session.structure().point_mechanism(id).is_ok() => {
                session.model().destruct(id)?;
                session.model().remove_point(id)?;
            }
            Key::NetCon(id) if session.structure().netcon(id).is_ok() => {
                session.connections().remove_netcon(id)?;
            }
            Key::Recording(id) => session.stop_recording(id),
            Key::Play(id) => session.stop_playing(id),
            Key::Pattern(id) => session.remove_pattern(id),
            Key::Machine(id) => session.remove_machine(id),
            Key::Linear(id) => session.model().remove_linear(id),
            Key::Section(_) | Key::Point(_) | Key::NetCon(_) => {}
        }
    }
    Ok(())
}

fn released() -> std::sync::MutexGuard<'static, Vec<Key>> {
    RELEASED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The exception for an error.
pub fn exception(error: SessionError) -> PyErr {
    let text = error.to_string();
    match error {
        SessionError::Model(ModelError::UnknownVariable { .. } | ModelError::ReadOnly { .. })
        | SessionError::UnknownMechanism(_) => PyAttributeError::new_err(text),
        SessionError::Model(ModelError::Element { .. }) => PyIndexError::new_err(text),
        SessionError::Model(ModelError::UnknownId { .. }) => {
            PyReferenceError::new_err(format!("can't access what was deleted: {text}"))
        }
        SessionError::Model(ModelError::State { .. }) => PyRuntimeError::new_err(text),
        SessionError::Model(_) => PyValueError::new_err(text),
        SessionError::Library(LibraryError::Faulty(_)) => CompileError::new_err(text),
        SessionError::Library(LibraryError::Unreadable { .. }) => {
            PyFileNotFoundError::new_err(text)
        }
        SessionError::Library(_) => PyValueError::new_err(text),
        SessionError::Gid { .. } => PyValueError::new_err(text),
        SessionError::LayersInUse => PyRuntimeError::new_err(text),
        SessionError::Reference { .. } => PyTypeError::new_err(text),
        SessionError::Write(_) => PyOSError::new_err(text),
        SessionError::Call(CallError::Arguments { .. }) => PyTypeError::new_err(text),
        SessionError::Argument { .. } => PyValueError::new_err(text),
        SessionError::Run(_)
        | SessionError::StateFile(_)
        | SessionError::Call(_)
        | SessionError::NoData { .. }
        | SessionError::UnknownIon(_)
        | SessionError::IonCharge { .. }
        | SessionError::UnknownName(_) => PyRuntimeError::new_err(text),
    }
}

/// A segment from what NEURON's functions take: a segment, or a position with `sec=` or on the
/// currently accessed section.
pub fn segment<'py>(
    position: &Bound<'py, PyAny>,
    sec: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, Segment>> {
    if let Ok(segment) = position.cast::<Segment>() {
        return Ok(segment.clone());
    }
    let x: f64 = position.extract().map_err(|_| {
        PyTypeError::new_err("a segment is needed, as section(0.5), or a position and sec=section")
    })?;
    let section = section(position.py(), sec)?;
    Ok(section.call1((x,))?.cast_into::<Segment>()?)
}

/// The section that `sec=` says, or the currently accessed one.
pub fn section<'py>(
    py: Python<'py>,
    sec: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, Section>> {
    let wrong = |_| PyTypeError::new_err("sec must be a Section");
    let sec = sec.map(|sec| sec.clone().cast_into::<Section>().map_err(wrong));
    access::section(py, sec.transpose()?)
}

/// Sets an attribute if the class says how, as a property does.
pub fn set_by_descriptor(
    object: &Bound<'_, PyAny>,
    name: &str,
    value: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let Some(descriptor) = object.get_type().getattr_opt(name)? else {
        return Ok(false);
    };
    if !descriptor.hasattr("__set__")? {
        return Ok(false);
    }
    descriptor.call_method1("__set__", (object, value))?;
    Ok(true)
}

/// The exception for a name that NEURON has at `owner` (`h` or a class) and this package has not.
pub fn not_there(py: Python<'_>, owner: &str, name: &str) -> PyResult<Option<PyErr>> {
    let interface = py.import("nmodlrs.interface")?;
    let error = interface.call_method1("not_there", (owner, name))?;
    Ok((!error.is_none()).then(|| PyErr::from_value(error)))
}

/// A message about an unknown name, with the known names that are like it.
pub fn with_similar(py: Python<'_>, text: String, name: &str, known: Vec<String>) -> String {
    let close = || -> PyResult<Vec<String>> {
        let find = py.import("difflib")?.getattr("get_close_matches")?;
        find.call1((name, known))?.extract()
    };
    match close() {
        Ok(close) if !close.is_empty() => format!("{text} Similar: {}.", close.join(", ")),
        _ => text,
    }
}

/// Notes the Python object that stands for something.
pub fn remember(key: Key, object: &Bound<'_, PyAny>) -> PyResult<()> {
    let weak = PyWeakrefReference::new(object)?.unbind();
    objects().insert(key, weak);
    Ok(())
}

/// The Python object that stands for something, if it is alive.
pub fn object<'py>(py: Python<'py>, key: Key) -> Option<Bound<'py, PyAny>> {
    use pyo3::types::PyWeakrefMethods;
    let weak = objects().get(&key)?.clone_ref(py);
    weak.bind(py).upgrade()
}

fn objects() -> std::sync::MutexGuard<'static, HashMap<Key, Py<PyWeakrefReference>>> {
    OBJECTS
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

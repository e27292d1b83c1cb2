//! Python code that a run calls: events, handlers of the initialization, spikes.
//!
//! The runtime knows a callback by its number only; what is called is here.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use runtime::{CallbackId, Hook};

use crate::world;

/// Hooks of the runtime by the numbers that they call with; the first three are types of
/// FInitializeHandler.
const HOOKS: [(Hook, u64); 5] = [
    (Hook::Potentials, 0),
    (Hook::States, 1),
    (Hook::End, 2),
    (Hook::Scattered, SCATTERED),
    (Hook::Gathering, GATHERING),
];

/// The type of FInitializeHandler that is called before the runtime does anything.
pub const STRUCTURE: u64 = 3;

/// Number of the hook for states that were scattered.
pub const SCATTERED: u64 = 4;

/// Number of the hook for states that are to be gathered.
pub const GATHERING: u64 = 5;

/// The first number of a single callback.
const FIRST: u64 = 16;

static CALLBACKS: LazyLock<Mutex<Callbacks>> = LazyLock::new(|| {
    Mutex::new(Callbacks {
        next: FIRST,
        ..Callbacks::default()
    })
});

#[derive(Default)]
struct Callbacks {
    next: u64,
    single: HashMap<u64, Single>,
    /// For each hook what it calls, in order, with a number of its own.
    hooks: [Vec<(u64, Py<PyAny>)>; GATHERING as usize + 1],
}

struct Single {
    callable: Py<PyAny>,
    /// It is for one event, and gone after it.
    once: bool,
}

fn callbacks() -> MutexGuard<'static, Callbacks> {
    CALLBACKS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is called for an object: a statement of hoc is executed, others are called themselves.
fn callable<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if !object.is_instance_of::<PyString>() {
        check(object)?;
        return Ok(object.clone());
    }
    let py = object.py();
    let execute = py.import("nmodlrs.statement")?.getattr("event")?;
    let partial = py.import("functools")?.getattr("partial")?;
    partial.call1((execute, object))
}

/// Checks that NEURON could call this: a callable, or a tuple of one and its arguments.
fn check(object: &Bound<'_, PyAny>) -> PyResult<()> {
    let callable = match object.cast::<PyTuple>() {
        Ok(tuple) if tuple.len() == 2 => tuple.get_item(0)?.is_callable(),
        Ok(_) => false,
        Err(_) => object.is_callable(),
    };
    if callable {
        return Ok(());
    }
    Err(PyTypeError::new_err(format!(
        "{} is neither callable nor a tuple (callable, arguments)",
        object.repr()?
    )))
}

/// A number for what is called for one event.
pub fn once(object: &Bound<'_, PyAny>) -> PyResult<CallbackId> {
    add(object, true)
}

/// A number for what is called until [`forget`].
pub fn always(object: &Bound<'_, PyAny>) -> PyResult<CallbackId> {
    add(object, false)
}

/// A number for a statement of hoc that is executed with each value that a Vector plays, as `$1`.
pub fn played(statement: &Bound<'_, PyAny>) -> PyResult<CallbackId> {
    let py = statement.py();
    let execute = py.import("nmodlrs.statement")?.getattr("played")?;
    let partial = py.import("functools")?.getattr("partial")?;
    always(&partial.call1((execute, statement))?)
}

/// The value that a Vector plays in the caller's turn.
#[pyfunction]
pub fn played_value() -> PyResult<f64> {
    world::with(|session| Ok(session.played_value()))
}

/// Forgets a callback.
pub fn forget(callback: CallbackId) {
    let gone = callbacks().single.remove(&callback.0);
    // Dropped here, where the lock is free: it may run a destructor in Python.
    drop(gone);
}

fn add(object: &Bound<'_, PyAny>, once: bool) -> PyResult<CallbackId> {
    let callable = callable(object)?.unbind();
    let mut callbacks = callbacks();
    let number = callbacks.next;
    callbacks.next += 1;
    callbacks.single.insert(number, Single { callable, once });
    Ok(CallbackId(number))
}

/// Forgets those for one event, as initialization empties the queue.
pub fn forget_events() {
    let gone: Vec<Single> = {
        let mut callbacks = callbacks();
        let numbers: Vec<u64> = callbacks
            .single
            .iter()
            .filter(|(_, single)| single.once)
            .map(|(&number, _)| number)
            .collect();
        let single = &mut callbacks.single;
        numbers.iter().filter_map(|n| single.remove(n)).collect()
    };
    drop(gone);
}

/// What is called for one event, with its number.
pub type Event = (u64, Py<PyAny>);

/// The statement of hoc that is executed for an event, if it is one.
pub fn statement(py: Python<'_>, callback: CallbackId) -> Option<String> {
    let callable = callbacks().single.get(&callback.0)?.callable.clone_ref(py);
    let arguments = callable.bind(py).getattr("args").ok()?;
    arguments.get_item(0).ok()?.extract().ok()
}

/// All that events under way call.
pub fn events(py: Python<'_>) -> Vec<Event> {
    let callbacks = callbacks();
    let once = callbacks.single.iter().filter(|(_, single)| single.once);
    let named = once.map(|(&number, single)| (number, single.callable.clone_ref(py)));
    named.collect()
}

/// Has events call again what they did when that was taken, and nothing else.
pub fn restore_events(py: Python<'_>, events: &[Event]) {
    forget_events();
    let mut callbacks = callbacks();
    for (number, callable) in events {
        let callable = callable.clone_ref(py);
        let single = Single {
            callable,
            once: true,
        };
        callbacks.single.insert(*number, single);
    }
}

/// Adds something to what a hook calls; the result is for [`remove_from_hook`].
pub fn add_to_hook(hook: u64, object: &Bound<'_, PyAny>) -> PyResult<u64> {
    let callable = callable(object)?.unbind();
    let number = {
        let mut callbacks = callbacks();
        let number = callbacks.next;
        callbacks.next += 1;
        callbacks.hooks[hook as usize].push((number, callable));
        number
    };
    set_hook(hook, true)?;
    Ok(number)
}

/// Removes it again.
pub fn remove_from_hook(hook: u64, number: u64) -> PyResult<()> {
    let (gone, rest) = {
        let mut callbacks = callbacks();
        let list = &mut callbacks.hooks[hook as usize];
        let gone = list.iter().position(|(n, _)| *n == number);
        (gone.map(|at| list.remove(at)), list.len())
    };
    drop(gone);
    if rest == 0 {
        set_hook(hook, false)?;
    }
    Ok(())
}

/// Removes all that compares equal to `object` from a hook.
pub fn remove_equal_from_hook(hook: u64, object: &Bound<'_, PyAny>) -> PyResult<()> {
    let py = object.py();
    for (number, callable) in hooked(py, hook) {
        if callable.bind(py).eq(object)? {
            remove_from_hook(hook, number)?;
        }
    }
    Ok(())
}

/// Whether one of these hooks calls something.
pub fn is_hooked(hooks: &[u64]) -> bool {
    let callbacks = callbacks();
    let mut hooks = hooks.iter();
    hooks.any(|&hook| !callbacks.hooks[hook as usize].is_empty())
}

fn set_hook(number: u64, on: bool) -> PyResult<()> {
    let callback = on.then_some(CallbackId(number));
    world::with(|session| {
        for (hook, known) in HOOKS {
            if known == number {
                session.set_hook(hook, callback);
            }
        }
        Ok(())
    })
}

fn hooked(py: Python<'_>, hook: u64) -> Vec<(u64, Py<PyAny>)> {
    let callbacks = callbacks();
    let list = callbacks.hooks.get(hook as usize);
    list.map_or_else(Vec::new, |list| {
        list.iter()
            .map(|(number, callable)| (*number, callable.clone_ref(py)))
            .collect()
    })
}

/// Calls what a number stands for.
pub fn call(py: Python<'_>, callback: CallbackId) -> PyResult<()> {
    if callback.0 < FIRST {
        return hooked(py, callback.0)
            .iter()
            .try_for_each(|(_, callable)| call_object(callable.bind(py)));
    }
    let callable = {
        let mut callbacks = callbacks();
        let Some(single) = callbacks.single.get(&callback.0) else {
            return Ok(());
        };
        let callable = single.callable.clone_ref(py);
        if single.once {
            callbacks.single.remove(&callback.0);
        }
        callable
    };
    call_object(callable.bind(py))
}

fn call_object(object: &Bound<'_, PyAny>) -> PyResult<()> {
    let Ok(tuple) = object.cast::<PyTuple>() else {
        object.call0()?;
        return Ok(());
    };
    let arguments = tuple.get_item(1)?;
    let arguments = match arguments.cast_into::<PyTuple>() {
        Ok(several) => several,
        Err(error) => PyTuple::new(object.py(), [error.into_inner()])?,
    };
    tuple.get_item(0)?.call1(arguments)?;
    Ok(())
}

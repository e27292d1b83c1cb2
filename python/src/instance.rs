//! Numbers of the objects of NEURON's classes: `IClamp[0]`, and lists of those that are alive.
//!
//! As in NEURON the objects of a class are numbered in the order in which they are made; a number
//! is not used again, but the count begins anew when none is left.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyWeakrefMethods, PyWeakrefReference};

#[derive(Default)]
struct Class {
    next: usize,
    /// Numbers and weak references, in the order of the numbers.
    objects: Vec<(usize, Py<PyWeakrefReference>)>,
}

static CLASSES: LazyLock<Mutex<HashMap<String, Class>>> = LazyLock::new(Mutex::default);

fn classes() -> MutexGuard<'static, HashMap<String, Class>> {
    CLASSES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives an object its number among those of the class.
#[pyfunction]
#[pyo3(name = "number")]
pub fn number(class: &str, object: &Bound<'_, PyAny>) -> PyResult<usize> {
    let py = object.py();
    let weak = PyWeakrefReference::new(object)?.unbind();
    let alive = instances(py, class).len();
    let mut classes = classes();
    let known = classes.entry(class.to_owned()).or_default();
    if alive == 0 {
        known.next = 0;
    }
    let number = known.next;
    known.next += 1;
    known.objects.push((number, weak));
    Ok(number)
}

/// The objects of a class that are alive, with their numbers, in the order in which they were
/// made.
pub fn instances<'py>(py: Python<'py>, class: &str) -> Vec<(usize, Bound<'py, PyAny>)> {
    // Upgrading may run no Python code, but dropping what it gives may: not while locked.
    let noted: Vec<(usize, Py<PyWeakrefReference>)> = match classes().get(class) {
        Some(known) => known
            .objects
            .iter()
            .map(|(number, weak)| (*number, weak.clone_ref(py)))
            .collect(),
        None => return Vec::new(),
    };
    let alive: Vec<(usize, Bound<'py, PyAny>)> = noted
        .iter()
        .filter_map(|(number, weak)| Some((*number, weak.bind(py).upgrade()?)))
        .collect();
    let dead = noted.len() - alive.len();
    if dead > 0
        && let Some(known) = classes().get_mut(class)
    {
        let numbers: Vec<usize> = alive.iter().map(|(number, _)| *number).collect();
        let last = noted.last().map_or(0, |(number, _)| *number);
        known
            .objects
            .retain(|(number, _)| *number > last || numbers.contains(number));
    }
    alive
}

/// The objects of a class that are alive, as a list.
#[pyfunction]
#[pyo3(name = "instances")]
pub fn instance_list<'py>(py: Python<'py>, class: &str) -> Vec<Bound<'py, PyAny>> {
    let alive = instances(py, class).into_iter();
    alive.map(|(_, object)| object).collect()
}

/// The object of that number, if it is alive.
#[pyfunction]
pub fn instance<'py>(py: Python<'py>, class: &str, number: usize) -> Option<Bound<'py, PyAny>> {
    let mut alive = instances(py, class).into_iter();
    alive.find(|(n, _)| *n == number).map(|(_, object)| object)
}

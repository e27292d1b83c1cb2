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
    /// How many there may be before the dead ones are looked for.
    limit: usize,
}

impl Class {
    /// Takes out what died, if it is time to. Making n objects takes time in proportion to n.
    fn tidy(&mut self, py: Python<'_>) {
        let alive = |entry: &(usize, Py<PyWeakrefReference>)| entry.1.bind(py).upgrade().is_some();
        // The newest are the most likely to live.
        if !self.objects.iter().rev().any(alive) {
            self.objects.clear();
            self.next = 0;
        }
        if self.objects.len() > self.limit {
            self.objects.retain(alive);
            self.limit = 2 * self.objects.len().max(32);
        }
    }
}

static CLASSES: LazyLock<Mutex<HashMap<String, Class>>> = LazyLock::new(Mutex::default);

fn classes() -> MutexGuard<'static, HashMap<String, Class>> {
    CLASSES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives an object its number among those of the class.
#[pyfunction]
#[pyo3(name = "number")]
pub fn number(class_name: &str, object: &Bound<'_, PyAny>) -> PyResult<usize> {
    let weak = PyWeakrefReference::new(object)?.unbind();
    let mut classes = classes();
    let known = classes.entry(class_name.to_owned()).or_default();
    known.tidy(object.py());
    let number = known.next;
    known.next += 1;
    known.objects.push((number, weak));
    Ok(number)
}

/// The objects of a class that are alive, in the order in which they were made.
#[pyfunction]
pub fn instances<'py>(py: Python<'py>, class_name: &str) -> Vec<Bound<'py, PyAny>> {
    // The objects outlive the lock: dropping the last reference to one may run Python code.
    let classes = classes();
    let objects = classes
        .get(class_name)
        .map_or(&[][..], |known| &known.objects);
    objects
        .iter()
        .filter_map(|(_, weak)| weak.bind(py).upgrade())
        .collect()
}

/// The object of that number, if it is alive.
#[pyfunction]
pub fn instance<'py>(
    py: Python<'py>,
    class_name: &str,
    number: usize,
) -> Option<Bound<'py, PyAny>> {
    let classes = classes();
    let objects = &classes.get(class_name)?.objects;
    let position = objects.binary_search_by_key(&number, |(number, _)| *number);
    objects[position.ok()?].1.bind(py).upgrade()
}

//! NEURON's class `LinearMechanism`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use runtime::{CallbackId, LinearId, LinearMechanism as Equations, SectionId};

use crate::callback;
use crate::matrix::Matrix;
use crate::section::Section;
use crate::vector::Vector;
use crate::world::{self, Key};

/// Equations c·y' + g·y = b beside those of the model: LinearMechanism([callable,] c, g, y, [y0,] b
/// [, x, sec=section | , sections, xs [, layers]]). The first elements of y are the potentials of the
/// nodes; the callable is called before each evaluation.
#[pyclass(name = "LinearMechanism", module = "nmodlrs", weakref, frozen)]
pub struct LinearMechanism {
    id: LinearId,
    callable: Option<CallbackId>,
}

/// The next argument if it is of that class.
fn next<'a, 'py, T: pyo3::PyTypeInfo>(
    arguments: &'a [Bound<'py, PyAny>],
    at: &mut usize,
) -> Option<&'a Bound<'py, T>> {
    let found = arguments.get(*at)?.cast::<T>().ok()?;
    *at += 1;
    Some(found)
}

fn needed<T>(found: Option<T>, what: &str) -> PyResult<T> {
    found.ok_or_else(|| {
        PyTypeError::new_err(format!(
            "LinearMechanism([callable,] c, g, y, [y0,] b [, sections, xs [, layers]]): {what}"
        ))
    })
}

#[pymethods]
impl LinearMechanism {
    #[new]
    #[pyo3(signature = (*arguments, sec=None))]
    fn new(
        py: Python<'_>,
        arguments: &Bound<'_, PyTuple>,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let arguments: Vec<_> = arguments.iter().collect();
        let mut at = 0;
        let callable = match arguments.first() {
            Some(first) if first.is_callable() => {
                at = 1;
                Some(callback::always(first)?)
            }
            _ => None,
        };
        let c: &Bound<'_, Matrix> = needed(next(&arguments, &mut at), "c is a Matrix")?;
        let g: &Bound<'_, Matrix> = needed(next(&arguments, &mut at), "g is a Matrix")?;
        let y: &Bound<'_, Vector> = needed(next(&arguments, &mut at), "y is a Vector")?;
        let first: &Bound<'_, Vector> = needed(next(&arguments, &mut at), "b is a Vector")?;
        let second: Option<&Bound<'_, Vector>> = next(&arguments, &mut at);
        let (y0, b) = match second {
            Some(b) => (Some(first), b),
            None => (None, first),
        };
        let nodes = nodes(py, &arguments[at..], sec)?;
        let size = y.get().values().len();
        let fits = |m: &Bound<'_, Matrix>| {
            let m = m.get().handle().lock();
            m.rows() == size && m.columns() == size
        };
        let vectors = [Some(b), y0].into_iter().flatten();
        let mut sizes = vectors.map(|v| v.get().values().len());
        if !fits(c) || !fits(g) || sizes.any(|found| found != size) || nodes.len() > size {
            return Err(PyValueError::new_err(
                "LinearMechanism: c, g, y, y0 and b must be of one size, and not smaller than the \
                 number of nodes",
            ));
        }
        let equations = Equations {
            c: c.get().handle().clone(),
            g: g.get().handle().clone(),
            y: y.get().series(),
            y0: y0.map(|y0| y0.get().series()),
            b: b.get().series(),
            nodes,
            callable,
        };
        let id = world::with(|session| Ok(session.model().add_linear(equations)?))?;
        Ok(Self { id, callable })
    }

    /// True as long as the sections of its nodes exist.
    fn valid(&self) -> PyResult<f64> {
        let valid = world::with(|session| Ok(session.structure().has_linear(self.id)))?;
        Ok(f64::from(valid))
    }
}

impl Drop for LinearMechanism {
    fn drop(&mut self) {
        if let Some(callable) = self.callable {
            callback::forget(callable);
        }
        world::release(Key::Linear(self.id));
    }
}

/// Section, position and layer of each node.
fn nodes(
    py: Python<'_>,
    arguments: &[Bound<'_, PyAny>],
    sec: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<(SectionId, f64, usize)>> {
    let Some(first) = arguments.first() else {
        return Ok(Vec::new());
    };
    if let Ok(x) = first.extract::<f64>() {
        let section = world::section(py, sec)?;
        return Ok(vec![(section.get().id()?, x, 0)]);
    }
    let xs: Vec<f64> = needed(arguments.get(1), "the positions are a Vector")?.extract()?;
    let layers: Option<Vec<f64>> = arguments.get(2).map(PyAnyMethods::extract).transpose()?;
    let mut nodes = Vec::new();
    for (i, section) in first.try_iter()?.enumerate() {
        let section = section?.cast_into::<Section>()?;
        let x = *needed(xs.get(i), "there are fewer positions than sections")?;
        let layer = match &layers {
            None => 0.0,
            Some(layers) => *needed(layers.get(i), "there are fewer layers than sections")?,
        };
        nodes.push((section.get().id()?, x, layer as usize));
    }
    Ok(nodes)
}

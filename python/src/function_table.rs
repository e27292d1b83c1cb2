//! FUNCTION_TABLEs: NEURON's `table_name_suffix`.

use nmodl::function_table::{Axis, FunctionTable};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use runtime::session::Function;

use crate::reference;
use crate::vector::Vector;
use crate::world;

/// Gives a FUNCTION_TABLE its values:
///
///     table(value)                                  a constant
///     table(values, points)                         two Vectors, for functions of one argument
///     table(values._ref_x[0], size, low, high, ...)  size, low and high for each argument
///     table(values._ref_x[0], size, points._ref_x[0], ...)
///
/// The values of the last argument are next to each other. The Vectors are copied: call it again
/// when they change.
#[pyclass(name = "FunctionTable", module = "nmodlrs._nmodlrs", frozen)]
pub struct Table(pub Function);

#[pymethods]
impl Table {
    #[pyo3(signature = (*arguments))]
    fn __call__(&self, arguments: &Bound<'_, PyTuple>) -> PyResult<f64> {
        let wanted = world::with(|session| session.function_table_arguments(&self.0))?;
        let table = table(&arguments.iter().collect::<Vec<_>>(), wanted)?;
        world::with(|session| session.set_function_table(&self.0, table))?;
        Ok(0.0)
    }

    fn __repr__(&self) -> String {
        format!("table_{}_{}()", self.0.name, self.0.mechanism)
    }
}

/// The table that arguments describe, for a function of `wanted` arguments.
fn table(arguments: &[Bound<'_, PyAny>], wanted: usize) -> PyResult<FunctionTable> {
    if let [value] = arguments {
        return Ok(FunctionTable::constant(value.extract()?));
    }
    if let [values, points] = arguments
        && let (Ok(values), Ok(points)) = (values.cast::<Vector>(), points.cast::<Vector>())
    {
        if wanted != 1 {
            return Err(PyValueError::new_err(format!(
                "Vectors of values and points are for tables of one argument; this one has {wanted}"
            )));
        }
        let [values, points] =
            [values, points].map(|vector| vector.get().handle().lock().values().to_vec());
        return made(values, vec![Axis::Points(points)]);
    }
    let mut rest = arguments.iter();
    let missing = || {
        PyTypeError::new_err(
            "a table is given a value, two Vectors, or a reference to the first value and for \
             each argument a size, and its limits or a reference to its first point",
        )
    };
    let values = rest.next().and_then(reference::elements);
    let (values, _) = values.ok_or_else(missing)?;
    let mut axes = Vec::with_capacity(wanted);
    for _ in 0..wanted {
        let count: f64 = rest.next().ok_or_else(missing)?.extract()?;
        let count = count as usize;
        let next = rest.next().ok_or_else(missing)?;
        axes.push(match reference::elements(next) {
            Some((points, _)) => {
                let points = points.get(..count).ok_or_else(too_few)?;
                Axis::Points(points.to_vec())
            }
            None => Axis::Even {
                count,
                low: next.extract()?,
                high: rest.next().ok_or_else(missing)?.extract()?,
            },
        });
    }
    let counts = axes.iter().map(|axis| match axis {
        Axis::Even { count, .. } => *count,
        Axis::Points(points) => points.len(),
    });
    let size = counts.fold(1usize, usize::saturating_mul);
    made(values.get(..size).ok_or_else(too_few)?.to_vec(), axes)
}

fn made(values: Vec<f64>, axes: Vec<Axis>) -> PyResult<FunctionTable> {
    FunctionTable::new(values, axes).map_err(|error| PyValueError::new_err(error.to_string()))
}

fn too_few() -> PyErr {
    PyValueError::new_err("a Vector has fewer elements than the table needs")
}

//! Methods that call Python: `apply`, `reduce`, `fit`; and those that pick from a `Random`.

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use runtime::session::vector::fit::{self, Fit, Function};
use runtime::session::vector::{EPSILON, Result, VectorError, span};

use super::{Vector, convert, exception};
use crate::random::Random;

/// A function of one number.
enum Callable<'py> {
    /// One that hoc has.
    BuiltIn(fn(f64) -> f64, &'static str),
    Python(Bound<'py, PyAny>),
}

/// A name and a function.
type BuiltIn = (&'static str, fn(f64) -> f64);

/// The functions of hoc of one number.
const BUILT_IN: [BuiltIn; 10] = [
    ("abs", f64::abs),
    ("atan", f64::atan),
    ("cos", f64::cos),
    ("exp", |x| if x < -700.0 { 0.0 } else { x.min(700.0).exp() }),
    // A whole number that is nearly reached counts.
    ("int", |x| (x + f64::copysign(EPSILON, x)).trunc()),
    ("log", f64::ln),
    ("log10", f64::log10),
    ("sin", f64::sin),
    ("sqrt", f64::sqrt),
    ("tanh", f64::tanh),
];

impl<'py> Callable<'py> {
    /// A callable, or the name of a function of hoc or of a mechanism.
    fn new(method: &str, object: &Bound<'py, PyAny>) -> PyResult<Self> {
        if let Ok(name) = object.cast::<PyString>() {
            let name = name.to_string();
            if let Some((name, function)) = BUILT_IN.iter().find(|known| known.0 == name) {
                return Ok(Self::BuiltIn(*function, name));
            }
            let found = object
                .py()
                .import("nmodlrs")?
                .getattr("h")?
                .getattr(name.as_str());
            return match found {
                Ok(function) if function.is_callable() => Ok(Self::Python(function)),
                _ => Err(PyRuntimeError::new_err(format!(
                    "Vector.{method}: there is no function {name}"
                ))),
            };
        }
        if object.is_callable() {
            return Ok(Self::Python(object.clone()));
        }
        Err(PyRuntimeError::new_err(format!(
            "Vector.{method}: the first argument must be a callable or the name of a function"
        )))
    }

    fn value(&self, method: &str, arguments: impl IntoIterator<Item = f64>) -> PyResult<f64> {
        match self {
            Self::BuiltIn(function, name) => {
                let x = arguments.into_iter().next().unwrap_or(0.0);
                let value = function(x);
                if value.is_nan() && !x.is_nan() {
                    return Err(PyRuntimeError::new_err(format!(
                        "Vector.{method}: {name}({x}) is out of domain"
                    )));
                }
                Ok(value)
            }
            Self::Python(callable) => {
                let arguments: Vec<f64> = arguments.into_iter().collect();
                let found = callable.call1(PyTuple::new(callable.py(), arguments)?)?;
                convert::number(&found).ok_or_else(|| {
                    PyRuntimeError::new_err(format!(
                        "Vector.{method}: the function does not give a number"
                    ))
                })
            }
        }
    }
}

/// A first and a last index; both or neither.
type Bounds = (Option<f64>, Option<f64>);

impl Vector {
    /// The indices of a range that a script gave.
    fn range(&self, method: &'static str, bounds: Bounds) -> PyResult<std::ops::Range<usize>> {
        let size = self.size();
        let index = |name, value| {
            let last = size as f64 - 1.0;
            runtime::session::argument::within(method, name, value, 0.0, last)
                .map(|index| index as usize)
                .map_err(|error| exception(error.into()))
        };
        let given = match bounds {
            (None, _) => None,
            (Some(start), Some(end)) => Some((index("start", start)?, index("end", end)?)),
            (Some(_), None) => {
                let text = format!("Vector.{method}: the last index of the range is missing");
                return Err(PyRuntimeError::new_err(text));
            }
        };
        span(method, size, given).map_err(exception)
    }

    /// Sets elements to what a function makes of them. It may look at the Vector.
    fn replace(
        &self,
        method: &'static str,
        bounds: Bounds,
        mut function: impl FnMut(f64) -> PyResult<f64>,
    ) -> PyResult<()> {
        for index in self.range(method, bounds)? {
            let value = self.handle.lock().get(index).map_err(exception)?;
            let value = function(value)?;
            self.handle.lock().set(index, value).map_err(exception)?;
        }
        Ok(())
    }
}

#[pymethods]
impl Vector {
    /// apply(function [, start, end]): replaces elements by what a callable, or a function given by
    /// its name, makes of them.
    #[pyo3(signature = (function, start=None, end=None))]
    fn apply<'py>(
        slf: &Bound<'py, Self>,
        function: &Bound<'py, PyAny>,
        start: Option<f64>,
        end: Option<f64>,
    ) -> PyResult<Bound<'py, Self>> {
        let function = Callable::new("apply", function)?;
        slf.get()
            .replace("apply", (start, end), |x| function.value("apply", [x]))?;
        Ok(slf.clone())
    }

    /// reduce(function [, base=0 [, start, end]]): base plus the function of each element.
    #[pyo3(signature = (function, base=0.0, start=None, end=None))]
    fn reduce(
        &self,
        function: &Bound<'_, PyAny>,
        base: f64,
        start: Option<f64>,
        end: Option<f64>,
    ) -> PyResult<f64> {
        let function = Callable::new("reduce", function)?;
        let range = self.range("reduce", (start, end))?;
        let mut sum = base;
        for x in &self.values()[range] {
            sum += function.value("reduce", [*x])?;
        }
        Ok(sum)
    }

    /// setrand(random [, start, end]): sets elements to picks of a Random.
    #[pyo3(signature = (random, start=None, end=None))]
    fn setrand<'py>(
        slf: &Bound<'py, Self>,
        random: &Bound<'py, Random>,
        start: Option<f64>,
        end: Option<f64>,
    ) -> PyResult<Bound<'py, Self>> {
        let random = random.get();
        slf.get()
            .replace("setrand", (start, end), |_| Ok(random.pick()))?;
        Ok(slf.clone())
    }

    /// addrand(random [, start, end]): adds picks of a Random to elements.
    #[pyo3(signature = (random, start=None, end=None))]
    fn addrand<'py>(
        slf: &Bound<'py, Self>,
        random: &Bound<'py, Random>,
        start: Option<f64>,
        end: Option<f64>,
    ) -> PyResult<Bound<'py, Self>> {
        let random = random.get();
        slf.get()
            .replace("addrand", (start, end), |x| Ok(x + random.pick()))?;
        Ok(slf.clone())
    }

    /// fit(fitted, function, x, reference, ...): fits "exp1", "exp2", "charging", "line", "quad" or
    /// a callable f(x, parameter, ...) to the elements, from the parameters that the references
    /// have. They get those that were found, `fitted` the function, the caller the mean of squared
    /// differences.
    #[pyo3(signature = (fitted, function, x, *references))]
    fn fit(
        &self,
        fitted: &Bound<'_, Self>,
        function: &Bound<'_, PyAny>,
        x: &Bound<'_, Self>,
        references: &Bound<'_, PyTuple>,
    ) -> PyResult<f64> {
        let parameters = references.iter().map(|reference| {
            let value = reference.get_item(0).and_then(|value| value.extract());
            value.map_err(|_| PyTypeError::new_err("Vector.fit: a parameter is no reference"))
        });
        let parameters: Vec<f64> = parameters.collect::<PyResult<_>>()?;
        let (data, x) = (self.values(), x.get().values());
        let name = function.extract::<String>().unwrap_or_default();
        let found: Fit = match Function::new(&name) {
            Some(function) => fit::fit(&data, &x, function, &parameters).map_err(exception)?,
            None => {
                let function = Callable::new("fit", function)?;
                fit_callable(&data, &x, &parameters, &function)?
            }
        };
        for (reference, value) in references.iter().zip(&found.parameters) {
            reference.set_item(0, value)?;
        }
        let assigned = fitted.get().handle.lock().assign("fit", found.fitted);
        assigned.map_err(exception)?;
        Ok(found.error)
    }
}

/// Fits a function of Python; its exception ends the search.
fn fit_callable(
    data: &[f64],
    x: &[f64],
    parameters: &[f64],
    function: &Callable<'_>,
) -> PyResult<Fit> {
    let mut raised = None;
    let value = |x: f64, p: &[f64]| -> Result<f64> {
        function
            .value("fit", [x].into_iter().chain(p.iter().copied()))
            .map_err(|error| {
                raised = Some(error);
                VectorError::Undefined {
                    method: "fit",
                    reason: "the function raised an exception",
                }
            })
    };
    let found = fit::fit_with(data, x, parameters, value);
    found.map_err(|error| raised.take().unwrap_or_else(|| exception(error)))
}

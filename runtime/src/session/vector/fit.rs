//! `fit`: the parameters with which a function is nearest to data, by a simplex method.
//!
//! Nelder and Mead, A simplex method for function minimization (1965), with the four fixed steps
//! that NEURON tries in turn: two reflections, two contractions. Like NEURON's it stops when no step
//! makes the worst vertex better, begins again from the best one, and ends when that was no use.

use super::error::{Result, VectorError, at_least, same_size};

/// A function with parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `"exp1"`: amp · exp(-x/tau)
    Exponential,
    /// `"exp2"`: the sum of two of them
    TwoExponentials,
    /// `"charging"`: the sum of two amp · (1 - exp(-x/tau))
    Charging,
    /// `"line"`: slope · x + intercept
    Line,
    /// `"quad"`: a x² + b x + c
    Quadratic,
}

impl Function {
    /// The function of a name.
    pub fn new(name: &str) -> Option<Self> {
        Some(match name {
            "exp1" => Self::Exponential,
            "exp2" => Self::TwoExponentials,
            "charging" => Self::Charging,
            "line" => Self::Line,
            "quad" => Self::Quadratic,
            _ => return None,
        })
    }

    /// Number of its parameters.
    pub fn parameters(self) -> usize {
        match self {
            Self::Exponential | Self::Line => 2,
            Self::Quadratic => 3,
            Self::TwoExponentials | Self::Charging => 4,
        }
    }

    /// Its value. There must be [`parameters`](Self::parameters) parameters.
    pub fn value(self, x: f64, p: &[f64]) -> f64 {
        match self {
            Self::Exponential => p[0] * exp(-x / p[1]),
            Self::TwoExponentials => p[0] * exp(-x / p[1]) + p[2] * exp(-x / p[3]),
            Self::Charging => p[0] * (1.0 - exp(-x / p[1])) + p[2] * (1.0 - exp(-x / p[3])),
            Self::Line => p[0] * x + p[1],
            Self::Quadratic => p[0] * x * x + p[1] * x + p[2],
        }
    }
}

/// NEURON's `exp`, which ends at 700.
fn exp(x: f64) -> f64 {
    if x < -700.0 { 0.0 } else { x.min(700.0).exp() }
}

/// What a fit found.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The function at the places of the data.
    pub fitted: Vec<f64>,
    /// The parameters.
    pub parameters: Vec<f64>,
    /// The mean of squared differences.
    pub error: f64,
}

/// Fits one of the functions, from parameters to begin with.
pub fn fit(data: &[f64], x: &[f64], function: Function, parameters: &[f64]) -> Result<Fit> {
    if parameters.len() < function.parameters() {
        return Err(VectorError::Size {
            method: "fit",
            what: "list of parameters",
            size: parameters.len(),
            expected: function.parameters(),
        });
    }
    fit_with(data, x, parameters, |x, p| Ok(function.value(x, p)))
}

/// Fits any function.
///
/// # Errors
///
/// Sizes, and what the function fails with.
pub fn fit_with<E: From<VectorError>>(
    data: &[f64],
    x: &[f64],
    parameters: &[f64],
    mut function: impl FnMut(f64, &[f64]) -> std::result::Result<f64, E>,
) -> std::result::Result<Fit, E> {
    at_least("fit", data.len(), 1)?;
    at_least("fit", parameters.len(), 1)?;
    same_size("fit", "independent variable", x.len(), data.len())?;
    let mut parameters = parameters.to_vec();
    let error = minimize(&mut parameters, |p: &[f64]| {
        let mut sum = 0.0;
        for (x, y) in x.iter().zip(data) {
            let difference = function(*x, p)? - y;
            sum += difference * difference;
        }
        Ok::<f64, E>(sum / x.len() as f64)
    })?;
    let fitted = x.iter().map(|x| function(*x, &parameters));
    Ok(Fit {
        fitted: fitted.collect::<std::result::Result<_, E>>()?,
        parameters,
        error,
    })
}

/// Parameters of a small error, from others to begin with; gives the error.
fn minimize<E>(
    parameters: &mut [f64],
    error: impl FnMut(&[f64]) -> std::result::Result<f64, E>,
) -> std::result::Result<f64, E> {
    let mut search = Search {
        best: HUGE,
        repeats: 0,
        error,
    };
    loop {
        search.best = HUGE;
        search.repeats = 0;
        let error = search.descend(parameters)?;
        if search.repeats == 0 || search.best <= error {
            return Ok(error);
        }
    }
}

/// No error is as large.
const HUGE: f64 = 1e300;

/// How far the other vertices of the first simplex are.
const SPREAD: f64 = 1.2;

/// Where the worst vertex may go: 0 is where it is, 1 the centre of the others.
const STEPS: [f64; 4] = [2.0, 1.4, 0.7, 0.3];

struct Search<F> {
    /// The smallest error so far.
    best: f64,
    /// How often a step gave just that.
    repeats: usize,
    error: F,
}

impl<E, F: FnMut(&[f64]) -> std::result::Result<f64, E>> Search<F> {
    /// The error of parameters; after many repeats, only that of the best ones counts.
    fn evaluate(&mut self, p: &[f64]) -> std::result::Result<f64, E> {
        let error = (self.error)(p)?;
        if self.repeats > 3 * (p.len() + 1) {
            return Ok(if error == self.best { error } else { HUGE });
        }
        if self.best > error {
            self.best = error;
        }
        Ok(error)
    }

    /// One simplex, until no step helps; its best vertex and its error.
    fn descend(&mut self, p: &mut [f64]) -> std::result::Result<f64, E> {
        let n = p.len();
        let mut vertices = vec![p.to_vec(); n + 1];
        for (i, vertex) in vertices.iter_mut().enumerate().take(n) {
            vertex[i] *= SPREAD;
        }
        let mut errors = Vec::with_capacity(n + 1);
        for vertex in &vertices {
            errors.push(self.evaluate(vertex)?);
        }
        'better: loop {
            let worst = (1..=n).fold(0, |m, i| if errors[i] > errors[m] { i } else { m });
            let mut centre = vec![0.0; n];
            for vertex in &vertices {
                for (sum, x) in centre.iter_mut().zip(vertex) {
                    *sum += x;
                }
            }
            for (sum, x) in centre.iter_mut().zip(&vertices[worst]) {
                *sum = (*sum - x) / n as f64;
            }
            for step in STEPS {
                let there: Vec<f64> = vertices[worst]
                    .iter()
                    .zip(&centre)
                    .map(|(from, to)| (1.0 - step) * from + step * to)
                    .collect();
                let error = self.evaluate(&there)?;
                if error < errors[worst] {
                    if self.best == error {
                        self.repeats += 1;
                    }
                    vertices[worst] = there;
                    errors[worst] = error;
                    continue 'better;
                }
            }
            let best = (1..=n).fold(0, |m, i| if errors[i] < errors[m] { i } else { m });
            p.copy_from_slice(&vertices[best]);
            return Ok(errors[best]);
        }
    }
}

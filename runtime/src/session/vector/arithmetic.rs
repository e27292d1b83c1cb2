//! Element by element, products of two vectors.

use std::f64::consts::PI;

use super::error::{Result, VectorError, at_least, not_smaller, same_size};

/// An operation of two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `add`
    Add,
    /// `sub`
    Sub,
    /// `mul`
    Mul,
    /// `div`
    Div,
}

impl Operation {
    fn method(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Sub => "sub",
            Self::Mul => "mul",
            Self::Div => "div",
        }
    }

    fn apply(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Sub => a - b,
            Self::Mul => a * b,
            Self::Div => a / b,
        }
    }

    /// `add`, `sub`, `mul`, `div` with a number. Division by 0 is an error.
    pub fn with_number(self, values: &mut [f64], number: f64) -> Result<()> {
        if self == Self::Div && number == 0.0 {
            return Err(VectorError::Undefined {
                method: "div",
                reason: "division by zero",
            });
        }
        for value in values {
            *value = self.apply(*value, number);
        }
        Ok(())
    }

    /// `add`, `sub`, `mul`, `div` with a vector of the same size. Division by 0 gives infinity.
    pub fn with_vector(self, values: &mut [f64], other: &[f64]) -> Result<()> {
        same_size(self.method(), "argument", other.len(), values.len())?;
        for (value, other) in values.iter_mut().zip(other) {
            *value = self.apply(*value, *other);
        }
        Ok(())
    }
}

/// A function of one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `abs`
    Abs,
    /// `floor`
    Floor,
    /// `log`; -inf of 0 and NaN of less, as in NEURON
    Log,
    /// `log10`; -inf of 0 and NaN of less, as in NEURON
    Log10,
    /// `tanh`
    Tanh,
}

impl Function {
    /// The function of every element.
    pub fn of(self, values: &[f64]) -> Vec<f64> {
        let function = match self {
            Self::Abs => f64::abs,
            Self::Floor => f64::floor,
            Self::Log => f64::ln,
            Self::Log10 => f64::log10,
            Self::Tanh => f64::tanh,
        };
        values.iter().copied().map(function).collect()
    }
}

/// `sqrt`. A negative element is an error.
pub fn square_roots(values: &[f64]) -> Result<Vec<f64>> {
    roots("sqrt", values)
}

fn roots(method: &'static str, values: &[f64]) -> Result<Vec<f64>> {
    refuse(method, values, |x| x < 0.0, "a negative number has no root")?;
    Ok(values.iter().map(|x| x.sqrt()).collect())
}

/// `pow`. A negative element has no power 0.5, and 0 no power -1.
pub fn powers(values: &[f64], exponent: f64) -> Result<Vec<f64>> {
    if exponent == 0.5 {
        return roots("pow", values);
    }
    if exponent == -1.0 {
        refuse("pow", values, |x| x == 0.0, "zero has no reciprocal")?;
        return Ok(values.iter().map(|x| 1.0 / x).collect());
    }
    if exponent == 2.0 {
        return Ok(values.iter().map(|x| x * x).collect());
    }
    Ok(values.iter().map(|x| x.powf(exponent)).collect())
}

/// Refuses elements that a function is not defined for.
fn refuse(
    method: &'static str,
    values: &[f64],
    refused: impl Fn(f64) -> bool,
    reason: &'static str,
) -> Result<()> {
    match values.iter().position(|x| refused(*x)) {
        None => Ok(()),
        Some(index) => Err(VectorError::Element {
            method,
            index,
            value: values[index],
            reason,
        }),
    }
}

/// `sin(frequency, phase, dt)`: a sine of `frequency_hz` at steps of `dt_ms`; the phase is in radians.
pub fn sine(size: usize, frequency_hz: f64, phase: f64, dt_ms: f64) -> Vec<f64> {
    let period = 2.0 * PI / 1000.0 * frequency_hz * dt_ms;
    (0..size)
        .map(|i| (period * i as f64 + phase).sin())
        .collect()
}

/// `scale(low, high)`: the smallest element becomes `low`, the largest one `high`. Gives the factor;
/// if all elements are equal, it is 0 and nothing changes.
pub fn scale(values: &mut [f64], low: f64, high: f64) -> Result<f64> {
    at_least("scale", values.len(), 1)?;
    let least = super::statistics::min(values, None)?;
    let range = super::statistics::max(values, None)? - least;
    if range <= 0.0 {
        return Ok(0.0);
    }
    let factor = (high - low) / range;
    for value in values {
        *value = (*value - least) * factor + low;
    }
    Ok(factor)
}

/// Sum of products of elements from the first on; NEURON's `std::inner_product`.
pub(super) fn inner_product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

/// `dot`: the other vector may be larger; NEURON reads outside of one that is smaller.
pub fn dot(values: &[f64], other: &[f64]) -> Result<f64> {
    not_smaller("dot", "argument", other.len(), values.len())?;
    Ok(inner_product(values, other))
}

/// `mag`: the square root of the sum of squares.
pub fn magnitude(values: &[f64]) -> f64 {
    inner_product(values, values).sqrt()
}

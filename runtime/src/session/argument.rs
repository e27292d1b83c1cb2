//! Whole numbers among the arguments of scripts, which give every number as a double.
//!
//! NEURON cuts off the fraction after comparing with the limits; so do these.

/// A number outside of its limits.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{method}: {name} is {value}, but must be from {least} to {most}")]
pub struct ArgumentError {
    /// Class and method.
    pub method: &'static str,
    /// What the number is.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// The smallest value that is allowed.
    pub least: f64,
    /// The largest one.
    pub most: f64,
}

/// The number, if it is within the limits; both belong to them, and NaN is not within.
pub fn within(
    method: &'static str,
    name: &'static str,
    value: f64,
    least: f64,
    most: f64,
) -> Result<f64, ArgumentError> {
    if (least..=most).contains(&value) {
        Ok(value)
    } else {
        Err(ArgumentError {
            method,
            name,
            value,
            least,
            most,
        })
    }
}

/// A number of 32 bits.
pub fn word(method: &'static str, name: &'static str, value: f64) -> Result<u32, ArgumentError> {
    within(method, name, value, 0.0, f64::from(u32::MAX)).map(|value| value as u32)
}

/// A count, from `least` on.
pub fn count(
    method: &'static str,
    name: &'static str,
    value: f64,
    least: usize,
) -> Result<usize, ArgumentError> {
    /// More would not fit in memory, and is a mistake.
    const MOST: f64 = 1e10;
    within(method, name, value, least as f64, MOST).map(|value| value as usize)
}

//! Elementary functions in plain double arithmetic.

/// e to the x.
pub fn exp(x: f64) -> f64 {
    x.exp()
}

/// Natural logarithm.
pub fn log(x: f64) -> f64 {
    x.ln()
}

/// x to the y.
pub fn pow(x: f64, y: f64) -> f64 {
    x.powf(y)
}

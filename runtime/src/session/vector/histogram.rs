//! Histograms, plain and smoothed with a Gaussian.

use std::f64::consts::PI;

use super::error::{Result, VectorError, not_smaller, same_size, zeros};
use super::fourier;
use crate::session::argument::within;

/// More bins than this are a mistake.
const MOST_BINS: f64 = 1e9;

/// Answers below this are the noise of the transform.
const NOISE: f64 = 1e-9;

/// So many empty bins.
fn bins(method: &'static str, count: f64) -> Result<Vec<f64>> {
    if (0.0..=MOST_BINS).contains(&count) {
        return zeros(method, count as usize);
    }
    Err(VectorError::Undefined {
        method,
        reason: "there would be too many bins",
    })
}

/// `histogram(low, high, width)`: the first bin is for what is below `low`, the last for what is
/// at or above `high`, though not by more than a bin.
pub fn with_outer_bins(values: &[f64], low: f64, high: f64, width: f64) -> Result<Vec<f64>> {
    const METHOD: &str = "histogram";
    let high = within(METHOD, "high", high, low, 1e99)?;
    let width = within(METHOD, "width", width, 0.0, high - low)?;
    let mut counts = bins("histogram", ((high - low) / width).floor() + 2.0)?;
    for x in values {
        count(&mut counts, ((x - low) / width).floor() + 1.0);
    }
    Ok(counts)
}

/// `hist(data, start, size, width)`: so many bins from `start` on.
pub fn counts(values: &[f64], start: f64, size: usize, width: f64) -> Result<Vec<f64>> {
    let width = within("hist", "step", width, 1e-99, 1e99)?;
    let mut counts = bins("hist", size as f64)?;
    for x in values {
        count(&mut counts, ((x - start) / width).floor());
    }
    Ok(counts)
}

/// One more in a bin, if there is that one.
fn count(counts: &mut [f64], bin: f64) {
    if bin >= 0.0
        && let Some(count) = counts.get_mut(bin as usize)
    {
        *count += 1.0;
    }
}

/// `sumgauss(low, high, step, variance, weights)`: the sum of Gaussians at the values, from `low`
/// on at every step below `high`. A value counts as being at the step below it.
pub fn sum_of_gaussians(
    values: &[f64],
    (low, high, step): (f64, f64, f64),
    variance: f64,
    weights: Option<&[f64]>,
) -> Result<Vec<f64>> {
    const METHOD: &str = "sumgauss";
    within(METHOD, "high", high, low, 1e99)?;
    within(METHOD, "step", step, 1e-99, 1e99)?;
    within(METHOD, "variance", variance, f64::MIN_POSITIVE, 1e99)?;
    if let Some(weights) = weights {
        not_smaller("sumgauss", "vector of weights", weights.len(), values.len())?;
    }
    let mut sums = bins("sumgauss", (high - low) / step + 0.5)?;
    let in_steps = variance / (step * step);
    let scale = 1.0 / (2.0 * PI * variance).sqrt();
    for (i, x) in values.iter().enumerate() {
        let weight = weights.map_or(1.0, |weights| weights[i]);
        let centre = ((x - low) / step).trunc();
        for (j, sum) in sums.iter_mut().enumerate() {
            let distance = j as f64 - centre;
            let exponent = -distance * distance / (2.0 * in_steps);
            if exponent > -20.0 {
                *sum += exponent.exp() * scale * weight;
            }
        }
    }
    Ok(sums)
}

/// `smhist(data, start, size, step, variance, weights)`: a histogram of so many bins, convolved with
/// a Gaussian by Fourier transforms.
pub fn smoothed(
    values: &[f64],
    start: f64,
    size: usize,
    step: f64,
    variance: f64,
    weights: Option<&[f64]>,
) -> Result<Vec<f64>> {
    const METHOD: &str = "smhist";
    within(METHOD, "step", step, 1e-99, 1e99)?;
    within(METHOD, "variance", variance, f64::MIN_POSITIVE, 1e99)?;
    if let Some(weights) = weights {
        same_size("smhist", "vector of weights", weights.len(), values.len())?;
    }
    let in_steps = 2.0 * variance / (step * step);
    let scale = 1.0 / (2.0 * PI * variance).sqrt();
    let half = (10.0 * in_steps).sqrt().trunc();
    let n = size as f64 + 2.0 * half + 1.0;
    if n > MOST_BINS {
        return Err(VectorError::Undefined {
            method: "smhist",
            reason: "the Gaussian would be too wide, or there would be too many bins",
        });
    }
    let (half, n) = (half as usize, (n as usize).next_power_of_two());
    let width = 2 * half + 1;

    let mut gaussian = zeros("smhist", n)?;
    for i in 0..=half {
        let height = scale * (-((i * i) as f64) / in_steps).exp();
        gaussian[i] = height;
        if i > 0 {
            gaussian[width - i] = height;
        }
    }
    let mut series = zeros("smhist", n)?;
    let end = start + n as f64 * step;
    for (i, x) in values.iter().enumerate() {
        if (start..end).contains(x)
            && let Some(bin) = series.get_mut(((x - start) / step) as usize)
        {
            *bin += weights.map_or(1.0, |weights| weights[i]);
        }
    }
    let mut smooth = fourier::convolve_in_place("smhist", series, gaussian, width, false)?;
    smooth.truncate(size);
    for x in &mut smooth {
        if *x <= NOISE {
            *x = 0.0;
        }
    }
    Ok(smooth)
}

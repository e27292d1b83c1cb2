//! Sums, moments, extremes. All of them take a range of elements.

use super::arithmetic::inner_product;
use super::error::{Result, Span, VectorError, at_least, not_smaller, span};

/// `sum`
pub fn sum(values: &[f64], range: Span) -> Result<f64> {
    Ok(total(&values[span("sum", values.len(), range)?]))
}

fn total(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |sum, x| sum + x)
}

/// `sumsq`
pub fn sum_of_squares(values: &[f64], range: Span) -> Result<f64> {
    let values = &values[span("sumsq", values.len(), range)?];
    Ok(inner_product(values, values))
}

/// `mean`.
///
/// With a range, NEURON 9.0.2 gives sum / end - start + 1, and refuses a range of one element;
/// this is the mean.
pub fn mean(values: &[f64], range: Span) -> Result<f64> {
    let values = &values[span("mean", values.len(), range)?];
    at_least("mean", values.len(), 1)?;
    Ok(total(values) / values.len() as f64)
}

/// `var`: the sample variance.
pub fn variance(values: &[f64], range: Span) -> Result<f64> {
    sample_variance("var", values, range).map(|(variance, _)| variance)
}

/// `stdev`: the sample standard deviation.
pub fn deviation(values: &[f64], range: Span) -> Result<f64> {
    sample_variance("stdev", values, range).map(|(variance, _)| variance.sqrt())
}

/// `stderr`: the standard error of the mean.
pub fn standard_error(values: &[f64], range: Span) -> Result<f64> {
    sample_variance("stderr", values, range).map(|(variance, n)| variance.sqrt() / n.sqrt())
}

/// The variance and the number of elements.
fn sample_variance(method: &'static str, values: &[f64], range: Span) -> Result<(f64, f64)> {
    let values = &values[span(method, values.len(), range)?];
    at_least(method, values.len(), 2)?;
    let n = values.len() as f64;
    let mean = total(values) / n;
    let squares = values
        .iter()
        .fold(0.0, |sum, x| sum + (x - mean) * (x - mean));
    Ok((squares / (n - 1.0), n))
}

/// `median`
pub fn median(values: &[f64]) -> Result<f64> {
    at_least("median", values.len(), 1)?;
    let sorted = super::search::sorted(values);
    let middle = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) {
        Ok((sorted[middle - 1] + sorted[middle]) / 2.0)
    } else {
        Ok(sorted[middle])
    }
}

/// `meansqerr`: the mean of squared differences, each multiplied by its weight.
pub fn mean_square_error(values: &[f64], other: &[f64], weights: Option<&[f64]>) -> Result<f64> {
    const METHOD: &str = "meansqerr";
    at_least(METHOD, values.len(), 1)?;
    not_smaller(METHOD, "argument", other.len(), values.len())?;
    if let Some(weights) = weights {
        not_smaller(METHOD, "vector of weights", weights.len(), values.len())?;
    }
    let mut error = 0.0;
    for (i, (a, b)) in values.iter().zip(other).enumerate() {
        let difference = a - b;
        error += match weights {
            Some(weights) => difference * difference * weights[i],
            None => difference * difference,
        };
    }
    Ok(error / values.len() as f64)
}

/// `min_ind`: the first index of the smallest element; None if there is no element.
pub fn min_index(values: &[f64], range: Span) -> Result<Option<usize>> {
    extreme("min_ind", values, range, |x, best| x < best)
}

/// `max_ind`: the first index of the largest element; None if there is no element.
pub fn max_index(values: &[f64], range: Span) -> Result<Option<usize>> {
    extreme("max_ind", values, range, |x, best| x > best)
}

/// `min`; 0 if there is no element, as in NEURON.
pub fn min(values: &[f64], range: Span) -> Result<f64> {
    let index = extreme("min", values, range, |x, best| x < best)?;
    Ok(index.map_or(0.0, |index| values[index]))
}

/// `max`; 0 if there is no element, as in NEURON.
pub fn max(values: &[f64], range: Span) -> Result<f64> {
    let index = extreme("max", values, range, |x, best| x > best)?;
    Ok(index.map_or(0.0, |index| values[index]))
}

/// Index of the first element that none after it beats. An empty vector has none, whatever the
/// range.
fn extreme(
    method: &'static str,
    values: &[f64],
    range: Span,
    beats: impl Fn(f64, f64) -> bool,
) -> Result<Option<usize>> {
    if values.is_empty() {
        return Ok(None);
    }
    let range = span(method, values.len(), range)?;
    let start = range.start;
    Ok(Some(range.fold(start, |best, i| {
        if beats(values[i], values[best]) {
            i
        } else {
            best
        }
    })))
}

/// `reduce(function, base)`: base plus the function of each element.
///
/// # Errors
///
/// The range, and what the function fails with.
pub fn reduce<E: From<VectorError>>(
    values: &[f64],
    base: f64,
    range: Span,
    mut function: impl FnMut(f64) -> std::result::Result<f64, E>,
) -> std::result::Result<f64, E> {
    let mut sum = base;
    for x in &values[span("reduce", values.len(), range)?] {
        sum += function(*x)?;
    }
    Ok(sum)
}

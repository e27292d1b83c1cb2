//! Elements as samples of a signal: derivative, integral, interpolation, bins, spikes.

use super::error::{Result, VectorError, at_least, not_smaller, zeros};
use super::search::sorted;
use crate::session::argument::within;

/// How `deriv` takes differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivative {
    /// NEURON's 1: from one element to the next; the result has one element less.
    Euler,
    /// NEURON's 2, and its default: from the element before to the one after. At the ends as Euler.
    Central,
}

/// `deriv`
pub fn derivative(values: &[f64], dx: f64, method: Derivative) -> Result<Vec<f64>> {
    at_least("deriv", values.len(), 2)?;
    let steps = values.windows(2).map(|pair| (pair[1] - pair[0]) / dx);
    if method == Derivative::Euler {
        return Ok(steps.collect());
    }
    let last = values.len() - 1;
    let mut slopes = vec![0.0; values.len()];
    slopes[0] = (values[1] - values[0]) / dx;
    slopes[last] = (values[last] - values[last - 1]) / dx;
    for i in 1..last {
        slopes[i] = (values[i + 1] - values[i - 1]) / (dx * 2.0);
    }
    Ok(slopes)
}

/// `integral`: the first element stays, the others are running sums times `dx`.
pub fn integral(values: &[f64], dx: f64) -> Result<Vec<f64>> {
    at_least("integral", values.len(), 1)?;
    let mut sum = values[0];
    let mut sums = vec![sum];
    for x in &values[1..] {
        sum += x * dx;
        sums.push(sum);
    }
    Ok(sums)
}

/// `interpolate`: the piecewise linear function with values `y` at `x`, at new places. Beyond the
/// ends it is constant. Both kinds of places ascend; of equal `x` the first counts.
pub fn interpolate(at: &[f64], x: &[f64], y: &[f64]) -> Result<Vec<f64>> {
    const METHOD: &str = "interpolate";
    if at.is_empty() {
        return Ok(Vec::new());
    }
    at_least(METHOD, x.len(), 1)?;
    not_smaller(METHOD, "vector of values", y.len(), x.len())?;
    let mut found = Vec::with_capacity(at.len());
    let mut places = at.iter().copied().peekable();
    while places.next_if(|place| *place <= x[0]).is_some() {
        found.push(y[0]);
    }
    for i in 1..x.len() {
        if x[i] <= x[i - 1] {
            continue;
        }
        while let Some(place) = places.next_if(|place| *place <= x[i]) {
            let part = (place - x[i - 1]) / (x[i] - x[i - 1]);
            found.push((1.0 - part) * y[i - 1] + part * y[i]);
        }
    }
    found.resize(at.len(), y[x.len() - 1]);
    Ok(found)
}

/// `rebin`: sums of so many elements; what is left at the end is dropped.
pub fn rebin(values: &[f64], factor: usize) -> Result<Vec<f64>> {
    if factor == 0 {
        return Err(VectorError::Undefined {
            method: "rebin",
            reason: "a bin needs at least one element",
        });
    }
    let bins = values.chunks_exact(factor);
    Ok(bins
        .map(|bin| bin.iter().fold(0.0, |sum, x| sum + x))
        .collect())
}

/// `resample`: so many times as many elements, each a copy of the one at its place.
pub fn resample(values: &[f64], rate: f64) -> Result<Vec<f64>> {
    const METHOD: &str = "resample";
    let most = (values.len() / 2) as f64;
    let rate = within(METHOD, "rate", rate, 0.0, most)?;
    let size = (values.len() as f64 * rate) as usize;
    // Rounding must not lead beyond the last element.
    let source = |i: usize| ((i as f64 / rate) as usize).min(values.len() - 1);
    let mut samples = zeros("resample", size)?;
    for (i, sample) in samples.iter_mut().enumerate() {
        *sample = values[source(i)];
    }
    Ok(samples)
}

/// `medfltr`: the median of the elements from `points` before each one to `points - 1` after it,
/// as far as there are any; the last ones look as far as the last but one. NEURON's default is 3
/// points.
///
/// NEURON 9.0.2 takes the elements from the wrong place, and crashes, unless the window begins with
/// the first element; there the two agree.
pub fn median_filter(values: &[f64], points: Option<usize>) -> Result<Vec<f64>> {
    let size = values.len();
    if let Some(points) = points {
        within(
            "medfltr",
            "number of points",
            points as f64,
            1.0,
            (size / 2) as f64,
        )?;
    }
    let points = points.unwrap_or(3);
    let median = |i: usize| {
        let first = i.saturating_sub(points);
        let last = (i + points).min(size - 1);
        let window = sorted(&values[first..last]);
        window.get(window.len() / 2).copied().unwrap_or(values[i])
    };
    Ok((0..size).map(median).collect())
}

/// `spikebin`: 1 for each bin in which the values rise to the threshold, else 0. What is left at the
/// end is dropped.
pub fn spike_bins(values: &[f64], threshold: f64, bin: usize) -> Result<Vec<f64>> {
    if bin == 0 {
        return Err(VectorError::Undefined {
            method: "spikebin",
            reason: "a bin needs at least one element",
        });
    }
    let mut firing = false;
    let mut rises = |x: &f64| {
        let before = firing;
        if before && *x < threshold {
            firing = false;
        } else if *x >= threshold {
            firing = true;
        }
        firing && !before
    };
    let bins = values.chunks_exact(bin);
    Ok(bins
        .map(|bin| f64::from(u8::from(bin.iter().filter(|x| rises(x)).count() > 0)))
        .collect())
}

/// `trigavg`: the average of the values around triggers, which are indices, from `before` elements
/// before to `after - 1` after; and the number of triggers that are not too near to the ends.
/// Without any, the averages are NaN as in NEURON.
pub fn triggered_average(
    values: &[f64],
    triggers: &[f64],
    before: usize,
    after: usize,
) -> Result<(Vec<f64>, usize)> {
    for points in [before, after] {
        if points >= values.len() {
            return Err(VectorError::Index {
                method: "trigavg",
                index: points,
                size: values.len(),
            });
        }
    }
    let mut sums = vec![0.0; before + after];
    let mut count = 0;
    for trigger in triggers {
        let trigger = match usize::try_from(*trigger as i64) {
            Ok(index) if !trigger.is_nan() => index,
            _ => continue,
        };
        if trigger < before || trigger.saturating_add(after) >= values.len() {
            continue;
        }
        count += 1;
        for (sum, x) in sums.iter_mut().zip(&values[trigger - before..]) {
            *sum += x;
        }
    }
    for sum in &mut sums {
        *sum /= count as f64;
    }
    Ok((sums, count))
}

/// `psth`: rates in Hz from counts of spikes in `trials` trials, in bins of `dt_ms`. Each bin is
/// widened, after and before in turn, until there are `size` spikes in it.
pub fn adaptive_rate(counts: &[f64], dt_ms: f64, trials: f64, size: f64) -> Result<Vec<f64>> {
    const METHOD: &str = "psth";
    within(METHOD, "dt", dt_ms, f64::MIN_POSITIVE, 9e99)?;
    within(METHOD, "number of trials", trials, f64::MIN_POSITIVE, 9e99)?;
    within(METHOD, "size", size, 0.0, (counts.len() / 2) as f64)?;
    let mut rates = Vec::with_capacity(counts.len());
    for (i, count) in counts.iter().enumerate() {
        let (mut after, mut before) = (0, 0);
        let mut spikes = *count;
        while spikes < size {
            let bins = after + before;
            if i + after + 1 < counts.len() {
                after += 1;
                spikes += counts[i + after];
            }
            if i > before && spikes < size {
                before += 1;
                spikes += counts[i - before];
            }
            if bins == after + before {
                return Err(VectorError::Undefined {
                    method: "psth",
                    reason: "there are fewer spikes than the size that is asked for",
                });
            }
        }
        rates.push(spikes / trials * 1000.0 / ((after + before + 1) as f64 * dt_ms));
    }
    Ok(rates)
}

/// A leaky integrate-and-fire neuron, for [`integrate_and_fire`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntegrateAndFire {
    /// Step.
    pub dt: f64,
    /// Conductance of the leak.
    pub gl: f64,
    /// Reversal potential of the leak, where it begins.
    pub el: f64,
    /// Capacitance.
    pub cm: f64,
    /// Threshold.
    pub threshold: f64,
    /// Potential after a spike.
    pub reset: f64,
    /// Time in which there is no further spike.
    pub refractory: f64,
}

/// `inf`: the potential of such a neuron with a stimulus. A spike is an element 0, then one of the
/// reset potential; NEURON refuses a stimulus that ends with a spike.
pub fn integrate_and_fire(stimulus: &[f64], neuron: IntegrateAndFire) -> Result<Vec<f64>> {
    const METHOD: &str = "inf";
    at_least("inf", stimulus.len(), 1)?;
    within(METHOD, "dt", neuron.dt, 1e-99, 9e99)?;
    let cm = neuron.cm / neuron.dt;
    let mut v = vec![neuron.el; stimulus.len()];
    let mut wait = 0.0;
    let mut t = 0;
    while t + 1 < v.len() {
        let current = -neuron.gl * (v[t] - neuron.el) + stimulus[t];
        let next = v[t] + current / cm;
        if next >= neuron.threshold && wait <= 0.0 {
            v[t + 1] = 0.0;
            t += 1;
            if let Some(after) = v.get_mut(t + 1) {
                *after = neuron.reset;
            }
            wait = neuron.refractory;
        } else {
            wait -= neuron.dt;
            v[t + 1] = next;
        }
        t += 1;
    }
    Ok(v)
}

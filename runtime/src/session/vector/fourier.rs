//! Fourier transforms of real data, and what is made with them: spectra, correlation, convolution.
//!
//! The transforms are those of a radix-2 algorithm in place, decimation in time forwards and in
//! frequency backwards, with the recurrence of Singleton for the sines. NEURON's, and therefore
//! these, follow the operations of the GNU Scientific Library; its numbers come out to the last
//! bit. Data are padded with zeros to a power of two.
//!
//! A transform of n real numbers is *half complex*: the real parts of the frequencies 0 to n/2, then
//! the imaginary parts of n/2 - 1 to 1.

use std::f64::consts::PI;

use super::error::{Result, VectorError, at_least};
use crate::session::argument;

/// Which way to transform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From samples to frequencies.
    Forward,
    /// Back to samples.
    Inverse,
}

/// The recurrence for cos and sin of multiples of an angle.
struct Rotation {
    re: f64,
    im: f64,
    s: f64,
    s2: f64,
}

impl Rotation {
    fn new(angle: f64) -> Self {
        let t = (angle / 2.0).sin();
        Self {
            re: 1.0,
            im: 0.0,
            s: angle.sin(),
            s2: 2.0 * t * t,
        }
    }

    fn turn(&mut self) {
        let re = self.re - self.s * self.im - self.s2 * self.re;
        let im = self.im + self.s * self.re - self.s2 * self.im;
        (self.re, self.im) = (re, im);
    }
}

/// Exchanges the elements whose indices mirror each other in binary.
fn reverse_bits(data: &mut [f64]) {
    let bits = data.len().trailing_zeros();
    for i in 0..data.len() {
        let j = i
            .reverse_bits()
            .checked_shr(usize::BITS - bits)
            .unwrap_or(0);
        if i < j {
            data.swap(i, j);
        }
    }
}

/// Half complex transform of a power of two of samples, in place.
fn transform(data: &mut [f64]) {
    reverse_bits(data);
    let n = data.len();
    let mut half = 1;
    while half < n {
        let whole = 2 * half;
        for block in data.chunks_exact_mut(whole) {
            let (a, b) = (block[0], block[half]);
            (block[0], block[half]) = (a + b, a - b);
        }
        let mut w = Rotation::new(-2.0 * PI / whole as f64);
        for a in 1..half / 2 {
            w.turn();
            for block in data.chunks_exact_mut(whole) {
                let (z0_re, z0_im) = (block[a], block[half - a]);
                let (z1_re, z1_im) = (block[half + a], block[whole - a]);
                block[a] = z0_re + w.re * z1_re - w.im * z1_im;
                block[whole - a] = z0_im + w.re * z1_im + w.im * z1_re;
                block[half - a] = z0_re - w.re * z1_re + w.im * z1_im;
                block[half + a] = -(z0_im - w.re * z1_im - w.im * z1_re);
            }
        }
        if half > 1 {
            for block in data.chunks_exact_mut(whole) {
                block[whole - half / 2] *= -1.0;
            }
        }
        half = whole;
    }
}

/// Samples of a half complex transform, in place.
fn transform_back(data: &mut [f64]) {
    let n = data.len();
    let mut whole = n;
    while whole > 1 {
        let half = whole / 2;
        for block in data.chunks_exact_mut(whole) {
            let (a, b) = (block[0], block[half]);
            (block[0], block[half]) = (a + b, a - b);
        }
        let mut w = Rotation::new(2.0 * PI / whole as f64);
        for a in 1..half / 2 {
            w.turn();
            for block in data.chunks_exact_mut(whole) {
                let (z0_re, z0_im) = (block[a], block[whole - a]);
                let (z1_re, z1_im) = (block[half - a], -block[half + a]);
                block[a] = z0_re + z1_re;
                block[half - a] = z0_im + z1_im;
                let (re, im) = (z0_re - z1_re, z0_im - z1_im);
                block[half + a] = w.re * re - w.im * im;
                block[whole - a] = w.re * im + w.im * re;
            }
        }
        if half > 1 {
            for block in data.chunks_exact_mut(whole) {
                block[half / 2] *= 2.0;
                block[half + half / 2] *= -2.0;
            }
        }
        whole = half;
    }
    reverse_bits(data);
    let scale = 1.0 / n as f64;
    for x in data {
        *x *= scale;
    }
}

/// The values and zeros, so many in all.
fn padded(values: &[f64], size: usize) -> Vec<f64> {
    let mut padded = values.to_vec();
    padded.resize(size, 0.0);
    padded
}

/// A power of two that both vectors fit in.
fn common_size(a: &[f64], b: &[f64]) -> usize {
    a.len().max(b.len()).next_power_of_two()
}

/// `fft`. The transform has the amplitudes of frequency 0 and n/2, then pairs of those of the
/// cosines and sines of 1, 2, ...; the inverse is n/2 times what gives the samples back, as in NEURON.
pub fn fft(values: &[f64], direction: Direction) -> Vec<f64> {
    let n = values.len().next_power_of_two();
    let mut data = padded(values, n);
    match direction {
        Direction::Forward => {
            transform(&mut data);
            let mut pairs = data.clone();
            if n > 1 {
                pairs[1] = data[n / 2];
                for i in 1..n / 2 {
                    pairs[2 * i] = data[i];
                    pairs[2 * i + 1] = -data[n - i];
                }
            }
            pairs
        }
        Direction::Inverse => {
            let scale = 0.5 * n as f64;
            let mut half_complex = vec![data[0] * scale];
            half_complex.resize(n, 0.0);
            if n > 1 {
                half_complex[n / 2] = data[1] * scale;
                for i in 1..n / 2 {
                    half_complex[i] = data[2 * i] * scale;
                    half_complex[n - i] = -data[2 * i + 1] * scale;
                }
            }
            transform_back(&mut half_complex);
            half_complex
        }
    }
}

/// `correl`: the correlation of two vectors, from lag 0 on, then the negative lags.
pub fn correlate(a: &[f64], b: &[f64]) -> Vec<f64> {
    let n = common_size(a, b);
    let (mut x, mut y) = (padded(a, n), padded(b, n));
    transform(&mut x);
    transform(&mut y);
    let mut z = vec![0.0; n];
    z[0] = x[0] * y[0];
    for i in 1..n / 2 {
        z[i] = x[i] * y[i] + x[n - i] * y[n - i];
        z[n - i] = y[i] * x[n - i] - y[n - i] * x[i];
    }
    z[n / 2] = x[n / 2] * y[n / 2];
    transform_back(&mut z);
    z
}

/// `convlv`: convolution with a response, or its inverse.
///
/// The response is in wrap-around order: what is at and after an event, then what is before it. Its
/// size is odd. The deconvolution of NEURON 9.0.2 gives something else; this one undoes a
/// convolution.
pub fn convolve(values: &[f64], response: &[f64], deconvolve: bool) -> Result<Vec<f64>> {
    at_least("convlv", response.len(), 1)?;
    let n = common_size(values, response);
    let (data, padded_response) = (padded(values, n), padded(response, n));
    convolve_in_place("convlv", data, padded_response, response.len(), deconvolve)
}

/// Convolution of data with a response of `m` elements, both padded to one power of two.
pub(super) fn convolve_in_place(
    method: &'static str,
    mut data: Vec<f64>,
    mut response: Vec<f64>,
    m: usize,
    deconvolve: bool,
) -> Result<Vec<f64>> {
    let n = data.len();
    let before = (m - 1) / 2;
    for i in 1..=before {
        response[n - i] = response[m - i];
    }
    if let Some(between) = response.get_mut(m.div_ceil(2)..n - before) {
        between.fill(0.0);
    }
    transform(&mut data);
    transform(&mut response);
    if deconvolve {
        divide(method, &mut data, &response)?;
    } else {
        data[0] *= response[0];
        for i in 1..n / 2 {
            let (re, im) = (data[i], data[n - i]);
            data[i] = re * response[i] - im * response[n - i];
            data[n - i] = re * response[n - i] + im * response[i];
        }
        if n > 1 {
            data[n / 2] *= response[n / 2];
        }
    }
    transform_back(&mut data);
    Ok(data)
}

/// Division of half complex transforms.
fn divide(method: &'static str, data: &mut [f64], response: &[f64]) -> Result<()> {
    let n = data.len();
    let zero = |power: f64| {
        if power == 0.0 {
            return Err(VectorError::Undefined {
                method,
                reason: "the response has a frequency of amplitude 0, which cannot be undone",
            });
        }
        Ok(power)
    };
    data[0] /= zero(response[0])?;
    for i in 1..n / 2 {
        let (re, im) = (response[i], response[n - i]);
        let power = zero(re * re + im * im)?;
        let (a, b) = (data[i], data[n - i]);
        data[i] = (a * re + b * im) / power;
        data[n - i] = (b * re - a * im) / power;
    }
    if n > 1 {
        data[n / 2] /= zero(response[n / 2])?;
    }
    Ok(())
}

/// `filter`: convolution with the response whose transform is given.
pub fn filter(values: &[f64], transfer: &[f64]) -> Result<Vec<f64>> {
    at_least("filter", transfer.len(), 1)?;
    let n = common_size(values, transfer);
    let mut response = padded(transfer, n);
    transform(&mut response);
    convolve_in_place("filter", padded(values, n), response, transfer.len(), false)
}

/// `spctrm`: the power spectrum, from frequency 0 to 1/(2 dt), as the average over windows that
/// overlap by half. The number of frequencies is a power of two, and an eighth of the number of
/// elements unless it is given.
pub fn spectrum(values: &[f64], frequencies: Option<f64>) -> Result<Vec<f64>> {
    const METHOD: &str = "spctrm";
    at_least(METHOD, values.len(), 1)?;
    let size = values.len() as f64;
    let wanted = frequencies.unwrap_or((values.len() / 8) as f64);
    let wanted = argument::within("spctrm", "number of frequencies", wanted, 0.0, size)?;
    let m = (wanted as usize).next_power_of_two();
    let pairs = ((size / m as f64 - 1.0) / 2.0).ceil();
    if pairs < 1.0 {
        return Err(VectorError::Undefined {
            method: METHOD,
            reason: "needs more elements than frequencies",
        });
    }
    let pairs = pairs as usize;
    let data = padded(values, (2 * pairs + 1) * m);

    let n = 2 * m;
    let window: Vec<f64> = (0..n)
        .map(|j| 1.0 - ((j as f64 - m as f64) * (1.0 / m as f64)).abs())
        .collect();
    let weight = window.iter().fold(0.0, |sum, w| sum + w * w);
    let mut power = vec![0.0; m];
    for start in (0..2 * pairs).map(|k| k * m) {
        let mut segment: Vec<f64> = data[start..start + n]
            .iter()
            .zip(&window)
            .map(|(x, w)| x * w)
            .collect();
        transform(&mut segment);
        power[0] += segment[0] * segment[0];
        for j in 1..m {
            power[j] += segment[j] * segment[j] + segment[n - j] * segment[n - j];
        }
    }
    let scale = 1.0 / (weight * n as f64 * pairs as f64);
    for p in &mut power {
        *p *= scale;
    }
    power[0] *= 0.5;
    Ok(power)
}

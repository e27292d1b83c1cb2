//! Methods that make all elements anew.

use super::super::arithmetic::{self, Function};
use super::super::fourier::{self, Direction};
use super::super::signal::{self, Derivative, IntegrateAndFire};
use super::super::{Result, Vector, VectorError, edit, histogram, search};
use super::Arguments;

impl Vector {
    /// Methods that make all elements anew.
    pub(super) fn remake(&self, arguments: &mut Arguments<'_, '_>) -> Result<Option<Vec<f64>>> {
        let values = self.values();
        let made = match arguments.method {
            "abs" => Function::Abs.of(arguments.source(values)),
            "floor" => Function::Floor.of(arguments.source(values)),
            "log" => Function::Log.of(arguments.source(values)),
            "log10" => Function::Log10.of(arguments.source(values)),
            "tanh" => Function::Tanh.of(arguments.source(values)),
            "sqrt" => arithmetic::square_roots(arguments.source(values))?,
            "pow" => arithmetic::powers(arguments.source(values), arguments.number()?)?,
            "sin" => {
                let [frequency, phase] = arguments.numbers()?;
                let dt = arguments.optional_number(1.0)?;
                arithmetic::sine(values.len(), frequency, phase, dt)
            }
            "sort" => search::sorted(values),
            "reverse" => values.iter().rev().copied().collect(),
            "rotate" => {
                let by = arguments.number()?;
                let wrap = !arguments.is_left();
                arguments.next += usize::from(!wrap);
                edit::rotate(values, by as i64, wrap)
            }
            "deriv" => {
                let source = arguments.source(values);
                let dx = arguments.optional_number(1.0)?;
                let method = match arguments.is_left() {
                    true => arguments.whole("method", 1.0, 2.0)?,
                    false => 2.0,
                };
                let method = match method == 1.0 {
                    true => Derivative::Euler,
                    false => Derivative::Central,
                };
                signal::derivative(source, dx, method)?
            }
            "integral" => {
                let source = arguments.source(values);
                signal::integral(source, arguments.optional_number(1.0)?)?
            }
            "interpolate" => {
                let (at, x) = (arguments.vector()?, arguments.vector()?);
                signal::interpolate(at, x, arguments.source(values))?
            }
            "rebin" => {
                let source = arguments.source(values);
                signal::rebin(source, arguments.count("number of elements in a bin")?)?
            }
            "resample" => {
                let source = arguments.vector()?;
                signal::resample(source, arguments.number()?)?
            }
            "medfltr" => {
                let source = arguments.source(values);
                let points = match arguments.is_left() {
                    true => Some(arguments.count("number of points")?),
                    false => None,
                };
                signal::median_filter(source, points)?
            }
            "spikebin" => {
                let source = arguments.vector()?;
                let threshold = arguments.number()?;
                let bin = match arguments.is_left() {
                    true => arguments.count("number of elements in a bin")?,
                    false => 1,
                };
                signal::spike_bins(source, threshold, bin)?
            }
            "psth" => {
                let source = arguments.vector()?;
                let [dt, trials, size] = arguments.numbers()?;
                signal::adaptive_rate(source, dt, trials, size)?
            }
            "inf" => {
                let stimulus = arguments.vector()?;
                let [dt, gl, el, cm, threshold, reset] = arguments.numbers()?;
                let refractory = arguments.optional_number(0.0)?;
                signal::integrate_and_fire(
                    stimulus,
                    IntegrateAndFire {
                        dt,
                        gl,
                        el,
                        cm,
                        threshold,
                        reset,
                        refractory,
                    },
                )?
            }
            "hist" => {
                let data = arguments.vector()?;
                let start = arguments.number()?;
                let size = arguments.count("size")?;
                histogram::counts(data, start, size, arguments.number()?)?
            }
            "smhist" => {
                let data = arguments.vector()?;
                let start = arguments.number()?;
                let size = arguments.count("size")?;
                let [step, variance] = arguments.numbers()?;
                let weights = arguments.optional_vector();
                histogram::smoothed(data, start, size, step, variance, weights)?
            }
            "fft" => {
                let source = arguments.source(values);
                let direction = match arguments.is_left() {
                    true => arguments.whole("direction", -1.0, 1.0)?,
                    false => 1.0,
                };
                let direction = match direction == -1.0 {
                    true => Direction::Inverse,
                    false => Direction::Forward,
                };
                fourier::fft(source, direction)
            }
            "correl" => {
                let first = arguments.vector()?;
                fourier::correlate(first, arguments.source(first))
            }
            "convlv" => {
                let (source, response) = (arguments.vector()?, arguments.vector()?);
                let sign = arguments.optional_number(1.0)?;
                if sign.abs() != 1.0 {
                    return Err(VectorError::Undefined {
                        method: "convlv",
                        reason: "the third argument must be 1 or -1",
                    });
                }
                fourier::convolve(source, response, sign == -1.0)?
            }
            "filter" => {
                let first = arguments.vector()?;
                match arguments.optional_vector() {
                    Some(transfer) => fourier::filter(first, transfer)?,
                    None => fourier::filter(values, first)?,
                }
            }
            "spctrm" => {
                let source = arguments.vector()?;
                let frequencies = match arguments.is_left() {
                    true => Some(arguments.number()?),
                    false => None,
                };
                let mut spectrum = fourier::spectrum(source, frequencies)?;
                // What the vector has beyond it stays.
                spectrum.extend(values.iter().skip(spectrum.len()));
                spectrum
            }
            "where" => {
                let source = arguments.source(values);
                search::elements_where(source, arguments.comparison()?)
            }
            "indvwhere" => {
                let source = arguments.source(values);
                search::indices_where(source, arguments.comparison()?)
            }
            "index" => {
                let first = arguments.vector()?;
                match arguments.optional_vector() {
                    Some(indices) => search::gather(first, indices),
                    None => search::gather(values, first),
                }
            }
            "indgen" if arguments.given.len() == 3 => {
                let [start, stop, step] = arguments.numbers()?;
                edit::sequence_to(start, stop, step)?
            }
            _ => return Ok(None),
        };
        arguments.end(Some(made))
    }
}

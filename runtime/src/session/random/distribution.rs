//! The distributions of `Random`: how many uniform numbers a pick takes, and what it makes of them.
//!
//! The algorithms are those of libg++, which NEURON uses: Law and Kelton, Simulation Modeling and
//! Analysis.

use std::f64::consts::E;

use super::RandomError;

/// A distribution with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution(Form);

#[derive(Debug, Clone, PartialEq)]
enum Form {
    Uniform { low: f64, width: f64 },
    DiscreteUniform { low: i64, count: f64 },
    Normal(Normal),
    Lognormal(Normal),
    Exponential { mean: f64 },
    Poisson { bound: f64 },
    Binomial { trials: u32, probability: f64 },
    Geometric { probability: f64 },
    Hypergeometric { mean: f64, probability: f64 },
    Erlang { order: u32, rate: f64 },
    Weibull { inverse_alpha: f64, beta: f64 },
}

/// The polar method makes two numbers at a time; the second one is kept.
#[derive(Debug, Clone, PartialEq)]
struct Normal {
    mean: f64,
    deviation: f64,
    kept: Option<f64>,
}

impl Normal {
    fn new(mean: f64, deviation: f64) -> Self {
        Self {
            mean,
            deviation,
            kept: None,
        }
    }

    fn pick(&mut self, mut uniform: impl FnMut() -> f64) -> f64 {
        let standard = self.kept.take().unwrap_or_else(|| {
            loop {
                let x = 2.0 * uniform() - 1.0;
                let y = 2.0 * uniform() - 1.0;
                let w = x * x + y * y;
                if w <= 1.0 {
                    let scale = ((-2.0 * w.ln()) / w).sqrt();
                    self.kept = Some(y * scale);
                    return x * scale;
                }
            }
        });
        standard * self.deviation + self.mean
    }
}

/// Refuses parameters.
fn refuse<T>(
    distribution: &'static str,
    parameters: &[f64],
    reason: &'static str,
) -> Result<T, RandomError> {
    let parameters: Vec<String> = parameters.iter().map(f64::to_string).collect();
    Err(RandomError::Parameters {
        distribution,
        parameters: parameters.join(", "),
        reason,
    })
}

impl Distribution {
    /// Mean 0, variance 1.
    pub fn standard_normal() -> Self {
        Self(Form::Normal(Normal::new(0.0, 1.0)))
    }

    /// Uniform between two numbers, in any order.
    pub fn uniform(low: f64, high: f64) -> Result<Self, RandomError> {
        if !(high - low).is_finite() {
            return refuse(
                "uniform",
                &[low, high],
                "the difference of the limits must be finite",
            );
        }
        let (low, high) = if low < high { (low, high) } else { (high, low) };
        Ok(Self(Form::Uniform {
            low,
            width: high - low,
        }))
    }

    /// The whole numbers between two whole numbers, in any order, both included. Fractions are
    /// cut off.
    pub fn discrete_uniform(low: f64, high: f64) -> Result<Self, RandomError> {
        const LIMIT: f64 = 9_007_199_254_740_992.0; // 2^53
        if !(low.abs() <= LIMIT && high.abs() <= LIMIT) {
            return refuse("discunif", &[low, high], "the limits must be within 2^53");
        }
        let (low, high) = (low as i64, high as i64);
        let (low, high) = (low.min(high), low.max(high));
        Ok(Self(Form::DiscreteUniform {
            low,
            count: (high - low + 1) as f64,
        }))
    }

    /// Normal. NEURON's second parameter is the variance.
    pub fn normal(mean: f64, variance: f64) -> Result<Self, RandomError> {
        if !mean.is_finite() || !(0.0..f64::INFINITY).contains(&variance) {
            return refuse(
                "normal",
                &[mean, variance],
                "the variance must not be negative",
            );
        }
        Ok(Self(Form::Normal(Normal::new(mean, variance.sqrt()))))
    }

    /// A number whose logarithm is normal; mean and variance are its own.
    pub fn lognormal(mean: f64, variance: f64) -> Result<Self, RandomError> {
        let square = mean * mean;
        let log_mean = (square / (variance + square).sqrt()).ln();
        let log_deviation = ((variance + square) / square).ln().sqrt();
        if !log_mean.is_finite() || !log_deviation.is_finite() {
            return refuse(
                "lognormal",
                &[mean, variance],
                "the mean must not be 0, the variance not negative",
            );
        }
        Ok(Self(Form::Lognormal(Normal::new(log_mean, log_deviation))))
    }

    /// Negative exponential.
    pub fn exponential(mean: f64) -> Result<Self, RandomError> {
        if !mean.is_finite() {
            return refuse("negexp", &[mean], "the mean must be finite");
        }
        Ok(Self(Form::Exponential { mean }))
    }

    /// Poisson.
    pub fn poisson(mean: f64) -> Result<Self, RandomError> {
        // A pick multiplies uniform numbers until the product is below exp(-mean).
        let bound = (-mean).exp();
        if bound.is_nan() || bound == 0.0 {
            return refuse(
                "poisson",
                &[mean],
                "the mean must be below 745, since a pick needs exp(-mean) above zero",
            );
        }
        Ok(Self(Form::Poisson { bound }))
    }

    /// The successes among so many trials.
    pub fn binomial(trials: f64, probability: f64) -> Result<Self, RandomError> {
        if !(0.0..=f64::from(i32::MAX)).contains(&trials) || !(0.0..=1.0).contains(&probability) {
            return refuse(
                "binomial",
                &[trials, probability],
                "the number of trials must be from 0 to 2147483647, the probability from 0 to 1",
            );
        }
        Ok(Self(Form::Binomial {
            trials: trials as u32,
            probability,
        }))
    }

    /// The number of uniform numbers up to the first one that is not below `probability`.
    pub fn geometric(probability: f64) -> Result<Self, RandomError> {
        if !(0.0..1.0).contains(&probability) {
            return refuse(
                "geometric",
                &[probability],
                "the probability must be from 0 to below 1; with 1 a pick would never end",
            );
        }
        Ok(Self(Form::Geometric { probability }))
    }

    /// What libg++ calls hypergeometric: a mixture of two exponential distributions.
    pub fn hypergeometric(mean: f64, variance: f64) -> Result<Self, RandomError> {
        let z = variance / (mean * mean);
        let probability = 0.5 * (1.0 - ((z - 1.0) / (z + 1.0)).sqrt());
        if !probability.is_finite() {
            return refuse(
                "hypergeo",
                &[mean, variance],
                "the variance must not be smaller than the square of the mean",
            );
        }
        Ok(Self(Form::Hypergeometric { mean, probability }))
    }

    /// Erlang: a gamma distribution of whole order, the nearest one to the variance.
    pub fn erlang(mean: f64, variance: f64) -> Result<Self, RandomError> {
        // The product of more uniform numbers than this may underflow.
        const MOST: f64 = 600.0;
        let order = mean * mean / variance + 0.5;
        if mean == 0.0 || !mean.is_finite() || !(-MOST..=MOST).contains(&order) {
            return refuse(
                "erlang",
                &[mean, variance],
                "the mean must not be 0, and its square at most 600 times the variance",
            );
        }
        let order = (order as i32).max(1) as u32;
        Ok(Self(Form::Erlang {
            order,
            rate: f64::from(order) / mean,
        }))
    }

    /// Weibull.
    pub fn weibull(alpha: f64, beta: f64) -> Result<Self, RandomError> {
        if alpha == 0.0 || !alpha.is_finite() || !(0.0..f64::INFINITY).contains(&beta) {
            return refuse(
                "weibull",
                &[alpha, beta],
                "alpha must not be 0, beta not negative",
            );
        }
        Ok(Self(Form::Weibull {
            inverse_alpha: 1.0 / alpha,
            beta,
        }))
    }

    /// One number, made of uniform ones.
    pub(super) fn pick(&mut self, mut uniform: impl FnMut() -> f64) -> f64 {
        match &mut self.0 {
            Form::Uniform { low, width } => *low + *width * uniform(),
            Form::DiscreteUniform { low, count } => (*low + (*count * uniform()) as i64) as f64,
            Form::Normal(normal) => normal.pick(uniform),
            Form::Lognormal(normal) => E.powf(normal.pick(uniform)),
            Form::Exponential { mean } => -*mean * uniform().ln(),
            Form::Poisson { bound } => {
                let mut count = 0.0;
                let mut product = 1.0;
                while product >= *bound {
                    product *= uniform();
                    count += 1.0;
                }
                count - 1.0
            }
            Form::Binomial {
                trials,
                probability,
            } => (0..*trials).filter(|_| uniform() < *probability).count() as f64,
            Form::Geometric { probability } => {
                let mut samples = 1.0;
                while uniform() < *probability {
                    samples += 1.0;
                }
                samples
            }
            Form::Hypergeometric { mean, probability } => {
                let d = if uniform() > *probability {
                    1.0 - *probability
                } else {
                    *probability
                };
                -*mean * uniform().ln() / (2.0 * d)
            }
            Form::Erlang { order, rate } => {
                let product = (0..*order).fold(1.0, |product, _| product * uniform());
                -f64::ln(product) / *rate
            }
            Form::Weibull {
                inverse_alpha,
                beta,
            } => (*beta * -(1.0 - uniform()).ln()).powf(*inverse_alpha),
        }
    }
}

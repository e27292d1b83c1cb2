//! FUNCTION_TABLEs: functions of a mechanism whose values are given when the model is built.
//!
//! A table holds values over a grid of one axis for each argument, the last one fastest. Arguments
//! beyond an axis take its nearest end. Between the points of the grid, functions of one and two
//! arguments are interpolated linearly, as `(1 - f)·a + f·b`; functions of more arguments are
//! those of the point below, as in NEURON.

/// What a FUNCTION_TABLE gives.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionTable {
    /// A single one is the value for all arguments.
    values: Vec<f64>,
    /// None for a constant.
    axes: Vec<Axis>,
}

/// Where the values of a table lie for one of its arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Axis {
    /// Evenly spaced points.
    Even {
        /// How many.
        count: usize,
        /// The first.
        low: f64,
        /// The last.
        high: f64,
    },
    /// These points, which do not descend.
    Points(Vec<f64>),
}

/// A table that makes no sense.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FunctionTableError {
    /// Not as many values as points of the grid.
    #[error("a table of {values} values for {points} points")]
    Values {
        /// How many values there are.
        values: usize,
        /// How many points.
        points: usize,
    },
    /// An axis without points, limits the wrong way round, points that descend, or numbers that
    /// are not finite.
    #[error("argument {0} of a table has no ascending finite points")]
    Axis(usize),
}

/// A place on an axis: the point at or below, how far it is to the next one, and the derivative of
/// that; 0 at the ends.
struct Position {
    point: usize,
    fraction: f64,
    slope: f64,
}

impl FunctionTable {
    /// `value` whatever the arguments are.
    pub fn constant(value: f64) -> Self {
        Self {
            values: vec![value],
            axes: Vec::new(),
        }
    }

    /// `values` over the grid of `axes`, one axis for each argument, the last one fastest.
    ///
    /// # Errors
    ///
    /// Axes that make no sense, or another number of values than points.
    pub fn new(values: Vec<f64>, axes: Vec<Axis>) -> Result<Self, FunctionTableError> {
        let mut points = 1usize;
        for (argument, axis) in axes.iter().enumerate() {
            if !axis.is_ascending() {
                return Err(FunctionTableError::Axis(argument));
            }
            points = points.saturating_mul(axis.len());
        }
        let values_len = values.len();
        if values_len != points {
            return Err(FunctionTableError::Values {
                values: values_len,
                points,
            });
        }
        Ok(Self { values, axes })
    }

    /// Number of arguments; `None` for a constant, which takes any.
    pub fn arguments(&self) -> Option<usize> {
        Some(self.axes.len()).filter(|&n| n > 0)
    }

    /// The value at `args`; NaN for arguments that are NaN or too few or many.
    pub fn value(&self, args: &[f64]) -> f64 {
        self.evaluate(args, None)
    }

    /// The value, or its derivative with respect to argument `slope`: that of the interval of the
    /// grid that begins at or below, and 0 beyond the ends.
    pub fn evaluate(&self, args: &[f64], slope: Option<usize>) -> f64 {
        if self.axes.is_empty() {
            return if slope.is_some() { 0.0 } else { self.values[0] };
        }
        if args.len() != self.axes.len() || args.iter().any(|x| x.is_nan()) {
            return f64::NAN;
        }
        let at = |i: usize| self.axes[i].position(args[i]);
        match args.len() {
            1 => {
                let x = at(0);
                let line = Line::new(&self.values, x.point, &x);
                match slope {
                    None => line.value(&x),
                    Some(_) => line.slope(&x),
                }
            }
            2 => {
                let (x, y) = (at(0), at(1));
                let row = self.axes[1].len();
                let first = Line::new(&self.values, x.point * row + y.point, &y);
                let second = match x.slope > 0.0 {
                    true => Line::new(&self.values, (x.point + 1) * row + y.point, &y),
                    false => first,
                };
                let across = |a, b| Line { a, b };
                match slope {
                    None => across(first.value(&y), second.value(&y)).value(&x),
                    Some(0) => across(first.value(&y), second.value(&y)).slope(&x),
                    Some(_) => across(first.slope(&y), second.slope(&y)).value(&x),
                }
            }
            _ if slope.is_some() => 0.0,
            count => {
                let below = (0..count).fold(0, |j, i| j * self.axes[i].len() + at(i).point);
                self.values[below]
            }
        }
    }
}

/// Two neighbouring values.
#[derive(Clone, Copy)]
struct Line {
    a: f64,
    b: f64,
}

impl Line {
    /// The values at `index` and behind it, if there is a point behind it on the axis.
    fn new(values: &[f64], index: usize, at: &Position) -> Line {
        let a = values[index];
        let b = if at.slope > 0.0 { values[index + 1] } else { a };
        Line { a, b }
    }

    fn value(self, at: &Position) -> f64 {
        if at.fraction > 0.0 {
            (1.0 - at.fraction) * self.a + at.fraction * self.b
        } else {
            self.a
        }
    }

    fn slope(self, at: &Position) -> f64 {
        at.slope * (self.b - self.a)
    }
}

impl Axis {
    /// Number of points.
    fn len(&self) -> usize {
        match self {
            Axis::Even { count, .. } => *count,
            Axis::Points(points) => points.len(),
        }
    }

    fn is_ascending(&self) -> bool {
        match self {
            Axis::Even { count, low, high } => {
                *count > 0 && low <= high && low.is_finite() && high.is_finite()
            }
            Axis::Points(points) => {
                !points.is_empty()
                    && points.iter().all(|x| x.is_finite())
                    && points.windows(2).all(|pair| pair[0] <= pair[1])
            }
        }
    }

    /// Where `x`, which is a number, lies.
    fn position(&self, x: f64) -> Position {
        let end = |point| Position {
            point,
            fraction: 0.0,
            slope: 0.0,
        };
        let last = self.len() - 1;
        match self {
            Axis::Even { low, .. } if x <= *low => end(0),
            Axis::Even { high, .. } if x >= *high => end(last),
            Axis::Even { low, high, .. } => {
                let step = (high - low) / last as f64;
                let steps = (x - low) / step;
                let point = steps as usize;
                if point >= last {
                    return end(last);
                }
                Position {
                    point,
                    fraction: steps - point as f64,
                    slope: 1.0 / step,
                }
            }
            Axis::Points(points) if x <= points[0] => end(0),
            Axis::Points(points) if x >= points[last] => end(last),
            Axis::Points(points) => {
                let point = points.partition_point(|&p| p <= x) - 1;
                let width = points[point + 1] - points[point];
                Position {
                    point,
                    fraction: (x - points[point]) / width,
                    slope: 1.0 / width,
                }
            }
        }
    }
}

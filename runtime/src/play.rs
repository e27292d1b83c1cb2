//! Playing of vectors and of random numbers into variables: NEURON's `Vector.play` and
//! `Random.play`.

use crate::model::Target;
use crate::record::Series;
use crate::session::random::RandomHandle;
use crate::simulation::CallbackId;
use crate::state_file::{StateFileError, Transfer};

/// What a vector is played into.
#[derive(Debug, Clone, PartialEq)]
pub enum Played {
    /// What may be pointed at: a variable that can be set, a weight, a number of the caller's.
    Into(Target),
    /// The caller is called, and finds the value with [`crate::Simulation::played_value`].
    Call(CallbackId),
}

/// When the values of a vector are played.
#[derive(Debug, Clone)]
pub enum Schedule {
    /// The first at 0, the others at intervals in ms.
    Interval(f64),
    /// Each at its time in ms, at the step boundary nearest to it.
    Times(Series),
    /// At the middle and at the end of every step, interpolated linearly between the times in ms;
    /// constant before the first, on along the last line after the last.
    Continuous {
        /// Ascending; where two are equal, the value jumps.
        times_ms: Series,
        /// Positions in `times_ms` that are step boundaries to an adaptive integrator; all, if
        /// `None`.
        discontinuities: Option<Series>,
    },
    /// No vector, but a new number when `initialize` begins and in every step, after the events up
    /// to its middle; with steps of variable length when an advance begins.
    Drawn(RandomHandle),
}

/// A vector that is played, and how far it is.
#[derive(Debug, Clone)]
pub(crate) struct Play {
    pub values: Series,
    pub target: Played,
    pub schedule: Schedule,
    /// Next value of a schedule of single values.
    next: usize,
    /// Upper end of the interval that was used last.
    last: usize,
    /// The knot up to which there is nothing to know.
    bound: usize,
    /// Next of the discontinuities.
    discontinuity: usize,
}

impl Play {
    pub fn new(values: Series, target: Played, schedule: Schedule) -> Self {
        Self {
            values,
            target,
            schedule,
            next: 0,
            last: 0,
            bound: 0,
            discontinuity: 0,
        }
    }

    /// Begins anew; gives the time of the first event.
    pub fn begin(&mut self) -> Option<f64> {
        (self.next, self.last, self.bound, self.discontinuity) = (0, 0, 0, 0);
        match &self.schedule {
            Schedule::Interval(_) => Some(0.0),
            Schedule::Times(times) => times.lock().values().first().copied(),
            Schedule::Continuous { .. } => self.next_knot(true),
            Schedule::Drawn(_) => None,
        }
    }

    /// A new number, if they are drawn.
    pub fn draw(&self) -> Option<f64> {
        match &self.schedule {
            Schedule::Drawn(random) => Some(random.pick()),
            _ => None,
        }
    }

    /// Goes to where another one of the same vector is.
    pub fn go_to(&mut self, other: &Self) {
        self.next = other.next;
        self.last = other.last;
        self.bound = other.bound;
        self.discontinuity = other.discontinuity;
    }

    /// Goes through the numbers that say how far it is.
    pub fn exchange(&mut self, with: &mut impl Transfer) -> Result<(), StateFileError> {
        with.usize(&mut self.next)?;
        with.usize(&mut self.last)?;
        with.usize(&mut self.bound)?;
        with.usize(&mut self.discontinuity)
    }

    /// The value that an event at `time_ms` brings, and the time of the next one.
    pub fn deliver(&mut self, time_ms: f64) -> (Option<f64>, Option<f64>) {
        if let Schedule::Continuous { .. } = self.schedule {
            self.last = self.bound;
            let next = self.next_knot(false);
            return (self.at(time_ms), next);
        }
        let values = self.values.lock();
        let value = values.values().get(self.next).copied();
        self.next += 1;
        if self.next >= values.values().len() {
            return (value, None);
        }
        let next = match &self.schedule {
            Schedule::Interval(interval_ms) => Some(time_ms + interval_ms),
            Schedule::Times(times) => times.lock().values().get(self.next).copied(),
            Schedule::Continuous { .. } | Schedule::Drawn(_) => None,
        };
        (value, next)
    }

    /// Goes on to the next knot that sends an event; gives its time.
    fn next_knot(&mut self, first: bool) -> Option<f64> {
        let Schedule::Continuous {
            times_ms,
            discontinuities,
        } = &self.schedule
        else {
            return None;
        };
        let times = times_ms.lock();
        let times = times.values();
        let last = times.len().checked_sub(1)?;
        match discontinuities {
            Some(knots) => {
                let Some(&knot) = knots.lock().values().get(self.discontinuity) else {
                    self.bound = last;
                    return None;
                };
                self.discontinuity += 1;
                self.bound = (knot.max(0.0) as usize).min(last);
            }
            None if first => self.bound = 0,
            None if self.bound < last => self.bound += 1,
            None => return None,
        }
        Some(times[self.bound])
    }

    /// The interpolated value at a time; `None` without knots.
    pub fn at(&mut self, time_ms: f64) -> Option<f64> {
        let Schedule::Continuous { times_ms, .. } = &self.schedule else {
            return None;
        };
        let (times, values) = (times_ms.lock(), self.values.lock());
        let count = times.values().len().min(values.values().len());
        let (times, values) = (times.values().get(..count)?, values.values().get(..count)?);
        let end = count.checked_sub(1)?;
        let bound = self.bound.min(end);
        self.last = self.last.min(end);
        if time_ms >= times[bound] {
            self.last = bound;
        } else if time_ms <= times[0] {
            self.last = 0;
        } else {
            while time_ms < times[self.last] {
                self.last -= 1;
            }
            while time_ms >= times[self.last] {
                self.last += 1;
            }
        }
        let Some(before) = self.last.checked_sub(1) else {
            return Some(values[0]);
        };
        let (x0, x1) = (values[before], values[self.last]);
        let (t0, t1) = (times[before], times[self.last]);
        Some(if t0 == t1 {
            (x0 + x1) / 2.0
        } else {
            x0 + (x1 - x0) * ((time_ms - t0) / (t1 - t0))
        })
    }
}

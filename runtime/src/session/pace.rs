//! Where an advance with variable steps ends: `CVode.active(True, dt)` and `CVode.active(tvec)`.

use std::time::Instant;

use crate::record::Series;
use crate::simulation::Progress;

use super::run::{SLICE, STEPS};
use super::{Session, SessionError};

/// Times that differ by less than this part of them are one.
const SAME: f64 = 100.0 * f64::EPSILON;

/// Where each advance with variable steps ends.
#[derive(Debug, Clone, Default)]
pub enum Pace {
    /// At the end of a step.
    #[default]
    Steps,
    /// So many ms after its beginning.
    Interval(f64),
    /// At the next of these ascending times in ms; after the last one at the ends of steps.
    Times(Series),
}

impl Session {
    /// Says where each advance with variable steps ends.
    ///
    /// # Errors
    ///
    /// An interval that is not positive.
    pub fn set_pace(&mut self, pace: Pace) -> Result<(), SessionError> {
        if let Pace::Interval(interval_ms) = pace
            && !(interval_ms > 0.0 && interval_ms.is_finite())
        {
            return Err(SessionError::Argument {
                name: "the interval at which an advance ends",
                value: interval_ms,
                requirement: "finite and positive",
            });
        }
        self.pace = pace;
        Ok(())
    }

    /// Where the advance that begins now ends, if not with a step.
    fn next_end_ms(&self) -> Option<f64> {
        let t_ms = self.t_ms();
        match &self.pace {
            Pace::Steps => None,
            Pace::Interval(interval_ms) => Some(t_ms + interval_ms),
            Pace::Times(times) => {
                let times = times.lock();
                let passed = t_ms + SAME * t_ms.abs();
                times.values().iter().copied().find(|&time| time > passed)
            }
        }
    }

    /// An advance with variable steps.
    pub(super) fn advance_at_pace(&mut self) -> Result<Progress, SessionError> {
        self.end_if_stopped()?;
        // One that goes on keeps its end.
        let end_ms = if self.is_waiting() {
            None
        } else {
            self.next_end_ms()
        };
        let paced = !matches!(self.pace, Pace::Steps);
        let begin = Instant::now();
        loop {
            // Many steps may be due before that end: the caller gets turns for an interruption.
            let most = paced.then_some(STEPS);
            match self.simulation()?.advance_variably(end_ms, most)? {
                Progress::Paused if begin.elapsed() <= SLICE => {}
                other => return Ok(other),
            }
        }
    }
}

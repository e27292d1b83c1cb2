//! What LAG remembers: the values of a variable since a run began, as far back as they are asked for.
//!
//! As in NEURON each lag that was asked for has values of its own, a value is remembered whenever it
//! is asked for, and between two of them the course is a straight line. Until as much time has gone
//! by, the answer is the first value.

use std::collections::VecDeque;

/// The memory of one variable of an instance.
#[derive(Debug, Clone, Default)]
pub(super) struct LagMemory(Vec<Course>);

#[derive(Debug, Clone)]
struct Course {
    lag_ms: f64,
    /// Times and values, from the last that is not later than the answer's time on.
    points: VecDeque<(f64, f64)>,
}

impl LagMemory {
    /// Notes `value` at `t_ms`; gives the value `lag_ms` before.
    pub fn ask(&mut self, t_ms: f64, value: f64, lag_ms: f64) -> f64 {
        if lag_ms.is_nan() || lag_ms <= 0.0 {
            return value;
        }
        let known = self.0.iter().position(|course| course.lag_ms == lag_ms);
        let course = match known {
            Some(at) => &mut self.0[at],
            None => {
                self.0.push(Course {
                    lag_ms,
                    points: VecDeque::new(),
                });
                let last = self.0.len() - 1;
                &mut self.0[last]
            }
        };
        course.ask(t_ms, value)
    }
}

impl Course {
    fn ask(&mut self, t_ms: f64, value: f64) -> f64 {
        match self.points.back_mut() {
            // A time that was asked about before: integrators try a step more than once.
            Some((last, kept)) if *last == t_ms => *kept = value,
            Some((last, _)) if t_ms < *last => {}
            _ => self.points.push_back((t_ms, value)),
        }
        let reaches = |point: &(f64, f64)| t_ms - point.0 >= self.lag_ms;
        while self.points.get(1).is_some_and(reaches) {
            self.points.pop_front();
        }
        let Some(&(start, before)) = self.points.front() else {
            return value;
        };
        let wanted = t_ms - self.lag_ms;
        match self.points.get(1) {
            Some(&(end, after)) if wanted > start => {
                before + (wanted - start) / (end - start) * (after - before)
            }
            _ => before,
        }
    }
}

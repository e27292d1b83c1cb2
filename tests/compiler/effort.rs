//! How much a test makes the processor do. Limits on what the compiler may cost are limits of this,
//! not of the time that passes: others may use the machine as well.

use std::time::{Duration, Instant};

/// The work of this thread from some moment on.
pub struct Effort {
    processor: Option<Duration>,
    clock: Instant,
}

impl Effort {
    /// From now on.
    pub fn start() -> Effort {
        Effort {
            processor: processor_time(),
            clock: Instant::now(),
        }
    }

    /// Processor time so far; where the system does not tell, the time that has passed.
    pub fn spent(&self) -> Duration {
        match (self.processor, processor_time()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.clock.elapsed(),
        }
    }
}

/// Linux tells how many nanoseconds a thread has run.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

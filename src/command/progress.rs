//! The progress of a long run, on a terminal's standard error.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar that appears if a run takes longer than a moment.
pub struct Progress {
    bar: Option<ProgressBar>,
    shown: Instant,
    /// Calls until the clock is read again.
    skip: u32,
}

const DELAY: Duration = Duration::from_millis(500);
const INTERVAL: Duration = Duration::from_millis(100);
/// Reading the clock takes as long as a step of a small model.
const CALLS: u32 = 64;
/// Parts of the bar.
const PARTS: u64 = 1000;

impl Progress {
    /// A bar on standard error, if that is a terminal and the user has not asked for quiet.
    pub fn new(quiet: bool) -> Self {
        let bar = (!quiet && io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::with_draw_target(Some(PARTS), ProgressDrawTarget::stderr());
            let template = "{msg} {wide_bar} {eta} left";
            bar.with_style(
                ProgressStyle::with_template(template)
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            )
        });
        Self {
            bar,
            shown: Instant::now() + DELAY,
            skip: 0,
        }
    }

    /// Shows where the run is.
    pub fn at(&mut self, t_ms: f64, tstop_ms: f64) {
        let Some(bar) = &self.bar else {
            return;
        };
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.skip = CALLS;
        let now = Instant::now();
        if now >= self.shown {
            bar.set_position((PARTS as f64 * t_ms / tstop_ms) as u64);
            bar.set_message(format!("t = {t_ms:.1} of {tstop_ms} ms"));
            self.shown = now + INTERVAL;
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

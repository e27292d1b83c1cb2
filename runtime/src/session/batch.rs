//! NEURON's `batch_save` and `batch_run`: variables as text, at regular times of a run.

use std::io::Write;

use crate::print::format_c;
use crate::simulation::Progress;

use super::{Reference, Session, SessionError};

/// A run that writes; see [`Session::begin_batch`].
#[derive(Debug)]
pub struct BatchRun<W> {
    out: W,
    tstop_ms: f64,
    tstep_ms: f64,
    /// Time after which the next line is due; with steps of variable length, at which it is.
    next_ms: f64,
}

impl Session {
    /// Begins a new list of variables for [`Session::begin_batch`].
    pub fn clear_batch(&mut self) {
        self.batch.clear();
    }

    /// Adds a variable to the list.
    pub fn add_to_batch(&mut self, variable: Reference) {
        self.batch.push(variable);
    }

    /// Begins a run to `tstop_ms` that writes the variables of the list now and every `tstep_ms`:
    /// the comment, a line about the run, then a line of numbers (`%g`) for each time.
    ///
    /// # Errors
    ///
    /// Those of `out`, and a variable that does not exist any more.
    pub fn begin_batch<W: Write>(
        &mut self,
        tstop_ms: f64,
        tstep_ms: f64,
        comment: &str,
        mut out: W,
    ) -> Result<BatchRun<W>, SessionError> {
        self.simulation()?;
        let (t, dt) = (self.t_ms(), self.dt_ms());
        let head = format_c(
            "batch_run from t = %g to %g in steps of %g with dt = %g\n",
            &[t, tstop_ms, tstep_ms, dt],
        );
        write!(out, "{comment}\n{head}").map_err(SessionError::Write)?;
        let mut run = BatchRun {
            out,
            tstop_ms,
            tstep_ms,
            next_ms: 0.0,
        };
        self.write_batch_line(&mut run)?;
        run.next_ms = t + tstep_ms;
        if !self.cvode.active {
            // As NEURON: roundoff of t does not matter.
            run.tstop_ms -= dt / 4.0;
            run.tstep_ms -= dt / 4.0;
            run.next_ms -= dt / 4.0;
        }
        self.run_control.stoprun = 0.0;
        Ok(run)
    }

    /// Goes on with such a run; see [`Session::advance`].
    ///
    /// # Errors
    ///
    /// As [`Session::advance`], and those of the run's output.
    pub fn continue_batch<W: Write>(
        &mut self,
        run: &mut BatchRun<W>,
    ) -> Result<Progress, SessionError> {
        let progress = if self.begin_or_go_on(true) {
            self.continue_variable_batch(run)
        } else {
            self.continue_fixed_batch(run)
        };
        self.or_end(progress, true)
    }

    fn continue_fixed_batch<W: Write>(
        &mut self,
        run: &mut BatchRun<W>,
    ) -> Result<Progress, SessionError> {
        let mut failure = None;
        let progress = self.repeat(|session| {
            let t = session.t_ms();
            if t > run.next_ms {
                run.next_ms = t + run.tstep_ms;
                if let Err(error) = session.write_batch_line(run) {
                    failure = Some(error);
                    return true;
                }
            }
            t >= run.tstop_ms || session.stop || session.run_control.stoprun != 0.0
        })?;
        match failure {
            Some(error) => Err(error),
            None if progress == Progress::Done => {
                run.out.flush().map_err(SessionError::Write)?;
                Ok(progress)
            }
            None => Ok(progress),
        }
    }

    /// With steps of variable length the states are interpolated at exactly the times of the lines.
    /// An event that ends the run has a line at its own.
    fn continue_variable_batch<W: Write>(
        &mut self,
        run: &mut BatchRun<W>,
    ) -> Result<Progress, SessionError> {
        loop {
            if !self.is_waiting() && self.t_ms() >= run.tstop_ms {
                run.out.flush().map_err(SessionError::Write)?;
                return Ok(Progress::Done);
            }
            let progress = match run.tstep_ms {
                // At the ends of steps.
                0.0 => self.advance()?,
                _ => self.integrate_until(run.next_ms)?,
            };
            match progress {
                Progress::Done => {}
                other => return Ok(other),
            }
            self.write_batch_line(run)?;
            run.next_ms = self.t_ms() + run.tstep_ms;
            if self.stop || self.run_control.stoprun != 0.0 {
                run.out.flush().map_err(SessionError::Write)?;
                return Ok(Progress::Done);
            }
        }
    }

    fn write_batch_line<W: Write>(&mut self, run: &mut BatchRun<W>) -> Result<(), SessionError> {
        let mut line = String::new();
        let mut batch = std::mem::take(&mut self.batch);
        let values: Result<Vec<f64>, _> = batch.iter_mut().map(|v| self.read(v)).collect();
        self.batch = batch;
        for value in values? {
            line.push_str(&format_c(" %g", &[value]));
        }
        writeln!(run.out, "{line}").map_err(SessionError::Write)
    }
}

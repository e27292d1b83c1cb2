//! Running a session: initialization, steps, and runs to a time.
//!
//! Every method here returns [`Progress`], as those of [`Simulation`](crate::Simulation) do: after
//! [`Progress::Call`] and [`Progress::Paused`] it is called again with the same arguments until it
//! is [`Progress::Done`]. While the caller does its part the run is put aside with
//! [`Session::suspend`], so that this part may run, initialize or change the model as well.

use std::time::{Duration, Instant};

use crate::id::PointProcessId;
use crate::simulation::{CallbackId, Progress, Suspended as SuspendedSimulation};

use super::method::Held;
use super::{Engine, Session, SessionError};

/// A run returns [`Progress::Paused`] after this time, so that its caller can look for Ctrl-C.
pub(super) const SLICE: Duration = Duration::from_millis(10);

/// Steps between two looks at the clock.
pub(super) const STEPS: usize = 16;

/// A run that was put aside; see [`Session::suspend`].
#[derive(Debug)]
pub struct Suspended(Option<SuspendedSimulation>, Held);

/// A run to a time that is none would not end.
fn checked_end(end_ms: f64) -> Result<(), SessionError> {
    if !end_ms.is_nan() {
        return Ok(());
    }
    Err(SessionError::Argument {
        name: "the end of the run",
        value: end_ms,
        requirement: "a time in ms",
    })
}

impl Session {
    /// NEURON's `finitialize`: all potentials become `v_mv`, or stay as they are.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out; a kernel that fails.
    pub fn initialize(&mut self, v_mv: Option<f64>) -> Result<Progress, SessionError> {
        if !self.is_waiting() {
            self.held = Held::default();
        }
        let progress = self.simulation()?.initialize(v_mv)?;
        if progress == Progress::Done {
            self.send_patterns()?;
        }
        Ok(progress)
    }

    /// NEURON's `fadvance`: one step.
    ///
    /// # Errors
    ///
    /// As [`Simulation::advance`](crate::Simulation::advance).
    #[inline]
    pub fn advance(&mut self) -> Result<Progress, SessionError> {
        let variable = self.begin_or_go_on(false);
        let progress = self.advance_by(variable);
        self.or_end(progress, false)
    }

    fn advance_by(&mut self, variable: bool) -> Result<Progress, SessionError> {
        loop {
            let progress = match variable {
                true => self.advance_at_pace()?,
                false => self.simulation()?.advance()?,
            };
            match progress {
                Progress::Call(CallbackId::STOP) => {
                    self.stop = true;
                    self.simulation()?.end_advance()?;
                }
                other => return Ok(other),
            }
        }
    }

    /// Sends an event that ends `batch_run` and `psolve` after the step that reaches its time
    /// (`CVode.event` without a statement). Returns the time for which it is kept.
    ///
    /// # Errors
    ///
    /// A time that is not finite.
    pub fn send_stop(&mut self, time_ms: f64) -> Result<f64, SessionError> {
        self.send_call(time_ms, CallbackId::STOP)
    }

    /// Sends an event whose callback is called at the end of the step that reaches its time.
    /// Returns the time for which it is kept.
    ///
    /// # Errors
    ///
    /// A time that is not finite.
    pub fn send_call(&mut self, time_ms: f64, callback: CallbackId) -> Result<f64, SessionError> {
        Ok(self.simulation()?.send_call(time_ms, callback)?)
    }

    /// The same, among the other events of that time; see
    /// [`Simulation::send_call_at_once`](crate::Simulation::send_call_at_once).
    ///
    /// # Errors
    ///
    /// A time that is not finite.
    pub fn send_call_at_once(
        &mut self,
        time_ms: f64,
        callback: CallbackId,
        point: Option<PointProcessId>,
        reinitialize: bool,
    ) -> Result<f64, SessionError> {
        let simulation = self.simulation()?;
        Ok(simulation.send_call_at_once(time_ms, callback, point, reinitialize)?)
    }

    /// Where NEURON's `continuerun` to `tstop_ms` ends, as it is decided when it begins: half a step
    /// earlier if steps are of fixed length.
    pub fn end_of_run_ms(&self, tstop_ms: f64) -> f64 {
        match self.run_control.using_cvode_ {
            0.0 => tstop_ms - 0.5 * self.dt_ms(),
            _ => tstop_ms,
        }
    }

    /// Makes steps while t is less than `end_ms` and nothing sets `stoprun`, as NEURON's
    /// `continuerun` does; see [`Session::end_of_run_ms`]. The beginning of a run is
    /// [`super::RunControl::start`].
    ///
    /// # Errors
    ///
    /// As [`Session::advance`].
    pub fn continue_run(&mut self, end_ms: f64) -> Result<Progress, SessionError> {
        checked_end(end_ms)?;
        self.repeat(|session| session.run_control.stoprun != 0.0 || session.t_ms() >= end_ms)
    }

    /// Steps to `tstop_ms` as NEURON's `ParallelContext.psolve` does: while a whole step fits, but
    /// for roundoff.
    ///
    /// # Errors
    ///
    /// As [`Session::advance`].
    pub fn solve_until(&mut self, tstop_ms: f64) -> Result<Progress, SessionError> {
        checked_end(tstop_ms)?;
        let progress = if self.begin_or_go_on(true) {
            self.integrate_until(tstop_ms)
        } else {
            self.repeat(|session| {
                let dt = session.dt_ms();
                session.stop || ((tstop_ms - session.t_ms()) / dt + 1e-9).floor() < 1.0
            })
        };
        self.or_end(progress, true)
    }

    /// With steps of variable length to exactly `tstop_ms`, or to an event that ends the run.
    pub(super) fn integrate_until(&mut self, tstop_ms: f64) -> Result<Progress, SessionError> {
        if !self.is_waiting() {
            self.stop = false;
        }
        self.end_if_stopped()?;
        let begin = Instant::now();
        loop {
            let simulation = self.simulation()?;
            match simulation.advance_variably(Some(tstop_ms), Some(STEPS))? {
                Progress::Call(CallbackId::STOP) => {
                    self.stop = true;
                    self.simulation()?.end_advance()?;
                }
                Progress::Paused if begin.elapsed() <= SLICE => {}
                other => return Ok(other),
            }
        }
    }

    /// Ends an advance with variable steps that waited for the caller, if that set `stoprun`.
    pub(super) fn end_if_stopped(&mut self) -> Result<(), SessionError> {
        if self.run_control.stoprun != 0.0 && self.is_waiting() {
            self.simulation()?.end_advance()?;
        }
        Ok(())
    }

    /// Makes steps until `ended`, which is asked before each.
    pub(super) fn repeat(
        &mut self,
        ended: impl FnMut(&mut Self) -> bool,
    ) -> Result<Progress, SessionError> {
        if !self.method().variable().0 {
            return self.repeat_at_once(ended);
        }
        self.simulation()?.defer_completion(true);
        let progress = self.repeat_at_once(ended);
        if let Engine::Simulation(simulation) = &mut self.engine {
            simulation.defer_completion(false);
            simulation.complete_advance()?;
        }
        progress
    }

    fn repeat_at_once(
        &mut self,
        mut ended: impl FnMut(&mut Self) -> bool,
    ) -> Result<Progress, SessionError> {
        let begin = Instant::now();
        if !self.is_waiting() {
            self.stop = false;
        }
        loop {
            for _ in 0..STEPS {
                if !self.is_waiting() && ended(self) {
                    return Ok(Progress::Done);
                }
                match self.advance()? {
                    Progress::Done => {}
                    other => return Ok(other),
                }
            }
            if begin.elapsed() > SLICE {
                return Ok(Progress::Paused);
            }
        }
    }

    /// How many threads share the work of a step; sets it. Results do not depend on it.
    pub fn threads(&mut self, threads: Option<usize>) -> usize {
        if let Some(threads) = threads {
            self.threads = threads.max(1);
            if let Engine::Simulation(simulation) = &mut self.engine {
                simulation.set_threads(threads);
            }
        }
        self.threads
    }

    /// Seconds that each thread has computed; they begin anew if `restart`.
    pub fn thread_times_s(&mut self, restart: bool) -> Vec<f64> {
        match &mut self.engine {
            Engine::Model(_) => Vec::new(),
            Engine::Simulation(simulation) => simulation.thread_times_s(restart),
        }
    }

    /// Computes currents and conductances for the present potentials and states (NEURON's
    /// `fcurrent`).
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out; a kernel that fails.
    pub fn compute_currents(&mut self) -> Result<(), SessionError> {
        Ok(self.simulation()?.compute_currents()?)
    }

    /// Begins all recordings anew with the present values (NEURON's `frecord_init`).
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn restart_recordings(&mut self) -> Result<(), SessionError> {
        self.simulation()?.restart_recordings();
        Ok(())
    }

    /// Whether the total membrane current of each segment is computed in each step; sets it and
    /// returns what was before (NEURON's `use_fast_imem`).
    pub fn use_fast_imem(&mut self, on: Option<bool>) -> bool {
        match (&mut self.engine, on) {
            (_, None) => self.structure().computes_membrane_currents(),
            (Engine::Model(model), Some(on)) => model.compute_membrane_currents(on),
            (Engine::Simulation(simulation), Some(on)) => simulation.compute_membrane_currents(on),
        }
    }

    /// Puts aside what waits for the caller; [`Session::resume`] takes it up again.
    pub fn suspend(&mut self) -> Suspended {
        let simulation = match &mut self.engine {
            Engine::Model(_) => None,
            Engine::Simulation(simulation) => Some(simulation.suspend()),
        };
        Suspended(simulation, self.held.suspend())
    }

    /// Goes on with what [`Session::suspend`] put aside, also where the structure was changed in
    /// the meantime.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out any more.
    pub fn resume(&mut self, suspended: Suspended) -> Result<(), SessionError> {
        let Suspended(simulation, held) = suspended;
        if let Some(inner) = simulation {
            self.simulation()?.resume(inner);
        }
        self.held = held;
        Ok(())
    }

    /// Gives up what waits for the caller. A step stays unfinished.
    pub fn abandon(&mut self) {
        self.held = Held::default();
        if let Engine::Simulation(simulation) = &mut self.engine {
            simulation.abandon();
        }
    }

    /// True if a step or an initialization waits for the caller.
    pub(super) fn is_waiting(&self) -> bool {
        match &self.engine {
            Engine::Model(_) => false,
            Engine::Simulation(simulation) => simulation.is_waiting(),
        }
    }
}

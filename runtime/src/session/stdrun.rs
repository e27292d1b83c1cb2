//! The variables and rules of NEURON's standard run system (`stdrun.hoc`).

use super::{Session, SessionError};
use crate::model::Place;

/// Variables of the standard run system, under NEURON's names and with its defaults.
#[derive(Debug, Clone)]
pub struct RunControl {
    /// End of `run()`, in ms.
    pub tstop: f64,
    /// Potential that `stdinit()` sets, in mV.
    pub v_init: f64,
    /// Points of a plot in a ms, of which dt is a fraction.
    pub steps_per_ms: f64,
    /// Steps from one point of a plot to the next.
    pub nstep_steprun: f64,
    /// 1 ends the run after its step.
    pub stoprun: f64,
    /// 1 after `run()`.
    pub running_: f64,
    /// Seconds that the last run took.
    pub realtime: f64,
    /// 1 if a variable time step is used.
    pub using_cvode_: f64,
    /// Time to which `Continue til` goes, in ms.
    pub run_stop_at: f64,
    /// Time for which `Continue for` goes, in ms.
    pub run_stop_in: f64,
    /// Seconds between two updates of the screen.
    pub screen_update_invl: f64,
    /// 1 for no updates of the screen.
    pub stdrun_quiet: f64,
    /// Axial resistivity that `set_ra()` sets everywhere, in Ω·cm.
    pub global_ra: f64,
    /// Events since the last update of the screen.
    pub eventcount: f64,
    /// Events between two updates of the screen.
    pub eventslow: f64,
    /// The method when it was last chosen or asked for: hundreds of [`Session::current_method`].
    method: u32,
    /// dt of fixed steps, and whether it waits for them while steps are of variable length.
    fixed_dt_ms: f64,
    kept_dt: bool,
}

impl Default for RunControl {
    fn default() -> Self {
        Self {
            tstop: 5.0,
            v_init: -65.0,
            steps_per_ms: 40.0,
            nstep_steprun: 1.0,
            stoprun: 0.0,
            running_: 0.0,
            realtime: 0.0,
            using_cvode_: 0.0,
            run_stop_at: 5.0,
            run_stop_in: 1.0,
            screen_update_invl: 0.05,
            stdrun_quiet: 0.0,
            global_ra: 35.4,
            eventcount: 0.0,
            eventslow: 1.0,
            method: 0,
            fixed_dt_ms: 0.025,
            kept_dt: false,
        }
    }
}

impl RunControl {
    /// Names of the variables.
    pub const NAMES: [&str; 15] = [
        "tstop",
        "v_init",
        "steps_per_ms",
        "nstep_steprun",
        "stoprun",
        "running_",
        "realtime",
        "using_cvode_",
        "runStopAt",
        "runStopIn",
        "screen_update_invl",
        "stdrun_quiet",
        "global_ra",
        "eventcount",
        "eventslow",
    ];

    /// The variable of that name.
    pub fn variable(&mut self, name: &str) -> Option<&mut f64> {
        Some(match name {
            "tstop" => &mut self.tstop,
            "v_init" => &mut self.v_init,
            "steps_per_ms" => &mut self.steps_per_ms,
            "nstep_steprun" => &mut self.nstep_steprun,
            "stoprun" => &mut self.stoprun,
            "running_" => &mut self.running_,
            "realtime" => &mut self.realtime,
            "using_cvode_" => &mut self.using_cvode_,
            "runStopAt" => &mut self.run_stop_at,
            "runStopIn" => &mut self.run_stop_in,
            "screen_update_invl" => &mut self.screen_update_invl,
            "stdrun_quiet" => &mut self.stdrun_quiet,
            "global_ra" => &mut self.global_ra,
            "eventcount" => &mut self.eventcount,
            "eventslow" => &mut self.eventslow,
            _ => return None,
        })
    }

    /// Value of the variable of that name.
    pub fn value(&self, name: &str) -> Option<f64> {
        self.clone().variable(name).copied()
    }

    /// What `continuerun` does before its first step.
    pub fn start(&mut self) {
        self.realtime = 0.0;
        self.eventcount = 0.0;
        self.eventslow = 1.0;
        self.stoprun = 0.0;
    }
}

impl Session {
    /// What `cvode_active` and `cvode_local` do before steps become of variable length, with one integrator or
    /// one for each cell, or of fixed length: dt of fixed steps is kept and brought back.
    /// [`Session::end_choice`] follows when that is done.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn begin_choice(&mut self, variable: bool, local: bool) -> Result<(), SessionError> {
        if !local {
            self.note_method();
        }
        let dt = self.dt_ms();
        let control = &mut self.run_control;
        if variable && control.method < 3 && !control.kept_dt {
            (control.fixed_dt_ms, control.kept_dt) = (dt, true);
        } else if !variable && control.method > 2 {
            control.kept_dt = false;
            let dt = control.fixed_dt_ms;
            self.set(Place::Model, "dt", dt)?;
        }
        if variable {
            self.set_local_step(local)?;
        }
        self.use_ida(false)?;
        self.use_general_matrix(false)?;
        Ok(())
    }

    /// The end of what [`Session::begin_choice`] began.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn end_choice(&mut self, variable: bool) -> Result<(), SessionError> {
        if variable {
            let dt = self.run_control.fixed_dt_ms;
            self.set(Place::Model, "dt", dt)?;
        }
        self.note_method();
        Ok(())
    }

    fn note_method(&mut self) {
        self.run_control.method = self.current_method() / 100 % 10;
        self.run_control.using_cvode_ = f64::from(u8::from(self.run_control.method > 2));
    }

    /// Makes dt a whole fraction of 1/`steps_per_ms` (NEURON's `setdt`). True if dt had to be
    /// changed, which NEURON says.
    ///
    /// # Errors
    ///
    /// A dt that is not positive.
    pub fn set_dt_from_steps_per_ms(&mut self) -> Result<bool, SessionError> {
        let dt = self.dt_ms();
        let control = &mut self.run_control;
        if control.using_cvode_ != 0.0 {
            return Ok(false);
        }
        let point = 1.0 / control.steps_per_ms;
        // hoc's int() allows for roundoff
        let steps = (point / dt + 1e-11).trunc().max(1.0);
        control.nstep_steprun = steps;
        if (dt * steps * control.steps_per_ms - 1.0).abs() <= 1e-6 {
            return Ok(false);
        }
        self.set(Place::Model, "dt", point / steps)?;
        Ok(true)
    }
}

//! The method of a run that is under way.
//!
//! Code of the caller's that a run calls may change the method: a handler of an event that says
//! `CVode.active(0)`. As in NEURON, an advance is made to its end by the method that it began with, and so
//! is a whole `psolve` or `batch_run`; what begins after that has the new one. While the caller has
//! its turn, what it reads is therefore the model as the run has laid it out, unless the caller itself
//! begins a run or changes the structure.

use crate::simulation::Progress;

use super::{CvodeSettings, Engine, Session, SessionError};

/// What a model is laid out for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Method {
    active: bool,
    local: bool,
    use_daspk: bool,
}

/// The methods of what is under way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Held {
    /// Of the run that goes on now.
    run: Option<Method>,
    /// It holds for more than one advance.
    to_the_end: bool,
    /// Of the run that waits while the caller has its turn.
    turn: Option<Method>,
}

impl Method {
    fn of(settings: &CvodeSettings) -> Self {
        Self {
            active: settings.active,
            local: settings.active && settings.local,
            use_daspk: settings.active && settings.use_daspk,
        }
    }

    /// Steps are of variable length, and whether each cell has its own.
    pub fn variable(self) -> (bool, bool) {
        (self.active, self.local)
    }

    /// The settings, with this method.
    pub fn applied_to(self, settings: &CvodeSettings) -> CvodeSettings {
        CvodeSettings {
            active: self.active,
            local: self.local,
            use_daspk: self.use_daspk,
            ..settings.clone()
        }
    }
}

impl Held {
    /// What to keep while the caller has its turn, and the present one's for that time.
    pub fn suspend(&mut self) -> Self {
        let before = *self;
        *self = Self {
            turn: self.run.or(self.turn),
            ..Self::default()
        };
        before
    }
}

impl Session {
    /// The method that the model is laid out for.
    pub(super) fn method(&mut self) -> Method {
        let laid_out = matches!(self.engine, Engine::Simulation(_));
        match self.held.run.or(self.held.turn) {
            Some(method) if laid_out => method,
            _ => {
                self.choose_matrix();
                Method::of(&self.cvode)
            }
        }
    }

    /// True while a run waits for the caller, whose changes of the method are for later.
    pub(super) fn in_turn(&self) -> bool {
        self.held.run.is_none() && self.held.turn.is_some()
    }

    /// An advance begins or goes on, or a whole run if `to_the_end`; true if with steps of variable length.
    pub(super) fn begin_or_go_on(&mut self, to_the_end: bool) -> bool {
        let method = match self.held.run {
            Some(method) => method,
            None => {
                self.choose_matrix();
                Method::of(&self.cvode)
            }
        };
        self.held = Held {
            run: Some(method),
            to_the_end: to_the_end || self.held.run.is_some() && self.held.to_the_end,
            turn: None,
        };
        method.active
    }

    /// What an advance, or a whole run if `to_the_end`, came to.
    pub(super) fn or_end(
        &mut self,
        progress: Result<Progress, SessionError>,
        to_the_end: bool,
    ) -> Result<Progress, SessionError> {
        let ended = !matches!(progress, Ok(Progress::Call(_) | Progress::Paused));
        if ended && (to_the_end || !self.held.to_the_end) {
            self.held = Held::default();
        }
        progress
    }
}

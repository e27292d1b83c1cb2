//! State machines of a model: NEURON's `StateTransitionEvent`. What they look at and when is in
//! `simulation::transition`.

use crate::event::EventId;
use crate::id::PointProcessId;
use crate::simulation::CallbackId;

use super::Target;

/// A machine.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    pub states: usize,
    pub state: usize,
    /// Its transitions are looked at: from the first time that the state is set after an
    /// initialization.
    pub active: bool,
    /// Where it is, if cells have steps of their own.
    pub point: Option<PointProcessId>,
    pub transitions: Vec<Transition>,
}

/// A way from one state to another.
#[derive(Debug, Clone)]
pub(crate) struct Transition {
    pub from: usize,
    pub to: usize,
    pub variable: Target,
    pub threshold: Target,
    pub callback: Option<CallbackId>,
    pub seen: Seen,
}

/// What is known of a transition's condition.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    pub above: bool,
    /// Value and time when it was looked at last, for interpolation.
    pub last: (f64, f64),
    /// After an interpolated crossing it counts as below again when its value was lower than this
    /// twice.
    pub rearm: f64,
    /// The event that is under way.
    pub sent: Option<EventId>,
}

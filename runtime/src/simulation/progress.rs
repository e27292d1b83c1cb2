//! What a run gives back when the caller has something to do.
//!
//! The simulation never calls the caller's code. Where something of the caller's is due (an event
//! of its own, a handler of the initialization, a source whose spikes it wants to know), the method
//! that runs the simulation returns [`Progress::Call`]. Variables may then be read and written and
//! events sent; calling the method again goes on from there. A step is therefore a sequence
//! of stages, and [`Cursor`] knows which comes next.

use std::collections::VecDeque;

use crate::error::RunError;
use crate::kernel::Request;

use super::Simulation;
use super::integrate::{Advancing, Inner};

/// Names something that the caller does; the caller chooses the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CallbackId(pub u64);

impl CallbackId {
    /// Stands for nothing of the caller's but the end of a run.
    pub(crate) const STOP: Self = Self(u64::MAX);
}

/// How far a run came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// To the end of what was asked for.
    Done,
    /// Something of the caller's is due. The same method goes on from here.
    Call(CallbackId),
    /// The number of steps that [`Simulation::run_slice`] was given is used up.
    Paused,
}

/// A place in `initialize` or in a step where the caller may have something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// Before anything else of `initialize` (type 3 of NEURON's FInitializeHandler).
    Structure,
    /// After v is set and before the INITIAL blocks (type 0).
    Potentials,
    /// After the INITIAL blocks, before events at t = 0 and currents (type 1).
    States,
    /// At the end of `initialize` (type 2).
    End,
    /// NEURON's `extra_scatter_gather(0, ...)`. In every step of fixed length when v is that of its
    /// end and the states are those of its beginning, t is still the beginning; with steps of
    /// variable length whenever the model has got the integrator's states, to evaluate their
    /// derivatives. In the second case the caller must not run the simulation.
    Scattered,
    /// NEURON's `extra_scatter_gather(1, ...)`: before the integrator takes the model's states, when
    /// it begins anew. The caller must not run the simulation.
    Gathering,
}

/// The caller's callback for each [`Hook`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Hooks([Option<CallbackId>; 6]);

impl Hooks {
    pub fn get(&self, hook: Hook) -> Option<CallbackId> {
        self.0[hook as usize]
    }

    pub fn set(&mut self, hook: Hook, callback: Option<CallbackId>) {
        self.0[hook as usize] = callback;
    }
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) enum Stage {
    /// Nothing is under way.
    #[default]
    Idle,
    Initialize(Initializing),
    Step(Stepping),
    /// An advance by steps of variable length.
    Vary(Advancing),
}

/// Stages of `initialize`, in order; see there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Initializing {
    Structure,
    Begin,
    Plays,
    Potentials,
    Blocks,
    States,
    /// The caller's handlers of the states were called.
    Handled,
    Events,
    Callables(usize),
    Currents,
    Points,
    Calls,
    End,
    Return,
}

/// Stages of a step, in order; see [`Simulation::advance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stepping {
    Begin,
    /// From this one on.
    Thresholds(usize),
    FirstEvents,
    MiddlePlays,
    /// Calls for the caller's equations from this one on.
    Callables(usize),
    Solve,
    EndPlays,
    Solved,
    States,
    Points,
    LastEvents,
    Calls,
}

/// What was asked for and has to wait until the caller has done its part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Work {
    /// The caller's turn, at a time.
    Call {
        callback: CallbackId,
        time_ms: f64,
        /// What is played.
        value: f64,
    },
    /// A state machine begins its new state.
    Enter { machine: u32, time_ms: f64 },
    /// A source sends to its NetCons.
    Send { sender: u32, time_ms: f64 },
    /// What an instance asked for at a time.
    Request {
        block: u32,
        netcon: Option<u32>,
        request: Request,
        time_ms: f64,
    },
}

/// Where a run is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cursor {
    pub stage: Stage,
    /// t and dt of the step under way; t of the initialization.
    pub begin_ms: f64,
    pub dt_ms: f64,
    /// Where an advance with variable steps goes to, if not to the end of a step.
    pub until_ms: Option<f64>,
    /// Variable steps that are left before the caller is asked whether to go on; `None` for any number.
    pub budget: Option<usize>,
    /// v that `initialize` sets.
    pub v_mv: Option<f64>,
    /// The value that is played in the caller's turn.
    pub value: f64,
    /// To be done before the stage goes on.
    pub work: VecDeque<Work>,
    /// The caller's turns at the end of the step.
    pub at_end: VecDeque<CallbackId>,
    /// Steps that are left to a time.
    pub run: Option<(f64, usize)>,
    /// Counts initializations: what one of them began is void after the next.
    epoch: u64,
}

/// A run that was put aside; see [`Simulation::suspend`].
#[derive(Debug)]
pub struct Suspended(Cursor, Option<Inner>);

impl Cursor {
    /// Forgets what was under way.
    pub fn reset(&mut self) {
        let epoch = self.epoch;
        *self = Self {
            epoch,
            ..Self::default()
        };
    }

    pub fn begin_initialize(&mut self, v_mv: Option<f64>) {
        self.reset();
        self.epoch += 1;
        self.v_mv = v_mv;
        self.stage = Stage::Initialize(Initializing::Structure);
    }
}

impl Simulation {
    /// Has the caller called at a place in `initialize` or in every step; `None` ends that.
    pub fn set_hook(&mut self, hook: Hook, callback: Option<CallbackId>) {
        self.model.set_hook(hook, callback);
    }

    /// Puts aside what waits for the caller, so that a callback can itself initialize or make
    /// steps; [`Simulation::resume`] takes it up again.
    pub fn suspend(&mut self) -> Suspended {
        let suspended = Suspended(self.cursor.clone(), self.inner.take());
        // The caller may ask for it in its turn.
        let value = self.cursor.value;
        self.cursor.reset();
        self.cursor.value = value;
        suspended
    }

    /// Goes on with what [`Simulation::suspend`] put aside. If an initialization has begun since,
    /// nothing of it is left to do, as for events in the queue.
    pub fn resume(&mut self, suspended: Suspended) {
        let Suspended(cursor, inner) = suspended;
        if self.within.is_some() {
            self.inner = inner;
        } else {
            self.give_up_turn(inner);
        }
        if cursor.epoch == self.cursor.epoch {
            self.cursor = cursor;
            self.end_other_method();
        } else {
            self.cursor.reset();
        }
    }

    /// Nothing but the caller's turns is left of a step if the caller made others by another method.
    fn end_other_method(&mut self) {
        let varies = self.variable_step.is_some() && self.set_aside.is_none();
        match self.cursor.stage {
            Stage::Step(_) if varies => {}
            Stage::Vary(_) if !varies => {}
            _ => return,
        }
        self.cursor.dt_ms = self.values.dt_ms;
        self.cursor.begin_ms = self.values.t_ms;
        self.cursor.stage = Stage::Step(Stepping::Calls);
    }

    /// Gives up what waits for the caller. A step stays unfinished.
    pub fn abandon(&mut self) {
        let inner = self.inner.take();
        self.give_up_turn(inner);
        self.end_fixed_step();
        self.cursor.reset();
    }

    /// True if a step or an initialization waits for the caller.
    pub fn is_waiting(&self) -> bool {
        self.cursor.stage != Stage::Idle || self.inner.is_some()
    }

    /// Goes on to the end of what is under way, or to the caller's next turn.
    pub(super) fn proceed(&mut self) -> Result<Progress, RunError> {
        let result = self.run_stages();
        if !self.services.messages.is_empty() {
            self.flush_messages();
        }
        if result.is_err() {
            self.cursor.reset();
        }
        result
    }

    fn run_stages(&mut self) -> Result<Progress, RunError> {
        loop {
            while let Some(work) = self.cursor.work.pop_front() {
                match work {
                    Work::Call {
                        callback,
                        time_ms,
                        value,
                    } => {
                        self.values.t_ms = time_ms;
                        self.cursor.value = value;
                        return Ok(Progress::Call(callback));
                    }
                    Work::Enter { machine, time_ms } => {
                        self.values.t_ms = time_ms;
                        self.activate(machine as usize)?;
                    }
                    Work::Send { sender, time_ms } => self.send(sender, time_ms),
                    Work::Request {
                        block,
                        netcon,
                        request,
                        time_ms,
                    } => {
                        self.values.t_ms = time_ms;
                        self.obey(block as usize, netcon, request)?;
                    }
                }
            }
            let call = match self.cursor.stage {
                Stage::Idle => return Ok(Progress::Done),
                Stage::Initialize(stage) => self.initialize_stage(stage)?,
                Stage::Step(stage) => self.step_stage(stage)?,
                Stage::Vary(stage) => {
                    if stage == Advancing::Step
                        && let Some(left) = &mut self.cursor.budget
                    {
                        if *left == 0 {
                            return Ok(Progress::Paused);
                        }
                        *left -= 1;
                    }
                    self.advance_stage(stage)?
                }
            };
            if let Some(callback) = call {
                return Ok(Progress::Call(callback));
            }
        }
    }
}

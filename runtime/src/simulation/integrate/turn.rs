//! The caller's turns within an evaluation of the derivatives (NEURON's `extra_scatter_gather`).
//!
//! CVODE asks for derivatives in the middle of its step. So that the caller has its turn there and is
//! still never called from inside, such work is done on a thread of its own and the whole simulation
//! goes to and fro: where the caller's turn comes, the thread sends the simulation back and waits
//! with an empty one in its place, the method that runs the simulation returns
//! [`Progress::Call`], and its next call sends the simulation on. One of the two threads always
//! waits for the other. Without such hooks there is no thread and no cost.
//!
//! In its turn the caller may read and write variables, send events, ask for states and change the
//! structure (which gives the step up), but not run the simulation. t is the time at which
//! the work began, as in NEURON.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::error::RunError;
use crate::model::Model;

use super::super::{CallbackId, Hook, Progress, Simulation};
use super::VariableStep;
use super::integration::Integration;

/// Work in which derivatives are evaluated.
#[derive(Debug, Clone)]
pub(in super::super) enum Task {
    Initialize(Option<f64>),
    Advance(Option<f64>),
    Reinitialize,
    Derivatives { t_ms: f64, states: Vec<f64> },
    Scatter(Vec<f64>),
    Gather,
}

/// What the thread tells.
enum Message {
    Call(Box<Simulation>, Hook, CallbackId),
    Done(Box<Simulation>, Result<Progress, RunError>),
}

/// The caller's end.
#[derive(Debug)]
pub(in super::super) struct Inner {
    to: Sender<Box<Simulation>>,
    from: Receiver<Message>,
    thread: JoinHandle<()>,
}

/// The thread's end.
#[derive(Debug)]
pub(in super::super) struct Outer {
    to: Sender<Message>,
    from: Receiver<Box<Simulation>>,
    /// What is in the simulation's place while the caller has it.
    empty: Box<Simulation>,
    empty_step: Box<VariableStep>,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Call(..) => "Call",
            Self::Done(..) => "Done",
        })
    }
}

const WITHIN: RunError =
    RunError::Order("the simulation cannot be run from within an evaluation of its derivatives");

/// It cannot fail: there is nothing in it.
const NOTHING: RunError = RunError::Order("an empty model cannot be laid out");

impl Simulation {
    /// A simulation of nothing, one that was needed before if there is one.
    fn nothing(&mut self) -> Result<Box<Self>, RunError> {
        if let Some(empty) = self.empties.pop() {
            return Ok(empty);
        }
        let empty = Self::new(Model::new()).map_err(|_| NOTHING)?;
        Ok(Box::new(empty))
    }

    /// Does some work, or goes on with it.
    pub(in super::super) fn perform(&mut self, task: Task) -> Result<Progress, RunError> {
        if self.within.is_some() {
            let Some(inner) = self.inner.take() else {
                return Err(WITHIN);
            };
            return self.go_on(inner);
        }
        let hooks = [Hook::Scattered, Hook::Gathering];
        let hooked = hooks.iter().any(|&h| self.model.hooks.get(h).is_some());
        let mut linear = self.model.linear.iter().flatten();
        let hooked = hooked || linear.any(|l| l.equations.callable.is_some());
        let Some(step) = self.variable_step.as_ref().filter(|_| hooked) else {
            return self.perform_here(task);
        };
        if step.local.is_some() {
            return Err(RunError::Order(
                "extra_scatter_gather works with the fixed step and with one variable step for all cells only",
            ));
        }
        let empty = self.nothing()?;
        let empty_step = VariableStep::new(&empty, Default::default()).map_err(|_| NOTHING)?;
        let empty_step = Box::new(empty_step);
        let ((to_outer, from_inner), (to_inner, from_outer)) = (channel(), channel());
        let outer = Outer {
            to: to_outer,
            from: from_outer,
            empty,
            empty_step,
        };
        self.turn_ms = self.values.t_ms;
        let inner = Inner {
            to: to_inner,
            from: from_inner,
            thread: std::thread::spawn(move || work(outer, task)),
        };
        self.go_on(inner)
    }

    fn perform_here(&mut self, task: Task) -> Result<Progress, RunError> {
        match task {
            Task::Initialize(v_mv) => self.initialize_here(v_mv),
            Task::Advance(until_ms) => self.advance_here(until_ms),
            Task::Reinitialize => self.reinitialize_here().map(|()| Progress::Done),
            Task::Derivatives { t_ms, states } => {
                self.answer = self.derivatives_here(t_ms, &states)?;
                Ok(Progress::Done)
            }
            Task::Scatter(states) => self.scatter_here(&states).map(|()| Progress::Done),
            Task::Gather => {
                self.answer = self.gather_here()?;
                Ok(Progress::Done)
            }
        }
    }

    /// The caller's side: lets the thread work until the caller's turn or the end.
    fn go_on(&mut self, inner: Inner) -> Result<Progress, RunError> {
        let mut whole = self.nothing()?;
        std::mem::swap(self, &mut whole);
        let sent = inner.to.send(whole).is_ok();
        match inner.from.recv() {
            Ok(Message::Call(whole, hook, callback)) if sent => {
                self.take_back(whole);
                self.within = Some(hook);
                self.inner = Some(inner);
                Ok(Progress::Call(callback))
            }
            Ok(Message::Call(whole, ..)) => {
                self.take_back(whole);
                Err(WITHIN)
            }
            Ok(Message::Done(whole, result)) => {
                self.take_back(whole);
                // It has nothing left to do; a panic would have ended it before.
                let _ = inner.thread.join();
                result
            }
            Err(_) => match inner.thread.join() {
                Err(panic) => std::panic::resume_unwind(panic),
                Ok(()) => Err(WITHIN),
            },
        }
    }

    /// The simulation is here again; the empty one that was in its place is kept for the next time.
    fn take_back(&mut self, mut whole: Box<Self>) {
        std::mem::swap(self, &mut whole);
        self.empties.push(whole);
    }

    /// The thread's side: the caller's turn, if it wants one.
    #[inline]
    pub(super) fn turn(
        &mut self,
        integration: &mut Integration,
        hook: Hook,
    ) -> Result<(), RunError> {
        match self.model.hooks.get(hook) {
            None => Ok(()),
            Some(_) if integration.own.is_some() => Err(RunError::Order(
                "extra_scatter_gather: cells have steps and times of their own (use_local_dt)",
            )),
            Some(callback) => self.hand_over(integration, hook, callback),
        }
    }

    pub(super) fn hand_over(
        &mut self,
        integration: &mut Integration,
        hook: Hook,
        callback: CallbackId,
    ) -> Result<(), RunError> {
        let Some(mut outer) = self.outer.take() else {
            // The caller had the simulation and did not give it back.
            return Err(RunError::GivenUp);
        };
        let t_ms = std::mem::replace(&mut self.values.t_ms, self.turn_ms);
        let dt_ms = self.values.dt_ms;
        // For what the caller may ask: there is one integration, the whole model's.
        std::mem::swap(integration, outer.empty_step.present_mut());
        self.variable_step = Some(outer.empty_step);
        std::mem::swap(self, &mut outer.empty);
        if outer
            .to
            .send(Message::Call(outer.empty, hook, callback))
            .is_err()
        {
            return Err(RunError::GivenUp);
        }
        let Ok(whole) = outer.from.recv() else {
            return Err(RunError::GivenUp);
        };
        outer.empty = whole;
        std::mem::swap(self, &mut outer.empty);
        self.within = None;
        (self.values.t_ms, self.values.dt_ms) = (t_ms, dt_ms);
        let Some(present) = self.variable_step.take() else {
            return Err(RunError::GivenUp);
        };
        outer.empty_step = present;
        std::mem::swap(integration, outer.empty_step.present_mut());
        self.outer = Some(outer);
        Ok(())
    }

    /// The caller does not give the simulation back: the thread ends, and the integrator begins
    /// anew before its next step.
    pub(in super::super) fn give_up_turn(&mut self, inner: Option<Inner>) {
        if let Some(Inner { to, from, thread }) = inner {
            drop((to, from));
            // Its result is lost on purpose.
            let _ = thread.join();
        }
        self.retract();
    }

    /// The evaluation in which the caller has its turn is given up: the model has the states of the
    /// integrator again, which begins anew before its next step.
    pub(in super::super) fn retract(&mut self) {
        let Some(hook) = self.within.take() else {
            return;
        };
        let Some(mut step) = self.variable_step.take() else {
            return;
        };
        let integration = step.present_mut();
        if hook == Hook::Scattered && integration.y.len() == integration.equations.count {
            integration.equations.scatter(self, &integration.y);
            self.values.t_ms = integration.t_ms;
        }
        integration.initialize = true;
        integration.can_retreat = false;
        self.variable_step = Some(step);
    }
}

/// What the thread does.
fn work(outer: Outer, task: Task) {
    let Ok(mut simulation) = outer.from.recv() else {
        return;
    };
    let to = outer.to.clone();
    simulation.outer = Some(outer);
    simulation.within = None;
    let result = simulation.perform_here(task);
    if let Some(outer) = simulation.outer.take() {
        simulation.empties.push(outer.empty);
        // Nobody waits if the caller has given up.
        let _ = to.send(Message::Done(simulation, result));
    }
}

//! What goes through the queue of events: sending, what is on its way, and what is noted of it.

use crate::event::{Event, EventId, EventStatistics};
use crate::id::{NetConId, PointProcessId};
use crate::model::{Place, Source};
use crate::print::format_c;
use crate::record::Series;

use super::{CallbackId, Simulation};

/// How events are queued, and what is noted of them while a simulation runs.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventLog {
    /// Gets two numbers for each event that is sent: when it is sent, and for when.
    pub stored: Option<Series>,
    /// Events of NetCons are due at the step boundary nearest to their time, if steps are of fixed
    /// length (NEURON's bin queue).
    pub bins: bool,
    /// 1 for a line about each event that is sent or delivered, 2 for one about each step as well.
    pub debug: u32,
}

/// An event that is on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuedEvent {
    /// When it is due.
    pub time_ms: f64,
    /// What it is.
    pub kind: QueuedKind,
    /// In words, with its time: `NetCon[0] src=NetStim[0] target=ExpSyn[0] 2.5`.
    pub text: String,
}

/// What an event is, as far as callers tell events apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum QueuedKind {
    /// A NetCon delivers.
    NetCon(NetConId),
    /// All NetCons of a source deliver: see [`Simulation::fan`].
    Fan(u32),
    /// A point process has sent it to itself.
    ToSelf {
        /// The point process.
        target: PointProcessId,
        /// What its NET_RECEIVE finds as `flag`.
        flag: f64,
    },
    /// The caller is called.
    Call(CallbackId),
    /// Anything else.
    Other,
}

impl Simulation {
    /// Counts of events since the last [`Simulation::initialize`].
    pub fn event_statistics(&self) -> EventStatistics {
        self.queue.statistics
    }

    /// Events that are on their way, in the order of delivery.
    pub fn queued_events(&self) -> Vec<QueuedEvent> {
        let queued = |(time_ms, event, _)| QueuedEvent {
            time_ms,
            kind: match event {
                Event::NetCon(netcon) => QueuedKind::NetCon(NetConId(netcon)),
                Event::ToSelf { point, flag, .. } => QueuedKind::ToSelf {
                    target: PointProcessId(point),
                    flag,
                },
                Event::Call { callback, .. } => QueuedKind::Call(callback),
                Event::Fan(sender) => QueuedKind::Fan(sender),
                _ => QueuedKind::Other,
            },
            text: self.describe_event(time_ms, event),
        };
        self.queue.under_way().into_iter().map(queued).collect()
    }

    /// The NetCons that deliver at such an event if they are active then, and how long after it, in ms; the
    /// last comes first.
    pub fn fan(&self, sender: u32) -> Vec<(NetConId, f64)> {
        let network = &self.model.network;
        let shared_ms = network.sender(sender).map_or(0.0, |s| s.shared_delay_ms);
        let all = network.netcons_of(sender);
        let mut fan: Vec<_> = all
            .map(|(netcon, c)| (NetConId(netcon), c.delay_ms - shared_ms))
            .collect();
        fan.reverse();
        fan
    }

    /// Puts an event into the queue.
    pub(super) fn enqueue(&mut self, time_ms: f64, event: Event) -> EventId {
        let log = &self.model.event_log;
        if log.stored.is_some() || log.debug > 0 {
            self.note_sent(time_ms, event);
        }
        self.queue.push(time_ms, event)
    }

    #[cold]
    fn note_sent(&mut self, time_ms: f64, event: Event) {
        if let Some(stored) = &self.model.event_log.stored {
            let mut stored = stored.lock();
            stored.push(self.values.t_ms);
            stored.push(time_ms);
        }
        self.trace_event("send", time_ms, event);
    }

    /// A line about an event, if that is wanted.
    pub(super) fn trace_event(&mut self, what: &str, time_ms: f64, event: Event) {
        if self.model.event_log.debug > 0 {
            let text = self.describe_event(time_ms, event);
            self.services.messages.push(format!("{what} {text}\n"));
        }
    }

    /// A line about a step, if that is wanted.
    pub(super) fn trace_step(&mut self, text: impl FnOnce() -> String) {
        if self.model.event_log.debug > 1 {
            let text = text() + "\n";
            self.services.messages.push(text);
        }
    }

    /// An event in NEURON's words.
    fn describe_event(&self, time_ms: f64, event: Event) -> String {
        let point = |number: u32| self.model.point_label(PointProcessId(number));
        let source = |number: Option<u32>| {
            let sender = number.and_then(|n| self.model.network.sender(n));
            match sender.map(|s| &s.source) {
                Some(
                    Source::Point(id)
                    | Source::Variable {
                        place: Place::Point(id),
                        ..
                    },
                ) => self.model.point_label(*id),
                Some(Source::Variable {
                    place: Place::Segment { section, .. },
                    ..
                }) => self.model.sections[section.index()].name.clone(),
                _ => "nullptr".to_owned(),
            }
        };
        let at = |text: String| text + &format_c(" %.15g", &[time_ms]);
        match event {
            Event::NetCon(number) => {
                let label = self.model.netcon_label(NetConId(number));
                let connection = self.model.network.connection(number);
                let source = source(connection.and_then(|c| c.sender));
                let target = connection.and_then(|c| c.target);
                let target = target.map_or_else(|| "nullptr".to_owned(), |t| point(t.0));
                at(format!("{label} src={source} target={target}"))
            }
            Event::ToSelf { point: p, flag, .. } => {
                at(format!("SelfEvent target={}", point(p))) + &format_c(" flag=%g", &[flag])
            }
            Event::Watch { point: p, flag, .. } => {
                at(format!("WatchCondition {}", point(p))) + &format_c(" flag=%g", &[flag])
            }
            Event::Crossing(sender) | Event::Fan(sender) => {
                at(format!("PreSyn src={}", source(Some(sender))))
            }
            Event::Transition { .. } => at("StateTransitionEvent".to_owned()),
            Event::Sample(_) | Event::Play(_) => at("PlayRecordEvent".to_owned()) + " PlayRecord",
            Event::Call { callback, .. } if callback == CallbackId::STOP => {
                at("HocEvent ".to_owned())
            }
            Event::Call { .. } => at("HocEvent PythonObject".to_owned()),
        }
    }
}

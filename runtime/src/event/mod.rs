//! Events: the queue, and who sends to whom.

mod network;
mod queue;
mod statistics;
mod watch;

use crate::simulation::CallbackId;

pub(crate) use network::{Connection, Key, Network, Sender, Spikes};
pub(crate) use queue::{EventId, EventQueue};
pub use statistics::EventStatistics;
pub(crate) use watch::{Watches, Watching};

/// When the caller has its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// At the end of the step, or of the advance to its time.
    End,
    /// Among the other events of its time; with the point process whose cell it looks
    /// at, if it is not all of them.
    Among(Option<u32>),
    /// The same; it changes what is integrated.
    Anew(Option<u32>),
}

/// Something that happens at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Event {
    /// A NetCon delivers to its target.
    NetCon(u32),
    /// The NetCons of a source deliver, which have one delay.
    Fan(u32),
    /// `net_send` of a point process to itself; with the NetCon in whose NET_RECEIVE it was sent,
    /// if any.
    ToSelf {
        point: u32,
        flag: f64,
        netcon: Option<u32>,
    },
    /// A WATCH condition of an instance has begun to hold; `number` is the watch's.
    Watch { point: u32, flag: f64, number: u64 },
    /// A source crosses its threshold, as interpolation found.
    Crossing(u32),
    /// The condition of a transition of a state machine has begun to hold.
    Transition { machine: u32, transition: u32 },
    /// A recording takes a point.
    Sample(u32),
    /// A vector that is played comes to its next value or knot.
    Play(u32),
    /// The caller's turn: at this time, or at the end of the step that reaches it.
    Call { callback: CallbackId, turn: Turn },
}

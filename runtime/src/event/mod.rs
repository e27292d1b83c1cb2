//! Events: the queue, and who sends to whom.

mod network;
mod queue;

pub(crate) use network::Network;
pub(crate) use queue::{EventId, EventQueue};

/// Something that happens at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Event {
    /// A NetCon delivers to its target.
    NetCon(u32),
    /// `net_send` of an instance to itself. `weights` is the place of the weights of the NetCon
    /// in whose NET_RECEIVE it was sent, if any.
    ToSelf {
        block: u32,
        instance: u32,
        flag: f64,
        weights: Option<(u32, u32)>,
    },
    /// A recording takes a point.
    Sample(u32),
}

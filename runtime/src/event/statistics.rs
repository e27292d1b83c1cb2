//! What the queue and the delivery of events count, from one initialization to the next.

/// Counts of events, all since the last [`crate::Simulation::initialize`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventStatistics {
    /// Events of any kind that came to their turn.
    pub delivered: u64,
    /// Events that NetCons sent.
    pub netcons_sent: u64,
    /// Events that were not sent because their NetCon is not active or has no target.
    pub netcons_withheld: u64,
    /// Events of NetCons that were delivered.
    pub netcons_delivered: u64,
    /// Spikes: how often a source sent to its NetCons.
    pub spikes: u64,
    /// Spikes that one event was sent for, to all NetCons of the source.
    pub fans_sent: u64,
    /// Such events that were delivered, and what they brought: to NetCons at once, and later.
    pub fans_delivered: u64,
    /// NetCons that delivered at once.
    pub fan_netcons: u64,
    /// NetCons whose delay had become longer.
    pub fan_netcons_sent: u64,
    /// Spikes that mechanisms made by `net_event`.
    pub net_events: u64,
    /// Self events that were sent (`net_send`, and `NetCon.event` with a flag).
    pub self_sent: u64,
    /// Self events that were moved (`net_move`).
    pub self_moved: u64,
    /// Self events that were delivered.
    pub self_delivered: u64,
    /// WATCH conditions that began to hold.
    pub watches_sent: u64,
    /// Events of WATCH conditions that were delivered.
    pub watches_delivered: u64,
    /// Threshold crossings that interpolation found within a step.
    pub crossings_found: u64,
    /// Sources found above their threshold where the integrator began anew.
    pub crossings_at_beginnings: u64,
    /// Crossings that were delivered.
    pub crossings_delivered: u64,
    /// Crossings that were given up with the step that they were found in.
    pub crossings_abandoned: u64,
    /// Events of recordings and of vectors that are played, sent.
    pub vectors_sent: u64,
    /// The same, delivered.
    pub vectors_delivered: u64,
    /// Events of the caller's own, sent.
    pub calls_sent: u64,
    /// The same, delivered.
    pub calls_delivered: u64,
    /// Items put into the queue.
    pub inserted: u64,
    /// Items moved to another time.
    pub moved: u64,
    /// Items taken out of the queue: delivered or taken back.
    pub removed: u64,
}

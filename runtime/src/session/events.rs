//! Events of a session: counts, what is on its way, and what is noted.

use crate::event::EventStatistics;
use crate::id::NetConId;
use crate::record::Series;
use crate::simulation::QueuedEvent;

use super::{Engine, Session, SessionError};

impl Session {
    /// Counts of events since the last initialization.
    pub fn event_statistics(&self) -> EventStatistics {
        match &self.engine {
            Engine::Model(model) => model.run.event_statistics(),
            Engine::Simulation(simulation) => simulation.event_statistics(),
        }
    }

    /// NEURON's `CVode.spike_stat`: equations (of the last run with variable steps), NetCons, events
    /// delivered, those of NetCons, spikes, self events delivered, sent and moved, and items put
    /// into the queue, moved in it and taken out.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn spike_statistics(&mut self) -> Result<[f64; 11], SessionError> {
        if self.cvode.active && self.structure().sections().next().is_some() {
            self.simulation()?;
        }
        let counts = self.event_statistics();
        let numbers = [
            self.equations as u64,
            self.structure().netcons().count() as u64,
            counts.delivered,
            counts.netcons_delivered,
            counts.spikes,
            counts.self_delivered,
            counts.self_sent,
            counts.self_moved,
            counts.inserted,
            counts.moved,
            counts.removed,
        ];
        Ok(numbers.map(|n| n as f64))
    }

    /// Events that are on their way, in the order of delivery.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn queued_events(&mut self) -> Result<Vec<QueuedEvent>, SessionError> {
        Ok(self.simulation()?.queued_events())
    }

    /// The NetCons that deliver at an event of [`QueuedKind::Fan`](crate::QueuedKind::Fan), and how long after it, in
    /// ms.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn fan(&mut self, sender: u32) -> Result<Vec<(NetConId, f64)>, SessionError> {
        Ok(self.simulation()?.fan(sender))
    }

    /// NEURON's `CVode.queue_mode`: with bit 0 events of NetCons are due at the step boundary nearest to
    /// their time, if steps are of fixed length. Bit 1 is kept. Gives what is set.
    pub fn queue_mode(&mut self, mode: Option<u32>) -> u32 {
        if let Some(mode) = mode {
            self.cvode.queue_mode = mode;
            self.connections().event_log.bins = mode & 1 == 1;
        }
        self.cvode.queue_mode
    }

    /// Has two numbers added to a buffer for each event that is sent: when it is sent and for when.
    /// `None` ends that.
    pub fn store_events(&mut self, buffer: Option<Series>) {
        self.connections().event_log.stored = buffer;
    }

    /// Prints a line for each event that is sent or delivered (1), and for each step as well (2);
    /// nothing for 0. Gives what is set.
    pub fn debug_events(&mut self, level: Option<u32>) -> u32 {
        let log = &mut self.connections().event_log;
        log.debug = level.unwrap_or(log.debug);
        log.debug
    }
}

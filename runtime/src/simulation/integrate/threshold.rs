//! Threshold crossings by interpolation (`condition_order` 2).
//!
//! A source that is found above its threshold after a step fires where the line through its values at
//! both ends of the step crosses it. Until that event is delivered the step may be given up, and the
//! crossing with it. So are WATCH conditions.

use crate::error::RunError;
use crate::event::{Event, EventId};

use super::super::Simulation;
use super::integration::Integration;

/// What is known of a source.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Crossing {
    above: bool,
    /// Value and time at the end of the last step.
    value: f64,
    t_ms: f64,
    /// It counts as below again when its value was lower than this twice.
    rearm: f64,
    /// The event, until it is delivered.
    waiting: Option<EventId>,
}

impl Simulation {
    /// Looks at the sources of an integration after a step.
    pub(super) fn find_crossings(
        &mut self,
        integration: &mut Integration,
        cell: Option<usize>,
    ) -> Result<(), RunError> {
        if integration.settings.condition_order != 2 {
            return Ok(());
        }
        let own = integration.own.as_ref().map(|own| &own.watched[..]);
        let count = own.map_or(self.watched.len(), <[u32]>::len);
        integration.crossings.resize(count, Crossing::default());
        for (i, crossing) in integration.crossings.iter_mut().enumerate() {
            let watched = self.watched[own.map_or(i, |own| own[i] as usize)];
            let Some(source) = self.model.network.sender(watched.sender) else {
                continue;
            };
            let value = self.read(watched.variable) - source.threshold;
            if let Some(event) = crossing.waiting.take()
                && self.queue.remove(event)
            {
                self.queue.statistics.crossings_abandoned += 1;
                (crossing.above, crossing.rearm) = (false, 0.0);
            }
            if !crossing.above && value >= 0.0 {
                (crossing.above, crossing.rearm) = (true, 0.0);
                let event = Event::Crossing(watched.sender);
                if integration.from_ms == integration.to_ms {
                    self.queue.statistics.crossings_at_beginnings += 1;
                    self.enqueue(integration.t_ms, event);
                } else {
                    crossing.rearm = crossing.value;
                    let part = -crossing.value / (value - crossing.value);
                    let time_ms = part * integration.t_ms + (1.0 - part) * crossing.t_ms;
                    self.queue.statistics.crossings_found += 1;
                    crossing.waiting = Some(self.enqueue(time_ms, event));
                }
            } else if crossing.above && crossing.value < crossing.rearm && value < crossing.rearm {
                crossing.above = false;
            }
            (crossing.value, crossing.t_ms) = (value, integration.t_ms);
        }
        let begun_anew = integration.from_ms == integration.to_ms;
        self.values.t_ms = integration.t_ms;
        self.cross_watches(cell, begun_anew)?;
        self.cross_transitions(cell, begun_anew);
        Ok(())
    }
}

//! The event queue: a binary heap that delivers equal times in the order of sending.
//!
//! An event can be moved to another time (`net_move`); its old entry stays in the heap and
//! is skipped when it comes up. Moving counts as sending anew for the order among equal times.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::{Event, EventStatistics};

/// Names an event that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EventId {
    slot: u32,
    number: u64,
}

/// An entry of the heap; the earliest time, then the lowest number, is the greatest.
#[derive(Debug, Clone, Copy)]
struct Entry {
    time_ms: f64,
    /// Counts everything that was ever sent or moved.
    number: u64,
    slot: u32,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .time_ms
            .total_cmp(&self.time_ms)
            .then(other.number.cmp(&self.number))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

/// An event and the number of its one valid entry.
#[derive(Debug, Clone, Copy)]
struct Slot {
    event: Event,
    number: u64,
}

/// Events by time.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventQueue {
    heap: BinaryHeap<Entry>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    sent: u64,
    /// What happened since the queue was emptied; inserted, moved, removed and delivered are counted here, the others by those who
    /// send and deliver.
    pub statistics: EventStatistics,
}

impl EventQueue {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.heap.clear();
        self.slots.clear();
        self.free.clear();
        self.statistics = EventStatistics::default();
        // Numbers go on, so that ids from before stay invalid.
    }

    /// Sends an event.
    pub fn push(&mut self, time_ms: f64, event: Event) -> EventId {
        self.statistics.inserted += 1;
        self.sent += 1;
        let entry = Slot {
            event,
            number: self.sent,
        };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = entry;
                slot
            }
            None => {
                self.slots.push(entry);
                (self.slots.len() - 1) as u32
            }
        };
        self.heap.push(Entry {
            time_ms,
            number: self.sent,
            slot,
        });
        EventId {
            slot,
            number: self.sent,
        }
    }

    /// Moves an event that has not been delivered; returns its new id.
    pub fn move_to(&mut self, id: EventId, time_ms: f64) -> Option<EventId> {
        let slot = self
            .slots
            .get_mut(id.slot as usize)
            .filter(|s| s.number == id.number)?;
        self.statistics.moved += 1;
        self.sent += 1;
        slot.number = self.sent;
        self.heap.push(Entry {
            time_ms,
            number: self.sent,
            slot: id.slot,
        });
        Some(EventId {
            slot: id.slot,
            number: self.sent,
        })
    }

    /// Takes back an event; false if it has been delivered.
    pub fn remove(&mut self, id: EventId) -> bool {
        let slot = self.slots.get_mut(id.slot as usize);
        let Some(slot) = slot.filter(|slot| slot.number == id.number) else {
            return false;
        };
        self.statistics.removed += 1;
        slot.number = 0;
        self.free.push(id.slot);
        true
    }

    /// When the next event is due.
    pub fn next_time(&mut self) -> Option<f64> {
        while let Some(entry) = self.heap.peek() {
            if self.slots[entry.slot as usize].number == entry.number {
                return Some(entry.time_ms);
            }
            self.heap.pop();
        }
        None
    }

    /// What is due at a time or before, in no order.
    pub fn up_to(&self, time_ms: f64) -> impl Iterator<Item = (f64, Event)> {
        let due = self
            .heap
            .iter()
            .filter(move |entry| entry.time_ms <= time_ms);
        due.filter_map(|entry| {
            let slot = &self.slots[entry.slot as usize];
            (slot.number == entry.number).then_some((entry.time_ms, slot.event))
        })
    }

    /// All that is under way, in the order of delivery.
    pub fn under_way(&self) -> Vec<(f64, Event, EventId)> {
        let slots = &self.slots;
        let valid = |entry: &&Entry| slots[entry.slot as usize].number == entry.number;
        let mut entries: Vec<Entry> = self.heap.iter().filter(valid).copied().collect();
        entries.sort_unstable_by(|a, b| b.cmp(a));
        let named = |Entry {
                         time_ms,
                         number,
                         slot,
                     }| {
            (
                time_ms,
                slots[slot as usize].event,
                EventId { slot, number },
            )
        };
        entries.into_iter().map(named).collect()
    }

    /// Takes the next event that is due at `until_ms` or before.
    pub fn pop_until(&mut self, until_ms: f64) -> Option<(f64, Event)> {
        while self.heap.peek()?.time_ms <= until_ms {
            let entry = self.heap.pop()?;
            let slot = &mut self.slots[entry.slot as usize];
            if slot.number == entry.number {
                self.statistics.removed += 1;
                self.statistics.delivered += 1;
                slot.number = 0;
                self.free.push(entry.slot);
                return Some((entry.time_ms, slot.event));
            }
        }
        None
    }
}

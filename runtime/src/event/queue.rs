//! The event queue: events by time, and those of one time in NEURON's order.
//!
//! That is the order of sending, with one exception: the event that is due next is kept apart, and when an
//! earlier one is sent it goes back behind all others of its time. So that networks whose events
//! come at the same times have NEURON's spikes, that is kept.
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
    number: u32,
}

/// An entry; the earliest time, then the lowest rank, is the greatest.
#[derive(Debug, Clone, Copy)]
struct Entry {
    time_ms: f64,
    /// Place among those of one time.
    rank: u64,
    slot: u32,
    number: u32,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .time_ms
            .total_cmp(&self.time_ms)
            .then(other.rank.cmp(&self.rank))
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

/// An event and the number of its one valid entry, 0 if there is none.
#[derive(Debug, Clone, Copy)]
struct Slot {
    event: Event,
    number: u32,
}

/// Events by time.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventQueue {
    /// What is due next; valid.
    next: Option<Entry>,
    /// The others.
    heap: BinaryHeap<Entry>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    /// The last rank.
    rank: u64,
    /// The last number.
    number: u32,
    /// What happened since the queue was emptied; inserted, moved, removed and delivered are counted here, the others by those who
    /// send and deliver.
    pub statistics: EventStatistics,
}

impl EventQueue {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.next = None;
        self.heap.clear();
        self.slots.clear();
        self.free.clear();
        self.statistics = EventStatistics::default();
        // Numbers go on, so that ids from before stay invalid.
    }

    /// Sends an event.
    pub fn push(&mut self, time_ms: f64, event: Event) -> EventId {
        self.statistics.inserted += 1;
        let number = self.new_number();
        let entry = Slot { event, number };
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
        let id = EventId { slot, number };
        self.enter(time_ms, id);
        id
    }

    /// Moves an event that has not been delivered; returns its new id.
    pub fn move_to(&mut self, id: EventId, time_ms: f64) -> Option<EventId> {
        if self.slots.get(id.slot as usize)?.number != id.number {
            return None;
        }
        self.statistics.moved += 1;
        let number = self.new_number();
        self.slots[id.slot as usize].number = number;
        let new = EventId { number, ..id };
        match self.next {
            Some(next) if next.slot == id.slot => {
                // It stays the next, also where another comes at the same time.
                self.drop_invalid();
                match self.heap.peek() {
                    Some(behind) if time_ms > behind.time_ms => {
                        self.next = self.heap.pop();
                        self.enter(time_ms, new);
                    }
                    _ => self.next = Some(self.entry(time_ms, new)),
                }
            }
            _ => self.enter(time_ms, new),
        }
        Some(new)
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
        if self.next.is_some_and(|next| next.slot == id.slot) {
            self.refill();
        }
        true
    }

    /// When the next event is due.
    #[inline]
    pub fn next_time(&self) -> Option<f64> {
        self.next.map(|next| next.time_ms)
    }

    /// What is due at a time or before, in no order.
    pub fn up_to(&self, time_ms: f64) -> impl Iterator<Item = (f64, Event)> {
        let all = self.next.iter().chain(&self.heap);
        let due = all.filter(move |entry| entry.time_ms <= time_ms);
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
        let named = |entry: Entry| {
            let (slot, number) = (entry.slot, entry.number);
            let event = slots[slot as usize].event;
            (entry.time_ms, event, EventId { slot, number })
        };
        self.next.into_iter().chain(entries).map(named).collect()
    }

    /// Takes the next event that is due at `until_ms` or before.
    pub fn pop_until(&mut self, until_ms: f64) -> Option<(f64, Event)> {
        let entry = self.next.filter(|next| next.time_ms <= until_ms)?;
        let slot = &mut self.slots[entry.slot as usize];
        self.statistics.removed += 1;
        self.statistics.delivered += 1;
        slot.number = 0;
        let event = slot.event;
        self.free.push(entry.slot);
        self.refill();
        Some((entry.time_ms, event))
    }

    fn new_number(&mut self) -> u32 {
        self.number = self.number.checked_add(1).unwrap_or(1);
        self.number
    }

    /// An entry behind all others of its time.
    fn entry(&mut self, time_ms: f64, id: EventId) -> Entry {
        self.rank += 1;
        Entry {
            time_ms,
            rank: self.rank,
            slot: id.slot,
            number: id.number,
        }
    }

    fn enter(&mut self, time_ms: f64, id: EventId) {
        let entry = self.entry(time_ms, id);
        match self.next {
            Some(next) if entry.time_ms >= next.time_ms => self.heap.push(entry),
            before => {
                self.next = Some(entry);
                before.into_iter().for_each(|before| self.enqueue(before));
            }
        }
    }

    /// Back among the others, behind those of its time.
    fn enqueue(&mut self, mut entry: Entry) {
        self.rank += 1;
        entry.rank = self.rank;
        self.heap.push(entry);
    }

    /// What is due next comes from the others.
    fn refill(&mut self) {
        self.drop_invalid();
        self.next = self.heap.pop();
    }

    /// The first of the others is valid afterwards.
    fn drop_invalid(&mut self) {
        while let Some(entry) = self.heap.peek()
            && self.slots[entry.slot as usize].number != entry.number
        {
            self.heap.pop();
        }
    }
}

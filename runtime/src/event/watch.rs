//! WATCH: which instances watch which of their conditions, in the order in which they began.

use std::collections::{BTreeMap, HashMap};

use super::EventId;

/// An instance that watches a condition.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watching {
    /// The point process.
    pub point: u32,
    /// The block of its instances.
    pub block: u32,
    /// Position in the description's list.
    pub condition: u32,
    /// Flag of the event.
    pub flag: f64,
    /// The condition held when it was looked at last; an event is sent when it begins to hold.
    pub above: bool,
    /// The event that is under way.
    pub sent: Option<EventId>,
    /// Value and time when it was looked at last, for interpolation.
    pub last: (f64, f64),
    /// After an interpolated crossing it counts as below again when its value was lower than this
    /// twice.
    pub rearm: f64,
}

/// All of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Watches {
    /// By number; numbers ascend.
    watching: BTreeMap<u64, Watching>,
    begun: u64,
    /// Numbers of each point process, ascending. (Only looked up, so that its order does not
    /// matter.)
    of_point: HashMap<u32, Vec<u64>>,
    /// How many there are in each block.
    in_block: BTreeMap<u32, usize>,
}

impl Watches {
    /// True if nothing is watched.
    pub fn is_empty(&self) -> bool {
        self.watching.is_empty()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.watching.clear();
        self.of_point.clear();
        self.in_block.clear();
        // Numbers go on: events that name one from before name nothing.
    }

    /// The blocks in which something is watched, ascending.
    pub fn blocks(&self) -> impl Iterator<Item = u32> + '_ {
        self.in_block.keys().copied()
    }

    /// Takes over the blocks of a new layout; what has no place in it ends.
    pub fn relocate(&mut self, block_of: impl Fn(u32) -> Option<u32>) {
        let gone = |point: &&u32| block_of(**point).is_none();
        let gone: Vec<u32> = self.of_point.keys().filter(gone).copied().collect();
        for point in gone {
            self.end(point);
        }
        self.in_block.clear();
        for watching in self.watching.values_mut() {
            if let Some(block) = block_of(watching.point) {
                watching.block = block;
                *self.in_block.entry(block).or_insert(0) += 1;
            }
        }
    }

    /// All, in the order in which they began, with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &Watching)> {
        self.watching.iter().map(|(&number, w)| (number, w))
    }

    /// One of them, unless it has ended.
    pub fn get_mut(&mut self, number: u64) -> Option<&mut Watching> {
        self.watching.get_mut(&number)
    }

    /// Begins to watch. A condition that the instance watches already begins anew.
    pub fn begin(&mut self, new: Watching) {
        let numbers = self.of_point.entry(new.point).or_default();
        let same = |number: &u64| {
            self.watching
                .get(number)
                .is_some_and(|w| w.condition == new.condition)
        };
        match numbers.iter().position(same) {
            Some(at) => {
                self.watching.remove(&numbers.remove(at));
            }
            None => *self.in_block.entry(new.block).or_insert(0) += 1,
        }
        numbers.push(self.begun);
        self.watching.insert(self.begun, new);
        self.begun += 1;
    }

    /// Ends all that a point process watches; gives them.
    pub fn end(&mut self, point: u32) -> Vec<Watching> {
        let numbers = self.of_point.remove(&point);
        let ended: Vec<Watching> = numbers
            .unwrap_or_default()
            .iter()
            .filter_map(|number| self.watching.remove(number))
            .collect();
        for Watching { block, .. } in &ended {
            if let Some(count) = self.in_block.get_mut(block) {
                *count -= 1;
                if *count == 0 {
                    self.in_block.remove(block);
                }
            }
        }
        ended
    }
}

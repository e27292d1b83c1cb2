//! What is known of memory and locals at a point of the execution.

use super::Promoter;
use crate::ir::{Expr, ExprId, KernelKind, NodeVar, Place, SimVar, Stmt, Type, print};

/// A fixed place.
pub(super) struct Slot {
    pub(super) place: Place,
    /// Its value when the kernel began, once it was asked for.
    entry: Option<ExprId>,
    /// A store to it has been emitted.
    stored: bool,
}

/// What a slot holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Content {
    /// What it held when the kernel began.
    Entry,
    /// This value; memory does not hold it yet if `dirty`.
    Known { value: ExprId, dirty: bool },
    /// What memory holds now.
    Unknown,
}

/// What is known at a point.
#[derive(Clone)]
pub(super) struct State {
    /// Values of the old locals; `None` if unassigned.
    pub(super) locals: Vec<Option<ExprId>>,
    /// Of the slots; those that were made later have [`Promoter::content`].
    slots: Vec<Content>,
    /// Places with a run-time index and what they hold.
    elements: Vec<(Place, ExprId)>,
    /// Places that have been written to behind the slots' back.
    clobbered: Vec<Place>,
    /// Pointers that have been found to point at something.
    pointing: Vec<u32>,
}

impl State {
    pub(super) fn new(locals: usize) -> Self {
        State {
            locals: vec![None; locals],
            slots: Vec::new(),
            elements: Vec::new(),
            clobbered: Vec::new(),
            pointing: Vec::new(),
        }
    }

    /// Notes that a pointer points at something from here on; true if that is news.
    pub(super) fn note_pointing(&mut self, pointer: u32) -> bool {
        let news = !self.pointing.contains(&pointer);
        if news {
            self.pointing.push(pointer);
        }
        news
    }

    /// Forgets the pointers that `other` does not know to point at something.
    pub(super) fn keep_pointing(&mut self, other: &State) {
        self.pointing.retain(|p| other.pointing.contains(p));
    }

    /// Memory of `place` (and what it may alias) changes without our knowing its value.
    pub(super) fn clobber(&mut self, place: Place) {
        if !self.clobbered.contains(&place) {
            self.clobbered.push(place);
        }
    }

    /// Values of elements that hold in both states.
    pub(super) fn common(&self, other: &State) -> (Vec<(Place, ExprId)>, Vec<Place>) {
        let both = |element: &&(Place, ExprId)| other.elements.contains(element);
        let elements = self.elements.iter().filter(both).copied().collect();
        let mut clobbered = self.clobbered.clone();
        for place in &other.clobbered {
            if !clobbered.contains(place) {
                clobbered.push(*place);
            }
        }
        (elements, clobbered)
    }

    pub(super) fn set_common(&mut self, (elements, clobbered): (Vec<(Place, ExprId)>, Vec<Place>)) {
        self.elements = elements;
        self.clobbered = clobbered;
    }

    /// A store to `place` ends what is known of elements that it may be.
    pub(super) fn forget_elements(&mut self, place: Place) {
        self.elements.retain(|(known, _)| !place.may_alias(*known));
    }
}

impl Promoter<'_> {
    /// The slot of a place, if it is fixed.
    pub(super) fn slot(&mut self, place: Place) -> Option<usize> {
        let fixed = match place {
            Place::ColumnAt { .. }
            | Place::GlobalAt { .. }
            | Place::NetConArg { .. }
            | Place::Table { .. }
            // It may be read behind its check only.
            | Place::Pointer(_) => false,
            Place::LocalArray { array, index } => {
                let len = i64::from(self.new.arrays[array as usize].len);
                matches!(self.new.exprs[index], Expr::I64(i) if (0..len).contains(&i))
            }
            _ => true,
        };
        if !fixed {
            return None;
        }
        let next = self.slots.len();
        let slot = *self.slot_of.entry(place).or_insert(next);
        if slot == next {
            self.slots.push(Slot {
                place,
                entry: None,
                stored: false,
            });
        }
        Some(slot)
    }

    /// What a slot holds in `state`.
    pub(super) fn content_in(&self, state: &State, slot: usize) -> Content {
        match state.slots.get(slot) {
            Some(content) => *content,
            None => {
                let place = self.slots[slot].place;
                let clobbered = state.clobbered.iter().any(|c| self.may_alias(*c, place));
                if clobbered {
                    Content::Unknown
                } else {
                    Content::Entry
                }
            }
        }
    }

    pub(super) fn content(&self, slot: usize) -> Content {
        self.content_in(&self.state, slot)
    }

    pub(super) fn set_content(&mut self, slot: usize, content: Content) {
        for later in self.state.slots.len()..=slot {
            let content = self.content(later);
            self.state.slots.push(content);
        }
        self.state.slots[slot] = content;
        self.changed();
    }

    /// [`Place::may_alias`], and elements of a private array with different constant indices
    /// are different.
    pub(super) fn may_alias(&self, a: Place, b: Place) -> bool {
        if let (Place::LocalArray { index: i, .. }, Place::LocalArray { index: j, .. }) = (a, b)
            && let (Expr::I64(i), Expr::I64(j)) = (&self.new.exprs[i], &self.new.exprs[j])
            && i != j
        {
            return false;
        }
        a.may_alias(b)
    }

    /// The value that a slot had when the kernel began.
    pub(super) fn entry_value(&mut self, slot: usize) -> ExprId {
        if let Some(value) = self.slots[slot].entry {
            return value;
        }
        let place = self.slots[slot].place;
        let value = if self.is_private(place) {
            self.new.exprs.f64(0.0)
        } else {
            let load = self.new.exprs.load(place);
            let uniform = self.is_uniform(load);
            let name = print::place_name(self.mechanism, place);
            let local = self.new_local(name, Type::F64, uniform);
            self.entry.push(Stmt::Assign(local, load));
            self.new.exprs.local(local)
        };
        self.slots[slot].entry = Some(value);
        value
    }

    /// True if nobody sees the place after the kernel, and it is zero at the beginning.
    fn is_private(&self, place: Place) -> bool {
        match place {
            Place::LocalArray { .. } => true,
            Place::Column(_) => self.kind == KernelKind::Tables,
            _ => false,
        }
    }

    /// The value at `place`, whose index is a new expression.
    pub(super) fn load(&mut self, place: Place) -> ExprId {
        if let Some(slot) = self.slot(place) {
            return match self.content(slot) {
                Content::Known { value, .. } => value,
                Content::Entry => self.entry_value(slot),
                Content::Unknown => {
                    let value = self.load_now(place);
                    self.set_content_quietly(
                        slot,
                        Content::Known {
                            value,
                            dirty: false,
                        },
                    );
                    value
                }
            };
        }
        if let Some((_, value)) = self
            .state
            .elements
            .iter()
            .find(|(known, _)| *known == place)
        {
            return *value;
        }
        self.flush_aliases(place);
        let value = self.load_now(place);
        self.state.elements.push((place, value));
        value
    }

    fn load_now(&mut self, place: Place) -> ExprId {
        let load = self.new.exprs.load(place);
        let name = print::place_name(self.mechanism, place);
        self.assign(name, load, Type::F64)
    }

    /// Knowing more does not make values wrong that were computed before.
    fn set_content_quietly(&mut self, slot: usize, content: Content) {
        for later in self.state.slots.len()..=slot {
            let content = self.content(later);
            self.state.slots.push(content);
        }
        self.state.slots[slot] = content;
    }

    pub(super) fn store(&mut self, place: Place, value: ExprId) {
        self.state.forget_elements(place);
        if let Some(slot) = self.slot(place) {
            self.set_content(slot, Content::Known { value, dirty: true });
            return;
        }
        self.flush_aliases(place);
        self.out.push(Stmt::Store(place, value));
        self.forget_slots(place);
        self.state.elements.push((place, value));
        self.changed();
    }

    pub(super) fn accumulate(&mut self, place: Place, value: ExprId) {
        self.state.forget_elements(place);
        self.out.push(Stmt::Accumulate(place, value));
        self.forget_slots(place);
        self.changed();
    }

    /// The slots that `place` may be hold what memory holds. They are not dirty.
    pub(super) fn forget_slots(&mut self, place: Place) {
        // An element of a private array that is known is none but its own slot.
        if let (Place::LocalArray { .. }, Some(slot)) = (place, self.slot(place)) {
            self.slots[slot].stored = true;
            self.set_content(slot, Content::Unknown);
            return;
        }
        for slot in 0..self.slots.len() {
            if self.may_alias(place, self.slots[slot].place) {
                self.slots[slot].stored = true;
                self.set_content(slot, Content::Unknown);
            }
        }
        self.state.clobber(place);
    }

    /// Stores a slot's value if memory does not hold it yet.
    pub(super) fn flush(&mut self, slot: usize) {
        if let Content::Known { value, dirty: true } = self.content(slot) {
            let place = self.slots[slot].place;
            self.slots[slot].stored = true;
            self.out.push(Stmt::Store(place, value));
            self.set_content_quietly(
                slot,
                Content::Known {
                    value,
                    dirty: false,
                },
            );
        }
    }

    /// Stores what an access to `place` may see.
    pub(super) fn flush_aliases(&mut self, place: Place) {
        for slot in 0..self.slots.len() {
            if self.may_alias(place, self.slots[slot].place) {
                self.flush(slot);
            }
        }
    }

    /// Stores what the host may see.
    pub(super) fn flush_all(&mut self) {
        for slot in 0..self.slots.len() {
            if !self.is_private(self.slots[slot].place) {
                self.flush(slot);
            }
        }
    }

    /// The stores at the end of the kernel, in the order of memory.
    pub(super) fn final_stores(&mut self) {
        let mut dirty: Vec<usize> = (0..self.slots.len())
            .filter(|&slot| {
                let Content::Known { value, dirty } = self.content(slot) else {
                    return false;
                };
                let Slot {
                    place,
                    entry,
                    stored,
                } = self.slots[slot];
                let unchanged = entry == Some(value) && !stored;
                dirty && !unchanged && !self.is_private(place)
            })
            .collect();
        dirty.sort_by_key(|&slot| order(self.slots[slot].place));
        dirty.into_iter().for_each(|slot| self.flush(slot));
    }
}

/// Position of a fixed place in memory.
fn order(place: Place) -> (u32, u32, u32) {
    match place {
        Place::Column(column) | Place::ColumnAt { base: column, .. } => (0, column, 0),
        Place::Global(global) | Place::GlobalAt { base: global, .. } => (1, global, 0),
        Place::Arg(arg) => (2, arg, 0),
        Place::Ion(ion, var) => (3, ion, var as u32),
        Place::Node(NodeVar::V) => (4, 0, 0),
        Place::Node(var) => (4, 1, var as u32),
        Place::Sim(SimVar::T) => (5, 0, 0),
        Place::Sim(var) => (5, 1, var as u32),
        Place::Flag => (6, 0, 0),
        Place::Table { table, column, .. } => (7, table, column),
        Place::LocalArray { array, .. } => (8, array, 0),
        Place::NetConArg { arg, .. } => (9, arg, 0),
        Place::NetConCount => (10, 0, 0),
        Place::Pointer(pointer) => (11, pointer, 0),
        Place::FunctionTableGiven(table) => (12, table, 0),
    }
}

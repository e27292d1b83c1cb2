//! Loops. A `for` with few constant rounds is executed round by round, which unrolls it and
//! makes its indices constants. Else the body is executed once, from a state that holds at the
//! beginning of every round:
//!
//! * Locals and fixed places that the loop changes are *carried*: a new local is assigned
//!   before the loop and at the end of each round.
//! * Places that the loop also reaches by a run-time index live in memory: they are stored
//!   before the loop and at the end of each round, and loaded when needed.
//! * Values that the loop only uses are computed before it.

use std::collections::HashSet;

use super::Promoter;
use super::memory::Content;
use crate::ir::walk::for_each_stmt;
use crate::ir::{Block, Expr, ExprId, Local, LocalId, Place, Stmt, Type, UnaryOp, print};

/// Most rounds to unroll.
const ROUNDS: i64 = 64;
/// Largest unrolled size, in expressions and statements.
const UNROLLED: usize = 3_000;

/// What a loop does, from its text.
#[derive(Default)]
struct Effects {
    assigned: Vec<LocalId>,
    read: Vec<LocalId>,
    loads: Vec<Place>,
    stores: Vec<Place>,
    sums: Vec<Place>,
}

/// What a round hands to the next.
struct Carried {
    local: LocalId,
    value: ExprId,
    target: Target,
}

enum Target {
    Local(LocalId),
    Slot(usize),
}

impl<'a> Promoter<'a> {
    pub(super) fn for_loop(&mut self, index: LocalId, from: ExprId, to: ExprId, body: &'a Block) {
        let (from, to) = (self.eval(from), self.eval(to));
        if let (&Expr::I64(from), &Expr::I64(to)) = (&self.new.exprs[from], &self.new.exprs[to])
            && self.may_unroll(from, to, body)
        {
            for round in from..=to {
                let round = self.new.exprs.i64(round);
                self.set_local(index, Some(round));
                self.block(body);
            }
            self.set_local(index, None);
            return;
        }
        let effects = self.effects(&[body], None);
        let carried = self.enter(&effects);
        let head = self.state.clone();
        let uniform = self.is_uniform(from) && self.is_uniform(to);
        let name = self.old.locals[index.index()].name.clone();
        let new_index = self.new_local(name, Type::I64, uniform);
        let value = self.new.exprs.local(new_index);
        self.set_local(index, Some(value));
        let outer = std::mem::take(&mut self.out);
        self.block(body);
        self.end_round(&carried, &effects);
        let body = std::mem::replace(&mut self.out, outer);
        self.state = head;
        self.changed();
        self.out.push(Stmt::For {
            index: new_index,
            from,
            to,
            body,
        });
    }

    pub(super) fn while_loop(&mut self, head: &'a Block, cond: ExprId, body: &'a Block) {
        let effects = self.effects(&[head, body], Some(cond));
        let carried = self.enter(&effects);
        let outer = std::mem::take(&mut self.out);
        self.block(head);
        let cond = self.eval(cond);
        let head = std::mem::take(&mut self.out);
        // The loop ends here: what holds now holds behind it.
        let at_exit = self.state.clone();
        self.block(body);
        self.end_round(&carried, &effects);
        let body = std::mem::replace(&mut self.out, outer);
        self.state = at_exit;
        self.changed();
        self.out.push(Stmt::While { head, cond, body });
    }

    fn may_unroll(&mut self, from: i64, to: i64, body: &Block) -> bool {
        if from > to {
            return true;
        }
        let Some(rounds) = to.checked_sub(from).filter(|&rounds| rounds < ROUNDS) else {
            return false;
        };
        let mut reached = std::mem::take(&mut self.reached);
        reached.clear();
        let mut size = 1;
        for_each_stmt(body, &mut |stmt| {
            size += 1;
            stmt.for_each_expr(|root| size += reached.reach(&self.old.exprs, root).len());
        });
        self.reached = reached;
        let size = size * (rounds as usize + 1);
        let fits = size <= UNROLLED && size <= self.unroll_budget;
        if fits {
            self.unroll_budget -= size;
        }
        fits
    }

    /// What `blocks` do.
    fn effects(&mut self, blocks: &[&'a Block], cond: Option<ExprId>) -> Effects {
        let mut effects = Effects::default();
        let mut reached = std::mem::take(&mut self.reached);
        reached.clear();
        let old = self.old;
        let mut assigned = vec![false; old.locals.len()];
        let mut read = |root: ExprId, effects: &mut Effects| {
            for id in reached.reach(&old.exprs, root) {
                match old.exprs[id] {
                    Expr::Local(local) => effects.read.push(local),
                    Expr::Load(place) => effects.loads.push(place),
                    _ => {}
                }
            }
        };
        if let Some(cond) = cond {
            read(cond, &mut effects);
        }
        for block in blocks {
            for_each_stmt(block, &mut |stmt| {
                stmt.for_each_assigned(|local| {
                    if !std::mem::replace(&mut assigned[local.index()], true) {
                        effects.assigned.push(local);
                    }
                });
                match stmt {
                    Stmt::Store(place, _) => effects.stores.push(*place),
                    Stmt::Accumulate(place, _) => effects.sums.push(*place),
                    _ => {}
                }
                stmt.for_each_expr(|root| read(root, &mut effects));
            });
        }
        self.reached = reached;
        for list in [&mut effects.loads, &mut effects.stores] {
            for place in list.iter_mut() {
                *place = self.place_in_loop(*place);
            }
        }
        effects
    }

    /// The place in terms of the new body. An index stays old unless it is a constant: what
    /// counts is only that it is not one.
    fn place_in_loop(&mut self, place: Place) -> Place {
        let Some(index) = place.index() else {
            return self.privatized(place);
        };
        let constant = match self.old.exprs[index] {
            Expr::I64(value) => self.new.exprs.i64(value),
            // Any expression that is not a constant will do.
            _ => {
                let zero = self.new.exprs.f64(0.0);
                self.new.exprs.unary(UnaryOp::ToInt, zero)
            }
        };
        let place = place.with_index(constant);
        self.privatized(super::fold::fixed(&self.new.exprs, place))
    }

    /// Prepares the state for the beginning of a round.
    fn enter(&mut self, effects: &Effects) -> Vec<Carried> {
        self.compute_before(effects);
        let mut carried = Vec::new();
        for &local in &effects.assigned {
            if let Some(value) = self.state.locals[local.index()] {
                let name = self.old.locals[local.index()].name.clone();
                let ty = self.new.type_of(value);
                carried.push(self.carry(name, ty, value, Target::Local(local)));
            }
        }
        let by_index = |place: &&Place| self.is_chosen_at_run_time(**place);
        let indexed: Vec<Place> = (effects.loads.iter().chain(&effects.stores))
            .filter(by_index)
            .copied()
            .collect();
        for &place in &indexed {
            self.flush_aliases(place);
        }
        for &place in &effects.sums {
            self.state.forget_elements(place);
        }
        // Behind the slots' back: run-time indices, pointers, sums, and fixed stores among them.
        for &place in effects.stores.iter().chain(&effects.sums) {
            let hidden = self.is_chosen_at_run_time(place)
                || effects.sums.contains(&place)
                || indexed.iter().any(|i| self.may_alias(*i, place));
            if hidden {
                self.flush_aliases(place);
                self.forget_slots(place);
            }
        }
        for &place in &effects.stores {
            self.state.forget_elements(place);
            let Some(slot) = self.slot(place) else {
                continue;
            };
            let lives_in_memory = indexed.iter().any(|i| self.may_alias(*i, place));
            let is_carried = carried
                .iter()
                .any(|c| matches!(c.target, Target::Slot(s) if s == slot));
            if !lives_in_memory && !is_carried {
                let value = self.load(place);
                let name = print::place_name(self.mechanism, place);
                carried.push(self.carry(name, Type::F64, value, Target::Slot(slot)));
            }
        }
        for carried in &mut carried {
            if self.is_operation(carried.value) {
                let Local { name, ty } = self.new.locals[carried.local.index()].clone();
                carried.value = self.assign(name, carried.value, ty);
            }
        }
        for carried in &carried {
            self.out.push(Stmt::Assign(carried.local, carried.value));
            let value = self.new.exprs.local(carried.local);
            match carried.target {
                Target::Local(local) => self.state.locals[local.index()] = Some(value),
                Target::Slot(slot) => {
                    self.set_content(slot, Content::Known { value, dirty: true });
                }
            }
        }
        self.changed();
        carried
    }

    fn is_chosen_at_run_time(&self, place: Place) -> bool {
        match place.index() {
            Some(index) => !matches!(self.new.exprs[index], Expr::I64(_)),
            None => matches!(place, Place::Pointer(_)),
        }
    }

    fn carry(&mut self, name: String, ty: Type, value: ExprId, target: Target) -> Carried {
        Carried {
            local: self.new_local(name, ty, false),
            value,
            target,
        }
    }

    /// Operations whose values the loop uses and does not change become locals before it.
    fn compute_before(&mut self, effects: &Effects) {
        for &local in &effects.read {
            let value = self.state.locals[local.index()];
            if let Some(value) = value.filter(|_| !effects.assigned.contains(&local))
                && self.is_operation(value)
            {
                let name = self.old.locals[local.index()].name.clone();
                let ty = self.new.type_of(value);
                let value = self.assign(name, value, ty);
                self.set_local(local, Some(value));
            }
        }
        for &place in &effects.loads {
            if effects.stores.contains(&place) {
                continue;
            }
            let Some(slot) = self.slot(place) else {
                continue;
            };
            if let Content::Known { value, dirty } = self.content(slot)
                && self.is_operation(value)
            {
                let name = print::place_name(self.mechanism, place);
                let value = self.assign(name, value, Type::F64);
                self.set_content(slot, Content::Known { value, dirty });
            }
        }
    }

    fn is_operation(&self, value: ExprId) -> bool {
        !matches!(
            self.new.exprs[value],
            Expr::F64(_) | Expr::I64(_) | Expr::Bool(_) | Expr::Local(_)
        )
    }

    /// Stores and assigns what the next round expects.
    fn end_round(&mut self, carried: &[Carried], effects: &Effects) {
        self.flush_hidden(effects, carried);
        let mut next = Vec::new();
        for c in carried {
            let value = self.present(c);
            if self.new.exprs[value] != Expr::Local(c.local) {
                next.push((c.local, value));
            }
        }
        // The assignments are meant to happen at once: values are computed before the first of
        // them.
        for (local, value) in &mut next {
            let Local { name, ty } = self.new.locals[local.index()].clone();
            if !matches!(
                self.new.exprs[*value],
                Expr::F64(_) | Expr::I64(_) | Expr::Bool(_)
            ) {
                *value = self.assign(name, *value, ty);
            }
        }
        let assignments = next.into_iter().map(|(l, value)| Stmt::Assign(l, value));
        self.out.extend(assignments);
    }

    /// Stores what the loop stores, unless it is carried.
    fn flush_hidden(&mut self, effects: &Effects, carried: &[Carried]) {
        let mut is_carried = vec![false; self.slots.len()];
        for c in carried {
            if let Target::Slot(slot) = c.target {
                is_carried[slot] = true;
            }
        }
        let mut seen = HashSet::new();
        for &place in effects.stores.iter().filter(|place| seen.insert(**place)) {
            if self.is_chosen_at_run_time(place) {
                for (slot, is_carried) in is_carried.iter().enumerate() {
                    if !is_carried && self.may_alias(place, self.slots[slot].place) {
                        self.flush(slot);
                    }
                }
            } else if let Some(slot) = self.slot(place)
                && !is_carried.get(slot).is_some_and(|carried| *carried)
            {
                self.flush(slot);
            }
        }
    }

    /// The present value of what is carried.
    fn present(&mut self, carried: &Carried) -> ExprId {
        match carried.target {
            Target::Local(local) => self.local(local),
            Target::Slot(slot) => {
                let place = self.slots[slot].place;
                self.load(place)
            }
        }
    }
}

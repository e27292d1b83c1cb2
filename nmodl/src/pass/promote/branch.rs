//! Branches: both sides are executed from the same state, then the states are merged.
//!
//! If neither side emitted a statement, nothing but values differs, and each that does becomes
//! `select(cond, then, otherwise)`: both sides are computed always, which costs little and
//! suits vector code. The `if` stays, and assigns the values that differ to locals,
//!
//! * if a side emitted statements,
//! * if a side reads a table at a row that only the condition keeps inside,
//! * if all instances take the same side and skipping the other saves more than [`CHEAP`].

use super::Promoter;
use super::memory::{Content, State};
use crate::ir::walk::for_each_operand;
use crate::ir::{BinaryOp, Block, Expr, ExprId, Stmt, print};
use crate::pass::{fold, range};

/// Cost, in additions, of computing a side for nothing. A table look-up costs 6.
const CHEAP: u32 = 40;

/// A value that differs between the sides.
struct Merge {
    target: Target,
    then: ExprId,
    otherwise: ExprId,
}

enum Target {
    Local(usize),
    Slot(usize),
}

impl<'a> Promoter<'a> {
    pub(super) fn branch(&mut self, cond: ExprId, then: &'a Block, otherwise: &'a Block) {
        let cond = self.eval(cond);
        match self.new.exprs[cond] {
            Expr::Bool(true) => return self.block(then),
            Expr::Bool(false) => return self.block(otherwise),
            _ => {}
        }
        let first_new = self.new.exprs.len();
        let before = self.state.clone();
        let mut then_out = self.nested(then);
        let then_state = std::mem::replace(&mut self.state, before);
        self.changed();
        let mut otherwise_out = self.nested(otherwise);
        self.changed();
        let merges = self.merge(&then_state, &mut then_out, &mut otherwise_out);
        let pure = then_out.is_empty() && otherwise_out.is_empty();
        if pure && self.prefers_select(cond, &merges, first_new) {
            for merge in merges {
                let select = Expr::Select(cond, merge.then, merge.otherwise);
                let value = fold::add(&mut self.new.exprs, select);
                self.set_merged(&merge.target, value);
            }
            return;
        }
        let mut locals: Vec<(ExprId, ExprId, ExprId)> = Vec::new();
        for merge in merges {
            let (then, otherwise) = (merge.then, merge.otherwise);
            let known = locals.iter().find(|l| (l.0, l.1) == (then, otherwise));
            let value = match known {
                Some(known) => known.2,
                None => {
                    let uniform = self.is_uniform(cond)
                        && self.is_uniform(then)
                        && self.is_uniform(otherwise);
                    let ty = self.new.type_of(then);
                    let name = self.target_name(&merge.target);
                    let local = self.new_local(name, ty, uniform);
                    then_out.push(Stmt::Assign(local, then));
                    otherwise_out.push(Stmt::Assign(local, otherwise));
                    let value = self.new.exprs.local(local);
                    locals.push((then, otherwise, value));
                    value
                }
            };
            self.set_merged(&merge.target, value);
        }
        if !(then_out.is_empty() && otherwise_out.is_empty()) {
            self.out.push(Stmt::If {
                cond,
                then: then_out,
                otherwise: otherwise_out,
            });
        }
    }

    /// Makes the state (that of `otherwise`) one that holds behind both sides, but for the
    /// merges that it gives.
    fn merge(
        &mut self,
        then: &State,
        then_out: &mut Block,
        otherwise_out: &mut Block,
    ) -> Vec<Merge> {
        let mut merges = Vec::new();
        for local in 0..then.locals.len() {
            match (then.locals[local], self.state.locals[local]) {
                (Some(a), Some(b)) if a != b => merges.push(Merge {
                    target: Target::Local(local),
                    then: a,
                    otherwise: b,
                }),
                (None, Some(_)) => self.state.locals[local] = None,
                _ => {}
            }
        }
        let contents: Vec<(Content, Content)> = (0..self.slots.len())
            .map(|slot| (self.content_in(then, slot), self.content(slot)))
            .collect();
        let common = then.common(&self.state);
        for (slot, (a, b)) in contents.into_iter().enumerate() {
            if a == b {
                self.set_content(slot, a);
                continue;
            }
            let is_dirty = |c| matches!(c, Content::Known { dirty: true, .. });
            if !is_dirty(a) && !is_dirty(b) || a == Content::Unknown || b == Content::Unknown {
                self.flush_into(slot, a, then_out);
                self.flush_into(slot, b, otherwise_out);
                self.set_content(slot, Content::Unknown);
                continue;
            }
            let mut value_of = |content| match content {
                Content::Known { value, .. } => value,
                _ => self.entry_value(slot),
            };
            let (a, b) = (value_of(a), value_of(b));
            self.set_content(
                slot,
                Content::Known {
                    value: b,
                    dirty: true,
                },
            );
            if a != b {
                merges.push(Merge {
                    target: Target::Slot(slot),
                    then: a,
                    otherwise: b,
                });
            }
        }
        self.state.set_common(common);
        self.state.keep_pointing(then);
        merges
    }

    /// Stores what the end of a side leaves dirty.
    fn flush_into(&mut self, slot: usize, content: Content, out: &mut Block) {
        self.set_content(slot, content);
        let rest = std::mem::replace(&mut self.out, std::mem::take(out));
        self.flush(slot);
        *out = std::mem::replace(&mut self.out, rest);
    }

    fn set_merged(&mut self, target: &Target, value: ExprId) {
        match *target {
            Target::Local(local) => {
                self.state.locals[local] = Some(value);
                self.changed();
            }
            Target::Slot(slot) => self.set_content(slot, Content::Known { value, dirty: true }),
        }
    }

    fn target_name(&self, target: &Target) -> String {
        match *target {
            Target::Local(local) => self.old.locals[local].name.clone(),
            Target::Slot(slot) => print::place_name(self.mechanism, self.slots[slot].place),
        }
    }

    /// True if both sides may be computed and that is not too expensive. Expressions from
    /// `first_new` on are those that the sides made.
    fn prefers_select(&mut self, cond: ExprId, merges: &[Merge], first_new: usize) -> bool {
        let mut cost = 0;
        self.reached.clear();
        let mut seen = Vec::new();
        let sides = merges.iter().flat_map(|m| [m.then, m.otherwise]);
        let mut work: Vec<ExprId> = sides.collect();
        while let Some(id) = work.pop() {
            let is_new = id.index() >= first_new;
            // Of what was there before, and looked at before, nothing is new below.
            if !self.reached.insert(id) || !is_new && self.harmless.contains(id) {
                continue;
            }
            if let Expr::TableValue { table, row, .. } = self.new.exprs[id] {
                let shape = &self.mechanism.tables[table as usize];
                if !range::is_within(&self.new.exprs, row, shape.intervals) {
                    return false;
                }
            }
            if is_new {
                cost += self.cost(id);
            }
            seen.push(id);
            for_each_operand(&self.new.exprs[id], |operand| work.push(operand));
        }
        for id in seen {
            self.harmless.insert(id);
        }
        cost <= CHEAP || !self.is_uniform(cond)
    }

    fn cost(&self, id: ExprId) -> u32 {
        match &self.new.exprs[id] {
            Expr::F64(_) | Expr::I64(_) | Expr::Bool(_) | Expr::Local(_) | Expr::Pointing(_) => 0,
            Expr::TableValue { .. } => 6,
            Expr::Binary(BinaryOp::Div, ..) => 4,
            Expr::FunctionTable { .. } => 20,
            Expr::Builtin(builtin, _) => builtin.info().cost,
            _ => 1,
        }
    }
}

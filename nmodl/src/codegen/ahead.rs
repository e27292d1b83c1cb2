//! The order of long computations.
//!
//! A call takes tens of cycles from its argument to its result, and the statements of a
//! mechanism form a few long chains of them: rates, then time constants, then states, one gate
//! after the other. Executed in that order a chain waits for itself; the processor looks some
//! hundred instructions ahead and does not reach the next one. So before a statement that
//! calls, the calls of the statements behind it are made as well: first all whose arguments are
//! there, then all that wait for those. This changes no value: expressions are pure, and a call
//! is made early only if nothing that it depends on changes before its own statement.

use super::shims;
use super::translate::Translator;
use crate::ir::walk::for_each_operand;
use crate::ir::{Expr, ExprId, Stmt};

/// Statements that are looked at ahead.
const WINDOW: usize = 100;

/// Marks on expressions that are forgotten all at once.
#[derive(Default)]
pub(super) struct Ahead {
    /// Number of the look ahead in which an expression was seen, and its level there: how many
    /// calls it is away from what has been computed.
    seen: Vec<(u32, u32)>,
    /// Number of the look ahead in which it was found to change.
    changes: Vec<u32>,
    epoch: u32,
}

impl Translator<'_, '_> {
    /// Makes the calls of `statements` that can be made now, if the first of them has one.
    pub(super) fn call_ahead(&mut self, statements: &[Stmt]) {
        let expressions = self.unit.body.exprs.len();
        if self.unit.scan.builtins.is_empty() {
            return;
        }
        self.ahead.seen.resize(expressions, (0, 0));
        self.ahead.changes.resize(expressions, 0);
        self.ahead.epoch += 1;
        let mut calls = Vec::new();
        for (i, stmt) in statements.iter().take(WINDOW).enumerate() {
            let changes = match stmt {
                Stmt::Assign(local, _) => {
                    let value = self.unit.scan.local_values[local.index()];
                    value.into_iter().collect()
                }
                Stmt::Store(place, _) | Stmt::Accumulate(place, _) => {
                    let loads = self.unit.scan.loads.iter();
                    let changed = loads.filter(|(other, _)| place.may_alias(*other));
                    changed.map(|&(_, id)| id).collect()
                }
                // What follows may not be reached.
                _ => break,
            };
            let mut roots = Vec::new();
            stmt.for_each_expr(|root| roots.push(root));
            for root in roots {
                self.collect_calls(root, &mut calls);
            }
            if i == 0 && calls.is_empty() {
                return;
            }
            self.mark_changes(changes);
        }
        if calls.len() > 1 {
            calls.sort_unstable();
            for (_, call) in calls {
                self.eval(call);
            }
        }
    }

    /// Adds the calls below `root` that have not been made and can be, with their levels.
    fn collect_calls(&mut self, root: ExprId, calls: &mut Vec<(u32, ExprId)>) {
        let unit = self.unit;
        let mut work = vec![root];
        while let Some(&id) = work.last() {
            let waiting = work.len();
            if self.level(id).is_none() {
                let expr = &unit.body.exprs[id];
                let mut level = 0;
                for_each_operand(expr, |operand| match self.level(operand) {
                    Some(below) => level = level.max(below),
                    None => work.push(operand),
                });
                if work.len() > waiting {
                    continue;
                }
                if let Expr::Builtin(builtin, _) = expr
                    && shims::symbol(*builtin).is_some()
                {
                    level += 1;
                    calls.push((level, id));
                }
                self.ahead.seen[id.index()] = (self.ahead.epoch, level);
            }
            work.pop();
        }
    }

    /// The level of an expression that needs no further look.
    fn level(&self, id: ExprId) -> Option<u32> {
        let (epoch, level) = self.ahead.seen[id.index()];
        if epoch == self.ahead.epoch {
            Some(level)
        } else if self.cache.get(id).is_some() || self.ahead.changes[id.index()] == self.ahead.epoch
        {
            // There already, or not to be computed yet.
            Some(0)
        } else {
            None
        }
    }

    /// Notes that `changed` and all that depends on it change from here on.
    fn mark_changes(&mut self, mut changed: Vec<ExprId>) {
        while let Some(id) = changed.pop() {
            let mark = &mut self.ahead.changes[id.index()];
            if std::mem::replace(mark, self.ahead.epoch) != self.ahead.epoch {
                changed.extend(self.unit.scan.users(id));
            }
        }
    }
}

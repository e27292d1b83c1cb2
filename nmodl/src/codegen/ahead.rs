//! The order of long computations.
//!
//! A call takes tens of cycles from its argument to its result, and the statements of a
//! mechanism form a few long chains of them: rates, then time constants, then states, one gate
//! after the other. Executed in that order a chain waits for itself; the processor looks some
//! hundred instructions ahead and does not reach the next one. So before a statement that
//! calls, the calls of the statements behind it are made as well: first all whose arguments are
//! there, then all that wait for those. This changes no value: expressions are pure, and a call
//! is made early only if nothing that it depends on changes before its own statement.
//!
//! Calls of one function that can be made at the same time are one call of a function for several
//! values, which uses the widest vectors that the machine has.

use cranelift_codegen::ir::{
    FuncRef, InstBuilder, MemFlagsData, StackSlotData, StackSlotKind, Value, types,
};

use super::lanes::Val;
use super::shims;
use super::translate::Translator;
use crate::ir::walk::for_each_operand;
use crate::ir::{Builtin, Expr, ExprId, Stmt};

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
        calls.sort_unstable();
        for level in calls.chunk_by(|(a, _), (b, _)| a == b) {
            let mut level: Vec<ExprId> = level.iter().map(|&(_, call)| call).collect();
            for builtin in [Builtin::Exp, Builtin::Log] {
                level = self.call_group(builtin, level);
            }
            for call in level {
                self.eval(call);
            }
        }
    }

    /// Makes those of `calls` that call `builtin` together; gives the others.
    fn call_group(&mut self, builtin: Builtin, calls: Vec<ExprId>) -> Vec<ExprId> {
        let functions = self.builtin_function(builtin).and_then(|f| f.groups);
        let Some([_, four, eight]) = functions else {
            return calls;
        };
        let unit = self.unit;
        let mut others = Vec::new();
        let mut group = Vec::new();
        for call in calls {
            match &unit.body.exprs[call] {
                Expr::Builtin(called, args) if *called == builtin => match self.eval(args[0]) {
                    // Uniform in vector code: once is enough.
                    Val::Scalar(_) if self.wide() => others.push(call),
                    arg => group.push((call, arg)),
                },
                _ => others.push(call),
            }
        }
        let lanes = self.lanes();
        for group in group.chunks(shims::GROUP / lanes) {
            let function = match group.len() {
                1 => None,
                n if n * lanes <= 4 => Some((four, 4)),
                _ => Some((eight, 8)),
            };
            match function {
                None => others.extend(group.iter().map(|(call, _)| *call)),
                Some((function, size)) => self.call_one_group(function, size, group),
            }
        }
        others
    }

    fn call_one_group(&mut self, function: FuncRef, size: usize, calls: &[(ExprId, Val)]) {
        let lanes = self.lanes();
        let mut args = Vec::with_capacity(size + 1);
        for (_, arg) in calls {
            args.extend((0..lanes).map(|lane| arg.lane(&mut self.builder, lane)));
        }
        // The rest of the group computes the first value again.
        args.resize(size, args[0]);
        let results = self.results();
        args.push(results);
        self.builder.ins().call(function, &args);
        let flags = MemFlagsData::trusted();
        for (i, (call, _)) in calls.iter().enumerate() {
            let offset = (i * lanes * size_of::<f64>()) as i32;
            let value = if self.wide() {
                Val::Lanes(
                    self.builder
                        .ins()
                        .load(types::F64X2, flags, results, offset),
                )
            } else {
                Val::Scalar(self.builder.ins().load(types::F64, flags, results, offset))
            };
            self.cache.set(*call, value);
        }
    }

    /// Address of the results of a group.
    fn results(&mut self) -> Value {
        let slot = *self.results.get_or_insert_with(|| {
            let bytes = (shims::GROUP * size_of::<f64>()) as u32;
            let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 4);
            self.builder.create_sized_stack_slot(slot)
        });
        self.builder.ins().stack_addr(types::I64, slot, 0)
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

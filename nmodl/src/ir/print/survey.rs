//! Which expressions deserve a name, and how long a name holds.

use crate::ir::walk::{Visited, for_each_operand, for_each_stmt};
use crate::ir::{Block, Body, Expr, Place, Stmt, UnaryOp};

/// What the printer needs to know about the whole body before it begins.
pub(super) struct Survey {
    /// Expressions worth a name: operations used at more than one place.
    pub(super) shared: Vec<bool>,
    /// What each expression's value depends on and the body changes, as a set of bits. Different
    /// things may have the same bit: a name then ends earlier than it must.
    pub(super) depends: Vec<u64>,
    /// The bit of each local that is assigned more than once; else 0.
    locals: Vec<u64>,
    /// Places that are loaded, and their bits.
    loads: Vec<(Place, u64)>,
}

impl Survey {
    pub(super) fn of(body: &Body) -> Survey {
        let mut assignments = vec![0u32; body.locals.len()];
        let mut uses = vec![0u32; body.exprs.len()];
        let mut reached = Visited::new();
        body.for_each_stmt(|stmt| {
            stmt.for_each_assigned(|l| assignments[l.index()] += 1);
            // A loop assigns again and again.
            if matches!(stmt, Stmt::For { .. } | Stmt::While { .. }) {
                for block in stmt.blocks() {
                    for_each_stmt(block, &mut |s| {
                        s.for_each_assigned(|l| assignments[l.index()] += 1);
                    });
                }
            }
            stmt.for_each_expr(|root| {
                uses[root.index()] += 1;
                for id in reached.reach(&body.exprs, root) {
                    for_each_operand(&body.exprs[id], |operand| uses[operand.index()] += 1);
                }
            });
        });
        let mut next = 0;
        let mut bit = || {
            next += 1;
            1 << (next % 64)
        };
        let locals: Vec<u64> = (assignments.iter())
            .map(|&n| if n > 1 { bit() } else { 0 })
            .collect();
        let mut loads = Vec::new();
        let mut depends = vec![0; body.exprs.len()];
        let mut shared = vec![false; body.exprs.len()];
        for (id, expr) in body.exprs.iter() {
            let mut bits = match expr {
                Expr::Local(l) => locals[l.index()],
                Expr::Load(place) => {
                    let bit = bit();
                    loads.push((*place, bit));
                    bit
                }
                _ => 0,
            };
            for_each_operand(expr, |operand| bits |= depends[operand.index()]);
            depends[id.index()] = bits;
            shared[id.index()] = is_operation(expr) && uses[id.index()] > 1;
        }
        Survey {
            shared,
            depends,
            locals,
            loads,
        }
    }

    /// What a statement changes, nested ones excepted.
    pub(super) fn changes(&self, stmt: &Stmt) -> u64 {
        let mut bits = 0;
        stmt.for_each_assigned(|l| bits |= self.locals[l.index()]);
        if let Stmt::Store(place, _) | Stmt::Accumulate(place, _) = stmt {
            for (load, bit) in &self.loads {
                if place.may_alias(*load) {
                    bits |= bit;
                }
            }
        }
        bits
    }

    pub(super) fn changes_within(&self, block: &Block) -> u64 {
        let mut bits = 0;
        for_each_stmt(block, &mut |stmt| bits |= self.changes(stmt));
        bits
    }
}

fn is_operation(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Binary(..)
            | Expr::Select(..)
            | Expr::Builtin(..)
            | Expr::FunctionTable { .. }
            | Expr::TableValue { .. }
            | Expr::Unary(UnaryOp::ToInt | UnaryOp::ToReal, _)
    )
}

//! Loops of C that count: `for (i = a; i < b; i++)` whose body changes neither `i` nor what `b`
//! consists of. They are loops of the IR that count: no turn has to be counted to see whether the
//! loop ends, and the range of `i` is known, so that most indices need no check.

use super::names::CName;
use super::statement::Loop;
use super::{INT, Kind};
use crate::ir::{BinaryOp, Expr, LocalId, Stmt, Type};
use crate::lower::body::BodyLowering;
use crate::syntax::ast as nmodl;
use crate::verbatim::Result;
use crate::verbatim::ast::{Expr as CExpr, ExprKind, Statement};

/// What a loop that counts consists of.
pub(super) struct Counted<'c> {
    name: &'c str,
    bound: &'c CExpr,
    /// `<=` instead of `<`.
    inclusive: bool,
}

impl BodyLowering<'_, '_> {
    /// Whether a loop counts. Its variable is declared already.
    pub(super) fn counted<'c>(&self, parts: &Loop<'c>) -> Option<(Counted<'c>, LocalId)> {
        let (cond, step) = (parts.cond?, parts.step?);
        let ExprKind::Binary(sign @ ("<" | "<="), left, bound) = &cond.kind else {
            return None;
        };
        let ExprKind::Name(name) = &left.kind else {
            return None;
        };
        let is_name = |expr: &CExpr| matches!(&expr.kind, ExprKind::Name(n) if n == name);
        let one = |expr: &CExpr| matches!(expr.kind, ExprKind::Integer { value: 1, .. });
        let counts = match &step.kind {
            ExprKind::Step { target, by: 1, .. } => is_name(target),
            ExprKind::Assign(Some("+"), target, by) => is_name(target) && one(by),
            _ => false,
        };
        let local = self.whole_local(name)?;
        let changes = |name: &str| changes(parts.body, name);
        let known = counts
            && !parts.first_unasked
            && !changes(name)
            && self.is_fixed(bound, &|n| n == name || changes(n));
        known.then_some((
            Counted {
                name,
                bound,
                inclusive: *sign == "<=",
            },
            local,
        ))
    }

    /// The local behind a whole number of C with a sign.
    fn whole_local(&self, name: &str) -> Option<LocalId> {
        match self.c.find(name)? {
            &CName::Local(local, Kind::Integer { bits, signed: true }) if bits >= 32 => Some(local),
            _ => None,
        }
    }

    /// Whether a bound is the same in each turn.
    fn is_fixed(&self, bound: &CExpr, changes: &dyn Fn(&str) -> bool) -> bool {
        match &bound.kind {
            ExprKind::Integer { .. } => true,
            ExprKind::Name(name) => {
                let is_define = || {
                    let symbol = self.unit.symbols.names.get(name);
                    self.c.find(name).is_none()
                        && matches!(symbol, Some(crate::sema::Symbol::Define(_)))
                };
                !changes(name) && self.whole_local(name).is_some() || is_define()
            }
            ExprKind::Binary("+" | "-" | "*", a, b) => {
                self.is_fixed(a, changes) && self.is_fixed(b, changes)
            }
            _ => false,
        }
    }

    /// Such a loop, behind its first assignment.
    pub(super) fn count(
        &mut self,
        counted: &Counted<'_>,
        local: LocalId,
        body: &Statement,
        nmodl: &[&nmodl::Statement],
    ) -> Result<()> {
        let bound = self.c_value(counted.bound)?;
        let mut to = self.converted(bound, INT, counted.bound.span)?;
        let one = self.body.exprs.i64(1);
        if !counted.inclusive {
            to = self.fold_integer(BinaryOp::Sub, Some(to), one);
        }
        let first = self.get(local);
        let from = self.assign_new(counted.name, first);
        let last = self.assign_new(counted.name, to);
        let index = self.body.local(counted.name, Type::I64);
        let mut result = Ok(());
        let (mut code, may_leave) = self.loop_body(true, |this| {
            let now = this.get(index);
            this.out.push(Stmt::Assign(local, now));
            result = this.c_statement(body, nmodl);
        });
        result?;
        if may_leave {
            // The turns that are left do nothing.
            let cond = self.stays();
            code = vec![Stmt::If {
                cond,
                then: code,
                otherwise: Vec::new(),
            }];
        }
        let (from, to) = (self.get(from), self.get(last));
        self.out.push(Stmt::For {
            index,
            from,
            to,
            body: code,
        });
        // Behind the last turn the variable is one more; without a turn it is what it was.
        let next = self.body.exprs.binary(BinaryOp::Add, to, one);
        let any = self.body.exprs.binary(BinaryOp::Le, from, to);
        let end = self.body.exprs.add(Expr::Select(any, next, from));
        let after = Stmt::Assign(local, end);
        if may_leave {
            let cond = self.stays();
            self.out.push(Stmt::If {
                cond,
                then: vec![after],
                otherwise: Vec::new(),
            });
            self.end_loop();
        } else {
            self.out.push(after);
        }
        Ok(())
    }
}

/// Whether a statement may change the variable `name`, or means another one by it.
fn changes(statement: &Statement, name: &str) -> bool {
    let is_name = |e: &CExpr| matches!(&e.kind, ExprKind::Name(n) if n == name);
    let (mut changed, mut declared) = (false, false);
    statement.for_each(
        &mut |expr| {
            changed |= match &expr.kind {
                ExprKind::Unary("&", target)
                | ExprKind::Step { target, .. }
                | ExprKind::Assign(_, target, _) => is_name(target),
                _ => false,
            };
        },
        &mut |declarator| declared |= declarator.name == name,
    );
    changed || declared
}

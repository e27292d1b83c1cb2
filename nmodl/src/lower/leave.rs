//! `return`, `break`, `continue` and `goto`, which the IR does not have.
//!
//! A body that may leave early has a whole number that says how it is being left. What follows a
//! statement that may set it stands under the condition that it is 0; a loop's condition includes
//! it. A `return` at the end of a body costs nothing, because nothing ever looks at the number
//! then.

use super::body::BodyLowering;
use crate::ir::{BinaryOp, Block, ExprId, LocalId, Stmt, Type};
use crate::source::Span;

/// How a body, or a loop in it, is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    /// `continue`
    Continue = 1,
    /// `break`
    Break = 2,
    /// `return`
    Return = 3,
    /// `goto`: the numbers from this on, one for each label.
    Goto = 4,
}

/// Ways out of a body.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    /// The whole number, once something needs it.
    local: Option<LocalId>,
    /// Something looks at it.
    tested: bool,
    /// What the statements lowered since this was cleared may do: a bit for each [`Leave`].
    may: u8,
    /// Loops and `switch`es around the present statement: whether `continue` belongs to it.
    loops: Vec<bool>,
}

impl BodyLowering<'_, '_> {
    /// Leaves; false if there is no loop that this could be about.
    pub(super) fn leave(&mut self, how: Leave) -> bool {
        self.leave_as(how, how as i64)
    }

    /// Leaves for a label, by its number.
    pub(super) fn leave_for(&mut self, label: usize) {
        self.leave_as(Leave::Goto, Leave::Goto as i64 + label as i64);
    }

    /// Where a label is, by its number: whoever left for it goes on.
    pub(super) fn arrive(&mut self, label: usize) {
        self.reset_if(Leave::Goto as i64 + label as i64);
    }

    /// Whether something before may have left.
    pub(super) fn may_have_left(&self) -> bool {
        self.leaving.may != 0
    }

    fn leave_as(&mut self, how: Leave, number: i64) -> bool {
        let possible = match how {
            Leave::Return | Leave::Goto => true,
            Leave::Break => !self.leaving.loops.is_empty(),
            Leave::Continue => self.leaving.loops.contains(&true),
        };
        let local = self.leaving_local();
        let value = self.body.exprs.i64(number);
        self.out.push(Stmt::Assign(local, value));
        self.leaving.may |= 1 << how as u8;
        possible
    }

    fn leaving_local(&mut self) -> LocalId {
        match self.leaving.local {
            Some(local) => local,
            None => *self
                .leaving
                .local
                .insert(self.body.local("leaving", Type::I64)),
        }
    }

    /// Whether the present number is `value`.
    fn leaving_is(&mut self, value: i64) -> ExprId {
        self.leaving.tested = true;
        let local = self.leaving_local();
        let (now, value) = (self.get(local), self.body.exprs.i64(value));
        self.body.exprs.binary(BinaryOp::Eq, now, value)
    }

    /// Lowers `items` one after the other, each only if none before it left.
    pub(super) fn sequence<T>(
        &mut self,
        items: &[T],
        span_of: &dyn Fn(&T) -> Span,
        each: &mut dyn FnMut(&mut Self, &T),
    ) {
        let before = std::mem::take(&mut self.leaving.may);
        for (n, item) in items.iter().enumerate() {
            each(self, item);
            let rest = &items[n + 1..];
            if self.leaving.may != 0 && !rest.is_empty() {
                if !self.may_nest(span_of(item)) {
                    break;
                }
                let may = self.leaving.may;
                let cond = self.leaving_is(0);
                let then = self.nested(|this| this.sequence(rest, span_of, each));
                self.out.push(Stmt::If {
                    cond,
                    then,
                    otherwise: Vec::new(),
                });
                self.leaving.may |= may;
                break;
            }
        }
        self.leaving.may |= before;
    }

    /// The body of a loop or `switch`; the second is true if it may be left early, and
    /// [`Self::end_loop`] is needed behind the loop.
    pub(super) fn loop_body(&mut self, is_loop: bool, f: impl FnOnce(&mut Self)) -> (Block, bool) {
        let before = std::mem::take(&mut self.leaving.may);
        self.leaving.loops.push(is_loop);
        let mut body = self.nested(f);
        self.leaving.loops.pop();
        let may = self.leaving.may;
        if is_loop && may & (1 << Leave::Continue as u8) != 0 {
            let reset = self.nested(|this| this.reset_if(Leave::Continue as i64));
            body.extend(reset);
        }
        let out = 1 << Leave::Return as u8 | 1 << Leave::Goto as u8;
        let stays = if is_loop {
            out
        } else {
            out | 1 << Leave::Continue as u8
        };
        self.leaving.may = before | may & stays;
        (body, may != 0)
    }

    /// Behind a loop: a `break` ends with it.
    pub(super) fn end_loop(&mut self) {
        self.reset_if(Leave::Break as i64);
    }

    fn reset_if(&mut self, number: i64) {
        let cond = self.leaving_is(number);
        let local = self.leaving_local();
        let zero = self.body.exprs.i64(0);
        self.out.push(Stmt::If {
            cond,
            then: vec![Stmt::Assign(local, zero)],
            otherwise: Vec::new(),
        });
    }

    /// True (Bool) while nothing leaves.
    pub(super) fn stays(&mut self) -> ExprId {
        self.leaving_is(0)
    }

    /// Puts the number's beginning before the body, or takes it away if nothing looks at it.
    pub(super) fn finish_leaving(&mut self) {
        let Some(local) = self.leaving.local else {
            return;
        };
        if self.leaving.tested {
            let zero = self.body.exprs.i64(0);
            self.out.insert(0, Stmt::Assign(local, zero));
        } else {
            remove_assignments(&mut self.out, local);
        }
    }
}

fn remove_assignments(block: &mut Block, local: LocalId) {
    block.retain_mut(|stmt| match stmt {
        Stmt::Assign(target, _) => *target != local,
        Stmt::If {
            then, otherwise, ..
        } => {
            remove_assignments(then, local);
            remove_assignments(otherwise, local);
            true
        }
        Stmt::For { body, .. } => {
            remove_assignments(body, local);
            true
        }
        Stmt::While { head, body, .. } => {
            remove_assignments(head, local);
            remove_assignments(body, local);
            true
        }
        _ => true,
    });
}

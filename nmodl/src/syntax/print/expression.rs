//! Expressions, with the parentheses that their structure needs.

use super::Printer;
use crate::syntax::ast::{BinaryOp, Call, Expr, Variable};

/// How tightly unary operators bind; see [`BinaryOp::precedence`].
const UNARY: u8 = 7;

/// How tightly something without operators binds.
const ATOM: u8 = 9;

fn tightness(expr: &Expr) -> u8 {
    match expr {
        Expr::Binary { op, .. } => op.precedence(),
        Expr::Unary { .. } => UNARY,
        Expr::Number { .. } | Expr::Variable(_) | Expr::Call(_) | Expr::String(_) => ATOM,
    }
}

impl Printer {
    pub(super) fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Number { number, unit, .. } => {
                self.push(&number.text);
                self.unit(unit);
            }
            Expr::Variable(variable) => self.variable(variable),
            Expr::Call(call) => self.call(call),
            Expr::String(string) => self.push(&format!("\"{}\"", string.text)),
            Expr::Unary { op, operand, .. } => {
                self.push(op.symbol());
                self.operand(operand, tightness(operand) < UNARY);
            }
            Expr::Binary {
                op, left, right, ..
            } => {
                let (left_floor, right_floor) = floors(*op);
                self.operand(left, tightness(left) < left_floor);
                if *op == BinaryOp::Power {
                    self.push("^");
                } else {
                    self.push(" ");
                    self.push(op.symbol());
                    self.push(" ");
                }
                let signed = matches!(**right, Expr::Unary { .. });
                self.operand(right, signed || tightness(right) < right_floor);
            }
        }
    }

    fn operand(&mut self, expr: &Expr, parentheses: bool) {
        if parentheses {
            self.push("(");
        }
        self.expr(expr);
        if parentheses {
            self.push(")");
        }
    }

    /// One side of the comparison of a WATCH.
    pub(super) fn operand_of_comparison(&mut self, expr: &Expr, right: bool) {
        let (left_floor, right_floor) = floors(BinaryOp::Less);
        let floor = if right { right_floor } else { left_floor };
        self.operand(expr, tightness(expr) < floor);
    }

    pub(super) fn variable(&mut self, variable: &Variable) {
        self.push(&variable.name.name);
        self.primes(variable.order);
        if let Some(back) = &variable.back {
            self.push("@");
            self.integer(back);
        }
        if let Some(index) = &variable.index {
            self.push("[");
            self.expr(index);
            self.push("]");
        }
    }

    pub(super) fn primes(&mut self, order: u32) {
        for _ in 0..order {
            self.push("'");
        }
    }

    pub(super) fn call(&mut self, call: &Call) {
        self.push(&call.name.name);
        self.push("(");
        self.separated(&call.arguments, ", ", Self::expr);
        self.push(")");
    }
}

/// How tightly the operands of `op` must bind to stand without parentheses.
fn floors(op: BinaryOp) -> (u8, u8) {
    let own = op.precedence();
    if op == BinaryOp::Power {
        (own + 1, own)
    } else {
        (own, own + 1)
    }
}

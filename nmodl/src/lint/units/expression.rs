//! Units of expressions.

use super::report::Side;
use super::{Checker, Unit};
use crate::ir::Builtin;
use crate::sema::Symbol;
use crate::syntax::ast::{BinaryOp, Call, Expr, UnaryOp, Variable};
use crate::units::Quantity;

/// Units of the arguments and the result of the simulator's functions; `*` is any unit.
const SERVICES: [(&str, &[&str], &str); 7] = [
    ("at_time", &["ms"], ""),
    ("state_discontinuity", &["*", "*"], ""),
    ("net_send", &["ms", "*"], ""),
    ("net_event", &["ms"], ""),
    ("net_move", &["ms"], ""),
    (
        "nrn_ghk",
        &["millivolt", "milli/liter", "milli/liter", ""],
        "millicoulombs/cm3",
    ),
    ("nrn_pointing", &["*"], ""),
];

impl Checker<'_> {
    pub(super) fn side(&mut self, expr: &Expr) -> Side {
        Side {
            unit: self.expr(expr),
            span: expr.span(),
        }
    }

    /// The unit of an expression; what does not fit in it is reported.
    pub(super) fn expr(&mut self, expr: &Expr) -> Unit {
        if let Some(factor) = self.conversion_factor(expr) {
            return factor;
        }
        match expr {
            Expr::Number { unit: None, .. } => Unit::Number,
            Expr::Number {
                unit: Some(unit), ..
            } => self.unit(unit),
            Expr::Variable(variable) => self.variable(variable),
            Expr::Call(call) => self.call(call),
            Expr::String(_) => Unit::Unknown,
            Expr::Unary { op, operand, .. } => {
                let unit = self.expr(operand);
                match op {
                    UnaryOp::Negate => unit,
                    UnaryOp::Not => Unit::PURE,
                }
            }
            Expr::Binary {
                op, left, right, ..
            } => self.binary(*op, left, right),
        }
    }

    /// A number alone in parentheses.
    fn conversion_factor(&self, expr: &Expr) -> Option<Unit> {
        let value = match expr {
            Expr::Number {
                number, unit: None, ..
            } => number.value,
            Expr::Variable(variable) => match self.model.symbols.names.get(&variable.name.name) {
                Some(Symbol::Define(value)) => *value as f64,
                _ => return None,
            },
            _ => return None,
        };
        let text = self.model.sources.text(expr.span());
        // A factor of 0 converts nothing.
        text.starts_with('(').then(|| {
            if value > 0.0 && value.is_finite() {
                Unit::Of(Quantity {
                    factor: 1.0 / value,
                    ..Quantity::ONE
                })
            } else {
                Unit::Number
            }
        })
    }

    fn variable(&mut self, variable: &Variable) -> Unit {
        if let Some(index) = &variable.index {
            self.expr(index);
        }
        let mut unit = self.name(&variable.name.name);
        for _ in 0..variable.order {
            unit = quotient(unit, self.time);
        }
        unit
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr) -> Unit {
        if op == BinaryOp::Power {
            return self.power(left, right);
        }
        let a = self.side(left);
        let b = self.side(right);
        match op {
            BinaryOp::Add | BinaryOp::Subtract => {
                let what = if op == BinaryOp::Add {
                    "the terms of a sum"
                } else {
                    "the terms of a difference"
                };
                self.agree(a, b, what)
            }
            BinaryOp::Multiply => product(a.unit, b.unit),
            BinaryOp::Divide => quotient(a.unit, b.unit),
            BinaryOp::Or | BinaryOp::And | BinaryOp::Power => Unit::PURE,
            _ => {
                self.agree(a, b, "the sides of a comparison");
                Unit::PURE
            }
        }
    }

    fn power(&mut self, base: &Expr, exponent: &Expr) -> Unit {
        let base = self.side(base);
        let power = self.side(exponent);
        self.pure(power, "an exponent");
        if let Some(exponent) = constant(exponent) {
            return match base.unit {
                Unit::Of(quantity) if quantity != Quantity::ONE => {
                    Unit::of(quantity.power(exponent))
                }
                unit => unit,
            };
        }
        match base.unit {
            Unit::Of(quantity) if !super::report::same(quantity, Quantity::ONE) => {
                self.pure(base, "the base of an exponent that is not a constant");
                Unit::Unknown
            }
            _ => Unit::PURE,
        }
    }

    pub(super) fn call(&mut self, call: &Call) -> Unit {
        let name = &call.name.name;
        let sides: Vec<Side> = call.arguments.iter().map(|a| self.side(a)).collect();
        if let Some(signature) = self.callables.get(name) {
            let wanted = signature.arguments.clone();
            let result = signature.result;
            for (side, unit) in sides.iter().zip(wanted) {
                self.argument(*side, unit, name);
            }
            return result;
        }
        if let Some((_, wanted, result)) = SERVICES.iter().find(|(service, ..)| service == name) {
            for (side, unit) in sides.iter().zip(*wanted) {
                if *unit != "*" {
                    let unit = Unit::of(self.units.parse(unit).ok());
                    self.argument(*side, unit, name);
                }
            }
            return Unit::of(self.units.parse(result).ok());
        }
        match Builtin::from_nmodl(name) {
            Some(builtin) => self.builtin(builtin, &sides, name),
            // Of the random functions, and of what VERBATIM declares, nothing is known.
            None => Unit::Unknown,
        }
    }

    fn argument(&mut self, side: Side, wanted: Unit, function: &str) {
        let declared = Side {
            unit: wanted,
            span: side.span,
        };
        let (Unit::Of(want), Unit::Of(have)) = (wanted, side.unit) else {
            return;
        };
        if super::report::same(want, have) {
            return;
        }
        let reported = self.diagnostics.len();
        let what = format!("the argument of `{function}` as it is declared and as it is given");
        self.agree(declared, side, &what);
        // Both are at one place.
        if let Some(diagnostic) = self.diagnostics.get_mut(reported) {
            diagnostic.labels.truncate(1);
            if let Some(&at) = self.model.symbols.declared_at.get(function) {
                diagnostic.labels.push(crate::diagnostic::Label {
                    span: at,
                    message: format!("takes {}", unit_text(want, &self.written)),
                    primary: false,
                });
            }
        }
    }

    fn builtin(&mut self, builtin: Builtin, sides: &[Side], name: &str) -> Unit {
        match (builtin, sides) {
            (Builtin::Abs | Builtin::Floor | Builtin::Ceil, [x]) => x.unit,
            (Builtin::Min | Builtin::Max | Builtin::Fmod, [x, y]) => {
                self.agree(*x, *y, &format!("the arguments of `{name}`"))
            }
            (Builtin::Atan2, [x, y]) => {
                self.agree(*x, *y, "the arguments of `atan2`");
                Unit::PURE
            }
            (Builtin::Sqrt, [x]) => match x.unit {
                Unit::Of(quantity) => match quantity.power(0.5) {
                    Some(root) => Unit::Of(root),
                    None => {
                        self.pure(*x, "the argument of `sqrt`");
                        Unit::Unknown
                    }
                },
                unit => unit,
            },
            _ => {
                for side in sides {
                    self.pure(*side, &format!("the argument of `{name}`"));
                }
                Unit::PURE
            }
        }
    }
}

fn unit_text(quantity: Quantity, written: &[(Quantity, String)]) -> String {
    let known = written
        .iter()
        .find(|(known, _)| super::report::same(*known, quantity));
    match known {
        _ if quantity == Quantity::ONE => "a pure number".to_owned(),
        Some((_, text)) => format!("({text})"),
        None => format!("({})", super::report::rounded(quantity)),
    }
}

/// The value of an exponent that is written as a number.
fn constant(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Number {
            number, unit: None, ..
        } => Some(number.value),
        Expr::Unary {
            op: UnaryOp::Negate,
            operand,
            ..
        } => constant(operand).map(|value| -value),
        _ => None,
    }
}

pub(super) fn product(a: Unit, b: Unit) -> Unit {
    match (a, b) {
        (Unit::Unknown, _) | (_, Unit::Unknown) => Unit::Unknown,
        (Unit::Number, Unit::Number) => Unit::Number,
        (Unit::Number, unit) | (unit, Unit::Number) => unit,
        (Unit::Of(a), Unit::Of(b)) => Unit::of(a.times(&b)),
    }
}

pub(super) fn quotient(a: Unit, b: Unit) -> Unit {
    match (a, b) {
        (Unit::Unknown, _) | (_, Unit::Unknown) => Unit::Unknown,
        (unit, Unit::Number) => unit,
        (Unit::Number, Unit::Of(b)) => Unit::of(Quantity::ONE.over(&b)),
        (Unit::Of(a), Unit::Of(b)) => Unit::of(a.over(&b)),
    }
}

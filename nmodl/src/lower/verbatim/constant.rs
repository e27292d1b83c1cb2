//! Constants of C: what static variables begin with, lengths of arrays, and macros that NMODL uses.

use super::names::{CONSTANTS, INTEGERS};
use crate::verbatim::ast::{Base, CType, Expr, ExprKind};

/// A number that is known before anything runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::lower) enum Constant {
    /// Of a type of whole numbers.
    Whole(i64),
    /// A double, or a float.
    Real(f64),
}

impl Constant {
    /// As a double.
    pub(in crate::lower) fn value(self) -> f64 {
        match self {
            Constant::Whole(value) => value as f64,
            Constant::Real(value) => value,
        }
    }

    fn holds(self) -> bool {
        self.value() != 0.0
    }
}

/// The value of an expression of constants; `None` for any other.
pub(super) fn constant(expr: &Expr) -> Option<Constant> {
    use Constant::{Real, Whole};
    Some(match &expr.kind {
        ExprKind::Integer { value, .. } => Whole(*value),
        ExprKind::Real(value) => Real(*value),
        ExprKind::Name(name) => named(name)?,
        ExprKind::Unary(sign, operand) => match (*sign, constant(operand)?) {
            ("-", Whole(value)) => Whole(value.wrapping_neg()),
            ("-", Real(value)) => Real(-value),
            ("+", value) => value,
            ("~", Whole(value)) => Whole(!value),
            ("!", value) => Whole(i64::from(!value.holds())),
            _ => return None,
        },
        ExprKind::Binary(sign, left, right) => binary(sign, constant(left)?, constant(right)?)?,
        ExprKind::Conditional(cond, then, otherwise) => constant(if constant(cond)?.holds() {
            then
        } else {
            otherwise
        })?,
        ExprKind::Cast(ctype, operand) => cast(ctype, constant(operand)?)?,
        _ => return None,
    })
}

fn named(name: &str) -> Option<Constant> {
    let real = CONSTANTS.iter().find(|(known, _)| *known == name);
    let whole = INTEGERS.iter().find(|(known, _)| *known == name);
    match (real, whole, name) {
        (Some((_, value)), ..) => Some(Constant::Real(*value)),
        (_, Some((_, value)), _) => Some(Constant::Whole(*value)),
        (_, _, "NULL" | "nullptr" | "nil") => Some(Constant::Whole(0)),
        _ => None,
    }
}

fn binary(sign: &str, left: Constant, right: Constant) -> Option<Constant> {
    use Constant::{Real, Whole};
    let truth = |holds: bool| Some(Whole(i64::from(holds)));
    match sign {
        "&&" => return truth(left.holds() && right.holds()),
        "||" => return truth(left.holds() || right.holds()),
        _ => {}
    }
    if let (Whole(a), Whole(b)) = (left, right) {
        let shift = || u32::try_from(b).ok().filter(|by| *by < 64);
        return Some(Whole(match sign {
            "+" => a.wrapping_add(b),
            "-" => a.wrapping_sub(b),
            "*" => a.wrapping_mul(b),
            "/" => a.checked_div(b)?,
            "%" => a.checked_rem(b)?,
            "&" => a & b,
            "|" => a | b,
            "^" => a ^ b,
            "<<" => a << shift()?,
            ">>" => a >> shift()?,
            "<" => i64::from(a < b),
            "<=" => i64::from(a <= b),
            ">" => i64::from(a > b),
            ">=" => i64::from(a >= b),
            "==" => i64::from(a == b),
            "!=" => i64::from(a != b),
            _ => return None,
        }));
    }
    let (a, b) = (left.value(), right.value());
    match sign {
        "+" => Some(Real(a + b)),
        "-" => Some(Real(a - b)),
        "*" => Some(Real(a * b)),
        "/" => Some(Real(a / b)),
        "<" => truth(a < b),
        "<=" => truth(a <= b),
        ">" => truth(a > b),
        ">=" => truth(a >= b),
        "==" => truth(a == b),
        "!=" => truth(a != b),
        _ => None,
    }
}

fn cast(ctype: &CType, value: Constant) -> Option<Constant> {
    if ctype.stars > 0 {
        // `(char*) 0`
        return (value == Constant::Whole(0)).then_some(value);
    }
    Some(match ctype.base {
        Base::Double => Constant::Real(value.value()),
        Base::Float => Constant::Real(f64::from(value.value() as f32)),
        Base::Bool => Constant::Whole(i64::from(value.holds())),
        Base::Integer { bits, signed } => {
            let whole = match value {
                Constant::Whole(value) => value,
                Constant::Real(value) => value as i64,
            };
            let unused = 64 - bits;
            Constant::Whole(if signed || unused == 0 {
                whole << unused >> unused
            } else {
                whole & ((1 << bits) - 1)
            })
        }
        _ => return None,
    })
}

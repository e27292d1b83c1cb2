//! Quotients that are 0/0 at some potential: `(v + 40)/(1 - exp(-(v + 40)/10))`.
//!
//! A product with divisors is such a quotient if, where one of the divisors is zero, one of its
//! factors is zero too, and the conditions around it lead there. Zeros are looked for along v and
//! along each argument of a FUNCTION, from -150 to 150; what else is unknown has two values, and
//! the zero must be at the same place for both.

use super::Model;
use super::formula::{self, Formula, Unknowns};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{BinaryOp, Expr, UnaryOp};

const LOWEST: f64 = -150.0;
const HIGHEST: f64 = 150.0;
const STEP: f64 = 0.5;

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    formula::each(model, &mut |formula| {
        each_product(formula.expr, &mut |product| {
            if let Some(zero) = zero_of(formula, product) {
                found.push(report(&zero));
            }
        });
    });
    found
}

/// Factors and divisors of a product.
struct Product<'a> {
    factors: Vec<&'a Expr>,
    divisors: Vec<&'a Expr>,
}

/// Visits each product that has divisors, and is not itself a factor of a product.
fn each_product<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&Product<'a>)) {
    let mut product = Product {
        factors: Vec::new(),
        divisors: Vec::new(),
    };
    flatten(expr, false, &mut product);
    if !product.divisors.is_empty() {
        visit(&product);
    }
    for part in product.factors.iter().chain(&product.divisors) {
        match part {
            Expr::Binary { left, right, .. } => {
                each_product(left, visit);
                each_product(right, visit);
            }
            Expr::Unary { operand, .. } => each_product(operand, visit),
            Expr::Call(call) => call.arguments.iter().for_each(|a| each_product(a, visit)),
            _ => {}
        }
    }
}

fn flatten<'a>(expr: &'a Expr, divides: bool, product: &mut Product<'a>) {
    match expr {
        Expr::Binary {
            op: BinaryOp::Multiply,
            left,
            right,
            ..
        } => {
            flatten(left, divides, product);
            flatten(right, divides, product);
        }
        Expr::Binary {
            op: BinaryOp::Divide,
            left,
            right,
            ..
        } => {
            flatten(left, divides, product);
            flatten(right, !divides, product);
        }
        Expr::Unary {
            op: UnaryOp::Negate,
            operand,
            ..
        } => flatten(operand, divides, product),
        _ if divides => product.divisors.push(expr),
        _ => product.factors.push(expr),
    }
}

/// A place where a product is 0/0.
struct Zero<'f> {
    factor: &'f Expr,
    divisor: &'f Expr,
    name: String,
    at: f64,
}

fn zero_of<'a>(formula: &Formula<'_, 'a>, product: &Product<'a>) -> Option<Zero<'a>> {
    let names = std::iter::once("v").chain(formula.arguments.iter().copied().filter(|n| *n != "v"));
    for name in names.filter(|name| formula.can_vary(name)) {
        for divisor in &product.divisors {
            for at in zeros(formula, divisor, name) {
                let factor = product.factors.iter().find(|factor| {
                    [0, 1].into_iter().all(|series| {
                        let unknowns = Unknowns::Series(series);
                        let is_zero = |expr| vanishes(formula, expr, name, at, unknowns);
                        formula.is_reached(name, at, unknowns)
                            && is_zero(divisor)
                            && is_zero(factor)
                    })
                });
                if let Some(factor) = factor {
                    return Some(Zero {
                        factor,
                        divisor,
                        name: name.to_owned(),
                        at,
                    });
                }
            }
        }
    }
    None
}

/// Where `expr` changes its sign or is zero, as `name` goes from the lowest to the highest value.
fn zeros(formula: &Formula<'_, '_>, expr: &Expr, name: &str) -> Vec<f64> {
    let value = |at: f64| formula.value(expr, name, at, Unknowns::Series(0));
    let mut zeros = Vec::new();
    let steps = ((HIGHEST - LOWEST) / STEP) as usize;
    let mut before: Option<(f64, f64)> = None;
    for step in 0..=steps {
        let at = LOWEST + STEP * step as f64;
        let Some(here) = value(at) else {
            return Vec::new();
        };
        if here == 0.0 {
            zeros.push(at);
        } else if let Some((left, there)) = before
            && there != 0.0
            && (there < 0.0) != (here < 0.0)
        {
            zeros.extend(bisect(&value, left, at, there));
        }
        before = Some((at, here));
    }
    zeros.truncate(8);
    zeros
}

/// The change of sign between two values, to nine decimals: constants in models have fewer.
fn bisect(
    value: &dyn Fn(f64) -> Option<f64>,
    mut left: f64,
    mut right: f64,
    at_left: f64,
) -> Option<f64> {
    for _ in 0..60 {
        let middle = 0.5 * (left + right);
        if (value(middle)? < 0.0) == (at_left < 0.0) {
            left = middle;
        } else {
            right = middle;
        }
    }
    Some((left * 1e9).round() / 1e9)
}

/// Whether `expr` is zero here, compared with its neighbourhood.
fn vanishes(
    formula: &Formula<'_, '_>,
    expr: &Expr,
    name: &str,
    at: f64,
    unknowns: Unknowns,
) -> bool {
    let value = |at: f64| formula.value(expr, name, at, unknowns);
    let (Some(left), Some(here), Some(right)) = (value(at - 1.0), value(at), value(at + 1.0))
    else {
        return false;
    };
    let around = left.abs().max(right.abs());
    around > 0.0 && around.is_finite() && here.abs() <= 1e-8 * around
}

fn report(zero: &Zero<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::ZeroOverZero,
        format!("this is 0/0 at {} = {}", zero.name, zero.at),
    )
    .at(zero.divisor.span(), "the divisor is 0 there")
    .see(zero.factor.span(), "and so is this")
    .note("the result is not a number, and with it everything that follows")
    .help(
        "use the limit close to it, as in `if (fabs(x/y) < 1e-6) { vtrap = y*(1 - x/y/2) } else \
         { vtrap = x/(exp(x/y) - 1) }`",
    )
}

//! `^` of a negative number with an exponent that is not whole, at a potential that occurs.

use std::collections::HashSet;

use super::Model;
use super::formula::{self, Formula, Unknowns};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{BinaryOp, Expr};
use crate::syntax::walk;

/// Potentials (mV) that cells pass through.
const POTENTIALS: std::ops::RangeInclusive<i32> = -90..=40;

pub(super) fn check(model: &Model<'_>) -> Vec<Diagnostic> {
    let potentials = potential_arguments(model);
    let mut found: Vec<Diagnostic> = Vec::new();
    formula::each(model, &mut |formula| {
        let names: Vec<&str> = std::iter::once("v")
            .chain(formula.arguments.iter().copied())
            .filter(|name| {
                let is_argument = formula.arguments.contains(name);
                let callable = formula.callable.unwrap_or_default();
                formula.can_vary(name) && (!is_argument || potentials.contains(&(callable, *name)))
            })
            .collect();
        walk::each_expr(formula.expr, &mut |expr| {
            let Some((base, exponent)) = power(model, expr) else {
                return;
            };
            if let Some((name, at)) = negative(formula, base, exponent, &names) {
                let place = match name {
                    Some(name) => format!("negative at {name} = {at}"),
                    None => "negative".to_owned(),
                };
                found.push(
                    Diagnostic::new(
                        Code::NegativeBase,
                        "a power of a negative number with an exponent that is not whole",
                    )
                    .at(base.span(), place)
                    .see(exponent.span(), "not a whole number")
                    .note("the result is not a number")
                    .help("use `fabs(...)`, or a condition for the values below 0"),
                );
            }
        });
    });
    found
}

/// Arguments to which some call passes v.
fn potential_arguments<'a>(model: &Model<'a>) -> HashSet<(&'a str, &'a str)> {
    let mut found = HashSet::new();
    let mut call_of = |call: &'a crate::syntax::ast::Call| {
        let callable = model
            .symbols
            .callables
            .iter()
            .find(|c| c.name.name == call.name.name);
        let Some(callable) = callable else {
            return;
        };
        for (argument, given) in callable.arguments.iter().zip(&call.arguments) {
            if matches!(given, Expr::Variable(v) if v.name.name == "v") {
                found.insert((callable.name.name.as_str(), argument.name.name.as_str()));
            }
        }
    };
    for item in &model.items {
        let Some(block) = walk::code_of(item) else {
            continue;
        };
        walk::each_statement(block, &mut |statement| {
            if let crate::syntax::ast::Statement::Call(call) = statement {
                call_of(call);
            }
            walk::each_expr_of(statement, &mut |expr| {
                walk::each_expr(expr, &mut |expr| {
                    if let Expr::Call(call) = expr {
                        call_of(call);
                    }
                });
            });
        });
    }
    found
}

/// Base and exponent.
fn power<'a>(model: &Model<'_>, expr: &'a Expr) -> Option<(&'a Expr, &'a Expr)> {
    match expr {
        Expr::Binary {
            op: BinaryOp::Power,
            left,
            right,
            ..
        } => Some((left, right)),
        Expr::Call(call) if call.name.name == "pow" && !model.symbols.names.contains_key("pow") => {
            match call.arguments.as_slice() {
                [base, exponent] => Some((base, exponent)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The potential at which it is negative; none if it is whatever the potential.
fn negative<'n>(
    formula: &Formula<'_, '_>,
    base: &Expr,
    exponent: &Expr,
    names: &[&'n str],
) -> Option<(Option<&'n str>, i32)> {
    let at = |name: &str, at: f64| {
        let base = formula.value(base, name, at, Unknowns::None);
        let exponent = formula.value(exponent, name, at, Unknowns::None);
        let negative = base.is_some_and(|base| base < 0.0);
        let fraction = exponent.is_some_and(|exponent| exponent.fract() != 0.0);
        negative && fraction && formula.is_reached(name, at, Unknowns::None)
    };
    if at("", 0.0) {
        return Some((None, 0));
    }
    names.iter().find_map(|name| {
        let mut potentials = POTENTIALS.step_by(5);
        let found = potentials.find(|potential| at(name, f64::from(*potential)))?;
        Some((Some(*name), found))
    })
}

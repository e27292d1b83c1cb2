//! Messages about units that do not fit.

use super::{Checker, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::units::Quantity;

/// Equal but for what the constants of nature are known to.
pub(super) fn same(a: Quantity, b: Quantity) -> bool {
    a.dims == b.dims && (a.factor / b.factor - 1.0).abs() < 1e-5
}

/// To six digits, for messages.
pub(super) fn rounded(quantity: Quantity) -> Quantity {
    let factor = format!("{:.5e}", quantity.factor).parse();
    Quantity {
        factor: factor.unwrap_or(quantity.factor),
        ..quantity
    }
}

/// One side of a comparison of units.
#[derive(Clone, Copy)]
pub(super) struct Side {
    pub unit: Unit,
    pub span: Span,
}

impl Checker<'_> {
    /// Two sides that must have the same unit; gives the unit of both. `what` says why, as
    /// `the two sides of =`.
    pub(super) fn agree(&mut self, left: Side, right: Side, what: &str) -> Unit {
        let (a, b) = match (left.unit, right.unit) {
            (Unit::Unknown, _) | (_, Unit::Unknown) => return Unit::Unknown,
            (unit, Unit::Number) | (Unit::Number, unit) => return unit,
            (Unit::Of(a), Unit::Of(b)) => (a, b),
        };
        if self.on && !same(a, b) {
            self.disagree((a, left.span), (b, right.span), what);
            // One fault, one message: what contains the two is not looked at further.
            return Unit::Unknown;
        }
        left.unit
    }

    fn disagree(&mut self, left: (Quantity, Span), right: (Quantity, Span), what: &str) {
        let (a, b) = (left.0, right.0);
        let incomplete = [(left, b), (right, a)]
            .into_iter()
            .find_map(|(side, other)| {
                let name = self.without_unit(side.0, side.1)?;
                (other.dims != Quantity::ONE.dims).then_some((name, other))
            });
        if let Some((name, _)) = &incomplete
            && !self.blamed.insert(name.clone())
        {
            return;
        }
        let diagnostic = self
            .mismatch(a, b, what)
            .at(right.1, format!("this is in {}", self.text(b)))
            .see(left.1, format!("and this in {}", self.text(a)));
        let diagnostic = if let Some((name, other)) = incomplete {
            self.incomplete(diagnostic, &name, other)
        } else if a.dims == b.dims {
            let text = shortened(self.model.sources.text(right.1));
            diagnostic.help(format!(
                "a number in parentheses is a conversion factor: `({}) * {text}`",
                short(b.factor / a.factor)
            ))
        } else {
            self.compare(diagnostic, a, b)
        };
        self.diagnostics.push(diagnostic);
    }

    /// The name that stands there, if it is one that is declared without a unit.
    fn without_unit(&self, quantity: Quantity, span: Span) -> Option<String> {
        let text = self.model.sources.text(span);
        let is_name = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
        (quantity == Quantity::ONE && is_name && starts).then(|| text.to_owned())
    }

    /// What is probably missing is the unit of a declaration.
    fn incomplete(&mut self, diagnostic: Diagnostic, name: &str, other: Quantity) -> Diagnostic {
        let unit = self.text(other);
        if self.scoped(name).is_some() {
            return diagnostic.help(format!(
                "an argument is a pure number unless it has a unit, `{name} {unit}`, and a LOCAL has \
                 the unit of what it is given last: write `{name} = 1 {unit}`, not `{name} = 1`"
            ));
        }
        match self.declaration_of(name) {
            Some(declared) => diagnostic
                .see(declared, "declared without a unit, as a pure number")
                .help(format!("is `{name} {unit}` meant?")),
            None => diagnostic,
        }
    }

    fn mismatch(&self, a: Quantity, b: Quantity, what: &str) -> Diagnostic {
        if a.dims == b.dims {
            Diagnostic::new(
                Code::UnitFactor,
                format!(
                    "{what} are in {} and {}, which differ by the factor {}",
                    self.text(a),
                    self.text(b),
                    short(b.factor / a.factor)
                ),
            )
        } else {
            Diagnostic::new(
                Code::UnitMismatch,
                format!("{what} are in {} and {}", self.text(a), self.text(b)),
            )
        }
    }

    /// What the one lacks of the other.
    fn compare(&self, diagnostic: Diagnostic, a: Quantity, b: Quantity) -> Diagnostic {
        if a == Quantity::ONE || b == Quantity::ONE {
            return diagnostic;
        }
        match a.over(&b) {
            Some(ratio) => diagnostic.note(format!(
                "the first is the second times {}",
                self.text(ratio)
            )),
            None => diagnostic,
        }
    }

    /// An expression that must be a pure number, as `the argument of exp`.
    pub(super) fn pure(&mut self, side: Side, what: &str) {
        let Unit::Of(quantity) = side.unit else {
            return;
        };
        if !self.on || same(quantity, Quantity::ONE) {
            return;
        }
        let text = self.text(quantity);
        let diagnostic = Diagnostic::new(
            Code::UnitNotPure,
            format!("{what} is in {text}, but must be a pure number"),
        )
        .at(side.span, format!("this is in {text}"));
        let source = shortened(self.model.sources.text(side.span));
        let diagnostic = if quantity.dims == Quantity::ONE.dims {
            diagnostic.help(format!(
                "a number in parentheses is a conversion factor: `({}) * {source}`",
                short(quantity.factor)
            ))
        } else {
            diagnostic.help(format!(
                "divide by a quantity in the same unit: `{source} / 1 {text}`"
            ))
        };
        self.diagnostics.push(diagnostic);
    }
}

/// A text on one line, as part of a product.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_one = line.starts_with('(')
        || line
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_'[]. ".contains(c));
    let line = if line.chars().count() > 40 {
        "...".to_owned()
    } else {
        line
    };
    if is_one { line } else { format!("({line})") }
}

/// A factor to six digits.
pub(super) fn short(factor: f64) -> String {
    let rounded: f64 = format!("{factor:.5e}").parse().unwrap_or(factor);
    if (1e-3..1e6).contains(&rounded) {
        format!("{rounded}")
    } else {
        format!("{rounded:e}")
    }
}

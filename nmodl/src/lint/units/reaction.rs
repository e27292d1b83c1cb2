//! Units in KINETIC blocks.

use std::collections::HashMap;

use super::expression::{product, quotient};
use super::report::Side;
use super::{Checker, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{
    Block, Compartment, Conserve, Expr, Integer, Reactant, Reaction, ReactionKind, Statement,
};
use crate::syntax::walk;

impl Checker<'_> {
    /// A KINETIC block. Its volumes hold for all of its reactions, wherever they stand.
    pub(super) fn kinetic(&mut self, block: &Block) {
        self.compartments.clear();
        let on = std::mem::replace(&mut self.on, false);
        let reported = self.diagnostics.len();
        walk::each_statement(block, &mut |statement| {
            if let Statement::Compartment(compartment) = statement {
                self.scopes.push(HashMap::new());
                if let Some(index) = &compartment.index {
                    self.bind(&index.name, Unit::PURE);
                }
                // A number alone is a volume without a unit.
                let volume = match self.expr(&compartment.value) {
                    Unit::Number => Unit::PURE,
                    unit => unit,
                };
                self.scopes.pop();
                for state in &compartment.states {
                    self.compartments.insert(state.name.clone(), volume);
                }
            }
        });
        self.diagnostics.truncate(reported);
        self.on = on;
        self.block(block);
        self.compartments.clear();
    }

    pub(super) fn compartment(&mut self, compartment: &Compartment) {
        self.indexed(compartment);
    }

    fn indexed(&mut self, compartment: &Compartment) -> Side {
        self.scopes.push(HashMap::new());
        if let Some(index) = &compartment.index {
            self.bind(&index.name, Unit::PURE);
        }
        let side = self.side(&compartment.value);
        self.scopes.pop();
        side
    }

    /// A diffusion constant times an area, in volumes per length.
    pub(super) fn diffusion(&mut self, diffusion: &Compartment) {
        let side = self.indexed(diffusion);
        self.fixed(
            side,
            "micron4/ms",
            "LONGITUDINAL_DIFFUSION, an area times a diffusion constant,",
        );
        for state in &diffusion.states {
            if let Some(&volume) = self.compartments.get(&state.name) {
                let side = Side {
                    unit: volume,
                    span: state.span,
                };
                self.fixed(
                    side,
                    "micron2",
                    &format!("the COMPARTMENT of `{}`, a volume per length,", state.name),
                );
            }
        }
    }

    /// A quantity whose unit the simulator determines.
    fn fixed(&mut self, side: Side, unit: &str, what: &str) {
        let (Unit::Of(have), Ok(want)) = (side.unit, self.units.parse(unit)) else {
            return;
        };
        if !self.on || super::report::same(have, want) {
            return;
        }
        let (have_text, want_text) = (self.text(have), self.text(want));
        let mut diagnostic = Diagnostic::new(
            Code::UnitDetermined,
            format!("{what} is in {have_text}, but must be in {want_text}"),
        )
        .at(side.span, format!("this is in {have_text}"));
        if have.dims == want.dims {
            diagnostic = diagnostic.help(format!(
                "multiply by the conversion factor ({})",
                super::report::short(have.factor / want.factor)
            ));
        }
        self.diagnostics.push(diagnostic);
    }

    /// The unit of the substance that a reactant is: its concentration times its volume.
    fn quantity(&mut self, reactant: &Reactant) -> Side {
        let name = &reactant.variable.name.name;
        let unit = match self.compartments.get(name) {
            Some(&volume) => product(self.name(name), volume),
            None => self.name(name),
        };
        Side {
            unit,
            span: reactant.span,
        }
    }

    /// The concentrations of one side, multiplied.
    fn concentrations(&mut self, reactants: &[Reactant]) -> Unit {
        let mut all = Unit::Number;
        for reactant in reactants {
            let one = self.name(&reactant.variable.name.name);
            let times = match &reactant.coefficient {
                None => Some(1),
                Some(Integer::Literal { value, .. }) => Some(*value),
                Some(Integer::Name(name)) => match self.model.symbols.names.get(&name.name) {
                    Some(crate::sema::Symbol::Define(value)) => Some(*value),
                    _ => None,
                },
            };
            let power = match (one, times) {
                (Unit::Of(quantity), Some(times)) => Unit::of(quantity.power(times as f64)),
                (unit, _) => unit,
            };
            all = product(all, power);
        }
        all
    }

    pub(super) fn reaction(&mut self, reaction: &Reaction) {
        let mut substance: Option<Side> = None;
        for reactant in walk::reactants(reaction) {
            let side = self.quantity(reactant);
            match substance {
                None => substance = Some(side),
                Some(first) => {
                    let reported = self.diagnostics.len();
                    self.agree(first, side, "the substances of a reaction");
                    if let Some(diagnostic) = self.diagnostics.get_mut(reported) {
                        diagnostic.notes.clear();
                        diagnostic.help.clear();
                        diagnostic.help.push(
                            "concentrations in volumes of different units need a COMPARTMENT \
                             statement"
                                .to_owned(),
                        );
                    }
                }
            }
        }
        let Some(substance) = substance else {
            return;
        };
        let flux = quotient(substance.unit, self.time);
        match &reaction.kind {
            ReactionKind::Reversible {
                right,
                forward,
                backward,
            } => {
                let left = self.concentrations(&reaction.left);
                self.rate(forward, quotient(flux, left), "the forward rate");
                let right = self.concentrations(right);
                self.rate(backward, quotient(flux, right), "the backward rate");
            }
            ReactionKind::Outflow { rate } => {
                let left = self.concentrations(&reaction.left);
                self.rate(rate, quotient(flux, left), "the rate");
            }
            ReactionKind::Influx { flux: given } => self.rate(given, flux, "the flux"),
        }
        for name in ["f_flux", "b_flux"] {
            self.names.insert(name.to_owned(), flux);
        }
    }

    fn rate(&mut self, rate: &Expr, wanted: Unit, what: &str) {
        let side = self.side(rate);
        let needed = Side {
            unit: wanted,
            span: side.span,
        };
        let reported = self.diagnostics.len();
        self.agree(
            needed,
            side,
            &format!("{what} as the reaction needs it and as it is given"),
        );
        if let Some(diagnostic) = self.diagnostics.get_mut(reported) {
            diagnostic.labels.truncate(1);
        }
    }

    pub(super) fn conserve(&mut self, conserve: &Conserve) {
        let mut sum: Option<Side> = None;
        for reactant in &conserve.left {
            let side = self.quantity(reactant);
            match sum {
                None => sum = Some(side),
                Some(first) => {
                    self.agree(first, side, "the terms of CONSERVE");
                }
            }
        }
        let right = self.side(&conserve.right);
        if let Some(sum) = sum {
            self.agree(sum, right, "the sides of CONSERVE");
        }
    }
}

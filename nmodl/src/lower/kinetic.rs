//! Statements of KINETIC blocks.
//!
//! Array states and FROM loops over reactions are unrolled, so that every reaction names fixed
//! places. COMPARTMENT statements come first whatever their position, as in NEURON.

use super::body::{BodyLowering, Context, Name};
use super::expression::Resolved;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Expr, Place, Reaction, Species, Stmt, Type};
use crate::mechanism::Storage;
use crate::sema::Symbol;
use crate::syntax::ast::{self, ReactionKind};

/// Largest stoichiometric coefficient.
const MOST_MOLECULES: i64 = 100;

impl BodyLowering<'_, '_> {
    /// The statements of a KINETIC block.
    pub(super) fn kinetic_block(&mut self, statements: &[ast::Statement]) {
        let f_flux = self.declare_real("f_flux");
        let b_flux = self.declare_real("b_flux");
        self.zero(f_flux);
        self.zero(b_flux);
        self.fluxes = Some((f_flux, b_flux));
        let is_compartment = |s: &&ast::Statement| matches!(s, ast::Statement::Compartment(_));
        // Names of LOCALs must be known to the volumes.
        for statement in statements
            .iter()
            .filter(|s| matches!(s, ast::Statement::Local(_)))
        {
            self.statement(statement);
        }
        statements
            .iter()
            .filter(is_compartment)
            .for_each(|s| self.statement(s));
        statements
            .iter()
            .filter(|s| !is_compartment(s) && !matches!(s, ast::Statement::Local(_)))
            .for_each(|s| self.statement(s));
    }

    pub(super) fn kinetic_only(&mut self, what: &str, span: crate::source::Span) -> bool {
        if self.context == Context::Kinetic {
            return true;
        }
        self.error(
            Diagnostic::new(
                Code::MisplacedStatement,
                format!("{what} does not belong here"),
            )
            .at(span, "stands in KINETIC only"),
        );
        false
    }

    pub(super) fn reaction(&mut self, reaction: &ast::Reaction) {
        if !self.kinetic_only("a reaction", reaction.span) {
            return;
        }
        let Some((f_flux, b_flux)) = self.fluxes else {
            return;
        };
        let Some(reactants) = self.species(&reaction.left) else {
            return;
        };
        let lowered = match &reaction.kind {
            ReactionKind::Reversible {
                right,
                forward,
                backward,
            } => {
                let Some(products) = self.species(right) else {
                    return;
                };
                let forward = self.real(forward);
                let backward = Some(self.real(backward));
                Reaction {
                    reactants,
                    products,
                    forward,
                    backward,
                    inflow: false,
                    f_flux,
                    b_flux,
                }
            }
            ReactionKind::Outflow { rate } => {
                let forward = self.real(rate);
                Reaction {
                    reactants,
                    products: Vec::new(),
                    forward,
                    backward: None,
                    inflow: false,
                    f_flux,
                    b_flux,
                }
            }
            ReactionKind::Influx { flux } => {
                let forward = self.real(flux);
                if reactants.len() != 1 {
                    self.error(
                        Diagnostic::new(
                            Code::MisplacedStatement,
                            "`<<` adds to one state at a time",
                        )
                        .at(reaction.span, "write a statement for each state"),
                    );
                    return;
                }
                if !self.is_state(reactants[0].place) {
                    self.error(
                        Diagnostic::new(Code::WrongKind, "a flux into something that is no STATE")
                            .at(reaction.left[0].span, "declare it in the STATE block"),
                    );
                    return;
                }
                Reaction {
                    reactants,
                    products: Vec::new(),
                    forward,
                    backward: None,
                    inflow: true,
                    f_flux,
                    b_flux,
                }
            }
        };
        self.out.push(Stmt::Reaction(lowered));
    }

    pub(super) fn conserve(&mut self, conserve: &ast::Conserve) {
        if !self.kinetic_only("CONSERVE", conserve.span) {
            return;
        }
        let Some(terms) = self.species(&conserve.left) else {
            return;
        };
        let total = self.real(&conserve.right);
        self.out.push(Stmt::Conserve { terms, total });
    }

    pub(super) fn compartment(&mut self, compartment: &ast::Compartment) {
        if !self.kinetic_only("COMPARTMENT", compartment.span) {
            return;
        }
        for state in &compartment.states {
            let Some(symbol) = self.unit.symbols.names.get(&state.name) else {
                self.unused_volume(state);
                continue;
            };
            // Volumes of what is not integrated (parameters, other ions) have no effect.
            let &Symbol::Variable(index) = symbol else {
                continue;
            };
            let variable = &self.unit.symbols.mechanism.variables[index];
            let (base, len) = (variable.offset as u32, variable.len() as u32);
            if variable.storage != Storage::Column || !self.is_state(Place::Column(base)) {
                continue;
            }
            for element in 0..len {
                let mut volume = None;
                let inner = self.nested(|this| {
                    if let Some(index) = &compartment.index {
                        this.declare(&index.name, Name::Known(i64::from(element)));
                    }
                    volume = Some(this.real(&compartment.value));
                });
                self.out.extend(inner);
                if let Some(volume) = volume {
                    self.out
                        .push(Stmt::Compartment(Place::Column(base + element), volume));
                }
            }
        }
    }

    /// A name in COMPARTMENT that is declared nowhere: NEURON makes nothing of it.
    fn unused_volume(&mut self, state: &ast::Ident) {
        self.unit.diagnostics.push(
            Diagnostic::new(
                Code::Overridden,
                format!("the volume of `{}`, which is no STATE", state.name),
            )
            .at(state.span, "has no effect"),
        );
    }

    fn species(&mut self, reactants: &[ast::Reactant]) -> Option<Vec<Species>> {
        let mut species: Vec<Species> = Vec::new();
        for reactant in reactants {
            let coefficient = match &reactant.coefficient {
                None => 1,
                Some(ast::Integer::Literal { value, .. }) => *value,
                Some(ast::Integer::Name(name)) => match self.unit.symbols.names.get(&name.name) {
                    Some(&Symbol::Define(value)) => value,
                    _ => {
                        self.unknown_name(name, "whole number");
                        return None;
                    }
                },
            };
            if coefficient > MOST_MOLECULES {
                self.error(
                    Diagnostic::new(Code::TooLarge, format!("a coefficient of {coefficient}"))
                        .at(reactant.span, format!("at most {MOST_MOLECULES}")),
                );
                return None;
            }
            let place = match self.resolve(&reactant.variable)? {
                Resolved::Place(
                    Place::ColumnAt { .. } | Place::GlobalAt { .. } | Place::LocalArray { .. },
                ) => {
                    self.error(
                        Diagnostic::new(
                            Code::NotConstant,
                            "the index of a reacting state must be known when compiling",
                        )
                        .at(
                            reactant.span,
                            "use numbers, DEFINEd names and indices of FROM",
                        ),
                    );
                    return None;
                }
                Resolved::Place(place) => place,
                // A CONSTANT takes part like a PARAMETER that nobody changes.
                Resolved::Value(value) if let Expr::F64(value) = self.body.exprs[value] => self
                    .unit
                    .constant_place(&reactant.variable.name, value.value()),
                Resolved::Local(_) | Resolved::Value(_) => {
                    self.error(
                        Diagnostic::new(
                            Code::WrongKind,
                            format!("`{}` cannot react", reactant.variable.name.name),
                        )
                        .at(
                            reactant.span,
                            "must be a STATE, PARAMETER or ASSIGNED variable",
                        ),
                    );
                    return None;
                }
            };
            match species.iter_mut().find(|s| s.place == place) {
                Some(known) => known.coefficient += coefficient as f64,
                None => species.push(Species {
                    place,
                    coefficient: coefficient as f64,
                }),
            }
        }
        Some(species)
    }

    /// A fresh F64 local.
    pub(super) fn fresh(&mut self, name: &str) -> crate::ir::LocalId {
        self.body.local(name, Type::F64)
    }
}

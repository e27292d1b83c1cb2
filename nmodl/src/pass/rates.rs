//! Equations as derivatives: code that leaves d(state)/dt of a block in locals.
//!
//! Equations of DERIVATIVE are that already. Of a KINETIC block, each reaction adds its net flux to
//! the derivatives of what takes part, which in the end are divided by their COMPARTMENTs; CONSERVE
//! says nothing about derivatives and is left out, as in NEURON.

use super::import::Import;
use super::solve::{self, Site};
use super::sparse::{fluxes, scale, scheme_states};
use crate::diagnostic::Diagnostic;
use crate::ir::{
    BinaryOp, Block, Body, ExprId, FunctionKind, LocalId, Module, Place, Reaction, Stmt, Type, walk,
};

/// The derivatives of a block, imported into the body that solves it.
pub(crate) struct Rates {
    /// The states, each at a place that is known when compiling.
    pub(crate) states: Vec<Place>,
    /// For each state, the local that holds its derivative after `clear` and `code`.
    pub(crate) rates: Vec<LocalId>,
    /// Sets the derivatives to zero.
    pub(crate) clear: Block,
    /// The block's statements.
    pub(crate) code: Block,
}

impl Rates {
    /// Of the block that `site` solves.
    pub(crate) fn new(module: &Module, body: &mut Body, site: Site) -> Result<Rates, Diagnostic> {
        let function = &module.functions[site.block.index()];
        let import = Import::new(body, &function.body);
        let mut block = import.block(&function.body.block);
        let mut held = Vec::new();
        let mut code = Vec::new();
        if function.kind == FunctionKind::Kinetic {
            let states = scheme_states(module, site, &block);
            held.extend(states.iter().map(|s| (*s, body.local("rate", Type::F64))));
            let mut kinetic = Kinetic {
                held: &held,
                volumes: Vec::new(),
                clear: Vec::new(),
                depth: 0,
            };
            kinetic.block(body, block, &mut code);
            kinetic.divide(body, &mut code);
            code.splice(..0, kinetic.clear);
        } else {
            hold_rates(body, &mut block, &mut held);
            code = block;
        }
        if held.iter().any(|(state, _)| state.index().is_some()) {
            return Err(solve::unknown_element(module, site));
        }
        let zero = body.exprs.f64(0.0);
        let clear = |(_, rate): &(Place, LocalId)| Stmt::Assign(*rate, zero);
        let clear = held.iter().map(clear).collect();
        let (states, rates) = held.into_iter().unzip();
        Ok(Rates {
            states,
            rates,
            clear,
            code,
        })
    }

    /// With `secondorder`: x += h·f.
    pub(crate) fn extrapolate(&self, body: &mut Body, h: ExprId, out: &mut Block) {
        let change = |rate: &LocalId| {
            let rate = body.exprs.local(*rate);
            body.exprs.binary(BinaryOp::Mul, h, rate)
        };
        let changes: Vec<ExprId> = self.rates.iter().map(change).collect();
        solve::extrapolate(body, &self.states, &changes, out);
    }

    /// The statements that compute the derivatives.
    pub(crate) fn evaluation(&self) -> Block {
        [self.clear.as_slice(), &self.code].concat()
    }
}

/// Each equation assigns its derivative to a local instead.
fn hold_rates(body: &mut Body, block: &mut Block, held: &mut Vec<(Place, LocalId)>) {
    for stmt in block {
        if let Stmt::Rate(place, value) = *stmt {
            let known = held.iter().find(|(state, _)| *state == place);
            let rate = known.map(|(_, rate)| *rate).unwrap_or_else(|| {
                let rate = body.local("rate", Type::F64);
                held.push((place, rate));
                rate
            });
            *stmt = Stmt::Assign(rate, value);
        }
        for inner in walk::blocks_mut(stmt) {
            hold_rates(body, inner, held);
        }
    }
}

/// A KINETIC block on its way.
struct Kinetic<'h> {
    held: &'h [(Place, LocalId)],
    /// Derivative of a state, and the volume that it is to be divided by.
    volumes: Vec<(LocalId, LocalId)>,
    /// What comes before everything else.
    clear: Block,
    /// Branches and loops around the present statement.
    depth: usize,
}

impl Kinetic<'_> {
    fn rate(&self, state: Place) -> Option<LocalId> {
        let found = self.held.iter().find(|(held, _)| *held == state);
        found.map(|(_, rate)| *rate)
    }

    fn block(&mut self, body: &mut Body, block: Block, out: &mut Block) {
        for mut stmt in block {
            match stmt {
                Stmt::Reaction(reaction) => self.reaction(body, &reaction, out),
                Stmt::Conserve { .. } => {}
                Stmt::Compartment(state, volume) => {
                    if let Some(rate) = self.rate(state) {
                        let local = self.volume(body, rate);
                        out.push(Stmt::Assign(local, volume));
                    }
                }
                _ => {
                    for inner in walk::blocks_mut(&mut stmt) {
                        let source = std::mem::take(inner);
                        self.depth += 1;
                        self.block(body, source, inner);
                        self.depth -= 1;
                    }
                    out.push(stmt);
                }
            }
        }
    }

    /// The local that holds the volume of the state with this derivative.
    fn volume(&mut self, body: &mut Body, rate: LocalId) -> LocalId {
        if let Some(&(_, local)) = self.volumes.iter().find(|(known, _)| *known == rate) {
            return local;
        }
        let local = body.local("volume", Type::F64);
        if self.depth > 0 {
            // The statement may not be reached.
            let one = body.exprs.f64(1.0);
            self.clear.push(Stmt::Assign(local, one));
        }
        self.volumes.push((rate, local));
        local
    }

    fn reaction(&self, body: &mut Body, reaction: &Reaction, out: &mut Block) {
        fluxes(body, reaction, out);
        let (f, b) = (
            body.exprs.local(reaction.f_flux),
            body.exprs.local(reaction.b_flux),
        );
        if reaction.inflow {
            self.add(body, reaction.reactants[0].place, b, out);
            return;
        }
        let net = body.exprs.binary(BinaryOp::Sub, f, b);
        let sides = [(&reaction.reactants, -1.0), (&reaction.products, 1.0)];
        for (side, sign) in sides {
            for species in side {
                let change = scale(body, net, sign * species.coefficient);
                self.add(body, species.place, change, out);
            }
        }
    }

    fn add(&self, body: &mut Body, state: Place, change: ExprId, out: &mut Block) {
        let Some(rate) = self.rate(state) else { return };
        let before = body.exprs.local(rate);
        let sum = body.exprs.binary(BinaryOp::Add, before, change);
        out.push(Stmt::Assign(rate, sum));
    }

    fn divide(&self, body: &mut Body, out: &mut Block) {
        for &(rate, volume) in &self.volumes {
            let (amount, volume) = (body.exprs.local(rate), body.exprs.local(volume));
            let quotient = body.exprs.binary(BinaryOp::Div, amount, volume);
            out.push(Stmt::Assign(rate, quotient));
        }
    }
}

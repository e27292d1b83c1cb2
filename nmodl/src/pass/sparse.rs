//! `sparse`: one step of backward Euler for the mass-action equations of a KINETIC block.
//!
//! For states x with compartment volumes V, Newton's method solves
//!
//! V·(x - x₀)/dt = Σ fluxes(x)
//!
//! with the Jacobian of the mass-action law, rate constants held fixed. A CONSERVE statement
//! replaces the equation of the last of its states. A scheme in which every flux is linear needs
//! one step; else the iteration goes on until the corrections sum to less than 10⁻⁶ (at most 21
//! rounds), and no state is allowed to become negative, both as in NEURON. Afterwards the block
//! is evaluated once more, so that what it assigns (fluxes into currents) belongs to the new
//! states.
//!
//! STEADYSTATE is a step of 10⁹ ms, repeated if rate constants depend on states; a non-linear scheme makes up to 7 single Newton steps of
//! that length until no state is below -10⁻⁶ before it iterates.

use std::cmp::Reverse;

use super::import::Import;
use super::linear_system::{LinearSystem, TooLarge};
use super::newton;
use super::solve::{self, Site, assign_new, changes_since, extrapolate};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    BinaryOp, Block, Body, Builtin, Expr, ExprId, FunctionKind, LocalId, Method, Module, Place,
    Reaction, SimVar, Species, Stmt, Type, UnaryOp,
    walk::{self, Visited},
};

const MOST_ROUNDS: f64 = 21.0;
const STEADYSTATE_STEPS: f64 = 7.0;
const NEGATIVE: f64 = -1e-6;
const MOST_STATES: usize = 500;

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    solve::replace(module, Method::Sparse, &mut expand)
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Result<Block, Diagnostic> {
    let source = &module.functions[site.block.index()].body;
    let span = module.mechanism.places[site.place.index()].span;
    let mut out = Vec::new();
    let step = solve::implicit_step(body, site);
    let step = assign_new(body, "step", step, &mut out);
    let import = Import::new(body, source);
    let code = import.block(&source.block);
    let states = scheme_states(module, site, &code);
    if states.len() > MOST_STATES {
        return Err(too_many_states(module, site, states.len()));
    }
    let conserved = conserved_rows(module, &code, &states, span)?;
    conserved_inflow(module, &code, &states, &conserved, span)?;
    let linear = is_linear(&states, &code);
    let old: Vec<LocalId> = states
        .iter()
        .map(|state| {
            let value = body.exprs.load(*state);
            assign_new(body, "old", value, &mut out)
        })
        .collect();
    let scheme = Scheme {
        code: &code,
        states: &states,
        conserved: &conserved,
        old: &old,
        step,
        site,
        given: None,
    };
    let too_large = |large: TooLarge| large.diagnostic(module, site);
    if !linear {
        if site.steadystate {
            scheme.approach(body, &mut out).map_err(too_large)?;
        }
        scheme.iterate(body, &mut out).map_err(too_large)?;
    } else if site.steadystate && reads_states(body, &states, &code) {
        scheme.settle(body, &mut out).map_err(too_large)?;
    } else {
        scheme.correct(body, false, &mut out).map_err(too_large)?;
    }
    out.extend(scheme.evaluate_only(body));
    if site.in_state_kernel && !site.steadystate {
        let changes = changes_since(body, &states, &old);
        extrapolate(body, &states, &changes, &mut out);
    }
    Ok(out)
}

/// Whether `site` solves a KINETIC block.
pub(crate) fn is_scheme(module: &Module, site: Site) -> bool {
    module.functions[site.block.index()].kind == FunctionKind::Kinetic
}

/// Solves (1 - γ·J)·x = b for the scheme that `site` solves: γ is `dt`, and b and then x are in the
/// column that `column` gives for each state. CONSERVE says nothing about derivatives.
pub(crate) fn linearized(
    module: &Module,
    body: &mut Body,
    site: Site,
    column: &dyn Fn(Place) -> Option<Place>,
) -> Result<Block, Diagnostic> {
    let source = &module.functions[site.block.index()].body;
    let import = Import::new(body, source);
    let code = import.block(&source.block);
    let states = scheme_states(module, site, &code);
    let given: Vec<Place> = states.iter().filter_map(|state| column(*state)).collect();
    if states.len() > MOST_STATES || given.len() != states.len() {
        return Err(too_many_states(module, site, states.len()));
    }
    let mut out = Vec::new();
    let gamma = body.exprs.load(Place::Sim(SimVar::Dt));
    let step = assign_new(body, "gamma", gamma, &mut out);
    let scheme = Scheme {
        code: &code,
        states: &states,
        conserved: &[],
        old: &[],
        step,
        site,
        given: Some(&given),
    };
    let solution = scheme.solve(body, &mut out);
    let solution = solution.map_err(|large| large.diagnostic(module, site))?;
    for (place, x) in given.iter().zip(solution) {
        let x = body.exprs.local(x);
        out.push(Stmt::Store(*place, x));
    }
    Ok(out)
}

fn too_many_states(module: &Module, site: Site, states: usize) -> Diagnostic {
    solve::too_large(
        module,
        site,
        format!("a scheme of {states} states"),
        format!("at most {MOST_STATES} can be solved together"),
    )
}

/// The states that take part, in the order of their columns; of those, what SOLVEFOR names.
pub(crate) fn scheme_states(module: &Module, site: Site, code: &Block) -> Vec<Place> {
    let unknowns = &module.functions[site.block.index()].unknowns;
    let mut states = Vec::new();
    let mut note = |place: Place| {
        let solved = unknowns.as_ref().is_none_or(|u| u.contains(&place));
        if solved && solve::is_state(module, place) && !states.contains(&place) {
            states.push(place);
        }
    };
    walk::for_each_stmt(code, &mut |stmt| match stmt {
        Stmt::Reaction(reaction) => {
            reaction
                .reactants
                .iter()
                .chain(&reaction.products)
                .for_each(|s| note(s.place));
        }
        Stmt::Conserve { terms, .. } => terms.iter().for_each(|s| note(s.place)),
        _ => {}
    });
    states.sort_by_key(|place| match place {
        Place::Column(column) => *column,
        _ => u32::MAX,
    });
    states
}

/// For each CONSERVE, in order, the row that it replaces. As in NEURON, the last CONSERVE of the text
/// chooses first, and takes the last of its states that is no element of an array (which NEURON does
/// not allow; here it may, if there is no other).
fn conserved_rows(
    module: &Module,
    code: &Block,
    states: &[Place],
    span: crate::source::Span,
) -> Result<Vec<usize>, Diagnostic> {
    let mut sums = Vec::new();
    walk::for_each_stmt(code, &mut |stmt| {
        if let Stmt::Conserve { terms, .. } = stmt {
            sums.push(terms);
        }
    });
    let mut rows = Vec::new();
    for terms in sums.iter().rev() {
        let names = || terms.iter().map(|t| solve::column_name(module, t.place));
        let free = |arrays: bool| {
            terms.iter().rev().find_map(|term| {
                let row = states.iter().position(|state| *state == term.place)?;
                let array = solve::column_name(module, term.place).ends_with(']');
                (array == arrays && !rows.contains(&row)).then_some(row)
            })
        };
        match free(false).or_else(|| free(true)) {
            Some(row) => rows.push(row),
            None => {
                let sum: Vec<String> = names().collect();
                return Err(Diagnostic::new(
                    Code::CannotSolve,
                    format!("CONSERVE {} leaves no equation to replace", sum.join(" + ")),
                )
                .at(span, "solved here")
                .help("each CONSERVE needs a STATE that no other CONSERVE has taken"));
            }
        }
    }
    rows.reverse();
    Ok(rows)
}

/// The states that `site` solves as NEURON lists them. Of a KINETIC block those come first whose equations
/// are replaced, from the last CONSERVE to the first, then the others by the first letter of their
/// names (A to Z before a to z) and, where that is the same, from the last declared to the first.
pub(crate) fn listed(module: &Module, site: Site, states: &[Place]) -> Vec<Place> {
    let function = &module.functions[site.block.index()];
    if function.kind != FunctionKind::Kinetic {
        return states.to_vec();
    }
    let span = solve::span(module, site);
    let conserved = conserved_rows(module, &function.body.block, states, span);
    let rows = conserved.unwrap_or_default().into_iter().rev();
    let mut listed: Vec<Place> = rows.map(|row| states[row]).collect();
    let key = |place: &Place| {
        let name = solve::column_name(module, *place);
        let base = name.split('[').next().unwrap_or_default();
        let variables = &module.mechanism.variables;
        let declared = variables.iter().position(|v| v.name == base);
        (base.bytes().next(), Reverse(declared))
    };
    let mut others: Vec<Place> = states.to_vec();
    others.retain(|state| !listed.contains(state));
    others.sort_by_key(key);
    listed.extend(others);
    listed
}

/// A state that has a flux from outside although a CONSERVE has replaced its equation.
fn conserved_inflow(
    module: &Module,
    code: &Block,
    states: &[Place],
    conserved: &[usize],
    span: crate::source::Span,
) -> Result<(), Diagnostic> {
    let mut fault = None;
    walk::for_each_stmt(code, &mut |stmt| {
        if let Stmt::Reaction(reaction) = stmt
            && reaction.inflow
            && conserved
                .iter()
                .any(|&row| states[row] == reaction.reactants[0].place)
        {
            fault = Some(reaction.reactants[0].place);
        }
    });
    let Some(state) = fault else { return Ok(()) };
    let state = solve::column_name(module, state);
    Err(Diagnostic::new(
        Code::CannotSolve,
        format!("`{state}` is conserved and has a flux"),
    )
    .at(span, "solved here")
    .help(format!(
        "the flux would be lost: take `{state}` out of CONSERVE"
    )))
}

/// Whether no side of a reaction multiplies states.
fn is_linear(states: &[Place], code: &Block) -> bool {
    let mut linear = true;
    walk::for_each_stmt(code, &mut |stmt| {
        if let Stmt::Reaction(reaction) = stmt {
            let order = |side: &[Species]| -> f64 {
                side.iter()
                    .filter(|s| states.contains(&s.place))
                    .map(|s| s.coefficient)
                    .sum()
            };
            linear &= order(&reaction.reactants) <= 1.0;
            linear &= reaction.backward.is_none() || order(&reaction.products) <= 1.0;
        }
    });
    linear
}

/// Whether rates or other values of the scheme may depend on its states.
fn reads_states(body: &Body, states: &[Place], code: &Block) -> bool {
    let mut seen = Visited::new();
    let mut found = false;
    walk::for_each_stmt(code, &mut |stmt| {
        stmt.for_each_expr(|root| {
            found |= seen
                .reach(&body.exprs, root)
                .iter()
                .any(|id| match body.exprs[*id] {
                    Expr::Load(place) => states.iter().any(|s| *s == place || s.may_alias(place)),
                    _ => false,
                });
        });
    });
    found
}

/// Whether there is a COMPARTMENT in the statement.
fn says_volume(stmt: &Stmt) -> bool {
    let mut found = false;
    walk::for_each_stmt(std::slice::from_ref(stmt), &mut |inner| {
        found |= matches!(inner, Stmt::Compartment(..));
    });
    found
}

struct Scheme<'s> {
    code: &'s Block,
    states: &'s [Place],
    conserved: &'s [usize],
    old: &'s [LocalId],
    step: LocalId,
    site: Site,
    /// Instead of the residual: where the right-hand side of each row is, of the equations of a
    /// variable step.
    given: Option<&'s [Place]>,
}

/// The system while a block's statements are turned into contributions.
struct Assembly<'s> {
    scheme: &'s Scheme<'s>,
    system: LinearSystem,
    clear: Block,
    conserve_seen: usize,
    /// Branches and loops around the present statement.
    depth: usize,
    /// Volume of each state, if it has one.
    volumes: Vec<Option<LocalId>>,
}

impl Scheme<'_> {
    fn row(&self, place: Place) -> Option<usize> {
        self.states.iter().position(|state| *state == place)
    }

    /// One Newton step: the states are corrected. Gives the sum of |corrections|.
    fn correct(&self, body: &mut Body, clamp: bool, out: &mut Block) -> Result<ExprId, TooLarge> {
        let solution = self.solve(body, out)?;
        let mut sum = body.exprs.f64(0.0);
        for (state, delta) in self.states.iter().zip(solution) {
            let (x, delta) = (body.exprs.load(*state), body.exprs.local(delta));
            let mut new = body.exprs.binary(BinaryOp::Add, x, delta);
            if clamp {
                let zero = body.exprs.f64(0.0);
                let negative = body.exprs.binary(BinaryOp::Lt, new, zero);
                new = body.exprs.add(Expr::Select(negative, zero, new));
            }
            out.push(Stmt::Store(*state, new));
            let size = body.exprs.call1(Builtin::Abs, delta);
            sum = body.exprs.binary(BinaryOp::Add, sum, size);
        }
        Ok(sum)
    }

    /// The linearized equations, solved.
    fn solve(&self, body: &mut Body, out: &mut Block) -> Result<Vec<LocalId>, TooLarge> {
        let mut clear = Vec::new();
        let system = LinearSystem::new(body, self.states.len(), &mut clear);
        let mut assembly = Assembly {
            scheme: self,
            system,
            clear,
            conserve_seen: 0,
            depth: 0,
            volumes: vec![None; self.states.len()],
        };
        // Volumes come first in the code; capacities need them.
        let split = self
            .code
            .iter()
            .rposition(says_volume)
            .map_or(0, |last| last + 1);
        let mut volumes = Vec::new();
        assembly.block(body, &self.code[..split], &mut volumes);
        let mut assembled = Vec::new();
        assembly.capacities(body, &mut assembled);
        assembly.block(body, &self.code[split..], &mut assembled);
        out.extend(assembly.clear);
        out.extend(volumes);
        out.extend(assembled);
        assembly.system.solve(body, self.site.place, out)
    }

    fn iterate(&self, body: &mut Body, out: &mut Block) -> Result<(), TooLarge> {
        newton::converge(body, self.site.place, MOST_ROUNDS, out, |body, out| {
            self.correct(body, true, out)
        })
    }

    /// Steps until the states stay. Rate constants that depend on states may keep them from it: then the
    /// last round is what remains, as in NEURON.
    fn settle(&self, body: &mut Body, out: &mut Block) -> Result<(), TooLarge> {
        let one = body.exprs.f64(1.0);
        let change = assign_new(body, "change", one, out);
        let (size, limit) = (body.exprs.local(change), body.exprs.f64(newton::CONVERGED));
        let going = body.exprs.binary(BinaryOp::Gt, size, limit);
        newton::repeat_while(body, going, MOST_ROUNDS + 1.0, out, |body, out| {
            let size = self.correct(body, true, out)?;
            out.push(Stmt::Assign(change, size));
            Ok(())
        })
    }

    /// Single Newton steps, each from where the last one ended, until no state is below
    /// [`NEGATIVE`]; those that are become 0.
    fn approach(&self, body: &mut Body, out: &mut Block) -> Result<(), TooLarge> {
        let (zero, one) = (body.exprs.f64(0.0), body.exprs.f64(1.0));
        let negative = assign_new(body, "negative", one, out);
        let any_negative = body.exprs.local(negative);
        let going = body.exprs.binary(BinaryOp::Ne, any_negative, zero);
        newton::repeat_while(body, going, STEADYSTATE_STEPS, out, |body, out| {
            self.restart(body, out);
            self.correct(body, false, out)?;
            let mut any = zero;
            let limit = body.exprs.f64(NEGATIVE);
            for state in self.states {
                let x = body.exprs.load(*state);
                let below = body.exprs.binary(BinaryOp::Lt, x, limit);
                any = body.exprs.add(Expr::Select(below, one, any));
            }
            out.push(Stmt::Assign(negative, any));
            for state in self.states {
                let x = body.exprs.load(*state);
                let below = body.exprs.binary(BinaryOp::Lt, x, limit);
                let value = body.exprs.add(Expr::Select(below, zero, x));
                out.push(Stmt::Store(*state, value));
            }
            Ok(())
        })?;
        self.restart(body, out);
        Ok(())
    }

    fn restart(&self, body: &mut Body, out: &mut Block) {
        for (state, old) in self.states.iter().zip(self.old) {
            let x = body.exprs.load(*state);
            out.push(Stmt::Assign(*old, x));
        }
    }

    /// The block with fluxes, but without a system: for what it assigns.
    fn evaluate_only(&self, body: &mut Body) -> Block {
        fn strip(body: &mut Body, block: &Block) -> Block {
            let mut out = Vec::new();
            for stmt in block {
                match stmt {
                    Stmt::Reaction(reaction) => fluxes(body, reaction, &mut out),
                    Stmt::Compartment(..) | Stmt::Conserve { .. } => {}
                    other => {
                        let mut copy = other.clone();
                        for inner in walk::blocks_mut(&mut copy) {
                            *inner = strip(body, &std::mem::take(inner));
                        }
                        out.push(copy);
                    }
                }
            }
            out
        }
        strip(body, self.code)
    }
}

impl Assembly<'_> {
    fn block(&mut self, body: &mut Body, block: &[Stmt], out: &mut Block) {
        for stmt in block {
            match stmt {
                Stmt::Reaction(reaction) => self.reaction(body, reaction, out),
                Stmt::Conserve { terms, total } => self.conserve(body, terms, *total, out),
                Stmt::Compartment(place, volume) => {
                    if let Some(row) = self.scheme.row(*place) {
                        let local = self.volumes[row].unwrap_or_else(|| {
                            let local = body.local("volume", Type::F64);
                            if self.depth > 0 {
                                // It may not be reached.
                                let one = body.exprs.f64(1.0);
                                self.clear.push(Stmt::Assign(local, one));
                            }
                            local
                        });
                        self.volumes[row] = Some(local);
                        out.push(Stmt::Assign(local, *volume));
                    }
                }
                other => {
                    let mut copy = other.clone();
                    for inner in walk::blocks_mut(&mut copy) {
                        let source = std::mem::take(inner);
                        self.depth += 1;
                        self.block(body, &source, inner);
                        self.depth -= 1;
                    }
                    out.push(copy);
                }
            }
        }
    }

    /// V/dt on the diagonal, -V/dt·(x - x₀) on the right.
    fn capacities(&mut self, body: &mut Body, out: &mut Block) {
        let scheme = self.scheme;
        for (row, state) in scheme.states.iter().enumerate() {
            if scheme.conserved.contains(&row) {
                continue;
            }
            let one = body.exprs.f64(1.0);
            let step = body.exprs.local(scheme.step);
            let per_time = body.exprs.binary(BinaryOp::Div, one, step);
            let mut rhs = match scheme.given {
                Some(given) => {
                    let b = body.exprs.load(given[row]);
                    body.exprs.binary(BinaryOp::Mul, per_time, b)
                }
                None => {
                    let (x, old) = (body.exprs.load(*state), body.exprs.local(scheme.old[row]));
                    let moved = body.exprs.binary(BinaryOp::Sub, x, old);
                    let lost = body.exprs.binary(BinaryOp::Mul, per_time, moved);
                    body.exprs.unary(UnaryOp::Neg, lost)
                }
            };
            let mut diagonal = per_time;
            if let Some(volume) = self.volumes[row] {
                let volume = body.exprs.local(volume);
                rhs = body.exprs.binary(BinaryOp::Mul, rhs, volume);
                diagonal = body.exprs.binary(BinaryOp::Mul, diagonal, volume);
            }
            self.add_rhs(body, row, rhs, out);
            self.add_entry(body, row, row, diagonal, out);
        }
    }

    fn reaction(&mut self, body: &mut Body, reaction: &Reaction, out: &mut Block) {
        fluxes(body, reaction, out);
        let (f, b) = (
            body.exprs.local(reaction.f_flux),
            body.exprs.local(reaction.b_flux),
        );
        let residual = self.scheme.given.is_none();
        if reaction.inflow {
            if residual && let Some(row) = self.free_row(reaction.reactants[0].place) {
                self.add_rhs(body, row, b, out);
            }
            return;
        }
        let net = body.exprs.binary(BinaryOp::Sub, f, b);
        // Loss of the left, gain of the right.
        let changes: Vec<(usize, f64)> = reaction
            .reactants
            .iter()
            .map(|s| (s, -s.coefficient))
            .chain(reaction.products.iter().map(|s| (s, s.coefficient)))
            .filter_map(|(s, sign)| Some((self.free_row(s.place)?, sign)))
            .collect();
        for &(row, sign) in changes.iter().filter(|_| residual) {
            let value = scale(body, net, sign);
            self.add_rhs(body, row, value, out);
        }
        // The matrix holds -∂(change)/∂x.
        let sides = [
            (Some(reaction.forward), &reaction.reactants, -1.0),
            (reaction.backward, &reaction.products, 1.0),
        ];
        for (rate, side, direction) in sides {
            let Some(rate) = rate else { continue };
            for species in side {
                let Some(column) = self.scheme.row(species.place) else {
                    continue;
                };
                let slope = slope_of(body, rate, side, species);
                let slope = assign_new(body, "slope", slope, out);
                let slope = body.exprs.local(slope);
                for &(row, sign) in &changes {
                    let value = scale(body, slope, sign * direction);
                    self.add_entry(body, row, column, value, out);
                }
            }
        }
    }

    fn conserve(&mut self, body: &mut Body, terms: &[Species], total: ExprId, out: &mut Block) {
        if self.scheme.given.is_some() {
            return;
        }
        let row = self.scheme.conserved[self.conserve_seen];
        self.conserve_seen += 1;
        let mut rest = total;
        for term in terms {
            let x = body.exprs.load(term.place);
            let column = self.scheme.row(term.place);
            let mut weight = body.exprs.f64(term.coefficient);
            if let Some(volume) = column.and_then(|c| self.volumes[c]) {
                let volume = body.exprs.local(volume);
                weight = scale(body, volume, term.coefficient);
            }
            let amount = body.exprs.binary(BinaryOp::Mul, weight, x);
            rest = body.exprs.binary(BinaryOp::Sub, rest, amount);
            if let Some(column) = column {
                self.add_entry(body, row, column, weight, out);
            }
        }
        self.add_rhs(body, row, rest, out);
    }

    /// The row of a state whose equation is its own.
    fn free_row(&self, place: Place) -> Option<usize> {
        self.scheme
            .row(place)
            .filter(|row| !self.scheme.conserved.contains(row))
    }

    fn add_rhs(&mut self, body: &mut Body, row: usize, value: ExprId, out: &mut Block) {
        add(body, self.system.rhs(row), value, out);
    }

    fn add_entry(
        &mut self,
        body: &mut Body,
        row: usize,
        column: usize,
        value: ExprId,
        out: &mut Block,
    ) {
        let entry = self.system.entry(body, row, column, &mut self.clear);
        add(body, entry, value, out);
    }
}

fn add(body: &mut Body, target: LocalId, value: ExprId, out: &mut Block) {
    let old = body.exprs.local(target);
    let new = body.exprs.binary(BinaryOp::Add, old, value);
    out.push(Stmt::Assign(target, new));
}

pub(crate) fn scale(body: &mut Body, value: ExprId, factor: f64) -> ExprId {
    if factor == 1.0 {
        value
    } else if factor == -1.0 {
        body.exprs.unary(UnaryOp::Neg, value)
    } else {
        let factor = body.exprs.f64(factor);
        body.exprs.binary(BinaryOp::Mul, factor, value)
    }
}

/// Assigns f_flux and b_flux.
pub(crate) fn fluxes(body: &mut Body, reaction: &Reaction, out: &mut Block) {
    let zero = body.exprs.f64(0.0);
    let (forward, backward) = if reaction.inflow {
        (zero, reaction.forward)
    } else {
        let forward = flux(body, reaction.forward, &reaction.reactants);
        let backward = reaction
            .backward
            .map(|rate| flux(body, rate, &reaction.products));
        (forward, backward.unwrap_or(zero))
    };
    out.push(Stmt::Assign(reaction.f_flux, forward));
    out.push(Stmt::Assign(reaction.b_flux, backward));
}

/// rate · Π x^coefficient
fn flux(body: &mut Body, rate: ExprId, side: &[Species]) -> ExprId {
    let mut product = rate;
    for species in side {
        let x = body.exprs.load(species.place);
        for _ in 0..species.coefficient as i64 {
            product = body.exprs.binary(BinaryOp::Mul, product, x);
        }
    }
    product
}

/// ∂flux/∂x of one species.
fn slope_of(body: &mut Body, rate: ExprId, side: &[Species], of: &Species) -> ExprId {
    let mut product = rate;
    if of.coefficient != 1.0 {
        let coefficient = body.exprs.f64(of.coefficient);
        product = body.exprs.binary(BinaryOp::Mul, product, coefficient);
    }
    for species in side {
        let times = species.coefficient as i64 - i64::from(species.place == of.place);
        let x = body.exprs.load(species.place);
        for _ in 0..times {
            product = body.exprs.binary(BinaryOp::Mul, product, x);
        }
    }
    product
}

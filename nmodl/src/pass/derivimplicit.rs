//! `derivimplicit`: one step of backward Euler, x = x₀ + dt·f(x), by Newton's method.
//!
//! The Jacobian is exact (see [`super::forward`]) and its elimination straight-line code. Where
//! all equations are linear in the states, one Newton step is the solution and there is no
//! iteration. Else the iteration ends when no state changes by more than 10⁻⁶ of itself, and
//! fails after 50 rounds, as in NEURON.
//!
//! With `secondorder`, the step is made over dt/2 and the change doubled.

use super::derive::depends_on;
use super::euler::hold_rates;
use super::forward::{Direction, differentiate};
use super::import::Import;
use super::linear_system::{LinearSystem, TooLarge};
use super::newton;
use super::solve::{self, Site, assign_new, extrapolate};
use crate::diagnostic::Diagnostic;
use crate::ir::{
    BinaryOp, Block, Body, Builtin, Expr, ExprId, Exprs, LocalId, Method, Module, Place, Stmt, walk,
};

const SMALL_STATE: f64 = 1e-8;
const MOST_ROUNDS: f64 = 50.0;
const MOST_STATES: usize = 200;
/// Statements times states: each statement is differentiated by each state.
const MOST_STATEMENTS: usize = 200_000;

pub(crate) fn run(module: &mut Module) -> Result<(), Vec<Diagnostic>> {
    solve::replace(module, Method::Derivimplicit, &mut |module, body, site| {
        expand(module, body, site).map(Some)
    })
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Result<Block, Diagnostic> {
    let equations = &module.functions[site.block.index()].body;
    let import = Import::new(body, equations);
    let mut block = import.block(&equations.block);
    let mut rates = Vec::new();
    hold_rates(body, &mut block, &mut rates);
    if rates.iter().any(|(state, _)| state.index().is_some()) {
        return Err(solve::unknown_element(module, site));
    }
    let mut statements = 0;
    walk::for_each_stmt(&block, &mut |_| statements += 1);
    if rates.len() > MOST_STATES || rates.len() * statements > MOST_STATEMENTS {
        return Err(solve::too_large(
            module,
            site,
            format!("{} coupled states in {statements} statements", rates.len()),
            format!("at most {MOST_STATES} states can be solved together"),
        ));
    }
    let states: Vec<Place> = rates.iter().map(|(state, _)| *state).collect();
    let mut out = Vec::new();
    let step = solve::implicit_step(body, site);
    let step = assign_new(body, "step", step, &mut out);
    let old: Vec<LocalId> = states
        .iter()
        .map(|state| {
            let value = body.exprs.load(*state);
            assign_new(body, "old", value, &mut out)
        })
        .collect();
    let mut shadows = Vec::new();
    let directions: Vec<Direction> = states
        .iter()
        .map(|state| Direction::new(body, &block, *state, &mut shadows))
        .collect();
    let linear = is_linear(body, &block, &states, &rates, &directions);
    let plain = block.clone();
    let mut evaluation = clear_rates(body, &rates);
    evaluation.extend(shadows);
    evaluation.extend(differentiate(body, block, &directions));
    let newton = Newton {
        states: &states,
        rates: &rates,
        old: &old,
        step,
        directions: &directions,
        site,
    };
    let solved = if linear {
        out.extend(evaluation);
        newton.correct(body, &mut out).map(drop)
    } else {
        newton.iterate(body, evaluation, &mut out)
    };
    solved.map_err(|large| large.diagnostic(module, site))?;
    if stores_more_than_states(&plain, &states) {
        // Other variables that the block computes belong to the new states.
        out.extend(clear_rates(body, &rates));
        out.extend(plain);
    }
    if site.in_state_kernel && !site.steadystate {
        extrapolate(body, &states, &old, &mut out);
    }
    Ok(out)
}

struct Newton<'n> {
    states: &'n [Place],
    rates: &'n [(Place, LocalId)],
    old: &'n [LocalId],
    step: LocalId,
    directions: &'n [Direction],
    site: Site,
}

impl Newton<'_> {
    /// Solves (1 - dt·J)·δ = x₀ + dt·f(x) - x and adds δ to the states. Gives the corrections.
    fn correct(&self, body: &mut Body, out: &mut Block) -> Result<Vec<LocalId>, TooLarge> {
        let n = self.states.len();
        let mut system = LinearSystem::new(body, n, out);
        for row in 0..n {
            let (step, rate) = (
                body.exprs.local(self.step),
                body.exprs.local(self.rates[row].1),
            );
            let x = body.exprs.load(self.states[row]);
            let old = body.exprs.local(self.old[row]);
            let change = body.exprs.binary(BinaryOp::Mul, step, rate);
            let moved = body.exprs.binary(BinaryOp::Sub, x, old);
            let residual = body.exprs.binary(BinaryOp::Sub, change, moved);
            out.push(Stmt::Assign(system.rhs(row), residual));
            for (column, direction) in self.directions.iter().enumerate() {
                let slope = direction
                    .local(self.rates[row].1)
                    .map(|s| body.exprs.local(s));
                if slope.is_none() && row != column {
                    continue;
                }
                let unit = body.exprs.f64(if row == column { 1.0 } else { 0.0 });
                let value = match slope {
                    Some(slope) => {
                        let scaled = body.exprs.binary(BinaryOp::Mul, step, slope);
                        body.exprs.binary(BinaryOp::Sub, unit, scaled)
                    }
                    None => unit,
                };
                let entry = system.entry(body, row, column, &mut Vec::new());
                out.push(Stmt::Assign(entry, value));
            }
        }
        let solution = system.solve(body, self.site.place, out)?;
        for (state, delta) in self.states.iter().zip(&solution) {
            let (x, delta) = (body.exprs.load(*state), body.exprs.local(*delta));
            let new = body.exprs.binary(BinaryOp::Add, x, delta);
            out.push(Stmt::Store(*state, new));
        }
        Ok(solution)
    }

    fn iterate(&self, body: &mut Body, evaluation: Block, out: &mut Block) -> Result<(), TooLarge> {
        newton::converge(body, self.site.place, MOST_ROUNDS, out, |body, out| {
            out.extend(evaluation);
            let solution = self.correct(body, out)?;
            let zero = body.exprs.f64(0.0);
            let largest = assign_new(body, "largest", zero, out);
            let so_far = body.exprs.local(largest);
            for (state, delta) in self.states.iter().zip(solution) {
                let relative = relative_change(body, *state, delta);
                // The larger of the two, or NaN if one is.
                let smaller = body.exprs.binary(BinaryOp::Le, relative, so_far);
                let lost = body.exprs.binary(BinaryOp::Ne, so_far, so_far);
                let keep = body.exprs.binary(BinaryOp::Or, smaller, lost);
                let value = body.exprs.add(Expr::Select(keep, so_far, relative));
                out.push(Stmt::Assign(largest, value));
            }
            Ok(so_far)
        })
    }
}

/// |δ/x| before the correction, 0 for a state near 0.
fn relative_change(body: &mut Body, state: Place, delta: LocalId) -> ExprId {
    let (x, delta) = (body.exprs.load(state), body.exprs.local(delta));
    let before = body.exprs.binary(BinaryOp::Sub, x, delta);
    let size = body.exprs.call1(Builtin::Abs, before);
    let small = body.exprs.f64(SMALL_STATE);
    let near_zero = body.exprs.binary(BinaryOp::Le, size, small);
    let ratio = body.exprs.binary(BinaryOp::Div, delta, before);
    let ratio = body.exprs.call1(Builtin::Abs, ratio);
    let zero = body.exprs.f64(0.0);
    body.exprs.add(Expr::Select(near_zero, zero, ratio))
}

fn clear_rates(body: &mut Body, rates: &[(Place, LocalId)]) -> Block {
    let zero = body.exprs.f64(0.0);
    rates
        .iter()
        .map(|(_, rate)| Stmt::Assign(*rate, zero))
        .collect()
}

/// Whether the derivatives are straight-line expressions whose slopes do not depend on a state.
fn is_linear(
    body: &mut Body,
    block: &Block,
    states: &[Place],
    rates: &[(Place, LocalId)],
    directions: &[Direction],
) -> bool {
    // Only the rates themselves may depend on states: then each is one expression.
    let mut simple = true;
    let mut values = Vec::new();
    for stmt in block {
        match stmt {
            Stmt::Assign(local, value) => {
                if rates.iter().any(|(_, rate)| rate == local) {
                    values.push(*value);
                } else {
                    simple &= directions.iter().all(|d| d.local(*local).is_none());
                }
            }
            Stmt::Store(place, value) => {
                simple &= !states.iter().any(|state| state.may_alias(*place));
                for direction in directions {
                    simple &= direction.derivative(&mut body.exprs, *value).is_none();
                }
            }
            other => {
                let mut touches = false;
                walk::for_each_stmt(std::slice::from_ref(other), &mut |inner| {
                    touches |= match inner {
                        Stmt::Assign(local, _) => {
                            rates.iter().any(|(_, rate)| rate == local)
                                || directions.iter().any(|d| d.local(*local).is_some())
                        }
                        Stmt::Store(..) => true,
                        _ => false,
                    };
                });
                simple &= !touches;
            }
        }
    }
    simple
        && values.iter().all(|value| {
            directions.iter().all(
                |direction| match direction.derivative(&mut body.exprs, *value) {
                    None => true,
                    Some(slope) => !loads_any(&body.exprs, slope, states),
                },
            )
        })
}

/// Whether `expr` loads one of `places`, or an element of an array that may be one of them.
fn loads_any(exprs: &Exprs, expr: ExprId, places: &[Place]) -> bool {
    let is_state = |place: &Place| places.iter().any(|state| state.may_alias(*place));
    let mut loads = exprs
        .iter()
        .filter(|(_, e)| matches!(e, Expr::Load(place) if is_state(place)));
    loads.any(|(load, _)| depends_on(exprs, expr, load))
}

fn stores_more_than_states(block: &Block, states: &[Place]) -> bool {
    let mut found = false;
    walk::for_each_stmt(block, &mut |stmt| {
        if let Stmt::Store(place, _) = stmt {
            found |= !states.contains(place);
        }
    });
    found
}

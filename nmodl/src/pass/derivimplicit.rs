//! `derivimplicit`: one step of backward Euler, x = x₀ + dt·f(x), by Newton's method.
//!
//! The Jacobian is exact (see [`super::forward`]) and its elimination straight-line code. Where
//! all equations are linear in the states, one Newton step is the solution and there is no
//! iteration. Else the iteration ends when no state changes by more than 10⁻⁶ of itself, and
//! fails after 50 rounds, as in NEURON.
//!
//! With `secondorder`, dt is half as long (`solve`), and the change is doubled.

use super::derive::depends_on;
use super::forward::{Direction, differentiate};
use super::linear_system::{LinearSystem, TooLarge};
use super::newton;
use super::rates::Rates;
use super::solve::{self, Site, assign_new, changes_since, extrapolate};
use crate::diagnostic::Diagnostic;
use crate::ir::{
    BinaryOp, Block, Body, Expr, ExprId, Exprs, LocalId, Method, Module, Place, SimVar, Stmt, walk,
};

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    solve::replace(module, Method::Derivimplicit, &mut expand)
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Result<Block, Diagnostic> {
    let equations = Rates::new(module, body, site)?;
    let (states, rates) = (&equations.states, &equations.rates);
    newton::check_size(module, site, rates.len(), &equations.code)?;
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
        .map(|state| Direction::new(body, &equations.code, *state, &mut shadows))
        .collect();
    let linear = is_linear(body, &equations, &directions);
    let mut evaluation = equations.clear.clone();
    evaluation.extend(shadows);
    evaluation.extend(differentiate(body, equations.code.clone(), &directions));
    let newton = Newton {
        states,
        rates,
        old: &old,
        step,
        directions: &directions,
        site,
    };
    let solved = if linear {
        out.extend(evaluation);
        newton.correct(body, false, &mut out).map(drop)
    } else {
        newton.iterate(body, evaluation, &mut out)
    };
    solved.map_err(|large| large.diagnostic(module, site))?;
    if solve::stores_more_than(&equations.code, states) {
        // Other variables that the block computes belong to the new states.
        out.extend(equations.evaluation());
    }
    if site.in_state_kernel && !site.steadystate {
        let changes = changes_since(body, states, &old);
        extrapolate(body, states, &changes, &mut out);
    }
    Ok(out)
}

/// The derivatives of a block with J, how they depend on the states.
pub(crate) struct Differentiated {
    /// Computes both.
    pub(crate) code: Block,
    /// Row and column of each element of J that may differ from zero, and the local that holds it.
    pub(crate) slopes: Vec<(usize, usize, LocalId)>,
}

/// The derivatives of the block that `site` solves, with J.
pub(crate) fn differentiated(
    module: &Module,
    body: &mut Body,
    site: Site,
    equations: &Rates,
) -> Result<Differentiated, Diagnostic> {
    let (states, rates) = (&equations.states, &equations.rates);
    newton::check_size(module, site, rates.len(), &equations.code)?;
    let mut code = equations.clear.clone();
    let directions: Vec<Direction> = states
        .iter()
        .map(|state| Direction::new(body, &equations.code, *state, &mut code))
        .collect();
    code.extend(differentiate(body, equations.code.clone(), &directions));
    let mut slopes = Vec::new();
    for (row, rate) in rates.iter().enumerate() {
        let each = directions.iter().enumerate();
        slopes.extend(each.filter_map(|(column, d)| Some((row, column, d.local(*rate)?))));
    }
    Ok(Differentiated { code, slopes })
}

/// Solves (1 - γ·J)·x = b for the derivatives of the block that `site` solves: γ is `dt`, and b and
/// then x are in the column that `column` gives for each state.
pub(crate) fn linearized(
    module: &Module,
    body: &mut Body,
    site: Site,
    column: &dyn Fn(Place) -> Option<Place>,
) -> Result<Block, Diagnostic> {
    let equations = Rates::new(module, body, site)?;
    let made = differentiated(module, body, site, &equations)?;
    let each = made.slopes.into_iter();
    let slopes: Vec<_> = each
        .map(|(row, column, slope)| (row, column, body.exprs.local(slope)))
        .collect();
    let mut out = made.code;
    let solution = eliminated(module, body, site, &equations.states, &slopes, column)?;
    out.extend(solution);
    Ok(out)
}

/// The same with the elements of J as they are given; the others are zero.
pub(crate) fn eliminated(
    module: &Module,
    body: &mut Body,
    site: Site,
    states: &[Place],
    slopes: &[(usize, usize, ExprId)],
    column: &dyn Fn(Place) -> Option<Place>,
) -> Result<Block, Diagnostic> {
    let mut out = Vec::new();
    let gamma = body.exprs.load(Place::Sim(SimVar::Dt));
    let gamma = assign_new(body, "gamma", gamma, &mut out);
    let mut system = LinearSystem::new(body, states.len(), &mut out);
    for (row, state) in states.iter().enumerate() {
        if let Some(b) = column(*state) {
            let b = body.exprs.load(b);
            out.push(Stmt::Assign(system.rhs(row), b));
        }
        let in_row = slopes.iter().filter(|slope| slope.0 == row);
        let in_row: Vec<_> = in_row.map(|slope| (slope.1, slope.2)).collect();
        fill_row(body, &mut system, true, row, gamma, &in_row, &mut out);
    }
    let solution = system.solve(body, site.place, &mut out);
    let solution = solution.map_err(|large| large.diagnostic(module, site))?;
    for (state, x) in states.iter().zip(solution) {
        if let Some(place) = column(*state) {
            let x = body.exprs.local(x);
            out.push(Stmt::Store(place, x));
        }
    }
    Ok(out)
}

/// The entries of 1 - step·J in a row, whose elements of J are given with their columns. If `guarded`, a slope that
/// has no value at the present state (that of a/(b/x) at x = 0) counts as 0: what is solved is right if
/// the equations hold already, and else Newton's next round is somewhere else.
fn fill_row(
    body: &mut Body,
    system: &mut LinearSystem,
    guarded: bool,
    row: usize,
    step: LocalId,
    slopes: &[(usize, ExprId)],
    out: &mut Block,
) {
    let mut columns: Vec<usize> = slopes.iter().map(|slope| slope.0).collect();
    columns.push(row);
    columns.sort_unstable();
    columns.dedup();
    for column in columns {
        let slope = slopes.iter().find(|slope| slope.0 == column).map(|s| s.1);
        let unit = body.exprs.f64(if row == column { 1.0 } else { 0.0 });
        let value = match slope {
            Some(slope) => {
                let slope = if guarded {
                    let zero = body.exprs.f64(0.0);
                    let exists = body.exprs.binary(BinaryOp::Eq, slope, slope);
                    body.exprs.add(Expr::Select(exists, slope, zero))
                } else {
                    slope
                };
                let step = body.exprs.local(step);
                let scaled = body.exprs.binary(BinaryOp::Mul, step, slope);
                body.exprs.binary(BinaryOp::Sub, unit, scaled)
            }
            None => unit,
        };
        let entry = system.entry(body, row, column, &mut Vec::new());
        out.push(Stmt::Assign(entry, value));
    }
}

struct Newton<'n> {
    states: &'n [Place],
    rates: &'n [LocalId],
    old: &'n [LocalId],
    step: LocalId,
    directions: &'n [Direction],
    site: Site,
}

impl Newton<'_> {
    /// Solves (1 - dt·J)·δ = x₀ + dt·f(x) - x and adds δ to the states. Gives the corrections.
    fn correct(
        &self,
        body: &mut Body,
        guarded: bool,
        out: &mut Block,
    ) -> Result<Vec<LocalId>, TooLarge> {
        let n = self.states.len();
        let mut system = LinearSystem::new(body, n, out);
        for row in 0..n {
            let (step, rate) = (
                body.exprs.local(self.step),
                body.exprs.local(self.rates[row]),
            );
            let x = body.exprs.load(self.states[row]);
            let old = body.exprs.local(self.old[row]);
            let change = body.exprs.binary(BinaryOp::Mul, step, rate);
            let moved = body.exprs.binary(BinaryOp::Sub, x, old);
            let residual = body.exprs.binary(BinaryOp::Sub, change, moved);
            out.push(Stmt::Assign(system.rhs(row), residual));
            let each = self.directions.iter().enumerate();
            let slopes: Vec<_> = each
                .filter_map(|(column, d)| Some((column, d.local(self.rates[row])?)))
                .map(|(column, slope)| (column, body.exprs.local(slope)))
                .collect();
            fill_row(body, &mut system, guarded, row, self.step, &slopes, out);
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
        newton::converge(
            body,
            self.site.place,
            newton::MOST_ROUNDS,
            out,
            |body, out| {
                out.extend(evaluation);
                let solution = self.correct(body, true, out)?;
                let mut largest = body.exprs.f64(0.0);
                for (state, delta) in self.states.iter().zip(solution) {
                    let delta = body.exprs.local(delta);
                    largest = newton::larger_change(body, largest, *state, delta, out);
                }
                Ok(largest)
            },
        )
    }
}

/// Whether the derivatives are straight-line expressions whose slopes do not depend on a state.
fn is_linear(body: &mut Body, equations: &Rates, directions: &[Direction]) -> bool {
    let (states, rates) = (&equations.states, &equations.rates);
    // Only the rates themselves may depend on states: then each is one expression.
    let mut simple = true;
    let mut values = Vec::new();
    for stmt in &equations.code {
        match stmt {
            Stmt::Assign(local, value) => {
                if rates.contains(local) {
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
                            rates.contains(local)
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

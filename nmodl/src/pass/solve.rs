//! What the passes of all SOLVE methods share.

use super::derive::substitute_in;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    BinaryOp, Block, Body, Expr, ExprId, FunctionId, KernelKind, LocalId, Method, Module, Place,
    PlaceId, SimVar, Stmt, Type, walk,
};
use crate::mechanism::{Role, Storage, Variable};
use crate::source::Span;

/// One SOLVE that a pass replaces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site {
    /// The equations.
    pub(crate) block: FunctionId,
    /// STEADYSTATE.
    pub(crate) steadystate: bool,
    /// Where the statement stands.
    pub(crate) place: PlaceId,
    /// In the state kernel, where implicit methods honour `secondorder`.
    pub(crate) in_state_kernel: bool,
}

/// Gives the statements of a SOLVE.
pub(crate) type Expand<'e> = dyn FnMut(&Module, &mut Body, Site) -> Result<Block, Diagnostic> + 'e;

/// Replaces every SOLVE by `method` in the kernels. Gives what cannot be solved, once for each
/// place in the source.
pub(crate) fn replace(
    module: &mut Module,
    method: Method,
    expand: &mut Expand<'_>,
) -> Vec<Diagnostic> {
    let mut errors = Vec::new();
    let mut refused = Vec::new();
    let halves = matches!(
        method,
        Method::Euler | Method::Runge | Method::Derivimplicit | Method::Sparse
    );
    let mut expand_once = |module: &Module, body: &mut Body, site: Site| {
        let nested = solves_another(module, site);
        let expanded = nested.map_or_else(|| expand(module, body, site), Err);
        expanded.map_err(|error| {
            let new = !refused.contains(&site.place);
            refused.push(site.place);
            new.then_some(error)
        })
    };
    for index in 0..module.kernels.len() {
        let mut body = std::mem::take(&mut module.kernels[index].body);
        let kind = module.kernels[index].kind;
        let block = std::mem::take(&mut body.block);
        let mut solved = false;
        walk::for_each_stmt(&block, &mut |stmt| {
            solved |= matches!(stmt, Stmt::Solve { method: found, .. } if *found == method);
        });
        body.block = walk(
            module,
            &mut body,
            block,
            method,
            kind,
            &mut expand_once,
            &mut errors,
        );
        if halves && solved && kind == KernelKind::State {
            halve_step(&mut body);
        }
        module.kernels[index].body = body;
    }
    errors
}

/// The fault of equations that solve another block on their way.
pub(crate) fn solves_another(module: &Module, site: Site) -> Option<Diagnostic> {
    let function = &module.functions[site.block.index()];
    let mut inner = None;
    walk::for_each_stmt(&function.body.block, &mut |stmt| {
        if let Stmt::Solve { place, .. } = stmt {
            inner = inner.or(Some(*place));
        }
    });
    let inner = module.mechanism.places[inner?.index()].span;
    Some(
        Diagnostic::new(
            Code::CannotSolve,
            format!(
                "`{}` solves another block while it is solved",
                function.name
            ),
        )
        .at(span(module, site), "solved here")
        .see(
            inner,
            "by this SOLVE, in a PROCEDURE or FUNCTION that it calls",
        )
        .help("SOLVE the inner block before the outer one"),
    )
}

type ExpandOnce<'e> = dyn FnMut(&Module, &mut Body, Site) -> Result<Block, Option<Diagnostic>> + 'e;

fn walk(
    module: &Module,
    body: &mut Body,
    block: Block,
    wanted: Method,
    kind: KernelKind,
    expand: &mut ExpandOnce<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Block {
    let mut out = Vec::with_capacity(block.len());
    for mut stmt in block {
        match stmt {
            Stmt::Solve {
                block,
                method,
                steadystate,
                place,
            } if method == wanted => {
                let in_state_kernel = kind == KernelKind::State;
                let site = Site {
                    block,
                    steadystate,
                    place,
                    in_state_kernel,
                };
                match expand(module, body, site) {
                    Ok(statements) => out.extend(statements),
                    Err(error) => errors.extend(error),
                }
            }
            _ => {
                for inner in walk::blocks_mut(&mut stmt) {
                    *inner = walk(
                        module,
                        body,
                        std::mem::take(inner),
                        wanted,
                        kind,
                        expand,
                        errors,
                    );
                }
                out.push(stmt);
            }
        }
    }
    out
}

/// The unknowns of a LINEAR or NONLINEAR block, which has as many equations.
pub(crate) fn unknowns(module: &Module, site: Site) -> Result<Vec<Place>, Diagnostic> {
    let function = &module.functions[site.block.index()];
    let unknowns = function.unknowns.clone().unwrap_or_default();
    let mut equations = 0;
    walk::for_each_stmt(&function.body.block, &mut |stmt| {
        if let Stmt::Equation { row, .. } = stmt {
            equations = equations.max(*row as usize + 1);
        }
    });
    if equations == unknowns.len() && equations > 0 {
        return Ok(unknowns);
    }
    let names: Vec<String> = unknowns.iter().map(|u| column_name(module, *u)).collect();
    let states = match names.len() {
        0 => "no states".to_owned(),
        1 => format!("the state {}", names[0]),
        2..=8 => format!("the states {}", names.join(", ")),
        n => format!("{n} states"),
    };
    let plural = if equations == 1 { "" } else { "s" };
    Err(Diagnostic::new(
        Code::CannotSolve,
        format!(
            "`{}` has {equations} equation{plural} for {states}",
            function.name
        ),
    )
    .at(span(module, site), "solved here")
    .note("the elements of an array count each")
    .help("name the states to solve for in SOLVEFOR, if some of them are known"))
}

/// Whether a column belongs to a STATE.
pub(crate) fn is_state(module: &Module, place: Place) -> bool {
    matches!(place, Place::Column(_))
        && variable(module, place).is_some_and(|v| v.role == Role::State)
}

/// The variable that a place belongs to.
pub(crate) fn variable(module: &Module, place: Place) -> Option<&Variable> {
    let (storage, at) = match place {
        Place::Column(at) | Place::ColumnAt { base: at, .. } => (Storage::Column, at as usize),
        Place::Global(at) | Place::GlobalAt { base: at, .. } => (Storage::Global, at as usize),
        _ => return None,
    };
    let variables = &module.mechanism.variables;
    variables
        .iter()
        .find(|v| v.storage == storage && (v.offset..v.offset + v.len()).contains(&at))
}

/// A column's name for messages.
pub(crate) fn column_name(module: &Module, place: Place) -> String {
    match (variable(module, place), place) {
        (Some(v), Place::Column(column)) if v.array_len.is_some() => {
            format!("{}[{}]", v.name, column as usize - v.offset)
        }
        (Some(v), _) => v.name.clone(),
        (None, _) => "?".to_owned(),
    }
}

/// The fault of an equation for an element that is known at run time only.
pub(crate) fn unknown_element(module: &Module, site: Site) -> Diagnostic {
    Diagnostic::new(
        Code::CannotSolve,
        "equations for elements of an array that are not known when compiling",
    )
    .at(span(module, site), "solved here")
    .help("use numbers, DEFINEd names and indices of FROM loops with such bounds")
}

/// The fault of equations whose solution would be too much code.
pub(crate) fn too_large(module: &Module, site: Site, what: String, limit: String) -> Diagnostic {
    Diagnostic::new(Code::TooLarge, what).at(span(module, site), limit)
}

/// Where the SOLVE stands.
pub(crate) fn span(module: &Module, site: Site) -> Span {
    module.mechanism.places[site.place.index()].span
}

/// The time step of a method that solves for the end of it.
pub(crate) fn implicit_step(body: &mut Body, site: Site) -> ExprId {
    match site.steadystate {
        true => body.exprs.f64(STEADYSTATE_DT),
        false => body.exprs.load(Place::Sim(SimVar::Dt)),
    }
}

const STATE_STEP: &str = "dt of states";

/// `dt` of a state kernel that has a SOLVE by another method than cnexp: half of it if `secondorder`
/// is set. Such methods extrapolate the other half; all else in the kernel sees half a step, as in
/// NEURON.
fn halve_step(body: &mut Body) {
    let step = match body.block.first() {
        Some(&Stmt::Assign(local, _)) if body.locals[local.index()].name == STATE_STEP => local,
        _ => {
            let dt = body.exprs.load(Place::Sim(SimVar::Dt));
            let condition = second_order(body);
            let half = body.exprs.f64(0.5);
            let half = body.exprs.binary(BinaryOp::Mul, dt, half);
            let value = body.exprs.add(Expr::Select(condition, half, dt));
            let step = body.local(STATE_STEP.to_owned(), Type::F64);
            body.block.insert(0, Stmt::Assign(step, value));
            step
        }
    };
    let (dt, step) = (
        body.exprs.load(Place::Sim(SimVar::Dt)),
        body.exprs.local(step),
    );
    let mut block = std::mem::take(&mut body.block);
    substitute_in(body, &mut block[1..], dt, step);
    body.block = block;
}

/// `secondorder != 0`
pub(crate) fn second_order(body: &mut Body) -> ExprId {
    let flag = body.exprs.load(Place::Sim(SimVar::SecondOrder));
    let zero = body.exprs.f64(0.0);
    body.exprs.binary(BinaryOp::Ne, flag, zero)
}

/// A new F64 local that holds `value`.
pub(crate) fn assign_new(body: &mut Body, name: &str, value: ExprId, out: &mut Block) -> LocalId {
    let local = body.local(name, Type::F64);
    out.push(Stmt::Assign(local, value));
    local
}

/// How far states are from what they were.
pub(crate) fn changes_since(body: &mut Body, states: &[Place], old: &[LocalId]) -> Vec<ExprId> {
    let change = |(state, old): (&Place, &LocalId)| {
        let (x, old) = (body.exprs.load(*state), body.exprs.local(*old));
        body.exprs.binary(BinaryOp::Sub, x, old)
    };
    states.iter().zip(old).map(change).collect()
}

/// With `secondorder`: each state changes by as much again.
pub(crate) fn extrapolate(body: &mut Body, states: &[Place], changes: &[ExprId], out: &mut Block) {
    let cond = second_order(body);
    let mut then = Vec::new();
    for (state, change) in states.iter().zip(changes) {
        let x = body.exprs.load(*state);
        let value = body.exprs.binary(BinaryOp::Add, x, *change);
        then.push(Stmt::Store(*state, value));
    }
    out.push(Stmt::If {
        cond,
        then,
        otherwise: Vec::new(),
    });
}

/// Whether `block` stores anything else than `states`.
pub(crate) fn stores_more_than(block: &Block, states: &[Place]) -> bool {
    let mut found = false;
    walk::for_each_stmt(block, &mut |stmt| {
        if let Stmt::Store(place, _) = stmt {
            found |= !states.contains(place);
        }
    });
    found
}

/// NEURON's STEADYSTATE is a step of this length in ms.
pub(crate) const STEADYSTATE_DT: f64 = 1e9;

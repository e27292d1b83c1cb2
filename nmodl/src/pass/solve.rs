//! What the passes of all SOLVE methods share.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    BinaryOp, Block, Body, Expr, ExprId, FunctionId, KernelKind, LocalId, Method, Module, Place,
    PlaceId, SimVar, Stmt, Type, walk,
};
use crate::mechanism::{Role, Storage};
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

/// Gives the statements of a SOLVE, or `None` to leave it as it is.
pub(crate) type Expand<'e> =
    dyn FnMut(&Module, &mut Body, Site) -> Result<Option<Block>, Diagnostic> + 'e;

/// Replaces every SOLVE by `method` in the kernels.
pub(crate) fn replace(
    module: &mut Module,
    method: Method,
    expand: &mut Expand<'_>,
) -> Result<(), Vec<Diagnostic>> {
    let mut errors = Vec::new();
    for index in 0..module.kernels.len() {
        let mut body = std::mem::take(&mut module.kernels[index].body);
        let kind = module.kernels[index].kind;
        let block = std::mem::take(&mut body.block);
        body.block = walk(module, &mut body, block, method, kind, expand, &mut errors);
        module.kernels[index].body = body;
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

fn walk(
    module: &Module,
    body: &mut Body,
    block: Block,
    wanted: Method,
    kind: KernelKind,
    expand: &mut Expand<'_>,
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
                    Ok(Some(statements)) => out.extend(statements),
                    Ok(None) => out.push(stmt),
                    Err(error) => errors.push(error),
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

/// Whether a column belongs to a STATE.
pub(crate) fn is_state(module: &Module, place: Place) -> bool {
    let Place::Column(column) = place else {
        return false;
    };
    module.mechanism.variables.iter().any(|v| {
        v.role == Role::State
            && v.storage == Storage::Column
            && (v.offset..v.offset + v.len()).contains(&(column as usize))
    })
}

/// A column's name for messages.
pub(crate) fn column_name(module: &Module, place: Place) -> String {
    if let Place::Column(column) = place {
        let column = column as usize;
        for v in &module.mechanism.variables {
            if v.storage == Storage::Column && (v.offset..v.offset + v.len()).contains(&column) {
                return match v.array_len {
                    Some(_) => format!("{}[{}]", v.name, column - v.offset),
                    None => v.name.clone(),
                };
            }
        }
    }
    "?".to_owned()
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

/// The time step of an implicit method: `dt`, or half of it if `secondorder` is set (the other
/// half is extrapolated), as NEURON does in its state step.
pub(crate) fn implicit_step(body: &mut Body, site: Site) -> ExprId {
    let dt = body.exprs.load(Place::Sim(SimVar::Dt));
    if site.steadystate {
        return body.exprs.f64(STEADYSTATE_DT);
    }
    if !site.in_state_kernel {
        return dt;
    }
    let condition = second_order(body);
    let half = body.exprs.f64(0.5);
    let half = body.exprs.binary(BinaryOp::Mul, dt, half);
    body.exprs.add(Expr::Select(condition, half, dt))
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

/// With `secondorder`: x += x - x₀.
pub(crate) fn extrapolate(body: &mut Body, states: &[Place], old: &[LocalId], out: &mut Block) {
    let cond = second_order(body);
    let mut then = Vec::new();
    for (state, old) in states.iter().zip(old) {
        let (x, old) = (body.exprs.load(*state), body.exprs.local(*old));
        let change = body.exprs.binary(BinaryOp::Sub, x, old);
        let value = body.exprs.binary(BinaryOp::Add, x, change);
        then.push(Stmt::Store(*state, value));
    }
    out.push(Stmt::If {
        cond,
        then,
        otherwise: Vec::new(),
    });
}

/// NEURON's STEADYSTATE is a step of this length in ms.
pub(crate) const STEADYSTATE_DT: f64 = 1e9;

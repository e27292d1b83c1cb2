//! SOLVE of a LINEAR block: its unknowns from its equations, by elimination.
//!
//! The coefficients are the derivatives of the equations by the unknowns, evaluated once in the
//! order of the block's statements; what a LOCAL holds counts as constant, as in NEURON. Pivots are
//! chosen while the code runs, as coefficients may be zero at any time.

use super::derive::{depends_on, partial, substitute};
use super::import::Import;
use super::linear_system::LinearSystem;
use super::solve::{self, Site};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    BinaryOp, Block, Body, Expr, ExprId, Exprs, LocalId, Method, Module, Place, Stmt, UnaryOp, walk,
};

pub(crate) fn run(module: &mut Module) -> Vec<Diagnostic> {
    solve::replace(module, Method::Simeq, &mut expand)
}

fn expand(module: &Module, body: &mut Body, site: Site) -> Result<Block, Diagnostic> {
    let unknowns = solve::unknowns(module, site)?;
    let source = &module.functions[site.block.index()].body;
    let import = Import::new(body, source);
    let code = import.block(&source.block);
    let mut out = Vec::new();
    let mut assembly = Assembly {
        system: LinearSystem::new(body, unknowns.len(), &mut out),
        loads: unknowns.iter().map(|&u| body.exprs.load(u)).collect(),
        unknowns,
        clear: Vec::new(),
    };
    let mut statements = Vec::new();
    assembly
        .block(body, code, &mut statements)
        .map_err(|fault| fault.diagnostic(module, site))?;
    out.extend(assembly.clear);
    out.extend(statements);
    let solution = assembly.system.solve_pivoting(body, site.place, &mut out);
    let solution = solution.map_err(|large| large.diagnostic(module, site))?;
    for (unknown, value) in assembly.unknowns.iter().zip(solution) {
        let value = body.exprs.local(value);
        out.push(Stmt::Store(*unknown, value));
    }
    Ok(out)
}

/// Why an equation is none of a LINEAR block.
enum Fault {
    NotLinear(Place),
    UnknownElement,
}

impl Fault {
    fn diagnostic(self, module: &Module, site: Site) -> Diagnostic {
        let Fault::NotLinear(unknown) = self else {
            return solve::unknown_element(module, site);
        };
        let block = &module.functions[site.block.index()].name;
        let unknown = solve::column_name(module, unknown);
        Diagnostic::new(
            Code::CannotSolve,
            format!("LINEAR `{block}` is not linear in `{unknown}`"),
        )
        .at(solve::span(module, site), "solved here")
        .help("write a NONLINEAR block")
    }
}

struct Assembly {
    unknowns: Vec<Place>,
    /// Their values.
    loads: Vec<ExprId>,
    system: LinearSystem,
    clear: Block,
}

impl Assembly {
    fn block(&mut self, body: &mut Body, block: Block, out: &mut Block) -> Result<(), Fault> {
        for mut stmt in block {
            if let Stmt::Equation { row, value } = stmt {
                self.equation(body, row as usize, value, out)?;
                continue;
            }
            for inner in walk::blocks_mut(&mut stmt) {
                let source = std::mem::take(inner);
                self.block(body, source, inner)?;
            }
            out.push(stmt);
        }
        Ok(())
    }

    fn equation(
        &mut self,
        body: &mut Body,
        row: usize,
        value: ExprId,
        out: &mut Block,
    ) -> Result<(), Fault> {
        if loads_unknown_element(&body.exprs, value, &self.unknowns) {
            return Err(Fault::UnknownElement);
        }
        let mut rest = value;
        let zero = body.exprs.f64(0.0);
        for column in 0..self.unknowns.len() {
            let unknown = self.loads[column];
            if !depends_on(&body.exprs, value, unknown) {
                continue;
            }
            rest = substitute(&mut body.exprs, rest, unknown, zero);
            let Some(slope) = partial(&mut body.exprs, value, unknown) else {
                continue;
            };
            let varies = |&load: &ExprId| depends_on(&body.exprs, slope, load);
            if self.loads.iter().any(varies) {
                return Err(Fault::NotLinear(self.unknowns[column]));
            }
            let entry = self.system.entry(body, row, column, &mut self.clear);
            add(body, entry, slope, out);
        }
        let rest = body.exprs.unary(UnaryOp::Neg, rest);
        add(body, self.system.rhs(row), rest, out);
        Ok(())
    }
}

fn add(body: &mut Body, target: LocalId, value: ExprId, out: &mut Block) {
    let before = body.exprs.local(target);
    let sum = body.exprs.binary(BinaryOp::Add, before, value);
    out.push(Stmt::Assign(target, sum));
}

/// Whether `value` loads an element that is known at run time only, of an array of unknowns.
fn loads_unknown_element(exprs: &Exprs, value: ExprId, unknowns: &[Place]) -> bool {
    let mut seen = walk::Visited::new();
    seen.reach(exprs, value).into_iter().any(|id| {
        matches!(exprs[id], Expr::Load(place)
            if place.index().is_some() && unknowns.iter().any(|u| u.may_alias(place)))
    })
}

//! What is the same for all instances is computed once, in the prologue; what is the same in all
//! rounds of a loop, before it.
//!
//! Uniform are constants, shared values, globals and weights that the kernel does not store to,
//! and everything computed from them alone: locals assigned such values (also in a branch, if
//! its condition is uniform) and the largest sub-expressions of the rest. Kernels that run for
//! a single instance get no prologue.
//!
//! Assumes that loads are whole right-hand sides (`promote`). A table is read in advance only
//! if the row is certain to be inside.

use crate::diagnostic::Diagnostic;
use crate::ir::walk::{Visited, blocks_mut, for_each_operand, for_each_stmt, map_exprs};
use crate::ir::{Block, Body, Expr, ExprId, KernelKind, LocalId, Module, Place, Stmt};
use crate::mechanism::Mechanism;
use crate::pass::range;

/// Hoists in all kernels.
pub fn run(module: &mut Module) -> Vec<Diagnostic> {
    for kernel in &mut module.kernels {
        let block = std::mem::take(&mut kernel.body.block);
        kernel.body.block = loops(&module.mechanism, kernel.kind, &mut kernel.body, block);
        if !kernel.kind.has_one_instance() {
            body(&module.mechanism, &mut kernel.body);
        }
    }
    Vec::new()
}

fn body(mechanism: &Mechanism, body: &mut Body) {
    let mut hoist = Hoist::new(mechanism, body);
    let block = std::mem::take(&mut body.block);
    let mut rest = Block::new();
    for stmt in block {
        if hoist.is_uniform_stmt(body, &stmt) {
            for_each_stmt(std::slice::from_ref(&stmt), &mut |inner| {
                inner.for_each_assigned(|local| hoist.locals[local.index()] = true);
            });
            body.prologue.push(stmt);
        } else {
            rest.push(stmt);
        }
    }
    hoist.replace(body, &mut rest);
    body.block = rest;
}

struct Hoist<'a> {
    mechanism: &'a Mechanism,
    stored: Vec<Place>,
    /// Number of statements that assign each local.
    assignments: Vec<u32>,
    /// Uniform locals.
    locals: Vec<bool>,
    /// Uniform expressions, of those in `known`.
    uniform: Vec<bool>,
    known: Visited,
}

impl<'a> Hoist<'a> {
    fn new(mechanism: &'a Mechanism, body: &Body) -> Self {
        let mut stored = Vec::new();
        let mut assignments = vec![0; body.locals.len()];
        for_each_stmt(&body.block, &mut |stmt| {
            if let Stmt::Store(place, _) = stmt {
                stored.push(*place);
            }
            stmt.for_each_assigned(|local| assignments[local.index()] += 1);
        });
        let mut locals = vec![false; body.locals.len()];
        for_each_stmt(&body.prologue, &mut |stmt| {
            stmt.for_each_assigned(|local| locals[local.index()] = true);
        });
        Hoist {
            mechanism,
            stored,
            assignments,
            locals,
            uniform: vec![false; body.exprs.len()],
            known: Visited::new(),
        }
    }

    /// True if `stmt` only assigns uniform values to locals that nothing else assigns.
    fn is_uniform_stmt(&mut self, body: &Body, stmt: &Stmt) -> bool {
        match stmt {
            Stmt::Assign(local, value) => {
                self.assignments[local.index()] == 1 && self.is_uniform(body, *value)
            }
            Stmt::If {
                cond,
                then,
                otherwise,
            } => self.is_uniform(body, *cond) && self.is_uniform_branch(body, then, otherwise),
            _ => false,
        }
    }

    /// The same for the sides of a branch with a uniform condition: both assign the same
    /// locals once.
    fn is_uniform_branch(&mut self, body: &Body, then: &Block, otherwise: &Block) -> bool {
        let mut assigned: Vec<LocalId> = Vec::new();
        for stmt in then.iter().chain(otherwise) {
            match stmt {
                Stmt::Assign(local, value) if self.is_uniform(body, *value) => {
                    assigned.push(*local);
                }
                _ => return false,
            }
        }
        assigned.iter().all(|local| {
            let here = assigned.iter().filter(|other| *other == local).count();
            here as u32 == self.assignments[local.index()]
        })
    }

    fn is_uniform(&mut self, body: &Body, root: ExprId) -> bool {
        for id in self.known.reach(&body.exprs, root) {
            let expr = &body.exprs[id];
            let mut uniform = match expr {
                Expr::Local(local) => self.locals[local.index()],
                Expr::Load(place) => {
                    place.is_uniform() && !self.stored.iter().any(|s| s.may_alias(*place))
                }
                Expr::TableValue { table, row, .. } => {
                    let shape = &self.mechanism.tables[*table as usize];
                    range::is_within(&body.exprs, *row, shape.intervals)
                }
                Expr::Pointing(_) => false,
                _ => true,
            };
            for_each_operand(expr, |operand| uniform &= self.uniform[operand.index()]);
            self.uniform[id.index()] = uniform;
        }
        self.uniform[root.index()]
    }

    /// Replaces the largest uniform operations in `block` by locals of the prologue.
    fn replace(&mut self, body: &mut Body, block: &mut Block) {
        // Locals have become uniform since.
        self.known.clear();
        let mut roots = Vec::new();
        for_each_stmt(block, &mut |stmt| {
            stmt.for_each_expr(|root| roots.push(root))
        });
        for &root in &roots {
            self.is_uniform(body, root);
        }
        let (map, mut assignments) = take_out(body, &roots, &self.uniform, "uniform");
        body.prologue.append(&mut assignments);
        block.iter_mut().for_each(|stmt| rewrite(stmt, &map));
    }
}

/// Puts the largest operations below `roots` that are `constant` into new locals: gives the
/// new id of each expression, and the assignments.
fn take_out(
    body: &mut Body,
    roots: &[ExprId],
    constant: &[bool],
    name: &str,
) -> (Vec<ExprId>, Block) {
    let mut map: Vec<ExprId> = (0..body.exprs.len() as u32).map(ExprId).collect();
    let mut assignments = Block::new();
    let mut reached = Visited::new();
    let mut needed = Vec::new();
    // What is used by something that is not constant.
    let mut wanted = vec![false; body.exprs.len()];
    for &root in roots {
        wanted[root.index()] = true;
        needed.extend(reached.reach(&body.exprs, root));
    }
    needed.sort_unstable();
    for &id in &needed {
        if !constant[id.index()] {
            for_each_operand(&body.exprs[id], |operand| wanted[operand.index()] = true);
        }
    }
    for id in needed {
        let is_operation = !matches!(
            body.exprs[id],
            Expr::F64(_) | Expr::I64(_) | Expr::Bool(_) | Expr::Local(_)
        );
        if !constant[id.index()] {
            let expr = body.exprs[id].map_operands(|operand| map[operand.index()]);
            map[id.index()] = body.exprs.add(expr);
        } else if wanted[id.index()] && is_operation {
            let ty = body.type_of(id);
            let local = body.local(name, ty);
            assignments.push(Stmt::Assign(local, id));
            map[id.index()] = body.exprs.local(local);
        }
    }
    (map, assignments)
}

fn rewrite(stmt: &mut Stmt, map: &[ExprId]) {
    map_exprs(stmt, &mut |id| map[id.index()]);
    for inner in blocks_mut(stmt) {
        inner.iter_mut().for_each(|stmt| rewrite(stmt, map));
    }
}

/// Computes before each loop what its rounds have in common, inner loops first.
fn loops(mechanism: &Mechanism, kind: KernelKind, body: &mut Body, block: Block) -> Block {
    let mut out = Block::with_capacity(block.len());
    for mut stmt in block {
        for inner in blocks_mut(&mut stmt) {
            let old = std::mem::take(inner);
            *inner = loops(mechanism, kind, body, old);
        }
        if let Stmt::For { .. } | Stmt::While { .. } = stmt {
            let (constant, roots) = constant_in_loop(mechanism, kind, body, &stmt);
            let (map, mut assignments) = take_out(body, &roots, &constant, "constant");
            out.append(&mut assignments);
            rewrite(&mut stmt, &map);
        }
        out.push(stmt);
    }
    out
}

/// Which expressions keep their values while the loop runs, and those that its statements
/// evaluate.
fn constant_in_loop(
    mechanism: &Mechanism,
    kind: KernelKind,
    body: &Body,
    stmt: &Stmt,
) -> (Vec<bool>, Vec<ExprId>) {
    let mut changed = vec![false; body.locals.len()];
    let mut roots = Vec::new();
    for_each_stmt(std::slice::from_ref(stmt), &mut |inner| {
        inner.for_each_assigned(|local| changed[local.index()] = true);
        inner.for_each_expr(|root| roots.push(root));
    });
    let mut constant = vec![false; body.exprs.len()];
    let mut known = Visited::new();
    for &root in &roots {
        for id in known.reach(&body.exprs, root) {
            let expr = &body.exprs[id];
            let mut all = match expr {
                Expr::Local(local) => !changed[local.index()],
                Expr::Load(_) => false,
                Expr::TableValue { table, row, .. } => {
                    let shape = &mechanism.tables[*table as usize];
                    kind != KernelKind::Tables
                        && range::is_within(&body.exprs, *row, shape.intervals)
                }
                _ => true,
            };
            for_each_operand(expr, |operand| all &= constant[operand.index()]);
            constant[id.index()] = all;
        }
    }
    (constant, roots)
}

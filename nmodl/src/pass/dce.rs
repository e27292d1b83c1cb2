//! Dead code: assignments that nobody uses, branches and loops without effect, and stores that
//! nobody reads.
//!
//! A column that is not visible from outside and that no kernel loads, nor a FUNCTION or
//! PROCEDURE called by name, is scratch of a single execution: stores to it are removed. (After
//! `promote` a kernel loads a column only for a value from an earlier kernel.) At the end each
//! body holds only the expressions and locals that it uses, numbered in order of appearance.
//!
//! A loop without effect is removed although it might never have ended.

use crate::diagnostic::Diagnostic;
use crate::ir::walk::{Visited, blocks_mut, map_exprs};
use crate::ir::{
    Block, Body, Expr, ExprId, Exprs, FunctionKind, KernelKind, Local, LocalId, Module, Place, Stmt,
};
use crate::mechanism::{Mechanism, Storage};

/// Cleans all kernels.
pub fn run(module: &mut Module) -> Vec<Diagnostic> {
    let mut visible = visible_columns(&module.mechanism);
    // What the other kernels load is not known where one callable is compiled alone.
    if module
        .kernels
        .iter()
        .any(|k| k.kind == KernelKind::Callable)
    {
        visible.fill(true);
    }
    // Columns that are only read to compute what nobody reads fall away one after the other.
    let mut removed = true;
    while removed {
        let mut read = visible.clone();
        for kernel in &mut module.kernels {
            sweep(&mut kernel.body);
            if kernel.kind != KernelKind::Tables {
                note_loads(&kernel.body, &mut read);
            }
        }
        let solved = solved_by_functions(module);
        for (index, function) in module.functions.iter().enumerate() {
            // Other equation blocks live on in the kernels only.
            let by_name = matches!(
                function.kind,
                FunctionKind::Function | FunctionKind::Procedure
            );
            if by_name || solved[index] {
                let mut stored = vec![false; read.len()];
                note_exposed(&function.body, &function.body.block, &mut stored, &mut read);
            }
            if solved[index] {
                note_species(&function.body, &mut read);
            }
        }
        removed = false;
        for kernel in &mut module.kernels {
            if kernel.kind == KernelKind::Tables {
                // Columns are its own scratch.
                let mut own = vec![false; read.len()];
                note_loads(&kernel.body, &mut own);
                removed |= remove_stores(&mut kernel.body.block, &own);
            } else {
                removed |= remove_stores(&mut kernel.body.block, &read);
            }
        }
    }
    for kernel in &mut module.kernels {
        compact(&mut kernel.body);
    }
    Vec::new()
}

fn visible_columns(mechanism: &Mechanism) -> Vec<bool> {
    let mut visible = vec![true; mechanism.columns];
    for variable in &mechanism.variables {
        if variable.storage == Storage::Column && !variable.visible {
            visible[variable.offset..][..variable.len()].fill(false);
        }
    }
    // The simulator reads what the `watch` and `diffusion` kernels compute.
    let watches = mechanism.net_receive.iter().flat_map(|r| &r.watches);
    watches.for_each(|watch| visible[watch.value] = true);
    for diffusion in &mechanism.diffusions {
        visible[diffusion.coefficient] = true;
        visible[diffusion.volume] = true;
    }
    visible
}

fn columns(place: Place) -> std::ops::Range<usize> {
    match place {
        Place::Column(column) => column as usize..column as usize + 1,
        Place::ColumnAt { base, len, .. } => base as usize..(base + len) as usize,
        _ => 0..0,
    }
}

fn note_loads(body: &Body, read: &mut [bool]) {
    let mut reached = Visited::new();
    body.for_each_stmt(|stmt| {
        stmt.for_each_expr(|root| {
            for id in reached.reach(&body.exprs, root) {
                if let Expr::Load(place) = body.exprs[id] {
                    read[columns(place)].fill(true);
                }
            }
        });
    });
}

/// The equation blocks that FUNCTIONs and PROCEDUREs solve, which may be called by name.
fn solved_by_functions(module: &Module) -> Vec<bool> {
    let mut solved = vec![false; module.functions.len()];
    for function in &module.functions {
        if let FunctionKind::Function | FunctionKind::Procedure = function.kind {
            function.body.for_each_stmt(|stmt| {
                if let Stmt::Solve { block, .. } = stmt {
                    solved[block.index()] = true;
                }
            });
        }
    }
    solved
}

/// Notes the columns that take part in reactions.
fn note_species(body: &Body, read: &mut [bool]) {
    body.for_each_stmt(|stmt| {
        let species = match stmt {
            Stmt::Reaction(reaction) => {
                let both = reaction.reactants.iter().chain(&reaction.products);
                both.map(|s| s.place).collect()
            }
            Stmt::Compartment(place, _) => vec![*place],
            Stmt::Conserve { terms, .. } => terms.iter().map(|s| s.place).collect(),
            _ => Vec::new(),
        };
        for place in species {
            read[columns(place)].fill(true);
        }
    });
}

/// Notes the columns that `block` may load before it has stored to them; adds those that it
/// certainly stores to, to `stored`.
fn note_exposed(body: &Body, block: &Block, stored: &mut [bool], read: &mut [bool]) {
    let mut reached = Visited::new();
    for stmt in block {
        reached.clear();
        stmt.for_each_expr(|root| {
            for id in reached.reach(&body.exprs, root) {
                if let Expr::Load(place) = body.exprs[id] {
                    for column in columns(place) {
                        read[column] |= !stored[column];
                    }
                }
            }
        });
        if let Stmt::Store(Place::Column(column), _) = stmt {
            stored[*column as usize] = true;
        }
        let ends: Vec<Vec<bool>> = stmt
            .blocks()
            .map(|inner| {
                let mut stored = stored.to_vec();
                note_exposed(body, inner, &mut stored, read);
                stored
            })
            .collect();
        if let (Stmt::If { .. }, [then, otherwise]) = (stmt, &ends[..]) {
            for (i, stored) in stored.iter_mut().enumerate() {
                *stored |= then[i] && otherwise[i];
            }
        }
    }
}

/// Removes stores to columns that are not in `read`; true if there were any.
fn remove_stores(block: &mut Block, read: &[bool]) -> bool {
    let before = block.len();
    block.retain(|stmt| match stmt {
        Stmt::Store(place @ (Place::Column(_) | Place::ColumnAt { .. }), _) => {
            read[columns(*place)].contains(&true)
        }
        _ => true,
    });
    let mut removed = block.len() < before;
    for stmt in block {
        for inner in blocks_mut(stmt) {
            removed |= remove_stores(inner, read);
        }
    }
    removed
}

/// What a body needs.
struct Live<'a> {
    body: &'a Body,
    locals: Vec<bool>,
    arrays: Vec<bool>,
    used: Visited,
    grown: bool,
}

/// Removes statements without effect.
fn sweep(body: &mut Body) {
    let mut live = Live {
        body,
        locals: vec![false; body.locals.len()],
        arrays: vec![false; body.arrays.len()],
        used: Visited::new(),
        grown: true,
    };
    // Only values that are carried around loops need more than one round.
    while live.grown {
        live.grown = false;
        live.block(&live.body.block);
        live.block(&live.body.prologue);
    }
    let Live { locals, arrays, .. } = live;
    remove_dead(&mut body.block, &locals, &arrays);
    remove_dead(&mut body.prologue, &locals, &arrays);
}

impl<'a> Live<'a> {
    /// Notes what `block` needs; true if it has an effect.
    fn block(&mut self, block: &'a Block) -> bool {
        let mut effect = false;
        for stmt in block.iter().rev() {
            let mut live = match stmt {
                Stmt::Assign(local, _) => self.locals[local.index()],
                Stmt::Store(Place::LocalArray { array, .. }, _) => self.arrays[*array as usize],
                Stmt::If { .. } | Stmt::For { .. } | Stmt::While { .. } => false,
                _ => true,
            };
            let inner: Vec<&Block> = stmt.blocks().collect();
            for block in inner.into_iter().rev() {
                live |= self.block(block);
            }
            if live {
                stmt.for_each_expr(|root| self.uses(root));
                if let Stmt::Differentiate { of, .. } = stmt {
                    self.locals[of.index()] = true;
                }
            }
            effect |= live;
        }
        effect
    }

    fn uses(&mut self, root: ExprId) {
        for id in self.used.reach(&self.body.exprs, root) {
            match self.body.exprs[id] {
                Expr::Local(local) => {
                    self.grown |= !self.locals[local.index()];
                    self.locals[local.index()] = true;
                }
                Expr::Load(Place::LocalArray { array, .. }) => {
                    self.grown |= !self.arrays[array as usize];
                    self.arrays[array as usize] = true;
                }
                _ => {}
            }
        }
    }
}

fn remove_dead(block: &mut Block, locals: &[bool], arrays: &[bool]) {
    block.retain_mut(|stmt| {
        let inner = blocks_mut(stmt);
        let is_structure = !inner.is_empty();
        let mut empty = true;
        for block in inner {
            remove_dead(block, locals, arrays);
            empty &= block.is_empty();
        }
        match stmt {
            Stmt::Assign(local, _) => locals[local.index()],
            Stmt::Store(Place::LocalArray { array, .. }, _) => arrays[*array as usize],
            _ => !(is_structure && empty),
        }
    });
}

/// Drops expressions and locals that nothing uses, and numbers the rest anew.
fn compact(body: &mut Body) {
    const NONE: u32 = u32::MAX;
    let mut locals = vec![LocalId(NONE); body.locals.len()];
    let mut kept: Vec<Local> = Vec::new();
    let mut keep = |local: LocalId| {
        if locals[local.index()].0 == NONE {
            locals[local.index()] = LocalId(kept.len() as u32);
            kept.push(body.locals[local.index()].clone());
        }
    };
    body.params.iter().copied().for_each(&mut keep);
    let mut needed = Visited::new();
    body.for_each_stmt(|stmt| {
        stmt.for_each_assigned(&mut keep);
        stmt.for_each_expr(|root| {
            needed.reach(&body.exprs, root);
        });
    });
    let mut new = Numbers {
        exprs: vec![ExprId(NONE); body.exprs.len()],
        arrays: drop_arrays(body),
        locals,
    };
    let mut exprs = Exprs::default();
    for (id, expr) in body.exprs.iter().filter(|(id, _)| needed.contains(*id)) {
        let expr = match expr {
            Expr::Local(local) => Expr::Local(new.locals[local.index()]),
            other => other.map_operands(|operand| new.exprs[operand.index()]),
        };
        let expr = match expr {
            Expr::Load(place) => Expr::Load(new.place(place)),
            other => other,
        };
        new.exprs[id.index()] = exprs.add(expr);
    }
    body.exprs = exprs;
    body.locals = kept;
    for param in body.params.iter_mut().chain(&mut body.result) {
        *param = new.locals[param.index()];
    }
    renumber(&mut body.prologue, &new);
    renumber(&mut body.block, &new);
}

/// New numbers of what a body keeps.
struct Numbers {
    exprs: Vec<ExprId>,
    locals: Vec<LocalId>,
    arrays: Vec<u32>,
}

impl Numbers {
    fn place(&self, place: Place) -> Place {
        match place {
            Place::LocalArray { array, index } => Place::LocalArray {
                array: self.arrays[array as usize],
                index,
            },
            other => other,
        }
    }
}

/// Drops private arrays that nothing loads from any more; gives new numbers.
fn drop_arrays(body: &mut Body) -> Vec<u32> {
    let mut used = vec![false; body.arrays.len()];
    let mut reached = Visited::new();
    body.for_each_stmt(|stmt| {
        if let Stmt::Store(Place::LocalArray { array, .. }, _) = stmt {
            used[*array as usize] = true;
        }
        stmt.for_each_expr(|root| {
            for id in reached.reach(&body.exprs, root) {
                if let Expr::Load(Place::LocalArray { array, .. }) = body.exprs[id] {
                    used[array as usize] = true;
                }
            }
        });
    });
    let mut next = 0;
    let numbers = used
        .iter()
        .map(|&used| {
            let number = next;
            next += u32::from(used);
            number
        })
        .collect();
    let mut used = used.into_iter();
    body.arrays.retain(|_| used.next() == Some(true));
    numbers
}

fn renumber(block: &mut Block, new: &Numbers) {
    for stmt in block {
        map_exprs(stmt, &mut |id| new.exprs[id.index()]);
        match stmt {
            Stmt::Store(place, _) => *place = new.place(*place),
            Stmt::Assign(local, _)
            | Stmt::For { index: local, .. }
            | Stmt::Service {
                result: Some(local),
                ..
            } => *local = new.locals[local.index()],
            _ => {}
        }
        for inner in blocks_mut(stmt) {
            renumber(inner, new);
        }
    }
}

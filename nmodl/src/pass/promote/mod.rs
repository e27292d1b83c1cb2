//! Memory and locals become values: symbolic execution of the structured code.
//!
//! Each kernel is executed once with expressions in place of numbers. What a statement assigns
//! to a local or stores to a fixed place is remembered as an expression and put in wherever it
//! is read, so that straight-line code turns into one DAG with
//!
//! * one `local = load` at the top for each place whose old value is used,
//! * one store at the end for each place that changed, in the order of memory.
//!
//! Afterwards an [`Expr::Load`] is only ever the whole right-hand side of an assignment, and
//! every local is assigned once, except those that carry a value around a loop or out of a
//! branch.
//!
//! * **Branches** (see `branch`): where both sides only compute, what differs becomes a
//!   `select`; the `if` stays where a side does something that cannot be undone, or where its
//!   condition is the same for all instances and skipping a side saves much.
//! * **Loops** (see `loops`): those with few constant rounds are unrolled; in the others,
//!   what the body changes is carried in locals.
//! * **Memory** (see `memory`) is written before its time only where something may look: an
//!   access with a run-time index to the same array, or a service that hands control to the
//!   host. Additions to shared arrays, checks, services and stores with run-time indices stay
//!   in order.
//!
//! In the `tables` kernel columns are private scratch: they are never stored, and arrays among
//! them become private arrays.

mod branch;
mod loops;
mod memory;

use std::collections::HashMap;

use super::fold;
use crate::diagnostic::Diagnostic;
use crate::ir::walk::Visited;
use crate::ir::{
    Block, Body, Expr, ExprId, KernelKind, LocalArray, LocalId, Module, Place, Service, Stmt, Type,
    print,
};
use crate::mechanism::Mechanism;
use memory::{Slot, State};

/// Promotes all kernels, which have no high statements any more.
pub fn run(module: &mut Module) -> Vec<Diagnostic> {
    for kernel in &mut module.kernels {
        let old = std::mem::take(&mut kernel.body);
        kernel.body = body(&module.mechanism, kernel.kind, &old);
    }
    Vec::new()
}

/// The promoted form of a kernel's body.
pub fn body(mechanism: &Mechanism, kind: KernelKind, old: &Body) -> Body {
    let mut promoter = Promoter::new(mechanism, kind, old);
    promoter.block(&old.prologue);
    promoter.block(&old.block);
    promoter.finish()
}

/// Nodes that unrolling may add to a body.
const UNROLL_BUDGET: usize = 20_000;

struct Promoter<'a> {
    mechanism: &'a Mechanism,
    kind: KernelKind,
    old: &'a Body,
    new: Body,
    /// Loads that stand at the top.
    entry: Block,
    /// Statements of the present block.
    out: Block,
    /// Fixed places that were met; `slot_of` finds them.
    slots: Vec<Slot>,
    slot_of: HashMap<Place, usize>,
    state: State,
    /// Globals and weights that the kernel stores to: not the same for all instances.
    stored: Vec<Place>,
    /// For each new local: the same value for all instances.
    uniform_locals: Vec<bool>,
    /// The same for expressions, as far as computed.
    uniform: Vec<bool>,
    /// Value of each old expression, for those in `known`.
    values: Vec<ExprId>,
    known: Visited,
    /// What a walk through new expressions has met.
    reached: Visited,
    /// New expressions that may be computed whatever a condition says, with all below them.
    harmless: Visited,
    /// Private arrays that stand for columns of the `tables` kernel: first column, array.
    scratch: Vec<(u32, u32)>,
    unroll_budget: usize,
}

impl<'a> Promoter<'a> {
    fn new(mechanism: &'a Mechanism, kind: KernelKind, old: &'a Body) -> Self {
        let mut new = Body {
            arrays: old.arrays.clone(),
            ..Body::default()
        };
        let mut stored = Vec::new();
        let mut indexed_columns = Vec::new();
        old.for_each_stmt(|stmt| {
            if let Stmt::Store(place, _) = stmt {
                stored.push(*place);
            }
        });
        if kind == KernelKind::Tables {
            let loads = old.exprs.iter().filter_map(|(_, expr)| match expr {
                Expr::Load(place) => Some(*place),
                _ => None,
            });
            for place in loads.chain(stored.iter().copied()) {
                if let Place::ColumnAt { base, len, .. } = place
                    && !indexed_columns.contains(&(base, len))
                {
                    indexed_columns.push((base, len));
                }
            }
        }
        let mut scratch = Vec::new();
        for (base, len) in indexed_columns {
            scratch.push((base, new.arrays.len() as u32));
            let name = print::place_name(mechanism, Place::Column(base));
            new.arrays.push(LocalArray { name, len });
        }
        Promoter {
            mechanism,
            kind,
            old,
            new,
            entry: Block::new(),
            out: Block::new(),
            slots: Vec::new(),
            slot_of: HashMap::new(),
            state: State::new(old.locals.len()),
            stored,
            uniform_locals: Vec::new(),
            uniform: Vec::new(),
            values: vec![ExprId(0); old.exprs.len()],
            known: Visited::new(),
            reached: Visited::new(),
            harmless: Visited::new(),
            scratch,
            unroll_budget: UNROLL_BUDGET,
        }
    }

    fn finish(mut self) -> Body {
        self.final_stores();
        let mut block = self.entry;
        block.append(&mut self.out);
        self.new.block = block;
        self.new
    }

    fn block(&mut self, block: &'a Block) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    /// Executes `block` into a list of its own.
    fn nested(&mut self, block: &'a Block) -> Block {
        let outer = std::mem::take(&mut self.out);
        self.block(block);
        std::mem::replace(&mut self.out, outer)
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Assign(local, value) => {
                let value = self.eval(*value);
                self.set_local(*local, Some(value));
            }
            Stmt::Store(place, value) => {
                let value = self.eval(*value);
                let place = self.eval_place(*place);
                self.store(place, value);
            }
            Stmt::Accumulate(place, value) => {
                let value = self.eval(*value);
                self.accumulate(*place, value);
            }
            Stmt::If {
                cond,
                then,
                otherwise,
            } => self.branch(*cond, then, otherwise),
            Stmt::For {
                index,
                from,
                to,
                body,
            } => self.for_loop(*index, *from, *to, body),
            Stmt::While { head, cond, body } => self.while_loop(head, *cond, body),
            Stmt::Check {
                cond,
                failure,
                place,
                value,
            } => {
                let cond = self.eval(*cond);
                let value = self.eval(*value);
                let known = match self.new.exprs[cond] {
                    Expr::Bool(true) => true,
                    Expr::Pointing(pointer) => !self.state.note_pointing(pointer),
                    _ => false,
                };
                if !known {
                    self.out.push(Stmt::Check {
                        cond,
                        failure: *failure,
                        place: *place,
                        value,
                    });
                }
            }
            Stmt::Service {
                result,
                service,
                args,
            } => {
                let args = args.iter().map(|&arg| self.eval(arg)).collect();
                if let Service::NetSend | Service::NetEvent | Service::NetMove = service {
                    self.flush_all();
                }
                let target = result.map(|old| {
                    let name = self.old.locals[old.index()].name.clone();
                    (old, self.new_local(name, Type::F64, false))
                });
                self.out.push(Stmt::Service {
                    result: target.map(|(_, new)| new),
                    service: service.clone(),
                    args,
                });
                if let Some((old, new)) = target {
                    let value = self.new.exprs.local(new);
                    self.set_local(old, Some(value));
                }
            }
            // The passes before this one have removed the rest.
            high => self.out.push(high.clone()),
        }
    }

    /// The value that an old expression has now.
    fn eval(&mut self, root: ExprId) -> ExprId {
        for id in self.known.reach(&self.old.exprs, root) {
            let value = match &self.old.exprs[id] {
                Expr::Local(local) => self.local(*local),
                Expr::Load(place) => {
                    let place = self.with_known_index(*place);
                    self.load(place)
                }
                expr => {
                    let expr = expr.map_operands(|operand| self.values[operand.index()]);
                    let is_memory =
                        matches!(expr, Expr::TableValue { .. }) && self.kind == KernelKind::Tables;
                    let value = fold::add(&mut self.new.exprs, expr);
                    if is_memory {
                        self.assign("table", value, Type::F64)
                    } else {
                        value
                    }
                }
            };
            self.values[id.index()] = value;
        }
        self.values[root.index()]
    }

    /// `place` with the present value of its index.
    fn eval_place(&mut self, place: Place) -> Place {
        if let Some(index) = place.index() {
            self.eval(index);
        }
        self.with_known_index(place)
    }

    /// The same when the index has been evaluated; constant indices give fixed places.
    fn with_known_index(&mut self, place: Place) -> Place {
        let place = match place.index() {
            Some(index) => place.with_index(self.values[index.index()]),
            None => place,
        };
        self.privatized(fold::fixed(&self.new.exprs, place))
    }

    /// Columns of the `tables` kernel that have become elements of a private array.
    fn privatized(&mut self, place: Place) -> Place {
        let (column, index) = match place {
            Place::Column(column) => (column, None),
            Place::ColumnAt { base, index, .. } => (base, Some(index)),
            _ => return place,
        };
        let found = self.scratch.iter().find(|(base, array)| {
            let len = self.new.arrays[*array as usize].len;
            (*base..base + len).contains(&column)
        });
        let Some(&(base, array)) = found else {
            return place;
        };
        let index = index.unwrap_or_else(|| self.new.exprs.i64(i64::from(column - base)));
        Place::LocalArray { array, index }
    }

    /// Values computed so far may not hold any longer.
    fn changed(&mut self) {
        self.known.clear();
    }

    fn local(&mut self, local: LocalId) -> ExprId {
        match self.state.locals[local.index()] {
            Some(value) => value,
            // Not in a verified body.
            None => match self.old.locals[local.index()].ty {
                Type::F64 => self.new.exprs.f64(f64::NAN),
                Type::I64 => self.new.exprs.i64(0),
                Type::Bool => self.new.exprs.add(Expr::Bool(false)),
            },
        }
    }

    fn set_local(&mut self, local: LocalId, value: Option<ExprId>) {
        self.state.locals[local.index()] = value;
        self.changed();
    }

    fn new_local(&mut self, name: impl Into<String>, ty: Type, uniform: bool) -> LocalId {
        self.uniform_locals.push(uniform);
        self.new.local(name, ty)
    }

    /// Emits `new = value` here; gives the new local's value.
    fn assign(&mut self, name: impl Into<String>, value: ExprId, ty: Type) -> ExprId {
        let uniform = self.is_uniform(value);
        let local = self.new_local(name, ty, uniform);
        self.out.push(Stmt::Assign(local, value));
        self.new.exprs.local(local)
    }

    /// True if the value is the same for all instances.
    fn is_uniform(&mut self, id: ExprId) -> bool {
        if self.kind.has_one_instance() {
            return true;
        }
        for i in self.uniform.len()..=id.index() {
            let expr = &self.new.exprs[ExprId(i as u32)];
            let mut uniform = match expr {
                Expr::Local(local) => self.uniform_locals[local.index()],
                Expr::Load(place) => {
                    place.is_uniform() && !self.stored.iter().any(|s| s.may_alias(*place))
                }
                Expr::Pointing(_) => false,
                _ => true,
            };
            crate::ir::walk::for_each_operand(expr, |operand| {
                uniform &= self.uniform[operand.index()];
            });
            self.uniform.push(uniform);
        }
        self.uniform[id.index()]
    }
}

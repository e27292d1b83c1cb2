//! Which bodies can run for [`LANES`](crate::abi::LANES) instances at once.
//!
//! Vector code executes each statement for all lanes before the next statement, and the lanes
//! share one flow of control. That gives the bits of the scalar code, which takes one instance
//! after the other, when
//!
//! * no branch or loop depends on an instance,
//! * no instance reads what another one writes: globals that are stored are not read before,
//!   and neither are node or ion arrays where instances may share a node,
//! * the host is not asked for anything,
//! * pointers are not written through. (What they read is no instance's: the caller says so, and
//!   where it is not true, the scalar code runs.)
//!
//! A value is *uniform* if it is the same in all lanes; it is then kept in a scalar register.

use std::fmt;

use super::scan::{NodeArray, Scan, Stored};
use crate::ir::walk::{Visited, for_each_operand};
use crate::ir::{Block, Body, Expr, ExprId, KernelKind, LocalId, Place, Stmt};
use crate::mechanism::Kind;

/// Why a body runs one instance at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The kernel is called for one instance, or none.
    OneInstance,
    /// It runs once in a simulation: vector code would take longer to compile than it saves.
    Once,
    /// It asks the host for something.
    Service,
    /// An `if` differs between instances.
    Branch,
    /// A loop differs between instances.
    Loop,
    /// It stores to a global array.
    GlobalArray,
    /// It reads the global before it stores to it: the value of the instance before.
    CarriedGlobal(u32),
    /// It stores to an argument.
    Argument,
    /// It stores to what a POINTER points at.
    Pointer,
    /// Instances may share a node, and it reads or accumulates twice what it stores there.
    SharedNode,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::OneInstance => "it runs for one instance or none",
            Reason::Once => "it runs once in a simulation",
            Reason::Service => "it asks the simulator for something",
            Reason::Branch => "an if differs between instances",
            Reason::Loop => "a loop differs between instances",
            Reason::GlobalArray => "it stores to a global array",
            Reason::CarriedGlobal(_) => "it reads a global that the instance before has stored",
            Reason::Argument => "it stores to an argument",
            Reason::Pointer => "it stores to what a POINTER points at",
            Reason::SharedNode => "instances that share a node depend on each other",
        })
    }
}

/// Whether `body`, as kernel `kernel` of a mechanism of kind `kind`, can be compiled for several
/// lanes.
pub fn vectorizable(kind: Kind, kernel: KernelKind, body: &Body) -> Result<(), Reason> {
    Shapes::analyse(kind, kernel, body, &Scan::new(body)).map(|_| ())
}

/// Which locals and stored globals are uniform.
#[derive(Debug, Clone)]
pub(super) struct Shapes {
    pub uniform_locals: Vec<bool>,
    /// Globals that the block stores to: they live in registers, one value for each lane.
    pub stored_globals: Vec<StoredGlobal>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct StoredGlobal {
    pub global: u32,
    pub uniform: bool,
}

impl Shapes {
    /// For one lane, where everything is uniform and globals stay in memory.
    pub fn scalar(body: &Body) -> Shapes {
        Shapes {
            uniform_locals: vec![true; body.locals.len()],
            stored_globals: Vec::new(),
        }
    }

    pub fn analyse(
        kind: Kind,
        kernel: KernelKind,
        body: &Body,
        scan: &Scan,
    ) -> Result<Shapes, Reason> {
        if kernel.has_one_instance() {
            return Err(Reason::OneInstance);
        }
        if let KernelKind::Initial | KernelKind::BeforeInitial | KernelKind::AfterInitial = kernel {
            return Err(Reason::Once);
        }
        if scan.services {
            return Err(Reason::Service);
        }
        let mut shapes = Shapes::scalar(body);
        for &stored in &scan.stores {
            match stored {
                Stored::GlobalArray { .. } => return Err(Reason::GlobalArray),
                Stored::Arg => return Err(Reason::Argument),
                Stored::Pointer => return Err(Reason::Pointer),
                Stored::Global(global) => {
                    shapes.stored_globals.push(StoredGlobal {
                        global,
                        uniform: true,
                    });
                }
                Stored::Node(array) if kind != Kind::Density => {
                    let loads = scan
                        .loads
                        .iter()
                        .any(|&(p, _)| NodeArray::of(p) == Some(array));
                    if loads || count_stores(&body.block, array) > 1 {
                        return Err(Reason::SharedNode);
                    }
                }
                _ => {}
            }
        }
        if !shapes.stored_globals.is_empty() {
            Carried::new(body, &shapes).check(&body.block, &mut Vec::new())?;
        }

        // From "all is uniform" downwards until nothing changes.
        loop {
            let uniform = shapes.uniform_expressions(body);
            if !shapes.lower(&body.block, &uniform) {
                check_control(&body.block, &uniform)?;
                return Ok(shapes);
            }
        }
    }

    /// Whether each expression of the arena is uniform.
    fn uniform_expressions(&self, body: &Body) -> Vec<bool> {
        let mut uniform = Vec::with_capacity(body.exprs.len());
        for (_, expr) in body.exprs.iter() {
            let own = match expr {
                Expr::Local(local) => self.uniform_locals[local.index()],
                Expr::Load(Place::Global(global)) => self
                    .stored_global(*global)
                    .is_none_or(|stored| stored.uniform),
                Expr::Load(Place::GlobalAt { .. }) => true,
                Expr::Load(place) => place.is_uniform(),
                Expr::Pointing(_) => false,
                _ => true,
            };
            let mut all = own;
            for_each_operand(expr, |operand| {
                // An arena that is out of order is the verifier's affair.
                all &= uniform.get(operand.index()).copied().unwrap_or(false);
            });
            uniform.push(all);
        }
        uniform
    }

    pub fn stored_global(&self, global: u32) -> Option<StoredGlobal> {
        self.stored_globals
            .iter()
            .find(|stored| stored.global == global)
            .copied()
    }

    /// Marks what receives varying values; true if that is news.
    fn lower(&mut self, block: &Block, uniform: &[bool]) -> bool {
        let mut changed = false;
        for stmt in block {
            match stmt {
                Stmt::Assign(local, value) if !uniform[value.index()] => {
                    changed |= self.vary(*local);
                }
                Stmt::For { index, from, .. } if !uniform[from.index()] => {
                    changed |= self.vary(*index);
                }
                Stmt::Store(Place::Global(global), value)
                | Stmt::Accumulate(Place::Global(global), value)
                    if !uniform[value.index()] =>
                {
                    for stored in &mut self.stored_globals {
                        if stored.global == *global {
                            changed |= std::mem::replace(&mut stored.uniform, false);
                        }
                    }
                }
                _ => {}
            }
            for inner in stmt.blocks() {
                changed |= self.lower(inner, uniform);
            }
        }
        changed
    }

    fn vary(&mut self, local: LocalId) -> bool {
        std::mem::replace(&mut self.uniform_locals[local.index()], false)
    }
}

/// Finds loads of stored globals that no store of the same instance precedes.
struct Carried<'a> {
    body: &'a Body,
    shapes: &'a Shapes,
    /// Expressions that load a stored global, directly or not.
    loads: Vec<bool>,
}

impl<'a> Carried<'a> {
    fn new(body: &'a Body, shapes: &'a Shapes) -> Self {
        let mut loads = Vec::with_capacity(body.exprs.len());
        for (_, expr) in body.exprs.iter() {
            let mut any = match expr {
                Expr::Load(Place::Global(global)) => shapes.stored_global(*global).is_some(),
                Expr::Load(Place::GlobalAt { base, len, .. }) => shapes
                    .stored_globals
                    .iter()
                    .any(|stored| (*base..*base + *len).contains(&stored.global)),
                _ => false,
            };
            for_each_operand(expr, |operand| {
                any |= loads.get(operand.index()).copied().unwrap_or(true);
            });
            loads.push(any);
        }
        Carried {
            body,
            shapes,
            loads,
        }
    }

    /// `ready` are the globals stored so far on all paths.
    fn check(&self, block: &Block, ready: &mut Vec<u32>) -> Result<(), Reason> {
        for stmt in block {
            if !matches!(stmt, Stmt::While { .. }) {
                let mut result = Ok(());
                stmt.for_each_expr(|root| {
                    if result.is_ok() {
                        result = self.expr(root, ready);
                    }
                });
                result?;
            }
            match stmt {
                Stmt::Accumulate(Place::Global(global), _) if !ready.contains(global) => {
                    return Err(Reason::CarriedGlobal(*global));
                }
                Stmt::Store(Place::Global(global), _) => ready.push(*global),
                Stmt::If {
                    then, otherwise, ..
                } => {
                    let mut after_then = ready.clone();
                    self.check(then, &mut after_then)?;
                    let mut after_otherwise = ready.clone();
                    self.check(otherwise, &mut after_otherwise)?;
                    after_then.retain(|global| after_otherwise.contains(global));
                    *ready = after_then;
                }
                Stmt::While { head, cond, body } => {
                    // The head runs at least once.
                    self.check(head, ready)?;
                    self.expr(*cond, ready)?;
                    self.check(body, &mut ready.clone())?;
                }
                Stmt::For { body, .. } => self.check(body, &mut ready.clone())?,
                _ => {}
            }
        }
        Ok(())
    }

    fn expr(&self, root: ExprId, ready: &[u32]) -> Result<(), Reason> {
        if !self.loads[root.index()] {
            return Ok(());
        }
        for id in Visited::new().reach(&self.body.exprs, root) {
            match &self.body.exprs[id] {
                Expr::Load(Place::Global(global))
                    if self.shapes.stored_global(*global).is_some() && !ready.contains(global) =>
                {
                    return Err(Reason::CarriedGlobal(*global));
                }
                // An element of an array, some of whose doubles are stored as scalars.
                Expr::Load(Place::GlobalAt { base, .. }) if self.loads[id.index()] => {
                    return Err(Reason::CarriedGlobal(*base));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn check_control(block: &Block, uniform: &[bool]) -> Result<(), Reason> {
    for stmt in block {
        match stmt {
            Stmt::If { cond, .. } if !uniform[cond.index()] => return Err(Reason::Branch),
            Stmt::While { cond, .. } if !uniform[cond.index()] => return Err(Reason::Loop),
            Stmt::For { from, to, .. } if !(uniform[from.index()] && uniform[to.index()]) => {
                return Err(Reason::Loop);
            }
            _ => {}
        }
        for inner in stmt.blocks() {
            check_control(inner, uniform)?;
        }
    }
    Ok(())
}

fn count_stores(block: &Block, array: NodeArray) -> usize {
    block
        .iter()
        .map(|stmt| {
            let own = match stmt {
                Stmt::Store(place, _) | Stmt::Accumulate(place, _) => {
                    usize::from(NodeArray::of(*place) == Some(array))
                }
                // A loop may execute the statement any number of times.
                Stmt::For { body, .. } => count_stores(body, array),
                Stmt::While { head, body, .. } => {
                    count_stores(head, array) + count_stores(body, array)
                }
                _ => 0,
            };
            own + stmt
                .blocks()
                .map(|inner| count_stores(inner, array))
                .sum::<usize>()
        })
        .sum()
}

//! What a body touches: found once, before its code is generated.

use std::collections::BTreeSet;

use super::shims;
use crate::ir::walk::for_each_operand;
use crate::ir::{Block, Body, Builtin, Expr, ExprId, IonVar, NodeVar, Place, Stmt};

/// An array over nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NodeArray {
    Node(NodeVar),
    Ion(u32, IonVar),
}

impl NodeArray {
    /// The array that a place is in.
    pub fn of(place: Place) -> Option<NodeArray> {
        match place {
            Place::Node(var) => Some(NodeArray::Node(var)),
            Place::Ion(ion, var) => Some(NodeArray::Ion(ion, var)),
            _ => None,
        }
    }
}

/// What is touched by the statements of a body (its arena may hold more).
pub(super) struct Scan {
    /// The expressions that use an expression.
    users: Users,
    /// The places loaded, with the expression that does it; tables only if they are stored to.
    pub loads: Vec<(Place, ExprId)>,
    /// The expression that is the value of a local.
    pub local_values: Vec<Option<ExprId>>,
    /// Places stored or accumulated in the block.
    pub stores: BTreeSet<Stored>,
    pub columns: BTreeSet<u32>,
    /// True if an element of a column array is stored, with an index known at run time.
    pub stores_column_arrays: bool,
    pub node_arrays: BTreeSet<NodeArray>,
    pub tables: BTreeSet<u32>,
    /// Built-in functions that are called.
    pub builtins: BTreeSet<Builtin>,
    /// Loads from tables.
    table_values: Vec<(Place, ExprId)>,
    pub services: bool,
    /// True if a FUNCTION_TABLE is used.
    pub function_tables: bool,
    /// True if a POINTER is used.
    pub pointers: bool,
    /// Uses of node arrays and number of expressions: whether a second version pays.
    pub node_accesses: usize,
    pub expressions: usize,
}

/// Memory that a store changes: a single double or a whole array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stored {
    Column(u32),
    Global(u32),
    GlobalArray { base: u32, len: u32 },
    Node(NodeArray),
    Arg,
    Pointer,
    Table,
    Other,
}

impl Scan {
    pub fn new(body: &Body) -> Scan {
        let mut scan = Scan {
            users: Users::new(body.exprs.len()),
            loads: Vec::new(),
            local_values: vec![None; body.locals.len()],
            stores: BTreeSet::new(),
            columns: BTreeSet::new(),
            stores_column_arrays: false,
            node_arrays: BTreeSet::new(),
            tables: BTreeSet::new(),
            builtins: BTreeSet::new(),
            table_values: Vec::new(),
            services: false,
            function_tables: false,
            pointers: false,
            node_accesses: 0,
            expressions: 0,
        };
        let mut seen = vec![false; body.exprs.len()];
        scan.block(body, &body.prologue, &mut seen);
        scan.block(body, &body.block, &mut seen);
        if scan.stores.contains(&Stored::Table) {
            scan.loads.append(&mut scan.table_values);
        }
        scan
    }

    fn block(&mut self, body: &Body, block: &Block, seen: &mut [bool]) {
        for stmt in block {
            stmt.for_each_expr(|id| self.expr(body, id, seen));
            match stmt {
                Stmt::Store(place, _) | Stmt::Accumulate(place, _) => {
                    self.place(*place);
                    self.stores.insert(stored(*place));
                    self.stores_column_arrays |= matches!(place, Place::ColumnAt { .. });
                }
                Stmt::Service { .. } => self.services = true,
                _ => {}
            }
            for inner in stmt.blocks() {
                self.block(body, inner, seen);
            }
        }
    }

    fn expr(&mut self, body: &Body, root: ExprId, seen: &mut [bool]) {
        let mut stack = vec![root];
        while let Some(id) = stack.pop() {
            if std::mem::replace(&mut seen[id.index()], true) {
                continue;
            }
            self.expressions += 1;
            match &body.exprs[id] {
                Expr::Local(local) => self.local_values[local.index()] = Some(id),
                Expr::Load(place) => {
                    self.place(*place);
                    self.loads.push((*place, id));
                }
                Expr::Pointing(_) => self.pointers = true,
                Expr::FunctionTable { .. } => self.function_tables = true,
                Expr::TableValue { table, column, row } => {
                    let (table, column, row) = (*table, *column, *row);
                    self.tables.insert(table);
                    let place = Place::Table { table, column, row };
                    self.table_values.push((place, id));
                }
                Expr::Builtin(builtin, _) if shims::symbol(*builtin).is_some() => {
                    self.builtins.insert(*builtin);
                }
                _ => {}
            }
            for_each_operand(&body.exprs[id], |operand| {
                self.users.add(operand, id);
                stack.push(operand);
            });
        }
    }

    fn place(&mut self, place: Place) {
        match place {
            Place::Column(column) => {
                self.columns.insert(column);
            }
            Place::Table { table, .. } => {
                self.tables.insert(table);
            }
            Place::Pointer(_) => self.pointers = true,
            _ => {}
        }
        if let Some(array) = NodeArray::of(place) {
            self.node_arrays.insert(array);
            self.node_accesses += 1;
        }
    }

    /// The expressions that use `id` directly.
    pub fn users(&self, id: ExprId) -> impl Iterator<Item = ExprId> {
        self.users.of(id)
    }

    /// True if the kernel stores to what a POINTER points at: to anything that has a name.
    pub fn stores_through_pointers(&self) -> bool {
        self.stores.contains(&Stored::Pointer)
    }

    /// True if no store of the kernel may change the global.
    pub fn global_is_constant(&self, global: u32) -> bool {
        !self.services
            && !self.stores_through_pointers()
            && !self.stores.iter().any(|stored| match *stored {
                Stored::Global(other) => other == global,
                Stored::GlobalArray { base, len } => (base..base + len).contains(&global),
                _ => false,
            })
    }
}

fn stored(place: Place) -> Stored {
    match place {
        Place::Column(column) => Stored::Column(column),
        Place::Global(global) => Stored::Global(global),
        Place::GlobalAt { base, len, .. } => Stored::GlobalArray { base, len },
        Place::Arg(_) | Place::NetConArg { .. } => Stored::Arg,
        Place::Pointer(_) => Stored::Pointer,
        Place::Table { .. } => Stored::Table,
        _ => NodeArray::of(place).map_or(Stored::Other, Stored::Node),
    }
}

/// Lists of expressions, one for each expression, in two vectors.
struct Users {
    first: Vec<u32>,
    links: Vec<(ExprId, u32)>,
}

const END: u32 = u32::MAX;

impl Users {
    fn new(len: usize) -> Users {
        Users {
            first: vec![END; len],
            links: Vec::with_capacity(2 * len),
        }
    }

    fn add(&mut self, of: ExprId, user: ExprId) {
        let first = &mut self.first[of.index()];
        self.links.push((user, *first));
        *first = self.links.len() as u32 - 1;
    }

    fn of(&self, id: ExprId) -> impl Iterator<Item = ExprId> {
        let mut at = self.first[id.index()];
        std::iter::from_fn(move || {
            let &(user, next) = self.links.get(at as usize)?;
            at = next;
            Some(user)
        })
    }
}

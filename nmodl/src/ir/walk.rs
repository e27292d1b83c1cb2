//! Ways through expressions and statements that the verifier, the printer, the interpreter and
//! the passes share.

use super::{Block, Body, Expr, ExprId, Exprs, LocalId, Place, Stmt};

/// A set of expressions of one arena.
///
/// Passes keep one and ask [`Visited::reach`] for what a root reaches that was not reached
/// before: each expression is looked at once, however often it is shared.
#[derive(Debug, Clone)]
pub struct Visited {
    marks: Vec<u32>,
    epoch: u32,
    stack: Vec<ExprId>,
}

impl Default for Visited {
    fn default() -> Self {
        Visited::new()
    }
}

impl Visited {
    /// The empty set.
    pub fn new() -> Self {
        Visited {
            marks: Vec::new(),
            epoch: 1,
            stack: Vec::new(),
        }
    }

    /// Forgets everything, in constant time.
    pub fn clear(&mut self) {
        self.epoch += 1;
    }

    /// Adds `id`; true if it is new.
    pub fn insert(&mut self, id: ExprId) -> bool {
        if self.marks.len() <= id.index() {
            self.marks.resize(id.index() + 1, 0);
        }
        let new = self.marks[id.index()] != self.epoch;
        self.marks[id.index()] = self.epoch;
        new
    }

    /// True if `id` was added.
    pub fn contains(&self, id: ExprId) -> bool {
        self.marks.get(id.index()) == Some(&self.epoch)
    }

    /// Takes one expression out again.
    pub fn remove(&mut self, id: ExprId) {
        if let Some(mark) = self.marks.get_mut(id.index()) {
            *mark = 0;
        }
    }

    /// Adds all expressions that `root` reaches; gives the new ones, operands first.
    pub fn reach(&mut self, exprs: &Exprs, root: ExprId) -> Vec<ExprId> {
        let mut found = Vec::new();
        if self.insert(root) {
            self.stack.push(root);
        }
        while let Some(id) = self.stack.pop() {
            found.push(id);
            for_each_operand(&exprs[id], |operand| {
                if self.insert(operand) {
                    self.stack.push(operand);
                }
            });
        }
        found.sort_unstable();
        found
    }
}

/// Calls `f` with each operand, in order.
pub fn for_each_operand(expr: &Expr, mut f: impl FnMut(ExprId)) {
    match expr {
        Expr::F64(_) | Expr::I64(_) | Expr::Bool(_) | Expr::Local(_) | Expr::Pointing(_) => {}
        Expr::Load(place) => {
            if let Some(index) = place.index() {
                f(index);
            }
        }
        Expr::TableValue { row, .. } => f(*row),
        Expr::Unary(_, a) => f(*a),
        Expr::Binary(_, a, b) => {
            f(*a);
            f(*b);
        }
        Expr::Select(c, a, b) => {
            f(*c);
            f(*a);
            f(*b);
        }
        Expr::Builtin(_, args) | Expr::FunctionTable { args, .. } => {
            args.iter().copied().for_each(f)
        }
    }
}

impl Stmt {
    /// Calls `f` with each expression that the statement itself evaluates, not those of nested
    /// statements. Index expressions of places are included.
    pub fn for_each_expr(&self, mut f: impl FnMut(ExprId)) {
        fn index(place: Place, f: &mut impl FnMut(ExprId)) {
            if let Some(index) = place.index() {
                f(index);
            }
        }
        match self {
            Stmt::Assign(_, value) | Stmt::Equation { value, .. } => f(*value),
            Stmt::Store(place, value)
            | Stmt::Accumulate(place, value)
            | Stmt::Rate(place, value)
            | Stmt::Compartment(place, value) => {
                index(*place, &mut f);
                f(*value);
            }
            Stmt::If { cond, .. } | Stmt::While { cond, .. } => f(*cond),
            Stmt::For { from, to, .. } => {
                f(*from);
                f(*to);
            }
            Stmt::Check { cond, value, .. } => {
                f(*cond);
                f(*value);
            }
            Stmt::Service { args, .. } | Stmt::Call { args, .. } => {
                args.iter().copied().for_each(f)
            }
            Stmt::Reaction(reaction) => {
                for species in reaction.reactants.iter().chain(&reaction.products) {
                    index(species.place, &mut f);
                }
                f(reaction.forward);
                reaction.backward.into_iter().for_each(f);
            }
            Stmt::Conserve { terms, total } => {
                for term in terms {
                    index(term.place, &mut f);
                }
                f(*total);
            }
            Stmt::Solve { .. } | Stmt::Differentiate { .. } => {}
        }
    }

    /// The blocks inside, in order of execution.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let (first, second) = match self {
            Stmt::If {
                then, otherwise, ..
            } => (Some(then), Some(otherwise)),
            Stmt::For { body, .. } => (Some(body), None),
            Stmt::While { head, body, .. } => (Some(head), Some(body)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// Calls `f` with each local that the statement itself assigns. The index of a `for` is one.
    pub fn for_each_assigned(&self, mut f: impl FnMut(LocalId)) {
        match self {
            Stmt::Assign(local, _)
            | Stmt::For { index: local, .. }
            | Stmt::Differentiate { result: local, .. } => f(*local),
            Stmt::Service { result, .. } | Stmt::Call { result, .. } => {
                result.iter().copied().for_each(f);
            }
            Stmt::Reaction(reaction) => {
                f(reaction.f_flux);
                f(reaction.b_flux);
            }
            _ => {}
        }
    }
}

/// Calls `f` with each statement of `block` and of the blocks inside, outer before inner.
pub fn for_each_stmt<'a>(block: &'a [Stmt], f: &mut impl FnMut(&'a Stmt)) {
    for stmt in block {
        f(stmt);
        for inner in stmt.blocks() {
            for_each_stmt(inner, f);
        }
    }
}

impl Body {
    /// Calls `f` with each statement, the prologue's first.
    pub fn for_each_stmt<'a>(&'a self, mut f: impl FnMut(&'a Stmt)) {
        for_each_stmt(&self.prologue, &mut f);
        for_each_stmt(&self.block, &mut f);
    }
}

/// The blocks directly inside a statement.
pub fn blocks_mut(stmt: &mut Stmt) -> Vec<&mut Block> {
    match stmt {
        Stmt::If {
            then, otherwise, ..
        } => vec![then, otherwise],
        Stmt::For { body, .. } => vec![body],
        Stmt::While { head, body, .. } => vec![head, body],
        _ => vec![],
    }
}

/// Replaces the expressions that a statement itself uses, indices of places included (not those
/// of blocks inside).
pub fn map_exprs(stmt: &mut Stmt, f: &mut impl FnMut(ExprId) -> ExprId) {
    fn place(place: &mut Place, f: &mut impl FnMut(ExprId) -> ExprId) {
        if let Some(index) = place.index() {
            *place = place.with_index(f(index));
        }
    }
    match stmt {
        Stmt::Assign(_, value) | Stmt::Equation { value, .. } => *value = f(*value),
        Stmt::Store(p, value)
        | Stmt::Accumulate(p, value)
        | Stmt::Rate(p, value)
        | Stmt::Compartment(p, value) => {
            place(p, f);
            *value = f(*value);
        }
        Stmt::If { cond, .. } | Stmt::While { cond, .. } => *cond = f(*cond),
        Stmt::For { from, to, .. } => {
            *from = f(*from);
            *to = f(*to);
        }
        Stmt::Check { cond, value, .. } => {
            *cond = f(*cond);
            *value = f(*value);
        }
        Stmt::Service { args, .. } | Stmt::Call { args, .. } => {
            args.iter_mut().for_each(|a| *a = f(*a));
        }
        Stmt::Reaction(reaction) => {
            for species in reaction.reactants.iter_mut().chain(&mut reaction.products) {
                place(&mut species.place, f);
            }
            reaction.forward = f(reaction.forward);
            reaction.backward = reaction.backward.map(&mut *f);
        }
        Stmt::Conserve { terms, total } => {
            terms.iter_mut().for_each(|t| place(&mut t.place, f));
            *total = f(*total);
        }
        Stmt::Solve { .. } | Stmt::Differentiate { .. } => {}
    }
}

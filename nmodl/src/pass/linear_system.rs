//! Straight-line solution of a sparse linear system.
//!
//! The order of elimination and the places of fill-in are chosen here, once: pivots on the
//! diagonal in Markowitz's order (the fewest multiplications next; ties go to the earlier
//! equation). The code that results has no loops and no indices.

use std::collections::BTreeMap;

use crate::abi::Failure;
use crate::ir::{BinaryOp, Block, Body, Builtin, ExprId, LocalId, PlaceId, Stmt, Type, UnaryOp};

/// Pivots smaller than this are reported as a singular matrix (NEURON's ROUNDOFF).
const SMALLEST_PIVOT: f64 = 1e-20;

/// `A·x = b` in the making: an entry is a local that statements add to.
pub(crate) struct LinearSystem {
    n: usize,
    entries: BTreeMap<(usize, usize), LocalId>,
    rhs: Vec<LocalId>,
}

impl LinearSystem {
    /// `n` equations without entries; `out` receives the statements that clear the right-hand
    /// side.
    pub(crate) fn new(body: &mut Body, n: usize, out: &mut Block) -> LinearSystem {
        let zero = body.exprs.f64(0.0);
        let rhs = (0..n)
            .map(|i| {
                let local = body.local(format!("b{i}"), Type::F64);
                out.push(Stmt::Assign(local, zero));
                local
            })
            .collect();
        LinearSystem {
            n,
            entries: BTreeMap::new(),
            rhs,
        }
    }

    /// The local of an entry; `clear` receives the statement that clears a new one.
    pub(crate) fn entry(
        &mut self,
        body: &mut Body,
        row: usize,
        column: usize,
        clear: &mut Block,
    ) -> LocalId {
        *self.entries.entry((row, column)).or_insert_with(|| {
            let local = body.local(format!("a{row}_{column}"), Type::F64);
            let zero = body.exprs.f64(0.0);
            clear.push(Stmt::Assign(local, zero));
            local
        })
    }

    /// The local of a right-hand side.
    pub(crate) fn rhs(&self, row: usize) -> LocalId {
        self.rhs[row]
    }

    /// The statements that solve the system. The solution replaces the right-hand side.
    /// `place` is reported if the matrix is singular.
    pub(crate) fn solve(
        mut self,
        body: &mut Body,
        place: PlaceId,
        out: &mut Block,
    ) -> Vec<LocalId> {
        // The structure must hold every pivot.
        for i in 0..self.n {
            let mut clear = Vec::new();
            self.entry(body, i, i, &mut clear);
            out.extend(clear);
        }
        let mut left: Vec<usize> = (0..self.n).collect();
        let mut order = Vec::with_capacity(self.n);
        while let Some(position) = self.next_pivot(&left) {
            let pivot = left.remove(position);
            order.push(pivot);
            self.eliminate(body, pivot, &left, place, out);
        }
        self.back_substitute(body, &order, out);
        self.rhs
    }

    fn next_pivot(&self, left: &[usize]) -> Option<usize> {
        let has = |row, column| self.entries.contains_key(&(row, column));
        (0..left.len()).min_by_key(|&position| {
            let i = left[position];
            let row = left.iter().filter(|&&j| j != i && has(i, j)).count();
            let column = left.iter().filter(|&&j| j != i && has(j, i)).count();
            (row * column, i)
        })
    }

    fn eliminate(
        &mut self,
        body: &mut Body,
        pivot: usize,
        left: &[usize],
        place: PlaceId,
        out: &mut Block,
    ) {
        let pivot_local = self.entries[&(pivot, pivot)];
        let p = body.exprs.local(pivot_local);
        check_pivot(body, p, place, out);
        let columns: Vec<(usize, LocalId)> = left
            .iter()
            .filter_map(|&j| self.entries.get(&(pivot, j)).map(|&local| (j, local)))
            .collect();
        for &row in left {
            let Some(&below) = self.entries.get(&(row, pivot)) else {
                continue;
            };
            let below = body.exprs.local(below);
            let factor = body.exprs.binary(BinaryOp::Div, below, p);
            let factor_local = body.local("factor", Type::F64);
            out.push(Stmt::Assign(factor_local, factor));
            let factor = body.exprs.local(factor_local);
            for &(column, above) in &columns {
                let above = body.exprs.local(above);
                let product = body.exprs.binary(BinaryOp::Mul, above, factor);
                let mut clear = Vec::new();
                let target = self.entry(body, row, column, &mut clear);
                out.extend(clear);
                subtract(body, target, product, out);
            }
            let above = body.exprs.local(self.rhs[pivot]);
            let product = body.exprs.binary(BinaryOp::Mul, above, factor);
            subtract(body, self.rhs[row], product, out);
        }
    }

    fn back_substitute(&self, body: &mut Body, order: &[usize], out: &mut Block) {
        for (position, &pivot) in order.iter().enumerate().rev() {
            for &column in &order[position + 1..] {
                if let Some(&entry) = self.entries.get(&(pivot, column)) {
                    let entry = body.exprs.local(entry);
                    let known = body.exprs.local(self.rhs[column]);
                    let product = body.exprs.binary(BinaryOp::Mul, entry, known);
                    subtract(body, self.rhs[pivot], product, out);
                }
            }
            let diagonal = body.exprs.local(self.entries[&(pivot, pivot)]);
            let value = body.exprs.local(self.rhs[pivot]);
            let quotient = body.exprs.binary(BinaryOp::Div, value, diagonal);
            out.push(Stmt::Assign(self.rhs[pivot], quotient));
        }
    }
}

fn subtract(body: &mut Body, target: LocalId, value: ExprId, out: &mut Block) {
    let old = body.exprs.local(target);
    let new = body.exprs.binary(BinaryOp::Sub, old, value);
    out.push(Stmt::Assign(target, new));
}

fn check_pivot(body: &mut Body, pivot: ExprId, place: PlaceId, out: &mut Block) {
    let size = body.exprs.call1(Builtin::Abs, pivot);
    let least = body.exprs.f64(SMALLEST_PIVOT);
    let small = body.exprs.binary(BinaryOp::Le, size, least);
    let cond = body.exprs.unary(UnaryOp::Not, small);
    out.push(Stmt::Check {
        cond,
        failure: Failure::SingularMatrix,
        place,
        value: pivot,
    });
}

//! Straight-line solution of a sparse linear system.
//!
//! The order of elimination and the places of fill-in are chosen here, once: pivots on the
//! diagonal in Markowitz's order (the fewest multiplications next; ties go to the earlier
//! equation). The code that results has no loops and no indices.

use std::collections::BTreeMap;

use super::solve::{self, Site};
use crate::abi::Failure;
use crate::diagnostic::Diagnostic;
use crate::ir::{
    BinaryOp, Block, Body, Builtin, Expr, ExprId, LocalId, Module, PlaceId, Stmt, Type, UnaryOp,
};

/// Pivots smaller than this are reported as a singular matrix (NEURON's ROUNDOFF).
const SMALLEST_PIVOT: f64 = 1e-20;

/// Multiplications beyond which a system is refused.
const MOST_OPERATIONS: usize = 100_000;

/// The code that solves a system would be too long.
pub(crate) struct TooLarge;

impl TooLarge {
    /// As the user's fault.
    pub(crate) fn diagnostic(self, module: &Module, site: Site) -> Diagnostic {
        solve::too_large(
            module,
            site,
            "too many coupled equations".to_owned(),
            format!("the solution takes more than {MOST_OPERATIONS} multiplications"),
        )
    }
}

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
    ) -> Result<Vec<LocalId>, TooLarge> {
        let order = self.order()?;
        // The structure must hold every pivot.
        for i in 0..self.n {
            let mut clear = Vec::new();
            self.entry(body, i, i, &mut clear);
            out.extend(clear);
        }
        let mut smallest = None;
        for (position, &pivot) in order.iter().enumerate() {
            self.eliminate(body, pivot, &order[position + 1..], &mut smallest, out);
        }
        check_pivots(body, smallest, place, out);
        self.back_substitute(body, &order, out);
        Ok(self.rhs)
    }

    /// As [`LinearSystem::solve`], but with pivots that the values decide: in each column that of
    /// largest magnitude, as NEURON's simeq. Entries that cannot be other than zero cost nothing.
    pub(crate) fn solve_pivoting(
        mut self,
        body: &mut Body,
        place: PlaceId,
        out: &mut Block,
    ) -> Result<Vec<LocalId>, TooLarge> {
        let order: Vec<usize> = (0..self.n).collect();
        let mut operations = 0;
        let mut smallest = None;
        for k in 0..self.n {
            let mut candidates: Vec<usize> = (k..self.n)
                .filter(|&row| self.entries.contains_key(&(row, k)))
                .collect();
            if let Some(&first) = candidates.first() {
                self.relabel(k, first);
                candidates.remove(0);
            }
            let pivot = self.entry(body, k, k, out);
            for &row in &candidates {
                // Two selects for each column, and one multiplication in the elimination.
                operations += 3 * self.unite(body, k, row, out);
                if operations > MOST_OPERATIONS {
                    return Err(TooLarge);
                }
                self.exchange_if_larger(body, k, row, out);
            }
            let p = body.exprs.local(pivot);
            note_pivot(body, p, &mut smallest, out);
            for row in candidates {
                self.eliminate_row(body, k, row, &order[k + 1..], out);
            }
        }
        check_pivots(body, smallest, place, out);
        self.back_substitute(body, &order, out);
        Ok(self.rhs)
    }

    /// Exchanges the rows `a` and `b`, when compiling.
    fn relabel(&mut self, a: usize, b: usize) {
        let other = |row| match row {
            row if row == a => b,
            row if row == b => a,
            row => row,
        };
        let entries = std::mem::take(&mut self.entries);
        self.entries = entries
            .into_iter()
            .map(|((row, column), local)| ((other(row), column), local))
            .collect();
        self.rhs.swap(a, b);
    }

    /// Gives the rows `a` and `b` entries in the same columns from `a` on; gives their number.
    fn unite(&mut self, body: &mut Body, a: usize, b: usize, out: &mut Block) -> usize {
        let mut count = 0;
        for column in a..self.n {
            let has = |row| self.entries.contains_key(&(row, column));
            if has(a) || has(b) {
                count += 1;
                self.entry(body, a, column, out);
                self.entry(body, b, column, out);
            }
        }
        count
    }

    /// Exchanges two rows of entries in the same columns if `row` has the larger one in column
    /// `pivot`.
    fn exchange_if_larger(&self, body: &mut Body, pivot: usize, row: usize, out: &mut Block) {
        let size = |body: &mut Body, row| {
            let entry = body.exprs.local(self.entries[&(row, pivot)]);
            body.exprs.call1(Builtin::Abs, entry)
        };
        let (present, other) = (size(body, pivot), size(body, row));
        let larger = body.exprs.binary(BinaryOp::Lt, present, other);
        let exchange = body.local("exchange", Type::Bool);
        out.push(Stmt::Assign(exchange, larger));
        let exchange = body.exprs.local(exchange);
        let columns = self.entries.range((pivot, pivot)..(pivot + 1, 0));
        let pairs = columns.map(|(&(_, column), &a)| (a, self.entries[&(row, column)]));
        let pairs: Vec<_> = pairs.chain([(self.rhs[pivot], self.rhs[row])]).collect();
        for (a, b) in pairs {
            let (x, y) = (body.exprs.local(a), body.exprs.local(b));
            let upper = body.exprs.add(Expr::Select(exchange, y, x));
            let upper = solve::assign_new(body, "upper", upper, out);
            let lower = body.exprs.add(Expr::Select(exchange, x, y));
            out.push(Stmt::Assign(b, lower));
            let upper = body.exprs.local(upper);
            out.push(Stmt::Assign(a, upper));
        }
    }

    /// The order of elimination, found on the structure alone.
    fn order(&self) -> Result<Vec<usize>, TooLarge> {
        let mut rows = vec![BitSet::new(self.n); self.n];
        let mut columns = rows.clone();
        for &(row, column) in self.entries.keys().filter(|(row, column)| row != column) {
            rows[row].insert(column);
            columns[column].insert(row);
        }
        let mut left: Vec<usize> = (0..self.n).collect();
        let (mut order, mut operations) = (Vec::with_capacity(self.n), 0);
        let work = |rows: &[BitSet], columns: &[BitSet], i: usize| rows[i].len() * columns[i].len();
        while let Some(pivot) = left
            .iter()
            .copied()
            .min_by_key(|&i| (work(&rows, &columns, i), i))
        {
            operations += work(&rows, &columns, pivot) + rows[pivot].len() + columns[pivot].len();
            if operations > MOST_OPERATIONS {
                return Err(TooLarge);
            }
            left.retain(|&i| i != pivot);
            order.push(pivot);
            // The pivot's row joins every row below; then nothing refers to the pivot.
            let (across, below) = (rows[pivot].clone(), columns[pivot].clone());
            for row in below.iter() {
                rows[row].union(&across);
                rows[row].remove(pivot);
                rows[row].remove(row);
            }
            for column in across.iter() {
                columns[column].union(&below);
                columns[column].remove(pivot);
                columns[column].remove(column);
            }
        }
        Ok(order)
    }

    fn eliminate(
        &mut self,
        body: &mut Body,
        pivot: usize,
        later: &[usize],
        smallest: &mut Option<LocalId>,
        out: &mut Block,
    ) {
        let pivot_local = self.entries[&(pivot, pivot)];
        let p = body.exprs.local(pivot_local);
        note_pivot(body, p, smallest, out);
        for &row in later {
            if self.entries.contains_key(&(row, pivot)) {
                self.eliminate_row(body, pivot, row, later, out);
            }
        }
    }

    /// Takes the pivot's row times a factor from `row`, in the columns `later` and on the right.
    fn eliminate_row(
        &mut self,
        body: &mut Body,
        pivot: usize,
        row: usize,
        later: &[usize],
        out: &mut Block,
    ) {
        let below = body.exprs.local(self.entries[&(row, pivot)]);
        let p = body.exprs.local(self.entries[&(pivot, pivot)]);
        let factor = body.exprs.binary(BinaryOp::Div, below, p);
        let factor = solve::assign_new(body, "factor", factor, out);
        let factor = body.exprs.local(factor);
        for &column in later {
            let Some(&above) = self.entries.get(&(pivot, column)) else {
                continue;
            };
            let above = body.exprs.local(above);
            let product = body.exprs.binary(BinaryOp::Mul, above, factor);
            let target = self.entry(body, row, column, out);
            subtract(body, target, product, out);
        }
        let above = body.exprs.local(self.rhs[pivot]);
        let product = body.exprs.binary(BinaryOp::Mul, above, factor);
        subtract(body, self.rhs[row], product, out);
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

/// Keeps the magnitude of the smallest pivot so far. It is looked at once, behind the elimination: a
/// branch at every pivot would cut the code into as many pieces, with all entries alive across each.
fn note_pivot(body: &mut Body, pivot: ExprId, smallest: &mut Option<LocalId>, out: &mut Block) {
    let size = body.exprs.call1(Builtin::Abs, pivot);
    let before = match *smallest {
        None => body.exprs.f64(f64::INFINITY),
        Some(local) => body.exprs.local(local),
    };
    // A NaN is not smaller than anything.
    let least = body
        .exprs
        .add(Expr::Builtin(Builtin::Min, vec![size, before]));
    match *smallest {
        None => *smallest = Some(solve::assign_new(body, "smallest", least, out)),
        Some(local) => out.push(Stmt::Assign(local, least)),
    }
}

/// The matrix is singular if its smallest pivot is next to nothing.
fn check_pivots(body: &mut Body, smallest: Option<LocalId>, place: PlaceId, out: &mut Block) {
    let Some(smallest) = smallest else { return };
    let value = body.exprs.local(smallest);
    let least = body.exprs.f64(SMALLEST_PIVOT);
    let small = body.exprs.binary(BinaryOp::Le, value, least);
    let cond = body.exprs.unary(UnaryOp::Not, small);
    out.push(Stmt::Check {
        cond,
        failure: Failure::SingularMatrix,
        place,
        value,
    });
}

/// A set of small numbers.
#[derive(Clone)]
struct BitSet(Vec<u64>);

impl BitSet {
    fn new(n: usize) -> BitSet {
        BitSet(vec![0; n.div_ceil(64)])
    }

    fn insert(&mut self, i: usize) {
        self.0[i / 64] |= 1 << (i % 64);
    }

    fn remove(&mut self, i: usize) {
        self.0[i / 64] &= !(1 << (i % 64));
    }

    fn union(&mut self, other: &BitSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        let bits = |&(_, word): &(usize, u64)| word != 0;
        let words = self.0.iter().copied().enumerate().filter(bits);
        words.flat_map(|(at, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| at * 64 + bit)
        })
    }
}

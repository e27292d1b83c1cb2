//! The arena of a body's expressions, and what can be asked of a single one.

use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

use super::{BinaryOp, Builtin, Expr, ExprId, LocalId, Place, UnaryOp};

/// The arena of a body's expressions: one node for each distinct expression.
#[derive(Debug, Clone, Default)]
pub struct Exprs {
    nodes: Vec<Expr>,
    /// Open addressing: the ids at the places that their hashes ask for, or behind them; `FREE`.
    /// The length is a power of two, at least twice that of `nodes`.
    table: Vec<u32>,
    hasher: BuildHasherDefault<Mix>,
}

const FREE: u32 = u32::MAX;

/// A hash function for small keys: multiply and rotate (as in rustc's FxHash). Nothing depends
/// on the order of its values but the time that [`Exprs::add`] takes.
#[derive(Debug, Clone, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value as u64);
    }

    fn finish(&self) -> u64 {
        // The high bits are the good ones, and of most doubles the only ones.
        self.0.rotate_left(20)
    }
}

impl PartialEq for Exprs {
    fn eq(&self, other: &Self) -> bool {
        self.nodes == other.nodes
    }
}

impl std::ops::Index<ExprId> for Exprs {
    type Output = Expr;
    fn index(&self, id: ExprId) -> &Expr {
        &self.nodes[id.index()]
    }
}

impl Exprs {
    /// The id of `expr`, which is added if it is new.
    pub fn add(&mut self, expr: Expr) -> ExprId {
        if self.table.len() < 2 * (self.nodes.len() + 1) {
            self.grow();
        }
        let at = self.find(&expr);
        if self.table[at] == FREE {
            self.table[at] = self.nodes.len() as u32;
            self.nodes.push(expr);
        }
        ExprId(self.table[at])
    }

    /// The place of `expr` in the table, or the free one where it belongs.
    fn find(&self, expr: &Expr) -> usize {
        let mask = self.table.len() - 1;
        let mut at = self.hasher.hash_one(expr) as usize & mask;
        while self.table[at] != FREE && self.nodes[self.table[at] as usize] != *expr {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.table = vec![FREE; (4 * self.nodes.len()).next_power_of_two().max(64)];
        for id in 0..self.nodes.len() {
            let at = self.find(&self.nodes[id]);
            self.table[at] = id as u32;
        }
    }

    /// Number of expressions.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All expressions, operands before users.
    pub fn iter(&self) -> impl Iterator<Item = (ExprId, &Expr)> {
        self.nodes
            .iter()
            .enumerate()
            .map(|(i, e)| (ExprId(i as u32), e))
    }

    /// A double constant.
    pub fn f64(&mut self, value: f64) -> ExprId {
        self.add(Expr::F64(value.into()))
    }

    /// An index constant.
    pub fn i64(&mut self, value: i64) -> ExprId {
        self.add(Expr::I64(value))
    }

    /// Value of a local.
    pub fn local(&mut self, local: LocalId) -> ExprId {
        self.add(Expr::Local(local))
    }

    /// Value at a place.
    pub fn load(&mut self, place: Place) -> ExprId {
        self.add(Expr::Load(place))
    }

    /// `op a`
    pub fn unary(&mut self, op: UnaryOp, a: ExprId) -> ExprId {
        self.add(Expr::Unary(op, a))
    }

    /// `a op b`
    pub fn binary(&mut self, op: BinaryOp, a: ExprId, b: ExprId) -> ExprId {
        self.add(Expr::Binary(op, a, b))
    }

    /// A built-in function of one argument.
    pub fn call1(&mut self, builtin: Builtin, a: ExprId) -> ExprId {
        self.add(Expr::Builtin(builtin, vec![a]))
    }

    /// The constant that `id` is, if it is one.
    pub fn as_f64(&self, id: ExprId) -> Option<f64> {
        match self[id] {
            Expr::F64(bits) => Some(bits.value()),
            _ => None,
        }
    }
}

impl Expr {
    /// Its operands, in order.
    pub fn operands(&self) -> Vec<ExprId> {
        match self {
            Expr::F64(_) | Expr::I64(_) | Expr::Bool(_) | Expr::Local(_) | Expr::Pointing(_) => {
                vec![]
            }
            Expr::Load(place) => place.index().into_iter().collect(),
            Expr::TableValue { row, .. } => vec![*row],
            Expr::Unary(_, a) => vec![*a],
            Expr::Binary(_, a, b) => vec![*a, *b],
            Expr::Select(c, a, b) => vec![*c, *a, *b],
            Expr::Builtin(_, args) | Expr::FunctionTable { args, .. } => args.clone(),
        }
    }

    /// The same operation on other operands.
    pub fn map_operands(&self, mut f: impl FnMut(ExprId) -> ExprId) -> Expr {
        match self {
            Expr::F64(_) | Expr::I64(_) | Expr::Bool(_) | Expr::Local(_) | Expr::Pointing(_) => {
                self.clone()
            }
            Expr::Load(place) => match place.index() {
                Some(index) => Expr::Load(place.with_index(f(index))),
                None => self.clone(),
            },
            Expr::TableValue { table, column, row } => Expr::TableValue {
                table: *table,
                column: *column,
                row: f(*row),
            },
            Expr::Unary(op, a) => Expr::Unary(*op, f(*a)),
            Expr::Binary(op, a, b) => {
                let a = f(*a);
                Expr::Binary(*op, a, f(*b))
            }
            Expr::Select(c, a, b) => {
                let (c, a) = (f(*c), f(*a));
                Expr::Select(c, a, f(*b))
            }
            Expr::FunctionTable { table, slope, args } => Expr::FunctionTable {
                table: *table,
                slope: *slope,
                args: args.iter().map(|&a| f(a)).collect(),
            },
            Expr::Builtin(builtin, args) => {
                Expr::Builtin(*builtin, args.iter().map(|&a| f(a)).collect())
            }
        }
    }
}

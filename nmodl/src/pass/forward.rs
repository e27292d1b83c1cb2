//! Forward-mode differentiation of statements.
//!
//! For each direction (seed), every local and place that can depend on the seed gets a shadow
//! local that holds its derivative; the shadow is assigned just before the variable itself, with
//! the derivative of the assigned expression. Shadows begin at zero. Branches and loops need no
//! special care: the shadow follows its variable through them. Which variables need shadows is
//! found beforehand, without regard to the order of statements.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::derive::Derivative;
use crate::ir::{
    BinaryOp, Block, Body, Expr, ExprId, Exprs, LocalArray, LocalId, Place, Stmt, Type, UnaryOp,
    walk,
};

/// The derivatives of one direction.
pub(crate) struct Direction {
    seed: Place,
    locals: BTreeMap<LocalId, LocalId>,
    places: Vec<(Place, LocalId)>,
    /// Arrays accessed at run time: (kind and base) to shadow array.
    arrays: Vec<(ArrayKey, u32)>,
}

/// An array of memory, by its first element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum ArrayKey {
    Column(u32, u32),
    Global(u32, u32),
    Local(u32),
}

impl ArrayKey {
    fn of(place: Place) -> Option<ArrayKey> {
        match place {
            Place::ColumnAt { base, len, .. } => Some(ArrayKey::Column(base, len)),
            Place::GlobalAt { base, len, .. } => Some(ArrayKey::Global(base, len)),
            Place::LocalArray { array, .. } => Some(ArrayKey::Local(array)),
            _ => None,
        }
    }

    /// Position of a fixed place inside the array.
    fn element(self, place: Place) -> Option<i64> {
        match (self, place) {
            (ArrayKey::Column(base, len), Place::Column(c)) if (base..base + len).contains(&c) => {
                Some(i64::from(c - base))
            }
            (ArrayKey::Global(base, len), Place::Global(g)) if (base..base + len).contains(&g) => {
                Some(i64::from(g - base))
            }
            _ => None,
        }
    }

    fn len(self, body: &Body) -> u32 {
        match self {
            ArrayKey::Column(_, len) | ArrayKey::Global(_, len) => len,
            ArrayKey::Local(array) => body.arrays[array as usize].len,
        }
    }
}

/// Elements of an array that are set one by one; those of a longer one are set in a loop.
const MOST_STORES: u32 = 64;

/// What can depend on a seed.
#[derive(Default)]
struct Active {
    locals: HashSet<LocalId>,
    places: HashSet<Place>,
    arrays: HashSet<ArrayKey>,
}

impl Direction {
    /// Finds what depends on `seed` in `block` and makes shadows; the statements that set them
    /// to zero go to `out`.
    pub(crate) fn new(body: &mut Body, block: &Block, seed: Place, out: &mut Block) -> Direction {
        let active = activity(body, block, seed);
        let mut direction = Direction {
            seed,
            locals: BTreeMap::new(),
            places: Vec::new(),
            arrays: Vec::new(),
        };
        let zero = body.exprs.f64(0.0);
        let mut locals: Vec<_> = active.locals.into_iter().collect();
        locals.sort();
        for local in locals {
            let name = format!("d_{}", body.locals[local.index()].name);
            let shadow = body.local(name, Type::F64);
            out.push(Stmt::Assign(shadow, zero));
            direction.locals.insert(local, shadow);
        }
        let mut arrays: Vec<_> = active.arrays.into_iter().collect();
        arrays.sort_by_key(|key| format!("{key:?}"));
        for key in arrays {
            let len = key.len(body);
            body.arrays.push(LocalArray {
                name: "d_array".to_owned(),
                len,
            });
            let array = body.arrays.len() as u32 - 1;
            let set = |index, value| Stmt::Store(Place::LocalArray { array, index }, value);
            let store = |e: &mut Exprs, element: i64, value| set(e.i64(element), value);
            if len <= MOST_STORES {
                out.extend((0..len).map(|k| store(&mut body.exprs, k.into(), zero)));
            } else {
                let index = body.local("element", Type::I64);
                let e = &mut body.exprs;
                let (at, from, to) = (e.local(index), e.i64(0), e.i64(i64::from(len) - 1));
                let body = vec![set(at, zero)];
                out.push(Stmt::For {
                    index,
                    from,
                    to,
                    body,
                });
            }
            if let Some(element) = key.element(seed) {
                let one = body.exprs.f64(1.0);
                out.push(store(&mut body.exprs, element, one));
            }
            direction.arrays.push((key, array));
        }
        let mut places: Vec<_> = active.places.into_iter().collect();
        places.sort_by_key(|place| format!("{place:?}"));
        for place in places {
            if place != seed && direction.array_shadow(&mut body.exprs, place).is_none() {
                let shadow = body.local("d_place", Type::F64);
                out.push(Stmt::Assign(shadow, zero));
                direction.places.push((place, shadow));
            }
        }
        direction
    }

    fn array_shadow(&self, exprs: &mut Exprs, place: Place) -> Option<Place> {
        if let Some(key) = ArrayKey::of(place) {
            let (_, array) = self.arrays.iter().find(|(known, _)| *known == key)?;
            return Some(Place::LocalArray {
                array: *array,
                index: place.index()?,
            });
        }
        self.arrays.iter().find_map(|(key, array)| {
            let element = key.element(place)?;
            Some(Place::LocalArray {
                array: *array,
                index: exprs.i64(element),
            })
        })
    }

    /// Derivative of a local or load.
    fn leaf(&self, exprs: &mut Exprs, id: ExprId) -> Option<ExprId> {
        match exprs[id] {
            Expr::Local(local) => {
                let shadow = *self.locals.get(&local)?;
                Some(exprs.local(shadow))
            }
            Expr::Load(place) if place == self.seed => Some(exprs.f64(1.0)),
            Expr::Load(place) => {
                if let Some((_, shadow)) = self.places.iter().find(|(known, _)| *known == place) {
                    return Some(exprs.local(*shadow));
                }
                let shadow = self.array_shadow(exprs, place)?;
                Some(exprs.load(shadow))
            }
            _ => None,
        }
    }

    /// Derivative of an expression where it stands.
    pub(crate) fn derivative(&self, exprs: &mut Exprs, expr: ExprId) -> Option<ExprId> {
        let leaf = |e: &mut Exprs, id| self.leaf(e, id);
        Derivative::new(&leaf).of(exprs, expr)
    }

    /// The shadow of a local, if it can depend on the seed.
    pub(crate) fn local(&self, local: LocalId) -> Option<LocalId> {
        self.locals.get(&local).copied()
    }

    /// The statement that brings the shadow of what `stmt` assigns up to date.
    fn follow(&self, exprs: &mut Exprs, stmt: &Stmt) -> Option<Stmt> {
        let derivative = |exprs: &mut Exprs, value| {
            let derivative = self.derivative(exprs, value);
            derivative.unwrap_or_else(|| exprs.f64(0.0))
        };
        match *stmt {
            Stmt::Assign(local, value) => {
                let shadow = self.local(local)?;
                Some(Stmt::Assign(shadow, derivative(exprs, value)))
            }
            Stmt::Store(place, value) => {
                if let Some((_, shadow)) = self.places.iter().find(|(known, _)| *known == place) {
                    return Some(Stmt::Assign(*shadow, derivative(exprs, value)));
                }
                let shadow = self.array_shadow(exprs, place)?;
                Some(Stmt::Store(shadow, derivative(exprs, value)))
            }
            _ => None,
        }
    }
}

/// Inserts the shadows' statements of all `directions` into `block`.
pub(crate) fn differentiate(body: &mut Body, block: Block, directions: &[Direction]) -> Block {
    let mut out = Vec::with_capacity(block.len() * (1 + directions.len()));
    for mut stmt in block {
        for inner in walk::blocks_mut(&mut stmt) {
            *inner = differentiate(body, std::mem::take(inner), directions);
        }
        for direction in directions {
            out.extend(direction.follow(&mut body.exprs, &stmt));
        }
        out.push(stmt);
    }
    out
}

/// Whether any of `locals` can depend on `seed`.
pub(crate) fn depends_on(body: &Body, block: &Block, seed: Place, locals: &[LocalId]) -> bool {
    let active = activity(body, block, seed);
    locals.iter().any(|local| active.locals.contains(local))
}

fn activity(body: &Body, block: &Block, seed: Place) -> Active {
    let mut active = Active::default();
    active.places.insert(seed);
    loop {
        let before = (
            active.locals.len(),
            active.places.len(),
            active.arrays.len(),
        );
        walk::for_each_stmt(block, &mut |stmt| match stmt {
            Stmt::Assign(local, value) if active.value(&body.exprs, *value) => {
                active.locals.insert(*local);
            }
            Stmt::Store(place, value) if active.value(&body.exprs, *value) => {
                match ArrayKey::of(*place) {
                    Some(key) => {
                        active.arrays.insert(key);
                    }
                    None => {
                        active.places.insert(*place);
                    }
                }
            }
            _ => {}
        });
        // A fixed place inside an array that is accessed at run time is part of that array.
        let keys = array_keys(body, block);
        for key in keys {
            if active.places.iter().any(|p| key.element(*p).is_some()) {
                active.arrays.insert(key);
            }
        }
        if before
            == (
                active.locals.len(),
                active.places.len(),
                active.arrays.len(),
            )
        {
            return active;
        }
    }
}

/// Arrays that are loaded or stored at an index known at run time only.
fn array_keys(body: &Body, block: &Block) -> Vec<ArrayKey> {
    let mut keys = Vec::new();
    let mut note = |place: Place| {
        if let Some(key) = ArrayKey::of(place)
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    };
    for (_, expr) in body.exprs.iter() {
        if let Expr::Load(place) = expr {
            note(*place);
        }
    }
    walk::for_each_stmt(block, &mut |stmt| {
        if let Stmt::Store(place, _) = stmt {
            note(*place);
        }
    });
    keys
}

impl Active {
    fn value(&self, exprs: &Exprs, id: ExprId) -> bool {
        let mut memo = HashMap::new();
        self.walk(exprs, id, &mut memo)
    }

    fn walk(&self, exprs: &Exprs, id: ExprId, memo: &mut HashMap<ExprId, bool>) -> bool {
        if let Some(&known) = memo.get(&id) {
            return known;
        }
        let result = match &exprs[id] {
            Expr::Local(local) => self.locals.contains(local),
            Expr::Load(place) => {
                self.places.contains(place)
                    || ArrayKey::of(*place).is_some_and(|key| self.arrays.contains(&key))
                    || self.arrays.iter().any(|key| key.element(*place).is_some())
            }
            // Whole numbers and truth values are piecewise constant.
            Expr::Unary(UnaryOp::ToInt | UnaryOp::Not, _) => false,
            Expr::Binary(op, ..)
                if !matches!(
                    op,
                    BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div
                ) =>
            {
                false
            }
            Expr::Select(_, a, b) => self.walk(exprs, *a, memo) || self.walk(exprs, *b, memo),
            other => other
                .operands()
                .into_iter()
                .any(|o| self.walk(exprs, o, memo)),
        };
        memo.insert(id, result);
        result
    }
}

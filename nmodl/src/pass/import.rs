//! Code of one body inside another.

use crate::ir::{Block, Body, Expr, ExprId, LocalId, Place, Stmt, walk};

/// How a source body was renamed to become part of a target.
pub(crate) struct Import {
    locals: u32,
    arrays: u32,
    exprs: Vec<ExprId>,
}

impl Import {
    /// Adds all locals, arrays and expressions of `source` to `target`; statements are taken
    /// over by [`Import::block`].
    pub(crate) fn new(target: &mut Body, source: &Body) -> Import {
        let mut import = Import {
            locals: target.locals.len() as u32,
            arrays: target.arrays.len() as u32,
            exprs: Vec::with_capacity(source.exprs.len()),
        };
        target.locals.extend(source.locals.iter().cloned());
        target.arrays.extend(source.arrays.iter().cloned());
        for (_, expr) in source.exprs.iter() {
            let renamed = match expr {
                Expr::Local(local) => Expr::Local(import.local(*local)),
                Expr::Load(place) => Expr::Load(import.place(*place)),
                other => other.map_operands(|id| import.exprs[id.index()]),
            };
            let id = target.exprs.add(renamed);
            import.exprs.push(id);
        }
        import
    }

    /// The local of the target.
    pub(crate) fn local(&self, local: LocalId) -> LocalId {
        LocalId(local.0 + self.locals)
    }

    /// The place as the target knows it.
    pub(crate) fn place(&self, place: Place) -> Place {
        let place = match place {
            Place::LocalArray { array, index } => Place::LocalArray {
                array: array + self.arrays,
                index,
            },
            other => other,
        };
        match place.index() {
            Some(index) => place.with_index(self.exprs[index.index()]),
            None => place,
        }
    }

    /// Statements as the target knows them.
    pub(crate) fn block(&self, block: &Block) -> Block {
        block.iter().map(|stmt| self.stmt(stmt)).collect()
    }

    fn stmt(&self, stmt: &Stmt) -> Stmt {
        let mut stmt = stmt.clone();
        match &mut stmt {
            Stmt::Assign(local, _) => *local = self.local(*local),
            Stmt::For { index, .. } => *index = self.local(*index),
            Stmt::Service { result, .. } | Stmt::Call { result, .. } => {
                *result = result.map(|l| self.local(l));
            }
            Stmt::Differentiate { result, of, .. } => {
                *result = self.local(*result);
                *of = self.local(*of);
            }
            Stmt::Reaction(reaction) => {
                reaction.f_flux = self.local(reaction.f_flux);
                reaction.b_flux = self.local(reaction.b_flux);
            }
            Stmt::Store(place, _) | Stmt::Accumulate(place, _) => {
                if let Place::LocalArray { array, .. } = place {
                    *array += self.arrays;
                }
            }
            _ => {}
        }
        walk::map_exprs(&mut stmt, &mut |id| self.exprs[id.index()]);
        for inner in walk::blocks_mut(&mut stmt) {
            *inner = self.block(inner);
        }
        stmt
    }
}

//! What the kernels of a mechanism share with its differential equations.
//!
//! Kernels that are compiled on demand know nothing of the others: what those load is noted when the
//! mechanism is compiled, in places that are known then. Elements of arrays that are chosen at run time
//! count as the whole array.

use crate::ir::walk::Visited;
use crate::ir::{Expr, IonVar, KernelKind, Module, Place, Stmt};
use crate::mechanism::{OdeCurrents, Storage, Variable};

/// What keeps a value between kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Column(u32),
    Global(u32),
    Ion(u32, IonVar),
    /// Whatever a POINTER points at.
    Pointer,
}

/// What some kernels of a module load and store.
#[derive(Debug, Clone, Default)]
pub(super) struct Touched {
    loads: Vec<Cell>,
    stores: Vec<Cell>,
}

impl Touched {
    /// By the kernels of a kind.
    pub(super) fn by(module: &Module, kind: KernelKind) -> Touched {
        Touched::when(module, |other| other == kind)
    }

    fn when(module: &Module, counts: impl Fn(KernelKind) -> bool) -> Touched {
        let mut touched = Touched::default();
        let mut reached = Visited::new();
        for kernel in module.kernels.iter().filter(|kernel| counts(kernel.kind)) {
            let body = &kernel.body;
            reached.clear();
            body.for_each_stmt(|stmt| {
                stmt.for_each_expr(|root| {
                    for id in reached.reach(&body.exprs, root) {
                        if let Expr::Load(place) = body.exprs[id] {
                            note(place, &mut touched.loads);
                        }
                    }
                });
                if let Stmt::Store(place, _) | Stmt::Accumulate(place, _) = stmt {
                    note(*place, &mut touched.stores);
                }
            });
        }
        for cells in [&mut touched.loads, &mut touched.stores] {
            cells.sort_unstable();
            cells.dedup();
        }
        touched
    }
}

fn note(place: Place, cells: &mut Vec<Cell>) {
    match place {
        Place::Column(column) => cells.push(Cell::Column(column)),
        Place::ColumnAt { base, len, .. } => cells.extend((base..base + len).map(Cell::Column)),
        Place::Global(global) => cells.push(Cell::Global(global)),
        Place::GlobalAt { base, len, .. } => cells.extend((base..base + len).map(Cell::Global)),
        Place::Ion(ion, variable) => cells.push(Cell::Ion(ion, variable)),
        Place::Pointer(_) => cells.push(Cell::Pointer),
        _ => {}
    }
}

fn common(one: &[Cell], other: &[Cell]) -> bool {
    one.iter().any(|cell| other.binary_search(cell).is_ok())
}

/// The kernels of a mechanism besides those of its differential equations.
#[derive(Debug, Clone)]
pub struct Neighbours {
    all: Touched,
    currents: Touched,
}

impl Neighbours {
    /// Those of a module, after the passes.
    pub fn of(module: &Module) -> Neighbours {
        Neighbours {
            all: Touched::when(module, |kind| kind != KernelKind::Tables),
            currents: Touched::by(module, KernelKind::Current),
        }
    }

    /// Whether one of them loads a variable.
    pub(super) fn read(&self, variable: &Variable) -> bool {
        let range = variable.offset..variable.offset + variable.len();
        let mut columns = range.map(|column| Cell::Column(column as u32));
        variable.storage == Storage::Column
            && columns.any(|cell| self.all.loads.binary_search(&cell).is_ok())
    }

    /// What goes between the currents and derivatives that load and store this.
    pub(super) fn currents(&self, derivatives: &Touched) -> OdeCurrents {
        // Currents add to the ion's, and some assign its concentrations or reversal potential.
        let is_shared = |cell: &Cell| matches!(cell, Cell::Ion(..) | Cell::Pointer);
        OdeCurrents {
            read_derivatives: common(&self.currents.loads, &derivatives.stores),
            feed_derivatives: common(&self.currents.stores, &derivatives.loads)
                || derivatives.loads.iter().any(is_shared),
        }
    }
}

//! Parts of the model on several threads.
//!
//! Parts have no node in common, and so neither instances nor values of ions; what a mechanism keeps
//! once is only read by kernels of separable mechanisms ([`nmodl::mechanism::Compiled::is_separable`]).
//! A [`Field`] borrows everything for a while and hands out [`Strip`]s, one for each part, which
//! may then be used at the same time. It keeps addresses and no references, so that what one strip
//! writes is never borrowed by another.

use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use nmodl::abi::{IonArrays, Kernel, NodeArrays, SimValues};
use nmodl::function_table::FunctionTable;

use crate::instance::{Block, IonColumns, Shared, in_range};
use crate::ion::nernst_mv;
use crate::kernel::{Addresses, Arguments, Failed, Services, launch};
use crate::layout::Part;
use crate::tree::{Group, Tree};

/// Addresses of all arrays that parts work on.
pub(crate) struct Field<'a> {
    groups: &'a [Group],
    nodes: NodeArrays,
    a: &'a [f64],
    b: &'a [f64],
    d_fixed: &'a [f64],
    species: Vec<Species<'a>>,
    mechanisms: Vec<Mechanism>,
    /// All is borrowed exclusively.
    borrowed: PhantomData<&'a mut f64>,
}

/// An ion.
struct Species<'a> {
    arrays: IonArrays,
    valence: f64,
    advance_reversal: &'a [u32],
}

/// What a mechanism keeps once, and its ions.
struct Mechanism {
    globals: *mut f64,
    tables: Vec<*mut f64>,
    function_tables: Vec<*const FunctionTable>,
    ions: Vec<IonArrays>,
}

// SAFETY: a field is read only; through its addresses, strips write to what is theirs alone
// (`Field::strips`), and what all may touch is only read (`Compiled::is_separable`).
unsafe impl Sync for Field<'_> {}

/// One part, for one thread at a time.
pub(crate) struct Strip<'a> {
    field: &'a Field<'a>,
    part: &'a Part,
    /// In the order of computation.
    blocks: Vec<&'a mut Block>,
}

impl<'a> Field<'a> {
    pub fn new(tree: &'a mut Tree, ions: &'a mut [IonColumns], shared: &'a mut [Shared]) -> Self {
        let nodes = NodeArrays {
            v_mv: tree.v_mv.as_mut_ptr(),
            rhs: tree.rhs.as_mut_ptr(),
            d: tree.d.as_mut_ptr(),
            area_um2: tree.area_um2.as_mut_ptr(),
            diam_um: tree.diam_um.as_mut_ptr(),
        };
        let species: Vec<Species<'a>> = ions.iter_mut().map(Species::new).collect();
        let mechanisms = shared.iter_mut().map(|shared| Mechanism {
            globals: shared.globals.as_mut_ptr(),
            tables: shared.tables.iter_mut().map(|t| t.as_mut_ptr()).collect(),
            function_tables: (shared.function_tables.iter())
                .map(|table| table.as_ref().map_or(std::ptr::null(), Arc::as_ptr))
                .collect(),
            ions: (shared.ions.iter())
                .map(|id| species[id.index()].arrays)
                .collect(),
        });
        Self {
            groups: &tree.groups,
            nodes,
            a: &tree.a,
            b: &tree.b,
            d_fixed: &tree.d_fixed,
            mechanisms: mechanisms.collect(),
            species,
            borrowed: PhantomData,
        }
    }

    /// A strip for each part. All blocks of density mechanisms and point processes are in exactly one
    /// of them, and have nodes of this part alone.
    pub fn strips(&'a self, parts: &'a [Part], blocks: &'a mut [Block]) -> Vec<Strip<'a>> {
        debug_assert!(parts.windows(2).all(|p| p[0].nodes.end <= p[1].nodes.start));
        let mut left: Vec<Option<&mut Block>> = blocks.iter_mut().map(Some).collect();
        let strip = |part: &'a Part| Strip {
            field: self,
            part,
            blocks: (part.order.iter())
                .filter_map(|&number| left[number].take())
                .collect(),
        };
        parts.iter().map(strip).collect()
    }
}

impl<'a> Species<'a> {
    fn new(columns: &'a mut IonColumns) -> Self {
        Self {
            arrays: IonArrays {
                erev_mv: columns.erev_mv.as_mut_ptr(),
                ci_mm: columns.ci_mm.as_mut_ptr(),
                co_mm: columns.co_mm.as_mut_ptr(),
                cur: columns.cur.as_mut_ptr(),
                dcur_dv: columns.dcur_dv.as_mut_ptr(),
            },
            valence: columns.valence,
            advance_reversal: &columns.advance_reversal,
        }
    }
}

/// Some elements of an array.
///
/// # Safety
///
/// `range` is within the array at `address`, and nobody else uses these elements for `'s`.
unsafe fn slice_mut<'s>(address: *mut f64, range: Range<usize>) -> &'s mut [f64] {
    // SAFETY: by the above.
    unsafe { std::slice::from_raw_parts_mut(address.add(range.start), range.len()) }
}

impl Strip<'_> {
    /// Number of blocks.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The mechanism of a block.
    pub fn mechanism(&self, block: usize) -> usize {
        self.blocks[block].mechanism
    }

    /// Runs a kernel of a separable mechanism on all instances of a block.
    pub fn run(
        &mut self,
        block: usize,
        kernel: Kernel,
        values: &mut SimValues,
        services: &mut Services,
    ) -> Result<(), Failed> {
        let block = &mut *self.blocks[block];
        let mechanism = &self.field.mechanisms[block.mechanism];
        let addresses = Addresses {
            globals: mechanism.globals,
            tables: &mechanism.tables,
            function_tables: &mechanism.function_tables,
            ions: &mechanism.ions,
            nodes: self.field.nodes,
        };
        let instances = 0..block.count;
        // SAFETY: the addresses are of arrays that the field borrows, of the right sizes
        // (`Block::new`, `Shared::new`). Node and ion arrays are touched at the block's nodes only,
        // which are of this part alone; globals and tables are only read by a separable mechanism.
        unsafe {
            launch(
                kernel,
                block,
                &addresses,
                values,
                services,
                instances,
                Arguments::none(),
            )
        }
    }

    /// Begins the equations: no currents of ions, reversal potentials, axial currents.
    pub fn begin(&mut self, celsius: f64) {
        let nodes = &self.part.nodes;
        for species in &self.field.species {
            let arrays = &species.arrays;
            // SAFETY: arrays over all nodes; these nodes are of this part alone.
            unsafe {
                slice_mut(arrays.cur, nodes.clone()).fill(0.0);
                slice_mut(arrays.dcur_dv, nodes.clone()).fill(0.0);
            }
            for i in in_range(species.advance_reversal, nodes.clone()) {
                let node = species.advance_reversal[i] as usize;
                // SAFETY: as above.
                unsafe {
                    let (ci, co) = (*arrays.ci_mm.add(node), *arrays.co_mm.add(node));
                    *arrays.erev_mv.add(node) = nernst_mv(ci, co, species.valence, celsius);
                }
            }
        }
        let arrays = &self.field.nodes;
        for group in &self.field.groups[self.part.groups.clone()] {
            let nodes = group.nodes();
            // SAFETY: arrays over all nodes; the group's are of this part alone.
            let (v, rhs, d) = unsafe {
                (
                    slice_mut(arrays.v_mv, nodes.clone()),
                    slice_mut(arrays.rhs, nodes.clone()),
                    slice_mut(arrays.d, nodes.clone()),
                )
            };
            group.axial_currents(v, self.couplings(nodes.clone()), rhs);
            d.copy_from_slice(&self.field.d_fixed[nodes]);
        }
    }

    /// Solves the equations; `v` changes by `factor` times the solution. With `ion_currents`, these
    /// follow that change.
    pub fn solve(&mut self, factor: f64, ion_currents: bool) {
        let arrays = &self.field.nodes;
        for group in &self.field.groups[self.part.groups.clone()] {
            let nodes = group.nodes();
            // SAFETY: arrays over all nodes; the group's are of this part alone.
            let (v, rhs, d) = unsafe {
                (
                    slice_mut(arrays.v_mv, nodes.clone()),
                    slice_mut(arrays.rhs, nodes.clone()),
                    slice_mut(arrays.d, nodes.clone()),
                )
            };
            group.solve(self.couplings(nodes), d, rhs, Some((v, factor)));
        }
        if !ion_currents {
            return;
        }
        for species in &self.field.species {
            let nodes = &self.part.nodes;
            // SAFETY: as above.
            let (currents, conductances, changes) = unsafe {
                (
                    slice_mut(species.arrays.cur, nodes.clone()),
                    slice_mut(species.arrays.dcur_dv, nodes.clone()),
                    slice_mut(arrays.rhs, nodes.clone()),
                )
            };
            for ((current, conductance), dv) in currents.iter_mut().zip(conductances).zip(changes) {
                *current += *conductance * *dv;
            }
        }
    }

    fn couplings(&self, nodes: Range<usize>) -> (&[f64], &[f64]) {
        (&self.field.a[nodes.clone()], &self.field.b[nodes])
    }
}

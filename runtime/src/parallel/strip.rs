//! One part of the model, for one thread at a time.

use std::ops::Range;

use nmodl::abi::{Kernel, SimValues};
use nmodl::mechanism::Kernels;

use crate::id::IonId;
use crate::instance::{Block, in_range};
use crate::ion::nernst_mv;
use crate::kernel::{Addresses, Arguments, Failed, Services, launch};
use crate::layout::Part;
use crate::tree::Group;

use super::Field;

/// A part. Its blocks are named by their position in the order of computation; arrays over nodes
/// are those of its nodes.
pub(crate) struct Strip<'a> {
    pub(super) field: &'a Field<'a>,
    pub(super) part: &'a Part,
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

/// The arrays over the part's nodes that its equations are in.
pub(crate) struct Nodes<'s> {
    pub v_mv: &'s mut [f64],
    pub rhs: &'s mut [f64],
    pub d: &'s mut [f64],
    /// Couplings to and from the parent.
    pub a: &'s [f64],
    pub b: &'s [f64],
    pub cm_uf_per_cm2: &'s [f64],
}

impl<'a> Strip<'a> {
    /// Number of blocks.
    pub fn len(&self) -> usize {
        self.part.order.len()
    }

    /// The part's nodes.
    pub fn range(&self) -> Range<usize> {
        self.part.nodes.clone()
    }

    /// A block.
    pub fn block(&mut self, position: usize) -> &mut Block {
        let number = self.part.order[position];
        // SAFETY: the field borrows all blocks, and this one is of this part alone.
        unsafe { &mut *self.field.blocks.add(number) }
    }

    /// The kernels of a block's mechanism.
    pub fn kernels(&mut self, position: usize) -> &Kernels {
        let mechanism = self.block(position).mechanism;
        self.field.mechanisms[mechanism].kernels
    }

    /// The ion of a USEION of a block's mechanism.
    pub fn ion(&mut self, position: usize, number: usize) -> IonId {
        let mechanism = self.block(position).mechanism;
        self.field.mechanisms[mechanism].species[number]
    }

    /// Runs a kernel of a separable mechanism on some instances of a block.
    pub fn run(
        &mut self,
        position: usize,
        kernel: Kernel,
        instances: Range<usize>,
        values: &mut SimValues,
        services: &mut Services,
    ) -> Result<(), Failed> {
        let field = self.field;
        let block = self.block(position);
        assert!(instances.end <= block.count);
        let mechanism = &field.mechanisms[block.mechanism];
        let addresses = Addresses {
            globals: mechanism.globals,
            tables: &mechanism.tables,
            function_tables: &mechanism.function_tables,
            ions: &mechanism.ions,
            nodes: field.nodes,
        };
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

    /// Runs a kernel on all instances of each block that has it; else gives the position of the first
    /// that fails.
    pub fn run_all(
        &mut self,
        kernel: fn(&Kernels) -> Option<Kernel>,
        values: &mut SimValues,
        services: &mut Services,
    ) -> Result<(), (usize, Failed)> {
        (0..self.len()).try_for_each(|position| match kernel(self.kernels(position)) {
            None => Ok(()),
            Some(kernel) => {
                let all = 0..self.block(position).count;
                let result = self.run(position, kernel, all, values, services);
                result.map_err(|failed| (position, failed))
            }
        })
    }

    /// The arrays over nodes.
    pub fn nodes(&mut self) -> Nodes<'_> {
        let range = self.range();
        let arrays = &self.field.nodes;
        // SAFETY: arrays over all nodes; these nodes are of this part alone.
        let [v_mv, rhs, d] = unsafe {
            [arrays.v_mv, arrays.rhs, arrays.d].map(|array| slice_mut(array, range.clone()))
        };
        Nodes {
            v_mv,
            rhs,
            d,
            a: &self.field.a[range.clone()],
            b: &self.field.b[range.clone()],
            cm_uf_per_cm2: &self.field.cm_uf_per_cm2[range],
        }
    }

    /// An ion's concentrations inside, or outside, at the nodes.
    pub fn concentrations(&mut self, ion: IonId, inside: bool) -> &mut [f64] {
        let arrays = &self.field.species[ion.index()].arrays;
        let array = if inside { arrays.ci_mm } else { arrays.co_mm };
        // SAFETY: arrays over all nodes; these nodes are of this part alone.
        unsafe { slice_mut(array, self.part.nodes.clone()) }
    }

    /// Begins the equations: no currents of ions, reversal potentials, axial currents.
    pub fn begin(&mut self, celsius: f64) {
        let nodes = self.range();
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
        let field = self.field;
        for group in self.groups() {
            let all = group.nodes();
            let here = self.own(&all);
            let Nodes {
                v_mv, rhs, d, a, b, ..
            } = self.nodes();
            let couplings = (&a[here.clone()], &b[here.clone()]);
            group.axial_currents(&v_mv[here.clone()], couplings, &mut rhs[here.clone()]);
            d[here].copy_from_slice(&field.d_fixed[all]);
        }
    }

    /// The groups of cells of this part.
    fn groups(&self) -> &'a [Group] {
        &self.field.groups[self.part.groups.clone()]
    }

    /// Some of this part's nodes, counted from its first.
    fn own(&self, nodes: &Range<usize>) -> Range<usize> {
        let first = self.range().start;
        nodes.start - first..nodes.end - first
    }

    /// Solves the equations; with a factor, `v` changes by that times the solution.
    pub fn solve(&mut self, factor: Option<f64>) {
        for group in self.groups() {
            let here = self.own(&group.nodes());
            let Nodes {
                v_mv, rhs, d, a, b, ..
            } = self.nodes();
            let couplings = (&a[here.clone()], &b[here.clone()]);
            let v = &mut v_mv[here.clone()];
            let update = factor.map(|factor| (v, factor));
            group.solve(couplings, &mut d[here.clone()], &mut rhs[here], update);
        }
    }

    /// Ion currents follow the change of v that was solved for.
    pub fn advance_ion_currents(&mut self) {
        let nodes = self.range();
        for species in &self.field.species {
            // SAFETY: arrays over all nodes; these nodes are of this part alone.
            let (currents, conductances) = unsafe {
                (
                    slice_mut(species.arrays.cur, nodes.clone()),
                    slice_mut(species.arrays.dcur_dv, nodes.clone()),
                )
            };
            let changes = self.nodes().rhs;
            for ((current, conductance), dv) in currents.iter_mut().zip(conductances).zip(changes) {
                *current += *conductance * *dv;
            }
        }
    }

    /// The diagonal of the equations without mechanisms, for 1/dt or 1/γ; see
    /// [`crate::tree::Tree::set_diagonal`].
    pub fn diagonal(&mut self, cj_per_ms: f64, d: &mut [f64]) {
        for group in self.groups() {
            let here = self.own(&group.nodes());
            let Nodes {
                a,
                b,
                cm_uf_per_cm2,
                ..
            } = self.nodes();
            let couplings = (&a[here.clone()], &b[here.clone()]);
            group.diagonal(
                cj_per_ms,
                &cm_uf_per_cm2[here.clone()],
                couplings,
                &mut d[here],
            );
        }
    }
}

//! Instances of mechanisms: blocks of columns, and what a mechanism keeps once for all of them.

use std::ops::Range;
use std::sync::Arc;

use nmodl::function_table::FunctionTable;
use nmodl::mechanism::Compiled;

use crate::id::{IonId, PointProcessId, SectionId};
use crate::model::Registered;
use crate::random::Stream;
use crate::simulation::Pointers;
use crate::storage::{Aligned, stride};

/// All instances of one mechanism in one part of the model, sorted by node.
#[derive(Debug)]
pub(crate) struct Block {
    /// Index of the mechanism.
    pub mechanism: usize,
    pub count: usize,
    pub stride: usize,
    /// Element `i` of column `c` is `data[c * stride + i]`.
    pub data: Aligned,
    /// Node of each instance; the padding repeats the last one.
    pub node: Vec<u32>,
    pub origins: Vec<Origin>,
    /// What its POINTERs point at.
    pub pointers: Pointers,
    /// `streams_each` for each instance.
    pub streams: Vec<Stream>,
    pub streams_each: usize,
}

/// Where an instance's values are in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Density { section: SectionId, segment: usize },
    Point(PointProcessId),
}

impl Block {
    /// A block for instances whose nodes ascend; columns are zero.
    pub fn new(
        mechanism: usize,
        columns: usize,
        instances: &[(u32, Origin)],
        streams: Vec<Stream>,
    ) -> Self {
        let count = instances.len();
        let stride = stride(count);
        let mut node: Vec<u32> = instances.iter().map(|i| i.0).collect();
        node.resize(stride, node.last().copied().unwrap_or(0));
        Self {
            mechanism,
            count,
            stride,
            data: Aligned::new(columns * stride),
            node,
            origins: instances.iter().map(|i| i.1).collect(),
            pointers: Pointers::default(),
            streams_each: streams.len().checked_div(count).unwrap_or(0),
            streams,
        }
    }

    /// The columns of one instance.
    pub fn row(&self, instance: usize) -> impl Iterator<Item = f64> + '_ {
        self.data
            .iter()
            .skip(instance)
            .step_by(self.stride)
            .copied()
    }

    /// Sets the columns of one instance.
    pub fn set_row(&mut self, instance: usize, values: &[f64]) {
        for (column, &value) in values.iter().enumerate() {
            self.data[column * self.stride + instance] = value;
        }
    }

    /// The first instance at a node.
    pub fn instance_at(&self, node: u32) -> Option<usize> {
        let nodes = &self.node[..self.count];
        let i = nodes.partition_point(|&n| n < node);
        (nodes.get(i) == Some(&node)).then_some(i)
    }
}

/// What a mechanism keeps once.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    pub compiled: Arc<Compiled>,
    pub globals: Aligned,
    /// One block for each TABLE.
    pub tables: Vec<Aligned>,
    /// Its FUNCTION_TABLEs, as far as they have been given.
    pub function_tables: Vec<Option<Arc<FunctionTable>>>,
    /// Species of each USEION.
    pub ions: Vec<IonId>,
}

impl Shared {
    pub fn new(registered: &Registered) -> Self {
        let mut globals = Aligned::new(registered.globals.len());
        globals.copy_from_slice(&registered.globals);
        Self {
            compiled: Arc::clone(&registered.compiled),
            globals,
            tables: registered.tables.clone(),
            function_tables: registered.function_tables.clone(),
            ions: registered.ions.clone(),
        }
    }

    /// Hands the values to the model's description of the mechanism.
    pub fn store(&self, registered: &mut Registered) {
        registered.globals.copy_from_slice(&self.globals);
        registered.tables.clone_from(&self.tables);
    }
}

/// The arrays of an ion over all nodes, and where its style asks for work.
#[derive(Debug, Clone)]
pub(crate) struct IonColumns {
    pub valence: f64,
    pub erev_mv: Aligned,
    pub ci_mm: Aligned,
    pub co_mm: Aligned,
    pub cur: Aligned,
    pub dcur_dv: Aligned,
    /// Nodes at which `initialize` sets the concentrations.
    pub initialize_concentration: Vec<u32>,
    /// Whether a node's reversal potential is computed at `initialize`.
    pub initialize_reversal: Vec<bool>,
    /// Nodes at which every step computes the reversal potential, ascending.
    pub advance_reversal: Vec<u32>,
}

/// The positions of those of ascending nodes that are in a range.
pub(crate) fn in_range(ascending: &[u32], nodes: Range<usize>) -> Range<usize> {
    let before = |end: usize| ascending.partition_point(|&n| (n as usize) < end);
    before(nodes.start)..before(nodes.end)
}

impl IonColumns {
    pub fn new(nodes: usize, valence: f64) -> Self {
        let zeros = || Aligned::new(nodes);
        Self {
            valence,
            erev_mv: zeros(),
            ci_mm: zeros(),
            co_mm: zeros(),
            cur: zeros(),
            dcur_dv: zeros(),
            initialize_concentration: Vec::new(),
            initialize_reversal: vec![false; nodes],
            advance_reversal: Vec::new(),
        }
    }

    /// `erev, ci, co`, the current and its conductance at a node.
    pub fn values(&self, node: usize) -> [f64; 5] {
        [
            self.erev_mv[node],
            self.ci_mm[node],
            self.co_mm[node],
            self.cur[node],
            self.dcur_dv[node],
        ]
    }

    /// Sets them.
    pub fn set_values(&mut self, node: usize, values: [f64; 5]) {
        [
            self.erev_mv[node],
            self.ci_mm[node],
            self.co_mm[node],
            self.cur[node],
            self.dcur_dv[node],
        ] = values;
    }

    /// Sets the reversal potential of a node by the Nernst equation.
    pub fn nernst(&mut self, node: usize, celsius: f64) {
        self.erev_mv[node] =
            crate::ion::nernst_mv(self.ci_mm[node], self.co_mm[node], self.valence, celsius);
    }

    /// Begins a step for some nodes: no currents yet, reversal potentials where every step computes
    /// them.
    pub fn begin(&mut self, nodes: Range<usize>, celsius: f64) {
        self.cur[nodes.clone()].fill(0.0);
        self.dcur_dv[nodes.clone()].fill(0.0);
        let advanced = in_range(&self.advance_reversal, nodes);
        for i in advanced {
            self.nernst(self.advance_reversal[i] as usize, celsius);
        }
    }
}

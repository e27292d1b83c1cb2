//! The running model.
//!
//! `build` lays a [`Model`] out, `initialize` is NEURON's `finitialize`, `step` its fixed step,
//! `progress` who is next, `deliver` everything about events, `variable` reads and writes by name,
//! `call` calls FUNCTIONs by name, `pointer` finds what POINTERs point at.

mod build;
mod call;
mod circuit;
mod deliver;
mod imem;
mod initialize;
mod integrate;
mod netcon;
mod play;
mod pointer;
mod progress;
mod queue;
mod record;
mod step;
mod stored;
mod stream;
mod threads;
mod transition;
mod variable;
mod watch;

use nmodl::abi::{Kernel, SimValues};
use nmodl::mechanism::Kernels;

use crate::circuit::Circuit;
use crate::diffusion::Cable;
use crate::error::RunError;
use crate::event::{EventId, EventQueue, EventStatistics, Watches};
use crate::instance::{Block, IonColumns, Origin, Shared};
use crate::kernel::{Call, Failed, Services};
use crate::layout::{Layout, Part};
use crate::model::{Model, Place, SharedCell};
use crate::parallel::Pool;
use crate::tree::Tree;

use imem::MembraneCurrents;
use integrate::{Inner, Outer, VariableStep};
use netcon::Watched;
use progress::Cursor;

pub use integrate::{StateName, StateQuantity, Statistics};
pub(crate) use pointer::Pointers;
pub(crate) use progress::Hooks;
pub use progress::{CallbackId, Hook, Progress, Suspended};
pub(crate) use queue::EventLog;
pub use queue::{QueuedEvent, QueuedKind};
pub(crate) use stored::{Fans, Present, StoredRun};
pub use variable::VariableHandle;

/// Where the text of `printf` goes.
type Sink = Box<dyn FnMut(&str) + Send>;

/// A model laid out for simulation, with its state.
///
/// NEURON's order of operations is kept exactly: see [`Simulation::initialize`] and
/// [`Simulation::advance`]. Results do not depend on how cells are grouped in memory.
pub struct Simulation {
    model: Model,
    layout: Layout,
    tree: Tree,
    ions: Vec<IonColumns>,
    /// One for each registered mechanism.
    shared: Vec<Shared>,
    blocks: Vec<Block>,
    parts: Vec<Part>,
    /// All blocks of density mechanisms and point processes, in the order of computation.
    order: Vec<usize>,
    /// Blocks of artificial cells, in the order of registration.
    artificial: Vec<usize>,
    /// Block and instance of each point process that has a place.
    points: Vec<Option<(u32, u32)>>,
    /// For each block whose states diffuse along the cable: their neighbours.
    cables: Vec<Option<Cable>>,
    /// The self event of flag 1 of each point process that `net_move` moves.
    movable: Vec<Option<EventId>>,
    values: SimValues,
    /// Cells of the caller that POINTERs point at.
    cells: Vec<SharedCell>,
    /// Watched variables, in the order of their sources.
    watched: Vec<Watched>,
    /// How many of the network's sources were looked at for them.
    known_senders: usize,
    queue: EventQueue,
    services: Services,
    watches: Watches,
    /// For each state machine, the conditions of its transitions.
    conditions: Vec<Vec<transition::Condition>>,
    /// Where the variable of each of the model's recordings is; `None` if it is gone.
    recorded: Vec<Option<VariableHandle>>,
    /// The points of [`crate::Sampling::FromStart`] are there, and are taken again with the others'.
    first_points: bool,
    /// The same of what is played into a variable.
    played: Vec<Option<VariableHandle>>,
    /// Source and target of each transfer.
    transferred: Vec<Option<(VariableHandle, VariableHandle)>>,
    /// Membrane currents, if they are computed.
    membrane: Option<MembraneCurrents>,
    /// All equations as one, where the tree does not suffice or the caller wants it so.
    circuit: Option<Box<Circuit>>,
    sink: Option<Sink>,
    /// How many threads share a step.
    threads: usize,
    /// They wait here, as many as were asked for.
    pool: Option<Pool>,
    pool_size: usize,
    /// Seconds that each of them has computed.
    thread_times_s: Vec<f64>,
    /// They may: see `threads`.
    separable: bool,
    /// 1/dt or 2/dt for which the tree's diagonal holds; NaN if it must be made anew.
    diagonal_cj: f64,
    /// The same at the last step, which the tree's right-hand side is the change of v of.
    last_cj: f64,
    /// The integrator, if steps are of variable length.
    variable_step: Option<Box<VariableStep>>,
    /// The integrator, while a step of fixed length is made in between.
    set_aside: Option<Box<VariableStep>>,
    /// Work that goes on in a thread after the caller's turn: the two ends, one of them here.
    inner: Option<Inner>,
    outer: Option<Outer>,
    /// Simulations of nothing, to take the place of this one while it is in another thread. They go to and
    /// fro as boxes.
    empties: Vec<Box<Simulation>>,
    /// The caller has its turn within an evaluation.
    within: Option<Hook>,
    /// t in that turn.
    turn_ms: f64,
    /// What was asked for.
    answer: Vec<f64>,
    /// What is under way.
    cursor: Cursor,
    initialized: bool,
    /// The tree's right-hand side is the last change of v.
    stepped: bool,
}

/// What a model keeps of a run while it is not laid out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Run {
    queue: EventQueue,
    movable: Vec<Option<EventId>>,
    watches: Watches,
    cursor: Cursor,
    initialized: bool,
    stepped: bool,
    last_cj: f64,
}

impl Run {
    /// Takes over a run that was saved; what waits for the caller stays.
    pub fn restore(&mut self, saved: &Self) {
        let mut cursor = std::mem::take(&mut self.cursor);
        cursor.run = None;
        *self = saved.clone();
        self.cursor = cursor;
    }

    /// Counts of events.
    pub fn event_statistics(&self) -> EventStatistics {
        self.queue.statistics
    }

    /// 1/dt or 2/dt of the last step; 0 if there was none.
    pub fn last_cj(&self) -> f64 {
        if self.stepped { self.last_cj } else { 0.0 }
    }
}

impl std::fmt::Debug for Simulation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulation")
            .field("t_ms", &self.values.t_ms)
            .field("nodes", &self.tree.node_count())
            .field("blocks", &self.blocks.len())
            .finish_non_exhaustive()
    }
}

impl Simulation {
    /// The structure: sections, names, mechanisms. Its values are those from before the run.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The model, to change what needs no other layout.
    pub(crate) fn connections(&mut self) -> &mut Model {
        &mut self.model
    }

    /// Number of nodes, those without area included.
    pub fn node_count(&self) -> usize {
        self.tree.node_count()
    }

    /// Time in ms.
    pub fn t_ms(&self) -> f64 {
        self.values.t_ms
    }

    /// Time step in ms.
    pub fn dt_ms(&self) -> f64 {
        self.values.dt_ms
    }

    /// Where the text of `printf` in mechanisms goes; without it, to standard output.
    pub fn on_print(&mut self, sink: impl FnMut(&str) + Send + 'static) {
        self.sink = Some(Box::new(sink));
    }

    /// A place in words, as `soma(0.5)`.
    pub fn describe(&self, place: Place) -> String {
        self.model.describe(place)
    }

    fn flush_messages(&mut self) {
        for message in self.services.messages.drain(..) {
            match &mut self.sink {
                Some(sink) => sink(&message),
                None => print!("{message}"),
            }
        }
    }

    /// A call of a kernel of a block.
    fn call_of(&mut self, block: usize) -> Call<'_> {
        self.find_addresses(block, 0..self.blocks[block].count);
        let mechanism = self.blocks[block].mechanism;
        let shared = &mut self.shared[mechanism];
        let (description, nodes) = (shared.compiled.description(), &self.blocks[block].node);
        let circuit = self.circuit.as_mut();
        let v_mv = circuit.and_then(|c| c.electrode(description, nodes, &self.tree.v_mv));
        Call {
            v_mv,
            block: &mut self.blocks[block],
            shared,
            tree: &mut self.tree,
            ions: &mut self.ions,
            values: &mut self.values,
            services: &mut self.services,
        }
    }

    /// Calls a kernel of a block, if there is one, for all instances, and does what it asks for.
    fn run_block(
        &mut self,
        block: usize,
        kernel: impl Fn(&Kernels) -> Option<Kernel>,
    ) -> Result<(), RunError> {
        let mechanism = self.blocks[block].mechanism;
        if let Some(kernel) = kernel(self.shared[mechanism].compiled.kernels()) {
            let in_step = self.initialized;
            let result = self.call_of(block).run_all(kernel, in_step);
            result.map_err(|failed| self.failure(block, failed))?;
            self.serve(block, None)?;
        }
        Ok(())
    }

    /// The same for some blocks, one after the other.
    fn run_all_of(
        &mut self,
        blocks: &[usize],
        kernel: impl Fn(&Kernels) -> Option<Kernel>,
    ) -> Result<(), RunError> {
        blocks
            .iter()
            .try_for_each(|&block| self.run_block(block, &kernel))
    }

    /// The same for all blocks that have a membrane, in the order of computation.
    fn run_blocks(&mut self, kernel: impl Fn(&Kernels) -> Option<Kernel>) -> Result<(), RunError> {
        (0..self.order.len()).try_for_each(|i| self.run_block(self.order[i], &kernel))
    }

    /// Words for an instance.
    fn describe_instance(&self, block: usize, instance: usize) -> String {
        match self.blocks[block].origins.get(instance) {
            Some(&Origin::Density { section, segment }) => {
                let x = self.model.sections[section.index()].segment_x(segment);
                self.model.describe(Place::Segment { section, x })
            }
            Some(&Origin::Point(point)) => self.model.describe_point(point),
            None => "no instance".to_owned(),
        }
    }

    /// What a failing kernel said, in the model's words.
    #[cold]
    fn failure(&self, block: usize, failed: Failed) -> RunError {
        let description = self.shared[self.blocks[block].mechanism]
            .compiled
            .description();
        failed.error(
            description,
            self.values.t_ms,
            self.describe_instance(block, failed.status.instance),
        )
    }

    /// As [`crate::Model::compute_membrane_currents`].
    pub fn compute_membrane_currents(&mut self, on: bool) -> bool {
        let new = || MembraneCurrents::new(self.tree.node_count());
        let needed = on || self.has_layers();
        self.membrane = match self.membrane.take() {
            Some(known) if needed => Some(known),
            _ => needed.then(new),
        };
        self.model.compute_membrane_currents(on)
    }

    /// Refills the TABLEs whose dependencies changed.
    fn update_tables(&mut self) -> Result<(), RunError> {
        for i in 0..self.blocks.len() {
            self.update_tables_of(i)?;
        }
        Ok(())
    }

    /// Refills the TABLEs of a mechanism, if `block` is its first; true if there was one to refill.
    fn update_tables_of(&mut self, block: usize) -> Result<bool, RunError> {
        let mechanism = self.blocks[block].mechanism;
        let first = block == 0 || self.blocks[block - 1].mechanism != mechanism;
        let kernel = self.shared[mechanism].compiled.kernels().tables;
        match kernel.filter(|_| first) {
            Some(kernel) => {
                let result = self.call_of(block).update_tables(kernel, 0);
                result.map_err(|failed| self.failure(block, failed))
            }
            None => Ok(false),
        }
    }
}

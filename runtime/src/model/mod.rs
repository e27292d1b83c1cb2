//! The model: what there is, before it is laid out for simulation.
//!
//! A [`Model`] holds sections, registered mechanisms, point processes and NetCons, with all their
//! values. [`crate::Simulation::new`] takes it over, lays it out as a structure of arrays and runs
//! it; [`crate::Simulation::into_model`] gives it back with the values that the run left, so that
//! the structure can be changed and the simulation made anew. Ids stay valid through both.
//!
//! Names are NEURON's: `v`, `gnabar_hh`, `ena`, `nai0_na_ion`. See [`Model::get`].

mod cable;
mod call;
mod changes;
mod function_table;
mod geometry;
mod insert;
mod label;
mod linear;
mod machine;
mod membrane;
mod names;
mod network;
mod place;
mod play;
mod point;
mod pointer;
mod points;
mod record;
mod remove;
mod replace;
mod section;
mod shape;
mod state;
mod stream;
mod topology;
mod variable;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use nmodl::function_table::FunctionTable;
use nmodl::mechanism::{Compiled, IonUse, Kind, Mechanism, Storage, Variable};

use crate::circuit::linear::Linear;
use crate::error::{ModelError, ModelWarning};
use crate::event::Network;
use crate::id::{IonId, MechanismId, PointProcessId, SectionId};
use crate::ion::Ion;
use crate::object::Objects;
use crate::play::Play;
use crate::random::scop::ScopRandom;
use crate::record::Recording;
use crate::simulation::{CallbackId, EventLog, Hook, Hooks, Run};
use crate::storage::Aligned;

pub(crate) use geometry::SectionGeometry;
pub(crate) use machine::{Machine, Seen, Transition};
pub use membrane::Membrane;
use names::Names;
pub use network::{NetCon, Source};
pub(crate) use place::split_element;
pub use place::{End, Place};
pub(crate) use play::Transfer;
pub(crate) use point::PointProcess;
pub(crate) use pointer::missing_element;
pub(crate) use pointer::{Owner, PointerId};
pub use pointer::{SharedCell, Target};
pub use section::{Connection, Point3d, Section, Segment};
pub(crate) use section::{Inserted, SectionIon, Site};
pub use state::SavedState;
pub use topology::Node;
pub(crate) use variable::Symbol;

/// Sections, mechanisms, point processes and NetCons.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) mechanisms: Vec<Registered>,
    pub(crate) ions: Vec<Ion>,
    pub(crate) sections: Vec<Section>,
    pub(crate) points: Vec<PointProcess>,
    /// What POINTERs point at, as far as they have been set.
    pub(crate) pointers: BTreeMap<PointerId, Target>,
    pub(crate) network: Network,
    pub(crate) recordings: Vec<Option<Recording>>,
    pub(crate) plays: Vec<Option<Play>>,
    pub(crate) transfers: Vec<Option<Transfer>>,
    pub(crate) linear: Vec<Option<Linear>>,
    /// Point processes by section.
    points_at: BTreeSet<(SectionId, PointProcessId)>,
    section_names: HashMap<String, SectionId>,
    /// Shared by the copies of a model.
    names: Arc<Names>,
    warnings: Vec<ModelWarning>,
    pub(crate) dt_ms: f64,
    pub(crate) celsius: f64,
    pub(crate) secondorder: u8,
    /// Time of the last run, kept through [`crate::Simulation::into_model`].
    pub(crate) t_ms: f64,
    /// The generator of `scop_random` and its kin, which all mechanisms share.
    pub(crate) scop: ScopRandom,
    /// What C in VERBATIM holds.
    pub(crate) objects: Objects,
    /// RANDOM streams made so far: NEURON numbers those without ids of their own.
    pub(crate) streams_made: u32,
    /// The index that all RANDOM streams share.
    pub(crate) random_index: u32,
    pub(crate) hooks: Hooks,
    /// State machines, by the order of creation.
    pub(crate) machines: Vec<Option<Machine>>,
    /// How often it was laid out anew.
    changes: changes::Changes,
    /// What is noted of events.
    pub(crate) event_log: EventLog,
    /// `i_membrane_` is computed.
    pub(crate) membrane_currents: bool,
    /// Steps are solved as one sparse matrix, also where the tree suffices.
    pub(crate) general_matrix: bool,
    /// It is laid out for steps of variable length.
    pub(crate) variable_step: bool,
    /// Each cell has its steps of variable length.
    pub(crate) local_step: bool,
    /// What the last run left under way.
    pub(crate) run: Run,
}

/// Ranks of mechanisms that are given none begin here.
const FIRST_RANK: u32 = 1000;

/// A mechanism that the model knows, with the values of its globals.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub compiled: Arc<Compiled>,
    pub globals: Vec<f64>,
    /// What the TABLEs hold; the globals say whether they have been filled.
    pub tables: Vec<Aligned>,
    /// Its FUNCTION_TABLEs, as far as they have been given.
    pub function_tables: Vec<Option<Arc<FunctionTable>>>,
    /// The species of each USEION.
    pub ions: Vec<IonId>,
    /// Its place in the order of computation.
    pub rank: u32,
}

impl Registered {
    pub fn description(&self) -> &Mechanism {
        self.compiled.description()
    }

    /// One instance's columns with their defaults.
    pub fn default_columns(&self) -> Vec<f64> {
        defaults(
            self.description(),
            Storage::Column,
            self.description().columns,
        )
    }
}

/// The storage of one kind, filled from the variables' defaults.
fn defaults(description: &Mechanism, storage: Storage, len: usize) -> Vec<f64> {
    let mut values = vec![0.0; len];
    for variable in description
        .variables
        .iter()
        .filter(|v| v.storage == storage)
    {
        let range = variable.offset..(variable.offset + variable.len()).min(len);
        if let Some(elements) = values.get_mut(range) {
            elements.fill(variable.default);
        }
    }
    values
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

impl Model {
    /// An empty model: dt 0.025 ms, celsius 6.3 °C, secondorder 0.
    pub fn new() -> Self {
        Self {
            mechanisms: Vec::new(),
            ions: Vec::new(),
            sections: Vec::new(),
            points: Vec::new(),
            pointers: BTreeMap::new(),
            network: Network::default(),
            recordings: Vec::new(),
            plays: Vec::new(),
            transfers: Vec::new(),
            linear: Vec::new(),
            membrane_currents: false,
            general_matrix: false,
            variable_step: false,
            local_step: false,
            points_at: BTreeSet::new(),
            section_names: HashMap::new(),
            names: Arc::default(),
            warnings: Vec::new(),
            dt_ms: 0.025,
            celsius: 6.3,
            secondorder: 0,
            t_ms: 0.0,
            scop: ScopRandom::default(),
            objects: Objects::default(),
            streams_made: 0,
            random_index: 0,
            hooks: Hooks::default(),
            machines: Vec::new(),
            changes: changes::Changes::default(),
            event_log: EventLog::default(),
            run: Run::default(),
        }
    }

    /// Has `i_membrane_`, the total membrane current of a segment in nA, computed in every step
    /// (NEURON's `use_fast_imem`). Returns what was so before.
    pub fn compute_membrane_currents(&mut self, on: bool) -> bool {
        std::mem::replace(&mut self.membrane_currents, on)
    }

    /// True if `i_membrane_` is computed.
    pub fn computes_membrane_currents(&self) -> bool {
        self.membrane_currents
    }

    /// Has the equations of a step solved as one sparse matrix also where the tree suffices (NEURON's
    /// `use_mxb`).
    pub fn use_general_matrix(&mut self, on: bool) {
        self.general_matrix = on;
    }

    /// Has the caller called at a place in `initialize` or in every step; `None` ends that.
    pub fn set_hook(&mut self, hook: Hook, callback: Option<CallbackId>) {
        self.hooks.set(hook, callback);
    }

    /// Ranks below this one come before mechanisms that write concentrations (see
    /// [`Model::set_rank`]).
    pub const BEFORE_WRITERS: u32 = 10;

    /// What is allowed and probably not meant.
    pub fn warnings(&self) -> &[ModelWarning] {
        &self.warnings
    }

    /// Makes a mechanism known and registers its ions. The order of registration is the order in
    /// which the currents and states of mechanisms are computed, but those that write
    /// concentrations come first. [`Model::set_rank`] changes it.
    ///
    /// # Errors
    ///
    /// A name that is taken; an ion with another valence than the one it has.
    pub fn add_mechanism(&mut self, compiled: Arc<Compiled>) -> Result<MechanismId, ModelError> {
        let description = compiled.description();
        if self.find_mechanism(&description.name).is_some() {
            let name = description.name.clone();
            return Err(ModelError::Duplicate {
                what: "mechanism",
                name,
            });
        }
        self.register(compiled)
    }

    /// Has a mechanism computed before all others, but after those of lower rank and of the same rank
    /// that were registered earlier. Ranks below [`Model::BEFORE_WRITERS`] come before those that
    /// write concentrations.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn set_rank(&mut self, id: MechanismId, rank: u32) -> Result<(), ModelError> {
        self.registered(id)?;
        self.mechanisms[id.index()].rank = rank.min(FIRST_RANK - 1);
        Ok(())
    }

    fn register(&mut self, compiled: Arc<Compiled>) -> Result<MechanismId, ModelError> {
        let description = compiled.description();
        for ion in &description.ions {
            if let (Some(first), Some(second)) = (
                self.find_ion(&ion.name)
                    .and_then(|id| self.ions[id.index()].valence),
                ion.valence,
            ) && first != second
            {
                return Err(ModelError::IonCharge {
                    ion: ion.name.clone(),
                    first,
                    second,
                    mechanism: description.name.clone(),
                });
            }
        }
        let ions = description
            .ions
            .iter()
            .map(|ion| self.register_ion(ion))
            .collect();
        let globals = defaults(description, Storage::Global, description.globals);
        let id = MechanismId::new(self.mechanisms.len());
        Arc::make_mut(&mut self.names).add(id, description);
        let sizes = description.tables.iter();
        let sizes = sizes.map(|t| (t.intervals + 1) * t.columns);
        let tables = sizes.map(Aligned::new).collect();
        let function_tables = vec![None; description.function_tables.len()];
        self.mechanisms.push(Registered {
            compiled,
            globals,
            tables,
            function_tables,
            ions,
            rank: FIRST_RANK.saturating_add(id.index() as u32),
        });
        Ok(id)
    }

    /// Makes an ion known. One that is known already keeps its valence.
    pub fn add_ion(&mut self, name: &str, valence: f64) -> IonId {
        self.register_ion(&IonUse {
            name: name.to_owned(),
            valence: Some(valence),
            read: Default::default(),
            write: Default::default(),
        })
    }

    fn register_ion(&mut self, ion: &IonUse) -> IonId {
        let id = self.find_ion(&ion.name).unwrap_or_else(|| {
            self.ions.push(Ion::new(&ion.name));
            IonId::new(self.ions.len() - 1)
        });
        let known = &mut self.ions[id.index()].valence;
        *known = known.or(ion.valence);
        id
    }

    /// The mechanism of that suffix or class name, the newest if there are several.
    pub fn find_mechanism(&self, name: &str) -> Option<MechanismId> {
        self.mechanisms
            .iter()
            .rposition(|m| m.description().name == name)
            .map(MechanismId::new)
    }

    /// The description of a mechanism.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn mechanism(&self, id: MechanismId) -> Result<&Mechanism, ModelError> {
        Ok(self.registered(id)?.description())
    }

    /// The ion of that name (`na`).
    pub fn find_ion(&self, name: &str) -> Option<IonId> {
        self.ions
            .iter()
            .position(|i| i.name == name)
            .map(IonId::new)
    }

    /// All ions, in the order of registration; [`IonId::index`] counts them.
    pub fn ions(&self) -> &[Ion] {
        &self.ions
    }

    pub(crate) fn registered(&self, id: MechanismId) -> Result<&Registered, ModelError> {
        self.mechanisms
            .get(id.index())
            .ok_or(ModelError::UnknownId {
                what: "mechanism",
                index: id.index(),
            })
    }

    /// Checks that the mechanism is of that kind.
    fn registered_as(&self, id: MechanismId, kind: Kind) -> Result<&Registered, ModelError> {
        let registered = self.registered(id)?;
        if registered.description().kind == kind {
            return Ok(registered);
        }
        let wanted = match kind {
            Kind::Density => "density mechanism",
            Kind::PointProcess => "point process",
            Kind::ArtificialCell => "artificial cell",
            Kind::Nothing => "library of functions",
        };
        let mechanism = registered.description().name.clone();
        Err(ModelError::WrongKind { mechanism, wanted })
    }

    /// Checks that what can only be known at the end holds: every ion whose reversal potential a
    /// mechanism reads has a valence. Concentrations alone need none.
    pub(crate) fn check(&self) -> Result<(), ModelError> {
        let needed = |id: IonId| {
            self.mechanisms.iter().any(|registered| {
                let uses = registered.description().ions.iter();
                let mut uses = uses.zip(&registered.ions);
                uses.any(|(ion, &used)| used == id && ion.read.erev)
            })
        };
        let mut ions = self.ions.iter().enumerate();
        match ions.find(|&(index, ion)| ion.valence.is_none() && needed(IonId::new(index))) {
            Some((_, ion)) => Err(ModelError::IonChargeUnknown {
                ion: ion.name.clone(),
            }),
            None => Ok(()),
        }
    }

    /// Whether VERBATIM has given Vectors a method of that name.
    pub(crate) fn has_method(&self, name: &str) -> bool {
        self.objects.has_method(name)
    }

    /// The generator that `scop_random`, `set_seed` and their kin draw from, in all mechanisms.
    pub fn scop_random(&mut self) -> &mut ScopRandom {
        &mut self.scop
    }

    /// Number of point processes and artificial cells that were ever made; ids count from 0.
    pub fn point_count(&self) -> usize {
        self.points.len()
    }

    /// Number of NetCons that were ever made; ids count from 0.
    pub fn netcon_count(&self) -> usize {
        self.network.connections.len()
    }

    pub(crate) fn point(&self, id: PointProcessId) -> Result<&PointProcess, ModelError> {
        let known = self.points.get(id.index()).filter(|p| !p.removed);
        known.ok_or(ModelError::UnknownId {
            what: "point process",
            index: id.index(),
        })
    }
}

/// The variable of a mechanism with the offset of the element that `name` asks for.
pub(crate) fn element<'a>(
    description: &'a Mechanism,
    name: &str,
) -> Result<Option<(&'a Variable, usize)>, ModelError> {
    let Some((base, index)) = split_element(name) else {
        return Ok(None);
    };
    let Some(variable) = description.variable(base) else {
        return Ok(None);
    };
    Ok(Some((variable, element_offset(variable, index)?)))
}

/// The offset of an element of a variable.
fn element_offset(variable: &Variable, index: usize) -> Result<usize, ModelError> {
    if index < variable.len() {
        return Ok(variable.offset + index);
    }
    Err(ModelError::Element {
        name: variable.name.clone(),
        len: variable.len(),
        index,
    })
}

//! The object model that front ends drive: one world of sections, mechanisms, point processes and
//! NetCons, addressed by name as NEURON's users do.
//!
//! A [`Session`] is always in one of two states. While its structure changes it holds a
//! [`Model`]; when it is asked to run, or for what only a running model has, it lays the model
//! out as a [`Simulation`]. The change between the two keeps all ids, values and events, and a
//! front end sees nothing of it: a [`Reference`] to a variable finds its place anew.
//!
//! ```
//! use runtime::Place;
//! use runtime::session::Session;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut session = Session::new()?;
//! let soma = session.add_section("soma")?;
//! let hh = session.mechanism("hh")?;
//! session.model().insert(soma, hh)?;
//! session.initialize(Some(-65.0))?;
//! session.advance()?;
//! assert_eq!(session.t_ms(), 0.025);
//! let m = session.get(Place::Segment { section: soma, x: 0.5 }, "m_hh")?;
//! assert!((m - 0.0529).abs() < 1e-3);
//! # Ok(())
//! # }
//! ```

pub mod argument;
mod batch;
mod cvode;
mod error;
mod events;
mod function;
mod ion;
mod magnitudes;
mod mechanism;
mod method;
mod network;
mod pace;
mod parallel;
mod pattern;
mod pointer;
pub mod random;
mod record;
mod reference;
mod run;
mod state;
mod stdrun;
mod stream;
mod transition;
mod unit;
mod variable;
pub mod vector;

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::ModelError;
use crate::id::SectionId;
use crate::library::Library;
use crate::model::{Model, Place};
use crate::simulation::{CallbackId, Hook, Simulation};
use parallel::Gids;

pub use batch::BatchRun;
pub use cvode::CvodeSettings;
pub use error::SessionError;
pub use function::{Function, VectorMethod};
pub use mechanism::MechanismFacts;
pub use pace::Pace;
pub use parallel::Gid;
pub use pattern::PatternId;
pub use reference::Reference;
pub use run::Suspended;
pub use stdrun::RunControl;
pub use transition::MachineId;

/// One world of sections and mechanisms, built and run step by step.
#[derive(Debug)]
pub struct Session {
    library: Library,
    engine: Engine,
    /// Counts the layouts, so that a [`Reference`] knows whether its address still holds.
    generation: u64,
    /// An event asked for the end of the run.
    stop: bool,
    /// Variables of the standard run system.
    pub run_control: RunControl,
    /// Layers of extracellular where it is inserted next.
    layers: usize,
    /// What `CVode` is set to.
    pub cvode: CvodeSettings,
    /// How many threads share a step.
    threads: usize,
    /// The methods of the runs that are under way.
    held: method::Held,
    /// Where an advance with variable steps ends.
    pace: Pace,
    /// How many equations there were when steps were of variable length last.
    equations: usize,
    /// Magnitudes of states are measured, and what was found for each name.
    measures_magnitudes: bool,
    magnitudes: BTreeMap<String, (f64, f64)>,
    /// Variables that `batch_run` writes.
    batch: Vec<Reference>,
    /// What mechanisms printed.
    printed: Arc<Mutex<String>>,
    /// Sources of events by number.
    gids: Gids,
    /// Spikes from elsewhere.
    patterns: Vec<pattern::Pattern>,
    /// The instance that functions of a mechanism mean when they are called by name alone.
    data: HashMap<String, Place>,
    /// Units that were set by hand.
    units: HashMap<String, String>,
    numbers: variable::Numbers,
}

/// What a session holds at the moment.
#[derive(Debug)]
enum Engine {
    /// Being changed.
    Model(Box<Model>),
    /// Laid out.
    Simulation(Box<Simulation>),
}

impl Session {
    /// An empty world with the mechanisms that ship.
    ///
    /// # Errors
    ///
    /// None, unless the program was built with a faulty file.
    pub fn new() -> Result<Self, SessionError> {
        Ok(Self {
            library: Library::shipped()?,
            engine: Engine::Model(Box::default()),
            generation: 0,
            stop: false,
            layers: crate::circuit::extracellular::DEFAULT_LAYERS,
            cvode: CvodeSettings::default(),
            threads: 1,
            run_control: RunControl::default(),
            held: method::Held::default(),
            pace: Pace::default(),
            equations: 0,
            measures_magnitudes: false,
            magnitudes: BTreeMap::new(),
            batch: Vec::new(),
            printed: Arc::default(),
            gids: Gids::default(),
            patterns: Vec::new(),
            data: HashMap::new(),
            units: HashMap::new(),
            numbers: variable::Numbers::default(),
        })
    }

    /// The model, to change its structure: a layout is given up, its values are kept.
    pub fn model(&mut self) -> &mut Model {
        if let Engine::Simulation(_) = self.engine
            && let Engine::Simulation(simulation) =
                mem::replace(&mut self.engine, Engine::Model(Box::default()))
        {
            self.engine = Engine::Model(Box::new(simulation.into_model()));
            self.generation += 1;
        }
        match &mut self.engine {
            Engine::Model(model) => model,
            Engine::Simulation(_) => unreachable!("the layout was given up above"),
        }
    }

    /// The model, to look at its structure. While it is laid out, its values are those from
    /// before: [`Session::get`] has the current ones.
    pub fn structure(&self) -> &Model {
        match &self.engine {
            Engine::Model(model) => model,
            Engine::Simulation(simulation) => simulation.model(),
        }
    }

    /// The model laid out, which is done now unless it is already.
    ///
    /// # Errors
    ///
    /// As [`Simulation::new`]; the model stays as it was.
    pub fn simulation(&mut self) -> Result<&mut Simulation, SessionError> {
        let method = self.method();
        let (active, local) = method.variable();
        let known = self.structure();
        if (known.variable_step, known.local_step) != (active, local) {
            let model = self.model();
            (model.variable_step, model.local_step) = (active, local);
        }
        if let Engine::Model(model) = &mut self.engine {
            let mut simulation = Simulation::take(model)?;
            simulation.set_threads(self.threads);
            let printed = Arc::clone(&self.printed);
            simulation.on_print(move |text| {
                let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
                printed.push_str(text);
            });
            self.engine = Engine::Simulation(Box::new(simulation));
            self.generation += 1;
        }
        match &mut self.engine {
            Engine::Simulation(simulation) => {
                if active {
                    let new = !simulation.is_variable_step();
                    simulation.integrate_with(Some(&method.applied_to(&self.cvode)))?;
                    if new && self.measures_magnitudes {
                        simulation.measure_magnitudes(true);
                    }
                    self.equations = simulation.equation_count();
                }
                Ok(simulation)
            }
            Engine::Model(_) => unreachable!("the model was laid out above"),
        }
    }

    /// Makes a section. Several may have one name.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn add_section(&mut self, name: &str) -> Result<SectionId, SessionError> {
        Ok(self.model().add_namesake(name))
    }

    fn own_value(&self, place: Place, name: &str) -> Option<f64> {
        (place == Place::Model)
            .then(|| {
                self.run_control
                    .value(name)
                    .or_else(|| self.numbers.get(name))
            })
            .flatten()
    }

    /// Value of a variable by name; names as for [`Model::get`], and at [`Place::Model`] those of
    /// [`RunControl`].
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn get(&self, place: Place, name: &str) -> Result<f64, SessionError> {
        if let Some(value) = self.own_value(place, name) {
            return Ok(value);
        }
        Ok(match &self.engine {
            Engine::Model(model) => model.get(place, name)?,
            Engine::Simulation(simulation) => simulation.get(place, name)?,
        })
    }

    /// Sets a variable by name; names as for [`Model::set`].
    ///
    /// # Errors
    ///
    /// As [`Model::set`].
    pub fn set(&mut self, place: Place, name: &str, value: f64) -> Result<(), SessionError> {
        if place == Place::Model
            && let Some(variable) = self.run_control.variable(name)
        {
            *variable = value;
            return Ok(());
        }
        if place == Place::Model {
            if variable::Numbers::is_constant(name) {
                let name = name.to_owned();
                return Err(ModelError::ReadOnly { name }.into());
            }
            if let Some(number) = self.numbers.get_mut(name) {
                *number = value;
                return Ok(());
            }
        }
        if name == "diam" && matches!(place, Place::Segment { .. }) {
            // A layout would compute all areas and resistances anew for each diameter; who sets
            // one usually sets many.
            return Ok(self.model().set(place, name, value)?);
        }
        match &mut self.engine {
            Engine::Model(model) => model.set(place, name, value)?,
            Engine::Simulation(simulation) => simulation.set(place, name, value)?,
        }
        Ok(())
    }

    /// Sets a variable in all segments of a section.
    ///
    /// # Errors
    ///
    /// As [`Session::set`].
    pub fn set_section(
        &mut self,
        section: SectionId,
        name: &str,
        value: f64,
    ) -> Result<(), SessionError> {
        if name == "diam" {
            // Once for the section and not once for each segment: areas follow from it.
            return Ok(self.model().set_diameter(section, value)?);
        }
        for i in 0..self.structure().section(section)?.segment_count() {
            let x = self.structure().section(section)?.segment_x(i);
            self.set(Place::Segment { section, x }, name, value)?;
        }
        if name == "v" || name.starts_with("vext") {
            for x in [0.0, 1.0] {
                self.set(Place::Segment { section, x }, name, value)?;
            }
        }
        Ok(())
    }

    /// A place in words, as `soma(0.5)`.
    pub fn describe(&self, place: Place) -> String {
        self.structure().describe(place)
    }

    /// Time in ms.
    pub fn t_ms(&self) -> f64 {
        match &self.engine {
            Engine::Model(model) => model.t_ms,
            Engine::Simulation(simulation) => simulation.t_ms(),
        }
    }

    /// The time step in ms.
    pub fn dt_ms(&self) -> f64 {
        match &self.engine {
            Engine::Model(model) => model.dt_ms,
            Engine::Simulation(simulation) => simulation.dt_ms(),
        }
    }

    /// Has the session called at a place of every initialization or step; `None` ends that.
    pub fn set_hook(&mut self, hook: Hook, callback: Option<CallbackId>) {
        match &mut self.engine {
            Engine::Model(model) => model.set_hook(hook, callback),
            Engine::Simulation(simulation) => simulation.set_hook(hook, callback),
        }
    }

    /// What mechanisms printed since the last call.
    pub fn take_printed(&mut self) -> String {
        let mut printed = self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        mem::take(&mut printed)
    }
}

//! Neuron simulation over mechanism kernels.
//!
//! A [`Model`] says what there is: sections, mechanisms, point processes, NetCons. A
//! [`Simulation`] lays it out as a structure of arrays and runs it with NEURON's staggered
//! fixed step. Mechanisms come from the compiler, or are written by hand, as
//! [`nmodl::mechanism::Compiled`]; this crate knows none but the membrane's capacitance.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # fn hh() -> Arc<nmodl::mechanism::Compiled> { unimplemented!() }
//! use runtime::{Model, Place, Sampling, Simulation};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut model = Model::new();
//! let hh = model.add_mechanism(hh())?;
//! let soma = model.add_section("soma")?;
//! model.set_length(soma, 10.0)?;
//! model.set_diameter(soma, 10.0)?;
//! model.insert(soma, hh)?;
//!
//! let mut simulation = Simulation::new(model)?;
//! let middle = Place::Segment { section: soma, x: 0.5 };
//! let v = simulation.record(middle, "v", Sampling::EveryStep)?;
//! simulation.initialize(Some(-65.0))?;
//! simulation.run_until(5.0)?;
//! println!("{:?}", simulation.recorded(v));
//! # Ok(())
//! # }
//! ```

mod callable;
mod circuit;
mod diffusion;
pub mod error;
mod event;
mod id;
mod instance;
pub mod ion;
mod kernel;
mod layout;
pub mod library;
pub mod matrix;
mod model;
pub mod morphology;
mod object;
mod parallel;
mod play;
mod print;
pub mod random;
mod record;
pub mod session;
mod simulation;
mod sparse;
mod state_file;
mod storage;
pub mod sundials;
pub mod tree;

pub use circuit::extracellular::{DEFAULT_LAYERS, MOST_LAYERS, NAME as EXTRACELLULAR};
pub use circuit::linear::LinearMechanism;
pub use error::{CallError, KernelFailure, ModelError, ModelWarning, RunError};
pub use event::EventStatistics;
pub use id::{
    IonId, LinearId, MechanismId, NetConId, PlayId, PointProcessId, RecordingId, SectionId,
    TransferId,
};
pub use model::{
    Connection, End, Membrane, Model, NetCon, Node, Place, Point3d, SavedState, Section, Segment,
    SharedCell, Source, Target,
};
pub use object::{Afterwards, CallArgument, FileMode, HocFunctions, SharedFile, SharedText};
pub use play::{Played, Schedule};
pub use record::{Buffer, Sampling, Series};
pub use simulation::{
    CallbackId, Hook, Progress, QueuedEvent, QueuedKind, Simulation, StateName, StateQuantity,
    Statistics, Suspended, VariableHandle,
};
pub use state_file::{Counts, StateFileError};

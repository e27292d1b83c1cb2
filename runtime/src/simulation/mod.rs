//! API skeleton.
use crate::*;
/// TODO
pub struct Simulation {}
/// An address of a variable; stays valid for the simulation's life. Reading and writing through
/// it takes a few nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariableHandle(pub(crate) u32);

impl Simulation {
    /// Lays a model out for simulation.
    ///
    /// # Errors
    ///
    /// What can only be known when the model is complete: an ion whose valence nobody states.
    pub fn new(model: Model) -> Result<Self, ModelError> {
        let _ = model;
        todo!()
    }
    /// The structure: sections, names, mechanisms. Its values are those from before the run.
    pub fn model(&self) -> &Model {
        todo!()
    }
    /// The model with the values that the run left.
    pub fn into_model(self) -> Model {
        todo!()
    }
    /// NEURON's `finitialize`: t = 0, v everywhere `v_mv` (or as it is, for `None`), INITIAL blocks,
    /// events at t = 0, currents, first points of the recordings.
    ///
    /// # Errors
    ///
    /// A kernel that fails; an event at an impossible time.
    pub fn initialize(&mut self, v_mv: Option<f64>) -> Result<(), RunError> {
        let _ = v_mv;
        todo!()
    }
    /// One step of dt.
    ///
    /// # Errors
    ///
    /// A kernel that fails, an event at an impossible time, a potential that is not finite, no
    /// [`Simulation::initialize`] before.
    pub fn advance(&mut self) -> Result<(), RunError> {
        todo!()
    }
    /// Makes ⌊(tstop − t)/dt + 10⁻⁹⌋ steps (NEURON's `pc.psolve`).
    ///
    /// # Errors
    ///
    /// As [`Simulation::advance`].
    pub fn run_until(&mut self, tstop_ms: f64) -> Result<(), RunError> {
        let _ = tstop_ms;
        todo!()
    }
    /// Time in ms.
    pub fn t_ms(&self) -> f64 {
        todo!()
    }
    /// Time step in ms.
    pub fn dt_ms(&self) -> f64 {
        todo!()
    }
    /// Address of a variable; names as for [`Model::get`].
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn variable(&self, place: Place, name: &str) -> Result<VariableHandle, ModelError> {
        let _ = (place, name);
        todo!()
    }
    /// Value of a variable.
    pub fn read(&self, variable: VariableHandle) -> f64 {
        let _ = variable;
        todo!()
    }
    /// Value of a variable by name.
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn get(&self, place: Place, name: &str) -> Result<f64, ModelError> {
        let _ = (place, name);
        todo!()
    }
    /// Sets a variable by name, as [`Model::set`].
    ///
    /// # Errors
    ///
    /// As [`Model::set`].
    pub fn set(&mut self, place: Place, name: &str, value: f64) -> Result<(), ModelError> {
        let _ = (place, name, value);
        todo!()
    }
    /// Records a variable from the next [`Simulation::initialize`] on.
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place.
    pub fn record(
        &mut self,
        place: Place,
        name: &str,
        sampling: Sampling,
    ) -> Result<RecordingId, ModelError> {
        let _ = (place, name, sampling);
        todo!()
    }
    /// What was recorded since [`Simulation::initialize`].
    pub fn recorded(&self, recording: RecordingId) -> &[f64] {
        let _ = recording;
        todo!()
    }
    /// Records the times of the events that the source of a NetCon makes.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn record_spikes(&mut self, netcon: NetConId) -> Result<(), ModelError> {
        let _ = netcon;
        todo!()
    }
    /// Times in ms at which the source of a NetCon fired, in order.
    pub fn spikes(&self, netcon: NetConId) -> &[f64] {
        let _ = netcon;
        todo!()
    }
    /// Puts an event for a NetCon's target in the queue, at `time_ms` without the delay
    /// (NEURON's `NetCon.event`).
    ///
    /// # Errors
    ///
    /// A time that has passed.
    pub fn send_event(&mut self, netcon: NetConId, time_ms: f64) -> Result<(), RunError> {
        let _ = (netcon, time_ms);
        todo!()
    }
    /// Where the text of `printf` in mechanisms goes; without it, to standard output.
    pub fn on_print(&mut self, sink: impl FnMut(&str) + Send + 'static) {
        let _ = sink;
        todo!()
    }
    /// A variable in words, as `soma(0.5)`.
    pub fn describe(&self, place: Place) -> String {
        let _ = place;
        todo!()
    }
}

//! Typed errors: what is wrong with a model, and what went wrong in a run.
//!
//! Every message names the place in the model's own words (section, segment position, mechanism,
//! variable) so that a front end can show it as it is.

use nmodl::abi::Failure;
use nmodl::mechanism::CallableError;

/// A model that cannot be built, or a name that does not exist in it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// Two sections, or two mechanisms, of one name.
    #[error("`{name}` is already the name of a {what}")]
    Duplicate {
        /// What has the name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// An id that this model did not hand out.
    #[error("{what} {index} does not exist in this model")]
    UnknownId {
        /// Kind of id.
        what: &'static str,
        /// Its number.
        index: usize,
    },
    /// A variable name that is not known at that place.
    #[error("{place} has no variable `{name}`")]
    UnknownVariable {
        /// Section and position, point process, or "the model".
        place: String,
        /// The name as given.
        name: String,
    },
    /// An array element that does not exist.
    #[error("`{name}` has {len} elements; there is no element {index}")]
    Element {
        /// The array variable.
        name: String,
        /// Its length.
        len: usize,
        /// The element asked for.
        index: usize,
    },
    /// A variable that is computed and cannot be set.
    #[error("`{name}` is computed and cannot be set")]
    ReadOnly {
        /// The name.
        name: String,
    },
    /// A saved state of another structure.
    #[error("the saved state does not fit the model: {what}")]
    State {
        /// The difference.
        what: String,
    },
    /// A number outside of its domain.
    #[error("{place}: {quantity} is {value}; it must be {requirement}")]
    Value {
        /// Where.
        place: String,
        /// What the number is.
        quantity: &'static str,
        /// The number.
        value: f64,
        /// The domain in words.
        requirement: &'static str,
    },
    /// A mechanism of the wrong kind (a point process inserted, an artificial cell at a node …).
    #[error("`{mechanism}` is not a {wanted}")]
    WrongKind {
        /// The mechanism.
        mechanism: String,
        /// What was needed.
        wanted: &'static str,
    },
    /// A connection that would make a section its own ancestor.
    #[error("connecting section `{section}` to `{parent}` makes a loop")]
    Loop {
        /// The child.
        section: String,
        /// The parent.
        parent: String,
    },
    /// An ion that was given two different valences.
    #[error("ion `{ion}` has valence {first} and is given valence {second} by `{mechanism}`")]
    IonCharge {
        /// The ion.
        ion: String,
        /// The first valence.
        first: f64,
        /// The other one.
        second: f64,
        /// The mechanism that states the other one.
        mechanism: String,
    },
    /// An ion whose valence no mechanism states.
    #[error("no mechanism states the VALENCE of ion `{ion}`")]
    IonChargeUnknown {
        /// The ion.
        ion: String,
    },
    /// A point process that uses an ion but is at an end of a section, where there is no membrane.
    #[error("`{mechanism}` uses ions and cannot be at end {end} of section `{section}`")]
    IonAtEnd {
        /// The mechanism.
        mechanism: String,
        /// The section.
        section: String,
        /// 0 or 1.
        end: u8,
    },
    /// A name that is no FUNCTION_TABLE.
    #[error("{mechanism} has no FUNCTION_TABLE `{name}`")]
    NoFunctionTable {
        /// The mechanism.
        mechanism: String,
        /// The name as given.
        name: String,
    },
    /// A FUNCTION_TABLE given values of another number of arguments.
    #[error("{name} of {mechanism} has {wanted} arguments, and is given a table of {given}")]
    FunctionTableArguments {
        /// The mechanism.
        mechanism: String,
        /// The function.
        name: String,
        /// Arguments in the file.
        wanted: usize,
        /// Arguments of the table.
        given: usize,
    },
    /// A name that is no POINTER.
    #[error("{place} has no POINTER `{name}`")]
    NoPointer {
        /// Section and position, or point process.
        place: String,
        /// The name as given.
        name: String,
    },
    /// A POINTER that points at nothing, read or written from outside.
    #[error("{place}: POINTER `{name}` points at nothing")]
    UnsetPointer {
        /// Section and position, or point process.
        place: String,
        /// Its name.
        name: String,
    },
    /// A variable that no POINTER may point at.
    #[error("a POINTER cannot point at `{name}`")]
    NotPointable {
        /// The variable.
        name: String,
    },
    /// Something that cells with steps of their own cannot have.
    #[error("cells cannot have steps of their own (use_local_dt): {reason}")]
    LocalStep {
        /// Why.
        reason: &'static str,
    },
    /// A mechanism that cannot take part in steps of variable length.
    #[error("{mechanism} cannot be used with CVODE: {reason}")]
    VariableStep {
        /// The mechanism.
        mechanism: String,
        /// Why.
        reason: String,
    },
    /// A question to the integrator of steps of variable length, but there is none.
    #[error("CVODE is not active")]
    NoIntegrator,
    /// A NetCon whose target has no NET_RECEIVE block.
    #[error("`{mechanism}` has no NET_RECEIVE and cannot be the target of a NetCon")]
    NotATarget {
        /// The mechanism.
        mechanism: String,
    },
}

/// Something in a model that is allowed and probably not meant.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelWarning {
    /// Two mechanisms write the same concentration at one place: the last one wins.
    #[error("{place}: `{first}` and `{second}` both write the {side} concentration of `{ion}`")]
    ConcentrationWriters {
        /// Segment.
        place: String,
        /// The one inserted first.
        first: String,
        /// The one inserted later.
        second: String,
        /// "internal" or "external".
        side: &'static str,
        /// The ion.
        ion: String,
    },
}

/// A run that cannot go on.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RunError {
    /// A kernel gave up.
    #[error("t = {time_ms} ms, {place}: {mechanism}: {reason} in {what}")]
    Kernel {
        /// Time of the failing step.
        time_ms: f64,
        /// Section and position.
        place: String,
        /// Mechanism.
        mechanism: String,
        /// The statement, from the mechanism's description.
        what: String,
        /// Why.
        reason: KernelFailure,
    },
    /// The membrane potential is not a finite number any more.
    #[error("t = {time_ms} ms, {place}: {variable} is {value}")]
    NotFinite {
        /// End of the step that made it.
        time_ms: f64,
        /// Section and position.
        place: String,
        /// `v`, or the mechanism's variable that is not finite either.
        variable: String,
        /// NaN or an infinity.
        value: f64,
    },
    /// An event for a time that has passed, or at no time at all.
    #[error("t = {time_ms} ms, {place}: {service} with time {event_ms} ms")]
    EventTime {
        /// Time of the request.
        time_ms: f64,
        /// Who asked.
        place: String,
        /// `net_send`, `net_event`, `net_move` or `NetCon`.
        service: &'static str,
        /// The requested time.
        event_ms: f64,
    },
    /// `net_move` with no self event of flag 1 under way.
    #[error("t = {time_ms} ms, {place}: net_move without a self event of flag 1 under way")]
    NothingToMove {
        /// Time of the request.
        time_ms: f64,
        /// Who asked.
        place: String,
    },
    /// A played or transferred value that its variable cannot have.
    #[error("t = {time_ms} ms: {error}")]
    Play {
        /// Time of the value.
        time_ms: f64,
        /// What is wrong with it.
        error: ModelError,
    },
    /// The integrator cannot go on.
    #[error(
        "t = {time_ms} ms, {place}: the integrator cannot go on: {reason} (the largest error is that of {state})"
    )]
    Integrator {
        /// Where the step begins.
        time_ms: f64,
        /// Section and position.
        place: String,
        /// The state whose error is the largest.
        state: String,
        /// SUNDIALS' reason.
        reason: String,
    },
    /// The integrator cannot go on where a derivative is no number.
    #[error(
        "t = {time_ms} ms, {place}: the integrator cannot go on: {reason} (the derivative of {state} is {value}{cause})"
    )]
    NoDerivative {
        /// Where the step begins.
        time_ms: f64,
        /// Section and position.
        place: String,
        /// The first state whose derivative is not finite.
        state: String,
        /// NaN or an infinity.
        value: f64,
        /// A variable of a mechanism that is not finite either, as `: i of hh is NaN`; may be empty.
        cause: String,
        /// SUNDIALS' reason.
        reason: String,
    },
    /// With the local method, nothing says when to take the points of a recording.
    #[error(
        "a variable that is of no cell cannot be recorded at every step if cells have steps of their own: record it at given times, or name the point process whose steps count"
    )]
    NoCell,
    /// IDA cannot begin.
    #[error(
        "t = {time_ms} ms: IDA initialization failure, weighted norm of residual={norm} (the largest is that of {state} at {place})"
    )]
    Inconsistent {
        /// Time of the beginning.
        time_ms: f64,
        /// The norm, which should not be above 1.
        norm: f64,
        /// Section and position of the state with the largest residual.
        place: String,
        /// That state.
        state: String,
    },
    /// The equations of a step have no unique solution.
    #[error(
        "t = {time_ms} ms: the equations of the model have no unique solution: nothing determines {unknown}"
    )]
    Singular {
        /// Where the step ends.
        time_ms: f64,
        /// What is not determined.
        unknown: String,
    },
    /// A run that was not initialized, or that is asked to go back in time.
    #[error("{0}")]
    Order(&'static str),
    /// The caller's turn within an evaluation did not end.
    #[error("the step was given up")]
    GivenUp,
}

/// A FUNCTION or PROCEDURE that cannot be called, or that gave up.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CallError {
    /// An id, place or name that does not exist.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A kernel that gave up, or an event at an impossible time.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Code that cannot be made.
    #[error("{mechanism}: {reason}")]
    Code {
        /// The mechanism.
        mechanism: String,
        /// Why.
        reason: CallableError,
    },
    /// Too few arguments, or one that is no number.
    #[error("{callable}({arguments}) of {mechanism} is called with {given} arguments")]
    Arguments {
        /// The mechanism.
        mechanism: String,
        /// The function.
        callable: String,
        /// Names of its arguments.
        arguments: String,
        /// How many were given.
        given: usize,
    },
    /// A function of an instance called without one.
    #[error("{callable} of {mechanism} uses what each instance has of its own: name an instance")]
    NeedsInstance {
        /// The mechanism.
        mechanism: String,
        /// The function.
        callable: String,
    },
    /// A place without an instance of the mechanism.
    #[error("there is no {mechanism} at {place}")]
    NoInstance {
        /// The mechanism.
        mechanism: String,
        /// Where it was looked for.
        place: String,
    },
}

/// Why a kernel gave up: [`Failure`] with its value.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum KernelFailure {
    /// Newton iteration.
    #[error("no convergence (residual {residual})")]
    NoConvergence {
        /// Last residual.
        residual: f64,
    },
    /// Linear system.
    #[error("singular matrix")]
    SingularMatrix,
    /// Array access.
    #[error("index {index} out of bounds")]
    IndexOutOfBounds {
        /// The index.
        index: f64,
    },
    /// WHILE loop.
    #[error("endless loop")]
    EndlessLoop,
    /// POINTER.
    #[error("a POINTER that points at nothing")]
    UnsetPointer,
    /// FUNCTION_TABLE.
    #[error("a FUNCTION_TABLE without values")]
    UnsetFunctionTable,
    /// What C in VERBATIM was given.
    #[error("not what is needed here")]
    WrongArgument,
    /// `hoc_execerror` and its kin in VERBATIM; the place says why.
    #[error("the mechanism ends the run")]
    Stopped,
    /// A code that the ABI does not define.
    #[error("failure code {code}")]
    Unknown {
        /// The code.
        code: i32,
    },
}

impl KernelFailure {
    /// Reads a kernel's return code and [`nmodl::abi::Status::value`].
    pub fn from_code(code: i32, value: f64) -> Self {
        const NO_CONVERGENCE: i32 = Failure::NoConvergence as i32;
        const SINGULAR: i32 = Failure::SingularMatrix as i32;
        const INDEX: i32 = Failure::IndexOutOfBounds as i32;
        const ENDLESS: i32 = Failure::EndlessLoop as i32;
        const TABLE: i32 = Failure::UnsetFunctionTable as i32;
        const POINTER: i32 = Failure::UnsetPointer as i32;
        const ARGUMENT: i32 = Failure::WrongArgument as i32;
        const STOPPED: i32 = Failure::Stopped as i32;
        match code {
            ARGUMENT => Self::WrongArgument,
            STOPPED => Self::Stopped,
            NO_CONVERGENCE => Self::NoConvergence { residual: value },
            SINGULAR => Self::SingularMatrix,
            INDEX => Self::IndexOutOfBounds { index: value },
            ENDLESS => Self::EndlessLoop,
            POINTER => Self::UnsetPointer,
            TABLE => Self::UnsetFunctionTable,
            code => Self::Unknown { code },
        }
    }
}

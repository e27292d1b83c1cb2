//! What can go wrong in a session, with the message that a user sees.

use crate::error::{CallError, ModelError, RunError};
use crate::library::LibraryError;
use crate::state_file::StateFileError;

/// Why a session cannot do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The model does not allow it.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A state of a run cannot be stored or read.
    #[error(transparent)]
    StateFile(#[from] StateFileError),
    /// A run cannot go on.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A FUNCTION or PROCEDURE cannot be called.
    #[error(transparent)]
    Call(CallError),
    /// A `.mod` file cannot be used.
    #[error(transparent)]
    Library(#[from] LibraryError),
    /// A name that no mechanism has.
    #[error("there is no mechanism `{0}`")]
    UnknownMechanism(String),
    /// A file that cannot be written.
    #[error("cannot write: {0}")]
    Write(std::io::Error),
    /// A number of a source of events that does not fit.
    #[error("gid {gid} {problem}")]
    Gid {
        /// The number.
        gid: i64,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A reference of the wrong sort.
    #[error("{what} must be {requirement}")]
    Reference {
        /// What it was given for.
        what: &'static str,
        /// What is needed.
        requirement: &'static str,
    },
    /// Another number of layers while some are there.
    #[error("Cannot change nlayer_extracellular when instances exist")]
    LayersInUse,
    /// A name that no ion has.
    #[error("`{0}` is not an ion mechanism")]
    UnknownIon(String),
    /// An ion that would get another charge than it has.
    #[error("`{ion}_ion` is already defined with charge {first} and cannot have charge {second}")]
    IonCharge {
        /// The ion.
        ion: String,
        /// The charge that it has.
        first: f64,
        /// The other one.
        second: f64,
    },
    /// A function of an instance, called without one.
    #[error(
        "no data for `{function}_{mechanism}`: call setdata_{mechanism}(segment) first; \
         the instance must still exist"
    )]
    NoData {
        /// The mechanism.
        mechanism: String,
        /// The function.
        function: String,
    },
    /// A number outside of what an argument may be.
    #[error("{name} is {value}, but must be {requirement}")]
    Argument {
        /// The argument.
        name: &'static str,
        /// What it is.
        value: f64,
        /// What it may be.
        requirement: &'static str,
    },
    /// A variable that no unit can be told of.
    #[error("there is no variable `{0}`")]
    UnknownName(String),
}

/// A call that fails for the model's or the run's sake is their error.
impl From<CallError> for SessionError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Model(error) => Self::Model(error),
            CallError::Run(error) => Self::Run(error),
            error => Self::Call(error),
        }
    }
}

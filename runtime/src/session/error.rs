//! What can go wrong in a session, with the message that a user sees.

use crate::error::{ModelError, RunError};
use crate::library::LibraryError;

/// Why a session cannot do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The model does not allow it.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A run cannot go on.
    #[error(transparent)]
    Run(#[from] RunError),
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
}

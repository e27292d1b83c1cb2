//! The home of SUNDIALS: all of its calls are made here, behind types that free what they own.

mod cvode;
mod ida;
mod shared;
mod solver;
mod vector;

use std::ffi::CStr;

pub(crate) use cvode::{Integrator, LinearSolver, Method};
pub(crate) use ida::Ida;
pub(crate) use shared::{Fault, System, Tolerances};
pub(crate) use solver::Solver;

/// Room for a version, as SUNDIALS' own programs give it.
const VERSION_LEN: usize = 25;

/// The version of the SUNDIALS library that is linked, as `7.1.1`.
pub fn version() -> String {
    let mut buffer = [0; VERSION_LEN];
    // SAFETY: the function writes at most `VERSION_LEN` bytes, the last of which is 0, and fails
    // without writing if they do not suffice.
    let flag = unsafe { sundials_sys::SUNDIALSGetVersion(buffer.as_mut_ptr(), VERSION_LEN as i32) };
    if flag != 0 {
        return "unknown".to_owned();
    }
    // SAFETY: the buffer is zeroed, and what was written ends with 0.
    let text = unsafe { CStr::from_ptr(buffer.as_ptr()) };
    text.to_string_lossy().into_owned()
}

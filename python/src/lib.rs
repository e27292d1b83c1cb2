//! The native half of the Python package `nmodlrs`.
//!
//! Classes here are views of [`runtime::session`]: they hold ids and names, translate arguments,
//! results and errors, and know nothing of simulation. `world` has the one session that all of
//! them share; `hoc` is the object that scripts know as `h` and `n`, whose methods are beside what
//! they are about. What needs no speed is Python (the files in `nmodlrs/`).

mod callback;
mod cvode;
mod hoc;
mod point_process;
mod reference;
mod run;
mod section;
mod segment;
mod world;

use pyo3::prelude::*;

/// The module `nmodlrs._nmodlrs`.
#[pymodule]
fn _nmodlrs(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<cvode::CVode>()?;
    module.add_class::<hoc::HocObject>()?;
    module.add_class::<point_process::PointProcess>()?;
    module.add_class::<reference::Reference>()?;
    module.add_class::<run::FInitializeHandler>()?;
    module.add_class::<section::Section>()?;
    module.add_class::<segment::Segment>()?;
    module.add(
        "CompileError",
        module.py().get_type::<world::CompileError>(),
    )?;
    Ok(())
}

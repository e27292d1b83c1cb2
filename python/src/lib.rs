//! The native half of the Python package `nmodlrs`.
//!
//! Classes here are views of [`runtime::session`]: they hold ids and names, translate arguments,
//! results and errors, and know nothing of simulation. `world` has the one session that all of
//! them share; `hoc` is the object that scripts know as `h` and `n`, whose methods are beside what
//! they are about. What needs no speed is Python (the files in `nmodlrs/`).

mod access;
mod array;
mod callback;
mod cvode;
mod density;
mod extracellular;
mod function;
mod function_table;
mod hoc;
mod instance;
mod ion;
mod linear;
mod matrix;
mod mechanism;
mod morphology;
mod netcon;
mod number;
mod parallel;
mod pattern;
mod point_process;
mod pointer;
mod random;
mod reference;
mod run;
mod save_state;
mod section;
mod section_list;
mod section_ref;
mod segment;
mod stream;
mod structure;
mod threads;
mod transition;
mod vector;
mod weights;
mod world;

use pyo3::prelude::*;

/// The module `nmodlrs._nmodlrs`.
#[pymodule]
fn _nmodlrs(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<cvode::CVode>()?;
    module.add_class::<hoc::HocObject>()?;
    module.add_class::<morphology::Reader>()?;
    module.add_class::<morphology::SwcReader>()?;
    module.add_class::<morphology::NeurolucidaReader>()?;
    module.add_class::<morphology::Import3d>()?;
    module.add_class::<netcon::NetCon>()?;
    module.add_class::<parallel::ParallelContext>()?;
    module.add_class::<pattern::Pattern>()?;
    module.add_class::<point_process::PointProcess>()?;
    module.add_class::<random::Random>()?;
    module.add_class::<reference::Reference>()?;
    module.add_class::<run::FInitializeHandler>()?;
    module.add_class::<save_state::State>()?;
    module.add_class::<section::Section>()?;
    module.add_class::<transition::StateTransitionEvent>()?;
    module.add_class::<section_list::SectionList>()?;
    module.add_class::<section_ref::SectionRef>()?;
    module.add_class::<segment::Segment>()?;
    module.add_class::<density::DensityMechanism>()?;
    module.add_class::<density::RangeVariable>()?;
    module.add_class::<mechanism::DensityMechanism>()?;
    module.add_class::<function::Function>()?;
    module.add_class::<function::Method>()?;
    module.add_class::<function_table::Table>()?;
    module.add_class::<stream::MechanismStream>()?;
    module.add_class::<array::Array>()?;
    module.add_function(wrap_pyfunction!(reference::cell, module)?)?;
    module.add_function(wrap_pyfunction!(instance::number, module)?)?;
    module.add_function(wrap_pyfunction!(callback::played_value, module)?)?;
    module.add_function(wrap_pyfunction!(instance::instances, module)?)?;
    module.add_function(wrap_pyfunction!(instance::instance, module)?)?;
    module.add_function(wrap_pyfunction!(mechanism::load_files, module)?)?;
    module.add_function(wrap_pyfunction!(mechanism::load_text, module)?)?;
    module.add_function(wrap_pyfunction!(mechanism::migrate, module)?)?;
    module.add_function(wrap_pyfunction!(mechanism::mechanisms, module)?)?;
    module.add_function(wrap_pyfunction!(mechanism::mechanism_variables, module)?)?;
    module.add_function(wrap_pyfunction!(mechanism::is_netcon_target, module)?)?;
    module.add_class::<vector::Vector>()?;
    module.add_class::<matrix::Matrix>()?;
    module.add_class::<linear::LinearMechanism>()?;
    module.add_function(wrap_pyfunction!(random::mcell_ran4, module)?)?;
    module.add_function(wrap_pyfunction!(random::mcell_ran4_init, module)?)?;
    module.add_function(wrap_pyfunction!(random::use_mcell_ran4, module)?)?;
    module.add_function(wrap_pyfunction!(hoc::define, module)?)?;
    module.add(
        "CompileError",
        module.py().get_type::<world::CompileError>(),
    )?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    Ok(())
}

//! Sections: their names, their parameters, their segments. `tree` has how they are connected,
//! `points` their 3-D points, `membrane` what is inserted.

mod membrane;
mod points;
mod tree;

use std::sync::OnceLock;

use pyo3::exceptions::{
    PyAttributeError, PyReferenceError, PyRuntimeError, PyTypeError, PyValueError,
};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple, PyWeakrefReference};
use runtime::{Place, SectionId};

use crate::access;
use crate::reference::Reference;
use crate::segment::{self, Segment};
use crate::world::{self, Key};

pub use points::point;

/// An unbranched cable.
///
/// `Section(name, cell)`: both may be left out. `cell` is the object that the section belongs to;
/// its str() is put before the name. There is one Python object for each section, and the section
/// lives as long as it.
#[pyclass(name = "Section", module = "nmodlrs", subclass, dict, weakref, frozen)]
pub struct Section(OnceLock<Identity>);

/// What `__init__` gives.
struct Identity {
    id: SectionId,
    name: String,
    /// A weak reference to the object that the section belongs to.
    cell: Option<Py<PyAny>>,
}

impl Drop for Section {
    fn drop(&mut self) {
        if let Some(identity) = self.0.get() {
            world::release(Key::Section(identity.id));
        }
    }
}

/// Parameters of the section as a whole; all other variables belong to its segments.
pub const PARAMETERS: [&str; 4] = ["L", "Ra", "nseg", "rallbranch"];

impl Section {
    /// The Python object of a section.
    pub fn of<'py>(py: Python<'py>, id: SectionId) -> PyResult<Bound<'py, Self>> {
        let object = world::object(py, Key::Section(id))
            .ok_or_else(|| PyReferenceError::new_err("can't access a deleted section"))?;
        Ok(object.cast_into::<Self>()?)
    }

    /// The Python objects of sections, without those that are about to be deleted.
    pub fn all<'py>(
        py: Python<'py>,
        ids: impl IntoIterator<Item = SectionId>,
    ) -> PyResult<Vec<Bound<'py, Self>>> {
        let objects = ids.into_iter();
        let objects = objects.filter_map(|id| world::object(py, Key::Section(id)));
        objects.map(|object| Ok(object.cast_into()?)).collect()
    }

    fn identity(&self) -> PyResult<&Identity> {
        let missing = || PyRuntimeError::new_err("Section.__init__ was not called");
        self.0.get().ok_or_else(missing)
    }

    /// The section's id.
    pub fn id(&self) -> PyResult<SectionId> {
        Ok(self.identity()?.id)
    }

    /// The id of a section that exists.
    pub fn existing(&self) -> PyResult<SectionId> {
        let id = self.id()?;
        world::with(|session| {
            session.structure().section(id)?;
            Ok(id)
        })
    }

    /// True unless it was deleted.
    pub fn exists(&self) -> bool {
        self.existing().is_ok()
    }

    /// The name, with that of the cell.
    pub fn full_name(&self, py: Python<'_>) -> PyResult<String> {
        self.existing()?;
        let name = &self.identity()?.name;
        let cell = self.belongs_to(py)?;
        if cell.is_none(py) {
            return Ok(name.clone());
        }
        Ok(format!("{}.{name}", cell.bind(py).str()?))
    }

    /// The object that the section belongs to, or None.
    fn belongs_to(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        match &self.identity()?.cell {
            Some(weak) => Ok(weak.bind(py).call0()?.unbind()),
            None => Ok(py.None()),
        }
    }

    /// Value of one of [`PARAMETERS`].
    pub fn parameter(&self, name: &str) -> PyResult<f64> {
        let id = self.id()?;
        world::with(|session| {
            let section = session.structure().section(id)?;
            Ok(match name {
                "L" => section.length_um(),
                "Ra" => section.axial_resistivity_ohm_cm(),
                "nseg" => section.segment_count() as f64,
                _ => section.rall_branch(),
            })
        })
    }

    /// Sets one of [`PARAMETERS`].
    pub fn set_parameter(&self, name: &str, value: f64) -> PyResult<()> {
        let id = self.existing()?;
        let whole = (1.0..=32766.0).contains(&value) && value.fract() == 0.0;
        if name == "nseg" && !whole {
            return Err(PyValueError::new_err(format!(
                "nseg must be an integer in range 1 to 32766, but is {value}"
            )));
        }
        if self.parameter(name)? == value {
            return Ok(());
        }
        world::with(|session| {
            let model = session.model();
            match name {
                "L" => model.set_length(id, value)?,
                "Ra" => model.set_axial_resistivity(id, value)?,
                "nseg" => model.set_segment_count(id, value as usize)?,
                _ => model.set_rall_branch(id, value)?,
            }
            Ok(())
        })
    }

    /// Segments at positions.
    fn segments(slf: &Bound<'_, Self>, xs: Vec<f64>) -> PyResult<Vec<Segment>> {
        let id = slf.get().existing()?;
        let at = |x| Segment::new(slf.clone().unbind(), id, x);
        Ok(xs.into_iter().map(at).collect())
    }

    /// Middles of the segments.
    fn middles(&self) -> PyResult<Vec<f64>> {
        let id = self.id()?;
        world::with(|session| {
            let section = session.structure().section(id)?;
            let middle = |i| section.segment_x(i);
            Ok((0..section.segment_count()).map(middle).collect())
        })
    }
}

#[pymethods]
impl Section {
    /// Takes anything, for classes that derive from this one; `__init__` makes the section.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self(OnceLock::new())
    }

    #[pyo3(signature = (name=None, cell=None))]
    fn __init__(
        slf: &Bound<'_, Self>,
        name: Option<String>,
        cell: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let cell = cell.map(PyWeakrefReference::new).transpose()?;
        let id = world::with(|session| session.add_section(name.as_deref().unwrap_or("section")))?;
        let name = match name {
            Some(name) if !name.is_empty() => name,
            _ => internal_name(id),
        };
        let cell = cell.map(|cell| cell.into_any().unbind());
        if slf.get().0.set(Identity { id, name, cell }).is_err() {
            return Err(PyRuntimeError::new_err("Section.__init__ was called twice"));
        }
        world::remember(Key::Section(id), slf.as_any())
    }

    /// The segment that holds x, from 0 to 1. 0 and 1 are the ends, where there is no membrane.
    #[pyo3(signature = (x=0.5))]
    fn __call__(slf: &Bound<'_, Self>, x: f64) -> PyResult<Segment> {
        if !(0.0..=1.0).contains(&x) {
            return Err(PyValueError::new_err(
                "segment position range is 0 <= x <= 1",
            ));
        }
        let id = slf.get().existing()?;
        Ok(Segment::new(slf.clone().unbind(), id, x))
    }

    /// The segments from x = 0 to x = 1, without the ends.
    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let segments = Self::segments(slf, slf.get().middles()?)?;
        Ok(PyList::new(slf.py(), segments)?.try_iter()?.into_any())
    }

    /// The segments from x = 0 to x = 1, with the ends.
    fn allseg<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let mut xs = slf.get().middles()?;
        xs.insert(0, 0.0);
        xs.push(1.0);
        let segments = Self::segments(slf, xs)?;
        Ok(PyList::new(slf.py(), segments)?.try_iter()?.into_any())
    }

    /// Whether a segment is one of this section.
    fn __contains__(&self, segment: &Bound<'_, PyAny>) -> PyResult<bool> {
        match segment.cast::<Segment>() {
            Ok(segment) => Ok(segment.get().section_id() == self.id()?),
            Err(_) => Ok(false),
        }
    }

    /// The name, with that of the cell.
    fn name(&self, py: Python<'_>) -> PyResult<String> {
        self.full_name(py)
    }

    /// The name, with that of the cell.
    fn hname(&self, py: Python<'_>) -> PyResult<String> {
        self.full_name(py)
    }

    /// A name that no other section has.
    fn hoc_internal_name(&self) -> PyResult<String> {
        Ok(internal_name(self.existing()?))
    }

    /// The object given as `cell` when the section was made; None if there is none (any more).
    fn cell(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        self.belongs_to(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        if self.exists() {
            return self.full_name(py);
        }
        Ok("<deleted section>".to_owned())
    }

    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        self.full_name(py)
    }

    /// True: sections made from Python are all that there are.
    fn is_pysec(&self) -> bool {
        true
    }

    /// Whether both are the same section.
    fn same(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        match other.cast::<Self>() {
            Ok(other) => Ok(other.get().id()? == self.id()?),
            Err(_) => Ok(false),
        }
    }

    /// Makes this the currently accessed section until `h.pop_section()`.
    fn push<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Self>> {
        access::push(slf.get().existing()?);
        Ok(slf.clone())
    }

    /// Length in µm; with 3-D points their arc length, and setting it scales them.
    #[getter(L)]
    fn length(&self) -> PyResult<f64> {
        self.parameter("L")
    }

    /// Axial resistivity in Ω·cm; 35.4 at first.
    #[getter(Ra)]
    fn axial_resistivity(&self) -> PyResult<f64> {
        self.parameter("Ra")
    }

    /// Number of segments of equal length; 1 at first.
    #[getter]
    fn nseg(&self) -> PyResult<usize> {
        Ok(self.parameter("nseg")? as usize)
    }

    /// Number of equal branches that the section stands for.
    #[getter]
    fn rallbranch(&self) -> PyResult<f64> {
        self.parameter("rallbranch")
    }

    /// A range variable in the middle of the section.
    fn __getattr__(slf: &Bound<'_, Self>, name: &str) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        if name.starts_with("__") {
            return Err(unknown(slf, name));
        }
        let section = slf.get().existing()?;
        let place = Place::Segment { section, x: 0.5 };
        if let Some(variable) = name.strip_prefix("_ref_") {
            let reference = world::with(|session| session.reference(place, variable))?;
            return Ok(Bound::new(py, Reference(reference))?.into_any().unbind());
        }
        segment::variable(slf, None, name)?.ok_or_else(|| unknown(slf, name))
    }

    /// Sets a parameter of the section, or a range variable in all of its segments.
    fn __setattr__(slf: &Bound<'_, Self>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if PARAMETERS.contains(&name) {
            let number = segment::number(name, value)?;
            return slf.get().set_parameter(name, number);
        }
        let section = slf.get().id()?;
        let place = Place::Segment { section, x: 0.5 };
        if world::with(|session| Ok(session.get(place, name).is_ok()))? {
            let number = segment::number(name, value)?;
            return world::with(|session| session.set_section(section, name, number));
        }
        slf.get().existing()?;
        if slf.get_type().is(slf.py().get_type::<Self>()) {
            return Err(unknown(slf, name));
        }
        // Classes that derive from this one have attributes of their own.
        slf.getattr("__dict__")?.set_item(name, value)
    }

    /// What the section knows, as a dictionary: geometry, mechanisms and ions with their values in
    /// each segment, point processes.
    fn psection<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyDict>> {
        membrane::description(slf)
    }
}

fn internal_name(id: SectionId) -> String {
    format!("__nrnsec_{:#x}", 0x10_0000 + 0x60 * id.index())
}

/// The error for a name that a section has not.
fn unknown(section: &Bound<'_, Section>, name: &str) -> PyErr {
    let known = world::with(|session| Ok(session.structure().find_membrane(name).is_some()));
    let at = section.get().full_name(section.py()).unwrap_or_default();
    PyAttributeError::new_err(match known {
        Ok(true) => format!(
            "section {at} has no attribute `{name}`; mechanisms are attributes of its segments, \
             as in {at}(0.5).{name}"
        ),
        _ => format!("section {at} has no attribute `{name}`, and no variable of that name"),
    })
}

/// The section of an argument that is a section or a segment, with x.
pub fn section_and_x<'py>(argument: &Bound<'py, PyAny>) -> PyResult<(Bound<'py, Section>, f64)> {
    if let Ok(segment) = argument.cast::<Segment>() {
        let segment = segment.get();
        segment.section().bind(argument.py()).get().existing()?;
        return Ok((segment.section().bind(argument.py()).clone(), segment.x()));
    }
    if let Ok(section) = argument.cast::<Section>() {
        section.get().existing()?;
        return Ok((section.clone(), 1.0));
    }
    // Whatever has a segment, as the nodes of reaction-diffusion.
    match argument.getattr("segment") {
        Ok(segment) if segment.is_instance_of::<Segment>() => section_and_x(&segment),
        _ => Err(PyTypeError::new_err(format!(
            "{} is not a section or a segment",
            argument.repr()?
        ))),
    }
}

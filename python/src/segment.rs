//! Segments: positions on a section, with the variables that are there.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::exceptions::{PyAttributeError, PyReferenceError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList};
use runtime::{Membrane, Node, Place, SectionId};

use crate::density::{DensityMechanism, RangeVariable};
use crate::reference::Reference;
use crate::section::Section;
use crate::world::{self, Key};

/// A position on a section: the segment that holds it, or an end.
///
/// Range variables are attributes: `seg.v`, `seg.gnabar_hh`, `seg.hh.gnabar`; `seg._ref_v` refers
/// to one.
#[pyclass(name = "Segment", module = "nmodlrs", weakref, frozen)]
pub struct Segment {
    section: Py<Section>,
    id: SectionId,
    x: f64,
}

impl Segment {
    /// A position on a section, which is kept alive.
    pub fn new(section: Py<Section>, id: SectionId, x: f64) -> Self {
        Self { section, id, x }
    }

    /// Where its variables are.
    pub fn place(&self) -> Place {
        Place::Segment {
            section: self.id,
            x: self.x,
        }
    }

    /// Its section's id.
    pub fn section_id(&self) -> SectionId {
        self.id
    }

    /// Its section.
    pub fn section(&self) -> &Py<Section> {
        &self.section
    }

    /// Position from 0 to 1.
    pub fn x(&self) -> f64 {
        self.x
    }

    /// The node: several places may have the same.
    pub fn node(&self) -> PyResult<Node> {
        world::with(|session| Ok(session.structure().node(self.id, self.x)?))
    }

    /// What is in the membrane, which ends have not.
    fn membrane(&self) -> PyResult<Vec<(Membrane, String)>> {
        world::with(|session| {
            let model = session.structure();
            let present = model.membrane(self.id)?;
            if self.x == 0.0 || self.x == 1.0 {
                return Ok(Vec::new());
            }
            let named = present.into_iter();
            Ok(named
                .map(|what| (what, model.membrane_name(what)))
                .collect())
        })
    }
}

/// A number for a variable, or an error that names both.
pub fn number(name: &str, value: &Bound<'_, PyAny>) -> PyResult<f64> {
    value.extract().map_err(|_| match value.repr() {
        Ok(text) => PyValueError::new_err(format!("{name} takes a number, not {text}")),
        Err(error) => error,
    })
}

/// The value of a range variable: a number, or an object with elements if it is an array. None if
/// there is no variable of that name. Without a position it is the section's: the number of its
/// middle, or an array whose elements are set in all segments.
pub fn variable(
    section: &Bound<'_, Section>,
    position: Option<f64>,
    name: &str,
) -> PyResult<Option<Py<PyAny>>> {
    let py = section.py();
    let x = position.unwrap_or(0.5);
    let id = section.get().id()?;
    let place = Place::Segment { section: id, x };
    let found = world::with(|session| {
        let Ok(value) = session.get(place, name) else {
            session.structure().section(id)?;
            return Ok(None);
        };
        Ok(Some((value, session.structure().array_len(place, name))))
    })?;
    let Some((value, len)) = found else {
        return Ok(None);
    };
    if let Some(len) = len {
        let segment = Segment::new(section.clone().unbind(), id, x);
        let array = match position {
            Some(_) => RangeVariable::array(py, segment, name, len)?,
            None => RangeVariable::of_section(py, segment, name, len)?,
        };
        return Ok(Some(array.into_any()));
    }
    Ok(Some(PyFloat::new(py, value).into_any().unbind()))
}

#[pymethods]
impl Segment {
    /// Position from 0 to 1, as it was asked for.
    #[getter(x)]
    fn get_x(&self) -> f64 {
        self.x
    }

    /// The section.
    #[getter]
    fn sec(&self, py: Python<'_>) -> Py<Section> {
        self.section.clone_ref(py)
    }

    /// Number of the segment's node among all, as NEURON counts them: roots first, then the
    /// sections of one cell after the other.
    fn node_index(&self) -> PyResult<usize> {
        let node = self.node()?;
        world::with(|session| Ok(session.structure().node_number(node)?))
    }

    /// Membrane area in µm²; 0 at an end.
    fn area(&self) -> PyResult<f64> {
        world::with(|session| Ok(session.structure().area_um2(self.id, self.x)?))
    }

    /// Axial resistance in MΩ to the next node on the way to the root.
    fn ri(&self) -> PyResult<f64> {
        world::with(|session| Ok(session.structure().ri_mohm(self.id, self.x)?))
    }

    /// Volume in µm³; 0 at an end.
    fn volume(&self) -> PyResult<f64> {
        world::with(|session| Ok(session.structure().volume_um3(self.id, self.x)?))
    }

    /// The point processes that are there, the last made first.
    fn point_processes<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let node = self.node()?;
        let ids = world::with(|session| Ok(session.structure().points_at(node)?))?;
        let objects = ids.into_iter();
        Ok(objects
            .filter_map(|id| world::object(py, Key::Point(id)))
            .collect())
    }

    /// The density mechanisms and ions that are there.
    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let membrane = slf.get().membrane()?.into_iter();
        let mechanisms: Vec<DensityMechanism> = membrane
            .map(|(what, name)| DensityMechanism::new(slf, what, name))
            .collect();
        Ok(PyList::new(slf.py(), mechanisms)?.try_iter()?.into_any())
    }

    fn __getattr__(slf: &Bound<'_, Self>, name: &str) -> PyResult<Py<PyAny>> {
        let (py, segment) = (slf.py(), slf.get());
        let place = segment.place();
        if let Some(variable) = name.strip_prefix("_ref_") {
            return reference(slf, variable);
        }
        let what = world::with(|session| {
            let model = session.structure();
            model.section(segment.id)?;
            let present = model.membrane_in(segment.id, name);
            let found = present.or_else(|| model.find_membrane(name));
            Ok(found.map(|what| (what, present.is_some())))
        })?;
        match what {
            Some((what, true)) if segment.x != 0.0 && segment.x != 1.0 => {
                let mechanism = DensityMechanism::new(slf, what, name.to_owned());
                return Ok(Bound::new(py, mechanism)?.into_any().unbind());
            }
            Some(_) => {
                return Err(PyAttributeError::new_err(format!(
                    "{name}, the mechanism does not exist at {}",
                    slf.str()?
                )));
            }
            None => {}
        }
        let section = segment.section.bind(py);
        if let Some(value) = variable(section, Some(segment.x), name)? {
            return Ok(value);
        }
        // Says why.
        let value = world::with(|session| session.get(place, name))?;
        Ok(PyFloat::new(py, value).into_any().unbind())
    }

    fn __setattr__(&self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let number = match value.extract::<f64>() {
            Ok(number) => number,
            Err(_) => {
                // An unknown name is the first thing to complain of.
                world::with(|session| session.get(self.place(), name))?;
                number(name, value)?
            }
        };
        world::with(|session| session.set(self.place(), name, number))
    }

    /// Two segments are equal if they have the same node.
    fn __eq__(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        match other.cast::<Self>() {
            Ok(other) => Ok(self.node()? == other.get().node()?),
            Err(_) => Ok(false),
        }
    }

    fn __hash__(&self) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        self.node()?.hash(&mut hasher);
        Ok(hasher.finish())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        match self.section.bind(py).get().full_name(py) {
            Ok(name) => {
                let x = PyFloat::new(py, self.x).call_method1("__format__", ("g",))?;
                Ok(format!("{name}({x})"))
            }
            Err(error) if error.is_instance_of::<PyReferenceError>(py) => {
                Ok("<segment of deleted section>".to_owned())
            }
            Err(error) => Err(error),
        }
    }

    fn __dir__(slf: &Bound<'_, Self>) -> PyResult<Vec<String>> {
        let py = slf.py();
        let object = py.import("builtins")?.getattr("object")?;
        let inherited = object.call_method1("__dir__", (slf,))?;
        let mut names: BTreeSet<String> = inherited
            .try_iter()?
            .map(|name| name?.extract())
            .collect::<PyResult<_>>()?;
        names.extend(["v", "cm", "diam", "i_cap"].map(str::to_owned));
        for (what, name) in slf.get().membrane()? {
            let variables =
                world::with(|session| Ok(session.structure().membrane_variables(what)))?;
            names.extend(variables.into_iter().map(|variable| variable.0));
            names.insert(name);
        }
        Ok(names.into_iter().collect())
    }
}

/// What `_ref_NAME` of a segment gives: a reference, or an object with one for each element of
/// an array.
pub fn reference(segment: &Bound<'_, Segment>, name: &str) -> PyResult<Py<PyAny>> {
    let py = segment.py();
    let place = segment.get().place();
    let (reference, len) = world::with(|session| {
        let reference = session.reference(place, name)?;
        Ok((reference, session.structure().array_len(place, name)))
    })?;
    if let Some(len) = len {
        let segment = segment.get();
        let here = Segment::new(segment.section.clone_ref(py), segment.id, segment.x);
        return Ok(RangeVariable::references(py, here, name, len)?.into_any());
    }
    Ok(Bound::new(py, Reference(reference))?.into_any().unbind())
}

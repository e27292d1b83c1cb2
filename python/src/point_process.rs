//! Point processes and artificial cells.

use std::sync::OnceLock;

use nmodl::mechanism::{Kind, Mechanism};
use pyo3::exceptions::{
    PyAttributeError, PyLookupError, PyRuntimeError, PyTypeError, PyValueError,
};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use runtime::session::{Function as Found, SessionError};
use runtime::{CallArgument, Place, PointProcessId};

use crate::array;
use crate::function::{self, Function};
use crate::function_table::Table;
use crate::instance;
use crate::pointer;
use crate::section::Section;
use crate::segment::Segment;
use crate::stream;
use crate::world::{self, Key};

/// The base of the classes `h.IClamp`, `h.ExpSyn`, …
///
///     h.IClamp(segment)
///     h.IClamp(x, sec=section)
///     h.IClamp()               without a place, until `loc` gives it one
///
/// Variables of the mechanism are attributes, its FUNCTIONs and PROCEDUREs methods. There is one
/// Python object for each point process, which lives as long as it.
#[pyclass(name = "PointProcess", module = "nmodlrs", subclass, weakref, frozen)]
pub struct PointProcess {
    id: OnceLock<PointProcessId>,
    number: OnceLock<usize>,
}

/// What a name means in a point process.
enum Meaning {
    /// A variable, under its name in the `.mod` file; elements if it is an array.
    Variable(String, Option<usize>),
    Function(Found),
    /// Gives a FUNCTION_TABLE its values.
    Table(Found),
    /// A RANDOM stream.
    Stream,
}

impl Meaning {
    /// Looks a name up. `delay` is IClamp's `del`, which is a keyword in Python.
    fn of(mechanism: &Mechanism, name: &str) -> Option<Self> {
        let visible = |name: &str| mechanism.variable(name).filter(|v| v.visible);
        let alias = || (name == "delay").then(|| visible("del")).flatten();
        if let Some(variable) = visible(name).or_else(alias) {
            return Some(Self::Variable(variable.name.clone(), variable.array_len));
        }
        if mechanism.pointer(name).is_some() {
            return Some(Self::Variable(name.to_owned(), None));
        }
        if mechanism.random_streams.iter().any(|stream| stream == name) {
            return Some(Self::Stream);
        }
        let found = |name: &str| Found {
            mechanism: mechanism.name.clone(),
            name: name.to_owned(),
        };
        if mechanism.callable(name).is_some() {
            return Some(Self::Function(found(name)));
        }
        let table = name.strip_prefix("table_")?;
        mechanism.function_table(table)?;
        Some(Self::Table(found(table)))
    }
}

impl PointProcess {
    /// The point process's id.
    pub fn id(&self) -> PyResult<PointProcessId> {
        if let Some(id) = self.id.get() {
            return Ok(*id);
        }
        Err(PyRuntimeError::new_err(match self.number.get() {
            Some(_) => "the point process is not located in a section: use its method loc",
            None => "the class's __init__ was not called",
        }))
    }

    /// Tells the session the number, as soon as there are both.
    fn tell_number(&self) -> PyResult<()> {
        if let (Some(&id), Some(&number)) = (self.id.get(), self.number.get()) {
            world::with(|session| Ok(session.connections().number_point(id, number)?))?;
        }
        Ok(())
    }

    /// Where its variables are.
    pub fn place(&self) -> PyResult<Place> {
        self.id().map(Place::Point)
    }

    /// The name of a point process object's mechanism.
    fn mechanism(object: &Bound<'_, Self>) -> PyResult<String> {
        object
            .getattr("_mechanism")
            .and_then(|name| name.extract())
            .map_err(|_| PyTypeError::new_err("this class has no mechanism"))
    }

    /// Where it is; `None` for what has no place.
    fn location(&self) -> PyResult<Option<(runtime::SectionId, f64)>> {
        let Some(&id) = self.id.get() else {
            return Ok(None);
        };
        world::with(|session| Ok(session.structure().point_location(id)?))
    }

    fn refuse_artificial(slf: &Bound<'_, Self>) -> PyResult<()> {
        let name = Self::mechanism(slf)?;
        let kind = world::with(|session| Ok(session.mechanism_kind(&name)))?;
        if kind == Some(Kind::ArtificialCell) {
            return Err(PyRuntimeError::new_err(format!(
                "`{name}` is an ARTIFICIAL_CELL: it is not located in a section"
            )));
        }
        Ok(())
    }
}

impl Drop for PointProcess {
    fn drop(&mut self) {
        if let Some(&id) = self.id.get() {
            world::release(Key::Point(id));
        }
    }
}

#[pymethods]
impl PointProcess {
    /// Takes anything, for classes that derive from this one; `__init__` makes the point process.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self {
            id: OnceLock::new(),
            number: OnceLock::new(),
        }
    }

    /// Further arguments are the CONSTRUCTOR's.
    #[pyo3(signature = (segment=None, *further, sec=None))]
    fn __init__(
        slf: &Bound<'_, Self>,
        segment: Option<&Bound<'_, PyAny>>,
        further: &Bound<'_, PyTuple>,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let this = slf.get();
        if this.number.get().is_some() {
            return Err(PyRuntimeError::new_err("__init__ was called twice"));
        }
        let name = Self::mechanism(slf)?;
        let mut given: Vec<CallArgument> = further.iter().map(|a| function::argument(&a)).collect();
        if let Some(first) = segment {
            given.insert(0, function::argument(first));
        }
        let segment = segment.filter(|s| !s.is_none());
        let kind = world::with(|session| Ok(session.mechanism_kind(&name)))?;
        if kind == Some(Kind::ArtificialCell) {
            // A place is allowed and means nothing, as in NEURON.
            let id = world::with(|session| {
                let mechanism = session.mechanism(&name)?;
                let id = session.model().add_artificial_cell(mechanism)?;
                session.model().construct(id, &given)?;
                Ok(id)
            })?;
            let _ = this.id.set(id);
            world::remember(Key::Point(id), slf.as_any())?;
        } else if let Some(segment) = segment {
            locate(slf, &world::segment(segment, sec)?, &mut given)?;
        } else {
            world::with(|session| session.mechanism(&name))?;
        }
        let number = instance::number(&name, slf.as_any())?;
        let _ = this.number.set(number);
        this.tell_number()?;
        Ok(())
    }

    fn __getattr__(slf: &Bound<'_, Self>, name: &str) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        if name.starts_with("__") {
            return Err(PyAttributeError::new_err(name.to_owned()));
        }
        let unknown = |known: Vec<String>| {
            let class = Self::mechanism(slf)?;
            let text = format!("'{class}' object has no attribute '{name}'");
            Err(PyAttributeError::new_err(world::with_similar(
                py, text, name, known,
            )))
        };
        let (variable, wants_reference) = match name.strip_prefix("_ref_") {
            Some(variable) => (variable, true),
            None => (name, false),
        };
        let class = Self::mechanism(slf)?;
        let id = slf.get().id.get().copied();
        let meaning = world::with(|session| {
            let mechanism = match id {
                Some(id) => session.point_description(id)?,
                None => session.mechanism_description(&class)?,
            };
            Ok(Meaning::of(mechanism, variable))
        })?;
        match meaning {
            Some(Meaning::Variable(variable, length)) => {
                let place = slf.get().place()?;
                if wants_reference {
                    array::reference(py, place, &variable, length)
                } else {
                    array::value(py, place, &variable, length)
                }
            }
            Some(Meaning::Function(function)) if !wants_reference => {
                let function = Function {
                    function,
                    place: Some(slf.get().place()?),
                    _owner: Some(slf.clone().into_any().unbind()),
                };
                Ok(Bound::new(py, function)?.into_any().unbind())
            }
            Some(Meaning::Table(table)) if !wants_reference => {
                Ok(Bound::new(py, Table(table))?.into_any().unbind())
            }
            Some(Meaning::Stream) if !wants_reference => {
                match stream::at(slf.get().place()?, name, slf.as_any())? {
                    Some(stream) => Ok(stream),
                    None => unknown(names(slf)?),
                }
            }
            _ => unknown(names(slf)?),
        }
    }

    fn __setattr__(slf: &Bound<'_, Self>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if let Some(pointer) = name.strip_prefix("_ref_") {
            return pointer::set(slf.as_any(), pointer, value);
        }
        let class = Self::mechanism(slf)?;
        let id = slf.get().id.get().copied();
        let meaning = world::with(|session| {
            let mechanism = match id {
                Some(id) => session.point_description(id)?,
                None => session.mechanism_description(&class)?,
            };
            Ok(Meaning::of(mechanism, name))
        })?;
        match meaning {
            Some(Meaning::Variable(variable, None)) => {
                let place = slf.get().place()?;
                let value: f64 = value.extract().map_err(|_| {
                    let text = format!("{class}.{name} is a number");
                    PyTypeError::new_err(text)
                })?;
                world::with(|session| session.set(place, &variable, value))
            }
            Some(Meaning::Variable(_, Some(length))) => Err(PyTypeError::new_err(format!(
                "{class}.{name} is an array of {length}: set its elements, {name}[0] = ..."
            ))),
            Some(Meaning::Stream) => Err(PyTypeError::new_err(format!(
                "{class}.{name} is a RANDOM stream and cannot be set: use its set_ids and set_seq"
            ))),
            Some(Meaning::Function(_) | Meaning::Table(_)) => Err(PyTypeError::new_err(format!(
                "{class}.{name} is a function of the mechanism and cannot be set"
            ))),
            None if is_derived(slf)? => {
                if !world::set_by_descriptor(slf.as_any(), name, value)? {
                    slf.getattr("__dict__")?.set_item(name, value)?;
                }
                Ok(())
            }
            None => {
                let text = format!("'{name}' is not a variable of '{class}'.");
                let text = world::with_similar(slf.py(), text, name, names(slf)?);
                Err(PyLookupError::new_err(text))
            }
        }
    }

    fn __dir__(slf: &Bound<'_, Self>) -> PyResult<Vec<String>> {
        let object = slf.py().get_type::<PyAny>();
        let mut all: Vec<String> = object
            .call_method1("__dir__", (slf,))?
            .try_iter()?
            .map(|name| name?.extract())
            .collect::<PyResult<_>>()?;
        all.extend(names(slf)?);
        all.retain(|name| name != "del");
        all.sort();
        all.dedup();
        Ok(all)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Self::hname(slf)
    }

    /// The name, as `IClamp[0]`.
    fn hname(slf: &Bound<'_, Self>) -> PyResult<String> {
        let name = Self::mechanism(slf)?;
        let missing = || PyRuntimeError::new_err("the class's __init__ was not called");
        let number = slf.get().number.get().ok_or_else(missing)?;
        Ok(format!("{name}[{number}]"))
    }

    /// A number that identifies the object.
    fn hocobjptr(slf: &Bound<'_, Self>) -> usize {
        slf.as_ptr() as usize
    }

    /// True if both are one object.
    fn same(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> bool {
        slf.is(other)
    }

    /// True if it is in a section: 1.0 or 0.0.
    fn has_loc(&self) -> PyResult<f64> {
        Ok(f64::from(u8::from(self.location()?.is_some())))
    }

    /// Position in its section, which becomes the currently accessed one: end that with
    /// `h.pop_section()`. `get_segment` is the better way.
    fn get_loc(slf: &Bound<'_, Self>) -> PyResult<f64> {
        Self::refuse_artificial(slf)?;
        let Some((section, x)) = slf.get().location()? else {
            return Err(PyRuntimeError::new_err(
                "the point process is not located in a section",
            ));
        };
        Section::of(slf.py(), section)?.call_method0("push")?;
        Ok(x)
    }

    /// The segment that it is in, or None.
    fn get_segment(slf: &Bound<'_, Self>) -> PyResult<Option<Segment>> {
        Self::refuse_artificial(slf)?;
        let Some((section, x)) = slf.get().location()? else {
            return Ok(None);
        };
        let object = Section::of(slf.py(), section)?;
        Ok(Some(Segment::new(object.unbind(), section, x)))
    }

    /// Puts it elsewhere: `loc(segment)` or `loc(x, sec=section)`. Its values stay.
    #[pyo3(signature = (segment, sec=None))]
    fn loc(
        slf: &Bound<'_, Self>,
        segment: &Bound<'_, PyAny>,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        Self::refuse_artificial(slf)?;
        locate(slf, &world::segment(segment, sec)?, &mut [])?;
        Ok(1.0)
    }
}

/// Makes the point process at a segment, or moves it there. The CONSTRUCTOR of a new one is given
/// `given`, the first of which is the place.
fn locate(
    slf: &Bound<'_, PointProcess>,
    segment: &Bound<'_, Segment>,
    given: &mut [CallArgument],
) -> PyResult<()> {
    let Place::Segment { section, x } = segment.get().place() else {
        return Err(PyValueError::new_err("a segment is needed"));
    };
    let this = slf.get();
    if let Some(&id) = this.id.get() {
        return world::with(|session| Ok(session.model().move_point_process(id, section, x)?));
    }
    let name = PointProcess::mechanism(slf)?;
    let id = world::with(|session| {
        let mechanism = session.mechanism(&name)?;
        let id = session.model().add_point_process(mechanism, section, x)?;
        if let Some(place) = given.first_mut() {
            *place = CallArgument::Number(x);
        }
        session.model().construct(id, given)?;
        Ok(id)
    })?;
    let _ = this.id.set(id);
    this.tell_number()?;
    world::remember(Key::Point(id), slf.as_any())
}

/// True for objects of Python classes that derive from `h.IClamp` and the like.
fn is_derived(slf: &Bound<'_, PointProcess>) -> PyResult<bool> {
    let own = slf.get_type().getattr("__dict__")?;
    Ok(!own.contains("_mechanism")?)
}

/// The names of variables and functions.
fn names(slf: &Bound<'_, PointProcess>) -> PyResult<Vec<String>> {
    let class = PointProcess::mechanism(slf)?;
    world::with(|session| {
        let mechanism = match slf.get().id.get() {
            Some(&id) => session.point_description(id)?,
            None => session.mechanism_description(&class)?,
        };
        Ok::<_, SessionError>(mechanism_names(mechanism))
    })
}

/// The names that a mechanism's object has: variables, with `delay` for `del`, and functions.
pub fn mechanism_names(mechanism: &Mechanism) -> Vec<String> {
    let variables = mechanism.variables.iter().filter(|v| v.visible);
    let mut names: Vec<String> = variables.map(|v| v.name.clone()).collect();
    names.extend(mechanism.pointers.iter().map(|p| p.name.clone()));
    names.extend(mechanism.random_streams.iter().cloned());
    names.extend(mechanism.public_callables().map(|c| c.name.clone()));
    if names.iter().any(|n| n == "del") {
        names.push("delay".to_owned());
    }
    names
}

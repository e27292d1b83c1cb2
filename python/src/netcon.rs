//! NEURON's class `NetCon`.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use pyo3::exceptions::{PyIndexError, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple, PyType};
use runtime::session::Reference as Variable;
use runtime::{CallbackId, NetCon as Connection, NetConId, Series, Source};

use crate::callback;
use crate::instance;
use crate::point_process::PointProcess;
use crate::reference::Reference;
use crate::section::Section;
use crate::segment::Segment;
use crate::vector::Vector;
use crate::weights::{WeightReferences, Weights};
use crate::world::{self, Key};

/// A connection from a source of events to a target that receives them.
///
/// `NetCon(source, target, threshold=10, delay=1, weight=0)`: the source is a reference to a
/// variable (`segment._ref_v`), a point process, an artificial cell or None; the target a
/// point process or an artificial cell with NET_RECEIVE, or None.
#[pyclass(name = "NetCon", module = "nmodlrs", subclass, weakref, frozen)]
pub struct NetCon {
    id: OnceLock<(NetConId, usize)>,
    /// It was made without a source.
    sourceless: AtomicBool,
    record: Mutex<Record>,
}

/// What a NetCon records.
#[derive(Default)]
struct Record {
    times: Option<Py<Vector>>,
    ids: Option<Py<Vector>>,
    callback: Option<CallbackId>,
}

impl NetCon {
    /// The Python object of a NetCon.
    fn of(py: Python<'_>, id: NetConId) -> Option<Bound<'_, PyAny>> {
        world::object(py, Key::NetCon(id))
    }

    /// The NetCon's id.
    pub fn id(&self) -> PyResult<NetConId> {
        let missing = || PyRuntimeError::new_err("NetCon.__init__ was not called");
        self.id.get().map(|(id, _)| *id).ok_or_else(missing)
    }

    /// Number of weights.
    pub fn weight_count(&self) -> PyResult<usize> {
        let id = self.id()?;
        world::with(|session| {
            session.structure().netcon(id)?;
            Ok(session.structure().netcon_weights(id).len())
        })
    }

    fn properties(&self) -> PyResult<Connection> {
        let id = self.id()?;
        world::with(|session| Ok(session.structure().netcon(id)?))
    }

    /// Ends what is recorded.
    fn end_record(&self) -> PyResult<()> {
        let id = self.id()?;
        let record =
            std::mem::take(&mut *self.record.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(callback) = record.callback {
            callback::forget(callback);
        }
        world::with(|session| {
            let model = session.connections();
            model.call_on_spike(id, None)?;
            Ok(model.stop_recording_spikes(id)?)
        })
    }
}

/// The objects of NetCons that are alive, in a list.
pub fn list<'py>(py: Python<'py>, ids: &[NetConId]) -> PyResult<Bound<'py, PyList>> {
    PyList::new(py, ids.iter().filter_map(|id| NetCon::of(py, *id)))
}

/// A List, as NEURON's methods give it, of these.
fn listed<'py>(netcons: Bound<'py, PyList>) -> PyResult<Bound<'py, PyAny>> {
    let list = netcons
        .py()
        .import("nmodlrs.collection")?
        .getattr("List")?
        .call0()?;
    for netcon in netcons {
        list.call_method1("append", (netcon,))?;
    }
    Ok(list)
}

/// The segment at a position, with its section's Python object.
fn segment(py: Python<'_>, at: Option<(runtime::SectionId, f64)>) -> PyResult<Option<Segment>> {
    let Some((id, x)) = at else {
        return Ok(None);
    };
    Ok(Some(Segment::new(Section::of(py, id)?.unbind(), id, x)))
}

/// The object that a section belongs to.
pub fn cell_of(
    py: Python<'_>,
    at: Option<(runtime::SectionId, f64)>,
) -> PyResult<Option<Py<PyAny>>> {
    let Some((id, _)) = at else {
        return Ok(None);
    };
    let cell = Section::of(py, id)?.call_method0("cell")?;
    Ok((!cell.is_none()).then(|| cell.unbind()))
}

fn number(value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<f64>> {
    value.map(|v| v.extract()).transpose()
}

#[pymethods]
impl NetCon {
    /// Takes anything, for classes that derive from this one; `__init__` makes the NetCon.
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self {
            id: OnceLock::new(),
            sourceless: AtomicBool::new(false),
            record: Mutex::default(),
        }
    }

    #[pyo3(signature = (source, target, threshold=None, delay=None, weight=None, sec=None))]
    fn __init__(
        slf: &Bound<'_, Self>,
        source: &Bound<'_, PyAny>,
        target: &Bound<'_, PyAny>,
        threshold: Option<&Bound<'_, PyAny>>,
        delay: Option<&Bound<'_, PyAny>>,
        weight: Option<&Bound<'_, PyAny>>,
        sec: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let _ = sec;
        let own = slf.get();
        own.sourceless.store(source.is_none(), Ordering::Relaxed);
        let source = if source.is_none() {
            Source::None
        } else if let Ok(point) = source.cast::<PointProcess>() {
            let id = point.get().id()?;
            world::with(|session| Ok(session.structure().source_of_point(id)?))?
        } else if let Ok(reference) = source.cast::<Reference>() {
            let variable: Variable = reference.borrow().0.clone();
            world::with(|session| session.source(&variable))?
        } else {
            return Err(PyTypeError::new_err(
                "the source of a NetCon is a reference to a variable, a point process, an artificial cell or None",
            ));
        };
        let target = match target.is_none() {
            true => None,
            false => Some(point_of(target)?),
        };
        // As in NEURON, that of a point process with events is set by its NetCons' `threshold` alone.
        let watched = !matches!(source, Source::Point(_));
        let mut netcon = Connection::new(source, target);
        netcon.threshold = number(threshold)?.filter(|_| watched);
        netcon.delay_ms = number(delay)?.unwrap_or(netcon.delay_ms);
        netcon.weights.extend(number(weight)?);
        let id = world::with(|session| session.add_netcon(netcon))?;
        let number = instance::number("NetCon", slf.as_any())?;
        if own.id.set((id, number)).is_err() {
            return Err(PyRuntimeError::new_err("NetCon.__init__ was called twice"));
        }
        world::with(|session| Ok(session.connections().number_netcon(id, number)?))?;
        world::remember(Key::NetCon(id), slf.as_any())
    }

    /// `h.NetCon[0]`: the object of that number.
    #[classmethod]
    fn __class_getitem__<'py>(
        class: &Bound<'py, PyType>,
        number: usize,
    ) -> PyResult<Bound<'py, PyAny>> {
        let found = instance::instance(class.py(), "NetCon", number);
        found.ok_or_else(|| {
            PyIndexError::new_err(format!("NetCon[{number}] instance does not exist"))
        })
    }

    /// The weights: the first arguments of NET_RECEIVE.
    #[getter]
    fn weight(slf: &Bound<'_, Self>) -> Weights {
        Weights(slf.clone().unbind())
    }

    #[setter]
    fn set_weight(&self, value: f64) -> PyResult<()> {
        let id = self.id()?;
        world::with(|session| Ok(session.connections().set_netcon_weight(id, 0, value)?))
    }

    /// References to the weights: `_ref_weight[i]`.
    #[getter]
    fn _ref_weight(slf: &Bound<'_, Self>) -> WeightReferences {
        WeightReferences(slf.clone().unbind())
    }

    /// Time in ms from the source's event to its delivery.
    #[getter]
    fn delay(&self) -> PyResult<f64> {
        let id = self.id()?;
        world::with(|session| Ok(session.connections().netcon_delay(id)?))
    }

    #[setter]
    fn set_delay(&self, value: f64) -> PyResult<()> {
        let id = self.id()?;
        world::with(|session| Ok(session.connections().set_netcon_delay(id, value)?))
    }

    /// The threshold of the source, which all its NetCons share.
    #[getter]
    fn threshold(&self) -> PyResult<f64> {
        Ok(self.properties()?.threshold.unwrap_or(10.0))
    }

    #[setter]
    fn set_threshold(&self, value: f64) -> PyResult<()> {
        let id = self.id()?;
        world::with(|session| Ok(session.connections().set_netcon_threshold(id, value)?))
    }

    /// The value of the variable that is watched.
    #[getter]
    fn x(&self) -> PyResult<f64> {
        let id = self.id()?;
        world::with(|session| session.netcon_source_value(id))
    }

    /// Whether it delivers events; switches that on or off and returns what was before.
    #[pyo3(signature = (on=None))]
    fn active(&self, on: Option<&Bound<'_, PyAny>>) -> PyResult<bool> {
        let id = self.id()?;
        let before = self.properties()?.active;
        if let Some(on) = on {
            let on = on.is_truthy()?;
            world::with(|session| Ok(session.connections().set_netcon_active(id, on)?))?;
        }
        Ok(before)
    }

    /// True if there is a target, and the source it was made with, if any, still exists.
    fn valid(&self) -> PyResult<bool> {
        let properties = self.properties()?;
        let source = properties.source != Source::None || self.sourceless.load(Ordering::Relaxed);
        Ok(source && properties.target.is_some())
    }

    /// Number of weights.
    fn wcnt(&self) -> PyResult<f64> {
        Ok(self.weight_count()? as f64)
    }

    /// Has the target receive an event at time `t` (ms), without delay; with `flag` a self event.
    /// Returns 0 if there is none, because the NetCon is not active or has no target; else 1.
    #[pyo3(signature = (t, flag=None))]
    fn event(&self, t: f64, flag: Option<f64>) -> PyResult<f64> {
        let id = self.id()?;
        let sent = world::with(|session| session.send_event(id, t, flag.unwrap_or(0.0)))?;
        Ok(f64::from(u8::from(sent)))
    }

    /// Records the times of the source's events in a Vector, and with a second Vector a number
    /// for each: `id`, or that of the NetCon; or has a callable called at each; without arguments, ends that.
    #[pyo3(signature = (first=None, ids=None, id=None))]
    fn record(
        &self,
        first: Option<&Bound<'_, PyAny>>,
        ids: Option<&Bound<'_, PyAny>>,
        id: Option<f64>,
    ) -> PyResult<f64> {
        let Some(first) = first else {
            self.end_record()?;
            return Ok(0.0);
        };
        let netcon = self.id()?;
        if let Ok(times) = first.cast::<Vector>() {
            let ids = ids.map(|ids| ids.cast::<Vector>()).transpose()?;
            let into: Series = times.get().series();
            let own = self.id.get().map_or(-1.0, |(_, number)| *number as f64);
            let numbered = ids.map(|ids| (ids.get().series(), id.unwrap_or(own)));
            world::with(|session| {
                Ok(session
                    .connections()
                    .record_spikes_into(netcon, into, numbered)?)
            })?;
            let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
            record.times = Some(times.clone().unbind());
            record.ids = ids.map(|ids| ids.clone().unbind());
            return Ok(0.0);
        }
        let callback = callback::always(first)?;
        let before = {
            let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
            record.callback.replace(callback)
        };
        if let Some(before) = before {
            callback::forget(before);
        }
        world::with(|session| {
            Ok(session
                .connections()
                .call_on_spike(netcon, Some(callback))?)
        })?;
        Ok(0.0)
    }

    /// The Vector of `record`, or None.
    fn get_recordvec(&self, py: Python<'_>) -> Option<Py<Vector>> {
        let record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        record.times.as_ref().map(|times| times.clone_ref(py))
    }

    /// Gives it another target, or none.
    fn setpost(&self, target: &Bound<'_, PyAny>) -> PyResult<f64> {
        let id = self.id()?;
        let target = match target.is_none() {
            true => None,
            false => Some(point_of(target)?),
        };
        world::with(|session| Ok(session.connections().set_netcon_target(id, target)?))?;
        Ok(0.0)
    }

    /// The target.
    fn syn<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let target = self.properties()?.target;
        Ok(target.and_then(|point| world::object(py, Key::Point(point))))
    }

    /// The source, if it is a point process or an artificial cell.
    fn pre<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let id = self.id()?;
        let point = world::with(|session| session.netcon_source_point(id))?;
        Ok(point.and_then(|point| world::object(py, Key::Point(point))))
    }

    /// The segment that is watched.
    fn preseg(&self, py: Python<'_>) -> PyResult<Option<Segment>> {
        let id = self.id()?;
        let at = world::with(|session| session.netcon_source_at(id))?;
        segment(py, at)
    }

    /// The segment of the target.
    fn postseg(&self, py: Python<'_>) -> PyResult<Option<Segment>> {
        let id = self.id()?;
        let at = world::with(|session| session.netcon_target_at(id))?;
        segment(py, at)
    }

    /// Position of the source, whose section becomes the accessed one until `h.pop_section()`.
    fn preloc(&self, py: Python<'_>) -> PyResult<f64> {
        let id = self.id()?;
        let at = world::with(|session| session.netcon_source_at(id))?;
        push(py, at)
    }

    /// Position of the target, whose section becomes the accessed one until `h.pop_section()`.
    fn postloc(&self, py: Python<'_>) -> PyResult<f64> {
        let id = self.id()?;
        let at = world::with(|session| session.netcon_target_at(id))?;
        push(py, at)
    }

    /// The object that the source's section belongs to.
    fn precell(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let id = self.id()?;
        let at = world::with(|session| session.netcon_source_at(id))?;
        cell_of(py, at)
    }

    /// The object that the target's section belongs to.
    fn postcell(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let id = self.id()?;
        let at = world::with(|session| session.netcon_target_at(id))?;
        cell_of(py, at)
    }

    /// NetCons with the same source.
    fn prelist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let id = self.id()?;
        let ids = world::with(|session| Ok(session.structure().netcons_of_source(id)?))?;
        listed(list(py, &ids)?)
    }

    /// NetCons with the same target.
    fn synlist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let target = self.properties()?.target;
        let ids: Vec<_> = world::with(|session| {
            let model = session.structure();
            let same = |id: &NetConId| model.netcon(*id).is_ok_and(|n| n.target == target);
            Ok(model.netcons_by_source().filter(same).collect())
        })?;
        listed(list(py, &ids)?)
    }

    /// NetCons with a target in the same cell.
    fn postcelllist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        listed(self.of_cell(py, "postcell")?)
    }

    /// NetCons with a source in the same cell.
    fn precelllist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        listed(self.of_cell(py, "precell")?)
    }

    /// The gid of the source, or -1.
    fn srcgid(&self) -> PyResult<i64> {
        let id = self.id()?;
        world::with(|session| Ok(session.gid_of(id)))
    }

    /// The name, as `NetCon[0]`.
    fn hname(&self) -> PyResult<String> {
        self.id()?;
        let number = self.id.get().map_or(0, |(_, number)| *number);
        Ok(format!("NetCon[{number}]"))
    }

    fn __repr__(&self) -> PyResult<String> {
        self.hname()
    }
}

impl NetCon {
    fn of_cell<'py>(&self, py: Python<'py>, which: &str) -> PyResult<Bound<'py, PyList>> {
        let id = self.id()?;
        let own = NetCon::of(py, id)
            .map(|o| o.call_method0(which))
            .transpose()?;
        let found = PyList::empty(py);
        let Some(own) = own.filter(|cell| !cell.is_none()) else {
            return Ok(found);
        };
        let all = world::with(|session| Ok(session.find_netcons(None, None)))?;
        for other in list(py, &all)? {
            if other.call_method0(which)?.is(&own) {
                found.append(other)?;
            }
        }
        Ok(found)
    }
}

impl Drop for NetCon {
    fn drop(&mut self) {
        let record = self
            .record
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(callback) = record.callback.take() {
            callback::forget(callback);
        }
        if let Some((id, _)) = self.id.get() {
            world::release(Key::NetCon(*id));
        }
    }
}

/// Makes the section of a position the accessed one; -1 without one.
fn push(py: Python<'_>, at: Option<(runtime::SectionId, f64)>) -> PyResult<f64> {
    let Some((id, x)) = at else {
        return Ok(-1.0);
    };
    Section::of(py, id)?.call_method0("push")?;
    Ok(x)
}

fn point_of(object: &Bound<'_, PyAny>) -> PyResult<runtime::PointProcessId> {
    match object.cast::<PointProcess>() {
        Ok(point) => point.get().id(),
        Err(_) => Err(PyTypeError::new_err(
            "the target of a NetCon is a point process, an artificial cell or None",
        )),
    }
}

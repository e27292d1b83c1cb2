//! Events of the caller's own, and the queue.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use runtime::{QueuedEvent, QueuedKind};

use super::settings::within;
use super::states::put;
use super::{CVode, refused};
use crate::callback;
use crate::point_process::PointProcess;
use crate::run::print;
use crate::vector::Vector;
use crate::world::{self, Key};

#[pymethods]
impl CVode {
    /// Has `statement` called at time `t` (ms); without one, `fadvance` (with variable steps),
    /// `solve`, `psolve` and `batch_run` end there. With a point process it is called among the
    /// other events of that time, else at the end of the step; with `re_init` the integrator then
    /// begins anew. If cells have steps of their own, all are then at `t`, or that of the point
    /// process alone.
    #[pyo3(signature = (t, statement=None, point=None, re_init=None))]
    fn event(
        &self,
        t: f64,
        statement: Option<&Bound<'_, PyAny>>,
        point: Option<&Bound<'_, PointProcess>>,
        re_init: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        if let Some(point) = point {
            let id = match point.cast::<PointProcess>() {
                Ok(known) => known.get().id()?,
                Err(_) => return Err(not_a_point(point)),
            };
            let located = world::with(|session| Ok(session.structure().point_location(id)?))?;
            if located.is_none() {
                return Err(not_a_point(point));
            }
        } else if re_init.is_some() {
            return Err(refused(
                "CVode.event: re_init needs a point process before it",
            ));
        }
        let restart = re_init.map_or(Ok(false), PyAnyMethods::is_truthy)?;
        let point = point.map(|point| point.get().id()).transpose()?;
        let Some(statement) = statement else {
            return world::with(|session| session.send_stop(t));
        };
        let callback = callback::once(statement)?;
        world::with(|session| match point {
            None => session.send_call(t, callback),
            Some(point) => session.send_call_at_once(t, callback, Some(point), restart),
        })
    }

    /// Prints the events that are on their way, or puts their times into a Vector.
    #[pyo3(signature = (times=None))]
    fn print_event_queue(
        &self,
        py: Python<'_>,
        times: Option<&Bound<'_, Vector>>,
    ) -> PyResult<f64> {
        let events = world::with(|session| session.queued_events())?;
        match times {
            Some(times) => put(times, events.iter().map(|e| e.time_ms).collect())?,
            None => {
                let line = |event: &QueuedEvent| {
                    let statement = match event.kind {
                        QueuedKind::Call(callback) => callback::statement(py, callback),
                        _ => None,
                    };
                    match statement {
                        Some(text) => format!(" {}\n", event.text.replace("PythonObject", &text)),
                        None => format!(" {}\n", event.text),
                    }
                };
                print(py, &events.iter().map(line).collect::<String>())?;
            }
        }
        Ok(1.0)
    }

    /// Events that are on their way: `event_queue_info(2, times, list)` has those of NetCons, with
    /// the NetCons in a List; `event_queue_info(3, times, flags, list)` self events, with their
    /// flags and targets.
    #[pyo3(signature = (kind, times, second, list=None))]
    fn event_queue_info(
        &self,
        py: Python<'_>,
        kind: f64,
        times: &Bound<'_, Vector>,
        second: &Bound<'_, PyAny>,
        list: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<f64> {
        let (flags, list) = match (kind, list) {
            (2.0, None) => (None, second),
            (3.0, Some(list)) => (Some(second.cast::<Vector>()?), list),
            (2.0 | 3.0, _) => {
                return Err(PyTypeError::new_err(
                    "CVode.event_queue_info takes (2, times, list) or (3, times, flags, list)",
                ));
            }
            _ => {
                return Err(refused(format!(
                    "CVode.event_queue_info: {kind} is not 2 (NetCons) or 3 (self events)"
                )));
            }
        };
        if !list.hasattr("remove_all")? {
            return Err(PyTypeError::new_err(
                "CVode.event_queue_info: the objects go into a List (h.List())",
            ));
        }
        list.call_method0("remove_all")?;
        let (mut due, mut flag_of) = (Vec::new(), Vec::new());
        for event in world::with(|session| session.queued_events())? {
            let found = match (event.kind, flags) {
                (QueuedKind::NetCon(netcon), None) => vec![(Key::NetCon(netcon), 0.0, 0.0)],
                (QueuedKind::Fan(sender), None) => {
                    let fan = world::with(|session| session.fan(sender))?;
                    let each = fan.into_iter();
                    each.map(|(netcon, later_ms)| (Key::NetCon(netcon), later_ms, 0.0))
                        .collect()
                }
                (QueuedKind::ToSelf { target, flag }, Some(_)) => {
                    vec![(Key::Point(target), 0.0, flag)]
                }
                _ => continue,
            };
            for (key, later_ms, flag) in found {
                let Some(object) = world::object(py, key) else {
                    continue;
                };
                due.push(event.time_ms + later_ms);
                flag_of.push(flag);
                list.call_method1("append", (object,))?;
            }
        }
        put(times, due)?;
        if let Some(flags) = flags {
            put(flags, flag_of)?;
        }
        Ok(1.0)
    }

    /// Adds two numbers to a Vector for each event that is sent: when it is sent and for when.
    /// Without a Vector, ends that.
    #[pyo3(signature = (vector=None))]
    fn store_events(&self, vector: Option<&Bound<'_, Vector>>) -> PyResult<f64> {
        let series = vector.map(|vector| vector.get().series());
        world::with(|session| {
            session.store_events(series);
            Ok(1.0)
        })
    }

    /// 1 prints a line for each event that is sent or delivered, 2 also one for each step, 0 none.
    #[pyo3(signature = (level=None))]
    fn debug_event(&self, level: Option<f64>) -> PyResult<u32> {
        let level = within("debug_event", level, 0.0, 10.0)?;
        world::with(|session| Ok(session.debug_events(level.map(|l| l as u32))))
    }
}

fn not_a_point(object: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!("CVode.event: {object} is not a POINT_PROCESS"))
}

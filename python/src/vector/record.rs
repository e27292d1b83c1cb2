//! Vectors that record variables and are played into them.

use std::sync::{MutexGuard, PoisonError};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use runtime::session::Reference as Variable;
use runtime::{CallbackId, Place, PlayId, RecordingId, Sampling, Schedule};

use super::Vector;
use crate::callback;
use crate::point_process::PointProcess;
use crate::reference::Reference;
use crate::section::Section;
use crate::world::{self, Key};

/// What a Vector takes part in.
#[derive(Default)]
pub struct Links {
    recordings: Vec<RecordingId>,
    plays: Vec<PlayId>,
    /// What is called with the values that are played.
    callbacks: Vec<CallbackId>,
    /// Vectors of times, which live as long as they are used.
    times: Vec<Py<Vector>>,
}

impl Links {
    /// Ends all of it, now or when the session is free.
    pub fn end(&mut self) {
        let recordings = self.recordings.drain(..).map(Key::Recording);
        let plays = self.plays.drain(..).map(Key::Play);
        recordings.chain(plays).for_each(world::release);
        self.callbacks.drain(..).for_each(callback::forget);
    }
}

impl Vector {
    fn links(&self) -> MutexGuard<'_, Links> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a recording in place of those before.
    fn begin(&self, variable: &Variable, sampling: Sampling) -> PyResult<RecordingId> {
        let points = self.series();
        let before: Vec<RecordingId> = self.links().recordings.drain(..).collect();
        world::with(|session| {
            before.into_iter().for_each(|id| session.stop_recording(id));
            session.record(variable, sampling, points)
        })
    }
}

/// Records a variable at every step, and t into another Vector (`CVode.record`). Each of the two ends
/// with the other.
pub fn with_times(
    variable: &Variable,
    values: &Bound<'_, Vector>,
    times: &Bound<'_, Vector>,
) -> PyResult<()> {
    let t = world::with(|session| session.reference(Place::Model, "t"))?;
    let both = [
        values.get().begin(variable, Sampling::FromStart)?,
        times.get().begin(&t, Sampling::FromStart)?,
    ];
    if let Some((place, _)) = variable.variable() {
        world::with(|session| {
            session.follow_steps_of(both[1], place);
            Ok(())
        })?;
    }
    for vector in [values, times] {
        vector.get().links().recordings.extend(both);
    }
    Ok(())
}

/// Records a variable at the times that another Vector has.
pub fn at_times(
    variable: &Variable,
    values: &Bound<'_, Vector>,
    times: &Bound<'_, Vector>,
) -> PyResult<()> {
    let own = values.get();
    let recording = own.begin(variable, Sampling::Times(times.get().series()))?;
    let mut links = own.links();
    links.recordings.push(recording);
    links.times.push(times.clone().unbind());
    Ok(())
}

/// The arguments after a point process, which NEURON takes first to know whose time it is.
fn without_point<'py>(arguments: &Bound<'py, PyTuple>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let first = usize::from(
        arguments
            .get_item(0)
            .is_ok_and(|a| a.is_instance_of::<PointProcess>()),
    );
    Ok(arguments.iter().skip(first).collect())
}

/// The place whose cell's steps a recording follows, if cells have steps of their own: that of the
/// point process before the variable, or for t of the section.
fn steps_of(
    arguments: &Bound<'_, PyTuple>,
    variable: &Variable,
    sec: Option<&Bound<'_, Section>>,
) -> PyResult<Option<Place>> {
    if let Ok(first) = arguments.get_item(0)
        && let Ok(point) = first.cast::<PointProcess>()
    {
        return Ok(Some(Place::Point(point.get().id()?)));
    }
    let is_time = matches!(variable.variable(), Some((Place::Model, "t")));
    if !is_time {
        return Ok(None);
    }
    let section = match sec {
        Some(section) => section.clone(),
        None => match crate::access::current(arguments.py()) {
            Ok(section) => section,
            Err(_) => return Ok(None),
        },
    };
    let (section, x) = (section.get().existing()?, 0.5);
    Ok(Some(Place::Segment { section, x }))
}

fn variable(object: Option<&Bound<'_, PyAny>>, method: &str) -> PyResult<Variable> {
    match object.map(|o| o.cast::<Reference>()) {
        Some(Ok(reference)) => Ok(reference.borrow().0.clone()),
        _ => Err(PyTypeError::new_err(format!(
            "Vector.{method} needs a reference to a variable, as segment._ref_v"
        ))),
    }
}

#[pymethods]
impl Vector {
    /// Records a variable: `record(segment._ref_v)` at every step, `record(ref, Dt)` every Dt ms,
    /// `record(ref, times)` at the times in a Vector. The Vector is emptied by `h.finitialize`.
    #[pyo3(signature = (*arguments, sec=None))]
    fn record<'py>(
        slf: &Bound<'py, Self>,
        arguments: &Bound<'py, PyTuple>,
        sec: Option<&Bound<'py, Section>>,
    ) -> PyResult<Bound<'py, Self>> {
        let all = arguments;
        let arguments = without_point(all)?;
        let variable = variable(arguments.first(), "record")?;
        let steps_of = steps_of(all, &variable, sec)?;
        let mut times = None;
        let sampling = match arguments.get(1) {
            None => Sampling::EveryStep,
            Some(given) => match given.cast::<Self>() {
                Ok(vector) => {
                    times = Some(vector.clone().unbind());
                    Sampling::Times(vector.get().series())
                }
                Err(_) => Sampling::Interval(given.extract()?),
            },
        };
        let own = slf.get();
        let recording = own.begin(&variable, sampling)?;
        if let Some(place) = steps_of {
            world::with(|session| {
                session.follow_steps_of(recording, place);
                Ok(())
            })?;
        }
        let mut links = own.links();
        links.recordings.push(recording);
        links.times.extend(times);
        drop(links);
        Ok(slf.clone())
    }

    /// Plays the elements into a variable: `play(ref, dt)` every dt ms, `play(ref, times)` at the
    /// times in a Vector, `play(ref, times, True)` with linear interpolation in between. A statement of
    /// hoc in place of the reference is executed with the element as `$1`.
    #[pyo3(signature = (*arguments, sec=None))]
    fn play<'py>(
        slf: &Bound<'py, Self>,
        arguments: &Bound<'py, PyTuple>,
        sec: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, Self>> {
        let _ = sec;
        let arguments = without_point(arguments)?;
        let statement = arguments.first().filter(|a| a.is_instance_of::<PyString>());
        let mut times = None;
        let schedule = match arguments.get(1) {
            None => Schedule::Interval(world::with(|session| Ok(session.dt_ms()))?),
            Some(given) => match given.cast::<Self>() {
                Err(_) => Schedule::Interval(given.extract()?),
                Ok(vector) => {
                    times = Some(vector.clone().unbind());
                    let times_ms = vector.get().series();
                    match arguments.get(2) {
                        Some(mode) => match mode.cast::<Self>() {
                            Ok(jumps) => Schedule::Continuous {
                                times_ms,
                                discontinuities: Some(jumps.get().series()),
                            },
                            Err(_) if mode.is_truthy()? => Schedule::Continuous {
                                times_ms,
                                discontinuities: None,
                            },
                            Err(_) => Schedule::Times(times_ms),
                        },
                        None => Schedule::Times(times_ms),
                    }
                }
            },
        };
        let own = slf.get();
        let values = own.series();
        let (play, called) = match statement {
            None => {
                let variable = variable(arguments.first(), "play")?;
                let play = world::with(|session| session.play(values, &variable, schedule))?;
                (play, None)
            }
            Some(text) => {
                let callback = callback::played(text)?;
                let play =
                    world::with(|session| session.play_to_caller(values, callback, schedule))?;
                (play, Some(callback))
            }
        };
        let mut links = own.links();
        links.callbacks.extend(called);
        links.plays.push(play);
        links.times.extend(times);
        drop(links);
        Ok(slf.clone())
    }

    /// Ends what the Vector records and where it is played.
    pub fn play_remove(&self) -> f64 {
        let times = {
            let mut links = self.links();
            links.end();
            std::mem::take(&mut links.times)
        };
        drop(times);
        1.0
    }
}

impl Drop for Vector {
    fn drop(&mut self) {
        self.links
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .end();
    }
}

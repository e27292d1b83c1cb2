//! Recording of variables: they are the model's, and find their addresses here.

use crate::error::ModelError;
use crate::event::Event;
use crate::id::RecordingId;
use crate::model::{Place, Target};
use crate::record::{Buffer, Recording, Sampling, Series};

use super::Simulation;

impl Simulation {
    /// Records a variable from the next [`Simulation::initialize`] on, for
    /// [`Simulation::recorded`].
    ///
    /// # Errors
    ///
    /// A name that is unknown at the place, or an interval that is not positive.
    pub fn record(
        &mut self,
        place: Place,
        name: &str,
        sampling: Sampling,
    ) -> Result<RecordingId, ModelError> {
        self.record_into(place, name, sampling, Series::default())
    }

    /// As [`crate::Model::record_into`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn record_into(
        &mut self,
        place: Place,
        name: &str,
        sampling: Sampling,
        points: Series,
    ) -> Result<RecordingId, ModelError> {
        let id = self.model.record_into(place, name, sampling, points)?;
        self.find_recorded();
        Ok(id)
    }

    /// As [`crate::Model::record_target`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn record_target(
        &mut self,
        source: Target,
        sampling: Sampling,
        points: Series,
    ) -> Result<RecordingId, ModelError> {
        let id = self.model.record_target(source, sampling, points)?;
        self.find_recorded();
        Ok(id)
    }

    /// As [`crate::Model::stop_recording`].
    pub fn stop_recording(&mut self, recording: RecordingId) {
        self.model.stop_recording(recording);
    }

    /// What was recorded since [`Simulation::initialize`]; empty for an id of another simulation.
    pub fn recorded(&self, recording: RecordingId) -> Vec<f64> {
        self.model.recorded(recording)
    }

    /// Finds the variables of the recordings that are new since the last time.
    pub(super) fn find_recorded(&mut self) {
        for number in self.recorded.len()..self.model.recordings.len() {
            let source = self.model.recordings[number].as_ref();
            let source = source.map(|recording| recording.source.clone());
            let variable = source.and_then(|source| self.target(source).ok());
            self.recorded.push(variable);
        }
    }

    /// Recordings begin anew.
    pub(super) fn begin_recordings(&mut self) {
        let by_events =
            |r: &Recording| matches!(r.sampling, Sampling::Interval(_) | Sampling::Times(_));
        if self.model.recordings.iter().flatten().any(by_events) {
            // What was sent for since the initialization began is void.
            for (_, event, id) in self.queue.under_way() {
                if matches!(event, Event::Sample(_)) {
                    self.queue.remove(id);
                }
            }
        }
        let mut first_points = Vec::new();
        for (number, recording) in self.model.recordings.iter().enumerate() {
            let Some(recording) = recording else {
                continue;
            };
            recording.points.lock().clear();
            let first = match &recording.sampling {
                Sampling::EveryStep | Sampling::FromStart => None,
                Sampling::Interval(_) => Some(self.values.t_ms),
                Sampling::Times(times) => times.lock().values().first().copied(),
            };
            if let Some(time_ms) = first {
                first_points.push((time_ms, Event::Sample(number as u32)));
            }
        }
        for (time_ms, event) in first_points {
            self.queue.statistics.vectors_sent += 1;
            self.enqueue(time_ms, event);
        }
    }

    /// Begins all recordings anew, and takes the first points of those that take one at each step.
    pub fn restart_recordings(&mut self) {
        self.begin_recordings();
        self.record_step();
    }

    /// Makes room for the points of some steps.
    pub(super) fn reserve_points(&mut self, steps: usize) {
        for recording in self.model.recordings.iter().flatten() {
            let points = match &recording.sampling {
                Sampling::EveryStep | Sampling::FromStart => steps,
                Sampling::Interval(dt) => (steps as f64 * self.values.dt_ms / dt) as usize + 1,
                Sampling::Times(_) => 0,
            };
            // Long runs grow their buffers as they go.
            recording.points.lock().reserve(points.min(1 << 22));
        }
    }

    /// Takes a point of every recording that takes one at each step.
    pub(super) fn record_step(&mut self) {
        let first = std::mem::take(&mut self.first_points);
        self.record_steps_of(None, first);
    }

    /// The same of some, whose values were read before.
    pub(super) fn record_values(&mut self, own: &[u32], values: &[f64], first: bool) {
        for (&number, &value) in own.iter().zip(values) {
            let recording = self.model.recordings.get(number as usize);
            if let (Some(Some(recording)), Some(_)) = (recording, self.recorded[number as usize]) {
                let again = match recording.sampling {
                    Sampling::EveryStep => false,
                    Sampling::FromStart => first,
                    Sampling::Interval(_) | Sampling::Times(_) => continue,
                };
                let mut points = recording.points.lock();
                match points.values_mut().last_mut() {
                    Some(last) if again => *last = value,
                    _ => points.push(value),
                }
            }
        }
    }

    /// The same of those in `own`, if that is given; `first` says that they are the first.
    pub(super) fn record_steps_of(&mut self, own: Option<&[u32]>, first: bool) {
        for i in 0..own.map_or(self.recorded.len(), <[u32]>::len) {
            let number = own.map_or(i, |own| own[i] as usize);
            let recording = self.model.recordings.get(number).and_then(Option::as_ref);
            let (Some(recording), Some(variable)) = (recording, self.recorded[number]) else {
                continue;
            };
            let again = match recording.sampling {
                Sampling::EveryStep => false,
                Sampling::FromStart => first,
                Sampling::Interval(_) | Sampling::Times(_) => continue,
            };
            // Not while the buffer is locked: the variable may be an element of it.
            let value = self.read(variable);
            let mut points = recording.points.lock();
            match points.values_mut().last_mut() {
                // What was taken when initialization ended may have changed.
                Some(last) if again => *last = value,
                _ => points.push(value),
            }
        }
    }

    /// Takes the first points of the recordings that have one from the start.
    pub(super) fn record_start(&mut self) {
        for (recording, &variable) in self.model.recordings.iter().zip(&self.recorded) {
            if let (Some(recording), Some(variable)) = (recording, variable)
                && matches!(recording.sampling, Sampling::FromStart)
            {
                let value = self.read(variable);
                recording.points.lock().push(value);
            }
        }
        self.first_points = true;
    }

    /// Takes a point at a time, and sends for the next.
    pub(super) fn take_sample(&mut self, time_ms: f64, number: u32) {
        let recording = self.model.recordings.get(number as usize);
        let (Some(Some(recording)), Some(Some(variable))) =
            (recording, self.recorded.get(number as usize))
        else {
            return;
        };
        let value = self.read(*variable);
        let mut points = recording.points.lock();
        let next = match &recording.sampling {
            Sampling::EveryStep | Sampling::FromStart => None,
            Sampling::Interval(interval_ms) => Some(time_ms + interval_ms),
            Sampling::Times(times) => {
                let times = times.lock();
                let index = position(times.values(), time_ms, points.values().len());
                begin_at(&mut *points, index);
                times.values().get(index + 1).copied()
            }
        };
        points.push(value);
        drop(points);
        if let Some(next_ms) = next {
            self.queue.statistics.vectors_sent += 1;
            self.enqueue(next_ms.max(time_ms), Event::Sample(number));
        }
    }
}

/// The position of a time in ascending ones, and of equal ones the next after `len` points.
fn position(times: &[f64], time_ms: f64, len: usize) -> usize {
    let first = times.partition_point(|&t| t < time_ms);
    let end = times.partition_point(|&t| t <= time_ms);
    if first < end {
        len.clamp(first, end - 1)
    } else {
        len
    }
}

/// Has the next point be that of a position: where a state was brought back there are more points,
/// which are taken anew, or fewer, which are 0 as in NEURON.
fn begin_at(points: &mut dyn Buffer, index: usize) {
    if points.values().len() > index {
        let kept = points.values()[..index].to_vec();
        points.clear();
        kept.into_iter().for_each(|value| points.push(value));
    }
    while points.values().len() < index {
        points.push(0.0);
    }
}

//! What is under way in a run, with numbers that mean the same in another process.
//!
//! A model names things by ids that count what was removed as well. Here point processes, NetCons,
//! recordings and plays are known by their position among those that there are, and events by
//! their position in the order of delivery.

use std::collections::HashMap;

use crate::event::{Event, EventQueue, Watches, Watching};
use crate::state_file::{StateFileError, Transfer};

use super::{Run, progress::Cursor};

/// For each source that has sent one event for all its NetCons: which they are, and how long after that event
/// each delivers.
pub(crate) type Fans = HashMap<u32, Vec<(u32, f64)>>;

/// The ids of what there is, ascending.
#[derive(Debug, Clone, Default)]
pub(crate) struct Present {
    pub points: Vec<u32>,
    pub netcons: Vec<u32>,
    /// Recordings that take points by events.
    pub recordings: Vec<u32>,
    pub plays: Vec<u32>,
}

/// What is under way.
#[derive(Debug, Clone, Default)]
pub(crate) struct StoredRun {
    /// In the order of delivery.
    events: Vec<StoredEvent>,
    /// Point processes with the event that `net_move` moves.
    movable: Vec<(u32, u32)>,
    /// In the order in which they began.
    watching: Vec<StoredWatching>,
    initialized: bool,
    stepped: bool,
    last_cj: f64,
}

/// An event: which one of [`Event`], and what is in there.
#[derive(Debug, Clone, Copy, Default)]
struct StoredEvent {
    time_ms: f64,
    kind: u32,
    /// NetCon, point process, recording or play.
    subject: u32,
    flag: f64,
    /// NetCon or watch.
    other: Option<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct StoredWatching {
    point: u32,
    condition: u32,
    flag: f64,
    above: bool,
    sent: Option<u32>,
}

const NET_CON: u32 = 0;
const TO_SELF: u32 = 1;
const WATCH: u32 = 2;
const SAMPLE: u32 = 3;
const PLAY: u32 = 4;

impl StoredRun {
    /// Goes through all numbers.
    pub fn exchange(&mut self, with: &mut impl Transfer) -> Result<(), StateFileError> {
        with.list(&mut self.events, |with, event| {
            with.f64(&mut event.time_ms)?;
            with.u32(&mut event.kind)?;
            with.u32(&mut event.subject)?;
            with.f64(&mut event.flag)?;
            with.position(&mut event.other)
        })?;
        with.list(&mut self.movable, |with, (point, event)| {
            with.u32(point)?;
            with.u32(event)
        })?;
        with.list(&mut self.watching, |with, watching| {
            with.u32(&mut watching.point)?;
            with.u32(&mut watching.condition)?;
            with.f64(&mut watching.flag)?;
            with.bool(&mut watching.above)?;
            with.position(&mut watching.sent)
        })?;
        with.bool(&mut self.initialized)?;
        with.bool(&mut self.stepped)?;
        with.f64(&mut self.last_cj)
    }

    /// The run of a model that has what `present` says.
    pub fn run(&self, present: &Present) -> Result<Run, StateFileError> {
        let mut queue = EventQueue::default();
        let mut sent = Vec::with_capacity(self.events.len());
        for event in &self.events {
            sent.push(queue.push(event.time_ms, event.event(present)?));
        }
        let mut movable = vec![None; present.points.last().map_or(0, |&last| last as usize + 1)];
        for &(point, event) in &self.movable {
            movable[id(&present.points, point)? as usize] = Some(*at(&sent, event)?);
        }
        let mut watches = Watches::default();
        for watching in &self.watching {
            let event = watching.sent.map(|event| at(&sent, event)).transpose()?;
            watches.begin(Watching {
                point: id(&present.points, watching.point)?,
                // found when the model is laid out
                block: 0,
                condition: watching.condition,
                flag: watching.flag,
                above: watching.above,
                sent: event.copied(),
                last: (0.0, 0.0),
                rearm: 0.0,
            });
        }
        Ok(Run {
            queue,
            movable,
            watches,
            cursor: Cursor::default(),
            initialized: self.initialized,
            stepped: self.stepped,
            last_cj: self.last_cj,
        })
    }
}

impl Run {
    /// What is under way. Events of what there is no more are left out: they would do nothing.
    ///
    /// # Errors
    ///
    /// Events that call code of the caller.
    pub fn stored(&self, present: &Present, fans: &Fans) -> Result<StoredRun, StateFileError> {
        let watching: Vec<(u64, Watching)> = self
            .watches
            .iter()
            .filter_map(|(number, watching)| {
                let point = position(&present.points, watching.point)?;
                Some((number, Watching { point, ..*watching }))
            })
            .collect();
        let numbers: Vec<u64> = watching.iter().map(|&(number, _)| number).collect();
        let (mut events, mut ids) = (Vec::new(), Vec::new());
        for (time_ms, event, id) in self.queue.under_way() {
            if let Event::Fan(sender) = event {
                for &(netcon, later_ms) in fans.get(&sender).map_or(&[][..], Vec::as_slice) {
                    let (time_ms, event) = (time_ms + later_ms, Event::NetCon(netcon));
                    if let Some(event) = StoredEvent::new(time_ms, event, present, &numbers)? {
                        events.push(event);
                        ids.push(id);
                    }
                }
            } else if let Some(event) = StoredEvent::new(time_ms, event, present, &numbers)? {
                events.push(event);
                ids.push(id);
            }
        }
        let sent = |id| {
            ids.iter()
                .position(|&known| known == id)
                .map(|at| at as u32)
        };
        let movable = self.movable.iter().enumerate();
        let movable = movable.filter_map(|(point, id)| {
            Some((position(&present.points, point as u32)?, sent((*id)?)?))
        });
        let watching = watching.into_iter().map(|(_, watching)| StoredWatching {
            point: watching.point,
            condition: watching.condition,
            flag: watching.flag,
            above: watching.above,
            sent: watching.sent.and_then(sent),
        });
        Ok(StoredRun {
            events,
            movable: movable.collect(),
            watching: watching.collect(),
            initialized: self.initialized,
            stepped: self.stepped,
            last_cj: self.last_cj,
        })
    }
}

impl StoredEvent {
    fn new(
        time_ms: f64,
        event: Event,
        present: &Present,
        watches: &[u64],
    ) -> Result<Option<Self>, StateFileError> {
        let (kind, subject, flag, other) = match event {
            Event::NetCon(netcon) => (NET_CON, position(&present.netcons, netcon), 0.0, None),
            Event::ToSelf {
                point,
                flag,
                netcon,
            } => {
                let netcon = netcon.and_then(|netcon| position(&present.netcons, netcon));
                (TO_SELF, position(&present.points, point), flag, netcon)
            }
            Event::Watch {
                point,
                flag,
                number,
            } => {
                let Ok(watch) = watches.binary_search(&number) else {
                    return Ok(None);
                };
                let point = position(&present.points, point);
                (WATCH, point, flag, Some(watch as u32))
            }
            Event::Sample(recording) => {
                (SAMPLE, position(&present.recordings, recording), 0.0, None)
            }
            Event::Play(play) => (PLAY, position(&present.plays, play), 0.0, None),
            Event::Call { .. } | Event::Crossing(_) | Event::Fan(_) | Event::Transition { .. } => {
                return Err(StateFileError::Call);
            }
        };
        Ok(subject.map(|subject| Self {
            time_ms,
            kind,
            subject,
            flag,
            other,
        }))
    }

    fn event(self, present: &Present) -> Result<Event, StateFileError> {
        let Self {
            kind,
            subject,
            flag,
            other,
            ..
        } = self;
        Ok(match kind {
            NET_CON => Event::NetCon(id(&present.netcons, subject)?),
            TO_SELF => Event::ToSelf {
                point: id(&present.points, subject)?,
                flag,
                netcon: other
                    .map(|netcon| id(&present.netcons, netcon))
                    .transpose()?,
            },
            WATCH => Event::Watch {
                point: id(&present.points, subject)?,
                flag,
                number: u64::from(other.ok_or(StateFileError::Damaged)?),
            },
            SAMPLE => Event::Sample(id(&present.recordings, subject)?),
            PLAY => Event::Play(id(&present.plays, subject)?),
            _ => return Err(StateFileError::Damaged),
        })
    }
}

fn position(ids: &[u32], id: u32) -> Option<u32> {
    ids.binary_search(&id).ok().map(|position| position as u32)
}

fn id(ids: &[u32], position: u32) -> Result<u32, StateFileError> {
    at(ids, position).copied()
}

fn at<T>(list: &[T], position: u32) -> Result<&T, StateFileError> {
    list.get(position as usize).ok_or(StateFileError::Damaged)
}

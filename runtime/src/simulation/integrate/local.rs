//! The local method: each cell has an integrator and a time of its own.
//!
//! As in NEURON, what is earliest comes next: an event if none of the cells is before it, else a
//! step of the cell that is furthest behind. A cell is therefore never before an event that reaches
//! it, and is interpolated back to it; the others stay where they are. An advance without an end of
//! its own goes on until the least of all times has grown, or an event's time has passed; t is then
//! the least time.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::error::RunError;
use crate::record::Sampling;

use super::super::{Simulation, VariableHandle};
use super::VariableStep;
use super::advance::Advancing;
use super::ahead::Lookahead;
use super::integration::Integration;

/// How far a cell without states goes in a step, in ms.
const FAR_MS: f64 = 1e9;

/// A time, in order.
#[derive(Debug, Clone, Copy)]
struct Time(f64);

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Time {}

/// Which cell is the earliest; of equal times that of the lowest number.
#[derive(Debug)]
struct Agenda {
    order: BTreeSet<(Time, usize)>,
    times_ms: Vec<f64>,
}

impl Agenda {
    fn set(&mut self, cell: usize, time_ms: f64) {
        let old_ms = std::mem::replace(&mut self.times_ms[cell], time_ms);
        self.order.remove(&(Time(old_ms), cell));
        self.order.insert((Time(time_ms), cell));
    }

    /// The earliest cell and its time.
    fn least(&self) -> (usize, f64) {
        let first = self.order.first();
        first.map_or((0, f64::INFINITY), |&(time, cell)| (cell, time.0))
    }
}

/// What the local method has besides the integrations.
#[derive(Debug)]
pub(super) struct Local {
    agenda: Agenda,
    /// How many of the sources, recordings and plays were given to their cells.
    given: [usize; 3],
    /// Time of the next event when the present advance began.
    begin_event_ms: f64,
    /// Time of the event that is delivered, or of the cell that makes a step.
    pub now_ms: f64,
    pub lookahead: Lookahead,
}

/// What takes part in the steps of one cell alone: positions in the lists of the simulation,
/// ascending.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub watched: Vec<u32>,
    pub recorded: Vec<u32>,
    pub played: Vec<u32>,
    /// Points have been taken since the initialization.
    pub recording: bool,
}

impl Local {
    /// With cells at these times, at a time.
    pub fn new(times_ms: impl Iterator<Item = f64>, now_ms: f64) -> Self {
        let times_ms: Vec<f64> = times_ms.collect();
        let numbered = times_ms.iter().enumerate();
        let order = numbered.map(|(cell, &t)| (Time(t), cell)).collect();
        Self {
            agenda: Agenda { order, times_ms },
            given: [0; 3],
            begin_event_ms: f64::INFINITY,
            now_ms,
            lookahead: Lookahead::default(),
        }
    }

    /// The cells that are before a time, with theirs, in the order of their turns.
    pub fn before(&self, time_ms: f64) -> impl Iterator<Item = (usize, f64)> {
        let order = self.agenda.order.iter();
        let earlier = order.take_while(move |(time, _)| time.0 < time_ms);
        earlier.map(|&(time, cell)| (cell, time.0))
    }
}

impl VariableStep {
    /// A cell is at another time.
    pub(super) fn note_time(&mut self, cell: usize) {
        if let Some(local) = &mut self.local {
            local.agenda.set(cell, self.integrations[cell].t_ms);
        }
    }
}

impl Simulation {
    /// Gives sources, recordings and plays that are new since the last time to the cells whose steps
    /// they follow.
    pub(super) fn give_to_cells(&self, step: &mut VariableStep) -> Result<(), RunError> {
        let Some(local) = &mut step.local else {
            return Ok(());
        };
        let cells = &mut step.integrations;
        for number in local.given[0]..self.watched.len() {
            // One of no cell is looked at with the first.
            let cell = self.cell_of(self.watched[number].variable).unwrap_or(0);
            cells[cell].own_mut().watched.push(number as u32);
        }
        for number in local.given[1]..self.recorded.len() {
            let Some(recording) = &self.model.recordings[number] else {
                continue;
            };
            let Some(variable) = self.recorded[number] else {
                continue;
            };
            if let Sampling::Interval(_) | Sampling::Times(_) = recording.sampling {
                continue;
            }
            let place = recording.steps_of.and_then(|place| self.part_of(place));
            match place.or_else(|| self.cell_of(variable)) {
                Some(cell) => cells[cell].own_mut().recorded.push(number as u32),
                None => return Err(RunError::NoCell),
            }
        }
        for number in local.given[2]..self.played.len() {
            match self.played[number].and_then(|variable| self.cell_of(variable)) {
                Some(cell) => cells[cell].own_mut().played.push(number as u32),
                None => (cells.iter_mut()).for_each(|c| c.own_mut().played.push(number as u32)),
            }
        }
        local.given = [self.watched.len(), self.recorded.len(), self.played.len()];
        Ok(())
    }

    /// The cell that a variable is of.
    fn cell_of(&self, variable: VariableHandle) -> Option<usize> {
        self.node_of(variable).map(|node| self.part_at(node))
    }

    /// [`Advancing::Next`]: an event, a step, or the end of the advance.
    pub(super) fn next_of_cells(&mut self, step: &mut VariableStep) -> Result<Advancing, RunError> {
        self.give_to_cells(step)?;
        let event_ms = self.queue.next_time().unwrap_or(f64::INFINITY);
        let Some(local) = &mut step.local else {
            return Ok(Advancing::End);
        };
        let (cell, least_ms) = local.agenda.least();
        let goes_on = match step.until_ms {
            _ if step.ended => false,
            Some(until_ms) => least_ms < until_ms || event_ms <= until_ms,
            None => least_ms <= step.begin_ms && event_ms <= local.begin_event_ms,
        };
        if !goes_on {
            return Ok(Advancing::End);
        }
        if event_ms <= least_ms {
            local.now_ms = event_ms;
            return Ok(Advancing::Deliver(event_ms));
        }
        local.now_ms = least_ms;
        step.present = cell;
        self.look_ahead(step)?;
        Ok(match step.settings.condition_order {
            1 => Advancing::Thresholds(0),
            _ => Advancing::Step,
        })
    }

    /// [`Advancing::Begin`].
    pub(super) fn begin_of_cells(&mut self, step: &mut VariableStep) {
        if let Some(local) = &mut step.local {
            (_, step.begin_ms) = local.agenda.least();
            local.lookahead.begin();
            local.begin_event_ms = self.queue.next_time().unwrap_or(f64::INFINITY);
        }
    }

    /// [`Advancing::End`]: all cells at the end that was asked for, or t the least time.
    pub(super) fn end_of_cells(&mut self, step: &mut VariableStep) -> Result<(), RunError> {
        let Some(local) = &step.local else {
            return Ok(());
        };
        let (least_ms, event_ms) = (local.agenda.least().1, local.begin_event_ms);
        let present = step.present();
        let length_ms = present.to_ms - present.from_ms;
        let t_ms = match step.until_ms {
            _ if step.ended => local.now_ms,
            Some(until_ms) => {
                for cell in 0..step.integrations.len() {
                    self.bring_cell(step, cell, until_ms)?;
                    self.take_points(&mut step.integrations[cell])?;
                }
                until_ms
            }
            None => least_ms.min(event_ms),
        };
        self.values.t_ms = t_ms;
        if length_ms > 0.0 {
            self.values.dt_ms = length_ms;
        }
        Ok(())
    }

    /// A cell without states goes on.
    pub(super) fn skip(integration: &mut Integration) {
        integration.t_ms += FAR_MS;
        (integration.from_ms, integration.to_ms) = (integration.t_ms, integration.t_ms);
    }

    /// Interpolates a cell to a time.
    fn bring_cell(
        &mut self,
        step: &mut VariableStep,
        cell: usize,
        t_ms: f64,
    ) -> Result<(), RunError> {
        self.interpolate(&mut step.integrations[cell], t_ms)?;
        if let Some(local) = &mut step.local {
            local.agenda.set(cell, t_ms);
        }
        Ok(())
    }

    /// An event at t is about to look at a cell, or at all for `None`: they are interpolated to that time. With
    /// `restart`, it changes something there, and the integrator begins anew before its next step.
    pub(in super::super) fn reach(
        &mut self,
        cell: Option<usize>,
        restart: bool,
    ) -> Result<(), RunError> {
        let Some(mut step) = self.variable_step.take() else {
            return Ok(());
        };
        let t_ms = self.values.t_ms;
        let cells = match (&step.local, cell) {
            (None, _) => 0..1,
            (Some(_), Some(cell)) => cell..cell + 1,
            (Some(_), None) => 0..step.integrations.len(),
        };
        let reached = cells.into_iter().try_for_each(|cell| {
            if step.local.is_some() {
                self.bring_cell(&mut step, cell, t_ms)?;
            }
            let integration = &mut step.integrations[cell];
            if restart && !std::mem::replace(&mut integration.initialize, true) {
                self.take_points(&mut step.integrations[cell])?;
            }
            Ok(())
        });
        self.values.t_ms = t_ms;
        self.variable_step = Some(step);
        reached
    }

    /// The cell that a block of instances is in, if cells have steps of their own.
    pub(in super::super) fn cell_of_block(&self, block: usize) -> Option<usize> {
        self.model.local_step.then(|| {
            let node = self.blocks[block].node.first();
            self.part_at(node.map_or(0, |&node| node as usize))
        })
    }

    /// The cell that a variable is of, if cells have steps of their own.
    pub(in super::super) fn own_cell(&self, variable: Option<VariableHandle>) -> Option<usize> {
        let variable = variable.filter(|_| self.model.local_step)?;
        self.cell_of(variable)
    }
}

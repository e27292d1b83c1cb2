//! Cells with steps of their own, on several threads.
//!
//! One after the other, the cell that is furthest behind makes the next step ([`super::local`]). That
//! order decides in which order thresholds, recordings and events are seen, and is kept; but the
//! step of a cell depends on nothing of the others until an event comes from there. So threads make
//! steps ahead of their turn, one for each cell whose next step is certain: no event that is in the queue
//! reaches it before, and none can that is not there yet, since all NetCons take their time. When its
//! turn comes the step is there, and what was seen before it. Results are the same bits for any number
//! of threads, whether a step was made ahead or not.
//!
//! Nobody looks in between: where the caller may have a turn, where conditions of WATCH wait, or where
//! events change what cells share, no step is made ahead.

use nmodl::abi::SimValues;

use crate::error::RunError;
use crate::event::Event;
use crate::kernel::{AtTimes, Services};
use crate::parallel::Strip;
use crate::sundials::{Fault, Solver, System};

use super::super::{Hook, Simulation};
use super::fault::Suspect;
use super::integration::Integration;
use super::shares::{Contribution, Failure, Portion};
use super::{VariableStep, same_time_ms};

/// Rounds that find too few cells are not tried again for that many steps, and then for twice as many
/// up to [`LONGEST_REST`].
const REST: u32 = 4;
const LONGEST_REST: u32 = 256;

/// Stands for a kernel's failure, which only the simulation can put into words.
const FAILED: RunError = RunError::Order("a kernel failed on a thread");

/// A step that was made ahead.
#[derive(Debug)]
pub(super) struct Ahead {
    from_ms: f64,
    /// What recordings of the cell see before the step, and thresholds of variables in the cell.
    pub points: Vec<f64>,
    pub watched: Vec<Option<f64>>,
    made: Result<(), Fault>,
    failure: Option<Failure>,
    /// t and dt behind the step.
    values: SimValues,
}

/// What is known of a model for steps ahead.
#[derive(Debug, Default)]
pub(super) struct Lookahead {
    /// For each cell a step that waits for its turn.
    pub made: Vec<Option<Ahead>>,
    /// The shortest delay of NetCons to cells, or none if no step may be made ahead; and for how many
    /// turns of the caller that holds.
    delay_ms: Option<(f64, u64)>,
    /// Steps without a try, and how many there are to be.
    rest: u32,
    next_rest: u32,
}

impl Lookahead {
    /// What was made is void.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Another advance: the network may have changed.
    pub fn begin(&mut self) {
        self.delay_ms = None;
    }
}

/// A cell on a thread.
struct Alone<'a, 'f> {
    strip: &'a mut Strip<'f>,
    services: &'a mut Services,
    values: SimValues,
    integration: &'a mut Integration,
    failure: &'a mut Option<Failure>,
}

impl Alone<'_, '_> {
    fn contribute(
        &mut self,
        vector: &mut [f64],
        work: impl FnOnce(&mut Contribution<'_, '_>, &mut Portion<'_>) -> Result<(), Failure>,
    ) -> Result<(), RunError> {
        let integration = &mut *self.integration;
        let over_nodes = [
            &mut integration.diagonal[..],
            &mut integration.conductance[..],
        ];
        let Some(share) = integration.shares.first() else {
            return Ok(());
        };
        let mut portion = Portion::whole(share, vector, over_nodes);
        let mut part = Contribution {
            equations: &integration.equations,
            values: self.values,
            strip: self.strip,
            services: self.services,
            stage: 0,
        };
        work(&mut part, &mut portion).map_err(|failure| {
            *self.failure = Some(failure);
            FAILED
        })
    }

    /// As [`Simulation::evaluate`].
    fn evaluate(&mut self, t_ms: f64, y: &[f64], dydt: &mut [f64]) -> Result<(), RunError> {
        self.integration.statistics.evaluations += 1;
        self.values.t_ms = t_ms;
        self.values.dt_ms = self.integration.dt_at(t_ms);
        self.contribute(dydt, |part, portion| {
            part.scatter(portion.share, y);
            part.assign_concentrations(portion.share)?;
            part.find_algebraic_potentials(portion.share)?;
            part.derivatives(portion)
        })
    }
}

impl System for Alone<'_, '_> {
    fn derivatives(&mut self, t: f64, y: &[f64], dydt: &mut [f64]) -> Result<(), RunError> {
        self.evaluate(t, y, dydt)
    }

    fn solve(&mut self, gamma_ms: f64, b: &mut [f64]) -> Result<(), RunError> {
        let integration = &mut *self.integration;
        integration.statistics.solves += 1;
        let known = integration.gamma_ms == gamma_ms;
        integration.gamma_ms = gamma_ms;
        let states_too = integration.settings.stiff == 2;
        self.contribute(b, |part, portion| {
            part.solve(portion, gamma_ms, known, states_too)
        })
    }

    fn residual(&mut self, _: f64, _: &[f64], _: &[f64], _: &mut [f64]) -> Result<(), RunError> {
        Err(FAILED)
    }

    fn solve_residual(&mut self, _: f64, _: &mut [f64]) -> Result<(), RunError> {
        Err(FAILED)
    }

    fn not_finite(&mut self, t: f64, y: &[f64], dydt: &[f64], found: &[f64]) {
        self.integration.suspect = Some(Suspect::new(t, y, dydt, found));
    }
}

/// A cell's step on a thread, as [`Simulation::make_step`] makes it.
fn step_alone(
    strip: &mut Strip<'_>,
    services: &mut Services,
    integration: &mut Integration,
    ahead: &mut Ahead,
) {
    let (values, failure) = (&mut ahead.values, &mut ahead.failure);
    integration.statistics.steps += 1;
    let made = integration.step_with(|integration, integrator, stop_ms| {
        let mut alone = Alone {
            strip,
            services,
            values: *values,
            integration,
            failure,
        };
        let made = integrator.step(&mut alone, stop_ms);
        *values = alone.values;
        made
    });
    ahead.made = made.and_then(|()| {
        integration.complete = true;
        let (y, t_ms) = (std::mem::take(&mut integration.y), integration.t_ms);
        let mut dydt = std::mem::take(&mut integration.dydt);
        let mut alone = Alone {
            strip,
            services,
            values: *values,
            integration,
            failure,
        };
        let shown = alone.evaluate(t_ms, &y, &mut dydt);
        *values = alone.values;
        (integration.y, integration.dydt) = (y, dydt);
        shown.map_err(Fault::System)
    });
}

impl VariableStep {
    /// The step of the present cell, if it was made ahead.
    pub(super) fn take_ahead(&mut self) -> Option<Ahead> {
        let local = self.local.as_mut()?;
        local.lookahead.made.get_mut(self.present)?.take()
    }

    /// What thresholds of the present cell see, if its step was made ahead.
    pub(super) fn seen_before(&self) -> &[Option<f64>] {
        let made = self.local.as_ref().map(|local| &local.lookahead.made);
        let ahead = made.and_then(|made| made.get(self.present)?.as_ref());
        ahead.map_or(&[], |ahead| &ahead.watched)
    }

    /// Steps that were made ahead are void.
    pub(super) fn forget_ahead(&mut self) {
        if let Some(local) = &mut self.local {
            local.lookahead.forget();
        }
    }
}

impl Simulation {
    /// Before the step of the present cell: has threads make it, and those of others, ahead.
    pub(super) fn look_ahead(&mut self, step: &mut VariableStep) -> Result<(), RunError> {
        let (present, until_ms) = (step.present, step.until_ms);
        let Some(local) = &mut step.local else {
            return Ok(());
        };
        let (Some(until_ms), true) = (until_ms, self.threads > 1 && self.initialized) else {
            return Ok(());
        };
        local
            .lookahead
            .made
            .resize_with(step.integrations.len(), || None);
        if local.lookahead.rest > 0 || local.lookahead.made[present].is_some() {
            local.lookahead.rest = local.lookahead.rest.saturating_sub(1);
            return Ok(());
        }
        let turns = self.queue.statistics.calls_delivered;
        let delay_ms = match local.lookahead.delay_ms {
            Some((delay_ms, when)) if when == turns => delay_ms,
            _ => self.least_delay(&step.integrations),
        };
        local.lookahead.delay_ms = Some((delay_ms, turns));
        let now_ms = local.now_ms;
        // A crossing may be found that much before the beginning of its step, by roundoff.
        let horizon_ms = (now_ms + delay_ms - same_time_ms(until_ms)).min(until_ms);
        let unwatched = self.watches.is_empty() && !self.machines_look();
        let cells = match delay_ms > 0.0 && unwatched {
            true => self.certain_cells(step, horizon_ms),
            false => Vec::new(),
        };
        let Some(local) = &mut step.local else {
            return Ok(());
        };
        let lookahead = &mut local.lookahead;
        if cells.len() < 2 {
            lookahead.next_rest = (2 * lookahead.next_rest).clamp(REST, LONGEST_REST);
            lookahead.rest = lookahead.next_rest;
            return Ok(());
        }
        lookahead.next_rest = 0;
        self.make_ahead(step, &cells)
    }

    /// The shortest delay with which an event reaches a cell, or 0 where no step may be made ahead.
    fn least_delay(&self, cells: &[Integration]) -> f64 {
        let own = |block: &crate::instance::Block| {
            let compiled = &self.shared[block.mechanism].compiled;
            compiled.has_own_events() && compiled.description().pointers.is_empty()
        };
        let network = &self.model.network;
        let mut senders = network.senders.iter().flatten();
        let looked_at = senders.any(|sender| sender.callback.is_some())
            || self.model.hooks.get(Hook::Gathering).is_some()
            || self.model.plays.iter().any(Option::is_some)
            || self.model.event_log.debug > 0;
        let separable = cells.iter().all(|cell| cell.separable);
        if looked_at || !separable || !self.may_share() || !self.blocks.iter().all(own) {
            return 0.0;
        }
        let delays = network.connections.iter().flatten().filter_map(|netcon| {
            let (block, _) = self.points[netcon.target?.index()]?;
            let artificial = self.artificial.contains(&(block as usize));
            (!artificial).then_some(netcon.delay_ms)
        });
        delays.fold(f64::INFINITY, f64::min)
    }

    /// The cells before a time whose next step is certain.
    fn certain_cells(&mut self, step: &VariableStep, horizon_ms: f64) -> Vec<usize> {
        let Some(local) = &step.local else {
            return Vec::new();
        };
        let made = &local.lookahead.made;
        let plain = |&(cell, _): &(usize, f64)| {
            made[cell].is_none() && self.steps_plainly(&step.integrations[cell])
        };
        let mut cells: Vec<(usize, f64)> = local.before(horizon_ms).filter(plain).collect();
        let latest_ms = cells
            .iter()
            .fold(f64::NEG_INFINITY, |t, cell| t.max(cell.1));
        let mut barrier_ms = f64::INFINITY;
        let mut touched = vec![f64::INFINITY; step.integrations.len()];
        for (time_ms, event) in self.queue.up_to(latest_ms) {
            if let Event::Fan(sender) = event {
                for (netcon, _) in self.model.network.fan(sender) {
                    let connection = self.model.network.connection(netcon);
                    let point = connection.and_then(|c| c.target).map(|target| target.0);
                    if let Some(cell) = self.cell_of_point(point) {
                        touched[cell] = time_ms.min(touched[cell]);
                    }
                }
            }
            let cell = match event {
                Event::NetCon(netcon) => {
                    let connection = self.model.network.connection(netcon);
                    connection.and_then(|c| c.target).map(|target| target.0)
                }
                Event::ToSelf { point, .. } => Some(point),
                Event::Crossing(_) | Event::Fan(_) => None,
                Event::Sample(number) => {
                    let variable = self.recorded.get(number as usize).copied().flatten();
                    if let Some(cell) = self.own_cell(variable) {
                        touched[cell] = time_ms.min(touched[cell]);
                    }
                    None
                }
                Event::Watch { .. }
                | Event::Transition { .. }
                | Event::Play(_)
                | Event::Call { .. } => {
                    barrier_ms = barrier_ms.min(time_ms);
                    None
                }
            };
            if let Some(cell) = self.cell_of_point(cell) {
                touched[cell] = time_ms.min(touched[cell]);
            }
        }
        cells.retain(|&(cell, t_ms)| t_ms < barrier_ms && t_ms < touched[cell]);
        let mut cells: Vec<usize> = cells.into_iter().map(|(cell, _)| cell).collect();
        cells.sort_unstable();
        cells
    }

    /// The cell of a point process that has a place.
    fn cell_of_point(&self, point: Option<u32>) -> Option<usize> {
        let (block, _) = self.points[point? as usize]?;
        let block = block as usize;
        if self.artificial.contains(&block) {
            return None;
        }
        self.cell_of_block(block)
    }

    /// Whether the next step of a cell is one of its integrator, from the end of the last.
    fn steps_plainly(&self, cell: &Integration) -> bool {
        let free = |&block: &usize| {
            let kernels = self.shared[self.blocks[block].mechanism].compiled.kernels();
            kernels.before_step.is_none() && kernels.after_solve.is_none()
        };
        matches!(cell.integrator, Some(Solver::Ode(_)))
            && !cell.initialize
            && cell.t_ms >= cell.to_ms
            && cell.t_ms < cell.stop_ms - same_time_ms(cell.t_ms)
            && cell.equations.called_at_steps.is_empty()
            && cell.own.as_ref().is_some_and(|own| own.played.is_empty())
            && cell.order.iter().all(free)
    }

    fn make_ahead(&mut self, step: &mut VariableStep, cells: &[usize]) -> Result<(), RunError> {
        self.update_tables()?;
        self.clear_diagonal();
        let values = self.values;
        let mut all = step.integrations.iter_mut();
        let mut last = 0;
        let mut work: Vec<(&mut Integration, Ahead)> = Vec::with_capacity(cells.len());
        for &cell in cells {
            let Some(integration) = all.nth(cell - last) else {
                break;
            };
            last = cell + 1;
            self.values.t_ms = integration.t_ms;
            let own = integration.own.as_ref();
            let (recorded, watched) = own.map_or((&[][..], &[][..]), |own| {
                (&own.recorded[..], &own.watched[..])
            });
            let point = |&number: &u32| match self.recorded[number as usize] {
                Some(variable) => self.read(variable),
                None => 0.0,
            };
            let value = |&number: &u32| {
                let variable = self.watched[number as usize].variable;
                let here = self.own_cell(Some(variable)) == Some(cell);
                here.then(|| self.read(variable))
            };
            let ahead = Ahead {
                from_ms: integration.t_ms,
                points: recorded.iter().map(point).collect(),
                watched: watched.iter().map(value).collect(),
                made: Ok(()),
                failure: None,
                values,
            };
            work.push((integration, ahead));
        }
        self.values = values;
        let (field, pool) = self.field();
        let done = field.share_out(
            pool,
            AtTimes::Integrating,
            Some(cells),
            &mut work,
            |services, strip, (integration, ahead)| {
                step_alone(strip, services, integration, ahead);
            },
        );
        self.note_times(&done);
        let made: Vec<Ahead> = work.into_iter().map(|(_, ahead)| ahead).collect();
        if let Some(local) = &mut step.local {
            for (&cell, ahead) in cells.iter().zip(made) {
                local.lookahead.made[cell] = Some(ahead);
            }
        }
        Ok(())
    }

    /// The turn of a cell has come whose step was made ahead.
    pub(super) fn take_ahead(
        &mut self,
        integration: &mut Integration,
        ahead: Ahead,
    ) -> Result<(), RunError> {
        if let Some(own) = &mut integration.own {
            let first = !std::mem::replace(&mut own.recording, true);
            self.record_values(&own.recorded, &ahead.points, first && self.first_points);
        }
        self.values = SimValues {
            celsius: self.values.celsius,
            secondorder: self.values.secondorder,
            ..ahead.values
        };
        self.last_cj = 1.0;
        self.stepped = true;
        match (ahead.made, ahead.failure) {
            (Err(Fault::System(_)), Some(failure)) => {
                let block = integration.order[failure.position];
                Err(self.failure(block, failure.failed))
            }
            (made, _) => self.step_made(integration, ahead.from_ms, made),
        }
    }
}

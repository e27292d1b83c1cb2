//! WATCH conditions, with NEURON's semantics: they are looked at once in each step, with the
//! thresholds, and one that begins to hold sends an event for the time at which the step begins; with
//! steps of variable length and `condition_order` 2 for the time to which interpolation leads.

use nmodl::mechanism::Watch;

use crate::error::RunError;
use crate::event::{Event, Watching};
use crate::instance::{Block, Origin};
use crate::kernel::WatchRequest;

use super::Simulation;

/// A condition that misses its threshold by so little when it is begun counts as holding (NEURON's
/// `float_epsilon`).
const EPSILON: f64 = 1e-11;

impl Simulation {
    /// Forgets all WATCH statements.
    pub(super) fn clear_watches(&mut self) {
        self.watches.clear();
        for block in &mut self.blocks {
            let description = self.shared[block.mechanism].compiled.description();
            let receive = description.net_receive.iter();
            for watch in receive.flat_map(|receive| &receive.watches) {
                let first = watch.active * block.stride;
                block.data[first..first + block.stride].fill(0.0);
            }
        }
    }

    /// Executes a WATCH statement.
    pub(super) fn begin_watch(&mut self, block: usize, request: WatchRequest) {
        let WatchRequest {
            instance,
            condition,
            flag,
            value,
            first,
        } = request;
        let Some(&Origin::Point(point)) = self.blocks[block].origins.get(instance) else {
            return;
        };
        let point = point.index() as u32;
        if first {
            for ended in self.watches.end(point) {
                if let Some(sent) = ended.sent {
                    self.queue.remove(sent);
                }
                self.set_active(block, instance, ended.condition as usize, 0.0);
            }
        }
        self.watches.begin(Watching {
            point,
            block: block as u32,
            condition: condition as u32,
            flag,
            above: value >= -EPSILON,
            sent: None,
            last: (value, self.values.t_ms),
            rearm: 0.0,
        });
        self.set_active(block, instance, condition, 1.0);
    }

    /// Looks at all conditions that are watched, or at those of one cell.
    pub(super) fn check_watches(&mut self, cell: Option<usize>) -> Result<(), RunError> {
        for (number, value) in self.watched_values(cell)? {
            let Some(watching) = self.watches.get_mut(number) else {
                continue;
            };
            let begins = value > 0.0 && !watching.above;
            watching.above = value > 0.0;
            if begins {
                let t_ms = self.values.t_ms;
                self.send_watch(number, t_ms);
            }
        }
        Ok(())
    }

    /// The same by interpolation within the last step of an integration (`condition_order` 2).
    pub(super) fn cross_watches(
        &mut self,
        cell: Option<usize>,
        begun_anew: bool,
    ) -> Result<(), RunError> {
        let t_ms = self.values.t_ms;
        for (number, value) in self.watched_values(cell)? {
            let Some(watching) = self.watches.get_mut(number) else {
                continue;
            };
            if let Some(event) = watching.sent.take()
                && self.queue.remove(event)
            {
                self.queue.statistics.crossings_abandoned += 1;
                (watching.above, watching.rearm) = (false, 0.0);
            }
            let (before, before_ms) = std::mem::replace(&mut watching.last, (value, t_ms));
            if !watching.above && value >= 0.0 {
                watching.above = true;
                let part = -before / (value - before);
                let crosses = !begun_anew && (0.0..=1.0).contains(&part);
                watching.rearm = if crosses { before } else { 0.0 };
                let time_ms = match crosses {
                    true => part * t_ms + (1.0 - part) * before_ms,
                    false => t_ms,
                };
                self.send_watch(number, time_ms);
            } else if watching.above && before < watching.rearm && value < watching.rearm {
                watching.above = false;
            }
        }
        Ok(())
    }

    fn send_watch(&mut self, number: u64, time_ms: f64) {
        let Some(&mut Watching { point, flag, .. }) = self.watches.get_mut(number) else {
            return;
        };
        self.queue.statistics.watches_sent += 1;
        let event = Event::Watch {
            point,
            flag,
            number,
        };
        let sent = self.enqueue(time_ms, event);
        if let Some(watching) = self.watches.get_mut(number) {
            watching.sent = Some(sent);
        }
    }

    /// What is watched, in the order in which it began, with the present value of each.
    fn watched_values(&mut self, cell: Option<usize>) -> Result<Vec<(u64, f64)>, RunError> {
        if self.watches.is_empty() {
            return Ok(Vec::new());
        }
        let nodes = cell.map(|cell| self.parts[cell].nodes.clone());
        let is_there = |block: u32, blocks: &[Block]| {
            let node = blocks[block as usize].node.first().copied();
            let nodes = nodes.as_ref();
            nodes.is_none_or(|nodes| node.is_some_and(|node| nodes.contains(&(node as usize))))
        };
        let blocks = self.watches.blocks();
        let blocks: Vec<u32> = blocks.filter(|&b| is_there(b, &self.blocks)).collect();
        for block in blocks {
            self.run_block(block as usize, |kernels| kernels.watch)?;
        }
        let value = |(number, watching): (u64, &Watching)| {
            let block = watching.block as usize;
            if !is_there(watching.block, &self.blocks) {
                return None;
            }
            let watch = self.watch(block, watching.condition as usize)?;
            let (_, instance) = self.points[watching.point as usize]?;
            let block = &self.blocks[block];
            Some((
                number,
                block.data[watch.value * block.stride + instance as usize],
            ))
        };
        Ok(self.watches.iter().filter_map(value).collect())
    }

    fn set_active(&mut self, block: usize, instance: usize, condition: usize, value: f64) {
        let Some(&Watch { active, .. }) = self.watch(block, condition) else {
            return;
        };
        let block = &mut self.blocks[block];
        block.data[active * block.stride + instance] = value;
    }

    fn watch(&self, block: usize, condition: usize) -> Option<&Watch> {
        let mechanism = self.blocks[block].mechanism;
        let description = self.shared[mechanism].compiled.description();
        let receive = description.net_receive.as_ref()?;
        receive.watches.get(condition)
    }
}

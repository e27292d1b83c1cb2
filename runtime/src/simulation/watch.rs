//! WATCH conditions under the fixed step, with NEURON's semantics: they are looked at once in each
//! step, with the thresholds, and one that begins to hold sends an event for the time at which the
//! step begins.

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
        });
        self.set_active(block, instance, condition, 1.0);
    }

    /// Looks at all conditions that are watched, or at those of one cell.
    pub(super) fn check_watches(&mut self, cell: Option<usize>) -> Result<(), RunError> {
        if self.watches.is_empty() {
            return Ok(());
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
        let mut begun = Vec::new();
        for (number, watching) in self.watches.iter_mut() {
            if !is_there(watching.block, &self.blocks) {
                continue;
            }
            let block = &self.blocks[watching.block as usize];
            let description = self.shared[block.mechanism].compiled.description();
            let receive = description.net_receive.as_ref();
            let Some(watch) = receive.and_then(|r| r.watches.get(watching.condition as usize))
            else {
                continue;
            };
            let Some((_, instance)) = self.points[watching.point as usize] else {
                continue;
            };
            let instance = instance as usize;
            let at = watch.value * block.stride + instance;
            let above = block.data[at] > 0.0;
            if above && !watching.above {
                let event = Event::Watch {
                    point: watching.point,
                    flag: watching.flag,
                    number,
                };
                begun.push((number, event));
            }
            watching.above = above;
        }
        for (number, event) in begun {
            self.queue.statistics.watches_sent += 1;
            let sent = self.enqueue(self.values.t_ms, event);
            if let Some(watching) = self.watches.get_mut(number) {
                watching.sent = Some(sent);
            }
        }
        Ok(())
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

//! Events: thresholds, delivery, and what mechanisms asked for.

use nmodl::abi::Kernel;

use crate::error::RunError;
use crate::event::Event;
use crate::id::NetConId;
use crate::kernel::{Call, Request};
use crate::record::Sampling;

use super::Simulation;

/// A spike found by threshold at time t carries this much more, as NEURON's.
const THRESHOLD_DELAY_MS: f64 = 1e-10;

impl Simulation {
    /// Puts an event for a NetCon's target in the queue, at `time_ms` without the delay
    /// (NEURON's `NetCon.event`).
    ///
    /// # Errors
    ///
    /// A time that has passed; an id of another model, or a NetCon without a target.
    pub fn send_event(&mut self, netcon: NetConId, time_ms: f64) -> Result<(), RunError> {
        let connection = self.network.connections.get(netcon.index());
        if connection.is_none_or(|c| c.target.is_none()) {
            return Err(RunError::Order(
                "the NetCon has no target to send an event to",
            ));
        }
        self.check_time("NetCon", time_ms, || format!("NetCon {}", netcon.index()))?;
        self.queue.push(time_ms, Event::NetCon(netcon.0));
        Ok(())
    }

    fn check_time(
        &self,
        service: &'static str,
        event_ms: f64,
        place: impl FnOnce() -> String,
    ) -> Result<(), RunError> {
        let time_ms = self.values.t_ms;
        if event_ms >= time_ms && event_ms.is_finite() {
            return Ok(());
        }
        Err(RunError::EventTime {
            time_ms,
            place: place(),
            service,
            event_ms,
        })
    }

    /// Finds the sources whose variable has risen above its threshold.
    pub(super) fn check_thresholds(&mut self) {
        for i in 0..self.network.thresholds.len() {
            let watched = &self.network.thresholds[i];
            let above = self.read(watched.variable) - watched.threshold > 0.0;
            let fires = above && !watched.above;
            let sender = watched.sender;
            self.network.thresholds[i].above = above;
            if fires {
                self.fire(sender, self.values.t_ms + THRESHOLD_DELAY_MS);
            }
        }
    }

    /// A source fires: its NetCons send.
    fn fire(&mut self, sender: u32, time_ms: f64) {
        let sender = &mut self.network.senders[sender as usize];
        if let Some(times) = &mut sender.times_ms {
            times.push(time_ms);
        }
        for &netcon in &sender.netcons {
            let connection = &self.network.connections[netcon as usize];
            if connection.active && connection.target.is_some() {
                self.queue
                    .push(time_ms + connection.delay_ms, Event::NetCon(netcon));
            }
        }
    }

    /// Delivers all events up to a time; t is then as before.
    pub(super) fn deliver_until(&mut self, until_ms: f64) -> Result<(), RunError> {
        let t_ms = self.values.t_ms;
        while let Some((time_ms, event)) = self.queue.pop_until(until_ms) {
            self.values.t_ms = time_ms;
            let result = self.deliver(time_ms, event);
            self.values.t_ms = t_ms;
            result?;
        }
        Ok(())
    }

    fn deliver(&mut self, time_ms: f64, event: Event) -> Result<(), RunError> {
        match event {
            Event::NetCon(netcon) => {
                let connection = &self.network.connections[netcon as usize];
                match connection.target {
                    Some((block, instance)) => {
                        let weights = connection.weights;
                        self.receive(block, instance, Some(weights), 0.0)
                    }
                    None => Ok(()),
                }
            }
            Event::ToSelf {
                block,
                instance,
                flag,
                weights,
            } => self.receive(block, instance, weights, flag),
            Event::Sample(number) => {
                let value = self.read(self.recordings[number as usize].variable);
                let recording = &mut self.recordings[number as usize];
                recording.points.push(value);
                if let Sampling::Interval(interval_ms) = recording.sampling {
                    self.queue.push(time_ms + interval_ms, event);
                }
                Ok(())
            }
        }
    }

    fn receive(
        &mut self,
        block: u32,
        instance: u32,
        weights: Option<(u32, u32)>,
        flag: f64,
    ) -> Result<(), RunError> {
        let mechanism = self.blocks[block as usize].mechanism;
        match self.shared[mechanism].compiled.kernels().net_receive {
            Some(kernel) => self.call_instance(kernel, block, instance, weights, flag),
            None => Ok(()),
        }
    }

    /// Calls a kernel for one instance and does what it asked for.
    pub(super) fn call_instance(
        &mut self,
        kernel: Kernel,
        block: u32,
        instance: u32,
        weights: Option<(u32, u32)>,
        flag: f64,
    ) -> Result<(), RunError> {
        let number = block as usize;
        let mechanism = self.blocks[number].mechanism;
        let args = match weights {
            Some((first, len)) => &mut self.network.weights[first as usize..(first + len) as usize],
            None => {
                self.no_weights.fill(0.0);
                &mut self.no_weights[..]
            }
        };
        let mut call = Call {
            block: &mut self.blocks[number],
            shared: &mut self.shared[mechanism],
            tree: &mut self.tree,
            ions: &mut self.ions,
            values: &self.values,
            services: &mut self.services,
        };
        let instance = instance as usize;
        let result = call.run(kernel, instance..instance + 1, args, flag);
        result.map_err(|failed| self.failure(number, failed))?;
        self.serve(number, weights)
    }

    /// Does what the last kernel asked for.
    pub(super) fn serve(
        &mut self,
        block: usize,
        weights: Option<(u32, u32)>,
    ) -> Result<(), RunError> {
        if !self.services.messages.is_empty() {
            self.flush_messages();
        }
        if self.services.requests.is_empty() {
            return Ok(());
        }
        let mut requests = std::mem::take(&mut self.services.requests);
        let result = requests
            .iter()
            .try_for_each(|&request| self.obey(block, weights, request));
        requests.clear();
        self.services.requests = requests;
        result
    }

    fn obey(
        &mut self,
        block: usize,
        weights: Option<(u32, u32)>,
        request: Request,
    ) -> Result<(), RunError> {
        match request {
            Request::Send {
                instance,
                delay_ms,
                flag,
            } => {
                let time_ms = self.values.t_ms + delay_ms;
                self.check_time("net_send", time_ms, || {
                    self.describe_instance(block, instance)
                })?;
                let event = Event::ToSelf {
                    block: block as u32,
                    instance: instance as u32,
                    flag,
                    weights,
                };
                let id = self.queue.push(time_ms, event);
                if flag == 1.0
                    && let Some(movable) = self.blocks[block].movable.get_mut(instance)
                {
                    *movable = Some(id);
                }
            }
            Request::Event { instance, time_ms } => {
                self.check_time("net_event", time_ms, || {
                    self.describe_instance(block, instance)
                })?;
                if let Some(&Some(sender)) = self.blocks[block].source.get(instance) {
                    self.fire(sender, time_ms);
                }
            }
            Request::Move { instance, time_ms } => {
                self.check_time("net_move", time_ms, || {
                    self.describe_instance(block, instance)
                })?;
                let movable = self.blocks[block].movable.get(instance).copied().flatten();
                let moved = movable.and_then(|id| self.queue.move_to(id, time_ms));
                match moved {
                    Some(id) => self.blocks[block].movable[instance] = Some(id),
                    None => {
                        return Err(RunError::NothingToMove {
                            time_ms: self.values.t_ms,
                            place: self.describe_instance(block, instance),
                        });
                    }
                }
            }
        }
        Ok(())
    }
}

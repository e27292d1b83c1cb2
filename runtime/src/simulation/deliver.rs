//! Events: thresholds, delivery, and what mechanisms asked for.

use nmodl::abi::Kernel;
use nmodl::mechanism::Kind;

use crate::error::RunError;
use crate::event::{Event, Turn};
use crate::id::{NetConId, PointProcessId};
use crate::instance::Origin;
use crate::kernel::{Call, Request};

use super::netcon::Watched;
use super::progress::{Stage, Work};
use super::{CallbackId, Simulation};

/// A spike found by threshold at time t carries this much more, as NEURON's.
const THRESHOLD_DELAY_MS: f64 = 1e-10;

impl Simulation {
    /// Puts an event for a NetCon's target in the queue, at `time_ms` without the delay
    /// (NEURON's `NetCon.event`). With a `flag` other than 0 it arrives as a self event does. False if
    /// nothing is sent, because the NetCon is not active, has no target or is gone.
    ///
    /// # Errors
    ///
    /// A time that has passed.
    pub fn send_event(
        &mut self,
        netcon: NetConId,
        time_ms: f64,
        flag: f64,
    ) -> Result<bool, RunError> {
        let connection = self.model.network.connection(netcon.0);
        let ready = connection.filter(|c| c.active);
        let Some(target) = ready.and_then(|c| c.target) else {
            return Ok(false);
        };
        self.check_time("NetCon", time_ms, || format!("NetCon {}", netcon.index()))?;
        let event = match flag {
            0.0 => Event::NetCon(netcon.0),
            flag => {
                self.queue.statistics.self_sent += 1;
                Event::ToSelf {
                    point: target.0,
                    flag,
                    netcon: Some(netcon.0),
                }
            }
        };
        self.enqueue(time_ms, event);
        Ok(true)
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

    /// Sends the caller an event: its turn comes at the end of the step that reaches `time_ms`
    /// (NEURON's `CVode.event`). An event in the past is none. One at a multiple of dt is sent a
    /// quarter of dt earlier. Returns the time for which it is kept.
    ///
    /// # Errors
    ///
    /// A time that is not finite.
    pub fn send_call(&mut self, time_ms: f64, callback: CallbackId) -> Result<f64, RunError> {
        self.push_call(time_ms, callback, Turn::End)
    }

    /// The same, but its turn is when events of that time are delivered, before the
    /// currents and states of the step are computed, and t is then `time_ms` (`CVode.event` with a
    /// point process). With `reinitialize` the integrator begins anew after it: the caller changes
    /// states or parameters. If cells have steps of their own, that of the point process is then at
    /// this time, and its integrator is meant.
    ///
    /// # Errors
    ///
    /// A time that is not finite.
    pub fn send_call_at_once(
        &mut self,
        time_ms: f64,
        callback: CallbackId,
        point: Option<PointProcessId>,
        reinitialize: bool,
    ) -> Result<f64, RunError> {
        let turn = match reinitialize {
            true => Turn::Anew(point.map(|p| p.0)),
            false => Turn::Among(point.map(|p| p.0)),
        };
        self.push_call(time_ms, callback, turn)
    }

    fn push_call(
        &mut self,
        time_ms: f64,
        callback: CallbackId,
        turn: Turn,
    ) -> Result<f64, RunError> {
        // As NEURON: an event at the end of a step does not miss it by roundoff.
        let steps = time_ms / self.values.dt_ms;
        let fixed = self.variable_step.is_none();
        let time_ms = if fixed && steps > 1.0 && ((steps + 1e-6).floor() - steps).abs() < 1e-6 {
            time_ms - self.values.dt_ms / 4.0
        } else {
            time_ms
        };
        if time_ms < self.values.t_ms {
            return Ok(time_ms);
        }
        self.check_time("event", time_ms, || "the caller".to_owned())?;
        self.queue.statistics.calls_sent += 1;
        self.enqueue(time_ms, Event::Call { callback, turn });
        Ok(time_ms)
    }

    /// Finds the sources whose variable has risen above its threshold, from number `first` on, up
    /// to the first that the caller wants to know of. Returns the number of the next one. Only those
    /// in `own` are looked at if that is given; numbers are then positions there. What stands in `seen`
    /// is the value that counts.
    pub(super) fn check_thresholds(
        &mut self,
        first: usize,
        own: Option<&[u32]>,
        seen: &[Option<f64>],
    ) -> usize {
        let count = own.map_or(self.watched.len(), <[u32]>::len);
        for i in first..count {
            let number = own.map_or(i, |own| own[i] as usize);
            let Watched { variable, sender } = self.watched[number];
            let seen = seen.get(i).copied().flatten();
            let value = seen.unwrap_or_else(|| self.read(variable));
            let Some(source) = self.model.network.sender_mut(sender) else {
                continue;
            };
            let above = value - source.threshold > 0.0;
            let fires = above && !source.above;
            source.above = above;
            if fires {
                let variable = matches!(self.cursor.stage, Stage::Vary(_));
                let delay_ms = if variable { 0.0 } else { THRESHOLD_DELAY_MS };
                self.fire(sender, self.values.t_ms + delay_ms);
                if !self.cursor.work.is_empty() {
                    return i + 1;
                }
            }
        }
        count
    }

    /// A source fires: the caller knows, then its NetCons send.
    fn fire(&mut self, number: u32, time_ms: f64) {
        let Some(sender) = self.model.network.sender(number) else {
            return;
        };
        for spikes in &sender.spikes {
            spikes.times_ms.lock().push(time_ms);
            if let Some((ids, id)) = &spikes.ids {
                ids.lock().push(*id);
            }
        }
        match sender.callback {
            None => self.send(number, time_ms),
            Some(callback) => {
                let sender = number;
                let work = [
                    Work::Call {
                        callback,
                        time_ms,
                        value: 0.0,
                    },
                    Work::Send { sender, time_ms },
                ];
                self.cursor.work.extend(work);
            }
        }
    }

    /// The NetCons of a source send.
    pub(super) fn send(&mut self, sender: u32, time_ms: f64) {
        self.queue.statistics.spikes += 1;
        let log = &self.model.event_log;
        let noted = log.stored.is_some() || log.debug > 0;
        let (bins, dt_ms) = (log.bins && !self.is_variable_step(), self.values.dt_ms);
        let binned = |time_ms: f64| match bins {
            true => dt_ms * (time_ms / dt_ms + 0.5).floor(),
            false => time_ms,
        };
        let shared = self.model.network.sender(sender);
        if let Some(shared) = shared.filter(|sender| sender.shares_delay) {
            let time_ms = binned(time_ms + shared.shared_delay_ms);
            self.queue.statistics.fans_sent += 1;
            self.enqueue(time_ms, Event::Fan(sender));
            return;
        }
        let mut to_note = Vec::new();
        for (netcon, connection) in self.model.network.netcons_of(sender) {
            if !connection.active || connection.target.is_none() {
                self.queue.statistics.netcons_withheld += 1;
                continue;
            }
            self.queue.statistics.netcons_sent += 1;
            let time_ms = binned(time_ms + connection.delay_ms);
            let event = Event::NetCon(netcon);
            if noted {
                to_note.push((time_ms, event));
            } else {
                self.queue.push(time_ms, event);
            }
        }
        for (time_ms, event) in to_note {
            self.enqueue(time_ms, event);
        }
    }

    /// Delivers all events up to a time, or until the caller has something to do first. True if
    /// all are delivered; t is then as before.
    pub(super) fn deliver_until(&mut self, until_ms: f64) -> Result<bool, RunError> {
        let t_ms = self.values.t_ms;
        while let Some((time_ms, event)) = self.queue.pop_until(until_ms) {
            self.values.t_ms = time_ms;
            let result = self.deliver(time_ms, event);
            self.values.t_ms = t_ms;
            result?;
            if !self.cursor.work.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn deliver(&mut self, time_ms: f64, event: Event) -> Result<(), RunError> {
        self.trace_event("deliver", time_ms, event);
        let counts = &mut self.queue.statistics;
        match event {
            Event::NetCon(netcon) => {
                counts.netcons_delivered += 1;
                let connection = self.model.network.connection(netcon);
                match connection.and_then(|c| c.target) {
                    Some(target) => self.receive(target.0, Some(netcon), 0.0),
                    None => Ok(()),
                }
            }
            Event::Fan(sender) => {
                counts.fans_delivered += 1;
                for (netcon, later_ms) in self.model.network.fan(sender) {
                    let counts = &mut self.queue.statistics;
                    if later_ms > 0.0 {
                        counts.fan_netcons_sent += 1;
                        self.enqueue(time_ms + later_ms, Event::NetCon(netcon));
                    } else {
                        counts.fan_netcons += 1;
                        counts.delivered += 1;
                        self.deliver(time_ms, Event::NetCon(netcon))?;
                    }
                }
                Ok(())
            }
            Event::ToSelf {
                point,
                flag,
                netcon,
            } => {
                counts.self_delivered += 1;
                self.receive(point, netcon, flag)
            }
            Event::Watch {
                point,
                flag,
                number,
            } => {
                counts.watches_delivered += 1;
                if let Some(watching) = self.watches.get_mut(number) {
                    watching.sent = None;
                }
                self.receive(point, None, flag)
            }
            Event::Crossing(sender) => {
                counts.crossings_delivered += 1;
                // The caller may look at the cell.
                let sent = self.model.network.sender(sender);
                if sent.is_some_and(|s| s.callback.is_some()) {
                    let watched = self.watched.iter().find(|w| w.sender == sender);
                    let cell = self.own_cell(watched.map(|w| w.variable));
                    if cell.is_some() {
                        self.reach(cell, false)?;
                    }
                }
                self.fire(sender, time_ms);
                Ok(())
            }
            Event::Transition {
                machine,
                transition,
            } => {
                counts.watches_delivered += 1;
                self.make_transition(time_ms, machine as usize, transition as usize)
            }
            Event::Sample(number) => {
                counts.vectors_delivered += 1;
                let variable = self.recorded.get(number as usize).copied().flatten();
                let cell = self.own_cell(variable);
                if cell.is_some() {
                    self.reach(cell, false)?;
                }
                self.take_sample(time_ms, number);
                Ok(())
            }
            Event::Play(number) => {
                counts.vectors_delivered += 1;
                self.deliver_play(time_ms, number)
            }
            Event::Call { callback, turn } => {
                counts.calls_delivered += 1;
                let (Turn::Among(point) | Turn::Anew(point)) = turn else {
                    self.reach(None, false)?;
                    self.cursor.at_end.push_back(callback);
                    return Ok(());
                };
                let place = point.map(|point| self.points[point as usize]);
                // Nothing is reached if the point process is gone.
                if place != Some(None) {
                    let cell = place.flatten();
                    let cell = cell.and_then(|(block, _)| self.cell_of_block(block as usize));
                    self.reach(cell, turn == Turn::Anew(point))?;
                }
                self.cursor.work.push_back(Work::Call {
                    callback,
                    time_ms,
                    value: 0.0,
                });
                Ok(())
            }
        }
    }

    /// Delivers to a point process; nothing happens if it has no place any more.
    fn receive(&mut self, point: u32, netcon: Option<u32>, flag: f64) -> Result<(), RunError> {
        let Some((block, _)) = self.points[point as usize] else {
            return Ok(());
        };
        let mechanism = self.blocks[block as usize].mechanism;
        let compiled = &self.shared[mechanism].compiled;
        let (kind, kernel) = (compiled.description().kind, compiled.kernels().net_receive);
        if kind != Kind::ArtificialCell {
            let cell = self.cell_of_block(block as usize);
            self.reach(cell, true)?;
        }
        match kernel {
            Some(kernel) => self.call_point(kernel, point, netcon, flag),
            None => Ok(()),
        }
    }

    /// Calls a kernel for one point process and does what it asked for.
    pub(super) fn call_point(
        &mut self,
        kernel: Kernel,
        point: u32,
        netcon: Option<u32>,
        flag: f64,
    ) -> Result<(), RunError> {
        let Some((block, instance)) = self.points[point as usize] else {
            return Ok(());
        };
        let number = block as usize;
        self.find_addresses(number, instance as usize..instance as usize + 1);
        let mechanism = self.blocks[number].mechanism;
        let receive = &self.shared[mechanism].compiled.description().net_receive;
        let wanted = receive.as_ref().map_or(0, |r| r.arguments.len());
        let network = &mut self.model.network;
        let event = network.arguments(point, wanted, netcon, flag);
        let shared = &mut self.shared[mechanism];
        let (description, nodes) = (shared.compiled.description(), &self.blocks[number].node);
        let circuit = self.circuit.as_mut();
        let v_mv = circuit.and_then(|c| c.electrode(description, nodes, &self.tree.v_mv));
        let mut call = Call {
            v_mv,
            block: &mut self.blocks[number],
            shared,
            tree: &mut self.tree,
            ions: &mut self.ions,
            values: &mut self.values,
            services: &mut self.services,
        };
        let instance = instance as usize;
        let result = call.run(kernel, instance..instance + 1, event);
        result.map_err(|failed| self.failure(number, failed))?;
        self.serve(number, netcon)
    }

    /// Does what the last kernel asked for, or has it wait if the caller comes first.
    pub(super) fn serve(&mut self, block: usize, netcon: Option<u32>) -> Result<(), RunError> {
        if !self.services.messages.is_empty() {
            self.flush_messages();
        }
        if self.services.requests.is_empty() {
            return Ok(());
        }
        let mut requests = std::mem::take(&mut self.services.requests);
        let result = requests.iter().try_for_each(|&request| {
            if self.cursor.work.is_empty() {
                return self.obey(block, netcon, request);
            }
            self.cursor.work.push_back(Work::Request {
                block: block as u32,
                netcon,
                request,
                time_ms: self.values.t_ms,
            });
            Ok(())
        });
        requests.clear();
        self.services.requests = requests;
        result
    }

    /// Does what an instance asked for. Only point processes and artificial cells have events.
    pub(super) fn obey(
        &mut self,
        block: usize,
        netcon: Option<u32>,
        request: Request,
    ) -> Result<(), RunError> {
        let point = |instance: usize| match self.blocks[block].origins.get(instance) {
            Some(&Origin::Point(point)) => Some(point.index()),
            _ => None,
        };
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
                let Some(point) = point(instance) else {
                    return Ok(());
                };
                let event = Event::ToSelf {
                    point: point as u32,
                    flag,
                    netcon,
                };
                self.queue.statistics.self_sent += 1;
                let id = self.enqueue(time_ms, event);
                if flag == 1.0 {
                    self.movable[point] = Some(id);
                }
            }
            Request::Watch(watch) => self.begin_watch(block, watch),
            Request::Event { instance, time_ms } => {
                self.check_time("net_event", time_ms, || {
                    self.describe_instance(block, instance)
                })?;
                self.queue.statistics.net_events += 1;
                let network = &self.model.network;
                if let Some(sender) = point(instance).and_then(|p| network.sender_of(p as u32)) {
                    self.fire(sender, time_ms);
                }
            }
            Request::Move { instance, time_ms } => {
                self.check_time("net_move", time_ms, || {
                    self.describe_instance(block, instance)
                })?;
                let point = point(instance);
                let movable = point.and_then(|p| self.movable[p]);
                let moved = movable.and_then(|id| self.queue.move_to(id, time_ms));
                match (point, moved) {
                    (Some(point), Some(id)) => {
                        self.queue.statistics.self_moved += 1;
                        self.movable[point] = Some(id);
                    }
                    _ => {
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

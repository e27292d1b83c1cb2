//! Initialization, in NEURON's order.

use crate::error::RunError;
use crate::event::Event;
use crate::record::Sampling;

use super::Simulation;

impl Simulation {
    /// NEURON's `finitialize`, in its order:
    ///
    /// 1. t = 0; no events; tables
    /// 2. v everywhere `v_mv` (or as it is, for `None`)
    /// 3. concentrations and reversal potentials of ions, as their styles say
    /// 4. INITIAL blocks: mechanisms that write concentrations first, artificial cells last
    /// 5. INITIAL blocks of NET_RECEIVE, for each NetCon
    /// 6. events at t = 0
    /// 7. currents
    /// 8. first points of the recordings
    ///
    /// # Errors
    ///
    /// A kernel that fails; an event at an impossible time.
    pub fn initialize(&mut self, v_mv: Option<f64>) -> Result<(), RunError> {
        self.initialized = false;
        self.stepped = false;
        self.values.t_ms = 0.0;
        self.queue.clear();
        self.blocks.iter_mut().for_each(|b| b.movable.fill(None));
        self.network
            .senders
            .iter_mut()
            .filter_map(|s| s.times_ms.as_mut())
            .for_each(Vec::clear);
        self.recordings.iter_mut().for_each(|r| r.points.clear());
        self.update_tables()?;

        if let Some(v_mv) = v_mv {
            self.tree.v_mv.fill(v_mv);
        }
        self.initialize_ions();
        for i in 0..self.order.len() {
            self.initialize_block(self.order[i])?;
        }
        for i in 0..self.artificial.len() {
            self.initialize_block(self.artificial[i])?;
        }
        self.initialize_network()?;
        self.deliver_until(0.0)?;

        self.update_diagonal();
        (0..self.parts.len()).try_for_each(|part| self.assemble(part))?;
        for number in 0..self.recordings.len() {
            if matches!(self.recordings[number].sampling, Sampling::Interval(_)) {
                self.queue.push(0.0, Event::Sample(number as u32));
            }
        }
        self.record_step();
        self.deliver_until(0.0)?;
        self.flush_messages();
        self.initialized = true;
        Ok(())
    }

    fn initialize_ions(&mut self) {
        let celsius = self.values.celsius;
        for (columns, ion) in self.ions.iter_mut().zip(&self.model.ions) {
            let [ci, co] = ion.initial_mm;
            for i in 0..columns.initialize_concentration.len() {
                let node = columns.initialize_concentration[i] as usize;
                columns.ci_mm[node] = ci;
                columns.co_mm[node] = co;
            }
            for node in 0..columns.initialize_reversal.len() {
                if columns.initialize_reversal[node] {
                    columns.nernst(node, celsius);
                }
            }
        }
    }

    /// INITIAL of a block, and then the reversal potentials of the ions that it wrote.
    fn initialize_block(&mut self, block: usize) -> Result<(), RunError> {
        let mechanism = self.blocks[block].mechanism;
        if let Some(kernel) = self.shared[mechanism].compiled.kernels().initial {
            let result = self.call_of(block).run_all(kernel);
            result.map_err(|failed| self.failure(block, failed))?;
            self.serve(block, None)?;
        }
        let (block, shared) = (&self.blocks[block], &self.shared[mechanism]);
        for (ion_use, id) in shared.compiled.description().ions.iter().zip(&shared.ions) {
            if ion_use.write.ci || ion_use.write.co {
                let columns = &mut self.ions[id.index()];
                for &node in &block.node[..block.count] {
                    if columns.initialize_reversal[node as usize] {
                        columns.nernst(node as usize, self.values.celsius);
                    }
                }
            }
        }
        Ok(())
    }

    /// Thresholds forget that they were crossed; weights but the first get their initial values.
    fn initialize_network(&mut self) -> Result<(), RunError> {
        self.network
            .thresholds
            .iter_mut()
            .for_each(|t| t.above = false);
        for netcon in 0..self.network.connections.len() {
            let connection = &self.network.connections[netcon];
            let (first, len) = connection.weights;
            let Some((block, instance)) = connection.target else {
                continue;
            };
            let mechanism = self.blocks[block as usize].mechanism;
            match self.shared[mechanism].compiled.kernels().net_initial {
                Some(kernel) => {
                    self.call_instance(kernel, block, instance, Some((first, len)), 0.0)?;
                }
                None => {
                    let weights = &mut self.network.weights[first as usize..(first + len) as usize];
                    weights.iter_mut().skip(1).for_each(|w| *w = 0.0);
                }
            }
        }
        Ok(())
    }
}

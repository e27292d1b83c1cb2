//! The differential-algebraic equations that IDA solves: all equations of the circuit, those without
//! capacitance included, and the states of mechanisms.
//!
//! F(t, y, y') = C·y' − f(t, y). The unknowns are the potentials inside of all nodes, those of layers
//! and the caller's own; then the states. Newton's equations are solved apart for the circuit, as one
//! sparse matrix, and for the states of each instance, as with CVODE.

use crate::circuit::CableMatrix;
use crate::error::RunError;
use crate::kernel::AtTimes;
use crate::sundials::{Ida, Solver, Tolerances};

use super::super::{Hook, Simulation};
use super::equations::Before;
use super::fault::{Suspect, cannot_begin};
use super::integration::{FAR_MS, Integration};
use super::same_time_ms;

/// How long, and with which rate, the residual of an initialization that failed is taken off.
const PARASITIC_MS: f64 = 1e-6;
const PARASITIC_PER_MS: f64 = 1e7;

/// The residual at a beginning, which is taken off for a while, and the time of that.
pub(super) type Parasitic = (f64, Vec<f64>);

impl Simulation {
    /// F at a time, with values and rates. The model has that time and these values afterwards.
    pub(super) fn evaluate_residual(
        &mut self,
        integration: &mut Integration,
        t_ms: f64,
        y: &[f64],
        dydt: &[f64],
        r: &mut [f64],
    ) -> Result<(), RunError> {
        integration.statistics.evaluations += 1;
        self.values.t_ms = t_ms;
        self.values.dt_ms = integration.dt_at(t_ms);
        self.play_continuously(t_ms, None)?;
        integration.equations.scatter(self, y);
        let states = integration.equations.blocks.iter();
        for states in states.filter(|s| s.assigns_concentration) {
            self.run_kernel(states.block, states.derivatives)?;
        }
        self.turn(integration, Hook::Scattered)?;
        self.make_transfers()?;
        let mut next = 0;
        while let Some((at, callback)) = self.next_callable(next) {
            self.hand_over(integration, Hook::Scattered, callback)?;
            next = at + 1;
        }
        self.assemble_currents(integration)?;

        let circuit_size = integration.equations.nodes.len() + integration.equations.further;
        let (rates, of_states) = dydt.split_at(circuit_size);
        if let Some(mut circuit) = self.circuit.take() {
            if let Some(layers) = &mut circuit.extracellular {
                layers.take_parameters(&self.model, &self.layout, &self.tree, &self.blocks);
            }
            circuit.take_potentials(&self.model, &self.tree.v_mv);
            let outward = self.membrane.as_ref().map_or(&[][..], |m| m.outward());
            circuit.load(&self.model, &self.tree.rhs, outward);
            let (tree, membrane) = (&mut self.tree, &mut self.membrane);
            circuit.subtract_rates(&self.model, &tree.cm_uf_per_cm2, rates, |node, taken| {
                // The change of v, per ms: what i_cap is computed from.
                let cm = tree.cm_uf_per_cm2[node];
                tree.rhs[node] = if cm > 0.0 { taken / (0.001 * cm) } else { 0.0 };
                if let Some(membrane) = membrane {
                    let density = membrane.outward()[node] + taken;
                    membrane.current_na[node] = density * tree.area_um2[node] * 0.01;
                }
            });
            for (r, flow) in r.iter_mut().zip(circuit.solution()) {
                *r = -flow;
            }
            if let (Some(layers), Some(membrane)) = (&circuit.extracellular, &self.membrane) {
                layers.keep_membrane(
                    &mut self.blocks,
                    membrane.conductances(),
                    membrane.outward(),
                );
                let area = &self.tree.area_um2;
                layers.set_membrane_currents(&mut self.blocks, |node| {
                    membrane.current_na[node] / (0.01 * area[node])
                });
            }
            self.circuit = Some(circuit);
        }
        for states in &integration.equations.blocks {
            if !states.computed_before_currents {
                self.run_kernel(states.block, states.derivatives)?;
            }
            states.load(self, r);
            self.add_diffusion(states, y, r)?;
        }
        for (r, rate) in r[circuit_size..].iter_mut().zip(of_states) {
            *r = rate - *r;
        }
        if let Some((from_ms, residual)) = &integration.parasitic
            && t_ms - from_ms < PARASITIC_MS
        {
            let part = (PARASITIC_PER_MS * (from_ms - t_ms)).exp();
            for (r, of_beginning) in r.iter_mut().zip(residual) {
                *r -= part * of_beginning;
            }
        }
        self.last_cj = 1.0;
        self.stepped = true;
        self.run_all_of(&integration.order, |kernels| kernels.after_solve)
    }

    /// Solves (C·cj − ∂f/∂y)·x = b in place, with the matrix of the last evaluation and the present cj, as
    /// NEURON does: a Jacobian of an earlier step would have other iterations, and other steps.
    pub(super) fn solve_dae(
        &mut self,
        integration: &mut Integration,
        cj_per_ms: f64,
        b: &mut [f64],
    ) -> Result<(), RunError> {
        integration.statistics.solves += 1;
        let circuit_size = integration.equations.nodes.len() + integration.equations.further;
        let Some(mut circuit) = self.circuit.take() else {
            return Ok(());
        };
        if integration.gamma_ms != cj_per_ms {
            integration.gamma_ms = cj_per_ms;
            self.tree.set_diagonal(cj_per_ms);
            integration.diagonal.copy_from_slice(&self.tree.d_fixed);
            self.tree.d_fixed.fill(0.0);
        }
        let entries = integration.diagonal.iter().zip(&integration.conductance);
        for (d, (fixed, conductance)) in self.tree.d.iter_mut().zip(entries) {
            *d = fixed + conductance;
        }
        let mut membrane = Vec::new();
        if let Some(separated) = &self.membrane {
            let cm = self.tree.cm_uf_per_cm2.iter();
            let both = separated.conductances().iter().zip(cm);
            membrane.extend(both.map(|(g, cm)| g + 0.001 * cj_per_ms * cm));
        }
        circuit.fill(
            &self.model,
            CableMatrix {
                d: &self.tree.d,
                a: &self.tree.a,
                b: &self.tree.b,
                membrane: &membrane,
                cj_per_ms,
            },
        );
        let factored = circuit.factor();
        if factored.is_ok() {
            circuit.solve_for(&mut b[..circuit_size]);
        }
        let factored = factored.map_err(|singular| self.unsolved(&circuit, &singular));
        self.circuit = Some(circuit);
        factored?;
        let gamma_ms = 1.0 / cj_per_ms;
        let dt_ms = std::mem::replace(&mut self.values.dt_ms, gamma_ms);
        let solved = integration.equations.blocks.iter().try_for_each(|states| {
            states.store(self, b);
            self.run_kernel(states.block, states.solve)?;
            states.load_solution(self, b);
            self.solve_diffusion(states, gamma_ms, b);
            Ok(())
        });
        self.values.dt_ms = dt_ms;
        // The kernels solve (1 − γ·J)·x = b.
        b[circuit_size..].iter_mut().for_each(|x| *x *= gamma_ms);
        solved
    }

    /// The model at IDA's time, values and rates.
    pub(super) fn show_dae(&mut self, integration: &mut Integration) -> Result<(), RunError> {
        let (y, dydt) = (integration.y.clone(), integration.dydt.clone());
        let mut r = vec![0.0; y.len()];
        self.evaluate_residual(integration, integration.t_ms, &y, &dydt, &mut r)
    }

    /// IDA begins with the states that the model has: potentials that fit together come from short
    /// implicit steps, as `CVode.dae_init_dteps` says.
    pub(super) fn begin_dae(
        &mut self,
        integration: &mut Integration,
        t_ms: f64,
    ) -> Result<(), RunError> {
        self.services.at_times = AtTimes::Beginning {
            t_ms,
            next_ms: t_ms + FAR_MS,
        };
        let found = self.find_consistent(integration, t_ms);
        let begun = std::mem::replace(&mut self.services.at_times, AtTimes::Integrating);
        found?;
        if let AtTimes::Beginning { next_ms, .. } = begun {
            integration.stop_ms = next_ms - same_time_ms(next_ms);
        }
        integration.measure(None);
        let (y, dydt) = (&integration.y, &integration.dydt);
        let started = match &mut integration.integrator {
            Some(Solver::Dae(solver)) => solver.reinitialize(t_ms, y, dydt),
            _ => {
                let settings = &integration.settings;
                let absolute = self.absolute_tolerances(integration);
                let tolerances = Tolerances {
                    relative: settings.rtol,
                    absolute: &absolute,
                    max_order: settings.highest_order(),
                    min_step: 0.0,
                    max_step: settings.maxstep_ms,
                    long_sums: settings.use_long_double,
                };
                Ida::new(t_ms, y, dydt, tolerances)
                    .map(|new| integration.integrator = Some(Solver::Dae(new)))
            }
        };
        started.map_err(|fault| cannot_begin(t_ms, fault))
    }

    /// Values and rates for which F is 0 within the tolerances.
    fn find_consistent(
        &mut self,
        integration: &mut Integration,
        t_ms: f64,
    ) -> Result<(), RunError> {
        let settings = std::sync::Arc::clone(&integration.settings);
        let (dteps_ms, style) = (settings.dae_init_dteps_ms, settings.dae_init_style);
        let circuit_size = integration.equations.nodes.len() + integration.equations.further;
        integration.parasitic = None;
        integration.gamma_ms = f64::NAN;
        let mut y = vec![0.0; integration.equations.count];
        let mut dydt = y.clone();
        self.play_continuously(t_ms, None)?;
        self.init_step(integration, t_ms, dteps_ms, true)?;
        self.init_step(integration, t_ms, dteps_ms, true)?;
        integration.equations.gather(self, &mut y);
        if style & 0o10 == 0 {
            let later_ms = t_ms + dteps_ms;
            self.play_continuously(later_ms, None)?;
            let changes = self.init_step(integration, later_ms, dteps_ms, false)?;
            for (rate, change) in dydt.iter_mut().zip(&changes) {
                *rate = change / dteps_ms;
            }
        } else {
            let before = y.clone();
            self.play_continuously(t_ms, None)?;
            self.init_step(integration, t_ms, dteps_ms, true)?;
            integration.equations.gather(self, &mut y);
            for i in 0..circuit_size {
                dydt[i] = (y[i] - before[i]) / dteps_ms;
            }
        }
        self.values.t_ms = t_ms;
        for states in &integration.equations.blocks {
            self.run_kernel(states.block, states.derivatives)?;
            states.load(self, &mut dydt);
            self.add_diffusion(states, &y, &mut dydt)?;
        }
        (integration.y, integration.dydt) = (y.clone(), dydt.clone());
        let mut r = vec![0.0; y.len()];
        self.evaluate_residual(integration, t_ms, &y, &dydt, &mut r)?;

        let absolute = self.absolute_tolerances(integration);
        let weighted = r.iter().zip(&y).zip(&absolute);
        let weighted = weighted.map(|((r, y), a)| (r / (settings.rtol * y.abs() + a)).powi(2));
        let squares: Vec<f64> = weighted.collect();
        let norm = (squares.iter().sum::<f64>() / r.len().max(1) as f64).sqrt();
        // Not a number is no success.
        if norm <= 1.0 {
            return Ok(());
        }
        if !norm.is_finite() {
            let reason = format!("IDA initialization failure, weighted norm of residual={norm}");
            let suspect = Suspect::new(t_ms, &y, &dydt, &r);
            return Err(self.no_derivative(integration, &suspect, t_ms, reason));
        }
        if style & 3 == 0 {
            let mut largest = squares.iter().enumerate();
            let first = largest.next().unwrap_or((0, &0.0));
            let largest = largest.fold(first, |a, b| if b.1 > a.1 { b } else { a });
            let (place, state) = self.name_state(integration, largest.0);
            return Err(RunError::Inconsistent {
                time_ms: t_ms,
                norm,
                place,
                state,
            });
        }
        let warning = format!("IDA initialization warning, weighted norm of residual={norm}\n");
        self.services.messages.push(warning);
        if style & 2 != 0 {
            let text = format!(
                "  subtracting (for next 1e-6 ms): f(y', y, {t_ms})*exp(-1e7*(t-{t_ms}))\n"
            );
            self.services.messages.push(text);
            integration.parasitic = Some((t_ms, r));
        }
        self.flush_messages();
        Ok(())
    }

    /// A short implicit step of the circuit alone; the states of mechanisms stay. Gives the changes of
    /// all unknowns, which the model has only `if wanted`.
    fn init_step(
        &mut self,
        integration: &mut Integration,
        t_ms: f64,
        dt_ms: f64,
        wanted: bool,
    ) -> Result<Vec<f64>, RunError> {
        self.values.t_ms = t_ms;
        self.values.dt_ms = dt_ms;
        let mut next = 0;
        while let Some((at, callback)) = self.next_callable(next) {
            self.hand_over(integration, Hook::Scattered, callback)?;
            next = at + 1;
        }
        self.make_transfers()?;
        let equations = &integration.equations;
        for states in equations.blocks.iter().filter(|s| s.assigns_concentration) {
            self.run_kernel(states.block, states.derivatives)?;
        }
        for (&block, &before) in integration.order.iter().zip(&equations.before_currents) {
            if let Before::Derivatives(kernel) = before {
                self.run_kernel(block, kernel)?;
            }
        }
        let cj_per_ms = 1.0 / dt_ms;
        self.tree.set_diagonal(cj_per_ms);
        self.diagonal_cj = cj_per_ms;
        (0..self.parts.len()).try_for_each(|part| self.assemble(part))?;
        if let Some(membrane) = &mut self.membrane {
            membrane.separate(&self.tree, 0..self.tree.node_count());
        }
        let solved = self.solve_circuit(cj_per_ms);
        self.diagonal_cj = f64::NAN;
        self.tree.d_fixed.fill(0.0);
        solved?;
        let changes = match &self.circuit {
            Some(circuit) => circuit.solution().to_vec(),
            None => Vec::new(),
        };
        if wanted {
            self.advance_circuit(1.0);
        }
        Ok(changes)
    }
}

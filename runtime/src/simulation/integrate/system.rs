//! The differential equations of an integration.
//!
//! C·dv/dt is what flows into a node; the states of mechanisms have the derivatives that their
//! kernels compute. Newton's equations are solved apart for the potentials, as one tree, and for the
//! states of each instance, as in NEURON: how one depends on the other is left out of the Jacobian.

use nmodl::abi::Kernel;

use crate::error::RunError;
use crate::kernel::Arguments;
use crate::sundials::System;

use super::super::{Hook, Simulation};
use super::equations::{Before, BlockStates};
use super::fault::Suspect;
use super::integration::Integration;

/// mA/cm² for µF/cm² and mV/ms.
pub(super) const MILLI: f64 = 0.001;

/// What CVODE works on: the simulation, with the integrator's own things apart.
pub(super) struct Running<'a> {
    pub simulation: &'a mut Simulation,
    pub integration: &'a mut Integration,
}

impl System for Running<'_> {
    fn derivatives(&mut self, t: f64, y: &[f64], dydt: &mut [f64]) -> Result<(), RunError> {
        self.simulation.evaluate(self.integration, t, y, dydt)
    }

    fn solve(&mut self, gamma: f64, b: &mut [f64]) -> Result<(), RunError> {
        self.simulation.solve_linearized(self.integration, gamma, b)
    }

    fn residual(&mut self, t: f64, y: &[f64], dydt: &[f64], r: &mut [f64]) -> Result<(), RunError> {
        self.simulation
            .evaluate_residual(self.integration, t, y, dydt, r)
    }

    fn solve_residual(&mut self, cj: f64, b: &mut [f64]) -> Result<(), RunError> {
        self.simulation.solve_dae(self.integration, cj, b)
    }

    fn not_finite(&mut self, t: f64, y: &[f64], dydt: &[f64], found: &[f64]) {
        self.integration.suspect = Some(Suspect::new(t, y, dydt, found));
    }
}

impl Simulation {
    /// The derivatives at a time and state. The model has that time and state afterwards.
    pub(super) fn evaluate(
        &mut self,
        integration: &mut Integration,
        t_ms: f64,
        y: &[f64],
        dydt: &mut [f64],
    ) -> Result<(), RunError> {
        integration.statistics.evaluations += 1;
        self.values.t_ms = t_ms;
        self.values.dt_ms = integration.dt_at(t_ms);
        let own = integration.own.as_ref().map(|own| &own.played[..]);
        self.play_continuously(t_ms, own)?;
        if self.is_shared(integration) {
            return self.evaluate_on_threads(integration, y, dydt);
        }
        let equations = &integration.equations;
        equations.scatter(self, y);
        for states in equations.blocks.iter().filter(|s| s.assigns_concentration) {
            self.run_kernel(states.block, states.derivatives)?;
        }
        self.turn(integration, Hook::Scattered)?;
        self.find_algebraic_potentials(integration)?;
        self.make_transfers()?;
        self.assemble_currents(integration)?;
        for states in &integration.equations.blocks {
            if !states.computed_before_currents {
                self.run_kernel(states.block, states.derivatives)?;
            }
            states.load(self, dydt);
            self.add_diffusion(states, y, dydt)?;
        }
        for algebraic in &integration.equations.algebraic {
            self.tree.rhs[algebraic.node as usize] = 0.0;
        }
        for (&node, dvdt) in integration.equations.nodes.iter().zip(dydt.iter_mut()) {
            let node = node as usize;
            let rate = self.tree.rhs[node] / (MILLI * self.tree.cm_uf_per_cm2[node]);
            self.tree.rhs[node] = rate;
            *dvdt = rate;
        }
        // What i_cap is computed from: the change of v, per ms.
        self.last_cj = 1.0;
        self.stepped = true;
        self.run_all_of(&integration.order, |kernels| kernels.after_solve)
    }

    /// Currents and conductances into the tree's right-hand side and diagonal.
    pub(super) fn assemble_currents(
        &mut self,
        integration: &mut Integration,
    ) -> Result<(), RunError> {
        self.run_all_of(&integration.order, |kernels| kernels.before_breakpoint)?;
        let all = integration.nodes.clone();
        for columns in &mut self.ions {
            columns.begin(all.clone(), self.values.celsius);
        }
        self.clear_diagonal();
        self.begin_tree(integration.groups.clone());
        if let Some(membrane) = &mut self.membrane {
            membrane.begin(&self.tree, all.clone(), 0.0);
        }
        let equations = &integration.equations;
        for (&block, &before) in integration.order.iter().zip(&equations.before_currents) {
            match before {
                Before::Nothing => {}
                Before::State => self.run_block(block, |kernels| kernels.state)?,
                Before::Derivatives(kernel) => self.run_kernel(block, kernel)?,
            }
            self.count_electrode(block, -1.0);
            self.run_block(block, |kernels| kernels.current)?;
            self.count_electrode(block, 1.0);
        }
        integration
            .conductance
            .copy_from_slice(&self.tree.d[all.clone()]);
        if let Some(membrane) = &mut self.membrane {
            membrane.separate(&self.tree, all);
        }
        Ok(())
    }

    /// The diagonal's fixed part is none: capacitances are on the other side of the equations.
    pub(super) fn clear_diagonal(&mut self) {
        if !self.diagonal_cj.is_nan() {
            self.diagonal_cj = f64::NAN;
            self.tree.d_fixed.fill(0.0);
        }
    }

    /// v of nodes without capacitance, from that of their neighbours: what flows in is what point
    /// processes let out, linearized about the v of before (NEURON's `nocap_v`).
    pub(super) fn find_algebraic_potentials(
        &mut self,
        integration: &Integration,
    ) -> Result<(), RunError> {
        let equations = &integration.equations;
        for algebraic in &equations.algebraic {
            self.tree.rhs[algebraic.node as usize] = 0.0;
            self.tree.d[algebraic.node as usize] = 0.0;
        }
        for &(block, instance) in &equations.at_algebraic {
            let mechanism = self.blocks[block].mechanism;
            if let Some(kernel) = self.shared[mechanism].compiled.kernels().current {
                let call =
                    self.call_of(block)
                        .run(kernel, instance..instance + 1, Arguments::none());
                call.map_err(|failed| self.failure(block, failed))?;
            }
        }
        let tree = &mut self.tree;
        for algebraic in &equations.algebraic {
            let node = algebraic.node as usize;
            let (mut rhs, mut d) = (
                tree.rhs[node] + tree.d[node] * tree.v_mv[node],
                tree.d[node],
            );
            if let Some(parent) = algebraic.parent {
                rhs -= tree.b[node] * tree.v_mv[parent as usize];
                d -= tree.b[node];
            }
            for &child in &algebraic.children {
                rhs -= tree.a[child as usize] * tree.v_mv[child as usize];
                d -= tree.a[child as usize];
            }
            tree.v_mv[node] = rhs / d;
        }
        Ok(())
    }

    /// Solves (1 - γ·J)·x = b in place.
    fn solve_linearized(
        &mut self,
        integration: &mut Integration,
        gamma_ms: f64,
        b: &mut [f64],
    ) -> Result<(), RunError> {
        integration.statistics.solves += 1;
        if self.is_shared(integration) {
            return self.solve_on_threads_for(integration, gamma_ms, b);
        }
        let tree = &mut self.tree;
        let (nodes, groups) = (integration.nodes.clone(), integration.groups.clone());
        if integration.gamma_ms != gamma_ms {
            integration.gamma_ms = gamma_ms;
            tree.set_diagonal_of(groups.clone(), 1.0 / gamma_ms);
            let fixed = &mut tree.d_fixed[nodes.clone()];
            integration.diagonal.copy_from_slice(fixed);
            fixed.fill(0.0);
        }
        let entries = integration.diagonal.iter().zip(&integration.conductance);
        for (d, (fixed, conductance)) in tree.d[nodes.clone()].iter_mut().zip(entries) {
            *d = fixed + conductance;
        }
        tree.rhs[nodes].fill(0.0);
        for (&node, b) in integration.equations.nodes.iter().zip(b.iter()) {
            let node = node as usize;
            tree.rhs[node] = b * (MILLI * tree.cm_uf_per_cm2[node] / gamma_ms);
        }
        tree.solve_only(groups);
        for (&node, x) in integration.equations.nodes.iter().zip(b.iter_mut()) {
            *x = tree.rhs[node as usize];
        }
        // NEURON's stiff(1): only potentials are computed implicitly.
        if integration.settings.stiff < 2 {
            return Ok(());
        }
        let dt_ms = std::mem::replace(&mut self.values.dt_ms, gamma_ms);
        let solved = integration.equations.blocks.iter().try_for_each(|states| {
            states.store(self, b);
            self.run_kernel(states.block, states.solve)?;
            states.load_solution(self, b);
            self.solve_diffusion(states, gamma_ms, b);
            Ok(())
        });
        self.values.dt_ms = dt_ms;
        solved
    }

    /// What diffusion along the cable adds to the derivatives of a block's states.
    pub(super) fn add_diffusion(
        &mut self,
        states: &BlockStates,
        y: &[f64],
        dydt: &mut [f64],
    ) -> Result<(), RunError> {
        if states.diffusions.is_empty() {
            return Ok(());
        }
        self.run_block(states.block, |kernels| kernels.diffusion)?;
        let (block, cable) = (&self.blocks[states.block], &mut self.cables[states.block]);
        for (diffusion, number) in &states.diffusions {
            let range = states.range(*number, block.count);
            if let Some(cable) = cable {
                cable.add_rates(diffusion, block, &y[range.clone()], &mut dydt[range]);
            }
        }
        Ok(())
    }

    /// Diffusion's part of the linearized equations, with the coefficients of the last evaluation.
    pub(super) fn solve_diffusion(&mut self, states: &BlockStates, gamma_ms: f64, b: &mut [f64]) {
        let (block, cable) = (&self.blocks[states.block], &mut self.cables[states.block]);
        for (diffusion, number) in &states.diffusions {
            let range = states.range(*number, block.count);
            if let Some(cable) = cable {
                cable.solve_change(diffusion, block, gamma_ms, &mut b[range]);
            }
        }
    }

    pub(super) fn run_kernel(&mut self, block: usize, kernel: Kernel) -> Result<(), RunError> {
        let in_step = self.initialized;
        let result = self.call_of(block).run_all(kernel, in_step);
        result.map_err(|failed| self.failure(block, failed))?;
        self.serve(block, None)
    }
}

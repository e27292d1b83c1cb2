//! Evaluations on several threads.
//!
//! Where one integrator has several parts of the model, threads share them out: within an evaluation of
//! the derivatives, and within a solution of the linearized equations. Each part is computed as it is by
//! one thread, and the integrator's own operations on vectors are the caller's. Values that gap
//! junctions transfer are taken when all potentials are there, and what the caller's turns and what is
//! played change comes before or keeps everything on one thread.

use crate::error::RunError;
use crate::kernel::Services;
use crate::parallel::{Done, Strip};

use super::super::{Hook, Simulation};
use super::integration::Integration;
use super::shares::{Contribution, Failure, Portion};

impl Simulation {
    /// Whether threads share an evaluation of this integration.
    pub(super) fn is_shared(&self, integration: &Integration) -> bool {
        self.threads > 1
            && integration.separable
            && integration.shares.len() > 1
            && self.initialized
            && self.may_share()
    }

    /// Whether nothing in the model keeps evaluations on one thread.
    pub(super) fn may_share(&self) -> bool {
        self.membrane.is_none()
            && self.circuit.is_none()
            && self.model.hooks.get(Hook::Scattered).is_none()
    }

    /// As [`Simulation::evaluate`], after what is played.
    pub(super) fn evaluate_on_threads(
        &mut self,
        integration: &mut Integration,
        y: &[f64],
        dydt: &mut [f64],
    ) -> Result<(), RunError> {
        self.clear_diagonal();
        let at_once = !self.transfers();
        let stages = move |mut part: Contribution<'_, '_>, portion: &mut Portion<'_>| {
            part.scatter(portion.share, y);
            part.assign_concentrations(portion.share)?;
            part.find_algebraic_potentials(portion.share)?;
            if at_once {
                part.derivatives(portion)?;
            }
            Ok(())
        };
        self.on_threads(integration, dydt, stages)?;
        if !at_once {
            self.make_transfers()?;
            self.on_threads(integration, dydt, |mut part, portion| {
                part.derivatives(portion)
            })?;
        }
        self.last_cj = 1.0;
        self.stepped = true;
        self.run_all_of(&integration.order, |kernels| kernels.after_solve)
    }

    /// As [`Simulation::solve_linearized`].
    pub(super) fn solve_on_threads_for(
        &mut self,
        integration: &mut Integration,
        gamma_ms: f64,
        b: &mut [f64],
    ) -> Result<(), RunError> {
        let known = integration.gamma_ms == gamma_ms;
        integration.gamma_ms = gamma_ms;
        // NEURON's stiff(1): only potentials are computed implicitly.
        let states_too = integration.settings.stiff == 2;
        self.on_threads(integration, b, |mut part, portion| {
            part.solve(portion, gamma_ms, known, states_too)
        })
    }

    /// Has threads do some work for each part of an integration, with its elements of a vector.
    fn on_threads(
        &mut self,
        integration: &mut Integration,
        vector: &mut [f64],
        work: impl Fn(Contribution<'_, '_>, &mut Portion<'_>) -> Result<(), Failure> + Sync,
    ) -> Result<(), RunError> {
        let equations = &integration.equations;
        let over_nodes = [
            &mut integration.diagonal[..],
            &mut integration.conductance[..],
        ];
        let parts = integration.parts.clone();
        let shares = &integration.shares;
        let mut portions = Portion::all(self, equations, shares, parts, vector, over_nodes);
        let (values, at_times) = (self.values, self.services.at_times);
        let (field, pool) = self.field();
        let part = |services: &mut Services, strip: &mut Strip<'_>, portion: &mut Portion<'_>| {
            let part = Contribution {
                equations,
                values,
                strip,
                services,
                stage: 0,
            };
            portion.failure = work(part, portion).err();
        };
        let done: Done = field.share_out(pool, at_times, None, &mut portions, part);
        self.services.at_times = done.at_times;
        self.note_times(&done);
        let failures = portions.iter().enumerate();
        let failures = failures.filter_map(|(part, portion)| Some((part, portion.failure?)));
        // The one that one thread would have found.
        let rank = |&(part, failure): &(usize, Failure)| {
            let block = self.parts[part].order[failure.position];
            let place = integration.order.iter().position(|&other| other == block);
            (failure.stage, place)
        };
        match failures.min_by_key(rank) {
            None => Ok(()),
            Some((part, failure)) => {
                let block = self.parts[part].order[failure.position];
                Err(self.failure(block, failure.failed))
            }
        }
    }
}

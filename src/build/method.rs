//! How the model runs: the table `run`, and whether its method suits what the model has.

use runtime::{MechanismId, Place};

use super::Builder;
use crate::model::file::{Method, Run};
use crate::model::located::At;
use crate::problem::Problem;

impl Builder<'_> {
    pub(super) fn run(&mut self, run: &Run) {
        for (name, value) in [
            ("dt", run.dt),
            ("celsius", run.celsius),
            ("secondorder", f64::from(run.secondorder)),
        ] {
            let set = self.model.set(Place::Model, name, value);
            self.take(set, 0..0);
        }
        self.model.use_general_matrix(run.use_mxb);
        self.model.compute_membrane_currents(run.use_fast_imem);
        if *run.atol == 0.0 && run.rtol == 0.0 {
            let reason = "`run.atol` and `run.rtol` cannot both be 0";
            self.problem(Problem::at(run.atol.span(), reason));
        }
        if *run.method == Method::CvodeLocal && run.tstep.is_none() {
            self.problem(
                Problem::at(run.method.span(), "`run` needs `tstep` with this method")
                    .label("each cell is at a time of its own"),
            );
        }
    }

    /// Only states have a tolerance.
    pub(super) fn tolerances(&mut self, run: &Run) {
        if run.atolscale.is_empty() {
            return;
        }
        let known = self.model.tolerance_names();
        for (name, scale) in run.atolscale.iter() {
            if !known.iter().any(|known| known == name.as_str()) {
                let names = known.iter().map(String::as_str);
                self.problem(
                    Problem::at(
                        name.span(),
                        format!("no mechanism of the model has a state `{}`", name.as_str()),
                    )
                    .known_names(name, names),
                );
            }
            if !(scale.is_finite() && **scale > 0.0) {
                self.problem(Problem::at(scale.span(), "a scale must be greater than 0"));
            }
        }
    }

    /// Checks that a mechanism, which the model file names at `place`, takes part in the method.
    pub(super) fn check_integrated(&mut self, id: MechanismId, place: &At<String>, run: &Run) {
        let description = self.model.mechanism(id).ok();
        let refusal = description.and_then(|d| d.variable_step.refusal.as_ref());
        let (Some(refusal), true) = (refusal, *run.method != Method::Fixed) else {
            return;
        };
        let message = format!(
            "`{}` cannot be integrated with steps of variable length",
            place.as_str()
        );
        self.problem(
            Problem::at(place.span(), message)
                .label(refusal.reason.clone())
                .see(run.method.span(), "which this method makes")
                .help(
                    "`method = \"fixed\"` can; `nmodlrs check` says more of the mechanism (W0302)",
                ),
        );
    }

    /// Checks that the method solves all equations together and implicitly, as `what` needs it, which
    /// `does` something.
    pub(super) fn check_implicit(&mut self, what: &At<String>, does: &str, run: &Run) {
        let see = format!("`{}` {does}", what.as_str());
        match *run.method {
            Method::Ida => {}
            Method::Fixed if run.secondorder == 0 || what.as_str() == runtime::EXTRACELLULAR => {}
            Method::Fixed => self.problem(
                Problem::at(what.span(), "linear mechanisms need `secondorder = 0`")
                    .label(see)
                    .help("the equations are solved fully implicitly"),
            ),
            Method::Cvode | Method::CvodeLocal => {
                let message = format!("`{}` cannot be integrated with this method", what.as_str());
                self.problem(
                    Problem::at(run.method.span(), message)
                        .label("solves ordinary differential equations alone")
                        .see(what.span(), see)
                        .help("`method = \"ida\"` solves algebraic equations as well"),
                );
            }
        }
    }
}

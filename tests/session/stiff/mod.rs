//! Stiff problems with known solutions, one file each, under CVODE: the error stays within a small
//! multiple of the tolerance, and goes down with it.
//!
//! Times are in ms here, whatever they are in the problems' sources. The numbers of HIRES, Orego and
//! van der Pol's equation are those of the Test Set for Initial Value Problem Solvers (Mazzia and
//! Magherini, 2008).

mod calcium_buffer;
mod hires;
mod oregonator;
mod robertson;
mod van_der_pol;

use runtime::library::Repeated;
use runtime::session::Session;
use runtime::{Place, Progress};

/// A mechanism of one state vector, and its solution at a time.
struct Problem<'a> {
    /// The text of mechanism `x`.
    text: &'a str,
    t_ms: f64,
    /// States and what they are at `t_ms`.
    solution: &'a [(&'a str, f64)],
}

impl Problem<'_> {
    /// The largest relative error at these relative and absolute tolerances, and the steps.
    fn error(&self, rtol: f64, atol: f64) -> (f64, u64) {
        let mut session = Session::new().unwrap();
        session
            .load_text("x.mod", self.text, Repeated::Replace)
            .unwrap();
        let section = session.add_section("soma").unwrap();
        session.insert(section, "x").unwrap();
        session.cvode.rtol = rtol;
        session.cvode.atol = atol;
        session.set_variable_step(true).unwrap();
        session.initialize(Some(-65.0)).unwrap();
        while session.solve_until(self.t_ms).unwrap() != Progress::Done {}
        assert_eq!(session.t_ms(), self.t_ms);
        let middle = Place::Segment { section, x: 0.5 };
        let errors = self.solution.iter().map(|&(state, right)| {
            let found = session.get(middle, &format!("{state}_x")).unwrap();
            ((found - right) / right).abs()
        });
        let worst = errors.fold(0.0, f64::max);
        let statistics = session.simulation().unwrap().statistics().unwrap();
        (worst, statistics.steps)
    }

    /// Three tolerances, each a hundred times smaller than the one before. `factor` is what the
    /// problem makes of errors on its way.
    fn check(&self, atol_of_rtol: f64, factor: f64) {
        let mut before = f64::INFINITY;
        for rtol in [1e-4, 1e-6, 1e-8] {
            let (error, steps) = self.error(rtol, atol_of_rtol * rtol);
            assert!(
                error < factor * rtol,
                "{error:e} at rtol {rtol:e}, {steps} steps"
            );
            // Where a solution is at rest the error is far below the tolerance, and does not follow it.
            assert!(
                error < before || error < 0.1 * rtol,
                "{error:e} at rtol {rtol:e}, {before:e} before"
            );
            // An explicit method would need millions.
            assert!(steps < 20_000, "{steps} steps at rtol {rtol:e}");
            before = error;
        }
    }
}

//! CVODE: one integration, from its first to its last step.
//!
//! [`Integrator`] owns all that SUNDIALS allocates for it. The equations are a [`System`], which is
//! lent to CVODE for the time of a call; its errors come back from that call as they are. A function
//! that fails is tried again by CVODE with a shorter step, and only when that does not help the step
//! fails.

use std::ffi::{c_int, c_long, c_void};
use std::ptr;

use sundials_sys as sys;

use super::shared::{
    Fault, RECOVERABLE, Shared, System, Tolerances, free_solver, present, slice, slice_mut,
};
use super::vector;
use crate::error::RunError;

/// Steps that follow a beginning, which are those of CVODE's settings, as NEURON's are.
const EARLY_STEPS: c_long = 100;

/// The length (ms) up to which later steps are of CVODE's settings, too. Longer ones may have only a part of the
/// error that the tolerances allow: in inverse proportion to their length, and not less than [`LEAST_PART`]. A
/// cell makes them between its spikes; they are few, and their errors come back as errors of the next spike's time.
const SHORT_STEP: f64 = 0.1;

/// See [`SHORT_STEP`].
const LEAST_PART: f64 = 0.1;

/// A step's length grows when its error allows for this factor, which is CVODE's.
const LEAST_GROWTH: f64 = 1.5;

/// The same of long steps, whose lengths so follow their errors more closely.
const LEAST_GROWTH_LONG: f64 = 1.1;

/// The family of formulas, with the iteration that solves them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// Adams' formulas with functional iteration.
    Adams,
    /// Backward differentiation with Newton's iteration.
    Bdf(LinearSolver),
}

/// How Newton's linear equations are solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinearSolver {
    /// [`System::solve`].
    System,
    /// With a dense Jacobian from differences.
    Dense,
    /// With the Jacobian's diagonal, from differences.
    Diagonal,
}

/// One integration.
pub(crate) struct Integrator {
    // Boxed: SUNDIALS keeps its address.
    shared: Box<Shared>,
    context: sys::SUNContext,
    y: sys::N_Vector,
    work: sys::N_Vector,
    linear: sys::SUNLinearSolver,
    matrix: sys::SUNMatrix,
    nonlinear: sys::SUNNonlinearSolver,
}

// SAFETY: all that is pointed at belongs to this value alone, and SUNDIALS keeps nothing in
// thread-local or global variables; the borrowed system is there during calls only.
unsafe impl Send for Integrator {}

impl Integrator {
    /// Begins at `t` with the values `y`.
    pub fn new(
        method: Method,
        t: f64,
        y: &[f64],
        tolerances: Tolerances<'_>,
    ) -> Result<Integrator, Fault> {
        let mut absolute = tolerances.absolute.to_vec();
        if tolerances.relative == 0.0 {
            if absolute.iter().any(|tolerance| *tolerance <= 0.0) {
                let reason = "both tolerances of a state are 0";
                return Err(Fault::Solver(reason.to_owned()));
            }
            absolute
                .iter_mut()
                .for_each(|tolerance| *tolerance = 1.0 / *tolerance);
        }
        let mut integrator = Integrator {
            shared: Shared::new(y.len(), &tolerances, absolute),
            context: ptr::null_mut(),
            y: ptr::null_mut(),
            work: ptr::null_mut(),
            linear: ptr::null_mut(),
            matrix: ptr::null_mut(),
            nonlinear: ptr::null_mut(),
        };
        // What has been allocated is freed by `drop`, also on the way out with an error.
        integrator.allocate(method, t, y, tolerances)?;
        Ok(integrator)
    }

    fn allocate(
        &mut self,
        method: Method,
        t: f64,
        y: &[f64],
        tolerances: Tolerances<'_>,
    ) -> Result<(), Fault> {
        let n = y.len() as sys::sunindextype;
        let user = self.shared.user();
        let formulas = match method {
            Method::Adams => sys::CV_ADAMS,
            Method::Bdf(_) => sys::CV_BDF,
        };
        self.shared.make_context(&mut self.context)?;
        // SAFETY: pointers are to live memory of the stated sizes; each result is checked before it
        // is used. `user` is boxed and lives as long as the integrator.
        unsafe {
            self.y = sys::N_VNew_Serial(n, self.context);
            self.work = sys::N_VNew_Serial(n, self.context);
            present("N_VNew_Serial", !self.y.is_null() && !self.work.is_null())?;
            vector::use_own_operations(self.y);
            if tolerances.long_sums {
                vector::use_long_sums(self.y);
            }
            self.values_mut().copy_from_slice(y);
            self.shared.mem = sys::CVodeCreate(formulas, self.context);
            present("CVodeCreate", !self.shared.mem.is_null())?;
            let mem = self.shared.mem;
            self.check(
                "CVodeInit",
                sys::CVodeInit(mem, Some(derivatives), t, self.y),
            )?;
            self.check("CVodeSetUserData", sys::CVodeSetUserData(mem, user))?;
            let code = sys::CVodeWFtolerances(mem, Some(weights));
            self.check("CVodeWFtolerances", code)?;
            if tolerances.max_order > 0 {
                let code = sys::CVodeSetMaxOrd(mem, tolerances.max_order as c_int);
                self.check("CVodeSetMaxOrd", code)?;
            }
            if tolerances.max_step > 0.0 {
                let code = sys::CVodeSetMaxStep(mem, tolerances.max_step);
                self.check("CVodeSetMaxStep", code)?;
            }
            let code = sys::CVodeSetMinStep(mem, tolerances.min_step);
            self.check("CVodeSetMinStep", code)?;
            // A step of t + h = t is told by its error test.
            self.check("CVodeSetMaxHnilWarns", sys::CVodeSetMaxHnilWarns(mem, -1))?;
        }
        match method {
            Method::Adams => self.functional_iteration(),
            Method::Bdf(LinearSolver::System) => self.own_solver(),
            Method::Bdf(LinearSolver::Dense) => self.dense_solver(),
            Method::Bdf(LinearSolver::Diagonal) => self.diagonal_solver(),
        }
    }

    fn functional_iteration(&mut self) -> Result<(), Fault> {
        // SAFETY: `y` and the context are live; the result is checked.
        unsafe {
            self.nonlinear = sys::SUNNonlinSol_FixedPoint(self.y, 0, self.context);
            present("SUNNonlinSol_FixedPoint", !self.nonlinear.is_null())?;
            let code = sys::CVodeSetNonlinearSolver(self.shared.mem, self.nonlinear);
            self.check("CVodeSetNonlinearSolver", code)
        }
    }

    /// A linear solver that keeps no matrix and asks the system.
    fn own_solver(&mut self) -> Result<(), Fault> {
        // SAFETY: the solver is made empty and filled before CVODE sees it; its content is the boxed
        // `shared`, which outlives it.
        unsafe {
            self.linear = sys::SUNLinSolNewEmpty(self.context);
            present("SUNLinSolNewEmpty", !self.linear.is_null())?;
            let user = self.shared.user();
            (*self.linear).content = user;
            let operations = &mut *(*self.linear).ops;
            operations.gettype = Some(solver_type);
            operations.setatimes = Some(no_products);
            operations.setpreconditioner = Some(no_preconditioner);
            operations.setup = Some(count_setup);
            operations.solve = Some(solve);
            operations.free = Some(free_solver);
            let code = sys::CVodeSetLinearSolver(self.shared.mem, self.linear, ptr::null_mut());
            self.check("CVodeSetLinearSolver", code)?;
            // With something to set up, CVODE keeps its estimate of how fast the iteration
            // converges from step to step, which saves iterations.
            let code = sys::CVodeSetPreconditioner(self.shared.mem, Some(no_matrix), None);
            self.check("CVodeSetPreconditioner", code)?;
            // A right-hand side that is small already is solved for as well.
            self.check(
                "CVodeSetEpsLin",
                sys::CVodeSetEpsLin(self.shared.mem, 1e-300),
            )
        }
    }

    fn dense_solver(&mut self) -> Result<(), Fault> {
        let n = self.shared.n as sys::sunindextype;
        // SAFETY: `y` and the context are live; each result is checked before it is used.
        unsafe {
            self.matrix = sys::SUNDenseMatrix(n, n, self.context);
            present("SUNDenseMatrix", !self.matrix.is_null())?;
            self.linear = sys::SUNLinSol_Dense(self.y, self.matrix, self.context);
            present("SUNLinSol_Dense", !self.linear.is_null())?;
            let code = sys::CVodeSetLinearSolver(self.shared.mem, self.linear, self.matrix);
            self.check("CVodeSetLinearSolver", code)
        }
    }

    fn diagonal_solver(&mut self) -> Result<(), Fault> {
        // SAFETY: `mem` is live; CVODE keeps and frees what the solver needs.
        let code = unsafe { CVDiag(self.shared.mem) };
        self.check("CVDiag", code)
    }

    /// Begins anew at `t` with other values.
    pub fn reinitialize(&mut self, t: f64, y: &[f64]) -> Result<(), Fault> {
        self.values_mut().copy_from_slice(y);
        // SAFETY: `mem` and `y` are live.
        let code = unsafe { sys::CVodeReInit(self.shared.mem, t, self.y) };
        self.check("CVodeReInit", code)
    }

    /// Sets what the next step's error may be and how closely its length follows that.
    fn control_error(&mut self) -> Result<(), Fault> {
        let mut made = 0;
        // SAFETY: `mem` is live.
        unsafe { sys::CVodeGetNumSteps(self.shared.mem, &mut made) };
        let length = self.last_step();
        let (growth, part) = if made < EARLY_STEPS || length < SHORT_STEP {
            (LEAST_GROWTH, 1.0)
        } else {
            (LEAST_GROWTH_LONG, (SHORT_STEP / length).max(LEAST_PART))
        };
        self.shared.error_part = part;
        // SAFETY: `mem` is live.
        let code = unsafe { sys::CVodeSetEtaFixedStepBounds(self.shared.mem, 0.0, growth) };
        self.check("CVodeSetEtaFixedStepBounds", code)
    }

    /// One step, not beyond `stop`; gives its end. [`Integrator::values`] are those there.
    pub fn step(&mut self, system: &mut dyn System, stop: f64) -> Result<f64, Fault> {
        self.control_error()?;
        let (mut t, y) = (0.0, self.y);
        let code = self.shared.lend(system, |mem| {
            // SAFETY: `mem` and `y` are live, `t` is written once.
            unsafe {
                let stopped = sys::CVodeSetStopTime(mem, stop);
                if stopped != sys::CV_SUCCESS {
                    return stopped;
                }
                sys::CVode(mem, stop, y, &mut t, sys::CV_ONE_STEP)
            }
        });
        self.check("CVode", code)?;
        Ok(t)
    }

    /// An error of the system in the last step, which CVODE got around with a shorter one.
    pub fn take_error(&mut self) -> Option<RunError> {
        self.shared.error.take()
    }

    /// How often a new Jacobian was wanted since this was asked last.
    pub fn take_setups(&mut self) -> u64 {
        std::mem::take(&mut self.shared.setups)
    }

    /// The values at a time within the last step replace the present ones.
    pub fn interpolate(&mut self, t: f64) -> Result<(), Fault> {
        // SAFETY: `mem` and `y` are live.
        let code = unsafe { sys::CVodeGetDky(self.shared.mem, t, 0, self.y) };
        self.check("CVodeGetDky", code)
    }

    /// The present values.
    pub fn values(&self) -> &[f64] {
        // SAFETY: `y` is a live serial vector of n doubles.
        unsafe { slice(self.y, self.shared.n) }
    }

    fn values_mut(&mut self) -> &mut [f64] {
        // SAFETY: `y` is a live serial vector of n doubles, and borrowed exclusively.
        unsafe { slice_mut(self.y, self.shared.n) }
    }

    /// Length of the last step; 0 before the first.
    pub fn last_step(&self) -> f64 {
        let mut h = 0.0;
        // SAFETY: `mem` is live.
        unsafe { sys::CVodeGetLastStep(self.shared.mem, &mut h) };
        h
    }

    /// Where the internal time is.
    pub fn time(&self) -> f64 {
        let mut t = 0.0;
        // SAFETY: `mem` is live.
        unsafe { sys::CVodeGetCurrentTime(self.shared.mem, &mut t) };
        t
    }

    /// Order of the last step; 0 before the first.
    pub fn order(&self) -> u32 {
        let mut order = 0;
        // SAFETY: `mem` is live.
        unsafe { sys::CVodeGetLastOrder(self.shared.mem, &mut order) };
        order as u32
    }

    /// Steps since the last beginning that failed the error test, and those where Newton's iteration
    /// did not converge; they were tried again with shorter ones.
    pub fn failures(&self) -> (u64, u64) {
        let (mut error_test, mut convergence): (c_long, c_long) = (0, 0);
        // SAFETY: `mem` is live, and each function writes one number.
        unsafe {
            sys::CVodeGetNumErrTestFails(self.shared.mem, &mut error_test);
            sys::CVodeGetNumNonlinSolvConvFails(self.shared.mem, &mut convergence);
        }
        (error_test.max(0) as u64, convergence.max(0) as u64)
    }

    /// The inverses of the tolerances: those of the last step, and before there was one those of the
    /// present values, which CVODE determines when the step begins.
    pub fn error_weights(&mut self) -> Vec<f64> {
        if !self.shared.tried {
            return self.shared.weights_of(self.values());
        }
        // SAFETY: `mem` and `work` are live.
        let weights = unsafe {
            sys::CVodeGetErrWeights(self.shared.mem, self.work);
            slice(self.work, self.shared.n)
        };
        let part = self.shared.error_part;
        weights.iter().map(|weight| part * weight).collect()
    }

    /// Estimated errors of the last step, 0 before the first.
    pub fn local_errors(&mut self) -> Vec<f64> {
        if !self.shared.tried {
            return vec![0.0; self.shared.n];
        }
        // SAFETY: `mem` and `work` are live.
        unsafe {
            sys::CVodeGetEstLocalErrors(self.shared.mem, self.work);
            slice(self.work, self.shared.n).to_vec()
        }
    }

    fn check(&mut self, what: &str, code: c_int) -> Result<(), Fault> {
        self.shared.check(what, code, sys::CVodeGetReturnFlagName)
    }
}

unsafe extern "C" {
    /// CVODE's diagonal linear solver (`cvode/cvode_diag.h`), which `sundials-sys` does not declare.
    fn CVDiag(mem: *mut c_void) -> c_int;
}

impl Drop for Integrator {
    fn drop(&mut self) {
        // SAFETY: each is null or was made by `allocate` and not freed since; CVODE goes first, for
        // it refers to the others, and the context last.
        unsafe {
            if !self.shared.mem.is_null() {
                sys::CVodeFree(&mut self.shared.mem);
            }
            if !self.nonlinear.is_null() {
                sys::SUNNonlinSolFree(self.nonlinear);
            }
            if !self.linear.is_null() {
                sys::SUNLinSolFree(self.linear);
            }
            if !self.matrix.is_null() {
                sys::SUNMatDestroy(self.matrix);
            }
            for vector in [self.y, self.work] {
                if !vector.is_null() {
                    sys::N_VDestroy(vector);
                }
            }
            if !self.context.is_null() {
                sys::SUNContext_Free(&mut self.context);
            }
        }
    }
}

impl std::fmt::Debug for Integrator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Integrator")
            .field("equations", &self.shared.n)
            .finish_non_exhaustive()
    }
}

/// … and for "stop".
const FATAL: c_int = -1;

unsafe extern "C" fn derivatives(
    t: f64,
    y: sys::N_Vector,
    dydt: sys::N_Vector,
    user: *mut c_void,
) -> c_int {
    // SAFETY: `user` is the boxed `Shared` of the integrator whose `step` is running; `y` and `dydt`
    // are different vectors of its length.
    let (shared, y, dydt) = unsafe {
        let shared = &mut *user.cast::<Shared>();
        let n = shared.n;
        (shared, slice(y, n), slice_mut(dydt, n))
    };
    // SAFETY: `step` has lent the system.
    let system = unsafe { &mut *shared.system };
    match system.derivatives(t, y, dydt) {
        // Not finite: the step was too long, or there is no solution.
        Ok(()) if dydt.iter().sum::<f64>().is_finite() => 0,
        Ok(()) => {
            system.not_finite(t, y, &[], dydt);
            RECOVERABLE
        }
        Err(error) => {
            let given_up = error == RunError::GivenUp;
            shared.error = Some(error);
            if given_up { FATAL } else { RECOVERABLE }
        }
    }
}

/// The weights of errors, 1/(rtol·|y| + atol) for the part of the tolerances that errors may have.
unsafe extern "C" fn weights(y: sys::N_Vector, weights: sys::N_Vector, user: *mut c_void) -> c_int {
    // SAFETY: `user` is the boxed `Shared` of the integrator; `y` and `weights` are different vectors
    // of its length.
    let (shared, y, weights) = unsafe {
        let shared = &*user.cast::<Shared>();
        (shared, slice(y, shared.n), slice_mut(weights, shared.n))
    };
    let factor = 1.0 / shared.error_part;
    if shared.relative == 0.0 {
        for (weight, inverse) in weights.iter_mut().zip(&shared.absolute) {
            *weight = factor * inverse;
        }
        return 0;
    }
    let mut least = f64::INFINITY;
    for ((weight, y), absolute) in weights.iter_mut().zip(y).zip(&shared.absolute) {
        let tolerance = shared.relative * y.abs() + absolute;
        least = least.min(tolerance);
        *weight = factor / tolerance;
    }
    if least > 0.0 { 0 } else { -1 }
}

unsafe extern "C" fn solve(
    solver: sys::SUNLinearSolver,
    _matrix: sys::SUNMatrix,
    x: sys::N_Vector,
    b: sys::N_Vector,
    _tolerance: f64,
) -> c_int {
    // SAFETY: the content is the boxed `Shared` of the integrator whose `step` is running; `x` and
    // `b` are different vectors of its length, and `mem` is live.
    let (shared, x, b) = unsafe {
        let shared = &mut *(*solver).content.cast::<Shared>();
        let n = shared.n;
        (shared, slice_mut(x, n), slice(b, n))
    };
    let mut gamma = 0.0;
    // SAFETY: `mem` is live and `step` has lent the system.
    let system = unsafe {
        sys::CVodeGetCurrentGamma(shared.mem, &mut gamma);
        &mut *shared.system
    };
    x.copy_from_slice(b);
    match system.solve(gamma, x) {
        Ok(()) => 0,
        Err(error) => {
            shared.error = Some(error);
            RECOVERABLE
        }
    }
}

unsafe extern "C" fn solver_type(_: sys::SUNLinearSolver) -> sys::SUNLinearSolver_Type {
    sys::SUNLinearSolver_Type_SUNLINEARSOLVER_ITERATIVE
}

// CVODE offers these to iterative solvers; ours needs none of them.

unsafe extern "C" fn no_products(
    _: sys::SUNLinearSolver,
    _: *mut c_void,
    _: sys::SUNATimesFn,
) -> sys::SUNErrCode {
    0
}

unsafe extern "C" fn no_preconditioner(
    _: sys::SUNLinearSolver,
    _: *mut c_void,
    _: sys::SUNPSetupFn,
    _: sys::SUNPSolveFn,
) -> sys::SUNErrCode {
    0
}

unsafe extern "C" fn count_setup(solver: sys::SUNLinearSolver, _: sys::SUNMatrix) -> c_int {
    // SAFETY: the content is the boxed `Shared` of the integrator whose `step` is running.
    unsafe { (*(*solver).content.cast::<Shared>()).setups += 1 };
    0
}

unsafe extern "C" fn no_matrix(
    _t: f64,
    _y: sys::N_Vector,
    _dydt: sys::N_Vector,
    _may_be_old: c_int,
    is_current: *mut c_int,
    _gamma: f64,
    _user: *mut c_void,
) -> c_int {
    // SAFETY: CVODE passes where it wants to know this.
    unsafe { *is_current = 1 };
    0
}

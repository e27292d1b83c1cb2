//! IDA: one integration of F(t, y, y') = 0, from its first to its last step.
//!
//! As [`super::Integrator`] for CVODE: [`Ida`] owns all that SUNDIALS allocates, and the equations are
//! lent for the time of a call.

use std::ffi::{c_int, c_void};
use std::ptr;

use sundials_sys as sys;

use crate::error::RunError;

use super::shared::{
    Fault, RECOVERABLE, Shared, System, Tolerances, free_solver, present, slice, slice_mut,
};
use super::vector;

/// One integration.
pub(crate) struct Ida {
    // Boxed: SUNDIALS keeps its address.
    shared: Box<Shared>,
    context: sys::SUNContext,
    y: sys::N_Vector,
    dydt: sys::N_Vector,
    work: sys::N_Vector,
    linear: sys::SUNLinearSolver,
}

// SAFETY: all that is pointed at belongs to this value alone, and SUNDIALS keeps nothing in
// thread-local or global variables; the borrowed system is there during calls only.
unsafe impl Send for Ida {}

impl Ida {
    /// Begins at `t` with values and rates that make F small.
    pub fn new(t: f64, y: &[f64], dydt: &[f64], tolerances: Tolerances<'_>) -> Result<Self, Fault> {
        let mut ida = Self {
            shared: Shared::new(y.len(), &tolerances, tolerances.absolute.to_vec()),
            context: ptr::null_mut(),
            y: ptr::null_mut(),
            dydt: ptr::null_mut(),
            work: ptr::null_mut(),
            linear: ptr::null_mut(),
        };
        // What has been allocated is freed by `drop`, also on the way out with an error.
        ida.allocate(t, y, dydt, tolerances)?;
        Ok(ida)
    }

    fn allocate(
        &mut self,
        t: f64,
        y: &[f64],
        dydt: &[f64],
        tolerances: Tolerances<'_>,
    ) -> Result<(), Fault> {
        let n = y.len() as sys::sunindextype;
        let user = self.shared.user();
        self.shared.make_context(&mut self.context)?;
        // SAFETY: pointers are to live memory of the stated sizes; each result is checked before it
        // is used. `user` is boxed and lives as long as the integration. The solver is made empty
        // and filled before IDA sees it; its content is `user`.
        unsafe {
            for vector in [&mut self.y, &mut self.dydt, &mut self.work] {
                *vector = sys::N_VNew_Serial(n, self.context);
            }
            let all = [self.y, self.dydt, self.work];
            present("N_VNew_Serial", all.iter().all(|v| !v.is_null()))?;
            if tolerances.long_sums {
                all.iter().for_each(|&each| vector::use_long_sums(each));
            }
            slice_mut(self.y, self.shared.n).copy_from_slice(y);
            slice_mut(self.dydt, self.shared.n).copy_from_slice(dydt);
            self.shared.mem = sys::IDACreate(self.context);
            present("IDACreate", !self.shared.mem.is_null())?;
            let mem = self.shared.mem;
            let code = sys::IDAInit(mem, Some(residual), t, self.y, self.dydt);
            self.check("IDAInit", code)?;
            self.check("IDASetUserData", sys::IDASetUserData(mem, user))?;
            slice_mut(self.work, self.shared.n).copy_from_slice(tolerances.absolute);
            let code = sys::IDASVtolerances(mem, tolerances.relative, self.work);
            self.check("IDASVtolerances", code)?;
            if tolerances.max_order > 0 {
                let order = tolerances.max_order.min(5) as c_int;
                self.check("IDASetMaxOrd", sys::IDASetMaxOrd(mem, order))?;
            }
            if tolerances.max_step > 0.0 {
                let code = sys::IDASetMaxStep(mem, tolerances.max_step);
                self.check("IDASetMaxStep", code)?;
            }
            self.linear = sys::SUNLinSolNewEmpty(self.context);
            present("SUNLinSolNewEmpty", !self.linear.is_null())?;
            (*self.linear).content = user;
            let operations = &mut *(*self.linear).ops;
            operations.gettype = Some(embedded);
            operations.solve = Some(solve);
            operations.free = Some(free_solver);
            let code = sys::IDASetLinearSolver(mem, self.linear, ptr::null_mut());
            self.check("IDASetLinearSolver", code)
        }
    }

    /// Begins anew at `t` with other values.
    pub fn reinitialize(&mut self, t: f64, y: &[f64], dydt: &[f64]) -> Result<(), Fault> {
        // SAFETY: the vectors are live and have as many elements; `mem` is live.
        let code = unsafe {
            slice_mut(self.y, self.shared.n).copy_from_slice(y);
            slice_mut(self.dydt, self.shared.n).copy_from_slice(dydt);
            sys::IDAReInit(self.shared.mem, t, self.y, self.dydt)
        };
        self.check("IDAReInit", code)
    }

    /// One step, not beyond `stop`; gives its end. [`Ida::values`] are those there.
    pub fn step(&mut self, system: &mut dyn System, stop: f64) -> Result<f64, Fault> {
        let (mut t, y, dydt) = (0.0, self.y, self.dydt);
        let code = self.shared.lend(system, |mem| {
            // SAFETY: `mem`, `y` and `dydt` are live, `t` is written once.
            unsafe {
                let stopped = sys::IDASetStopTime(mem, stop);
                if stopped != sys::IDA_SUCCESS {
                    return stopped;
                }
                sys::IDASolve(mem, stop, &mut t, y, dydt, sys::IDA_ONE_STEP)
            }
        });
        self.check("IDASolve", code)?;
        Ok(t)
    }

    /// An error of the system in the last step, which IDA got around with a shorter one.
    pub fn take_error(&mut self) -> Option<RunError> {
        self.shared.error.take()
    }

    /// How often a new Jacobian was wanted since this was asked last.
    pub fn take_setups(&mut self) -> u64 {
        std::mem::take(&mut self.shared.setups)
    }

    /// Values and rates at a time within the last step replace the present ones.
    pub fn interpolate(&mut self, t: f64) -> Result<(), Fault> {
        // SAFETY: `mem`, `y` and `dydt` are live.
        let code = unsafe {
            let code = sys::IDAGetDky(self.shared.mem, t, 0, self.y);
            if code == sys::IDA_SUCCESS {
                sys::IDAGetDky(self.shared.mem, t, 1, self.dydt)
            } else {
                code
            }
        };
        self.check("IDAGetDky", code)
    }

    /// The present values.
    pub fn values(&self) -> &[f64] {
        // SAFETY: `y` is a live serial vector of n doubles.
        unsafe { slice(self.y, self.shared.n) }
    }

    /// The present rates.
    pub fn rates(&self) -> &[f64] {
        // SAFETY: `dydt` is a live serial vector of n doubles.
        unsafe { slice(self.dydt, self.shared.n) }
    }

    /// Length of the last step; 0 before the first.
    pub fn last_step(&self) -> f64 {
        let mut h = 0.0;
        // SAFETY: `mem` is live.
        unsafe { sys::IDAGetLastStep(self.shared.mem, &mut h) };
        h
    }

    /// Where the internal time is.
    pub fn time(&self) -> f64 {
        let mut t = 0.0;
        // SAFETY: `mem` is live.
        unsafe { sys::IDAGetCurrentTime(self.shared.mem, &mut t) };
        t
    }

    /// Order of the last step; 0 before the first.
    pub fn order(&self) -> u32 {
        let mut order = 0;
        // SAFETY: `mem` is live.
        unsafe { sys::IDAGetLastOrder(self.shared.mem, &mut order) };
        order as u32
    }

    /// Steps that failed their error test, and that did not converge.
    pub fn failures(&self) -> (u64, u64) {
        let (mut tests, mut convergence) = (0, 0);
        // SAFETY: `mem` is live.
        unsafe {
            sys::IDAGetNumErrTestFails(self.shared.mem, &mut tests);
            sys::IDAGetNumNonlinSolvConvFails(self.shared.mem, &mut convergence);
        }
        (tests as u64, convergence as u64)
    }

    /// The weights of the error test, before the first step those of the present values.
    pub fn error_weights(&mut self) -> Vec<f64> {
        if !self.shared.tried {
            let tolerance = |(y, absolute): (&f64, &f64)| self.shared.relative * y.abs() + absolute;
            let each = self.values().iter().zip(&self.shared.absolute);
            return each.map(tolerance).map(f64::recip).collect();
        }
        // SAFETY: `mem` and `work` are live.
        unsafe {
            sys::IDAGetErrWeights(self.shared.mem, self.work);
            slice(self.work, self.shared.n).to_vec()
        }
    }

    /// Estimated errors of the last step, 0 before the first.
    pub fn local_errors(&mut self) -> Vec<f64> {
        if !self.shared.tried {
            return vec![0.0; self.shared.n];
        }
        // SAFETY: `mem` and `work` are live.
        unsafe {
            sys::IDAGetEstLocalErrors(self.shared.mem, self.work);
            slice(self.work, self.shared.n).to_vec()
        }
    }

    fn check(&mut self, what: &str, code: c_int) -> Result<(), Fault> {
        self.shared.check(what, code, sys::IDAGetReturnFlagName)
    }
}

impl Drop for Ida {
    fn drop(&mut self) {
        // SAFETY: each is null or was made by `allocate` and not freed since; IDA goes first, for it
        // refers to the others, and the context last.
        unsafe {
            if !self.shared.mem.is_null() {
                sys::IDAFree(&mut self.shared.mem);
            }
            if !self.linear.is_null() {
                sys::SUNLinSolFree(self.linear);
            }
            for vector in [self.y, self.dydt, self.work] {
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

impl std::fmt::Debug for Ida {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ida")
            .field("equations", &self.shared.n)
            .finish_non_exhaustive()
    }
}

unsafe extern "C" fn residual(
    t: f64,
    y: sys::N_Vector,
    dydt: sys::N_Vector,
    r: sys::N_Vector,
    user: *mut c_void,
) -> c_int {
    // SAFETY: `user` is the boxed `Shared` of the integration whose `step` is running; the vectors
    // are different ones of its length.
    let (shared, y, dydt, r) = unsafe {
        let shared = &mut *user.cast::<Shared>();
        let n = shared.n;
        (shared, slice(y, n), slice(dydt, n), slice_mut(r, n))
    };
    // SAFETY: `step` has lent the system.
    let system = unsafe { &mut *shared.system };
    match system.residual(t, y, dydt, r) {
        // Not finite: the step was too long, or there is no solution.
        Ok(()) if r.iter().sum::<f64>().is_finite() => 0,
        Ok(()) => {
            system.not_finite(t, y, dydt, r);
            RECOVERABLE
        }
        Err(error) => {
            shared.error = Some(error);
            RECOVERABLE
        }
    }
}

unsafe extern "C" fn solve(
    solver: sys::SUNLinearSolver,
    _matrix: sys::SUNMatrix,
    x: sys::N_Vector,
    b: sys::N_Vector,
    _tolerance: f64,
) -> c_int {
    // SAFETY: the content is the boxed `Shared` of the integration whose `step` is running; `x` and
    // `b` are different vectors of its length, and `mem` is live.
    let (shared, x, b) = unsafe {
        let shared = &mut *(*solver).content.cast::<Shared>();
        let n = shared.n;
        (shared, slice_mut(x, n), slice(b, n))
    };
    let mut cj = 0.0;
    // SAFETY: `mem` is live and `step` has lent the system.
    let system = unsafe {
        sys::IDAGetCurrentCj(shared.mem, &mut cj);
        &mut *shared.system
    };
    x.copy_from_slice(b);
    match system.solve_residual(cj, x) {
        Ok(()) => 0,
        Err(error) => {
            shared.error = Some(error);
            RECOVERABLE
        }
    }
}

/// It knows the matrix itself, and has nothing to set up: each solution is with the present one.
unsafe extern "C" fn embedded(_: sys::SUNLinearSolver) -> sys::SUNLinearSolver_Type {
    sys::SUNLinearSolver_Type_SUNLINEARSOLVER_MATRIX_EMBEDDED
}

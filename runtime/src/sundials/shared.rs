//! What CVODE and IDA have in common: the equations, what their callbacks find, and checks.
//!
//! [`Shared`] is boxed, for SUNDIALS keeps its address; it outlives all that is made with it. A
//! system is lent for the time of a call, and its errors come back from that call as they are.

use std::ffi::{CStr, c_char, c_int, c_long, c_void};
use std::ptr;

use sundials_sys as sys;

use crate::error::RunError;

/// The name of a code, allocated by C.
type NameOf = unsafe extern "C" fn(c_long) -> *mut c_char;

/// y' = f(t, y).
pub(crate) trait System {
    /// Computes f.
    fn derivatives(&mut self, t: f64, y: &[f64], dydt: &mut [f64]) -> Result<(), RunError>;

    /// Solves (1 - γ·J)·x = b in place, where J is an approximation of ∂f/∂y at the place where `f`
    /// was computed last.
    fn solve(&mut self, gamma: f64, b: &mut [f64]) -> Result<(), RunError>;

    /// Computes F(t, y, y'), which the solution of a differential-algebraic system makes 0.
    fn residual(&mut self, t: f64, y: &[f64], dydt: &[f64], r: &mut [f64]) -> Result<(), RunError>;

    /// Solves (∂F/∂y + cj·∂F/∂y')·x = b in place, at the place where F was computed last.
    fn solve_residual(&mut self, cj: f64, b: &mut [f64]) -> Result<(), RunError>;

    /// Learns where f, or F with y', was not finite.
    fn not_finite(&mut self, t: f64, y: &[f64], dydt: &[f64], found: &[f64]);
}

/// What is asked of the steps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tolerances<'a> {
    pub relative: f64,
    /// One for each equation.
    pub absolute: &'a [f64],
    /// 0 for as the method allows.
    pub max_order: u32,
    /// 0 for none.
    pub min_step: f64,
    /// 0 for none.
    pub max_step: f64,
    /// Norms are added up with twice the digits.
    pub long_sums: bool,
}

/// Why an integrator does not go on.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// The system failed, and shorter steps did not help.
    System(RunError),
    /// SUNDIALS' own reason, as `CV_ERR_FAILURE: …`.
    Solver(String),
}

/// What SUNDIALS' callbacks find at their user data.
pub(super) struct Shared {
    /// Null outside of calls that lend a system.
    pub(super) system: *mut (dyn System + 'static),
    pub(super) mem: *mut c_void,
    pub(super) n: usize,
    /// Relative tolerance.
    pub(super) relative: f64,
    /// Absolute tolerances; without a relative one, their inverses.
    pub(super) absolute: Vec<f64>,
    pub(super) error: Option<RunError>,
    pub(super) message: String,
    /// How often CVODE wanted a new Jacobian.
    pub(super) setups: u64,
    /// The error that a step may have, as a part of the tolerances.
    pub(super) error_part: f64,
    /// A step was tried, so that CVODE has weights and errors.
    pub(super) tried: bool,
}

impl Shared {
    /// For `n` equations; the absolute tolerances as the integrator uses them.
    pub(super) fn new(n: usize, tolerances: &Tolerances<'_>, absolute: Vec<f64>) -> Box<Self> {
        Box::new(Self {
            system: nobody(),
            mem: ptr::null_mut(),
            n,
            relative: tolerances.relative,
            absolute,
            error: None,
            message: String::new(),
            setups: 0,
            error_part: 1.0,
            tried: false,
        })
    }

    /// Where SUNDIALS finds it.
    pub(super) fn user(self: &mut Box<Self>) -> *mut c_void {
        ptr::from_mut(&mut **self).cast()
    }

    /// Makes the context that everything else is made in, and has messages kept.
    pub(super) fn make_context(
        self: &mut Box<Self>,
        context: &mut sys::SUNContext,
    ) -> Result<(), Fault> {
        let user = self.user();
        // SAFETY: the context is written before it is used; `self` is boxed and outlives it.
        unsafe {
            let code = sys::SUNContext_Create(sys::SUN_COMM_NULL, context);
            if code < 0 {
                return Err(Fault::Solver("SUNContext_Create failed".to_owned()));
            }
            sys::SUNContext_ClearErrHandlers(*context);
            sys::SUNContext_PushErrHandler(*context, Some(keep_message), user);
        }
        Ok(())
    }

    /// Lends a system to what a call of SUNDIALS' calls back.
    pub(super) fn lend<R>(
        self: &mut Box<Self>,
        system: &mut dyn System,
        call: impl FnOnce(*mut c_void) -> R,
    ) -> R {
        // SAFETY: the lifetime of the reference is hidden from its type only while `call` runs: the
        // pointer is taken back before this function returns.
        self.system =
            unsafe { std::mem::transmute::<*mut dyn System, *mut (dyn System + 'static)>(system) };
        self.error = None;
        self.tried = true;
        let result = call(self.mem);
        self.system = nobody();
        result
    }

    /// The system's own error if a code says that something failed, else SUNDIALS' reason; `name_of`
    /// gives an allocated name for any code.
    pub(super) fn check(&mut self, what: &str, code: c_int, name_of: NameOf) -> Result<(), Fault> {
        if code >= 0 {
            return Ok(());
        }
        if let Some(error) = self.error.take() {
            return Err(Fault::System(error));
        }
        // SAFETY: by the above.
        let name = unsafe {
            let name = name_of(c_long::from(code));
            if name.is_null() {
                what.to_owned()
            } else {
                let text = CStr::from_ptr(name).to_string_lossy().into_owned();
                free(name.cast());
                text
            }
        };
        let message = std::mem::take(&mut self.message);
        Err(Fault::Solver(format!("{name}: {}", message.trim_end())))
    }

    /// The weights of the error test for these values.
    pub(super) fn weights_of(&self, y: &[f64]) -> Vec<f64> {
        if self.relative == 0.0 {
            return self.absolute.clone();
        }
        let tolerance = |(y, absolute): (&f64, &f64)| self.relative * y.abs() + absolute;
        let tolerances = y.iter().zip(&self.absolute).map(tolerance);
        tolerances.map(|tolerance| 1.0 / tolerance).collect()
    }
}

/// A system that is never called; it gives the pointer its type while nothing is lent.
struct Nothing;

impl System for Nothing {
    fn derivatives(&mut self, _: f64, _: &[f64], _: &mut [f64]) -> Result<(), RunError> {
        Err(RunError::Order(
            "the integrator was called without a system",
        ))
    }

    fn solve(&mut self, _: f64, _: &mut [f64]) -> Result<(), RunError> {
        Err(RunError::Order(
            "the integrator was called without a system",
        ))
    }

    fn residual(&mut self, _: f64, _: &[f64], _: &[f64], _: &mut [f64]) -> Result<(), RunError> {
        Err(RunError::Order(
            "the integrator was called without a system",
        ))
    }

    fn solve_residual(&mut self, _: f64, _: &mut [f64]) -> Result<(), RunError> {
        Err(RunError::Order(
            "the integrator was called without a system",
        ))
    }

    fn not_finite(&mut self, _: f64, _: &[f64], _: &[f64], _: &[f64]) {}
}

fn nobody() -> *mut (dyn System + 'static) {
    ptr::null_mut::<Nothing>()
}

/// Whether something could be allocated.
pub(super) fn present(what: &str, there: bool) -> Result<(), Fault> {
    if there {
        return Ok(());
    }
    Err(Fault::Solver(format!("{what} failed")))
}

unsafe extern "C" {
    /// C's own.
    fn free(pointer: *mut c_void);
}

/// # Safety
///
/// `vector` is a live serial vector of `n` doubles, not changed for `'a`.
pub(super) unsafe fn slice<'a>(vector: sys::N_Vector, n: usize) -> &'a [f64] {
    if n == 0 {
        return &[];
    }
    // SAFETY: by the above.
    unsafe { std::slice::from_raw_parts(sys::N_VGetArrayPointer_Serial(vector), n) }
}

/// # Safety
///
/// `vector` is a live serial vector of `n` doubles that nobody else uses for `'a`.
pub(super) unsafe fn slice_mut<'a>(vector: sys::N_Vector, n: usize) -> &'a mut [f64] {
    if n == 0 {
        return &mut [];
    }
    // SAFETY: by the above.
    unsafe { std::slice::from_raw_parts_mut(sys::N_VGetArrayPointer_Serial(vector), n) }
}

/// What SUNDIALS' callbacks return for "try a shorter step".
pub(super) const RECOVERABLE: c_int = 1;

pub(super) unsafe extern "C" fn free_solver(solver: sys::SUNLinearSolver) -> sys::SUNErrCode {
    // SAFETY: called once, by `SUNLinSolFree`; the content is not the solver's.
    unsafe {
        (*solver).content = ptr::null_mut();
        sys::SUNLinSolFreeEmpty(solver);
    }
    0
}

unsafe extern "C" fn keep_message(
    _line: c_int,
    _function: *const c_char,
    _file: *const c_char,
    message: *const c_char,
    _code: sys::SUNErrCode,
    user: *mut c_void,
    _context: sys::SUNContext,
) {
    if message.is_null() || user.is_null() {
        return;
    }
    // SAFETY: `user` is the boxed `Shared` that outlives the context; the message is a C string.
    unsafe {
        let text = CStr::from_ptr(message).to_string_lossy().into_owned();
        (*user.cast::<Shared>()).message = text;
    }
}

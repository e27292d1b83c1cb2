//! Functions of the SCoP library that NEURON's translator knows: shapes over time, saturation
//! curves, distributions.
//!
//! Each is arithmetic, in NEURON's order of operations, and its derivatives are those of the
//! arithmetic. (In SCoP the shapes also restart the integrator at a discontinuity; NEURON's
//! integrators do not look at that.)

use super::body::BodyLowering;
use crate::ir::{BinaryOp, Builtin, Expr, ExprId, Exprs, UnaryOp};
use crate::syntax::ast;
use BinaryOp::{Add, Div, Ge, Lt, Mul, Sub};

/// A function: its name, its number of arguments, and its value.
struct Function {
    name: &'static str,
    arity: usize,
    value: fn(&mut Exprs, &[ExprId]) -> ExprId,
}

/// 2π as SCoP has it, in eight digits.
#[allow(clippy::approx_constant)]
const TWO_PI: f64 = 6.283_185_3;

const FUNCTIONS: &[Function] = &[
    function("step", 3, |e, x| {
        let [t, at, height] = [x[0], x[1], x[2]];
        let begun = e.binary(Ge, t, at);
        or_zero(e, begun, height)
    }),
    function("perstep", 4, |e, x| {
        let [t, lag, period, height] = [x[0], x[1], x[2], x[3]];
        let (since, one) = (e.binary(Sub, t, lag), e.f64(1.0));
        let periods = e.binary(Div, since, period);
        let whole = truncated(e, periods);
        let steps = e.binary(Add, whole, one);
        let value = e.binary(Mul, steps, height);
        not_before(e, t, lag, value)
    }),
    function("pulse", 4, |e, x| {
        let [t, lag, height, duration] = [x[0], x[1], x[2], x[3]];
        let end = e.binary(Add, lag, duration);
        let lasts = e.binary(Lt, t, end);
        let value = or_zero(e, lasts, height);
        not_before(e, t, lag, value)
    }),
    function("perpulse", 5, |e, x| {
        let [t, lag, height, duration, pause] = [x[0], x[1], x[2], x[3], x[4]];
        let period = e.binary(Add, duration, pause);
        let since = e.binary(Sub, t, lag);
        let phase = phase(e, since, period);
        let within = e.binary(Mul, phase, period);
        let lasts = e.binary(Lt, within, duration);
        let value = or_zero(e, lasts, height);
        not_before(e, t, lag, value)
    }),
    function("ramp", 4, |e, x| {
        let [t, lag, height, duration] = [x[0], x[1], x[2], x[3]];
        let since = e.binary(Sub, t, lag);
        let rise = e.binary(Mul, since, height);
        let rise = e.binary(Div, rise, duration);
        let end = e.binary(Add, lag, duration);
        let over = e.binary(BinaryOp::Gt, t, end);
        let value = e.add(Expr::Select(over, height, rise));
        not_before(e, t, lag, value)
    }),
    function("squarewave", 3, |e, x| {
        let [t, period, amplitude] = [x[0], x[1], x[2]];
        let (phase, half) = (phase(e, t, period), e.f64(0.5));
        let first = e.binary(Lt, phase, half);
        let negative = e.unary(UnaryOp::Neg, amplitude);
        e.add(Expr::Select(first, amplitude, negative))
    }),
    function("sawtooth", 3, |e, x| {
        let phase = phase(e, x[0], x[1]);
        e.binary(Mul, x[2], phase)
    }),
    function("revsawtooth", 3, |e, x| {
        let (phase, one) = (phase(e, x[0], x[1]), e.f64(1.0));
        let rest = e.binary(Sub, one, phase);
        e.binary(Mul, x[2], rest)
    }),
    function("harmonic", 4, |e, x| {
        let [t, period, amplitude, offset] = [x[0], x[1], x[2], x[3]];
        let circle = e.f64(TWO_PI);
        let frequency = e.binary(Div, circle, period);
        let moved = e.binary(Add, t, offset);
        let angle = e.binary(Mul, frequency, moved);
        let sine = e.call1(Builtin::Sin, angle);
        e.binary(Mul, amplitude, sine)
    }),
    function("hyperbol", 3, |e, x| {
        let [x, max, half] = [x[0], x[1], x[2]];
        saturation(e, x, x, half, max)
    }),
    function("revhyperbol", 3, |e, x| {
        let [x, max, half] = [x[0], x[1], x[2]];
        saturation(e, half, x, half, max)
    }),
    function("sigmoid", 4, |e, x| {
        let [x, max, half, n] = [x[0], x[1], x[2], x[3]];
        let (a, b) = (power(e, x, n), power(e, half, n));
        saturation(e, a, a, b, max)
    }),
    function("revsigmoid", 4, |e, x| {
        let [x, max, half, n] = [x[0], x[1], x[2], x[3]];
        let (a, b) = (power(e, half, n), power(e, x, n));
        saturation(e, a, a, b, max)
    }),
    function("gauss", 3, |e, x| {
        let [x, mean, deviation] = [x[0], x[1], x[2]];
        let far = e.binary(Sub, x, mean);
        let far = e.binary(Div, far, deviation);
        let (two, minus_half, circle) = (e.f64(2.0), e.f64(-0.5), e.f64(TWO_PI));
        let square = power(e, far, two);
        let exponent = e.binary(Mul, minus_half, square);
        let bell = e.call1(Builtin::Exp, exponent);
        let root = e.call1(Builtin::Sqrt, circle);
        let width = e.binary(Mul, root, deviation);
        e.binary(Div, bell, width)
    }),
    function("factorial", 1, |e, x| factorial(e, x[0])),
    function("poisson", 2, |e, x| {
        let [x, mean] = [x[0], x[1]];
        let power = power(e, mean, x);
        let minus_mean = e.unary(UnaryOp::Neg, mean);
        let decay = e.call1(Builtin::Exp, minus_mean);
        let weight = e.binary(Mul, power, decay);
        let factorial = factorial(e, x);
        e.binary(Div, weight, factorial)
    }),
];

const fn function(
    name: &'static str,
    arity: usize,
    value: fn(&mut Exprs, &[ExprId]) -> ExprId,
) -> Function {
    Function { name, arity, value }
}

/// Their names.
pub(super) fn names<'a>() -> impl Iterator<Item = &'a str> {
    FUNCTIONS.iter().map(|f| f.name)
}

impl BodyLowering<'_, '_> {
    /// A call of one of them; `None` if it is none. The value is 0 if the call is faulty.
    pub(super) fn scop_function(&mut self, call: &ast::Call) -> Option<ExprId> {
        let function = FUNCTIONS.iter().find(|f| f.name == call.name.name)?;
        Some(match self.arguments(call, function.arity) {
            Some(args) => (function.value)(&mut self.body.exprs, &args),
            None => self.f64(0.0),
        })
    }
}

/// `value` if `cond`, else 0.
fn or_zero(e: &mut Exprs, cond: ExprId, value: ExprId) -> ExprId {
    let zero = e.f64(0.0);
    e.add(Expr::Select(cond, value, zero))
}

/// 0 while `t < lag`, then `value`.
fn not_before(e: &mut Exprs, t: ExprId, lag: ExprId, value: ExprId) -> ExprId {
    let (early, zero) = (e.binary(Lt, t, lag), e.f64(0.0));
    e.add(Expr::Select(early, zero, value))
}

/// `x` without its fraction.
fn truncated(e: &mut Exprs, x: ExprId) -> ExprId {
    let zero = e.f64(0.0);
    let negative = e.binary(Lt, x, zero);
    let (up, down) = (e.call1(Builtin::Ceil, x), e.call1(Builtin::Floor, x));
    e.add(Expr::Select(negative, up, down))
}

/// The fraction of `t/period`, with its sign.
fn phase(e: &mut Exprs, t: ExprId, period: ExprId) -> ExprId {
    let periods = e.binary(Div, t, period);
    let whole = truncated(e, periods);
    e.binary(Sub, periods, whole)
}

fn power(e: &mut Exprs, x: ExprId, y: ExprId) -> ExprId {
    e.add(Expr::Builtin(Builtin::Pow, vec![x, y]))
}

/// `max·part/(a + b)`
fn saturation(e: &mut Exprs, part: ExprId, a: ExprId, b: ExprId, max: ExprId) -> ExprId {
    let (above, below) = (e.binary(Mul, max, part), e.binary(Add, a, b));
    e.binary(Div, above, below)
}

/// The product below 20, Stirling's approximation from there on, 1 for what is below 2. (SCoP
/// ends the program if it is negative.)
fn factorial(e: &mut Exprs, n: ExprId) -> ExprId {
    let (tenth, one) = (e.f64(0.1), e.f64(1.0));
    let rounded = e.binary(Add, n, tenth);
    let x = truncated(e, rounded);
    // Whole products below 2^53 are exact in any order; above, the order is SCoP's: largest
    // factor first. The factors begin at `n` truncated, not rounded.
    let from = truncated(e, n);
    let mut product = one;
    for below in 0..18 {
        let below = e.f64(f64::from(below));
        let factor = e.binary(Sub, from, below);
        let counts = e.binary(BinaryOp::Gt, factor, one);
        let factor = e.add(Expr::Select(counts, factor, one));
        product = e.binary(Mul, product, factor);
    }
    let minus = e.unary(UnaryOp::Neg, x);
    let (decay, growth) = (e.call1(Builtin::Exp, minus), power(e, x, x));
    let circle = e.f64(TWO_PI);
    let circle = e.binary(Mul, circle, x);
    let root = e.call1(Builtin::Sqrt, circle);
    let stirling = e.binary(Mul, decay, growth);
    let stirling = e.binary(Mul, stirling, root);
    let (twenty, two) = (e.f64(20.0), e.f64(2.0));
    let few = e.binary(Lt, x, twenty);
    let value = e.add(Expr::Select(few, product, stirling));
    let least = e.binary(Lt, x, two);
    e.add(Expr::Select(least, one, value))
}

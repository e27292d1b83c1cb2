//! The built-in functions: one table that the front end, the interpreter and the code generator
//! share.
//!
//! Every function takes and gives doubles. [`Info::reference`] *is* the meaning of a function:
//! native code gives the same bits, because it performs the same operations inline (`sqrt`,
//! `fabs`, `floor`, `ceil`, `min`, `max`, small integer powers) or calls the reference. `exp`, `log` and `pow` are those of [`crate::math`] and do not depend on the
//! machine; the trigonometric and hyperbolic functions are those of the platform.

use crate::math;

/// A built-in function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Builtin {
    /// `exp(x)`
    Exp,
    /// `log(x)`, natural
    Log,
    /// `log10(x)`
    Log10,
    /// `pow(x, y)`, `x^y`
    Pow,
    /// `sqrt(x)`
    Sqrt,
    /// `fabs(x)`
    Abs,
    /// `floor(x)`
    Floor,
    /// `ceil(x)`
    Ceil,
    /// `sin(x)`
    Sin,
    /// `cos(x)`
    Cos,
    /// `tan(x)`
    Tan,
    /// `asin(x)`
    Asin,
    /// `acos(x)`
    Acos,
    /// `atan(x)`
    Atan,
    /// `atan2(y, x)`
    Atan2,
    /// `sinh(x)`
    Sinh,
    /// `cosh(x)`
    Cosh,
    /// `tanh(x)`
    Tanh,
    /// `erf(x)`
    Erf,
    /// `erfc(x)`: 1 - erf(x)
    Erfc,
    /// `fmod(x, y)`: remainder with the sign of x
    Fmod,
    /// `min(x, y)`: `x` if `x < y`, else `y`
    Min,
    /// `max(x, y)`: `x` if `x > y`, else `y`
    Max,
    /// The nearest number of single precision; C's `float`
    Single,
}

/// What there is to know about a built-in function.
#[derive(Debug)]
pub struct Info {
    /// The function.
    pub builtin: Builtin,
    /// Its name in dumps.
    pub name: &'static str,
    /// Its names in NMODL.
    pub nmodl: &'static [&'static str],
    /// Number of arguments.
    pub arity: usize,
    /// Rough cost for each instance in vector code; an addition costs 1.
    pub cost: u32,
    /// Its value. Panics unless there are `arity` arguments.
    pub reference: fn(&[f64]) -> f64,
}

/// All functions, in the order of [`Builtin`].
pub const TABLE: &[Info] = &[
    entry(Builtin::Exp, "exp", &["exp"], 1, 14, |x| math::exp(x[0])),
    entry(Builtin::Log, "log", &["log"], 1, 20, |x| math::log(x[0])),
    entry(Builtin::Log10, "log10", &["log10"], 1, 40, |x| {
        math::log10(x[0])
    }),
    entry(Builtin::Pow, "pow", &["pow"], 2, 60, |x| {
        math::pow(x[0], x[1])
    }),
    entry(Builtin::Sqrt, "sqrt", &["sqrt"], 1, 6, |x| x[0].sqrt()),
    entry(Builtin::Abs, "fabs", &["fabs", "abs"], 1, 1, |x| x[0].abs()),
    entry(Builtin::Floor, "floor", &["floor"], 1, 2, |x| x[0].floor()),
    entry(Builtin::Ceil, "ceil", &["ceil"], 1, 2, |x| x[0].ceil()),
    entry(Builtin::Sin, "sin", &["sin"], 1, 40, |x| x[0].sin()),
    entry(Builtin::Cos, "cos", &["cos"], 1, 40, |x| x[0].cos()),
    entry(Builtin::Tan, "tan", &["tan"], 1, 60, |x| x[0].tan()),
    entry(Builtin::Asin, "asin", &["asin"], 1, 60, |x| x[0].asin()),
    entry(Builtin::Acos, "acos", &["acos"], 1, 60, |x| x[0].acos()),
    entry(Builtin::Atan, "atan", &["atan"], 1, 60, |x| x[0].atan()),
    entry(Builtin::Atan2, "atan2", &["atan2"], 2, 80, |x| {
        x[0].atan2(x[1])
    }),
    entry(Builtin::Sinh, "sinh", &["sinh"], 1, 60, |x| x[0].sinh()),
    entry(Builtin::Cosh, "cosh", &["cosh"], 1, 60, |x| x[0].cosh()),
    entry(Builtin::Tanh, "tanh", &["tanh"], 1, 60, |x| x[0].tanh()),
    entry(Builtin::Erf, "erf", &["erf"], 1, 60, |x| libm::erf(x[0])),
    entry(Builtin::Erfc, "erfc", &["erfc"], 1, 60, |x| {
        libm::erfc(x[0])
    }),
    entry(Builtin::Fmod, "fmod", &["fmod"], 2, 40, |x| x[0] % x[1]),
    entry(Builtin::Min, "min", &["min"], 2, 1, |x| {
        if x[0] < x[1] { x[0] } else { x[1] }
    }),
    entry(Builtin::Max, "max", &["max"], 2, 1, |x| {
        if x[0] > x[1] { x[0] } else { x[1] }
    }),
    entry(Builtin::Single, "single", &[], 1, 20, |x| {
        f64::from(x[0] as f32)
    }),
];

const fn entry(
    builtin: Builtin,
    name: &'static str,
    nmodl: &'static [&'static str],
    arity: usize,
    cost: u32,
    reference: fn(&[f64]) -> f64,
) -> Info {
    Info {
        builtin,
        name,
        nmodl,
        arity,
        cost,
        reference,
    }
}

// `info` indexes the table by the discriminant.
const _: () = {
    let mut i = 0;
    while i < TABLE.len() {
        assert!(TABLE[i].builtin as usize == i);
        i += 1;
    }
};

impl Builtin {
    /// Its row of the table.
    pub fn info(self) -> &'static Info {
        &TABLE[self as usize]
    }

    /// Its name in dumps.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Number of arguments.
    pub fn arity(self) -> usize {
        self.info().arity
    }

    /// Its value; panics unless there are `arity` arguments.
    pub fn evaluate(self, args: &[f64]) -> f64 {
        (self.info().reference)(args)
    }

    /// The function that NMODL calls `name`.
    pub fn from_nmodl(name: &str) -> Option<Builtin> {
        TABLE
            .iter()
            .find(|info| info.nmodl.contains(&name))
            .map(|info| info.builtin)
    }

    /// The function that dumps call `name`.
    pub fn from_name(name: &str) -> Option<Builtin> {
        TABLE
            .iter()
            .find(|info| info.name == name)
            .map(|info| info.builtin)
    }
}

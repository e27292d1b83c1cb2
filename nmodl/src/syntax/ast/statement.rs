//! Statements, those of every block in one enum: where each may stand is not of the grammar.

use super::{
    Argument, Block, Call, CodeBlock, Compartment, Conserve, DeclaredNumber, Equation, Expr, Ident,
    Integer, Local, Obsolete, Reaction, Span, UnitsSwitch, Variable, Verbatim,
};

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `LOCAL a, b[3]`
    Local(Local),
    /// `x = ...`, `x[i] = ...`, `x' = ...`
    Assign(Assign),
    /// A call for its effect: `rates(v)`, `net_send(delay, 1)`, `printf("...")`.
    Call(Call),
    /// `if ... else if ... else ...`
    If(If),
    /// `while (condition) { }`
    While(While),
    /// `FROM i = 0 TO n BY 2 { }`
    From(From),
    /// `{ }`
    Block(Block),
    /// `SOLVE states METHOD cnexp`
    Solve(Solve),
    /// `CONDUCTANCE g USEION na`
    Conductance(Conductance),
    /// `TABLE minf, mtau DEPEND celsius FROM -100 TO 100 WITH 200`
    Table(Table),
    /// `VERBATIM ... ENDVERBATIM`
    Verbatim(Verbatim),
    /// `~ a + 2 b <-> c (kf, kb)`, `~ a << (flux)`, `~ a -> (rate)`
    Reaction(Reaction),
    /// `~ a*x + b = c` in LINEAR and NONLINEAR; `~+` adds to the last one.
    Equation(Equation),
    /// `CONSERVE a + b = 1`
    Conserve(Conserve),
    /// `COMPARTMENT i, volume { a b }`
    Compartment(Compartment),
    /// `LONGITUDINAL_DIFFUSION i, diffusion { a b }`
    LongitudinalDiffusion(Compartment),
    /// `LAG name BY delay`
    Lag(Lag),
    /// `INITIAL { }` in NET_RECEIVE.
    Initial(CodeBlock),
    /// `WATCH (v > threshold) 2, (v < threshold) 3`
    Watch(Watch),
    /// `FOR_NETCONS (w, ...) { }`
    ForNetcons(ForNetcons),
    /// `PROTECT x = x + 1`
    Protect(Protect),
    /// `MUTEXLOCK`
    MutexLock(Span),
    /// `MUTEXUNLOCK`
    MutexUnlock(Span),
    /// `UNITSON`, `UNITSOFF`
    UnitsSwitch(UnitsSwitch),
    /// A statement of older NMODL (FORALL, RESET, PUTQ, GETQ, SENS). The parser reports
    /// it as unsupported.
    Obsolete(Obsolete),
}

impl Statement {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Local(s) => s.span,
            Self::Assign(s) => s.span,
            Self::Call(s) => s.span,
            Self::If(s) => s.span,
            Self::While(s) => s.span,
            Self::From(s) => s.span,
            Self::Block(s) => s.span,
            Self::Solve(s) => s.span,
            Self::Conductance(s) => s.span,
            Self::Table(s) => s.span,
            Self::Verbatim(s) => s.span,
            Self::Reaction(s) => s.span,
            Self::Equation(s) => s.span,
            Self::Conserve(s) => s.span,
            Self::Compartment(s) | Self::LongitudinalDiffusion(s) => s.span,
            Self::Lag(s) => s.span,
            Self::Initial(s) => s.span,
            Self::Watch(s) => s.span,
            Self::ForNetcons(s) => s.span,
            Self::Protect(s) => s.span,
            Self::MutexLock(span) | Self::MutexUnlock(span) => *span,
            Self::UnitsSwitch(s) => s.span,
            Self::Obsolete(s) => s.span,
        }
    }
}

/// `target = value`
#[derive(Clone, Debug, PartialEq)]
pub struct Assign {
    /// Left-hand side; with primes in a DERIVATIVE block.
    pub target: Variable,
    /// Right-hand side.
    pub value: Expr,
    /// The statement.
    pub span: Span,
}

/// `if (c) { } else if (c) { } else { }`
#[derive(Clone, Debug, PartialEq)]
pub struct If {
    /// `if` and each `else if`, in order; at least one.
    pub branches: Vec<Branch>,
    /// `else`
    pub otherwise: Option<Block>,
    /// The statement.
    pub span: Span,
}

/// A condition and what it guards.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The condition.
    pub condition: Expr,
    /// The code.
    pub body: Block,
    /// From the condition to the end of the code.
    pub span: Span,
}

/// `while (condition) { }`
#[derive(Clone, Debug, PartialEq)]
pub struct While {
    /// The condition.
    pub condition: Expr,
    /// The code.
    pub body: Block,
    /// The statement.
    pub span: Span,
}

/// `FROM index = from TO to BY by { }`
///
/// The bounds are integer expressions: `/` divides whole numbers in them. `to` is
/// included, and `index` exists inside the body only.
#[derive(Clone, Debug, PartialEq)]
pub struct From {
    /// The index.
    pub index: Ident,
    /// First value.
    pub from: Expr,
    /// Last value.
    pub to: Expr,
    /// Step; 1 if absent.
    pub by: Option<Expr>,
    /// The code.
    pub body: Block,
    /// The statement.
    pub span: Span,
}

/// `SOLVE block METHOD method`
#[derive(Clone, Debug, PartialEq)]
pub struct Solve {
    /// The block to solve.
    pub block: Ident,
    /// The method.
    pub method: Option<SolveMethod>,
    /// After IFERROR (older NMODL).
    pub if_error: Option<Block>,
    /// The statement.
    pub span: Span,
}

/// `METHOD cnexp` or `STEADYSTATE sparse`
#[derive(Clone, Debug, PartialEq)]
pub struct SolveMethod {
    /// True for STEADYSTATE; false for METHOD, and for USING of older NMODL.
    pub steady_state: bool,
    /// The method's name.
    pub name: Ident,
    /// With the keyword.
    pub span: Span,
}

/// `CONDUCTANCE g USEION na`
#[derive(Clone, Debug, PartialEq)]
pub struct Conductance {
    /// The variable that is the conductance.
    pub name: Ident,
    /// The ion of its current.
    pub ion: Option<Ident>,
    /// The statement.
    pub span: Span,
}

/// `TABLE names DEPEND names FROM low TO high WITH count`
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Tabulated variables; empty in a FUNCTION.
    pub names: Vec<Ident>,
    /// Names after DEPEND.
    pub depend: Vec<Ident>,
    /// First knot.
    pub from: Expr,
    /// Last knot.
    pub to: Expr,
    /// Number of intervals.
    pub with: Integer,
    /// The statement.
    pub span: Span,
}

/// `LAG name BY delay`
#[derive(Clone, Debug, PartialEq)]
pub struct Lag {
    /// The variable.
    pub name: Ident,
    /// The delay.
    pub by: Ident,
    /// The statement.
    pub span: Span,
}

/// `WATCH (left > right) flag, ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// Its conditions, in order; at least one.
    pub conditions: Vec<WatchCondition>,
    /// The statement.
    pub span: Span,
}

/// `(left > right) flag`
#[derive(Clone, Debug, PartialEq)]
pub struct WatchCondition {
    /// Left-hand side.
    pub left: Expr,
    /// True for `>`, false for `<`.
    pub rising: bool,
    /// Right-hand side.
    pub right: Expr,
    /// The flag of the event.
    pub flag: DeclaredNumber,
    /// With the flag.
    pub span: Span,
}

/// `FOR_NETCONS (w, ...) { }`
#[derive(Clone, Debug, PartialEq)]
pub struct ForNetcons {
    /// Names for the weights of each NetCon.
    pub arguments: Vec<Argument>,
    /// The code.
    pub body: Block,
    /// The statement.
    pub span: Span,
}

/// `PROTECT x = x + 1`
#[derive(Clone, Debug, PartialEq)]
pub struct Protect {
    /// The assignment.
    pub assign: Assign,
    /// The statement.
    pub span: Span,
}

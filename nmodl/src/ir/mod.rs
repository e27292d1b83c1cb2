//! The intermediate representation: what a mechanism computes, in a form small enough to rewrite.
//!
//! A [`Module`] is one mechanism: its description, the bodies of its FUNCTIONs, PROCEDUREs and
//! equation blocks, and its kernels (entry points). Each has a [`Body`]:
//!
//! * **Expressions** are pure and typed, and live in an arena, [`Exprs`], that keeps one node
//!   for each distinct expression (hash-consing): equal expressions have equal ids, so a body
//!   is a DAG and common subexpressions cost nothing to find. Constants are exact bits.
//!   An expression is evaluated *where the statement that uses it stands*: [`Expr::Local`] and
//!   [`Expr::Load`] mean the value at that point.
//! * **Statements** are structured: assignments to locals, stores to places, `if`, `for`,
//!   `while`, calls. There is no `goto`, and no early return.
//! * **Places** are the memory that [`crate::abi`] describes: columns, globals, node and ion
//!   arrays. A local is private to the body.
//!
//! Lowering makes statements that say what NMODL says ([`Stmt::Call`], [`Stmt::Solve`],
//! [`Stmt::Rate`], [`Stmt::Reaction`], [`Stmt::Differentiate`] …). The passes of
//! [`crate::pass`] remove these *high* statements one after the other; code generation and the
//! interpreter see only the rest. [`verify`] holds every body to these rules.
//!
//! # Evaluation order and exceptions
//!
//! Arithmetic is IEEE double precision, never reassociated and never contracted to fused
//! multiply-add: interpreter, scalar and vector code give the same bits. Division by zero and
//! overflow give infinities and NaNs as in C. Integer values (loop indices, array indices) are
//! `i64`; [`UnaryOp::ToInt`] truncates towards zero and saturates, NaN becomes 0.

use crate::abi::Failure;
use crate::mechanism::Mechanism;

pub mod builtin;
pub mod call_graph;
mod exprs;
pub mod interpret;
pub mod memory;
pub mod print;
pub mod verify;
pub mod walk;

pub use builtin::Builtin;
pub use exprs::Exprs;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// Its position in the list that it indexes.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

id!(
    /// An expression of one body.
    ExprId, "%"
);
id!(
    /// A local variable of one body.
    LocalId, "l"
);
id!(
    /// A function of the module.
    FunctionId, "f"
);
id!(
    /// A source place in [`Mechanism::places`].
    PlaceId, "@"
);

/// Type of an expression or local.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// Double.
    F64,
    /// Index.
    I64,
    /// Truth value.
    Bool,
}

/// A double that compares and hashes by its bits, so that `-0.0` and `0.0` differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bits(pub u64);

impl Bits {
    /// The double.
    pub fn value(self) -> f64 {
        f64::from_bits(self.0)
    }
}

impl From<f64> for Bits {
    fn from(value: f64) -> Self {
        Bits(value.to_bits())
    }
}

/// Unary operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-a`; F64 or I64.
    Neg,
    /// `!a`; Bool.
    Not,
    /// I64 to F64.
    ToReal,
    /// F64 to I64, towards zero, saturating, NaN gives 0.
    ToInt,
}

/// Binary operators. Both operands have one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// F64, I64.
    Add,
    /// F64, I64.
    Sub,
    /// F64, I64.
    Mul,
    /// F64 (I64 division does not exist: it has cases without a value).
    Div,
    /// F64, I64 to Bool; false with NaN.
    Lt,
    /// F64, I64 to Bool; false with NaN.
    Le,
    /// F64, I64 to Bool; false with NaN.
    Gt,
    /// F64, I64 to Bool; false with NaN.
    Ge,
    /// F64, I64 to Bool; false with NaN.
    Eq,
    /// F64, I64 to Bool; true with NaN.
    Ne,
    /// Bool; both operands are evaluated.
    And,
    /// Bool; both operands are evaluated.
    Or,
    /// I64: bits that are set in both.
    BitAnd,
    /// I64: bits that are set in either.
    BitOr,
    /// I64: bits that differ.
    BitXor,
    /// I64: bits moved up by a number taken modulo 64.
    ShiftLeft,
    /// I64: bits moved down by a number taken modulo 64; those that come in are the sign's.
    ShiftRight,
}

impl BinaryOp {
    /// Whether it is an operation on the bits of whole numbers.
    pub fn is_of_bits(self) -> bool {
        matches!(
            self,
            BinaryOp::BitAnd
                | BinaryOp::BitOr
                | BinaryOp::BitXor
                | BinaryOp::ShiftLeft
                | BinaryOp::ShiftRight
        )
    }
}

/// A pure expression. Operands are ids in the same arena, and smaller than the expression's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Expr {
    /// A constant.
    F64(Bits),
    /// A constant.
    I64(i64),
    /// A constant.
    Bool(bool),
    /// Value of a local.
    Local(LocalId),
    /// Value at a place.
    Load(Place),
    /// Element of a tabulated column, `row` (I64) in `0..=intervals`. Tables never change
    /// while a kernel other than `tables` runs, so this is pure.
    TableValue {
        /// Which table.
        table: u32,
        /// Which tabulated value.
        column: u32,
        /// I64.
        row: ExprId,
    },
    /// `op a`
    Unary(UnaryOp, ExprId),
    /// `a op b`
    Binary(BinaryOp, ExprId, ExprId),
    /// `a` if the Bool `cond` holds, else `b`; both are evaluated.
    Select(ExprId, ExprId, ExprId),
    /// A FUNCTION_TABLE's value; NaN if it has not been given.
    FunctionTable {
        /// Which one.
        table: u32,
        /// The derivative with respect to this argument, instead of the value.
        slope: Option<u32>,
        /// F64 each.
        args: Vec<ExprId>,
    },
    /// Bool: the instance's POINTER points at something.
    Pointing(u32),
    /// A function of the table of built-in functions; all operands and the result are F64.
    Builtin(Builtin, Vec<ExprId>),
}

/// Values that all mechanisms share ([`crate::abi::SimValues`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SimVar {
    /// `t`
    T,
    /// `dt`
    Dt,
    /// `celsius`
    Celsius,
    /// `secondorder`
    SecondOrder,
    /// `cvode_active_`: 1 while steps are of variable length
    VariableStep,
}

/// Arrays over nodes ([`crate::abi::NodeArrays`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeVar {
    /// Membrane potential; read only.
    V,
    /// Right-hand side; accumulated only.
    Rhs,
    /// Diagonal; accumulated only.
    D,
    /// Membrane area.
    Area,
    /// Diameter.
    Diam,
}

/// Fields of an ion ([`crate::abi::IonArrays`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IonVar {
    /// Reversal potential.
    Erev,
    /// Internal concentration.
    Ci,
    /// External concentration.
    Co,
    /// Current; kernels accumulate into it.
    Cur,
    /// Its derivative; accumulated only.
    DcurDv,
}

/// Memory outside of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Column of the instance.
    Column(u32),
    /// Column `base + index` of an array of `len` columns.
    ColumnAt {
        /// First column.
        base: u32,
        /// Number of columns.
        len: u32,
        /// I64, known to lie in `0..len` (see [`Stmt::Check`]).
        index: ExprId,
    },
    /// Double of the globals block.
    Global(u32),
    /// Double `base + index` of the globals block.
    GlobalAt {
        /// First double.
        base: u32,
        /// Number of doubles.
        len: u32,
        /// I64, known to lie in `0..len`.
        index: ExprId,
    },
    /// A shared value; read only.
    Sim(SimVar),
    /// Value at the instance's node.
    Node(NodeVar),
    /// Value at the instance's node of the `ion`th USEION.
    Ion(u32, IonVar),
    /// Entry of [`crate::abi::KernelArgs::args`] (NetCon weights, arguments).
    Arg(u32),
    /// [`crate::abi::KernelArgs::flag`]; read only.
    Flag,
    /// Weight `arg` of the `index`th NetCon whose target is the instance
    /// ([`crate::abi::KernelArgs::netcons`]); NET_RECEIVE only.
    NetConArg {
        /// Which weight.
        arg: u32,
        /// I64 in `0..`[`Place::NetConCount`].
        index: ExprId,
    },
    /// [`crate::abi::KernelArgs::netcon_count`]; read only, NET_RECEIVE only.
    NetConCount,
    /// 1 if the FUNCTION_TABLE has been given, else 0; read only.
    FunctionTableGiven(u32),
    /// What the instance's POINTER points at; only where it is known to point at something
    /// (see [`Expr::Pointing`]).
    Pointer(u32),
    /// Element of a table; store only, in the `tables` kernel only.
    Table {
        /// Which table.
        table: u32,
        /// Which tabulated value.
        column: u32,
        /// I64 in `0..=intervals`.
        row: ExprId,
    },
    /// Element of an array that is private to the body ([`Body::arrays`]).
    LocalArray {
        /// Position in [`Body::arrays`].
        array: u32,
        /// I64, known to lie inside the array.
        index: ExprId,
    },
}

impl Place {
    /// The expression that computes its index, if the place is chosen at run time.
    pub fn index(self) -> Option<ExprId> {
        match self {
            Place::ColumnAt { index, .. }
            | Place::GlobalAt { index, .. }
            | Place::NetConArg { index, .. }
            | Place::LocalArray { index, .. } => Some(index),
            Place::Table { row, .. } => Some(row),
            _ => None,
        }
    }

    /// The same place with another index expression; unchanged if it has none.
    pub fn with_index(self, new: ExprId) -> Place {
        match self {
            Place::ColumnAt { base, len, .. } => Place::ColumnAt {
                base,
                len,
                index: new,
            },
            Place::GlobalAt { base, len, .. } => Place::GlobalAt {
                base,
                len,
                index: new,
            },
            Place::LocalArray { array, .. } => Place::LocalArray { array, index: new },
            Place::NetConArg { arg, .. } => Place::NetConArg { arg, index: new },
            Place::Table { table, column, .. } => Place::Table {
                table,
                column,
                row: new,
            },
            fixed => fixed,
        }
    }

    /// True if the value is the same for every instance of the mechanism.
    pub fn is_uniform(self) -> bool {
        matches!(
            self,
            Place::Global(_)
                | Place::Sim(_)
                | Place::FunctionTableGiven(_)
                | Place::Arg(_)
                | Place::Flag
                | Place::NetConCount
        )
    }

    /// True if a POINTER may point at it.
    fn is_pointable(self) -> bool {
        !matches!(
            self,
            Place::Flag
                | Place::NetConCount
                | Place::FunctionTableGiven(_)
                | Place::Table { .. }
                | Place::LocalArray { .. }
                | Place::Node(NodeVar::Rhs | NodeVar::D)
        )
    }

    /// True if a store to `self` may change what a load from `other` gives.
    pub fn may_alias(self, other: Place) -> bool {
        use Place::*;
        match (self, other) {
            (Pointer(_), place) | (place, Pointer(_)) => place.is_pointable(),
            (Column(a), Column(b)) | (Global(a), Global(b)) => a == b,
            (Column(a), ColumnAt { base, len, .. })
            | (ColumnAt { base, len, .. }, Column(a))
            | (Global(a), GlobalAt { base, len, .. })
            | (GlobalAt { base, len, .. }, Global(a)) => (base..base + len).contains(&a),
            (ColumnAt { base: a, .. }, ColumnAt { base: b, .. })
            | (GlobalAt { base: a, .. }, GlobalAt { base: b, .. }) => a == b,
            (LocalArray { array: a, .. }, LocalArray { array: b, .. }) => a == b,
            // The NetCon that delivers the event is one of the instance's.
            (NetConArg { arg: a, .. }, NetConArg { arg: b, .. } | Arg(b))
            | (Arg(a), NetConArg { arg: b, .. }) => a == b,
            (Table { .. }, Table { .. }) => true,
            (a, b) => a == b,
        }
    }
}

/// Services of the host ([`crate::abi::Host`]).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Service {
    /// `net_send(delay, flag)`
    NetSend,
    /// `net_event(time)`
    NetEvent,
    /// `net_move(time)`
    NetMove,
    /// WATCH: the condition; arguments flag, value
    Watch {
        /// Position in [`crate::mechanism::NetReceive::watches`].
        condition: u32,
    },
    /// `at_time(time)`, gives 0 or 1
    AtTime,
    /// A random number: stream, distribution; arguments a, b
    Random {
        /// Which RANDOM variable.
        stream: u32,
        /// An [`crate::abi::Distribution`].
        distribution: i32,
    },
    /// An [`crate::abi::ScopFunction`]; arguments a, b
    Scop(i32),
    /// What C in VERBATIM asks the host for, with the arguments that it takes
    Request(crate::abi::Request),
    /// A text for C: a format with the numbers that it takes; gives a handle
    Text(String),
    /// `printf` of a format string
    Print(String),
}

/// Integration method of a SOLVE statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Exact for linear, uncoupled equations.
    Cnexp,
    /// Forward Euler.
    Euler,
    /// Backward Euler with Newton's method.
    Derivimplicit,
    /// Backward Euler of a KINETIC block.
    Sparse,
    /// The fourth-order method of Runge and Kutta.
    Runge,
    /// Elimination of a LINEAR block.
    Simeq,
    /// Newton's method for a NONLINEAR block.
    Newton,
    /// A plain call of a PROCEDURE.
    Call,
}

/// One species of a reaction with its stoichiometric coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Species {
    /// The concentration or amount.
    pub place: Place,
    /// How often it takes part.
    pub coefficient: f64,
}

/// A reaction statement of a KINETIC block.
#[derive(Debug, Clone, PartialEq)]
pub struct Reaction {
    /// Left-hand side.
    pub reactants: Vec<Species>,
    /// Right-hand side; empty for `->` to nothing and for `<<`.
    pub products: Vec<Species>,
    /// Rate constant from left to right; the flux itself for `<<`.
    pub forward: ExprId,
    /// Rate constant from right to left; `None` for `->` and `<<`.
    pub backward: Option<ExprId>,
    /// True for `~ x << (flux)`.
    pub inflow: bool,
    /// Receives the flux to the right, `f_flux`.
    pub f_flux: LocalId,
    /// Receives the flux to the left, `b_flux`.
    pub b_flux: LocalId,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Stmt {
    /// `local = value`
    Assign(LocalId, ExprId),
    /// `place = value`
    Store(Place, ExprId),
    /// `place += value`, instance by instance where instances share a node.
    Accumulate(Place, ExprId),
    /// A branch.
    If {
        /// Bool.
        cond: ExprId,
        /// If it holds.
        then: Block,
        /// If not.
        otherwise: Block,
    },
    /// `for index = from to to { … }`: `to` included, both evaluated once; `index` (I64) is not
    /// assigned in the body.
    For {
        /// I64 local.
        index: LocalId,
        /// I64.
        from: ExprId,
        /// I64.
        to: ExprId,
        /// The body.
        body: Block,
    },
    /// `loop { head; if !cond break; body }`
    While {
        /// Evaluated before each test.
        head: Block,
        /// Bool.
        cond: ExprId,
        /// The body.
        body: Block,
    },
    /// The kernel fails unless `cond` holds; `value` goes to the status.
    Check {
        /// Bool.
        cond: ExprId,
        /// Reported failure.
        failure: Failure,
        /// Reported source place.
        place: PlaceId,
        /// F64.
        value: ExprId,
    },
    /// A call to the host.
    Service {
        /// Receives the result.
        result: Option<LocalId>,
        /// Which one.
        service: Service,
        /// F64 each.
        args: Vec<ExprId>,
    },

    /// High: call of a function of the module. Removed by `inline`.
    Call {
        /// Receives the result.
        result: Option<LocalId>,
        /// Which one.
        function: FunctionId,
        /// F64 each.
        args: Vec<ExprId>,
    },
    /// High: SOLVE. Removed by the pass of its method.
    Solve {
        /// The equation block.
        block: FunctionId,
        /// How.
        method: Method,
        /// Solve for the steady state instead of a step of dt.
        steadystate: bool,
        /// Where the statement stands.
        place: PlaceId,
    },
    /// High: `state' = value` in a DERIVATIVE block.
    Rate(Place, ExprId),
    /// High: an equation of a LINEAR or NONLINEAR block: the values of its row sum to 0.
    Equation {
        /// Which equation of the block.
        row: u32,
        /// Left minus right; F64.
        value: ExprId,
    },
    /// High: a reaction of a KINETIC block.
    Reaction(Reaction),
    /// High: COMPARTMENT: the volume of a state of a KINETIC block.
    Compartment(Place, ExprId),
    /// High: CONSERVE: Σ coefficient·place = total.
    Conserve {
        /// Terms of the sum.
        terms: Vec<Species>,
        /// F64.
        total: ExprId,
    },
    /// High: `result = ∂of/∂v`, of a local as it was computed since the body's start. Removed by
    /// `conductance`.
    Differentiate {
        /// Receives the derivative.
        result: LocalId,
        /// F64 local.
        of: LocalId,
    },
}

/// Statements in order.
pub type Block = Vec<Stmt>;

/// A local variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// Name from the source, or of a pass; not unique.
    pub name: String,
    /// Its type.
    pub ty: Type,
}

/// An array that is private to a body (`LOCAL x[3]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalArray {
    /// Name from the source.
    pub name: String,
    /// Number of doubles.
    pub len: u32,
}

/// Code with its expressions and locals.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Body {
    /// All expressions.
    pub exprs: Exprs,
    /// All locals.
    pub locals: Vec<Local>,
    /// Private arrays.
    pub arrays: Vec<LocalArray>,
    /// Locals that receive the arguments, in order (functions only).
    pub params: Vec<LocalId>,
    /// Local that holds the result at the end (functions only).
    pub result: Option<LocalId>,
    /// Executed once before the instances; made by `hoist`; assigns uniform locals only.
    pub prologue: Block,
    /// Executed for each instance.
    pub block: Block,
}

impl Body {
    /// A new local.
    pub fn local(&mut self, name: impl Into<String>, ty: Type) -> LocalId {
        self.locals.push(Local {
            name: name.into(),
            ty,
        });
        LocalId(self.locals.len() as u32 - 1)
    }

    /// Type of an expression. (A malformed expression gets the type of its first operand;
    /// [`verify`] finds it.)
    pub fn type_of(&self, id: ExprId) -> Type {
        match &self.exprs[id] {
            Expr::F64(_)
            | Expr::Load(_)
            | Expr::TableValue { .. }
            | Expr::FunctionTable { .. }
            | Expr::Builtin(..) => Type::F64,
            Expr::I64(_) | Expr::Unary(UnaryOp::ToInt, _) => Type::I64,
            Expr::Bool(_) | Expr::Pointing(_) | Expr::Unary(UnaryOp::Not, _) => Type::Bool,
            Expr::Local(local) => self.locals[local.index()].ty,
            Expr::Unary(UnaryOp::ToReal, _) => Type::F64,
            Expr::Unary(UnaryOp::Neg, a) => self.type_of(*a),
            Expr::Binary(op, a, _) => match op {
                BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => self.type_of(*a),
                op if op.is_of_bits() => Type::I64,
                _ => Type::Bool,
            },
            Expr::Select(_, a, _) => self.type_of(*a),
        }
    }
}

/// What a function of the module was in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// FUNCTION
    Function,
    /// PROCEDURE
    Procedure,
    /// DERIVATIVE
    Derivative,
    /// KINETIC
    Kinetic,
    /// LINEAR
    Linear,
    /// NONLINEAR
    Nonlinear,
}

/// A FUNCTION, PROCEDURE or equation block.
#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    /// Name in the source (`rates`, or `rates (exact)` behind a TABLE).
    pub name: String,
    /// What it was.
    pub kind: FunctionKind,
    /// What a block of equations solves for, in storage order: of LINEAR and NONLINEAR always, of
    /// others if SOLVEFOR says so.
    pub unknowns: Option<Vec<Place>>,
    /// Its code.
    pub body: Body,
}

/// Entry points: the fields of [`crate::mechanism::Kernels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KernelKind {
    /// Fills tables; runs once, not for each instance.
    Tables,
    /// INITIAL
    Initial,
    /// Currents
    Current,
    /// States
    State,
    /// NET_RECEIVE
    NetReceive,
    /// INITIAL of NET_RECEIVE
    NetInitial,
    /// A FUNCTION or PROCEDURE called by name, in a module of its own ([`crate::callable`])
    Callable,
    /// Values of WATCH conditions
    Watch,
    /// BEFORE INITIAL
    BeforeInitial,
    /// AFTER INITIAL
    AfterInitial,
    /// BEFORE BREAKPOINT
    BeforeBreakpoint,
    /// AFTER SOLVE
    AfterSolve,
    /// BEFORE STEP
    BeforeStep,
    /// How states diffuse along the cable
    Diffusion,
    /// Derivatives of the states, in a module of its own ([`crate::ode`])
    Ode,
    /// Solution of the states' linearized equations, in the same module
    OdeSolve,
}

impl KernelKind {
    /// Its name in dumps.
    pub fn name(self) -> &'static str {
        match self {
            KernelKind::Tables => "tables",
            KernelKind::Initial => "initial",
            KernelKind::Current => "current",
            KernelKind::State => "state",
            KernelKind::NetReceive => "net_receive",
            KernelKind::NetInitial => "net_initial",
            KernelKind::Callable => "callable",
            KernelKind::Watch => "watch",
            KernelKind::BeforeInitial => "before_initial",
            KernelKind::AfterInitial => "after_initial",
            KernelKind::BeforeBreakpoint => "before_breakpoint",
            KernelKind::AfterSolve => "after_solve",
            KernelKind::BeforeStep => "before_step",
            KernelKind::Diffusion => "diffusion",
            KernelKind::Ode => "ode",
            KernelKind::OdeSolve => "ode_solve",
        }
    }

    /// Whether its being there means something even if it has nothing to do: NET_RECEIVE says that
    /// events may be sent, its INITIAL that weights are not set to zero; and derivatives that depend on
    /// no state leave nothing to solve.
    pub fn counts_empty(self) -> bool {
        self.receives_event() || matches!(self, KernelKind::Ode | KernelKind::OdeSolve)
    }

    /// Whether it runs for the instance that receives an event, with the weights of a NetCon.
    pub fn receives_event(self) -> bool {
        matches!(self, KernelKind::NetReceive | KernelKind::NetInitial)
    }

    /// Whether it runs for at most one instance.
    pub fn has_one_instance(self) -> bool {
        self.receives_event() || matches!(self, KernelKind::Tables | KernelKind::Callable)
    }
}

/// An entry point.
#[derive(Debug, Clone, PartialEq)]
pub struct Kernel {
    /// Which one.
    pub kind: KernelKind,
    /// Its code.
    pub body: Body,
}

/// One mechanism.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// Its description.
    pub mechanism: Mechanism,
    /// Functions and equation blocks; `inline` and the methods use them up.
    pub functions: Vec<Function>,
    /// Entry points.
    pub kernels: Vec<Kernel>,
    /// The SOLVEs of BREAKPOINT with what goes before and after them, if variable steps integrate
    /// what they solve ([`crate::ode`]). No pass changes it.
    pub ode: Option<Body>,
}

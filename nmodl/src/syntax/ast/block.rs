//! Blocks with code, from INITIAL to NET_RECEIVE, and the heads of FUNCTION and PROCEDURE.

use super::{Ident, Span, Statement, Unit};

/// Statements in braces.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The statements, in order.
    pub statements: Vec<Statement>,
    /// With the braces.
    pub span: Span,
}

/// `INITIAL { }` and the other blocks without a name.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeBlock {
    /// Its code.
    pub body: Block,
    /// The block with its keyword.
    pub span: Span,
}

/// `DERIVATIVE name SOLVEFOR a, b { }` and the other blocks that SOLVE names.
#[derive(Clone, Debug, PartialEq)]
pub struct EquationBlock {
    /// Its name.
    pub name: Ident,
    /// Names after SOLVEFOR.
    pub solve_for: Vec<Ident>,
    /// Its code.
    pub body: Block,
    /// The block with its keyword.
    pub span: Span,
}

/// `FUNCTION` or `PROCEDURE`
#[derive(Clone, Debug, PartialEq)]
pub struct Callable {
    /// Its name.
    pub name: Ident,
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// Its code.
    pub body: Block,
    /// The block with its keyword.
    pub span: Span,
}

/// `FUNCTION_TABLE`
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionTable {
    /// Its name.
    pub name: Ident,
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// The declaration with its keyword.
    pub span: Span,
}

/// A formal argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: Ident,
    /// Its unit.
    pub unit: Option<Unit>,
    /// With the unit.
    pub span: Span,
}

/// `NET_RECEIVE (weight, ...) { }`
#[derive(Clone, Debug, PartialEq)]
pub struct NetReceiveBlock {
    /// Its arguments; `flag` is implied.
    pub arguments: Vec<Argument>,
    /// Its code, in which an INITIAL block may stand.
    pub body: Block,
    /// The block with its keyword.
    pub span: Span,
}

/// `BEFORE STEP { }`
#[derive(Clone, Debug, PartialEq)]
pub struct BeforeAfterBlock {
    /// True for BEFORE, false for AFTER.
    pub before: bool,
    /// Of what.
    pub event: BeforeAfterEvent,
    /// Its code.
    pub body: Block,
    /// The block with its keywords.
    pub span: Span,
}

/// What a BEFORE or AFTER block goes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeforeAfterEvent {
    /// BREAKPOINT
    Breakpoint,
    /// SOLVE
    Solve,
    /// INITIAL
    Initial,
    /// STEP
    Step,
}

impl BeforeAfterEvent {
    /// As written.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Breakpoint => "BREAKPOINT",
            Self::Solve => "SOLVE",
            Self::Initial => "INITIAL",
            Self::Step => "STEP",
        }
    }
}

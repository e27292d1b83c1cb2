//! Expressions, and how tightly their operators bind.

use super::{Ident, Integer, Number, Span, StringLiteral, Unit};

/// An expression.
///
/// Precedence is C's, because NEURON hands conditions to C: `||`, `&&`, `== !=`,
/// `< <= > >=`, `+ -`, `* /`, unary `- !`, `^`; from loose to tight, all of them left
/// associative but `^`.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `5e-3`, `1 (/ms)`
    Number {
        /// The number.
        number: Number,
        /// Its unit.
        unit: Option<Unit>,
        /// With the unit.
        span: Span,
    },
    /// `v`, `ca[i]`, `m'`, `x@1`
    Variable(Variable),
    /// `exp(x)`
    Call(Call),
    /// A text; only ever an argument of a call.
    String(StringLiteral),
    /// `-x`, `!x`
    Unary {
        /// The operator.
        op: UnaryOp,
        /// Its operand.
        operand: Box<Expr>,
        /// With the operator.
        span: Span,
    },
    /// `a + b`
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Where the operator stands.
        op_span: Span,
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
        /// All of it.
        span: Span,
    },
}

impl Expr {
    /// Where it stands, parentheses around it included.
    pub fn span(&self) -> Span {
        match self {
            Self::Variable(variable) => variable.span,
            Self::Call(call) => call.span,
            Self::String(string) => string.span,
            Self::Number { span, .. } | Self::Unary { span, .. } | Self::Binary { span, .. } => {
                *span
            }
        }
    }
}

/// A use of a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: Ident,
    /// Number of primes: `m'` has 1.
    pub order: u32,
    /// `@1`: the value so many steps back (DISCRETE).
    pub back: Option<Integer>,
    /// `[index]`: an integer expression, in which `/` divides whole numbers.
    pub index: Option<Box<Expr>>,
    /// All of it.
    pub span: Span,
}

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What is called.
    pub name: Ident,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// With the parentheses.
    pub span: Span,
}

/// Unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-`
    Negate,
    /// `!`
    Not,
}

/// Binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

impl UnaryOp {
    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Negate => "-",
            Self::Not => "!",
        }
    }
}

impl BinaryOp {
    /// As written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "^",
        }
    }

    /// How tightly it binds: 1 (loosest, `||`) to 6 (`* /`), unary operators 7, `^` 8.
    pub fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual => 3,
            Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
            Self::Power => 8,
        }
    }
}

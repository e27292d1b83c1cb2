//! What declarations, statements and expressions are made of: names, numbers, units, texts.

use super::Span;

/// A name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ident {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A number as written, with its sign in declarations (`-70`).
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The text, for instance `5e-8`.
    pub text: String,
    /// Its value.
    pub value: f64,
    /// Where it stands.
    pub span: Span,
}

impl Number {
    /// Whether it was written without decimal point and exponent.
    pub fn is_integer(&self) -> bool {
        !self.text.contains(['.', 'e', 'E'])
    }
}

/// A number in a declaration: literal, or a DEFINEd name.
#[derive(Clone, Debug, PartialEq)]
pub enum DeclaredNumber {
    /// `-70`, `1e-3`
    Literal(Number),
    /// `N` or `-N`
    Defined {
        /// Whether a minus sign stands before the name.
        negative: bool,
        /// The DEFINEd name.
        name: Ident,
        /// With the sign.
        span: Span,
    },
}

impl DeclaredNumber {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(number) => number.span,
            Self::Defined { span, .. } => *span,
        }
    }
}

/// A whole number: literal, or a DEFINEd name.
#[derive(Clone, Debug, PartialEq)]
pub enum Integer {
    /// `10`
    Literal {
        /// Its value.
        value: i64,
        /// Where it stands.
        span: Span,
    },
    /// A DEFINEd name.
    Name(Ident),
}

impl Integer {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal { span, .. } => *span,
            Self::Name(name) => name.span,
        }
    }
}

/// A unit in parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What stands between the parentheses, without blanks at its ends.
    pub text: String,
    /// With the parentheses.
    pub span: Span,
}

/// A text in double quotes; NMODL has no escapes of its own in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringLiteral {
    /// Without the quotes, as written: `\n` is still two characters.
    pub text: String,
    /// With the quotes.
    pub span: Span,
}

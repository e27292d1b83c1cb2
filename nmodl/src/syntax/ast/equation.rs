//! The statements of KINETIC, LINEAR and NONLINEAR blocks: reactions, equations, what is conserved,
//! and in what volumes.

use super::{Expr, Ident, Integer, Span, Variable};

/// A `~` statement of a KINETIC block.
#[derive(Clone, Debug, PartialEq)]
pub struct Reaction {
    /// Left of the arrow.
    pub left: Vec<Reactant>,
    /// The arrow and what follows.
    pub kind: ReactionKind,
    /// The statement.
    pub span: Span,
}

/// The three kinds of [`Reaction`].
#[derive(Clone, Debug, PartialEq)]
pub enum ReactionKind {
    /// `<-> right (forward, backward)`
    Reversible {
        /// Right of the arrow.
        right: Vec<Reactant>,
        /// Forward rate.
        forward: Expr,
        /// Backward rate.
        backward: Expr,
    },
    /// `-> (rate)`: leaves the system.
    Outflow {
        /// The rate.
        rate: Expr,
    },
    /// `<< (flux)`: enters the system.
    Influx {
        /// The flux.
        flux: Expr,
    },
}

/// `2 ca[i]`
#[derive(Clone, Debug, PartialEq)]
pub struct Reactant {
    /// How many; 1 if absent.
    pub coefficient: Option<Integer>,
    /// The variable.
    pub variable: Variable,
    /// With the coefficient.
    pub span: Span,
}

/// `~ left = right`
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// True for `~+`, which adds to the equation before.
    pub adds: bool,
    /// Left-hand side.
    pub left: Expr,
    /// Right-hand side.
    pub right: Expr,
    /// The statement.
    pub span: Span,
}

/// `CONSERVE a + 2 b = total`
#[derive(Clone, Debug, PartialEq)]
pub struct Conserve {
    /// Left-hand side.
    pub left: Vec<Reactant>,
    /// Right-hand side.
    pub right: Expr,
    /// The statement.
    pub span: Span,
}

/// `COMPARTMENT i, volume { a b }` or `LONGITUDINAL_DIFFUSION i, diffusion { a b }`
#[derive(Clone, Debug, PartialEq)]
pub struct Compartment {
    /// The index over array states, known inside `value`.
    pub index: Option<Ident>,
    /// Volume, or diffusion constant times area.
    pub value: Expr,
    /// The states.
    pub states: Vec<Ident>,
    /// The statement.
    pub span: Span,
}

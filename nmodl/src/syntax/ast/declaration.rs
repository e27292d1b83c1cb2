//! Declarations of variables: UNITS, CONSTANT, PARAMETER, INDEPENDENT, ASSIGNED and STATE.

use super::{DeclaredNumber, Ident, Integer, Span, Unit};

/// `UNITS { }`
#[derive(Clone, Debug, PartialEq)]
pub struct UnitsBlock {
    /// Its definitions, in order.
    pub definitions: Vec<UnitsDefinition>,
    /// The block.
    pub span: Span,
}

/// A definition of the UNITS block.
#[derive(Clone, Debug, PartialEq)]
pub enum UnitsDefinition {
    /// `(mV) = (millivolt)`
    Alias {
        /// The new unit.
        unit: Unit,
        /// What it stands for.
        meaning: Unit,
        /// The definition.
        span: Span,
    },
    /// `F = 96520 (coulomb)`, or `R = (k-mole) (joule/degC)`, or `R = (foot) -> (inch)`
    Factor(UnitsFactor),
}

/// A named factor of the UNITS block.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitsFactor {
    /// The constant that it defines.
    pub name: Ident,
    /// Its value.
    pub value: FactorValue,
    /// The definition.
    pub span: Span,
}

/// The right-hand side of a [`UnitsFactor`].
#[derive(Clone, Debug, PartialEq)]
pub enum FactorValue {
    /// `96520 (coulomb)`; the unit may be absent.
    Number {
        /// The number.
        number: DeclaredNumber,
        /// Its unit.
        unit: Option<Unit>,
    },
    /// `(faraday) (coulomb)`, or with an arrow between: the value of the first in the second.
    Conversion {
        /// From this unit.
        from: Unit,
        /// To this unit.
        to: Unit,
        /// Whether `->` stands between them.
        arrow: bool,
    },
}

/// `CONSTANT { }`
#[derive(Clone, Debug, PartialEq)]
pub struct ConstantBlock {
    /// Its constants, in order.
    pub constants: Vec<Constant>,
    /// The block.
    pub span: Span,
}

/// `name = number (unit)`
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// Its name.
    pub name: Ident,
    /// Its value.
    pub value: DeclaredNumber,
    /// Its unit.
    pub unit: Option<Unit>,
    /// The definition.
    pub span: Span,
}

/// `PARAMETER { }`
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterBlock {
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// The block.
    pub span: Span,
}

/// `name = default (unit) <low, high>`, or `name[length] (unit) <low, high>`
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Ident,
    /// Its length, if an array. NEURON allows no default with it.
    pub length: Option<Integer>,
    /// Its default; zero if absent.
    pub default: Option<DeclaredNumber>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// Its limits.
    pub limits: Option<Limits>,
    /// The declaration.
    pub span: Span,
}

/// `<low, high>`
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Lower limit.
    pub low: DeclaredNumber,
    /// Upper limit.
    pub high: DeclaredNumber,
    /// With the angle brackets.
    pub span: Span,
}

/// `INDEPENDENT { }`
#[derive(Clone, Debug, PartialEq)]
pub struct IndependentBlock {
    /// Its definitions: of `t`, if anything.
    pub definitions: Vec<Independent>,
    /// The block.
    pub span: Span,
}

/// `SWEEP t FROM 0 TO 1 WITH 1 START 0 (ms)`
#[derive(Clone, Debug, PartialEq)]
pub struct Independent {
    /// Whether SWEEP stands before it.
    pub sweep: bool,
    /// The variable.
    pub name: Ident,
    /// After FROM.
    pub from: DeclaredNumber,
    /// After TO.
    pub to: DeclaredNumber,
    /// After WITH.
    pub with: Integer,
    /// After START.
    pub start: Option<DeclaredNumber>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// The definition.
    pub span: Span,
}

/// `ASSIGNED { }` or `STATE { }`
#[derive(Clone, Debug, PartialEq)]
pub struct VariableBlock {
    /// Its declarations, in order.
    pub variables: Vec<VariableDeclaration>,
    /// The block.
    pub span: Span,
}

/// `name[length] FROM 0 TO 1 START 0.5 (unit) <tolerance>`
#[derive(Clone, Debug, PartialEq)]
pub struct VariableDeclaration {
    /// Its name.
    pub name: Ident,
    /// Number of primes after the name.
    pub order: u32,
    /// Its length, if an array.
    pub length: Option<Integer>,
    /// After FROM and TO.
    pub range: Option<(DeclaredNumber, DeclaredNumber)>,
    /// After START.
    pub start: Option<DeclaredNumber>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// The absolute tolerance in angle brackets.
    pub tolerance: Option<DeclaredNumber>,
    /// The declaration.
    pub span: Span,
}

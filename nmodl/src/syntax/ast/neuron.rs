//! The NEURON block: what kind of mechanism it is, and what the rest of the model sees of it.

use super::{DeclaredNumber, Ident, Span};

/// `NEURON { }`
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronBlock {
    /// Its statements, in order.
    pub statements: Vec<NeuronStatement>,
    /// The block.
    pub span: Span,
}

/// A statement of the NEURON block.
#[derive(Clone, Debug, PartialEq)]
pub enum NeuronStatement {
    /// `SUFFIX hh`, `POINT_PROCESS ExpSyn`, `ARTIFICIAL_CELL IntFire1`
    Suffix(Suffix),
    /// `USEION na READ ena WRITE ina VALENCE 1`
    UseIon(UseIon),
    /// `RANGE`, `GLOBAL`, `NONSPECIFIC_CURRENT` ... with a list of names.
    Names(NeuronNames),
    /// `THREADSAFE`, in older files with names.
    ThreadSafe {
        /// Names, usually none; they have no meaning.
        names: Vec<Ident>,
        /// The statement.
        span: Span,
    },
    /// `REPRESENTS NCIT:C17145`, `REPRESENTS [NCIT:C17145]`
    Represents(Represents),
}

/// What kind of mechanism, and its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Suffix {
    /// The keyword.
    pub kind: MechanismKind,
    /// The mechanism's name.
    pub name: Ident,
    /// The statement.
    pub span: Span,
}

/// The three words that name a mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MechanismKind {
    /// SUFFIX: a density mechanism, or with the name `nothing` no mechanism.
    Suffix,
    /// POINT_PROCESS
    PointProcess,
    /// ARTIFICIAL_CELL
    ArtificialCell,
}

impl MechanismKind {
    /// As written.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Suffix => "SUFFIX",
            Self::PointProcess => "POINT_PROCESS",
            Self::ArtificialCell => "ARTIFICIAL_CELL",
        }
    }
}

/// `USEION name READ ... WRITE ... VALENCE ... REPRESENTS ...`
#[derive(Clone, Debug, PartialEq)]
pub struct UseIon {
    /// The ion.
    pub ion: Ident,
    /// Names after READ.
    pub read: Vec<Ident>,
    /// Names after WRITE.
    pub write: Vec<Ident>,
    /// VALENCE, or its synonym CHARGE.
    pub valence: Option<DeclaredNumber>,
    /// REPRESENTS.
    pub represents: Option<Represents>,
    /// The statement.
    pub span: Span,
}

/// A list of names under a keyword.
#[derive(Clone, Debug, PartialEq)]
pub struct NeuronNames {
    /// The keyword.
    pub kind: NeuronNamesKind,
    /// The names, in order; the same name may come twice.
    pub names: Vec<Ident>,
    /// The statement.
    pub span: Span,
}

/// Keywords of [`NeuronNames`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeuronNamesKind {
    /// NONSPECIFIC_CURRENT
    NonspecificCurrent,
    /// ELECTRODE_CURRENT
    ElectrodeCurrent,
    /// RANGE
    Range,
    /// SECTION (older NMODL)
    Section,
    /// GLOBAL
    Global,
    /// POINTER
    Pointer,
    /// BBCOREPOINTER
    BbcorePointer,
    /// EXTERNAL
    External,
    /// RANDOM
    Random,
}

impl NeuronNamesKind {
    /// As written.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::NonspecificCurrent => "NONSPECIFIC_CURRENT",
            Self::ElectrodeCurrent => "ELECTRODE_CURRENT",
            Self::Range => "RANGE",
            Self::Section => "SECTION",
            Self::Global => "GLOBAL",
            Self::Pointer => "POINTER",
            Self::BbcorePointer => "BBCOREPOINTER",
            Self::External => "EXTERNAL",
            Self::Random => "RANDOM",
        }
    }
}

/// An ontology identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Represents {
    /// `CHEBI:29101`, without brackets.
    pub id: String,
    /// With the keyword.
    pub span: Span,
}

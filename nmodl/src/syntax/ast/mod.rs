//! The syntax tree of a `.mod` file: the whole NMODL language, in NMODL's words.
//!
//! The tree says what was written, not what it means: names are unresolved, DEFINEd
//! integers are not replaced, and nothing is checked beyond the grammar. Every node has
//! a [`Span`]. Spans never take part in equality, so `==` compares trees as such.
//!
//! One file for each subject, here what stands at file level; all names are those of this module.
//!
//! Not in the tree: comments (`:`, `?`, COMMENT) and redundant parentheses; the span of
//! an expression in parentheses includes them.

mod block;
mod declaration;
mod equation;
mod expression;
mod neuron;
mod statement;
mod word;

pub use self::block::*;
pub use self::declaration::*;
pub use self::equation::*;
pub use self::expression::*;
pub use self::neuron::*;
pub use self::statement::*;
pub use self::word::*;
pub use crate::source::Span;

/// A parsed file.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Blocks and statements at file level, in order.
    pub items: Vec<Item>,
    /// The whole text.
    pub span: Span,
}

impl File {
    /// All items in order with those of INCLUDEd files in the place of the INCLUDE
    /// (the [`Item::Include`] itself comes first).
    pub fn flat_items(&self) -> Vec<&Item> {
        fn walk<'a>(items: &'a [Item], into: &mut Vec<&'a Item>) {
            for item in items {
                into.push(item);
                if let Item::Include(include) = item {
                    walk(&include.items, into);
                }
            }
        }
        let mut flat = Vec::new();
        walk(&self.items, &mut flat);
        flat
    }
}

/// What stands at file level.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// `TITLE text`
    Title(Title),
    /// `DEFINE N 10`
    Define(Define),
    /// `INCLUDE "file"`
    Include(Include),
    /// `LOCAL a, b[3]` at file level: a variable of the file.
    Local(Local),
    /// `VERBATIM ... ENDVERBATIM` at file level.
    Verbatim(Verbatim),
    /// `UNITSON`, `UNITSOFF`
    UnitsSwitch(UnitsSwitch),
    /// `NEURON { }`; a file may have several.
    Neuron(NeuronBlock),
    /// `UNITS { }`
    Units(UnitsBlock),
    /// `CONSTANT { }`
    Constant(ConstantBlock),
    /// `PARAMETER { }`
    Parameter(ParameterBlock),
    /// `INDEPENDENT { t FROM 0 TO 1 WITH 1 (ms) }`
    Independent(IndependentBlock),
    /// `ASSIGNED { }`
    Assigned(VariableBlock),
    /// `STATE { }`
    State(VariableBlock),
    /// `INITIAL { }`
    Initial(CodeBlock),
    /// `BREAKPOINT { }`
    Breakpoint(CodeBlock),
    /// `CONSTRUCTOR { }`
    Constructor(CodeBlock),
    /// `DESTRUCTOR { }`
    Destructor(CodeBlock),
    /// `DERIVATIVE name { }`
    Derivative(EquationBlock),
    /// `KINETIC name { }`
    Kinetic(EquationBlock),
    /// `LINEAR name { }`
    Linear(EquationBlock),
    /// `NONLINEAR name { }`
    Nonlinear(EquationBlock),
    /// `DISCRETE name { }`
    Discrete(EquationBlock),
    /// `FUNCTION name(arguments) (unit) { }`
    Function(Callable),
    /// `PROCEDURE name(arguments) (unit) { }`
    Procedure(Callable),
    /// `FUNCTION_TABLE name(arguments) (unit)`
    FunctionTable(FunctionTable),
    /// `NET_RECEIVE (weight, ...) { }`
    NetReceive(NetReceiveBlock),
    /// `BEFORE BREAKPOINT { }` and its kin.
    BeforeAfter(BeforeAfterBlock),
    /// A construct of older NMODL that NEURON no longer knows (PARTIAL, TERMINAL, MATCH,
    /// EQUATION, PLOT, SENS, STEPPED, MODEL_LEVEL ...). The parser reports it as
    /// unsupported.
    Obsolete(Obsolete),
}

/// `TITLE text`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The rest of the line, without blanks at its ends.
    pub text: String,
    /// With the word TITLE.
    pub span: Span,
}

/// `DEFINE name value`
#[derive(Clone, Debug, PartialEq)]
pub struct Define {
    /// The name.
    pub name: Ident,
    /// The value.
    pub value: i64,
    /// Of the value, with its sign.
    pub value_span: Span,
    /// The statement.
    pub span: Span,
}

/// `INCLUDE "path"` and what it brought in.
#[derive(Clone, Debug, PartialEq)]
pub struct Include {
    /// The path as written.
    pub path: StringLiteral,
    /// The items of that file; empty if it could not be loaded (which was reported).
    pub items: Vec<Item>,
    /// The statement.
    pub span: Span,
}

/// `LOCAL a, b[3]`
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// The variables, in order.
    pub names: Vec<LocalName>,
    /// The statement.
    pub span: Span,
}

/// One variable of a LOCAL statement.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalName {
    /// Its name.
    pub name: Ident,
    /// Its length, if an array.
    pub length: Option<Integer>,
    /// With the length.
    pub span: Span,
}

/// `VERBATIM ... ENDVERBATIM`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verbatim {
    /// What stands between the two words, from just behind VERBATIM to the start of the
    /// line of ENDVERBATIM.
    pub text: String,
    /// Of `text`.
    pub text_span: Span,
    /// With both words.
    pub span: Span,
}

/// `UNITSON` or `UNITSOFF`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsSwitch {
    /// True for UNITSON.
    pub on: bool,
    /// The word.
    pub span: Span,
}

/// Text of a construct that is recognized but not part of the language any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obsolete {
    /// Its first word.
    pub keyword: Ident,
    /// All of it as written, the keyword included.
    pub text: String,
    /// All of it.
    pub span: Span,
}

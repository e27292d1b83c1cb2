//! The syntax tree of a `.mod` file: the whole NMODL language, in NMODL's words.
//!
//! The tree says what was written, not what it means: names are unresolved, DEFINEd
//! integers are not replaced, and nothing is checked beyond the grammar. Every node has
//! a [`Span`]. Spans never take part in equality, so `==` compares trees as such.
//!
//! One long file, because it is read as one list: every construct of NMODL, in the order
//! in which they stand in a `.mod` file.
//!
//! Not in the tree: comments (`:`, `?`, COMMENT) and redundant parentheses; the span of
//! an expression in parentheses includes them.

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

// ---------------------------------------------------------------- NEURON block

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

// ------------------------------------------------------- declarations of variables

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

// --------------------------------------------------------------- blocks with code

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

// -------------------------------------------------------------------- statements

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

// ------------------------------------------------------------------- expressions

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

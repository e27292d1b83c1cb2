//! The table of diagnostic codes.
//!
//! A code, once given out, keeps its meaning: users search for it and silence by it.
//! E is for errors, W for warnings; the first two digits group by stage. Each code has a page in
//! `pages/`, with a wrong and a right example that the tests check.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $title:literal)*) => {
        /// What a diagnostic is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!($code, ": ", $title)] $(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, in order of the table.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The stable text: `E0001`.
            pub fn text(self) -> &'static str {
                match self { $(Code::$name => $code),* }
            }

            /// What it is about, at length: Markdown with a wrong and a right example.
            pub fn page(self) -> &'static str {
                match self { $(Code::$name => include_str!(concat!("pages/", $code, ".md"))),* }
            }

            /// What it is about, in one line.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title),* }
            }
        }
    };
}

codes! {
    // E00: the text is not NMODL
    Syntax             "E0001" "the text does not follow NMODL's grammar"
    UnclosedBlock      "E0002" "a block is not closed"
    UnknownBlock       "E0003" "text at file level that begins no block"
    Unterminated       "E0004" "VERBATIM, COMMENT or a text in quotes without its end"
    NestingTooDeep     "E0005" "parentheses, braces or operators nested too deeply"
    IncludeNotFound    "E0006" "an INCLUDEd file cannot be read"
    IncludeCycle       "E0007" "a file INCLUDEs itself"
    NumberOutOfRange   "E0008" "a whole number too large to hold"
    WatchCondition     "E0009" "a WATCH condition that is not `a > b` or `a < b`"
    Obsolete           "E0010" "a construct of older NMODL that is not supported"
    ReservedWord       "E0011" "a keyword of NMODL used as a name"
    // E01: declarations and names
    DuplicateName      "E0101" "a name or block declared twice"
    UnknownName        "E0102" "a name that is declared nowhere"
    NotAnIonVariable   "E0104" "a name in USEION that is not a variable of the ion"
    UnknownUnit        "E0105" "a unit that is unknown"
    ArrayLength        "E0106" "an array length that makes no sense"
    WrongArray         "E0107" "an array without index, an index on a scalar, or one out of bounds"
    NotAssignable      "E0108" "an assignment to something that cannot change"
    UnknownFunction    "E0109" "a call of something that is no function"
    ArgumentCount      "E0110" "a call with the wrong number of arguments"
    WrongKind          "E0111" "a name used as something that it is not"
    NoMechanismName    "E0112" "a file without SUFFIX whose own name is none"
    // E02: blocks and methods
    UnknownBlockSolved "E0201" "SOLVE of a block that does not exist"
    UnknownMethod      "E0202" "an integration method that does not exist"
    WrongMethod        "E0203" "a METHOD that does not fit its block"
    MisplacedStatement "E0204" "a statement that does not belong where it stands"
    NotConstant        "E0205" "a value that must be known when the file is compiled"
    CannotSolve        "E0206" "equations that the METHOD cannot solve"
    CodeGeneration     "E0207" "no native code can be made"
    // E03: NMODL that this version does not compile
    NotSupportedYet    "E0301" "a construct of NMODL that is not supported yet"
    TooLarge           "E0303" "code or equations too large to compile"
    Recursion          "E0302" "a FUNCTION or PROCEDURE that calls itself, and cannot"
    // E04: C
    Verbatim           "E0401" "C in VERBATIM that is not supported"
    // W00: read, but NEURON reads it otherwise or not at all
    TextAfterEnd       "W0001" "text behind ENDVERBATIM or ENDCOMMENT is ignored"
    LateLocal          "W0002" "LOCAL is not the first statement of its block"
    // W01: declarations and names
    UndeclaredRange    "W0101" "RANGE or GLOBAL of something that is declared nowhere"
    TableNotUsed       "W0102" "a TABLE of something that differs from instance to instance"
    NeverExecuted      "W0103" "a block that is never executed"
    Overridden         "W0104" "a statement that NEURON reads and makes no use of"
    HiddenByLocal      "W0105" "a LOCAL of file level that hides a variable"
    MixedConversion    "W0106" "a conversion between units of different dimensions"
    // W02: blocks and methods
    NotCnexp           "W0201" "METHOD cnexp for equations that it cannot solve"
    SolveInBranch      "W0202" "SOLVE inside of another statement of BREAKPOINT"
    IntegratingCurrent "W0203" "a BREAKPOINT that goes on from what it left"
    NeuronDiffers      "W0204" "a SOLVE that NEURON 9 does not do as its documents say"
    CallRefused        "W0205" "a FUNCTION or PROCEDURE that cannot be called here"
    // W03: compiles, but is probably not meant (`lint`)
    GlobalAssigned     "W0301" "a GLOBAL variable that is assigned"
    NoVariableStep     "W0302" "a mechanism that cannot be used with variable time steps"
    IgnoredDefault     "W0303" "a default value of something that the simulator sets"
    Unused             "W0304" "a variable that nothing reads"
    LocalBeforeSet     "W0305" "a LOCAL that is read before it is set"
    StateWithoutEquation "W0306" "a STATE that nothing changes"
    ZeroOverZero       "W0307" "a quotient that is 0/0 at some potential"
    NegativeBase       "W0308" "a power of a negative number"
    CurrentNeverSet    "W0309" "a current or ion variable that is announced and never set"
    StateIsIon         "W0310" "a STATE with the name of an ion's variable"
    SolveMisplaced     "W0311" "a SOLVE where it does not do what it is for"
    NeuronRefuses      "W0312" "what NEURON refuses"
    // W04: units (`check --units`)
    UnitNotKnown       "W0401" "a unit that is unknown"
    UnitMismatch       "W0402" "units of different dimensions"
    UnitFactor         "W0403" "units that differ by a factor"
    UnitNotPure        "W0404" "a unit where a pure number is needed"
    UnitDetermined     "W0405" "a unit that is not the model's to choose"
}

impl Code {
    /// Whether the code is one of a warning.
    pub fn is_warning(self) -> bool {
        self.text().starts_with('W')
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

//! The table of diagnostic codes.
//!
//! A code, once given out, keeps its meaning: users search for it and silence by it.
//! E is for errors, W for warnings; the first two digits group by stage.

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
    // W00: read, but NEURON reads it otherwise or not at all
    TextAfterEnd       "W0001" "text behind ENDVERBATIM or ENDCOMMENT is ignored"
    LateLocal          "W0002" "LOCAL is not the first statement of its block"
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

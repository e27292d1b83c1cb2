//! What the names of a file mean.
//!
//! [`analyze`] reads the declarations of a syntax tree and gives [`Symbols`]: the mechanism's
//! description with its storage laid out, and for every name what it stands for. Statements
//! and expressions are not looked at; [`crate::lower`] resolves each name there when it comes
//! to it, and reports the ones that do not exist.
//!
//! NEURON's rules for what becomes what:
//!
//! * A PARAMETER is one value for the mechanism unless RANGE names it.
//! * An ASSIGNED variable belongs to the instance unless GLOBAL names it.
//! * A STATE always belongs to the instance.
//! * A variable that USEION names is a copy, for the instance, of the ion's; its default is not used.
//! * `t`, `dt`, `v`, `celsius`, `area` and `diam` are the simulator's, declared or not;
//!   values that the file gives them are ignored. A file that assigns `v` assigns a copy; `celsius`
//!   behind GLOBAL or RANGE is the file's own, with its default.
//! * A file that names no mechanism is a density mechanism that has the file's name.
//! * UNITS factors and CONSTANTs are numbers.
//! * A state that has no parameter `state0` of its own begins at START, or 0.

mod complete;
mod declare;
mod name;
mod neuron_block;
mod suggest;
mod threads;
mod voltage;

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::ir::{IonVar, NodeVar, SimVar};
use crate::mechanism::Mechanism;
use crate::source::Span;
use crate::syntax::ast;

pub use name::mechanism_name;
pub use suggest::nearest;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Symbol {
    /// `mechanism.variables[i]`.
    Variable(usize),
    /// A number: UNITS factor or CONSTANT.
    Constant(f64),
    /// DEFINEd integer.
    Define(i64),
    /// A value of the simulation.
    Sim(SimVar),
    /// A value of the instance's node.
    Node(NodeVar),
    /// `v` of a file that assigns it: a copy of the instance's own, `mechanism.variables[i]`.
    Voltage(usize),
    /// `Symbols::callables[i]`.
    Callable(usize),
    /// `Symbols::equations[i]`.
    Equations(usize),
    /// A RANDOM variable: the instance's stream.
    Random(u32),
    /// `mechanism.pointers[i]`.
    Pointer(u32),
    /// Declared, but of a kind that cannot be used yet; the word that declares it.
    Unsupported(&'static str),
    /// Declared with a fault that has been reported: uses of it are not.
    Faulty,
}

/// A FUNCTION, PROCEDURE or FUNCTION_TABLE.
#[derive(Debug, Clone, Copy)]
pub struct CallableDeclaration<'a> {
    /// Its name.
    pub name: &'a ast::Ident,
    /// Its arguments.
    pub arguments: &'a [ast::Argument],
    /// Its code; a FUNCTION_TABLE has none.
    pub statements: &'a [ast::Statement],
    /// Which FUNCTION_TABLE it is, if it is one.
    pub table: Option<u32>,
    /// False for a PROCEDURE.
    pub is_function: bool,
}

/// What kind of equation block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EquationKind {
    /// DERIVATIVE
    Derivative,
    /// KINETIC
    Kinetic,
    /// LINEAR
    Linear,
    /// NONLINEAR
    Nonlinear,
    /// DISCRETE
    Discrete,
}

impl EquationKind {
    /// The word in NMODL.
    pub fn keyword(self) -> &'static str {
        match self {
            EquationKind::Derivative => "DERIVATIVE",
            EquationKind::Kinetic => "KINETIC",
            EquationKind::Linear => "LINEAR",
            EquationKind::Nonlinear => "NONLINEAR",
            EquationKind::Discrete => "DISCRETE",
        }
    }
}

/// A block that SOLVE names.
#[derive(Debug, Clone, Copy)]
pub struct EquationDeclaration<'a> {
    /// Its text.
    pub node: &'a ast::EquationBlock,
    /// Its kind.
    pub kind: EquationKind,
}

/// A variable of the mechanism that stands for one of an ion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IonBinding {
    /// Index into the description's variables.
    pub variable: usize,
    /// Which USEION.
    pub ion: u32,
    /// Which of its fields.
    pub field: IonVar,
    /// READ names it (or it is a STATE).
    pub read: bool,
    /// READ names it.
    pub named_in_read: bool,
    /// WRITE names it.
    pub write: bool,
}

/// Everything that the declarations of a file say.
#[derive(Debug)]
pub struct Symbols<'a> {
    /// The description, complete but for tables and places.
    pub mechanism: Mechanism,
    /// Meaning of every declared name.
    pub names: HashMap<String, Symbol>,
    /// Where each name was declared.
    pub declared_at: HashMap<String, Span>,
    /// Ion variables, in the order of the USEION statements.
    pub ion_bindings: Vec<IonBinding>,
    /// For each STATE: its variable and the variable or number that it begins with.
    pub initial_values: Vec<(usize, InitialValue)>,
    /// Currents of the mechanism, in the order of the NEURON block: variable, and ion if any.
    pub currents: Vec<(usize, Option<u32>)>,
    /// FUNCTIONs and PROCEDUREs in order.
    pub callables: Vec<CallableDeclaration<'a>>,
    /// Equation blocks in order.
    pub equations: Vec<EquationDeclaration<'a>>,
    /// INITIAL blocks in order: several are executed one after the other.
    pub initial: Vec<&'a ast::CodeBlock>,
    /// BREAKPOINT blocks in order, as INITIAL.
    pub breakpoint: Vec<&'a ast::CodeBlock>,
    /// CONSTRUCTOR
    pub constructor: Option<&'a ast::CodeBlock>,
    /// DESTRUCTOR
    pub destructor: Option<&'a ast::CodeBlock>,
    /// NET_RECEIVE
    pub net_receive: Option<&'a ast::NetReceiveBlock>,
    /// BEFORE and AFTER blocks in order.
    pub before_after: Vec<&'a ast::BeforeAfterBlock>,
    /// VERBATIM blocks between the others.
    pub verbatim: Vec<&'a ast::Verbatim>,
    /// NEURON's translator makes code for threads of the file.
    pub code_for_threads: bool,
    /// PARAMETERs that begin with 0 therefore, whatever their defaults: indices of variables.
    pub parameters_from_zero: Vec<usize>,
}

/// What a STATE begins with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum InitialValue {
    /// START, or 0.
    Number(f64),
    /// A PARAMETER `state0`.
    Variable(usize),
    /// The ion's concentration: the state is the ion's.
    Ion,
}

impl Symbols<'_> {
    /// The declared name nearest to `name`, for "did you mean".
    pub fn suggestion(&self, name: &str) -> Option<&str> {
        nearest(name, self.names.keys().map(String::as_str))
    }

    /// How many variables of ions an instance copies, and how many it gives back.
    pub fn ion_traffic(&self) -> (usize, usize) {
        let is_current = |b: &&IonBinding| b.field == IonVar::Cur;
        let is_concentration = |b: &&IonBinding| matches!(b.field, IonVar::Ci | IonVar::Co);
        let read = self.ion_bindings.iter().filter(|b| b.named_in_read).count();
        let written = || self.ion_bindings.iter().filter(|b| b.write);
        let concentrations = written().filter(is_concentration).count();
        let currents = written().filter(is_current).count();
        (read + concentrations, written().count() + currents)
    }
}

/// Reads the declarations of `file`, which stands in a file called `file_name`. The symbols are usable even if there are errors: what is
/// wrong is left out.
pub fn analyze<'a>(file: &'a ast::File, file_name: &str) -> (Symbols<'a>, Vec<Diagnostic>) {
    let mut declarer = declare::Declarer::new(file, file_name);
    declarer.run();
    (declarer.symbols, declarer.diagnostics)
}

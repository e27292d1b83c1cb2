//! The description of a mechanism: everything that a simulator or a person wants to know about
//! it, as plain data.
//!
//! Columns and globals are listed in storage order: `Variable::offset` is the first column
//! (`Storage::Column`) or the first double of the globals block (`Storage::Global`).

use std::any::Any;
use std::sync::{Arc, OnceLock};

use crate::abi;
use crate::source::Span;

/// What sort of mechanism a file declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `SUFFIX name`: inserted into sections.
    Density,
    /// `POINT_PROCESS Name`.
    PointProcess,
    /// `ARTIFICIAL_CELL Name`: has no node.
    ArtificialCell,
    /// No mechanism (`SUFFIX nothing`, or no NEURON block): only functions.
    Nothing,
}

/// Where a variable's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// One value for each instance, in columns.
    Column,
    /// One value for the mechanism, in the globals block.
    Global,
}

/// The block that declares a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// PARAMETER.
    Parameter,
    /// STATE.
    State,
    /// ASSIGNED.
    Assigned,
    /// LOCAL at file level, and storage that the compiler adds.
    Internal,
}

/// A variable of a mechanism.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Its name in the file, without suffix.
    pub name: String,
    /// Declaring block.
    pub role: Role,
    /// Per instance or per mechanism.
    pub storage: Storage,
    /// First column or first double.
    pub offset: usize,
    /// Elements; `None` for a scalar.
    pub array_len: Option<usize>,
    /// Seen from outside: RANGE, GLOBAL, or a STATE or PARAMETER, which are visible without
    /// either.
    pub visible: bool,
    /// Initial value in every element.
    pub default: f64,
    /// Units as written, without parentheses; empty if none.
    pub units: String,
    /// `<low, high>` of a PARAMETER.
    pub limits: Option<(f64, f64)>,
    /// `<tolerance>` of a STATE: its absolute tolerance scale.
    pub tolerance: Option<f64>,
    /// Where it is declared.
    pub span: Span,
}

impl Variable {
    /// Doubles that one instance (or the mechanism) keeps for it.
    pub fn len(&self) -> usize {
        self.array_len.unwrap_or(1)
    }

    /// True for an array of no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Fields of an ion that a mechanism names in USEION.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IonFields {
    /// `ena`
    pub erev: bool,
    /// `nai`
    pub ci: bool,
    /// `nao`
    pub co: bool,
    /// `ina`
    pub cur: bool,
}

/// A USEION statement.
#[derive(Debug, Clone, PartialEq)]
pub struct IonUse {
    /// The ion's name, as `na`.
    pub name: String,
    /// VALENCE, if stated.
    pub valence: Option<f64>,
    /// READ list.
    pub read: IonFields,
    /// WRITE list.
    pub write: IonFields,
}

/// A TABLE: the runtime allocates `(intervals + 1) * columns` doubles for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The procedure or function that holds the statement.
    pub procedure: String,
    /// Number of intervals (`WITH n`).
    pub intervals: usize,
    /// Doubles in a row: one for each tabulated value.
    pub columns: usize,
    /// What the `tables` kernel is to know of the instance that the table is made with.
    pub takes: Vec<TableKey>,
    /// What making the table leaves in that instance: the values of the last row. These are among
    /// `takes`.
    pub leaves: Vec<TableKey>,
    /// Made before INITIAL, and again between steps when something in DEPEND has changed, as
    /// NEURON's code for threads does; else made where it is first looked up.
    pub eager: bool,
    /// The double of the globals block that is not 0 once the table is made; the `tables` kernel
    /// sets it to 1 when it makes it.
    pub made: usize,
    /// The doubles of the globals block that the look-up sets. Making the table is not to change
    /// them, unless it is eager.
    pub outputs: Vec<usize>,
    /// How it is made with what INITIAL sets, if it is not eager or has no finite values before.
    pub at_initial: AtInitial,
    /// Doubles of the globals block that the mechanism's functions assign, and so making tables.
    pub assigned: Vec<usize>,
}

/// When a TABLE is made whose dependences INITIAL sets: as in NEURON, where it is made when it is first
/// looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AtInitial {
    /// Before INITIAL, which looks it up and cannot run twice.
    #[default]
    Before,
    /// Between two runs of INITIAL.
    Between,
    /// After INITIAL, which does not look it up.
    After,
}

/// A variable of an instance that the `tables` kernel, which runs for none, reads or sets. The
/// runtime puts its value into the globals block before it calls the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TableKey {
    /// Its column.
    pub column: usize,
    /// The double of the globals block.
    pub global: usize,
}

/// A FUNCTION_TABLE: a function whose values are given from outside. It is one of the callables as
/// well.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionTable {
    /// Its name, without suffix.
    pub name: String,
    /// Names of its arguments.
    pub arguments: Vec<String>,
}

/// A FUNCTION or PROCEDURE that may be called by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Callable {
    /// Its name, without suffix.
    pub name: String,
    /// Names of its arguments.
    pub arguments: Vec<String>,
    /// False for a PROCEDURE.
    pub returns_value: bool,
    /// True if it needs an instance (uses range variables, v, random numbers, or sends events);
    /// else it may be called with none.
    pub needs_instance: bool,
    /// It uses EXTERNAL variables: one that needs no instance has their addresses at the place of
    /// instance 0 all the same.
    pub uses_externals: bool,
    /// C in it asks for what the caller gave: it may be given more than its arguments, of any kind.
    pub reads_arguments: bool,
}

/// A function of C that VERBATIM makes a method of Vectors (`install_vector_method`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VectorMethod {
    /// Its name as a method.
    pub name: String,
    /// Its position among the functions of the module. Its kernel is that of the callable whose index
    /// is the number of [`Mechanism::callables`] plus the position among
    /// [`Mechanism::vector_methods`].
    pub function: usize,
    /// Its one argument is the handle of the Vector; else it has none.
    pub takes_vector: bool,
    /// It uses what an instance has: it cannot be called.
    pub needs_instance: bool,
}

/// What declares a variable that stands for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerKind {
    /// POINTER: each instance is given its own target.
    Pointer,
    /// BBCOREPOINTER: what it points at means something to VERBATIM blocks alone.
    Opaque,
    /// EXTERNAL: the caller points all instances at the global variable of that name (with the
    /// suffix of the mechanism that has it).
    External,
}

/// A variable that stands for one somewhere else, which is chosen when the model is built.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointer {
    /// Its name, without suffix.
    pub name: String,
    /// What declares it.
    pub kind: PointerKind,
    /// Units as written, without parentheses; empty if none.
    pub units: String,
    /// Where it is declared.
    pub span: Span,
}

/// NET_RECEIVE's interface.
#[derive(Debug, Clone, PartialEq)]
pub struct NetReceive {
    /// Names of the arguments; the first is the weight.
    pub arguments: Vec<String>,
    /// Conditions of its WATCH statements, in the order of the file.
    pub watches: Vec<Watch>,
    /// It has FOR_NETCONS: [`crate::abi::KernelArgs::netcons`] must be filled in.
    pub visits_netcons: bool,
}

/// A condition of a WATCH statement. The `watch` kernel computes its value for the instances that
/// watch it; the condition is true where that is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// Column that is 1 where an instance watches the condition, else 0. The caller sets it.
    pub active: usize,
    /// Column for the value: left − right for `>`, −(left − right) for `<`.
    pub value: usize,
    /// Where it stands.
    pub span: Span,
}

/// A state, or an element of an array, that diffuses along the cable (LONGITUDINAL_DIFFUSION).
///
/// The caller solves the diffusion over each step, after the states have advanced, with what the
/// `diffusion` kernel stores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diffusion {
    /// Column of the state.
    pub state: usize,
    /// If the state is an ion's concentration: which USEION, and whether it is the one inside. Then
    /// the ion's array is what diffuses.
    pub ion: Option<(usize, bool)>,
    /// Column for the diffusion constant times the cross section, µm⁴/ms where COMPARTMENT is in µm².
    pub coefficient: usize,
    /// Column for the volume per length (COMPARTMENT).
    pub volume: usize,
    /// Where LONGITUDINAL_DIFFUSION names it.
    pub span: Span,
}

/// How a mechanism takes part in steps of variable length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VariableStep {
    /// When the `state` kernel is called.
    pub state: StateCall,
    /// Why it cannot take part.
    pub refusal: Option<Refusal>,
}

/// When the `state` kernel of a mechanism is called with steps of variable length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StateCall {
    /// Where a step begins: nothing is integrated, or METHOD after_cvode.
    #[default]
    Step,
    /// Before each evaluation of the currents: METHOD cvode_t and cvode_t_v.
    Currents,
    /// Never: the integrator takes the states over ([`Compiled::ode`]).
    Never,
}

/// Why a mechanism cannot be used with steps of variable length.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Why.
    pub reason: String,
    /// What the reason is about.
    pub span: Span,
}

/// A state, or an element of an array, that an integrator takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OdeState {
    /// Position of its variable in [`Mechanism::variables`].
    pub variable: usize,
    /// Its element, if that is an array; else 0.
    pub element: usize,
    /// Its column.
    pub column: usize,
    /// Where it comes among the states as NEURON lists them.
    pub rank: usize,
    /// If it is an ion's concentration: which USEION, and whether it is the one inside. Then the
    /// ion's array has the state, and kernels copy it from there.
    pub ion: Option<(usize, bool)>,
}

/// Everything about a mechanism but its code.
#[derive(Debug, Clone, PartialEq)]
pub struct Mechanism {
    /// Suffix or class name, as `hh`, `ExpSyn`.
    pub name: String,
    /// TITLE, if any.
    pub title: Option<String>,
    /// Density, point process, …
    pub kind: Kind,
    /// Columns in storage order, then globals in storage order.
    pub variables: Vec<Variable>,
    /// Columns of an instance, all elements counted.
    pub columns: usize,
    /// Doubles of the globals block. `globals` are initialized from the variables' defaults.
    pub globals: usize,
    /// USEION statements, in the order that `KernelArgs::ions` has.
    pub ions: Vec<IonUse>,
    /// NONSPECIFIC_CURRENT names.
    pub nonspecific_currents: Vec<String>,
    /// ELECTRODE_CURRENT names.
    pub electrode_currents: Vec<String>,
    /// Tables, in the order of `KernelArgs::tables`.
    pub tables: Vec<Table>,
    /// FUNCTIONs and PROCEDUREs.
    pub callables: Vec<Callable>,
    /// Functions of C that may become methods of Vectors.
    pub vector_methods: Vec<VectorMethod>,
    /// NET_RECEIVE, if any.
    pub net_receive: Option<NetReceive>,
    /// FUNCTION_TABLEs, in the order of `KernelArgs::function_tables`.
    pub function_tables: Vec<FunctionTable>,
    /// POINTER, BBCOREPOINTER and EXTERNAL variables, in the order of `KernelArgs::pointers`.
    pub pointers: Vec<Pointer>,
    /// Names of the RANDOM streams of an instance.
    pub random_streams: Vec<String>,
    /// States that diffuse along the cable.
    pub diffusions: Vec<Diffusion>,
    /// How it takes part in steps of variable length.
    pub variable_step: VariableStep,
    /// Source places that failures refer to by index ([`abi::Status::place`]).
    pub places: Vec<Place>,
}

/// A source place that a failing kernel can name.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Where.
    pub span: Span,
    /// What is there, as `SOLVE state METHOD sparse` or `vol`.
    pub what: String,
}

impl Mechanism {
    /// The variable of that name.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|v| v.name == name)
    }

    /// Index of the POINTER of that name.
    pub fn pointer(&self, name: &str) -> Option<usize> {
        self.pointers.iter().position(|p| p.name == name)
    }

    /// Index of the FUNCTION_TABLE of that name.
    pub fn function_table(&self, name: &str) -> Option<usize> {
        self.function_tables.iter().position(|t| t.name == name)
    }

    /// Index of the FUNCTION, PROCEDURE or FUNCTION_TABLE of that name.
    pub fn callable(&self, name: &str) -> Option<usize> {
        self.callables.iter().position(|c| c.name == name)
    }

    /// Index of the CONSTRUCTOR, if new instances have something to execute.
    pub fn constructor(&self) -> Option<usize> {
        self.callable(CONSTRUCTOR)
    }

    /// Index of the DESTRUCTOR, if the end of an instance leaves something behind.
    pub fn destructor(&self) -> Option<usize> {
        self.callable(DESTRUCTOR)
    }

    /// What users may call by name.
    pub fn public_callables(&self) -> impl Iterator<Item = &Callable> {
        let is_public = |c: &&Callable| ![CONSTRUCTOR, DESTRUCTOR].contains(&c.name.as_str());
        self.callables.iter().filter(is_public)
    }
}

/// Name of the callable that is executed for a new instance. No name of a file is this word.
pub const CONSTRUCTOR: &str = "CONSTRUCTOR";
/// Name of the callable that is executed before an instance is removed.
pub const DESTRUCTOR: &str = "DESTRUCTOR";

/// Entry points of a mechanism. `None`: nothing to do at that stage.
///
/// All entries keep the code alive through whoever owns them (see `codegen`'s compiled
/// mechanism); a mechanism written by hand simply names its functions.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kernels {
    /// Refills TABLEs whose dependencies changed; called with no instances before the others
    /// at every stage.
    pub tables: Option<abi::Kernel>,
    /// INITIAL.
    pub initial: Option<abi::Kernel>,
    /// BREAKPOINT but for its SOLVEs: currents and conductances into the matrix.
    pub current: Option<abi::Kernel>,
    /// The SOLVEs of BREAKPOINT: states from t to t+dt.
    pub state: Option<abi::Kernel>,
    /// NET_RECEIVE, for one instance and event.
    pub net_receive: Option<abi::Kernel>,
    /// INITIAL of NET_RECEIVE, for one instance and NetCon.
    pub net_initial: Option<abi::Kernel>,
    /// Values of the WATCH conditions that are active.
    pub watch: Option<abi::Kernel>,
    /// BEFORE INITIAL
    pub before_initial: Option<abi::Kernel>,
    /// AFTER INITIAL
    pub after_initial: Option<abi::Kernel>,
    /// BEFORE BREAKPOINT
    pub before_breakpoint: Option<abi::Kernel>,
    /// AFTER SOLVE
    pub after_solve: Option<abi::Kernel>,
    /// BEFORE STEP
    pub before_step: Option<abi::Kernel>,
    /// Fills the columns that [`Mechanism::diffusions`] names.
    pub diffusion: Option<abi::Kernel>,
}

/// A mechanism that can run: its description, its kernels, and whatever keeps their code mapped.
///
/// `runtime` takes mechanisms as `Arc<Compiled>`; the compiler makes them, and a mechanism
/// written by hand is one as well.
#[derive(Clone)]
pub struct Compiled {
    description: Mechanism,
    kernels: Kernels,
    callables: Option<Arc<Callables>>,
    ode: Option<Arc<LazyOde>>,
    separable: bool,
    own_events: bool,
    /// Dropped after the last use of `kernels`, for example the JIT's code memory.
    _code: Option<Arc<dyn Any + Send + Sync>>,
}

impl Compiled {
    /// Joins a description and its kernels. `code` lives as long as the result.
    ///
    /// # Safety
    ///
    /// Every kernel follows [`crate::abi`] for exactly this description: it touches columns,
    /// globals, tables, ions and nodes only within the bounds that the description states, it
    /// may be called from any thread, and its code stays mapped while `code` lives.
    pub unsafe fn new(
        description: Mechanism,
        kernels: Kernels,
        code: Option<Arc<dyn Any + Send + Sync>>,
    ) -> Self {
        Self {
            description,
            kernels,
            callables: None,
            ode: None,
            separable: false,
            own_events: false,
            _code: code,
        }
    }

    /// A mechanism that only has variables: what they do is the runtime's.
    pub fn without_kernels(description: Mechanism) -> Self {
        Self {
            description,
            kernels: Kernels::default(),
            callables: None,
            ode: None,
            separable: true,
            own_events: true,
            _code: None,
        }
    }

    /// The same mechanism, whose `before_breakpoint`, `current` and `state` kernels write nothing but
    /// what their instances, these instances' nodes and ions at them have, read nothing that others
    /// of them write, and ask the host for nothing in which the order of instances counts.
    ///
    /// # Safety
    ///
    /// That is so.
    pub unsafe fn with_separable_instances(mut self) -> Self {
        self.separable = true;
        self
    }

    /// Whether these kernels may run at the same time on different instances, if these have no node in
    /// common.
    pub fn is_separable(&self) -> bool {
        self.separable
    }

    /// The same mechanism, of which it is known whether [`Compiled::has_own_events`].
    pub fn with_own_events(self, own_events: bool) -> Self {
        Self { own_events, ..self }
    }

    /// Whether what its NET_RECEIVE, and its kin, change is of the instance alone, and the network's: no
    /// GLOBAL, nothing behind a POINTER, nothing that C in VERBATIM holds.
    pub fn has_own_events(&self) -> bool {
        self.own_events
    }

    /// The description.
    pub fn description(&self) -> &Mechanism {
        &self.description
    }

    /// The entry points.
    pub fn kernels(&self) -> &Kernels {
        &self.kernels
    }

    /// The same mechanism with kernels for its callables, which `source` makes one by one when
    /// they are asked for.
    pub fn with_callables(mut self, source: Box<dyn CompileCallable>) -> Self {
        let count = self.description.callables.len() + self.description.vector_methods.len();
        self.callables = Some(Arc::new(Callables {
            made: std::iter::repeat_with(OnceLock::new).take(count).collect(),
            source,
        }));
        self
    }

    /// The kernel of the callable `index`, made at the first request. `None`: it does nothing.
    /// It may be called as long as this mechanism or a clone of it exists.
    ///
    /// # Errors
    ///
    /// A callable that does not exist or has no code; code that cannot be made.
    pub fn callable(&self, index: usize) -> Result<Option<abi::Kernel>, CallableError> {
        let missing = CallableError::Missing { index };
        let callables = self.callables.as_ref().ok_or_else(|| missing.clone())?;
        let made = callables.made.get(index).ok_or(missing)?;
        match made.get_or_init(|| callables.source.compile(&self.description, index)) {
            Ok(kernel) => Ok(kernel.as_ref().map(|k| k.kernel)),
            Err(error) => Err(error.clone()),
        }
    }
}

impl Compiled {
    /// The same mechanism with differential equations, whose kernels `source` makes when they are
    /// asked for.
    pub fn with_ode(mut self, source: Box<dyn CompileOde>) -> Self {
        let made = OnceLock::new();
        self.ode = Some(Arc::new(LazyOde { made, source }));
        self
    }

    /// The differential equations of the mechanism, made at the first request. `None`: it has none
    /// that BREAKPOINT solves.
    ///
    /// # Errors
    ///
    /// Equations that no variable step can integrate, in words.
    pub fn ode(&self) -> Result<Option<&Ode>, String> {
        let Some(ode) = &self.ode else {
            return Ok(None);
        };
        let made = ode
            .made
            .get_or_init(|| ode.source.compile(&self.description));
        made.as_ref().map(Some).map_err(Clone::clone)
    }
}

struct LazyOde {
    made: OnceLock<Result<Ode, String>>,
    source: Box<dyn CompileOde>,
}

/// Makes the kernels of a mechanism's differential equations.
pub trait CompileOde: Send + Sync {
    /// The equations of `mechanism`.
    ///
    /// # Errors
    ///
    /// Why they cannot be integrated with variable steps.
    fn compile(&self, mechanism: &Mechanism) -> Result<Ode, String>;
}

/// The differential equations of a mechanism, for integrators that choose their steps.
///
/// Both kernels are called with blocks that have [`Ode::added_columns`] columns more than the
/// description says: column `description.columns + k` belongs to state `k`, and in those behind them
/// `derivatives` leaves what `solve` needs.
pub struct Ode {
    states: Vec<OdeState>,
    further: usize,
    derivatives: abi::Kernel,
    solve: abi::Kernel,
    currents: OdeCurrents,
    separable: bool,
    _code: Option<Arc<dyn Any + Send + Sync>>,
}

/// What goes between a mechanism's derivatives and its `current` kernel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OdeCurrents {
    /// The currents depend on what the derivatives' kernel assigns besides: it is to run before.
    pub read_derivatives: bool,
    /// The derivatives depend on what the `current` kernel assigns, or on variables of ions.
    pub feed_derivatives: bool,
}

impl Ode {
    /// Joins states, the number of further columns, kernels and their code.
    ///
    /// # Safety
    ///
    /// As for [`Compiled::new`], with the added columns.
    pub unsafe fn new(
        states: Vec<OdeState>,
        further: usize,
        derivatives: abi::Kernel,
        solve: abi::Kernel,
        code: Option<Arc<dyn Any + Send + Sync>>,
    ) -> Self {
        Self {
            states,
            further,
            derivatives,
            solve,
            currents: OdeCurrents {
                read_derivatives: false,
                feed_derivatives: true,
            },
            separable: false,
            _code: code,
        }
    }

    /// The same, of which both kernels are as [`Compiled::with_separable_instances`] says.
    ///
    /// # Safety
    ///
    /// That is so.
    pub unsafe fn with_separable_instances(self) -> Self {
        Self {
            separable: true,
            ..self
        }
    }

    /// As [`Compiled::is_separable`].
    pub fn is_separable(&self) -> bool {
        self.separable
    }

    /// The same with what is known of currents; without, they are independent of the derivatives'
    /// kernel, and it may depend on them.
    pub fn with_currents(self, currents: OdeCurrents) -> Self {
        Self { currents, ..self }
    }

    /// What goes between derivatives and currents.
    pub fn currents(&self) -> OdeCurrents {
        self.currents
    }

    /// The states, in the order of the added columns.
    pub fn states(&self) -> &[OdeState] {
        &self.states
    }

    /// How many columns are added.
    pub fn added_columns(&self) -> usize {
        self.states.len() + self.further
    }

    /// Stores d(state)/dt for the present v and states into the added columns. What the blocks
    /// assign besides (range variables, concentrations in WRITE) is that of these states afterwards;
    /// the states stay.
    pub fn derivatives(&self) -> abi::Kernel {
        self.derivatives
    }

    /// Solves (1 - γ·J)·x = b for each instance, with b and then x in the added columns, γ in
    /// [`abi::SimValues::dt_ms`], and J the derivatives of the instance's d(state)/dt by its states
    /// where [`Ode::derivatives`] was called last, with v and states as they were. (Of KINETIC blocks: by the mass-action law with rates held.)
    pub fn solve(&self) -> abi::Kernel {
        self.solve
    }
}

impl std::fmt::Debug for Compiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiled")
            .field("name", &self.description.name)
            .finish_non_exhaustive()
    }
}

/// Kernels of callables, as far as they have been asked for.
struct Callables {
    made: Vec<OnceLock<Result<Option<CallableKernel>, CallableError>>>,
    source: Box<dyn CompileCallable>,
}

/// Makes the kernels of FUNCTIONs and PROCEDUREs that are called by name.
pub trait CompileCallable: Send + Sync {
    /// The kernel of the callable `index` of `mechanism`; `None` if it does nothing.
    ///
    /// # Errors
    ///
    /// Why there is no code.
    fn compile(
        &self,
        mechanism: &Mechanism,
        index: usize,
    ) -> Result<Option<CallableKernel>, CallableError>;
}

/// A kernel with whatever keeps its code mapped.
pub struct CallableKernel {
    kernel: abi::Kernel,
    _code: Option<Arc<dyn Any + Send + Sync>>,
}

impl CallableKernel {
    /// Joins a kernel and its code.
    ///
    /// # Safety
    ///
    /// As for [`Compiled::new`], with the description and callable that
    /// [`CompileCallable::compile`] was asked for.
    pub unsafe fn new(kernel: abi::Kernel, code: Option<Arc<dyn Any + Send + Sync>>) -> Self {
        Self {
            kernel,
            _code: code,
        }
    }
}

/// Why a callable cannot be called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallableError {
    /// There is no callable of that index, or it has no code.
    #[error("there is no code for callable {index}")]
    Missing {
        /// Its position in [`Mechanism::callables`].
        index: usize,
    },
    /// Its code could not be made.
    #[error("`{name}` cannot be compiled by itself: {message}")]
    Code {
        /// Its name.
        name: String,
        /// Why.
        message: String,
    },
}

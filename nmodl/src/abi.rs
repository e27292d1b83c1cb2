//! The contract between compiled kernels and whoever calls them.
//!
//! A kernel is one native function `extern "C" fn(*const KernelArgs) -> i32`. It works on a
//! range of instances of one mechanism; what it reads and writes is named by [`KernelArgs`]
//! and nothing else. The compiler (`codegen`) emits loads and stores at the offsets of these
//! `repr(C)` structs, and `runtime` fills them in; a mechanism written by hand in Rust that
//! follows this file is as good as a compiled one.
//!
//! # Memory
//!
//! * **Instances** are a structure of arrays. All columns of a mechanism live in one block:
//!   element `i` of column `c` is `data[c * stride + i]`. `data` is aligned to
//!   [`ALIGNMENT`] bytes and `stride` is a multiple of [`LANES`], so that a vector of
//!   [`LANES`] instances that starts at a multiple of [`LANES`] never crosses a column's end:
//!   reading and writing the padding is allowed, its content is never used.
//!   An array variable `x[n]` is `n` consecutive columns.
//! * **Nodes** (compartments) have arrays of their own, in [`NodeArrays`]; `node[i]` is the
//!   node of instance `i`. `node` is padded to `stride` entries; the padding repeats a valid
//!   node. Instances are sorted by node index. Several instances of a point process may share
//!   a node, so additions to node and ion arrays are made instance by instance.
//! * **Ions** are arrays over *nodes*, five for each ion ([`IonArrays`]); `ions[k]` belongs to
//!   the mechanism's `k`th `USEION`.
//! * **Globals** are one block of doubles for each mechanism, shared by its instances
//!   (GLOBAL variables, file-level LOCALs); **tables** are blocks that the `tables` kernel fills.
//!
//! * **Pointers** may point at any double that a user can name: node potentials, variables of
//!   ions, columns and globals of any mechanism that are visible, shared values, weights. A kernel
//!   reads and writes through them in the order of its statements.
//!
//! # Functions called by name
//!
//! The kernel of a FUNCTION or PROCEDURE is called for one instance, `end == begin + 1`. One that
//! needs no instance ([`crate::mechanism::Callable::needs_instance`]) does not look at `data`,
//! `node`, `nodes` and `ions`, which may be null, and is called with `begin == 0`. Before it, the
//! `tables` kernel is called.
//!
//! # Signs and units
//!
//! Times in ms, voltages in mV, densities in mA/cm², point currents in nA, concentrations in
//! mM. A `current` kernel makes, for each instance, with `i` the sum of its currents and
//! `g = ∂i/∂v` its exact conductance:
//!
//! ```text
//! rhs[node] -= i          d[node] += g          (membrane currents)
//! rhs[node] += i          d[node] -= g          (ELECTRODE_CURRENT)
//! ion.cur[node] += i_ion  ion.dcur_dv[node] += ∂i_ion/∂v
//! ```
//!
//! for point processes with every addition scaled by `100 / area[node]` (nA and µm² to
//! mA/cm²).

use std::ffi::c_void;

use crate::function_table::FunctionTable;

/// Lanes of the vector kernels (doubles in a 128-bit register).
pub const LANES: usize = 2;

/// Alignment in bytes of every column block and node array.
pub const ALIGNMENT: usize = 64;

/// A compiled kernel. Returns 0, or a [`Failure`] as `i32`; details are in [`Status`].
pub type Kernel = unsafe extern "C" fn(*const KernelArgs) -> i32;

/// What a kernel is called with.
#[repr(C)]
#[derive(Debug)]
pub struct KernelArgs {
    /// Column block of the mechanism's instances.
    pub data: *mut f64,
    /// Doubles from one column to the next, a multiple of [`LANES`].
    pub stride: usize,
    /// Node of each instance.
    pub node: *const u32,
    /// First instance, a multiple of [`LANES`] unless `end == begin + 1`.
    pub begin: usize,
    /// One past the last instance.
    pub end: usize,
    /// The mechanism's globals.
    pub globals: *mut f64,
    /// Tables of the mechanism's TABLE statements: one block per table.
    pub tables: *const *mut f64,
    /// The mechanism's FUNCTION_TABLEs ([`crate::mechanism::Mechanism::function_tables`]); null for
    /// one that has not been given. May be null if the mechanism has none.
    pub function_tables: *const *const FunctionTable,
    /// Targets of the POINTER variables ([`crate::mechanism::Mechanism::pointers`]): that of
    /// pointer `p` of instance `i` is `pointers[p * stride + i]`, null if it points at nothing. The
    /// padding is null. May be null if the mechanism has none.
    pub pointers: *const *mut f64,
    /// Not 0 if a pointer of the mechanism may point at what its own kernels store for another
    /// instance: a column or global of the mechanism, a variable of an ion, a weight. Instances
    /// are computed one after the other then.
    pub pointers_overlap: usize,
    /// Values that all mechanisms share.
    pub sim: *const SimValues,
    /// Arrays over nodes.
    pub nodes: *const NodeArrays,
    /// One entry for each USEION, in the order of the description.
    pub ions: *const IonArrays,
    /// `net_receive`: the NetCon's weights. Functions called by name: the `n` arguments, and
    /// behind them, at `args[n]`, the double that receives a FUNCTION's result (a PROCEDURE leaves
    /// it alone).
    pub args: *mut f64,
    /// `net_receive`: the event's flag. `current`: 0 in a step, 1 where currents are computed
    /// without one and `state_discontinuity` does nothing.
    pub flag: f64,
    /// `net_receive` of a mechanism with FOR_NETCONS: the weights of each NetCon whose target is
    /// the instance, in NEURON's order. Those of the NetCon that delivers the event are `args`.
    pub netcons: *const *mut f64,
    /// Entries of `netcons`.
    pub netcon_count: f64,
    /// Services of the host (events, random numbers, printing).
    pub host: *const Host,
    /// Where a failing kernel says what happened.
    pub status: *mut Status,
}

/// Values that all mechanisms share. `t_ms` in an event handler is the event's time.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SimValues {
    /// Time in ms (NMODL's `t`).
    pub t_ms: f64,
    /// Time step in ms (`dt`).
    pub dt_ms: f64,
    /// Temperature in °C (`celsius`).
    pub celsius: f64,
    /// NEURON's `secondorder`.
    pub secondorder: f64,
    /// 1 while steps are of variable length, else 0 (NEURON's `cvode_active_`).
    pub variable_step: f64,
}

/// Arrays over nodes.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct NodeArrays {
    /// Membrane potential in mV.
    pub v_mv: *mut f64,
    /// Right-hand side of the cable equation in mA/cm².
    pub rhs: *mut f64,
    /// Diagonal of the cable equation in mS/cm² (mA/cm²/mV).
    pub d: *mut f64,
    /// Membrane area in µm².
    pub area_um2: *mut f64,
    /// Diameter in µm.
    pub diam_um: *mut f64,
}

/// The five arrays of one ion, over nodes.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct IonArrays {
    /// Reversal potential in mV (`ena`).
    pub erev_mv: *mut f64,
    /// Internal concentration in mM (`nai`).
    pub ci_mm: *mut f64,
    /// External concentration in mM (`nao`).
    pub co_mm: *mut f64,
    /// Total membrane current density in mA/cm² (`ina`).
    pub cur: *mut f64,
    /// ∂cur/∂v in mA/cm²/mV.
    pub dcur_dv: *mut f64,
}

/// What a kernel may ask of the simulator. `context` is handed back unchanged.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Host {
    /// The host's own state.
    pub context: *mut c_void,
    /// `net_send(delay, flag)`: a self event for `instance`.
    pub net_send:
        unsafe extern "C" fn(context: *mut c_void, instance: usize, delay_ms: f64, flag: f64),
    /// `net_event(time)`: the artificial cell or point process `instance` fires.
    pub net_event: unsafe extern "C" fn(context: *mut c_void, instance: usize, time_ms: f64),
    /// `net_move(time)`: moves the outstanding self event of `instance`.
    pub net_move: unsafe extern "C" fn(context: *mut c_void, instance: usize, time_ms: f64),
    /// `WATCH`: condition `condition` of `instance` is looked at from now on, and sends an event
    /// of `flag` when it becomes true; `value` is what the `watch` kernel would compute now. The
    /// first request of a call ends all that the instance watched before the call.
    pub watch: unsafe extern "C" fn(
        context: *mut c_void,
        instance: usize,
        condition: usize,
        flag: f64,
        value: f64,
    ),
    /// `at_time(time)`: 1 if `time` lies in the step that is being made, else 0.
    pub at_time: unsafe extern "C" fn(context: *mut c_void, time_ms: f64) -> f64,
    /// One number of `distribution` from stream `stream` of `instance`
    /// (see [`Distribution`]).
    pub random: unsafe extern "C" fn(
        context: *mut c_void,
        instance: usize,
        stream: usize,
        distribution: i32,
        a: f64,
        b: f64,
    ) -> f64,
    /// A function of the generator that all mechanisms share (see [`ScopFunction`]).
    pub scop: unsafe extern "C" fn(context: *mut c_void, function: i32, a: f64, b: f64) -> f64,
    /// Something that C in VERBATIM asks for (see [`Request`]), with its numbers.
    pub request: unsafe extern "C" fn(
        context: *mut c_void,
        request: i32,
        values: *const f64,
        count: usize,
    ) -> f64,
    /// A text as C has it: `text[..len]` is UTF-8 with `%` conversions, `values[..count]` its
    /// arguments; a handle is the argument of `%s`. Gives a handle, the same for equal texts.
    pub text: unsafe extern "C" fn(
        context: *mut c_void,
        text: *const u8,
        len: usize,
        values: *const f64,
        count: usize,
    ) -> f64,
    /// `printf`: `text[..len]` is UTF-8 with `%` conversions, `values[..count]` its arguments; a
    /// handle of a text is that of `%s`.
    pub print: unsafe extern "C" fn(
        context: *mut c_void,
        text: *const u8,
        len: usize,
        values: *const f64,
        count: usize,
    ),
}

/// Distributions of the `random` service.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distribution {
    /// Uniform on (a, b).
    Uniform = 0,
    /// Negative exponential of mean a.
    Negexp = 1,
    /// Normal of mean a and standard deviation b.
    Normal = 2,
    /// A 32-bit integer as a double.
    Integer = 3,
    /// Draws nothing: sets the stream's position to `a` = 4·sequence + which
    /// (`random_setseq`). The result is 0.
    SetSequence = 4,
    /// Draws nothing: the stream's position, 4·sequence + which (`random_getseq`).
    GetSequence = 5,
    /// Draws nothing: id number `a` (0, 1, 2) of the stream becomes `b`, and the stream is at its
    /// beginning (`random_setids`). The result is 0.
    SetId = 6,
    /// Draws nothing: id number `a` becomes `b`, and the position stays; the numbers of the block
    /// that was begun are still the old ones (C's `nrnran123_setids`). The result is 0.
    ReplaceId = 7,
}

impl Distribution {
    /// All of them, in order of their numbers.
    pub const ALL: [Distribution; 8] = [
        Distribution::Uniform,
        Distribution::Negexp,
        Distribution::Normal,
        Distribution::Integer,
        Distribution::SetSequence,
        Distribution::GetSequence,
        Distribution::SetId,
        Distribution::ReplaceId,
    ];
}

/// Functions of the `scop` service: the random functions of the SCoP library.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopFunction {
    /// `scop_random()`: uniform on [0, 1].
    Uniform = 0,
    /// `set_seed(a)`; gives 0.
    SetSeed = 1,
    /// `exprand(a)`: exponential of mean a.
    Exponential = 2,
    /// `normrand(a, b)`: normal of mean a and standard deviation b.
    Normal = 3,
    /// `poisrand(a)`: a Poisson number of mean a.
    Poisson = 4,
    /// `srand48(a)` of C's library; gives 0.
    SetSeed48 = 5,
    /// `drand48()`: uniform on [0, 1).
    Uniform48 = 6,
    /// `lrand48()`: a whole number from 0 to 2³¹ - 1.
    Integer48 = 7,
    /// `srand(a)`, `srandom(a)` of C's library; gives 0.
    SetSeedC = 8,
    /// `rand()`, `random()`: a whole number from 0 to 2³¹ - 1.
    IntegerC = 9,
}

/// What the `request` service is asked for. Objects of the host (Vectors, generators of random
/// numbers, texts, files) are named by handles: whole numbers from 1 on, 0 for none. The host keeps an object
/// for as long as the model exists in which a handle of it may be kept.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Request {
    /// (position): what the caller gave as that argument, counted from 1: 0 nothing, 1 a number,
    /// 2 a text, 3 an object, 4 a reference to a number.
    ArgumentKind = 0,
    /// (position): the number; NaN if it is none.
    ArgumentNumber = 1,
    /// (position): handle of the Vector; 0 if it is none.
    ArgumentVector = 2,
    /// (position): handle of the Random; 0 if it is none.
    ArgumentRandom = 3,
    /// (vector): its size; -1 if the handle is none of a Vector.
    VectorSize = 4,
    /// (vector, index): an element; NaN if it does not exist.
    VectorElement = 5,
    /// (vector, index, value): changes an element; gives 0.
    SetVectorElement = 6,
    /// (vector, size): 1, or 0 if that cannot be done.
    ResizeVector = 7,
    /// (random): a number of the distribution that the Random picked from last; 0.5 for handle 0.
    PickRandom = 8,
    /// (id1, id2, id3): handle of a new Random123 stream at its beginning.
    NewStream = 9,
    /// (stream): ends a stream; gives 0.
    DeleteStream = 10,
    /// (handle): 1 for a Random123 stream, 2 for a Random that draws from one, 3 for a Random that draws
    /// from MCellRan4; else 0.
    IsStream = 11,
    /// (stream, which): an id of a stream, `which` from 0 to 2.
    StreamId = 12,
    /// (stream, distribution, a, b): as the `random` service.
    Draw = 13,
    /// (position): handle of the text that the caller gave; 0 if it is none.
    ArgumentText = 14,
    /// (text): its length in bytes; -1 if the handle is none of a text.
    TextLength = 15,
    /// (text, index): a byte of it; 0 behind its end.
    TextByte = 16,
    /// (text, text): less than, equal to or greater than 0, as C's `strcmp`; NaN if one is no text.
    CompareTexts = 17,
    /// (text): the number that it begins with, as C's `atof`.
    TextNumber = 18,
    /// (0): handle of a new memory for [`Request::Lag`].
    NewLag = 19,
    /// (memory): forgets what it holds; gives 0.
    ClearLag = 20,
    /// (memory, t, value, lag): `value` as it was `lag` ago, once the memory holds as much; before
    /// that, what it was in the beginning.
    Lag = 21,
    /// (text, x): the value at `x` of a cubic spline through the points of a file (`force`); NaN if
    /// there is no such file, or `x` is too far outside.
    Force = 22,
    /// (text, x): the value of the last point not behind `x` (`stepforce`); NaN as above.
    StepForce = 23,
    /// (which): 0 seconds since 1970, 1 microseconds since somebody asked first, 2 the number of the
    /// process, 3 microseconds since 1970.
    Clock = 24,
    /// (text, text): handle of a file that is opened as C's `fopen` does; 0 if that fails.
    OpenFile = 25,
    /// (file): 0, or -1 if it cannot be closed.
    CloseFile = 26,
    /// (file, text): the number of bytes written, or -1.
    WriteFile = 27,
    /// (file): the next number of it; NaN if there is none.
    ReadNumber = 28,
    /// (file): handle of the text of the next line with its end; 0 if there is none.
    ReadLine = 29,
    /// (file): 1 if something was looked for behind its end, else 0.
    AtEnd = 30,
    /// (bytes): address of new memory of C, all zero; 0 if there is none to be had. An address is the
    /// handle times 2³² plus the byte within; that of an element of a Vector is 8 times its index on.
    NewMemory = 31,
    /// (address): gives memory back; 1, or 0 where no memory of C begins.
    FreeMemory = 32,
    /// (address, bytes): address of memory of that size with what was there before; 0 if that cannot be.
    ResizeMemory = 33,
    /// (address, bytes): 1 if so many bytes of memory or of a Vector are there, else 0.
    HasMemory = 34,
    /// (address, [`CellType`]): the number there; NaN if there is none.
    ReadMemory = 35,
    /// (address, [`CellType`], number): changes it; gives 0.
    WriteMemory = 36,
    /// (to, from, bytes): copies what may overlap; 1, or 0 if one is not there.
    CopyMemory = 37,
    /// (to, byte, bytes): fills memory with a byte; 1, or 0 if it is not there.
    FillMemory = 38,
    /// (address, text): writes a text with a zero behind it; 1, or 0 if there is no room.
    WriteText = 39,
    /// (position): address of the number that the caller gave a reference to; 0 if it gave none. Numbers
    /// beside it are there if it is an element of a Vector.
    ArgumentAddress = 40,
    /// (text): from now on Vectors have the method of that name ([`Mechanism::vector_methods`]); gives 0.
    ///
    /// [`Mechanism::vector_methods`]: crate::mechanism::Mechanism::vector_methods
    InstallMethod = 41,
    /// (position): handle of the object that the caller gave; 0 if it gave none.
    ArgumentObject = 42,
    /// (list): number of the objects in it; -1 if the handle is none of a List.
    ListCount = 43,
    /// (list, index): handle of one of its objects; 0 if it does not exist.
    ListItem = 44,
    /// (position): handle of the file that the caller's File has open; 0 if it is none, or none is open.
    ArgumentFile = 45,
    /// (position): handle of the text variable that the caller gave; 0 if it gave none.
    ArgumentTextVariable = 46,
    /// (variable, text): changes a text variable; 1, or 0 if the handle is none of one.
    AssignText = 47,
    /// (vector): elements that it has room for; -1 if the handle is none of a Vector.
    VectorCapacity = 48,
    /// (file): the next byte of it; -1 if there is none.
    ReadByte = 49,
    /// (address, bytes, file): reads bytes into memory; how many, or -1 where there is no room.
    ReadBytes = 50,
    /// (address, bytes, file): writes bytes of memory; how many, or -1 where they are not there.
    WriteBytes = 51,
    /// (file): where it is read or written, in bytes from its beginning; -1 if it is not open.
    Position = 52,
    /// (file, bytes, from): moves there, counted from the beginning (0), the present place (1) or the
    /// end (2); 0, or -1 if that cannot be.
    Seek = 53,
    /// (text): removes the file of that name; 0, or -1 if that cannot be.
    RemoveFile = 54,
    /// (0): number of the error of the last file that could not be opened or removed, as C's `errno`.
    LastError = 55,
    /// (number): what `errno` is from now on; gives 0.
    SetLastError = 56,
    /// (seconds): waits; gives 0.
    Sleep = 57,
    /// (0): handle of the text of the present folder.
    WorkingFolder = 58,
    /// (text, bytes): handle of what follows so many bytes of a text, or the address so much further on; 0 if
    /// there is no such place.
    TextFrom = 59,
    /// (position): 1 if the caller gave an object that no variable of the caller's has; else 0.
    IsTemporary = 60,
    /// (text): handle of a file with what a command of the shell prints; 0 if that fails.
    OpenPipe = 61,
    /// (text): has the caller execute a statement of hoc when the function has returned; 1, or 0 where no caller
    /// waits for one.
    Execute = 62,
    /// (number, ignored): has the caller ignore a signal of the system, or not ignore it any more (0); 1, or 0
    /// where no caller waits.
    IgnoreSignal = 63,
    /// (object): handle of the text of its name, as `Vector[3]`; 0 if it has none.
    ObjectName = 64,
    /// (text, bytes): handle of the text of so many of its bytes at most; 0 if it is no text.
    TextPrefix = 65,
    /// (text): handle of the function of hoc that has this name; 0 if there is none, NaN where no caller can
    /// be asked.
    LookUp = 66,
    /// (number): puts a number where the next function of hoc that is called finds it; gives 0.
    Push = 67,
    /// (function, count): calls a function of hoc with the last numbers that were put there; gives its value.
    CallFunction = 68,
    /// (0): 1 if the last call of a function of hoc failed, else 0.
    CallFailed = 69,
}

/// How a number stands in memory of C.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellType {
    /// A double, or what points at something.
    Double = 0,
    /// A float.
    Single = 1,
    /// Whole numbers of 8 to 64 bits, with a sign and without.
    I8 = 2,
    /// As above.
    U8 = 3,
    /// As above.
    I16 = 4,
    /// As above.
    U16 = 5,
    /// As above.
    I32 = 6,
    /// As above.
    U32 = 7,
    /// As above; exact as far as doubles are.
    I64 = 8,
    /// As above; exact as far as doubles are.
    U64 = 9,
}

impl CellType {
    /// All of them, in order of their numbers.
    pub const ALL: [CellType; 10] = [
        CellType::Double,
        CellType::Single,
        CellType::I8,
        CellType::U8,
        CellType::I16,
        CellType::U16,
        CellType::I32,
        CellType::U32,
        CellType::I64,
        CellType::U64,
    ];

    /// Its size in bytes, to a multiple of which it is aligned.
    pub fn size(self) -> u32 {
        match self {
            CellType::I8 | CellType::U8 => 1,
            CellType::I16 | CellType::U16 => 2,
            CellType::I32 | CellType::U32 | CellType::Single => 4,
            CellType::I64 | CellType::U64 | CellType::Double => 8,
        }
    }
}

impl Request {
    /// All of them, in order of their numbers.
    pub const ALL: [Request; 70] = [
        Request::ArgumentKind,
        Request::ArgumentNumber,
        Request::ArgumentVector,
        Request::ArgumentRandom,
        Request::VectorSize,
        Request::VectorElement,
        Request::SetVectorElement,
        Request::ResizeVector,
        Request::PickRandom,
        Request::NewStream,
        Request::DeleteStream,
        Request::IsStream,
        Request::StreamId,
        Request::Draw,
        Request::ArgumentText,
        Request::TextLength,
        Request::TextByte,
        Request::CompareTexts,
        Request::TextNumber,
        Request::NewLag,
        Request::ClearLag,
        Request::Lag,
        Request::Force,
        Request::StepForce,
        Request::Clock,
        Request::OpenFile,
        Request::CloseFile,
        Request::WriteFile,
        Request::ReadNumber,
        Request::ReadLine,
        Request::AtEnd,
        Request::NewMemory,
        Request::FreeMemory,
        Request::ResizeMemory,
        Request::HasMemory,
        Request::ReadMemory,
        Request::WriteMemory,
        Request::CopyMemory,
        Request::FillMemory,
        Request::WriteText,
        Request::ArgumentAddress,
        Request::InstallMethod,
        Request::ArgumentObject,
        Request::ListCount,
        Request::ListItem,
        Request::ArgumentFile,
        Request::ArgumentTextVariable,
        Request::AssignText,
        Request::VectorCapacity,
        Request::ReadByte,
        Request::ReadBytes,
        Request::WriteBytes,
        Request::Position,
        Request::Seek,
        Request::RemoveFile,
        Request::LastError,
        Request::SetLastError,
        Request::Sleep,
        Request::WorkingFolder,
        Request::TextFrom,
        Request::IsTemporary,
        Request::OpenPipe,
        Request::Execute,
        Request::IgnoreSignal,
        Request::ObjectName,
        Request::TextPrefix,
        Request::LookUp,
        Request::Push,
        Request::CallFunction,
        Request::CallFailed,
    ];

    /// The number of its arguments.
    pub fn arguments(self) -> usize {
        match self {
            Request::VectorElement | Request::ResizeVector | Request::StreamId => 2,
            Request::TextByte | Request::CompareTexts | Request::Force => 2,
            Request::StepForce | Request::OpenFile | Request::WriteFile => 2,
            Request::ResizeMemory | Request::HasMemory | Request::ReadMemory => 2,
            Request::TextFrom | Request::TextPrefix | Request::IgnoreSignal => 2,
            Request::CallFunction => 2,
            Request::WriteText | Request::ListItem | Request::AssignText => 2,
            Request::ReadBytes | Request::WriteBytes | Request::Seek => 3,
            Request::WriteMemory | Request::CopyMemory | Request::FillMemory => 3,
            Request::SetVectorElement | Request::NewStream => 3,
            Request::Draw | Request::Lag => 4,
            _ => 1,
        }
    }
}

/// Why a kernel gave up.
#[repr(i32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The Newton iteration of an implicit method did not converge.
    NoConvergence = 1,
    /// A pivot of a linear system is zero.
    SingularMatrix = 2,
    /// An array index is outside of its array.
    IndexOutOfBounds = 3,
    /// A WHILE loop exceeded the iteration limit.
    EndlessLoop = 4,
    /// A POINTER that points at nothing is used.
    UnsetPointer = 5,
    /// A FUNCTION_TABLE that has not been given is used.
    UnsetFunctionTable = 6,
    /// C in VERBATIM asks for an argument that the caller has not given, or that is of another
    /// kind; an object has not the kind that is needed.
    WrongArgument = 7,
    /// C in VERBATIM ends the run: `hoc_execerror`, `exit`, `assert`. The place says why.
    Stopped = 8,
}

/// Details of a failure.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Status {
    /// The instance that failed.
    pub instance: usize,
    /// Index into the description's list of failure places ([`crate::mechanism::Mechanism::places`]).
    pub place: u32,
    /// The offending value (an index, a residual).
    pub value: f64,
}

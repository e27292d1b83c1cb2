//! Memory for one mechanism as [`crate::abi`] describes it, owned and safe.
//!
//! The interpreter works on it directly; [`Memory::with_args`] lends the same memory to a
//! native kernel. Two equal memories, one run by each, must stay equal: [`Memory::difference`]
//! says where they are not. The host's services only record what was asked of them, in
//! [`Memory::calls`], and answer with numbers that depend on the position in that list alone.

use std::ffi::c_void;
use std::ops::{Deref, DerefMut, Range};

use super::{IonVar, NodeVar, SimVar};
use crate::abi::{
    ALIGNMENT, Host, IonArrays, KernelArgs, LANES, NodeArrays, Request, SimValues, Status,
};
use crate::function_table::{Axis, FunctionTable};
use crate::mechanism::{Mechanism, Storage};

/// Doubles that start at a multiple of [`ALIGNMENT`].
#[derive(Debug)]
pub struct Aligned {
    buffer: Vec<f64>,
    start: usize,
    len: usize,
}

impl Aligned {
    /// `len` zeros.
    pub fn new(len: usize) -> Self {
        let slack = ALIGNMENT / size_of::<f64>();
        let buffer = vec![0.0; len + slack];
        let start = buffer.as_ptr().align_offset(ALIGNMENT).min(slack);
        Aligned { buffer, start, len }
    }
}

impl Deref for Aligned {
    type Target = [f64];
    fn deref(&self) -> &[f64] {
        &self.buffer[self.start..self.start + self.len]
    }
}

impl DerefMut for Aligned {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.buffer[self.start..self.start + self.len]
    }
}

impl Clone for Aligned {
    fn clone(&self) -> Self {
        let mut copy = Aligned::new(self.len);
        copy.copy_from_slice(self);
        copy
    }
}

/// What a kernel asked of the host.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// `net_send`
    NetSend {
        /// Who.
        instance: usize,
        /// From now.
        delay_ms: f64,
        /// The event's flag.
        flag: f64,
    },
    /// `net_event`
    NetEvent {
        /// Who.
        instance: usize,
        /// When.
        time_ms: f64,
    },
    /// `net_move`
    NetMove {
        /// Who.
        instance: usize,
        /// To when.
        time_ms: f64,
    },
    /// WATCH
    Watch {
        /// Who.
        instance: usize,
        /// Which condition.
        condition: usize,
        /// The event's flag.
        flag: f64,
        /// The condition's value now.
        value: f64,
    },
    /// `at_time`
    AtTime {
        /// When.
        time_ms: f64,
    },
    /// A random number
    Random {
        /// Who.
        instance: usize,
        /// Which RANDOM variable.
        stream: usize,
        /// An [`crate::abi::Distribution`].
        distribution: i32,
        /// First parameter.
        a: f64,
        /// Second parameter.
        b: f64,
    },
    /// A function of the generator that all share
    Scop {
        /// An [`crate::abi::ScopFunction`].
        function: i32,
        /// First parameter.
        a: f64,
        /// Second parameter.
        b: f64,
    },
    /// Something that C asked for
    Request {
        /// What.
        request: Request,
        /// Its numbers.
        values: Vec<f64>,
    },
    /// A text for C
    Text {
        /// The format.
        text: String,
        /// The arguments.
        values: Vec<f64>,
    },
    /// `printf`
    Print {
        /// The format.
        text: String,
        /// The arguments.
        values: Vec<f64>,
    },
}

/// What a POINTER points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A double of the column block.
    Data(usize),
    /// A double of the globals.
    Global(usize),
    /// A value of a node.
    Node(NodeVar, usize),
    /// A value of an ion at a node.
    Ion(usize, IonVar, usize),
    /// `t`
    Time,
    /// One of [`Memory::cells`].
    Cell(usize),
}

/// The services asked for, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Calls(pub Vec<Call>);

impl Calls {
    /// Records `call`; gives the answer, for services that have one.
    pub fn ask(&mut self, call: Call) -> f64 {
        let n = self.0.len();
        let answer = match call {
            Call::AtTime { .. } => (n % 2) as f64,
            Call::Request { request, .. } => match request {
                Request::ArgumentKind | Request::IsStream => 1.0,
                Request::VectorSize => 3.0,
                Request::ArgumentVector | Request::ArgumentRandom | Request::NewStream => {
                    (n + 1) as f64
                }
                Request::ArgumentText | Request::NewLag | Request::OpenFile => (n + 1) as f64,
                Request::ArgumentAddress | Request::ArgumentObject => (n + 1) as f64,
                Request::ReadLine => (n % 3) as f64,
                Request::ResizeVector => 1.0,
                _ => (n as f64 * 0.618_033_988_749_895).fract(),
            },
            Call::Text { .. } => (n + 1) as f64,
            Call::Random { .. } | Call::Scop { .. } => (n as f64 * 0.618_033_988_749_895).fract(),
            _ => 0.0,
        };
        self.0.push(call);
        answer
    }
}

/// Memory of one mechanism.
#[derive(Debug, Clone)]
pub struct Memory {
    /// Doubles from one column to the next.
    pub stride: usize,
    /// All columns.
    pub data: Aligned,
    /// Node of each instance, padded to `stride`.
    pub node: Vec<u32>,
    /// Number of instances.
    pub instances: usize,
    /// The globals block.
    pub globals: Vec<f64>,
    /// One block for each table, row by row.
    pub tables: Vec<Vec<f64>>,
    /// Shared values.
    pub sim: SimValues,
    /// `v`, `rhs`, `d`, `area`, `diam` of each node.
    pub nodes: [Aligned; 5],
    /// `erev`, `ci`, `co`, `cur`, `dcur_dv` of each node, for each ion.
    pub ions: Vec<[Aligned; 5]>,
    /// The FUNCTION_TABLEs, as far as they have been given.
    pub function_tables: Vec<Option<FunctionTable>>,
    /// Target of each POINTER of each instance, as in `KernelArgs::pointers`.
    pub pointers: Vec<Option<Target>>,
    /// Doubles that belong to nothing else, for pointers to point at.
    pub cells: Vec<f64>,
    /// Columns that are seen from outside.
    visible: Vec<usize>,
    /// NetCon weights, or a function's arguments and its result.
    pub args: Vec<f64>,
    /// The event's flag.
    pub flag: f64,
    /// The weights of NetCons whose target is the instance (none of them `args`).
    pub netcons: Vec<Vec<f64>>,
    /// What was asked of the host.
    pub calls: Calls,
}

impl Memory {
    /// Memory for instances at the nodes `node` (ascending) of `nodes` ones. Variables have
    /// their defaults, everything else is zero but for dt (0.025 ms), celsius (6.3 °C), area
    /// (100 µm²) and diameter (1 µm).
    pub fn new(mechanism: &Mechanism, node: &[u32], nodes: usize) -> Self {
        let instances = node.len();
        let stride = instances.next_multiple_of(LANES).max(LANES);
        let mut padded = node.to_vec();
        padded.resize(stride, node.last().copied().unwrap_or(0));
        let nodes = nodes.max(1);
        let five = || std::array::from_fn(|_| Aligned::new(nodes));
        let longest = mechanism.callables.iter().map(|c| c.arguments.len() + 1);
        let weights = mechanism.net_receive.iter().map(|n| n.arguments.len());
        let mut memory = Memory {
            stride,
            data: Aligned::new(stride * mechanism.columns),
            node: padded,
            instances,
            globals: vec![0.0; mechanism.globals],
            tables: mechanism
                .tables
                .iter()
                .map(|table| vec![0.0; (table.intervals + 1) * table.columns])
                .collect(),
            sim: SimValues {
                t_ms: 0.0,
                dt_ms: 0.025,
                celsius: 6.3,
                secondorder: 0.0,
                variable_step: 0.0,
            },
            nodes: five(),
            ions: mechanism.ions.iter().map(|_| five()).collect(),
            function_tables: vec![None; mechanism.function_tables.len()],
            pointers: vec![None; stride * mechanism.pointers.len()],
            cells: vec![0.0; 4],
            visible: Vec::new(),
            args: vec![0.0; longest.chain(weights).max().unwrap_or(0)],
            flag: 0.0,
            netcons: Vec::new(),
            calls: Calls::default(),
        };
        memory.nodes[node_field(NodeVar::Area)].fill(100.0);
        memory.nodes[node_field(NodeVar::Diam)].fill(1.0);
        for variable in &mechanism.variables {
            let range = match variable.storage {
                Storage::Column => {
                    &mut memory.data[variable.offset * stride..][..variable.len() * stride]
                }
                Storage::Global => &mut memory.globals[variable.offset..][..variable.len()],
            };
            range.fill(variable.default);
            if variable.visible && variable.storage == Storage::Column {
                let columns = variable.offset..variable.offset + variable.len();
                memory.visible.extend(columns);
            }
        }
        memory
    }

    /// A column of all instances.
    pub fn column(&mut self, column: usize) -> &mut [f64] {
        &mut self.data[column * self.stride..][..self.instances]
    }

    /// A value of a node.
    pub fn node_value(&mut self, var: NodeVar, node: usize) -> Option<&mut f64> {
        self.nodes[node_field(var)].get_mut(node)
    }

    /// A value of an ion at a node.
    pub fn ion_value(&mut self, ion: usize, var: IonVar, node: usize) -> Option<&mut f64> {
        let field = match var {
            IonVar::Erev => 0,
            IonVar::Ci => 1,
            IonVar::Co => 2,
            IonVar::Cur => 3,
            IonVar::DcurDv => 4,
        };
        self.ions.get_mut(ion)?[field].get_mut(node)
    }

    /// What pointer `pointer` of an instance points at.
    pub fn target(&self, pointer: usize, instance: usize) -> Option<Target> {
        let at = pointer * self.stride + instance;
        self.pointers.get(at).copied().flatten()
    }

    /// Makes pointer `pointer` of an instance point at `target`.
    pub fn point(&mut self, pointer: usize, instance: usize, target: Option<Target>) {
        self.pointers[pointer * self.stride + instance] = target;
    }

    /// The double that a pointer points at.
    pub fn pointed(&mut self, pointer: usize, instance: usize) -> Option<&mut f64> {
        let target = self.target(pointer, instance)?;
        self.at(target)
    }

    fn at(&mut self, target: Target) -> Option<&mut f64> {
        match target {
            Target::Data(at) => self.data.get_mut(at),
            Target::Global(at) => self.globals.get_mut(at),
            Target::Node(var, node) => self.node_value(var, node),
            Target::Ion(ion, var, node) => self.ion_value(ion, var, node),
            Target::Time => Some(&mut self.sim.t_ms),
            Target::Cell(at) => self.cells.get_mut(at),
        }
    }

    /// Points every pointer at something, as the bits of `next` say.
    fn point_anywhere(&mut self, mut next: impl FnMut() -> f64) {
        let (nodes, instances) = (self.nodes[0].len(), self.instances);
        let mut below = |n: usize| (next().to_bits() >> 20) as usize % n.max(1);
        for pointer in 0..self.pointers.len() / self.stride {
            // Where instances depend on each other, vector code may not be used: not always.
            let alone = below(2) == 0;
            for instance in 0..instances {
                let target = match below(if alone { 3 } else { 7 }) {
                    0 => Target::Cell(below(self.cells.len())),
                    1 => Target::Node(NodeVar::V, below(nodes)),
                    2 => Target::Time,
                    3 if !self.ions.is_empty() => Target::Ion(0, IonVar::Ci, below(nodes)),
                    4 if !self.globals.is_empty() => Target::Global(below(self.globals.len())),
                    5 | 6 if !self.visible.is_empty() => {
                        let column = self.visible[below(self.visible.len())];
                        Target::Data(column * self.stride + below(instances))
                    }
                    _ => Target::Cell(below(self.cells.len())),
                };
                self.point(pointer, instance, Some(target));
            }
        }
    }

    /// A shared value.
    pub fn sim_value(&self, var: SimVar) -> f64 {
        match var {
            SimVar::T => self.sim.t_ms,
            SimVar::Dt => self.sim.dt_ms,
            SimVar::Celsius => self.sim.celsius,
            SimVar::SecondOrder => self.sim.secondorder,
            SimVar::VariableStep => self.sim.variable_step,
        }
    }

    /// Fills everything a kernel may read with numbers from `next`, and points all pointers
    /// somewhere; flags and node indices excepted.
    pub fn fill(&mut self, mut next: impl FnMut() -> f64) {
        self.sim = SimValues {
            t_ms: next(),
            dt_ms: next(),
            celsius: next(),
            secondorder: next(),
            variable_step: 0.0,
        };
        let blocks = [&mut self.data[..], &mut self.globals, &mut self.args];
        let tables = self.tables.iter_mut().map(|t| &mut t[..]);
        let arrays = self.nodes.iter_mut().chain(self.ions.iter_mut().flatten());
        for block in blocks
            .into_iter()
            .chain(tables)
            .chain(arrays.map(|a| &mut a[..]))
        {
            block.fill_with(&mut next);
        }
        self.cells.fill_with(&mut next);
        for table in &mut self.function_tables {
            let values = (0..5).map(|_| next()).collect();
            let (count, low, high) = (5, -3.0, 4.0);
            *table = FunctionTable::new(values, vec![Axis::Even { count, low, high }]).ok();
        }
        self.point_anywhere(next);
    }

    /// Lends the memory to `run` as a kernel's arguments for `instances`; gives its answer and
    /// the status.
    pub fn with_args<R>(
        &mut self,
        instances: Range<usize>,
        run: impl FnOnce(&mut KernelArgs) -> R,
    ) -> (R, Status) {
        let targets: Vec<Option<Target>> = self.pointers.clone();
        let pointers: Vec<*mut f64> = targets
            .iter()
            .map(|target| match target.and_then(|target| self.at(target)) {
                Some(double) => &raw mut *double,
                None => std::ptr::null_mut(),
            })
            .collect();
        let overlap = |target: &Target| {
            matches!(
                target,
                Target::Data(_) | Target::Global(_) | Target::Ion(..)
            )
        };
        let pointers_overlap = targets.iter().flatten().any(overlap).into();
        let function_tables: Vec<*const FunctionTable> = self
            .function_tables
            .iter()
            .map(|table| table.as_ref().map_or(std::ptr::null(), std::ptr::from_ref))
            .collect();
        let tables: Vec<*mut f64> = self.tables.iter_mut().map(|t| t.as_mut_ptr()).collect();
        let [v, rhs, d, area, diam] = &mut self.nodes;
        let nodes = NodeArrays {
            v_mv: v.as_mut_ptr(),
            rhs: rhs.as_mut_ptr(),
            d: d.as_mut_ptr(),
            area_um2: area.as_mut_ptr(),
            diam_um: diam.as_mut_ptr(),
        };
        let ions: Vec<IonArrays> = self
            .ions
            .iter_mut()
            .map(|[erev, ci, co, cur, dcur_dv]| IonArrays {
                erev_mv: erev.as_mut_ptr(),
                ci_mm: ci.as_mut_ptr(),
                co_mm: co.as_mut_ptr(),
                cur: cur.as_mut_ptr(),
                dcur_dv: dcur_dv.as_mut_ptr(),
            })
            .collect();
        let netcons: Vec<*mut f64> = self.netcons.iter_mut().map(|n| n.as_mut_ptr()).collect();
        let host = Host {
            context: (&raw mut self.calls).cast(),
            net_send,
            net_event,
            net_move,
            watch,
            at_time,
            random,
            scop,
            request,
            text,
            print,
        };
        let mut status = Status::default();
        let mut args = KernelArgs {
            data: self.data.as_mut_ptr(),
            stride: self.stride,
            node: self.node.as_ptr(),
            begin: instances.start,
            end: instances.end,
            globals: self.globals.as_mut_ptr(),
            tables: tables.as_ptr(),
            function_tables: function_tables.as_ptr(),
            pointers: pointers.as_ptr(),
            pointers_overlap,
            sim: &raw mut self.sim,
            nodes: &nodes,
            ions: ions.as_ptr(),
            args: self.args.as_mut_ptr(),
            flag: self.flag,
            netcons: netcons.as_ptr(),
            netcon_count: netcons.len() as f64,
            host: &host,
            status: &mut status,
        };
        let answer = run(&mut args);
        self.flag = args.flag;
        (answer, status)
    }

    /// The first place where `self` and `other` differ; NaNs are all alike, padding does not
    /// count.
    pub fn difference(&self, other: &Memory) -> Option<String> {
        let columns = self.data.len() / self.stride;
        let rows = |m: &Memory, c: usize| m.data[c * m.stride..][..m.instances].to_vec();
        let mut parts: Vec<(String, Vec<f64>, Vec<f64>)> = (0..columns)
            .map(|c| (format!("column {c}"), rows(self, c), rows(other, c)))
            .collect();
        let mut add = |what: String, a: &[f64], b: &[f64]| {
            parts.push((what, a.to_vec(), b.to_vec()));
        };
        add("global".into(), &self.globals, &other.globals);
        for (i, (a, b)) in self.tables.iter().zip(&other.tables).enumerate() {
            add(format!("table {i}"), a, b);
        }
        for (i, (a, b)) in self.nodes.iter().zip(&other.nodes).enumerate() {
            add(format!("node array {i}"), a, b);
        }
        for (i, (a, b)) in self.ions.iter().zip(&other.ions).enumerate() {
            for (j, (a, b)) in a.iter().zip(b).enumerate() {
                add(format!("ion {i} array {j}"), a, b);
            }
        }
        add("cell".into(), &self.cells, &other.cells);
        add("time".into(), &[self.sim.t_ms], &[other.sim.t_ms]);
        add("argument".into(), &self.args, &other.args);
        add("flag".into(), &[self.flag], &[other.flag]);
        for (i, (a, b)) in self.netcons.iter().zip(&other.netcons).enumerate() {
            add(format!("netcon {i}"), a, b);
        }
        for (what, a, b) in parts {
            let differs = |&i: &usize| !same(a[i], b[i]);
            if let Some(i) = (0..a.len()).find(differs) {
                return Some(format!("{what}[{i}]: {:?} and {:?}", a[i], b[i]));
            }
        }
        // Arguments of services may be NaN, which is not equal to itself.
        let (a, b) = (
            format!("{:?}", self.calls.0),
            format!("{:?}", other.calls.0),
        );
        (a != b).then(|| format!("calls: {a} and {b}"))
    }
}

/// True for equal bits and for two NaNs.
pub fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

fn node_field(var: NodeVar) -> usize {
    match var {
        NodeVar::V => 0,
        NodeVar::Rhs => 1,
        NodeVar::D => 2,
        NodeVar::Area => 3,
        NodeVar::Diam => 4,
    }
}

/// The calls that `context` of our own [`Host`] points to.
///
/// # Safety
///
/// `context` comes from [`Memory::with_args`] and its `run` has not returned.
unsafe fn calls<'a>(context: *mut c_void) -> &'a mut Calls {
    // SAFETY: the pointer is to `Memory::calls`, which nothing else uses while `run` runs.
    unsafe { &mut *context.cast::<Calls>() }
}

unsafe extern "C" fn net_send(context: *mut c_void, instance: usize, delay_ms: f64, flag: f64) {
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::NetSend {
        instance,
        delay_ms,
        flag,
    });
}

unsafe extern "C" fn net_event(context: *mut c_void, instance: usize, time_ms: f64) {
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::NetEvent { instance, time_ms });
}

unsafe extern "C" fn net_move(context: *mut c_void, instance: usize, time_ms: f64) {
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::NetMove { instance, time_ms });
}

unsafe extern "C" fn watch(
    context: *mut c_void,
    instance: usize,
    condition: usize,
    flag: f64,
    value: f64,
) {
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::Watch {
        instance,
        condition,
        flag,
        value,
    });
}

unsafe extern "C" fn at_time(context: *mut c_void, time_ms: f64) -> f64 {
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::AtTime { time_ms })
}

unsafe extern "C" fn random(
    context: *mut c_void,
    instance: usize,
    stream: usize,
    distribution: i32,
    a: f64,
    b: f64,
) -> f64 {
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::Random {
        instance,
        stream,
        distribution,
        a,
        b,
    })
}

unsafe extern "C" fn scop(context: *mut c_void, function: i32, a: f64, b: f64) -> f64 {
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::Scop { function, a, b })
}

unsafe extern "C" fn request(
    context: *mut c_void,
    request: i32,
    values: *const f64,
    count: usize,
) -> f64 {
    let Some(&request) = Request::ALL.get(request as usize) else {
        return f64::NAN;
    };
    // SAFETY: the ABI says that `values[..count]` can be read, and no request is without a number.
    let values = unsafe { std::slice::from_raw_parts(values, count) }.to_vec();
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::Request { request, values })
}

unsafe extern "C" fn text(
    context: *mut c_void,
    text: *const u8,
    len: usize,
    values: *const f64,
    count: usize,
) -> f64 {
    // SAFETY: the ABI says that `text[..len]` and `values[..count]` can be read.
    let (text, values) = unsafe { text_and_values(text, len, values, count) };
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::Text { text, values })
}

unsafe extern "C" fn print(
    context: *mut c_void,
    text: *const u8,
    len: usize,
    values: *const f64,
    count: usize,
) {
    // SAFETY: the ABI says that `text[..len]` and `values[..count]` can be read.
    let (text, values) = unsafe { text_and_values(text, len, values, count) };
    // SAFETY: a kernel hands back the context that it got.
    unsafe { calls(context) }.ask(Call::Print { text, values });
}

/// # Safety
///
/// `text[..len]` and `values[..count]` can be read; an empty list may have any address.
unsafe fn text_and_values(
    text: *const u8,
    len: usize,
    values: *const f64,
    count: usize,
) -> (String, Vec<f64>) {
    let text = match len {
        0 => &[],
        // SAFETY: by the above.
        _ => unsafe { std::slice::from_raw_parts(text, len) },
    };
    let values = match count {
        0 => &[],
        // SAFETY: by the above.
        _ => unsafe { std::slice::from_raw_parts(values, count) },
    };
    (String::from_utf8_lossy(text).into_owned(), values.to_vec())
}

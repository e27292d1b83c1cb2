//! Calls of mechanism kernels: the one place of this crate that trusts foreign code.
//!
//! What a kernel asks of the simulator while it runs is only noted down in [`Services`]; the
//! simulator does it after the kernel has returned, so that a kernel never sees a queue or array
//! change under its feet.

use std::ffi::c_void;
use std::ops::Range;
use std::sync::Arc;

use nmodl::abi::{
    Distribution, Host, IonArrays, Kernel, KernelArgs, NodeArrays, ScopFunction, SimValues, Status,
};
use nmodl::function_table::FunctionTable;
use nmodl::mechanism::Mechanism;

use crate::error::{KernelFailure, RunError};
use crate::instance::{Block, IonColumns, Shared};
use crate::object::{CallArgument, Objects};
use crate::random::Stream;
use crate::random::scop::ScopRandom;
use crate::storage::Aligned;
use crate::tree::Tree;

/// What kernels asked for, in order.
#[derive(Debug, Default)]
pub(crate) struct Services {
    pub requests: Vec<Request>,
    pub messages: Vec<String>,
    /// The generator of `scop_random` and its kin, which all mechanisms share.
    pub scop: ScopRandom,
    /// What C in VERBATIM holds.
    pub objects: Objects,
    /// What the function that runs was given by its caller.
    pub arguments: Vec<CallArgument>,
    /// What `at_time` means at present.
    pub at_times: AtTimes,
}

/// What `at_time` means.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) enum AtTimes {
    /// The times of the step of fixed length that is being made.
    #[default]
    Fixed,
    /// An integrator begins at `t_ms`: that time, and the next of those that are named is noted down.
    Beginning { t_ms: f64, next_ms: f64 },
    /// None: the integrator's steps stop before them.
    Integrating,
}

impl AtTimes {
    /// What two threads found that began with the same.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Beginning { t_ms, next_ms }, Self::Beginning { next_ms: other, .. }) => {
                let next_ms = next_ms.min(other);
                Self::Beginning { t_ms, next_ms }
            }
            _ => self,
        }
    }
}

/// A request of one instance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Request {
    Send {
        instance: usize,
        delay_ms: f64,
        flag: f64,
    },
    Event {
        instance: usize,
        time_ms: f64,
    },
    Move {
        instance: usize,
        time_ms: f64,
    },
    Watch(WatchRequest),
}

/// An executed WATCH statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WatchRequest {
    pub instance: usize,
    pub condition: usize,
    pub flag: f64,
    pub value: f64,
    /// The first of its call.
    pub first: bool,
}

/// What an event brings to the kernel that receives it, or a caller to the function that it calls.
pub(crate) struct Arguments<'a> {
    pub weights: &'a mut [f64],
    /// Where in `weights` those of the event are.
    pub first: usize,
    /// Where those of the NetCons are that FOR_NETCONS visits.
    pub netcons: &'a [u32],
    pub flag: f64,
}

impl<'a> Arguments<'a> {
    /// For kernels that receive no event.
    pub fn none() -> Self {
        Self::of_call(&mut [])
    }

    /// Of a function that is called by name.
    pub fn of_call(args: &'a mut [f64]) -> Self {
        Self {
            weights: args,
            first: 0,
            netcons: &[],
            flag: 0.0,
        }
    }
}

/// Everything that a kernel may touch.
pub(crate) struct Call<'a> {
    /// Potentials that take the place of the tree's.
    pub v_mv: Option<&'a mut Aligned>,
    pub block: &'a mut Block,
    pub shared: &'a mut Shared,
    pub tree: &'a mut Tree,
    pub ions: &'a mut [IonColumns],
    pub values: &'a mut SimValues,
    pub services: &'a mut Services,
}

/// A kernel that gave up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failed {
    pub code: i32,
    pub status: Status,
}

impl Failed {
    /// What the kernel said, in the model's words; `place` is that of the instance.
    #[cold]
    pub fn error(self, description: &Mechanism, time_ms: f64, place: String) -> RunError {
        let what = description.places.get(self.status.place as usize);
        RunError::Kernel {
            time_ms,
            place,
            mechanism: description.name.clone(),
            what: what.map_or_else(|| "an unnamed place".to_owned(), |p| p.what.clone()),
            reason: KernelFailure::from_code(self.code, self.status.value),
        }
    }
}

/// The host's side of a call.
struct Context<'a> {
    services: &'a mut Services,
    streams: &'a mut [Stream],
    streams_each: usize,
    t_ms: f64,
    dt_ms: f64,
}

const NO_ION: IonArrays = IonArrays {
    erev_mv: std::ptr::null_mut(),
    ci_mm: std::ptr::null_mut(),
    co_mm: std::ptr::null_mut(),
    cur: std::ptr::null_mut(),
    dcur_dv: std::ptr::null_mut(),
};

/// Ions and tables of a mechanism for which no memory has to be allocated.
const FEW: usize = 8;

impl Call<'_> {
    /// Runs a kernel on all instances of the block; `in_step` says whether a step is being made.
    pub fn run_all(&mut self, kernel: Kernel, in_step: bool) -> Result<(), Failed> {
        let count = self.block.count;
        let event = Arguments {
            flag: if in_step { 0.0 } else { 1.0 },
            ..Arguments::none()
        };
        self.run(kernel, 0..count, event)
    }

    /// Makes the TABLEs whose dependences have changed with the values of an instance, and leaves in
    /// it what that leaves; true if there was one.
    pub fn update_tables(&mut self, kernel: Kernel, instance: usize) -> Result<bool, Failed> {
        let compiled = Arc::clone(&self.shared.compiled);
        let tables = &compiled.description().tables;
        let stride = self.block.stride;
        let exists = instance < self.block.count;
        for key in tables.iter().flat_map(|t| &t.takes) {
            self.shared.globals[key.global] = match exists {
                true => self.block.data[key.column * stride + instance],
                false => 0.0,
            };
        }
        // The kernel sets `made` to 1.
        for table in tables {
            let made = &mut self.shared.globals[table.made];
            *made = if *made == 0.0 { 0.0 } else { 2.0 };
        }
        let looked_up = tables.iter().filter(|t| !t.eager);
        let outputs: Vec<usize> = looked_up.flat_map(|t| &t.outputs).copied().collect();
        let before: Vec<f64> = outputs.iter().map(|&i| self.shared.globals[i]).collect();
        let result = self.run(kernel, 0..0, Arguments::none());
        for (&output, value) in outputs.iter().zip(before) {
            self.shared.globals[output] = value;
        }
        let mut any = false;
        for table in tables {
            let made = self.shared.globals[table.made] == 1.0;
            any |= made;
            for key in table.leaves.iter().filter(|_| made && exists) {
                self.block.data[key.column * stride + instance] = self.shared.globals[key.global];
            }
        }
        result.map(|()| any)
    }

    /// Runs a kernel on some instances: all, none, or one. (A callable that needs no instance runs
    /// for instance 0 of a block that may be empty.)
    pub fn run(
        &mut self,
        kernel: Kernel,
        instances: Range<usize>,
        event: Arguments<'_>,
    ) -> Result<(), Failed> {
        let mut few_ions = [NO_ION; FEW];
        let mut many_ions = Vec::new();
        let ions = fill(
            &mut few_ions,
            &mut many_ions,
            self.shared.ions.len(),
            NO_ION,
        );
        for (arrays, id) in ions.iter_mut().zip(&self.shared.ions) {
            let columns = &mut self.ions[id.index()];
            *arrays = IonArrays {
                erev_mv: columns.erev_mv.as_mut_ptr(),
                ci_mm: columns.ci_mm.as_mut_ptr(),
                co_mm: columns.co_mm.as_mut_ptr(),
                cur: columns.cur.as_mut_ptr(),
                dcur_dv: columns.dcur_dv.as_mut_ptr(),
            };
        }
        let mut few_tables = [std::ptr::null_mut(); FEW];
        let mut many_tables = Vec::new();
        let none = std::ptr::null_mut();
        let tables = fill(
            &mut few_tables,
            &mut many_tables,
            self.shared.tables.len(),
            none,
        );
        for (pointer, table) in tables.iter_mut().zip(&mut self.shared.tables) {
            *pointer = table.as_mut_ptr();
        }
        let mut few_functions = [std::ptr::null(); FEW];
        let mut many_functions = Vec::new();
        let function_tables = fill(
            &mut few_functions,
            &mut many_functions,
            self.shared.function_tables.len(),
            std::ptr::null(),
        );
        for (pointer, table) in function_tables.iter_mut().zip(&self.shared.function_tables) {
            *pointer = table.as_ref().map_or(std::ptr::null(), Arc::as_ptr);
        }
        let nodes = NodeArrays {
            v_mv: match &mut self.v_mv {
                Some(v_mv) => v_mv.as_mut_ptr(),
                None => self.tree.v_mv.as_mut_ptr(),
            },
            rhs: self.tree.rhs.as_mut_ptr(),
            d: self.tree.d.as_mut_ptr(),
            area_um2: self.tree.area_um2.as_mut_ptr(),
            diam_um: self.tree.diam_um.as_mut_ptr(),
        };
        let addresses = Addresses {
            globals: self.shared.globals.as_mut_ptr(),
            tables,
            function_tables,
            ions,
            nodes,
        };
        // SAFETY: all addresses come from exclusive borrows that outlive the call; columns, globals and
        // tables have the described sizes (`Block::new`, `Shared::new`), `node` holds indices below
        // the tree's number of nodes, over which node and ion arrays extend, and `args` and each of
        // `netcons` has an element for each argument of the callee (`Network::new`; other callees
        // have none). What pointers point at are doubles of the simulation, which lives longer than
        // the call, or cells that it keeps; `AtomicPtr` has the form of a pointer.
        unsafe {
            launch(
                kernel,
                self.block,
                &addresses,
                self.values,
                self.services,
                instances,
                event,
            )
        }
    }
}

/// Where everything is that a kernel works on besides the columns of its block.
#[derive(Clone, Copy)]
pub(crate) struct Addresses<'a> {
    pub globals: *mut f64,
    pub tables: &'a [*mut f64],
    pub function_tables: &'a [*const FunctionTable],
    /// One for each USEION.
    pub ions: &'a [IonArrays],
    pub nodes: NodeArrays,
}

/// Runs a kernel on some instances of a block.
///
/// # Safety
///
/// The addresses are of arrays of the sizes that the mechanism's description and the block's nodes ask
/// for. During the call nobody else writes what the kernel may read, or reads what it may write.
pub(crate) unsafe fn launch(
    kernel: Kernel,
    block: &mut Block,
    addresses: &Addresses<'_>,
    values: &mut SimValues,
    services: &mut Services,
    instances: Range<usize>,
    event: Arguments<'_>,
) -> Result<(), Failed> {
    let mut context = Context {
        services,
        streams: &mut block.streams,
        streams_each: block.streams_each,
        t_ms: values.t_ms,
        dt_ms: values.dt_ms,
    };
    let host = Host {
        context: std::ptr::from_mut(&mut context).cast::<c_void>(),
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
    // All from one borrow: the event's weights may be those of a visited NetCon.
    let weights = event.weights.as_mut_ptr();
    let at = |first: usize| {
        debug_assert!(first <= event.weights.len());
        weights.wrapping_add(first)
    };
    let netcons: Vec<*mut f64> = event.netcons.iter().map(|&n| at(n as usize)).collect();
    let mut status = Status::default();
    let arguments = KernelArgs {
        data: block.data.as_mut_ptr(),
        stride: block.stride,
        node: block.node.as_ptr(),
        begin: instances.start,
        end: instances.end,
        globals: addresses.globals,
        tables: addresses.tables.as_ptr(),
        function_tables: addresses.function_tables.as_ptr(),
        pointers: block.pointers.addresses.as_ptr().cast(),
        pointers_overlap: block.pointers.overlap.into(),
        sim: values,
        nodes: &addresses.nodes,
        ions: addresses.ions.as_ptr(),
        args: at(event.first),
        flag: event.flag,
        netcons: netcons.as_ptr(),
        netcon_count: netcons.len() as f64,
        host: &host,
        status: &mut status,
    };
    // SAFETY: `Compiled::new` promises that the kernel stays within the arrays that its description
    // and the ABI state; the rest is the caller's promise.
    let code = unsafe { kernel(&arguments) };
    if code == 0 {
        Ok(())
    } else {
        Err(Failed { code, status })
    }
}

/// The first `len` entries of `few` if they suffice, else `many` made that long.
fn fill<'a, T: Copy>(
    few: &'a mut [T; FEW],
    many: &'a mut Vec<T>,
    len: usize,
    value: T,
) -> &'a mut [T] {
    if len <= FEW {
        &mut few[..len]
    } else {
        many.resize(len, value);
        many
    }
}

/// The context of the call that a service is called from.
///
/// # Safety
///
/// `context` is the pointer that [`Call::run`] put into `Host::context`, and its kernel has not
/// returned yet.
unsafe fn context<'a>(context: *mut c_void) -> &'a mut Context<'a> {
    // SAFETY: by the above it points to a live `Context` that nothing else uses during the call.
    unsafe { &mut *context.cast::<Context<'a>>() }
}

unsafe extern "C" fn net_send(this: *mut c_void, instance: usize, delay_ms: f64, flag: f64) {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let this = unsafe { context(this) };
    this.services.requests.push(Request::Send {
        instance,
        delay_ms,
        flag,
    });
}

unsafe extern "C" fn net_event(this: *mut c_void, instance: usize, time_ms: f64) {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let this = unsafe { context(this) };
    this.services
        .requests
        .push(Request::Event { instance, time_ms });
}

unsafe extern "C" fn net_move(this: *mut c_void, instance: usize, time_ms: f64) {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let this = unsafe { context(this) };
    this.services
        .requests
        .push(Request::Move { instance, time_ms });
}

unsafe extern "C" fn watch(
    this: *mut c_void,
    instance: usize,
    condition: usize,
    flag: f64,
    value: f64,
) {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let this = unsafe { context(this) };
    let requests = &mut this.services.requests;
    let first = !requests.iter().any(|r| matches!(r, Request::Watch(_)));
    requests.push(Request::Watch(WatchRequest {
        instance,
        condition,
        flag,
        value,
        first,
    }));
}

/// With steps of fixed length true in the step that ends at or after `time_ms` and began before it.
unsafe extern "C" fn at_time(this: *mut c_void, time_ms: f64) -> f64 {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let this = unsafe { context(this) };
    match &mut this.services.at_times {
        AtTimes::Fixed => {}
        AtTimes::Integrating => return 0.0,
        AtTimes::Beginning { t_ms, next_ms } => {
            if *t_ms < time_ms && time_ms < *next_ms {
                *next_ms = time_ms;
            }
            // NEURON's width of a time.
            let near = (time_ms - *t_ms).abs() <= 100.0 * f64::EPSILON * t_ms.abs();
            return f64::from(u8::from(near));
        }
    }
    let time_ms = time_ms - 1e-11;
    f64::from(u8::from(
        time_ms <= this.t_ms && time_ms > this.t_ms - this.dt_ms,
    ))
}

/// NaN for a stream or a distribution that does not exist.
unsafe extern "C" fn random(
    this: *mut c_void,
    instance: usize,
    stream: usize,
    distribution: i32,
    a: f64,
    b: f64,
) -> f64 {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let this = unsafe { context(this) };
    let stream = this.streams.get_mut(instance * this.streams_each + stream);
    match (stream, Distribution::ALL.get(distribution as usize)) {
        (Some(stream), Some(&distribution)) => stream.sample(distribution, a, b),
        _ => f64::NAN,
    }
}

/// NaN for a function that does not exist, and for a Poisson number of a mean that is too large.
unsafe extern "C" fn scop(this: *mut c_void, function: i32, a: f64, b: f64) -> f64 {
    const UNIFORM: i32 = ScopFunction::Uniform as i32;
    const SET_SEED: i32 = ScopFunction::SetSeed as i32;
    const EXPONENTIAL: i32 = ScopFunction::Exponential as i32;
    const NORMAL: i32 = ScopFunction::Normal as i32;
    const POISSON: i32 = ScopFunction::Poisson as i32;
    const SET_SEED_48: i32 = ScopFunction::SetSeed48 as i32;
    const UNIFORM_48: i32 = ScopFunction::Uniform48 as i32;
    const INTEGER_48: i32 = ScopFunction::Integer48 as i32;
    const SET_SEED_C: i32 = ScopFunction::SetSeedC as i32;
    const INTEGER_C: i32 = ScopFunction::IntegerC as i32;
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let generator = &mut unsafe { context(this) }.services.scop;
    match function {
        UNIFORM => generator.uniform(),
        SET_SEED => {
            generator.set_seed(a);
            0.0
        }
        EXPONENTIAL => generator.exponential(a),
        NORMAL => generator.normal(a, b),
        POISSON => generator.poisson(a).unwrap_or(f64::NAN),
        SET_SEED_48 => {
            generator.library.set_seed_48(a);
            0.0
        }
        UNIFORM_48 => generator.library.uniform_48(),
        INTEGER_48 => f64::from(generator.library.integer_48()),
        SET_SEED_C => {
            generator.library.set_seed(a);
            0.0
        }
        INTEGER_C => f64::from(generator.library.integer()),
        _ => f64::NAN,
    }
}

/// NaN for a request that does not exist.
unsafe extern "C" fn request(
    this: *mut c_void,
    request: i32,
    values: *const f64,
    count: usize,
) -> f64 {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let services = &mut *unsafe { context(this) }.services;
    // SAFETY: the ABI has `values` point to `count` doubles.
    let values = unsafe { slice(values, count) };
    match nmodl::abi::Request::ALL.get(request as usize) {
        Some(&request) => services
            .objects
            .answer(request, values, &services.arguments),
        None => f64::NAN,
    }
}

unsafe extern "C" fn text(
    this: *mut c_void,
    text: *const u8,
    len: usize,
    values: *const f64,
    count: usize,
) -> f64 {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let services = &mut *unsafe { context(this) }.services;
    // SAFETY: the ABI has `text` point to `len` bytes and `values` to `count` doubles.
    let (text, values) = unsafe { (slice(text, len), slice(values, count)) };
    let text = String::from_utf8_lossy(text);
    services.objects.make_text(&text, values)
}

unsafe extern "C" fn print(
    this: *mut c_void,
    text: *const u8,
    len: usize,
    values: *const f64,
    count: usize,
) {
    // SAFETY: a kernel hands back `Host::context` unchanged (ABI).
    let this = unsafe { context(this) };
    // SAFETY: the ABI has `text` point to `len` bytes and `values` to `count` doubles.
    let (text, values) = unsafe { (slice(text, len), slice(values, count)) };
    let text = String::from_utf8_lossy(text);
    let message = this.services.objects.format(&text, values);
    this.services.messages.push(message);
}

/// # Safety
///
/// `pointer` points to `len` values that live and do not change for `'a`, unless `len` is 0.
unsafe fn slice<'a, T>(pointer: *const T, len: usize) -> &'a [T] {
    if len == 0 {
        return &[];
    }
    // SAFETY: by the above.
    unsafe { std::slice::from_raw_parts(pointer, len) }
}

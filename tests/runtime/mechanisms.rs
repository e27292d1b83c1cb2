//! Mechanisms written by hand in Rust, after the ABI: what a compiler would make of the `.mod`
//! files of the same names. They make the runtime's tests independent of the compiler.
//!
//! hh has exact rates (NEURON's with `usetable_hh = 0`).

use std::sync::Arc;

use nmodl::abi::{Distribution, IonArrays, Kernel, KernelArgs};
use nmodl::mechanism::{
    Compiled, IonFields, IonUse, Kernels, Kind, Mechanism, NetReceive, Place, Role, Storage,
    Variable,
};
use nmodl::source::Span;

/// The arguments of a kernel as safe accessors; valid during the call.
pub struct Call<'a>(&'a KernelArgs);

impl Call<'_> {
    fn instances(&self) -> std::ops::Range<usize> {
        self.0.begin..self.0.end
    }

    fn get(&self, column: usize, i: usize) -> f64 {
        // SAFETY: the mechanisms of this file name columns of their description only.
        unsafe { *self.0.data.add(column * self.0.stride + i) }
    }

    fn set(&self, column: usize, i: usize, value: f64) {
        // SAFETY: as `get`.
        unsafe { *self.0.data.add(column * self.0.stride + i) = value }
    }

    fn node(&self, i: usize) -> usize {
        // SAFETY: `node` has an entry for each instance.
        unsafe { *self.0.node.add(i) as usize }
    }

    fn v(&self, i: usize) -> f64 {
        // SAFETY: nodes of instances are below the number of nodes.
        unsafe { *(*self.0.nodes).v_mv.add(self.node(i)) }
    }

    fn t(&self) -> f64 {
        // SAFETY: `sim` is valid during the call.
        unsafe { (*self.0.sim).t_ms }
    }

    fn dt(&self) -> f64 {
        // SAFETY: as `t`.
        unsafe { (*self.0.sim).dt_ms }
    }

    fn celsius(&self) -> f64 {
        // SAFETY: as `t`.
        unsafe { (*self.0.sim).celsius }
    }

    fn ion(&self, k: usize) -> &IonArrays {
        // SAFETY: the mechanisms of this file name ions of their description only.
        unsafe { &*self.0.ions.add(k) }
    }

    /// Adds a membrane current density and its conductance.
    fn membrane(&self, i: usize, current: f64, conductance: f64) {
        let node = self.node(i);
        // SAFETY: as `v`.
        unsafe {
            *(*self.0.nodes).rhs.add(node) -= current;
            *(*self.0.nodes).d.add(node) += conductance;
        }
    }

    /// Adds an ion's current density and its conductance.
    fn ionic(&self, k: usize, i: usize, current: f64, conductance: f64) {
        let node = self.node(i);
        // SAFETY: ion arrays extend over all nodes.
        unsafe {
            *self.ion(k).cur.add(node) += current;
            *self.ion(k).dcur_dv.add(node) += conductance;
        }
    }

    fn erev(&self, k: usize, i: usize) -> f64 {
        // SAFETY: as `ionic`.
        unsafe { *self.ion(k).erev_mv.add(self.node(i)) }
    }

    /// nA at a point to mA/cm² of its segment.
    fn point_factor(&self, i: usize) -> f64 {
        // SAFETY: as `v`.
        100.0 / unsafe { *(*self.0.nodes).area_um2.add(self.node(i)) }
    }

    fn weight(&self) -> f64 {
        // SAFETY: NET_RECEIVE of this file has one argument.
        unsafe { *self.0.args }
    }

    fn net_send(&self, i: usize, delay: f64, flag: f64) {
        // SAFETY: `host` is valid during the call, and gets its context back.
        unsafe { ((*self.0.host).net_send)((*self.0.host).context, i, delay, flag) }
    }

    fn net_event(&self, i: usize, time: f64) {
        // SAFETY: as `net_send`.
        unsafe { ((*self.0.host).net_event)((*self.0.host).context, i, time) }
    }

    fn net_move(&self, i: usize, time: f64) {
        // SAFETY: as `net_send`.
        unsafe { ((*self.0.host).net_move)((*self.0.host).context, i, time) }
    }

    fn random(&self, i: usize, distribution: Distribution, a: f64, b: f64) -> f64 {
        // SAFETY: as `net_send`.
        unsafe { ((*self.0.host).random)((*self.0.host).context, i, 0, distribution as i32, a, b) }
    }

    fn print(&self, text: &str, values: &[f64]) {
        // SAFETY: as `net_send`; text and values outlive the call.
        unsafe {
            ((*self.0.host).print)(
                (*self.0.host).context,
                text.as_ptr(),
                text.len(),
                values.as_ptr(),
                values.len(),
            );
        }
    }

    fn fail(&self, instance: usize, value: f64) {
        // SAFETY: `status` is valid during the call.
        unsafe {
            (*self.0.status).instance = instance;
            (*self.0.status).value = value;
        }
    }
}

/// Makes a kernel of a function over [`Call`].
macro_rules! kernel {
    ($body:expr) => {{
        unsafe extern "C" fn kernel(args: *const KernelArgs) -> i32 {
            // SAFETY: the caller of a kernel hands it valid arguments (ABI).
            let call = Call(unsafe { &*args });
            let body: fn(&Call) -> i32 = $body;
            body(&call)
        }
        Some(kernel as Kernel)
    }};
}

fn variable(name: &str, role: Role, offset: usize, default: f64) -> Variable {
    Variable {
        name: name.to_owned(),
        role,
        storage: Storage::Column,
        offset,
        array_len: None,
        visible: true,
        default,
        units: String::new(),
        limits: None,
        tolerance: None,
        span: Span::default(),
    }
}

/// A description whose columns are these parameters, then these other variables.
fn describe(name: &str, kind: Kind, parameters: &[(&str, f64)], others: &[&str]) -> Mechanism {
    let parameters = parameters
        .iter()
        .map(|&(name, default)| (name, Role::Parameter, default));
    let others = others.iter().map(|&name| (name, Role::State, 0.0));
    let all = parameters.chain(others).enumerate();
    let variables: Vec<Variable> = all
        .map(|(offset, (name, role, default))| variable(name, role, offset, default))
        .collect();
    Mechanism {
        name: name.to_owned(),
        title: None,
        kind,
        columns: variables.len(),
        variables,
        globals: 0,
        ions: Vec::new(),
        nonspecific_currents: Vec::new(),
        electrode_currents: Vec::new(),
        tables: Vec::new(),
        callables: Vec::new(),
        vector_methods: Vec::new(),
        net_receive: None,
        function_tables: Vec::new(),
        pointers: Vec::new(),
        random_streams: Vec::new(),
        diffusions: Vec::new(),
        variable_step: Default::default(),
        places: Vec::new(),
    }
}

fn compile(description: Mechanism, kernels: Kernels) -> Arc<Compiled> {
    // SAFETY: the kernels of this file touch the columns, ions and arguments of their
    // descriptions only, and hold no state of their own.
    Arc::new(unsafe { Compiled::new(description, kernels, None) })
}

fn ion(name: &str, valence: Option<f64>, read: &str, write: &str) -> IonUse {
    let fields = |list: &str| IonFields {
        erev: list.contains('e'),
        ci: list.contains('i'),
        co: list.contains('o'),
        cur: list.contains('c'),
    };
    IonUse {
        name: name.to_owned(),
        valence,
        read: fields(read),
        write: fields(write),
    }
}

/// pas: `i = g*(v - e)`.
pub fn pas() -> Arc<Compiled> {
    let description = describe("pas", Kind::Density, &[("g", 0.001), ("e", -70.0)], &["i"]);
    let current = kernel!(|c| {
        for i in c.instances() {
            let g = c.get(0, i);
            let current = g * (c.v(i) - c.get(1, i));
            c.set(2, i, current);
            c.membrane(i, current, g);
        }
        0
    });
    compile(
        description,
        Kernels {
            current,
            ..Kernels::default()
        },
    )
}

/// Columns of [`hh`]: parameters 0..4, then gates and their steady states and rates.
const M: usize = 4;

fn hh_rates(c: &Call, i: usize) -> [(f64, f64); 3] {
    let v = c.v(i);
    let q10 = 3f64.powf((c.celsius() - 6.3) / 10.0);
    let trap = |x: f64, y: f64| {
        if (x / y).abs() < 1e-6 {
            y * (1.0 - x / y / 2.0)
        } else {
            x / ((x / y).exp() - 1.0)
        }
    };
    let rate = |alpha: f64, beta: f64| (alpha / (alpha + beta), 1.0 / (q10 * (alpha + beta)));
    [
        rate(
            0.1 * trap(-(v + 40.0), 10.0),
            4.0 * (-(v + 65.0) / 18.0).exp(),
        ),
        rate(
            0.07 * (-(v + 65.0) / 20.0).exp(),
            1.0 / ((-(v + 35.0) / 10.0).exp() + 1.0),
        ),
        rate(
            0.01 * trap(-(v + 55.0), 10.0),
            0.125 * (-(v + 65.0) / 80.0).exp(),
        ),
    ]
}

/// hh: Hodgkin and Huxley's channels with exact rates.
pub fn hh() -> Arc<Compiled> {
    let parameters = [
        ("gnabar", 0.12),
        ("gkbar", 0.036),
        ("gl", 0.0003),
        ("el", -54.3),
    ];
    let mut description = describe("hh", Kind::Density, &parameters, &["m", "h", "n"]);
    description.ions = vec![ion("na", None, "e", "c"), ion("k", None, "e", "c")];
    let initial = kernel!(|c| {
        for i in c.instances() {
            for (gate, (inf, _)) in hh_rates(c, i).into_iter().enumerate() {
                c.set(M + gate, i, inf);
            }
        }
        0
    });
    let current = kernel!(|c| {
        for i in c.instances() {
            let (m, h, n) = (c.get(M, i), c.get(M + 1, i), c.get(M + 2, i));
            let (gna, gk) = (c.get(0, i) * m * m * m * h, c.get(1, i) * n * n * n * n);
            let (ina, ik) = (gna * (c.v(i) - c.erev(0, i)), gk * (c.v(i) - c.erev(1, i)));
            c.ionic(0, i, ina, gna);
            c.ionic(1, i, ik, gk);
            let il = c.get(2, i) * (c.v(i) - c.get(3, i));
            c.membrane(i, ina + ik + il, gna + gk + c.get(2, i));
        }
        0
    });
    let state = kernel!(|c| {
        for i in c.instances() {
            for (gate, (inf, tau)) in hh_rates(c, i).into_iter().enumerate() {
                let x = c.get(M + gate, i);
                c.set(M + gate, i, x + (1.0 - (-c.dt() / tau).exp()) * (inf - x));
            }
        }
        0
    });
    compile(
        description,
        Kernels {
            initial,
            current,
            state,
            ..Kernels::default()
        },
    )
}

/// IClamp: a current pulse into the cell.
pub fn iclamp() -> Arc<Compiled> {
    let parameters = [("delay", 0.0), ("dur", 0.0), ("amp", 0.0)];
    let mut description = describe("IClamp", Kind::PointProcess, &parameters, &["i"]);
    description.electrode_currents = vec!["i".to_owned()];
    let current = kernel!(|c| {
        for i in c.instances() {
            let (delay, dur) = (c.get(0, i), c.get(1, i));
            let on = c.t() >= delay && c.t() < delay + dur;
            let amp = if on { c.get(2, i) } else { 0.0 };
            c.set(3, i, amp);
            c.membrane(i, -amp * c.point_factor(i), 0.0);
        }
        0
    });
    compile(
        description,
        Kernels {
            current,
            ..Kernels::default()
        },
    )
}

/// ExpSyn: a synapse with exponential decay.
pub fn expsyn() -> Arc<Compiled> {
    let mut description = describe(
        "ExpSyn",
        Kind::PointProcess,
        &[("tau", 0.1), ("e", 0.0)],
        &["g", "i"],
    );
    description.net_receive = Some(NetReceive {
        arguments: vec!["weight".to_owned()],
        watches: Vec::new(),
        visits_netcons: false,
    });
    let initial = kernel!(|c| {
        c.instances().for_each(|i| c.set(2, i, 0.0));
        0
    });
    let current = kernel!(|c| {
        for i in c.instances() {
            let g = c.get(2, i);
            let current = g * (c.v(i) - c.get(1, i));
            c.set(3, i, current);
            c.membrane(i, current * c.point_factor(i), g * c.point_factor(i));
        }
        0
    });
    let state = kernel!(|c| {
        for i in c.instances() {
            let g = c.get(2, i);
            c.set(2, i, g + (1.0 - (-c.dt() / c.get(0, i)).exp()) * -g);
        }
        0
    });
    let net_receive = kernel!(|c| {
        for i in c.instances() {
            c.set(2, i, c.get(2, i) + c.weight());
        }
        0
    });
    let kernels = Kernels {
        initial,
        current,
        state,
        net_receive,
        ..Kernels::default()
    };
    compile(description, kernels)
}

/// caleak: an ohmic calcium current.
pub fn caleak() -> Arc<Compiled> {
    let mut description = describe("caleak", Kind::Density, &[("g", 1e-4)], &[]);
    description.ions = vec![ion("ca", None, "e", "c")];
    let current = kernel!(|c| {
        for i in c.instances() {
            let g = c.get(0, i);
            let ica = g * (c.v(i) - c.erev(0, i));
            c.ionic(0, i, ica, g);
            c.membrane(i, ica, g);
        }
        0
    });
    compile(
        description,
        Kernels {
            current,
            ..Kernels::default()
        },
    )
}

/// caacc: `cai' = -ica*k - (cai - ca0)/tau`.
pub fn caacc() -> Arc<Compiled> {
    let parameters = [("k", 0.1), ("tau", 20.0), ("ca0", 1e-4)];
    let mut description = describe("caacc", Kind::Density, &parameters, &[]);
    description.ions = vec![ion("ca", None, "ic", "i")];
    let initial = kernel!(|c| {
        for i in c.instances() {
            // SAFETY: ion arrays extend over all nodes.
            unsafe { *c.ion(0).ci_mm.add(c.node(i)) = c.get(2, i) };
        }
        0
    });
    let state = kernel!(|c| {
        for i in c.instances() {
            // SAFETY: ion arrays extend over all nodes.
            let (ica, cai) = unsafe {
                (
                    *c.ion(0).cur.add(c.node(i)),
                    &mut *c.ion(0).ci_mm.add(c.node(i)),
                )
            };
            let (k, tau, ca0) = (c.get(0, i), c.get(1, i), c.get(2, i));
            *cai += (1.0 - (-c.dt() / tau).exp()) * ((-ica * k + ca0 / tau) * tau - *cai);
        }
        0
    });
    compile(
        description,
        Kernels {
            initial,
            state,
            ..Kernels::default()
        },
    )
}

/// NetStim. Columns: interval, number, start, noise, event, on, ispike.
pub fn netstim() -> Arc<Compiled> {
    fn interval(c: &Call, i: usize) -> f64 {
        let (mean, noise) = (c.get(0, i), c.get(3, i));
        if noise == 0.0 {
            mean
        } else {
            let draw = c.random(i, Distribution::Negexp, 1.0, 0.0);
            (1.0 - noise) * mean + noise * mean * draw
        }
    }
    let parameters = [
        ("interval", 10.0),
        ("number", 10.0),
        ("start", 50.0),
        ("noise", 0.0),
    ];
    let mut description = describe(
        "NetStim",
        Kind::ArtificialCell,
        &parameters,
        &["event", "on", "ispike"],
    );
    description.random_streams = vec!["ranvar".to_owned()];
    description.net_receive = Some(NetReceive {
        arguments: vec!["w".to_owned()],
        watches: Vec::new(),
        visits_netcons: false,
    });
    let initial = kernel!(|c| {
        for i in c.instances() {
            c.random(i, Distribution::SetSequence, 0.0, 0.0);
            c.set(5, i, 0.0);
            c.set(6, i, 0.0);
            if c.get(2, i) >= 0.0 && c.get(1, i) > 0.0 {
                c.set(5, i, 1.0);
                let first = c.get(2, i) + interval(c, i) - c.get(0, i) * (1.0 - c.get(3, i));
                c.set(4, i, first.max(0.0));
                c.net_send(i, c.get(4, i), 3.0);
            }
        }
        0
    });
    let net_receive = kernel!(|c| {
        let (i, flag) = (c.0.begin, c.0.flag);
        if flag == 3.0 && c.get(5, i) == 1.0 {
            c.net_send(i, 0.0, 1.0);
        }
        if flag == 1.0 && c.get(5, i) == 1.0 {
            c.set(6, i, c.get(6, i) + 1.0);
            c.net_event(i, c.t());
            c.set(4, i, interval(c, i));
            if c.get(6, i) >= c.get(1, i) {
                c.set(5, i, 0.0);
            } else {
                c.net_send(i, c.get(4, i), 1.0);
            }
        }
        0
    });
    compile(
        description,
        Kernels {
            initial,
            net_receive,
            ..Kernels::default()
        },
    )
}

/// Log: an artificial cell that keeps what it received: the last time, and the sequence of
/// weights as the digits of a number. An event of weight 9 makes it send itself flag 1 after
/// 5 ms; one of weight 8 moves that to 1 ms from now. Flag 1 counts as digit 1.
pub fn log() -> Arc<Compiled> {
    let mut description = describe(
        "Log",
        Kind::ArtificialCell,
        &[("last", -1.0), ("digits", 0.0)],
        &[],
    );
    description.net_receive = Some(NetReceive {
        arguments: vec!["w".to_owned()],
        watches: Vec::new(),
        visits_netcons: false,
    });
    let initial = kernel!(|c| {
        for i in c.instances() {
            c.set(0, i, -1.0);
            c.set(1, i, 0.0);
        }
        0
    });
    let net_receive = kernel!(|c| {
        let (i, flag) = (c.0.begin, c.0.flag);
        let digit = if flag == 0.0 { c.weight() } else { flag };
        c.set(0, i, c.t());
        c.set(1, i, c.get(1, i) * 10.0 + digit);
        c.print("%g: %d\n", &[c.t(), digit]);
        if flag == 0.0 && digit == 9.0 {
            c.net_send(i, 5.0, 1.0);
        }
        if flag == 0.0 && digit == 8.0 {
            c.net_move(i, c.t() + 1.0);
        }
        if flag == 0.0 && digit == 7.0 {
            c.net_send(i, -1.0, 1.0);
        }
        0
    });
    compile(
        description,
        Kernels {
            initial,
            net_receive,
            ..Kernels::default()
        },
    )
}

/// faulty: fails with an index out of bounds in the step that begins at `at`, or makes its state
/// NaN there if `at` is negative.
pub fn faulty() -> Arc<Compiled> {
    let mut description = describe("faulty", Kind::Density, &[("at", 1.0)], &["x"]);
    description.places.push(Place {
        span: Span::default(),
        what: "x[k]".to_owned(),
    });
    let current = kernel!(|c| {
        for i in c.instances() {
            c.membrane(i, c.get(1, i), 0.0);
        }
        0
    });
    let state = kernel!(|c| {
        for i in c.instances() {
            let at = c.get(0, i);
            if c.t() > at.abs() && at > 0.0 {
                c.fail(i, 7.0);
                return nmodl::abi::Failure::IndexOutOfBounds as i32;
            }
            if c.t() > at.abs() && at < 0.0 {
                c.set(1, i, f64::NAN);
            }
        }
        0
    });
    compile(
        description,
        Kernels {
            current,
            state,
            ..Kernels::default()
        },
    )
}

/// xleak: an ohmic current of the ion x, whose valence is stated or not.
pub fn xleak(name: &str, valence: Option<f64>) -> Arc<Compiled> {
    let mut description = describe(name, Kind::Density, &[("g", 1e-4)], &[]);
    description.ions = vec![ion("x", valence, "eio", "c")];
    compile(description, Kernels::default())
}

/// xreader: reads the concentration of an ion whose valence it does not state.
pub fn xreader() -> Arc<Compiled> {
    let mut description = describe("xreader", Kind::Density, &[], &[]);
    description.ions = vec![ion("x", None, "i", "")];
    compile(description, Kernels::default())
}

/// ionreader: a point process that reads a concentration.
pub fn ionreader() -> Arc<Compiled> {
    let mut description = describe("IonReader", Kind::PointProcess, &[("a", 1.0)], &[]);
    description.ions = vec![ion("ca", None, "i", "")];
    compile(description, Kernels::default())
}

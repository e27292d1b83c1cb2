//! Random modules: verified IR that uses every low statement, every kind of place and awkward
//! numbers, from a seed.
//!
//! What the code computes means nothing; that two ways of executing it agree is the point. Loops
//! end, and indices are inside of their arrays by construction: constant, clamped, the index of
//! a loop, or guarded by a branch or a check.

use nmodl::abi::Failure;
use nmodl::ir::*;
use nmodl::mechanism::{
    FunctionTable, IonFields, IonUse, Kind, Mechanism, NetReceive, Place as SourcePlace, Pointer,
    PointerKind, Role, Storage, Table, Variable,
};
use nmodl::source::Span;

/// Small generator of random numbers (xorshift64*).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Mostly ordinary numbers, some small integers, sometimes the awkward ones.
    pub fn double(&mut self) -> f64 {
        match self.below(12) {
            0 => self.pick(&[0.0, -0.0, 1.0, -1.0, 2.0, 0.5]),
            1 => self.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 5e-324, 1e308]),
            2 | 3 => self.below(7) as f64 - 2.0,
            _ => (self.next() as f64 / (1u64 << 53) as f64 - 0.5) * 20.0,
        }
    }
}

fn variable(name: &str, storage: Storage, offset: usize, len: usize, visible: bool) -> Variable {
    Variable {
        name: name.into(),
        role: if visible { Role::State } else { Role::Assigned },
        storage,
        offset,
        array_len: (len > 1).then_some(len),
        visible,
        default: 0.25,
        units: String::new(),
        limits: None,
        tolerance: None,
        span: Span::default(),
    }
}

fn pointer(name: &str) -> Pointer {
    Pointer {
        name: name.into(),
        kind: PointerKind::Pointer,
        units: String::new(),
        span: Span::default(),
    }
}

/// A description with some of everything.
pub fn mechanism() -> Mechanism {
    let column = |name, offset, len, visible| variable(name, Storage::Column, offset, len, visible);
    let global = |name, offset, len| variable(name, Storage::Global, offset, len, true);
    Mechanism {
        name: "random".into(),
        title: None,
        kind: Kind::PointProcess,
        variables: vec![
            column("a", 0, 1, true),
            column("b", 1, 1, true),
            column("c", 2, 1, true),
            column("x", 3, 4, true),
            column("hidden", 7, 1, false),
            column("secret", 8, 1, false),
            column("y", 9, 3, false),
            global("g", 0, 1),
            global("k", 1, 1),
            global("w", 2, 3),
        ],
        columns: 12,
        globals: 5,
        ions: vec![IonUse {
            name: "ca".into(),
            valence: None,
            read: IonFields {
                ci: true,
                cur: true,
                ..IonFields::default()
            },
            write: IonFields {
                ci: true,
                cur: true,
                ..IonFields::default()
            },
        }],
        nonspecific_currents: vec!["i".into()],
        electrode_currents: vec![],
        tables: vec![Table {
            procedure: "rates".into(),
            intervals: 8,
            columns: 2,
            takes: Vec::new(),
            leaves: Vec::new(),
            eager: false,
            made: 0,
            outputs: Vec::new(),
            at_initial: Default::default(),
            assigned: Vec::new(),
        }],
        callables: vec![],
        vector_methods: vec![],
        net_receive: Some(NetReceive {
            arguments: vec!["weight".into(), "extra".into()],
            watches: Vec::new(),
            visits_netcons: false,
        }),
        function_tables: vec![FunctionTable {
            name: "given".into(),
            arguments: vec!["x".into()],
        }],
        pointers: ["p", "q"].map(pointer).into(),
        random_streams: vec!["stream".to_owned()],
        diffusions: Vec::new(),
        variable_step: Default::default(),
        places: vec![
            SourcePlace {
                span: Span::default(),
                what: "first".into(),
            },
            SourcePlace {
                span: Span::default(),
                what: "second".into(),
            },
        ],
    }
}

/// The module of a seed.
pub fn module(seed: u64) -> Module {
    let mut random = Random::new(seed);
    let mechanism = mechanism();
    let mut kernels = Vec::new();
    for kind in [
        KernelKind::Tables,
        KernelKind::Initial,
        KernelKind::Current,
        KernelKind::State,
        KernelKind::NetReceive,
    ] {
        let body = Generator::new(&mut random, kind).run();
        kernels.push(Kernel { kind, body });
    }
    Module {
        ode: None,
        mechanism,
        functions: vec![],
        kernels,
    }
}

struct Generator<'a> {
    random: &'a mut Random,
    kind: KernelKind,
    body: Body,
    /// Assigned doubles at this point.
    doubles: Vec<LocalId>,
    /// Loop indices at this point, with their greatest value; the least is 0.
    indices: Vec<(LocalId, i64)>,
    depth: usize,
    /// Statements that may still be made.
    budget: usize,
}

impl<'a> Generator<'a> {
    fn new(random: &'a mut Random, kind: KernelKind) -> Self {
        let mut body = Body::default();
        body.arrays.push(LocalArray {
            name: "z".into(),
            len: 3,
        });
        let budget = 5 + random.below(40);
        Generator {
            random,
            kind,
            body,
            doubles: vec![],
            indices: vec![],
            depth: 0,
            budget,
        }
    }

    fn run(mut self) -> Body {
        let mut block = self.block();
        if self.kind == KernelKind::Tables {
            let index = self.body.local("row", Type::I64);
            let (from, to) = (self.body.exprs.i64(0), self.body.exprs.i64(8));
            self.indices.push((index, 8));
            self.budget = 6;
            let mut body = self.block();
            let row = self.body.exprs.local(index);
            for column in 0..2 {
                let value = self.double(3);
                let table = Place::Table {
                    table: 0,
                    column,
                    row,
                };
                body.push(Stmt::Store(table, value));
            }
            block.push(Stmt::For {
                index,
                from,
                to,
                body,
            });
        }
        self.body.block = block;
        self.body
    }

    fn block(&mut self) -> Block {
        let doubles = self.doubles.len();
        let mut block = vec![];
        let wanted = 1 + self.random.below(if self.depth == 0 { 40 } else { 6 });
        for _ in 0..wanted {
            if self.budget == 0 {
                break;
            }
            self.budget -= 1;
            self.stmt(&mut block);
        }
        if self.depth > 0 {
            self.doubles.truncate(doubles);
        }
        block
    }

    fn nested(&mut self) -> Block {
        self.depth += 1;
        let block = self.block();
        self.depth -= 1;
        block
    }

    fn stmt(&mut self, block: &mut Block) {
        let deep = self.depth >= 3;
        match self.random.below(24) {
            0..=6 => {
                let value = self.double(4);
                let target = self.target();
                block.push(Stmt::Assign(target, value));
                self.assigned(target);
            }
            7..=12 => {
                let value = self.double(4);
                let place = self.storable();
                block.push(Stmt::Store(place, value));
            }
            13 | 14 if self.kind != KernelKind::Tables => {
                let value = self.double(3);
                let place = self.random.pick(&[
                    Place::Node(NodeVar::Rhs),
                    Place::Node(NodeVar::D),
                    Place::Ion(0, IonVar::Cur),
                    Place::Ion(0, IonVar::DcurDv),
                ]);
                block.push(Stmt::Accumulate(place, value));
            }
            15..=17 if !deep => {
                let cond = self.bool(2);
                let then = self.nested();
                let otherwise = if self.random.one_in(2) {
                    self.nested()
                } else {
                    vec![]
                };
                block.push(Stmt::If {
                    cond,
                    then,
                    otherwise,
                });
            }
            18 | 19 if !deep => self.for_loop(block),
            20 if !deep => self.while_loop(block),
            21 => self.guarded(block),
            22 if self.random.one_in(2) => self.check(block),
            23 if self.random.one_in(2) => self.service(block),
            _ => {
                let value = self.double(2);
                let target = self.body.local("u", Type::F64);
                block.push(Stmt::Assign(target, value));
                self.assigned(target);
            }
        }
    }

    fn assigned(&mut self, local: LocalId) {
        if !self.doubles.contains(&local) {
            self.doubles.push(local);
        }
    }

    /// A local to assign: often one that exists.
    fn target(&mut self) -> LocalId {
        if self.doubles.is_empty() || self.random.one_in(3) {
            self.body.local("v", Type::F64)
        } else {
            let doubles = self.doubles.clone();
            self.random.pick(&doubles)
        }
    }

    fn for_loop(&mut self, block: &mut Block) {
        let index = self.body.local("i", Type::I64);
        let last = self.random.below(4) as i64 - 1;
        let (to, most) = if self.random.one_in(3) {
            (self.clamped(3), 3)
        } else {
            (self.body.exprs.i64(last), last)
        };
        let from = self.body.exprs.i64(0);
        self.indices.push((index, most));
        let body = self.nested();
        self.indices.pop();
        block.push(Stmt::For {
            index,
            from,
            to,
            body,
        });
    }

    fn while_loop(&mut self, block: &mut Block) {
        let counter = self.body.local("n", Type::F64);
        let zero = self.body.exprs.f64(0.0);
        block.push(Stmt::Assign(counter, zero));
        let mut head = if self.random.one_in(2) {
            self.nested()
        } else {
            vec![]
        };
        let one = self.body.exprs.f64(1.0);
        let value = self.body.exprs.local(counter);
        let next = self.body.exprs.binary(BinaryOp::Add, value, one);
        head.push(Stmt::Assign(counter, next));
        let limit = 1.0 + self.random.below(4) as f64;
        let limit = self.body.exprs.f64(limit);
        let mut cond = self.body.exprs.binary(BinaryOp::Lt, value, limit);
        if self.random.one_in(2) {
            let other = self.bool(2);
            cond = self.body.exprs.binary(BinaryOp::And, cond, other);
        }
        let body = self.nested();
        block.push(Stmt::While { head, cond, body });
    }

    /// An index that is right only behind its guard.
    fn guarded(&mut self, block: &mut Block) {
        let raw = self.double(2);
        let index = self.body.exprs.unary(UnaryOp::ToInt, raw);
        let (zero, three) = (self.body.exprs.i64(0), self.body.exprs.i64(3));
        let low = self.body.exprs.binary(BinaryOp::Ge, index, zero);
        let high = self.body.exprs.binary(BinaryOp::Le, index, three);
        let inside = self.body.exprs.binary(BinaryOp::And, low, high);
        let element = Place::ColumnAt {
            base: 3,
            len: 4,
            index,
        };
        let new = if self.random.one_in(2) {
            self.body.exprs.load(element)
        } else {
            self.body.exprs.add(Expr::TableValue {
                table: 0,
                column: 1,
                row: index,
            })
        };
        if self.random.one_in(4) {
            block.push(Stmt::Check {
                cond: inside,
                failure: Failure::IndexOutOfBounds,
                place: PlaceId(0),
                value: raw,
            });
            block.push(Stmt::Store(element, raw));
            return;
        }
        let target = self.body.local("q", Type::F64);
        block.push(Stmt::Assign(target, raw));
        self.assigned(target);
        let mut then = vec![Stmt::Assign(target, new)];
        if self.random.one_in(2) {
            then.push(Stmt::Store(element, raw));
        }
        block.push(Stmt::If {
            cond: inside,
            then,
            otherwise: vec![],
        });
    }

    fn check(&mut self, block: &mut Block) {
        let value = self.double(2);
        let huge = self.body.exprs.f64(1e300);
        let bad = self.body.exprs.binary(BinaryOp::Gt, value, huge);
        let cond = self.body.exprs.unary(UnaryOp::Not, bad);
        block.push(Stmt::Check {
            cond,
            failure: Failure::NoConvergence,
            place: PlaceId(1),
            value,
        });
    }

    fn service(&mut self, block: &mut Block) {
        if self.kind == KernelKind::Tables {
            return;
        }
        let (a, b) = (self.double(2), self.double(2));
        let result = self.target();
        let (service, args, gives) = match self.random.below(6) {
            0 => (Service::NetSend, vec![a, b], false),
            1 => (Service::NetEvent, vec![a], false),
            2 => (Service::AtTime, vec![a], true),
            3 => (
                Service::Random {
                    stream: 0,
                    distribution: 2,
                },
                vec![a, b],
                true,
            ),
            4 => (Service::Text("%g/%g".into()), vec![a, b], true),
            _ => (Service::Print("%g %g\n".into()), vec![a, b], false),
        };
        let result = gives.then_some(result);
        block.push(Stmt::Service {
            result,
            service,
            args,
        });
        result.into_iter().for_each(|r| self.assigned(r));
    }

    /// An index in `0..=last`.
    fn clamped(&mut self, last: i64) -> ExprId {
        let raw = self.double(2);
        let exprs = &mut self.body.exprs;
        let index = exprs.unary(UnaryOp::ToInt, raw);
        let (zero, last) = (exprs.i64(0), exprs.i64(last));
        let low = exprs.binary(BinaryOp::Lt, index, zero);
        let high = exprs.binary(BinaryOp::Gt, index, last);
        let inner = exprs.add(Expr::Select(high, last, index));
        exprs.add(Expr::Select(low, zero, inner))
    }

    /// An index in `0..len`.
    fn index(&mut self, len: u32) -> ExprId {
        let last = len as i64 - 1;
        let fitting: Vec<LocalId> = (self.indices.iter())
            .filter(|(_, most)| *most <= last)
            .map(|(index, _)| *index)
            .collect();
        match self.random.below(4) {
            0 | 1 if !fitting.is_empty() => {
                let index = self.random.pick(&fitting);
                self.body.exprs.local(index)
            }
            0..=2 => {
                let index = self.random.below(len as usize) as i64;
                self.body.exprs.i64(index)
            }
            _ => self.clamped(last),
        }
    }

    fn storable(&mut self) -> Place {
        let index = |this: &mut Self, len| this.index(len);
        match self.random.below(10) {
            0..=3 => Place::Column(self.random.below(12) as u32),
            4 => Place::ColumnAt {
                base: 3,
                len: 4,
                index: index(self, 4),
            },
            5 => Place::ColumnAt {
                base: 9,
                len: 3,
                index: index(self, 3),
            },
            6 => Place::Global(self.random.below(5) as u32),
            7 => Place::GlobalAt {
                base: 2,
                len: 3,
                index: index(self, 3),
            },
            8 => Place::LocalArray {
                array: 0,
                index: index(self, 3),
            },
            _ if self.kind == KernelKind::Tables => Place::Column(0),
            _ => self.random.pick(&[
                Place::Arg(0),
                Place::Arg(1),
                Place::Ion(0, IonVar::Ci),
                Place::Pointer(1),
            ]),
        }
    }

    fn readable(&mut self) -> Place {
        if self.random.one_in(2) {
            return self.storable();
        }
        if self.kind == KernelKind::Tables || self.random.one_in(3) {
            return Place::Sim(self.random.pick(&[SimVar::T, SimVar::Dt, SimVar::Celsius]));
        }
        self.random.pick(&[
            Place::Node(NodeVar::V),
            Place::Node(NodeVar::Area),
            Place::Ion(0, IonVar::Cur),
            Place::Pointer(0),
            Place::Flag,
        ])
    }

    fn double(&mut self, depth: usize) -> ExprId {
        if depth == 0 || self.random.one_in(5) {
            return self.leaf();
        }
        match self.random.below(14) {
            0..=7 => {
                let op =
                    self.random
                        .pick(&[BinaryOp::Add, BinaryOp::Sub, BinaryOp::Mul, BinaryOp::Div]);
                let a = self.double(depth - 1);
                let b = self.double(depth - 1);
                self.body.exprs.binary(op, a, b)
            }
            8 => {
                let a = self.double(depth - 1);
                self.body.exprs.unary(UnaryOp::Neg, a)
            }
            9 => {
                let cond = self.bool(depth - 1);
                let a = self.double(depth - 1);
                let b = self.double(depth - 1);
                self.body.exprs.add(Expr::Select(cond, a, b))
            }
            10 => {
                let row = self.index(9);
                let column = self.random.below(2) as u32;
                self.body.exprs.add(Expr::TableValue {
                    table: 0,
                    column,
                    row,
                })
            }
            12 if self.random.one_in(2) => {
                let args = vec![self.double(depth - 1)];
                let slope = self.random.one_in(3).then_some(0);
                self.body.exprs.add(Expr::FunctionTable {
                    table: 0,
                    slope,
                    args,
                })
            }
            11 => {
                let mut index = self.index(4);
                if self.random.one_in(3) {
                    let op = self.random.pick(&[
                        BinaryOp::BitAnd,
                        BinaryOp::BitOr,
                        BinaryOp::BitXor,
                        BinaryOp::ShiftLeft,
                        BinaryOp::ShiftRight,
                    ]);
                    let other = self.index(4);
                    index = self.body.exprs.binary(op, index, other);
                }
                self.body.exprs.unary(UnaryOp::ToReal, index)
            }
            _ => {
                let builtin = self.random.pick(&[
                    Builtin::Exp,
                    Builtin::Log,
                    Builtin::Sqrt,
                    Builtin::Abs,
                    Builtin::Min,
                    Builtin::Max,
                    Builtin::Floor,
                    Builtin::Pow,
                ]);
                let args = (0..builtin.arity())
                    .map(|_| self.double(depth - 1))
                    .collect();
                self.body.exprs.add(Expr::Builtin(builtin, args))
            }
        }
    }

    fn leaf(&mut self) -> ExprId {
        match self.random.below(5) {
            0 => {
                let value = self.random.double();
                self.body.exprs.f64(value)
            }
            1 | 2 if !self.doubles.is_empty() => {
                let doubles = self.doubles.clone();
                let local = self.random.pick(&doubles);
                self.body.exprs.local(local)
            }
            _ => {
                let place = self.readable();
                self.body.exprs.load(place)
            }
        }
    }

    fn bool(&mut self, depth: usize) -> ExprId {
        if depth > 0 && self.random.one_in(4) {
            let a = self.bool(depth - 1);
            return match self.random.below(3) {
                0 => self.body.exprs.unary(UnaryOp::Not, a),
                n => {
                    let op = [BinaryOp::And, BinaryOp::Or][n - 1];
                    let b = self.bool(depth - 1);
                    self.body.exprs.binary(op, a, b)
                }
            };
        }
        let op = self.random.pick(&[
            BinaryOp::Lt,
            BinaryOp::Le,
            BinaryOp::Gt,
            BinaryOp::Ge,
            BinaryOp::Eq,
            BinaryOp::Ne,
        ]);
        let a = self.double(depth);
        let b = self.double(depth);
        self.body.exprs.binary(op, a, b)
    }
}

//! The reference interpreter: the meaning of the IR, executed as plainly as possible.
//!
//! It runs a kernel on a [`Memory`], instance by instance, and understands all low statements
//! and [`Stmt::Call`]. It assumes a verified module. Promises that the verifier cannot check
//! (array indices inside their arrays, loops that end) are checked here, which makes it the
//! oracle for passes and native code.
//!
//! Finer points that all implementations share: integers wrap around; the elements of private
//! arrays are zero at the start of each instance; in the `tables` kernel, which runs for no
//! instance, columns are private scratch that is zero at the start. When a kernel fails, what
//! it would have stored for the failing instance is unspecified.

use std::ops::Range;

use super::memory::{Call, Memory};
use super::walk::Visited;
use super::{
    BinaryOp, Block, Body, Expr, ExprId, Exprs, FunctionId, KernelKind, LocalId, Module, Place,
    Service, Stmt, UnaryOp,
};
use crate::abi::{Failure, Status};

/// Why execution ended early.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Stop {
    /// The kernel failed, as kernels do.
    #[error("{0:?} at {1:?}")]
    Failed(Failure, Status),
    /// A high statement that no pass has removed yet.
    #[error("the interpreter does not execute {0}")]
    High(&'static str),
    /// More statements than [`STEPS`], or than were allowed.
    #[error("endless loop")]
    Endless,
    /// The IR broke a promise: a defect of the compiler.
    #[error("{0}")]
    Broken(String),
}

/// Statements executed for one instance before [`Stop::Endless`].
pub const STEPS: usize = 50_000_000;

/// Runs the kernel `kind` of `module` for `instances`; does nothing if there is no such kernel.
pub fn kernel(
    module: &Module,
    kind: KernelKind,
    memory: &mut Memory,
    instances: Range<usize>,
) -> Result<(), Stop> {
    kernel_within(module, kind, memory, instances, STEPS)
}

/// [`kernel`] with at most `limit` statements for one instance.
pub fn kernel_within(
    module: &Module,
    kind: KernelKind,
    memory: &mut Memory,
    instances: Range<usize>,
    limit: usize,
) -> Result<(), Stop> {
    let Some(kernel) = module.kernels.iter().find(|k| k.kind == kind) else {
        return Ok(());
    };
    let body = &kernel.body;
    let mut machine = Machine {
        module,
        memory,
        instance: instances.start,
        scratch: Vec::new(),
        steps: 0,
        limit,
    };
    let mut frame = Frame::new(body);
    machine.block(&mut frame, &body.prologue)?;
    let after_prologue = frame.locals.clone();
    if kind == KernelKind::Tables {
        machine.scratch = vec![0.0; module.mechanism.columns];
        return machine.block(&mut frame, &body.block);
    }
    for instance in instances {
        machine.instance = instance;
        machine.steps = 0;
        frame.locals.copy_from_slice(&after_prologue);
        frame.arrays.iter_mut().for_each(|array| array.fill(0.0));
        machine.block(&mut frame, &body.block)?;
    }
    Ok(())
}

/// Calls a function of the module for one instance; a PROCEDURE gives 0.
pub fn function(
    module: &Module,
    function: FunctionId,
    args: &[f64],
    memory: &mut Memory,
    instance: usize,
) -> Result<f64, Stop> {
    let mut machine = Machine {
        module,
        memory,
        instance,
        scratch: Vec::new(),
        steps: 0,
        limit: STEPS,
    };
    machine.call(function, args)
}

#[derive(Debug, Clone, Copy)]
enum Value {
    F64(f64),
    I64(i64),
    Bool(bool),
}

impl Value {
    fn f64(self) -> Result<f64, Stop> {
        match self {
            Value::F64(value) => Ok(value),
            other => Err(Stop::Broken(format!("{other:?} is not a double"))),
        }
    }

    fn i64(self) -> Result<i64, Stop> {
        match self {
            Value::I64(value) => Ok(value),
            other => Err(Stop::Broken(format!("{other:?} is not an index"))),
        }
    }

    fn bool(self) -> Result<bool, Stop> {
        match self {
            Value::Bool(value) => Ok(value),
            other => Err(Stop::Broken(format!("{other:?} is not a truth value"))),
        }
    }
}

/// A body in execution.
struct Frame<'a> {
    body: &'a Body,
    locals: Vec<Option<Value>>,
    arrays: Vec<Vec<f64>>,
    /// Values of the expressions of the present statement.
    values: Vec<Value>,
    seen: Visited,
}

impl<'a> Frame<'a> {
    fn new(body: &'a Body) -> Self {
        Frame {
            body,
            locals: vec![None; body.locals.len()],
            arrays: body
                .arrays
                .iter()
                .map(|array| vec![0.0; array.len as usize])
                .collect(),
            values: vec![Value::Bool(false); body.exprs.len()],
            seen: Visited::new(),
        }
    }

    fn value(&self, id: ExprId) -> Value {
        self.values[id.index()]
    }
}

struct Machine<'a> {
    module: &'a Module,
    memory: &'a mut Memory,
    instance: usize,
    /// Columns of the `tables` kernel; empty in others.
    scratch: Vec<f64>,
    steps: usize,
    limit: usize,
}

impl Machine<'_> {
    fn call(&mut self, function: FunctionId, args: &[f64]) -> Result<f64, Stop> {
        let body = &self.module.functions[function.index()].body;
        let mut frame = Frame::new(body);
        for (&param, &arg) in body.params.iter().zip(args) {
            frame.locals[param.index()] = Some(Value::F64(arg));
        }
        self.block(&mut frame, &body.prologue)?;
        self.block(&mut frame, &body.block)?;
        match body.result {
            Some(result) => local(&frame, result)?.f64(),
            None => Ok(0.0),
        }
    }

    fn block(&mut self, frame: &mut Frame, block: &Block) -> Result<(), Stop> {
        block.iter().try_for_each(|stmt| self.stmt(frame, stmt))
    }

    fn stmt(&mut self, frame: &mut Frame, stmt: &Stmt) -> Result<(), Stop> {
        self.step()?;
        match stmt {
            Stmt::Assign(target, value) => {
                frame.locals[target.index()] = Some(self.eval(frame, *value)?);
            }
            Stmt::Store(place, value) => {
                let value = self.eval(frame, *value)?.f64()?;
                *self.place(frame, *place)? = value;
            }
            Stmt::Accumulate(place, value) => {
                let value = self.eval(frame, *value)?.f64()?;
                *self.place(frame, *place)? += value;
            }
            Stmt::If {
                cond,
                then,
                otherwise,
            } => {
                let holds = self.eval(frame, *cond)?.bool()?;
                self.block(frame, if holds { then } else { otherwise })?;
            }
            Stmt::For {
                index,
                from,
                to,
                body,
            } => {
                let from = self.eval(frame, *from)?.i64()?;
                let to = self.eval(frame, *to)?.i64()?;
                for i in from..=to {
                    self.step()?;
                    frame.locals[index.index()] = Some(Value::I64(i));
                    self.block(frame, body)?;
                }
                frame.locals[index.index()] = None;
            }
            Stmt::While { head, cond, body } => loop {
                self.step()?;
                self.block(frame, head)?;
                if !self.eval(frame, *cond)?.bool()? {
                    break;
                }
                self.block(frame, body)?;
            },
            Stmt::Check {
                cond,
                failure,
                place,
                value,
            } => {
                if !self.eval(frame, *cond)?.bool()? {
                    let status = Status {
                        instance: self.instance,
                        place: place.0,
                        value: self.eval(frame, *value)?.f64()?,
                    };
                    return Err(Stop::Failed(*failure, status));
                }
            }
            Stmt::Service {
                result,
                service,
                args,
            } => {
                let args = self.doubles(frame, args)?;
                let answer = self.service(service, args)?;
                if let Some(result) = result {
                    frame.locals[result.index()] = Some(Value::F64(answer));
                }
            }
            Stmt::Call {
                result,
                function,
                args,
            } => {
                let args = self.doubles(frame, args)?;
                let answer = self.call(*function, &args)?;
                if let Some(result) = result {
                    frame.locals[result.index()] = Some(Value::F64(answer));
                }
            }
            Stmt::Solve { .. } => return Err(Stop::High("SOLVE")),
            Stmt::Rate(..) => return Err(Stop::High("a differential equation")),
            Stmt::Equation { .. } => return Err(Stop::High("an equation")),
            Stmt::Reaction(_) => return Err(Stop::High("a reaction")),
            Stmt::Compartment(..) => return Err(Stop::High("COMPARTMENT")),
            Stmt::Conserve { .. } => return Err(Stop::High("CONSERVE")),
            Stmt::Differentiate { .. } => return Err(Stop::High("a derivative")),
        }
        Ok(())
    }

    fn step(&mut self) -> Result<(), Stop> {
        self.steps += 1;
        if self.steps > self.limit {
            return Err(Stop::Endless);
        }
        Ok(())
    }

    fn doubles(&mut self, frame: &mut Frame, args: &[ExprId]) -> Result<Vec<f64>, Stop> {
        args.iter().map(|&a| self.eval(frame, a)?.f64()).collect()
    }

    /// The value of `root` here and now.
    fn eval(&mut self, frame: &mut Frame, root: ExprId) -> Result<Value, Stop> {
        frame.seen.clear();
        for id in frame.seen.reach(&frame.body.exprs, root) {
            frame.values[id.index()] = self.expr(frame, &frame.body.exprs[id])?;
        }
        Ok(frame.value(root))
    }

    /// The value of `expr`, whose operands have theirs.
    fn expr(&mut self, frame: &mut Frame, expr: &Expr) -> Result<Value, Stop> {
        Ok(match expr {
            Expr::F64(bits) => Value::F64(bits.value()),
            Expr::I64(value) => Value::I64(*value),
            Expr::Bool(value) => Value::Bool(*value),
            Expr::Local(id) => local(frame, *id)?,
            Expr::Load(Place::Sim(var)) => Value::F64(self.memory.sim_value(*var)),
            Expr::Load(Place::FunctionTableGiven(table)) => {
                let table = self.memory.function_tables.get(*table as usize);
                Value::F64(f64::from(u8::from(table.is_some_and(Option::is_some))))
            }
            Expr::FunctionTable { table, slope, args } => {
                let args: Result<Vec<f64>, Stop> =
                    args.iter().map(|&a| frame.value(a).f64()).collect();
                let slope = slope.map(|argument| argument as usize);
                Value::F64(match &self.memory.function_tables[*table as usize] {
                    Some(table) => table.evaluate(&args?, slope),
                    None => f64::NAN,
                })
            }
            Expr::Load(Place::NetConCount) => Value::F64(self.memory.netcons.len() as f64),
            Expr::Load(place) => Value::F64(*self.place(frame, *place)?),
            Expr::Pointing(pointer) => {
                let target = self.memory.target(*pointer as usize, self.instance);
                Value::Bool(target.is_some())
            }
            Expr::TableValue { table, column, row } => {
                let row = frame.value(*row).i64()?;
                Value::F64(*self.table(*table, *column, row)?)
            }
            Expr::Unary(op, a) => unary(*op, frame.value(*a))?,
            Expr::Binary(op, a, b) => binary(*op, frame.value(*a), frame.value(*b))?,
            Expr::Select(cond, a, b) => {
                frame.value(if frame.value(*cond).bool()? { *a } else { *b })
            }
            Expr::Builtin(builtin, args) => {
                let args: Result<Vec<f64>, Stop> =
                    args.iter().map(|&a| frame.value(a).f64()).collect();
                Value::F64(builtin.evaluate(&args?))
            }
        })
    }

    /// The memory at `place`; its index has been evaluated or is evaluated now.
    fn place<'m>(&'m mut self, frame: &'m mut Frame, place: Place) -> Result<&'m mut f64, Stop> {
        let index = match place.index() {
            None => 0,
            Some(id) if frame.seen.contains(id) => frame.value(id).i64()?,
            Some(id) => self.eval(frame, id)?.i64()?,
        };
        let instance = self.instance;
        let node = self.memory.node.get(instance).copied().unwrap_or(0) as usize;
        let found = match place {
            Place::Column(column) => return self.column(column),
            Place::ColumnAt { base, len, .. } => return self.column(base + inside(index, len)?),
            Place::Global(global) => self.memory.globals.get_mut(global as usize),
            Place::GlobalAt { base, len, .. } => {
                let at = base + inside(index, len)?;
                self.memory.globals.get_mut(at as usize)
            }
            Place::Sim(_) => None,
            Place::Node(var) => self.memory.node_value(var, node),
            Place::Ion(ion, var) => self.memory.ion_value(ion as usize, var, node),
            Place::Arg(arg) => self.memory.args.get_mut(arg as usize),
            Place::Flag => Some(&mut self.memory.flag),
            Place::NetConArg { arg, .. } => {
                let at = inside(index, self.memory.netcons.len() as u32)?;
                self.memory.netcons[at as usize].get_mut(arg as usize)
            }
            Place::NetConCount | Place::FunctionTableGiven(_) => None,
            Place::Pointer(pointer) => self.memory.pointed(pointer as usize, instance),
            Place::Table { table, column, .. } => return self.table(table, column, index),
            Place::LocalArray { array, .. } => {
                let array = &mut frame.arrays[array as usize];
                let at = inside(index, array.len() as u32)?;
                array.get_mut(at as usize)
            }
        };
        found.ok_or_else(|| missing(place))
    }

    fn column(&mut self, column: u32) -> Result<&mut f64, Stop> {
        let found = if self.scratch.is_empty() {
            let at = column as usize * self.memory.stride + self.instance;
            self.memory.data.get_mut(at)
        } else {
            self.scratch.get_mut(column as usize)
        };
        found.ok_or_else(|| missing(Place::Column(column)))
    }

    fn table(&mut self, table: u32, column: u32, row: i64) -> Result<&mut f64, Stop> {
        let shape = &self.module.mechanism.tables[table as usize];
        let row = inside(row, shape.intervals as u32 + 1)?;
        let at = row as usize * shape.columns + column as usize;
        self.memory.tables[table as usize]
            .get_mut(at)
            .ok_or_else(|| Stop::Broken(format!("table {table} is too small")))
    }

    fn service(&mut self, service: &Service, args: Vec<f64>) -> Result<f64, Stop> {
        let instance = self.instance;
        let call = match (service, &args[..]) {
            (Service::NetSend, &[delay_ms, flag]) => Call::NetSend {
                instance,
                delay_ms,
                flag,
            },
            (Service::NetEvent, &[time_ms]) => Call::NetEvent { instance, time_ms },
            (Service::NetMove, &[time_ms]) => Call::NetMove { instance, time_ms },
            (Service::Watch { condition }, &[flag, value]) => Call::Watch {
                instance,
                condition: *condition as usize,
                flag,
                value,
            },
            (Service::AtTime, &[time_ms]) => Call::AtTime { time_ms },
            (
                Service::Random {
                    stream,
                    distribution,
                },
                &[a, b],
            ) => Call::Random {
                instance,
                stream: *stream as usize,
                distribution: *distribution,
                a,
                b,
            },
            (&Service::Scop(function), &[a, b]) => Call::Scop { function, a, b },
            (&Service::Request(request), _) => Call::Request {
                request,
                values: args,
            },
            (Service::Text(text), _) => Call::Text {
                text: text.clone(),
                values: args,
            },
            (Service::Print(text), _) => Call::Print {
                text: text.clone(),
                values: args,
            },
            _ => return Err(Stop::Broken(format!("{service:?} with {args:?}"))),
        };
        Ok(self.memory.calls.ask(call))
    }
}

fn local(frame: &Frame, local: LocalId) -> Result<Value, Stop> {
    frame.locals[local.index()].ok_or_else(|| {
        let name = &frame.body.locals[local.index()].name;
        Stop::Broken(format!("{local}:{name} is used before it is assigned"))
    })
}

fn inside(index: i64, len: u32) -> Result<u32, Stop> {
    match u32::try_from(index) {
        Ok(i) if i < len => Ok(i),
        _ => Err(Stop::Broken(format!(
            "index {index} is outside of 0..{len}"
        ))),
    }
}

fn missing(place: Place) -> Stop {
    Stop::Broken(format!("{place:?} does not exist"))
}

fn mismatch(what: impl std::fmt::Debug) -> Stop {
    Stop::Broken(format!("operands of a wrong type: {what:?}"))
}

fn unary(op: UnaryOp, a: Value) -> Result<Value, Stop> {
    Ok(match (op, a) {
        (UnaryOp::Neg, Value::F64(a)) => Value::F64(-a),
        (UnaryOp::Neg, Value::I64(a)) => Value::I64(a.wrapping_neg()),
        (UnaryOp::Not, Value::Bool(a)) => Value::Bool(!a),
        (UnaryOp::ToReal, Value::I64(a)) => Value::F64(a as f64),
        // `as` truncates towards zero, saturates and makes 0 of NaN.
        (UnaryOp::ToInt, Value::F64(a)) => Value::I64(a as i64),
        _ => return Err(mismatch((op, a))),
    })
}

fn binary(op: BinaryOp, a: Value, b: Value) -> Result<Value, Stop> {
    Ok(match (a, b) {
        (Value::F64(a), Value::F64(b)) => match op {
            BinaryOp::Add => Value::F64(a + b),
            BinaryOp::Sub => Value::F64(a - b),
            BinaryOp::Mul => Value::F64(a * b),
            BinaryOp::Div => Value::F64(a / b),
            BinaryOp::And | BinaryOp::Or => return Err(mismatch((op, a, b))),
            op if op.is_of_bits() => return Err(mismatch((op, a, b))),
            _ => Value::Bool(compare(op, &a, &b)),
        },
        (Value::I64(a), Value::I64(b)) => match op {
            BinaryOp::Add => Value::I64(a.wrapping_add(b)),
            BinaryOp::Sub => Value::I64(a.wrapping_sub(b)),
            BinaryOp::Mul => Value::I64(a.wrapping_mul(b)),
            BinaryOp::BitAnd => Value::I64(a & b),
            BinaryOp::BitOr => Value::I64(a | b),
            BinaryOp::BitXor => Value::I64(a ^ b),
            BinaryOp::ShiftLeft => Value::I64(a.wrapping_shl(b as u32)),
            BinaryOp::ShiftRight => Value::I64(a.wrapping_shr(b as u32)),
            BinaryOp::Div | BinaryOp::And | BinaryOp::Or => return Err(mismatch((op, a, b))),
            _ => Value::Bool(compare(op, &a, &b)),
        },
        (Value::Bool(a), Value::Bool(b)) => match op {
            BinaryOp::And => Value::Bool(a & b),
            BinaryOp::Or => Value::Bool(a | b),
            _ => return Err(mismatch((op, a, b))),
        },
        _ => return Err(mismatch((op, a, b))),
    })
}

fn compare<T: PartialOrd>(op: BinaryOp, a: &T, b: &T) -> bool {
    match op {
        BinaryOp::Lt => a < b,
        BinaryOp::Le => a <= b,
        BinaryOp::Gt => a > b,
        BinaryOp::Ge => a >= b,
        BinaryOp::Eq => a == b,
        _ => a != b,
    }
}

/// The value of an operation on constants, as the interpreter computes it; `None` for anything
/// else. Constant folding is this function.
pub fn constant(exprs: &Exprs, expr: &Expr) -> Option<Expr> {
    let known = |id: ExprId| match exprs[id] {
        Expr::F64(bits) => Some(Value::F64(bits.value())),
        Expr::I64(value) => Some(Value::I64(value)),
        Expr::Bool(value) => Some(Value::Bool(value)),
        _ => None,
    };
    let value = match expr {
        Expr::Unary(op, a) => unary(*op, known(*a)?).ok()?,
        Expr::Binary(op, a, b) => binary(*op, known(*a)?, known(*b)?).ok()?,
        Expr::Builtin(builtin, args) => {
            let args: Option<Vec<f64>> = args.iter().map(|&a| known(a)?.f64().ok()).collect();
            Value::F64(builtin.evaluate(&args?))
        }
        _ => return None,
    };
    Some(match value {
        Value::F64(value) => Expr::F64(value.into()),
        Value::I64(value) => Expr::I64(value),
        Value::Bool(value) => Expr::Bool(value),
    })
}

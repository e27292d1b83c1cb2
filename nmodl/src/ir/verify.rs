//! The verifier: the rules of the IR that types cannot express.
//!
//! A module that passes may be printed, interpreted and compiled without further checks: every
//! id is in range, every operand has its type, every local is assigned on all paths before it
//! is used, every place exists and is only used as it may be. What remains a promise of whoever
//! made the IR is that run-time indices lie inside their arrays.

use super::walk::{Visited, for_each_operand};
use super::{
    BinaryOp, Block, Body, Expr, ExprId, FunctionId, IonVar, KernelKind, LocalId, Module, NodeVar,
    Place, PlaceId, Reaction, Service, Stmt, Type, UnaryOp,
};

/// A broken rule: a defect of the compiler.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{body}: {message}")]
pub struct Broken {
    /// The kernel or function.
    pub body: String,
    /// What is wrong there.
    pub message: String,
}

type Checked = Result<(), String>;

macro_rules! ensure {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return Err(format!($($message)+));
        }
    };
}

/// Checks all functions and kernels of `module`.
pub fn module(module: &Module) -> Result<(), Broken> {
    for function in &module.functions {
        check(module, None, &function.body).map_err(|message| Broken {
            body: format!("function {}", function.name),
            message,
        })?;
    }
    for (i, kernel) in module.kernels.iter().enumerate() {
        let broken = |message| Broken {
            body: format!("kernel {}", kernel.kind.name()),
            message,
        };
        if module.kernels[..i].iter().any(|k| k.kind == kernel.kind) {
            return Err(broken("there are two of it".into()));
        }
        check(module, Some(kernel.kind), &kernel.body).map_err(broken)?;
    }
    Ok(())
}

fn check(module: &Module, kernel: Option<KernelKind>, body: &Body) -> Checked {
    let mut verifier = Verifier {
        module,
        kernel,
        body,
        assigned: vec![false; body.locals.len()],
        indices: vec![false; body.locals.len()],
        ready: Visited::new(),
        ready_log: Vec::new(),
    };
    verifier.arena()?;
    verifier.loop_indices()?;
    verifier.interface()?;
    verifier.prologue()?;
    verifier.block(&body.block)?;
    if let Some(result) = body.result {
        ensure!(
            verifier.assigned[result.index()],
            "result {result} may be unassigned at the end"
        );
    }
    Ok(())
}

struct Verifier<'a> {
    module: &'a Module,
    kernel: Option<KernelKind>,
    body: &'a Body,
    /// Locals that are assigned on all paths to the present statement.
    assigned: Vec<bool>,
    /// Locals that are the index of a `for`.
    indices: Vec<bool>,
    /// Expressions all of whose locals are assigned. Only grows inside a block.
    ready: Visited,
    /// What was added to `ready`, to take it out at the end of a nested block.
    ready_log: Vec<ExprId>,
}

impl Verifier<'_> {
    /// Each expression by itself: ids and types.
    fn arena(&self) -> Checked {
        for (id, expr) in self.body.exprs.iter() {
            let mut forward = false;
            for_each_operand(expr, |operand| forward |= operand >= id);
            ensure!(
                !forward,
                "{id} has an operand that is not smaller: {expr:?}"
            );
            self.expr(expr).map_err(|why| format!("{id}: {why}"))?;
        }
        Ok(())
    }

    fn expr(&self, expr: &Expr) -> Checked {
        match expr {
            Expr::F64(_) | Expr::I64(_) | Expr::Bool(_) => Ok(()),
            Expr::Pointing(pointer) => self.place(Place::Pointer(*pointer)),
            Expr::Local(local) => self.local_exists(*local),
            Expr::Load(place) => {
                self.place(*place)?;
                ensure!(readable(*place), "{place:?} cannot be read");
                Ok(())
            }
            Expr::TableValue { table, column, row } => {
                self.table(*table, *column)?;
                self.has_type(*row, Type::I64)
            }
            Expr::Unary(op, a) => match op {
                UnaryOp::Neg => self.is_number(*a),
                UnaryOp::Not => self.has_type(*a, Type::Bool),
                UnaryOp::ToReal => self.has_type(*a, Type::I64),
                UnaryOp::ToInt => self.has_type(*a, Type::F64),
            },
            Expr::Binary(op, a, b) => match op {
                BinaryOp::Div => {
                    self.has_type(*a, Type::F64)?;
                    self.has_type(*b, Type::F64)
                }
                op if op.is_of_bits() => {
                    self.has_type(*a, Type::I64)?;
                    self.has_type(*b, Type::I64)
                }
                BinaryOp::And | BinaryOp::Or => {
                    self.has_type(*a, Type::Bool)?;
                    self.has_type(*b, Type::Bool)
                }
                _ => {
                    self.is_number(*a)?;
                    self.has_type(*b, self.body.type_of(*a))
                }
            },
            Expr::Select(cond, a, b) => {
                self.has_type(*cond, Type::Bool)?;
                self.has_type(*b, self.body.type_of(*a))
            }
            Expr::FunctionTable { table, slope, args } => {
                self.place(Place::FunctionTableGiven(*table))?;
                let table = &self.module.mechanism.function_tables[*table as usize];
                let count = table.arguments.len();
                ensure!(
                    args.len() == count && slope.is_none_or(|k| (k as usize) < count),
                    "{} called with {} arguments",
                    table.name,
                    args.len()
                );
                args.iter().try_for_each(|&a| self.has_type(a, Type::F64))
            }
            Expr::Builtin(builtin, args) => {
                ensure!(
                    args.len() == builtin.arity(),
                    "{} called with {} arguments",
                    builtin.name(),
                    args.len()
                );
                args.iter().try_for_each(|&a| self.has_type(a, Type::F64))
            }
        }
    }

    fn has_type(&self, id: ExprId, wanted: Type) -> Checked {
        ensure!(id.index() < self.body.exprs.len(), "{id} does not exist");
        let found = self.body.type_of(id);
        ensure!(found == wanted, "{id} has type {found:?}, not {wanted:?}");
        Ok(())
    }

    fn is_number(&self, id: ExprId) -> Checked {
        let found = self.body.type_of(id);
        ensure!(found != Type::Bool, "{id} is a truth value, not a number");
        Ok(())
    }

    fn local_exists(&self, local: LocalId) -> Checked {
        ensure!(
            local.index() < self.body.locals.len(),
            "{local} does not exist"
        );
        Ok(())
    }

    fn table(&self, table: u32, column: u32) -> Checked {
        let found = self.module.mechanism.tables.get(table as usize);
        ensure!(
            found.is_some_and(|t| (column as usize) < t.columns),
            "column {column} of table {table} does not exist"
        );
        Ok(())
    }

    /// The place exists, and its index is an integer.
    fn place(&self, place: Place) -> Checked {
        let mechanism = &self.module.mechanism;
        let in_array =
            |base: u32, len: u32, limit: usize| len > 0 && base as usize + len as usize <= limit;
        let exists = match place {
            Place::Column(column) => (column as usize) < mechanism.columns,
            Place::ColumnAt { base, len, .. } => in_array(base, len, mechanism.columns),
            Place::Global(global) => (global as usize) < mechanism.globals,
            Place::GlobalAt { base, len, .. } => in_array(base, len, mechanism.globals),
            Place::Ion(ion, _) => (ion as usize) < mechanism.ions.len(),
            Place::Table { table, column, .. } => {
                self.table(table, column)?;
                true
            }
            Place::LocalArray { array, .. } => (array as usize) < self.body.arrays.len(),
            Place::Node(_)
            | Place::Sim(_)
            | Place::Arg(_)
            | Place::Flag
            | Place::NetConArg { .. }
            | Place::NetConCount => true,
            Place::Pointer(pointer) => (pointer as usize) < mechanism.pointers.len(),
            Place::FunctionTableGiven(table) => (table as usize) < mechanism.function_tables.len(),
        };
        let of_event = matches!(place, Place::NetConArg { .. } | Place::NetConCount);
        ensure!(
            !of_event || self.kernel.is_none_or(KernelKind::receives_event),
            "{place:?} in a kernel that receives no event"
        );
        ensure!(exists, "{place:?} does not exist");
        let of_instance = matches!(place, Place::Node(_) | Place::Ion(..) | Place::Pointer(_));
        ensure!(
            !of_instance || self.kernel != Some(KernelKind::Tables),
            "{place:?} in the kernel that runs for no instance"
        );
        match place.index() {
            Some(index) => self.has_type(index, Type::I64),
            None => Ok(()),
        }
    }

    /// The index of a `for` is assigned by nothing else: its value is that of the round.
    fn loop_indices(&mut self) -> Checked {
        let mut found = Vec::new();
        let mut missing = None;
        self.body.for_each_stmt(|stmt| {
            stmt.for_each_assigned(|local| match self.local_exists(local) {
                Ok(()) => found.push((local, matches!(stmt, Stmt::For { .. }))),
                Err(why) => missing = Some(why),
            });
        });
        if let Some(why) = missing {
            return Err(why);
        }
        for &(local, is_index) in &found {
            self.indices[local.index()] |= is_index;
        }
        for (local, is_index) in found {
            ensure!(
                is_index || !self.indices[local.index()],
                "loop index {local} is assigned"
            );
        }
        Ok(())
    }

    fn interface(&mut self) -> Checked {
        for &param in &self.body.params {
            self.local_exists(param)?;
            let ty = self.body.locals[param.index()].ty;
            ensure!(ty == Type::F64, "argument {param} has type {ty:?}");
            self.assigned[param.index()] = true;
        }
        if let Some(result) = self.body.result {
            self.local_exists(result)?;
            let ty = self.body.locals[result.index()].ty;
            ensure!(ty == Type::F64, "result {result} has type {ty:?}");
        }
        Ok(())
    }

    /// The prologue assigns what has one value for all instances and what the block leaves
    /// alone.
    fn prologue(&mut self) -> Checked {
        let mut uniform = Ok(());
        super::walk::for_each_stmt(&self.body.prologue, &mut |stmt| {
            if !matches!(stmt, Stmt::Assign(..) | Stmt::If { .. }) {
                uniform = Err(format!("prologue holds {stmt:?}"));
            }
        });
        uniform?;
        let mut reached = Visited::new();
        let mut loads = Vec::new();
        super::walk::for_each_stmt(&self.body.prologue, &mut |stmt| {
            stmt.for_each_expr(|root| {
                for id in reached.reach(&self.body.exprs, root) {
                    if let Expr::Load(place) = self.body.exprs[id] {
                        loads.push(place);
                    }
                }
            });
        });
        for &place in &loads {
            let global_array = matches!(place, Place::GlobalAt { .. });
            ensure!(
                place.is_uniform() || global_array,
                "prologue reads {place:?}, which instances have of their own"
            );
        }
        self.block(&self.body.prologue)?;
        let before = self.assigned.clone();
        let mut overwritten = Ok(());
        super::walk::for_each_stmt(&self.body.block, &mut |stmt| {
            stmt.for_each_assigned(|local| {
                let is_param = self.body.params.contains(&local);
                if before[local.index()] && !is_param {
                    overwritten = Err(format!("{local} of the prologue is assigned again"));
                }
            });
            if let Stmt::Store(place, _) = stmt
                && loads.iter().any(|load| place.may_alias(*load))
            {
                overwritten = Err(format!("{place:?} is read by the prologue and stored"));
            }
        });
        overwritten
    }

    fn block(&mut self, block: &Block) -> Checked {
        block.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    /// Checks a block that may not run, or not to its end; gives the locals assigned at its end.
    fn nested(&mut self, block: &Block) -> Result<Vec<bool>, String> {
        let before = self.assigned.clone();
        let log = self.ready_log.len();
        self.block(block)?;
        for id in self.ready_log.drain(log..) {
            self.ready.remove(id);
        }
        Ok(std::mem::replace(&mut self.assigned, before))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Checked {
        let mut used = Ok(());
        stmt.for_each_expr(|root| {
            if used.is_ok() && !matches!(stmt, Stmt::While { .. }) {
                used = self.value(root);
            }
        });
        used?;
        match stmt {
            Stmt::Assign(local, value) => {
                self.has_type(*value, self.body.locals[local.index()].ty)?;
            }
            Stmt::Store(place, value) => {
                self.place(*place)?;
                ensure!(self.storable(*place), "{place:?} cannot be stored to here");
                self.has_type(*value, Type::F64)?;
            }
            Stmt::Accumulate(place, value) => {
                self.place(*place)?;
                ensure!(accumulable(*place), "{place:?} is not a sum");
                self.has_type(*value, Type::F64)?;
            }
            Stmt::If {
                cond,
                then,
                otherwise,
            } => {
                self.has_type(*cond, Type::Bool)?;
                let then = self.nested(then)?;
                let otherwise = self.nested(otherwise)?;
                for (i, assigned) in self.assigned.iter_mut().enumerate() {
                    *assigned |= then[i] && otherwise[i];
                }
            }
            Stmt::For {
                index,
                from,
                to,
                body,
            } => {
                self.has_type(*from, Type::I64)?;
                self.has_type(*to, Type::I64)?;
                let ty = self.body.locals[index.index()].ty;
                ensure!(ty == Type::I64, "loop index {index} has type {ty:?}");
                ensure!(
                    !self.assigned[index.index()],
                    "loop index {index} is in use"
                );
                self.assigned[index.index()] = true;
                self.nested(body)?;
                self.assigned[index.index()] = false;
            }
            Stmt::While { head, cond, body } => {
                self.block(head)?;
                self.value(*cond)?;
                self.has_type(*cond, Type::Bool)?;
                self.nested(body)?;
            }
            Stmt::Check {
                cond, place, value, ..
            } => {
                self.has_type(*cond, Type::Bool)?;
                self.has_type(*value, Type::F64)?;
                self.source_place(*place)?;
            }
            Stmt::Service {
                result,
                service,
                args,
            } => self.service(*result, service, args)?,
            Stmt::Call {
                result,
                function,
                args,
            } => self.call(*result, *function, args)?,
            Stmt::Solve { block, place, .. } => {
                self.function_exists(*block)?;
                self.source_place(*place)?;
            }
            Stmt::Rate(place, value) | Stmt::Compartment(place, value) => {
                self.place(*place)?;
                self.has_type(*value, Type::F64)?;
            }
            Stmt::Equation { value, .. } => self.has_type(*value, Type::F64)?,
            Stmt::Reaction(reaction) => self.reaction(reaction)?,
            Stmt::Conserve { terms, total } => {
                terms.iter().try_for_each(|term| self.place(term.place))?;
                self.has_type(*total, Type::F64)?;
            }
            Stmt::Differentiate { of, .. } => {
                self.local_exists(*of)?;
                ensure!(self.assigned[of.index()], "{of} may be unassigned");
            }
        }
        if !matches!(stmt, Stmt::For { .. }) {
            stmt.for_each_assigned(|local| self.assigned[local.index()] = true);
        }
        Ok(())
    }

    /// All locals that `root` needs are assigned.
    fn value(&mut self, root: ExprId) -> Checked {
        ensure!(
            root.index() < self.body.exprs.len(),
            "{root} does not exist"
        );
        for id in self.ready.reach(&self.body.exprs, root) {
            self.ready_log.push(id);
            if let Expr::Local(local) = self.body.exprs[id] {
                let name = &self.body.locals[local.index()].name;
                ensure!(
                    self.assigned[local.index()],
                    "{local}:{name} may be unassigned where {root} is used"
                );
            }
        }
        Ok(())
    }

    fn storable(&self, place: Place) -> bool {
        match place {
            Place::Column(_)
            | Place::ColumnAt { .. }
            | Place::Global(_)
            | Place::GlobalAt { .. }
            | Place::Arg(_)
            | Place::NetConArg { .. }
            | Place::Pointer(_)
            | Place::LocalArray { .. } => true,
            // An event may set the potential.
            Place::Node(NodeVar::V) => self.kernel.is_none_or(KernelKind::receives_event),
            Place::Ion(_, var) => matches!(var, IonVar::Erev | IonVar::Ci | IonVar::Co),
            Place::Table { .. } => self.kernel.is_none_or(|k| k == KernelKind::Tables),
            Place::Sim(_)
            | Place::Node(_)
            | Place::Flag
            | Place::NetConCount
            | Place::FunctionTableGiven(_) => false,
        }
    }

    fn source_place(&self, place: PlaceId) -> Checked {
        ensure!(
            place.index() < self.module.mechanism.places.len(),
            "source place {place} does not exist"
        );
        Ok(())
    }

    fn function_exists(&self, function: FunctionId) -> Checked {
        ensure!(
            function.index() < self.module.functions.len(),
            "function {function} does not exist"
        );
        Ok(())
    }

    fn service(&self, result: Option<LocalId>, service: &Service, args: &[ExprId]) -> Checked {
        let (count, gives) = match service {
            Service::NetSend => (Some(2), false),
            Service::NetEvent | Service::NetMove => (Some(1), false),
            Service::Watch { condition } => {
                let receive = self.module.mechanism.net_receive.as_ref();
                ensure!(
                    receive.is_some_and(|r| (*condition as usize) < r.watches.len()),
                    "WATCH condition {condition} does not exist"
                );
                (Some(2), false)
            }
            Service::AtTime => (Some(1), true),
            Service::Scop(_) => (Some(2), true),
            Service::Random { stream, .. } => {
                ensure!(
                    (*stream as usize) < self.module.mechanism.random_streams.len(),
                    "random stream {stream} does not exist"
                );
                (Some(2), true)
            }
            Service::Request(request) => (Some(request.arguments()), true),
            Service::Text(_) => (None, true),
            Service::Print(_) => (None, false),
        };
        ensure!(
            count.is_none_or(|count| count == args.len()),
            "{service:?} with {} arguments",
            args.len()
        );
        args.iter().try_for_each(|&a| self.has_type(a, Type::F64))?;
        ensure!(gives || result.is_none(), "{service:?} gives no result");
        self.result_type(result)
    }

    fn call(&self, result: Option<LocalId>, function: FunctionId, args: &[ExprId]) -> Checked {
        self.function_exists(function)?;
        let callee = &self.module.functions[function.index()];
        ensure!(
            args.len() == callee.body.params.len(),
            "{} called with {} arguments",
            callee.name,
            args.len()
        );
        args.iter().try_for_each(|&a| self.has_type(a, Type::F64))?;
        ensure!(
            result.is_none() || callee.body.result.is_some(),
            "{} gives no result",
            callee.name
        );
        self.result_type(result)
    }

    fn result_type(&self, result: Option<LocalId>) -> Checked {
        if let Some(local) = result {
            let ty = self.body.locals[local.index()].ty;
            ensure!(ty == Type::F64, "{local} of type {ty:?} receives a double");
        }
        Ok(())
    }

    fn reaction(&self, reaction: &Reaction) -> Checked {
        for species in reaction.reactants.iter().chain(&reaction.products) {
            self.place(species.place)?;
        }
        self.has_type(reaction.forward, Type::F64)?;
        if let Some(backward) = reaction.backward {
            self.has_type(backward, Type::F64)?;
        }
        self.result_type(Some(reaction.f_flux))?;
        self.result_type(Some(reaction.b_flux))
    }
}

fn readable(place: Place) -> bool {
    !matches!(
        place,
        Place::Node(NodeVar::Rhs | NodeVar::D)
            | Place::Ion(_, IonVar::DcurDv)
            | Place::Table { .. }
    )
}

fn accumulable(place: Place) -> bool {
    matches!(
        place,
        Place::Node(NodeVar::Rhs | NodeVar::D) | Place::Ion(_, IonVar::Cur | IonVar::DcurDv)
    )
}

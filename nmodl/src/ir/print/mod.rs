//! The IR as text: stable from run to run, for people, for snapshots and for `--emit=ir`.
//!
//! Statements are indented lines, expressions are written out with as few parentheses as
//! possible. An expression that is used more than once would blow up the text; it becomes a
//! line `%12 = …` before its first use, valid to the end of the enclosing block or until
//! something that it depends on changes. Variables have the names of the description; a local is
//! `l3:name`. Doubles are the shortest text that reads back to the same bits.

use std::fmt::Write;

use super::walk::Visited;
use super::{
    BinaryOp, Block, Body, Expr, ExprId, Function, FunctionId, IonVar, Kernel, LocalId, Method,
    Module, NodeVar, Place, Reaction, Service, SimVar, Species, Stmt, Type, UnaryOp,
};
use crate::mechanism::{Mechanism, Storage};

mod survey;

use survey::Survey;

/// A whole module.
pub fn module(module: &Module) -> String {
    let mut text = header(&module.mechanism);
    for (i, f) in module.functions.iter().enumerate() {
        text.push('\n');
        text.push_str(&function(module, FunctionId(i as u32), f));
    }
    for k in &module.kernels {
        text.push('\n');
        text.push_str(&kernel(module, k));
    }
    text
}

/// A kernel of `module`.
pub fn kernel(module: &Module, kernel: &Kernel) -> String {
    let title = format!("kernel {}", kernel.kind.name());
    body(module, &title, &kernel.body)
}

/// The function `id` of `module`.
pub fn function(module: &Module, id: FunctionId, function: &Function) -> String {
    let body_ = &function.body;
    let params: Vec<String> = body_.params.iter().map(|&p| local(body_, p)).collect();
    let mut title = format!(
        "{} {id}:{}({})",
        format!("{:?}", function.kind).to_lowercase(),
        function.name,
        params.join(", ")
    );
    if let Some(result) = body_.result {
        let _ = write!(title, " -> {}", local(body_, result));
    }
    body(module, &title, body_)
}

/// Name of a place for locals that hold its value, as `m`, `ca[2]`, `v`.
pub fn place_name(mechanism: &Mechanism, place: Place) -> String {
    match place {
        Place::Column(column) => element(mechanism, Storage::Column, column),
        Place::ColumnAt { base, .. } => array(mechanism, Storage::Column, base),
        Place::Global(global) => element(mechanism, Storage::Global, global),
        Place::GlobalAt { base, .. } => array(mechanism, Storage::Global, base),
        Place::Sim(var) => sim_name(var).to_owned(),
        Place::Node(var) => node_name(var).to_owned(),
        Place::Ion(ion, var) => ion_name(mechanism, ion, var),
        Place::Arg(arg) => format!("arg{arg}"),
        Place::Flag => "flag".to_owned(),
        Place::NetConArg { arg, .. } => format!("netcon_arg{arg}"),
        Place::NetConCount => "netcons".to_owned(),
        Place::Pointer(pointer) => pointer_name(mechanism, pointer),
        Place::FunctionTableGiven(table) => {
            format!("{}_given", function_table_name(mechanism, table))
        }
        Place::Table { table, .. } => format!("table{table}"),
        Place::LocalArray { array, .. } => format!("a{array}"),
    }
}

fn function_table_name(mechanism: &Mechanism, table: u32) -> String {
    match mechanism.function_tables.get(table as usize) {
        Some(table) => table.name.clone(),
        None => format!("function_table{table}"),
    }
}

fn pointer_name(mechanism: &Mechanism, pointer: u32) -> String {
    match mechanism.pointers.get(pointer as usize) {
        Some(pointer) => pointer.name.clone(),
        None => format!("pointer{pointer}"),
    }
}

fn header(mechanism: &Mechanism) -> String {
    let mut text = format!(
        "mechanism {}: {:?}, {} columns, {} globals\n",
        mechanism.name, mechanism.kind, mechanism.columns, mechanism.globals
    );
    for (i, table) in mechanism.tables.iter().enumerate() {
        let _ = writeln!(
            text,
            "table{i}: {}, {} intervals, {} columns",
            table.procedure, table.intervals, table.columns
        );
    }
    text
}

fn body(module: &Module, title: &str, body: &Body) -> String {
    let mut printer = Printer {
        module,
        body,
        text: format!("{title} {{\n"),
        depth: 1,
        survey: Survey::of(body),
        named: Visited::new(),
        names: Vec::new(),
    };
    for (i, array) in body.arrays.iter().enumerate() {
        printer.line(&format!("array a{i}:{}[{}]", array.name, array.len));
    }
    if !body.prologue.is_empty() {
        printer.line("prologue {");
        printer.nested(&body.prologue);
        printer.line("}");
    }
    printer.block(&body.block);
    printer.text.push_str("}\n");
    printer.text
}

struct Printer<'a> {
    module: &'a Module,
    body: &'a Body,
    text: String,
    depth: usize,
    survey: Survey,
    /// Expressions that have a line of their own in this block or one around it.
    named: Visited,
    names: Vec<ExprId>,
}

impl Printer<'_> {
    fn line(&mut self, text: &str) {
        for _ in 0..self.depth {
            self.text.push_str("  ");
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn nested(&mut self, block: &Block) {
        let outer = self.names.len();
        self.depth += 1;
        self.block(block);
        self.depth -= 1;
        for id in self.names.drain(outer..) {
            self.named.remove(id);
        }
    }

    fn block(&mut self, block: &Block) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    /// Lines for the expressions in `root` that deserve a name and have none.
    fn name_shared(&mut self, root: ExprId) {
        for id in Visited::new().reach(&self.body.exprs, root) {
            if self.survey.shared[id.index()] && !self.named.contains(id) {
                let text = format!("{id} = {}", self.unnamed(id, 0));
                self.line(&text);
                self.named.insert(id);
                self.names.push(id);
            }
        }
    }

    /// Ends the names of expressions that depend on `bits`.
    fn forget(&mut self, bits: u64) {
        for &id in &self.names {
            if self.survey.depends[id.index()] & bits != 0 {
                self.named.remove(id);
            }
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        if !matches!(stmt, Stmt::While { .. }) {
            let mut roots = Vec::new();
            stmt.for_each_expr(|root| roots.push(root));
            roots.into_iter().for_each(|root| self.name_shared(root));
        }
        match stmt {
            Stmt::If {
                cond,
                then,
                otherwise,
            } => {
                self.line(&format!("if {} {{", self.expr(*cond)));
                self.nested(then);
                if !otherwise.is_empty() {
                    self.line("} else {");
                    self.nested(otherwise);
                }
                self.line("}");
            }
            Stmt::For {
                index,
                from,
                to,
                body,
            } => {
                let head = format!(
                    "for {} = {} to {} {{",
                    local(self.body, *index),
                    self.expr(*from),
                    self.expr(*to)
                );
                self.line(&head);
                self.forget(self.survey.changes_within(body));
                self.nested(body);
                self.line("}");
            }
            Stmt::While { head, cond, body } => {
                self.forget(self.survey.changes_within(head));
                self.forget(self.survey.changes_within(body));
                self.line("loop {");
                let outer = self.names.len();
                self.depth += 1;
                self.block(head);
                self.name_shared(*cond);
                self.line(&format!("break unless {}", self.expr(*cond)));
                self.block(body);
                self.depth -= 1;
                for id in self.names.drain(outer..) {
                    self.named.remove(id);
                }
                self.line("}");
            }
            simple => {
                let text = self.simple(simple);
                self.line(&text);
                self.forget(self.survey.changes(simple));
            }
        }
    }

    fn simple(&self, stmt: &Stmt) -> String {
        let result = |r: &Option<LocalId>| match r {
            Some(r) => format!("{} = ", local(self.body, *r)),
            None => String::new(),
        };
        match stmt {
            Stmt::Assign(l, value) => format!("{} = {}", local(self.body, *l), self.expr(*value)),
            Stmt::Store(place, value) => format!("{} = {}", self.place(*place), self.expr(*value)),
            Stmt::Accumulate(place, value) => {
                format!("{} += {}", self.place(*place), self.expr(*value))
            }
            Stmt::Check {
                cond,
                failure,
                place,
                value,
            } => format!(
                "check {} else {failure:?}({}) {place}",
                self.expr(*cond),
                self.expr(*value)
            ),
            Stmt::Service {
                result: r,
                service,
                args,
            } => {
                let name = match service {
                    Service::NetSend => "net_send".to_owned(),
                    Service::NetEvent => "net_event".to_owned(),
                    Service::NetMove => "net_move".to_owned(),
                    Service::Watch { condition } => format!("watch[{condition}]"),
                    Service::AtTime => "at_time".to_owned(),
                    Service::Random {
                        stream,
                        distribution,
                    } => format!("random[stream {stream}, distribution {distribution}]"),
                    Service::Scop(function) => format!("scop[{function}]"),
                    Service::Request(request) => format!("request[{request:?}]"),
                    Service::Text(text) => format!("text[{text:?}]"),
                    Service::Print(text) => format!("print[{text:?}]"),
                };
                format!("{}{name}({})", result(r), self.list(args))
            }
            Stmt::Call {
                result: r,
                function,
                args,
            } => format!(
                "{}{}({})",
                result(r),
                self.callee(*function),
                self.list(args)
            ),
            Stmt::Solve {
                block,
                method,
                steadystate,
                place,
            } => format!(
                "solve {} by {}{} {place}",
                self.callee(*block),
                method_name(*method),
                if *steadystate { " steadystate" } else { "" }
            ),
            Stmt::Rate(place, value) => {
                format!("{}' = {}", self.place(*place), self.expr(*value))
            }
            Stmt::Equation { row, value } => format!("equation {row}: {} = 0", self.expr(*value)),
            Stmt::Reaction(reaction) => self.reaction(reaction),
            Stmt::Compartment(place, volume) => {
                format!("compartment {}: {}", self.place(*place), self.expr(*volume))
            }
            Stmt::Conserve { terms, total } => {
                format!("conserve {} = {}", self.sum(terms), self.expr(*total))
            }
            Stmt::Differentiate { result, of } => format!(
                "{} = d {} / d v",
                local(self.body, *result),
                local(self.body, *of)
            ),
            Stmt::If { .. } | Stmt::For { .. } | Stmt::While { .. } => String::new(),
        }
    }

    fn callee(&self, function: FunctionId) -> String {
        match self.module.functions.get(function.index()) {
            Some(callee) => format!("{function}:{}", callee.name),
            None => function.to_string(),
        }
    }

    fn reaction(&self, reaction: &Reaction) -> String {
        let left = self.sum(&reaction.reactants);
        let right = self.sum(&reaction.products);
        let forward = self.expr(reaction.forward);
        let equation = match reaction.backward {
            _ if reaction.inflow => format!("{left} << ({forward})"),
            Some(backward) => format!("{left} <-> {right} ({forward}, {})", self.expr(backward)),
            None => format!("{left} -> {right} ({forward})"),
        };
        format!(
            "~ {equation} fluxes {}, {}",
            local(self.body, reaction.f_flux),
            local(self.body, reaction.b_flux)
        )
    }

    fn sum(&self, terms: &[Species]) -> String {
        let terms: Vec<String> = terms
            .iter()
            .map(|term| match term.coefficient {
                1.0 => self.place(term.place),
                n => format!("{n:?} {}", self.place(term.place)),
            })
            .collect();
        terms.join(" + ")
    }

    fn list(&self, args: &[ExprId]) -> String {
        let args: Vec<String> = args.iter().map(|&a| self.expr(a)).collect();
        args.join(", ")
    }

    fn expr(&self, id: ExprId) -> String {
        self.operand(id, 0)
    }

    /// `id` as an operand of an operator that binds with strength `outer`.
    fn operand(&self, id: ExprId, outer: u8) -> String {
        if self.named.contains(id) {
            return id.to_string();
        }
        self.unnamed(id, outer)
    }

    fn unnamed(&self, id: ExprId, outer: u8) -> String {
        let (text, strength) = match &self.body.exprs[id] {
            Expr::F64(bits) => (format!("{:?}", bits.value()), PRIMARY),
            Expr::I64(value) => (value.to_string(), PRIMARY),
            Expr::Bool(value) => (value.to_string(), PRIMARY),
            Expr::Local(l) => (local(self.body, *l), PRIMARY),
            Expr::Load(place) => (self.place(*place), PRIMARY),
            Expr::Pointing(pointer) => {
                let name = pointer_name(&self.module.mechanism, *pointer);
                (format!("pointing(self.{name})"), PRIMARY)
            }
            Expr::TableValue { table, column, row } => {
                let text = format!("table{table}[{}].{column}", self.expr(*row));
                (text, PRIMARY)
            }
            Expr::Unary(op, a) => match op {
                UnaryOp::Neg => (format!("-{}", self.operand(*a, PREFIX)), PREFIX),
                UnaryOp::Not => (format!("!{}", self.operand(*a, PREFIX)), PREFIX),
                UnaryOp::ToReal => (format!("real({})", self.expr(*a)), PRIMARY),
                UnaryOp::ToInt => (format!("int({})", self.expr(*a)), PRIMARY),
            },
            Expr::Binary(op, a, b) => {
                let (symbol, strength) = symbol(*op);
                // Everything groups to the left; comparisons do not group at all.
                let left = strength + u8::from(strength == COMPARISON);
                let text = format!(
                    "{} {symbol} {}",
                    self.operand(*a, left),
                    self.operand(*b, strength + 1)
                );
                (text, strength)
            }
            Expr::Select(cond, a, b) => {
                let text = format!(
                    "select({}, {}, {})",
                    self.expr(*cond),
                    self.expr(*a),
                    self.expr(*b)
                );
                (text, PRIMARY)
            }
            Expr::FunctionTable { table, slope, args } => {
                let name = function_table_name(&self.module.mechanism, *table);
                let slope = slope.map_or(String::new(), |k| format!("'{k}"));
                (format!("{name}{slope}({})", self.list(args)), PRIMARY)
            }
            Expr::Builtin(builtin, args) => {
                (format!("{}({})", builtin.name(), self.list(args)), PRIMARY)
            }
        };
        if strength < outer {
            format!("({text})")
        } else {
            text
        }
    }

    fn place(&self, place: Place) -> String {
        let mechanism = &self.module.mechanism;
        let index = || place.index().map_or(String::new(), |i| self.expr(i));
        match place {
            Place::Column(column) => {
                format!("self.{}", element(mechanism, Storage::Column, column))
            }
            Place::ColumnAt { base, .. } => {
                let name = array(mechanism, Storage::Column, base);
                format!("self.{name}[{}]", index())
            }
            Place::Global(global) => {
                format!("global.{}", element(mechanism, Storage::Global, global))
            }
            Place::GlobalAt { base, .. } => {
                let name = array(mechanism, Storage::Global, base);
                format!("global.{name}[{}]", index())
            }
            Place::Sim(var) => sim_name(var).to_owned(),
            Place::Node(var) => format!("node.{}", node_name(var)),
            Place::Ion(ion, var) => format!("ion.{}", ion_name(mechanism, ion, var)),
            Place::Arg(arg) => format!("arg[{arg}]"),
            Place::Flag => "flag".to_owned(),
            Place::NetConArg { arg, .. } => format!("netcon[{}].arg[{arg}]", index()),
            Place::NetConCount => "netcon.count".to_owned(),
            Place::FunctionTableGiven(table) => {
                format!("given({})", function_table_name(mechanism, table))
            }
            Place::Pointer(pointer) => format!("*self.{}", pointer_name(mechanism, pointer)),
            Place::Table { table, column, .. } => format!("table{table}[{}].{column}", index()),
            Place::LocalArray { array, .. } => {
                let name = self
                    .body
                    .arrays
                    .get(array as usize)
                    .map_or("?", |a| &a.name);
                format!("a{array}:{name}[{}]", index())
            }
        }
    }
}

const COMPARISON: u8 = 3;
const PREFIX: u8 = 6;
const PRIMARY: u8 = 7;

fn symbol(op: BinaryOp) -> (&'static str, u8) {
    match op {
        BinaryOp::Or => ("||", 1),
        BinaryOp::And => ("&&", 2),
        BinaryOp::Lt => ("<", COMPARISON),
        BinaryOp::Le => ("<=", COMPARISON),
        BinaryOp::Gt => (">", COMPARISON),
        BinaryOp::Ge => (">=", COMPARISON),
        BinaryOp::Eq => ("==", COMPARISON),
        BinaryOp::Ne => ("!=", COMPARISON),
        BinaryOp::Add => ("+", 4),
        BinaryOp::Sub => ("-", 4),
        BinaryOp::Mul => ("*", 5),
        BinaryOp::Div => ("/", 5),
        BinaryOp::BitAnd => ("&", 4),
        BinaryOp::BitOr => ("|", 4),
        BinaryOp::BitXor => ("^", 4),
        BinaryOp::ShiftLeft => ("<<", 4),
        BinaryOp::ShiftRight => (">>", 4),
    }
}

fn local(body: &Body, id: LocalId) -> String {
    let Some(local) = body.locals.get(id.index()) else {
        return id.to_string();
    };
    let ty = match local.ty {
        Type::F64 => "",
        Type::I64 => "i",
        Type::Bool => "b",
    };
    // `l3i:row`: the type is visible where it is not the usual one.
    if local.name.is_empty() {
        format!("{id}{ty}")
    } else {
        format!("{id}{ty}:{}", local.name)
    }
}

fn method_name(method: Method) -> &'static str {
    match method {
        Method::Cnexp => "cnexp",
        Method::Euler => "euler",
        Method::Derivimplicit => "derivimplicit",
        Method::Sparse => "sparse",
        Method::Runge => "runge",
        Method::Simeq => "simeq",
        Method::Newton => "newton",
        Method::Call => "call",
    }
}

fn sim_name(var: SimVar) -> &'static str {
    match var {
        SimVar::T => "t",
        SimVar::Dt => "dt",
        SimVar::Celsius => "celsius",
        SimVar::SecondOrder => "secondorder",
        SimVar::VariableStep => "variable_step",
    }
}

fn node_name(var: NodeVar) -> &'static str {
    match var {
        NodeVar::V => "v",
        NodeVar::Rhs => "rhs",
        NodeVar::D => "d",
        NodeVar::Area => "area",
        NodeVar::Diam => "diam",
    }
}

fn ion_name(mechanism: &Mechanism, ion: u32, var: IonVar) -> String {
    let name = mechanism.ions.get(ion as usize).map_or("?", |i| &i.name);
    let field = match var {
        IonVar::Erev => "erev",
        IonVar::Ci => "ci",
        IonVar::Co => "co",
        IonVar::Cur => "cur",
        IonVar::DcurDv => "dcur_dv",
    };
    format!("{name}.{field}")
}

/// The element that lies `at` its storage, by name: `m`, `ca[2]`.
fn element(mechanism: &Mechanism, storage: Storage, at: u32) -> String {
    let at = at as usize;
    let found = mechanism
        .variables
        .iter()
        .find(|v| v.storage == storage && (v.offset..v.offset + v.len()).contains(&at));
    match found {
        Some(v) if v.array_len.is_some() => format!("{}[{}]", v.name, at - v.offset),
        Some(v) => v.name.clone(),
        None => format!("#{at}"),
    }
}

/// The array that begins at `base`, by name.
fn array(mechanism: &Mechanism, storage: Storage, base: u32) -> String {
    mechanism
        .variables
        .iter()
        .find(|v| v.storage == storage && v.offset == base as usize)
        .map_or(format!("#{base}"), |v| v.name.clone())
}

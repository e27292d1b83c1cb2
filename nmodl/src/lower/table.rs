//! TABLE: a FUNCTION or PROCEDURE of one argument whose results are tabulated.
//!
//! The function of the file becomes a look-up with linear interpolation that calls the exact
//! body if `usetable_SUFFIX` is 0; the `tables` kernel calls the exact body once for each knot,
//! and again whenever a DEPEND variable has changed. As in NEURON, knots are made by repeated
//! addition, values beyond the ends are those at the ends, and the bounds are evaluated when
//! the table is made.
//!
//! All instances share a table, which is made with one of them: with its values of all variables
//! that the exact body reads, and what the body assigns stays in it as the last row left it. (The
//! kernel runs for no instance: `takes` and `leaves` go through the globals block.) PARAMETERs of
//! the instance, and other variables of it in DEPEND, are the table's keys: it is made again when
//! these change, and an instance with other values interpolates between two knots that it computes,
//! so that its results are those that it has alone. (In NEURON's code for threads all others use the
//! table.) What depends on the potential is not tabulated.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowering;
use super::body::{BodyLowering, Context};
use super::dependence::{self, Uses};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::call_graph::CallGraph;
use crate::ir::{self, BinaryOp, Body, Expr, ExprId, FunctionId, Place, Stmt, Type, UnaryOp};
use crate::mechanism::{self, Storage, TableKey};
use crate::sema::{CallableDeclaration, Symbol};
use crate::syntax::ast;

/// A TABLE: what the description says, and the code that fills it.
pub(super) struct TableBody {
    pub(super) description: mechanism::Table,
    /// The callable that holds it.
    callable: usize,
    exact: FunctionId,
    globals: TableGlobals,
    keys: Vec<Key>,
    takes: Vec<TableKey>,
    leaves: Vec<TableKey>,
    /// Places that receive the tabulated values; `None`: the function's result.
    outputs: Vec<Option<Place>>,
}

/// Where a table keeps its state in the globals block.
#[derive(Clone, Copy)]
struct TableGlobals {
    made: u32,
    low: u32,
    scale: u32,
    first_saved: u32,
}

/// A variable of the instance on which a table's values depend.
#[derive(Clone, Copy)]
struct Key {
    column: u32,
    /// The value with which the table was made.
    made_with: u32,
}

/// What of an instance is of use to a table.
#[derive(Default)]
struct OfInstance {
    /// Columns of the keys.
    keys: Vec<usize>,
    /// Columns that the exact body reads or assigns.
    takes: Vec<usize>,
    /// Those of them that it assigns.
    leaves: Vec<usize>,
}

/// What a look-up needs.
struct LookUp<'t> {
    statement: &'t ast::Table,
    exact: FunctionId,
    table: u32,
    intervals: i64,
    usetable: u32,
    globals: TableGlobals,
    keys: &'t [Key],
    outputs: &'t [Option<Place>],
}

const USETABLE: &str = "usetable";

/// Elements of an array of the instance that a table may read or assign.
const LONGEST_ARRAY: usize = 10_000;

/// Values that a table may hold.
const LARGEST: i64 = 10_000_000;

impl<'a> Lowering<'a> {
    /// The `usetable` global, made when it is first needed.
    fn usetable(&mut self, span: crate::source::Span) -> u32 {
        match self.added.iter().find(|v| v.name == USETABLE) {
            Some(known) => known.offset as u32,
            None => self.internal_global(USETABLE.to_owned(), 1.0, true, span),
        }
    }

    /// What `usetable` means in a file that has a TABLE.
    pub(super) fn usetable_by_name(&mut self, name: &ast::Ident) -> Option<Place> {
        (name.name == USETABLE)
            .then(|| self.usetable_place(name.span))
            .flatten()
    }

    /// The place of `usetable`, of a file that has a TABLE.
    pub(super) fn usetable_place(&mut self, span: crate::source::Span) -> Option<Place> {
        let is_table = |s: &ast::Statement| matches!(s, ast::Statement::Table(_));
        let mut callables = self.symbols.callables.iter();
        let tabulates = callables.any(|c| c.statements.iter().any(is_table));
        tabulates.then(|| Place::Global(self.usetable(span)))
    }

    /// Puts tables before the callables that have them.
    pub(super) fn tabulate(&mut self) {
        let uses = dependence::of_functions(self);
        let mut passed = BTreeMap::new();
        for index in 0..self.symbols.callables.len() {
            let node = self.symbols.callables[index];
            let mut tables = node.statements.iter().filter_map(|s| match s {
                ast::Statement::Table(table) => Some(table),
                _ => None,
            });
            let Some(table) = tables.next() else { continue };
            if let Some(second) = tables.next() {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::MisplacedStatement,
                        format!("a second TABLE in `{}`", node.name.name),
                    )
                    .at(second.span, "a FUNCTION or PROCEDURE has one at most")
                    .see(table.span, "the first one is here"),
                );
                continue;
            }
            if let Some((outputs, intervals)) = self.shape(index, table) {
                let usetable = self.usetable(table.span);
                if let Some(of_instance) = self.of_instance(index, table, &uses) {
                    let shape = (outputs, intervals);
                    self.put_table(index, table, shape, usetable, of_instance, &mut passed);
                }
            }
        }
    }

    /// What a TABLE holds, and its number of intervals.
    fn shape(&mut self, index: usize, table: &'a ast::Table) -> Option<(Vec<Option<Place>>, i64)> {
        let declaration = self.symbols.callables[index];
        let node = declaration;
        if node.arguments.len() != 1 {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::ArgumentCount,
                    format!(
                        "TABLE in `{}`, which has {} arguments",
                        node.name.name,
                        node.arguments.len()
                    ),
                )
                .at(
                    table.span,
                    "only functions of one argument can be tabulated",
                )
                .see(node.name.span, "declared here"),
            );
            return None;
        }
        let outputs = self.table_outputs(declaration, table)?;
        let intervals = match &table.with {
            ast::Integer::Literal { value, .. } => Some(*value),
            ast::Integer::Name(define) => match self.symbols.names.get(&define.name) {
                Some(&Symbol::Define(value)) => Some(value),
                _ => None,
            },
        };
        let Some(intervals) = intervals.filter(|n| (1..=LARGEST).contains(n)) else {
            self.diagnostics.push(
                Diagnostic::new(Code::ArrayLength, "the number of intervals of a TABLE").at(
                    table.with.span(),
                    format!("must be a whole number between 1 and {LARGEST}"),
                ),
            );
            return None;
        };
        if outputs.len() as i64 > LARGEST / intervals {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::TooLarge,
                    format!("a TABLE of {intervals} times {} values", outputs.len()),
                )
                .at(table.span, format!("at most {LARGEST} values")),
            );
            return None;
        }
        Some((outputs, intervals))
    }

    /// What a table needs of an instance. If it depends on what is not in memory of the instance,
    /// the exact code stays, and a warning says so.
    fn of_instance(
        &mut self,
        index: usize,
        table: &'a ast::Table,
        uses: &[Uses],
    ) -> Option<OfInstance> {
        let mut bounds = BodyLowering::new(self, Context::Generated);
        bounds.real(&table.from);
        bounds.real(&table.to);
        for name in &table.depend {
            bounds.real(&variable(name));
        }
        let bounds = bounds.finish();
        let mut all = dependence::of_body(&self.symbols.mechanism, &bounds, uses);
        all.extend(&uses[index]);
        let procedure = &self.symbols.callables[index].name.name;
        let mut of_instance = OfInstance::default();
        for what in all.dependences() {
            let warning = |message: String| Diagnostic::new(Code::TableNotUsed, message);
            let Some(variable) = self.column_of(what) else {
                let message =
                    format!("`{procedure}` is not tabulated, since it depends on `{what}`");
                let own =
                    format!("all instances would share this table, and each has its own `{what}`");
                self.diagnostics.push(
                    warning(message)
                        .at(table.span, own)
                        .note("the values are computed exactly instead"),
                );
                return None;
            };
            let depend = table.depend.iter().any(|each| each.name == what);
            let scalar = variable.array_len.is_none();
            if scalar && (depend || variable.role == mechanism::Role::Parameter) {
                of_instance.keys.extend(columns(variable));
            } else {
                let message =
                    format!("`{procedure}` is tabulated with the `{what}` of one instance");
                let own = format!("all instances share this table, and each has its own `{what}`");
                let when = match self.symbols.code_for_threads {
                    true => {
                        "with what it is before INITIAL, as in NEURON: later changes have no effect"
                    }
                    false => {
                        "with what it is at the first look-up, as in NEURON: later changes have no effect"
                    }
                };
                let found = warning(message).at(table.span, own).note(when);
                self.diagnostics.push(found);
            }
        }
        for what in all.all() {
            if let Some(variable) = self.column_of(what) {
                of_instance.takes.extend(columns(variable));
                if all.assigns(what) {
                    of_instance.leaves.extend(columns(variable));
                }
            }
        }
        Some(of_instance)
    }

    /// The variable of the instance that has this name.
    fn column_of(&self, name: &str) -> Option<&mechanism::Variable> {
        let variable = match self.symbols.names.get(name) {
            Some(&Symbol::Variable(index)) => &self.symbols.mechanism.variables[index],
            _ => return None,
        };
        let short = variable.len() <= LONGEST_ARRAY;
        (variable.storage == Storage::Column && short).then_some(variable)
    }

    /// The callable's body becomes a look-up, its exact code a function of its own.
    fn put_table(
        &mut self,
        callable: usize,
        table: &'a ast::Table,
        (outputs, intervals): (Vec<Option<Place>>, i64),
        usetable: u32,
        of_instance: OfInstance,
        passed: &mut BTreeMap<usize, usize>,
    ) {
        let node = self.symbols.callables[callable];
        let name = &node.name.name;
        let mut internal = |what: &str| {
            self.internal_global(format!("{name} table {what}"), 0.0, false, table.span)
        };
        let (made, low, scale) = (internal("made"), internal("low"), internal("scale"));
        let saved: Vec<u32> = table.depend.iter().map(|d| internal(&d.name)).collect();
        let globals = TableGlobals {
            made,
            low,
            scale,
            first_saved: saved.first().copied().unwrap_or(0),
        };
        let key = |column: usize| Key {
            column: column as u32,
            made_with: internal(&format!("with {column}")),
        };
        let keys: Vec<Key> = of_instance.keys.into_iter().map(key).collect();
        let eager = self.symbols.code_for_threads;
        let mut pass = |columns: Vec<usize>| -> Vec<TableKey> {
            let exchange = columns.into_iter().map(|column| {
                let global = *passed.entry(column).or_insert_with(|| {
                    let name = format!("tables column {column}");
                    self.internal_global(name, 0.0, false, table.span) as usize
                });
                TableKey { column, global }
            });
            exchange.collect()
        };
        let takes = pass(of_instance.takes);
        let mut leaves = pass(of_instance.leaves);
        if !eager {
            // The look-up follows at once.
            let is_output =
                |key: &TableKey| outputs.contains(&Some(Place::Column(key.column as u32)));
            leaves.retain(|key| !is_output(key));
        }
        let exact = FunctionId(self.functions.len() as u32);
        let index = self.tables.len() as u32;
        let parts = LookUp {
            statement: table,
            exact,
            table: index,
            intervals,
            usetable,
            globals,
            keys: &keys,
            outputs: &outputs,
        };
        let body = self.look_up(node, parts);
        let function = &mut self.functions[callable];
        let exact_function = ir::Function {
            name: format!("{name} (exact)"),
            kind: function.kind,
            unknowns: None,
            body: std::mem::replace(&mut function.body, body),
        };
        self.functions.push(exact_function);
        self.tables.push(TableBody {
            description: mechanism::Table {
                procedure: name.clone(),
                intervals: intervals as usize,
                columns: outputs.len(),
                takes: takes.clone(),
                leaves: leaves.clone(),
                eager,
                made: made as usize,
                outputs: outputs
                    .iter()
                    .copied()
                    .flatten()
                    .filter_map(global)
                    .collect(),
                at_initial: mechanism::AtInitial::Before,
                assigned: Vec::new(),
            },
            callable,
            exact,
            globals,
            keys,
            takes,
            leaves,
            outputs,
        });
    }

    fn table_outputs(
        &mut self,
        declaration: CallableDeclaration<'a>,
        table: &'a ast::Table,
    ) -> Option<Vec<Option<Place>>> {
        if declaration.is_function {
            if let Some(name) = table.names.first() {
                self.diagnostics.push(
                    Diagnostic::new(Code::MisplacedStatement, "TABLE with names in a FUNCTION").at(
                        name.span,
                        "the table of a FUNCTION holds its result: leave the names out",
                    ),
                );
                return None;
            }
            return Some(vec![None]);
        }
        if table.names.is_empty() {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::MisplacedStatement,
                    "TABLE without names in a PROCEDURE",
                )
                .at(table.span, "name the variables that the PROCEDURE computes"),
            );
            return None;
        }
        let mut outputs = Vec::new();
        for name in &table.names {
            let variable = match self.symbols.names.get(&name.name) {
                Some(&Symbol::Variable(index)) => Some(&self.symbols.mechanism.variables[index]),
                _ => None,
            };
            let Some(variable) = variable else {
                let mut lowering = BodyLowering::new(self, Context::Generated);
                lowering.unknown_name(name, "variable of a TABLE");
                return None;
            };
            let base = variable.offset as u32;
            for element in 0..variable.len() as u32 {
                outputs.push(Some(match variable.storage {
                    Storage::Column => Place::Column(base + element),
                    Storage::Global => Place::Global(base + element),
                }));
            }
        }
        Some(outputs)
    }

    /// The body that looks the table up.
    fn look_up(&mut self, node: CallableDeclaration<'a>, parts: LookUp<'_>) -> Body {
        let mut b = BodyLowering::new(self, Context::Generated);
        let result_name = parts
            .outputs
            .contains(&None)
            .then_some(node.name.name.as_str());
        b.parameters(node.arguments, result_name);
        let x = b.body.params[0];
        let result = b.body.result;
        let enabled = b.load(Place::Global(parts.usetable));
        let zero = b.f64(0.0);
        let enabled = b.body.exprs.binary(BinaryOp::Ne, enabled, zero);
        let exactly = b.nested(|b| {
            let args = vec![b.get(x)];
            b.out.push(Stmt::Call {
                result,
                function: parts.exact,
                args,
            });
        });
        let mut by_table = b.nested(|b| b.from_table(x, &parts));
        if let Some(same) = b.has_keys(parts.keys) {
            let otherwise = b.nested(|b| b.from_own_knots(x, &parts));
            by_table = vec![Stmt::If {
                cond: same,
                then: by_table,
                otherwise,
            }];
        }
        b.out.push(Stmt::If {
            cond: enabled,
            then: by_table,
            otherwise: exactly,
        });
        b.finish()
    }

    /// The kernel that fills the tables, callees before callers.
    pub(super) fn tables_kernel(&mut self) -> Option<ir::Kernel> {
        if self.tables.is_empty() {
            return None;
        }
        let order = self.table_order();
        let tables = std::mem::take(&mut self.tables);
        let usetable = self.usetable(Default::default());
        let sorted = |pick: fn(&TableBody) -> &[TableKey]| {
            BTreeSet::from_iter(tables.iter().flat_map(pick).copied())
        };
        let (takes, leaves) = (sorted(|t| &t.takes), sorted(|t| &t.leaves));
        let mut b = BodyLowering::new(self, Context::Generated);
        for TableKey { column, global } in takes {
            let value = b.load(Place::Global(global as u32));
            b.out.push(Stmt::Store(Place::Column(column as u32), value));
        }
        for index in order {
            b.fill_table(index, &tables[index], usetable);
        }
        for TableKey { column, global } in leaves {
            let value = b.load(Place::Column(column as u32));
            b.out.push(Stmt::Store(Place::Global(global as u32), value));
        }
        let body = b.finish();
        self.tables = tables;
        Some(ir::Kernel {
            kind: ir::KernelKind::Tables,
            body,
        })
    }

    /// Indices of the tables in the order of the file, but one whose exact body uses another comes
    /// after it. (NEURON's code for threads keeps the order of the file then, and makes one table
    /// with what it has not computed yet.)
    fn table_order(&self) -> Vec<usize> {
        let roots = self.tables.iter().map(|table| table.callable);
        let (functions, _) = CallGraph::new(&self.functions).callees_first_of(roots);
        let table_of = |function: &FunctionId| {
            self.tables
                .iter()
                .position(|t| t.callable == function.index())
        };
        functions.iter().filter_map(table_of).collect()
    }
}

impl BodyLowering<'_, '_> {
    /// Whether the instance has the values with which the table was made; `None`: any has.
    fn has_keys(&mut self, keys: &[Key]) -> Option<ExprId> {
        let mut all = None;
        for key in keys {
            let own = self.load(Place::Column(key.column));
            let made_with = self.load(Place::Global(key.made_with));
            let exprs = &mut self.body.exprs;
            let same = exprs.binary(BinaryOp::Eq, own, made_with);
            all = Some(match all {
                Some(others) => exprs.binary(BinaryOp::And, others, same),
                None => same,
            });
        }
        all
    }

    /// The outputs, from the table.
    fn from_table(&mut self, x: ir::LocalId, parts: &LookUp<'_>) {
        let low = self.load(Place::Global(parts.globals.low));
        let scale = self.load(Place::Global(parts.globals.scale));
        let (row, theta) = self.table_position(x, parts.intervals, low, scale);
        for (column, output) in parts.outputs.iter().enumerate() {
            let (row, theta) = (self.get(row), self.get(theta));
            let exprs = &mut self.body.exprs;
            let one = exprs.i64(1);
            let next = exprs.binary(BinaryOp::Add, row, one);
            let [low, high] = [row, next].map(|row| {
                exprs.add(Expr::TableValue {
                    table: parts.table,
                    column: column as u32,
                    row,
                })
            });
            let value = self.interpolated(low, high, theta);
            self.put_output(*output, value);
        }
    }

    /// The outputs, from the two knots around `x` with the values of this instance.
    fn from_own_knots(&mut self, x: ir::LocalId, parts: &LookUp<'_>) {
        let (low, step) = self.knots(parts.statement, parts.intervals);
        let (one, step_value) = (self.f64(1.0), self.get(step));
        let scale = self.body.exprs.binary(BinaryOp::Div, one, step_value);
        let low_value = self.get(low);
        let (row, theta) = self.table_position(x, parts.intervals, low_value, scale);
        let (row, step_value, low_value) = (self.get(row), self.get(step), self.get(low));
        let exprs = &mut self.body.exprs;
        let row = exprs.unary(UnaryOp::ToReal, row);
        let offset = exprs.binary(BinaryOp::Mul, row, step_value);
        let below = exprs.binary(BinaryOp::Add, low_value, offset);
        let below = self.assign_new("knot", below);
        let at_below = self.exact_outputs(parts, below);
        let (below, step_value) = (self.get(below), self.get(step));
        let above = self.body.exprs.binary(BinaryOp::Add, below, step_value);
        let above = self.assign_new("knot", above);
        let at_above = self.exact_outputs(parts, above);
        for ((output, low), high) in parts.outputs.iter().zip(at_below).zip(at_above) {
            let (low, high, theta) = (self.get(low), self.get(high), self.get(theta));
            let value = self.interpolated(low, high, theta);
            self.put_output(*output, value);
        }
    }

    /// Locals with what the exact body computes.
    fn exact_outputs(&mut self, parts: &LookUp<'_>, x: ir::LocalId) -> Vec<ir::LocalId> {
        let args = vec![self.get(x)];
        let result = parts.outputs.contains(&None).then(|| self.fresh("value"));
        self.out.push(Stmt::Call {
            result,
            function: parts.exact,
            args,
        });
        let mut values = Vec::new();
        for output in parts.outputs {
            values.extend(match *output {
                Some(place) => {
                    let value = self.load(place);
                    Some(self.assign_new("value", value))
                }
                None => result,
            });
        }
        values
    }

    /// `low + theta*(high - low)`
    fn interpolated(&mut self, low: ExprId, high: ExprId, theta: ExprId) -> ExprId {
        let exprs = &mut self.body.exprs;
        let rise = exprs.binary(BinaryOp::Sub, high, low);
        let part = exprs.binary(BinaryOp::Mul, theta, rise);
        exprs.binary(BinaryOp::Add, low, part)
    }

    fn put_output(&mut self, output: Option<Place>, value: ExprId) {
        match (output, self.body.result) {
            (Some(place), _) => self.out.push(Stmt::Store(place, value)),
            (None, Some(result)) => self.out.push(Stmt::Assign(result, value)),
            (None, None) => {}
        }
    }

    /// The first knot, and the distance between two.
    fn knots(&mut self, statement: &ast::Table, intervals: i64) -> (ir::LocalId, ir::LocalId) {
        let low = self.real(&statement.from);
        let low = self.assign_new("low", low);
        let high = self.real(&statement.to);
        let low_value = self.get(low);
        let count = self.f64(intervals as f64);
        let range = self.body.exprs.binary(BinaryOp::Sub, high, low_value);
        let step = self.body.exprs.binary(BinaryOp::Div, range, count);
        (low, self.assign_new("step", step))
    }

    /// Row and fraction for the look-up of local `x`.
    fn table_position(
        &mut self,
        x: ir::LocalId,
        intervals: i64,
        low: ExprId,
        scale: ExprId,
    ) -> (ir::LocalId, ir::LocalId) {
        let x = self.get(x);
        let exprs = &mut self.body.exprs;
        let offset = exprs.binary(BinaryOp::Sub, x, low);
        let position = exprs.binary(BinaryOp::Mul, scale, offset);
        let (zero, last) = (exprs.f64(0.0), exprs.f64(intervals as f64));
        let last_row = exprs.f64((intervals - 1) as f64);
        // Comparisons are arranged so that NaN stays NaN (and takes row 0).
        let above = exprs.binary(BinaryOp::Ge, position, last);
        let position = exprs.add(Expr::Select(above, last, position));
        let below = exprs.binary(BinaryOp::Le, position, zero);
        let position = exprs.add(Expr::Select(below, zero, position));
        let position = self.assign_new("table_position", position);
        let position = self.get(position);
        let exprs = &mut self.body.exprs;
        let beyond = exprs.binary(BinaryOp::Ge, position, last_row);
        let row = exprs.add(Expr::Select(beyond, last_row, position));
        let row = exprs.unary(UnaryOp::ToInt, row);
        let row = self.assign_new("table_row", row);
        let whole = self.get(row);
        let whole = self.body.exprs.unary(UnaryOp::ToReal, whole);
        let theta = self.body.exprs.binary(BinaryOp::Sub, position, whole);
        let theta = self.assign_new("table_theta", theta);
        (row, theta)
    }

    /// `if (usetable and something changed) fill`. The instance's columns are the kernel's own
    /// here.
    fn fill_table(&mut self, index: usize, table: &TableBody, usetable: u32) {
        let node = self.unit.symbols.callables[table.callable];
        let Some(statement) = node.statements.iter().find_map(|s| match s {
            ast::Statement::Table(table) => Some(table),
            _ => None,
        }) else {
            return;
        };
        let globals = table.globals;
        let depends: Vec<ExprId> = statement
            .depend
            .iter()
            .map(|name| self.real(&variable(name)))
            .collect();
        let zero = self.f64(0.0);
        let made = self.load(Place::Global(globals.made));
        let mut stale = self.body.exprs.binary(BinaryOp::Eq, made, zero);
        for (k, &value) in depends.iter().enumerate() {
            let saved = self.load(Place::Global(globals.first_saved + k as u32));
            let changed = self.body.exprs.binary(BinaryOp::Ne, value, saved);
            stale = self.body.exprs.binary(BinaryOp::Or, stale, changed);
        }
        for key in &table.keys {
            let wanted = self.load(Place::Column(key.column));
            let made_with = self.load(Place::Global(key.made_with));
            let changed = self.body.exprs.binary(BinaryOp::Ne, wanted, made_with);
            stale = self.body.exprs.binary(BinaryOp::Or, stale, changed);
        }
        let enabled = self.load(Place::Global(usetable));
        let enabled = self.body.exprs.binary(BinaryOp::Ne, enabled, zero);
        let cond = self.body.exprs.binary(BinaryOp::And, enabled, stale);
        let then = self.nested(|b| b.fill(index as u32, table, statement, &depends));
        self.out.push(Stmt::If {
            cond,
            then,
            otherwise: Vec::new(),
        });
    }

    fn fill(&mut self, index: u32, table: &TableBody, statement: &ast::Table, depends: &[ExprId]) {
        let globals = table.globals;
        let intervals = table.description.intervals as i64;
        let (low, step) = self.knots(statement, intervals);
        let low_value = self.get(low);
        let one = self.f64(1.0);
        let step_value = self.get(step);
        let scale = self.body.exprs.binary(BinaryOp::Div, one, step_value);
        self.out
            .push(Stmt::Store(Place::Global(globals.low), low_value));
        self.out
            .push(Stmt::Store(Place::Global(globals.scale), scale));
        let x = self.assign_new("x", low_value);
        let (first, last) = (self.body.exprs.i64(0), self.body.exprs.i64(intervals));
        let row = self.body.local("row", Type::I64);
        let body = self.nested(|b| {
            let args = vec![b.get(x)];
            let result = table.outputs.contains(&None).then(|| b.fresh("value"));
            b.out.push(Stmt::Call {
                result,
                function: table.exact,
                args,
            });
            let row = b.get(row);
            for (column, output) in table.outputs.iter().enumerate() {
                let value = match (output, result) {
                    (Some(place), _) => b.load(*place),
                    (None, Some(result)) => b.get(result),
                    (None, None) => continue,
                };
                let place = Place::Table {
                    table: index,
                    column: column as u32,
                    row,
                };
                b.out.push(Stmt::Store(place, value));
            }
            let (now, step) = (b.get(x), b.get(step));
            let next = b.body.exprs.binary(BinaryOp::Add, now, step);
            b.out.push(Stmt::Assign(x, next));
        });
        self.out.push(Stmt::For {
            index: row,
            from: first,
            to: last,
            body,
        });
        self.out.push(Stmt::Store(Place::Global(globals.made), one));
        for (k, &value) in depends.iter().enumerate() {
            self.out.push(Stmt::Store(
                Place::Global(globals.first_saved + k as u32),
                value,
            ));
        }
        for key in &table.keys {
            let wanted = self.load(Place::Column(key.column));
            self.out
                .push(Stmt::Store(Place::Global(key.made_with), wanted));
        }
    }
}

/// The columns of a variable.
fn columns(variable: &mechanism::Variable) -> std::ops::Range<usize> {
    variable.offset..variable.offset + variable.len()
}

/// The double of the globals block, if it is one.
fn global(place: Place) -> Option<usize> {
    match place {
        Place::Global(offset) => Some(offset as usize),
        _ => None,
    }
}

/// A use of a name.
pub(super) fn variable(name: &ast::Ident) -> ast::Expr {
    ast::Expr::Variable(ast::Variable {
        name: name.clone(),
        order: 0,
        back: None,
        index: None,
        span: name.span,
    })
}

//! Syntax tree to IR.
//!
//! One [`ir::Function`] for each FUNCTION, PROCEDURE and equation block, one [`ir::Kernel`] for
//! each entry point that the mechanism needs. What NMODL says is kept: calls, SOLVEs, reactions
//! and derivatives are statements of the IR that the passes take apart later. Names are
//! resolved here, and everything that is wrong with statements and expressions is reported
//! here; all bodies are lowered, whether a kernel needs them or not, so that all errors of a
//! file are found at once.
//!
//! # What a kernel consists of
//!
//! | kernel | from | before | after |
//! |---|---|---|---|
//! | `tables` | TABLE statements | | |
//! | `initial` | INITIAL | ion copies, states to their initial values | concentrations to the ions |
//! | `current` | BREAKPOINT without its SOLVEs, if the mechanism has a current | ion copies | concentrations; currents and conductances accumulated |
//! | `state` | the SOLVEs of BREAKPOINT (all of it if there is no current) | ion copies | concentrations to the ions |
//! | `net_receive` | NET_RECEIVE | concentrations that it names | those that are STATEs to the ions |
//! | `net_initial` | INITIAL in NET_RECEIVE | as `net_receive` | as `net_receive` |
//! | `watch` | WATCH conditions, each under its being active | | |
//! | `diffusion` | LONGITUDINAL_DIFFUSION and COMPARTMENT | | |
//! | `before_…`, `after_…` | BEFORE and AFTER blocks | ion copies | concentrations to the ions, currents added to the ions' |
//!
//! As in NEURON, ion variables are copies that the instance keeps: a change that WRITE does not
//! announce is lost, and NET_RECEIVE sees what the last kernel saw.

mod body;
mod call;
mod dependence;
mod derivative;
mod diffusion;
mod equation;
mod event;
mod expression;
mod kernel;
mod kinetic;
mod lag;
mod leave;
mod lifetime;
mod printf;
mod refused;
mod scop;
mod solve;
mod statement;
mod table;
mod variable_step;
mod verbatim;

use std::collections::{BTreeSet, HashSet};

use crate::diagnostic::{Code, Diagnostic, has_errors};
use crate::ir::call_graph::CallGraph;
use crate::ir::{self, Body, FunctionId, FunctionKind, PlaceId};
use crate::mechanism::{
    AtInitial, Diffusion, Place, PointerKind, Role, Storage, Variable, VariableStep,
};
use crate::pass;
use crate::sema::{EquationKind, Symbols};
use crate::source::{SourceMap, Span};
use crate::syntax::ast;
use crate::verbatim::header::Headers;

use body::{BodyLowering, Context};
use event::Watches;

/// Statements that unrolled loops may make of a file.
const MOST_UNROLLED: usize = 50_000;
/// Expressions of a body beyond which no loop is unrolled.
const MOST_EXPRESSIONS: usize = 2_000_000;

/// Lowers a file whose declarations are `symbols`, and whose C includes `headers`. The module is
/// there if nothing is wrong.
pub fn lower(
    symbols: Symbols<'_>,
    sources: &SourceMap,
    headers: &Headers,
) -> (Option<ir::Module>, Vec<Diagnostic>) {
    let mut mechanism = symbols.mechanism.clone();
    let mut lowering = Lowering {
        symbols: &symbols,
        sources,
        headers,
        diagnostics: Vec::new(),
        functions: Vec::new(),
        tables: Vec::new(),
        places: Vec::new(),
        added: Vec::new(),
        columns: mechanism.columns,
        globals: mechanism.globals,
        watches: Watches::default(),
        diffusions: Vec::new(),
        variable_step: VariableStep::default(),
        ode: None,
        derivatives: derivative::Derivatives::default(),
        lags: Vec::new(),
        refused: Vec::new(),
        framed: HashSet::new(),
        visits_netcons: false,
        unknown: HashSet::new(),
        unrolled: Some(0),
        too_deep: false,
        c: verbatim::CFile::default(),
    };
    lowering.find_derivatives();
    lowering.find_lags();
    lowering.c_file();
    lowering.functions();
    lowering.check_lifetime();
    lowering.find_recursion();
    lowering.tabulate();
    let kernels = lowering.kernels();
    lowering.settle_refused(&kernels);
    lowering.no_hoc_within(&kernels);
    let vector_methods = lowering.vector_methods();
    let Lowering {
        diagnostics,
        functions,
        tables,
        places,
        added,
        columns,
        globals,
        watches,
        diffusions,
        variable_step,
        ode,
        visits_netcons,
        derivatives,
        lags,
        mut c,
        ..
    } = lowering;
    if has_errors(&diagnostics) {
        return (None, diagnostics);
    }
    mechanism.tables = tables.into_iter().map(|t| t.description).collect();
    mechanism.places = places;
    let new = watches.variables().chain(diffusion::variables(&diffusions));
    let new = new.chain(derivatives.variables(&symbols));
    let new = new.chain(lags.iter().map(lag::Lag::variable));
    let mut new: Vec<Variable> = new.chain(c.columns()).collect();
    new.sort_by_key(|variable| variable.offset);
    event::insert_columns(&mut mechanism.variables, new);
    mechanism.vector_methods = vector_methods;
    mechanism.pointers.extend(c.pointers());
    mechanism.diffusions = diffusions;
    mechanism.variable_step = variable_step;
    mechanism.variables.extend(added);
    mechanism.columns = columns;
    mechanism.globals = globals;
    if let Some(receive) = &mut mechanism.net_receive {
        watches.describe(receive);
        receive.visits_netcons = visits_netcons;
    }
    let mut module = ir::Module {
        mechanism,
        functions,
        kernels,
        ode,
    };
    mark_needs(&mut module);
    let (at_initial, assigned) = (
        tables_at_initial(&module),
        assigned_globals(&module.functions),
    );
    for table in &mut module.mechanism.tables {
        table.at_initial = at_initial;
        table.assigned.clone_from(&assigned);
    }
    (Some(module), diagnostics)
}

/// Doubles of the globals block that functions assign.
fn assigned_globals(functions: &[ir::Function]) -> Vec<usize> {
    let mut assigned = BTreeSet::new();
    for function in functions {
        ir::walk::for_each_stmt(&function.body.block, &mut |stmt| match stmt {
            ir::Stmt::Store(ir::Place::Global(offset), _) => {
                assigned.insert(*offset as usize);
            }
            ir::Stmt::Store(ir::Place::GlobalAt { base, len, .. }, _) => {
                assigned.extend(*base as usize..(*base + *len) as usize);
            }
            _ => {}
        });
    }
    assigned.into_iter().collect()
}

/// When tables are made: INITIAL may run twice if nothing is sent, drawn or printed.
fn tables_at_initial(module: &ir::Module) -> AtInitial {
    let is_initial = |k: &&ir::Kernel| {
        use ir::KernelKind as K;
        matches!(k.kind, K::Initial | K::BeforeInitial)
    };
    let (mut asks, mut before, mut called) = (false, false, Vec::new());
    for kernel in module.kernels.iter().filter(is_initial) {
        before |= kernel.kind == ir::KernelKind::BeforeInitial;
        ir::walk::for_each_stmt(&kernel.body.block, &mut |stmt| match stmt {
            ir::Stmt::Service { .. } => asks = true,
            ir::Stmt::Call { function, .. } => called.push(function.index()),
            ir::Stmt::Solve { block, .. } => called.push(block.index()),
            _ => {}
        });
    }
    let (reached, _) = CallGraph::new(&module.functions).callees_first_of(called);
    let mut looks_up = false;
    for function in reached {
        let body = &module.functions[function.index()].body;
        let mut rows = body.exprs.iter().map(|(_, expr)| expr);
        looks_up |= rows.any(|expr| matches!(expr, ir::Expr::TableValue { .. }));
        ir::walk::for_each_stmt(&body.block, &mut |stmt| {
            asks |= matches!(stmt, ir::Stmt::Service { .. });
        });
    }
    match (looks_up, asks || before) {
        (false, _) => AtInitial::After,
        (true, false) => AtInitial::Between,
        (true, true) => AtInitial::Before,
    }
}

/// State of lowering one file.
pub(crate) struct Lowering<'a> {
    symbols: &'a Symbols<'a>,
    sources: &'a SourceMap,
    /// Headers beside the file, which its C may include.
    headers: &'a Headers,
    diagnostics: Vec<Diagnostic>,
    /// Callables, equation blocks, functions of C, then the exact bodies behind TABLEs.
    functions: Vec<ir::Function>,
    tables: Vec<table::TableBody>,
    places: Vec<Place>,
    /// Internal globals that lowering adds.
    added: Vec<Variable>,
    /// Columns of an instance, with those that lowering adds.
    columns: usize,
    /// Doubles of the globals block, with those that lowering adds.
    globals: usize,
    /// What diffuses along the cable.
    diffusions: Vec<Diffusion>,
    variable_step: VariableStep,
    /// [`ir::Module::ode`].
    ode: Option<Body>,
    watches: Watches,
    /// Derivatives that are read, and blocks of equations that are called.
    derivatives: derivative::Derivatives,
    /// Functions whose C is not understood, with what is reported of them.
    refused: Vec<(FunctionId, Vec<Diagnostic>)>,
    /// Callables that have variables of C in memory.
    framed: HashSet<usize>,
    /// LAG statements.
    lags: Vec<lag::Lag>,
    /// FOR_NETCONS was met.
    visits_netcons: bool,
    /// Unknown names that have been reported: one message for each, where it is used first.
    unknown: HashSet<String>,
    /// Statements made of unrolled loops; `None` once there were too many.
    unrolled: Option<usize>,
    /// Statements nested too deeply have been reported.
    too_deep: bool,
    /// What VERBATIM between the blocks declares.
    c: verbatim::CFile,
}

impl<'a> Lowering<'a> {
    /// The function of the `index`th equation block.
    fn equations_id(&self, index: usize) -> FunctionId {
        FunctionId((self.symbols.callables.len() + index) as u32)
    }

    fn functions(&mut self) {
        for index in 0..self.symbols.callables.len() {
            let before = self.diagnostics.len();
            let mut function = self.callable(index);
            if self.is_of_c(before) {
                self.diagnostics.truncate(before);
                self.c.in_memory = true;
                function = self.callable(index);
                self.c.in_memory = false;
            }
            let function = self.may_refuse(index, before, function);
            self.functions.push(function);
        }
        for index in 0..self.symbols.equations.len() {
            let function = self.equation_block(index);
            self.functions.push(function);
        }
        let c = self.c_functions();
        self.functions.extend(c);
        self.evaluations();
    }

    /// Whether something is wrong among what was reported behind `before`, and only with C.
    fn is_of_c(&self, before: usize) -> bool {
        let mut errors = self.diagnostics[before..].iter().filter(|d| d.is_error());
        errors.next().is_some_and(|d| d.code == Code::Verbatim)
            && errors.all(|d| d.code == Code::Verbatim)
    }

    fn callable(&mut self, index: usize) -> ir::Function {
        let declaration = self.symbols.callables[index];
        let kind = if declaration.is_function {
            FunctionKind::Function
        } else {
            FunctionKind::Procedure
        };
        let name = &declaration.name.name;
        let result = declaration.is_function.then_some(name.as_str());
        let mut body = BodyLowering::new(self, Context::Callable);
        body.parameters(declaration.arguments, result);
        match declaration.table {
            Some(table) => body.function_table(table, declaration),
            None => body.statements(declaration.statements),
        }
        let has_frame = body.c.has_frame;
        let body = body.finish();
        if has_frame {
            self.framed.insert(index);
        }
        ir::Function {
            name: name.clone(),
            kind,
            unknowns: None,
            body,
        }
    }

    fn equation_block(&mut self, index: usize) -> ir::Function {
        let declaration = self.symbols.equations[index];
        let (context, kind) = match declaration.kind {
            EquationKind::Derivative => (Context::Derivative, FunctionKind::Derivative),
            EquationKind::Kinetic => (Context::Kinetic, FunctionKind::Kinetic),
            EquationKind::Linear => (Context::Linear, FunctionKind::Linear),
            EquationKind::Nonlinear => (Context::Nonlinear, FunctionKind::Nonlinear),
            // Reported as not supported by the analysis of declarations.
            EquationKind::Discrete => {
                return ir::Function {
                    name: declaration.node.name.name.clone(),
                    kind: FunctionKind::Procedure,
                    unknowns: None,
                    body: Body::default(),
                };
            }
        };
        let unknowns = self.unknowns(declaration.node, declaration.kind);
        let twice = context == Context::Derivative && self.is_evaluated_twice(index);
        let mut body = BodyLowering::new(self, context);
        if twice {
            body.evaluation(&declaration.node.body.statements);
        }
        if context == Context::Kinetic {
            body.kinetic_block(&declaration.node.body.statements);
        } else {
            body.statements(&declaration.node.body.statements);
        }
        let body = body.finish();
        ir::Function {
            name: declaration.node.name.name.clone(),
            kind,
            unknowns,
            body,
        }
    }

    /// Looks at every FUNCTION and PROCEDURE that calls itself, directly or through others: what
    /// cannot become a loop is reported.
    fn find_recursion(&mut self) {
        let graph = CallGraph::new(&self.functions);
        let (_, recursions) = graph.callees_first();
        let mut seen = HashSet::new();
        for recursion in recursions {
            let Some(callable) = self.symbols.callables.get(recursion.callee.index()) else {
                continue;
            };
            if !seen.insert(recursion.callee) {
                continue;
            }
            let circle = pass::recursion::circle(&graph, recursion.callee).unwrap_or_default();
            let functions = circle.iter().map(|f| &self.functions[f.index()]);
            let why = if functions
                .clone()
                .any(|f| !matches!(f.kind, FunctionKind::Function | FunctionKind::Procedure))
            {
                "equations are solved in the circle"
            } else if functions.clone().any(|f| !f.body.arrays.is_empty()) {
                "a function of the circle has LOCAL arrays"
            } else if circle.iter().any(|f| self.framed.contains(&f.index())) {
                "a function of the circle takes the address of a variable of C"
            } else if circle.len() > pass::recursion::MOST_MEMBERS {
                "too many functions are in the circle"
            } else {
                // Where each says that it goes too deep.
                for function in circle {
                    if let Some(callable) = self.symbols.callables.get(function.index()) {
                        let name = callable.name;
                        self.place(name.span, &pass::recursion::too_deep(&name.name));
                    }
                }
                continue;
            };
            let name = callable.name;
            let through = if recursion.caller == recursion.callee {
                String::new()
            } else {
                format!(
                    " through `{}`",
                    self.functions[recursion.caller.index()].name
                )
            };
            self.diagnostics.push(
                Diagnostic::new(
                    Code::Recursion,
                    format!("`{}` calls itself{through}", name.name),
                )
                .at(name.span, why),
            );
        }
    }

    /// An index for a place that a kernel may have to report.
    fn place(&mut self, span: Span, what: &str) -> PlaceId {
        let is_it = |p: &Place| p.span.same_place(span) && p.what == what;
        let known = self.places.iter().position(is_it);
        let index = known.unwrap_or_else(|| {
            self.places.push(Place {
                span,
                what: what.to_owned(),
            });
            self.places.len() - 1
        });
        PlaceId(index as u32)
    }

    /// A new internal double of the globals block.
    fn internal_global(&mut self, name: String, default: f64, visible: bool, span: Span) -> u32 {
        let offset = self.globals;
        self.globals += 1;
        self.added.push(Variable {
            name,
            role: if visible {
                Role::Parameter
            } else {
                Role::Internal
            },
            storage: Storage::Global,
            offset,
            array_len: None,
            visible,
            default,
            units: String::new(),
            limits: None,
            tolerance: None,
            span,
        });
        offset as u32
    }

    /// An array of internal doubles of the globals block that are 0.
    fn internal_zeros(&mut self, name: String, len: usize, span: Span) {
        self.internal_global(name, 0.0, false, span);
        self.globals += len - 1;
        if let Some(array) = self.added.last_mut() {
            array.array_len = Some(len);
        }
    }

    /// The place of a CONSTANT where one is needed.
    fn constant_place(&mut self, name: &ast::Ident, value: f64) -> ir::Place {
        let known = self.added.iter().find(|v| v.name == name.name);
        let offset = match known {
            Some(variable) => variable.offset as u32,
            None => self.internal_global(name.name.clone(), value, false, name.span),
        };
        ir::Place::Global(offset)
    }

    fn not_yet(&mut self, what: &str, span: Span) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::NotSupportedYet,
                format!("{what} is not supported yet"),
            )
            .at(span, ""),
        );
    }
}

/// Callables that use nothing of an instance may be called without one, and those that ask for what
/// the caller gave may be given anything.
fn mark_needs(module: &mut ir::Module) {
    let graph = CallGraph::new(&module.functions);
    let externals: Vec<u32> = (0..)
        .zip(&module.mechanism.pointers)
        .filter_map(|(n, pointer)| (pointer.kind == PointerKind::External).then_some(n))
        .collect();
    let mut needs: Vec<(bool, bool, bool)> = module
        .functions
        .iter()
        .map(|f| {
            let (instance, external) = uses_instance(&f.body, &externals);
            (instance, reads_arguments(&f.body), external)
        })
        .collect();
    // Once is enough but for functions that call themselves.
    let mut changed = true;
    while std::mem::take(&mut changed) {
        for &function in &graph.callees_first().0 {
            for callee in graph.callees(function) {
                let callee = needs[callee.index()];
                let caller = &mut needs[function.index()];
                let joined = (
                    caller.0 | callee.0,
                    caller.1 | callee.1,
                    caller.2 | callee.2,
                );
                changed |= std::mem::replace(caller, joined) != joined;
            }
        }
    }
    for method in &mut module.mechanism.vector_methods {
        (method.needs_instance, ..) = needs[method.function];
    }
    for (callable, needs) in module.mechanism.callables.iter_mut().zip(needs) {
        (
            callable.needs_instance,
            callable.reads_arguments,
            callable.uses_externals,
        ) = needs;
    }
}

fn reads_arguments(body: &Body) -> bool {
    use crate::abi::Request;
    let mut found = false;
    ir::walk::for_each_stmt(&body.block, &mut |stmt| {
        found |= matches!(
            stmt,
            ir::Stmt::Service {
                service: ir::Service::Request(
                    Request::ArgumentKind
                        | Request::ArgumentNumber
                        | Request::ArgumentVector
                        | Request::ArgumentRandom
                        | Request::ArgumentText
                        | Request::ArgumentAddress
                        | Request::ArgumentObject
                        | Request::ArgumentFile
                        | Request::ArgumentTextVariable
                        | Request::IsTemporary
                ),
                ..
            }
        );
    });
    found
}

/// Whether a body uses what an instance has of its own, and whether it uses EXTERNAL variables, which
/// are those of `externals`.
fn uses_instance(body: &Body, externals: &[u32]) -> (bool, bool) {
    let mut external = false;
    let mut pointer = |index: u32| {
        let known = externals.contains(&index);
        external |= known;
        !known
    };
    let mut instance = |place: ir::Place| match place {
        ir::Place::Pointer(index) => pointer(index),
        ir::Place::Column(_)
        | ir::Place::ColumnAt { .. }
        | ir::Place::Node(_)
        | ir::Place::Ion(..) => true,
        _ => false,
    };
    let mut found = false;
    for (_, expr) in body.exprs.iter() {
        found |= match expr {
            ir::Expr::Load(place) => instance(*place),
            ir::Expr::Pointing(index) => instance(ir::Place::Pointer(*index)),
            _ => false,
        };
    }
    ir::walk::for_each_stmt(&body.block, &mut |stmt| {
        found |= match stmt {
            ir::Stmt::Store(place, _) | ir::Stmt::Rate(place, _) => instance(*place),
            ir::Stmt::Service { service, .. } => !matches!(
                service,
                ir::Service::Print(_)
                    | ir::Service::Text(_)
                    | ir::Service::AtTime
                    | ir::Service::Scop(_)
                    | ir::Service::Request(_)
            ),
            ir::Stmt::Solve { .. } => true,
            _ => false,
        };
    });
    (found, external)
}

//! Whether NEURON's translator makes code for threads of a file.
//!
//! It does unless the file has something that threads cannot share. Here, two things depend on it:
//!
//! * the moment at which TABLEs are made (`lower::table`): code for threads makes them before
//!   INITIAL and before each step, with the first instance; other code makes them where they are
//!   looked up;
//! * the defaults of PARAMETERs that code assigns and that are not RANGE: in code for threads they
//!   begin with 0.

use std::collections::HashSet;

use crate::mechanism::{Kind, Mechanism, Role, Storage};
use crate::syntax::ast::{
    Argument, Call, Expr, Item, NeuronNamesKind, NeuronStatement, Solve, Statement,
};
use crate::syntax::walk;

/// Functions that keep something between calls.
const UNSAFE: &[&str] = &[
    "force",
    "deflate",
    "expfit",
    "derivs",
    "spline",
    "exprand",
    "gauss",
    "normrand",
    "poisrand",
    "poisson",
    "setseed",
    "scop_random",
    "boundary",
    "romberg",
    "invert",
    "stepforce",
    "schedule",
    "set_seed",
    "nrn_random_play",
];

/// Methods of a DERIVATIVE in BREAKPOINT that have no static work space.
const SAFE_METHODS: &[&str] = &["cnexp", "derivimplicit", "euler"];

/// What of a file decides.
pub(super) struct File<'f> {
    /// Its items, with those of included files.
    pub items: &'f [&'f Item],
    /// Its declarations.
    pub mechanism: &'f Mechanism,
    /// Names behind GLOBAL.
    pub globals: &'f HashSet<String>,
}

/// True if the code is for threads.
pub(super) fn has_code_for_threads(file: &File<'_>) -> bool {
    if file.mechanism.kind == Kind::Nothing {
        return false;
    }
    let solvers = file
        .items
        .iter()
        .all(|item| solves_safely(item, file.items));
    solvers && shares_nothing(file)
}

/// PARAMETERs that are not of the instance and that code assigns. Each thread has its own, which
/// begins with 0, in code for threads.
pub(super) fn assigned_parameters(file: &File<'_>) -> Vec<usize> {
    let assigned = assigned(file.items);
    let variables = file.mechanism.variables.iter().enumerate();
    let found = variables.filter(|(_, v)| {
        v.storage == Storage::Global
            && v.role == Role::Parameter
            && assigned.contains(v.name.as_str())
    });
    found.map(|(index, _)| index).collect()
}

/// Names that code assigns and that are neither LOCALs nor arguments there.
fn assigned<'f>(items: &[&'f Item]) -> HashSet<&'f str> {
    let mut found = HashSet::new();
    for item in items {
        let Some(code) = walk::code_of(item) else {
            continue;
        };
        let mut own: HashSet<&str> = arguments_of(item)
            .iter()
            .map(|a| a.name.name.as_str())
            .collect();
        walk::each_statement(code, &mut |statement| {
            if let Statement::Local(local) = statement {
                own.extend(local.names.iter().map(|n| n.name.name.as_str()));
            }
        });
        walk::each_statement(code, &mut |statement| {
            if let Statement::Assign(assign) = statement {
                let name = assign.target.name.name.as_str();
                if !own.contains(name) {
                    found.insert(name);
                }
            }
        });
    }
    found
}

/// Whether the solvers that an item names have code for threads.
fn solves_safely(item: &Item, items: &[&Item]) -> bool {
    let in_breakpoint = matches!(item, Item::Breakpoint(_));
    let Some(code) = walk::code_of(item) else {
        return true;
    };
    let mut safe = true;
    walk::each_statement(code, &mut |statement| {
        if let Statement::Solve(solve) = statement {
            safe &= solve.if_error.is_none() && solver_is_safe(solve, in_breakpoint, items);
        }
    });
    safe
}

fn solver_is_safe(solve: &Solve, in_breakpoint: bool, items: &[&Item]) -> bool {
    let method = solve.method.as_ref();
    let steady = method.is_some_and(|m| m.steady_state);
    let method = method.map_or("", |m| m.name.name.as_str());
    items.iter().all(|item| match item {
        Item::Nonlinear(b) | Item::Linear(b) | Item::Discrete(b) => !same(&b.name.name, solve),
        Item::Derivative(b) if same(&b.name.name, solve) => {
            !in_breakpoint || steady || method.is_empty() || SAFE_METHODS.contains(&method)
        }
        Item::Kinetic(b) if same(&b.name.name, solve) => !in_breakpoint || method == "sparse",
        _ => true,
    })
}

fn same(name: &str, solve: &Solve) -> bool {
    name == solve.block.name
}

/// Whether the file's own code keeps to its instance, or says so. (THREADSAFE speaks for what comes
/// after it, and for GLOBALs that are assigned anywhere.)
fn shares_nothing(file: &File<'_>) -> bool {
    for item in file.items {
        if let Item::Neuron(block) = item {
            for statement in &block.statements {
                match statement {
                    NeuronStatement::ThreadSafe { .. } => return true,
                    NeuronStatement::Names(names) if is_pointer(names.kind) => return false,
                    _ => {}
                }
            }
        } else if !calls_safely(item) {
            return false;
        }
    }
    let assigned = assigned(file.items);
    !file.globals.iter().any(|n| assigned.contains(n.as_str()))
}

fn is_pointer(kind: NeuronNamesKind) -> bool {
    use NeuronNamesKind as K;
    matches!(kind, K::Pointer | K::BbcorePointer | K::External)
}

/// Whether the item has no VERBATIM and calls nothing that keeps something.
fn calls_safely(item: &Item) -> bool {
    if matches!(item, Item::Verbatim(_)) {
        return false;
    }
    let Some(code) = walk::code_of(item) else {
        return true;
    };
    let receives = matches!(item, Item::NetReceive(_));
    let unsafe_call = |call: &Call| {
        let name = call.name.name.as_str();
        UNSAFE.contains(&name) || (name == "state_discontinuity" && !receives)
    };
    let mut safe = true;
    walk::each_statement(code, &mut |statement| {
        match statement {
            Statement::Verbatim(_) => safe = false,
            Statement::Call(call) => safe &= !unsafe_call(call),
            _ => {}
        }
        walk::each_expr_of(statement, &mut |expr| {
            walk::each_expr(expr, &mut |expr| {
                if let Expr::Call(call) = expr {
                    safe &= !unsafe_call(call);
                }
            });
        });
    });
    safe
}

fn arguments_of(item: &Item) -> &[Argument] {
    match item {
        Item::Function(callable) | Item::Procedure(callable) => &callable.arguments,
        Item::NetReceive(block) => &block.arguments,
        _ => &[],
    }
}

//! SOLVE statements: which block, by which method.
//!
//! SOLVEs of BREAKPOINT make up the `state` kernel (see [`super::kernel`]); elsewhere a SOLVE is
//! executed where it stands, as any other statement.

use super::body::BodyLowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{FunctionId, Method, Stmt};
use crate::sema::{EquationKind, Symbol, nearest};
use crate::source::Span;
use crate::syntax::ast;

use EquationKind::{Derivative, Kinetic, Linear, Nonlinear};

/// Methods by name: which blocks they solve, and the method's meaning for the IR.
const METHODS: &[(&str, &[EquationKind], Method)] = &[
    ("cnexp", &[Derivative], Method::Cnexp),
    ("derivimplicit", &[Derivative], Method::Derivimplicit),
    ("euler", &[Derivative, Kinetic], Method::Euler),
    ("runge", &[Derivative, Kinetic], Method::Runge),
    ("sparse", &[Kinetic], Method::Sparse),
    ("simeq", &[Linear], Method::Simeq),
    ("newton", &[Nonlinear], Method::Newton),
];

/// Methods of older versions of NEURON, which NEURON 9 does not know.
const OBSOLETE: &[&str] = &[
    "adams", "adeuler", "adrunge", "clsoda", "gauss", "heun", "matexp", "simplex",
];

/// Methods that say when variable steps call what is solved. With the fixed step it is solved where
/// states advance, by the default method of the block.
const WHEN_VARIABLE: [&str; 3] = ["after_cvode", "cvode_t", "cvode_t_v"];

impl BodyLowering<'_, '_> {
    /// SOLVE, wherever it may stand.
    pub(super) fn solve(&mut self, solve: &ast::Solve) {
        if self.context.is_equations() {
            self.misplaced(
                "SOLVE",
                solve.span,
                "blocks of equations are solved from outside",
            );
            return;
        }
        if let Some(block) = &solve.if_error {
            self.error(
                Diagnostic::new(Code::Obsolete, "IFERROR is not supported")
                    .at(block.span, "NEURON 9 does not know it")
                    .help("leave it out: a SOLVE that fails ends the simulation with a message"),
            );
            return;
        }
        let name = &solve.block.name;
        match self.unit.symbols.names.get(name) {
            Some(&Symbol::Equations(index)) => self.solve_equations(solve, index),
            Some(&Symbol::Callable(index)) => self.solve_procedure(solve, index),
            _ => self.solve_of_nothing(solve),
        }
    }

    fn solve_procedure(&mut self, solve: &ast::Solve, index: usize) {
        let name = &solve.block.name;
        if let Some(method) = &solve.method
            && !WHEN_VARIABLE.contains(&method.name.name.as_str())
        {
            self.error(
                Diagnostic::new(Code::WrongMethod, "a METHOD for a PROCEDURE").at(
                    method.span,
                    "a PROCEDURE is called as it is; leave METHOD out",
                ),
            );
            return;
        }
        let arguments = self.unit.symbols.callables[index].arguments.len();
        if arguments > 0 {
            self.error(
                Diagnostic::new(
                    Code::ArgumentCount,
                    format!("SOLVE of `{name}`, which has arguments"),
                )
                .at(solve.block.span, "SOLVE passes none"),
            );
            return;
        }
        self.out.push(Stmt::Call {
            result: None,
            function: FunctionId(index as u32),
            args: Vec::new(),
        });
    }

    fn solve_of_nothing(&mut self, solve: &ast::Solve) {
        let name = &solve.block.name;
        let mut diagnostic = Diagnostic::new(
            Code::UnknownBlockSolved,
            format!("SOLVE of `{name}`, but no block has that name"),
        )
        .at(
            solve.block.span,
            "no block of equations and no PROCEDURE of this name",
        );
        let equations = &self.unit.symbols.equations;
        let blocks: Vec<&str> = equations
            .iter()
            .map(|e| e.node.name.name.as_str())
            .collect();
        if let Some(near) = nearest(name, blocks.iter().copied()) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        } else if let [only] = blocks.as_slice() {
            diagnostic = diagnostic.help(format!("the file has a block `{only}`"));
        }
        self.error(diagnostic);
    }

    fn solve_equations(&mut self, solve: &ast::Solve, index: usize) {
        let declaration = self.unit.symbols.equations[index];
        let kind = declaration.kind;
        let text = self.unit.sources.text(solve.span);
        let text: Vec<&str> = text.split_whitespace().collect();
        let text = text.join(" ");
        let place = self.unit.place(solve.span, &text);
        let (mut method, mut steadystate) = match &solve.method {
            None => (default_method(kind), false),
            Some(method) => match self.method(method, kind) {
                Some(found) => (found, method.steady_state),
                None => return,
            },
        };
        if let Some(written) = solve.method.as_ref().filter(|_| steadystate) {
            match method {
                Method::Sparse | Method::Derivimplicit => {}
                // NEURON does not integrate with them either, whatever its words say: cnexp
                // makes a step of dt.
                Method::Cnexp | Method::Euler | Method::Runge => {
                    self.error(
                        Diagnostic::new(Code::WrongMethod, "STEADYSTATE needs an implicit method")
                            .at(written.span, "use sparse or derivimplicit"),
                    );
                    return;
                }
                // What has no time has no other state.
                Method::Simeq | Method::Newton | Method::Call => steadystate = false,
            }
        }
        let callables = |name: &str| {
            let symbol = self.unit.symbols.names.get(name);
            matches!(symbol, Some(Symbol::Callable(_)))
        };
        if method == Method::Cnexp
            && let Some(hidden) = hidden_state(&declaration.node.body, &callables)
        {
            method = Method::Derivimplicit;
            self.error(
                Diagnostic::new(
                    Code::NotCnexp,
                    format!("`{}` is solved with derivimplicit", solve.block.name),
                )
                .at(
                    solve.span,
                    "cnexp is for equations that are linear in their state",
                )
                .see(hidden, "what this function makes of the state is not known")
                .note("NEURON does the same"),
            );
        }
        if method == Method::Cnexp && self.unit.reads_derivative_of(&declaration.node.body) {
            self.error(
                Diagnostic::new(
                    Code::WrongMethod,
                    format!("cnexp computes no derivatives of `{}`", solve.block.name),
                )
                .at(solve.span, "and the file reads one in an expression")
                .note("NEURON takes it for 0 with the fixed step")
                .help("write METHOD derivimplicit, euler or runge"),
            );
            return;
        }
        self.warn_of_neuron(solve, kind, method);
        let block = self.unit.equations_id(index);
        self.out.push(Stmt::Solve {
            block,
            method,
            steadystate,
            place,
        });
    }

    /// Where NEURON 9 leaves states as they are.
    fn warn_of_neuron(&mut self, solve: &ast::Solve, kind: EquationKind, method: Method) {
        let what = match &solve.method {
            None if kind == Derivative => "is solved with derivimplicit, the default",
            Some(written) if written.steady_state && method == Method::Derivimplicit => {
                "is solved for its steady state"
            }
            _ => return,
        };
        let name = &solve.block.name;
        self.error(
            Diagnostic::new(Code::NeuronDiffers, format!("`{name}` {what}"))
                .at(solve.span, "NEURON 9 leaves the states as they are"),
        );
    }

    fn method(&mut self, method: &ast::SolveMethod, kind: EquationKind) -> Option<Method> {
        let name = method.name.name.as_str();
        if WHEN_VARIABLE.contains(&name) {
            return Some(default_method(kind));
        }
        let Some((_, kinds, found)) = METHODS.iter().find(|(known, ..)| *known == name) else {
            let mut diagnostic =
                Diagnostic::new(Code::UnknownMethod, format!("no METHOD `{name}`"))
                    .at(method.name.span, "unknown method");
            if OBSOLETE.contains(&name) {
                diagnostic = diagnostic
                    .note("older versions of NEURON had it; NEURON 9 has not")
                    .help(fitting(kind));
            } else if let Some(near) = nearest(name, METHODS.iter().map(|(known, ..)| *known)) {
                diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            }
            self.error(diagnostic);
            return None;
        };
        if !kinds.contains(&kind) {
            self.error(
                Diagnostic::new(
                    Code::WrongMethod,
                    format!("METHOD {name} cannot solve a {} block", kind.keyword()),
                )
                .at(method.name.span, "does not fit")
                .help(fitting(kind)),
            );
            return None;
        }
        Some(*found)
    }
}

fn default_method(kind: EquationKind) -> Method {
    match kind {
        Kinetic => Method::Sparse,
        Linear => Method::Simeq,
        Nonlinear => Method::Newton,
        Derivative | EquationKind::Discrete => Method::Derivimplicit,
    }
}

fn fitting(kind: EquationKind) -> &'static str {
    match kind {
        Kinetic => "a KINETIC block is solved with METHOD sparse",
        Linear => "a LINEAR block needs no METHOD",
        Nonlinear => "a NONLINEAR block needs no METHOD",
        Derivative | EquationKind::Discrete => {
            "a DERIVATIVE block is solved with METHOD cnexp, derivimplicit, euler or runge"
        }
    }
}

/// Where an equation of `block` applies a function of the file to its own state: NEURON
/// cannot see what that does, and solves the block with derivimplicit instead of cnexp.
fn hidden_state(block: &ast::Block, callables: &dyn Fn(&str) -> bool) -> Option<Span> {
    let mut found = None;
    for_each_equation(block, &mut |assign| {
        let state = [assign.target.name.name.as_str()];
        found = found.or(call_of(&assign.value, &state, callables));
    });
    found
}

fn for_each_equation(block: &ast::Block, f: &mut dyn FnMut(&ast::Assign)) {
    use ast::Statement as S;
    for statement in &block.statements {
        match statement {
            S::Assign(assign) if assign.target.order > 0 => f(assign),
            S::From(from) => for_each_equation(&from.body, f),
            S::Block(block) => for_each_equation(block, f),
            S::While(statement) => for_each_equation(&statement.body, f),
            S::If(statement) => {
                let branches = statement.branches.iter().map(|b| &b.body);
                branches
                    .chain(&statement.otherwise)
                    .for_each(|b| for_each_equation(b, f));
            }
            _ => {}
        }
    }
}

/// The call of a function for which `callables` holds that has one of `names` in its arguments.
pub(super) fn call_of(
    expr: &ast::Expr,
    names: &[&str],
    callables: &dyn Fn(&str) -> bool,
) -> Option<Span> {
    use ast::Expr as E;
    match expr {
        E::Variable(_) | E::Number { .. } | E::String(_) => None,
        E::Call(call) if callables(&call.name.name) => {
            let uses = call.arguments.iter().any(|a| uses_any(a, names));
            uses.then_some(call.span)
        }
        E::Call(call) => call
            .arguments
            .iter()
            .find_map(|a| call_of(a, names, callables)),
        E::Unary { operand, .. } => call_of(operand, names, callables),
        E::Binary { left, right, .. } => {
            call_of(left, names, callables).or_else(|| call_of(right, names, callables))
        }
    }
}

/// Whether a variable of `names` occurs in `expr`.
fn uses_any(expr: &ast::Expr, names: &[&str]) -> bool {
    let mut found = false;
    super::equation::for_each_variable(expr, &mut |variable| {
        found |= names.contains(&variable.name.name.as_str());
    });
    found
}

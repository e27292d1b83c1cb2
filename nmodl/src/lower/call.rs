//! Calls: functions of the file, built-in functions, and the simulator's services.

use super::body::{BodyLowering, Context, Name};
use crate::abi::{Distribution, Failure, Request, ScopFunction};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    BinaryOp, Builtin, Expr, ExprId, Place, Service, SimVar, Stmt, Type, UnaryOp, builtin,
};
use crate::sema::{CallableDeclaration, Symbol};
use crate::syntax::ast;

impl BodyLowering<'_, '_> {
    /// A call; its value is 0 where it has none.
    pub(super) fn call(&mut self, call: &ast::Call, value_needed: bool) -> ExprId {
        let name = &call.name.name;
        if let Some(&Symbol::Callable(index)) = self.unit.symbols.names.get(name) {
            return self.call_of_file(call, index, value_needed);
        }
        if self.lookup(name).is_some() || self.unit.symbols.names.contains_key(name) {
            if self.lookup(name).is_none() && self.call_of_equations(call) {
                return self.f64(0.0);
            }
            self.call_of_no_function(call);
            return self.f64(0.0);
        }
        if let Some(builtin) = Builtin::from_nmodl(name) {
            let args = self.arguments(call, builtin.arity());
            return match args {
                Some(args) => self.body.exprs.add(Expr::Builtin(builtin, args)),
                None => self.f64(0.0),
            };
        }
        if self.unit.c.has_function(name) {
            let args = call.arguments.iter().map(|a| self.real(a)).collect();
            return self.call_of_verbatim(name, args, call.span);
        }
        if let Some(value) = self.scop_function(call) {
            return value;
        }
        match self.service(call) {
            Some(value) => value,
            None => self.f64(0.0),
        }
    }

    /// A call of a name that is declared as something else.
    fn call_of_no_function(&mut self, call: &ast::Call) {
        call.arguments.iter().for_each(|a| self.argument(a));
        let name = &call.name;
        if let None | Some(Name::Real(_)) = self.lookup(&name.name)
            && let Some(Symbol::Unsupported(_) | Symbol::Faulty) =
                self.unit.symbols.names.get(&name.name)
        {
            return;
        }
        let mut diagnostic = Diagnostic::new(
            Code::WrongKind,
            format!("`{}` is called, but is no function", name.name),
        )
        .at(name.span, "used as a function");
        if let Some(&declared) = self.unit.symbols.declared_at.get(&name.name) {
            diagnostic = diagnostic.see(declared, "declared here");
        }
        if call.arguments.len() == 1 {
            diagnostic = diagnostic.help(format!("a product is written `{} * (...)`", name.name));
        }
        self.error(diagnostic);
    }

    /// Looks at an argument for its faults alone: one pass finds them all.
    fn argument(&mut self, argument: &ast::Expr) {
        if !matches!(argument, ast::Expr::String(_)) {
            self.real(argument);
        }
    }

    fn call_of_file(&mut self, call: &ast::Call, index: usize, value_needed: bool) -> ExprId {
        let declaration = self.unit.symbols.callables[index];
        let count = declaration.arguments.len();
        if call.arguments.len() != count {
            call.arguments.iter().for_each(|a| self.argument(a));
            self.argument_count(call, count, Some(declaration.name.span));
            return self.f64(0.0);
        }
        let args = call.arguments.iter().map(|a| self.real(a)).collect();
        // A PROCEDURE in an expression has the value 0, as in NEURON.
        let result = (declaration.is_function && value_needed)
            .then(|| self.body.local(call.name.name.clone(), Type::F64));
        self.out.push(Stmt::Call {
            result,
            function: crate::ir::FunctionId(index as u32),
            args,
        });
        match result {
            Some(local) => self.get(local),
            None => self.f64(0.0),
        }
    }

    pub(super) fn arguments(&mut self, call: &ast::Call, count: usize) -> Option<Vec<ExprId>> {
        if call.arguments.len() != count {
            call.arguments.iter().for_each(|a| self.argument(a));
            self.argument_count(call, count, None);
            return None;
        }
        Some(call.arguments.iter().map(|a| self.real(a)).collect())
    }

    fn argument_count(
        &mut self,
        call: &ast::Call,
        count: usize,
        declared: Option<crate::source::Span>,
    ) {
        let plural = if count == 1 { "" } else { "s" };
        let mut diagnostic = Diagnostic::new(
            Code::ArgumentCount,
            format!("`{}` takes {count} argument{plural}", call.name.name),
        )
        .at(call.span, format!("called with {}", call.arguments.len()));
        if let Some(declared) = declared {
            diagnostic = diagnostic.see(declared, "declared here");
        }
        self.error(diagnostic);
    }

    /// Calls to the simulator.
    fn service(&mut self, call: &ast::Call) -> Option<ExprId> {
        let name = call.name.name.as_str();
        let (service, count, has_value) = match name {
            "net_send" => (Service::NetSend, 2, false),
            "net_event" => (Service::NetEvent, 1, false),
            "net_move" => (Service::NetMove, 1, false),
            "at_time" => (Service::AtTime, 1, true),
            "nrn_ghk" => return self.ghk(call),
            "scop_random" => (Service::Scop(ScopFunction::Uniform as i32), 0, true),
            "set_seed" => (Service::Scop(ScopFunction::SetSeed as i32), 1, true),
            "exprand" => (Service::Scop(ScopFunction::Exponential as i32), 1, true),
            "normrand" => (Service::Scop(ScopFunction::Normal as i32), 2, true),
            "poisrand" => (Service::Scop(ScopFunction::Poisson as i32), 1, true),
            "force" | "stepforce" => return self.forcing(call),
            "threshold" => return self.threshold(call),
            "state_discontinuity" => return self.state_discontinuity(call),
            "printf" => return self.printf(call),
            "nrn_pointing" => return self.pointing(call),
            _ if RANDOM.iter().any(|row| row.name == name) => return self.random(call),
            _ => {
                self.unknown_function(call);
                return None;
            }
        };
        if self.context == Context::Breakpoint && !has_value {
            self.error(
                Diagnostic::new(
                    Code::MisplacedStatement,
                    format!("`{name}` cannot be called from BREAKPOINT"),
                )
                .at(call.span, "events are sent from NET_RECEIVE and INITIAL"),
            );
            return None;
        }
        let mut args = if name == "scop_random" && !call.arguments.is_empty() {
            self.ignored_arguments(call)
        } else {
            self.arguments(call, count)?
        };
        if let Service::Scop(_) = service {
            args.resize_with(2, || self.body.exprs.f64(0.0));
        }
        let result = has_value.then(|| self.body.local(name, Type::F64));
        self.out.push(Stmt::Service {
            result,
            service,
            args,
        });
        result.map(|local| self.get(local))
    }

    /// Arguments that NEURON's C function never looked at, and that its C++ function does not take.
    fn ignored_arguments(&mut self, call: &ast::Call) -> Vec<ExprId> {
        call.arguments.iter().for_each(|a| self.argument(a));
        self.error(
            Diagnostic::new(
                Code::NeuronDiffers,
                format!("`{}` takes no argument", call.name.name),
            )
            .at(call.span, "what it is given is not looked at")
            .note("so it was in NEURON before 9, which cannot compile it"),
        );
        Vec::new()
    }

    /// `force(x, "file")`, `stepforce(x, "file")`: the kernel fails where there is no value.
    fn forcing(&mut self, call: &ast::Call) -> Option<ExprId> {
        let [x, ast::Expr::String(file)] = call.arguments.as_slice() else {
            call.arguments.iter().for_each(|a| self.argument(a));
            let name = &call.name.name;
            self.error(
                Diagnostic::new(
                    Code::ArgumentCount,
                    format!("`{name}` takes a number and the name of a file"),
                )
                .at(call.span, format!("write `{name}(t, \"file\")`")),
            );
            return None;
        };
        let x = self.real(x);
        let file = self.text(&file.text);
        let request = match call.name.name.as_str() {
            "force" => Request::Force,
            _ => Request::StepForce,
        };
        let value = self.request(request, vec![file, x]);
        let what = format!(
            "`{}`: there is no such file, or its points do not reach so far",
            call.name.name
        );
        let cond = self.body.exprs.binary(BinaryOp::Eq, value, value);
        self.fail_unless(cond, Failure::Stopped, call.span, &what, Some(x));
        Some(value)
    }

    /// The handle of a text that is known when compiling.
    pub(super) fn text(&mut self, text: &str) -> ExprId {
        let result = self.body.local("text", Type::F64);
        self.out.push(Stmt::Service {
            result: Some(result),
            service: Service::Text(text.replace('%', "%%")),
            args: Vec::new(),
        });
        self.get(result)
    }

    /// `threshold(x, limit, "min")`: 1 from the limit on, else 0; with "max" the other way round.
    fn threshold(&mut self, call: &ast::Call) -> Option<ExprId> {
        let [x, limit, ast::Expr::String(mode)] = call.arguments.as_slice() else {
            call.arguments.iter().for_each(|a| self.argument(a));
            self.error(
                Diagnostic::new(
                    Code::ArgumentCount,
                    "`threshold` takes two numbers and \"min\" or \"max\"",
                )
                .at(call.span, "write `threshold(x, limit, \"min\")`"),
            );
            return None;
        };
        let (x, limit) = (self.real(x), self.real(limit));
        let op = match mode.text.to_ascii_lowercase().as_str() {
            "min" => BinaryOp::Ge,
            "max" => BinaryOp::Le,
            _ => return Some(self.f64(-1.0)),
        };
        let active = self.body.exprs.binary(op, x, limit);
        Some(self.to_real(active))
    }

    fn state_discontinuity(&mut self, call: &ast::Call) -> Option<ExprId> {
        let [ast::Expr::Variable(target), value] = call.arguments.as_slice() else {
            self.argument_count(call, 2, None);
            return None;
        };
        let value = self.real(value);
        if self.context != Context::Breakpoint {
            self.assign(target, value);
            return None;
        }
        // In BREAKPOINT in a step alone, not when currents are computed without one; and where
        // `conductance` evaluates twice, the first time.
        let (flag, zero) = (self.load(Place::Flag), self.f64(0.0));
        let in_step = self.body.exprs.binary(BinaryOp::Eq, flag, zero);
        let then = self.nested(|this| this.assign(target, value));
        self.out.push(Stmt::If {
            cond: in_step,
            then,
            otherwise: Vec::new(),
        });
        None
    }

    /// The body of a FUNCTION_TABLE, whose arguments are the body's parameters.
    pub(super) fn function_table(&mut self, table: u32, declaration: CallableDeclaration<'_>) {
        let name = declaration.name;
        let (zero, given) = (self.f64(0.0), self.load(Place::FunctionTableGiven(table)));
        let cond = self.body.exprs.binary(BinaryOp::Ne, given, zero);
        let failure = Failure::UnsetFunctionTable;
        self.fail_unless(cond, failure, name.span, &name.name, Some(zero));
        let params = self.body.params.clone();
        let args = params.into_iter().map(|p| self.get(p)).collect();
        let value = self.body.exprs.add(Expr::FunctionTable {
            table,
            slope: None,
            args,
        });
        if let Some(result) = self.body.result {
            self.out.push(Stmt::Assign(result, value));
        }
    }

    /// `nrn_ghk(v, ci, co, z)`: the flux of the Goldman-Hodgkin-Katz equation times z·F, in
    /// mA/cm² for a permeability of 1 cm/s, in NEURON's order of operations.
    fn ghk(&mut self, call: &ast::Call) -> Option<ExprId> {
        let args = self.arguments(call, 4)?;
        self.ghk_of(&args)
    }

    /// [`Self::ghk`] of four numbers; `None` if there are more or less.
    pub(super) fn ghk_of(&mut self, args: &[ExprId]) -> Option<ExprId> {
        /// CODATA 2018, exact since 2019.
        const FARADAY: f64 = 6.022_140_76e23 * 1.602_176_634e-19;
        const GAS_CONSTANT: f64 = 6.022_140_76e23 * 1.380_649e-23;
        let &[v, ci, co, z] = args else {
            return None;
        };
        let e = &mut self.body.exprs;
        let celsius = e.load(Place::Sim(SimVar::Celsius));
        let zero_celsius = e.f64(273.15);
        let kelvin = e.binary(BinaryOp::Add, celsius, zero_celsius);
        let (gas, faraday) = (e.f64(1000.0 * GAS_CONSTANT), e.f64(FARADAY));
        let energy = e.binary(BinaryOp::Mul, gas, kelvin);
        let thermal = e.binary(BinaryOp::Div, energy, faraday);
        let zv = e.binary(BinaryOp::Mul, z, v);
        let x = e.binary(BinaryOp::Div, zv, thermal);
        let minus_x = e.unary(UnaryOp::Neg, x);
        // x/(exp(x) - 1), which is 1 - x/2 near 0.
        let mut weight = |x: ExprId| {
            let (one, two, near) = (e.f64(1.0), e.f64(2.0), e.f64(1e-4));
            let size = e.call1(Builtin::Abs, x);
            let is_near = e.binary(BinaryOp::Lt, size, near);
            let half = e.binary(BinaryOp::Div, x, two);
            let line = e.binary(BinaryOp::Sub, one, half);
            let exp = e.call1(Builtin::Exp, x);
            let below = e.binary(BinaryOp::Sub, exp, one);
            let exact = e.binary(BinaryOp::Div, x, below);
            e.add(Expr::Select(is_near, line, exact))
        };
        let (outer, inner) = (weight(x), weight(minus_x));
        let outward = e.binary(BinaryOp::Mul, ci, inner);
        let inward = e.binary(BinaryOp::Mul, co, outer);
        let net = e.binary(BinaryOp::Sub, outward, inward);
        let milli = e.f64(0.001);
        let charge = e.binary(BinaryOp::Mul, milli, z);
        let charge = e.binary(BinaryOp::Mul, charge, faraday);
        Some(e.binary(BinaryOp::Mul, charge, net))
    }

    /// Whether a POINTER points at something.
    fn pointing(&mut self, call: &ast::Call) -> Option<ExprId> {
        if let [ast::Expr::Variable(variable)] = call.arguments.as_slice()
            && let None = self.lookup(&variable.name.name)
            && let Some(&Symbol::Pointer(pointer)) =
                self.unit.symbols.names.get(&variable.name.name)
        {
            return Some(self.body.exprs.add(Expr::Pointing(pointer)));
        }
        self.error(
            Diagnostic::new(Code::WrongKind, "nrn_pointing asks about a POINTER").at(call.span, ""),
        );
        None
    }

    /// Calls whose first argument is a RANDOM variable.
    fn random(&mut self, call: &ast::Call) -> Option<ExprId> {
        let row = RANDOM.iter().find(|row| row.name == call.name.name)?;
        let stream = match call.arguments.first() {
            Some(ast::Expr::Variable(variable)) => {
                match self.unit.symbols.names.get(&variable.name.name) {
                    Some(&Symbol::Random(stream)) => Some(stream),
                    _ => None,
                }
            }
            _ => None,
        };
        let Some(stream) = stream else {
            self.error(
                Diagnostic::new(
                    Code::WrongKind,
                    format!(
                        "the first argument of `{}` must be a RANDOM variable",
                        row.name
                    ),
                )
                .at(call.span, "")
                .help("declare it in the NEURON block: `RANDOM r`"),
            );
            return None;
        };
        let given = &call.arguments[1..];
        let defaults_used = given.is_empty() && !row.defaults.is_empty();
        if given.len() != row.arguments && !defaults_used {
            self.argument_count(call, 1 + row.arguments, None);
            return None;
        }
        let mut args: Vec<ExprId> = given.iter().map(|a| self.real(a)).collect();
        if defaults_used {
            args.extend(row.defaults.iter().map(|&value| self.body.exprs.f64(value)));
        }
        if row.distribution == Distribution::SetId {
            for (id, value) in args.into_iter().enumerate() {
                let id = self.f64(id as f64);
                self.sample(stream, row, vec![id, value]);
            }
            return None;
        }
        args.resize_with(2, || self.body.exprs.f64(0.0));
        let result = self.sample(stream, row, args);
        Some(self.get(result))
    }

    fn sample(
        &mut self,
        stream: u32,
        row: &RandomFunction,
        args: Vec<ExprId>,
    ) -> crate::ir::LocalId {
        let result = self.body.local(row.name, Type::F64);
        self.out.push(Stmt::Service {
            result: Some(result),
            service: Service::Random {
                stream,
                distribution: row.distribution as i32,
            },
            args,
        });
        result
    }

    fn unknown_function(&mut self, call: &ast::Call) {
        const KNOWN_TO_NEURON: &[&str] = &[
            "nernst",
            "ghk",
            "fprintf",
            "sprintf",
            "deflate",
            "expfit",
            "derivs",
            "first_time",
            "invert",
            "legendre",
            "romberg",
            "spline",
            "schedule",
            "tridiag",
            "boundary",
        ];
        let name = &call.name;
        call.arguments.iter().for_each(|a| self.argument(a));
        if KNOWN_TO_NEURON.contains(&name.name.as_str()) {
            self.unit
                .not_yet(&format!("the function `{}`", name.name), name.span);
            return;
        }
        let mut diagnostic = Diagnostic::new(
            Code::UnknownFunction,
            format!("no function of the name `{}`", name.name),
        )
        .at(name.span, "unknown function");
        let file = self
            .unit
            .symbols
            .callables
            .iter()
            .map(|c| c.name.name.as_str());
        let builtin = builtin::TABLE
            .iter()
            .flat_map(|row| row.nmodl.iter().copied());
        let scop = super::scop::names();
        let services = [
            "net_send",
            "net_event",
            "net_move",
            "at_time",
            "state_discontinuity",
            "printf",
            "nrn_pointing",
            "nrn_ghk",
            "scop_random",
            "set_seed",
            "exprand",
            "normrand",
            "poisrand",
            "force",
            "stepforce",
            "threshold",
        ];
        if ["elif", "elsif", "elseif"].contains(&name.name.to_ascii_lowercase().as_str()) {
            diagnostic = diagnostic.help("another condition is written `else if (...) { }`");
        } else if let Some(near) =
            crate::sema::nearest(&name.name, file.chain(builtin).chain(scop).chain(services))
        {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.error(diagnostic);
    }
}

/// A function of a RANDOM variable.
struct RandomFunction {
    name: &'static str,
    distribution: Distribution,
    /// Arguments after the variable.
    arguments: usize,
    /// Their values if none is given.
    defaults: &'static [f64],
}

const RANDOM: &[RandomFunction] = &[
    random("random_uniform", Distribution::Uniform, 2, &[0.0, 1.0]),
    random("random_negexp", Distribution::Negexp, 1, &[1.0]),
    random("random_normal", Distribution::Normal, 2, &[0.0, 1.0]),
    random("random_ipick", Distribution::Integer, 0, &[]),
    random("random_dpick", Distribution::Uniform, 0, &[0.0, 1.0]),
    random("random_setseq", Distribution::SetSequence, 1, &[]),
    random("random_setids", Distribution::SetId, 3, &[]),
];

const fn random(
    name: &'static str,
    distribution: Distribution,
    arguments: usize,
    defaults: &'static [f64],
) -> RandomFunction {
    RandomFunction {
        name,
        distribution,
        arguments,
        defaults,
    }
}

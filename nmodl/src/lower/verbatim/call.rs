//! Calls in C: functions of the file, of C's library, and of NEURON.

use super::value::{Base, Pointer, Value};
use super::{INT, Kind};
use crate::abi::{Failure, ScopFunction};
use crate::ir::{BinaryOp, Builtin, Expr, ExprId, FunctionId, Place, Service, SimVar, Stmt, Type};
use crate::lower::body::BodyLowering;
use crate::sema::Symbol;
use crate::source::Span;
use crate::syntax::ast as nmodl;
use crate::verbatim::ast::{Expr as CExpr, ExprKind};
use crate::verbatim::{Fault, Result};

/// `long`
const LONG: Kind = Kind::Integer {
    bits: 64,
    signed: true,
};

/// Arguments that are NEURON's own, in calls of functions of the file.
const OWN_ARGUMENTS: &[&str] = &["_p", "_ppvar", "_thread", "_nt", "_ml", "_iml", "_cntml"];

impl BodyLowering<'_, '_> {
    /// A call.
    pub(super) fn c_call(&mut self, name: &str, arguments: &[CExpr], span: Span) -> Result<Value> {
        if let Some(&Symbol::Callable(index)) = self.unit.symbols.names.get(name) {
            return self.call_of_nmodl(index, arguments, span);
        }
        if let Some(index) = self.unit.c.functions.iter().position(|f| f.name == name) {
            return self.call_of_c(index, arguments, span);
        }
        if let Some(value) = self.call_of_host(name, arguments, span)? {
            return Ok(value);
        }
        if let Some(value) = self.call_of_simulator(name, arguments, span)? {
            return Ok(value);
        }
        if let Some(value) = self.call_about_texts(name, arguments, span)? {
            return Ok(value);
        }
        if let Some(value) = self.call_about_memory(name, arguments, span)? {
            return Ok(value);
        }
        let mut values = Vec::new();
        for argument in arguments {
            let value = self.c_value(argument)?;
            values.push((value, argument.span));
        }
        match self.library(name, values, span)? {
            Some(value) => Ok(value),
            None if self.unit.c.types.contains_key(name) => Err(self.unknown_in_c(name, span)),
            None => Err(Fault::new(
                span,
                format!("the function `{name}` is not known here"),
            )),
        }
    }

    fn call_of_nmodl(&mut self, index: usize, arguments: &[CExpr], span: Span) -> Result<Value> {
        let declaration = self.unit.symbols.callables[index];
        let own = |a: &&CExpr| matches!(&a.kind, ExprKind::Name(name) if OWN_ARGUMENTS.contains(&name.as_str()));
        let given: Vec<&CExpr> = arguments.iter().filter(|a| !own(a)).collect();
        if given.len() != declaration.arguments.len() {
            return Err(Fault::new(
                span,
                format!(
                    "`{}` takes {} arguments",
                    declaration.name.name,
                    declaration.arguments.len()
                ),
            ));
        }
        let mut args = Vec::new();
        for argument in given {
            let value = self.c_value(argument)?;
            args.push(self.double_of(value, argument.span)?);
        }
        let result = declaration
            .is_function
            .then(|| self.body.local(declaration.name.name.clone(), Type::F64));
        self.out.push(Stmt::Call {
            result,
            function: FunctionId(index as u32),
            args,
        });
        Ok(match result {
            Some(local) => Value::Number(self.get(local), Kind::Double),
            None => Value::Number(self.body.exprs.i64(0), INT),
        })
    }

    fn call_of_c(&mut self, index: usize, arguments: &[CExpr], span: Span) -> Result<Value> {
        let function = &self.unit.c.functions[index];
        if let Some(fault) = &function.fault {
            return Err(fault.clone());
        }
        let (result, parameters) = (function.result, function.parameters.clone());
        let name = function.name.clone();
        let own = |a: &&CExpr| matches!(&a.kind, ExprKind::Name(name) if OWN_ARGUMENTS.contains(&name.as_str()));
        let given: Vec<&CExpr> = arguments.iter().filter(|a| !own(a)).collect();
        if given.len() != parameters.len() {
            return Err(Fault::new(
                span,
                format!("`{name}` takes {} arguments", parameters.len()),
            ));
        }
        let mut args = Vec::new();
        for (argument, (_, kind)) in given.into_iter().zip(parameters) {
            let value = self.c_value(argument)?;
            let value = self.converted(value, kind, argument.span)?;
            args.push(self.as_double(value));
        }
        let local = result.map(|_| self.body.local(name, Type::F64));
        self.out.push(Stmt::Call {
            result: local,
            function: self.unit.c_function_id(index),
            args,
        });
        Ok(match (local, result) {
            (Some(local), Some(Kind::Handle)) => Value::Handle(self.get(local)),
            (Some(local), Some(Kind::Text)) => Value::Words(self.get(local)),
            (Some(local), Some(Kind::Address(ty))) => Value::Memory(self.get(local), ty),
            (Some(local), Some(Kind::Double)) => Value::Number(self.get(local), Kind::Double),
            (Some(local), Some(kind)) => {
                let value = self.get(local);
                Value::Number(
                    self.truncated(value),
                    if kind == Kind::Truth { INT } else { kind },
                )
            }
            _ => Value::Nothing,
        })
    }

    /// A call of NMODL of a function that VERBATIM defines; its value is 0 where it has none.
    pub(in crate::lower) fn call_of_verbatim(
        &mut self,
        name: &str,
        args: Vec<ExprId>,
        span: Span,
    ) -> ExprId {
        let Some(index) = self.unit.c.functions.iter().position(|f| f.name == name) else {
            return self.f64(0.0);
        };
        let function = &self.unit.c.functions[index];
        let fault = match &function.fault {
            Some(fault) => Some(fault.clone()),
            None if function.parameters.len() != args.len() => Some(Fault::new(
                span,
                format!("`{name}` takes {} arguments", function.parameters.len()),
            )),
            None if function
                .parameters
                .iter()
                .any(|(_, kind)| !kind.is_number()) =>
            {
                Some(Fault::new(span, format!("`{name}` takes pointers")))
            }
            None => None,
        };
        if let Some(fault) = fault {
            self.error(fault.diagnostic());
            return self.f64(0.0);
        }
        let (result, parameters) = (function.result, function.parameters.clone());
        let args = args
            .into_iter()
            .zip(parameters)
            .map(|(arg, (_, kind))| match kind {
                Kind::Integer { .. } => {
                    let whole = self.truncated(arg);
                    let whole = self.wrapped(whole, kind);
                    self.as_double(whole)
                }
                _ => arg,
            })
            .collect();
        let local = result.map(|_| self.body.local(name, Type::F64));
        self.out.push(Stmt::Call {
            result: local,
            function: self.unit.c_function_id(index),
            args,
        });
        match local {
            Some(local) => self.get(local),
            None => self.f64(0.0),
        }
    }

    /// C's library.
    fn library(
        &mut self,
        name: &str,
        mut values: Vec<(Value, Span)>,
        span: Span,
    ) -> Result<Option<Value>> {
        // `abs` of whole numbers stays one.
        if let ("abs" | "labs", [(Value::Number(value, kind), _)]) = (name, &values[..])
            && !kind.is_real()
        {
            let value = self.as_integer(*value);
            let negated = self.fold_integer(crate::ir::BinaryOp::Sub, None, value);
            let zero = self.body.exprs.i64(0);
            let negative = self.body.exprs.binary(crate::ir::BinaryOp::Lt, value, zero);
            let value = self.body.exprs.add(Expr::Select(negative, negated, value));
            return Ok(Some(Value::Number(value, INT)));
        }
        if matches!(name, "min" | "max") {
            // std::min and std::max ask for one type; NaN is treated as NMODL's do.
            let all_double = values
                .iter()
                .all(|(v, _)| matches!(v, Value::Number(_, Kind::Double)));
            if !all_double {
                return Err(Fault::new(span, format!("`{name}` of whole numbers")));
            }
        }
        if let Some(builtin) = Builtin::from_nmodl(name) {
            if values.len() != builtin.arity() {
                return Err(Fault::new(
                    span,
                    format!("`{name}` takes {} arguments", builtin.arity()),
                ));
            }
            let mut args = Vec::new();
            for (value, at) in values {
                args.push(self.double_of(value, at)?);
            }
            let value = self.body.exprs.add(Expr::Builtin(builtin, args));
            return Ok(Some(Value::Number(value, Kind::Double)));
        }
        let first = |values: &mut Vec<(Value, Span)>| {
            if values.is_empty() {
                Err(Fault::new(span, format!("`{name}` without an argument")))
            } else {
                Ok(values.remove(0))
            }
        };
        Ok(Some(match name {
            "isnan" => {
                let (value, at) = first(&mut values)?;
                let value = self.double_of(value, at)?;
                let nan = self
                    .body
                    .exprs
                    .binary(crate::ir::BinaryOp::Ne, value, value);
                Value::Number(nan, Kind::Truth)
            }
            "isinf" | "isfinite" | "finite" => {
                let (value, at) = first(&mut values)?;
                let value = self.double_of(value, at)?;
                let size = self.body.exprs.call1(Builtin::Abs, value);
                let most = self.f64(f64::MAX);
                let op = match name {
                    "isinf" => crate::ir::BinaryOp::Gt,
                    _ => crate::ir::BinaryOp::Le,
                };
                let is_so = self.body.exprs.binary(op, size, most);
                Value::Number(is_so, Kind::Truth)
            }
            "round" => {
                let (value, at) = first(&mut values)?;
                let value = self.double_of(value, at)?;
                Value::Number(self.rounded(value), Kind::Double)
            }
            "hoc_execerror" | "hoc_execerr_ext" | "nrn_exit" => {
                let texts: Vec<&str> = values
                    .iter()
                    .filter_map(|(value, _)| match value {
                        Value::Text(text) => Some(text.trim()),
                        _ => None,
                    })
                    .collect();
                let message = texts.join(" ");
                self.c_stop(&message, span);
                Value::Nothing
            }
            "exit" | "_exit" => {
                self.c_stop("exit", span);
                Value::Nothing
            }
            "abort" => {
                self.c_stop("abort", span);
                Value::Nothing
            }
            "assert" | "nrn_assert" => {
                let (value, at) = first(&mut values)?;
                let cond = self.converted(value, Kind::Truth, at)?;
                self.fail_unless(cond, Failure::Stopped, span, "assert", None);
                Value::Nothing
            }
            "nrn_ghk" => {
                let mut args = Vec::new();
                for (value, at) in values {
                    args.push(self.double_of(value, at)?);
                }
                let value = self.ghk_of(&args);
                let value = value.ok_or_else(|| Fault::new(span, "`nrn_ghk` takes 4 arguments"))?;
                Value::Number(value, Kind::Double)
            }
            "scop_random" | "exprand" | "normrand" | "poisrand" | "set_seed" => {
                return self.scop(name, values, span).map(Some);
            }
            "srand48" | "drand48" | "lrand48" | "srand" | "srandom" | "rand" | "random" => {
                return self.scop(name, values, span).map(Some);
            }
            "getpid" => {
                let which = self.f64(2.0);
                let number = self.request(crate::abi::Request::Clock, vec![which]);
                Value::Number(self.truncated(number), INT)
            }
            // It looks for faults of malloc.
            "hoc_malchk" => Value::Nothing,
            "time" | "clock" => {
                let which = self.f64(if name == "time" { 0.0 } else { 1.0 });
                let now = self.request(crate::abi::Request::Clock, vec![which]);
                let now = Value::Number(self.truncated(now), LONG);
                if let Some((Value::Address(target), at)) = values.first() {
                    self.store(*target, now.clone(), *at)?;
                }
                now
            }
            _ => return Ok(None),
        }))
    }

    fn scop(&mut self, name: &str, values: Vec<(Value, Span)>, span: Span) -> Result<Value> {
        let (function, count) = match name {
            "scop_random" => (ScopFunction::Uniform, 0),
            "exprand" => (ScopFunction::Exponential, 1),
            "normrand" => (ScopFunction::Normal, 2),
            "poisrand" => (ScopFunction::Poisson, 1),
            "srand48" => (ScopFunction::SetSeed48, 1),
            "drand48" => (ScopFunction::Uniform48, 0),
            "lrand48" => (ScopFunction::Integer48, 0),
            "srand" | "srandom" => (ScopFunction::SetSeedC, 1),
            "rand" | "random" => (ScopFunction::IntegerC, 0),
            _ => (ScopFunction::SetSeed, 1),
        };
        if values.len() != count {
            return Err(Fault::new(
                span,
                format!("`{name}` takes {count} arguments"),
            ));
        }
        let mut args = Vec::new();
        for (value, at) in values {
            args.push(self.double_of(value, at)?);
        }
        args.resize_with(2, || self.body.exprs.f64(0.0));
        let result = self.body.local(name, Type::F64);
        self.out.push(Stmt::Service {
            result: Some(result),
            service: Service::Scop(function as i32),
            args,
        });
        let value = self.get(result);
        Ok(match function {
            ScopFunction::IntegerC => {
                let kind = if name == "rand" { INT } else { LONG };
                Value::Number(self.truncated(value), kind)
            }
            ScopFunction::Integer48 => Value::Number(self.truncated(value), LONG),
            ScopFunction::SetSeed48 | ScopFunction::SetSeedC => Value::Nothing,
            _ => Value::Number(value, Kind::Double),
        })
    }

    /// The kernel ends here, and the message says why.
    pub(super) fn c_stop(&mut self, message: &str, span: Span) {
        let no = self.body.exprs.add(Expr::Bool(false));
        self.fail_unless(no, Failure::Stopped, span, message, None);
    }

    /// Events and the time, as the functions have them that NEURON's generated code calls.
    fn call_of_simulator(
        &mut self,
        name: &str,
        arguments: &[CExpr],
        span: Span,
    ) -> Result<Option<Value>> {
        let (service, args) = match (name, arguments) {
            ("net_event", [_, time]) => {
                let time = self.c_value(time)?;
                (Service::NetEvent, vec![self.double_of(time, span)?])
            }
            ("net_send" | "artcell_net_send", [_, _, _, time, flag]) => {
                let delay = self.delay(time)?;
                let flag = self.c_value(flag)?;
                (Service::NetSend, vec![delay, self.double_of(flag, span)?])
            }
            ("net_move" | "artcell_net_move", [_, _, time]) => {
                let time = self.c_value(time)?;
                (Service::NetMove, vec![self.double_of(time, span)?])
            }
            // Tables are made where they are looked up.
            (check, _)
                if check
                    .strip_prefix("_check_")
                    .is_some_and(|function| self.has_table(function)) =>
            {
                return Ok(Some(Value::Nothing));
            }
            // What the present instance is does not change.
            ("neuron::legacy::set_globals_from_prop", [instance, ..])
                if is_present_instance(instance) =>
            {
                return Ok(Some(Value::Nothing));
            }
            ("at_time", [.., time]) => {
                let time = self.c_value(time)?;
                let args = vec![self.double_of(time, span)?];
                let result = self.body.local(name, Type::F64);
                self.out.push(Stmt::Service {
                    result: Some(result),
                    service: Service::AtTime,
                    args,
                });
                let value = self.get(result);
                return Ok(Some(Value::Number(self.truncated(value), INT)));
            }
            _ => return Ok(None),
        };
        if self.context == crate::lower::body::Context::Breakpoint {
            return Err(Fault::new(span, "events cannot be sent from BREAKPOINT"));
        }
        self.out.push(Stmt::Service {
            result: None,
            service,
            args,
        });
        Ok(Some(Value::Nothing))
    }

    /// Whether a FUNCTION or PROCEDURE has a TABLE.
    fn has_table(&self, name: &str) -> bool {
        let is_table = |s: &nmodl::Statement| matches!(s, nmodl::Statement::Table(_));
        let mut callables = self.unit.symbols.callables.iter();
        callables.any(|c| c.name.name == name && c.statements.iter().any(is_table))
    }

    /// The delay of an event whose time is given, which mostly is `t + delay`.
    fn delay(&mut self, time: &CExpr) -> Result<ExprId> {
        let is_now = |e: &CExpr| matches!(&e.kind, ExprKind::Name(name) if name == "t");
        if let ExprKind::Binary("+", now, delay) = &time.kind
            && is_now(now)
        {
            let value = self.c_value(delay)?;
            return self.double_of(value, delay.span);
        }
        if is_now(time) {
            return Ok(self.f64(0.0));
        }
        let value = self.c_value(time)?;
        let time = self.double_of(value, time.span)?;
        let now = self.load(Place::Sim(SimVar::T));
        Ok(self.body.exprs.binary(BinaryOp::Sub, time, now))
    }

    /// The number that a caller gave.
    pub(super) fn argument_value(&mut self, value: ExprId) -> Value {
        let kept = self.assign_new("argument", value);
        let (value, offset) = (self.get(kept), self.body.exprs.i64(0));
        Value::Pointer(Pointer {
            base: Base::Argument,
            vector: Some(value),
            offset,
            kind: Kind::Double,
        })
    }
}

/// `_pnt->_prop`
fn is_present_instance(expr: &CExpr) -> bool {
    let ExprKind::Member(base, member) = &expr.kind else {
        return false;
    };
    member == "_prop" && matches!(&base.kind, ExprKind::Name(name) if name == "_pnt")
}

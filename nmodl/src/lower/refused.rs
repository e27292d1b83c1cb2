//! FUNCTIONs and PROCEDUREs whose C in VERBATIM is not understood.
//!
//! If something that the simulator runs may call one, that is an error. If only a user can call it,
//! the mechanism is of use without it: the user is warned, and a call fails with the same message.
//! Nothing is ever run in its place.

use super::Lowering;
use crate::abi::Failure;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::call_graph::CallGraph;
use crate::ir::{self, Body, Expr, FunctionId, Kernel, Stmt, Type, walk};

impl Lowering<'_> {
    /// The `index`th callable, whose lowering has reported what stands behind `before`: one that
    /// fails if C is all that is wrong with it.
    pub(super) fn may_refuse(
        &mut self,
        index: usize,
        before: usize,
        function: ir::Function,
    ) -> ir::Function {
        let reported = &self.diagnostics[before..];
        let Some(first) = reported.iter().find(|d| d.is_error()) else {
            return function;
        };
        if !self.is_of_c(before) {
            return function;
        }
        let what = format!("C that is not supported: {}", first.message);
        let span = first.labels.first().map(|label| label.span);
        let span = span.unwrap_or(self.symbols.callables[index].name.span);
        let reported = self.diagnostics.split_off(before);
        self.refused.push((FunctionId(index as u32), reported));
        let mut body = Body::default();
        for param in &function.body.params {
            let local = body.local(function.body.locals[param.index()].name.clone(), Type::F64);
            body.params.push(local);
        }
        let zero = body.exprs.f64(0.0);
        if function.body.result.is_some() {
            let result = body.local(function.name.clone(), Type::F64);
            body.block.push(Stmt::Assign(result, zero));
            body.result = Some(result);
        }
        let cond = body.exprs.add(Expr::Bool(false));
        let place = self.place(span, &what);
        body.block.push(Stmt::Check {
            cond,
            failure: Failure::Stopped,
            place,
            value: zero,
        });
        ir::Function { body, ..function }
    }

    /// Reports them, once it is known what the simulator runs.
    pub(super) fn settle_refused(&mut self, kernels: &[Kernel]) {
        if self.refused.is_empty() {
            return;
        }
        let graph = CallGraph::new(&self.functions);
        let mut run = vec![false; self.functions.len()];
        let mut work: Vec<FunctionId> = Vec::new();
        let bodies = kernels.iter().map(|k| &k.body).chain(&self.ode);
        for body in bodies {
            walk::for_each_stmt(&body.block, &mut |stmt| match stmt {
                Stmt::Call { function, .. } => work.push(*function),
                Stmt::Solve { block, .. } => work.push(*block),
                _ => {}
            });
        }
        for name in [crate::mechanism::CONSTRUCTOR, crate::mechanism::DESTRUCTOR] {
            let found = self.symbols.mechanism.callable(name);
            work.extend(found.map(|index| FunctionId(index as u32)));
        }
        while let Some(function) = work.pop() {
            if std::mem::replace(&mut run[function.index()], true) {
                continue;
            }
            work.extend(graph.callees(function));
        }
        for (function, reported) in std::mem::take(&mut self.refused) {
            if run[function.index()] {
                self.diagnostics.extend(reported);
                continue;
            }
            let callable = self.symbols.callables[function.index()];
            let (warnings, errors): (Vec<_>, Vec<_>) =
                reported.into_iter().partition(|d| !d.is_error());
            self.diagnostics.extend(warnings);
            for error in errors {
                self.warn_refused(&callable.name.name, error);
            }
        }
    }

    /// What has hoc execute statements when it has returned may be called by users alone: whoever else
    /// called it would go on before that.
    pub(super) fn no_hoc_within(&mut self, kernels: &[Kernel]) {
        use crate::abi::Request;
        let executes = |function: &ir::Function| {
            let mut found = false;
            walk::for_each_stmt(&function.body.block, &mut |stmt| {
                found |= matches!(
                    stmt,
                    Stmt::Service {
                        service: ir::Service::Request(Request::Execute),
                        ..
                    }
                );
            });
            found
        };
        let executing: Vec<bool> = self.functions.iter().map(executes).collect();
        if !executing.contains(&true) {
            return;
        }
        let mut called = Vec::new();
        let functions = self.functions.iter().map(|f| &f.body);
        for body in functions.chain(kernels.iter().map(|k| &k.body)) {
            walk::for_each_stmt(&body.block, &mut |stmt| {
                if let Stmt::Call { function, .. } = stmt {
                    called.push(function.index());
                }
            });
        }
        called.sort_unstable();
        called.dedup();
        for index in called.into_iter().filter(|&index| executing[index]) {
            let Some(callable) = self.symbols.callables.get(index) else {
                continue;
            };
            let what = format!("`{}` has `hoc_oc` and is called here", callable.name.name);
            let fault = crate::verbatim::Fault::new(callable.name.span, what);
            self.diagnostics.push(fault.diagnostic());
        }
    }

    /// Warns that what only a user can call has an error.
    pub(super) fn warn_refused(&mut self, name: &str, error: Diagnostic) {
        let mut warning = Diagnostic::new(
            Code::CallRefused,
            format!("`{name}` cannot be called: {}", error.message),
        );
        if let Some(label) = error.labels.first() {
            warning = warning.at(label.span, label.message.clone());
        }
        for help in error.help {
            warning = warning.help(help);
        }
        self.diagnostics.push(warning);
    }
}

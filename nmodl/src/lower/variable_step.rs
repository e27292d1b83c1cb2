//! What of BREAKPOINT an integrator with variable steps may take over.
//!
//! NEURON decides it by the SOLVEs: DERIVATIVE and KINETIC blocks are integrated, a PROCEDURE is
//! called if METHOD says when. Without METHOD it is called once in each step if it cannot be one that
//! integrates by itself, which is so where there is no STATE and no dt. Else the mechanism cannot be
//! used with such an integrator. (NEURON also refuses several SOLVEs, KINETIC without METHOD sparse,
//! and each PROCEDURE without METHOD; here these are integrated and called.)

use super::Lowering;
use super::body::Context;
use crate::mechanism::{Refusal, Role, StateCall, VariableStep};
use crate::sema::{EquationKind, Symbol};
use crate::syntax::ast::{self, Expr, Statement};
use crate::syntax::walk;

impl<'a> Lowering<'a> {
    /// Finds it for the SOLVEs of BREAKPOINT.
    pub(super) fn variable_step(&mut self, solves: &[&'a ast::Solve]) {
        let mut calls = Vec::new();
        for solve in solves {
            match self.call_when_variable(solve) {
                Ok(call) => calls.push(call),
                Err(reason) => {
                    self.refuse_variable_step(reason, solve);
                    return;
                }
            }
        }
        let Some(&state) = calls.first() else { return };
        if let Some(other) = calls.iter().position(|call| *call != state) {
            let reason = "BREAKPOINT has SOLVEs of several kinds";
            self.refuse_variable_step(reason.to_owned(), solves[other]);
            return;
        }
        self.variable_step.state = state;
        if state == StateCall::Never {
            // The state kernel, which has the same statements, has the messages.
            let messages = self.diagnostics.len();
            let mut body = super::body::BodyLowering::new(self, Context::Breakpoint);
            body.copies();
            solves.iter().for_each(|solve| body.solve(solve));
            body.write_concentrations();
            self.ode = Some(body.finish());
            self.diagnostics.truncate(messages);
        }
    }

    fn call_when_variable(&self, solve: &ast::Solve) -> Result<StateCall, String> {
        let name = &solve.block.name;
        let method = solve.method.as_ref();
        let steadystate = method.is_some_and(|m| m.steady_state);
        match self.symbols.names.get(name) {
            Some(&Symbol::Equations(index)) => match self.symbols.equations[index].kind {
                EquationKind::Derivative | EquationKind::Kinetic if steadystate => {
                    Err(format!("`{name}` is solved for its steady state"))
                }
                EquationKind::Derivative | EquationKind::Kinetic => Ok(StateCall::Never),
                kind => Err(format!("BREAKPOINT solves the {} `{name}`", kind.keyword())),
            },
            Some(&Symbol::Callable(_)) => match method.map(|m| m.name.name.as_str()) {
                Some("after_cvode") => Ok(StateCall::Step),
                Some("cvode_t" | "cvode_t_v" | "cvode_v") => Ok(StateCall::Currents),
                None if !self.may_integrate_by_itself() => Ok(StateCall::Step),
                _ => Err(format!(
                    "`{name}` is solved without METHOD after_cvode, cvode_t or cvode_t_v"
                )),
            },
            _ => Ok(StateCall::Never),
        }
    }

    /// Whether a PROCEDURE may advance something over dt, as exponential integration in the obsolete
    /// form does.
    fn may_integrate_by_itself(&self) -> bool {
        let variables = &self.symbols.mechanism.variables;
        let has_state = variables.iter().any(|v| v.role == Role::State);
        let mut callables = self.symbols.callables.iter();
        has_state || callables.any(|callable| depends_on_dt(callable.statements))
    }

    fn refuse_variable_step(&mut self, reason: String, solve: &ast::Solve) {
        self.variable_step = VariableStep {
            state: StateCall::Step,
            refusal: Some(Refusal {
                reason,
                span: solve.span,
            }),
        };
    }
}

/// Whether statements name dt, or hold C, in which it is not looked for.
fn depends_on_dt(statements: &[Statement]) -> bool {
    statements.iter().any(|statement| {
        let mut found = matches!(statement, Statement::Verbatim(_));
        walk::each_expr_of(statement, &mut |expr| {
            walk::each_expr(expr, &mut |part| {
                found |= matches!(part, Expr::Variable(v) if v.name.name == "dt");
            });
        });
        let inner = walk::blocks_in(statement);
        found || inner.iter().any(|block| depends_on_dt(&block.statements))
    })
}

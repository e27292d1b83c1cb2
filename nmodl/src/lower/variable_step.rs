//! What of BREAKPOINT an integrator with variable steps may take over.
//!
//! NEURON decides it by the SOLVEs: DERIVATIVE and KINETIC blocks are integrated, a PROCEDURE is
//! called if METHOD says when. Without METHOD it is called once in each step if it cannot be one that
//! integrates by itself, which is so where there is no STATE and no dt. Else the mechanism cannot be
//! used with such an integrator. (NEURON also refuses several SOLVEs, KINETIC without METHOD sparse,
//! and each PROCEDURE without METHOD; here these are integrated and called.)

use super::Lowering;
use super::body::{BodyLowering, Context};
use crate::ir::{IonVar, Place, Stmt, Type};
use crate::mechanism::{Refusal, Role, StateCall, Storage, VariableStep};
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
            let mut body = BodyLowering::new(self, Context::Breakpoint);
            body.copies();
            solves.iter().for_each(|solve| body.solve(solve));
            if body.concentrations_follow_breakpoint(solves) {
                body.breakpoint_with_states_kept();
            }
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

impl BodyLowering<'_, '_> {
    /// Whether a concentration in WRITE is assigned neither as a STATE nor by the solved blocks: then
    /// BREAKPOINT does it, which no kernel of currents executes.
    fn concentrations_follow_breakpoint(&self, solves: &[&ast::Solve]) -> bool {
        let symbols = self.unit.symbols;
        let assigned = |name: &str| {
            let blocks = solves.iter().filter_map(|solve| {
                let symbol = symbols.names.get(solve.block.name.as_str())?;
                match *symbol {
                    Symbol::Equations(index) => Some(&symbols.equations[index].node.body),
                    _ => None,
                }
            });
            let mut found = false;
            for block in blocks {
                walk::each_statement(block, &mut |statement| {
                    found |=
                        matches!(statement, Statement::Assign(a) if a.target.name.name == name);
                });
            }
            found
        };
        let mut bindings = symbols.ion_bindings.iter();
        symbols.currents.is_empty()
            && bindings.any(|binding| {
                let variable = &symbols.mechanism.variables[binding.variable];
                let concentration = matches!(binding.field, IonVar::Ci | IonVar::Co);
                binding.write
                    && concentration
                    && variable.role != Role::State
                    && !assigned(&variable.name)
            })
    }

    /// The statements of BREAKPOINT besides its SOLVEs. States are the integrator's: what is assigned
    /// to them holds for the statements behind it only.
    fn breakpoint_with_states_kept(&mut self) {
        let symbols = self.unit.symbols;
        let variables = symbols.mechanism.variables.iter();
        let states = variables.filter(|v| v.role == Role::State && v.storage == Storage::Column);
        let columns = states.flat_map(|state| state.offset..state.offset + state.len());
        let columns: Vec<_> = columns.map(|column| Place::Column(column as u32)).collect();
        let mut kept = Vec::new();
        for column in columns {
            let local = self.body.local("kept", Type::F64);
            let value = self.load(column);
            self.out.push(Stmt::Assign(local, value));
            kept.push((column, local));
        }
        self.blocks(&symbols.breakpoint);
        for (column, local) in kept {
            let value = self.body.exprs.local(local);
            self.out.push(Stmt::Store(column, value));
        }
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

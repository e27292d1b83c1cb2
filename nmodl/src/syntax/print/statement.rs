//! Statements.

use super::Printer;
use crate::syntax::ast::{
    Assign, Block, Compartment, If, Reactant, Reaction, ReactionKind, Solve, Statement, Table,
    Watch,
};

impl Printer {
    pub(super) fn block(&mut self, block: &Block) {
        self.braces(|p| {
            for statement in &block.statements {
                p.begin_line();
                p.statement(statement);
                p.end_line();
            }
        });
    }

    fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Local(local) => self.local(local),
            Statement::Assign(assign) => self.assign(assign),
            Statement::Call(call) => self.call(call),
            Statement::If(statement) => self.if_statement(statement),
            Statement::While(statement) => {
                self.push("while (");
                self.expr(&statement.condition);
                self.push(") ");
                self.block(&statement.body);
            }
            Statement::From(statement) => {
                self.push("FROM ");
                self.push(&statement.index.name);
                self.push(" = ");
                self.expr(&statement.from);
                self.push(" TO ");
                self.expr(&statement.to);
                if let Some(by) = &statement.by {
                    self.push(" BY ");
                    self.expr(by);
                }
                self.push(" ");
                self.block(&statement.body);
            }
            Statement::Block(block) => self.block(block),
            Statement::Solve(solve) => self.solve(solve),
            Statement::Conductance(conductance) => {
                self.push("CONDUCTANCE ");
                self.push(&conductance.name.name);
                if let Some(ion) = &conductance.ion {
                    self.push(" USEION ");
                    self.push(&ion.name);
                }
            }
            Statement::Table(table) => self.table(table),
            Statement::Verbatim(verbatim) => self.verbatim(verbatim),
            Statement::Reaction(reaction) => self.reaction(reaction),
            Statement::Equation(equation) => {
                self.push(if equation.adds { "~+ " } else { "~ " });
                self.expr(&equation.left);
                self.push(" = ");
                self.expr(&equation.right);
            }
            Statement::Conserve(conserve) => {
                self.push("CONSERVE ");
                self.reactants(&conserve.left);
                self.push(" = ");
                self.expr(&conserve.right);
            }
            Statement::Compartment(compartment) => self.compartment("COMPARTMENT", compartment),
            Statement::LongitudinalDiffusion(compartment) => {
                self.compartment("LONGITUDINAL_DIFFUSION", compartment);
            }
            Statement::Lag(lag) => {
                self.push(&format!("LAG {} BY {}", lag.name.name, lag.by.name));
            }
            Statement::Initial(block) => {
                self.push("INITIAL ");
                self.block(&block.body);
            }
            Statement::Watch(watch) => self.watch(watch),
            Statement::ForNetcons(statement) => {
                self.push("FOR_NETCONS ");
                self.formals(&statement.arguments);
                self.push(" ");
                self.block(&statement.body);
            }
            Statement::Protect(protect) => {
                self.push("PROTECT ");
                self.assign(&protect.assign);
            }
            Statement::MutexLock(_) => self.push("MUTEXLOCK"),
            Statement::MutexUnlock(_) => self.push("MUTEXUNLOCK"),
            Statement::UnitsSwitch(switch) => {
                self.push(if switch.on { "UNITSON" } else { "UNITSOFF" });
            }
            Statement::Obsolete(obsolete) => self.obsolete(obsolete),
        }
    }

    fn assign(&mut self, assign: &Assign) {
        self.variable(&assign.target);
        self.push(" = ");
        self.expr(&assign.value);
    }

    fn if_statement(&mut self, statement: &If) {
        self.separated(&statement.branches, " else ", |p, branch| {
            p.push("if (");
            p.expr(&branch.condition);
            p.push(") ");
            p.block(&branch.body);
        });
        if let Some(otherwise) = &statement.otherwise {
            self.push(" else ");
            self.block(otherwise);
        }
    }

    fn solve(&mut self, solve: &Solve) {
        self.push("SOLVE ");
        self.push(&solve.block.name);
        if let Some(method) = &solve.method {
            self.push(if method.steady_state {
                " STEADYSTATE "
            } else {
                " METHOD "
            });
            self.push(&method.name.name);
        }
        if let Some(if_error) = &solve.if_error {
            self.push(" IFERROR ");
            self.block(if_error);
        }
    }

    fn table(&mut self, table: &Table) {
        self.push("TABLE ");
        if !table.names.is_empty() {
            self.names(&table.names);
            self.push(" ");
        }
        if !table.depend.is_empty() {
            self.push("DEPEND ");
            self.names(&table.depend);
            self.push(" ");
        }
        self.push("FROM ");
        self.expr(&table.from);
        self.push(" TO ");
        self.expr(&table.to);
        self.push(" WITH ");
        self.integer(&table.with);
    }

    fn reaction(&mut self, reaction: &Reaction) {
        self.push("~ ");
        self.reactants(&reaction.left);
        match &reaction.kind {
            ReactionKind::Reversible {
                right,
                forward,
                backward,
            } => {
                self.push(" <-> ");
                self.reactants(right);
                self.push(" (");
                self.expr(forward);
                self.push(", ");
                self.expr(backward);
            }
            ReactionKind::Outflow { rate } => {
                self.push(" -> (");
                self.expr(rate);
            }
            ReactionKind::Influx { flux } => {
                self.push(" << (");
                self.expr(flux);
            }
        }
        self.push(")");
    }

    fn reactants(&mut self, reactants: &[Reactant]) {
        self.separated(reactants, " + ", |p, reactant| {
            if let Some(coefficient) = &reactant.coefficient {
                p.integer(coefficient);
                p.push(" ");
            }
            p.variable(&reactant.variable);
        });
    }

    fn compartment(&mut self, keyword: &str, compartment: &Compartment) {
        self.push(keyword);
        self.push(" ");
        if let Some(index) = &compartment.index {
            self.push(&index.name);
            self.push(", ");
        }
        self.expr(&compartment.value);
        self.push(" { ");
        self.separated(&compartment.states, " ", |p, state| p.push(&state.name));
        self.push(" }");
    }

    fn watch(&mut self, watch: &Watch) {
        self.push("WATCH ");
        self.separated(&watch.conditions, ", ", |p, condition| {
            p.push("(");
            p.operand_of_comparison(&condition.left, false);
            p.push(if condition.rising { " > " } else { " < " });
            p.operand_of_comparison(&condition.right, true);
            p.push(") ");
            p.declared_number(&condition.flag);
        });
    }
}

//! Statements.

use super::{Dump, declared_number, expr, formals, integer, names, variable};
use crate::syntax::ast::{
    Assign, Compartment, If, Reactant, Reaction, ReactionKind, Solve, Statement, Table,
};

impl Dump {
    pub(super) fn statement(&mut self, statement: &Statement) {
        match statement {
            Statement::Local(local) => self.local(local),
            Statement::Assign(statement) => self.line(format!("assign {}", assign(statement))),
            Statement::Call(call) => {
                let arguments: Vec<String> = call.arguments.iter().map(expr).collect();
                self.line(format!("call {}({})", call.name.name, arguments.join(", ")));
            }
            Statement::If(statement) => self.if_statement(statement),
            Statement::While(statement) => {
                let head = format!("while {}", expr(&statement.condition));
                self.block(&head, &statement.body);
            }
            Statement::From(statement) => {
                let by = match &statement.by {
                    Some(by) => format!(" by {}", expr(by)),
                    None => String::new(),
                };
                let head = format!(
                    "from {} = {} to {}{by}",
                    statement.index.name,
                    expr(&statement.from),
                    expr(&statement.to)
                );
                self.block(&head, &statement.body);
            }
            Statement::Block(block) => self.block("block", block),
            Statement::Solve(statement) => self.solve(statement),
            Statement::Conductance(statement) => {
                let ion = match &statement.ion {
                    Some(ion) => format!(" useion {}", ion.name),
                    None => String::new(),
                };
                self.line(format!("conductance {}{ion}", statement.name.name));
            }
            Statement::Table(statement) => self.line(table(statement)),
            Statement::Verbatim(verbatim) => self.verbatim(verbatim),
            Statement::Reaction(statement) => self.line(reaction(statement)),
            Statement::Equation(equation) => self.line(format!(
                "equation{} {} = {}",
                if equation.adds { "+" } else { "" },
                expr(&equation.left),
                expr(&equation.right)
            )),
            Statement::Conserve(statement) => self.line(format!(
                "conserve {} = {}",
                reactants(&statement.left),
                expr(&statement.right)
            )),
            Statement::Compartment(statement) => self.line(compartment("compartment", statement)),
            Statement::LongitudinalDiffusion(statement) => {
                self.line(compartment("longitudinal_diffusion", statement));
            }
            Statement::Lag(lag) => self.line(format!("lag {} by {}", lag.name.name, lag.by.name)),
            Statement::Initial(block) => self.block("initial", &block.body),
            Statement::Watch(watch) => {
                for condition in &watch.conditions {
                    self.line(format!(
                        "watch ({} {} {}) {}",
                        if condition.rising { ">" } else { "<" },
                        expr(&condition.left),
                        expr(&condition.right),
                        declared_number(&condition.flag)
                    ));
                }
            }
            Statement::ForNetcons(statement) => {
                let head = format!("for_netcons({})", formals(&statement.arguments));
                self.block(&head, &statement.body);
            }
            Statement::Protect(protect) => {
                self.line(format!("protect {}", assign(&protect.assign)));
            }
            Statement::MutexLock(_) => self.line("mutexlock"),
            Statement::MutexUnlock(_) => self.line("mutexunlock"),
            Statement::UnitsSwitch(switch) => {
                self.line(if switch.on { "unitson" } else { "unitsoff" });
            }
            Statement::Obsolete(obsolete) => self.obsolete(obsolete),
        }
    }

    fn if_statement(&mut self, statement: &If) {
        for (i, branch) in statement.branches.iter().enumerate() {
            let word = if i == 0 { "if" } else { "else if" };
            self.block(&format!("{word} {}", expr(&branch.condition)), &branch.body);
        }
        if let Some(otherwise) = &statement.otherwise {
            self.block("else", otherwise);
        }
    }

    fn solve(&mut self, solve: &Solve) {
        let method = match &solve.method {
            Some(method) if method.steady_state => format!(" steadystate {}", method.name.name),
            Some(method) => format!(" method {}", method.name.name),
            None => String::new(),
        };
        self.line(format!("solve {}{method}", solve.block.name));
        if let Some(if_error) = &solve.if_error {
            self.nested(|d| d.block("iferror", if_error));
        }
    }
}

fn assign(assign: &Assign) -> String {
    format!("{} = {}", variable(&assign.target), expr(&assign.value))
}

fn table(table: &Table) -> String {
    let depend = match table.depend.as_slice() {
        [] => String::new(),
        list => format!(" depend {}", names(list)),
    };
    format!(
        "table [{}]{depend} from {} to {} with {}",
        names(&table.names),
        expr(&table.from),
        expr(&table.to),
        integer(&table.with)
    )
}

fn reaction(reaction: &Reaction) -> String {
    let left = reactants(&reaction.left);
    match &reaction.kind {
        ReactionKind::Reversible {
            right,
            forward,
            backward,
        } => format!(
            "reaction {left} <-> {} forward {} backward {}",
            reactants(right),
            expr(forward),
            expr(backward)
        ),
        ReactionKind::Outflow { rate } => format!("reaction {left} -> rate {}", expr(rate)),
        ReactionKind::Influx { flux } => format!("reaction {left} << flux {}", expr(flux)),
    }
}

fn reactants(reactants: &[Reactant]) -> String {
    let list: Vec<String> = reactants
        .iter()
        .map(|reactant| match &reactant.coefficient {
            Some(coefficient) => {
                format!("{} {}", integer(coefficient), variable(&reactant.variable))
            }
            None => variable(&reactant.variable),
        })
        .collect();
    list.join(" + ")
}

fn compartment(head: &str, compartment: &Compartment) -> String {
    let index = match &compartment.index {
        Some(index) => format!(" over {}", index.name),
        None => String::new(),
    };
    format!(
        "{head}{index} {} of {}",
        expr(&compartment.value),
        names(&compartment.states)
    )
}

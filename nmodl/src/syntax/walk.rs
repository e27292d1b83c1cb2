//! Walks over the syntax tree, for what looks at every statement or expression alike: lints,
//! units, layout.
//!
//! Everything is visited in the order of the text, a node before what is in it.

use super::ast::{Block, Expr, Item, Reactant, ReactionKind, Statement, Variable};

/// The code of an item, if it is a block with code.
pub fn code_of(item: &Item) -> Option<&Block> {
    match item {
        Item::Initial(block)
        | Item::Breakpoint(block)
        | Item::Constructor(block)
        | Item::Destructor(block) => Some(&block.body),
        Item::Derivative(block)
        | Item::Kinetic(block)
        | Item::Linear(block)
        | Item::Nonlinear(block)
        | Item::Discrete(block) => Some(&block.body),
        Item::Function(callable) | Item::Procedure(callable) => Some(&callable.body),
        Item::NetReceive(block) => Some(&block.body),
        Item::BeforeAfter(block) => Some(&block.body),
        _ => None,
    }
}

/// The blocks directly in a statement.
pub fn blocks_in(statement: &Statement) -> Vec<&Block> {
    match statement {
        Statement::If(s) => {
            let branches = s.branches.iter().map(|branch| &branch.body);
            branches.chain(&s.otherwise).collect()
        }
        Statement::While(s) => vec![&s.body],
        Statement::From(s) => vec![&s.body],
        Statement::Block(block) => vec![block],
        Statement::Solve(s) => s.if_error.iter().collect(),
        Statement::Initial(s) => vec![&s.body],
        Statement::ForNetcons(s) => vec![&s.body],
        _ => Vec::new(),
    }
}

/// Every statement of a block, those within others included.
pub fn each_statement<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Statement)) {
    for statement in &block.statements {
        visit(statement);
        for inner in blocks_in(statement) {
            each_statement(inner, visit);
        }
    }
}

/// The expressions directly in a statement, those of its blocks not included. Indices of
/// variables that are assigned are among them; a call that is a statement is not, its arguments
/// are.
pub fn each_expr_of<'a>(statement: &'a Statement, visit: &mut dyn FnMut(&'a Expr)) {
    let index = |variable: &'a Variable, visit: &mut dyn FnMut(&'a Expr)| {
        if let Some(index) = &variable.index {
            visit(index);
        }
    };
    let indices = |reactants: &'a [Reactant], visit: &mut dyn FnMut(&'a Expr)| {
        for reactant in reactants {
            index(&reactant.variable, visit);
        }
    };
    match statement {
        Statement::Assign(s) => {
            index(&s.target, visit);
            visit(&s.value);
        }
        Statement::Protect(s) => {
            index(&s.assign.target, visit);
            visit(&s.assign.value);
        }
        Statement::Call(call) => call.arguments.iter().for_each(visit),
        Statement::If(s) => s.branches.iter().for_each(|b| visit(&b.condition)),
        Statement::While(s) => visit(&s.condition),
        Statement::From(s) => {
            visit(&s.from);
            visit(&s.to);
            s.by.iter().for_each(visit);
        }
        Statement::Table(s) => {
            visit(&s.from);
            visit(&s.to);
        }
        Statement::Reaction(s) => {
            indices(&s.left, visit);
            match &s.kind {
                ReactionKind::Reversible {
                    right,
                    forward,
                    backward,
                } => {
                    indices(right, visit);
                    visit(forward);
                    visit(backward);
                }
                ReactionKind::Outflow { rate } => visit(rate),
                ReactionKind::Influx { flux } => visit(flux),
            }
        }
        Statement::Equation(s) => {
            visit(&s.left);
            visit(&s.right);
        }
        Statement::Conserve(s) => {
            indices(&s.left, visit);
            visit(&s.right);
        }
        Statement::Compartment(s) | Statement::LongitudinalDiffusion(s) => visit(&s.value),
        Statement::Watch(s) => {
            for condition in &s.conditions {
                visit(&condition.left);
                visit(&condition.right);
            }
        }
        Statement::Local(_)
        | Statement::Block(_)
        | Statement::Solve(_)
        | Statement::Conductance(_)
        | Statement::Verbatim(_)
        | Statement::Lag(_)
        | Statement::Initial(_)
        | Statement::ForNetcons(_)
        | Statement::MutexLock(_)
        | Statement::MutexUnlock(_)
        | Statement::UnitsSwitch(_)
        | Statement::Obsolete(_) => {}
    }
}

/// An expression and everything in it.
pub fn each_expr<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    visit(expr);
    match expr {
        Expr::Number { .. } | Expr::String(_) => {}
        Expr::Variable(variable) => {
            if let Some(index) = &variable.index {
                each_expr(index, visit);
            }
        }
        Expr::Call(call) => call.arguments.iter().for_each(|a| each_expr(a, visit)),
        Expr::Unary { operand, .. } => each_expr(operand, visit),
        Expr::Binary { left, right, .. } => {
            each_expr(left, visit);
            each_expr(right, visit);
        }
    }
}

/// Both sides of a reaction.
pub fn reactants(reaction: &super::ast::Reaction) -> impl Iterator<Item = &Reactant> {
    let right = match &reaction.kind {
        ReactionKind::Reversible { right, .. } => right.as_slice(),
        _ => &[],
    };
    reaction.left.iter().chain(right)
}

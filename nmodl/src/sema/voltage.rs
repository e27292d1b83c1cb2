//! Whether a file assigns `v`.
//!
//! In NEURON `v` is a variable of the instance, which each block begins with the potential of
//! its node. A file that assigns it (to step aside from the voltage where a rate is 0/0,
//! usually) therefore changes what the rest of the block sees, and nothing else. Such a file
//! gets that copy here; all others use the node's value as it is. NET_RECEIVE is not looked at:
//! there, `v` is the node's.

use crate::syntax::ast::{Argument, Item, Statement};

/// True if a block other than NET_RECEIVE assigns the simulator's `v`.
pub(super) fn is_assigned(items: &[&Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Function(c) | Item::Procedure(c) => {
            c.name.name != "v" && !takes_v(&c.arguments) && assigns(&c.body.statements)
        }
        Item::Derivative(b) | Item::Kinetic(b) | Item::Linear(b) | Item::Nonlinear(b) => {
            assigns(&b.body.statements)
        }
        Item::Initial(b) | Item::Breakpoint(b) => assigns(&b.body.statements),
        Item::BeforeAfter(b) => assigns(&b.body.statements),
        _ => false,
    })
}

fn takes_v(arguments: &[Argument]) -> bool {
    arguments.iter().any(|a| a.name.name == "v")
}

fn assigns(statements: &[Statement]) -> bool {
    for statement in statements {
        let found = match statement {
            // From here on `v` is another variable.
            Statement::Local(local) if local.names.iter().any(|n| n.name.name == "v") => {
                return false;
            }
            Statement::Assign(assign) => assign.target.name.name == "v",
            Statement::Protect(protect) => protect.assign.target.name.name == "v",
            Statement::If(statement) => {
                let branches = statement.branches.iter().map(|b| &b.body);
                let mut blocks = branches.chain(&statement.otherwise);
                blocks.any(|b| assigns(&b.statements))
            }
            Statement::While(statement) => assigns(&statement.body.statements),
            Statement::From(statement) => {
                statement.index.name != "v" && assigns(&statement.body.statements)
            }
            Statement::Block(block) => assigns(&block.statements),
            _ => false,
        };
        if found {
            return true;
        }
    }
    false
}

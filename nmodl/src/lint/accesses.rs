//! Who reads and who sets what: every use of a name in the code of a file, LOCALs and arguments
//! told from variables.

use std::collections::HashSet;

use crate::source::Span;
use crate::syntax::ast::{Block, Expr, Ident, Item, ReactionKind, Statement, Variable};
use crate::syntax::walk;

/// What is done with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Its value is used.
    Read,
    /// It is assigned.
    Set,
    /// An equation or reaction determines it.
    Solved,
    /// It is called.
    Called,
}

/// A use of a name that is neither a LOCAL nor an argument.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use<'a> {
    pub name: &'a str,
    pub access: Access,
    pub span: Span,
    /// The block at file level that it stands in.
    pub item: &'a Item,
}

/// A LOCAL, and how often it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct LocalUse<'a> {
    pub name: &'a Ident,
    pub reads: usize,
}

/// All uses of a file.
#[derive(Debug, Default)]
pub(super) struct Accesses<'a> {
    pub uses: Vec<Use<'a>>,
    pub locals: Vec<LocalUse<'a>>,
    /// Words of VERBATIM blocks.
    verbatim: HashSet<&'a str>,
}

impl<'a> Accesses<'a> {
    pub(super) fn new(items: &[&'a Item]) -> Self {
        let mut all = Self::default();
        for item in items {
            if let Item::Verbatim(verbatim) = item {
                all.words(&verbatim.text);
            }
            let Some(block) = walk::code_of(item) else {
                continue;
            };
            let mut walker = Walker {
                all: &mut all,
                item,
                scopes: vec![Vec::new()],
            };
            walker.head(item);
            walker.block(block);
        }
        all
    }

    /// Uses of the variable `name`.
    pub(super) fn of<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Use<'a>> {
        self.uses.iter().filter(move |u| u.name == name)
    }

    /// Whether a VERBATIM block mentions a name, as it is or as C calls a LOCAL.
    pub(super) fn in_verbatim(&self, name: &str) -> bool {
        self.verbatim.contains(name) || self.verbatim.contains(format!("_l{name}").as_str())
    }

    fn words(&mut self, text: &'a str) {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        self.verbatim.extend(text.split(|c| !is_word(c)));
    }
}

/// What a name of a scope is.
#[derive(Clone, Copy)]
enum Bound {
    /// An argument or index.
    Argument,
    /// `Accesses::locals[i]`.
    Local(usize),
}

struct Walker<'w, 'a> {
    all: &'w mut Accesses<'a>,
    item: &'a Item,
    scopes: Vec<Vec<(&'a str, Bound)>>,
}

impl<'a> Walker<'_, 'a> {
    /// Arguments, and the names behind SOLVEFOR.
    fn head(&mut self, item: &'a Item) {
        let arguments = match item {
            Item::Function(c) | Item::Procedure(c) => &c.arguments,
            Item::NetReceive(b) => &b.arguments,
            Item::Linear(b) | Item::Nonlinear(b) => {
                for name in &b.solve_for {
                    self.name(name, Access::Solved);
                }
                return;
            }
            _ => return,
        };
        for argument in arguments {
            self.bind(&argument.name.name, Bound::Argument);
        }
        match item {
            // The name of a FUNCTION is its result inside of it.
            Item::Function(c) => self.bind(&c.name.name, Bound::Argument),
            Item::NetReceive(_) => self.bind("flag", Bound::Argument),
            _ => {}
        }
    }

    fn bind(&mut self, name: &'a str, bound: Bound) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.push((name, bound));
        }
    }

    fn bound(&self, name: &str) -> Option<Bound> {
        let mut names = self
            .scopes
            .iter()
            .rev()
            .flat_map(|scope| scope.iter().rev());
        names.find(|(known, _)| *known == name).map(|(_, b)| *b)
    }

    fn name(&mut self, name: &'a Ident, access: Access) {
        match self.bound(&name.name) {
            Some(Bound::Local(local)) => {
                if access == Access::Read {
                    self.all.locals[local].reads += 1;
                }
            }
            Some(Bound::Argument) => {}
            None => self.all.uses.push(Use {
                name: &name.name,
                access,
                span: name.span,
                item: self.item,
            }),
        }
    }

    fn variable(&mut self, variable: &'a Variable, access: Access) {
        if let Some(index) = &variable.index {
            self.expr(index);
        }
        self.name(&variable.name, access);
    }

    fn expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Variable(variable) => self.variable(variable, Access::Read),
            Expr::Call(call) => {
                self.name(&call.name, Access::Called);
                call.arguments.iter().for_each(|a| self.expr(a));
            }
            Expr::Unary { operand, .. } => self.expr(operand),
            Expr::Binary { left, right, .. } => {
                self.expr(left);
                self.expr(right);
            }
            Expr::Number { .. } | Expr::String(_) => {}
        }
    }

    fn block(&mut self, block: &'a Block) {
        self.scopes.push(Vec::new());
        block.statements.iter().for_each(|s| self.statement(s));
        self.scopes.pop();
    }

    /// A block in which some more names are known.
    fn block_with(&mut self, names: impl IntoIterator<Item = &'a Ident>, block: &'a Block) {
        self.scopes.push(Vec::new());
        for name in names {
            self.bind(&name.name, Bound::Argument);
        }
        self.block(block);
        self.scopes.pop();
    }

    fn statement(&mut self, statement: &'a Statement) {
        match statement {
            Statement::Local(local) => {
                for name in &local.names {
                    let index = self.all.locals.len();
                    self.all.locals.push(LocalUse {
                        name: &name.name,
                        reads: 0,
                    });
                    self.bind(&name.name.name, Bound::Local(index));
                }
            }
            Statement::Verbatim(verbatim) => self.all.words(&verbatim.text),
            Statement::Assign(assign) => self.assign(&assign.target, &assign.value),
            Statement::Protect(s) => self.assign(&s.assign.target, &s.assign.value),
            Statement::Call(call) => {
                self.name(&call.name, Access::Called);
                call.arguments.iter().for_each(|a| self.expr(a));
            }
            Statement::From(s) => {
                walk::each_expr_of(statement, &mut |expr| self.expr(expr));
                self.block_with([&s.index], &s.body);
            }
            Statement::ForNetcons(s) => {
                self.block_with(s.arguments.iter().map(|a| &a.name), &s.body);
            }
            Statement::Compartment(s) | Statement::LongitudinalDiffusion(s) => {
                self.scopes.push(Vec::new());
                if let Some(index) = &s.index {
                    self.bind(&index.name, Bound::Argument);
                }
                self.expr(&s.value);
                self.scopes.pop();
            }
            Statement::Reaction(s) => {
                for reactant in walk::reactants(s) {
                    self.variable(&reactant.variable, Access::Solved);
                }
                match &s.kind {
                    ReactionKind::Reversible {
                        forward, backward, ..
                    } => {
                        self.expr(forward);
                        self.expr(backward);
                    }
                    ReactionKind::Outflow { rate } => self.expr(rate),
                    ReactionKind::Influx { flux } => self.expr(flux),
                }
            }
            Statement::Equation(s) => {
                // Which of the names are unknowns is for SOLVEFOR and the STATEs to say.
                for side in [&s.left, &s.right] {
                    self.expr(side);
                    walk::each_expr(side, &mut |expr| {
                        if let Expr::Variable(variable) = expr {
                            self.name(&variable.name, Access::Solved);
                        }
                    });
                }
            }
            Statement::Conserve(s) => {
                for reactant in &s.left {
                    self.variable(&reactant.variable, Access::Read);
                }
                self.expr(&s.right);
            }
            Statement::Conductance(s) => self.name(&s.name, Access::Read),
            Statement::Lag(s) => {
                self.name(&s.name, Access::Read);
                self.name(&s.by, Access::Read);
            }
            Statement::Table(s) => {
                self.expr(&s.from);
                self.expr(&s.to);
            }
            _ => {
                walk::each_expr_of(statement, &mut |expr| self.expr(expr));
                for block in walk::blocks_in(statement) {
                    self.block(block);
                }
            }
        }
    }

    fn assign(&mut self, target: &'a Variable, value: &'a Expr) {
        self.expr(value);
        let access = if target.order > 0 {
            Access::Solved
        } else {
            Access::Set
        };
        self.variable(target, access);
    }
}

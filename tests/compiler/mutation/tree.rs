//! Changes to a syntax tree that leave it a tree: statements, expressions, names, declarations and
//! blocks are removed, doubled, exchanged, replaced and wrapped. What comes from another file takes
//! names of the file that it comes into, so that much of it still means something there.

use crate::ir::generate::Random;
use nmodl::syntax::ast::*;
use nmodl::syntax::{parse_text, print, walk};

/// Trees to change, and parts to put into them.
pub struct Pool {
    files: Vec<File>,
    items: Vec<Item>,
    statements: Vec<Statement>,
    exprs: Vec<Expr>,
}

/// Words that methods and functions are replaced by.
const METHODS: &[&str] = &[
    "cnexp",
    "derivimplicit",
    "euler",
    "runge",
    "sparse",
    "after_cvode",
    "cvode_t",
    "matexp",
];
const FUNCTIONS: &[&str] = &[
    "exp", "log", "sqrt", "fabs", "sin", "pow", "floor", "tanh", "at_time", "net_send", "fmod",
];
const NUMBERS: &[&str] = &[
    "0", "1", "2", "3", "7", "0.5", "1e-9", "1e9", "1000", "65536", "1e-300", "1e300",
];

impl Pool {
    /// Of the texts that have no faults of syntax.
    pub fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Pool {
        let mut pool = Pool {
            files: Vec::new(),
            items: Vec::new(),
            statements: Vec::new(),
            exprs: Vec::new(),
        };
        for text in texts {
            let (file, diagnostics, _) = parse_text(text);
            if !diagnostics.is_empty() {
                continue;
            }
            for item in &file.items {
                let Some(code) = walk::code_of(item) else {
                    continue;
                };
                walk::each_statement(code, &mut |statement| {
                    pool.statements.push(statement.clone());
                    walk::each_expr_of(statement, &mut |expr| pool.exprs.push(expr.clone()));
                });
            }
            pool.items.extend(file.items.iter().cloned());
            pool.files.push(file);
        }
        pool
    }

    /// One of the texts, changed.
    pub fn mutant(&self, random: &mut Random) -> String {
        let mut file = self.files[random.below(self.files.len())].clone();
        for _ in 0..1 + random.below(5) {
            self.change(&mut file, random);
        }
        print::file(&file)
    }

    fn change(&self, file: &mut File, random: &mut Random) {
        match random.below(20) {
            0..=6 => self.statement(file, random),
            7..=12 => self.expr(file, random),
            13..=15 => rename(file, random),
            16 | 17 => declaration(file, random),
            _ => self.item(file, random),
        }
    }

    /// One statement of a block.
    fn statement(&self, file: &mut File, random: &mut Random) {
        let names = names(file);
        let mut inserted = self.statements[random.below(self.statements.len())].clone();
        adapt_statement(&mut inserted, &names, random);
        let blocks = count(file, each_block);
        if blocks == 0 {
            return;
        }
        let (from, to) = (random.below(blocks), random.below(blocks));
        let kind = random.below(9);
        let mut taken = None;
        nth(file, from, each_block, &mut |block| {
            let statements = &mut block.statements;
            let len = statements.len();
            if kind == 0 || len == 0 {
                let at = random.below(len + 1);
                statements.insert(at, inserted.clone());
                return;
            }
            let (at, other) = (random.below(len), random.below(len));
            match kind {
                1 => drop(statements.remove(at)),
                2 => statements.insert(other, statements[at].clone()),
                3 => statements.swap(at, other),
                4 => statements[at] = inserted.clone(),
                5 => taken = Some(statements.remove(at)),
                6 => taken = Some(statements[at].clone()),
                _ => {
                    let inner = statements[at].clone();
                    statements[at] = self.wrapped(inner, &names, random);
                }
            }
        });
        if let Some(statement) = taken {
            nth(file, to, each_block, &mut |block| {
                let at = random.below(block.statements.len() + 1);
                block.statements.insert(at, statement.clone());
            });
        }
    }

    /// A statement inside of another one.
    fn wrapped(&self, inner: Statement, names: &[String], random: &mut Random) -> Statement {
        let span = Span::default();
        let block = |statements| Block { statements, span };
        let mut condition = self.exprs[random.below(self.exprs.len())].clone();
        adapt_expr(&mut condition, names, random);
        match random.below(4) {
            0 => Statement::If(If {
                branches: vec![Branch {
                    condition,
                    body: block(vec![inner]),
                    span,
                }],
                otherwise: None,
                span,
            }),
            1 => Statement::If(If {
                branches: vec![Branch {
                    condition,
                    body: block(vec![]),
                    span,
                }],
                otherwise: Some(block(vec![inner])),
                span,
            }),
            2 => Statement::From(From {
                index: ident("i"),
                from: number("0"),
                to: number(["0", "2", "9"][random.below(3)]),
                by: None,
                body: block(vec![inner]),
                span,
            }),
            _ => Statement::Block(block(vec![inner])),
        }
    }

    /// One expression.
    fn expr(&self, file: &mut File, random: &mut Random) {
        let exprs = count(file, each_expr);
        if exprs == 0 {
            return;
        }
        let names = names(file);
        let mut other = match random.below(3) {
            0 => self.exprs[random.below(self.exprs.len())].clone(),
            _ => {
                let mut found = None;
                let at = random.below(exprs);
                nth(file, at, each_expr, &mut |expr| {
                    found = Some(expr.clone());
                });
                found.unwrap_or_else(|| number("1"))
            }
        };
        adapt_expr(&mut other, &names, random);
        let at = random.below(exprs);
        nth(file, at, each_expr, &mut |expr| {
            *expr = changed(expr.clone(), other.clone(), random);
        });
    }

    /// One item of the file.
    fn item(&self, file: &mut File, random: &mut Random) {
        let len = file.items.len();
        let names = names(file);
        let mut inserted = self.items[random.below(self.items.len())].clone();
        let mut block = |block: &mut Block| {
            block
                .statements
                .iter_mut()
                .for_each(|s| adapt_statement(s, &names, random));
        };
        if let Some(code) = code_mut(&mut inserted) {
            block(code);
        }
        let at = random.below(len + 1);
        match random.below(4) {
            0 if len > 0 => drop(file.items.remove(at.min(len - 1))),
            1 if len > 0 => {
                let copy = file.items[random.below(len)].clone();
                file.items.insert(at, copy);
            }
            2 if len > 0 => {
                let other = random.below(len);
                file.items.swap(at.min(len - 1), other);
            }
            _ => file.items.insert(at, inserted),
        }
    }
}

/// `expr` changed, perhaps with `other` in it.
fn changed(expr: Expr, other: Expr, random: &mut Random) -> Expr {
    let span = Span::default();
    match random.below(8) {
        0 => Expr::Binary {
            op: operator(random),
            op_span: span,
            left: Box::new(expr),
            right: Box::new(other),
            span,
        },
        1 => Expr::Unary {
            op: [UnaryOp::Negate, UnaryOp::Not][random.below(2)],
            operand: Box::new(expr),
            span,
        },
        2 => Expr::Call(Call {
            name: ident(random.pick(FUNCTIONS)),
            arguments: if random.one_in(3) {
                vec![expr, other]
            } else {
                vec![expr]
            },
            span,
        }),
        3 => number(random.pick(NUMBERS)),
        4 => match expr {
            Expr::Binary { left, right, .. } => *if random.one_in(2) { left } else { right },
            Expr::Unary { operand, .. } => *operand,
            Expr::Call(call) => call.arguments.into_iter().next().unwrap_or(other),
            _ => other,
        },
        5 => match expr {
            Expr::Binary { left, right, .. } => Expr::Binary {
                op: operator(random),
                op_span: span,
                left,
                right,
                span,
            },
            _ => other,
        },
        _ => other,
    }
}

fn operator(random: &mut Random) -> BinaryOp {
    use BinaryOp::*;
    random.pick(&[
        Add,
        Subtract,
        Multiply,
        Divide,
        Power,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Equal,
        NotEqual,
        And,
        Or,
    ])
}

/// One name becomes another name of the file, or a word that means something.
fn rename(file: &mut File, random: &mut Random) {
    let names = names(file);
    let idents = count(file, each_ident);
    if idents == 0 || names.is_empty() {
        return;
    }
    let at = random.below(idents);
    nth(file, at, each_ident, &mut |ident| {
        ident.name = match random.below(12) {
            0 => random.pick(METHODS).to_owned(),
            1 => random.pick(FUNCTIONS).to_owned(),
            2 => random.pick(&["v", "t", "dt", "area", "celsius"]).to_owned(),
            _ => names[random.below(names.len())].clone(),
        };
    });
}

/// A declaration goes, comes twice, or changes its length, its limits or its method.
fn declaration(file: &mut File, random: &mut Random) {
    let len = file.items.len();
    for _ in 0..10 {
        let Some(item) = file.items.get_mut(random.below(len.max(1))) else {
            return;
        };
        match item {
            Item::Neuron(block) => return twice_or_gone(&mut block.statements, random),
            Item::Units(block) => return twice_or_gone(&mut block.definitions, random),
            Item::Constant(block) => return twice_or_gone(&mut block.constants, random),
            Item::Parameter(block) => {
                if random.one_in(2) {
                    return twice_or_gone(&mut block.parameters, random);
                }
                let len = block.parameters.len();
                if let Some(parameter) = block.parameters.get_mut(random.below(len.max(1))) {
                    match random.below(3) {
                        0 => parameter.length = length(random),
                        1 => parameter.default = None,
                        _ => {
                            parameter.default =
                                Some(DeclaredNumber::Literal(literal(random.pick(NUMBERS))));
                        }
                    }
                }
                return;
            }
            Item::Assigned(block) | Item::State(block) => {
                if random.one_in(2) {
                    return twice_or_gone(&mut block.variables, random);
                }
                let len = block.variables.len();
                if let Some(variable) = block.variables.get_mut(random.below(len.max(1))) {
                    variable.length = length(random);
                }
                return;
            }
            Item::Define(define) => {
                define.value = random.pick(&[0, 1, 2, 5, 12, -1, 1_000]);
                return;
            }
            Item::Function(callable) | Item::Procedure(callable) => {
                return twice_or_gone(&mut callable.arguments, random);
            }
            _ => {}
        }
    }
}

fn length(random: &mut Random) -> Option<Integer> {
    let value = random.pick(&[0, 1, 2, 3, 6, 40]);
    (!random.one_in(3)).then_some(Integer::Literal {
        value,
        span: Span::default(),
    })
}

fn twice_or_gone<T: Clone>(list: &mut Vec<T>, random: &mut Random) {
    if list.is_empty() {
        return;
    }
    let at = random.below(list.len());
    match random.below(3) {
        0 => drop(list.remove(at)),
        1 => list.insert(at, list[at].clone()),
        _ => {
            let other = random.below(list.len());
            list.swap(at, other);
        }
    }
}

fn ident(name: &str) -> Ident {
    Ident {
        name: name.to_owned(),
        span: Span::default(),
    }
}

fn literal(text: &str) -> Number {
    Number {
        text: text.to_owned(),
        value: text.parse().unwrap(),
        span: Span::default(),
    }
}

fn number(text: &str) -> Expr {
    Expr::Number {
        number: literal(text),
        unit: None,
        span: Span::default(),
    }
}

/// Names that the file uses, each as often as it does.
fn names(file: &mut File) -> Vec<String> {
    let mut names = Vec::new();
    each_ident(file, &mut |ident| names.push(ident.name.clone()));
    names
}

fn adapt_statement(statement: &mut Statement, names: &[String], random: &mut Random) {
    idents_of(statement, &mut |ident| adapt(ident, names, random));
}

fn adapt_expr(expr: &mut Expr, names: &[String], random: &mut Random) {
    idents_in(expr, &mut |ident| adapt(ident, names, random));
}

/// Mostly, a name that the file does not have becomes one that it has.
fn adapt(ident: &mut Ident, names: &[String], random: &mut Random) {
    if !names.is_empty() && !names.contains(&ident.name) && !random.one_in(5) {
        ident.name = names[random.below(names.len())].clone();
    }
}

type Walk<T> = fn(&mut File, &mut dyn FnMut(&mut T));

fn count<T>(file: &mut File, walk: Walk<T>) -> usize {
    let mut count = 0;
    walk(file, &mut |_| count += 1);
    count
}

/// Applies `change` to the `n`th of what `walk` visits.
fn nth<T>(file: &mut File, n: usize, walk: Walk<T>, change: &mut dyn FnMut(&mut T)) {
    let mut at = 0;
    walk(file, &mut |found| {
        if at == n {
            change(found);
        }
        at += 1;
    });
}

fn code_mut(item: &mut Item) -> Option<&mut Block> {
    match item {
        Item::Initial(block)
        | Item::Breakpoint(block)
        | Item::Constructor(block)
        | Item::Destructor(block) => Some(&mut block.body),
        Item::Derivative(block)
        | Item::Kinetic(block)
        | Item::Linear(block)
        | Item::Nonlinear(block)
        | Item::Discrete(block) => Some(&mut block.body),
        Item::Function(callable) | Item::Procedure(callable) => Some(&mut callable.body),
        Item::NetReceive(block) => Some(&mut block.body),
        Item::BeforeAfter(block) => Some(&mut block.body),
        _ => None,
    }
}

fn blocks_of(statement: &mut Statement) -> Vec<&mut Block> {
    match statement {
        Statement::If(s) => {
            let branches = s.branches.iter_mut().map(|branch| &mut branch.body);
            branches.chain(&mut s.otherwise).collect()
        }
        Statement::While(s) => vec![&mut s.body],
        Statement::From(s) => vec![&mut s.body],
        Statement::Block(block) => vec![block],
        Statement::Initial(s) => vec![&mut s.body],
        Statement::ForNetcons(s) => vec![&mut s.body],
        _ => Vec::new(),
    }
}

/// Every block of code, an outer one after what is in it.
fn each_block(file: &mut File, visit: &mut dyn FnMut(&mut Block)) {
    fn inside(block: &mut Block, visit: &mut dyn FnMut(&mut Block)) {
        for statement in &mut block.statements {
            for inner in blocks_of(statement) {
                inside(inner, visit);
            }
        }
        visit(block);
    }
    for item in &mut file.items {
        if let Some(code) = code_mut(item) {
            inside(code, visit);
        }
    }
}

/// Every expression in the code, an outer one after what is in it.
fn each_expr(file: &mut File, visit: &mut dyn FnMut(&mut Expr)) {
    each_block(file, &mut |block| {
        for statement in &mut block.statements {
            exprs_of(statement, &mut |expr| inner_exprs(expr, visit));
        }
    });
}

fn inner_exprs(expr: &mut Expr, visit: &mut dyn FnMut(&mut Expr)) {
    match expr {
        Expr::Number { .. } | Expr::String(_) => {}
        Expr::Variable(variable) => {
            if let Some(index) = &mut variable.index {
                inner_exprs(index, visit);
            }
        }
        Expr::Call(call) => call
            .arguments
            .iter_mut()
            .for_each(|a| inner_exprs(a, visit)),
        Expr::Unary { operand, .. } => inner_exprs(operand, visit),
        Expr::Binary { left, right, .. } => {
            inner_exprs(left, visit);
            inner_exprs(right, visit);
        }
    }
    visit(expr);
}

/// The expressions directly in a statement.
fn exprs_of(statement: &mut Statement, visit: &mut dyn FnMut(&mut Expr)) {
    let index = |variable: &mut Variable, visit: &mut dyn FnMut(&mut Expr)| {
        if let Some(index) = &mut variable.index {
            visit(index);
        }
    };
    match statement {
        Statement::Assign(s) => {
            index(&mut s.target, visit);
            visit(&mut s.value);
        }
        Statement::Protect(s) => visit(&mut s.assign.value),
        Statement::Call(call) => call.arguments.iter_mut().for_each(visit),
        Statement::If(s) => s.branches.iter_mut().for_each(|b| visit(&mut b.condition)),
        Statement::While(s) => visit(&mut s.condition),
        Statement::From(s) => {
            visit(&mut s.from);
            visit(&mut s.to);
            s.by.iter_mut().for_each(visit);
        }
        Statement::Table(s) => {
            visit(&mut s.from);
            visit(&mut s.to);
        }
        Statement::Reaction(s) => match &mut s.kind {
            ReactionKind::Reversible {
                forward, backward, ..
            } => {
                visit(forward);
                visit(backward);
            }
            ReactionKind::Outflow { rate } => visit(rate),
            ReactionKind::Influx { flux } => visit(flux),
        },
        Statement::Equation(s) => {
            visit(&mut s.left);
            visit(&mut s.right);
        }
        Statement::Conserve(s) => visit(&mut s.right),
        Statement::Compartment(s) | Statement::LongitudinalDiffusion(s) => visit(&mut s.value),
        Statement::Watch(s) => {
            for condition in &mut s.conditions {
                visit(&mut condition.left);
                visit(&mut condition.right);
            }
        }
        _ => {}
    }
}

/// Every name in the code and in the declarations.
fn each_ident(file: &mut File, visit: &mut dyn FnMut(&mut Ident)) {
    for item in &mut file.items {
        match item {
            Item::Neuron(block) => {
                for statement in &mut block.statements {
                    match statement {
                        NeuronStatement::UseIon(ion) => {
                            visit(&mut ion.ion);
                            ion.read
                                .iter_mut()
                                .chain(&mut ion.write)
                                .for_each(&mut *visit);
                        }
                        NeuronStatement::Names(names) => {
                            names.names.iter_mut().for_each(&mut *visit);
                        }
                        _ => {}
                    }
                }
            }
            Item::Constant(block) => {
                block.constants.iter_mut().for_each(|c| visit(&mut c.name));
            }
            Item::Parameter(block) => {
                block.parameters.iter_mut().for_each(|p| visit(&mut p.name));
            }
            Item::Assigned(block) | Item::State(block) => {
                block.variables.iter_mut().for_each(|v| visit(&mut v.name));
            }
            Item::Function(callable) | Item::Procedure(callable) => {
                visit(&mut callable.name);
                callable
                    .arguments
                    .iter_mut()
                    .for_each(|a| visit(&mut a.name));
            }
            Item::NetReceive(block) => {
                block.arguments.iter_mut().for_each(|a| visit(&mut a.name));
            }
            Item::Derivative(block)
            | Item::Kinetic(block)
            | Item::Linear(block)
            | Item::Nonlinear(block) => visit(&mut block.name),
            _ => {}
        }
        if let Some(code) = code_mut(item) {
            code.statements.iter_mut().for_each(|s| idents_of(s, visit));
        }
    }
}

fn idents_of(statement: &mut Statement, visit: &mut dyn FnMut(&mut Ident)) {
    match statement {
        Statement::Local(s) => s.names.iter_mut().for_each(|n| visit(&mut n.name)),
        Statement::Assign(s) => visit(&mut s.target.name),
        Statement::Call(call) => visit(&mut call.name),
        Statement::From(s) => visit(&mut s.index),
        Statement::Solve(s) => {
            visit(&mut s.block);
            s.method.iter_mut().for_each(|m| visit(&mut m.name));
        }
        Statement::Conductance(s) => {
            visit(&mut s.name);
            s.ion.iter_mut().for_each(&mut *visit);
        }
        Statement::Table(s) => s
            .names
            .iter_mut()
            .chain(&mut s.depend)
            .for_each(&mut *visit),
        Statement::Reaction(s) => {
            let right = match &mut s.kind {
                ReactionKind::Reversible { right, .. } => right.as_mut_slice(),
                _ => &mut [],
            };
            let both = s.left.iter_mut().chain(right);
            both.for_each(|reactant| visit(&mut reactant.variable.name));
        }
        Statement::Conserve(s) => s.left.iter_mut().for_each(|r| visit(&mut r.variable.name)),
        Statement::Compartment(s) | Statement::LongitudinalDiffusion(s) => {
            s.states.iter_mut().for_each(&mut *visit);
        }
        Statement::Protect(s) => visit(&mut s.assign.target.name),
        _ => {}
    }
    exprs_of(statement, &mut |expr| idents_in(expr, visit));
    for block in blocks_of(statement) {
        block
            .statements
            .iter_mut()
            .for_each(|s| idents_of(s, visit));
    }
}

fn idents_in(expr: &mut Expr, visit: &mut dyn FnMut(&mut Ident)) {
    inner_exprs(expr, &mut |expr| match expr {
        Expr::Variable(variable) => visit(&mut variable.name),
        Expr::Call(call) => visit(&mut call.name),
        _ => {}
    });
}

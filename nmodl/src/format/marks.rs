//! What the layout needs to know of the syntax tree, by byte offset.

use std::collections::{BTreeMap, BTreeSet};

use super::token::TokenKind;
use crate::source::Span;
use crate::syntax::ast::{
    Block, DeclaredNumber, Expr, FactorValue, File, Item, NeuronStatement, Statement, Unit,
    UnitsDefinition,
};
use crate::syntax::walk;

/// Facts about tokens.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Where items, statements and declarations begin.
    pub starts: BTreeSet<usize>,
    /// Where the items begin that have no braces.
    pub line_items: BTreeSet<usize>,
    /// Where the names end that a parenthesis follows directly: calls and arguments.
    pub called: BTreeSet<usize>,
    /// Minus signs that are part of a declared number.
    pub signs: BTreeSet<usize>,
    /// Lists of states in braces, which stay on the line.
    pub lists: Vec<std::ops::Range<usize>>,
    /// `<` and `>` that enclose limits and tolerances: the numbers' first and last offsets.
    pub angles: Vec<std::ops::Range<usize>>,
}

impl Marks {
    pub(super) fn new(tree: &File) -> Self {
        let mut marks = Self::default();
        for item in &tree.items {
            marks.item(item);
        }
        marks
    }

    fn start(&mut self, span: Span) {
        self.starts.insert(span.start as usize);
    }

    fn line(&mut self, span: Span) {
        self.start(span);
        self.line_items.insert(span.start as usize);
    }

    fn number(&mut self, number: &DeclaredNumber) {
        let negative = match number {
            DeclaredNumber::Literal(number) => number.text.starts_with('-'),
            DeclaredNumber::Defined { negative, .. } => *negative,
        };
        if negative {
            self.signs.insert(number.span().start as usize);
        }
    }

    fn numbers<'a>(&mut self, numbers: impl IntoIterator<Item = &'a DeclaredNumber>) {
        numbers.into_iter().for_each(|n| self.number(n));
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Title(i) => self.line(i.span),
            Item::Define(i) => {
                self.line(i.span);
                if i.value < 0 {
                    self.signs.insert(i.value_span.start as usize);
                }
            }
            Item::Include(i) => self.line(i.span),
            Item::Local(i) => self.line(i.span),
            Item::UnitsSwitch(i) => self.line(i.span),
            Item::FunctionTable(i) => {
                self.line(i.span);
                self.called.insert(i.name.span.end as usize);
            }
            Item::Verbatim(i) => self.start(i.span),
            Item::Obsolete(i) => self.start(i.span),
            Item::Neuron(block) => {
                self.start(block.span);
                for statement in &block.statements {
                    match statement {
                        NeuronStatement::Suffix(s) => self.start(s.span),
                        NeuronStatement::UseIon(s) => {
                            self.start(s.span);
                            self.numbers(&s.valence);
                        }
                        NeuronStatement::Names(s) => self.start(s.span),
                        NeuronStatement::ThreadSafe { span, .. } => self.start(*span),
                        NeuronStatement::Represents(s) => self.start(s.span),
                    }
                }
            }
            Item::Units(block) => {
                self.start(block.span);
                for definition in &block.definitions {
                    match definition {
                        UnitsDefinition::Alias { span, .. } => self.start(*span),
                        UnitsDefinition::Factor(factor) => {
                            self.start(factor.span);
                            if let FactorValue::Number { number, .. } = &factor.value {
                                self.number(number);
                            }
                        }
                    }
                }
            }
            Item::Constant(block) => {
                self.start(block.span);
                for constant in &block.constants {
                    self.start(constant.span);
                    self.number(&constant.value);
                }
            }
            Item::Parameter(block) => {
                self.start(block.span);
                for parameter in &block.parameters {
                    self.start(parameter.span);
                    self.numbers(&parameter.default);
                    if let Some(limits) = &parameter.limits {
                        self.numbers([&limits.low, &limits.high]);
                        self.angles
                            .push(between(limits.low.span(), limits.high.span()));
                    }
                }
            }
            Item::Independent(block) => {
                self.start(block.span);
                for definition in &block.definitions {
                    self.start(definition.span);
                    self.numbers([&definition.from, &definition.to]);
                    self.numbers(&definition.start);
                }
            }
            Item::Assigned(block) | Item::State(block) => {
                self.start(block.span);
                for variable in &block.variables {
                    self.start(variable.span);
                    if let Some((low, high)) = &variable.range {
                        self.numbers([low, high]);
                    }
                    self.numbers(&variable.start);
                    if let Some(tolerance) = &variable.tolerance {
                        self.number(tolerance);
                        self.angles
                            .push(between(tolerance.span(), tolerance.span()));
                    }
                }
            }
            Item::Initial(b) | Item::Breakpoint(b) | Item::Constructor(b) | Item::Destructor(b) => {
                self.start(b.span);
                self.code(&b.body);
            }
            Item::Derivative(b)
            | Item::Kinetic(b)
            | Item::Linear(b)
            | Item::Nonlinear(b)
            | Item::Discrete(b) => {
                self.start(b.span);
                self.code(&b.body);
            }
            Item::Function(callable) | Item::Procedure(callable) => {
                self.start(callable.span);
                self.called.insert(callable.name.span.end as usize);
                self.code(&callable.body);
            }
            Item::NetReceive(b) => {
                self.start(b.span);
                self.code(&b.body);
            }
            Item::BeforeAfter(b) => {
                self.start(b.span);
                self.code(&b.body);
            }
        }
    }

    fn code(&mut self, block: &Block) {
        walk::each_statement(block, &mut |statement| {
            self.start(statement.span());
            match statement {
                Statement::Call(call) => {
                    self.called.insert(call.name.span.end as usize);
                }
                Statement::Compartment(s) | Statement::LongitudinalDiffusion(s) => {
                    self.lists
                        .push(s.value.span().end as usize..s.span.end as usize);
                }
                Statement::Watch(watch) => {
                    self.numbers(watch.conditions.iter().map(|c| &c.flag));
                }
                _ => {}
            }
            walk::each_expr_of(statement, &mut |expr| {
                walk::each_expr(expr, &mut |expr| {
                    if let Expr::Call(call) = expr {
                        self.called.insert(call.name.span.end as usize);
                    }
                });
            });
        });
    }
}

fn between(first: Span, last: Span) -> std::ops::Range<usize> {
    first.start as usize..last.end as usize
}

/// Where tokens begin whose text is not NMODL's, with their ends and kinds.
pub(super) fn raw_ranges(tree: &File) -> BTreeMap<usize, (usize, TokenKind)> {
    let mut raw = BTreeMap::new();
    let mut add = |span: Span, kind: TokenKind| {
        raw.insert(span.start as usize, (span.end as usize, kind));
    };
    for item in &tree.items {
        raw_of(item, &mut add);
        if let Some(block) = walk::code_of(item) {
            walk::each_statement(block, &mut |statement| raw_in(statement, &mut add));
        }
    }
    raw
}

type Add<'a> = dyn FnMut(Span, TokenKind) + 'a;

fn unit<'a>(units: impl IntoIterator<Item = &'a Unit>, add: &mut Add<'_>) {
    units.into_iter().for_each(|u| add(u.span, TokenKind::Unit));
}

fn raw_of(item: &Item, add: &mut Add<'_>) {
    match item {
        Item::Title(i) => add(i.span, TokenKind::Phrase),
        Item::Verbatim(i) => add(i.span, TokenKind::Verbatim),
        Item::Neuron(block) => {
            for statement in &block.statements {
                match statement {
                    NeuronStatement::Represents(r) => add(r.span, TokenKind::Phrase),
                    NeuronStatement::UseIon(s) => {
                        s.represents
                            .iter()
                            .for_each(|r| add(r.span, TokenKind::Phrase));
                    }
                    _ => {}
                }
            }
        }
        Item::Units(block) => {
            for definition in &block.definitions {
                match definition {
                    UnitsDefinition::Alias {
                        unit: u, meaning, ..
                    } => unit([u, meaning], add),
                    UnitsDefinition::Factor(factor) => match &factor.value {
                        FactorValue::Number { unit: u, .. } => unit(u, add),
                        FactorValue::Conversion { from, to, .. } => unit([from, to], add),
                    },
                }
            }
        }
        Item::Constant(block) => block.constants.iter().for_each(|c| unit(&c.unit, add)),
        Item::Parameter(block) => block.parameters.iter().for_each(|p| unit(&p.unit, add)),
        Item::Independent(block) => block.definitions.iter().for_each(|d| unit(&d.unit, add)),
        Item::Assigned(block) | Item::State(block) => {
            block.variables.iter().for_each(|v| unit(&v.unit, add));
        }
        Item::Function(callable) | Item::Procedure(callable) => {
            callable.arguments.iter().for_each(|a| unit(&a.unit, add));
            unit(&callable.unit, add);
        }
        Item::FunctionTable(table) => {
            table.arguments.iter().for_each(|a| unit(&a.unit, add));
            unit(&table.unit, add);
        }
        Item::NetReceive(block) => block.arguments.iter().for_each(|a| unit(&a.unit, add)),
        _ => {}
    }
}

fn raw_in(statement: &Statement, add: &mut Add<'_>) {
    match statement {
        Statement::Verbatim(s) => add(s.span, TokenKind::Verbatim),
        Statement::ForNetcons(s) => s.arguments.iter().for_each(|a| unit(&a.unit, add)),
        _ => {}
    }
    walk::each_expr_of(statement, &mut |expr| {
        walk::each_expr(expr, &mut |expr| {
            if let Expr::Number { unit: u, .. } = expr {
                unit(u, add);
            }
        });
    });
}

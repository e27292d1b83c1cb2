//! Items at file level, and blocks with code.

use pest::iterators::Pair;

use super::{Builder, Built, Children, Stop};
use crate::syntax::ast::{
    Argument, BeforeAfterBlock, BeforeAfterEvent, Block, Callable, CodeBlock, Define,
    EquationBlock, FunctionTable, Include, Item, Local, LocalName, NetReceiveBlock, StringLiteral,
    UnitsSwitch, Verbatim,
};
use crate::syntax::parse::Rule;

impl Builder {
    /// The item that `pair` is.
    pub(in crate::syntax) fn item(&mut self, pair: Pair<'_, Rule>) -> Built<Item> {
        Ok(match pair.as_rule() {
            Rule::neuron => Item::Neuron(self.neuron(pair)?),
            Rule::units_block => Item::Units(self.units(pair)?),
            Rule::constant_block => Item::Constant(self.constants(pair)?),
            Rule::parameter_block => Item::Parameter(self.parameters(pair)?),
            Rule::independent_block => Item::Independent(self.independents(pair)?),
            Rule::assigned_block => Item::Assigned(self.variables(pair)?),
            Rule::state_block => Item::State(self.variables(pair)?),
            Rule::initial_block => Item::Initial(self.code_block(pair)?),
            Rule::breakpoint_block => Item::Breakpoint(self.code_block(pair)?),
            Rule::constructor_block => Item::Constructor(self.code_block(pair)?),
            Rule::destructor_block => Item::Destructor(self.code_block(pair)?),
            Rule::derivative_block => Item::Derivative(self.equation_block(pair)?),
            Rule::kinetic_block => Item::Kinetic(self.equation_block(pair)?),
            Rule::linear_block => Item::Linear(self.equation_block(pair)?),
            Rule::nonlinear_block => Item::Nonlinear(self.equation_block(pair)?),
            Rule::discrete_block => Item::Discrete(self.equation_block(pair)?),
            Rule::function_block => Item::Function(self.callable(pair)?),
            Rule::procedure_block => Item::Procedure(self.callable(pair)?),
            Rule::function_table => Item::FunctionTable(self.function_table(pair)?),
            Rule::net_receive_block => Item::NetReceive(self.net_receive(pair)?),
            Rule::before_block => Item::BeforeAfter(self.before_after(pair, true)?),
            Rule::after_block => Item::BeforeAfter(self.before_after(pair, false)?),
            Rule::define => Item::Define(self.define(pair)?),
            Rule::include => Item::Include(self.include(pair)?),
            Rule::local => Item::Local(self.local(pair)?),
            Rule::verbatim => Item::Verbatim(self.verbatim(pair)?),
            Rule::units_switch => Item::UnitsSwitch(self.units_switch(pair)),
            _ => return Err(Stop::Mismatch),
        })
    }

    fn define(&mut self, pair: Pair<'_, Rule>) -> Built<Define> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let name = self.ident(children.expect()?);
        let value = children.expect()?;
        let value_span = self.span(&value);
        let mut parts = Children::of(value);
        let negative = parts.optional(Rule::minus).is_some();
        let value = self.whole(&parts.expect()?)?;
        Ok(Define {
            name,
            value: if negative { -value } else { value },
            value_span,
            span,
        })
    }

    fn include(&mut self, pair: Pair<'_, Rule>) -> Built<Include> {
        let span = self.span(&pair);
        let path = Children::of(pair).expect()?;
        Ok(Include {
            path: self.string(path),
            items: Vec::new(),
            span,
        })
    }

    pub(super) fn string(&self, pair: Pair<'_, Rule>) -> StringLiteral {
        let text = pair.as_str();
        let inside = text.strip_prefix('"').unwrap_or(text);
        let inside = inside.strip_suffix('"').unwrap_or(inside);
        StringLiteral {
            text: inside.to_owned(),
            span: self.span(&pair),
        }
    }

    pub(super) fn local(&mut self, pair: Pair<'_, Rule>) -> Built<Local> {
        let span = self.span(&pair);
        let mut names = Vec::new();
        for child in Children::of(pair) {
            let span = self.span(&child);
            let mut parts = Children::of(child);
            let name = self.ident(parts.expect()?);
            let length = self.length(&mut parts)?;
            names.push(LocalName { name, length, span });
        }
        Ok(Local { names, span })
    }

    pub(super) fn units_switch(&self, pair: Pair<'_, Rule>) -> UnitsSwitch {
        UnitsSwitch {
            on: pair.as_str() == "UNITSON",
            span: self.span(&pair),
        }
    }

    pub(super) fn verbatim(&mut self, pair: Pair<'_, Rule>) -> Built<Verbatim> {
        let span = self.span(&pair);
        let text = Children::of(pair).expect()?;
        Ok(Verbatim {
            text: text.as_str().to_owned(),
            text_span: self.span(&text),
            span,
        })
    }

    pub(super) fn block(&mut self, pair: Pair<'_, Rule>) -> Built<Block> {
        let span = self.span(&pair);
        let statements = Children::of(pair)
            .map(|child| self.statement(child))
            .collect::<Built<Vec<_>>>()?;
        self.check_locals(&statements);
        Ok(Block { statements, span })
    }

    pub(super) fn code_block(&mut self, pair: Pair<'_, Rule>) -> Built<CodeBlock> {
        let span = self.span(&pair);
        let body = self.block(Children::of(pair).expect()?)?;
        Ok(CodeBlock { body, span })
    }

    fn equation_block(&mut self, pair: Pair<'_, Rule>) -> Built<EquationBlock> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let name = self.ident(children.expect()?);
        let solve_for = match children.optional(Rule::solve_for) {
            Some(names) => self.idents(Children::of(names)),
            None => Vec::new(),
        };
        let body = self.block(children.expect()?)?;
        Ok(EquationBlock {
            name,
            solve_for,
            body,
            span,
        })
    }

    fn callable(&mut self, pair: Pair<'_, Rule>) -> Built<Callable> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let name = self.ident(children.expect()?);
        let arguments = self.formals(children.expect()?)?;
        let unit = children.optional(Rule::unit).map(|unit| self.unit(unit));
        let body = self.block(children.expect()?)?;
        Ok(Callable {
            name,
            arguments,
            unit,
            body,
            span,
        })
    }

    fn function_table(&mut self, pair: Pair<'_, Rule>) -> Built<FunctionTable> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let name = self.ident(children.expect()?);
        let arguments = self.formals(children.expect()?)?;
        let unit = children.optional(Rule::unit).map(|unit| self.unit(unit));
        Ok(FunctionTable {
            name,
            arguments,
            unit,
            span,
        })
    }

    pub(super) fn formals(&mut self, pair: Pair<'_, Rule>) -> Built<Vec<Argument>> {
        let mut arguments = Vec::new();
        for child in Children::of(pair) {
            let span = self.span(&child);
            let mut parts = Children::of(child);
            let name = self.ident(parts.expect()?);
            let unit = parts.optional(Rule::unit).map(|unit| self.unit(unit));
            arguments.push(Argument { name, unit, span });
        }
        Ok(arguments)
    }

    fn net_receive(&mut self, pair: Pair<'_, Rule>) -> Built<NetReceiveBlock> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let arguments = self.formals(children.expect()?)?;
        let body = self.block(children.expect()?)?;
        Ok(NetReceiveBlock {
            arguments,
            body,
            span,
        })
    }

    fn before_after(&mut self, pair: Pair<'_, Rule>, before: bool) -> Built<BeforeAfterBlock> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let event = match children.expect()?.as_str() {
            "BREAKPOINT" => BeforeAfterEvent::Breakpoint,
            "SOLVE" => BeforeAfterEvent::Solve,
            "INITIAL" => BeforeAfterEvent::Initial,
            _ => BeforeAfterEvent::Step,
        };
        let body = self.block(children.expect()?)?;
        Ok(BeforeAfterBlock {
            before,
            event,
            body,
            span,
        })
    }
}

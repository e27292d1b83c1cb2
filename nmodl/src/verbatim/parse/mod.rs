//! Tokens to the syntax tree: statements, and what stands at file level.

mod declaration;
mod expression;
mod structure;

use std::collections::BTreeSet;

use super::ast::{Declaration, Expr, ExprKind, Item, Statement, StatementKind, SwitchItem};
use super::token::{Token, TokenKind};
use super::{Fault, Result};
use crate::source::Span;

/// How deep parentheses and statements may nest, so that whoever walks them may recurse.
const MOST_NESTED: usize = 150;

/// The statements of a list of NMODL statements in which VERBATIM blocks stand as tokens. `at` is
/// the place for what is missing at the end.
/// `types` are names of types that the file defines.
pub fn statements(tokens: &[Token], at: Span, types: &BTreeSet<String>) -> Result<Vec<Statement>> {
    let mut parser = Parser::new(tokens, at);
    parser.types = types.clone();
    let mut statements = Vec::new();
    while parser.peek().is_some() {
        statements.push(parser.statement()?);
    }
    Ok(statements)
}

/// One expression.
pub fn expression(tokens: &[Token], at: Span) -> Result<Expr> {
    let mut parser = Parser::new(tokens, at);
    let expr = parser.expression()?;
    match parser.peek() {
        None => Ok(expr),
        Some(token) => Err(Fault::new(
            token.span,
            "this does not belong to the expression",
        )),
    }
}

/// What VERBATIM blocks between the blocks of NMODL declare.
pub fn items(tokens: &[Token], at: Span) -> Result<Vec<Item>> {
    let mut parser = Parser::new(tokens, at);
    let mut items = Vec::new();
    while parser.peek().is_some() {
        parser.item(&mut items)?;
    }
    Ok(items)
}

/// Reads tokens one after the other.
pub(super) struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    /// Where the end is.
    end: Span,
    nesting: usize,
    /// Operators and operands in the present statement.
    operators: usize,
    /// Names of types that the file defines.
    types: BTreeSet<String>,
}

impl<'t> Parser<'t> {
    fn new(tokens: &'t [Token], end: Span) -> Self {
        Self {
            tokens,
            at: 0,
            end,
            nesting: 0,
            operators: 0,
            types: BTreeSet::new(),
        }
    }

    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn ahead(&self, n: usize) -> Option<&'t Token> {
        self.tokens.get(self.at + n)
    }

    fn next(&mut self) -> Option<&'t Token> {
        let token = self.peek();
        self.at += usize::from(token.is_some());
        token
    }

    /// Where the next token stands.
    fn here(&self) -> Span {
        self.peek().map_or(self.end, |t| t.span)
    }

    /// From `start` to the token before the next one.
    fn since(&self, start: Span) -> Span {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.map_or(start, |last| start.to(last.span))
    }

    fn next_is(&self, sign: &str) -> bool {
        self.peek().is_some_and(|t| t.is(sign))
    }

    fn next_word(&self) -> Option<&'t str> {
        self.peek().and_then(Token::word)
    }

    fn accept(&mut self, sign: &str) -> bool {
        let found = self.next_is(sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Result<()> {
        if self.accept(sign) {
            return Ok(());
        }
        Err(self.unexpected(&format!("`{sign}` is missing")))
    }

    fn unexpected(&self, what: &str) -> Fault {
        match self.peek() {
            Some(token) => Fault::new(token.span, format!("{what} before {}", token.describe())),
            None => Fault::new(self.end, format!("{what} at the end"))
                .help("what a VERBATIM opens must be closed in the same block of NMODL"),
        }
    }

    fn name(&mut self) -> Result<(String, Span)> {
        match self.peek() {
            Some(token) => match token.word() {
                Some(word) => {
                    self.at += 1;
                    Ok((word.to_owned(), token.span))
                }
                None => Err(self.unexpected("a name is missing")),
            },
            None => Err(self.unexpected("a name is missing")),
        }
    }

    /// Runs `read` one level deeper.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.nesting == MOST_NESTED {
            return Err(Fault::new(self.here(), "C nested too deeply"));
        }
        self.nesting += 1;
        let result = read(self);
        self.nesting -= 1;
        result
    }

    fn statement(&mut self) -> Result<Statement> {
        self.nested(Self::bare_statement)
    }

    fn bare_statement(&mut self) -> Result<Statement> {
        let start = self.here();
        self.operators = 0;
        let kind = self.statement_kind()?;
        Ok(Statement {
            kind,
            span: self.since(start),
        })
    }

    fn statement_kind(&mut self) -> Result<StatementKind> {
        let Some(token) = self.peek() else {
            return Err(self.unexpected("a statement is missing"));
        };
        if let TokenKind::Nmodl(index) = token.kind {
            self.at += 1;
            return Ok(StatementKind::Nmodl(index));
        }
        if self.accept(";") {
            return Ok(StatementKind::Empty);
        }
        if self.accept("{") {
            return Ok(StatementKind::Block(self.rest_of_block()?));
        }
        let word = token.word().unwrap_or_default();
        match word {
            "if" => self.if_statement(),
            "while" => {
                self.at += 1;
                let cond = self.condition()?;
                self.loop_of(None, Some(cond), None, false)
            }
            "do" => self.do_statement(),
            "for" => self.for_statement(),
            "switch" => self.switch(),
            "break" => {
                self.at += 1;
                self.expect(";")?;
                Ok(StatementKind::Break)
            }
            "continue" => {
                self.at += 1;
                self.expect(";")?;
                Ok(StatementKind::Continue)
            }
            "return" => {
                self.at += 1;
                let value = if self.next_is(";") {
                    None
                } else {
                    Some(self.expression()?)
                };
                self.expect(";")?;
                Ok(StatementKind::Return(value))
            }
            "delete" => self.delete(),
            "goto" => {
                self.at += 1;
                let (name, _) = self.name()?;
                self.expect(";")?;
                Ok(StatementKind::Goto(name))
            }
            "asm" | "try" | "throw" | "typedef" | "class" | "enum" | "using" | "namespace"
            | "template" => Err(Fault::new(
                token.span,
                format!("`{word}` is not supported inside of a block"),
            )),
            name if self.ahead(1).is_some_and(|t| t.is(":"))
                && !name.is_empty()
                && !matches!(name, "case" | "default" | "public" | "private") =>
            {
                let name = name.to_owned();
                self.at += 2;
                Ok(StatementKind::Label(name))
            }
            _ if self.at_declaration() => {
                let declaration = self.declaration()?;
                self.expect(";")?;
                Ok(StatementKind::Declare(declaration))
            }
            _ => {
                let expr = self.expression()?;
                self.expect(";")?;
                Ok(StatementKind::Expr(expr))
            }
        }
    }

    /// `delete x;`, which gives memory back.
    fn delete(&mut self) -> Result<StatementKind> {
        let start = self.here();
        self.at += 1;
        if self.accept("[") {
            self.expect("]")?;
        }
        let operand = self.expression()?;
        self.expect(";")?;
        let made = |kind| Expr {
            kind,
            span: self.since(start),
        };
        let function = Box::new(made(ExprKind::Name("free".to_owned())));
        Ok(StatementKind::Expr(made(ExprKind::Call {
            function,
            arguments: vec![operand],
        })))
    }

    fn rest_of_block(&mut self) -> Result<Vec<Statement>> {
        let mut statements = Vec::new();
        while !self.accept("}") {
            statements.push(self.statement()?);
        }
        Ok(statements)
    }

    fn condition(&mut self) -> Result<Expr> {
        self.expect("(")?;
        let cond = self.expression()?;
        self.expect(")")?;
        Ok(cond)
    }

    /// `if … else if … else`, where each `else if` is a branch of the one before.
    fn if_statement(&mut self) -> Result<StatementKind> {
        self.at += 1;
        let (declared, cond) = self.if_condition()?;
        let then = Box::new(self.statement()?);
        let otherwise = if self.next_word() == Some("else") {
            self.at += 1;
            Some(Box::new(self.statement()?))
        } else {
            None
        };
        let branch = StatementKind::If {
            cond,
            then,
            otherwise,
        };
        Ok(match declared {
            None => branch,
            // `if (auto* x = …)` is a block in which x is declared first.
            Some(declared) => {
                let span = declared.span;
                let kind = StatementKind::Declare(declared);
                let branch = Statement { kind: branch, span };
                StatementKind::Block(vec![Statement { kind, span }, branch])
            }
        })
    }

    /// What `if` asks, and what it declares for that.
    fn if_condition(&mut self) -> Result<(Option<Declaration>, Expr)> {
        if self.ahead(1).and_then(Token::word) != Some("auto") {
            return Ok((None, self.condition()?));
        }
        self.expect("(")?;
        let declaration = self.declaration()?;
        self.expect(")")?;
        let [declarator] = &declaration.declarators[..] else {
            return Err(Fault::new(declaration.span, "one name is declared in `if`"));
        };
        let cond = Expr {
            kind: ExprKind::Name(declarator.name.clone()),
            span: declarator.span,
        };
        Ok((Some(declaration), cond))
    }

    fn do_statement(&mut self) -> Result<StatementKind> {
        self.at += 1;
        let body = Box::new(self.statement()?);
        if self.next_word() != Some("while") {
            return Err(self.unexpected("`while` is missing"));
        }
        self.at += 1;
        let cond = self.condition()?;
        self.expect(";")?;
        Ok(StatementKind::Loop {
            init: None,
            cond: Some(cond),
            step: None,
            body,
            first_unasked: true,
        })
    }

    fn for_statement(&mut self) -> Result<StatementKind> {
        self.at += 1;
        self.expect("(")?;
        let init = Box::new(self.statement()?);
        if !matches!(
            init.kind,
            StatementKind::Empty | StatementKind::Expr(_) | StatementKind::Declare(_)
        ) {
            return Err(Fault::new(init.span, "this cannot stand in `for`"));
        }
        let cond = if self.next_is(";") {
            None
        } else {
            Some(self.expression()?)
        };
        self.expect(";")?;
        let step = if self.next_is(")") {
            None
        } else {
            Some(self.expression()?)
        };
        self.expect(")")?;
        self.loop_of(Some(init), cond, step, false)
    }

    fn loop_of(
        &mut self,
        init: Option<Box<Statement>>,
        cond: Option<Expr>,
        step: Option<Expr>,
        first_unasked: bool,
    ) -> Result<StatementKind> {
        let body = Box::new(self.statement()?);
        Ok(StatementKind::Loop {
            init,
            cond,
            step,
            body,
            first_unasked,
        })
    }

    fn switch(&mut self) -> Result<StatementKind> {
        self.at += 1;
        let value = self.condition()?;
        self.expect("{")?;
        let mut body = Vec::new();
        while !self.accept("}") {
            match self.next_word() {
                Some("case") => {
                    self.at += 1;
                    body.push(SwitchItem::Case(self.conditional()?));
                    self.expect(":")?;
                }
                Some("default") => {
                    self.at += 1;
                    self.expect(":")?;
                    body.push(SwitchItem::Default);
                }
                _ => body.push(SwitchItem::Statement(self.statement()?)),
            }
        }
        Ok(StatementKind::Switch { value, body })
    }
}

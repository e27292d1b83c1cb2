//! Expressions, by precedence climbing.

use super::Parser;
use crate::source::Span;
use crate::verbatim::ast::{Expr, ExprKind};
use crate::verbatim::token::{Token, TokenKind};
use crate::verbatim::{Fault, Result};

/// Binary operators by precedence, the loosest first.
const LEVELS: &[&[&str]] = &[
    &["||"],
    &["&&"],
    &["|"],
    &["^"],
    &["&"],
    &["==", "!="],
    &["<", "<=", ">", ">="],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "%"],
];

/// Operators and operands in one statement: whoever walks expressions may recurse.
const MOST_OPERATORS: usize = 1000;

const ASSIGNMENTS: &[(&str, Option<&str>)] = &[
    ("=", None),
    ("+=", Some("+")),
    ("-=", Some("-")),
    ("*=", Some("*")),
    ("/=", Some("/")),
    ("%=", Some("%")),
    ("&=", Some("&")),
    ("|=", Some("|")),
    ("^=", Some("^")),
    ("<<=", Some("<<")),
    (">>=", Some(">>")),
];

/// Arguments that NEURON's functions pass on and that mean nothing here.
const PASSED_ON: &[&str] = &[
    "_threadargs_",
    "_threadargscomma_",
    "_threadargsproto_",
    "_threadargsprotocomma_",
    "_internalthreadargs_",
    "_internalthreadargsproto_",
];

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Result<Expr> {
        let mut left = self.assignment()?;
        while self.accept(",") {
            self.count_operator()?;
            let right = self.assignment()?;
            left = join(left, right, ExprKind::Comma);
        }
        Ok(left)
    }

    /// An expression without commas.
    pub(super) fn assignment(&mut self) -> Result<Expr> {
        self.nested(|this| {
            let left = this.conditional()?;
            let operator = ASSIGNMENTS.iter().find(|(sign, _)| this.next_is(sign));
            let Some(&(_, operator)) = operator else {
                return Ok(left);
            };
            this.at += 1;
            let right = this.assignment()?;
            Ok(join(left, right, |a, b| ExprKind::Assign(operator, a, b)))
        })
    }

    pub(super) fn conditional(&mut self) -> Result<Expr> {
        let cond = self.binary(0)?;
        if !self.accept("?") {
            return Ok(cond);
        }
        let then = self.nested(Self::expression)?;
        self.expect(":")?;
        let otherwise = self.nested(Self::conditional)?;
        let span = cond.span.to(otherwise.span);
        Ok(Expr {
            kind: ExprKind::Conditional(Box::new(cond), Box::new(then), Box::new(otherwise)),
            span,
        })
    }

    /// Operands joined by operators that bind at least as tightly as those of level `least`.
    fn binary(&mut self, least: usize) -> Result<Expr> {
        let mut left = self.unary()?;
        while let Some((level, sign)) = self.next_binary()
            && level >= least
        {
            self.count_operator()?;
            self.at += 1;
            let right = self.binary(level + 1)?;
            left = join(left, right, |a, b| ExprKind::Binary(sign, a, b));
        }
        Ok(left)
    }

    /// The binary operator that follows, and its level.
    fn next_binary(&self) -> Option<(usize, &'static str)> {
        let levels = LEVELS.iter().enumerate();
        let mut signs = levels.flat_map(|(level, signs)| signs.iter().map(move |&s| (level, s)));
        signs.find(|(_, sign)| self.next_is(sign))
    }

    fn unary(&mut self) -> Result<Expr> {
        self.nested(Self::bare_unary)
    }

    fn bare_unary(&mut self) -> Result<Expr> {
        const UNARY: &[&str] = &["-", "+", "!", "~", "*", "&"];
        let start = self.here();
        for (sign, by) in [("++", 1), ("--", -1)] {
            if self.accept(sign) {
                let target = Box::new(self.unary()?);
                return Ok(self.made(
                    start,
                    ExprKind::Step {
                        target,
                        by,
                        postfix: false,
                    },
                ));
            }
        }
        if let Some(&sign) = UNARY.iter().find(|sign| self.next_is(sign)) {
            self.at += 1;
            let operand = Box::new(self.unary()?);
            return Ok(self.made(start, ExprKind::Unary(sign, operand)));
        }
        if self.next_word() == Some("sizeof") {
            return self.size_of();
        }
        if self.next_is("(") && self.type_ahead(1) {
            self.at += 1;
            let ctype = self.type_name()?;
            self.expect(")")?;
            let operand = Box::new(self.unary()?);
            return Ok(self.made(start, ExprKind::Cast(ctype, operand)));
        }
        self.postfix()
    }

    fn size_of(&mut self) -> Result<Expr> {
        let start = self.here();
        self.at += 1;
        let kind = if self.next_is("(") && self.type_ahead(1) {
            self.at += 1;
            let ctype = self.type_name()?;
            self.expect(")")?;
            ExprKind::SizeOf(ctype)
        } else {
            ExprKind::SizeOfValue(Box::new(self.unary()?))
        };
        Ok(self.made(start, kind))
    }

    fn postfix(&mut self) -> Result<Expr> {
        let start = self.here();
        let mut expr = self.primary()?;
        loop {
            self.count_operator()?;
            let kind = if self.accept("(") {
                ExprKind::Call {
                    function: Box::new(expr),
                    arguments: self.arguments()?,
                }
            } else if self.accept("[") {
                let index = self.nested(Self::expression)?;
                self.expect("]")?;
                ExprKind::Index(Box::new(expr), Box::new(index))
            } else if self.accept(".") || self.accept("->") {
                let (name, _) = self.name()?;
                // `.get<type>()`
                if name == "get" && self.accept("<") {
                    self.type_name()?;
                    self.expect(">")?;
                }
                ExprKind::Member(Box::new(expr), name)
            } else if self.next_is("++") || self.next_is("--") {
                let by = if self.next_is("++") { 1 } else { -1 };
                self.at += 1;
                ExprKind::Step {
                    target: Box::new(expr),
                    by,
                    postfix: true,
                }
            } else {
                return Ok(expr);
            };
            expr = self.made(start, kind);
        }
    }

    /// One operator more: those of a chain are nested in the tree.
    fn count_operator(&mut self) -> Result<()> {
        self.operators += 1;
        if self.operators > MOST_OPERATORS {
            return Err(Fault::new(self.here(), "an expression that is too long"));
        }
        Ok(())
    }

    fn arguments(&mut self) -> Result<Vec<Expr>> {
        let mut arguments = Vec::new();
        while !self.accept(")") {
            if let Some(word) = self.next_word()
                && PASSED_ON.contains(&word)
            {
                self.at += 1;
                self.accept(",");
                continue;
            }
            arguments.push(self.assignment()?);
            if !self.accept(",") {
                self.expect(")")?;
                break;
            }
        }
        Ok(arguments)
    }

    fn primary(&mut self) -> Result<Expr> {
        let Some(token) = self.next() else {
            return Err(self.unexpected("an expression is missing"));
        };
        let kind = match &token.kind {
            TokenKind::Integer { value, unsigned } => ExprKind::Integer {
                value: *value,
                unsigned: *unsigned,
            },
            TokenKind::Real(value) => ExprKind::Real(*value),
            TokenKind::Text(text) => {
                let mut text = text.clone();
                while let Some(Token {
                    kind: TokenKind::Text(more),
                    ..
                }) = self.peek()
                {
                    text.push_str(more);
                    self.at += 1;
                }
                ExprKind::Text(text)
            }
            TokenKind::Sign("(") => {
                let inner = self.nested(Self::expression)?;
                self.expect(")")?;
                return Ok(Expr {
                    span: self.since(token.span),
                    ..inner
                });
            }
            TokenKind::Word(word) => return self.word(word, token.span),
            TokenKind::Sign(_) | TokenKind::Nmodl(_) => {
                return Err(Fault::new(
                    token.span,
                    format!("{} where an expression should be", token.describe()),
                ));
            }
        };
        Ok(self.made(token.span, kind))
    }

    /// A name, or what begins with one.
    fn word(&mut self, word: &str, start: Span) -> Result<Expr> {
        if matches!(word, "static_cast" | "reinterpret_cast" | "const_cast") && self.accept("<") {
            let ctype = self.type_name()?;
            self.expect(">")?;
            self.expect("(")?;
            let operand = Box::new(self.nested(Self::expression)?);
            self.expect(")")?;
            return Ok(self.made(start, ExprKind::Cast(ctype, operand)));
        }
        if word == "new" {
            return self.new_object(start);
        }
        if matches!(word, "delete" | "throw" | "this" | "operator") {
            return Err(Fault::new(
                start,
                format!("`{word}` of C++ is not supported"),
            ));
        }
        if word == "std" && self.accept("::") {
            let (name, _) = self.name()?;
            return Ok(self.made(start, ExprKind::Name(name)));
        }
        // `int(x)`, `double(x)`
        self.at -= 1;
        if self.type_ahead(0) {
            let ctype = self.type_name()?;
            self.expect("(")?;
            let operand = Box::new(self.nested(Self::expression)?);
            self.expect(")")?;
            return Ok(self.made(start, ExprKind::Cast(ctype, operand)));
        }
        self.at += 1;
        let mut name = word.to_owned();
        // `neuron::legacy::…`
        while self.accept("::") {
            name = format!("{name}::{}", self.name()?.0);
        }
        Ok(self.made(start, ExprKind::Name(name)))
    }

    /// Behind `new`: a type, and how many, or `{}` or `()`.
    fn new_object(&mut self, start: Span) -> Result<Expr> {
        let ctype = self.type_name()?;
        let mut count = None;
        if self.accept("[") {
            count = Some(Box::new(self.nested(Self::expression)?));
            self.expect("]")?;
        }
        for (open, close) in [("{", "}"), ("(", ")")] {
            if self.accept(open) {
                self.expect(close)?;
            }
        }
        Ok(self.made(start, ExprKind::New(ctype, count)))
    }

    fn made(&self, start: Span, kind: ExprKind) -> Expr {
        Expr {
            kind,
            span: self.since(start),
        }
    }
}

fn join(left: Expr, right: Expr, kind: impl FnOnce(Box<Expr>, Box<Expr>) -> ExprKind) -> Expr {
    let span = left.span.to(right.span);
    Expr {
        kind: kind(Box::new(left), Box::new(right)),
        span,
    }
}

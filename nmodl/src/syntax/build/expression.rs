//! Expressions: the flat operator sequences of the grammar get their structure here.
//!
//! No tree is deeper than [`MAX_DEPTH`], so that whoever walks it may recurse.

use pest::iterators::Pair;

use super::{Builder, Built, Children, Stop};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{BinaryOp, Call, Expr, Ident, Span, UnaryOp, Variable};
use crate::syntax::parse::Rule;

/// The largest depth of an expression tree. A sum of n terms has depth n.
pub(super) const MAX_DEPTH: usize = 300;

/// How tightly unary operators bind; see [`BinaryOp::precedence`].
const UNARY: u8 = 7;

/// An expression and how deep its tree is.
type Measured = (Expr, usize);

/// What is left of one flat sequence of operators and operands.
struct Sequence<'i> {
    children: std::iter::Peekable<Children<'i>>,
    /// Depth of the recursion over all enclosing sequences.
    level: usize,
}

impl Builder {
    /// The tree of a pair of rule `expr`.
    pub(super) fn expr(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        Ok(self.measured(pair, 0)?.0)
    }

    fn measured(&mut self, pair: Pair<'_, Rule>, level: usize) -> Built<Measured> {
        let span = self.span(&pair);
        let mut sequence = Sequence {
            children: Children::of(pair).peekable(),
            level,
        };
        self.climb(&mut sequence, 0, span)
    }

    /// Precedence climbing: operands joined by operators that bind at least as tightly as
    /// `floor`.
    fn climb(&mut self, sequence: &mut Sequence<'_>, floor: u8, whole: Span) -> Built<Measured> {
        sequence.level += 1;
        self.check_depth(sequence.level, whole)?;
        let (mut left, mut depth) = self.operand(sequence, whole)?;
        while let Some(pair) = sequence.children.peek() {
            let op = binary_op(pair.as_str()).ok_or(Stop::Mismatch)?;
            let tightness = op.precedence();
            if tightness < floor {
                break;
            }
            let op_span = self.span(pair);
            sequence.children.next();
            // `^` alone groups to the right.
            let right_floor = if op == BinaryOp::Power {
                tightness
            } else {
                tightness + 1
            };
            let (right, right_depth) = self.climb(sequence, right_floor, whole)?;
            depth = depth.max(right_depth) + 1;
            self.check_depth(depth, whole)?;
            left = Expr::Binary {
                op,
                op_span,
                span: left.span().to(right.span()),
                left: Box::new(left),
                right: Box::new(right),
            };
        }
        sequence.level -= 1;
        Ok((left, depth))
    }

    // Each kind of operand has a function of its own, to keep the frames of the recursion
    // through `climb` small.
    fn operand(&mut self, sequence: &mut Sequence<'_>, whole: Span) -> Built<Measured> {
        let pair = sequence.children.next().ok_or(Stop::Mismatch)?;
        match pair.as_rule() {
            Rule::prefix => self.prefixed(pair, sequence, whole),
            Rule::quantity => self.quantity(pair),
            Rule::reference => self.reference(pair, sequence.level),
            Rule::paren => self.parenthesized(pair, sequence.level),
            _ => Err(Stop::Mismatch),
        }
    }

    fn prefixed(
        &mut self,
        prefix: Pair<'_, Rule>,
        sequence: &mut Sequence<'_>,
        whole: Span,
    ) -> Built<Measured> {
        let (operand, depth) = self.climb(sequence, UNARY, whole)?;
        self.check_depth(depth + 1, whole)?;
        let expr = Expr::Unary {
            op: match prefix.as_str() {
                "!" => UnaryOp::Not,
                _ => UnaryOp::Negate,
            },
            span: self.span(&prefix).to(operand.span()),
            operand: Box::new(operand),
        };
        Ok((expr, depth + 1))
    }

    fn quantity(&mut self, pair: Pair<'_, Rule>) -> Built<Measured> {
        let span = self.span(&pair);
        let mut parts = Children::of(pair);
        let number = self.number(&parts.expect()?);
        let unit = parts.optional(Rule::unit).map(|unit| self.unit(unit));
        Ok((Expr::Number { number, unit, span }, 1))
    }

    fn parenthesized(&mut self, pair: Pair<'_, Rule>, level: usize) -> Built<Measured> {
        let span = self.span(&pair);
        let inner = Children::of(pair).expect()?;
        let (mut expr, depth) = self.measured(inner, level)?;
        widen(&mut expr, span);
        Ok((expr, depth))
    }

    fn reference(&mut self, pair: Pair<'_, Rule>, level: usize) -> Built<Measured> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let name = children.expect()?;
        if let Some(arguments) = children.optional(Rule::arguments) {
            let name = self.called_name(name)?;
            let (arguments, depth) = self.arguments(arguments, level)?;
            let call = Call {
                name,
                arguments,
                span,
            };
            return Ok((Expr::Call(call), depth + 1));
        }
        let (variable, depth) = self.variable_parts(name, &mut children, level)?;
        Ok((Expr::Variable(variable), depth))
    }

    /// The variable in a pair of rule `variable`, and its depth.
    pub(super) fn variable(
        &mut self,
        pair: Pair<'_, Rule>,
        level: usize,
    ) -> Built<(Variable, usize)> {
        let mut children = Children::of(pair);
        let name = children.expect()?;
        self.variable_parts(name, &mut children, level)
    }

    /// A variable from its name and what follows it in `children`.
    pub(super) fn variable_parts(
        &mut self,
        name: Pair<'_, Rule>,
        children: &mut Children<'_>,
        level: usize,
    ) -> Built<(Variable, usize)> {
        let mut span = self.span(&name);
        let (name, order) = self.primed(name);
        let mut back = None;
        if let Some(pair) = children.optional(Rule::back) {
            span = span.to(self.span(&pair));
            back = Some(self.integer(Children::of(pair).expect()?)?);
        }
        let mut index = None;
        let mut depth = 1;
        if let Some(pair) = children.optional(Rule::index) {
            span = span.to(self.span(&pair));
            let (expr, index_depth) = self.measured(Children::of(pair).expect()?, level)?;
            depth += index_depth;
            self.check_depth(depth, span)?;
            index = Some(Box::new(expr));
        }
        let variable = Variable {
            name,
            order,
            back,
            index,
            span,
        };
        Ok((variable, depth))
    }

    /// The name of something called, which has no primes.
    pub(super) fn called_name(&mut self, pair: Pair<'_, Rule>) -> Built<Ident> {
        let span = self.span(&pair);
        let (name, order) = self.primed(pair);
        if order > 0 {
            return Err(
                Diagnostic::new(Code::Syntax, format!("{}' is called", name.name))
                    .at(span, "a derivative is not a function")
                    .into(),
            );
        }
        Ok(name)
    }

    /// Actual arguments, and the depth of the deepest.
    pub(super) fn arguments(
        &mut self,
        pair: Pair<'_, Rule>,
        level: usize,
    ) -> Built<(Vec<Expr>, usize)> {
        let mut arguments = Vec::new();
        let mut deepest = 0;
        for child in Children::of(pair) {
            let inner = Children::of(child).expect()?;
            if inner.as_rule() == Rule::string {
                arguments.push(Expr::String(self.string(inner)));
            } else {
                let (expr, depth) = self.measured(inner, level)?;
                deepest = deepest.max(depth);
                arguments.push(expr);
            }
        }
        Ok((arguments, deepest))
    }

    fn check_depth(&self, depth: usize, span: Span) -> Built<()> {
        if depth <= MAX_DEPTH {
            return Ok(());
        }
        Err(Diagnostic::new(
            Code::NestingTooDeep,
            format!("an expression with more than {MAX_DEPTH} operators in a row"),
        )
        .at(span, "too long")
        .help("split it into several assignments")
        .into())
    }
}

/// Lets the span of an expression include the parentheses around it.
fn widen(expr: &mut Expr, to: Span) {
    match expr {
        Expr::Variable(variable) => variable.span = to,
        Expr::Call(call) => call.span = to,
        Expr::String(string) => string.span = to,
        Expr::Number { span, .. } | Expr::Unary { span, .. } | Expr::Binary { span, .. } => {
            *span = to;
        }
    }
}

fn binary_op(text: &str) -> Option<BinaryOp> {
    Some(match text {
        "||" => BinaryOp::Or,
        "&&" => BinaryOp::And,
        "==" => BinaryOp::Equal,
        "!=" => BinaryOp::NotEqual,
        "<" => BinaryOp::Less,
        "<=" => BinaryOp::LessEqual,
        ">" => BinaryOp::Greater,
        ">=" => BinaryOp::GreaterEqual,
        "+" => BinaryOp::Add,
        "-" => BinaryOp::Subtract,
        "*" => BinaryOp::Multiply,
        "/" => BinaryOp::Divide,
        "^" => BinaryOp::Power,
        _ => return None,
    })
}

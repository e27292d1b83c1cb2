//! From pest's pairs to the syntax tree.
//!
//! Each function takes the pair of one rule of `nmodl.pest` and reads its children in the
//! order of that rule; punctuation and keywords without meaning are dropped on the way
//! ([`Children`]). What the grammar cannot say (integers that fit, the form of WATCH) is
//! checked here.

mod block;
mod declaration;
mod expression;
mod statement;

use pest::iterators::{Pair, Pairs};

use super::ast::{Ident, Integer, Span, Unit};
use super::parse::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::FileId;

/// Why a tree could not be built.
pub(super) enum Stop {
    /// The text is at fault.
    Report(Box<Diagnostic>),
    /// The grammar gave something else than this code reads: a defect of the compiler.
    Mismatch,
}

impl Stop {
    /// The diagnostic to show, for the item at `item`.
    pub(super) fn into_diagnostic(self, item: Span) -> Option<Diagnostic> {
        Some(match self {
            Self::Report(diagnostic) => *diagnostic,
            Self::Mismatch => {
                Diagnostic::new(Code::Syntax, "the compiler does not understand this block")
                    .at(item, "")
                    .note("this is a defect of the compiler; please report it")
            }
        })
    }
}

impl From<Diagnostic> for Stop {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Report(Box::new(diagnostic))
    }
}

pub(super) type Built<T> = Result<T, Stop>;

/// Builds trees of one piece of a file.
pub(super) struct Builder {
    file: FileId,
    /// Where the piece begins in the file.
    base: u32,
    /// Faults that do not keep the tree from being built.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Builder {
    pub(super) fn new(file: FileId, base: u32) -> Self {
        Self {
            file,
            base,
            diagnostics: Vec::new(),
        }
    }

    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        Span::new(
            self.file,
            self.base + pair.as_span().start() as u32,
            self.base + last_token_end(pair.clone()) as u32,
        )
    }

    fn ident(&self, pair: Pair<'_, Rule>) -> Ident {
        Ident {
            name: pair.as_str().to_owned(),
            span: self.span(&pair),
        }
    }

    /// All that is left, as names.
    fn idents(&self, children: Children<'_>) -> Vec<Ident> {
        children.map(|pair| self.ident(pair)).collect()
    }

    /// A name with the number of its primes; `m'0` is the name `Dm0`.
    fn primed(&self, pair: Pair<'_, Rule>) -> (Ident, u32) {
        let text = pair.as_str();
        let span = self.span(&pair);
        match text.find('\'') {
            None => (self.ident(pair), 0),
            Some(at) => {
                let base = &text[..at];
                let order = text.bytes().filter(|b| *b == b'\'').count() as u32;
                if text.ends_with('0') {
                    let order = if order > 1 {
                        order.to_string()
                    } else {
                        String::new()
                    };
                    let name = format!("D{order}{base}0");
                    return (Ident { name, span }, 0);
                }
                let span = Span::new(span.file, span.start, span.start + at as u32);
                let name = base.to_owned();
                (Ident { name, span }, order)
            }
        }
    }

    fn unit(&self, pair: Pair<'_, Rule>) -> Unit {
        let span = self.span(&pair);
        let text = pair.as_str();
        let inside = text.strip_prefix('(').unwrap_or(text);
        let inside = inside.strip_suffix(')').unwrap_or(inside);
        Unit {
            text: inside.trim().to_owned(),
            span,
        }
    }

    fn whole(&self, pair: &Pair<'_, Rule>) -> Built<i64> {
        let text = pair.as_str();
        text.parse().map_err(|_| {
            Diagnostic::new(
                Code::NumberOutOfRange,
                format!("{text} is too large for a whole number"),
            )
            .at(self.span(pair), "")
            .into()
        })
    }

    fn integer(&self, pair: Pair<'_, Rule>) -> Built<Integer> {
        let inner = Children::of(pair).expect()?;
        match inner.as_rule() {
            Rule::whole => Ok(Integer::Literal {
                value: self.whole(&inner)?,
                span: self.span(&inner),
            }),
            _ => Ok(Integer::Name(self.ident(inner))),
        }
    }
}

/// Where the last token of `pair` ends. pest's own span goes on over blanks and comments
/// up to where an optional part might have followed.
fn last_token_end(mut pair: Pair<'_, Rule>) -> usize {
    loop {
        let end = pair.as_span().end();
        // Within these, pest skips nothing.
        if matches!(
            pair.as_rule(),
            Rule::unit | Rule::verbatim | Rule::represents
        ) {
            return end;
        }
        match pair.into_inner().next_back() {
            Some(last) => pair = last,
            None => return end,
        }
    }
}

/// The children of a pair that carry meaning.
pub(super) struct Children<'i> {
    pairs: std::iter::Peekable<Pairs<'i, Rule>>,
}

impl<'i> Children<'i> {
    fn of(pair: Pair<'i, Rule>) -> Self {
        Self {
            pairs: pair.into_inner().peekable(),
        }
    }

    fn skip_silent(&mut self) {
        while self
            .pairs
            .next_if(|pair| is_silent(pair.as_rule()))
            .is_some()
        {}
    }

    /// The next child.
    fn expect(&mut self) -> Built<Pair<'i, Rule>> {
        self.next().ok_or(Stop::Mismatch)
    }

    /// The next child if it is of `rule`.
    fn optional(&mut self, rule: Rule) -> Option<Pair<'i, Rule>> {
        self.skip_silent();
        self.pairs.next_if(|pair| pair.as_rule() == rule)
    }
}

impl<'i> Iterator for Children<'i> {
    type Item = Pair<'i, Rule>;

    fn next(&mut self) -> Option<Pair<'i, Rule>> {
        self.skip_silent();
        self.pairs.next()
    }
}

/// Whether a rule's pair says nothing that its place does not say already.
fn is_silent(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::open_brace
            | Rule::close_brace
            | Rule::open_paren
            | Rule::close_paren
            | Rule::open_bracket
            | Rule::close_bracket
            | Rule::comma
            | Rule::equals
            | Rule::less
            | Rule::greater
            | Rule::plus
            | Rule::kw_from
            | Rule::kw_to
            | Rule::kw_by
            | Rule::kw_with
            | Rule::kw_start
            | Rule::kw_depend
            | Rule::kw_useion
            | Rule::kw_read
            | Rule::kw_write
            | Rule::kw_valence
            | Rule::kw_solvefor
            | Rule::kw_if
            | Rule::kw_else
            | Rule::kw_while
            | Rule::kw_define
            | Rule::kw_include
            | Rule::kw_local
            | Rule::kw_neuron
            | Rule::kw_thread_safe
            | Rule::kw_units
            | Rule::kw_constant
            | Rule::kw_parameter
            | Rule::kw_independent
            | Rule::kw_assigned
            | Rule::kw_state
            | Rule::kw_initial
            | Rule::kw_breakpoint
            | Rule::kw_constructor
            | Rule::kw_destructor
            | Rule::kw_derivative
            | Rule::kw_kinetic
            | Rule::kw_linear
            | Rule::kw_nonlinear
            | Rule::kw_discrete
            | Rule::kw_function
            | Rule::kw_procedure
            | Rule::kw_function_table
            | Rule::kw_net_receive
            | Rule::kw_before
            | Rule::kw_after
            | Rule::kw_solve
            | Rule::kw_iferror
            | Rule::kw_table
            | Rule::kw_conductance
            | Rule::kw_conserve
            | Rule::kw_compartment
            | Rule::kw_longitudinal_diffusion
            | Rule::kw_lag
            | Rule::kw_watch
            | Rule::kw_for_netcons
            | Rule::kw_protect
    )
}

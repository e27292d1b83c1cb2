//! C of VERBATIM blocks to IR.
//!
//! Names are those of the C++ that NEURON generates: a variable of the mechanism has its own name,
//! a LOCAL, an argument or a result `x` is `_lx`, the ion's own value is `_ion_cai`, a POINTER is
//! `_p_x`. The fragment runs in the body that it stands in: its `return` ends that body
//! ([`super::leave`]).
//!
//! Whole numbers are `I64` and wrap where C's unsigned types do. What C keeps behind a pointer to
//! an object (a Vector, a Random, a stream) is a handle: a number that the host gave, 0 for none. A
//! POINTER that C keeps such a thing in is a column of the instance; a variable whose address is
//! taken for that ([`*((void**)(&space))`]) holds it itself. Pointers to doubles are known when
//! compiling, as far as what they point into; the index is computed. Memory that C asks for, and what
//! points at it, is known to the host alone ([`memory`]). Where that does not do for a function, its
//! variables stand in such memory, too ([`frame`]).

mod call;
mod constant;
mod counted;
mod expression;
mod file;
mod frame;
mod host;
mod layout;
mod memory;
mod names;
mod statement;
mod text;
mod value;

use crate::ir::{LocalId, Place};
use crate::source::Span;
use crate::syntax::ast;
use crate::verbatim::preprocess::Macros;
use crate::verbatim::token::{self, Piece, Token, TokenKind};
use crate::verbatim::{Fault, Result, parse, preprocess};

use super::body::{BodyLowering, Context};

use layout::TypeId;

pub(super) use file::CFile;
pub(super) use names::CScopes;

/// Types of numbers and handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `int` and its kin; I64.
    Integer {
        /// Of the type in C.
        bits: u32,
        /// If not, values wrap.
        signed: bool,
    },
    /// Truth value, an `int` in C.
    Truth,
    /// `double`; F64.
    Double,
    /// `float`; F64, rounded.
    Float,
    /// What the host gave for an object; F64, 0 is NULL.
    Handle,
    /// `char*`: what the host gave for a text; F64, 0 is NULL.
    Text,
    /// `char[]`: the same, which is another text when C writes into the array.
    Characters,
    /// A pointer into memory, to things of a type; F64, 0 is NULL.
    Address(TypeId),
}

impl Kind {
    fn is_real(self) -> bool {
        matches!(self, Kind::Double | Kind::Float)
    }

    fn is_number(self) -> bool {
        !matches!(
            self,
            Kind::Handle | Kind::Text | Kind::Characters | Kind::Address(_)
        )
    }
}

const INT: Kind = Kind::Integer {
    bits: 32,
    signed: true,
};

/// Something that can be assigned.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Target {
    /// A variable of the fragment.
    Local(LocalId, Kind),
    /// Memory; whole numbers are stored as doubles.
    Place(Place, Kind),
    /// A double of a Vector.
    Element {
        vector: crate::ir::ExprId,
        index: crate::ir::ExprId,
    },
    /// What stands in memory.
    Memory {
        address: crate::ir::ExprId,
        ty: TypeId,
    },
    /// A character of a text, which can be assigned if it stands in memory.
    Character {
        text: crate::ir::ExprId,
        index: crate::ir::ExprId,
    },
    /// A RANDOM variable.
    Stream(u32),
    /// `errno`
    ErrorNumber,
}

impl BodyLowering<'_, '_> {
    /// A list of statements of which some are VERBATIM.
    pub(super) fn statements_with_c(&mut self, statements: &[&ast::Statement]) {
        if let Err(fault) = self.fragment(statements) {
            self.error(fault.diagnostic());
        }
    }

    fn fragment(&mut self, statements: &[&ast::Statement]) -> Result<()> {
        if let Some(fault) = &self.unit.c.fault {
            return Err(fault.clone());
        }
        let mut pieces = Vec::new();
        let mut end = Span::default();
        for (index, statement) in statements.iter().enumerate() {
            end = statement.span();
            match statement {
                ast::Statement::Verbatim(block) => pieces.extend(block_tokens(block)?),
                _ => pieces.push(Piece::Token(Token::new(TokenKind::Nmodl(index), end))),
            }
        }
        let mut macros: Macros = self.unit.c.macros.clone();
        let tokens = preprocess::preprocess(pieces, &mut macros, self.unit.headers)?;
        self.no_macro_of_nmodl(&macros)?;
        let parsed = parse::statements(&tokens, end, self.unit.c.layouts.names())?;
        self.find_addressed(&parsed);
        let only_c = statements
            .iter()
            .all(|s| matches!(s, ast::Statement::Verbatim(_)));
        self.c.executes_last = only_c
            && self.context == Context::Callable
            && self.c.scopes.len() == 1
            && file::executes_last(&parsed);
        self.c_statements(&parsed, statements)
    }

    /// A macro with the name of a variable would change what NMODL means.
    fn no_macro_of_nmodl(&self, macros: &Macros) -> Result<()> {
        for (name, definition) in macros {
            if self.unit.symbols.names.contains_key(name) {
                return Err(Fault::new(
                    definition.span,
                    format!("a macro with the name of `{name}` of NMODL"),
                ));
            }
        }
        Ok(())
    }
}

/// The tokens of a block.
fn block_tokens(block: &ast::Verbatim) -> Result<Vec<Piece>> {
    token::tokens(&block.text, block.text_span)
}

//! The preprocessor: conditions, macros, headers, as for NEURON 9.0.2 without CoreNEURON.

use std::collections::BTreeMap;

use super::ast::{Expr, ExprKind};
use super::header::Headers;
use super::parse;
use super::token::{Piece, Token, TokenKind};
use super::{Fault, Result};
use crate::source::Span;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Macro {
    /// Names of the parameters, if it is called like a function.
    parameters: Option<Vec<String>>,
    body: Vec<Token>,
    /// Where it is defined.
    pub span: Span,
}

/// Macros by name.
pub type Macros = BTreeMap<String, Macro>;

/// The version of NEURON that conditions see.
const VERSION: [i64; 3] = [9, 0, 2];

/// Names that are macros in every file that NEURON generates. `t` and `dt` are members of the
/// thread, other variables may be anything.
const DEFINED: &[(&str, Option<i64>)] = &[
    ("NRN_VERSION_MAJOR", Some(VERSION[0])),
    ("NRN_VERSION_MINOR", Some(VERSION[1])),
    ("NRN_VERSION_PATCH", Some(VERSION[2])),
    ("NRN_VERSION_GTEQ_8_2_0", None),
    ("NRN_MECHANISM_DATA_IS_SOA", None),
    ("NRN_VERSION_EQ", None),
    ("NRN_VERSION_NE", None),
    ("NRN_VERSION_GT", None),
    ("NRN_VERSION_LT", None),
    ("NRN_VERSION_GTEQ", None),
    ("NRN_VERSION_LTEQ", None),
    ("NRN_VERSION_INT", None),
    ("t", None),
    ("dt", None),
    ("__cplusplus", Some(201_703)),
    ("__linux__", Some(1)),
    ("__unix__", Some(1)),
    ("NULL", None),
    ("M_PI", None),
    ("RAND_MAX", None),
    ("INT_MAX", None),
    ("DBL_MAX", None),
];

/// Headers whose declarations are known or of no account: what they declare and is not known is
/// reported where it is used.
const HEADERS: &[&str] = &[
    "assert.h",
    "ctype.h",
    "errno.h",
    "float.h",
    "limits.h",
    "malloc.h",
    "math.h",
    "memory.h",
    "pthread.h",
    "signal.h",
    "stdbool.h",
    "stddef.h",
    "stdint.h",
    "stdio.h",
    "stdlib.h",
    "string.h",
    "strings.h",
    "sys/stat.h",
    "sys/time.h",
    "sys/types.h",
    "time.h",
    "unistd.h",
    "values.h",
    "algorithm",
    "cassert",
    "cfloat",
    "climits",
    "cmath",
    "cstdint",
    "cstdio",
    "cstdlib",
    "cstring",
    "ctime",
    "fstream",
    "iostream",
    "limits",
    "random",
    "string",
    "vector",
    "bbcore_mech.h",
    "cabcode.h",
    "hoc.h",
    "hocdec.h",
    "ivocvect.h",
    "mcran4.h",
    "md1redef.h",
    "md2redef.h",
    "mech_api.h",
    "membdef.h",
    "membfunc.h",
    "nrnassrt.h",
    "nrniv_mf.h",
    "nrnoc2iv.h",
    "nrnran123.h",
    "nrnrandom.h",
    "nrnversionmacros.h",
    "ocfunc.h",
    "oc_ansi.h",
    "parse.hpp",
    "section.h",
    "section_fwd.hpp",
    "scoplib.h",
    "options.h",
    "multicore.h",
    "netcon.h",
    "netcvode.h",
    "nrnconf.h",
    "nrnmpi.h",
    "treeset.h",
];

/// Whether a header is one of C's or NEURON's.
pub(super) fn is_known(header: &str) -> bool {
    HEADERS.contains(&header) || HEADERS.contains(&header.trim_start_matches("nrn/"))
}

/// How deep headers may include each other.
const MOST_INCLUDES: usize = 32;

/// Reads `pieces`: what conditions leave, with macros in place and `headers` where they are
/// included. `macros` learns what is defined.
pub fn preprocess(
    pieces: Vec<Piece>,
    macros: &mut Macros,
    headers: &Headers,
) -> Result<Vec<Token>> {
    let mut out = Vec::new();
    read(pieces, macros, headers, 0, &mut out)?;
    Ok(out)
}

fn read(
    pieces: Vec<Piece>,
    macros: &mut Macros,
    headers: &Headers,
    depth: usize,
    out: &mut Vec<Token>,
) -> Result<()> {
    let mut run: Vec<Token> = Vec::new();
    let mut conditions: Vec<Condition> = Vec::new();
    for piece in pieces {
        let live = conditions.iter().all(|c| c.live);
        match piece {
            Piece::Token(token) if live => run.push(token),
            Piece::Token(_) => {}
            Piece::Directive {
                tokens,
                header,
                span,
            } => {
                // A macro's arguments do not reach over a directive.
                out.extend(expand(std::mem::take(&mut run), macros)?);
                let line = Line {
                    tokens: &tokens,
                    header: header.as_deref(),
                    span,
                };
                line.obey(&mut conditions, macros)?;
                if let Some(header) = line.includes(&conditions) {
                    let pieces = headers
                        .get(header)
                        .cloned()
                        .ok_or_else(|| line.unknown())??;
                    if depth == MOST_INCLUDES || out.len() > MOST_TOKENS {
                        return Err(Fault::new(span, "headers that include each other"));
                    }
                    read(pieces, macros, headers, depth + 1, out)?;
                }
            }
        }
    }
    out.extend(expand(run, macros)?);
    match conditions.last() {
        Some(open) => Err(Fault::new(open.span, "an #if without its #endif")
            .help("#if and #endif must stand in the same block of NMODL")),
        None => Ok(()),
    }
}

/// An `#if` that is open.
struct Condition {
    /// What follows counts.
    live: bool,
    /// A branch has been taken, or none will be.
    decided: bool,
    span: Span,
}

struct Line<'t> {
    /// What stands behind `#`.
    tokens: &'t [Token],
    header: Option<&'t str>,
    span: Span,
}

impl Line<'_> {
    fn obey(&self, conditions: &mut Vec<Condition>, macros: &mut Macros) -> Result<()> {
        let live = conditions.iter().all(|c| c.live);
        let Some((first, rest)) = self.tokens.split_first() else {
            return Ok(());
        };
        let word = first.word().unwrap_or_default();
        match word {
            "if" | "ifdef" | "ifndef" => {
                let holds = live
                    && match word {
                        "if" => self.holds(rest, macros)?,
                        "ifdef" => self.is_defined(rest.first(), macros)?,
                        _ => !self.is_defined(rest.first(), macros)?,
                    };
                conditions.push(Condition {
                    live: holds,
                    decided: holds || !live,
                    span: self.span,
                });
            }
            "elif" | "else" | "endif" => {
                let Some(open) = conditions.pop() else {
                    return Err(Fault::new(self.span, format!("#{word} without an #if"))
                        .help("#if and #endif must stand in the same block of NMODL"));
                };
                if word != "endif" {
                    let holds = !open.decided && (word == "else" || self.holds(rest, macros)?);
                    conditions.push(Condition {
                        live: holds,
                        decided: open.decided || holds,
                        span: open.span,
                    });
                }
            }
            _ if !live => {}
            "define" => self.define(rest, macros)?,
            "undef" => {
                if let Some(name) = rest.first().and_then(Token::word) {
                    macros.remove(name);
                }
            }
            "include" if self.header.is_none() => return Err(self.unknown()),
            "include" | "pragma" => {}
            "error" => return Err(Fault::new(self.span, "an #error, as NEURON 9 would see it")),
            _ => return Err(Fault::new(self.span, format!("#{word} is not supported"))),
        }
        Ok(())
    }

    /// The header beside the file that an `#include` wants read here.
    fn includes(&self, conditions: &[Condition]) -> Option<&str> {
        let is_include = self.tokens.first().and_then(Token::word) == Some("include");
        let live = conditions.iter().all(|c| c.live);
        self.header
            .filter(|header| is_include && live && !is_known(header))
    }

    fn unknown(&self) -> Fault {
        Fault::new(self.span, "an #include of a header that is not known").help(
            "what it declares cannot be known here: put it beside the file, or write it in NMODL",
        )
    }

    fn define(&self, rest: &[Token], macros: &mut Macros) -> Result<()> {
        let Some((name, rest)) = rest.split_first() else {
            return Err(Fault::new(self.span, "a #define without a name"));
        };
        let Some(word) = name.word() else {
            return Err(Fault::new(
                name.span,
                "a #define of something that is no name",
            ));
        };
        let mut parameters = None;
        let mut body = rest;
        if let Some((open, after)) = rest.split_first()
            && open.is("(")
            && open.joined
        {
            let Some(end) = after.iter().position(|t| t.is(")")) else {
                return Err(Fault::new(
                    self.span,
                    "parameters of a macro without their end",
                ));
            };
            let mut names = Vec::new();
            for (n, token) in after[..end].iter().enumerate() {
                match token.word() {
                    Some(word) if n % 2 == 0 => names.push(word.to_owned()),
                    None if n % 2 == 0 && token.is("...") => names.push(VARIABLE.to_owned()),
                    None if n % 2 == 1 && token.is(",") => {}
                    _ => return Err(Fault::new(token.span, "no parameter of a macro")),
                }
            }
            parameters = Some(names);
            body = &after[end + 1..];
        }
        if let Some(token) = body.iter().find(|t| t.is("#") || t.is("##")) {
            return Err(Fault::new(
                token.span,
                "# and ## in macros are not supported",
            ));
        }
        let definition = Macro {
            parameters,
            body: body.to_vec(),
            span: self.span,
        };
        macros.insert(word.to_owned(), definition);
        Ok(())
    }

    fn is_defined(&self, token: Option<&Token>, macros: &Macros) -> Result<bool> {
        match token.and_then(Token::word) {
            Some(word) => {
                Ok(macros.contains_key(word) || DEFINED.iter().any(|(name, _)| *name == word))
            }
            None => Err(Fault::new(self.span, "a condition without a name")),
        }
    }

    /// The value of a condition.
    fn holds(&self, tokens: &[Token], macros: &Macros) -> Result<bool> {
        let mut asked = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            if token.word() != Some("defined") {
                asked.push(token.clone());
                continue;
            }
            let parenthesis = tokens.get(at).is_some_and(|t| t.is("("));
            at += usize::from(parenthesis);
            let defined = self.is_defined(tokens.get(at), macros)?;
            at += 1 + usize::from(parenthesis);
            let value = TokenKind::Integer {
                value: defined.into(),
                unsigned: false,
            };
            asked.push(Token::new(value, token.span));
        }
        let asked = expand(asked, macros)?;
        let expr = parse::expression(&asked, self.span)?;
        Ok(value(&expr)? != 0)
    }
}

/// The value of an expression of the preprocessor; names that are no macros are 0.
fn value(expr: &Expr) -> Result<i64> {
    let unsupported = || Fault::new(expr.span, "this condition is not supported");
    Ok(match &expr.kind {
        ExprKind::Integer { value, .. } => *value,
        ExprKind::Name(name) => DEFINED
            .iter()
            .find(|(known, _)| known == name)
            .map_or(Ok(0), |(_, value)| value.ok_or_else(unsupported))?,
        ExprKind::Unary("!", a) => i64::from(value(a)? == 0),
        ExprKind::Unary("-", a) => value(a)?.wrapping_neg(),
        ExprKind::Binary("&&", a, b) => i64::from(value(a)? != 0 && value(b)? != 0),
        ExprKind::Binary("||", a, b) => i64::from(value(a)? != 0 || value(b)? != 0),
        ExprKind::Binary(op, a, b) => {
            let (a, b) = (value(a)?, value(b)?);
            match *op {
                "+" => a.wrapping_add(b),
                "-" => a.wrapping_sub(b),
                "*" => a.wrapping_mul(b),
                "/" => a.checked_div(b).ok_or_else(unsupported)?,
                "%" => a.checked_rem(b).ok_or_else(unsupported)?,
                "<" => i64::from(a < b),
                "<=" => i64::from(a <= b),
                ">" => i64::from(a > b),
                ">=" => i64::from(a >= b),
                "==" => i64::from(a == b),
                "!=" => i64::from(a != b),
                _ => return Err(unsupported()),
            }
        }
        ExprKind::Conditional(a, b, c) => value(if value(a)? != 0 { b } else { c })?,
        ExprKind::Call {
            function,
            arguments,
        } => {
            let ExprKind::Name(name) = &function.kind else {
                return Err(unsupported());
            };
            let [major, minor, patch] = &arguments[..] else {
                return Err(unsupported());
            };
            let asked = [value(major)?, value(minor)?, value(patch)?];
            match name.as_str() {
                "NRN_VERSION_EQ" => i64::from(VERSION == asked),
                "NRN_VERSION_NE" => i64::from(VERSION != asked),
                "NRN_VERSION_GT" => i64::from(VERSION > asked),
                "NRN_VERSION_LT" => i64::from(VERSION < asked),
                "NRN_VERSION_GTEQ" => i64::from(VERSION >= asked),
                "NRN_VERSION_LTEQ" => i64::from(VERSION <= asked),
                _ => return Err(unsupported()),
            }
        }
        _ => return Err(unsupported()),
    })
}

/// What `...` among the parameters of a macro stands for.
const VARIABLE: &str = "__VA_ARGS__";

/// Makes one argument, with its commas, of all from the `count`th on.
fn join_last(arguments: &mut Vec<Vec<Token>>, count: usize) {
    while arguments.len() > count {
        let Some(last) = arguments.pop() else { return };
        if let (Some(before), Some(first)) = (arguments.last_mut(), last.first()) {
            before.push(Token::new(TokenKind::Sign(","), first.span));
            before.extend(last);
        }
    }
}

/// What a macro without parameters stands for.
pub fn expansion(name: &str, macros: &Macros) -> Option<Vec<Token>> {
    let definition = macros.get(name)?;
    if definition.parameters.is_some() {
        return None;
    }
    expand(definition.body.clone(), macros).ok()
}

/// Tokens that macros may make of a list, at most.
const MOST_TOKENS: usize = 200_000;

/// Puts in what macros stand for.
fn expand(tokens: Vec<Token>, macros: &Macros) -> Result<Vec<Token>> {
    if macros.is_empty() {
        return Ok(tokens);
    }
    let mut out = Vec::new();
    // What is still to be looked at, the last one first.
    let mut left: Vec<Token> = tokens;
    left.reverse();
    let mut steps = 0usize;
    while let Some(token) = left.pop() {
        let known = token
            .word()
            .filter(|word| !token.from.iter().any(|from| from == word))
            .and_then(|word| Some((word.to_owned(), macros.get(word)?)));
        let Some((name, definition)) = known else {
            out.push(token);
            continue;
        };
        let mut body = definition.body.clone();
        if let Some(parameters) = &definition.parameters {
            if !left.last().is_some_and(|t| t.is("(")) {
                out.push(token);
                continue;
            }
            let mut arguments = arguments(&mut left, token.span)?;
            if parameters.last().is_some_and(|last| last == VARIABLE) {
                join_last(&mut arguments, parameters.len());
            }
            let given = if parameters.is_empty() && arguments.iter().all(Vec::is_empty) {
                0
            } else {
                arguments.len()
            };
            if given != parameters.len() {
                return Err(Fault::new(
                    token.span,
                    format!("the macro `{name}` takes {} arguments", parameters.len()),
                ));
            }
            body = body
                .into_iter()
                .flat_map(|t| {
                    let parameter = t
                        .word()
                        .and_then(|word| parameters.iter().position(|p| p == word));
                    match parameter {
                        Some(n) => arguments[n].clone(),
                        None => vec![t],
                    }
                })
                .collect();
        }
        steps += body.len() + 1;
        if steps > MOST_TOKENS {
            return Err(Fault::new(token.span, "macros that grow without end"));
        }
        left.extend(body.into_iter().rev().map(|mut t| {
            t.from.extend(token.from.iter().cloned());
            t.from.push(name.clone());
            t.span = token.span;
            t
        }));
    }
    Ok(out)
}

/// Takes the arguments of a macro, which follow with their parentheses.
fn arguments(left: &mut Vec<Token>, at: Span) -> Result<Vec<Vec<Token>>> {
    left.pop();
    let mut arguments = vec![Vec::new()];
    let mut depth = 0;
    while let Some(token) = left.pop() {
        if depth == 0 && token.is(")") {
            return Ok(arguments);
        }
        if depth == 0 && token.is(",") {
            arguments.push(Vec::new());
            continue;
        }
        if token.is("(") {
            depth += 1;
        } else if token.is(")") {
            depth -= 1;
        }
        if let Some(last) = arguments.last_mut() {
            last.push(token);
        }
    }
    Err(Fault::new(at, "arguments of a macro without their end"))
}

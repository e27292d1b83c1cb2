//! Types, declarations, and the items of a file.

use super::Parser;
use crate::verbatim::ast::{
    Base, CType, Declaration, Declarator, Expr, ExprKind, Initializer, Item, Parameter,
};
use crate::verbatim::token::Token;
use crate::verbatim::{Fault, Result};

/// Words that types consist of.
const TYPE_WORDS: &[&str] = &[
    "void", "bool", "char", "short", "int", "long", "float", "double", "signed", "unsigned",
    "auto", "const", "volatile", "register", "static", "extern", "inline", "struct", "union",
];

/// Types of one word.
const NAMED: &[(&str, Base)] = &[
    ("int8_t", integer(8, true)),
    ("int16_t", integer(16, true)),
    ("int32_t", integer(32, true)),
    ("int64_t", integer(64, true)),
    ("uint8_t", integer(8, false)),
    ("uint16_t", integer(16, false)),
    ("uint32_t", integer(32, false)),
    ("uint64_t", integer(64, false)),
    ("u_int8_t", integer(8, false)),
    ("u_int16_t", integer(16, false)),
    ("u_int32_t", integer(32, false)),
    ("u_int64_t", integer(64, false)),
    ("time_t", integer(64, true)),
    ("clock_t", integer(64, true)),
    ("uint", integer(32, false)),
    ("size_t", integer(64, false)),
    ("ssize_t", integer(64, true)),
];

/// Types of NEURON's of which pointers are passed on.
const OPAQUE: &[&str] = &[
    "Rand",
    "Random",
    "IvocVect",
    "Vect",
    "Object",
    "nrnran123_State",
    "NrnThread",
    "FILE",
];

const fn integer(bits: u32, signed: bool) -> Base {
    Base::Integer { bits, signed }
}

impl Parser<'_> {
    /// Whether the token `n` ahead begins a type (and not an expression).
    pub(super) fn type_ahead(&self, n: usize) -> bool {
        let Some(word) = self.ahead(n).and_then(Token::word) else {
            return false;
        };
        let known = |word: &str| {
            TYPE_WORDS.contains(&word)
                || NAMED.iter().any(|(name, _)| *name == word)
                || OPAQUE.contains(&word)
                || self.types.contains(word)
        };
        if word == "std" && self.ahead(n + 1).is_some_and(|t| t.is("::")) {
            let next = self.ahead(n + 2).and_then(Token::word);
            return next.is_some_and(|word| known(word) && word != "Random");
        }
        // `(Info*) x`: a type that is not known is one all the same.
        let pointer = self.ahead(n + 1).is_some_and(|t| t.is("*"))
            && (1..4).any(|k| {
                let stars = (1..=k).all(|k| self.ahead(n + k).is_some_and(|t| t.is("*")));
                let close = self.ahead(n + k + 1);
                stars && close.is_some_and(|t| t.is(")") || t.is(">"))
            });
        known(word) || pointer
    }

    /// Whether a declaration follows (and not an expression).
    pub(super) fn at_declaration(&self) -> bool {
        if self.type_ahead(0) {
            // `double(x);` alone would be an expression without effect.
            return true;
        }
        let Some(_) = self.next_word() else {
            return false;
        };
        // `FILE* f;`, `Info x = …`: a name behind a name.
        let mut n = 1;
        while self.ahead(n).is_some_and(|t| t.is("::"))
            && self.ahead(n + 1).and_then(Token::word).is_some()
        {
            n += 2;
        }
        let stars = (n..)
            .take_while(|&k| self.ahead(k).is_some_and(|t| t.is("*")))
            .count();
        let name = self.ahead(n + stars).and_then(Token::word).is_some();
        let after = self.ahead(n + stars + 1);
        name && after.is_none_or(|t| [";", "=", ",", "[", "("].iter().any(|sign| t.is(sign)))
    }

    /// A type as it stands in a cast.
    pub(super) fn type_name(&mut self) -> Result<CType> {
        let mut ctype = self.specifiers()?.1;
        ctype.stars = self.stars();
        Ok(ctype)
    }

    fn stars(&mut self) -> u32 {
        let mut stars = 0;
        loop {
            if self.accept("*") {
                stars += 1;
            } else if matches!(self.next_word(), Some("const" | "volatile" | "restrict")) {
                self.at += 1;
            } else {
                return stars;
            }
        }
    }

    /// The words before the names, and whether `static` and `extern` are among them.
    pub(super) fn specifiers(&mut self) -> Result<((bool, bool), CType)> {
        let start = self.here();
        let (mut is_static, mut is_extern) = (false, false);
        let mut words: Vec<&str> = Vec::new();
        let mut named = None;
        while let Some(word) = self.next_word() {
            match word {
                "static" => is_static = true,
                "extern" => is_extern = true,
                "const" | "volatile" | "register" | "inline" | "struct" | "union" => {}
                "std" if self.ahead(1).is_some_and(|t| t.is("::")) => self.at += 1,
                "void" | "bool" | "char" | "short" | "int" | "long" | "float" | "double"
                | "signed" | "unsigned" | "auto"
                    if named.is_none() =>
                {
                    words.push(word);
                }
                _ if named.is_none() && words.is_empty() => named = Some(word),
                _ => break,
            }
            self.at += 1;
        }
        let base = match named {
            Some(word) => NAMED.iter().find(|(name, _)| *name == word).map_or_else(
                || {
                    if OPAQUE.contains(&word) {
                        Base::Opaque(word.to_owned())
                    } else {
                        Base::Unknown(word.to_owned())
                    }
                },
                |(_, base)| base.clone(),
            ),
            None => base_of(&words).ok_or_else(|| {
                Fault::new(self.since(start), "a type that is not supported here")
            })?,
        };
        let ctype = CType {
            base,
            stars: 0,
            span: self.since(start),
        };
        Ok(((is_static, is_extern), ctype))
    }

    /// `int a, *b = c`, up to the `;`.
    pub(super) fn declaration(&mut self) -> Result<Declaration> {
        let start = self.here();
        let ((is_static, is_extern), ctype) = self.specifiers()?;
        let mut declarators = Vec::new();
        if !self.next_is(";") {
            loop {
                declarators.push(self.declarator(&ctype)?);
                if !self.accept(",") {
                    break;
                }
            }
        }
        Ok(Declaration {
            is_extern,
            is_static,
            declarators,
            span: self.since(start),
        })
    }

    pub(super) fn declarator(&mut self, ctype: &CType) -> Result<Declarator> {
        let stars = self.stars();
        if self.next_is("(") {
            return Err(Fault::new(
                self.here(),
                "pointers to functions are not supported",
            ));
        }
        let (name, span) = self.name()?;
        let mut declarator = Declarator {
            name,
            ctype: CType {
                stars,
                ..ctype.clone()
            },
            lengths: Vec::new(),
            initializer: None,
            function: None,
            span,
        };
        if self.accept("(") {
            declarator.function = Some(self.parameters()?);
            return Ok(declarator);
        }
        while self.accept("[") {
            let length = if self.next_is("]") {
                None
            } else {
                Some(self.conditional()?)
            };
            declarator.lengths.push(length);
            self.expect("]")?;
        }
        if self.accept("=") {
            declarator.initializer = Some(if self.accept("{") {
                Initializer::List(self.list()?)
            } else {
                Initializer::Value(self.assignment()?)
            });
        }
        Ok(declarator)
    }

    /// What an array or structure begins with, behind the opening brace.
    fn list(&mut self) -> Result<Vec<Expr>> {
        let mut list = Vec::new();
        while !self.accept("}") {
            let start = self.here();
            list.push(if self.accept("{") {
                let kind = ExprKind::List(self.nested(Self::list)?);
                let span = self.since(start);
                Expr { kind, span }
            } else {
                self.assignment()?
            });
            if !self.accept(",") {
                self.expect("}")?;
                break;
            }
        }
        Ok(list)
    }

    /// The parameters of a function, behind the opening parenthesis. `None` where they are of no
    /// kind that is known.
    fn parameters(&mut self) -> Result<Option<Vec<Parameter>>> {
        let start = self.at;
        let mut parameters = Vec::new();
        let read = loop {
            if self.accept(")") {
                break true;
            }
            if matches!(
                self.next_word(),
                Some("_threadargsproto_" | "_threadargsprotocomma_" | "_internalthreadargsproto_")
            ) {
                self.at += 1;
                self.accept(",");
                continue;
            }
            let Ok((_, mut ctype)) = self.specifiers() else {
                break false;
            };
            ctype.stars = self.stars();
            let mut name = None;
            // `double (x)` is `double x`.
            let enclosed = self.next_is("(") && self.ahead(2).is_some_and(|t| t.is(")"));
            self.at += usize::from(enclosed);
            if let Some(word) = self.next_word() {
                self.at += 1;
                name = Some(word.to_owned());
            }
            self.at += usize::from(enclosed);
            if self.accept("[") {
                if !self.next_is("]") && self.conditional().is_err() {
                    break false;
                }
                if !self.accept("]") {
                    break false;
                }
                ctype.stars += 1;
            }
            if !(ctype.base == Base::Void && ctype.stars == 0 && name.is_none()) {
                parameters.push(Parameter { ctype, name });
            }
            if !self.accept(",") && !self.next_is(")") {
                break false;
            }
        };
        if read {
            return Ok(Some(parameters));
        }
        self.at = start;
        self.skip_to(")")?;
        Ok(None)
    }

    /// Skips to behind the sign that closes what was opened.
    fn skip_to(&mut self, close: &str) -> Result<()> {
        let opened = self.here();
        let mut depth = 0;
        while let Some(token) = self.next() {
            if depth == 0 && token.is(close) {
                return Ok(());
            }
            if ["(", "{", "["].iter().any(|sign| token.is(sign)) {
                depth += 1;
            } else if [")", "}", "]"].iter().any(|sign| token.is(sign)) {
                depth -= 1;
            }
        }
        Err(Fault::new(opened, format!("`{close}` is missing")))
    }

    /// One item of a VERBATIM between blocks.
    pub(super) fn item(&mut self, items: &mut Vec<Item>) -> Result<()> {
        if self.accept(";") {
            return Ok(());
        }
        let start = self.here();
        match self.next_word() {
            Some("extern") if matches!(self.ahead(1), Some(t) if t.word().is_none()) => {
                // extern "C" { … }, or of one declaration
                self.at += 2;
                if self.accept("{") {
                    while !self.accept("}") {
                        if self.peek().is_none() {
                            return Err(self.unexpected("`}` is missing"));
                        }
                        self.nested(|this| this.item(items))?;
                    }
                    return Ok(());
                }
                self.nested(|this| this.item(items))
            }
            Some("typedef" | "using" | "class" | "enum" | "template" | "namespace") => {
                self.type_or_skip(items)
            }
            Some("struct" | "union") if self.defines_struct() => self.type_or_skip(items),
            Some(_) => self.declaration_or_function(items),
            None => Err(Fault::new(
                start,
                format!(
                    "{} between the blocks",
                    self.peek().map_or_else(String::new, Token::describe)
                ),
            )
            .help("between the blocks, VERBATIM may declare names and functions")),
        }
    }

    pub(super) fn defines_struct(&self) -> bool {
        self.ahead(1).is_some_and(|t| t.is("{")) || self.ahead(2).is_some_and(|t| t.is("{"))
    }

    /// Everything up to the `;` or `}` that ends it.
    pub(super) fn type_definition(&mut self, items: &mut Vec<Item>) -> Result<()> {
        let word = self.next_word().unwrap_or_default();
        let mut names = Vec::new();
        loop {
            let Some(token) = self.next() else {
                return Err(self.unexpected("`;` is missing"));
            };
            if token.is(";") {
                break;
            }
            if token.is("{") {
                self.skip_to("}")?;
                let ends = matches!(word, "namespace" | "template");
                if ends && !self.next_is(";") {
                    break;
                }
            } else if let Some(word) = token.word() {
                names.push(word.to_owned());
            }
        }
        items.push(Item::Type { names, fault: None });
        Ok(())
    }

    fn declaration_or_function(&mut self, items: &mut Vec<Item>) -> Result<()> {
        let begin = self.at;
        match self.declaration() {
            Ok(declaration) => {
                if self.accept(";") {
                    items.push(Item::Declaration(declaration));
                    return Ok(());
                }
                if let [declarator] = &declaration.declarators[..]
                    && let Some(parameters) = &declarator.function
                    && let Ok(parameters) = self.older_parameters(parameters)
                    && self.next_is("{")
                {
                    let from = self.at;
                    self.at += 1;
                    self.skip_to("}")?;
                    items.push(Item::Function {
                        result: declarator.ctype.clone(),
                        name: declarator.name.clone(),
                        parameters,
                        body: self.tokens[from..self.at].to_vec(),
                        span: declarator.span,
                    });
                    return Ok(());
                }
                let fault = self.unexpected("`;` is missing");
                self.skip_item(begin, fault, items)
            }
            Err(fault) => self.skip_item(begin, fault, items),
        }
    }

    /// Behind the `)` of a function: `int n; double* x;` of C before 1989, where the parentheses
    /// have the names alone. `None` where they are not understood.
    fn older_parameters(
        &mut self,
        parameters: &Option<Vec<Parameter>>,
    ) -> Result<Option<Vec<Parameter>>> {
        if self.next_is("{") {
            return Ok(parameters.clone());
        }
        let mut declared: Vec<Declarator> = Vec::new();
        while !self.next_is("{") {
            declared.extend(self.declaration()?.declarators);
            self.expect(";")?;
        }
        let typed = |parameter: &Parameter| match (&parameter.ctype.base, &parameter.name) {
            (Base::Unknown(name), None) => {
                let own = declared.iter().find(|d| d.name == *name);
                let mut ctype = match own {
                    Some(declarator) => declarator.ctype.clone(),
                    // One that is not declared is an int.
                    None => CType {
                        base: integer(32, true),
                        ..parameter.ctype.clone()
                    },
                };
                ctype.stars += own.map_or(0, |d| d.lengths.len() as u32);
                Some(Parameter {
                    ctype,
                    name: Some(name.clone()),
                })
            }
            _ => None,
        };
        Ok(parameters
            .as_ref()
            .and_then(|parameters| parameters.iter().map(typed).collect()))
    }

    /// An item that is not understood: the names before its value or body are not known, and what
    /// uses them is reported.
    fn skip_item(&mut self, begin: usize, fault: Fault, items: &mut Vec<Item>) -> Result<()> {
        self.at = begin;
        let mut names = Vec::new();
        let mut head = true;
        while let Some(token) = self.next() {
            if token.is(";") {
                // Of a function of C before 1989, the body is still to come.
                let body = head && self.declares_up_to_body();
                if !body {
                    break;
                }
                continue;
            }
            if token.is("{") {
                if self.skip_to("}").is_err() {
                    return Err(fault);
                }
                if head {
                    break;
                }
            }
            head &= !token.is("=");
            if head {
                names.extend(token.word().map(str::to_owned));
            }
        }
        items.push(Item::Type {
            names,
            fault: Some(fault),
        });
        Ok(())
    }

    /// Whether declarations alone stand between here and a `{`.
    fn declares_up_to_body(&self) -> bool {
        let mut n = 0;
        let mut words = 0;
        while let Some(token) = self.ahead(n) {
            if token.is("{") {
                return words == 0;
            }
            match token.word() {
                Some(_) => words += 1,
                None if token.is(";") => words = 0,
                None if token.is("*") || token.is(",") || token.is("[") || token.is("]") => {}
                None => return false,
            }
            n += 1;
        }
        false
    }
}

fn base_of(words: &[&str]) -> Option<Base> {
    let has = |word| words.contains(&word);
    let count = |word| words.iter().filter(|w| **w == word).count();
    Some(match words {
        [] => return None,
        ["void"] => Base::Void,
        ["bool"] => Base::Bool,
        ["float"] => Base::Float,
        ["double"] => Base::Double,
        ["auto"] => Base::Auto,
        _ if has("float") || has("double") || has("void") || has("auto") || has("bool") => {
            return None;
        }
        _ => Base::Integer {
            bits: if has("char") {
                8
            } else if has("short") {
                16
            } else if count("long") > 0 {
                64
            } else {
                32
            },
            signed: !has("unsigned"),
        },
    })
}

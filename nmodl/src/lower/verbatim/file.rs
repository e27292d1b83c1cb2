//! VERBATIM between the blocks: variables and functions of the file.

use std::collections::{BTreeMap, BTreeSet};

use super::constant::{Constant, constant};
use super::layout::{Shape, TypeId, Types};
use super::names::{CName, CONSTANTS};
use super::{Kind, block_tokens};
use crate::abi::Failure;
use crate::ir::{self, FunctionId, FunctionKind, Place, Stmt, Type};
use crate::lower::Lowering;
use crate::lower::body::{BodyLowering, Context};
use crate::mechanism::{Pointer, PointerKind, Role, Storage, Variable, VectorMethod};
use crate::source::Span;
use crate::verbatim::ast::{
    Base, Declarator, Expr, ExprKind, Initializer, Item, Statement, StatementKind,
};
use crate::verbatim::preprocess::{self, Macros};
use crate::verbatim::token::{Token, TokenKind};
use crate::verbatim::{Fault, Result, parse};

/// What VERBATIM blocks between the blocks declare.
#[derive(Debug, Default)]
pub(in crate::lower) struct CFile {
    pub(super) macros: Macros,
    pub(super) variables: BTreeMap<String, CName>,
    /// Names that it declares, and something else defines.
    externs: BTreeSet<String>,
    /// Those of doubles, which other files may define.
    doubles: BTreeSet<String>,
    /// EXTERNAL variables that these have become, behind those of NMODL.
    pointers: Vec<Pointer>,
    /// Names of types, and of variables of types that are not supported.
    pub(super) types: BTreeMap<String, Option<Fault>>,
    pub(super) functions: Vec<CFunction>,
    /// Why no C of the file can be understood.
    pub(super) fault: Option<Fault>,
    /// Types that it defines.
    pub(super) layouts: Types,
    /// POINTERs that C keeps a handle in, and their columns once something uses them.
    handles: BTreeMap<u32, Option<u32>>,
    /// Columns that these add.
    columns: Vec<Variable>,
    /// The body that is being lowered has its variables in memory.
    pub(in crate::lower) in_memory: bool,
    /// What `install_vector_method` makes methods of Vectors: name and position of the function.
    methods: Vec<(String, usize)>,
}

/// A function of C. What it computes is lowered before anything that may call it.
#[derive(Debug)]
pub(super) struct CFunction {
    pub name: String,
    /// What it gives, if anything.
    pub result: Option<Kind>,
    pub parameters: Vec<(String, Kind)>,
    /// Why it cannot be called.
    pub fault: Option<Fault>,
    body: Vec<Token>,
    span: Span,
    lowered: Option<ir::Body>,
    /// It has variables in memory.
    has_frame: bool,
}

/// Functions of C that other simulators call, and this one does not need.
const NEVER_CALLED: [&str; 2] = ["bbcore_read", "bbcore_write"];

impl CFile {
    /// Whether C defines a function of that name.
    pub(in crate::lower) fn has_function(&self, name: &str) -> bool {
        self.functions.iter().any(|function| function.name == name)
    }

    /// The number that a macro without parameters stands for, or a constant that is declared `extern`.
    pub(in crate::lower) fn constant(&self, name: &str) -> Option<f64> {
        if self.externs.contains(name) {
            let known = CONSTANTS.iter().find(|(known, _)| *known == name);
            return known.map(|(_, value)| *value);
        }
        let tokens = preprocess::expansion(name, &self.macros)?;
        let expr = parse::expression(&tokens, Span::default()).ok()?;
        constant(&expr).map(Constant::value)
    }

    /// Number of functions that C defines.
    pub(in crate::lower) fn function_count(&self) -> usize {
        self.functions.len()
    }

    /// The variables of other files that C uses, as EXTERNAL ones behind those of NMODL.
    pub(in crate::lower) fn pointers(&mut self) -> Vec<Pointer> {
        std::mem::take(&mut self.pointers)
    }

    /// The columns that C needs, as variables nobody sees.
    pub(in crate::lower) fn columns(&mut self) -> Vec<Variable> {
        std::mem::take(&mut self.columns)
    }
}

impl Lowering<'_> {
    /// Reads the VERBATIM blocks between the blocks, and lowers the functions in them.
    pub(in crate::lower) fn c_file(&mut self) {
        self.find_handles();
        // Without the declarations no C of the file means anything.
        self.c.fault = self.c_declarations().err();
        for index in 0..self.c.functions.len() {
            self.c_function(index);
        }
        self.no_frame_twice();
        self.spread_faults();
    }

    /// POINTERs whose own value C uses: it keeps something in them. BBCOREPOINTERs have no other use.
    fn find_handles(&mut self) {
        let symbols = self.symbols;
        for (index, pointer) in symbols.mechanism.pointers.iter().enumerate() {
            let word = format!("_p_{}", pointer.name);
            let used = self.sources.iter().any(|(_, source)| {
                let text = source.text();
                text.match_indices(&word).any(|(at, _)| {
                    let before = text[..at].trim_end();
                    let after = text[at + word.len()..].trim_start();
                    let whole = !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
                    // `*_p_x` and `_p_x[0]` are what it points at.
                    let behind = before.ends_with('*') || after.starts_with('[');
                    whole && !behind
                })
            });
            if pointer.kind == PointerKind::Opaque || used && pointer.kind == PointerKind::Pointer {
                self.c.handles.insert(index as u32, None);
            }
        }
    }

    /// The POINTER for a double that C declares `extern`.
    pub(super) fn external(&mut self, name: &str, span: Span) -> Option<u32> {
        if !self.c.doubles.contains(name) {
            return None;
        }
        let known = self.c.pointers.iter().position(|p| p.name == name);
        let position = known.unwrap_or_else(|| {
            self.c.pointers.push(Pointer {
                name: name.to_owned(),
                kind: PointerKind::External,
                units: String::new(),
                span,
            });
            self.c.pointers.len() - 1
        });
        Some((self.symbols.mechanism.pointers.len() + position) as u32)
    }

    /// The name of a POINTER, also of one that C has made.
    pub(super) fn pointer_name(&self, index: u32) -> String {
        let all = self.symbols.mechanism.pointers.iter();
        let pointer = all.chain(&self.c.pointers).nth(index as usize);
        pointer.map(|p| p.name.clone()).unwrap_or_default()
    }

    /// Whether C keeps a handle in a POINTER.
    pub(super) fn holds_handle(&self, pointer: u32) -> bool {
        self.c.handles.contains_key(&pointer)
    }

    /// The column of that handle.
    pub(super) fn handle_column(&mut self, pointer: u32) -> u32 {
        if let Some(&Some(column)) = self.c.handles.get(&pointer) {
            return column;
        }
        let column = self.columns;
        self.columns += 1;
        let pointer_variable = &self.symbols.mechanism.pointers[pointer as usize];
        self.c.columns.push(Variable {
            // No name of a file has a space in it.
            name: format!("{} handle", pointer_variable.name),
            role: Role::Internal,
            storage: Storage::Column,
            offset: column,
            array_len: None,
            visible: false,
            default: 0.0,
            units: String::new(),
            limits: None,
            tolerance: None,
            span: pointer_variable.span,
        });
        self.c.handles.insert(pointer, Some(column as u32));
        column as u32
    }

    fn c_declarations(&mut self) -> Result<()> {
        let mut pieces = Vec::new();
        let mut end = Span::default();
        for block in &self.symbols.verbatim {
            pieces.extend(block_tokens(block)?);
            end = block.span;
        }
        self.library_structures();
        let mut macros = Macros::new();
        let tokens = preprocess::preprocess(pieces, &mut macros, self.headers)?;
        self.c.macros = macros;
        for item in parse::items(&tokens, end)? {
            match item {
                Item::Alias { name, ctype } => self.c.layouts.alias(&name, ctype),
                Item::Structure {
                    name,
                    members,
                    is_union,
                } => {
                    if !self.structure(&name, &members, is_union) {
                        self.c.types.insert(name, None);
                    }
                }
                Item::Type { names, fault } => {
                    let names = names.into_iter().map(|name| (name, fault.clone()));
                    self.c.types.extend(names);
                }
                Item::Declaration(declaration) => {
                    for declarator in &declaration.declarators {
                        if declaration.is_extern {
                            self.c.externs.insert(declarator.name.clone());
                            if declarator.ctype.base == Base::Double
                                && declarator.ctype.stars == 0
                                && declarator.lengths.is_empty()
                                && declarator.function.is_none()
                            {
                                self.c.doubles.insert(declarator.name.clone());
                            }
                        }
                        if declarator.function.is_none() && !declaration.is_extern {
                            let known = match self.static_variable(declarator) {
                                Ok(known) => known,
                                Err(fault) => CName::Unsupported(fault.message),
                            };
                            self.c.variables.insert(declarator.name.clone(), known);
                        }
                    }
                }
                Item::Function {
                    result,
                    name,
                    parameters,
                    body,
                    span,
                } => {
                    if NEVER_CALLED.contains(&name.as_str()) {
                        continue;
                    }
                    let unsupported = || {
                        Fault::new(
                            span,
                            format!("`{name}` takes or gives a type that is not supported"),
                        )
                    };
                    let mut fault = None;
                    let given = match (&result.base, result.stars) {
                        (Base::Void, 0) => None,
                        _ => {
                            let types = &mut self.c.layouts;
                            let kind = types.of(&result).and_then(|ty| types.kind(ty));
                            if kind.is_none() {
                                fault = Some(unsupported());
                            }
                            kind
                        }
                    };
                    let mut known = Vec::new();
                    for parameter in parameters.iter().flatten() {
                        let types = &mut self.c.layouts;
                        let kind = types.of(&parameter.ctype).and_then(|ty| types.kind(ty));
                        match kind {
                            Some(kind) => {
                                known.push((parameter.name.clone().unwrap_or_default(), kind));
                            }
                            None => fault = Some(unsupported()),
                        }
                    }
                    if parameters.is_none() {
                        fault = Some(unsupported());
                    }
                    self.c.functions.push(CFunction {
                        name,
                        result: given,
                        parameters: known,
                        fault,
                        body,
                        span,
                        lowered: None,
                        has_frame: false,
                    });
                }
            }
        }
        Ok(())
    }

    /// The structures of C's library that functions take.
    fn library_structures(&mut self) {
        let number = |bits| Shape::Number(Kind::Integer { bits, signed: true });
        let (int, long) = (
            self.c.layouts.intern(number(32)),
            self.c.layouts.intern(number(64)),
        );
        for (name, members) in [
            ("timespec", [("tv_sec", long), ("tv_nsec", long)]),
            ("timeval", [("tv_sec", long), ("tv_usec", long)]),
            ("timezone", [("tz_minuteswest", int), ("tz_dsttime", int)]),
        ] {
            let members = members.map(|(name, ty)| (name.to_owned(), ty)).to_vec();
            self.c.layouts.define(name, members, false);
        }
    }

    /// Defines a structure; false if it has members of types that are not known.
    fn structure(&mut self, name: &str, members: &[Declarator], is_union: bool) -> bool {
        let mut known = Vec::new();
        for member in members {
            let ty = self.c.layouts.of(&member.ctype);
            let lengths = member
                .lengths
                .iter()
                .map(length_of)
                .collect::<Option<Vec<_>>>();
            let array = ty.zip(lengths);
            let Some(ty) = array.and_then(|(ty, lengths)| self.c.layouts.array(ty, &lengths))
            else {
                return false;
            };
            known.push((member.name.clone(), ty));
        }
        self.c.layouts.define(name, known, is_union)
    }

    /// A variable that outlives the call: doubles of the globals block.
    pub(super) fn static_variable(&mut self, declarator: &Declarator) -> Result<CName> {
        let name = &declarator.name;
        let unsupported =
            || CName::Unsupported(format!("`{name}` has a type that is not supported"));
        let types = &mut self.c.layouts;
        let Some(ty) = types.of(&declarator.ctype) else {
            return Ok(unsupported());
        };
        let is_characters = types.is_character(ty) && declarator.lengths.len() == 1;
        let kind = types.kind(ty);
        let is_array = !declarator.lengths.is_empty();
        let of_numbers = kind.is_some_and(Kind::is_number) && declarator.lengths.len() == 1;
        if !is_characters && (kind.is_none() || is_array && !of_numbers) {
            return Ok(self
                .static_object(declarator, ty)
                .unwrap_or_else(unsupported));
        }
        let Some(kind) = kind else {
            return Ok(unsupported());
        };
        if is_characters {
            if declarator.initializer.is_some() || declarator.lengths.len() > 1 {
                return Ok(unsupported());
            }
            let name = format!("{name} (C)");
            let global = self.internal_global(name, 0.0, false, declarator.span);
            return Ok(CName::Static(Place::Global(global), Kind::Characters));
        }
        let constant = |value| constant(value).map(Constant::value);
        if !declarator.lengths.is_empty() {
            let values = match &declarator.initializer {
                None => Vec::new(),
                Some(Initializer::List(list)) => list.iter().map(constant).collect(),
                Some(Initializer::Value(_)) => return Ok(unsupported()),
            };
            let len = match &declarator.lengths[..] {
                [None] => Some(values.len() as f64),
                [Some(length)] => constant(length),
                _ => None,
            };
            let len = len.filter(|len| (1.0..=100_000.0).contains(len));
            let Some(len) = len else {
                return Ok(unsupported());
            };
            let len = len as u32;
            let base = self.globals as u32;
            for (n, value) in values.iter().take(len as usize).enumerate() {
                let value = match value {
                    Some(value) if kind == Kind::Float => f64::from(*value as f32),
                    Some(value) => *value,
                    None => return Err(not_constant(declarator.span)),
                };
                self.internal_global(format!("{name}[{n}] (C)"), value, false, declarator.span);
            }
            let zeros = (len as usize).saturating_sub(values.len());
            if zeros > 0 {
                self.internal_zeros(format!("{name} (C)"), zeros, declarator.span);
            }
            return Ok(CName::StaticArray { base, len, kind });
        }
        let value = match &declarator.initializer {
            None => 0.0,
            Some(Initializer::Value(value)) => match constant(value) {
                Some(value) if matches!(kind, Kind::Integer { .. } | Kind::Truth) => value.trunc(),
                Some(value) if kind == Kind::Float => f64::from(value as f32),
                // Of pointers, none but NULL.
                Some(value) if kind.is_number() || value == 0.0 => value,
                _ => return Err(not_constant(value.span)),
            },
            Some(Initializer::List(_)) => return Ok(unsupported()),
        };
        let global = self.internal_global(format!("{name} (C)"), value, false, declarator.span);
        Ok(CName::Static(Place::Global(global), kind))
    }

    /// An array or structure in memory, which begins with zeros.
    fn static_object(&mut self, declarator: &Declarator, ty: TypeId) -> Option<CName> {
        let lengths = declarator.lengths.iter().map(length_of);
        let lengths: Vec<u32> = lengths.collect::<Option<_>>()?;
        let ty = self.c.layouts.array(ty, &lengths)?;
        self.c.layouts.size(ty)?;
        if declarator.initializer.is_some() {
            return None;
        }
        let name = format!("{} (C)", declarator.name);
        let global = self.internal_global(name, 0.0, false, declarator.span);
        Some(CName::StaticObject(Place::Global(global), ty))
    }

    /// The IR function of the `index`th function of C: they stand behind those of NMODL.
    pub(super) fn c_function_id(&self, index: usize) -> FunctionId {
        let before = self.symbols.callables.len() + self.symbols.equations.len();
        FunctionId((before + index) as u32)
    }

    /// Lowers a function. Its faults count if something calls it.
    fn c_function(&mut self, index: usize) {
        let function = &self.c.functions[index];
        if function.fault.is_some() {
            return;
        }
        let (tokens, span, result) = (function.body.clone(), function.span, function.result);
        let parameters = function.parameters.clone();
        let others = std::mem::take(&mut self.diagnostics);
        for in_memory in [false, true] {
            self.c.in_memory = in_memory;
            // It may call itself.
            self.c.functions[index].fault = None;
            let mut body = BodyLowering::new(self, Context::Callable);
            let fault = body
                .c_function_body(&tokens, span, &parameters, result)
                .err();
            let has_frame = body.c.has_frame;
            let body = body.finish();
            let function = &mut self.c.functions[index];
            function.lowered = fault.is_none().then_some(body);
            function.has_frame = has_frame;
            function.fault = fault;
            if function.fault.is_none() {
                break;
            }
        }
        self.c.in_memory = false;
        self.diagnostics = others;
    }

    /// Functions with variables in memory that call themselves, by their way through others of C.
    fn no_frame_twice(&mut self) {
        let first = self.c_function_id(0).index();
        let callees = |function: &CFunction| {
            let mut callees = BTreeSet::new();
            if let Some(body) = &function.lowered {
                ir::walk::for_each_stmt(&body.block, &mut |stmt| {
                    if let Stmt::Call { function, .. } = stmt {
                        callees.extend(function.index().checked_sub(first));
                    }
                });
            }
            callees
        };
        let graph: Vec<BTreeSet<usize>> = self.c.functions.iter().map(callees).collect();
        for n in 0..graph.len() {
            let mut reached: BTreeSet<usize> = graph[n].clone();
            let mut work: Vec<usize> = reached.iter().copied().collect();
            while let Some(next) = work.pop() {
                let new = graph.get(next).into_iter().flatten();
                work.extend(new.filter(|&&callee| reached.insert(callee)));
            }
            let function = &mut self.c.functions[n];
            if function.has_frame && reached.contains(&n) && function.fault.is_none() {
                let what = "a function that calls itself and takes the address of its variables";
                function.fault = Some(Fault::new(function.span, what));
            }
        }
    }

    /// A function that calls one with a fault has it as well.
    fn spread_faults(&mut self) {
        loop {
            let first = self.c_function_id(0).index();
            let functions = &self.c.functions;
            let mut found = None;
            for (n, function) in functions.iter().enumerate() {
                let (None, Some(body)) = (&function.fault, &function.lowered) else {
                    continue;
                };
                ir::walk::for_each_stmt(&body.block, &mut |stmt| {
                    if let Stmt::Call { function, .. } = stmt
                        && let Some(callee) = function.index().checked_sub(first)
                        && let Some(fault) = functions.get(callee).and_then(|f| f.fault.as_ref())
                    {
                        found = Some((n, fault.clone()));
                    }
                });
            }
            match found {
                Some((n, fault)) => {
                    self.c.functions[n].fault = Some(fault);
                    self.c.functions[n].lowered = None;
                }
                None => return,
            }
        }
    }

    /// Makes a function of C a method of Vectors once `install_vector_method` is executed.
    pub(super) fn add_method(&mut self, name: &str, function: usize) {
        let method = (name.to_owned(), function);
        if !self.c.methods.contains(&method) {
            self.c.methods.push(method);
        }
    }

    /// The methods of Vectors, of which those that are not understood are reported.
    pub(in crate::lower) fn vector_methods(&mut self) -> Vec<VectorMethod> {
        let mut methods = Vec::new();
        for (name, index) in std::mem::take(&mut self.c.methods) {
            let function = &self.c.functions[index];
            if let Some(fault) = function.fault.clone() {
                self.warn_refused(&name, fault.diagnostic());
            }
            methods.push(VectorMethod {
                name,
                function: self.c_function_id(index).index(),
                takes_vector: !self.c.functions[index].parameters.is_empty(),
                needs_instance: false,
            });
        }
        methods
    }

    /// A body that fails for what is wrong with a function.
    fn failing(&mut self, function: usize) -> ir::Body {
        let CFunction {
            parameters, fault, ..
        } = &self.c.functions[function];
        let Some(fault) = fault.clone() else {
            return ir::Body::default();
        };
        let mut body = ir::Body::default();
        for (name, _) in parameters {
            let param = body.local(name.clone(), Type::F64);
            body.params.push(param);
        }
        let what = format!("C that is not supported: {}", fault.message);
        let place = self.place(fault.span, &what);
        let (cond, value) = (body.exprs.add(ir::Expr::Bool(false)), body.exprs.f64(0.0));
        body.block.push(Stmt::Check {
            cond,
            failure: Failure::Stopped,
            place,
            value,
        });
        body
    }

    /// The functions of C, to stand behind those of NMODL. What cannot be called is empty, and what a
    /// user can call all the same fails.
    pub(in crate::lower) fn c_functions(&mut self) -> Vec<ir::Function> {
        let methods: BTreeSet<usize> = self.c.methods.iter().map(|method| method.1).collect();
        for index in methods {
            if self.c.functions[index].fault.is_some() {
                let body = self.failing(index);
                self.c.functions[index].lowered = Some(body);
            }
        }
        let make = |function: &mut CFunction| ir::Function {
            name: function.name.clone(),
            kind: if function.result.is_some() && function.fault.is_none() {
                FunctionKind::Function
            } else {
                FunctionKind::Procedure
            },
            unknowns: None,
            body: function.lowered.take().unwrap_or_default(),
        };
        self.c.functions.iter_mut().map(make).collect()
    }
}

/// Whether nothing stands behind calls of `hoc_oc` but others, and texts for them.
pub(super) fn executes_last(statements: &[Statement]) -> bool {
    fn calls(expr: &Expr, names: &[&str]) -> bool {
        let mut found = false;
        expr.for_each(&mut |e| {
            if let ExprKind::Call { function, .. } = &e.kind {
                found |= matches!(&function.kind, ExprKind::Name(n) if names.contains(&n.as_str()));
            }
        });
        found
    }
    /// False if a statement behind the first call could see something.
    fn look(statement: &Statement, called: &mut bool) -> bool {
        match &statement.kind {
            StatementKind::Block(inner) => inner.iter().all(|s| look(s, called)),
            StatementKind::Expr(expr) if calls(expr, &["hoc_oc"]) => {
                *called = true;
                matches!(expr.kind, ExprKind::Call { .. })
            }
            StatementKind::Expr(expr) => !*called || calls(expr, &["sprintf", "strcpy", "strcat"]),
            StatementKind::Empty | StatementKind::Return(None) => true,
            _ => {
                let mut any = false;
                statement.for_each(&mut |e| any |= calls(e, &["hoc_oc"]), &mut |_| {});
                !any && !*called
            }
        }
    }
    let mut called = false;
    statements.iter().all(|s| look(s, &mut called))
}

/// The length of an array, if it is known.
fn length_of(length: &Option<Expr>) -> Option<u32> {
    match constant(length.as_ref()?)? {
        Constant::Whole(length) => u32::try_from(length).ok().filter(|&length| length > 0),
        Constant::Real(_) => None,
    }
}

fn not_constant(span: Span) -> Fault {
    Fault::new(span, "the beginning of a static variable must be a number")
}

impl BodyLowering<'_, '_> {
    fn c_function_body(
        &mut self,
        tokens: &[Token],
        span: Span,
        parameters: &[(String, Kind)],
        result: Option<Kind>,
    ) -> Result<()> {
        if let Some(token) = tokens
            .iter()
            .find(|t| matches!(t.kind, TokenKind::Nmodl(_)))
        {
            return Err(Fault::new(token.span, "NMODL in a function of C"));
        }
        let statements = parse::statements(tokens, span, self.unit.c.layouts.names())?;
        self.find_addressed(&statements);
        for (name, kind) in parameters {
            let given = self.body.local(name.clone(), Type::F64);
            self.body.params.push(given);
            let value = self.get(given);
            let value = match kind {
                Kind::Integer { .. } | Kind::Truth => self.truncated(value),
                Kind::Double | Kind::Handle | Kind::Text | Kind::Characters | Kind::Address(_) => {
                    value
                }
                Kind::Float => self.single(value),
            };
            if self.unit.c.in_memory && self.c.addressed.contains(name) {
                self.parameter_in_memory(name, value, *kind, span)?;
                continue;
            }
            let local = self.assign_new(name, value);
            self.c.declare(name, CName::Local(local, *kind));
        }
        if result.is_some() {
            let local = self.body.local("result", Type::F64);
            self.zero(local);
            self.body.result = Some(local);
        }
        self.c.function = Some(result);
        self.c_statements(&statements, &[])
    }
}

//! Declarations to symbols and storage.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::name::name_of_file;
use super::neuron_block::NeuronFacts;
use super::voltage;
use super::{
    CallableDeclaration, EquationDeclaration, EquationKind, InitialValue, IonBinding, Symbol,
    Symbols,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{NodeVar, SimVar};
use crate::mechanism::{
    self, Callable, FunctionTable, Kind, Mechanism, NetReceive, Pointer, PointerKind, Role,
    Storage, Variable,
};
use crate::source::Span;
use crate::syntax::ast::{self, Item};
use crate::syntax::walk;
use crate::units::{UnitError, Units};

/// Builds [`Symbols`] from the items of a file.
pub(super) struct Declarer<'a> {
    pub(super) items: Vec<&'a Item>,
    pub(super) symbols: Symbols<'a>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) facts: NeuronFacts,
    pub(super) suffix_at: Option<Span>,
    file_name: String,
    /// Where the text begins.
    start: Span,
    units: Units,
}

/// The simulator's own variables.
const SIMULATOR: &[(&str, Symbol)] = &[
    ("t", Symbol::Sim(SimVar::T)),
    ("dt", Symbol::Sim(SimVar::Dt)),
    ("celsius", Symbol::Sim(SimVar::Celsius)),
    ("secondorder", Symbol::Sim(SimVar::SecondOrder)),
    ("v", Symbol::Node(NodeVar::V)),
    ("area", Symbol::Node(NodeVar::Area)),
    ("diam", Symbol::Node(NodeVar::Diam)),
];

/// Those of them that a file makes its own if GLOBAL or RANGE names them.
const OWN_IF_SHARED: &[&str] = &["celsius", "secondorder"];

impl<'a> Declarer<'a> {
    pub(super) fn new(file: &'a ast::File, file_name: &str) -> Self {
        let mechanism = Mechanism {
            name: String::new(),
            title: None,
            kind: Kind::Nothing,
            variables: Vec::new(),
            columns: 0,
            globals: 0,
            ions: Vec::new(),
            nonspecific_currents: Vec::new(),
            electrode_currents: Vec::new(),
            tables: Vec::new(),
            callables: Vec::new(),
            vector_methods: Vec::new(),
            net_receive: None,
            function_tables: Vec::new(),
            pointers: Vec::new(),
            random_streams: Vec::new(),
            diffusions: Vec::new(),
            variable_step: Default::default(),
            places: Vec::new(),
        };
        Declarer {
            items: file.flat_items(),
            symbols: Symbols {
                mechanism,
                names: Default::default(),
                declared_at: Default::default(),
                ion_bindings: Vec::new(),
                initial_values: Vec::new(),
                currents: Vec::new(),
                callables: Vec::new(),
                equations: Vec::new(),
                initial: Vec::new(),
                breakpoint: Vec::new(),
                constructor: None,
                destructor: None,
                net_receive: None,
                before_after: Vec::new(),
                verbatim: Vec::new(),
                code_for_threads: false,
                parameters_from_zero: Vec::new(),
            },
            diagnostics: Vec::new(),
            facts: NeuronFacts::default(),
            suffix_at: None,
            file_name: file_name.to_owned(),
            start: Span {
                end: file.span.start,
                ..file.span
            },
            units: Units::new(),
        }
    }

    pub(super) fn run(&mut self) {
        for (name, symbol) in SIMULATOR {
            self.symbols
                .names
                .insert((*name).to_owned(), symbol.clone());
        }
        let items = self.items.clone();
        // DEFINEs and NEURON blocks first: the others depend on them wherever they stand.
        for item in &items {
            match item {
                Item::Title(title) => self.symbols.mechanism.title = Some(title.text.clone()),
                Item::Define(define) => {
                    self.declare(&define.name, Symbol::Define(define.value));
                }
                _ => {}
            }
        }
        for item in &items {
            if let Item::Neuron(block) = item {
                self.neuron_block(block);
            }
        }
        self.name_after_file();
        if voltage::is_assigned(&items) {
            self.add_voltage();
        }
        for item in &items {
            self.declaration(item);
        }
        for item in &items {
            self.code(item);
        }
        self.lifetime();
        let globals = self.facts.global.keys().cloned().collect();
        self.finish();
        self.threads(&items, &globals);
    }

    /// What depends on NEURON's making code for threads of the file.
    fn threads(&mut self, items: &[&Item], globals: &HashSet<String>) {
        let file = super::threads::File {
            items,
            mechanism: &self.symbols.mechanism,
            globals,
        };
        if super::threads::has_code_for_threads(&file) {
            let from_zero = super::threads::assigned_parameters(&file);
            self.symbols.code_for_threads = true;
            for &index in &from_zero {
                self.symbols.mechanism.variables[index].default = 0.0;
            }
            self.symbols.parameters_from_zero = from_zero;
        }
    }

    /// Declares a variable, or its name alone if the length of the array made no sense: that has
    /// been reported, and what uses the variable is not to blame.
    fn add_variable_of(
        &mut self,
        name: &ast::Ident,
        length: &Option<ast::Integer>,
        new: NewVariable,
    ) {
        match length {
            None => self.add_variable(name, new),
            Some(length) => match self.array_len(length) {
                Some(len) => self.add_variable(
                    name,
                    NewVariable {
                        array_len: Some(len),
                        ..new
                    },
                ),
                None => {
                    self.declare(name, Symbol::Faulty);
                }
            },
        }
    }

    fn declaration(&mut self, item: &'a Item) {
        match item {
            Item::Units(block) => block
                .definitions
                .iter()
                .for_each(|d| self.units_definition(d)),
            Item::Constant(block) => {
                for constant in &block.constants {
                    if let Some(value) = self.number(&constant.value) {
                        self.declare(&constant.name, Symbol::Constant(value));
                    }
                }
            }
            Item::Parameter(block) => block.parameters.iter().for_each(|p| self.parameter(p)),
            Item::Assigned(block) => {
                block
                    .variables
                    .iter()
                    .for_each(|v| self.variable(v, Role::Assigned));
            }
            Item::State(block) => {
                block
                    .variables
                    .iter()
                    .for_each(|v| self.variable(v, Role::State));
            }
            Item::Local(local) => self.file_local(local),
            _ => {}
        }
    }

    /// LOCAL at file level. It may hide a variable, from there on.
    fn file_local(&mut self, local: &'a ast::Local) {
        for name in &local.names {
            let hides = self.hidden_by(&name.name);
            if let Some(hidden) = hides {
                self.symbols.names.remove(&name.name.name);
                self.symbols.declared_at.remove(&name.name.name);
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::HiddenByLocal,
                        format!("LOCAL `{}` hides the variable of that name", name.name.name),
                    )
                    .at(
                        name.name.span,
                        "the blocks below use this one, as in NEURON",
                    )
                    .see(hidden, "this one keeps its value"),
                );
            }
            let facts = hides.map(|_| std::mem::take(&mut self.facts));
            self.add_variable_of(
                &name.name,
                &name.length,
                NewVariable {
                    role: Role::Internal,
                    storage: Storage::Global,
                    ..NewVariable::default()
                },
            );
            if let Some(facts) = facts {
                self.facts = facts;
            }
        }
    }

    /// Where the variable is declared that a LOCAL of file level hides: one of no ion and no
    /// current, which no block above the LOCAL uses.
    fn hidden_by(&self, local: &ast::Ident) -> Option<Span> {
        let &Symbol::Variable(index) = self.symbols.names.get(&local.name)? else {
            return None;
        };
        let variable = &self.symbols.mechanism.variables[index];
        let is_membranes = self.facts.own_currents.iter().any(|c| c.name == local.name)
            || self
                .facts
                .ion_variables
                .iter()
                .any(|i| i.name == local.name);
        let is_it = |item: &&&Item| matches!(item, Item::Local(l) if l.names.iter().any(|n| n.name.span == local.span));
        let mut above = self.items.iter().take_while(|item| !is_it(item));
        let used = above.any(|item| walk::code_of(item).is_some_and(|b| uses(b, &local.name)));
        let is_free = variable.role != Role::Internal && !is_membranes && !used;
        is_free.then_some(variable.span)
    }

    fn code(&mut self, item: &'a Item) {
        match item {
            Item::Function(node) => self.coded(node, true),
            Item::Procedure(node) => self.coded(node, false),
            Item::Derivative(node) => self.equation_block(node, EquationKind::Derivative),
            Item::Kinetic(node) => self.equation_block(node, EquationKind::Kinetic),
            Item::Linear(node) => self.equation_block(node, EquationKind::Linear),
            Item::Nonlinear(node) => self.equation_block(node, EquationKind::Nonlinear),
            Item::Discrete(node) => self.equation_block(node, EquationKind::Discrete),
            Item::Initial(block) => {
                self.symbols.initial.push(block);
            }
            Item::Breakpoint(block) => {
                self.symbols.breakpoint.push(block);
            }
            Item::NetReceive(block) => {
                let before = self.symbols.net_receive.replace(block);
                self.only_one("NET_RECEIVE", block.span, before.map(|b| b.span));
                self.symbols.mechanism.net_receive = Some(NetReceive {
                    arguments: block
                        .arguments
                        .iter()
                        .map(|a| a.name.name.clone())
                        .collect(),
                    watches: Vec::new(),
                    visits_netcons: false,
                });
            }
            Item::FunctionTable(table) => self.function_table(table),
            Item::BeforeAfter(block) => self.symbols.before_after.push(block),
            Item::Constructor(block) => {
                let before = self.symbols.constructor.replace(block);
                self.only_one("CONSTRUCTOR", block.span, before.map(|b| b.span));
            }
            Item::Destructor(block) => {
                let before = self.symbols.destructor.replace(block);
                self.only_one("DESTRUCTOR", block.span, before.map(|b| b.span));
            }
            Item::Verbatim(verbatim) => self.symbols.verbatim.push(verbatim),
            _ => {}
        }
    }

    /// A file that names no mechanism is a density mechanism of the file's name.
    fn name_after_file(&mut self) {
        if self.suffix_at.is_some() {
            return;
        }
        let Some(name) = name_of_file(&self.file_name) else {
            let message = format!("`{}` names no mechanism", self.file_name);
            self.diagnostics.push(
                Diagnostic::new(Code::NoMechanismName, message)
                    .at(
                        self.start,
                        "there is no SUFFIX, so that the file's name counts",
                    )
                    .help(
                        "add `NEURON { SUFFIX name }`, or call the file by letters, digits and `_`",
                    ),
            );
            return;
        };
        self.symbols.mechanism.name = name.to_owned();
        self.symbols.mechanism.kind = Kind::Density;
    }

    fn not_yet(&mut self, what: &str, span: Span) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::NotSupportedYet,
                format!("{what} is not supported yet"),
            )
            .at(span, ""),
        );
    }

    fn only_one(&mut self, what: &str, span: Span, before: Option<Span>) {
        if let Some(before) = before {
            self.diagnostics.push(
                Diagnostic::new(Code::DuplicateName, format!("a second {what} block"))
                    .at(span, "a mechanism has one at most")
                    .see(before, "the first one is here"),
            );
        }
    }

    fn units_definition(&mut self, definition: &ast::UnitsDefinition) {
        match definition {
            ast::UnitsDefinition::Alias { unit, meaning, .. } => {
                if let Err(error) = self.units.define(&unit.text, &meaning.text) {
                    self.diagnostics.push(unit_fault(meaning, &error));
                }
            }
            ast::UnitsDefinition::Factor(factor) => {
                let value = match &factor.value {
                    ast::FactorValue::Number { number, .. } => self.number(number),
                    ast::FactorValue::Conversion { from, to, .. } => {
                        match self.units.factor(&from.text, &to.text) {
                            Ok(value) => Some(value),
                            Err(error) => self.no_conversion(from, to, &error),
                        }
                    }
                };
                // An unknown factor still declares its name: one fault, one message.
                self.declare(&factor.name, Symbol::Constant(value.unwrap_or(f64::NAN)));
            }
        }
    }

    /// Reports a conversion that is none; its value, if NEURON computes one.
    fn no_conversion(
        &mut self,
        from: &ast::Unit,
        to: &ast::Unit,
        error: &UnitError,
    ) -> Option<f64> {
        let UnitError::Incompatible {
            from: have,
            to: want,
        } = error
        else {
            let from_is_good = self.units.parse(&from.text).is_ok();
            let unit = if from_is_good { to } else { from };
            self.diagnostics.push(unit_fault(unit, error));
            return None;
        };
        let message = format!(
            "`{}` is no quantity of `{}`",
            from.text.trim(),
            to.text.trim()
        );
        self.diagnostics.push(
            Diagnostic::new(Code::MixedConversion, message)
                .at(from.span, format!("this is {have}"))
                .see(to.span, format!("and this is {want}"))
                .note("the value is the quotient of the two factors, as in NEURON"),
        );
        Some(have.factor / want.factor)
    }

    fn parameter(&mut self, parameter: &ast::Parameter) {
        let default = parameter
            .default
            .as_ref()
            .and_then(|n| self.initial_value(n));
        let limits = parameter
            .limits
            .as_ref()
            .and_then(|limits| Some((self.number(&limits.low)?, self.number(&limits.high)?)));
        let range = self.facts.range.contains_key(&parameter.name.name);
        let per_instance = range && self.symbols.mechanism.kind != Kind::Nothing;
        self.add_variable_of(
            &parameter.name,
            &parameter.length,
            NewVariable {
                role: Role::Parameter,
                storage: if per_instance {
                    Storage::Column
                } else {
                    Storage::Global
                },
                visible: true,
                default: default.unwrap_or(0.0),
                units: unit_text(&parameter.unit),
                limits,
                ..NewVariable::default()
            },
        );
    }

    fn variable(&mut self, variable: &ast::VariableDeclaration, role: Role) {
        let name = &variable.name.name;
        let tolerance = variable.tolerance.as_ref().and_then(|n| self.number(n));
        let start = variable.start.as_ref().and_then(|n| self.initial_value(n));
        let global = role == Role::Assigned && self.facts.global.contains_key(name);
        let nothing = self.symbols.mechanism.kind == Kind::Nothing;
        let shared = global
            || self.facts.range.contains_key(name)
            || self.facts.own_currents.iter().any(|c| c.name == *name);
        self.add_variable_of(
            &variable.name,
            &variable.length,
            NewVariable {
                role,
                storage: if global || nothing {
                    Storage::Global
                } else {
                    Storage::Column
                },
                visible: role == Role::State || shared || nothing,
                default: if role == Role::State {
                    0.0
                } else {
                    start.unwrap_or(0.0)
                },
                units: unit_text(&variable.unit),
                tolerance,
                ..NewVariable::default()
            },
        );
        if role == Role::State
            && let Some(&Symbol::Variable(index)) = self.symbols.names.get(name)
        {
            self.symbols
                .initial_values
                .push((index, InitialValue::Number(start.unwrap_or(0.0))));
        }
    }

    /// Adds a variable unless the name is the simulator's (then the declaration only repeats
    /// what is known) or taken.
    pub(super) fn add_variable(&mut self, name: &ast::Ident, new: NewVariable) {
        let own =
            self.facts.global.contains_key(&name.name) || self.facts.range.contains_key(&name.name);
        if own && OWN_IF_SHARED.contains(&name.name.as_str()) {
            self.symbols.names.remove(&name.name);
        }
        if let Some(Symbol::Sim(_) | Symbol::Node(_) | Symbol::Voltage(_)) =
            self.symbols.names.get(&name.name)
        {
            return;
        }
        let named = |(pointer, _): &&(ast::Ident, PointerKind)| pointer.name == name.name;
        if let Some(&(_, kind)) = self.facts.pointers.iter().find(named) {
            if new.array_len.is_some() {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::WrongArray,
                        format!("POINTER `{}` is an array", name.name),
                    )
                    .at(name.span, "points at one number"),
                );
                self.declare(name, Symbol::Faulty);
                return;
            }
            self.add_pointer(name, kind, new.units);
            return;
        }
        let ion_variable = self
            .facts
            .ion_variables
            .iter()
            .find(|i| i.name == name.name)
            .cloned();
        let is_current = self.facts.own_currents.iter().any(|c| c.name == name.name)
            && self.symbols.mechanism.kind != Kind::Nothing;
        if new.array_len.is_some() && (ion_variable.is_some() || is_current) {
            let what = if is_current {
                "current"
            } else {
                "ion variable"
            };
            self.diagnostics.push(
                Diagnostic::new(
                    Code::WrongArray,
                    format!("{what} `{}` is an array", name.name),
                )
                .at(name.span, "must be one number"),
            );
            self.declare(name, Symbol::Faulty);
            return;
        }
        let storage = if ion_variable.is_some() || is_current {
            Storage::Column
        } else {
            new.storage
        };
        let visible = match &ion_variable {
            Some(_) => self.facts.range.contains_key(&name.name),
            None => new.visible || is_current,
        };
        let index = self.symbols.mechanism.variables.len();
        if !self.declare(name, Symbol::Variable(index)) {
            return;
        }
        let mechanism = &mut self.symbols.mechanism;
        let len = new.array_len.unwrap_or(1);
        let next = match storage {
            Storage::Column => &mut mechanism.columns,
            Storage::Global => &mut mechanism.globals,
        };
        let offset = *next;
        *next += len;
        mechanism.variables.push(Variable {
            name: name.name.clone(),
            role: new.role,
            storage,
            offset,
            array_len: new.array_len,
            visible,
            default: if ion_variable.is_some() {
                0.0
            } else {
                new.default
            },
            units: new.units,
            limits: new.limits,
            tolerance: new.tolerance,
            span: name.span,
        });
        if let Some(ion) = ion_variable {
            self.symbols.ion_bindings.push(IonBinding {
                variable: index,
                ion: ion.ion,
                field: ion.field,
                read: ion.read || new.role == Role::State,
                named_in_read: ion.read,
                write: ion.write,
            });
        }
    }

    /// Makes `v` a variable of the instance.
    fn add_voltage(&mut self) {
        let mechanism = &mut self.symbols.mechanism;
        if !matches!(mechanism.kind, Kind::Density | Kind::PointProcess) {
            return;
        }
        let index = mechanism.variables.len();
        mechanism.variables.push(Variable {
            name: "v".to_owned(),
            role: Role::Internal,
            storage: Storage::Column,
            offset: mechanism.columns,
            array_len: None,
            visible: false,
            default: 0.0,
            units: "mV".to_owned(),
            limits: None,
            tolerance: None,
            span: Span::default(),
        });
        mechanism.columns += 1;
        let symbol = Symbol::Voltage(index);
        self.symbols.names.insert("v".to_owned(), symbol);
    }

    /// Adds a POINTER.
    pub(super) fn add_pointer(&mut self, name: &ast::Ident, kind: PointerKind, units: String) {
        let index = self.symbols.mechanism.pointers.len() as u32;
        if self.declare(name, Symbol::Pointer(index)) {
            self.symbols.mechanism.pointers.push(Pointer {
                name: name.name.clone(),
                kind,
                units,
                span: name.span,
            });
        }
    }

    /// Declares `name`; false and a message if it is taken.
    pub(super) fn declare(&mut self, name: &ast::Ident, symbol: Symbol) -> bool {
        if let Some(&first) = self.symbols.declared_at.get(&name.name) {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateName,
                    format!("`{}` is declared twice", name.name),
                )
                .at(name.span, "declared again")
                .see(first, "first declared here"),
            );
            return false;
        }
        self.symbols
            .declared_at
            .insert(name.name.clone(), name.span);
        self.symbols.names.insert(name.name.clone(), symbol);
        true
    }

    fn callable(&mut self, declaration: CallableDeclaration<'a>) {
        let index = self.symbols.callables.len();
        if self.declare(declaration.name, Symbol::Callable(index)) {
            self.add_callable(declaration);
        }
    }

    fn add_callable(&mut self, declaration: CallableDeclaration<'a>) {
        let arguments = declaration.arguments.iter();
        self.symbols.callables.push(declaration);
        self.symbols.mechanism.callables.push(Callable {
            name: declaration.name.name.clone(),
            arguments: arguments.map(|a| a.name.name.clone()).collect(),
            returns_value: declaration.is_function,
            needs_instance: true,
            uses_externals: false,
            reads_arguments: false,
        });
    }

    /// CONSTRUCTOR and DESTRUCTOR are PROCEDUREs that only the host can name.
    fn lifetime(&mut self) {
        let name = |name: &str| ast::Ident {
            name: name.to_owned(),
            span: Span::default(),
        };
        static CONSTRUCTOR: OnceLock<ast::Ident> = OnceLock::new();
        static DESTRUCTOR: OnceLock<ast::Ident> = OnceLock::new();
        let blocks = [
            (
                self.symbols.constructor,
                &CONSTRUCTOR,
                mechanism::CONSTRUCTOR,
            ),
            (self.symbols.destructor, &DESTRUCTOR, mechanism::DESTRUCTOR),
        ];
        for (block, ident, word) in blocks {
            if let Some(block) = block {
                self.add_callable(CallableDeclaration {
                    name: ident.get_or_init(|| name(word)),
                    arguments: &[],
                    statements: &block.body.statements,
                    table: None,
                    is_function: false,
                });
            }
        }
    }

    fn coded(&mut self, node: &'a ast::Callable, is_function: bool) {
        self.callable(CallableDeclaration {
            name: &node.name,
            arguments: &node.arguments,
            statements: &node.body.statements,
            table: None,
            is_function,
        });
    }

    fn function_table(&mut self, node: &'a ast::FunctionTable) {
        if node.arguments.is_empty() {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::ArgumentCount,
                    format!("FUNCTION_TABLE `{}` has no argument", node.name.name),
                )
                .at(node.span, "needs one or more"),
            );
        }
        let tables = &mut self.symbols.mechanism.function_tables;
        let table = tables.len() as u32;
        tables.push(FunctionTable {
            name: node.name.name.clone(),
            arguments: node.arguments.iter().map(|a| a.name.name.clone()).collect(),
        });
        self.callable(CallableDeclaration {
            name: &node.name,
            arguments: &node.arguments,
            statements: &[],
            table: Some(table),
            is_function: true,
        });
    }

    fn equation_block(&mut self, node: &'a ast::EquationBlock, kind: EquationKind) {
        let index = self.symbols.equations.len();
        if self.declare(&node.name, Symbol::Equations(index)) {
            self.symbols
                .equations
                .push(EquationDeclaration { node, kind });
        }
        if kind == EquationKind::Discrete {
            self.not_yet(kind.keyword(), node.name.span);
        }
    }

    /// Value of a number in a declaration.
    /// The value of a PARAMETER or of START, in the six significant digits that NEURON's translator
    /// keeps: all its users know 96485.3 for `F = 96485.309`, and 5061980 for `seed = 5061983`.
    fn initial_value(&mut self, number: &ast::DeclaredNumber) -> Option<f64> {
        let value = self.number(number)?;
        Some(format!("{value:.5e}").parse().unwrap_or(value))
    }

    pub(super) fn number(&mut self, number: &ast::DeclaredNumber) -> Option<f64> {
        match number {
            ast::DeclaredNumber::Literal(number) => Some(number.value),
            ast::DeclaredNumber::Defined { negative, name, .. } => {
                let value = self.defined(name)? as f64;
                Some(if *negative { -value } else { value })
            }
        }
    }

    fn defined(&mut self, name: &ast::Ident) -> Option<i64> {
        if let Some(&Symbol::Define(value)) = self.symbols.names.get(&name.name) {
            return Some(value);
        }
        self.diagnostics.push(
            Diagnostic::new(Code::UnknownName, format!("`{}` is not DEFINEd", name.name))
                .at(name.span, "a whole number is needed here")
                .help(format!("write `DEFINE {} 10` above", name.name)),
        );
        None
    }

    /// Length of an array: at least 1, and no more than memory is likely to hold.
    fn array_len(&mut self, length: &ast::Integer) -> Option<usize> {
        const LONGEST: i64 = 1_000_000;
        let value = match length {
            ast::Integer::Literal { value, .. } => *value,
            ast::Integer::Name(name) => self.defined(name)?,
        };
        if (1..=LONGEST).contains(&value) {
            return Some(value as usize);
        }
        self.diagnostics.push(
            Diagnostic::new(Code::ArrayLength, format!("an array of {value} elements"))
                .at(length.span(), format!("must be between 1 and {LONGEST}")),
        );
        None
    }
}

/// What a declaration says of a new variable.
pub(super) struct NewVariable {
    pub(super) role: Role,
    pub(super) storage: Storage,
    pub(super) array_len: Option<usize>,
    pub(super) visible: bool,
    pub(super) default: f64,
    pub(super) units: String,
    pub(super) limits: Option<(f64, f64)>,
    pub(super) tolerance: Option<f64>,
}

impl Default for NewVariable {
    fn default() -> Self {
        NewVariable {
            role: Role::Assigned,
            storage: Storage::Column,
            array_len: None,
            visible: false,
            default: 0.0,
            units: String::new(),
            limits: None,
            tolerance: None,
        }
    }
}

/// Whether a variable of the name is assigned or read in a block.
fn uses(block: &ast::Block, name: &str) -> bool {
    let mut found = false;
    walk::each_statement(block, &mut |statement| {
        if let ast::Statement::Assign(assign) = statement {
            found |= assign.target.name.name == name;
        }
        walk::each_expr_of(statement, &mut |expr| {
            walk::each_expr(expr, &mut |expr| {
                found |= matches!(expr, ast::Expr::Variable(v) if v.name.name == name);
            });
        });
    });
    found
}

fn unit_text(unit: &Option<ast::Unit>) -> String {
    unit.as_ref().map(|u| u.text.clone()).unwrap_or_default()
}

/// What is wrong with one unit.
fn unit_fault(unit: &ast::Unit, error: &UnitError) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownUnit, error.to_string()).at(unit.span, "");
    let UnitError::Unknown {
        name,
        candidates,
        customary,
        ..
    } = error
    else {
        return diagnostic;
    };
    match (customary, candidates.first()) {
        (Some(meaning), _) => {
            diagnostic.help(format!("declare it in UNITS: `({name}) = ({meaning})`"))
        }
        (None, Some(near)) => diagnostic.help(format!("did you mean `{near}`?")),
        (None, None) => diagnostic,
    }
}

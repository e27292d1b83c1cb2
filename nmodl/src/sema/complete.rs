//! What needs all declarations: names that are used without being declared, and what the NEURON
//! block says of names.

use super::declare::{Declarer, NewVariable};
use super::neuron_block::NeuronFacts;
use super::{InitialValue, Symbol};
use crate::diagnostic::{Code, Diagnostic};
use crate::mechanism::{Kind, Role, Storage};
use crate::syntax::{ast, walk};

impl Declarer<'_> {
    /// Everything that needs all declarations.
    pub(super) fn finish(&mut self) {
        let facts = std::mem::take(&mut self.facts);
        for (name, word) in &facts.unsupported {
            self.symbols
                .names
                .insert(name.name.clone(), Symbol::Unsupported(word));
        }
        for (stream, name) in facts.randoms.iter().enumerate() {
            self.declare(name, Symbol::Random(stream as u32));
        }
        let names = facts.randoms.iter().map(|name| name.name.clone());
        self.symbols.mechanism.random_streams = names.collect();
        // Those that have no declaration of their own.
        for (name, kind) in &facts.pointers {
            let known = self.symbols.names.get(&name.name);
            if !matches!(known, Some(Symbol::Pointer(_) | Symbol::Faulty)) {
                self.add_pointer(name, *kind, String::new());
            }
        }
        if self.symbols.mechanism.kind == Kind::ArtificialCell {
            self.no_membrane(&facts);
        }
        self.facts = facts.clone_ion_facts();
        // Ion variables and currents need no declaration of their own.
        for ion in &facts.ion_variables {
            let name = ast::Ident {
                name: ion.name.clone(),
                span: ion.span,
            };
            self.add_undeclared(&name, "an ion variable");
        }
        self.symbols.ion_bindings.sort_by_key(|b| (b.ion, b.field));
        for current in &facts.own_currents {
            self.add_undeclared(current, "a current");
        }
        for (name, ion) in &facts.currents {
            if let Some(&Symbol::Variable(index)) = self.symbols.names.get(name) {
                self.symbols.currents.push((index, *ion));
            }
        }
        for name in &facts.shared_names {
            self.shared_name(name);
        }
        self.initial_values_in_code();
        self.bind_initial_values();
        if self.symbols.mechanism.name.is_empty() {
            self.symbols.mechanism.kind = Kind::Nothing;
        }
    }

    /// Adds an ion variable or current that has no declaration; reports one that is something
    /// else.
    fn add_undeclared(&mut self, name: &ast::Ident, what: &str) {
        match self.symbols.names.get(&name.name) {
            None => self.add_variable(
                name,
                NewVariable {
                    visible: true,
                    ..NewVariable::default()
                },
            ),
            Some(Symbol::Variable(_) | Symbol::Unsupported(_) | Symbol::Faulty) => {}
            Some(_) => {
                let mut diagnostic = Diagnostic::new(
                    Code::WrongKind,
                    format!("{what} cannot have the name `{}`", name.name),
                )
                .at(name.span, "this name has another meaning");
                if let Some(&declared) = self.symbols.declared_at.get(&name.name) {
                    diagnostic = diagnostic.see(declared, "declared here");
                }
                self.diagnostics.push(diagnostic);
            }
        }
    }

    /// A name in RANGE or GLOBAL.
    fn shared_name(&mut self, name: &ast::Ident) {
        let what = match self.symbols.names.get(&name.name) {
            None => {
                if !self.implied_initial_value(name) {
                    self.undeclared(name);
                }
                return;
            }
            Some(Symbol::Callable(_)) => "a FUNCTION or PROCEDURE",
            Some(Symbol::Equations(_)) => "a block of equations",
            Some(_) => return,
        };
        let mut diagnostic = Diagnostic::new(
            Code::WrongKind,
            format!("`{}` is {what}, not a variable", name.name),
        )
        .at(name.span, "RANGE and GLOBAL name variables");
        if let Some(&declared) = self.symbols.declared_at.get(&name.name) {
            diagnostic = diagnostic.see(declared, "declared here");
        }
        self.diagnostics.push(diagnostic);
    }

    /// A name in RANGE or GLOBAL alone. NEURON makes a variable of a GLOBAL one if the file is
    /// THREADSAFE; any other it ignores, and refuses where it is used.
    fn undeclared(&mut self, name: &ast::Ident) {
        let exists = self.facts.thread_safe && self.facts.global.contains_key(&name.name);
        if exists {
            self.add_variable(
                name,
                NewVariable {
                    storage: Storage::Global,
                    visible: true,
                    ..NewVariable::default()
                },
            );
        }
        let mut diagnostic = Diagnostic::new(
            Code::UndeclaredRange,
            format!("`{}` is in RANGE or GLOBAL but declared nowhere", name.name),
        )
        .at(
            name.span,
            if exists {
                "a variable all the same, as in NEURON if a file is THREADSAFE: declare it in ASSIGNED"
            } else {
                "no PARAMETER, ASSIGNED or STATE of that name: ignored, as NEURON does"
            },
        );
        if exists {
            self.diagnostics.push(diagnostic);
            return;
        }
        if let Some(near) = self.symbols.suggestion(&name.name) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// `state0` of a STATE exists without being declared once RANGE, GLOBAL or the code names it.
    fn implied_initial_value(&mut self, name: &ast::Ident) -> bool {
        let state = name.name.strip_suffix('0').and_then(|stem| {
            let states = &self.symbols.initial_values;
            let named = |index: usize| self.symbols.mechanism.variables[index].name == stem;
            states.iter().find(|(index, _)| named(*index)).copied()
        });
        let Some((state, InitialValue::Number(start))) = state else {
            return false;
        };
        let range = self.facts.range.contains_key(&name.name);
        let named = range || self.facts.global.contains_key(&name.name);
        let units = self.symbols.mechanism.variables[state].units.clone();
        self.add_variable(
            name,
            NewVariable {
                role: Role::Parameter,
                storage: if range {
                    Storage::Column
                } else {
                    Storage::Global
                },
                visible: named,
                default: start,
                units,
                ..NewVariable::default()
            },
        );
        true
    }

    /// `state0` that the code names, and nothing declares.
    fn initial_values_in_code(&mut self) {
        let mut named: Vec<ast::Ident> = Vec::new();
        let mut own: Vec<&str> = Vec::new();
        let note = |name: &ast::Ident, named: &mut Vec<ast::Ident>| {
            if name.name.ends_with('0') && !named.iter().any(|n| n.name == name.name) {
                named.push(name.clone());
            }
        };
        for item in &self.items {
            let Some(block) = walk::code_of(item) else {
                continue;
            };
            match item {
                ast::Item::Function(callable) | ast::Item::Procedure(callable) => {
                    own.extend(callable.arguments.iter().map(|a| a.name.name.as_str()));
                }
                ast::Item::NetReceive(block) => {
                    own.extend(block.arguments.iter().map(|a| a.name.name.as_str()));
                }
                _ => {}
            }
            walk::each_statement(block, &mut |statement| {
                if let ast::Statement::Local(local) = statement {
                    own.extend(local.names.iter().map(|n| n.name.name.as_str()));
                }
                if let ast::Statement::Assign(assign) = statement {
                    note(&assign.target.name, &mut named);
                }
                walk::each_expr_of(statement, &mut |expr| {
                    walk::each_expr(expr, &mut |expr| {
                        if let ast::Expr::Variable(variable) = expr {
                            note(&variable.name, &mut named);
                        }
                    });
                });
            });
        }
        for name in named {
            let is_own = own.contains(&name.name.as_str());
            if !is_own && !self.symbols.names.contains_key(&name.name) {
                self.implied_initial_value(&name);
            }
        }
    }

    /// An ARTIFICIAL_CELL has no node: ions and currents make no sense in it.
    fn no_membrane(&mut self, facts: &NeuronFacts) {
        let ions = facts.ion_variables.iter().map(|ion| (&ion.name, ion.span));
        let currents = facts.own_currents.iter().map(|c| (&c.name, c.span));
        for (name, span) in ions.chain(currents) {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::WrongKind,
                    format!("`{name}` belongs to a membrane, and an ARTIFICIAL_CELL has none"),
                )
                .at(span, "ions and currents need a POINT_PROCESS or a SUFFIX"),
            );
        }
    }

    fn bind_initial_values(&mut self) {
        let mut values = std::mem::take(&mut self.symbols.initial_values);
        for (state, value) in &mut values {
            let variable = &self.symbols.mechanism.variables[*state];
            if self
                .symbols
                .ion_bindings
                .iter()
                .any(|b| b.variable == *state)
            {
                *value = InitialValue::Ion;
            } else if let Some(&Symbol::Variable(index)) =
                self.symbols.names.get(&format!("{}0", variable.name))
                && self.symbols.mechanism.variables[index].role == Role::Parameter
            {
                *value = InitialValue::Variable(index);
            }
        }
        self.symbols.initial_values = values;
    }
}

impl NeuronFacts {
    /// What `add_variable` still needs while the rest is being consumed.
    fn clone_ion_facts(&self) -> NeuronFacts {
        NeuronFacts {
            range: self.range.clone(),
            global: self.global.clone(),
            thread_safe: self.thread_safe,
            ion_variables: self.ion_variables.clone(),
            ..NeuronFacts::default()
        }
    }
}

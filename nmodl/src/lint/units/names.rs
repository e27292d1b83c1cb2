//! The units of declared names.

use super::{Checker, Signature, Unit};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{IonVar, NodeVar, SimVar};
use crate::mechanism::Kind;
use crate::sema::Symbol;
use crate::source::Span;
use crate::syntax::ast::{
    self, Argument, FactorValue, Item, NeuronBlock, NeuronNamesKind, NeuronStatement, Statement,
    UnitsDefinition,
};
use crate::syntax::walk;
use crate::units::{Quantity, UnitError};

/// Units that messages use where the file has none of its own for a quantity.
const CUSTOMARY: [&str; 24] = [
    "mV",
    "ms",
    "mA/cm2",
    "S/cm2",
    "uS",
    "nA",
    "mM",
    "um",
    "um2",
    "um3",
    "degC",
    "/ms",
    "mM/ms",
    "mA",
    "coulomb",
    "coulomb/mole",
    "mV/ms",
    "cm",
    "cm2",
    "pS",
    "uF/cm2",
    "joule",
    "volt",
    "/mV",
];

impl Checker<'_> {
    /// Everything that is declared, wherever it stands.
    pub(super) fn declarations(&mut self) {
        let items = self.model.items.clone();
        for item in &items {
            if let Item::Units(block) = item {
                for definition in &block.definitions {
                    // A definition that is wrong is an error of its own.
                    if let UnitsDefinition::Alias { unit, meaning, .. } = definition {
                        let _ = self.units.define(&unit.text, &meaning.text);
                    }
                }
            }
        }
        self.simulator();
        for item in &items {
            self.declaration(item);
        }
        self.on = true;
        self.initial_values();
    }

    /// What the simulator has, declared or not.
    fn simulator(&mut self) {
        for (name, unit) in [
            ("v", "millivolt"),
            ("t", "ms"),
            ("dt", "ms"),
            ("celsius", "degC"),
            ("diam", "micron"),
            ("area", "micron2"),
            ("secondorder", ""),
        ] {
            let unit = Unit::of(self.units.parse(unit).ok());
            self.names.insert(name.to_owned(), unit);
        }
        self.time = self.names["t"];
        for binding in &self.model.symbols.ion_bindings {
            let name = self.model.symbols.mechanism.variables[binding.variable]
                .name
                .clone();
            let unit = Unit::of(self.units.parse(self.ion_unit(binding.field)).ok());
            self.names.insert(name, unit);
        }
        for &(variable, _) in &self.model.symbols.currents {
            let name = self.model.symbols.mechanism.variables[variable]
                .name
                .clone();
            let unit = Unit::of(self.units.parse(self.ion_unit(IonVar::Cur)).ok());
            self.names.insert(name, unit);
        }
        for (name, symbol) in &self.model.symbols.names {
            match symbol {
                Symbol::Define(_) => {
                    self.names.insert(name.clone(), Unit::Number);
                }
                // Their units are given elsewhere.
                Symbol::Pointer(_) | Symbol::Random(_) => {
                    self.names.insert(name.clone(), Unit::Unknown);
                }
                _ => {}
            }
        }
    }

    fn ion_unit(&self, field: IonVar) -> &'static str {
        match field {
            IonVar::Cur => match self.model.symbols.mechanism.kind {
                Kind::PointProcess | Kind::ArtificialCell => "nanoamp",
                Kind::Density | Kind::Nothing => "milliamp/cm2",
            },
            IonVar::Ci | IonVar::Co => "milli/liter",
            IonVar::Erev => "millivolt",
            // No file names it.
            IonVar::DcurDv => "",
        }
    }

    fn declaration(&mut self, item: &Item) {
        match item {
            Item::UnitsSwitch(switch) => self.on = switch.on,
            Item::Units(block) => {
                for definition in &block.definitions {
                    if let UnitsDefinition::Factor(factor) = definition {
                        let unit = self.factor(&factor.value);
                        self.names.insert(factor.name.name.clone(), unit);
                    }
                }
            }
            Item::Constant(block) => {
                for constant in &block.constants {
                    self.declare(&constant.name, &constant.unit);
                }
            }
            Item::Parameter(block) => {
                for parameter in &block.parameters {
                    self.declare(&parameter.name, &parameter.unit);
                }
            }
            Item::Independent(block) => {
                for definition in &block.definitions {
                    self.declare(&definition.name, &definition.unit);
                    self.time = self.unit_or_pure(&definition.unit);
                }
            }
            Item::Assigned(block) | Item::State(block) => {
                for variable in &block.variables {
                    self.declare(&variable.name, &variable.unit);
                }
            }
            Item::Function(c) => self.signature(&c.name, &c.arguments, &c.unit),
            Item::Procedure(c) => self.signature(&c.name, &c.arguments, &None),
            Item::FunctionTable(f) => self.signature(&f.name, &f.arguments, &f.unit),
            _ => {}
        }
    }

    fn declare(&mut self, name: &ast::Ident, unit: &Option<ast::Unit>) {
        if unit.is_none()
            && matches!(
                self.model.symbols.names.get(&name.name),
                Some(Symbol::Pointer(_))
            )
        {
            return;
        }
        let unit = self.unit_or_pure(unit);
        self.names.insert(name.name.clone(), unit);
    }

    fn factor(&mut self, value: &FactorValue) -> Unit {
        match value {
            FactorValue::Number { unit, .. } => self.unit_or_pure(unit),
            FactorValue::Conversion {
                to, arrow: false, ..
            } => self.unit(to),
            // `(foot) -> (inch)` is the conversion factor itself: so many of `from` are one `to`.
            FactorValue::Conversion { from, to, .. } => {
                let units = (self.units.parse(&from.text), self.units.parse(&to.text));
                let (Ok(from), Ok(to)) = units else {
                    return Unit::Unknown;
                };
                Unit::of(to.over(&from))
            }
        }
    }

    fn signature(&mut self, name: &ast::Ident, arguments: &[Argument], result: &Option<ast::Unit>) {
        let arguments = arguments
            .iter()
            .map(|a| self.unit_or_pure(&a.unit))
            .collect();
        let result = self.unit_or_pure(result);
        let signature = Signature { arguments, result };
        self.callables.insert(name.name.clone(), signature);
    }

    /// `m0` of a STATE m that is not declared itself is in the unit of m.
    fn initial_values(&mut self) {
        for (state, _) in &self.model.symbols.initial_values {
            let name = &self.model.symbols.mechanism.variables[*state].name;
            let unit = self.names.get(name).copied().unwrap_or(Unit::Unknown);
            self.names.entry(format!("{name}0")).or_insert(unit);
        }
    }

    /// A unit as written, reported if there is none of that name.
    pub(super) fn unit(&mut self, unit: &ast::Unit) -> Unit {
        match self.units.parse(&unit.text) {
            Ok(quantity) => {
                let known = self.written.iter().any(|(_, text)| *text == unit.text);
                if !known {
                    self.written.push((quantity, unit.text.clone()));
                }
                Unit::Of(quantity)
            }
            Err(error) => {
                self.unknown_unit(unit, &error);
                Unit::Unknown
            }
        }
    }

    pub(super) fn unit_or_pure(&mut self, unit: &Option<ast::Unit>) -> Unit {
        unit.as_ref().map_or(Unit::PURE, |unit| self.unit(unit))
    }

    fn unknown_unit(&mut self, unit: &ast::Unit, error: &UnitError) {
        if !self.on || !self.blamed.insert(format!("({})", unit.text)) {
            return;
        }
        let mut diagnostic =
            Diagnostic::new(Code::UnitNotKnown, error.to_string()).at(unit.span, "");
        if let UnitError::Unknown {
            name,
            candidates,
            customary,
            ..
        } = error
        {
            diagnostic = match (customary, candidates.first()) {
                (Some(meaning), _) => {
                    diagnostic.help(format!("declare it in UNITS: `({name}) = ({meaning})`"))
                }
                (None, Some(near)) => diagnostic.help(format!("did you mean `{near}`?")),
                (None, None) => diagnostic,
            };
        }
        self.diagnostics.push(diagnostic);
    }

    /// Binds arguments in the present scope.
    pub(super) fn arguments(&mut self, arguments: &[Argument]) -> Vec<Unit> {
        let units: Vec<Unit> = arguments
            .iter()
            .map(|a| self.unit_or_pure(&a.unit))
            .collect();
        for (argument, unit) in arguments.iter().zip(&units) {
            self.bind(&argument.name.name, *unit);
        }
        units
    }

    /// Declares a name in the present scope.
    pub(super) fn bind(&mut self, name: &str, unit: Unit) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), unit);
        }
    }

    /// The unit of a LOCAL, argument or index of that name.
    pub(super) fn scoped(&mut self, name: &str) -> Option<&mut Unit> {
        self.scopes.iter_mut().rev().find_map(|s| s.get_mut(name))
    }

    /// The unit of a variable.
    pub(super) fn name(&mut self, name: &str) -> Unit {
        if let Some(unit) = self.scoped(name) {
            return *unit;
        }
        self.names.get(name).copied().unwrap_or(Unit::Unknown)
    }

    /// The variables whose units NEURON determines, where the file declares them otherwise.
    pub(super) fn neuron_block(&mut self, block: &NeuronBlock) {
        if !self.on {
            return;
        }
        for name in ["v", "t", "dt", "celsius", "diam", "area"] {
            let symbol = self.model.symbols.names.get(name);
            let unit = match symbol {
                Some(Symbol::Node(NodeVar::V)) => "millivolt",
                Some(Symbol::Sim(SimVar::T | SimVar::Dt)) => "ms",
                Some(Symbol::Sim(SimVar::Celsius)) => "degC",
                Some(Symbol::Node(NodeVar::Diam)) => "micron",
                Some(Symbol::Node(NodeVar::Area)) => "micron2",
                _ => continue,
            };
            self.determined(name, unit, None);
        }
        // A current that is computed from CONDUCTANCE hints may be in any unit.
        let checks_currents = !self.has_conductance_hint();
        for statement in &block.statements {
            match statement {
                NeuronStatement::Names(list)
                    if matches!(
                        list.kind,
                        NeuronNamesKind::NonspecificCurrent | NeuronNamesKind::ElectrodeCurrent
                    ) && checks_currents =>
                {
                    for name in &list.names {
                        self.determined(&name.name, self.ion_unit(IonVar::Cur), Some(name.span));
                    }
                }
                NeuronStatement::UseIon(statement) => {
                    let bindings = self.model.symbols.ion_bindings.clone();
                    for binding in bindings {
                        let name = &self.model.symbols.mechanism.variables[binding.variable].name;
                        let mut listed = statement.read.iter().chain(&statement.write);
                        let Some(ident) = listed.find(|i| i.name == *name) else {
                            continue;
                        };
                        if binding.field != IonVar::Cur || checks_currents {
                            let unit = self.ion_unit(binding.field);
                            self.determined(&ident.name, unit, Some(ident.span));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn has_conductance_hint(&self) -> bool {
        let (mut local, mut hint) = (false, false);
        for breakpoint in &self.model.symbols.breakpoint {
            walk::each_statement(&breakpoint.body, &mut |statement| {
                local |= matches!(statement, Statement::Local(_));
                hint |= matches!(statement, Statement::Conductance(_));
            });
        }
        local && hint
    }

    /// A variable whose unit is not the file's to choose.
    fn determined(&mut self, name: &str, unit: &str, listed: Option<Span>) {
        let Ok(wanted) = self.units.parse(unit) else {
            return;
        };
        let Some(&Unit::Of(declared)) = self.names.get(name) else {
            return;
        };
        if super::report::same(declared, wanted) {
            return;
        }
        let Some(span) = self.declaration_of(name) else {
            return;
        };
        let customary = self.text(wanted);
        let declared = if declared == Quantity::ONE {
            "without a unit".to_owned()
        } else {
            format!("in {}", self.text(declared))
        };
        let mut diagnostic = Diagnostic::new(
            Code::UnitDetermined,
            format!("`{name}` is declared {declared}, but NEURON's `{name}` is in {customary}"),
        )
        .at(span, format!("write `{name} {customary}`"));
        if let Some(listed) = listed.filter(|l| !l.same_place(span)) {
            diagnostic = diagnostic.see(listed, "shared with NEURON here");
        }
        self.diagnostics.push(diagnostic);
    }

    /// Where a variable block declares `name`.
    pub(super) fn declaration_of(&self, name: &str) -> Option<Span> {
        self.model.items.iter().find_map(|item| {
            let named = |ident: &ast::Ident| (ident.name == name).then_some(ident.span);
            match item {
                Item::Parameter(b) => b.parameters.iter().find_map(|p| named(&p.name)),
                Item::Assigned(b) | Item::State(b) => {
                    b.variables.iter().find_map(|v| named(&v.name))
                }
                Item::Independent(b) => b.definitions.iter().find_map(|d| named(&d.name)),
                _ => None,
            }
        })
    }

    /// A quantity as a unit, in the words of the file if it has any for it.
    pub(super) fn text(&self, quantity: Quantity) -> String {
        let same = |known: Quantity| super::report::same(known, quantity);
        if quantity.dims == Quantity::ONE.dims && (quantity.factor - 1.0).abs() < 1e-5 {
            return "(1)".to_owned();
        }
        if let Some((_, text)) = self.written.iter().find(|(known, _)| same(*known)) {
            return format!("({text})");
        }
        let mut units = crate::units::Units::new();
        // Those names that models customarily declare.
        for (name, meaning) in [
            ("mV", "millivolt"),
            ("mA", "milliamp"),
            ("nA", "nanoamp"),
            ("S", "siemens"),
            ("uS", "microsiemens"),
            ("pS", "picosiemens"),
            ("mM", "milli/liter"),
            ("um", "micron"),
            ("uF", "microfarad"),
        ] {
            let _ = units.define(name, meaning);
        }
        let customary = |quantity: Quantity| {
            let same = |known: Quantity| super::report::same(known, quantity);
            let mut texts = CUSTOMARY.iter().copied();
            texts.find(|text| units.parse(text).is_ok_and(same))
        };
        if let Some(text) = customary(quantity) {
            return format!("({text})");
        }
        // A rate of something that has a name.
        let per_ms = units.parse("ms").ok().and_then(|ms| quantity.times(&ms));
        match per_ms.and_then(customary) {
            Some(text) if text.contains('/') => format!("({text}-ms)"),
            Some(text) => format!("({text}/ms)"),
            None => format!("({})", super::report::rounded(quantity)),
        }
    }
}

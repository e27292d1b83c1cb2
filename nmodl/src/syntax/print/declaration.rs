//! NEURON, UNITS, CONSTANT, PARAMETER, INDEPENDENT, ASSIGNED and STATE.

use super::Printer;
use crate::syntax::ast::{
    ConstantBlock, DeclaredNumber, FactorValue, IndependentBlock, NeuronBlock, NeuronStatement,
    ParameterBlock, Represents, UnitsBlock, UnitsDefinition, UseIon, VariableBlock,
};

impl Printer {
    pub(super) fn neuron(&mut self, block: &NeuronBlock) {
        self.push("NEURON ");
        self.braces(|p| {
            for statement in &block.statements {
                p.begin_line();
                p.neuron_statement(statement);
                p.end_line();
            }
        });
    }

    fn neuron_statement(&mut self, statement: &NeuronStatement) {
        match statement {
            NeuronStatement::Suffix(suffix) => {
                self.push(suffix.kind.keyword());
                self.push(" ");
                self.push(&suffix.name.name);
            }
            NeuronStatement::UseIon(use_ion) => self.use_ion(use_ion),
            NeuronStatement::Names(list) => {
                self.push(list.kind.keyword());
                self.push(" ");
                self.names(&list.names);
            }
            NeuronStatement::ThreadSafe { names, .. } => {
                self.push("THREADSAFE");
                if !names.is_empty() {
                    self.push(" ");
                    self.names(names);
                }
            }
            NeuronStatement::Represents(represents) => self.represents(represents),
        }
    }

    fn use_ion(&mut self, use_ion: &UseIon) {
        self.push("USEION ");
        self.push(&use_ion.ion.name);
        if !use_ion.read.is_empty() {
            self.push(" READ ");
            self.names(&use_ion.read);
        }
        if !use_ion.write.is_empty() {
            self.push(" WRITE ");
            self.names(&use_ion.write);
        }
        self.keyed(" VALENCE ", &use_ion.valence);
        if let Some(represents) = &use_ion.represents {
            self.push(" ");
            self.represents(represents);
        }
    }

    fn represents(&mut self, represents: &Represents) {
        self.push("REPRESENTS ");
        self.push(&represents.id);
    }

    /// ` KEYWORD number`
    fn keyed(&mut self, keyword: &str, number: &Option<DeclaredNumber>) {
        if let Some(number) = number {
            self.push(keyword);
            self.declared_number(number);
        }
    }

    pub(super) fn units(&mut self, block: &UnitsBlock) {
        self.push("UNITS ");
        self.braces(|p| {
            for definition in &block.definitions {
                p.begin_line();
                p.units_definition(definition);
                p.end_line();
            }
        });
    }

    fn units_definition(&mut self, definition: &UnitsDefinition) {
        let factor = match definition {
            UnitsDefinition::Alias { unit, meaning, .. } => {
                self.push(&format!("({}) = ({})", unit.text, meaning.text));
                return;
            }
            UnitsDefinition::Factor(factor) => factor,
        };
        self.push(&factor.name.name);
        self.push(" = ");
        match &factor.value {
            FactorValue::Number { number, unit } => {
                self.declared_number(number);
                self.unit(unit);
            }
            FactorValue::Conversion { from, to, arrow } => {
                let arrow = if *arrow { "-> " } else { "" };
                self.push(&format!("({}) {arrow}({})", from.text, to.text));
            }
        }
    }

    pub(super) fn constants(&mut self, block: &ConstantBlock) {
        self.push("CONSTANT ");
        self.braces(|p| {
            for constant in &block.constants {
                p.begin_line();
                p.push(&constant.name.name);
                p.push(" = ");
                p.declared_number(&constant.value);
                p.unit(&constant.unit);
                p.end_line();
            }
        });
    }

    pub(super) fn parameters(&mut self, block: &ParameterBlock) {
        self.push("PARAMETER ");
        self.braces(|p| {
            for parameter in &block.parameters {
                p.begin_line();
                p.push(&parameter.name.name);
                p.length(&parameter.length);
                p.keyed(" = ", &parameter.default);
                p.unit(&parameter.unit);
                if let Some(limits) = &parameter.limits {
                    p.push(" <");
                    p.declared_number(&limits.low);
                    p.push(", ");
                    p.declared_number(&limits.high);
                    p.push(">");
                }
                p.end_line();
            }
        });
    }

    pub(super) fn independents(&mut self, block: &IndependentBlock) {
        self.push("INDEPENDENT ");
        self.braces(|p| {
            for definition in &block.definitions {
                p.begin_line();
                if definition.sweep {
                    p.push("SWEEP ");
                }
                p.push(&definition.name.name);
                p.push(" FROM ");
                p.declared_number(&definition.from);
                p.push(" TO ");
                p.declared_number(&definition.to);
                p.push(" WITH ");
                p.integer(&definition.with);
                p.keyed(" START ", &definition.start);
                p.unit(&definition.unit);
                p.end_line();
            }
        });
    }

    pub(super) fn variables(&mut self, keyword: &str, block: &VariableBlock) {
        self.push(keyword);
        self.push(" ");
        self.braces(|p| {
            for variable in &block.variables {
                p.begin_line();
                p.push(&variable.name.name);
                p.primes(variable.order);
                p.length(&variable.length);
                if let Some((low, high)) = &variable.range {
                    p.push(" FROM ");
                    p.declared_number(low);
                    p.push(" TO ");
                    p.declared_number(high);
                }
                p.keyed(" START ", &variable.start);
                p.unit(&variable.unit);
                if let Some(tolerance) = &variable.tolerance {
                    p.push(" <");
                    p.declared_number(tolerance);
                    p.push(">");
                }
                p.end_line();
            }
        });
    }
}

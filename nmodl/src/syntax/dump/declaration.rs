//! NEURON, UNITS, CONSTANT, PARAMETER, INDEPENDENT, ASSIGNED and STATE.

use super::{Dump, declared_number, integer, keyed, length, names, unit};
use crate::syntax::ast::{
    ConstantBlock, FactorValue, IndependentBlock, NeuronBlock, NeuronStatement, ParameterBlock,
    UnitsBlock, UnitsDefinition, UseIon, VariableBlock,
};

impl Dump {
    pub(super) fn neuron(&mut self, block: &NeuronBlock) {
        self.line("neuron");
        self.nested(|d| {
            for statement in &block.statements {
                d.line(neuron_statement(statement));
            }
        });
    }

    pub(super) fn units(&mut self, block: &UnitsBlock) {
        self.line("units");
        self.nested(|d| {
            for definition in &block.definitions {
                d.line(units_definition(definition));
            }
        });
    }

    pub(super) fn constants(&mut self, block: &ConstantBlock) {
        self.line("constant");
        self.nested(|d| {
            for constant in &block.constants {
                d.line(format!(
                    "{} = {}{}",
                    constant.name.name,
                    declared_number(&constant.value),
                    unit(&constant.unit)
                ));
            }
        });
    }

    pub(super) fn parameters(&mut self, block: &ParameterBlock) {
        self.line("parameter");
        self.nested(|d| {
            for parameter in &block.parameters {
                let limits = match &parameter.limits {
                    Some(limits) => format!(
                        " limits {} {}",
                        declared_number(&limits.low),
                        declared_number(&limits.high)
                    ),
                    None => String::new(),
                };
                d.line(format!(
                    "{}{}{}{}{limits}",
                    parameter.name.name,
                    length(&parameter.length),
                    keyed("=", &parameter.default),
                    unit(&parameter.unit),
                ));
            }
        });
    }

    pub(super) fn independents(&mut self, block: &IndependentBlock) {
        self.line("independent");
        self.nested(|d| {
            for definition in &block.definitions {
                d.line(format!(
                    "{}{} from {} to {} with {}{}{}",
                    if definition.sweep { "sweep " } else { "" },
                    definition.name.name,
                    declared_number(&definition.from),
                    declared_number(&definition.to),
                    integer(&definition.with),
                    keyed("start", &definition.start),
                    unit(&definition.unit)
                ));
            }
        });
    }

    pub(super) fn variables(&mut self, head: &str, block: &VariableBlock) {
        self.line(head);
        self.nested(|d| {
            for variable in &block.variables {
                let range = match &variable.range {
                    Some((low, high)) => format!(
                        " from {} to {}",
                        declared_number(low),
                        declared_number(high)
                    ),
                    None => String::new(),
                };
                d.line(format!(
                    "{}{}{}{range}{}{}{}",
                    variable.name.name,
                    "'".repeat(variable.order as usize),
                    length(&variable.length),
                    keyed("start", &variable.start),
                    unit(&variable.unit),
                    keyed("tolerance", &variable.tolerance),
                ));
            }
        });
    }
}

fn neuron_statement(statement: &NeuronStatement) -> String {
    match statement {
        NeuronStatement::Suffix(suffix) => {
            let kind = suffix.kind.keyword().to_lowercase();
            format!("{kind} {}", suffix.name.name)
        }
        NeuronStatement::UseIon(of) => use_ion(of),
        NeuronStatement::Names(list) => {
            let kind = list.kind.keyword().to_lowercase();
            format!("{kind} {}", names(&list.names))
        }
        NeuronStatement::ThreadSafe { names: list, .. } => {
            format!("threadsafe {}", names(list)).trim_end().to_owned()
        }
        NeuronStatement::Represents(represents) => format!("represents {}", represents.id),
    }
}

fn use_ion(of: &UseIon) -> String {
    let mut text = format!("useion {}", of.ion.name);
    for (key, list) in [("read", &of.read), ("write", &of.write)] {
        if !list.is_empty() {
            text.push_str(&format!(" {key} {}", names(list)));
        }
    }
    text.push_str(&keyed("valence", &of.valence));
    if let Some(represents) = &of.represents {
        text.push_str(&format!(" represents {}", represents.id));
    }
    text
}

fn units_definition(definition: &UnitsDefinition) -> String {
    match definition {
        UnitsDefinition::Alias { unit, meaning, .. } => {
            format!("({}) = ({})", unit.text, meaning.text)
        }
        UnitsDefinition::Factor(factor) => {
            let value = match &factor.value {
                FactorValue::Number {
                    number,
                    unit: of_unit,
                } => format!("{}{}", declared_number(number), unit(of_unit)),
                FactorValue::Conversion { from, to, arrow } => {
                    let arrow = if *arrow { "-> " } else { "" };
                    format!("({}) {arrow}({})", from.text, to.text)
                }
            };
            format!("{} = {value}", factor.name.name)
        }
    }
}

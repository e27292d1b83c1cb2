//! NEURON, UNITS, CONSTANT, PARAMETER, INDEPENDENT, ASSIGNED and STATE.

use pest::iterators::Pair;

use super::{Builder, Built, Children, Stop};
use crate::syntax::ast::{
    Constant, ConstantBlock, DeclaredNumber, FactorValue, Independent, IndependentBlock, Integer,
    Limits, MechanismKind, NeuronBlock, NeuronNames, NeuronNamesKind, NeuronStatement, Number,
    Parameter, ParameterBlock, Represents, Suffix, Unit, UnitsBlock, UnitsDefinition, UnitsFactor,
    UseIon, VariableBlock, VariableDeclaration,
};
use crate::syntax::parse::Rule;

impl Builder {
    pub(super) fn neuron(&mut self, pair: Pair<'_, Rule>) -> Built<NeuronBlock> {
        let span = self.span(&pair);
        let mut statements = Vec::new();
        for child in Children::of(pair) {
            let inner = Children::of(child).expect()?;
            statements.push(self.neuron_statement(inner)?);
        }
        Ok(NeuronBlock { statements, span })
    }

    fn neuron_statement(&mut self, pair: Pair<'_, Rule>) -> Built<NeuronStatement> {
        let span = self.span(&pair);
        let rule = pair.as_rule();
        if rule == Rule::represents {
            return Ok(NeuronStatement::Represents(self.represents(pair)?));
        }
        if rule == Rule::use_ion {
            return Ok(NeuronStatement::UseIon(self.use_ion(pair)?));
        }
        let mut children = Children::of(pair);
        Ok(match rule {
            Rule::suffix => {
                let kind = match children.expect()?.as_str() {
                    "POINT_PROCESS" => MechanismKind::PointProcess,
                    "ARTIFICIAL_CELL" => MechanismKind::ArtificialCell,
                    _ => MechanismKind::Suffix,
                };
                let name = self.ident(children.expect()?);
                NeuronStatement::Suffix(Suffix { kind, name, span })
            }
            Rule::neuron_names => {
                let kind = match children.expect()?.as_str() {
                    "NONSPECIFIC_CURRENT" => NeuronNamesKind::NonspecificCurrent,
                    "ELECTRODE_CURRENT" => NeuronNamesKind::ElectrodeCurrent,
                    "SECTION" => NeuronNamesKind::Section,
                    "GLOBAL" => NeuronNamesKind::Global,
                    "POINTER" => NeuronNamesKind::Pointer,
                    "BBCOREPOINTER" => NeuronNamesKind::BbcorePointer,
                    "EXTERNAL" => NeuronNamesKind::External,
                    "RANDOM" => NeuronNamesKind::Random,
                    _ => NeuronNamesKind::Range,
                };
                let names = self.idents(children);
                NeuronStatement::Names(NeuronNames { kind, names, span })
            }
            Rule::thread_safe => NeuronStatement::ThreadSafe {
                names: self.idents(children),
                span,
            },
            _ => return Err(Stop::Mismatch),
        })
    }

    fn use_ion(&mut self, pair: Pair<'_, Rule>) -> Built<UseIon> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let mut use_ion = UseIon {
            ion: self.ident(children.expect()?),
            read: Vec::new(),
            write: Vec::new(),
            valence: None,
            represents: None,
            span,
        };
        for child in children {
            match child.as_rule() {
                Rule::read_list => use_ion.read.extend(self.idents(Children::of(child))),
                Rule::write_list => use_ion.write.extend(self.idents(Children::of(child))),
                Rule::valence => {
                    let number = Children::of(child).expect()?;
                    use_ion.valence = Some(self.declared_number(number)?);
                }
                Rule::represents => use_ion.represents = Some(self.represents(child)?),
                _ => return Err(Stop::Mismatch),
            }
        }
        Ok(use_ion)
    }

    fn represents(&mut self, pair: Pair<'_, Rule>) -> Built<Represents> {
        let span = self.span(&pair);
        let id = Children::of(pair).expect()?;
        let id = id.as_str().trim_matches(['[', ']']).to_owned();
        Ok(Represents { id, span })
    }

    pub(super) fn number(&self, pair: &Pair<'_, Rule>) -> Number {
        let text = pair.as_str();
        Number {
            text: text.to_owned(),
            // The grammar's numbers are all Rust's, except that `1.` and `.5` are too.
            value: text.parse().unwrap_or(f64::NAN),
            span: self.span(pair),
        }
    }

    pub(super) fn declared_number(&mut self, pair: Pair<'_, Rule>) -> Built<DeclaredNumber> {
        let span = self.span(&pair);
        let mut children = Children::of(pair);
        let negative = children.optional(Rule::minus).is_some();
        let inner = children.expect()?;
        if inner.as_rule() == Rule::ident {
            let name = self.ident(inner);
            return Ok(DeclaredNumber::Defined {
                negative,
                name,
                span,
            });
        }
        let mut number = self.number(&inner);
        if negative {
            number.text.insert(0, '-');
            number.value = -number.value;
            number.span = span;
        }
        Ok(DeclaredNumber::Literal(number))
    }

    /// The number inside `rule`, if that comes next.
    fn optional_number(
        &mut self,
        children: &mut Children<'_>,
        rule: Rule,
    ) -> Built<Option<DeclaredNumber>> {
        match children.optional(rule) {
            Some(pair) => {
                let number = Children::of(pair).expect()?;
                Ok(Some(self.declared_number(number)?))
            }
            None => Ok(None),
        }
    }

    fn optional_unit(&self, children: &mut Children<'_>) -> Option<Unit> {
        children.optional(Rule::unit).map(|unit| self.unit(unit))
    }

    pub(super) fn length(&mut self, children: &mut Children<'_>) -> Built<Option<Integer>> {
        match children.optional(Rule::length) {
            Some(pair) => {
                let integer = Children::of(pair).expect()?;
                Ok(Some(self.integer(integer)?))
            }
            None => Ok(None),
        }
    }

    pub(super) fn units(&mut self, pair: Pair<'_, Rule>) -> Built<UnitsBlock> {
        let span = self.span(&pair);
        let mut definitions = Vec::new();
        for child in Children::of(pair) {
            let inner = Children::of(child).expect()?;
            definitions.push(self.units_definition(inner)?);
        }
        Ok(UnitsBlock { definitions, span })
    }

    fn units_definition(&mut self, pair: Pair<'_, Rule>) -> Built<UnitsDefinition> {
        let span = self.span(&pair);
        let rule = pair.as_rule();
        let mut children = Children::of(pair);
        if rule == Rule::units_alias {
            let unit = self.unit(children.expect()?);
            let meaning = self.unit(children.expect()?);
            return Ok(UnitsDefinition::Alias {
                unit,
                meaning,
                span,
            });
        }
        let name = self.ident(children.expect()?);
        let value = match children.optional(Rule::unit) {
            Some(from) => {
                let from = self.unit(from);
                let arrow = children.optional(Rule::arrow).is_some();
                let to = self.unit(children.expect()?);
                FactorValue::Conversion { from, to, arrow }
            }
            None => {
                let number = self.declared_number(children.expect()?)?;
                let unit = self.optional_unit(&mut children);
                FactorValue::Number { number, unit }
            }
        };
        Ok(UnitsDefinition::Factor(UnitsFactor { name, value, span }))
    }

    pub(super) fn constants(&mut self, pair: Pair<'_, Rule>) -> Built<ConstantBlock> {
        let span = self.span(&pair);
        let mut constants = Vec::new();
        for child in Children::of(pair) {
            let span = self.span(&child);
            let mut parts = Children::of(child);
            constants.push(Constant {
                name: self.ident(parts.expect()?),
                value: self.declared_number(parts.expect()?)?,
                unit: self.optional_unit(&mut parts),
                span,
            });
        }
        Ok(ConstantBlock { constants, span })
    }

    pub(super) fn parameters(&mut self, pair: Pair<'_, Rule>) -> Built<ParameterBlock> {
        let span = self.span(&pair);
        let mut parameters = Vec::new();
        for child in Children::of(pair) {
            let span = self.span(&child);
            let mut parts = Children::of(child);
            parameters.push(Parameter {
                name: self.ident(parts.expect()?),
                length: self.length(&mut parts)?,
                default: self.optional_number(&mut parts, Rule::default_value)?,
                unit: self.optional_unit(&mut parts),
                limits: match parts.optional(Rule::limits) {
                    Some(limits) => Some(self.limits(limits)?),
                    None => None,
                },
                span,
            });
        }
        Ok(ParameterBlock { parameters, span })
    }

    fn limits(&mut self, pair: Pair<'_, Rule>) -> Built<Limits> {
        let span = self.span(&pair);
        let mut parts = Children::of(pair);
        Ok(Limits {
            low: self.declared_number(parts.expect()?)?,
            high: self.declared_number(parts.expect()?)?,
            span,
        })
    }

    pub(super) fn independents(&mut self, pair: Pair<'_, Rule>) -> Built<IndependentBlock> {
        let span = self.span(&pair);
        let mut definitions = Vec::new();
        for child in Children::of(pair) {
            let span = self.span(&child);
            let mut parts = Children::of(child);
            definitions.push(Independent {
                sweep: parts.optional(Rule::kw_sweep).is_some(),
                name: self.ident(parts.expect()?),
                from: self.declared_number(parts.expect()?)?,
                to: self.declared_number(parts.expect()?)?,
                with: self.integer(parts.expect()?)?,
                start: self.optional_number(&mut parts, Rule::start_value)?,
                unit: self.optional_unit(&mut parts),
                span,
            });
        }
        Ok(IndependentBlock { definitions, span })
    }

    pub(super) fn variables(&mut self, pair: Pair<'_, Rule>) -> Built<VariableBlock> {
        let span = self.span(&pair);
        let mut variables = Vec::new();
        for child in Children::of(pair) {
            let span = self.span(&child);
            let mut parts = Children::of(child);
            let (name, order) = self.primed(parts.expect()?);
            let length = self.length(&mut parts)?;
            let range = match parts.optional(Rule::value_range) {
                Some(range) => {
                    let mut bounds = Children::of(range);
                    let low = self.declared_number(bounds.expect()?)?;
                    let high = self.declared_number(bounds.expect()?)?;
                    Some((low, high))
                }
                None => None,
            };
            variables.push(VariableDeclaration {
                name,
                order,
                length,
                range,
                start: self.optional_number(&mut parts, Rule::start_value)?,
                unit: self.optional_unit(&mut parts),
                tolerance: self.optional_number(&mut parts, Rule::tolerance)?,
                span,
            });
        }
        Ok(VariableBlock { variables, span })
    }
}

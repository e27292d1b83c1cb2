//! The columns of the result: variables by name, with their units.

use nmodl::mechanism::{Kind, Mechanism, Storage};
use runtime::{Membrane, ModelError, Place};

use super::{Builder, Quantity, Recorded};
use crate::model::located::At;
use crate::model::name::{self, Element, Variable};
use crate::problem::Problem;
use crate::result::Column;

impl Builder<'_> {
    /// The listed variables; the time comes first if it is not listed.
    pub(super) fn recorded(&mut self, listed: &[At<String>]) -> Vec<Recorded> {
        let mut recorded = Vec::new();
        for text in listed {
            match name::variable(text) {
                Ok(Variable::Time) => recorded.push(time()),
                Ok(variable) => self.record(text, &variable, &mut recorded),
                Err(error) => {
                    self.problem(Problem::at(
                        text.span(),
                        format!("`{}` {error}", text.as_str()),
                    ));
                }
            }
        }
        if !recorded.iter().any(Recorded::is_time) {
            recorded.insert(0, time());
        }
        recorded
    }

    fn record(&mut self, text: &At<String>, variable: &Variable<'_>, recorded: &mut Vec<Recorded>) {
        if let Variable::Point { point, element } = variable
            && self.points.find(point).is_empty()
            && !self.linear.find(point).is_empty()
        {
            return self.record_linear(text, point, element, recorded);
        }
        for found in self.variables(text, variable) {
            if let Err(error) = self.model.get(found.place, &found.name) {
                let problem = self.no_variable(text, found.place, variable, &error);
                return self.problem(problem);
            }
            recorded.push(Recorded {
                column: Column {
                    name: format!("{}.{}", found.owner, found.name),
                    units: self.units(found.place, variable),
                },
                quantity: Quantity::Variable {
                    place: found.place,
                    name: found.name,
                },
            });
        }
    }

    /// `clamp.y[1]` of linear mechanisms.
    fn record_linear(
        &mut self,
        text: &At<String>,
        pattern: &str,
        element: &Element<'_>,
        recorded: &mut Vec<Recorded>,
    ) {
        let found = self.linear.find(pattern).into_iter();
        let found: Vec<(String, usize)> = found.map(|(name, at)| (name.to_owned(), at)).collect();
        for (name, number) in found {
            let y = &self.unknowns[number];
            let size = y.values().len();
            let problem = match element.index {
                _ if element.name != "y" => {
                    format!("`{name}` has no variable `{}`", element.name)
                }
                Some(index) if index < size => {
                    recorded.push(Recorded {
                        column: Column {
                            name: format!("{name}.y[{index}]"),
                            units: String::new(),
                        },
                        quantity: Quantity::Unknown {
                            y: y.clone(),
                            index,
                        },
                    });
                    continue;
                }
                _ => format!("`y` of `{name}` has {size} elements, counted from 0"),
            };
            let problem = Problem::at(text.span(), problem);
            return self.problem(problem.help(format!("write one of them: `{name}.y[0]`")));
        }
    }

    /// Why a variable is not there: the mechanism is unknown, not inserted, or has no such
    /// variable.
    pub(super) fn no_variable(
        &self,
        text: &At<String>,
        place: Place,
        variable: &Variable<'_>,
        error: &ModelError,
    ) -> Problem {
        let problem = Problem::at(text.span(), error.to_string());
        if let ModelError::Element { .. } = error {
            return problem;
        }
        let Variable::Segment {
            mechanism, element, ..
        } = variable
        else {
            let known = self
                .description(place, None)
                .map(visible)
                .unwrap_or_default();
            let written = match variable {
                Variable::Point { element, .. } => element.name,
                _ => "t",
            };
            return problem.known_names(written, known);
        };
        let section = match place {
            Place::Segment { section, .. } => section,
            _ => return problem,
        };
        match mechanism.map(|name| (name, self.registered(name))) {
            None if element.name == "i_membrane_" => {
                problem.help("it is computed with `use_fast_imem = true` in `[run]`")
            }
            None => problem.similar_name(
                element.name,
                self.segment_variables().iter().map(String::as_str),
            ),
            Some((name, None)) => {
                let inserted = self.used(|kind| kind == Kind::Density);
                let used = inserted.iter().map(String::as_str);
                Problem::at(
                    text.span(),
                    format!("no section has the mechanism `{name}`"),
                )
                .known_names(name, used)
            }
            Some((name, Some(id))) if !self.model.is_inserted(section, id) => {
                let section = self
                    .model
                    .section(section)
                    .map(|section| section.name().to_owned());
                let section = section.unwrap_or_default();
                Problem::at(
                    text.span(),
                    format!("`{name}` is not inserted in `{section}`"),
                )
            }
            Some((name, Some(_))) => {
                let known = self
                    .description(place, Some(name))
                    .map(visible)
                    .unwrap_or_default();
                Problem::at(
                    text.span(),
                    format!("`{name}` has no variable `{}`", element.name),
                )
                .known_names(element.name, known)
            }
        }
    }

    /// Names that may follow a place alone.
    fn segment_variables(&self) -> Vec<String> {
        let mut names: Vec<String> = FIXED_UNITS
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        for ion in self.model.ions() {
            let ion = ion.name();
            names.extend([
                format!("i{ion}"),
                format!("e{ion}"),
                format!("{ion}i"),
                format!("{ion}o"),
            ]);
        }
        names
    }

    pub(super) fn description(&self, place: Place, mechanism: Option<&str>) -> Option<&Mechanism> {
        let id = match place {
            Place::Point(point) => self.model.point_mechanism(point).ok()?,
            _ => self.registered(mechanism?)?,
        };
        self.model.mechanism(id).ok()
    }

    fn units(&self, place: Place, variable: &Variable<'_>) -> String {
        match variable {
            Variable::Time => "ms".to_owned(),
            Variable::Segment {
                mechanism: None,
                element,
                ..
            } => {
                let fixed = FIXED_UNITS.iter().find(|(name, _)| *name == element.name);
                let units = fixed.map(|(_, units)| *units);
                match units.unwrap_or_else(|| self.ion_units(element.name)) {
                    "" => self.range_units(element.name),
                    units => units.to_owned(),
                }
            }
            Variable::Segment {
                mechanism, element, ..
            } => self.declared_units(place, *mechanism, element.name),
            Variable::Point { element, .. } => self.declared_units(place, None, element.name),
        }
    }

    fn declared_units(&self, place: Place, mechanism: Option<&str>, name: &str) -> String {
        let variable = self
            .description(place, mechanism)
            .and_then(|description| description.variable(name));
        variable
            .map(|variable| variable.units.clone())
            .unwrap_or_default()
    }

    /// Of `m_hh` or `vext`.
    fn range_units(&self, name: &str) -> String {
        let mut used = self.used(|kind| kind == Kind::Density).into_iter();
        let units = used.find_map(|mechanism| {
            let id = self.registered(&mechanism)?;
            let variables = &self.model.mechanism(id).ok()?.variables;
            let variable = variables.iter().find(|variable| {
                name == self
                    .model
                    .membrane_variable(Membrane::Density(id), &variable.name)
            });
            Some(variable?.units.clone())
        });
        units.unwrap_or_default()
    }

    fn ion_units(&self, name: &str) -> &'static str {
        for ion in self.model.ions() {
            let ion = ion.name();
            if name.strip_prefix('e') == Some(ion) {
                return "mV";
            } else if name.strip_prefix('i') == Some(ion) {
                return "mA/cm2";
            } else if name.strip_suffix(['i', 'o']) == Some(ion) {
                return "mM";
            }
        }
        ""
    }
}

/// Variables of every segment.
const FIXED_UNITS: &[(&str, &str)] = &[
    ("v", "mV"),
    ("i_cap", "mA/cm2"),
    ("i_membrane_", "nA"),
    ("cm", "uF/cm2"),
    ("diam", "um"),
    ("area", "um2"),
    ("ri", "megohm"),
];

fn time() -> Recorded {
    Recorded {
        column: Column {
            name: "t".to_owned(),
            units: "ms".to_owned(),
        },
        quantity: Quantity::Variable {
            place: Place::Model,
            name: "t".to_owned(),
        },
    }
}

fn visible(description: &Mechanism) -> Vec<&str> {
    let variables = description.variables.iter();
    let visible =
        variables.filter(|variable| variable.visible && variable.storage == Storage::Column);
    visible.map(|variable| variable.name.as_str()).collect()
}

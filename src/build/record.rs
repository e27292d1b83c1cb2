//! The columns of the result: variables by name, with their units.

use nmodl::mechanism::{Kind, Mechanism, Storage};
use runtime::{ModelError, Place};

use super::{Builder, Recorded};
use crate::model::located::At;
use crate::model::name::{self, Variable};
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
        if !recorded.iter().any(|column| column.place == Place::Model) {
            recorded.insert(0, time());
        }
        recorded
    }

    fn record(&mut self, text: &At<String>, variable: &Variable<'_>, recorded: &mut Vec<Recorded>) {
        let places: Vec<(String, Place)> = match variable {
            Variable::Time => return,
            Variable::Segment { place, .. } => {
                let x = place.position;
                let found = self.sections.find(place.section).into_iter();
                found
                    .map(|(name, section)| (format!("{name}({x})"), Place::Segment { section, x }))
                    .collect()
            }
            Variable::Point { point, .. } => {
                let found = self.points.find(point).into_iter();
                found
                    .map(|(name, id)| (name.to_owned(), Place::Point(id)))
                    .collect()
            }
        };
        if places.is_empty() {
            let problem = match variable {
                Variable::Point { point, .. } if self.sections.find(point).is_empty() => {
                    let names = self.points.iter().map(|(name, _)| name);
                    Problem::at(text.span(), self.points.missing(point)).known_names(point, names)
                }
                Variable::Point { point, element } => {
                    Problem::at(text.span(), format!("`{point}` is a section"))
                        .help(format!("write a place in it: `{point}(0.5).{element}`"))
                }
                Variable::Segment { place, .. } => {
                    let names = self.sections.iter().map(|(name, _)| name);
                    Problem::at(text.span(), self.sections.missing(place.section))
                        .known_names(place.section, names)
                }
                Variable::Time => return,
            };
            return self.problem(problem);
        }
        let name = match variable {
            Variable::Segment {
                mechanism: Some(mechanism),
                element,
                ..
            } => format!("{mechanism}.{element}"),
            Variable::Segment { element, .. } | Variable::Point { element, .. } => {
                element.to_string()
            }
            Variable::Time => return,
        };
        for (place_name, place) in places {
            if let Err(error) = self.model.get(place, &name) {
                let problem = self.no_variable(text, place, variable, &error);
                return self.problem(problem);
            }
            let units = self.units(place, variable);
            recorded.push(Recorded {
                column: Column {
                    name: format!("{place_name}.{name}"),
                    units,
                },
                place,
                name: name.clone(),
            });
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

    fn description(&self, place: Place, mechanism: Option<&str>) -> Option<&Mechanism> {
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
                units
                    .unwrap_or_else(|| self.ion_units(element.name))
                    .to_owned()
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
        place: Place::Model,
        name: "t".to_owned(),
    }
}

fn visible(description: &Mechanism) -> Vec<&str> {
    let variables = description.variables.iter();
    let visible =
        variables.filter(|variable| variable.visible && variable.storage == Storage::Column);
    visible.map(|variable| variable.name.as_str()).collect()
}

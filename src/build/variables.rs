//! The variables that a name or a pattern of the model file stands for.

use runtime::Place;

use super::Builder;
use crate::model::located::At;
use crate::model::name::{self, Variable};
use crate::problem::Problem;

/// A variable of the model. Whether its owner has one of that name is not known yet.
pub(super) struct Found {
    /// A segment or a point, by its full name.
    pub owner: String,
    /// Where it is.
    pub place: Place,
    /// As crate `runtime` calls it there.
    pub name: String,
}

impl Builder<'_> {
    /// Reads the name of a variable; what it cannot be is a problem.
    pub(super) fn variable_name<'t>(&mut self, text: &'t At<String>) -> Option<Variable<'t>> {
        match name::variable(text) {
            Ok(variable) => Some(variable),
            Err(error) => {
                let message = format!("`{}` {error}", text.as_str());
                self.problem(Problem::at(text.span(), message));
                None
            }
        }
    }

    /// The variables at all segments and points that `variable`, which is written as `text`, stands
    /// for; nothing being there is a problem. The time is none of them.
    pub(super) fn variables(&mut self, text: &At<String>, variable: &Variable<'_>) -> Vec<Found> {
        let name = match variable {
            Variable::Time => return Vec::new(),
            Variable::Segment {
                mechanism: Some(mechanism),
                element,
                ..
            } => format!("{mechanism}.{element}"),
            Variable::Segment { element, .. } | Variable::Point { element, .. } => {
                element.to_string()
            }
        };
        let owners: Vec<(String, Place)> = match variable {
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
            Variable::Time => Vec::new(),
        };
        if owners.is_empty() {
            let problem = self.no_owner(text, variable);
            self.problem(problem);
        }
        let owners = owners.into_iter();
        owners
            .map(|(owner, place)| Found {
                owner,
                place,
                name: name.clone(),
            })
            .collect()
    }

    fn no_owner(&self, text: &At<String>, variable: &Variable<'_>) -> Problem {
        match variable {
            Variable::Point { point, .. } if self.sections.find(point).is_empty() => {
                let names = self.points.iter().map(|(name, _)| name);
                let names = names.chain(self.linear.iter().map(|(name, _)| name));
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
            Variable::Time => Problem::at(text.span(), "`t` belongs to no place"),
        }
    }
}

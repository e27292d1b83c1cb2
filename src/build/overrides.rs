//! Values from the command line: `soma.hh.gnabar`, `dend*.pas.g`, `stim.amp`.

use runtime::Place;

use super::Builder;
use super::membrane::name_in_file;
use crate::model::file::Override;
use crate::model::located::OneOrMany;
use crate::model::name::{self, Variable};
use crate::problem::Problem;

impl Builder<'_> {
    /// Sets variables of sections and of points.
    pub(super) fn overrides(&mut self, overrides: &[Override]) {
        for each in overrides {
            let path = each.path.as_str();
            let places = if name::is_place(path) {
                self.one_place(each)
            } else {
                self.find(path)
            };
            if places.is_empty() {
                let problem = self.nothing_to_set(each);
                self.problem(problem);
            }
            for (place, variable) in places {
                if !self.set(each, place, &variable) {
                    break;
                }
            }
        }
    }

    fn one_place(&self, each: &Override) -> Vec<(Place, String)> {
        let Ok(Variable::Segment {
            place,
            mechanism,
            element,
        }) = name::variable(&each.path)
        else {
            return Vec::new();
        };
        let variable = match mechanism {
            Some(mechanism) => format!("{mechanism}.{element}"),
            None => element.to_string(),
        };
        let x = place.position;
        let found = self.sections.find(place.section).into_iter();
        found
            .map(|(_, section)| (Place::Segment { section, x }, variable.clone()))
            .collect()
    }

    /// Sections with `MECHANISM.VARIABLE` or `VARIABLE`, or points with `VARIABLE`.
    fn find(&self, path: &str) -> Vec<(Place, String)> {
        let Some((owner, variable)) = path.rsplit_once('.') else {
            return Vec::new();
        };
        let points = self.points.find(owner);
        if !points.is_empty() {
            let name = |id| {
                let mechanism = self.model.point_mechanism(id);
                match mechanism.and_then(|mechanism| self.model.mechanism(mechanism)) {
                    Ok(description) => name_in_file(description, variable),
                    Err(_) => variable,
                }
            };
            return points
                .into_iter()
                .map(|(_, id)| (Place::Point(id), name(id).to_owned()))
                .collect();
        }
        let of_sections = |pattern: &str, variable: &str| -> Vec<(Place, String)> {
            self.sections
                .iter()
                .filter(|(name, _)| name::selects(pattern, name))
                .flat_map(|(_, section)| {
                    let known = self.model.section(section);
                    let count = known
                        .map(|section| section.segment_count())
                        .unwrap_or_default();
                    (0..count).map(move |index| {
                        let x = (index as f64 + 0.5) / count as f64;
                        Place::Segment { section, x }
                    })
                })
                .map(|place| (place, variable.to_owned()))
                .collect()
        };
        let direct = of_sections(owner, variable);
        if !direct.is_empty() {
            return direct;
        }
        match owner.rsplit_once('.') {
            Some((section, mechanism)) => of_sections(section, &format!("{mechanism}.{variable}")),
            None => Vec::new(),
        }
    }

    fn set(&mut self, each: &Override, place: Place, variable: &str) -> bool {
        let values: Vec<(String, f64)> = match &*each.value {
            OneOrMany::One(value) => vec![(variable.to_owned(), *value)],
            OneOrMany::Many(values) => values
                .iter()
                .enumerate()
                .map(|(index, value)| (format!("{variable}[{index}]"), *value))
                .collect(),
        };
        for (variable, value) in values {
            if let Err(error) = self.model.set(place, &variable, value) {
                let (mechanism, last) = match variable.split_once('.') {
                    Some((mechanism, last)) => (Some(mechanism), last),
                    None => (None, variable.as_str()),
                };
                let element = name::Element {
                    name: last,
                    index: None,
                };
                let parsed = match place {
                    Place::Point(_) => Variable::Point { point: "", element },
                    _ => Variable::Segment {
                        place: name::Place {
                            section: "",
                            position: 0.5,
                        },
                        mechanism,
                        element,
                    },
                };
                let problem = self.no_variable(&each.path, place, &parsed, &error);
                self.problem(problem);
                return false;
            }
        }
        true
    }

    fn nothing_to_set(&self, each: &Override) -> Problem {
        let path = each.path.as_str();
        let first = path.split('.').next().unwrap_or(path);
        let names = self.points.iter().map(|(name, _)| name);
        let names = names.chain(self.sections.iter().map(|(name, _)| name));
        let top = [
            "run",
            "globals",
            "sections",
            "regions",
            "points",
            "cells",
            "connections",
            "gap_junctions",
            "pointers",
            "linear_mechanisms",
        ];
        Problem::at(
            each.path.span(),
            format!("there is nothing named `{path}` to set"),
        )
        .known_names(first, names.chain(top))
    }
}

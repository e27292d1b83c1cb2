//! Mechanisms and their parameters.

use std::collections::HashSet;

use nmodl::mechanism::{Kind, Mechanism, Role, Storage, Variable};
use runtime::{DEFAULT_LAYERS, EXTRACELLULAR, MOST_LAYERS, Place, SectionId};

use super::Builder;
use super::cell::Properties;
use super::shape::CellSection;
use crate::model::file::Parameters;
use crate::model::located::{At, Entries, OneOrMany};
use crate::problem::Problem;

/// The number of extracellular's layers.
const LAYERS: &str = "nlayer";

/// Values for the elements of a variable, by the names that crate `runtime` knows.
pub type Assignments = Vec<(String, f64)>;

impl Builder<'_> {
    pub(super) fn insert(&mut self, properties: &Properties<'_>, sections: &[CellSection<'_>]) {
        for (name, _) in properties.insert.iter() {
            let Some(mechanism) = self.registered(name) else {
                continue;
            };
            if let Ok(Kind::PointProcess | Kind::ArtificialCell) = self
                .model
                .mechanism(mechanism)
                .map(|description| description.kind)
            {
                let message = format!("`{}` cannot be inserted", name.as_str());
                let help = format!(
                    "make a point of it: `class = \"{}\"` below `[points.NAME]`",
                    name.as_str()
                );
                self.problem(
                    Problem::at(name.span(), message)
                        .label("not a density mechanism")
                        .help(help),
                );
                continue;
            }
            for &index in &properties.sections {
                let inserted = self.model.insert(sections[index].id, mechanism);
                if self.take(inserted, name.span()).is_none() {
                    break;
                }
            }
        }
    }

    pub(super) fn set_parameters(
        &mut self,
        properties: &Properties<'_>,
        sections: &[CellSection<'_>],
    ) {
        for (name, parameters) in properties.insert.iter() {
            let assignments = self.assignments(name, parameters, Storage::Column);
            for &index in &properties.sections {
                self.set_all(sections[index].id, name, &assignments);
            }
        }
    }

    pub(super) fn set_all(
        &mut self,
        section: SectionId,
        mechanism: &At<String>,
        values: &Assignments,
    ) {
        for (variable, value) in values {
            let path = format!("{}.{variable}", mechanism.as_str());
            let set = self.model.set_section(section, &path, *value);
            if self.take(set, mechanism.span()).is_none() {
                break;
            }
        }
    }

    /// Values of a mechanism's parameters; what is wrong with them is a problem.
    pub(super) fn assignments(
        &mut self,
        mechanism: &str,
        parameters: &Parameters,
        storage: Storage,
    ) -> Assignments {
        let Some(id) = self.registered(mechanism) else {
            return Vec::new();
        };
        let Ok(description) = self.model.mechanism(id) else {
            return Vec::new();
        };
        let mut values = Vec::new();
        let mut problems = Vec::new();
        for (name, value) in parameters.iter() {
            match assign(description, name, value, storage) {
                Ok(assigned) => values.extend(assigned),
                Err(problem) => problems.push(problem),
            }
        }
        self.problems.extend(problems);
        values
    }

    /// How many layers extracellular has: NEURON's `nlayer_extracellular`.
    pub(super) fn layers(&mut self, globals: &Entries<Parameters>) -> usize {
        let Some(written) = globals.get(EXTRACELLULAR).and_then(|g| g.get(LAYERS)) else {
            return DEFAULT_LAYERS;
        };
        match **written {
            OneOrMany::One(layers)
                if layers.fract() == 0.0 && (1.0..=MOST_LAYERS as f64).contains(&layers) =>
            {
                layers as usize
            }
            _ => {
                let message = format!("`{LAYERS}` must be a whole number from 1 to {MOST_LAYERS}");
                self.problem(Problem::at(written.span(), message));
                DEFAULT_LAYERS
            }
        }
    }

    pub(super) fn globals(&mut self, globals: &Entries<Parameters>) {
        for (mechanism, parameters) in globals.iter() {
            if self.registered(mechanism).is_none() {
                let used = self.used(|_| true);
                let message = format!("no section or point uses `{}`", mechanism.as_str());
                let used = used.iter().map(String::as_str);
                let problem = Problem::at(mechanism.span(), message).known_names(mechanism, used);
                self.problem(problem);
                continue;
            }
            if mechanism.as_str() == EXTRACELLULAR {
                self.globals_of_extracellular(parameters);
                continue;
            }
            for (variable, value) in self.assignments(mechanism, parameters, Storage::Global) {
                let path = format!("{}.{variable}", mechanism.as_str());
                let set = self.model.set(Place::Model, &path, value);
                self.take(set, mechanism.span());
            }
        }
    }

    /// The number of layers is all that may be set.
    fn globals_of_extracellular(&mut self, parameters: &Parameters) {
        for (name, _) in parameters
            .iter()
            .filter(|(name, _)| name.as_str() != LAYERS)
        {
            let id = self.registered(EXTRACELLULAR);
            let description = id.and_then(|id| self.model.mechanism(id).ok());
            let is_range = description.is_some_and(|d| d.variable(name).is_some());
            let problem = match is_range {
                true => Problem::at(
                    name.span(),
                    format!(
                        "`{}` is a RANGE variable of `{EXTRACELLULAR}`",
                        name.as_str()
                    ),
                )
                .help(format!("set it where `{EXTRACELLULAR}` is inserted")),
                false => Problem::at(
                    name.span(),
                    format!("`{EXTRACELLULAR}` has no parameter `{}`", name.as_str()),
                )
                .known_names(name, [LAYERS]),
            };
            self.problem(problem);
        }
    }
}

/// Values of one variable's elements.
fn assign(
    description: &Mechanism,
    name: &At<String>,
    value: &At<OneOrMany<f64>>,
    storage: Storage,
) -> Result<Assignments, Problem> {
    let mechanism = &description.name;
    let written = name_in_file(description, name);
    let variable = match description
        .variable(written)
        .filter(|variable| variable.visible)
    {
        Some(variable) if variable.storage == storage => variable,
        Some(_) => {
            let problem = format!(
                "`{written}` is {} variable of `{mechanism}`",
                match storage {
                    Storage::Column => "a GLOBAL",
                    Storage::Global => "a RANGE",
                }
            );
            return Err(Problem::at(name.span(), problem).help(match storage {
                Storage::Column => format!("set it below `[globals.{mechanism}]`"),
                Storage::Global => format!("set it where `{mechanism}` is inserted"),
            }));
        }
        None => {
            return Err(Problem::at(
                name.span(),
                format!("`{mechanism}` has no parameter `{written}`"),
            )
            .known_names(written, parameters(description, storage)));
        }
    };
    values(variable, value)
}

/// The name in the `.mod` file. As in NEURON's Python, where `del` is a word of the language,
/// `delay` is the `del` of a mechanism that has no `delay` of its own.
pub fn name_in_file<'a>(description: &Mechanism, written: &'a str) -> &'a str {
    if written == "delay"
        && description.variable("delay").is_none()
        && description.variable("del").is_some()
    {
        return "del";
    }
    written
}

fn values(variable: &Variable, value: &At<OneOrMany<f64>>) -> Result<Assignments, Problem> {
    let written = variable.name.as_str();
    match (&**value, variable.array_len) {
        (OneOrMany::One(number), None | Some(1)) => Ok(vec![(written.to_owned(), *number)]),
        (OneOrMany::Many(numbers), Some(length)) if numbers.len() == length => Ok(numbers
            .iter()
            .enumerate()
            .map(|(index, number)| (format!("{written}[{index}]"), *number))
            .collect()),
        (_, Some(length)) => Err(Problem::at(
            value.span(),
            format!("`{written}` has {length} elements"),
        )
        .help("write a list of as many numbers")),
        (OneOrMany::Many(_), None) => Err(Problem::at(
            value.span(),
            format!("`{written}` is not an array"),
        )
        .help("write one number")),
    }
}

/// The names of a mechanism's parameters.
pub fn parameters(description: &Mechanism, storage: Storage) -> impl Iterator<Item = &str> {
    let mut seen = HashSet::new();
    description
        .variables
        .iter()
        .filter(move |variable| {
            variable.visible && variable.storage == storage && variable.role == Role::Parameter
        })
        .map(|variable| variable.name.as_str())
        .filter(move |name| seen.insert(*name))
}

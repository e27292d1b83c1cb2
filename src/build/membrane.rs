//! Mechanisms, their parameters, and ions.

use std::collections::HashSet;

use nmodl::mechanism::{Kind, Mechanism, Role, Storage, Variable};
use runtime::ion::{IonOwner, IonStyle};
use runtime::{DEFAULT_LAYERS, EXTRACELLULAR, MOST_LAYERS, Place, SectionId};

use super::Builder;
use super::cell::Properties;
use super::shape::CellSection;
use crate::model::file::{Ion, Parameters};
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

    pub(super) fn set_ions(&mut self, properties: &Properties<'_>, sections: &[CellSection<'_>]) {
        for (name, ion) in properties.ions.iter() {
            let ids: Vec<SectionId> = properties
                .sections
                .iter()
                .map(|&index| sections[index].id)
                .collect();
            let present = self.with_ion(name, &ids);
            if present.is_empty() && !ids.is_empty() {
                let message = format!("no mechanism here uses the ion `{}`", name.as_str());
                self.no_ion(name, message);
            }
            for id in present {
                self.set_ion(id, name, ion);
            }
        }
    }

    /// The concentrations of the top table of ions, from which mechanisms start.
    pub(super) fn initial_concentrations(&mut self, ions: &Entries<Ion>) {
        for (name, ion) in ions.iter() {
            if self.model.find_ion(name).is_none() {
                let message = format!("no mechanism uses the ion `{}`", name.as_str());
                self.no_ion(name, message);
                continue;
            }
            for (side, value) in [("i", ion.inside), ("o", ion.outside)] {
                if let Some(value) = value {
                    let ion = name.as_str();
                    let set =
                        self.model
                            .set(Place::Model, &format!("{ion}{side}0_{ion}_ion"), value);
                    self.take(set, name.span());
                }
            }
        }
    }

    /// Reversal potentials and styles of the top table, in the sections of a cell that have the
    /// ion. Regions and sections come later and may replace them.
    pub(super) fn ions_of_cell(&mut self, ions: &Entries<Ion>, sections: &[CellSection<'_>]) {
        let ids: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
        for (name, ion) in ions.iter() {
            let everywhere = Ion {
                inside: None,
                outside: None,
                ..ion.clone()
            };
            for id in self.with_ion(name, &ids) {
                self.set_ion(id, name, &everywhere);
            }
        }
    }

    fn no_ion(&mut self, name: &At<String>, message: String) {
        let known = self.model.ions().iter().map(|ion| ion.name());
        let problem = Problem::at(name.span(), message).known_names(name, known);
        self.problem(problem);
    }

    fn with_ion(&self, ion: &str, sections: &[SectionId]) -> Vec<SectionId> {
        let variable = format!("e{ion}");
        let has = |&id: &SectionId| {
            let place = Place::Segment {
                section: id,
                x: 0.5,
            };
            self.model.get(place, &variable).is_ok()
        };
        sections.iter().copied().filter(has).collect()
    }

    fn set_ion(&mut self, section: SectionId, name: &At<String>, ion: &Ion) {
        if let Some(style) = ion.style {
            match (ion_style(style), self.model.find_ion(name)) {
                (Some(style), Some(id)) => {
                    let set = self.model.set_ion_style(section, id, style);
                    self.take(set, name.span());
                }
                (None, _) => self.problem(
                    Problem::at(
                        name.span(),
                        format!("`style` of `{}` is none of NEURON's", name.as_str()),
                    )
                    .help("the five integers are from 0 to 3, 0 to 3, and 0 or 1 three times"),
                ),
                (_, None) => {}
            }
        }
        let ion_name = name.as_str();
        for (variable, value) in [
            (format!("e{ion_name}"), ion.reversal),
            (format!("{ion_name}i"), ion.inside),
            (format!("{ion_name}o"), ion.outside),
        ] {
            if let Some(value) = value {
                let set = self.model.set_section(section, &variable, value);
                self.take(set, name.span());
            }
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

/// The five numbers of NEURON's `ion_style`.
fn ion_style([c_style, e_style, einit, eadvance, cinit]: [i32; 5]) -> Option<IonStyle> {
    let owner = |number| match number {
        0 => Some(IonOwner::Unused),
        1 => Some(IonOwner::Parameter),
        2 => Some(IonOwner::Assigned),
        3 => Some(IonOwner::State),
        _ => None,
    };
    let flag = |number| match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    };
    Some(IonStyle {
        concentration: owner(c_style)?,
        reversal: owner(e_style)?,
        initialize_reversal: flag(einit)?,
        advance_reversal: flag(eadvance)?,
        initialize_concentration: flag(cinit)?,
    })
}

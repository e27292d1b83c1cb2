//! From a model file to a model of crate `runtime`.
//!
//! Every name is looked up here: sections, mechanisms, parameters, points, variables. All
//! problems are collected; each says where in the model file it is.

mod cell;
mod coupling;
mod discretization;
mod ion;
mod linear;
mod membrane;
mod method;
mod names;
mod network;
mod overrides;
mod point;
mod record;
mod shape;
mod variables;

use std::collections::HashMap;
use std::fmt::Display;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use nmodl::mechanism::{Compiled, Kind};
use runtime::{
    EXTRACELLULAR, MechanismId, Model, NetConId, Place, PointProcessId, SectionId, Series,
};

use crate::model::file::ModelFile;
use crate::model::located::At;
use crate::problem::{Problem, Problems};
use crate::result::Column;
use crate::swc::SwcSection;
use names::Names;

/// What a model file needs from outside.
pub trait Surroundings {
    /// The names of all mechanisms that can be had, in the order in which they are to be
    /// registered.
    fn mechanism_names(&self) -> Vec<String>;

    /// Compiles the mechanism of that name.
    ///
    /// # Errors
    ///
    /// The compiler's messages, ready to be shown.
    fn mechanism(&mut self, name: &str) -> Result<Arc<Compiled>, String>;

    /// Its rank, if it has one ([`Model::set_rank`]).
    fn rank(&self, _name: &str) -> Option<u32> {
        None
    }

    /// The text of a file that the model file names.
    ///
    /// # Errors
    ///
    /// Those of reading it.
    fn read(&mut self, file: &str) -> io::Result<String>;
}

/// What becomes a column of the result.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Name and units.
    pub column: Column,
    /// What it is.
    pub quantity: Quantity,
}

/// What can be recorded.
#[derive(Clone, Debug)]
pub enum Quantity {
    /// A variable of the model.
    Variable {
        /// Where it is.
        place: Place,
        /// Its name there.
        name: String,
    },
    /// An unknown of the user's own equations.
    Unknown {
        /// Their unknowns.
        y: Series,
        /// Which one.
        index: usize,
    },
}

impl Recorded {
    /// Whether it is the time.
    pub fn is_time(&self) -> bool {
        let place = Place::Model;
        matches!(&self.quantity, Quantity::Variable { place: at, .. } if *at == place)
    }
}

/// A source of events whose times are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct SpikeSource {
    /// A place or a point, by its full name.
    pub name: String,
    /// The NetCon that watches it.
    pub netcon: NetConId,
}

/// A model that is ready to run.
#[derive(Debug)]
pub struct Built {
    /// The model.
    pub model: Model,
    /// The columns of the result; the time is the first, unless the model file lists it
    /// elsewhere.
    pub recorded: Vec<Recorded>,
    /// What the spike times are kept of.
    pub spikes: Vec<SpikeSource>,
}

/// Why a model cannot be built.
#[derive(Debug)]
pub enum BuildError {
    /// Problems in the model file.
    Model(Vec<Problem>),
    /// Problems in a morphology.
    Morphology(Problems),
    /// Problems in `.mod` files, as the compiler says them.
    Mechanisms(String),
}

/// Builds a model.
///
/// # Errors
///
/// All problems that were found.
pub fn build(file: &ModelFile, surroundings: &mut dyn Surroundings) -> Result<Built, BuildError> {
    let mut builder = Builder::new(surroundings);
    let layers = builder.layers(&file.globals);
    builder.mechanisms(file, layers)?;
    builder.run(&file.run);
    builder.globals(&file.globals);
    builder.cells(file)?;
    builder.initial_concentrations(&file.ions);
    builder.overrides(&file.overrides);
    builder.tolerances(&file.run);
    builder.connections(&file.connections);
    builder.pointers(&file.pointers, &file.run);
    builder.gap_junctions(&file.gap_junctions, &file.run);
    builder.linear_mechanisms(&file.linear_mechanisms, &file.run, layers);
    let spikes = file
        .spikes
        .as_ref()
        .map(|spikes| builder.spikes(spikes))
        .unwrap_or_default();
    let recorded = builder.recorded(&file.record);
    if builder.problems.is_empty() {
        Ok(Built {
            model: builder.model,
            recorded,
            spikes,
        })
    } else {
        Err(BuildError::Model(builder.problems))
    }
}

/// The model so far, and what is wrong with it.
struct Builder<'s> {
    surroundings: &'s mut dyn Surroundings,
    model: Model,
    sections: Names<SectionId>,
    points: Names<PointProcessId>,
    /// Linear mechanisms: which of `unknowns` is theirs.
    linear: Names<usize>,
    unknowns: Vec<Series>,
    /// Morphologies that were read, by the file's name.
    morphologies: HashMap<String, Vec<SwcSection>>,
    /// The threshold of a place that watches `v`, and where it is written.
    thresholds: HashMap<String, At<f64>>,
    problems: Vec<Problem>,
}

impl<'s> Builder<'s> {
    fn new(surroundings: &'s mut dyn Surroundings) -> Self {
        Self {
            surroundings,
            model: Model::new(),
            sections: Names::new("section"),
            points: Names::new("point"),
            linear: Names::new("linear mechanism"),
            unknowns: Vec::new(),
            morphologies: HashMap::new(),
            thresholds: HashMap::new(),
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Takes what crate `runtime` gives; an error of it becomes a problem at `span`.
    fn take<T>(&mut self, result: Result<T, impl Display>, span: Range<usize>) -> Option<T> {
        result
            .map_err(|error| self.problem(Problem::at(span, error.to_string())))
            .ok()
    }

    /// Compiles and registers every mechanism that the file names, in the order of the
    /// library: that is the order in which their states advance.
    fn mechanisms(&mut self, file: &ModelFile, layers: usize) -> Result<(), BuildError> {
        let mut used = used_mechanisms(file);
        if let Some(place) = used.remove(EXTRACELLULAR) {
            let added = self.model.add_extracellular(layers);
            self.take(added, place.span());
            self.check_implicit(place, "has potentials of its own", &file.run);
        }
        let known = self.surroundings.mechanism_names();
        let mut messages = String::new();
        for name in &known {
            let Some(place) = used.remove(name.as_str()) else {
                continue;
            };
            match self.surroundings.mechanism(name) {
                Ok(compiled) => {
                    let added = self.model.add_mechanism(compiled);
                    let rank = self.surroundings.rank(name);
                    if let Some(id) = self.take(added, place.span()) {
                        self.check_integrated(id, place, &file.run);
                        if let Some(rank) = rank {
                            let ranked = self.model.set_rank(id, rank);
                            self.take(ranked, place.span());
                        }
                    }
                }
                Err(text) => messages.push_str(&text),
            }
        }
        if !messages.is_empty() {
            return Err(BuildError::Mechanisms(messages));
        }
        for (name, place) in used {
            let names = known.iter().map(String::as_str).chain([EXTRACELLULAR]);
            self.problem(
                Problem::at(place.span(), format!("there is no mechanism `{name}`"))
                    .label("neither shipped nor in `mechanisms`")
                    .similar_name(name, names),
            );
        }
        Ok(())
    }

    fn cells(&mut self, file: &ModelFile) -> Result<(), BuildError> {
        self.cell(file.own_cell(), &file.ions, "")?;
        for (name, cell) in file.cells.iter() {
            self.check_new_name(name, false);
            let before = self.problems.len();
            for index in 0..cell.count.unwrap_or(1) {
                let prefix = match cell.count {
                    Some(_) => format!("{}[{index}].", name.as_str()),
                    None => format!("{}.", name.as_str()),
                };
                self.cell(cell.tables(), &file.ions, &prefix)?;
                self.points_of(cell.tables(), &prefix);
                // The others have the same problems.
                if self.problems.len() > before {
                    break;
                }
            }
        }
        // They may be in any cell.
        self.points_of(file.own_cell(), "");
        Ok(())
    }

    fn check_new_name(&mut self, name: &At<String>, index_allowed: bool) {
        if let Some(reason) = crate::model::name::reject_new_name(name, index_allowed) {
            self.problem(
                Problem::at(name.span(), format!("`{}` cannot be a name", name.as_str()))
                    .help(reason),
            );
        }
    }

    /// The names of the mechanisms of some kinds that the model uses.
    fn used(&self, of: impl Fn(Kind) -> bool) -> Vec<String> {
        let mut known = self.surroundings.mechanism_names();
        known.push(EXTRACELLULAR.to_owned());
        known.retain(|name| {
            let description = self.registered(name).map(|id| self.model.mechanism(id));
            description.is_some_and(|description| description.is_ok_and(|it| of(it.kind)))
        });
        known
    }

    /// The id of a mechanism that [`Self::mechanisms`] registered; unknown ones are a problem
    /// already.
    fn registered(&self, name: &str) -> Option<MechanismId> {
        self.model.find_mechanism(name)
    }
}

/// The mechanisms that a file names, each with the first place where it does.
fn used_mechanisms(file: &ModelFile) -> HashMap<&str, &At<String>> {
    let mut names: Vec<&At<String>> = Vec::new();
    let cells = file.cells.iter().map(|(_, cell)| cell.tables());
    for cell in cells.chain([file.own_cell()]) {
        let sections = cell.sections.iter().map(|(_, section)| &section.insert);
        let regions = cell.regions.iter().map(|(_, region)| &region.insert);
        names.extend(
            sections
                .chain(regions)
                .flat_map(|insert| insert.iter().map(|(name, _)| name)),
        );
        names.extend(cell.points.iter().map(|(_, point)| &point.class));
    }
    let mut used = HashMap::new();
    for name in names {
        used.entry(name.as_str()).or_insert(name);
    }
    used
}

//! Gap junctions: variables that follow others, and POINTERs.

use std::collections::HashMap;
use std::ops::Range;

use nmodl::mechanism::{Mechanism, PointerKind};
use runtime::{ModelError, Place, SectionId, Target};

use super::Builder;
use super::network::Pairing;
use super::variables::Found;
use crate::model::file::{GapJunction, Method, Pointer, Run};
use crate::model::located::At;
use crate::model::name::Variable;
use crate::problem::Problem;

impl Builder<'_> {
    /// Has variables follow those of other places.
    pub(super) fn gap_junctions(&mut self, junctions: &[GapJunction], run: &Run) {
        if let (Some(first), Method::CvodeLocal) = (junctions.first(), *run.method) {
            let see = "this needs the potentials of both cells at one time";
            self.problem(
                Problem::at(
                    run.method.span(),
                    "gap junctions cannot be integrated with this method",
                )
                .label("each cell is at a time of its own")
                .see(first.source_var.span(), see)
                .help("`method = \"cvode\"` has one time for all cells"),
            );
        }
        let mut followed: HashMap<(String, String), Range<usize>> = HashMap::new();
        for junction in junctions {
            let sources = self.present(&junction.source_var);
            let targets = self.present(&junction.target_var);
            let pairing = Pairing {
                rule: junction.rule.as_ref(),
                pairs: junction.pairs.as_deref(),
                from: &junction.source_var,
                to: &junction.target_var,
            };
            for (from, to) in self.paired(pairing, &sources, &targets) {
                if !self.is_first(&mut followed, to, &junction.target_var, "follows") {
                    break;
                }
                let made = self
                    .model
                    .transfer((from.place, &from.name), (to.place, &to.name));
                if self.take(made, junction.target_var.span()).is_none() {
                    break;
                }
            }
        }
    }

    /// Has POINTERs point at variables.
    pub(super) fn pointers(&mut self, pointers: &[Pointer], run: &Run) {
        let mut pointing: HashMap<(String, String), Range<usize>> = HashMap::new();
        for each in pointers {
            let variables = self.present(&each.variable);
            let pointers = self.pointers_of(&each.pointer);
            let pairing = Pairing {
                rule: each.rule.as_ref(),
                pairs: each.pairs.as_deref(),
                from: &each.variable,
                to: &each.pointer,
            };
            for (variable, pointer) in self.paired(pairing, &variables, &pointers) {
                if !self.is_first(&mut pointing, pointer, &each.pointer, "points at") {
                    break;
                }
                if *run.method == Method::CvodeLocal && self.are_of_two_cells(variable, pointer) {
                    let message = format!(
                        "`{}` is of another cell than `{}`",
                        variable.owner, pointer.owner
                    );
                    let see = "with this method each cell is at a time of its own";
                    self.problem(
                        Problem::at(each.variable.span(), message)
                            .see(run.method.span(), see)
                            .help("`method = \"cvode\"` has one time for all cells"),
                    );
                    break;
                }
                let target = Target::Variable {
                    place: variable.place,
                    name: variable.name.clone(),
                };
                let set = self
                    .model
                    .set_pointer(pointer.place, &pointer.name, Some(target));
                if self.take(set, each.variable.span()).is_none() {
                    break;
                }
            }
        }
    }

    /// The variables that a name or a pattern stands for, if they are there.
    fn present(&mut self, text: &At<String>) -> Vec<Found> {
        let Some(variable) = self.variable_name(text) else {
            return Vec::new();
        };
        if variable == Variable::Time {
            let message = "`t` is no variable of a place";
            self.problem(Problem::at(text.span(), message).help("as `soma(0.5).v` is"));
        }
        let found = self.variables(text, &variable);
        for each in &found {
            match self.model.get(each.place, &each.name) {
                // Of a POINTER that is not set yet; what uses it says so.
                Ok(_) | Err(ModelError::UnsetPointer { .. }) => {}
                Err(error) => {
                    let problem = self.no_variable(text, each.place, &variable, &error);
                    self.problem(problem);
                    return Vec::new();
                }
            }
        }
        found
    }

    /// The POINTERs that a name or a pattern stands for.
    fn pointers_of(&mut self, text: &At<String>) -> Vec<Found> {
        let Some(variable) = self.variable_name(text) else {
            return Vec::new();
        };
        let found = self.variables(text, &variable);
        for each in &found {
            let Err(error) = self.model.pointer(each.place, &each.name) else {
                continue;
            };
            let (mechanism, written) = match variable {
                Variable::Segment {
                    mechanism, element, ..
                } => (mechanism, element.name),
                Variable::Point { element, .. } => (None, element.name),
                Variable::Time => (None, "t"),
            };
            let known = self.description(each.place, mechanism).map(pointers);
            let problem = Problem::at(text.span(), error.to_string());
            let problem = match known {
                Some(known) if !known.is_empty() => problem.known_names(written, known),
                _ => problem.help("a POINTER is declared in the NEURON block of a `.mod` file"),
            };
            self.problem(problem);
            return Vec::new();
        }
        found
    }

    /// Whether this is the first that is said of a variable; if not, it is a problem.
    fn is_first(
        &mut self,
        said: &mut HashMap<(String, String), Range<usize>>,
        of: &Found,
        text: &At<String>,
        does: &str,
    ) -> bool {
        let key = (of.owner.clone(), of.name.clone());
        match said.insert(key, text.span()) {
            None => true,
            Some(before) => {
                let message = format!("`{}.{}` {does} two variables", of.owner, of.name);
                let problem = Problem::at(text.span(), message);
                self.problem(match before == text.span() {
                    true => problem.help("`pairs` says which belongs to which"),
                    false => problem.see(before, "the first is here"),
                });
                false
            }
        }
    }

    fn are_of_two_cells(&self, a: &Found, b: &Found) -> bool {
        let root = |found: &Found| {
            let section = match found.place {
                Place::Segment { section, .. } => section,
                Place::Point(point) => self.model.point_location(point).ok()??.0,
                Place::Model => return None,
            };
            Some(self.root_of(section))
        };
        matches!((root(a), root(b)), (Some(a), Some(b)) if a != b)
    }

    fn root_of(&self, mut section: SectionId) -> SectionId {
        while let Ok(known) = self.model.section(section)
            && let Some(connection) = known.connection()
        {
            section = connection.parent;
        }
        section
    }
}

/// Names of the POINTERs of a mechanism.
fn pointers(description: &Mechanism) -> Vec<&str> {
    let pointers = description.pointers.iter();
    let pointers = pointers.filter(|pointer| pointer.kind != PointerKind::External);
    pointers.map(|pointer| pointer.name.as_str()).collect()
}

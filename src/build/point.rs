//! Point processes and artificial cells.

use nmodl::mechanism::{Kind, Storage};
use runtime::session::vector::{Vector, VectorHandle};
use runtime::{ModelError, Place, PointProcessId, SectionId};

use super::Builder;
use super::shape::numbered;
use crate::model::file::Point;
use crate::model::located::{At, OneOrMany};
use crate::model::name;
use crate::problem::Problem;

impl Builder<'_> {
    /// Makes the point, or the points, of one table.
    pub(super) fn point(&mut self, key: &At<String>, point: &Point, prefix: &str) {
        self.check_new_name(key, false);
        let class = &point.class;
        let Some(mechanism) = self.registered(class) else {
            return;
        };
        let kind = match self.model.mechanism(mechanism) {
            Ok(description) => description.kind,
            Err(_) => return,
        };
        let made: Vec<(String, Result<PointProcessId, ModelError>)> = match (kind, &point.at) {
            (Kind::PointProcess, Some(at)) => {
                if let Some(count) = &point.count {
                    self.problem(
                        Problem::at(count.span(), "`count` is for artificial cells")
                            .help("a list of places in `at` makes an array of point processes"),
                    );
                    return;
                }
                let places = self.places(at, prefix);
                let names = match **at {
                    OneOrMany::One(_) => vec![key.to_string()],
                    OneOrMany::Many(_) => numbered(key, Some(places.len() as u32)),
                };
                let place = |(section, x)| self.model.add_point_process(mechanism, section, x);
                names
                    .into_iter()
                    .zip(places.into_iter().map(place))
                    .collect()
            }
            (Kind::ArtificialCell, None) => numbered(key, point.count.as_deref().copied())
                .into_iter()
                .map(|name| (name, self.model.add_artificial_cell(mechanism)))
                .collect(),
            (Kind::PointProcess, None) => {
                return self.problem(
                    Problem::at(key.span(), format!("`{}` needs a place", key.as_str()))
                        .help("write where it is: `at = \"soma(0.5)\"`"),
                );
            }
            (Kind::ArtificialCell, Some(at)) => {
                return self.problem(
                    Problem::at(at.span(), format!("`{}` has no place", key.as_str()))
                        .label(format!("`{}` is an artificial cell", class.as_str())),
                );
            }
            (Kind::Density | Kind::Nothing, _) => {
                return self.problem(
                    Problem::at(
                        class.span(),
                        format!("`{}` is not a point process", class.as_str()),
                    )
                    .help(format!(
                        "insert it in a section: `insert.{} = {{}}`",
                        class.as_str()
                    )),
                );
            }
        };
        let values = self.assignments(class, &point.set, Storage::Column);
        for (name, id) in made {
            let Some(id) = self.take(id, key.span()) else {
                return;
            };
            let constructed = self.model.construct(id, &[]).map_err(|e| e.to_string());
            if let Err(message) = constructed {
                return self.problem(Problem::at(key.span(), message));
            }
            let full = format!("{prefix}{name}");
            if let Err(message) = self.points.add(&full, id) {
                return self.problem(Problem::at(key.span(), message));
            }
            let named = self.model.name_point(id, &full);
            self.take(named, key.span());
            if let Some(times) = &point.play
                && !self.play(id, times, class)
            {
                return;
            }
            for (variable, value) in &values {
                let set = self.model.set(Place::Point(id), variable, *value);
                if self.take(set, key.span()).is_none() {
                    return;
                }
            }
        }
    }

    /// Has a point play times; false after a problem.
    fn play(&mut self, id: PointProcessId, times: &At<Vec<f64>>, class: &At<String>) -> bool {
        let problem = if times
            .iter()
            .any(|time| !(0.0..f64::INFINITY).contains(time))
        {
            Problem::at(times.span(), "times are finite and not negative")
        } else if !times.is_sorted() {
            Problem::at(times.span(), "times ascend")
        } else {
            let values = VectorHandle::new(Vector::from(times.to_vec()));
            match self.model.play_vector(id, values) {
                Ok(true) => return true,
                Ok(false) => {
                    let message = format!("`{}` cannot play times", class.as_str());
                    Problem::at(times.span(), message)
                        .help("`VecStim` can: a PROCEDURE `play` takes a Vector")
                }
                Err(error) => Problem::at(times.span(), error.to_string()),
            }
        };
        self.problem(problem);
        false
    }

    /// The places that `at` names, within the cell of that prefix, or without one in any cell.
    pub(super) fn places(
        &mut self,
        at: &At<OneOrMany<String>>,
        prefix: &str,
    ) -> Vec<(SectionId, f64)> {
        let mut places = Vec::new();
        for text in at.as_slice() {
            let place = match name::place(text) {
                Ok(place) => place,
                Err(error) => {
                    self.problem(Problem::at(at.span(), format!("`{text}` {error}")));
                    continue;
                }
            };
            if matches!(**at, OneOrMany::One(_)) && name::is_pattern(place.section) {
                self.problem(
                    Problem::at(
                        at.span(),
                        "one point process cannot be at a pattern of places",
                    )
                    .help(format!(
                        "for an array of them write a list: `at = [\"{text}\"]`"
                    )),
                );
                continue;
            }
            let pattern = format!("{prefix}{}", place.section);
            // A bare pattern stands for the model's own cell.
            let own = |name: &str| place.section.contains('.') || !name.contains('.');
            let found = self.sections.find(&pattern).into_iter();
            let found: Vec<SectionId> = found
                .filter(|(name, _)| !prefix.is_empty() || own(name))
                .map(|(_, id)| id)
                .collect();
            if found.is_empty() {
                let message = self.sections.missing(place.section);
                let names = self
                    .sections
                    .iter()
                    .filter_map(|(name, _)| name.strip_prefix(prefix));
                let problem = Problem::at(at.span(), message).known_names(place.section, names);
                self.problem(problem);
            }
            places.extend(found.into_iter().map(|id| (id, place.position)));
        }
        places
    }
}

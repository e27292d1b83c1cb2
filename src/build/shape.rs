//! The sections of one cell: from its morphology and from its own tables.

use runtime::{End, Point3d, SectionId};

use super::{BuildError, Builder};
use crate::model::file::{CellTables, Morphology, Section};
use crate::model::located::At;
use crate::model::name;
use crate::problem::Problem;
use crate::swc::{self, SwcSection};

/// A section of the cell that is being built.
pub struct CellSection<'a> {
    /// Its name within the cell.
    pub name: String,
    /// Its id.
    pub id: SectionId,
    /// Its table, unless it comes from the morphology.
    pub table: Option<&'a Section>,
}

impl Builder<'_> {
    /// Makes the sections of a cell, with geometry and connections.
    pub(super) fn shape<'a>(
        &mut self,
        cell: CellTables<'a>,
        prefix: &str,
    ) -> Result<Vec<CellSection<'a>>, BuildError> {
        let mut made = Vec::new();
        if let Some(morphology) = cell.morphology {
            self.morphology(morphology, prefix, &mut made)?;
        }
        let first_own = made.len();
        for (key, section) in cell.sections.iter() {
            self.check_new_name(key, section.count.is_none());
            let geometry = Geometry::of(key, section).map_err(|problem| self.problem(problem));
            for name in numbered(key, section.count) {
                if let Some(id) = self.section(&name, prefix, key.span()) {
                    if let Ok(geometry) = &geometry {
                        self.set_geometry(id, geometry, key);
                    }
                    made.push(CellSection {
                        name,
                        id,
                        table: Some(section),
                    });
                }
            }
        }
        for index in first_own..made.len() {
            if let Some((id, section)) = made[index].table.map(|table| (made[index].id, table)) {
                self.attach(id, section, &made);
            }
        }
        Ok(made)
    }

    fn section(
        &mut self,
        name: &str,
        prefix: &str,
        span: std::ops::Range<usize>,
    ) -> Option<SectionId> {
        let full = format!("{prefix}{name}");
        if self.sections.get(&full).is_some() {
            self.problem(Problem::at(
                span,
                format!("there are two sections named `{name}`"),
            ));
            return None;
        }
        let added = self.model.add_section(&full);
        let id = self.take(added, span.clone())?;
        if let Err(message) = self.sections.add(&full, id) {
            self.problem(Problem::at(span, message));
        }
        Some(id)
    }

    fn set_geometry(&mut self, id: SectionId, geometry: &Geometry, key: &At<String>) {
        let result = match geometry {
            Geometry::Cylinder { length_um, diam_um } => self
                .model
                .set_length(id, *length_um)
                .and_then(|()| self.model.set_diameter(id, *diam_um)),
            Geometry::Points(points) => self.model.set_points(id, points),
        };
        self.take(result, key.span());
    }

    fn attach(&mut self, id: SectionId, section: &Section, made: &[CellSection<'_>]) {
        let Some(parent) = &section.parent else {
            if let Some(end) = &section.end {
                let message = "`end` is only for a section with a `parent`";
                self.problem(Problem::at(end.span(), message));
            }
            return;
        };
        let place = match name::place(parent) {
            Ok(place) => place,
            Err(error) => {
                let message = format!("`{}` {error}", parent.as_str());
                return self.problem(Problem::at(parent.span(), message));
            }
        };
        let Some(found) = made.iter().find(|other| other.name == place.section) else {
            let names = made.iter().map(|other| other.name.as_str());
            let message = format!("there is no section `{}`", place.section);
            return self
                .problem(Problem::at(parent.span(), message).known_names(place.section, names));
        };
        let end = if section.end.as_deref() == Some(&1) {
            End::One
        } else {
            End::Zero
        };
        let connected = self.model.connect(id, end, found.id, place.position);
        self.take(connected, parent.span());
    }

    fn morphology(
        &mut self,
        morphology: &Morphology,
        prefix: &str,
        made: &mut Vec<CellSection<'_>>,
    ) -> Result<(), BuildError> {
        let file = &morphology.file;
        let Some(sections) = self.read_morphology(file)? else {
            return Ok(());
        };
        let mut ids: Vec<SectionId> = Vec::new();
        for section in &sections {
            let Some(id) = self.section(&section.name, prefix, file.span()) else {
                return Ok(());
            };
            ids.push(id);
            let points: Vec<Point3d> = section.points_um.iter().map(point).collect();
            let set = self.model.set_points(id, &points);
            self.take(set, file.span());
            if let Some((parent, position)) = section.parent {
                let connected = self.model.connect(id, End::Zero, ids[parent], position);
                self.take(connected, file.span());
            }
            made.push(CellSection {
                name: section.name.clone(),
                id,
                table: None,
            });
        }
        Ok(())
    }

    fn read_morphology(
        &mut self,
        file: &At<String>,
    ) -> Result<Option<Vec<SwcSection>>, BuildError> {
        if let Some(known) = self.morphologies.get(file.as_str()) {
            return Ok(Some(known.clone()));
        }
        let text = match self.surroundings.read(file) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("cannot read `{}`", file.as_str());
                self.problem(Problem::at(file.span(), message).label(error.to_string()));
                return Ok(None);
            }
        };
        let sections = swc::read(file, &text).map_err(BuildError::Morphology)?;
        self.morphologies.insert(file.to_string(), sections.clone());
        Ok(Some(sections))
    }
}

/// `NAME`, or with a count `NAME[0]`, `NAME[1]`, …
pub fn numbered(name: &str, count: Option<u32>) -> Vec<String> {
    match count {
        None => vec![name.to_owned()],
        Some(count) => (0..count).map(|index| format!("{name}[{index}]")).collect(),
    }
}

fn point([x, y, z, diam]: &[f64; 4]) -> Point3d {
    // NEURON keeps these in single precision.
    Point3d {
        x_um: *x as f32,
        y_um: *y as f32,
        z_um: *z as f32,
        diam_um: *diam as f32,
    }
}

/// The two ways to write a section's geometry.
enum Geometry {
    Cylinder { length_um: f64, diam_um: f64 },
    Points(Vec<Point3d>),
}

impl Geometry {
    fn of(key: &At<String>, section: &Section) -> Result<Self, Problem> {
        match (&section.pt3d, &section.length, &section.diam) {
            (None, Some(length), Some(diam)) => Ok(Self::Cylinder {
                length_um: **length,
                diam_um: **diam,
            }),
            (Some(points), None, None) => {
                if let Some(bad) = points.iter().find(|point| point[3] <= 0.0) {
                    return Err(Problem::at(
                        bad.span(),
                        "the diameter of a point must be greater than 0",
                    ));
                }
                Ok(Self::Points(points.iter().map(|at| point(at)).collect()))
            }
            (Some(points), length, diam) => {
                let (other, name) = match (length, diam) {
                    (Some(length), _) => (length.span(), "L"),
                    (None, Some(diam)) => (diam.span(), "diam"),
                    (None, None) => (points.span(), "pt3d"),
                };
                Err(Problem::at(
                    other,
                    format!("`{}` has both `pt3d` and `{name}`", key.as_str()),
                )
                .see(points.span(), "these points give length and diameter"))
            }
            (None, length, diam) => {
                let missing = match (length, diam) {
                    (None, None) => "`L` and `diam`",
                    (None, Some(_)) => "`L`",
                    _ => "`diam`",
                };
                Err(Problem::at(
                    key.span(),
                    format!("section `{}` needs {missing}", key.as_str()),
                )
                .help("a section has `L` and `diam`, or `pt3d`"))
            }
        }
    }
}

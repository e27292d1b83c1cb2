//! 3-D points of sections, one by one and all at once.
//!
//! Points are in the order from the section's attached end. The length is their arc length, and
//! the segments' diameters follow from them, as soon as two points are at different places; before
//! that the section keeps the length and the diameters that it has.

use crate::error::ModelError;
use crate::id::SectionId;

use super::{Model, Point3d, Section};

impl Model {
    /// Sets the 3-D description, from the section's attached end on. An empty list removes it and
    /// leaves length and diameters as they are.
    ///
    /// # Errors
    ///
    /// A single point, a coordinate that is not finite, a negative diameter, or no length.
    pub fn set_points(&mut self, id: SectionId, points: &[Point3d]) -> Result<(), ModelError> {
        let section = self.section(id)?;
        let bad = |quantity, value, requirement| {
            Err(ModelError::Value {
                place: section.name.clone(),
                quantity,
                value,
                requirement,
            })
        };
        if points.len() == 1 {
            return bad("number of 3-D points", 1.0, "0 or at least 2");
        }
        for point in points {
            section.check_point(point)?;
        }
        let mut changed = section.clone();
        changed.points = points.to_vec();
        changed.measure(0);
        if let Some(&arc) = changed.arc_um.last()
            && !(arc > 0.0 && arc.is_finite())
        {
            return bad("arc length of the 3-D points", arc, "finite and positive");
        }
        *self.section_mut(id)? = changed;
        self.update_diameters(id)
    }

    /// Inserts a 3-D point before that of number `index`, or at the end.
    ///
    /// # Errors
    ///
    /// An index above the number of points, a coordinate that is not finite, a negative diameter.
    pub fn insert_point3d(
        &mut self,
        id: SectionId,
        index: usize,
        point: Point3d,
    ) -> Result<(), ModelError> {
        let section = self.section_mut(id)?;
        section.check_point(&point)?;
        if index > section.points.len() {
            return Err(section.no_point(index));
        }
        section.points.insert(index, point);
        section.measure(index);
        self.update_diameters(id)
    }

    /// Replaces a 3-D point.
    ///
    /// # Errors
    ///
    /// No such point, a coordinate that is not finite, a negative diameter.
    pub fn change_point3d(
        &mut self,
        id: SectionId,
        index: usize,
        point: Point3d,
    ) -> Result<(), ModelError> {
        let section = self.section_mut(id)?;
        section.check_point(&point)?;
        match section.points.get_mut(index) {
            Some(known) => *known = point,
            None => return Err(section.no_point(index)),
        }
        section.measure(index);
        self.update_diameters(id)
    }

    /// Removes a 3-D point.
    ///
    /// # Errors
    ///
    /// No such point.
    pub fn remove_point3d(&mut self, id: SectionId, index: usize) -> Result<(), ModelError> {
        let section = self.section_mut(id)?;
        if index >= section.points.len() {
            return Err(section.no_point(index));
        }
        section.points.remove(index);
        section.measure(index);
        self.update_diameters(id)
    }

    /// Sets where the 3-D points are logically connected (NEURON's `pt3dstyle`), in µm; `None`: at
    /// the parent's centroid.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn set_logical_connection(
        &mut self,
        id: SectionId,
        at_um: Option<[f32; 3]>,
    ) -> Result<(), ModelError> {
        self.section_mut(id)?.logical_connection_um = at_um;
        Ok(())
    }
}

impl Section {
    fn check_point(&self, point: &Point3d) -> Result<(), ModelError> {
        let bad = |quantity, value: f32, requirement| {
            Err(ModelError::Value {
                place: self.name.clone(),
                quantity,
                value: value.into(),
                requirement,
            })
        };
        let diam = point.diam_um;
        if !(diam >= 0.0 && diam.is_finite()) {
            return bad("diameter of a 3-D point", diam, "finite and not negative");
        }
        let coordinates = [point.x_um, point.y_um, point.z_um];
        match coordinates.iter().find(|c| !c.is_finite()) {
            Some(&value) => bad("coordinate of a 3-D point", value, "finite"),
            None => Ok(()),
        }
    }

    fn no_point(&self, index: usize) -> ModelError {
        ModelError::Element {
            name: format!("3-D points of {}", self.name),
            len: self.points.len(),
            index,
        }
    }

    /// Computes arc lengths anew from point number `from` on, and the section's length.
    pub(super) fn measure(&mut self, from: usize) {
        self.arc_um.truncate(from);
        for i in self.arc_um.len()..self.points.len() {
            let arc = match i.checked_sub(1) {
                None => 0.0,
                Some(before) => {
                    let (p, q) = (self.points[i], self.points[before]);
                    let step = |a: f32, b: f32| f64::from(a - b).powi(2);
                    let square = step(p.x_um, q.x_um) + step(p.y_um, q.y_um) + step(p.z_um, q.z_um);
                    self.arc_um[before] + square.sqrt()
                }
            };
            self.arc_um.push(arc);
        }
        if self.has_shape() {
            self.length_um = self.arc_um[self.arc_um.len() - 1];
        }
    }
}

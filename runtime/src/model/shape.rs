//! Points in space for sections that have none (NEURON's `define_shape`).

use std::f64::consts::FRAC_PI_2;

use crate::error::ModelError;
use crate::id::SectionId;

use super::{End, Model, Point3d};

/// Cells are that far apart along z, in µm.
const CELL_DISTANCE_UM: f32 = 100.0;

/// Branches of one place are spread over this angle.
const SPREAD: f64 = 0.8;

impl Model {
    /// Gives sections without 3-D points some: they go straight on from their parents, in the
    /// plane of x and y, and branches of one place are spread. Sections with points are moved to
    /// where their parents are. Positions are single precision, as NEURON's.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn define_shape(&mut self) -> Result<(), ModelError> {
        let mut order = Vec::new();
        for root in self.roots() {
            order.extend(self.subtree(root)?);
        }
        for (number, &id) in order.iter().enumerate() {
            let (start, direction) = self.start(id, number)?;
            if self.section(id)?.points.is_empty() {
                self.lay_out(id, start, direction)?;
            } else if self.section(id)?.connection.is_some() {
                self.section_mut(id)?.move_to(start);
            }
        }
        // NEURON needs the geometry for that.
        self.count_changes();
        Ok(())
    }

    /// Where a section begins, and the direction of its parent there.
    fn start(&self, id: SectionId, number: usize) -> Result<([f32; 3], [f32; 2]), ModelError> {
        let Some(connection) = self.section(id)?.connection else {
            return Ok(([0.0, 0.0, number as f32 * CELL_DISTANCE_UM], [1.0, 0.0]));
        };
        let parent = self.section(connection.parent)?;
        let (Some(first), Some(last)) = (parent.points.first(), parent.points.last()) else {
            return Ok(([0.0; 3], [1.0, 0.0]));
        };
        let arc = match parent.attached_end() {
            End::Zero => connection.parent_x,
            End::One => 1.0 - connection.parent_x,
        };
        let sign = if arc < 0.5 { -1.0 } else { 1.0 };
        let direction = [
            sign * (last.x_um - first.x_um),
            sign * (last.y_um - first.y_um),
        ];
        let between = |a: f32, b: f32| (f64::from(b) * arc + f64::from(a) * (1.0 - arc)) as f32;
        let start = [
            between(first.x_um, last.x_um),
            between(first.y_um, last.y_um),
            between(first.z_um, last.z_um),
        ];
        Ok((start, direction))
    }

    /// The direction of a section as an angle from the x axis.
    fn angle(&self, id: SectionId, [x, y]: [f32; 2]) -> Result<f32, ModelError> {
        let mut angle = if x.abs() < 1e-6 && y.abs() < 1e-6 {
            0.0
        } else {
            f64::from(y).atan2(f64::from(x)) as f32
        };
        let Some(connection) = self.section(id)?.connection else {
            return Ok(angle);
        };
        if connection.parent_x > 0.0 && connection.parent_x < 1.0 {
            angle = (f64::from(angle) + FRAC_PI_2) as f32;
        }
        let siblings = self.section(connection.parent)?.children.iter();
        let here: Vec<_> = siblings
            .filter(|sibling| {
                let other = self.sections[sibling.index()].connection;
                other.is_some_and(|c| c.parent_x == connection.parent_x)
            })
            .collect();
        if here.len() > 1 {
            let place = here.iter().position(|&&sibling| sibling == id).unwrap_or(0);
            let part = place as f32 / (here.len() as f32 - 1.0);
            angle = (f64::from(angle) + f64::from(part) * SPREAD - SPREAD / 2.0) as f32;
        }
        Ok(angle)
    }

    fn lay_out(
        &mut self,
        id: SectionId,
        [x, y, z]: [f32; 3],
        direction: [f32; 2],
    ) -> Result<(), ModelError> {
        let angle = f64::from(self.angle(id, direction)?);
        let section = self.section_mut(id)?;
        let length = section.length_um;
        let end_x = (f64::from(x) + length * angle.cos()) as f32;
        let end_y = (f64::from(y) + length * angle.sin()) as f32;
        let mut diam: Vec<f32> = section.segments.iter().map(|s| s.diam_um as f32).collect();
        if section.attached_end() == End::One {
            diam.reverse();
        }
        let between =
            |a: f32, b: f32, part: f64| (f64::from(a) * (1.0 - part) + f64::from(b) * part) as f32;
        let count = diam.len();
        let middle = |i: usize| (i as f64 + 0.5) / count as f64;
        let at = |part: f64, diam_um: f32| Point3d {
            x_um: between(x, end_x, part),
            y_um: between(y, end_y, part),
            z_um: z,
            diam_um,
        };
        let mut points = vec![at(0.0, diam[0])];
        points.extend(diam.iter().enumerate().map(|(i, &d)| at(middle(i), d)));
        points.push(at(1.0, diam[count - 1]));
        section.points = points;
        section.measure(0);
        // Roundoff is not to change the length.
        section.length_um = length;
        if let Some(last) = section.arc_um.last_mut() {
            *last = length;
        }
        self.update_diameters(id)
    }
}

impl super::Section {
    /// Moves the 3-D points so that the first one, or the logical connection, is there.
    fn move_to(&mut self, start: [f32; 3]) {
        let Some(first) = self.points.first() else {
            return;
        };
        let from = match &mut self.logical_connection_um {
            Some(at) => std::mem::replace(at, start),
            None => [first.x_um, first.y_um, first.z_um],
        };
        let by = [0, 1, 2].map(|axis| start[axis] - from[axis]);
        for point in &mut self.points {
            point.x_um += by[0];
            point.y_um += by[1];
            point.z_um += by[2];
        }
    }
}

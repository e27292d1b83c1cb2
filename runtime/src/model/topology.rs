//! How sections are connected: trees of sections, their nodes, paths along them.

use std::collections::VecDeque;
use std::f64::consts::{PI, SQRT_2};
use std::fmt::Write;

use crate::error::ModelError;
use crate::id::{PointProcessId, SectionId};
use crate::print::format_c;

use super::geometry::volume_um3;
use super::section::Section;
use super::{Connection, End, Model, SectionGeometry, Site};

/// A node of a cell, whatever section and position it is reached by: an end that is attached
/// somewhere is the node there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node {
    section: SectionId,
    /// 0 is the attached end of a root; then come the segments from there, then the far end.
    place: usize,
}

impl Node {
    fn new(section: SectionId, known: &Section, site: Site) -> Self {
        let count = known.segments.len();
        let place = match (site, known.attached_end()) {
            (Site::End(end), near) if end == near => 0,
            (Site::End(_), _) => count + 1,
            (Site::Segment(i), End::Zero) => i + 1,
            (Site::Segment(i), End::One) => count - i,
        };
        Self { section, place }
    }
}

impl Model {
    /// All sections, in the order of creation.
    pub fn sections(&self) -> impl Iterator<Item = SectionId> {
        (0..self.section_count())
            .map(SectionId::new)
            .filter(|&id| self.section(id).is_ok())
    }

    /// The sections without parent, in the order of creation.
    pub fn roots(&self) -> impl Iterator<Item = SectionId> {
        self.sections()
            .filter(|id| self.sections[id.index()].connection.is_none())
    }

    /// The root of the cell of a section.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn root(&self, id: SectionId) -> Result<SectionId, ModelError> {
        let mut root = id;
        while let Some(connection) = self.section(root)?.connection {
            root = connection.parent;
        }
        Ok(root)
    }

    /// A section and all that grows from it, in breadth first order.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn subtree(&self, id: SectionId) -> Result<Vec<SectionId>, ModelError> {
        let mut found = Vec::new();
        let mut next = VecDeque::from([id]);
        while let Some(id) = next.pop_front() {
            next.extend(&self.section(id)?.children);
            found.push(id);
        }
        Ok(found)
    }

    /// A section and all that grows from it, each followed by its own branches.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn subtree_depth_first(&self, id: SectionId) -> Result<Vec<SectionId>, ModelError> {
        let mut found = Vec::new();
        let mut next = vec![id];
        while let Some(id) = next.pop() {
            next.extend(self.section(id)?.children.iter().rev());
            found.push(id);
        }
        Ok(found)
    }

    /// Where a section leaves the part of the tree that is nearer to the root: its connection,
    /// or that of the ancestor whose attached end is the same place. `None` if that is the root.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn true_parent(&self, id: SectionId) -> Result<Option<Connection>, ModelError> {
        let mut connection = self.section(id)?.connection;
        while let Some(known) = connection {
            let parent = self.section(known.parent)?;
            if known.parent_x != parent.attached_end().x() {
                break;
            }
            connection = parent.connection;
        }
        Ok(connection)
    }

    /// The node of a position on a section.
    ///
    /// # Errors
    ///
    /// A position outside of 0 to 1.
    pub fn node(&self, id: SectionId, x: f64) -> Result<Node, ModelError> {
        let (id, x) = self.own_place(id, x)?;
        let section = self.section(id)?;
        Ok(Node::new(id, section, section.site(x)))
    }

    /// The same place on the section that it belongs to: an end that is attached belongs to the
    /// parent.
    pub(super) fn own_place(&self, id: SectionId, x: f64) -> Result<(SectionId, f64), ModelError> {
        let (mut id, mut x) = (id, x);
        loop {
            match self.check_x(id, x)?.connection {
                Some(connection) if x == connection.child_end.x() => {
                    (id, x) = (connection.parent, connection.parent_x);
                }
                _ => return Ok((id, x)),
            }
        }
    }

    /// Membrane area in µm² of the segment that holds x; 0 at the ends.
    ///
    /// # Errors
    ///
    /// A position outside of 0 to 1, a diameter that is not positive.
    pub fn area_um2(&self, id: SectionId, x: f64) -> Result<f64, ModelError> {
        let section = self.check_x(id, x)?;
        Ok(match section.site(x) {
            Site::End(_) => 0.0,
            Site::Segment(i) => SectionGeometry::new(section)?.area_um2[i],
        })
    }

    /// Volume in µm³ of the segment that holds x; 0 at the ends.
    ///
    /// # Errors
    ///
    /// A position outside of 0 to 1.
    pub fn volume_um3(&self, id: SectionId, x: f64) -> Result<f64, ModelError> {
        let section = self.check_x(id, x)?;
        Ok(match section.site(x) {
            Site::End(_) => 0.0,
            Site::Segment(i) => volume_um3(section, i),
        })
    }

    /// Axial resistance in MΩ from a place's node to the next one on the way to the root; 1e30 at
    /// the root.
    ///
    /// # Errors
    ///
    /// A position outside of 0 to 1, a diameter that is not positive.
    pub fn ri_mohm(&self, id: SectionId, x: f64) -> Result<f64, ModelError> {
        let node = self.node(id, x)?;
        let Some(before) = node.place.checked_sub(1) else {
            return Ok(1e30);
        };
        let geometry = SectionGeometry::new(self.section(node.section)?)?;
        Ok(1.0 / geometry.conductance_us[before])
    }

    /// The point processes at a node, the last made first.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn points_at(&self, node: Node) -> Result<Vec<PointProcessId>, ModelError> {
        let mut found = Vec::new();
        // Ends of sections that are attached there are the same node.
        let mut sections = vec![node.section];
        while let Some(id) = sections.pop() {
            for point in self.points_in(id) {
                if let Some((section, x)) = self.point_location(point)?
                    && self.node(section, x)? == node
                {
                    found.push(point);
                }
            }
            for &child in &self.section(id)?.children {
                if self.node(child, self.section(child)?.attached_end().x())? == node {
                    sections.push(child);
                }
            }
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        Ok(found)
    }

    /// The length in µm over which an alternating current of a frequency in Hz falls by a factor
    /// of e in an endless cylinder like the section, membrane conductance neglected: with 3-D
    /// points the section's length by that length's integral (stdlib's `lambda_f`).
    ///
    /// # Errors
    ///
    /// An id of another model; points without diameter.
    pub fn lambda_f_um(&self, id: SectionId, hz: f64) -> Result<f64, ModelError> {
        let section = self.section(id)?;
        let middle = section.segments[section.segment_at(0.5)];
        let (ra, cm) = (section.axial_resistivity_ohm_cm, middle.cm_uf_per_cm2);
        if cm == 0.0 {
            return Ok(1e10);
        }
        if !section.has_shape() {
            return Ok(1e5 * (middle.diam_um / (4.0 * PI * hz * ra * cm)).sqrt());
        }
        let diam = |i: usize| f64::from(section.points[i].diam_um);
        let mut lambdas = 0.0;
        for i in 1..section.points.len() {
            let sum = diam(i - 1) + diam(i);
            if sum <= 0.0 {
                return Err(ModelError::Value {
                    place: section.name.clone(),
                    quantity: "diameter of a 3-D point",
                    value: 0.0,
                    requirement: "positive",
                });
            }
            lambdas += (section.arc_um[i] - section.arc_um[i - 1]) / sum.sqrt();
        }
        lambdas *= SQRT_2 * 1e-5 * (4.0 * PI * hz * ra * cm).sqrt();
        Ok(section.length_um / lambdas)
    }

    /// The number of a node in NEURON's order: roots first, then the sections of one cell after
    /// the other in breadth first order, each from its attached end.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn node_number(&self, node: Node) -> Result<usize, ModelError> {
        let root = self.root(node.section)?;
        let mut number = 0;
        let mut before = 0;
        let mut found = false;
        for other in self.roots() {
            if other == root {
                if node.place == 0 {
                    return Ok(number);
                }
                found = true;
            }
            number += 1;
            if !found {
                for id in self.subtree(other)? {
                    before += self.section(id)?.segments.len() + 1;
                }
            }
        }
        for id in self.subtree(root)? {
            if id == node.section {
                return Ok(number + before + node.place - 1);
            }
            before += self.section(id)?.segments.len() + 1;
        }
        Ok(number + before)
    }

    /// Length in µm of the path along the tree between two places, each counted from its node;
    /// 1e20 if there is none, as in NEURON.
    ///
    /// # Errors
    ///
    /// A position outside of 0 to 1.
    pub fn distance_um(
        &self,
        from: (SectionId, f64),
        to: (SectionId, f64),
    ) -> Result<f64, ModelError> {
        let (one, other) = (self.path(from)?, self.path(to)?);
        let shared = one.iter().rev().zip(other.iter().rev());
        let shared = shared.take_while(|(a, b)| a.0 == b.0).count();
        if shared == 0 {
            return Ok(1e20);
        }
        // The way up to the deepest section that both paths have, and the way along it.
        let (up, meeting) = one.split_at(one.len() - shared);
        let (other_up, other_meeting) = other.split_at(other.len() - shared);
        let climbed: f64 = up.iter().chain(other_up).map(|step| step.1).sum();
        Ok(climbed + (meeting[0].1 - other_meeting[0].1).abs())
    }

    /// The sections from a place to its root, each with the distance in µm from its attached end
    /// to where the path enters it.
    fn path(&self, from: (SectionId, f64)) -> Result<Vec<(SectionId, f64)>, ModelError> {
        let (mut id, mut x) = from;
        let mut path = Vec::new();
        loop {
            let section = self.check_x(id, x)?;
            let position = match section.site(x) {
                Site::Segment(i) => section.segment_x(i),
                Site::End(end) => end.x(),
            };
            let near = section.attached_end().x();
            path.push((id, section.length_um * (position - near).abs()));
            match section.connection {
                Some(connection) => (id, x) = (connection.parent, connection.parent_x),
                None => return Ok(path),
            }
        }
    }

    /// The trees as text (NEURON's `topology()`), with the given names of sections.
    ///
    /// # Errors
    ///
    /// None today.
    pub fn topology(&self, name: &dyn Fn(SectionId) -> String) -> Result<String, ModelError> {
        let mut text = String::from("\n");
        for root in self.roots() {
            let mut next = vec![(root, 0, "|-")];
            while let Some((id, offset, first)) = next.pop() {
                let section = self.section(id)?;
                let dashes = "-".repeat(section.segments.len() - 1);
                let near = section.attached_end().x();
                let (name, far) = (name(id), 1.0 - near);
                let _ = write!(
                    text,
                    "{:offset$}{first}{dashes}|       {name}({near}-{far})",
                    ""
                );
                if section.rall_branch != 1.0 {
                    let branches = format_c("%g", &[section.rall_branch]);
                    let _ = write!(text, " with {branches} rall branches");
                }
                text.push('\n');
                for &child in &section.children {
                    let Some(connection) = self.section(child)?.connection else {
                        continue;
                    };
                    let site = section.site(connection.parent_x);
                    let place = Node::new(id, section, site).place;
                    next.push((child, place + offset, " `"));
                }
            }
        }
        text.push('\n');
        Ok(text)
    }
}

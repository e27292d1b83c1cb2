//! From sections to nodes: cells, their shapes, and the number of every node.
//!
//! A section has one node for each segment and one at its far end, without area; its near end is
//! a node of its parent, or the root of its cell. Within a cell, sections come in breadth-first
//! order and nodes in the order from the attached end; then nodes are sorted by their distance from
//! the root in nodes, so that consecutive nodes do not depend on each other in the tree solve.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::error::ModelError;
use crate::id::SectionId;
use crate::model::{End, Model, Place, Section, SectionGeometry, Site};
use crate::tree::{Group, MAX_WIDTH, Tree};

/// Where the nodes of all sections are.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub sections: Vec<SectionNodes>,
    /// Section and site of each node; roots are end 0 or 1 of their section.
    pub origins: Vec<(SectionId, Site)>,
}

/// The nodes of one section.
#[derive(Debug, Clone, Default)]
pub(crate) struct SectionNodes {
    /// Nodes at x = 0 and x = 1.
    pub ends: [u32; 2],
    /// Nodes of the segments, by increasing x.
    pub segments: Vec<u32>,
}

/// A cell before its nodes have numbers.
struct Cell {
    root: SectionId,
    /// Sections in order.
    sections: Vec<SectionId>,
    /// Parent of each node, in the final order.
    parents: Vec<u32>,
    /// Final place of each node by its place in the order of sections.
    positions: Vec<u32>,
}

impl Cell {
    /// Sorts the nodes of a cell, whose parents are given in the order of sections.
    fn new(root: SectionId, sections: Vec<SectionId>, parents: &[u32]) -> Self {
        let mut depth = vec![0u32; parents.len()];
        for i in 1..parents.len() {
            depth[i] = depth[parents[i] as usize] + 1;
        }
        let mut order: Vec<usize> = (0..parents.len()).collect();
        order.sort_by_key(|&i| depth[i]);
        let mut positions = vec![0; parents.len()];
        for (position, &i) in order.iter().enumerate() {
            positions[i] = position as u32;
        }
        let parents = order
            .iter()
            .map(|&i| positions[parents[i] as usize])
            .collect();
        Self {
            root,
            sections,
            parents,
            positions,
        }
    }
}

impl Layout {
    /// Numbers the nodes of a model.
    pub fn new(model: &Model) -> (Self, Vec<Group>) {
        let local = LocalNodes::new(model);
        let cells: Vec<Cell> = local.cells(model);

        // Cells of equal shape together, in the order in which the shapes first appear; each apart
        // if they have steps of their own.
        let mut shape_of: HashMap<&[u32], usize> = HashMap::new();
        let mut shapes: Vec<Vec<usize>> = Vec::new();
        for (index, cell) in cells.iter().enumerate() {
            if model.local_step {
                shapes.push(vec![index]);
                continue;
            }
            let shape = *shape_of.entry(&cell.parents).or_insert_with(|| {
                shapes.push(Vec::new());
                shapes.len() - 1
            });
            shapes[shape].push(index);
        }

        let mut layout = Self {
            sections: vec![SectionNodes::default(); model.sections.len()],
            origins: Vec::new(),
        };
        let mut groups = Vec::new();
        for shape in &shapes {
            let parents: Arc<[u32]> = cells[shape[0]].parents.as_slice().into();
            let mut rest = shape.as_slice();
            let mut width = MAX_WIDTH;
            while !rest.is_empty() {
                while width > rest.len() {
                    width /= 2;
                }
                let (members, others) = rest.split_at(width);
                rest = others;
                let first_node = groups.last().map_or(0, |g: &Group| g.nodes().end);
                let group = Group {
                    first_node,
                    width,
                    parents: Arc::clone(&parents),
                };
                layout.place(model, &local, &cells, members, &group);
                groups.push(group);
            }
        }
        (layout, groups)
    }

    /// Gives the cells of a group their nodes.
    fn place(
        &mut self,
        model: &Model,
        local: &LocalNodes,
        cells: &[Cell],
        members: &[usize],
        group: &Group,
    ) {
        let root_site = (SectionId::new(0), Site::End(End::Zero));
        self.origins.resize(group.nodes().end, root_site);
        for (lane, &member) in members.iter().enumerate() {
            let cell = &cells[member];
            let node = |index: u32| {
                let position = cell.positions[index as usize] as usize;
                (group.first_node + position * group.width + lane) as u32
            };
            let root = &model.sections[cell.root.index()];
            self.origins[node(0) as usize] = (cell.root, Site::End(root.attached_end()));
            for &id in &cell.sections {
                let section = &model.sections[id.index()];
                let first = local.first[id.index()];
                let count = section.segments.len() as u32;
                let near = node(local.near[id.index()]);
                let far = node(first + count);
                let mut segments: Vec<u32> = (0..count).map(|j| node(first + j)).collect();
                let (ends, far_end) = match section.attached_end() {
                    End::Zero => ([near, far], End::One),
                    End::One => {
                        segments.reverse();
                        ([far, near], End::Zero)
                    }
                };
                for (index, &n) in segments.iter().enumerate() {
                    self.origins[n as usize] = (id, Site::Segment(index));
                }
                self.origins[far as usize] = (id, Site::End(far_end));
                self.sections[id.index()] = SectionNodes { ends, segments };
            }
        }
    }

    /// The node of a site.
    pub fn node(&self, section: SectionId, site: Site) -> usize {
        let nodes = &self.sections[section.index()];
        match site {
            Site::Segment(segment) => nodes.segments[segment] as usize,
            Site::End(end) => nodes.ends[end as usize] as usize,
        }
    }

    /// The place of a node.
    pub fn place_of(&self, model: &Model, node: usize) -> Place {
        let (section, site) = self.origins[node];
        let x = match site {
            Site::End(end) => end.x(),
            Site::Segment(segment) => model.sections[section.index()].segment_x(segment),
        };
        Place::Segment { section, x }
    }

    /// Fills areas, diameters, capacitances and couplings of the tree.
    ///
    /// # Errors
    ///
    /// A diameter that is not positive.
    pub fn set_geometry(&self, model: &Model, tree: &mut Tree) -> Result<(), ModelError> {
        let sections = model.sections.iter().zip(&self.sections);
        let sections: Vec<_> = sections
            .filter(|(section, _)| !section.removed)
            .map(|(section, nodes)| Ok((section, nodes, SectionGeometry::new(section)?)))
            .collect::<Result<_, _>>()?;
        for (section, nodes, geometry) in &sections {
            for (i, &node) in nodes.segments.iter().enumerate() {
                tree.area_um2[node as usize] = geometry.area_um2[i];
                tree.diam_um[node as usize] = geometry.diam_um[i];
                tree.cm_uf_per_cm2[node as usize] = section.segments[i].cm_uf_per_cm2;
            }
            let neighbours = [geometry.diam_um.first(), geometry.diam_um.last()];
            for (&node, diam) in nodes.ends.iter().zip(neighbours) {
                // Ends that are a segment of the parent keep that one's diameter.
                if !matches!(self.origins[node as usize].1, Site::Segment(_)) {
                    tree.diam_um[node as usize] = diam.copied().unwrap_or_default();
                }
            }
        }
        let (mut a, mut b) = (vec![0.0; tree.node_count()], vec![0.0; tree.node_count()]);
        for (section, nodes, geometry) in &sections {
            for (j, (node, parent)) in chain(section, nodes).into_iter().enumerate() {
                let axial = geometry.conductance_us[j];
                let branches = if j == 0 { section.rall_branch } else { 1.0 };
                a[node] = -1e2 * branches * axial / tree.area_um2[parent];
                b[node] = -1e2 * axial / tree.area_um2[node];
                tree.axial_us[node] = axial;
            }
        }
        tree.set_couplings(&a, &b);
        Ok(())
    }
}

/// (node, its parent) from the attached end to the far end.
pub(crate) fn chain(section: &Section, nodes: &SectionNodes) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = vec![nodes.ends[0] as usize];
    order.extend(nodes.segments.iter().map(|&n| n as usize));
    order.push(nodes.ends[1] as usize);
    if section.attached_end() == End::One {
        order.reverse();
    }
    order.windows(2).map(|pair| (pair[1], pair[0])).collect()
}

/// Numbers of nodes within their cells.
struct LocalNodes {
    /// First node of each section.
    first: Vec<u32>,
    /// Node that each section's attached end is.
    near: Vec<u32>,
    /// Children of each section.
    children: Vec<Vec<SectionId>>,
}

impl LocalNodes {
    fn new(model: &Model) -> Self {
        let count = model.sections.len();
        let mut children = vec![Vec::new(); count];
        for (index, section) in model.sections.iter().enumerate() {
            if let Some(connection) = section.connection {
                children[connection.parent.index()].push(SectionId::new(index));
            }
        }
        let mut local = Self {
            first: vec![0; count],
            near: vec![0; count],
            children,
        };
        for (index, section) in model.sections.iter().enumerate() {
            if section.connection.is_none() && !section.removed {
                local.number(model, SectionId::new(index));
            }
        }
        local
    }

    /// Sections of the cell of `root`, breadth first.
    fn order(&self, root: SectionId) -> Vec<SectionId> {
        let mut order = vec![root];
        let mut next = 0;
        while next < order.len() {
            order.extend_from_slice(&self.children[order[next].index()]);
            next += 1;
        }
        order
    }

    fn number(&mut self, model: &Model, root: SectionId) {
        let mut next = 1;
        for id in self.order(root) {
            let section = &model.sections[id.index()];
            self.first[id.index()] = next;
            next += section.segments.len() as u32 + 1;
            if let Some(connection) = section.connection {
                self.near[id.index()] = self.node_at(model, connection.parent, connection.parent_x);
            }
        }
    }

    /// Node of a position on a section that is numbered. The attached end is a node of the parent.
    fn node_at(&self, model: &Model, id: SectionId, x: f64) -> u32 {
        let section = &model.sections[id.index()];
        let count = section.segments.len() as u32;
        let first = self.first[id.index()];
        if x == section.attached_end().x() {
            return self.near[id.index()];
        }
        if x == 0.0 || x == 1.0 {
            return first + count;
        }
        let segment = section.segment_at(x) as u32;
        match section.attached_end() {
            End::Zero => first + segment,
            End::One => first + count - 1 - segment,
        }
    }

    fn cells(&self, model: &Model) -> Vec<Cell> {
        let roots = (0..model.sections.len()).map(SectionId::new);
        roots
            .filter(|id| {
                let section = &model.sections[id.index()];
                section.connection.is_none() && !section.removed
            })
            .map(|root| {
                let sections = self.order(root);
                let mut parents = vec![0];
                for &id in &sections {
                    let first = self.first[id.index()];
                    parents.push(self.near[id.index()]);
                    parents.extend(first..first + model.sections[id.index()].segments.len() as u32);
                }
                Cell::new(root, sections, &parents)
            })
            .collect()
    }
}

/// A part of the model that is computed at a time: some groups of cells with all their
/// mechanisms. Parts do not touch each other's nodes; between them there are only events.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub groups: Range<usize>,
    pub nodes: Range<usize>,
    /// Blocks of density mechanisms and point processes, in the order of computation.
    pub order: Vec<usize>,
}

/// Nodes of a part, if its cells are not larger: what mechanisms keep for them should stay in the
/// second-level cache during a step.
const PART_NODES: usize = 4096;

/// Parts are not made smaller than that for the sake of threads: there is some work to do between two
/// parts.
const LEAST_PART_NODES: usize = 512;

/// Parts that a model has if it is large enough, so that threads can share them.
const PARTS: usize = 8;

/// Divides groups into parts; each one is a part of its own if it is to be `apart`. The number of
/// threads has no influence, for the order of states in an integrator depends on the parts.
pub(crate) fn parts(groups: &[Group], apart: bool) -> Vec<Part> {
    let nodes = groups.last().map_or(0, |group| group.nodes().end);
    let most = match apart {
        true => 0,
        false => nodes.div_ceil(PARTS).clamp(LEAST_PART_NODES, PART_NODES),
    };
    let mut parts: Vec<Part> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        match parts.last_mut() {
            Some(part) if part.nodes.len() + group.nodes().len() <= most => {
                part.groups.end = index + 1;
                part.nodes.end = group.nodes().end;
            }
            _ => parts.push(Part {
                groups: index..index + 1,
                nodes: group.nodes(),
                order: Vec::new(),
            }),
        }
    }
    parts
}

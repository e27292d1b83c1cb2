//! From a model to arrays, and back.

use std::cmp::Reverse;

use nmodl::abi::SimValues;
use nmodl::mechanism::Kind;

use crate::error::ModelError;
use crate::event::{EventQueue, Network, Watches};
use crate::id::{MechanismId, PointProcessId, SectionId};
use crate::instance::{Block, IonColumns, Origin, Shared};
use crate::kernel::Services;
use crate::layout::{Layout, Part, parts};
use crate::model::Model;
use crate::random::{Stream, StreamIds};
use crate::tree::Tree;

use super::Simulation;
use super::progress::Cursor;

impl Simulation {
    /// Lays a model out for simulation.
    ///
    /// # Errors
    ///
    /// What can only be known when the model is complete: an ion whose valence nobody states.
    pub fn new(mut model: Model) -> Result<Self, ModelError> {
        model.check()?;
        let (layout, groups) = Layout::new(&model);
        let mut tree = Tree::new(groups);
        layout.set_geometry(&model, &mut tree)?;
        load_potentials(&model, &layout, &mut tree);
        let ions = load_ions(&model, &layout, tree.node_count());
        let shared: Vec<Shared> = model.mechanisms.iter().map(Shared::new).collect();
        let mut parts = parts(tree.groups());
        let blocks = load_blocks(&mut model, &layout, &parts);
        let order = computation_order(&model, &blocks);
        for part in &mut parts {
            let inside = |&&b: &&usize| part.nodes.contains(&(blocks[b].node[0] as usize));
            part.order = order.iter().filter(inside).copied().collect();
        }

        let mut points = vec![(0, 0); model.points.len()];
        for (number, block) in blocks.iter().enumerate() {
            for (instance, origin) in block.origins.iter().enumerate() {
                if let Origin::Point(point) = origin {
                    points[point.index()] = (number as u32, instance as u32);
                }
            }
        }
        let is_artificial =
            |b: &Block| shared[b.mechanism].compiled.description().kind == Kind::ArtificialCell;
        let artificial = (0..blocks.len())
            .filter(|&b| is_artificial(&blocks[b]))
            .collect();
        let receivers = shared
            .iter()
            .filter_map(|s| s.compiled.description().net_receive.as_ref());
        let most_weights = receivers.map(|r| r.arguments.len()).max().unwrap_or(0);

        let mut simulation = Self {
            values: SimValues {
                t_ms: model.t_ms,
                dt_ms: model.dt_ms,
                celsius: model.celsius,
                secondorder: model.secondorder.into(),
            },
            parts,
            order,
            artificial,
            cells: Vec::new(),
            model,
            layout,
            tree,
            ions,
            shared,
            blocks,
            movable: vec![None; points.len()],
            point_senders: vec![None; points.len()],
            points,
            network: Network::default(),
            queue: EventQueue::default(),
            services: Services::default(),
            watches: Watches::default(),
            recordings: Vec::new(),
            sink: None,
            diagonal_cj: f64::NAN,
            cursor: Cursor::default(),
            initialized: false,
            stepped: false,
        };
        let (network, sources) = Network::new(
            &simulation.model,
            most_weights,
            |place, name| simulation.variable(place, name),
            |point| simulation.points[point],
        )?;
        simulation.network = network;
        simulation.network.note_visited(|(block, _)| {
            let mechanism = simulation.blocks[block as usize].mechanism;
            let description = simulation.shared[mechanism].compiled.description();
            let receive = description.net_receive.as_ref();
            receive.is_some_and(|receive| receive.visits_netcons)
        });
        for (point, sender) in sources {
            simulation.point_senders[point] = Some(sender);
        }
        simulation.find_targets()?;
        Ok(simulation)
    }

    /// The model with the values that the run left: states, potentials, concentrations, globals,
    /// weights.
    pub fn into_model(self) -> Model {
        let mut model = self.model;
        model.t_ms = self.values.t_ms;
        for (section, nodes) in model.sections.iter_mut().zip(&self.layout.sections) {
            for (segment, &node) in section.segments.iter_mut().zip(&nodes.segments) {
                segment.v_mv = self.tree.v_mv[node as usize];
            }
            section.end_v_mv = nodes.ends.map(|node| self.tree.v_mv[node as usize]);
            for present in &mut section.ions {
                let columns = &self.ions[present.ion.index()];
                for (values, &node) in present.values.iter_mut().zip(&nodes.segments) {
                    let n = node as usize;
                    *values = [columns.erev_mv[n], columns.ci_mm[n], columns.co_mm[n]];
                }
            }
        }
        for (registered, shared) in model.mechanisms.iter_mut().zip(&self.shared) {
            shared.store(registered);
        }
        for block in &self.blocks {
            for (instance, origin) in block.origins.iter().enumerate() {
                let target = match *origin {
                    Origin::Point(point) => &mut model.points[point.index()].values[..],
                    Origin::Density { section, segment } => {
                        let density = &mut model.sections[section.index()].density;
                        let Some(inserted) = density
                            .iter_mut()
                            .find(|d| d.mechanism.index() == block.mechanism)
                        else {
                            continue;
                        };
                        let c = inserted.columns;
                        &mut inserted.values[segment * c..(segment + 1) * c]
                    }
                };
                for (to, from) in target.iter_mut().zip(block.row(instance)) {
                    *to = from;
                }
            }
        }
        for (netcon, connection) in model.netcons.iter_mut().zip(&self.network.connections) {
            let (first, len) = connection.weights;
            let weights = &self.network.weights[first as usize..(first + len) as usize];
            netcon.weights.copy_from_slice(weights);
            netcon.delay_ms = connection.delay_ms;
            netcon.active = connection.active;
        }
        model
    }
}

fn load_potentials(model: &Model, layout: &Layout, tree: &mut Tree) {
    for (section, nodes) in model.sections.iter().zip(&layout.sections) {
        for (&node, v) in nodes.ends.iter().zip(section.end_v_mv) {
            tree.v_mv[node as usize] = v;
        }
    }
    // Segments last: an end may be a segment of the parent.
    for (section, nodes) in model.sections.iter().zip(&layout.sections) {
        for (&node, segment) in nodes.segments.iter().zip(&section.segments) {
            tree.v_mv[node as usize] = segment.v_mv;
        }
    }
}

fn load_ions(model: &Model, layout: &Layout, nodes: usize) -> Vec<IonColumns> {
    let new = |ion: &crate::ion::Ion| IonColumns::new(nodes, ion.valence.unwrap_or(0.0));
    let mut ions: Vec<IonColumns> = model.ions.iter().map(new).collect();
    for (section, at) in model.sections.iter().zip(&layout.sections) {
        for present in &section.ions {
            let columns = &mut ions[present.ion.index()];
            for (i, &node) in at.segments.iter().enumerate() {
                let n = node as usize;
                [columns.erev_mv[n], columns.ci_mm[n], columns.co_mm[n]] = present.values[i];
                let style = present.style[i];
                columns.initialize_reversal[n] = style.initialize_reversal;
                if style.initialize_concentration {
                    columns.initialize_concentration.push(node);
                }
                if style.advance_reversal {
                    columns.advance_reversal.push(node);
                }
            }
        }
    }
    for columns in &mut ions {
        columns.initialize_concentration.sort_unstable();
        columns.advance_reversal.sort_unstable();
    }
    ions
}

/// Blocks in the order of registration, for each mechanism one in each part where it has
/// instances; one in all for an artificial cell.
fn load_blocks(model: &mut Model, layout: &Layout, parts: &[Part]) -> Vec<Block> {
    let mut instances: Vec<Vec<(u32, Origin)>> = vec![Vec::new(); model.mechanisms.len()];
    for (index, section) in model.sections.iter().enumerate() {
        let id = SectionId::new(index);
        for inserted in &section.density {
            let nodes = &layout.sections[index].segments;
            let here = nodes.iter().enumerate();
            instances[inserted.mechanism.index()].extend(here.map(|(segment, &n)| {
                (
                    n,
                    Origin::Density {
                        section: id,
                        segment,
                    },
                )
            }));
        }
    }
    for (index, point) in model.points.iter().enumerate() {
        let node = point
            .at
            .map_or(0, |(section, site)| layout.node(section, site) as u32);
        instances[point.mechanism.index()].push((node, Origin::Point(PointProcessId::new(index))));
    }
    let mut blocks = Vec::new();
    for (mechanism, list) in instances.iter_mut().enumerate() {
        list.sort_by_key(|i| i.0);
        if model.mechanisms[mechanism].description().kind == Kind::ArtificialCell {
            if !list.is_empty() {
                blocks.push(load_block(model, mechanism, list));
            }
            continue;
        }
        let mut rest = list.as_slice();
        for part in parts {
            let count = rest.partition_point(|i| (i.0 as usize) < part.nodes.end);
            let (here, others) = rest.split_at(count);
            if !here.is_empty() {
                blocks.push(load_block(model, mechanism, here));
            }
            rest = others;
        }
    }
    blocks
}

fn load_block(model: &mut Model, mechanism: usize, list: &[(u32, Origin)]) -> Block {
    let description = model.mechanisms[mechanism].compiled.description();
    let (columns, each) = (description.columns, description.random_streams);
    let mut streams = Vec::with_capacity(each * list.len());
    for (_, origin) in list {
        match origin {
            Origin::Point(point) => {
                let ids = &model.points[point.index()].streams;
                streams.extend(ids.iter().map(|&ids| Stream::new(ids)));
            }
            Origin::Density { .. } => {
                for _ in 0..each {
                    model.streams_made += 1;
                    let ids = [1, 0, model.streams_made];
                    streams.push(Stream::new(StreamIds { ids }));
                }
            }
        }
    }
    let mut block = Block::new(mechanism, columns, list, streams);
    for (instance, (_, origin)) in list.iter().enumerate() {
        let row = match *origin {
            Origin::Point(point) => &model.points[point.index()].values[..],
            Origin::Density { section, segment } => {
                let density = &model.sections[section.index()].density;
                match density.iter().find(|d| d.mechanism.index() == mechanism) {
                    Some(d) => &d.values[segment * d.columns..(segment + 1) * d.columns],
                    None => &[],
                }
            }
        };
        block.set_row(instance, row);
    }
    block
}

/// NEURON's order: what writes concentrations first, the last registered before the others; then
/// all else as registered.
fn computation_order(model: &Model, blocks: &[Block]) -> Vec<usize> {
    let description = |b: usize| {
        let id = MechanismId::new(blocks[b].mechanism);
        model.mechanisms[id.index()].description()
    };
    let writes = |b: &usize| {
        description(*b)
            .ions
            .iter()
            .any(|i| i.write.ci || i.write.co)
    };
    let has_node = |b: &usize| description(*b).kind != Kind::ArtificialCell;
    let all = || (0..blocks.len()).filter(has_node);
    let mut order: Vec<usize> = all().filter(writes).collect();
    // Blocks of one mechanism stay in the order of their nodes.
    order.sort_by_key(|&b| Reverse(blocks[b].mechanism));
    order.extend(all().filter(|b| !writes(b)));
    order
}

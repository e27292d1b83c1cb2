//! From a model to arrays, and back.

use std::cmp::Reverse;

use nmodl::abi::SimValues;
use nmodl::mechanism::{Kind, NetReceive};

use crate::circuit::Circuit;
use crate::circuit::extracellular::Extracellular;
use crate::diffusion::Cable;
use crate::error::ModelError;
use crate::id::{PointProcessId, SectionId};
use crate::instance::{Block, IonColumns, Origin, Shared};
use crate::kernel::Services;
use crate::layout::{Layout, Part, parts};
use crate::model::{Model, PointProcess, Registered, SavedState};
use crate::tree::Tree;

use super::imem::MembraneCurrents;
use super::integrate::added_columns;
use super::{Run, Simulation};

impl Simulation {
    /// Lays a model out for simulation.
    ///
    /// # Errors
    ///
    /// What can only be known when the model is complete: an ion whose valence nobody states.
    pub fn new(mut model: Model) -> Result<Self, ModelError> {
        Self::take(&mut model)
    }

    /// As [`Simulation::new`]; if it fails, the model is as it was, else it is empty.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn take(model: &mut Model) -> Result<Self, ModelError> {
        model.check()?;
        let (layout, groups) = Layout::new(model);
        let mut tree = Tree::new(groups);
        layout.set_geometry(model, &mut tree)?;
        load_potentials(model, &layout, &mut tree);
        let ions = load_ions(model, &layout, tree.node_count());
        let shared: Vec<Shared> = model.mechanisms.iter().map(Shared::new).collect();
        let mut parts = parts(tree.groups(), model.local_step);
        let added = added_columns(model)?;
        let blocks = load_blocks(model, &layout, &parts, &added);
        let order = computation_order(model, &blocks);
        for &block in &order {
            let node = blocks[block].node[0] as usize;
            let part = parts.partition_point(|part| part.nodes.end <= node);
            parts[part].order.push(block);
        }

        let mut points = vec![None; model.points.len()];
        for (number, block) in blocks.iter().enumerate() {
            for (instance, origin) in block.origins.iter().enumerate() {
                if let Origin::Point(point) = origin {
                    points[point.index()] = Some((number as u32, instance as u32));
                }
            }
        }
        let is_artificial =
            |b: &Block| shared[b.mechanism].compiled.description().kind == Kind::ArtificialCell;
        let mut artificial: Vec<usize> = (0..blocks.len())
            .filter(|&b| is_artificial(&blocks[b]))
            .collect();
        artificial.sort_by_key(|&b| model.mechanisms[blocks[b].mechanism].rank);
        let mut model = std::mem::take(model);
        model.count_changes();
        prepare_network(&mut model);
        let extracellular = Extracellular::new(&model, &layout, &tree, &blocks);
        let separated = model.membrane_currents || extracellular.is_some();
        let general = model.general_matrix || extracellular.is_some() || model.has_any_linear();
        let circuit =
            general.then(|| Box::new(Circuit::new(&model, &layout, &tree, extracellular)));
        let membrane = separated.then(|| {
            let mut membrane = MembraneCurrents::new(tree.node_count());
            load_membrane(&model, &layout, &mut membrane);
            membrane
        });
        let Run {
            queue,
            mut movable,
            mut watches,
            cursor,
            initialized,
            stepped,
            last_cj,
        } = std::mem::take(&mut model.run);
        movable.resize(points.len(), None);
        watches.relocate(|point| points[point as usize].map(|(block, _)| block));

        let services = Services {
            scop: std::mem::take(&mut model.scop),
            objects: std::mem::take(&mut model.objects),
            ..Services::default()
        };
        let cable = |block: &Block| {
            let diffuses = !shared[block.mechanism]
                .compiled
                .description()
                .diffusions
                .is_empty();
            diffuses.then(|| Cable::new(&model, &layout, &tree, block))
        };
        let cables = blocks.iter().map(cable).collect();

        let mut simulation = Self {
            values: SimValues {
                t_ms: model.t_ms,
                dt_ms: model.dt_ms,
                celsius: model.celsius,
                secondorder: model.secondorder.into(),
                variable_step: f64::from(u8::from(model.variable_step)),
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
            cables,
            movable,
            points,
            watched: Vec::new(),
            known_senders: 0,
            queue,
            services,
            watches,
            conditions: Vec::new(),
            recorded: Vec::new(),
            first_points: false,
            played: Vec::new(),
            transferred: Vec::new(),
            membrane,
            circuit,
            sink: None,
            threads: 1,
            pool: None,
            pool_size: 0,
            thread_times_s: Vec::new(),
            separable: false,
            diagonal_cj: f64::NAN,
            last_cj,
            variable_step: None,
            set_aside: None,
            inner: None,
            empties: Vec::new(),
            outer: None,
            within: None,
            turn_ms: 0.0,
            answer: Vec::new(),
            cursor,
            initialized,
            stepped,
        };
        simulation.separable = simulation.find_separable();
        simulation.find_watched();
        simulation.find_recorded();
        simulation.find_played();
        simulation.find_transferred();
        simulation.find_transitions();
        simulation.find_targets();
        Ok(simulation)
    }

    /// The model with the values that the run left: states, potentials, concentrations, currents of
    /// ions, globals, random streams; with the events that are under way and with what waits
    /// for the caller. A simulation that is made from it goes on where this one was.
    pub fn into_model(mut self) -> Model {
        self.retract();
        let mut model = std::mem::take(&mut self.model);
        model.scop = std::mem::take(&mut self.services.scop);
        model.objects = std::mem::take(&mut self.services.objects);
        self.store_values(&mut model);
        model.run = Run {
            queue: self.queue,
            movable: self.movable,
            watches: self.watches,
            cursor: self.cursor,
            initialized: self.initialized,
            stepped: self.stepped,
            last_cj: self.last_cj,
        };
        model
    }

    /// The state of the run; see [`Model::save_state`]. The run is not disturbed.
    pub fn save_state(&self) -> SavedState {
        let mut model = self.model.clone();
        self.store_values(&mut model);
        model.run = Run {
            queue: self.queue.clone(),
            movable: self.movable.clone(),
            watches: self.watches.clone(),
            cursor: self.cursor.clone(),
            initialized: self.initialized,
            stepped: self.stepped,
            last_cj: self.last_cj,
        };
        model.save_state()
    }

    /// Stores the values that the run left in a model of this structure.
    fn store_values(&self, model: &mut Model) {
        (model.t_ms, model.dt_ms) = (self.values.t_ms, self.values.dt_ms);
        for (section, nodes) in model.sections.iter_mut().zip(&self.layout.sections) {
            if section.removed {
                continue;
            }
            for (segment, &node) in section.segments.iter_mut().zip(&nodes.segments) {
                segment.v_mv = self.tree.v_mv[node as usize];
                segment.dv_mv = self.tree.rhs[node as usize];
                if let Some(membrane) = &self.membrane {
                    segment.i_membrane_na = membrane.current_na[node as usize];
                }
            }
            section.end_v_mv = nodes.ends.map(|node| self.tree.v_mv[node as usize]);
            if let Some(membrane) = &self.membrane {
                section.end_i_membrane_na = nodes.ends.map(|n| membrane.current_na[n as usize]);
            }
            for present in &mut section.ions {
                let columns = &self.ions[present.ion.index()];
                for (values, &node) in present.values.iter_mut().zip(&nodes.segments) {
                    let n = node as usize;
                    *values = columns.values(n);
                }
            }
        }
        for (registered, shared) in model.mechanisms.iter_mut().zip(&self.shared) {
            shared.store(registered);
        }
        for block in &self.blocks {
            for (instance, origin) in block.origins.iter().enumerate() {
                let each = block.streams_each;
                let streams = &block.streams[instance * each..(instance + 1) * each];
                let target = match *origin {
                    Origin::Point(point) => {
                        let point = &mut model.points[point.index()];
                        point.streams.clone_from_slice(streams);
                        &mut point.values[..]
                    }
                    Origin::Density { section, segment } => {
                        let density = &mut model.sections[section.index()].density;
                        let Some(inserted) = density
                            .iter_mut()
                            .find(|d| d.mechanism.index() == block.mechanism)
                        else {
                            continue;
                        };
                        inserted.streams[segment * each..(segment + 1) * each]
                            .clone_from_slice(streams);
                        let c = inserted.columns;
                        &mut inserted.values[segment * c..(segment + 1) * c]
                    }
                };
                for (to, from) in target.iter_mut().zip(block.row(instance)) {
                    *to = from;
                }
            }
        }
        if let Some(layers) = self.layers() {
            layers.store(model, &self.layout);
        }
    }
}

/// What delivery has to know of the mechanisms.
fn prepare_network(model: &mut Model) {
    let receive = |m: &Registered| m.compiled.description().net_receive.clone();
    let receives: Vec<Option<NetReceive>> = model.mechanisms.iter().map(receive).collect();
    let counts = receives.iter().flatten().map(|r| r.arguments.len());
    let most_weights = counts.max().unwrap_or(0);
    let visits = |&(_, point): &(usize, &PointProcess)| {
        let receive = &receives[point.mechanism.index()];
        !point.removed && receive.as_ref().is_some_and(|r| r.visits_netcons)
    };
    let points = model.points.iter().enumerate().filter(visits);
    let visiting = points.map(|(number, _)| number as u32).collect();
    model.network.prepare(most_weights, visiting);
}

fn load_membrane(model: &Model, layout: &Layout, membrane: &mut MembraneCurrents) {
    // As potentials: an end that is attached is the parent's, and segments come last.
    for (section, nodes) in model.sections.iter().zip(&layout.sections) {
        let attached = section.connection().map(|c| c.child_end as usize);
        let ends = nodes.ends.iter().zip(section.end_i_membrane_na);
        for (end, (&node, current_na)) in ends.enumerate() {
            if Some(end) != attached && !section.removed {
                membrane.current_na[node as usize] = current_na;
            }
        }
    }
    for (section, nodes) in model.sections.iter().zip(&layout.sections) {
        for (segment, &node) in section.segments.iter().zip(&nodes.segments) {
            membrane.current_na[node as usize] = segment.i_membrane_na;
        }
    }
}

fn load_potentials(model: &Model, layout: &Layout, tree: &mut Tree) {
    for (section, nodes) in model.sections.iter().zip(&layout.sections) {
        if section.removed {
            continue;
        }
        // An end that is attached has the potential of the parent's node.
        let attached = section.connection().map(|c| c.child_end as usize);
        for (end, (&node, v)) in nodes.ends.iter().zip(section.end_v_mv).enumerate() {
            if Some(end) != attached {
                tree.v_mv[node as usize] = v;
            }
        }
    }
    // Segments last: an end may be a segment of the parent.
    for (section, nodes) in model.sections.iter().zip(&layout.sections) {
        for (&node, segment) in nodes.segments.iter().zip(&section.segments) {
            tree.v_mv[node as usize] = segment.v_mv;
            tree.rhs[node as usize] = segment.dv_mv;
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
                columns.set_values(n, present.values[i]);
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
fn load_blocks(model: &Model, layout: &Layout, parts: &[Part], added: &[usize]) -> Vec<Block> {
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
        let is_artificial =
            model.mechanisms[point.mechanism.index()].description().kind == Kind::ArtificialCell;
        let node = match point.at {
            Some((section, site)) => layout.node(section, site) as u32,
            None if is_artificial && !point.removed => 0,
            None => continue,
        };
        instances[point.mechanism.index()].push((node, Origin::Point(PointProcessId::new(index))));
    }
    let mut blocks = Vec::new();
    for (mechanism, list) in instances.iter_mut().enumerate() {
        if model.mechanisms[mechanism].description().kind == Kind::ArtificialCell {
            if !list.is_empty() {
                blocks.push(load_block(model, mechanism, list, added[mechanism]));
            }
            continue;
        }
        // Of points at one node the last that was made comes first, as in NEURON.
        list.reverse();
        list.sort_by_key(|i| i.0);
        let mut rest = list.as_slice();
        for part in parts {
            let count = rest.partition_point(|i| (i.0 as usize) < part.nodes.end);
            let (here, others) = rest.split_at(count);
            if !here.is_empty() {
                blocks.push(load_block(model, mechanism, here, added[mechanism]));
            }
            rest = others;
        }
    }
    blocks
}

fn load_block(model: &Model, mechanism: usize, list: &[(u32, Origin)], added: usize) -> Block {
    let description = model.mechanisms[mechanism].compiled.description();
    let (columns, each) = (description.columns, description.random_streams.len());
    let mut streams = Vec::with_capacity(each * list.len());
    for (_, origin) in list {
        match *origin {
            Origin::Point(point) => {
                streams.extend_from_slice(&model.points[point.index()].streams);
            }
            Origin::Density { section, segment } => {
                let density = &model.sections[section.index()].density;
                if let Some(d) = density.iter().find(|d| d.mechanism.index() == mechanism) {
                    streams.extend_from_slice(&d.streams[segment * each..(segment + 1) * each]);
                }
            }
        }
    }
    let mut block = Block::new(mechanism, columns + added, list, streams);
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

/// NEURON's order: by rank, but what writes concentrations comes before all but the lowest ranks, the
/// last registered first.
fn computation_order(model: &Model, blocks: &[Block]) -> Vec<usize> {
    let of = |b: usize| &model.mechanisms[blocks[b].mechanism];
    let early = |b: &usize| of(*b).rank < Model::BEFORE_WRITERS;
    let writes = |b: &usize| {
        let mut ions = of(*b).description().ions.iter();
        !early(b) && ions.any(|i| i.write.ci || i.write.co)
    };
    let has_node = |b: &usize| of(*b).description().kind != Kind::ArtificialCell;
    // Blocks of one mechanism stay in the order of their nodes.
    let mut all: Vec<usize> = (0..blocks.len()).filter(has_node).collect();
    all.sort_by_key(|&b| (of(b).rank, blocks[b].mechanism));
    let mut order: Vec<usize> = all.iter().copied().filter(early).collect();
    let mut writers: Vec<usize> = all.iter().copied().filter(writes).collect();
    writers.sort_by_key(|&b| Reverse((of(b).rank, blocks[b].mechanism)));
    order.extend(writers);
    order.extend(all.into_iter().filter(|b| !early(b) && !writes(b)));
    order
}

//! Layers outside of the membrane: NEURON's `extracellular`.
//!
//! Each node of a section that has it, those without area included, has [`Layers`] potentials outside
//! of its membrane, `vext[0]` the innermost. What leaves the membrane flows along a layer
//! (`xraxial`, MΩ/cm) or through it to the next (`xg`, S/cm², beside `xc`, µF/cm²), and from the
//! outermost through a battery (`e_extracellular`, mV) to ground. Where a section with layers
//! meets one without, the layers end sealed.
//!
//! It is no `.mod` file, in NEURON neither: its potentials are unknowns of the cable equation. Its
//! parameters are columns of a mechanism without code.

mod columns;
mod stored;

use nmodl::mechanism::Mechanism;

use crate::instance::{Block, Origin};
use crate::layout::{Layout, chain};
use crate::model::Model;
use crate::sparse::{Builder, Entry, Matrix};
use crate::storage::Aligned;
use crate::tree::Tree;

pub use columns::{DEFAULT_LAYERS, MOST_LAYERS, NAME};
pub(crate) use columns::{Layers, mechanism, range_name};

/// No place.
const NONE: u32 = u32::MAX;

/// A node with layers.
#[derive(Debug)]
struct Site {
    node: u32,
    /// It is not the root of its cell: only then charge leaves its layers.
    has_parent: bool,
    /// Its parent, if that has layers as well.
    parent: Option<u32>,
    /// Block and instance with its parameters; nodes without area have none.
    instance: Option<(u32, u32)>,
}

/// Conductances and capacitances of a site that a step uses, one for each layer.
#[derive(Debug, Default, Clone, Copy)]
struct Series {
    xg: f64,
    xc: f64,
}

/// The layers of a laid-out model.
#[derive(Debug)]
pub(crate) struct Extracellular {
    mechanism: usize,
    layers: Layers,
    sites: Vec<Site>,
    /// Site of each node.
    site_of: Vec<u32>,
    /// Potentials in mV: those of one site after those of the other.
    vext_mv: Vec<f64>,
    series: Vec<Series>,
    e_mv: Vec<f64>,
    /// Couplings along the layers, in the parent's equation and in that of the site.
    a: Vec<f64>,
    b: Vec<f64>,
    /// The couplings are those of the present parameters.
    coupled: bool,
    insides_mv: Aligned,
    entries: Vec<SiteEntries>,
}

/// Places in the matrix, for each site and layer.
#[derive(Debug)]
struct SiteEntries {
    diagonal: Entry,
    /// With the unknown before: the inside, or the layer within.
    before: [Entry; 2],
    /// With the parent's: in its equation, and in the site's.
    parent: Option<[Entry; 2]>,
}

impl Extracellular {
    /// The layers of a model that is being laid out; `None` if no section has any.
    pub fn new(model: &Model, layout: &Layout, tree: &Tree, blocks: &[Block]) -> Option<Self> {
        let number = model.mechanisms.iter().rposition(|m| {
            let description = m.description();
            description.name == NAME && blocks.iter().any(|b| is_at(model, b, description))
        })?;
        let layers = Layers::of(model.mechanisms[number].description());
        let mut sites = Vec::new();
        let mut site_of = vec![NONE; tree.node_count()];
        let mut add = |node: u32, instance| {
            site_of[node as usize] = sites.len() as u32;
            sites.push(Site {
                node,
                has_parent: tree.parent(node as usize).is_some(),
                parent: None,
                instance,
            });
        };
        for (section, nodes) in model.sections.iter().zip(&layout.sections) {
            if section
                .density
                .iter()
                .any(|d| d.mechanism.index() == number)
            {
                let attached = section.attached_end() as usize;
                add(nodes.ends[1 - attached], None);
                if section.connection().is_none() {
                    add(nodes.ends[attached], None);
                }
            }
        }
        for (block, instances) in blocks.iter().enumerate() {
            if instances.mechanism == number {
                for (i, &node) in instances.node[..instances.count].iter().enumerate() {
                    add(node, Some((block as u32, i as u32)));
                }
            }
        }
        // A parent comes before its children, which the order of nodes has.
        sites.sort_by_key(|site| site.node);
        for (at, site) in sites.iter_mut().enumerate() {
            site_of[site.node as usize] = at as u32;
            let parent = tree.parent(site.node as usize);
            site.parent = parent.map(|p| site_of[p]).filter(|&p| p != NONE);
        }
        let each = sites.len() * layers.0;
        let mut new = Self {
            mechanism: number,
            layers,
            vext_mv: vec![0.0; each],
            series: vec![Series::default(); each],
            e_mv: vec![0.0; sites.len()],
            a: vec![0.0; each],
            b: vec![0.0; each],
            coupled: false,
            insides_mv: Aligned::new(tree.node_count()),
            entries: Vec::new(),
            sites,
            site_of,
        };
        new.take_potentials(model, layout);
        Some(new)
    }

    /// Number of potentials.
    pub fn unknowns(&self) -> usize {
        self.vext_mv.len()
    }

    /// Layers of each site.
    pub fn layers(&self) -> usize {
        self.layers.0
    }

    /// Index of its mechanism.
    pub fn mechanism(&self) -> usize {
        self.mechanism
    }

    /// Nodes with layers, ascending.
    pub fn nodes(&self) -> impl Iterator<Item = usize> + '_ {
        self.sites.iter().map(|site| site.node as usize)
    }

    /// Where the potential of a layer at a node is.
    pub fn position(&self, node: usize, layer: usize) -> Option<usize> {
        let site = self.site_of[node];
        (site != NONE).then(|| site as usize * self.layers.0 + layer)
    }

    /// Node and layer of a potential.
    pub fn place_of(&self, position: usize) -> (usize, usize) {
        let (site, layer) = (position / self.layers.0, position % self.layers.0);
        (self.sites[site].node as usize, layer)
    }

    /// Potentials in mV.
    pub fn potentials(&self) -> &[f64] {
        &self.vext_mv
    }

    /// Potentials in mV.
    pub fn potentials_mut(&mut self) -> &mut [f64] {
        &mut self.vext_mv
    }

    /// The potential inside a node: v plus that of the innermost layer.
    pub fn inside(&self, node: usize, v_mv: f64) -> f64 {
        v_mv + self.position(node, 0).map_or(0.0, |p| self.vext_mv[p])
    }

    /// The potentials inside all nodes.
    pub fn insides(&mut self, v_mv: &[f64]) -> &mut Aligned {
        self.insides_mv.copy_from_slice(v_mv);
        for (site, vext) in self.sites.iter().zip(self.vext_mv.chunks(self.layers.0)) {
            self.insides_mv[site.node as usize] += vext[0];
        }
        &mut self.insides_mv
    }

    /// The same at the nodes of an electrode only; at others it is what it was.
    pub fn insides_at(&mut self, nodes: &[u32], v_mv: &[f64]) -> &mut Aligned {
        for &node in nodes {
            let node = node as usize;
            self.insides_mv[node] = self.inside(node, v_mv[node]);
        }
        &mut self.insides_mv
    }

    /// The parameters changed: couplings have to be computed anew.
    pub fn uncouple(&mut self) {
        self.coupled = false;
    }

    /// Takes the present parameters.
    pub fn take_parameters(
        &mut self,
        model: &Model,
        layout: &Layout,
        tree: &Tree,
        blocks: &[Block],
    ) {
        let n = self.layers.0;
        for (at, site) in self.sites.iter().enumerate() {
            let Some((block, instance)) = site.instance else {
                continue;
            };
            let block = &blocks[block as usize];
            let value = |column: usize| block.data[column * block.stride + instance as usize];
            for layer in 0..n {
                self.series[at * n + layer] = Series {
                    xg: value(self.layers.xg(layer)),
                    xc: value(self.layers.xc(layer)),
                };
            }
            self.e_mv[at] = value(self.layers.e());
        }
        if !self.coupled {
            self.couple(model, layout, tree, blocks);
            self.coupled = true;
        }
    }

    /// Couplings along the layers: each segment has half of its resistance on both sides of its
    /// middle, ends have none.
    fn couple(&mut self, model: &Model, layout: &Layout, tree: &Tree, blocks: &[Block]) {
        let n = self.layers.0;
        for (index, section) in model.sections.iter().enumerate() {
            let here = |d: &crate::model::Inserted| d.mechanism.index() == self.mechanism;
            if section.removed || !section.density.iter().any(here) {
                continue;
            }
            let half_cm = 0.5e-4 * section.length_um() / section.segment_count() as f64;
            let nodes = &layout.sections[index];
            let resistance = |site: usize, layer: usize| match self.sites[site].instance {
                Some((block, instance)) => {
                    let block = &blocks[block as usize];
                    let at = self.layers.xraxial(layer) * block.stride + instance as usize;
                    block.data[at] * half_cm
                }
                None => 0.0,
            };
            for (j, (node, parent)) in chain(section, nodes).into_iter().enumerate() {
                let site = self.site_of[node] as usize;
                let branches = if j == 0 { section.rall_branch() } else { 1.0 };
                for layer in 0..n {
                    let mut mohm = resistance(site, layer);
                    if j > 0 {
                        mohm += resistance(self.site_of[parent] as usize, layer);
                    }
                    let at = site * n + layer;
                    self.a[at] = -1e2 * branches / (mohm * tree.area_um2[parent]);
                    self.b[at] = -1e2 / (mohm * tree.area_um2[node]);
                }
            }
        }
    }

    /// Forgets its places in a matrix that is given up.
    pub fn unplace(&mut self) {
        self.entries.clear();
    }

    /// Makes its places in the matrix; its unknowns begin at `first`.
    pub fn place(&mut self, builder: &mut Builder, first: usize) {
        let n = self.layers.0;
        for (at, site) in self.sites.iter().enumerate() {
            for layer in 0..n {
                let own = first + at * n + layer;
                let before = match layer {
                    0 => site.node as usize,
                    _ => own - 1,
                };
                self.entries.push(SiteEntries {
                    diagonal: builder.entry(own, own),
                    before: [builder.entry(before, own), builder.entry(own, before)],
                    parent: site.parent.map(|parent| {
                        let parent = first + parent as usize * n + layer;
                        [builder.entry(parent, own), builder.entry(own, parent)]
                    }),
                });
            }
        }
    }

    /// Its part of the matrix. `membrane` has the conductances of the membrane at all nodes, with
    /// capacitances.
    pub fn fill(&self, matrix: &mut Matrix, membrane: &[f64], cj_per_ms: f64) {
        let n = self.layers.0;
        let per_capacitance = 0.001 * cj_per_ms;
        for (at, site) in self.sites.iter().enumerate() {
            let through = membrane[site.node as usize];
            let entries = &self.entries[at * n..(at + 1) * n];
            matrix.add(entries[0].diagonal, through);
            matrix.add(entries[0].before[0], -through);
            matrix.add(entries[0].before[1], -through);
            if !site.has_parent {
                continue;
            }
            for layer in 0..n {
                let Series { xg, xc } = self.series[at * n + layer];
                let outward = xg + xc * per_capacitance;
                matrix.add(entries[layer].diagonal, outward);
                if let Some(next) = entries.get(layer + 1) {
                    matrix.add(next.diagonal, outward);
                    matrix.add(next.before[0], -outward);
                    matrix.add(next.before[1], -outward);
                }
            }
            let Some(parent) = site.parent else { continue };
            for layer in 0..n {
                let (a, b) = (self.a[at * n + layer], self.b[at * n + layer]);
                matrix.add(entries[layer].diagonal, -b);
                matrix.add(self.entries[parent as usize * n + layer].diagonal, -a);
                if let Some(entries) = entries[layer].parent {
                    matrix.add(entries[0], a);
                    matrix.add(entries[1], b);
                }
            }
        }
    }

    /// What flows into each layer. `membrane` has the currents of the membrane at all nodes, outward.
    pub fn flows(&self, membrane: &[f64], into: &mut [f64]) {
        let n = self.layers.0;
        into.fill(0.0);
        for (at, site) in self.sites.iter().enumerate() {
            into[at * n] += membrane[site.node as usize];
            if !site.has_parent {
                continue;
            }
            for layer in 0..n {
                let own = at * n + layer;
                if let Some(parent) = site.parent {
                    let parent = parent as usize * n + layer;
                    let dv = self.vext_mv[parent] - self.vext_mv[own];
                    into[own] -= self.b[own] * dv;
                    into[parent] += self.a[own] * dv;
                }
                let xg = self.series[own].xg;
                if layer + 1 == n {
                    into[own] -= xg * (self.vext_mv[own] - self.e_mv[at]);
                } else {
                    let outward = xg * (self.vext_mv[own] - self.vext_mv[own + 1]);
                    into[own] -= outward;
                    into[own + 1] += outward;
                }
            }
        }
    }

    /// What the capacitances of the layers take up, per ms, subtracted from what flows in; `rates`
    /// are those of the potentials.
    pub fn subtract_capacitive(&self, rates: &[f64], from: &mut [f64]) {
        let n = self.layers.0;
        for at in 0..self.sites.len() {
            for layer in 0..n {
                let own = at * n + layer;
                let beyond = if layer + 1 == n { 0.0 } else { rates[own + 1] };
                let taken = 0.001 * self.series[own].xc * (rates[own] - beyond);
                from[own] -= taken;
                if layer + 1 < n {
                    from[own + 1] += taken;
                }
            }
        }
    }

    /// Keeps conductances and currents of the membrane where the caller sees them.
    pub fn keep_membrane(&self, blocks: &mut [Block], conductance: &[f64], current: &[f64]) {
        for site in &self.sites {
            if let Some((block, instance)) = site.instance {
                let block = &mut blocks[block as usize];
                let node = site.node as usize;
                let at = |column: usize| column * block.stride + instance as usize;
                let (g, i) = (at(self.layers.conductance()), at(self.layers.current()));
                block.data[g] = conductance[node];
                block.data[i] = current[node];
            }
        }
    }

    /// Sets the currents of the membrane (`i_membrane`, mA/cm²) from those at all nodes.
    pub fn set_membrane_currents(&self, blocks: &mut [Block], current: impl Fn(usize) -> f64) {
        for site in &self.sites {
            if let Some((block, instance)) = site.instance {
                let block = &mut blocks[block as usize];
                let at = self.layers.i_membrane() * block.stride + instance as usize;
                block.data[at] = current(site.node as usize);
            }
        }
    }
}

/// True for a block of instances of that mechanism.
fn is_at(model: &Model, block: &Block, description: &Mechanism) -> bool {
    let own = model.mechanisms[block.mechanism].description();
    std::ptr::eq(own, description)
        && block
            .origins
            .iter()
            .any(|origin| matches!(origin, Origin::Density { .. }))
}

//! Potentials of layers in a model that is not laid out: of segments they are columns, ends have a list.

use crate::layout::Layout;
use crate::model::Model;

use super::{Extracellular, NONE};

impl Extracellular {
    /// Takes the potentials that a model has which is being laid out.
    pub(super) fn take_potentials(&mut self, model: &Model, layout: &Layout) {
        let n = self.layers.0;
        for (section, nodes) in model.sections.iter().zip(&layout.sections) {
            let mut density = section.density.iter();
            let own = density.find(|d| d.mechanism.index() == self.mechanism);
            let Some(inserted) = own else {
                continue;
            };
            let first = self.layers.vext(0);
            let rows = inserted.values.chunks(inserted.columns);
            let segments = nodes
                .segments
                .iter()
                .zip(rows.map(|row| &row[first..first + n]));
            let ends = nodes
                .ends
                .iter()
                .zip(section.end_vext_mv.iter().map(Vec::as_slice));
            let attached = section
                .connection()
                .map(|c| nodes.ends[c.child_end as usize]);
            for (&node, values) in segments.chain(ends) {
                let site = self.site_of[node as usize];
                // An end that is attached is the parent's.
                if site != NONE && values.len() == n && Some(node) != attached {
                    let site = site as usize;
                    self.vext_mv[site * n..(site + 1) * n].copy_from_slice(values);
                }
            }
        }
    }

    /// Hands the potentials to a model that is laid out no more.
    pub fn store(&self, model: &mut Model, layout: &Layout) {
        let n = self.layers.0;
        let values = |node: u32| {
            let site = self.site_of[node as usize];
            (site != NONE).then(|| &self.vext_mv[site as usize * n..(site as usize + 1) * n])
        };
        for (section, nodes) in model.sections.iter_mut().zip(&layout.sections) {
            let mut density = section.density.iter_mut();
            let own = density.find(|d| d.mechanism.index() == self.mechanism);
            let Some(inserted) = own else {
                continue;
            };
            let first = self.layers.vext(0);
            let rows = inserted.values.chunks_mut(inserted.columns);
            for (row, &node) in rows.zip(&nodes.segments) {
                if let Some(values) = values(node) {
                    row[first..first + n].copy_from_slice(values);
                }
            }
            section.end_vext_mv = nodes
                .ends
                .map(|node| values(node).map_or_else(|| vec![0.0; n], <[f64]>::to_vec));
        }
    }
}

//! How often a model's structure and geometry were set up anew (NEURON's `structure_change_count`
//! and `diam_change_count`): whenever it is laid out and is not what it was the last time.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Model, Section};

/// The counts, and what they were counted for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changes {
    structures: u32,
    geometries: u32,
    /// Digests of the last layout.
    laid_out: Option<(u64, u64)>,
}

impl Model {
    /// How often sections, their connections and segments, mechanisms or places of point processes
    /// had changed when the model was laid out, and how often these or sizes, resistivities and
    /// capacitances had.
    pub fn change_counts(&self) -> (u32, u32) {
        (self.changes.structures, self.changes.geometries)
    }

    /// The model is laid out.
    pub(crate) fn count_changes(&mut self) {
        if self.sections.iter().all(|s| s.removed) {
            return;
        }
        let (structure, geometry) = self.digests();
        let known = self.changes.laid_out.replace((structure, geometry));
        let changed = known.map(|(s, g)| (s != structure, g != geometry));
        let (new_structure, new_geometry) = changed.unwrap_or((true, true));
        self.changes.structures += u32::from(new_structure);
        self.changes.geometries += u32::from(new_structure || new_geometry);
    }

    fn digests(&self) -> (u64, u64) {
        let (mut structure, mut geometry) = (DefaultHasher::new(), DefaultHasher::new());
        // What was made and is gone again has changed the structure, too.
        (self.sections.len(), self.points.len()).hash(&mut structure);
        for (index, section) in self.sections.iter().enumerate().filter(|(_, s)| !s.removed) {
            index.hash(&mut structure);
            section.segments.len().hash(&mut structure);
            for inserted in &section.density {
                inserted.mechanism.index().hash(&mut structure);
            }
            if let Some(c) = section.connection {
                (c.parent.index(), c.child_end as u8).hash(&mut structure);
                c.parent_x.to_bits().hash(&mut structure);
            }
            section.hash_geometry(&mut geometry);
        }
        for (index, point) in self.points.iter().enumerate().filter(|(_, p)| !p.removed) {
            if let Some((section, site)) = point.at {
                (index, section.index(), format!("{site:?}")).hash(&mut structure);
            }
        }
        (structure.finish(), geometry.finish())
    }
}

impl Section {
    fn hash_geometry(&self, hasher: &mut impl Hasher) {
        let mut number = |value: f64| value.to_bits().hash(hasher);
        number(self.length_um);
        number(self.axial_resistivity_ohm_cm);
        number(self.rall_branch);
        for segment in &self.segments {
            number(segment.diam_um);
            number(segment.cm_uf_per_cm2);
        }
        for point in &self.points {
            [point.x_um, point.y_um, point.z_um, point.diam_um]
                .into_iter()
                .for_each(|value| number(value.into()));
        }
    }
}

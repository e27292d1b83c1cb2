//! One cell: its sections, what is in their membranes, and its points.

use super::discretization::Rule;
use super::shape::CellSection;
use super::{BuildError, Builder};
use crate::model::file::{CellTables, Ion, Parameters};
use crate::model::located::{At, Entries};
use crate::model::name;
use crate::problem::Problem;

/// What a region, or a section itself, says about a section.
pub struct Properties<'a> {
    /// Which of the cell's sections, as indices.
    pub sections: Vec<usize>,
    pub nseg: Option<u32>,
    pub ra_ohm_cm: Option<f64>,
    pub cm_uf_per_cm2: Option<f64>,
    pub ions: &'a Entries<Ion>,
    pub insert: &'a Entries<Parameters>,
}

impl Builder<'_> {
    /// Builds a cell, but for its points; its names get `prefix` in front.
    pub(super) fn cell(
        &mut self,
        tables: CellTables<'_>,
        ions: &Entries<Ion>,
        prefix: &str,
    ) -> Result<(), BuildError> {
        let sections = self.shape(tables, prefix)?;
        let properties = self.properties(tables, &sections);
        for each in &properties {
            self.cable(each, &sections);
        }
        match Rule::of(tables.segments) {
            Ok(rule) => self.discretize(rule, &properties, &sections),
            Err(problem) => self.problem(problem),
        }
        // First all mechanisms, then values: a region's ions may come with another's mechanism.
        for each in &properties {
            self.insert(each, &sections);
        }
        self.ions_of_cell(ions, &sections);
        for each in &properties {
            self.set_parameters(each, &sections);
            self.set_ions(each, &sections);
        }
        Ok(())
    }

    /// Makes the points of a cell whose names get `prefix` in front.
    pub(super) fn points_of(&mut self, tables: CellTables<'_>, prefix: &str) {
        for (key, point) in tables.points.iter() {
            self.point(key, point, prefix);
        }
    }

    /// Regions in the order of the file, then the sections' own.
    fn properties<'a>(
        &mut self,
        tables: CellTables<'a>,
        sections: &[CellSection<'a>],
    ) -> Vec<Properties<'a>> {
        let mut all = Vec::new();
        for (key, region) in tables.regions.iter() {
            let selected = match &region.sections {
                Some(patterns) => self.select(patterns, sections),
                None if key.as_str() == "all" => (0..sections.len()).collect(),
                None => self.select(std::slice::from_ref(key), sections),
            };
            all.push(Properties {
                sections: selected,
                nseg: region.nseg,
                ra_ohm_cm: region.ra,
                cm_uf_per_cm2: region.cm,
                ions: &region.ions,
                insert: &region.insert,
            });
        }
        for (index, section) in sections.iter().enumerate() {
            if let Some(table) = section.table {
                all.push(Properties {
                    sections: vec![index],
                    nseg: table.nseg,
                    ra_ohm_cm: table.ra,
                    cm_uf_per_cm2: table.cm,
                    ions: &table.ions,
                    insert: &table.insert,
                });
            }
        }
        all
    }

    fn select(&mut self, patterns: &[At<String>], sections: &[CellSection<'_>]) -> Vec<usize> {
        let mut selected = vec![false; sections.len()];
        for pattern in patterns {
            let mut found = false;
            for (section, selected) in sections.iter().zip(&mut selected) {
                if name::selects(pattern, &section.name) {
                    *selected = true;
                    found = true;
                }
            }
            if !found {
                let names = sections.iter().map(|section| section.name.as_str());
                let message = format!("there is no section `{}` in this cell", pattern.as_str());
                self.problem(Problem::at(pattern.span(), message).known_names(pattern, names));
            }
        }
        (0..sections.len())
            .filter(|&index| selected[index])
            .collect()
    }

    fn cable(&mut self, properties: &Properties<'_>, sections: &[CellSection<'_>]) {
        for &index in &properties.sections {
            let id = sections[index].id;
            // The ranges were checked with the file.
            if let Some(ra) = properties.ra_ohm_cm {
                let set = self.model.set_axial_resistivity(id, ra);
                self.take(set, 0..0);
            }
            if let Some(cm) = properties.cm_uf_per_cm2 {
                let set = self.model.set_section(id, "cm", cm);
                self.take(set, 0..0);
            }
        }
    }

    fn discretize(
        &mut self,
        rule: Rule,
        properties: &[Properties<'_>],
        sections: &[CellSection<'_>],
    ) {
        let mut counts: Vec<Option<usize>> = vec![None; sections.len()];
        for each in properties {
            if let Some(nseg) = each.nseg {
                each.sections
                    .iter()
                    .for_each(|&index| counts[index] = Some(nseg as usize));
            }
        }
        for (section, count) in sections.iter().zip(counts) {
            let count = match (count, self.model.section(section.id)) {
                (Some(count), _) => count,
                (None, Ok(known)) => rule.count(known),
                (None, Err(_)) => continue,
            };
            let set = self.model.set_segment_count(section.id, count);
            self.take(set, 0..0);
        }
    }
}

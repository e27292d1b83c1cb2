//! Ions: concentrations, reversal potentials and styles.

use runtime::ion::{IonOwner, IonStyle};
use runtime::{Place, SectionId};

use super::Builder;
use super::cell::Properties;
use super::shape::CellSection;
use crate::model::file::Ion;
use crate::model::located::{At, Entries};
use crate::problem::Problem;

impl Builder<'_> {
    pub(super) fn set_ions(&mut self, properties: &Properties<'_>, sections: &[CellSection<'_>]) {
        for (name, ion) in properties.ions.iter() {
            let ids: Vec<SectionId> = properties
                .sections
                .iter()
                .map(|&index| sections[index].id)
                .collect();
            let present = self.with_ion(name, &ids);
            if present.is_empty() && !ids.is_empty() {
                let message = format!("no mechanism here uses the ion `{}`", name.as_str());
                self.no_ion(name, message);
            }
            for id in present {
                self.set_ion(id, name, ion);
            }
        }
    }

    /// The concentrations of the top table of ions, from which mechanisms start.
    pub(super) fn initial_concentrations(&mut self, ions: &Entries<Ion>) {
        for (name, ion) in ions.iter() {
            if self.model.find_ion(name).is_none() {
                let message = format!("no mechanism uses the ion `{}`", name.as_str());
                self.no_ion(name, message);
                continue;
            }
            for (side, value) in [("i", ion.inside), ("o", ion.outside)] {
                if let Some(value) = value {
                    let ion = name.as_str();
                    let set =
                        self.model
                            .set(Place::Model, &format!("{ion}{side}0_{ion}_ion"), value);
                    self.take(set, name.span());
                }
            }
        }
    }

    /// Reversal potentials and styles of the top table, in the sections of a cell that have the
    /// ion. Regions and sections come later and may replace them.
    pub(super) fn ions_of_cell(&mut self, ions: &Entries<Ion>, sections: &[CellSection<'_>]) {
        let ids: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
        for (name, ion) in ions.iter() {
            let everywhere = Ion {
                inside: None,
                outside: None,
                ..ion.clone()
            };
            for id in self.with_ion(name, &ids) {
                self.set_ion(id, name, &everywhere);
            }
        }
    }

    fn no_ion(&mut self, name: &At<String>, message: String) {
        let known = self.model.ions().iter().map(|ion| ion.name());
        let problem = Problem::at(name.span(), message).known_names(name, known);
        self.problem(problem);
    }

    fn with_ion(&self, ion: &str, sections: &[SectionId]) -> Vec<SectionId> {
        let variable = format!("e{ion}");
        let has = |&id: &SectionId| {
            let place = Place::Segment {
                section: id,
                x: 0.5,
            };
            self.model.get(place, &variable).is_ok()
        };
        sections.iter().copied().filter(has).collect()
    }

    fn set_ion(&mut self, section: SectionId, name: &At<String>, ion: &Ion) {
        if let Some(style) = ion.style {
            match (ion_style(style), self.model.find_ion(name)) {
                (Some(style), Some(id)) => {
                    let set = self.model.set_ion_style(section, id, style);
                    self.take(set, name.span());
                }
                (None, _) => self.problem(
                    Problem::at(
                        name.span(),
                        format!("`style` of `{}` is none of NEURON's", name.as_str()),
                    )
                    .help("the five integers are from 0 to 3, 0 to 3, and 0 or 1 three times"),
                ),
                (_, None) => {}
            }
        }
        let ion_name = name.as_str();
        for (variable, value) in [
            (format!("e{ion_name}"), ion.reversal),
            (format!("{ion_name}i"), ion.inside),
            (format!("{ion_name}o"), ion.outside),
        ] {
            if let Some(value) = value {
                let set = self.model.set_section(section, &variable, value);
                self.take(set, name.span());
            }
        }
    }
}

/// The five numbers of NEURON's `ion_style`.
fn ion_style([c_style, e_style, einit, eadvance, cinit]: [i32; 5]) -> Option<IonStyle> {
    let owner = |number| match number {
        0 => Some(IonOwner::Unused),
        1 => Some(IonOwner::Parameter),
        2 => Some(IonOwner::Assigned),
        3 => Some(IonOwner::State),
        _ => None,
    };
    let flag = |number| match number {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    };
    Some(IonStyle {
        concentration: owner(c_style)?,
        reversal: owner(e_style)?,
        initialize_reversal: flag(einit)?,
        advance_reversal: flag(eadvance)?,
        initialize_concentration: flag(cinit)?,
    })
}

//! Ions of a session: registering, charges, styles, and the equations of Nernst and of Goldman,
//! Hodgkin and Katz by name.

use crate::id::{IonId, SectionId};
use crate::ion::{IonField, IonOwner, IonStyle, ghk_current, nernst_mv, thermal_voltage_mv};
use crate::model::Place;

use super::{Session, SessionError};

/// Ions that are there before any mechanism uses them, with their charges.
const KNOWN: [(&str, f64); 3] = [("na", 1.0), ("k", 1.0), ("ca", 2.0)];

impl Session {
    /// Names of the ions, as `na`: those that are always there, then others as they came.
    pub fn ion_names(&self) -> Vec<String> {
        let mut names: Vec<String> = KNOWN.iter().map(|&(name, _)| name.to_owned()).collect();
        for ion in self.structure().ions() {
            if KNOWN.iter().all(|&(name, _)| name != ion.name()) {
                names.push(ion.name().to_owned());
            }
        }
        names
    }

    /// The ion of a mechanism name as `na_ion`.
    ///
    /// # Errors
    ///
    /// A name that is not one of an ion.
    pub fn ion(&mut self, mechanism: &str) -> Result<IonId, SessionError> {
        let unknown = || SessionError::UnknownIon(mechanism.to_owned());
        let name = mechanism.strip_suffix("_ion").ok_or_else(unknown)?;
        if let Some(id) = self.structure().find_ion(name) {
            return Ok(id);
        }
        let known = KNOWN.iter().find(|&&(known, _)| known == name);
        let &(name, charge) = known.ok_or_else(unknown)?;
        Ok(self.model().add_ion(name, charge))
    }

    /// Makes an ion known (NEURON's `ion_register`); concentrations and reversal potential are
    /// 1 mM and 0 mV unless it is na, k or ca.
    ///
    /// # Errors
    ///
    /// An ion that has another charge; a charge of 0.
    pub fn register_ion(&mut self, name: &str, charge: f64) -> Result<IonId, SessionError> {
        if charge == 0.0 || !charge.is_finite() {
            return Err(SessionError::Argument {
                name: "the charge of an ion",
                value: charge,
                requirement: "finite and not 0",
            });
        }
        let known = KNOWN.iter().find(|&&(known, _)| known == name);
        let id = match known {
            Some(_) => self.ion(&format!("{name}_ion"))?,
            None => self.model().add_ion(name, charge),
        };
        match self.structure().ions()[id.index()].valence() {
            Some(first) if first != charge => Err(SessionError::IonCharge {
                ion: name.to_owned(),
                first,
                second: charge,
            }),
            _ => Ok(id),
        }
    }

    /// Charge of an ion, by its mechanism name as `na_ion`.
    ///
    /// # Errors
    ///
    /// A name that is not one of an ion.
    pub fn ion_charge(&mut self, mechanism: &str) -> Result<f64, SessionError> {
        let id = self.ion(mechanism)?;
        let charge = self.structure().ions()[id.index()].valence();
        charge.ok_or_else(|| SessionError::UnknownIon(mechanism.to_owned()))
    }

    /// How an ion is treated in a section, as NEURON's number (see `style_number`, and 128 or 256
    /// more if a mechanism there writes the internal or external concentration); -1 if it is not
    /// there.
    ///
    /// # Errors
    ///
    /// A name that is not one of an ion; a section that does not exist.
    pub fn ion_style(&mut self, mechanism: &str, section: SectionId) -> Result<f64, SessionError> {
        let id = self.ion(mechanism)?;
        let model = self.structure();
        let Some(style) = model.ion_style(section, id)? else {
            return Ok(-1.0);
        };
        let [inside, outside] = model.writes_concentrations(section, id)?;
        let writers = 128 * u32::from(inside) + 256 * u32::from(outside);
        Ok(f64::from(style_number(style) + writers))
    }

    /// Sets how an ion is treated in a section; `numbers` are c_style, e_style, einit, eadvance
    /// and cinit as for NEURON's `ion_style`.
    ///
    /// # Errors
    ///
    /// As [`Session::ion_style`]; numbers out of range.
    pub fn set_ion_style(
        &mut self,
        mechanism: &str,
        section: SectionId,
        numbers: [f64; 5],
    ) -> Result<(), SessionError> {
        let id = self.ion(mechanism)?;
        let [concentration, reversal, einit, eadvance, cinit] = numbers;
        let style = IonStyle {
            concentration: owner("c_style", concentration)?,
            reversal: owner("e_style", reversal)?,
            initialize_reversal: flag("einit", einit)?,
            advance_reversal: flag("eadvance", eadvance)?,
            initialize_concentration: flag("cinit", cinit)?,
        };
        Ok(self.model().set_ion_style(section, id, style)?)
    }

    /// Reversal potential in mV for concentrations in mM, at the session's temperature.
    pub fn nernst(&self, ci_mm: f64, co_mm: f64, charge: f64) -> f64 {
        nernst_mv(ci_mm, co_mm, charge, self.celsius())
    }

    /// What the Nernst equation says of one variable of an ion (`ena`, `nai` or `nao`) from the
    /// other two at a place. Nothing is changed.
    ///
    /// # Errors
    ///
    /// Another name; an ion that is not at the place.
    pub fn nernst_of(&mut self, name: &str, place: Place) -> Result<f64, SessionError> {
        let unknown = || SessionError::UnknownName(name.to_owned());
        let (ion, field) = self.ion_variable(name).ok_or_else(unknown)?;
        let charge = self.ion_charge(&format!("{ion}_ion"))?;
        let value = |variable: String| self.get(place, &variable);
        let (e, ci, co) = (
            value(format!("e{ion}"))?,
            value(format!("{ion}i"))?,
            value(format!("{ion}o"))?,
        );
        let scaled = charge / thermal_voltage_mv(self.celsius()) * e;
        match field {
            IonField::Erev => Ok(self.nernst(ci, co, charge)),
            IonField::Inside => Ok(co * (-scaled).exp()),
            IonField::Outside => Ok(ci * scaled.exp()),
            IonField::Current | IonField::Conductance => Err(unknown()),
        }
    }

    /// Goldman–Hodgkin–Katz current in mA/cm² for a permeability of 1 cm/s, outward positive, at
    /// `v` in mV and concentrations in mM.
    pub fn ghk(&self, v_mv: f64, ci_mm: f64, co_mm: f64, charge: f64) -> f64 {
        ghk_current(v_mv, ci_mm, co_mm, charge, self.celsius())
    }

    /// The ion and the field that a variable as `ena`, `nai`, `nao`, `ina` or `dina_dv_` is.
    pub(super) fn ion_variable(&self, name: &str) -> Option<(String, IonField)> {
        self.ion_names()
            .into_iter()
            .find_map(|ion| Some((ion.clone(), IonField::of(&ion, name)?)))
    }

    fn celsius(&self) -> f64 {
        // A model always has a temperature.
        self.get(Place::Model, "celsius").unwrap_or(6.3)
    }
}

/// NEURON's number for a style: c_style + 4 cinit + 8 e_style + 32 einit + 64 eadvance.
fn style_number(style: IonStyle) -> u32 {
    style.concentration as u32
        + 4 * u32::from(style.initialize_concentration)
        + 8 * style.reversal as u32
        + 32 * u32::from(style.initialize_reversal)
        + 64 * u32::from(style.advance_reversal)
}

fn owner(name: &'static str, value: f64) -> Result<IonOwner, SessionError> {
    const OWNERS: [IonOwner; 4] = [
        IonOwner::Unused,
        IonOwner::Parameter,
        IonOwner::Assigned,
        IonOwner::State,
    ];
    let whole = (0.0..4.0).contains(&value).then_some(value as usize);
    whole.map(|i| OWNERS[i]).ok_or(SessionError::Argument {
        name,
        value,
        requirement: "0, 1, 2 or 3",
    })
}

fn flag(name: &'static str, value: f64) -> Result<bool, SessionError> {
    if (0.0..2.0).contains(&value) {
        return Ok(value >= 1.0);
    }
    Err(SessionError::Argument {
        name,
        value,
        requirement: "0 or 1",
    })
}

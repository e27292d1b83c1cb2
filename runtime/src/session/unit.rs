//! Units of variables by name, as NEURON's `units` tells them.

use crate::ion::IonField;

use super::{Session, SessionError};

/// What is no variable of a mechanism.
const TABLE: [(&str, &str); 28] = [
    ("v", "mV"),
    ("t", "ms"),
    ("dt", "ms"),
    ("celsius", "degC"),
    ("L", "um"),
    ("diam", "um"),
    ("Ra", "ohm-cm"),
    ("cm", "uF/cm2"),
    ("i_cap", "mA/cm2"),
    ("i_membrane", "mA/cm2"),
    ("e_extracellular", "mV"),
    ("xraxial", "MOhm/cm"),
    ("xg", "S/cm2"),
    ("xc", "uF/cm2"),
    ("vext", "mV"),
    ("i_membrane_", ""),
    ("area", ""),
    ("ri", ""),
    ("nseg", ""),
    ("rallbranch", ""),
    ("secondorder", ""),
    ("clamp_resist", ""),
    ("PI", ""),
    ("E", ""),
    ("FARADAY", ""),
    ("R", ""),
    ("GAMMA", ""),
    ("DEG", ""),
];

impl Session {
    /// Units of a variable: `v`, `ena`, `gnabar_hh`, `usetable_hh`, `ExpSyn.tau`. Empty for what
    /// has none.
    ///
    /// # Errors
    ///
    /// A name that no variable, mechanism or function has.
    pub fn units(&mut self, name: &str) -> Result<String, SessionError> {
        self.prepare_name(name)?;
        if let Some(units) = self.units.get(name) {
            return Ok(units.clone());
        }
        if let Some((_, units)) = TABLE.iter().find(|&&(known, _)| known == name) {
            return Ok((*units).to_owned());
        }
        let unknown = || SessionError::UnknownName(name.to_owned());
        if let Some((class, variable)) = name.split_once('.') {
            let description = self.mechanism_description(class).map_err(|_| unknown())?;
            let find = |name| description.variable(name).filter(|v| v.visible);
            let mut found = find(variable);
            if variable == "delay" {
                found = found.or_else(|| find("del"));
            }
            return Ok(found.ok_or_else(unknown)?.units.clone());
        }
        if let Some((_, field)) = self.ion_variable(name) {
            return Ok(match field {
                IonField::Erev => "mV",
                IonField::Inside | IonField::Outside => "mM",
                IonField::Current => "mA/cm2",
                IonField::Conductance => "S/cm2",
            }
            .to_owned());
        }
        if let Some((_, variable)) = self.suffixed(name) {
            return Ok(variable.units.clone());
        }
        if name.ends_with("_ion") && self.get(crate::model::Place::Model, name).is_ok() {
            return Ok("mM".to_owned());
        }
        if self.has_mechanism(name) || self.function(name).is_some() {
            return Ok(String::new());
        }
        Err(unknown())
    }

    /// Sets what [`Session::units`] says of a variable; gives it back.
    ///
    /// # Errors
    ///
    /// As [`Session::units`].
    pub fn set_units(&mut self, name: &str, units: &str) -> Result<String, SessionError> {
        self.units(name)?;
        self.units.insert(name.to_owned(), units.to_owned());
        Ok(units.to_owned())
    }
}

//! The names that variables of mechanisms have outside of their files.

use std::collections::HashMap;

use nmodl::mechanism::Mechanism;

use crate::circuit::extracellular::range_name;
use crate::id::MechanismId;

/// Where to look for `m_hh` and `hh.m`. Several mechanisms may have a name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(HashMap<String, Vec<(MechanismId, usize)>>);

impl Names {
    /// Adds the variables of a mechanism.
    pub fn add(&mut self, id: MechanismId, description: &Mechanism) {
        let suffix = &description.name;
        let full = |name: &str| range_name(description, name);
        for (number, variable) in description.variables.iter().enumerate() {
            let name = &variable.name;
            for outside in [full(name), format!("{suffix}.{name}")] {
                self.0.entry(outside).or_default().push((id, number));
            }
        }
    }

    /// Mechanisms that have a variable of that name, in the order of registration, with its
    /// number in the description.
    pub fn find(&self, name: &str) -> &[(MechanismId, usize)] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

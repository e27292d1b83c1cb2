//! Variables of the session itself: constants, and numbers that belong to no model.

use nmodl::mechanism::Storage;

use crate::circuit::extracellular::range_name;
use crate::ion::{FARADAY_C_PER_MOL, GAS_CONSTANT_J_PER_MOL_K};

use super::{RunControl, Session};

/// Constants, by the names and with the values that NEURON has (CODATA 2018).
const CONSTANTS: [(&str, f64); 9] = [
    ("PI", std::f64::consts::PI),
    ("E", std::f64::consts::E),
    ("GAMMA", 0.577_215_664_901_532_9),
    ("DEG", 57.295_779_513_082_32),
    ("PHI", 1.618_033_988_749_895),
    ("FARADAY", FARADAY_C_PER_MOL),
    ("R", GAS_CONSTANT_J_PER_MOL_K),
    ("Avogadro_constant", 6.022_140_76e23),
    ("default_dll_loaded_", 0.0),
];

/// Numbers that scripts may set.
const NUMBERS: [(&str, f64); 10] = [
    ("stoprun", 0.0),
    ("float_epsilon", 1e-11),
    ("clamp_resist", 0.001),
    ("diam_changed", 1.0),
    ("hoc_ac_", 0.0),
    ("hoc_cross_x_", 0.0),
    ("hoc_cross_y_", 0.0),
    ("nrn_netrec_state_adjust", 0.0),
    ("nrn_sparse_partrans", 0.0),
    ("nrn_shape_changed_", 0.0),
];

/// Numbers of a session by name.
#[derive(Debug)]
pub(super) struct Numbers(Vec<(String, f64)>);

impl Default for Numbers {
    fn default() -> Self {
        let named = |&(name, value): &(&str, f64)| (name.to_owned(), value);
        Self(NUMBERS.iter().map(named).collect())
    }
}

impl Numbers {
    /// The value of a number or a constant.
    pub fn get(&self, name: &str) -> Option<f64> {
        let number = self.0.iter().find(|(known, _)| known == name);
        let constant = || CONSTANTS.iter().find(|&&(known, _)| known == name);
        number
            .map(|&(_, value)| value)
            .or_else(|| constant().map(|&(_, value)| value))
    }

    /// The place of a number that may be set.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut f64> {
        let number = self.0.iter_mut().find(|(known, _)| known == name);
        number.map(|(_, value)| value)
    }

    /// True for a name that is there and cannot be set.
    pub fn is_constant(name: &str) -> bool {
        CONSTANTS.iter().any(|&(known, _)| known == name)
    }
}

impl Session {
    /// Makes a number known that is read and set as a variable of the model, such as `tstop`.
    /// One that is known keeps its value.
    pub fn define(&mut self, name: &str, value: f64) {
        if self.numbers.get(name).is_none() {
            self.numbers.0.push((name.to_owned(), value));
        }
    }

    /// The names of what [`Session::get`] knows of the model as a whole, mechanisms that are not
    /// in use aside.
    pub fn variable_names(&self) -> Vec<String> {
        let fixed = ["t", "dt", "celsius", "secondorder"].map(str::to_owned);
        let constants = CONSTANTS.iter().map(|&(name, _)| name.to_owned());
        let numbers = self.numbers.0.iter().map(|(name, _)| name.clone());
        let run_control = RunControl::NAMES.map(str::to_owned);
        let known = fixed.into_iter().chain(run_control);
        let mut names: Vec<String> = known.chain(constants).chain(numbers).collect();
        for ion in self.structure().ions() {
            let ion = ion.name();
            names.extend([format!("{ion}i0_{ion}_ion"), format!("{ion}o0_{ion}_ion")]);
        }
        for mechanism in &self.structure().mechanisms {
            let mechanism = mechanism.description();
            let globals = mechanism
                .variables
                .iter()
                .filter(|v| v.visible && v.storage == Storage::Global);
            names.extend(globals.map(|v| range_name(mechanism, &v.name)));
        }
        names
    }
}

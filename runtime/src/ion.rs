//! Ions: species, their defaults, and NEURON's rules of who owns concentrations and reversal
//! potentials.
//!
//! Each segment that has an ion has an [`IonStyle`] for it. It follows from what the mechanisms
//! of the segment READ and WRITE: the most demanding use wins . It decides
//! whether `finitialize` sets the concentrations to their global initial values, whether the
//! reversal potential is then computed by the Nernst equation, and whether that is done again in
//! every step.

use nmodl::mechanism::IonUse;

/// Faraday constant in C/mol, CODATA 2018 (exact since 2019).
pub const FARADAY_C_PER_MOL: f64 = 6.022_140_76e23 * 1.602_176_634e-19;

/// Molar gas constant in J/(K·mol), CODATA 2018 (exact since 2019).
pub const GAS_CONSTANT_J_PER_MOL_K: f64 = 6.022_140_76e23 * 1.380_649e-23;

/// RT/F in mV.
pub fn thermal_voltage_mv(celsius: f64) -> f64 {
    1000.0 * GAS_CONSTANT_J_PER_MOL_K * (celsius + 273.15) / FARADAY_C_PER_MOL
}

/// Reversal potential in mV by the Nernst equation; ±10⁶ if a concentration is not positive, 0
/// for valence 0, as NEURON.
pub fn nernst_mv(ci_mm: f64, co_mm: f64, valence: f64, celsius: f64) -> f64 {
    if valence == 0.0 {
        0.0
    } else if ci_mm <= 0.0 {
        1e6
    } else if co_mm <= 0.0 {
        -1e6
    } else {
        thermal_voltage_mv(celsius) / valence * (co_mm / ci_mm).ln()
    }
}

/// Goldman–Hodgkin–Katz current density in mA/cm² for a permeability of 1 cm/s, outward positive,
/// in the form and with the limit near 0 mV that NEURON's function `ghk` has.
pub fn ghk_current(v_mv: f64, ci_mm: f64, co_mm: f64, valence: f64, celsius: f64) -> f64 {
    let efun = |z: f64| {
        if z.abs() < 1e-4 {
            1.0 - z / 2.0
        } else {
            z / (z.exp() - 1.0)
        }
    };
    let scaled = valence * v_mv / thermal_voltage_mv(celsius);
    let (outside, inside) = (co_mm * efun(scaled), ci_mm * efun(-scaled));
    0.001 * valence * FARADAY_C_PER_MOL * (inside - outside)
}

/// An ion species.
#[derive(Debug, Clone, PartialEq)]
pub struct Ion {
    pub(crate) name: String,
    pub(crate) valence: Option<f64>,
    /// `erev, ci, co` of a segment when the ion is new there.
    pub(crate) segment_defaults: [f64; 3],
    /// `nai0_na_ion`, `nao0_na_ion` in mM.
    pub(crate) initial_mm: [f64; 2],
}

impl Ion {
    pub(crate) fn new(name: &str) -> Self {
        let (valence, erev, ci, co) = match name {
            "na" => (Some(1.0), 115.0 - 65.0, 10.0, 140.0),
            "k" => (Some(1.0), -12.0 - 65.0, 54.4, 2.5),
            "ca" => (Some(2.0), 12.5 * (2.0f64 / 5e-5).ln(), 5e-5, 2.0),
            _ => (None, 0.0, 1.0, 1.0),
        };
        Self {
            name: name.to_owned(),
            valence,
            segment_defaults: [erev, ci, co],
            initial_mm: [ci, co],
        }
    }

    /// Its name, as `na`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reversal potential in mV, inside and outside concentration in mM, that a segment has when
    /// the ion is new there.
    pub fn segment_defaults(&self) -> [f64; 3] {
        self.segment_defaults
    }

    /// Its valence, if a mechanism stated it.
    pub fn valence(&self) -> Option<f64> {
        self.valence
    }
}

/// A field of an ion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum IonField {
    Erev,
    Inside,
    Outside,
    Current,
    Conductance,
}

impl IonField {
    /// The field that `name` is of ion `ion`: `ena`, `nai`, `nao`, `ina`, `dina_dv_`.
    pub fn of(ion: &str, name: &str) -> Option<Self> {
        if let Some(side) = name.strip_prefix(ion) {
            match side {
                "i" => return Some(Self::Inside),
                "o" => return Some(Self::Outside),
                _ => {}
            }
        }
        if name.strip_prefix('e') == Some(ion) {
            return Some(Self::Erev);
        }
        if name.strip_prefix('i') == Some(ion) {
            return Some(Self::Current);
        }
        let derivative = name.strip_prefix("di").and_then(|n| n.strip_suffix("_dv_"));
        (derivative == Some(ion)).then_some(Self::Conductance)
    }
}

/// Use of concentrations or of the reversal potential, in ascending precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum IonOwner {
    /// Nobody uses it.
    #[default]
    Unused,
    /// A constant: a parameter that the user sets.
    Parameter,
    /// Follows from other quantities (the reversal potential from the concentrations).
    Assigned,
    /// A state of a mechanism.
    State,
}

/// How an ion is treated in one segment (NEURON's `ion_style`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IonStyle {
    /// Who owns the concentrations (`c_style`).
    pub concentration: IonOwner,
    /// Who owns the reversal potential (`e_style`).
    pub reversal: IonOwner,
    /// `finitialize` computes the reversal potential (`einit`).
    pub initialize_reversal: bool,
    /// Every step computes the reversal potential (`eadvance`).
    pub advance_reversal: bool,
    /// `finitialize` sets concentrations to their global initial values (`cinit`).
    pub initialize_concentration: bool,
}

impl IonStyle {
    /// The style when a mechanism with this USEION comes in addition.
    pub(crate) fn promote(self, ion: &IonUse) -> Self {
        let owner = |written: bool, read: bool| match (written, read) {
            (true, _) => IonOwner::State,
            (false, true) => IonOwner::Parameter,
            (false, false) => IonOwner::Unused,
        };
        let concentration = self.concentration.max(owner(
            ion.write.ci || ion.write.co,
            ion.read.ci || ion.read.co,
        ));
        let mut reversal = self.reversal.max(owner(ion.write.erev, ion.read.erev));
        if concentration > IonOwner::Unused {
            reversal = reversal.max(IonOwner::Assigned);
        }
        let assigned = reversal == IonOwner::Assigned;
        Self {
            concentration,
            reversal,
            initialize_concentration: concentration == IonOwner::State,
            advance_reversal: concentration == IonOwner::State && assigned,
            initialize_reversal: concentration > IonOwner::Unused && assigned,
        }
    }
}

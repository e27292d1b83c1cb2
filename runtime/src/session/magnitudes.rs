//! The largest magnitudes of states and of their errors: `CVode.state_magnitudes`.

use super::{Session, SessionError};

/// The magnitude of a state that is not in the model.
const NONE: (f64, f64) = (-1e9, -1e9);

impl Session {
    /// Begins to measure the magnitudes of all states and of their errors, or ends that.
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn measure_magnitudes(&mut self, on: bool) -> Result<(), SessionError> {
        self.measures_magnitudes = on;
        if self.cvode.active {
            self.simulation()?.measure_magnitudes(on);
        }
        Ok(())
    }

    /// Notes for each name of states, as `v`, `m_hh` or `ExpSyn.g`, the largest magnitudes that were
    /// measured so far, for [`Session::magnitude`].
    ///
    /// # Errors
    ///
    /// A model that cannot be laid out.
    pub fn collect_magnitudes(&mut self) -> Result<(), SessionError> {
        self.magnitudes.clear();
        if !self.cvode.active {
            return Ok(());
        }
        let simulation = self.simulation()?;
        let names = simulation.state_names()?;
        let Some([states, errors]) = simulation.magnitudes()? else {
            return Ok(());
        };
        for ((name, state), error) in names.into_iter().zip(states).zip(errors) {
            let largest = self.magnitudes.entry(name.base).or_insert(NONE);
            *largest = (largest.0.max(state), largest.1.max(error));
        }
        Ok(())
    }

    /// The largest magnitude of the states of a name, and of their errors, when
    /// [`Session::collect_magnitudes`] was called last; -1e9 for a name without states.
    pub fn magnitude(&self, base: &str) -> (f64, f64) {
        self.magnitudes.get(base).copied().unwrap_or(NONE)
    }

    /// Whether states may have that name: a range variable or a variable of a point process, as `v`,
    /// `m_hh`, `cai`, `ExpSyn.g`.
    pub fn is_state_name(&self, base: &str) -> bool {
        let model = self.structure();
        if base == "v" || base == "vext" {
            return true;
        }
        let ion = |ion: &&crate::ion::Ion| {
            [format!("{}i", ion.name), format!("{}o", ion.name)]
                .iter()
                .any(|name| name == base)
        };
        if model.ions().iter().any(|each| ion(&each)) {
            return true;
        }
        model.mechanisms.iter().any(|registered| {
            let description = registered.description();
            let name = match base.strip_suffix(&format!("_{}", description.name)) {
                Some(name) => name,
                None => match base.split_once('.') {
                    Some((class, name)) if class == description.name => name,
                    _ => return false,
                },
            };
            description.variable(name).is_some()
        })
    }
}

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
    pub fn is_state_name(&mut self, base: &str) -> bool {
        if base == "v" || base == "vext" {
            return true;
        }
        let of_ion = |ion: &crate::ion::Ion| {
            base.strip_suffix(['i', 'o'])
                .is_some_and(|name| name == ion.name)
        };
        if self.structure().ions().iter().any(of_ion) {
            return true;
        }
        let variable_of = |mechanism: &str| match base.split_once('.') {
            Some((class, name)) => (class == mechanism).then(|| name.to_owned()),
            None => {
                let name = base.strip_suffix(mechanism)?.strip_suffix('_')?;
                Some(name.to_owned())
            }
        };
        let has = |description: &nmodl::mechanism::Mechanism| {
            variable_of(&description.name).is_some_and(|name| description.variable(&name).is_some())
        };
        let mut known = self.structure().mechanisms.iter();
        if known.any(|registered| has(registered.description())) {
            return true;
        }
        // One that is not in the model yet.
        let names = self.library.names().map(str::to_owned);
        let candidates: Vec<String> = names.filter(|name| variable_of(name).is_some()).collect();
        candidates.iter().any(|name| {
            let compiled = self.library.compile(name);
            compiled.is_ok_and(|compiled| has(compiled.description()))
        })
    }
}

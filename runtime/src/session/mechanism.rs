//! Mechanisms of a session: loading, finding and describing them.
//!
//! Shipped mechanisms are compiled when they are first asked for, a user's when they are loaded,
//! so that whoever loads a file hears of its faults.

use std::path::Path;
use std::sync::Arc;

use nmodl::mechanism::{Kind, Mechanism, PointerKind, Role, Storage, Variable};
use nmodl::syntax::ast::MechanismKind;

use crate::circuit::extracellular::{self, range_name};
use crate::id::{MechanismId, PointProcessId, SectionId};
use crate::library::{Loading, Repeated};

use super::{Session, SessionError};

/// What can be known of a mechanism without compiling it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MechanismFacts {
    /// Suffix or class name; `na_ion` for an ion.
    pub name: String,
    /// `None` for an ion.
    pub kind: Option<Kind>,
}

impl Session {
    /// Compiles a `.mod` file, or all those in a folder, and makes the mechanisms known: all, or
    /// none if there is a fault. They take the place of shipped ones of the same name. A file
    /// that is loaded again replaces its mechanism for whatever is inserted or made from now on;
    /// existing instances run on with the code that they have, see [`Session::migrate`]. Gives
    /// the names of the mechanisms.
    ///
    /// # Errors
    ///
    /// Files that cannot be read or compiled; a mechanism of the same name from another file,
    /// unless `repeated` allows it.
    pub fn load_mechanisms(
        &mut self,
        path: &Path,
        repeated: Repeated,
    ) -> Result<Vec<String>, SessionError> {
        let loading = self.library.load(path, repeated)?;
        self.register(loading)
    }

    /// As [`Session::load_mechanisms`], from a text. `name` stands for the file in messages.
    ///
    /// # Errors
    ///
    /// As [`Session::load_mechanisms`].
    pub fn load_text(
        &mut self,
        name: &str,
        text: &str,
        repeated: Repeated,
    ) -> Result<Vec<String>, SessionError> {
        let loading = self.library.load_text(name, text.as_bytes(), repeated)?;
        self.register(loading)
    }

    fn register(&mut self, loading: Loading) -> Result<Vec<String>, SessionError> {
        let mut model = self.model().clone();
        let mut names = Vec::new();
        let mut external = Vec::new();
        for compiled in loading.mechanisms() {
            names.push(compiled.description().name.clone());
            let pointers = compiled.description().pointers.iter();
            let pointers = pointers.filter(|p| p.kind == PointerKind::External);
            external.extend(pointers.map(|p| p.name.clone()));
            model.replace_mechanism(compiled.clone())?;
        }
        *self.model() = model;
        self.library.finish(loading);
        external.iter().try_for_each(|name| self.know_owner(name))?;
        Ok(names)
    }

    /// Makes the mechanism known whose GLOBAL variable an EXTERNAL one is, if there is one: those
    /// that ship are compiled when something asks for them.
    fn know_owner(&mut self, variable: &str) -> Result<(), SessionError> {
        for (at, _) in variable.match_indices('_') {
            let suffix = &variable[at + 1..];
            if self.has_mechanism(suffix) {
                self.mechanism(suffix)?;
            }
        }
        Ok(())
    }

    /// Has existing instances of a mechanism that was loaded again use the new code. Variables
    /// keep their values by name; see [`crate::Model::migrate`].
    ///
    /// # Errors
    ///
    /// As [`crate::Model::migrate`]; an unknown name.
    pub fn migrate(&mut self, name: &str) -> Result<(), SessionError> {
        self.mechanism(name)?;
        Ok(self.model().migrate(name)?)
    }

    /// True if there is a mechanism of that name, shipped or loaded. Ions are none.
    pub fn has_mechanism(&self, name: &str) -> bool {
        name == extracellular::NAME || self.library.keyword(name).is_some()
    }

    /// Density, point process or artificial cell, if there is a mechanism of that name.
    pub fn mechanism_kind(&self, name: &str) -> Option<Kind> {
        if name == extracellular::NAME {
            return Some(Kind::Density);
        }
        Some(match self.library.keyword(name)? {
            MechanismKind::Suffix if name == "nothing" => Kind::Nothing,
            MechanismKind::Suffix => Kind::Density,
            MechanismKind::PointProcess => Kind::PointProcess,
            MechanismKind::ArtificialCell => Kind::ArtificialCell,
        })
    }

    /// The mechanism of that suffix or class name, which is compiled when it is first asked for.
    ///
    /// # Errors
    ///
    /// An unknown name; what the compiler says about its file.
    pub fn mechanism(&mut self, name: &str) -> Result<MechanismId, SessionError> {
        if let Some(id) = self.structure().find_mechanism(name) {
            return Ok(id);
        }
        if !self.has_mechanism(name) {
            return Err(SessionError::UnknownMechanism(name.to_owned()));
        }
        if name == extracellular::NAME {
            let layers = self.layers;
            return Ok(self.model().add_extracellular(layers)?);
        }
        let compiled = self.library.compile(name)?;
        let id = self.model().add_mechanism(compiled)?;
        if let Some(rank) = self.library.rank(name) {
            self.model().set_rank(id, rank)?;
        }
        Ok(id)
    }

    /// Number of layers that extracellular has where it is inserted from now on.
    pub fn extracellular_layers(&self) -> usize {
        self.layers
    }

    /// Sets that number (NEURON's `nlayer_extracellular`).
    ///
    /// # Errors
    ///
    /// No or more than 1000 layers; extracellular that is inserted already.
    pub fn set_extracellular_layers(&mut self, layers: usize) -> Result<(), SessionError> {
        if !(1..=extracellular::MOST_LAYERS).contains(&layers) {
            return Err(SessionError::Argument {
                name: "the number of layers",
                value: layers as f64,
                requirement: "from 1 to 1000",
            });
        }
        if layers == self.layers {
            return Ok(());
        }
        let model = self.structure();
        let present = |id: SectionId| model.inserted(id, extracellular::NAME).is_some();
        if model.sections().any(present) {
            return Err(SessionError::LayersInUse);
        }
        self.layers = layers;
        if self
            .structure()
            .find_mechanism(extracellular::NAME)
            .is_some()
        {
            let compiled = Arc::new(extracellular::mechanism(layers));
            self.model().replace_mechanism(compiled)?;
        }
        Ok(())
    }

    /// Inserts a density mechanism, or an ion by its mechanism name as `na_ion`, in a section.
    ///
    /// # Errors
    ///
    /// As [`Session::mechanism`]; a point process.
    pub fn insert(&mut self, section: SectionId, name: &str) -> Result<(), SessionError> {
        if let Ok(ion) = self.ion(name) {
            return Ok(self.model().insert_ion(section, ion)?);
        }
        let mechanism = self.mechanism(name)?;
        // What is there already is no change of structure.
        if self.structure().inserted(section, name).is_some() {
            return Ok(());
        }
        Ok(self.model().insert(section, mechanism)?)
    }

    /// The description of a mechanism.
    ///
    /// # Errors
    ///
    /// As [`Session::mechanism`].
    pub fn mechanism_description(&mut self, name: &str) -> Result<&Mechanism, SessionError> {
        let id = self.mechanism(name)?;
        Ok(self.structure().mechanism(id)?)
    }

    /// The description of the mechanism of a point process, which may be older than the one that
    /// its name means now.
    ///
    /// # Errors
    ///
    /// A point process that does not exist.
    pub fn point_description(&self, point: PointProcessId) -> Result<&Mechanism, SessionError> {
        let model = self.structure();
        Ok(model.mechanism(model.point_mechanism(point)?)?)
    }

    /// The description of a density mechanism in a section.
    ///
    /// # Errors
    ///
    /// A mechanism that is not there.
    pub fn density_description(
        &self,
        section: SectionId,
        name: &str,
    ) -> Result<&Mechanism, SessionError> {
        let model = self.structure();
        match model.inserted(section, name) {
            Some(id) => Ok(model.mechanism(id)?),
            None => Err(SessionError::UnknownMechanism(name.to_owned())),
        }
    }

    /// Name and text of the file of a mechanism.
    pub fn mechanism_source(&self, name: &str) -> Option<(&str, &str)> {
        self.library.source(name)
    }

    /// All mechanisms: those that ship and the loaded ones, then the ions.
    pub fn mechanisms(&self) -> Vec<MechanismFacts> {
        let files = self.library.names().filter(|name| *name != "nothing");
        let files = files.map(|name| MechanismFacts {
            name: name.to_owned(),
            kind: self.mechanism_kind(name),
        });
        let ions = self.ion_names().into_iter().map(|name| MechanismFacts {
            name: format!("{name}_ion"),
            kind: None,
        });
        let layers = MechanismFacts {
            name: extracellular::NAME.to_owned(),
            kind: Some(Kind::Density),
        };
        [layers].into_iter().chain(files).chain(ions).collect()
    }

    /// Compiles the mechanisms that a name may belong to by its suffix: `usetable_hh` is known
    /// before hh was used.
    ///
    /// # Errors
    ///
    /// What the compiler says.
    pub fn prepare_name(&mut self, name: &str) -> Result<(), SessionError> {
        let base = name.split('[').next().unwrap_or(name);
        let unused = |known: &&str| {
            self.structure().find_mechanism(known).is_none()
                && base
                    .strip_suffix(known)
                    .is_some_and(|rest| rest.len() > 1 && rest.ends_with('_'))
        };
        let wanted: Vec<String> = self
            .library
            .names()
            .filter(unused)
            .map(str::to_owned)
            .collect();
        wanted
            .iter()
            .try_for_each(|known| self.mechanism(known).map(|_| ()))
    }

    /// The density mechanism and its variable that `name_suffix` is in each segment, if any.
    pub fn range_variable(&self, name: &str) -> bool {
        const EVERYWHERE: [&str; 4] = ["v", "diam", "cm", "i_cap"];
        let base = name.split('[').next().unwrap_or(name);
        EVERYWHERE.contains(&base)
            || self.ion_variable(base).is_some()
            || self
                .suffixed(base)
                .is_some_and(|(_, variable)| variable.storage == Storage::Column)
    }

    /// The mechanism and the visible variable that `name_suffix` names.
    pub(super) fn suffixed(&self, name: &str) -> Option<(&Mechanism, &Variable)> {
        let mechanisms = self.structure().mechanisms.iter().rev();
        mechanisms
            .map(crate::model::Registered::description)
            .find_map(|mechanism| {
                let named = |v: &&Variable| range_name(mechanism, &v.name) == name;
                let variable = match mechanism.name.as_str() {
                    extracellular::NAME => mechanism.variables.iter().find(named)?,
                    _ if mechanism.kind == Kind::Nothing => mechanism.variable(name)?,
                    suffix => mechanism.variable(name.strip_suffix(suffix)?.strip_suffix('_')?)?,
                };
                (variable.visible && variable.role != Role::Internal)
                    .then_some((mechanism, variable))
            })
    }
}

//! Equations of the caller's own: LinearMechanisms.

use crate::circuit::linear::{Linear, LinearMechanism};
use crate::error::ModelError;
use crate::id::LinearId;

use super::Model;

impl Model {
    /// Adds equations to those of the model.
    ///
    /// # Errors
    ///
    /// A section that does not exist, or a position outside of 0 to 1.
    pub fn add_linear(&mut self, equations: LinearMechanism) -> Result<LinearId, ModelError> {
        let mut sites = Vec::with_capacity(equations.nodes.len());
        for &(section, x, _) in &equations.nodes {
            sites.push((section, self.check_x(section, x)?.site(x)));
        }
        self.linear.push(Some(Linear {
            equations,
            sites,
            name: None,
        }));
        Ok(LinearId::new(self.linear.len() - 1))
    }

    /// Takes them out again.
    pub fn remove_linear(&mut self, id: LinearId) {
        if let Some(known) = self.linear.get_mut(id.index()) {
            *known = None;
        }
    }

    /// False if the equations were removed, or a section that they refer to.
    pub fn has_linear(&self, id: LinearId) -> bool {
        matches!(self.linear.get(id.index()), Some(Some(_)))
    }

    /// True if there are any.
    pub fn has_any_linear(&self) -> bool {
        self.linear.iter().any(Option::is_some)
    }

    /// Removes those that refer to a section.
    pub(super) fn forget_linear(&mut self, section: crate::id::SectionId) {
        for known in &mut self.linear {
            let refers = |l: &Linear| l.sites.iter().any(|site| site.0 == section);
            if known.as_ref().is_some_and(refers) {
                *known = None;
            }
        }
    }
}

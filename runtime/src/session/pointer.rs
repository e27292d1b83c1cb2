//! POINTER variables of a session.

use crate::model::Place;

use super::{Reference, Session, SessionError};

impl Session {
    /// Has a POINTER of an instance point at a variable; `name` as for
    /// [`crate::Model::set_pointer`].
    ///
    /// # Errors
    ///
    /// As [`crate::Model::set_pointer`].
    pub fn set_pointer(
        &mut self,
        place: Place,
        name: &str,
        reference: &Reference,
    ) -> Result<(), SessionError> {
        let target = reference.target().clone();
        Ok(self.model().set_pointer(place, name, Some(target))?)
    }
}

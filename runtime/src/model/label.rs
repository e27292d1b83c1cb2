//! Names of objects as their users know them: `ExpSyn[0]`, `NetCon[3]`.
//!
//! A front end that numbers its objects tells the numbers; else they count what was made of a
//! class. One whose objects have names tells these, for messages.

use crate::error::ModelError;
use crate::id::{LinearId, NetConId, PointProcessId};

use super::Model;

impl Model {
    /// Tells the number of a point process among those of its class.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn number_point(&mut self, id: PointProcessId, number: usize) -> Result<(), ModelError> {
        self.point(id)?;
        self.points[id.index()].number = Some(number);
        Ok(())
    }

    /// Tells the name of a point process or an artificial cell, by which messages call it.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn name_point(&mut self, id: PointProcessId, name: &str) -> Result<(), ModelError> {
        self.point(id)?;
        self.points[id.index()].name = Some(name.to_owned());
        Ok(())
    }

    /// Tells the name of a LinearMechanism, by which messages call it.
    pub fn name_linear(&mut self, id: LinearId, name: &str) {
        if let Some(Some(linear)) = self.linear.get_mut(id.index()) {
            linear.name = Some(name.to_owned());
        }
    }

    /// The name of a LinearMechanism, as `LinearMechanism[0]`.
    pub(crate) fn linear_label(&self, number: usize) -> String {
        let linear = self.linear.get(number).and_then(Option::as_ref);
        let name = linear.and_then(|linear| linear.name.clone());
        name.unwrap_or_else(|| format!("LinearMechanism[{number}]"))
    }

    /// Tells the number of a NetCon.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn number_netcon(&mut self, id: NetConId, number: usize) -> Result<(), ModelError> {
        self.connection(id)?;
        if let Some(connection) = self.network.connection_mut(id.0) {
            connection.number = Some(number);
        }
        Ok(())
    }

    /// The name of a point process, as `ExpSyn[0]`.
    pub fn point_label(&self, id: PointProcessId) -> String {
        let Some(point) = self.points.get(id.index()) else {
            return format!("{id:?}");
        };
        let before = self.points[..id.index()].iter();
        let number = point
            .number
            .unwrap_or_else(|| before.filter(|p| p.mechanism == point.mechanism).count());
        let class = &self.mechanisms[point.mechanism.index()].description().name;
        format!("{class}[{number}]")
    }

    /// The name of a NetCon, as `NetCon[0]`.
    pub fn netcon_label(&self, id: NetConId) -> String {
        let number = self.network.connection(id.0).and_then(|c| c.number);
        format!("NetCon[{}]", number.unwrap_or(id.index()))
    }
}

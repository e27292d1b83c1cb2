//! NetCons of a session.

use crate::id::{NetConId, PointProcessId, SectionId};
use crate::model::{Model, NetCon, Place, Source, Target};

use super::{Engine, Reference, Session, SessionError};

impl Session {
    /// The model, to change what needs no new layout: NetCons' weights, delays, recordings.
    pub fn connections(&mut self) -> &mut Model {
        match &mut self.engine {
            Engine::Model(model) => model,
            Engine::Simulation(simulation) => simulation.connections(),
        }
    }

    /// Makes a NetCon.
    ///
    /// # Errors
    ///
    /// As [`Model::add_netcon`].
    pub fn add_netcon(&mut self, netcon: NetCon) -> Result<NetConId, SessionError> {
        Ok(match &mut self.engine {
            Engine::Model(model) => model.add_netcon(netcon)?,
            Engine::Simulation(simulation) => simulation.add_netcon(netcon)?,
        })
    }

    /// What a NetCon watches if it is given a reference.
    ///
    /// # Errors
    ///
    /// A reference to something that no NetCon can watch.
    pub fn source(&self, reference: &Reference) -> Result<Source, SessionError> {
        match reference.target() {
            Target::Variable { place, name } => Ok(Source::Variable {
                place: *place,
                name: name.clone(),
            }),
            _ => Err(SessionError::Reference {
                what: "the source of a NetCon",
                requirement: "a variable of a section or of a point process",
            }),
        }
    }

    /// The point process that a NetCon was given as its source, whether it sends events or has an `x`
    /// that is watched.
    ///
    /// # Errors
    ///
    /// A NetCon that does not exist.
    pub fn netcon_source_point(
        &self,
        id: NetConId,
    ) -> Result<Option<PointProcessId>, SessionError> {
        let model = self.structure();
        let source = &model.netcon(id)?.source;
        let point = match *source {
            Source::Point(point) => point,
            Source::Variable {
                place: Place::Point(point),
                ..
            } => point,
            _ => return Ok(None),
        };
        Ok((model.source_of_point(point)? == *source).then_some(point))
    }

    /// The segment or point process whose variable a NetCon watches.
    ///
    /// # Errors
    ///
    /// A NetCon that does not exist.
    pub fn watched_place(&self, id: NetConId) -> Result<Option<Place>, SessionError> {
        Ok(match self.structure().netcon(id)?.source {
            Source::Variable { place, .. } => Some(place),
            _ => None,
        })
    }

    /// Section and position of the segment that a NetCon watches, if it watches one.
    ///
    /// # Errors
    ///
    /// A NetCon that does not exist.
    pub fn netcon_source_at(&self, id: NetConId) -> Result<Option<(SectionId, f64)>, SessionError> {
        Ok(match self.watched_place(id)? {
            Some(Place::Segment { section, x }) => {
                let known = self.structure().section(section)?;
                let middle = known.segment_x(known.segment_at(x));
                let end = x == 0.0 || x == 1.0;
                Some((section, if end { x } else { middle }))
            }
            Some(Place::Point(point)) => self.structure().point_location(point)?,
            _ => None,
        })
    }

    /// Section and position of a NetCon's target.
    ///
    /// # Errors
    ///
    /// A NetCon that does not exist.
    pub fn netcon_target_at(&self, id: NetConId) -> Result<Option<(SectionId, f64)>, SessionError> {
        match self.structure().netcon(id)?.target {
            Some(point) => Ok(self.structure().point_location(point)?),
            None => Ok(None),
        }
    }

    /// The value that a NetCon watches (NEURON's `x`); 0 if it watches no variable.
    ///
    /// # Errors
    ///
    /// A NetCon that does not exist.
    pub fn netcon_source_value(&self, id: NetConId) -> Result<f64, SessionError> {
        match self.structure().netcon(id)?.source {
            Source::Variable { place, name } => self.get(place, &name),
            _ => Ok(0.0),
        }
    }

    /// Sends an event to a NetCon's target at a time, without delay (NEURON's `NetCon.event`).
    ///
    /// # Errors
    ///
    /// A time that has passed; a model that cannot be laid out.
    pub fn send_event(
        &mut self,
        id: NetConId,
        time_ms: f64,
        flag: f64,
    ) -> Result<bool, SessionError> {
        Ok(self.simulation()?.send_event(id, time_ms, flag)?)
    }

    /// NetCons whose source and target are those given; `None` stands for any.
    pub fn find_netcons(
        &self,
        source: Option<PointProcessId>,
        target: Option<PointProcessId>,
    ) -> Vec<NetConId> {
        let model = self.structure();
        let matches = |id: &NetConId| {
            model.netcon(*id).is_ok_and(|netcon| {
                let from = source.is_none_or(|point| {
                    model
                        .source_of_point(point)
                        .is_ok_and(|source| netcon.source == source)
                });
                from && target.is_none_or(|point| netcon.target == Some(point))
            })
        };
        model.netcons().filter(matches).collect()
    }
}

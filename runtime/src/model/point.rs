//! Point processes and artificial cells of a model.

use nmodl::mechanism::Kind;

use crate::error::ModelError;
use crate::id::{MechanismId, PointProcessId, SectionId};
use crate::random::{Stream, StreamIds};

use super::Model;
use super::place::End;
use super::section::Site;

/// A point process or an artificial cell.
#[derive(Debug, Clone)]
pub(crate) struct PointProcess {
    pub mechanism: MechanismId,
    /// Section and site; `None` for an artificial cell.
    pub at: Option<(SectionId, Site)>,
    /// One instance's columns.
    pub values: Vec<f64>,
    /// RANDOM streams.
    pub streams: Vec<Stream>,
    /// Its number among those of its class, if the caller numbers them.
    pub number: Option<usize>,
    /// Its name, if the caller gave it one.
    pub name: Option<String>,
    /// Its id names nothing any more.
    pub removed: bool,
}

impl Model {
    /// Makes a point process at position `x` of a section, with its defaults. It is at the middle
    /// of the segment that holds x, or at an end if x is 0 or 1.
    ///
    /// # Errors
    ///
    /// A mechanism that is no point process; x outside of 0 to 1; ions at an end.
    pub fn add_point_process(
        &mut self,
        mechanism: MechanismId,
        section: SectionId,
        x: f64,
    ) -> Result<PointProcessId, ModelError> {
        self.registered_as(mechanism, Kind::PointProcess)?;
        let at = self.site(section, x)?;
        self.use_ions_at(Some(at), mechanism)?;
        self.push_point(mechanism, Some(at))
    }

    /// Puts a point process elsewhere; its values and NetCons stay.
    ///
    /// # Errors
    ///
    /// An artificial cell; x outside of 0 to 1; ions at an end.
    pub fn move_point_process(
        &mut self,
        point: PointProcessId,
        section: SectionId,
        x: f64,
    ) -> Result<(), ModelError> {
        let mechanism = self.point(point)?.mechanism;
        self.registered_as(mechanism, Kind::PointProcess)?;
        let at = self.site(section, x)?;
        self.use_ions_at(Some(at), mechanism)?;
        self.place_point(point, Some(at));
        Ok(())
    }

    /// Where a point process at `x` is.
    fn site(&self, section: SectionId, x: f64) -> Result<(SectionId, Site), ModelError> {
        let at = self.check_x(section, x)?;
        let site = match x {
            0.0 => Site::End(End::Zero),
            1.0 => Site::End(End::One),
            _ => Site::Segment(at.segment_at(x)),
        };
        Ok((section, site))
    }

    /// Makes an artificial cell with its defaults.
    ///
    /// # Errors
    ///
    /// A mechanism that is no artificial cell.
    pub fn add_artificial_cell(
        &mut self,
        mechanism: MechanismId,
    ) -> Result<PointProcessId, ModelError> {
        self.registered_as(mechanism, Kind::ArtificialCell)?;
        self.push_point(mechanism, None)
    }

    fn push_point(
        &mut self,
        mechanism: MechanismId,
        at: Option<(SectionId, Site)>,
    ) -> Result<PointProcessId, ModelError> {
        let registered = self.registered(mechanism)?;
        let values = registered.default_columns();
        let count = registered.description().random_streams.len();
        let streams = (0..count).map(|_| self.next_stream()).collect();
        self.points.push(PointProcess {
            number: None,
            name: None,
            mechanism,
            at,
            values,
            streams,
            removed: false,
        });
        let id = PointProcessId::new(self.points.len() - 1);
        if let Some((section, _)) = at {
            self.points_at.insert((section, id));
        }
        Ok(id)
    }

    /// Point processes in a section, in the order of creation.
    pub fn points_in(&self, section: SectionId) -> impl Iterator<Item = PointProcessId> {
        let range = (section, PointProcessId(0))..=(section, PointProcessId(u32::MAX));
        self.points_at.range(range).map(|&(_, point)| point)
    }

    /// Puts a point process at another place, or at none.
    pub(super) fn place_point(&mut self, point: PointProcessId, at: Option<(SectionId, Site)>) {
        let old = std::mem::replace(&mut self.points[point.index()].at, at);
        if let Some((section, _)) = old {
            self.points_at.remove(&(section, point));
        }
        if let Some((section, _)) = at {
            self.points_at.insert((section, point));
        }
    }

    /// Ids of a stream that was given none: (1, 0, n) for the nth.
    pub(super) fn next_stream(&mut self) -> Stream {
        next_stream(&mut self.streams_made, self.random_index)
    }

    /// Gives a RANDOM stream its identity (NEURON's `set_ids`).
    ///
    /// # Errors
    ///
    /// An id of another model, or a stream that the mechanism has not.
    pub fn set_random_stream(
        &mut self,
        point: PointProcessId,
        stream: usize,
        ids: [u32; 3],
    ) -> Result<(), ModelError> {
        let len = self.point(point)?.streams.len();
        match self.points[point.index()].streams.get_mut(stream) {
            Some(known) => {
                *known = Stream::with_global_index(StreamIds { ids }, self.random_index);
                Ok(())
            }
            None => Err(ModelError::Element {
                name: "RANDOM".to_owned(),
                len,
                index: stream,
            }),
        }
    }

    /// The mechanism of a point process.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn point_mechanism(&self, point: PointProcessId) -> Result<MechanismId, ModelError> {
        Ok(self.point(point)?.mechanism)
    }

    /// Section and position of a point process; `None` for an artificial cell.
    ///
    /// # Errors
    ///
    /// An id of another model.
    pub fn point_location(
        &self,
        point: PointProcessId,
    ) -> Result<Option<(SectionId, f64)>, ModelError> {
        let Some((id, site)) = self.point(point)?.at else {
            return Ok(None);
        };
        let x = match site {
            Site::End(end) => end.x(),
            Site::Segment(segment) => self.section(id)?.segment_x(segment),
        };
        Ok(Some((id, x)))
    }
}

/// The next stream that was given no ids: (1, 0, n) for the nth.
pub(super) fn next_stream(made: &mut u32, random_index: u32) -> Stream {
    *made += 1;
    let ids = StreamIds { ids: [1, 0, *made] };
    Stream::with_global_index(ids, random_index)
}

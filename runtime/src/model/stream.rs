//! RANDOM streams of a model by name, and the index that all of them share.

use crate::error::ModelError;
use crate::id::MechanismId;
use crate::random::Stream;

use super::{Model, Place};

impl Model {
    /// The RANDOM stream of an instance; named as a range variable of it is: `r` of a point
    /// process, `r_suffix` or `suffix.r` at a segment.
    ///
    /// # Errors
    ///
    /// A name that is no stream at the place.
    pub fn stream_mut(&mut self, place: Place, name: &str) -> Result<&mut Stream, ModelError> {
        let unknown = ModelError::UnknownVariable {
            place: self.describe(place),
            name: name.to_owned(),
        };
        let Some((mechanism, index)) = self.find_stream(place, name)? else {
            return Err(unknown);
        };
        let each = self.mechanism(mechanism)?.random_streams.len();
        let found = match place {
            Place::Model => None,
            Place::Point(point) => self.points[point.index()].streams.get_mut(index),
            Place::Segment { section, x } => {
                let known = self.section_mut(section)?;
                let segment = known.segment_at(x);
                let mut density = known.density.iter_mut();
                let inserted = density.find(|d| d.mechanism == mechanism);
                inserted.and_then(|d| d.streams.get_mut(segment * each + index))
            }
        };
        found.ok_or(unknown)
    }

    /// The mechanism at a place that has a stream of that name, and which one it is.
    pub(crate) fn find_stream(
        &self,
        place: Place,
        name: &str,
    ) -> Result<Option<(MechanismId, usize)>, ModelError> {
        let among = |names: &[String], name: &str| names.iter().position(|n| n == name);
        match place {
            Place::Model => Ok(None),
            Place::Point(point) => {
                let mechanism = self.point_mechanism(point)?;
                let index = among(&self.mechanism(mechanism)?.random_streams, name);
                Ok(index.map(|index| (mechanism, index)))
            }
            Place::Segment { section, x } => {
                for inserted in &self.check_x(section, x)?.density {
                    let description = self.mechanism(inserted.mechanism)?;
                    let suffix = description.name.as_str();
                    let base = name
                        .strip_suffix(suffix)
                        .and_then(|rest| rest.strip_suffix('_'))
                        .or_else(|| name.strip_prefix(suffix)?.strip_prefix('.'));
                    let index = base.and_then(|base| among(&description.random_streams, base));
                    if let Some(index) = index {
                        return Ok(Some((inserted.mechanism, index)));
                    }
                }
                Ok(None)
            }
        }
    }

    /// Sets the index that all RANDOM streams share (NEURON's `Random123_globalindex`); it counts
    /// as [`Stream::set_global_index`] says.
    pub fn set_random_index(&mut self, index: u32) {
        self.random_index = index;
        let points = self.points.iter_mut().flat_map(|p| &mut p.streams);
        let density = self.sections.iter_mut().flat_map(|s| &mut s.density);
        let density = density.flat_map(|d| &mut d.streams);
        points
            .chain(density)
            .for_each(|s| s.set_global_index(index));
    }
}

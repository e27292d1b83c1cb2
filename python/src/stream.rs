//! RANDOM streams of mechanisms: NEURON's class `NMODLRandom`.

use pyo3::prelude::*;
use runtime::Place;
use runtime::random::StreamIds;

use crate::number::{Number, Numbers};
use crate::random::word;
use crate::vector::Vector;
use crate::world;

static NUMBERS: Numbers = Numbers::new();

/// A RANDOM variable of a mechanism in one segment, or of a point process.
#[pyclass(name = "NMODLRandom", module = "nmodlrs", frozen)]
pub struct MechanismStream {
    place: Place,
    name: String,
    number: Number,
    /// Keeps the instance alive.
    _owner: Py<PyAny>,
}

/// The stream of that name at a place, which belongs to `owner`; `None` if there is none.
pub fn at(place: Place, name: &str, owner: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
    if !world::with(|session| Ok(session.has_stream(place, name)))? {
        return Ok(None);
    }
    let stream = MechanismStream {
        place,
        name: name.to_owned(),
        number: NUMBERS.take(),
        _owner: owner.clone().unbind(),
    };
    Ok(Some(Py::new(owner.py(), stream)?.into_any()))
}

impl MechanismStream {
    fn ids(&self) -> PyResult<[u32; 3]> {
        world::with(|session| Ok(session.stream_mut(self.place, &self.name)?.ids().ids))
    }
}

#[pymethods]
impl MechanismStream {
    /// Sets the three ids of the stream. The position stays: see set_seq.
    fn set_ids<'py>(
        slf: &Bound<'py, Self>,
        id1: f64,
        id2: f64,
        id3: f64,
    ) -> PyResult<Bound<'py, Self>> {
        const METHOD: &str = "NMODLRandom.set_ids";
        let ids = [
            word(METHOD, "id1", id1)?,
            word(METHOD, "id2", id2)?,
            word(METHOD, "id3", id3)?,
        ];
        let own = slf.get();
        world::with(|session| {
            let stream = session.stream_mut(own.place, &own.name)?;
            stream.set_ids(StreamIds { ids });
            Ok(())
        })?;
        Ok(slf.clone())
    }

    /// A Vector of the three ids.
    fn get_ids(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let ids = self.ids()?.map(f64::from);
        Ok(py.get_type::<Vector>().call1((ids.to_vec(),))?.unbind())
    }

    /// Moves to a position in the sequence; the numbers depend on ids and position alone.
    fn set_seq<'py>(slf: &Bound<'py, Self>, position: f64) -> PyResult<Bound<'py, Self>> {
        let own = slf.get();
        world::with(|session| {
            let stream = session.stream_mut(own.place, &own.name)?;
            stream.set_position(position);
            Ok(())
        })?;
        Ok(slf.clone())
    }

    /// The position in the sequence.
    fn get_seq(&self) -> PyResult<f64> {
        world::with(|session| Ok(session.stream_mut(self.place, &self.name)?.position()))
    }

    /// The next number, uniform on (0, 1).
    fn uniform(&self) -> PyResult<f64> {
        world::with(|session| Ok(session.stream_mut(self.place, &self.name)?.uniform()))
    }

    /// `NMODLRandom[0]`: the class and a number.
    fn hname(&self) -> String {
        format!("NMODLRandom[{}]", self.number.value)
    }

    fn __repr__(&self) -> String {
        self.hname()
    }
}

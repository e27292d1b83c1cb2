//! What `PatternStim` plays.

use pyo3::prelude::*;
use runtime::session::PatternId;

use crate::vector::Vector;
use crate::world::{self, Key};

/// Spikes of given times and gids, which every initialization sends while this object lives.
#[pyclass(name = "Pattern", module = "nmodlrs._nmodlrs", frozen)]
pub struct Pattern {
    id: PatternId,
    /// The Vectors, which live as long.
    _vectors: [Py<Vector>; 2],
}

#[pymethods]
impl Pattern {
    #[new]
    fn new(times: &Bound<'_, Vector>, gids: &Bound<'_, Vector>) -> PyResult<Self> {
        let series = (times.get().series(), gids.get().series());
        let id = world::with(|session| Ok(session.add_pattern(series.0, series.1)))?;
        Ok(Self {
            id,
            _vectors: [times.clone().unbind(), gids.clone().unbind()],
        })
    }
}

impl Drop for Pattern {
    fn drop(&mut self) {
        world::release(Key::Pattern(self.id));
    }
}

//! POINTER variables: `h.setpointer` and `object._ref_name = reference`.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::hoc::HocObject;
use crate::point_process::PointProcess;
use crate::reference::Reference;
use crate::segment::Segment;
use crate::world;

#[pymethods]
impl HocObject {
    /// Has the POINTER variable `name` of a point process, or of a mechanism in a segment
    /// (`segment.hh`), point at a variable: `setpointer(segment._ref_v, "name", object)`.
    fn setpointer(
        &self,
        reference: &Bound<'_, PyAny>,
        name: &str,
        object: &Bound<'_, PyAny>,
    ) -> PyResult<f64> {
        set(object, name, reference)?;
        Ok(1.0)
    }
}

/// Has a POINTER of an object point at a variable.
pub fn set(object: &Bound<'_, PyAny>, name: &str, reference: &Bound<'_, PyAny>) -> PyResult<()> {
    let wrong = |_| PyTypeError::new_err("a reference is needed, as segment._ref_v");
    let target = reference.cast::<Reference>().map_err(wrong)?.borrow();
    if let Ok(point) = object.cast::<PointProcess>() {
        let place = point.get().place()?;
        return world::with(|session| session.set_pointer(place, name, &target.0));
    }
    // A density mechanism in a segment says which.
    let found = || -> PyResult<_> {
        let segment = object.call_method0("segment")?;
        let mechanism: String = object.call_method0("name")?.extract()?;
        let place = segment.cast::<Segment>()?.get().place();
        Ok((place, mechanism))
    };
    let (place, mechanism) = found().map_err(|_| {
        PyTypeError::new_err("a point process is needed, or a mechanism in a segment: segment.hh")
    })?;
    let name = format!("{name}_{mechanism}");
    world::with(|session| session.set_pointer(place, &name, &target.0))
}

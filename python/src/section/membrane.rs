//! What is inserted in sections, and all that a section knows as a dictionary.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySet, PyString};
use runtime::{Membrane, Place};

use crate::world::{self, Key};

use super::Section;

/// What every section has: NEURON counts it among the mechanisms.
const ALWAYS: [&str; 2] = ["capacitance", "morphology"];

impl Section {
    /// Whether a density mechanism or an ion is there, or what every section has.
    pub fn is_inserted(&self, name: &str) -> PyResult<bool> {
        let id = self.existing()?;
        if ALWAYS.contains(&name) {
            return Ok(true);
        }
        world::with(|session| {
            let model = session.structure();
            model.section(id)?;
            Ok(model.membrane_in(id, name).is_some())
        })
    }
}

#[pymethods]
impl Section {
    /// Puts a density mechanism, given as its object or name, into all segments.
    fn insert<'py>(
        slf: &Bound<'py, Self>,
        mechanism: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Self>> {
        let id = slf.get().existing()?;
        let Ok(name) = mechanism.cast::<PyString>() else {
            let insert = mechanism.getattr("insert").map_err(|_| {
                PyTypeError::new_err(
                    "insert takes the name of a density mechanism or an object with a method insert",
                )
            })?;
            insert.call1((slf,))?;
            return Ok(slf.clone());
        };
        let name = name.to_str()?;
        world::with(|session| session.insert(id, name)).map_err(|error| {
            let py = slf.py();
            let unknown = error.is_instance_of::<pyo3::exceptions::PyAttributeError>(py);
            if !unknown && !error.is_instance_of::<PyValueError>(py) {
                return error;
            }
            let message = format!("argument not a density mechanism name: {}", error.value(py));
            PyValueError::new_err(message)
        })?;
        Ok(slf.clone())
    }

    /// Takes a density mechanism, given by its name, out of all segments.
    fn uninsert<'py>(slf: &Bound<'py, Self>, mechanism: &str) -> PyResult<Bound<'py, Self>> {
        let id = slf.get().existing()?;
        let found = world::with(|session| {
            let model = session.structure();
            let present = model.membrane_in(id, mechanism);
            Ok(present.or_else(|| model.find_membrane(mechanism)))
        })?;
        let known = world::with(|session| Ok(session.has_mechanism(mechanism)))?;
        match found {
            Some(Membrane::Density(_)) if mechanism == "extracellular" => {
                let warn = slf.py().import("warnings")?.getattr("warn")?;
                warn.call1(
                    ("extracellular stays as long as the section: it cannot be taken out",),
                )?;
            }
            Some(Membrane::Density(density)) => {
                world::with(|session| Ok(session.model().uninsert(id, density)?))?;
            }
            Some(Membrane::Ion(_)) => {
                return Err(PyValueError::new_err(format!(
                    "{mechanism} stays as long as the section: an ion cannot be taken out"
                )));
            }
            None if known => {}
            None => {
                return Err(PyValueError::new_err(format!(
                    "argument not a density mechanism name: there is no mechanism `{mechanism}`"
                )));
            }
        }
        Ok(slf.clone())
    }

    /// Whether a mechanism or an ion of that name is inserted.
    fn has_membrane(&self, name: &str) -> PyResult<bool> {
        self.is_inserted(name)
    }
}

/// `Section.psection()`.
pub(super) fn description<'py>(section: &Bound<'py, Section>) -> PyResult<Bound<'py, PyDict>> {
    let py = section.py();
    let id = section.get().existing()?;
    let middles = section.get().middles()?;
    let density = PyDict::new(py);
    let ions = PyDict::new(py);
    let present = world::with(|session| {
        let model = session.structure();
        let membrane = model.membrane(id)?.into_iter().rev();
        let named = membrane.map(|what| {
            let variables = model.membrane_variables(what);
            (what, model.membrane_name(what), variables)
        });
        Ok(named.collect::<Vec<_>>())
    })?;
    for (what, name, variables) in present {
        let values = PyDict::new(py);
        for (variable, len) in variables {
            let list = PyList::empty(py);
            for &x in &middles {
                let place = Place::Segment { section: id, x };
                match len {
                    None => list.append(world::with(|session| session.get(place, &variable))?)?,
                    Some(len) => {
                        let elements = (0..len).map(|i| format!("{variable}[{i}]"));
                        let elements: PyResult<Vec<f64>> = elements
                            .map(|element| world::with(|session| session.get(place, &element)))
                            .collect();
                        list.append(elements?)?;
                    }
                }
            }
            let suffix = format!("_{name}");
            values.set_item(variable.strip_suffix(&suffix).unwrap_or(&variable), list)?;
        }
        match what {
            Membrane::Density(_) => density.set_item(&name, values)?,
            Membrane::Ion(_) => ions.set_item(name.trim_end_matches("_ion"), values)?,
        }
    }

    let at_middles = |variable: &str| -> PyResult<Vec<f64>> {
        let at = |&x: &f64| {
            let place = Place::Segment { section: id, x };
            world::with(|session| session.get(place, variable))
        };
        middles.iter().map(at).collect()
    };
    let points: Vec<(f64, f64, f64, f64)> = section
        .get()
        .points()?
        .iter()
        .map(|p| {
            (
                p.x_um.into(),
                p.y_um.into(),
                p.z_um.into(),
                p.diam_um.into(),
            )
        })
        .collect();
    let morphology = PyDict::new(py);
    morphology.set_item("L", section.get().parameter("L")?)?;
    morphology.set_item("diam", at_middles("diam")?)?;
    morphology.set_item("pts3d", points)?;
    morphology.set_item("parent", section.call_method0("parentseg")?)?;
    morphology.set_item("trueparent", section.call_method0("trueparentseg")?)?;

    let all = PyDict::new(py);
    all.set_item("point_processes", point_processes(section)?)?;
    all.set_item("density_mechs", density)?;
    all.set_item("ions", ions)?;
    all.set_item("morphology", morphology)?;
    all.set_item("nseg", section.get().nseg()?)?;
    all.set_item("Ra", section.get().parameter("Ra")?)?;
    all.set_item("cm", at_middles("cm")?)?;
    all.set_item("regions", PySet::empty(py)?)?;
    all.set_item("species", PySet::empty(py)?)?;
    all.set_item("name", section.get().full_name(py)?)?;
    all.set_item("hoc_internal_name", section.get().hoc_internal_name()?)?;
    all.set_item("cell", section.get().belongs_to(py)?)?;
    Ok(all)
}

/// The section's point processes in sets, by the names of their mechanisms.
fn point_processes<'py>(section: &Bound<'py, Section>) -> PyResult<Bound<'py, PyDict>> {
    let py = section.py();
    let id = section.get().id()?;
    let here = world::with(|session| {
        let model = session.structure();
        let mut found = Vec::new();
        let mut xs = vec![0.0, 1.0];
        let known = model.section(id)?;
        xs.extend((0..known.segment_count()).map(|i| known.segment_x(i)));
        for x in xs {
            for point in model.points_at(model.node(id, x)?)? {
                if model.point_location(point)?.is_some_and(|at| at.0 == id) {
                    let mechanism = model.point_mechanism(point)?;
                    found.push((mechanism, model.mechanism(mechanism)?.name.clone(), point));
                }
            }
        }
        found.sort_by_key(|(mechanism, _, point)| (*mechanism, *point));
        Ok(found)
    })?;
    let sets = PyDict::new(py);
    for (_, name, point) in here {
        let Some(object) = world::object(py, Key::Point(point)) else {
            continue;
        };
        match sets.get_item(&name)? {
            Some(set) => set.cast_into::<PySet>()?.add(object)?,
            None => sets.set_item(name, PySet::new(py, [object])?)?,
        }
    }
    Ok(sets)
}
